package childprocessmod

import (
	"strconv"
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
)

func itoa(n int) string { return strconv.Itoa(n) }

// spawn is child_process.spawn(file, args, options).
func (m *module) spawn(c goja.FunctionCall) goja.Value {
	return m.launch(m.command(c.Argument(0), c.Argument(1), c.Argument(2))).obj
}

// launch starts a child with the options timeout, signal and killSignal.
func (m *module) launch(cmd *command) *child {
	timeout := m.timeout(cmd.options)
	sig := m.abortSignal(cmd.options)
	kill := m.killSignal(cmd.options)
	c := m.newChild()
	c.start(cmd)
	if timeout > 0 {
		t := m.rt.Loop.SetTimer(timeout, 0, loop.Func(func() { c.end(kill) }))
		c.Once("exit", func(...any) { t.Close() })
	}
	if sig != nil {
		abort := func() { c.abort(kill, sig) }
		if sig.Get("aborted").ToBoolean() {
			m.rt.Loop.NextTickFunc(abort)
		} else {
			c.Once("exit", callAll(m.onAbort(sig, abort)))
		}
	}
	return c
}

func callAll(f func()) func(...any) { return func(...any) { f() } }

// onAbort listens for abort and returns the removal.
func (m *module) onAbort(sig *goja.Object, f func()) func() {
	fn := m.rt.Func("onAbortListener", 0, func(goja.FunctionCall) goja.Value { f(); return goja.Undefined() })
	m.rt.Call(sig.Get("addEventListener"), sig, m.rt.VM.ToValue("abort"), fn)
	return func() { m.rt.Call(sig.Get("removeEventListener"), sig, m.rt.VM.ToValue("abort"), fn) }
}

// call is this.kill(signal).
func (c *child) call(kill goja.Value) bool {
	return c.m.rt.Call(c.obj.Get("kill"), c.obj, kill).ToBoolean()
}

// end kills a child whose time is up.
func (c *child) end(kill goja.Value) {
	if ex := c.m.rt.VM.Try(func() { c.call(kill) }); ex != nil {
		c.Emit("error", ex.Value())
	}
}

// abort kills a child whose signal was aborted.
func (c *child) abort(kill goja.Value, sig *goja.Object) {
	killed := false
	if ex := c.m.rt.VM.Try(func() { killed = c.call(kill) }); ex != nil {
		c.Emit("error", ex.Value())
		return
	}
	if killed {
		c.Emit("error", c.m.abortError(sig))
	}
}

// killNumber is the signal of the option killSignal, SIGTERM by default.
func (m *module) killNumber(o *goja.Object) syscall.Signal {
	if v := m.killSignal(o); !goja.IsUndefined(v) && v.ToInteger() != 0 {
		return syscall.Signal(v.ToInteger())
	}
	return syscall.SIGTERM
}

// copyOptions makes an object of the own properties of v, which may be nullish.
func (m *module) copyOptions(v goja.Value) *goja.Object {
	out := m.rt.VM.NewObject()
	_ = out.SetPrototype(nil) // a changed Object.prototype is nobody's option
	if o, ok := v.(*goja.Object); ok && !bind.IsCallable(v) {
		for _, k := range o.Keys() {
			_ = out.Set(k, o.Get(k))
		}
	}
	return out
}
