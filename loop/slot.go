package loop

// Slot returns what SetSlot kept under key, nil for nothing. Packages keep
// their state of one loop there, under a key of a type of their own.
func (l *Loop) Slot(key any) any { return l.slots[key] }

// SetSlot keeps v under key for the life of the loop.
func (l *Loop) SetSlot(key, v any) {
	if l.slots == nil {
		l.slots = make(map[any]any)
	}
	l.slots[key] = v
}
