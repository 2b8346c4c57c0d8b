// Package timersmod is the binding of node:timers and of the global timer
// functions (https://nodejs.org/docs/latest-v24.x/api/timers.html) to the
// loop's timers and immediates.
package timersmod

import (
	"math"
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
)

// timeoutMax is the longest delay, in milliseconds: a 32-bit signed integer.
const timeoutMax = 1<<31 - 1

type module struct {
	rt        *bind.Runtime
	timeout   *bind.Class
	immediate *bind.Class
	list      *bind.Class
	lastList  *goja.Object
	known     map[int64]*timeout // those whose number a program has seen
	lastID    int64
	foreign   map[*loop.Timer]*timeout // those of built-in modules that a program has seen
	exports   *goja.Object

	warnedNegative, warnedNaN bool // each is told once a process
}

type moduleKey struct{}

// Load returns the exports of node:timers.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, known: map[int64]*timeout{}}
	rt.SetValue(moduleKey{}, m)
	m.defineList()
	m.defineTimeout()
	m.defineImmediate()
	m.exports = rt.VM.NewObject()
	set := func(name string, n int, f bind.Method) *goja.Object {
		fn := rt.Func(name, n, f)
		_ = m.exports.Set(name, fn)
		return fn
	}
	setTimeout := set("setTimeout", 3, func(c goja.FunctionCall) goja.Value { return m.start(c, false) })
	set("clearTimeout", 1, m.clear)
	setImmediate := set("setImmediate", 2, m.setImmediate)
	set("clearImmediate", 1, m.clearImmediate)
	set("setInterval", 3, func(c goja.FunctionCall) goja.Value { return m.start(c, true) })
	set("clearInterval", 1, m.clear)
	m.promises(setTimeout, setImmediate)
	return m
}

// Install puts the global functions on the global object.
func Install(rt *bind.Runtime) {
	m := get(rt)
	g := rt.VM.GlobalObject()
	for _, name := range []string{"setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "setInterval", "clearInterval"} {
		_ = g.Set(name, m.exports.Get(name))
	}
	m.queueMicrotask(g)
}

// timeout is a Timeout object's state.
type timeout struct {
	m      *module
	obj    *goja.Object
	timer  *loop.Timer
	fn     bind.Method
	fnVal  goja.Value
	args   []goja.Value
	ms     int64
	delay  float64 // as it was given, for _idleTimeout
	repeat bool
	id     int64 // 0 until asked for
	dead   bool
	closed bool
	unref  bool

	foreign bool // made by a built-in module, see Of
	start   int64
}

// delay reads a delay as it is kept, in milliseconds.
func (m *module) delay(v goja.Value) float64 {
	f := 1.0
	if v != nil && !goja.IsUndefined(v) {
		f = v.ToFloat()
	}
	if f >= 1 && f <= timeoutMax {
		return f
	}
	if m.rt.Warn != nil {
		switch text := bind.FormatNumber(f); {
		case f > timeoutMax:
			m.rt.Warn(text+" does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.", "TimeoutOverflowWarning", nil)
		case f < 0 && !m.warnedNegative:
			m.warnedNegative = true
			m.rt.Warn(text+" is a negative number.\nTimeout duration was set to 1.", "TimeoutNegativeWarning", nil)
		case math.IsNaN(f) && !m.warnedNaN:
			m.warnedNaN = true
			m.rt.Warn(text+" is not a number.\nTimeout duration was set to 1.", "TimeoutNaNWarning", nil)
		}
	}
	return 1
}

func (m *module) start(c goja.FunctionCall, repeat bool) goja.Value {
	fn := m.rt.Function(c.Argument(0), "callback")
	t := &timeout{m: m, fnVal: fn, fn: m.rt.Callable(fn), delay: m.delay(c.Argument(1)), repeat: repeat}
	t.ms = int64(t.delay)
	if len(c.Arguments) > 2 {
		t.args = append([]goja.Value(nil), c.Arguments[2:]...)
	}
	t.obj = m.rt.VM.CreateObject(m.timeout.Proto)
	m.rt.Attach(t.obj, t)
	t.arm()
	return t.obj
}

func (t *timeout) arm() {
	var every int64
	if t.repeat {
		every = t.ms
	}
	t.start = t.m.rt.Loop.Now()
	t.timer = t.m.rt.Loop.SetTimer(t.ms, every, t)
	if t.unref {
		t.timer.Unref()
	}
}

// AsyncType names the timer for async_hooks.
func (t *timeout) AsyncType() string { return "Timeout" }

// AsyncAlive reports whether the timer will fire again.
func (t *timeout) AsyncAlive() bool {
	return t.timer != nil && (t.timer.Active() || t.repeat) && !t.dead
}

// AsyncObject is the Timeout object.
func (t *timeout) AsyncObject() *goja.Object { return t.obj }

// Run fires the timer; the loop calls it.
func (t *timeout) Run() {
	if t.fn == nil {
		return
	}
	if !t.repeat {
		// A refresh inside the callback arms it again.
		defer func() {
			if t.timer == nil || !t.timer.Active() {
				t.forget()
				t.dead = true
			}
		}()
	}
	t.start = t.m.rt.Loop.Now()
	t.fn(goja.FunctionCall{This: t.obj, Arguments: t.args})
}

func (t *timeout) close() {
	if t.timer != nil {
		t.timer.Close()
	}
	if !t.dead && t.m.rt.AsyncCleared != nil {
		t.m.rt.AsyncCleared(t.obj)
	}
	t.fnVal = goja.Null()
	t.fn = nil
	t.args = nil
	t.closed = true
	t.dead = true
	t.forget()
}

