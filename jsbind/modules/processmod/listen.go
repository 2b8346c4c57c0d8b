package processmod

import (
	"os"
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// signalEvents makes the signals of the system events of process: the handler of
// a signal stands while there is a listener, and does not keep the loop alive
// (https://nodejs.org/docs/latest-v24.x/api/process.html#signal-events).
func (p *Process) signalEvents() {
	p.signals = map[string]*loop.SignalHandle{}
	e := bind.From(p.Obj).(events.Object).Base()
	e.AddListener(events.Name("newListener"), events.NewMethod("startListeningIfSignal", func(_ *events.Emitter, args ...any) {
		if name, ok := signalEvent(args); ok && p.signals[name] == nil {
			p.listen(name)
		}
		if len(args) > 0 && eventName(args[0]) == "multipleResolves" {
			p.watchResolves()
		}
	}), false)
	e.AddListener(events.Name("removeListener"), events.NewMethod("stopListeningIfSignal", func(e *events.Emitter, args ...any) {
		if name, ok := signalEvent(args); ok && p.signals[name] != nil && e.ListenerCount(name) == 0 {
			p.signals[name].Close()
			delete(p.signals, name)
			if name == "SIGTERM" {
				p.term.Store(false)
			}
		}
	}), false)
}

func signalEvent(args []any) (string, bool) {
	if len(args) == 0 {
		return "", false
	}
	name := eventName(args[0])
	_, ok := signals[name]
	return name, ok
}

// TakesTerm reports whether the program listens for SIGTERM itself. It may be
// called from any goroutine.
func (p *Process) TakesTerm() bool { return p.term.Load() }

// eventName is the name of an event, "" for a symbol.
func eventName(v any) string {
	switch k := v.(type) {
	case string:
		return k
	case events.Key:
		if k.Symbol == nil {
			return k.Name
		}
	}
	return ""
}

func (p *Process) listen(name string) {
	sig := signals[name]
	if sig == syscall.SIGKILL || sig == syscall.SIGSTOP {
		p.rt.Throw(nodeerr.System(syscall.EINVAL, "uv_signal_start", "", 0))
	}
	h := p.rt.Loop.Signal(sig, func(os.Signal) {
		p.emit(name, p.rt.VM.ToValue(name), p.rt.VM.ToValue(int(sig)))
	})
	h.Unref()
	p.signals[name] = h
	if name == "SIGTERM" {
		p.term.Store(true)
	}
}

// handles adds what shows the loop's handles and keeps it alive or not.
func (p *Process) handles() {
	rt := p.rt
	list := func(name string, get func() []any) {
		p.method(name, 0, func(goja.FunctionCall) goja.Value {
			var out []any
			for _, o := range get() {
				if v := p.owner(o); v != nil {
					out = append(out, v)
				}
			}
			return rt.VM.NewArray(out...)
		})
	}
	list("_getActiveHandles", rt.Loop.ActiveHandles)
	list("_getActiveRequests", rt.Loop.ActiveRequests)
	for _, name := range []string{"ref", "unref"} {
		p.method(name, 1, func(c goja.FunctionCall) goja.Value {
			o, ok := c.Argument(0).(*goja.Object)
			if !ok {
				return goja.Undefined()
			}
			fn := o.GetSymbol(rt.SymbolFor("nodejs." + name))
			if fn == nil || !bind.IsCallable(fn) {
				fn = bind.Get(o, name)
			}
			if bind.IsCallable(fn) {
				rt.Call(fn, o)
			}
			return goja.Undefined()
		})
	}
}

// owner returns the JavaScript object of a handle's owner, nil if it has none
// that a program could know.
func (p *Process) owner(o any) goja.Value {
	switch x := o.(type) {
	case goja.Value:
		return x
	case events.Object:
		return p.rt.Wrap(x)
	}
	return nil
}
