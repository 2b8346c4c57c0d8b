package loop

// slot is what one package keeps with a loop.
type slot struct{ key, value any }

// Slot returns what SetSlot kept under key, nil for nothing: the state that a
// package has for each loop. The key should be of a type of that package. There
// are few, so they are looked for one by one.
func (l *Loop) Slot(key any) any {
	for i := range l.slots {
		if l.slots[i].key == key {
			return l.slots[i].value
		}
	}
	return nil
}

// SetSlot keeps v under key for the life of the loop.
func (l *Loop) SetSlot(key, v any) {
	for i := range l.slots {
		if l.slots[i].key == key {
			l.slots[i].value = v
			return
		}
	}
	l.slots = append(l.slots, slot{key, v})
}