func (t *timeout) forget() {
	if t.id != 0 {
		delete(t.m.known, t.id)
	}
}

// primitive is the number that stands for the timeout.
func (t *timeout) primitive() int64 {
	if t.id == 0 {
		t.m.lastID++
		t.id = t.m.lastID
	}
	if !t.dead {
		t.m.known[t.id] = t
	}
	return t.id
}

func (m *module) clear(c goja.FunctionCall) goja.Value {
	switch v := c.Argument(0).(type) {
	case *goja.Object:
		switch s := bind.From(v).(type) {
		case *timeout:
			s.close()
		case *immediate:
			s.clear()
		}
	default:
		if bind.IsNullish(v) {
			break
		}
		if id, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			if t := m.known[id]; t != nil {
				t.close()
			}
		}
	}
	return goja.Undefined()
}

func (m *module) defineTimeout() {
	m.timeout = m.rt.NewClass(bind.ClassDef{Name: "Timeout", Length: 5, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		panic(m.rt.VM.NewTypeError("Illegal constructor"))
	}})
	of := func(v goja.Value) *timeout {
		t, _ := bind.From(v).(*timeout)
		if t == nil {
			panic(m.rt.VM.NewTypeError("Illegal invocation"))
		}
		return t
	}
	c := m.timeout
	c.Method("refresh", 0, func(call goja.FunctionCall) goja.Value {
		t := of(call.This)
		if t.fn != nil && (t.timer == nil || !t.dead) {
			if t.timer != nil && t.timer.Active() {
				t.timer.Refresh()
				t.start = m.rt.Loop.Now()
			} else {
				t.arm()
			}
		} else if t.fn != nil {
			t.dead = false
			t.arm()
		}
		return call.This
	})
	c.Method("unref", 0, func(call goja.FunctionCall) goja.Value {
		if t, ok := bind.From(call.This).(*timeout); ok {
			t.unref = true
			if t.timer != nil {
				t.timer.Unref()
			}
		}
		return call.This
	})
	c.Method("ref", 0, func(call goja.FunctionCall) goja.Value {
		if t, ok := bind.From(call.This).(*timeout); ok {
			t.unref = false
			if t.timer != nil {
				t.timer.Ref()
			}
		}
		return call.This
	})
	c.Method("hasRef", 0, func(call goja.FunctionCall) goja.Value { return m.rt.VM.ToValue(!of(call.This).unref) })
	c.Method("close", 0, func(call goja.FunctionCall) goja.Value {
		of(call.This).close()
		return call.This
	})
	c.SymbolMethod(goja.SymToPrimitive, "[Symbol.toPrimitive]", 0, func(call goja.FunctionCall) goja.Value {
		return m.rt.VM.ToValue(of(call.This).primitive())
	})
	m.disposable(c, func(v goja.Value) { of(v).close() })
	c.Accessor("_idleTimeout", func(this goja.Value) goja.Value {
		if t, ok := bind.From(this).(*timeout); ok {
			if t.closed {
				return m.rt.VM.ToValue(-1)
			}
			return m.rt.VM.ToValue(t.delay)
		}
		return goja.Undefined()
	}, func(this, v goja.Value) { // a program's own: -1 ends an interval after this firing
		if t, ok := bind.From(this).(*timeout); ok {
			t.ms, t.delay = v.ToInteger(), v.ToFloat()
			if t.ms < 0 && t.timer != nil {
				t.timer.SetRepeat(0)
			}
		}
	})
	c.Accessor("_idleStart", func(this goja.Value) goja.Value {
		if t, ok := bind.From(this).(*timeout); ok {
			if t.timer != nil {
				return m.rt.VM.ToValue(t.timer.Started())
			}
			return m.rt.VM.ToValue(t.start)
		}
		return goja.Undefined()
	}, nil)
	c.Accessor("_onTimeout", func(this goja.Value) goja.Value {
		if t, ok := bind.From(this).(*timeout); ok {
			return t.fnVal
		}
		return goja.Undefined()
	}, func(this, v goja.Value) {
		if t, ok := bind.From(this).(*timeout); ok {
			t.fnVal, t.fn = v, nil
			if bind.IsCallable(v) {
				t.fn = m.rt.Callable(v)
			}
		}
	})
	c.Accessor("_repeat", func(this goja.Value) goja.Value {
		if t, ok := bind.From(this).(*timeout); ok && t.repeat {
			return m.rt.VM.ToValue(t.delay)
		}
		return goja.Null()
	}, func(this, v goja.Value) {
		if t, ok := bind.From(this).(*timeout); ok {
			t.repeat = v.ToBoolean()
			if t.timer != nil {
				t.timer.SetRepeat(v.ToInteger())
			}
		}
	})
	c.Accessor("_destroyed", func(this goja.Value) goja.Value {
		t, ok := bind.From(this).(*timeout)
		return m.rt.VM.ToValue(ok && (t.dead || t.foreign && t.timer.Destroyed()))
	}, nil)
	m.showTimeout(c)
	c.Seal()
}

// disposable adds Symbol.dispose where the runtime has it.
func (m *module) disposable(c *bind.Class, f func(goja.Value)) {
	if sym, ok := m.rt.VM.Get("Symbol").(*goja.Object).Get("dispose").(*goja.Symbol); ok {
		c.SymbolMethod(sym, "[Symbol.dispose]", 0, func(call goja.FunctionCall) goja.Value {
			f(call.This)
			return goja.Undefined()
		})
	}
}
