package events

import (
	"slices"
	"strconv"
)

// Shaped is an object on which Node's constructor prepares some events, so that
// they come first in eventNames and _events in this order whatever was listened
// for first.
type Shaped interface{ EventShape() []string }

// Shape returns the events that were prepared, nil where there are none or all
// listeners were removed since.
func (e *Emitter) Shape() []string {
	if e.reset {
		return nil
	}
	if s, ok := e.self.(Shaped); ok {
		return s.EventShape()
	}
	return nil
}

// EventCount returns how many events have listeners.
func (e *Emitter) EventCount() int {
	if e.t == nil {
		return 0
	}
	return len(e.t.entries)
}

// Listened reports whether there was ever a listener.
func (e *Emitter) Listened() bool { return e.used }

// SetListened says that there was a listener, as there is in Node for a moment
// where we need none.
func (e *Emitter) SetListened() { e.used = true }

// FirstListenerWatcher is a Host that is told of the first listener of an
// emitter that it has made an object for.
type FirstListenerWatcher interface{ FirstListener(e *Emitter) }

// Keys returns the keys that have listeners in the order of Reflect.ownKeys:
// array indices ascending, prepared events, other names and then symbols as
// they were first added.
func (e *Emitter) Keys() []Key {
	if e.t == nil {
		return []Key{}
	}
	keys := make([]Key, len(e.t.entries))
	plain := true
	for i := range e.t.entries {
		keys[i] = e.t.entries[i].key
		if _, ok := keys[i].index(); ok || keys[i].Symbol != nil {
			plain = false
		}
	}
	shape := e.Shape()
	if plain && shape == nil {
		return keys
	}
	rank := func(k Key) int {
		if k.Symbol != nil {
			return 1 << 33
		}
		if n, ok := k.index(); ok {
			return int(n) - 1<<33
		}
		if i := slices.Index(shape, k.Name); i >= 0 {
			return i
		}
		return len(shape)
	}
	slices.SortStableFunc(keys, func(a, b Key) int { return rank(a) - rank(b) })
	return keys
}

// index returns the array index that k names.
func (k Key) index() (uint32, bool) {
	if k.Symbol != nil || k.Name == "" || k.Name[0] < '0' || k.Name[0] > '9' || len(k.Name) > 10 {
		return 0, false
	}
	n, err := strconv.ParseUint(k.Name, 10, 32)
	if err != nil || n == 1<<32-1 || k.Name[0] == '0' && len(k.Name) > 1 {
		return 0, false
	}
	return uint32(n), true
}
