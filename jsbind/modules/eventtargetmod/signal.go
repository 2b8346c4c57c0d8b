package eventtargetmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// Signal is the state of an AbortSignal.
type Signal struct {
	Target
	aborted    bool
	reason     goja.Value
	composite  bool
	movable    bool      // may be posted to another thread
	sources    []*Signal // of a composite one
	dependents []*Signal // the composite ones that follow this one
}

// SignalOf returns the Signal behind a value, nil if it is no AbortSignal.
func SignalOf(v goja.Value) *Signal {
	s, _ := bind.From(v).(*Signal)
	return s
}

// MakeTransferable lets the signal be posted to another thread:
// util.transferableAbortSignal.
func (s *Signal) MakeTransferable() { s.movable = true }

// Transferable reports whether the signal may be posted.
func (s *Signal) Transferable() bool { return s.movable }

// NewSignal makes an AbortSignal that whoever has its Signal aborts.
func NewSignal(rt *bind.Runtime) *Signal { return get(rt).newSignal() }

// Object is the AbortSignal.
func (s *Signal) Object() *goja.Object { return s.obj }

// Aborted is signal.aborted.
func (s *Signal) Aborted() bool { return s.aborted }

// Reason is signal.reason, undefined before the abort.
func (s *Signal) Reason() goja.Value {
	if s.reason == nil {
		return goja.Undefined()
	}
	return s.reason
}

// OnAbort calls f once when the signal aborts, in the order of the 'abort'
// listeners, and returns the removal. A signal that has aborted never calls it.
func (s *Signal) OnAbort(f func()) (remove func()) {
	l := &listener{once: true, resist: true, call: func(goja.FunctionCall) goja.Value {
		f()
		return goja.Undefined()
	}}
	l.fn = s.m.rt.VM.ToValue(l.call)
	s.insert("abort", l)
	return func() {
		if ls := s.lists["abort"]; ls != nil {
			s.unlink("abort", ls, l)
		}
	}
}

func (m *module) newSignal() *Signal {
	s := &Signal{}
	s.Init(m.rt, m.rt.VM.CreateObject(m.signal.Proto), s)
	s.max = 0
	return s
}

func (m *module) signalOf(v goja.Value) *Signal {
	if s := SignalOf(v); s != nil {
		return s
	}
	m.rt.Throw(bind.InvalidThis("AbortSignal"))
	return nil
}

// defineSignal makes AbortSignal.
func (m *module) defineSignal() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "AbortSignal", ES6: true, Parent: m.target, New: func(*goja.Object, []goja.Value) *goja.Object {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"))
		return nil
	}})
	m.signal = c
	c.Accessor("aborted", func(this goja.Value) goja.Value { return rt.VM.ToValue(m.signalOf(this).aborted) }, nil, true)
	c.Accessor("reason", func(this goja.Value) goja.Value { return m.signalOf(this).Reason() }, nil)
	c.Method("throwIfAborted", 0, func(call goja.FunctionCall) goja.Value {
		if s := m.signalOf(call.This); s.aborted {
			panic(rt.Thrown(s.Reason()))
		}
		return goja.Undefined()
	})
	DefineHandler(rt, c, "abort")
	c.Static("abort", 0, func(call goja.FunctionCall) goja.Value {
		s := m.newSignal()
		s.aborted, s.reason = true, m.reasonOf(call.Argument(0))
		return s.obj
	})
	c.Static("timeout", 1, func(call goja.FunctionCall) goja.Value {
		ms := rt.Integer(call.Argument(0), "delay", 0, math.MaxUint32)
		s := m.newSignal()
		timer := rt.Loop.SetTimer(max(ms, 1), 0, timeoutTask{s})
		timer.Unref()
		return s.obj
	})
	c.Static("any", 1, func(call goja.FunctionCall) goja.Value { return m.any(call.Argument(0)) })
	c.Tag("AbortSignal")
	c.CustomFields(func(name string) string { return name + " {}" }, func(o *goja.Object) []any {
		return []any{"aborted", m.signalOf(o).aborted}
	})
}

type timeoutTask struct{ s *Signal }

// Run aborts the signal of AbortSignal.timeout.
func (t timeoutTask) Run() {
	t.s.Abort(t.s.m.rt.NewDOMException("The operation was aborted due to timeout", "TimeoutError"))
}

// reasonOf is the reason of an abort: what was given, or an AbortError.
func (m *module) reasonOf(v goja.Value) goja.Value {
	if v == nil || goja.IsUndefined(v) {
		return m.rt.NewDOMException("This operation was aborted", "AbortError")
	}
	return v
}

// any is AbortSignal.any(signals): a signal that aborts with the first of them.
func (m *module) any(v goja.Value) goja.Value {
	rt := m.rt
	o, ok := v.(*goja.Object)
	if !ok || !bind.IsCallable(o.GetSymbol(goja.SymIterator)) {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "signals can not be converted to sequence."))
	}
	var list []*Signal
	rt.VM.ForOf(v, func(item goja.Value) bool {
		s := SignalOf(item)
		if s == nil {
			rt.ArgType("signals["+bind.FormatNumber(float64(len(list)))+"]", item, "AbortSignal")
		}
		list = append(list, s)
		return true
	})
	result := m.newSignal()
	result.composite = true
	for _, s := range list {
		if s.aborted {
			result.aborted, result.reason = true, s.reason
			return result.obj
		}
	}
	for _, s := range list {
		if s.composite {
			for _, source := range s.sources {
				result.follow(source)
			}
		} else {
			result.follow(s)
		}
	}
	return result.obj
}

func (s *Signal) follow(source *Signal) {
	for _, known := range s.sources {
		if known == source {
			return
		}
	}
	s.sources = append(s.sources, source)
	source.dependents = append(source.dependents, s)
}

// Abort aborts the signal and those that follow it, unless it has aborted.
func (s *Signal) Abort(reason goja.Value) {
	if s.aborted {
		return
	}
	s.aborted, s.reason = true, reason
	var more []*Signal
	for _, d := range s.dependents {
		if !d.aborted {
			d.aborted, d.reason = true, reason
			more = append(more, d)
		}
	}
	s.dependents = nil
	s.fire()
	for _, d := range more {
		d.fire()
	}
}

func (s *Signal) fire() {
	if len(s.lists) > 0 {
		s.Dispatch(NewEvent(s.m.rt, "abort"))
	}
}

// controller is the state of an AbortController; its signal is made when asked
// for.
type controller struct{ signal *Signal }

// defineController makes AbortController.
func (m *module) defineController() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "AbortController", ES6: true, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		rt.Attach(this, &controller{})
		return nil
	}})
	m.control = c
	signal := func(v goja.Value) *Signal {
		c, ok := bind.From(v).(*controller)
		if !ok {
			panic(rt.VM.NewTypeError("Cannot read private member #signal from an object whose class did not declare it"))
		}
		if c.signal == nil {
			c.signal = m.newSignal()
		}
		return c.signal
	}
	c.Accessor("signal", func(this goja.Value) goja.Value { return signal(this).obj }, nil, true)
	c.WebMethod("abort", 0, func(call goja.FunctionCall) goja.Value {
		if s := signal(call.This); !s.aborted {
			s.Abort(m.reasonOf(call.Argument(0)))
		}
		return goja.Undefined()
	})
	c.Tag("AbortController")
	c.CustomFields(func(name string) string { return name + " {}" }, func(o *goja.Object) []any {
		return []any{"signal", signal(o).obj}
	})
}

// AsyncType names the task for async_hooks.
func (t timeoutTask) AsyncType() string { return "Timeout" }
