package events

import (
	"github.com/spindle-js/spindle/nodeerr"
)

// Emitter is an EventEmitter. Embed it; the zero value is ready for use in Go.
type Emitter struct {
	host    Host
	self    any
	wrapper any
	t       *table
	max     int32 // 0: unset; n+1 otherwise
	used    bool  // there was a listener
	reset   bool  // all listeners were removed

	// CaptureRejections is the captureRejections option of the constructor.
	CaptureRejections bool

	// Ext is a slot for a protocol that works on the object (http on a socket).
	Ext any
}

// ListenerWatcher is an Ext that is told of listeners as they are added.
type ListenerWatcher interface{ ListenerAdded(key Key) }

// Args are the arguments of an emit, in Go's form, the host's, or both.
type Args struct {
	Go   []any
	Host any
	This any // the host's receiver, where it is not the emitter's own object
}

// Base returns e itself: every type that embeds an Emitter is an Object.
func (e *Emitter) Base() *Emitter { return e }

// Object is anything that embeds an Emitter.
type Object interface{ Base() *Emitter }

// Bind attaches e to its host and to the Go object that embeds it. Called by
// constructors before anything else, at most once per host.
func (e *Emitter) Bind(host Host, self any) { e.host, e.self = host, self }

// Host returns the host, nil in Go alone.
func (e *Emitter) Host() Host { return e.host }

// Self returns the Go object that embeds e, as given to Bind.
func (e *Emitter) Self() any { return e.self }

// Wrapper returns the host object made for this emitter, nil before the host
// first reached it.
func (e *Emitter) Wrapper() any { return e.wrapper }

// SetWrapper keeps the host object, so that what a program attached to it
// survives.
func (e *Emitter) SetWrapper(w any) { e.wrapper = w }

// Override returns the program's replacement for m, nil for the built-in.
func (e *Emitter) Override(m Method) Override {
	if e.host == nil {
		return nil
	}
	return e.host.Override(e, m)
}

// Emit is this.emit(name, ...args): it honours an emit that the program
// replaced. It reports whether there was a listener.
func (e *Emitter) Emit(name string, args ...any) bool {
	if o := e.Override(MethodEmit); o != nil {
		all := make([]any, 0, len(args)+1)
		all = append(all, name)
		r, _ := o.Call(append(all, args...)...).(bool)
		return r
	}
	if name == "error" {
		return e.Dispatch(Key{Name: name}, Args{Go: args})
	}
	i := e.findName(name)
	if i < 0 {
		return false
	}
	e.call(e.t.entries[i].list, Key{Name: name}, Args{Go: args})
	return true
}

// Hears reports whether anybody can tell that name is emitted: there is a
// listener, or the program replaced emit. Who emits for the sake of programs asks
// before it makes arguments.
func (e *Emitter) Hears(name string) bool {
	return e.findName(name) >= 0 || e.Override(MethodEmit) != nil
}

// EmitKey is Emit for a key that may be a symbol.
func (e *Emitter) EmitKey(key Key, args ...any) bool {
	if o := e.Override(MethodEmit); o != nil {
		all := make([]any, 0, len(args)+1)
		all = append(all, key)
		r, _ := o.Call(append(all, args...)...).(bool)
		return r
	}
	return e.Dispatch(key, Args{Go: args})
}

// ErrorMonitor is the key of events.errorMonitor for Go listeners; a host sets
// its own symbol with SetErrorMonitor.
var ErrorMonitor = Key{Symbol: errorMonitor{}}

type errorMonitor struct{}

// Dispatch is EventEmitter.prototype.emit itself: it calls the listeners of key
// in order, over the list as it stood when it began.
func (e *Emitter) Dispatch(key Key, a Args) bool {
	if key.Symbol == nil && key.Name == "error" {
		if i := e.find(ErrorMonitor); i >= 0 {
			e.call(e.t.entries[i].list, ErrorMonitor, a)
		}
		if e.find(key) < 0 {
			e.unhandled(a)
		}
	}
	i := e.find(key)
	if i < 0 {
		return false
	}
	e.call(e.t.entries[i].list, key, a)
	return true
}

func (e *Emitter) call(list []*Listener, key Key, a Args) {
	for _, l := range list {
		e.callOne(l, key, &a)
	}
}

// callOne calls l with a, where the form of the arguments that it takes is kept
// for the next.
func (e *Emitter) callOne(l *Listener, key Key, a *Args) {
	if l.once {
		if l.self == nil {
			if l.done {
				return
			}
			l.done = true
		}
		e.leave(key, l)
	}
	if l.fn != nil || l.self != nil || l.to != nil {
		if a.Go == nil && a.Host != nil {
			a.Go = e.host.FromHost(e, a.Host)
		}
		switch {
		case l.fn != nil:
			l.fn(a.Go...)
		case l.to != nil:
			l.to.Receive(l, a.Go)
		default:
			l.self(e, a.Go...)
		}
		return
	}
	if a.Host == nil {
		a.Host = e.host.ToHost(e, a.Go)
	}
	e.host.Call(e, l, key, a.Host, a.This)
}

// leave takes a once listener away through the object's own removeListener.
func (e *Emitter) leave(key Key, l *Listener) {
	if r, ok := e.self.(interface {
		RemoveListener(key Key, l *Listener) bool
	}); ok {
		r.RemoveListener(key, l)
		return
	}
	e.RemoveListener(key, l)
}

func (e *Emitter) unhandled(a Args) {
	if e.host != nil {
		e.host.Unhandled(e, a)
	}
	var err error
	if len(a.Go) > 0 {
		err, _ = a.Go[0].(error)
	}
	if err == nil {
		err = nodeerr.New(nodeerr.KindError, "ERR_UNHANDLED_ERROR", "Unhandled error.")
	}
	panic(nodeerr.Uncaught{Err: err})
}

func (e *Emitter) find(key Key) int {
	if key.Symbol == nil {
		return e.findName(key.Name)
	}
	if e.t == nil {
		return -1
	}
	return e.t.find(key)
}

func (e *Emitter) findName(name string) int {
	if e.t == nil {
		return -1
	}
	return e.t.findName(name)
}
