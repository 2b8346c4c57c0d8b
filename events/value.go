package events

// EmitValue is Emit(name, v) for an event whose listeners in Go were made by
// NewTyped: they receive v as it is, and v is boxed only if another kind of
// listener needs it. name must not be "error".
func EmitValue[T any](e *Emitter, name string, v T) bool {
	if o := e.Override(MethodEmit); o != nil {
		r, _ := o.Call(name, box(v)[0]).(bool)
		return r
	}
	key := Key{Name: name}
	i := e.findName(name)
	if i < 0 {
		return false
	}
	var a Args
	for _, l := range e.t.entries[i].list {
		if l.to != nil && !l.once {
			if r, ok := l.to.(ValueReceiver[T]); ok {
				r.ReceiveValue(l, v)
				continue
			}
		}
		if m, ok := l.Typed.(func(*Emitter, T)); ok {
			m(e, v)
			continue
		}
		f, ok := l.Typed.(func(T))
		if !ok {
			if a.Go == nil {
				a.Go = box(v)
			}
			e.callOne(l, key, &a)
			continue
		}
		if l.once {
			if l.done {
				continue
			}
			l.done = true
			e.leave(key, l)
		}
		f(v)
	}
	return true
}

// ValueReceiver is a Receiver that EmitValue hands its values as they are.
type ValueReceiver[T any] interface {
	ReceiveValue(l *Listener, v T)
}

// box is apart so that v stays on the stack of EmitValue where nobody needs it
// boxed.
//
//go:noinline
func box[T any](v T) []any { return []any{v} }
