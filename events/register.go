package events

// On adds fn at the end of the listeners of name and returns its registration.
func (e *Emitter) On(name string, fn func(args ...any)) *Listener {
	l := &Listener{fn: fn}
	e.AddListener(Key{Name: name}, l, false)
	return l
}

// Once is On for a single call.
func (e *Emitter) Once(name string, fn func(args ...any)) *Listener {
	l := &Listener{fn: fn, once: true}
	e.AddListener(Key{Name: name}, l, false)
	return l
}

// Prepend adds fn before the listeners of name that are already there.
func (e *Emitter) Prepend(name string, fn func(args ...any)) *Listener {
	l := &Listener{fn: fn}
	e.AddListener(Key{Name: name}, l, true)
	return l
}

// Off removes the registration l of name, if it is there.
func (e *Emitter) Off(name string, l *Listener) {
	if l != nil {
		e.RemoveListener(Key{Name: name}, l)
	}
}

// AddListener registers l, emits 'newListener' before and warns past the
// maximum, as emitter.addListener.
func (e *Emitter) AddListener(key Key, l *Listener, prepend bool) {
	if e.t != nil && e.t.announces {
		e.EmitKey(keyNewListener, key, l)
	}
	if w, ok := e.Ext.(ListenerWatcher); ok {
		w.ListenerAdded(key)
	}
	if !e.used {
		e.used = true
		if w, ok := e.host.(FirstListenerWatcher); ok && e.wrapper != nil {
			w.FirstListener(e)
		}
	}
	if e.step(key, l, prepend, true) {
		return
	}
	t, i := e.own(), e.find(key)
	if i < 0 {
		t.put(key, l.list())
		return // a first listener is never too many
	}
	list := with(t.entries[i].list, l, prepend)
	t.entries[i].list = list
	if e.host == nil {
		return
	}
	if n, max := len(list), e.MaxListeners(); max > 0 && n > max && !t.entries[i].warned {
		t.entries[i].warned = true
		e.host.LeakWarning(e, key, n, max)
	}
}

var (
	keyNewListener    = Key{Name: "newListener"}
	keyRemoveListener = Key{Name: "removeListener"}
)

// RemoveListener takes the registration l out of the list of key, where it
// stands last, and emits 'removeListener' after. It reports whether l was there.
func (e *Emitter) RemoveListener(key Key, l *Listener) bool {
	i := e.find(key)
	if i < 0 {
		return false
	}
	old := e.t.entries[i].list
	at := -1
	for j := len(old) - 1; j >= 0; j-- {
		if old[j] == l || l.HostFn != nil && old[j].HostFn == l.HostFn {
			at = j
			break
		}
	}
	if at < 0 && l.HostFn != nil {
		at = e.match(old, l)
	}
	if at < 0 {
		return false
	}
	if old[at] != l || !e.step(key, l, false, false) {
		e.own().take(i, at)
		if old[at].self == nil {
			e.rejoin()
		}
	}
	if e.t != nil && e.t.mourns {
		e.EmitKey(keyRemoveListener, key, l)
	}
	return true
}

// match returns where list has a program's wrapper around the function of l.
func (e *Emitter) match(list []*Listener, l *Listener) int {
	m, ok := e.host.(Matcher)
	for j := len(list) - 1; ok && j >= 0; j-- {
		if m.Matches(list[j], l) {
			return j
		}
	}
	return -1
}

// RemoveAll removes every listener of key and emits 'removeListener' for each,
// last added first.
func (e *Emitter) RemoveAll(key Key) {
	if e.t == nil || !e.t.mourns {
		if i := e.find(key); i >= 0 {
			e.own().drop(i)
			e.reset = e.reset || e.t == nil || len(e.t.entries) == 0
		}
		return
	}
	for {
		i := e.find(key)
		if i < 0 {
			return
		}
		list := e.t.entries[i].list
		e.RemoveListener(key, list[len(list)-1])
	}
}

// RemoveEvery removes all listeners of all events, those of 'removeListener'
// last.
func (e *Emitter) RemoveEvery() {
	if e.t != nil && e.t.mourns {
		for _, k := range e.Keys() {
			if !k.same(keyRemoveListener) {
				e.RemoveAll(k)
			}
		}
		e.RemoveAll(keyRemoveListener)
	}
	e.t = nil
	e.reset = true
}

// Listeners returns the registrations of key in order. The caller must not
// change the slice.
func (e *Emitter) Listeners(key Key) []*Listener {
	if i := e.find(key); i >= 0 {
		return e.t.entries[i].list
	}
	return nil
}

// SetListeners replaces the registrations of key without any event, as an
// assignment to emitter._events[key] does.
func (e *Emitter) SetListeners(key Key, list []*Listener) {
	i := e.find(key)
	switch {
	case len(list) == 0 && i >= 0:
		e.own().drop(i)
	case len(list) == 0:
	case i >= 0:
		e.own().entries[i].list = list
	default:
		e.used = true
		t := e.own()
		t.put(key, list)
	}
}

// ListenerCount returns how many listeners name has.
func (e *Emitter) ListenerCount(name string) int {
	if i := e.find(Key{Name: name}); i >= 0 {
		return len(e.t.entries[i].list)
	}
	return 0
}

// SetMaxListeners sets how many listeners an event may have before a warning;
// 0 means no limit.
func (e *Emitter) SetMaxListeners(n int) { e.max = int32(n) + 1 }

// MaxListeners returns the limit in force.
func (e *Emitter) MaxListeners() int {
	if e.max != 0 {
		return int(e.max) - 1
	}
	if e.host != nil {
		return e.host.DefaultMaxListeners()
	}
	return 10
}

// MaxListenersSet reports whether SetMaxListeners was called on this emitter.
func (e *Emitter) MaxListenersSet() bool { return e.max != 0 }
