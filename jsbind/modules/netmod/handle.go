package netmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
)

// handles makes the classes that socket._handle and server._handle show.
func (m *module) handles() {
	m.tcp = m.handleClass("TCP")
	m.pipe = m.handleClass("Pipe")
	m.tty = m.handleClass("TTY")
	m.terminal(m.tty)
}

// terminal adds what only terminals have.
func (m *module) terminal(c *bind.Class) {
	rt := m.rt
	of := func(v goja.Value) *net.Handle {
		h, _ := bind.From(v).(*net.Handle)
		if h == nil {
			panic(rt.VM.NewTypeError("Illegal invocation"))
		}
		return h
	}
	c.Method("getWindowSize", 1, func(call goja.FunctionCall) goja.Value {
		columns, rows, st := of(call.This).WindowSize()
		if list, ok := call.Argument(0).(*goja.Object); ok && !st.Failed() {
			_ = list.Set("0", columns)
			_ = list.Set("1", rows)
		}
		return rt.VM.ToValue(int(st))
	})
	c.Method("setRawMode", 1, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(int(of(call.This).SetRawMode(call.Argument(0).ToBoolean())))
	})
}

func (m *module) handleClass(name string) *bind.Class {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: name, Length: 1, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		typ := net.HandleType(0)
		if len(args) > 0 {
			typ = net.HandleType(args[0].ToInteger())
		}
		if name == "Pipe" {
			typ += net.PipeSocket
		}
		h := net.NewHandle(rt.Loop, typ)
		rt.Attach(this, h)
		remember(rt, h, this)
		return nil
	}})
	of := func(v goja.Value) *net.Handle {
		h, _ := bind.From(v).(*net.Handle)
		if h == nil {
			panic(rt.VM.NewTypeError("Illegal invocation"))
		}
		return h
	}
	undefined := func(f func(*net.Handle)) bind.Method {
		return func(call goja.FunctionCall) goja.Value { f(of(call.This)); return goja.Undefined() }
	}
	status := func(f func(*net.Handle, goja.FunctionCall) net.Status) bind.Method {
		return func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(int(f(of(call.This), call))) }
	}
	c.Method("ref", 0, undefined(func(h *net.Handle) { h.Ref() }))
	c.Method("unref", 0, undefined(func(h *net.Handle) { h.Unref() }))
	c.Method("hasRef", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).HasRef()) })
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		h := of(call.This)
		cb := call.Argument(0)
		if bind.IsCallable(cb) {
			h.Close(func() { rt.Call(cb, call.This) })
		} else {
			h.Close(nil)
		}
		return goja.Undefined()
	})
	c.Method("readStart", 0, status(func(h *net.Handle, _ goja.FunctionCall) net.Status { return h.ReadStart() }))
	c.Method("readStop", 0, status(func(h *net.Handle, _ goja.FunctionCall) net.Status { return h.ReadStop() }))
	c.Method("open", 1, status(func(h *net.Handle, c goja.FunctionCall) net.Status { return h.Open(int(c.Argument(0).ToInteger())) }))
	c.Method("setBlocking", 1, status(func(h *net.Handle, c goja.FunctionCall) net.Status {
		return h.SetBlocking(c.Argument(0).ToBoolean())
	}))
	c.Method("setNoDelay", 1, status(func(h *net.Handle, c goja.FunctionCall) net.Status {
		return h.SetNoDelay(c.Argument(0).ToBoolean())
	}))
	c.Method("setKeepAlive", 2, status(func(h *net.Handle, c goja.FunctionCall) net.Status {
		return h.SetKeepAlive(c.Argument(0).ToBoolean(), int(c.Argument(1).ToInteger()))
	}))
	c.Method("bind", 3, status(func(h *net.Handle, c goja.FunctionCall) net.Status {
		if h.IsPipe() {
			return h.BindPath(c.Argument(0).String())
		}
		return h.Bind(c.Argument(0).String(), int(c.Argument(1).ToInteger()), 4, 0)
	}))
	c.Method("getAsyncId", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(1) })
	name_ := func(get func(*net.Handle) (net.Address, net.Status)) bind.Method {
		return func(call goja.FunctionCall) goja.Value {
			a, st := get(of(call.This))
			if o, ok := call.Argument(0).(*goja.Object); ok && !st.Failed() {
				_ = o.Set("address", a.Address)
				_ = o.Set("family", a.Family)
				_ = o.Set("port", a.Port)
			}
			return rt.VM.ToValue(int(st))
		}
	}
	c.Method("getsockname", 1, name_((*net.Handle).LocalAddress))
	c.Method("getpeername", 1, name_((*net.Handle).PeerAddress))
	prop := func(name string, get func(*net.Handle) any) {
		c.Accessor(name, func(this goja.Value) goja.Value {
			if h, ok := bind.From(this).(*net.Handle); ok {
				return rt.ToValue(get(h))
			}
			return goja.Undefined()
		}, nil)
	}
	onconnection := rt.Func("onconnection", 2, func(call goja.FunctionCall) goja.Value {
		if client, ok := bind.From(call.Argument(1)).(*net.Handle); ok {
			of(call.This).Accepted(client)
		}
		return goja.Undefined()
	})
	c.Accessor("onconnection", func(this goja.Value) goja.Value {
		if h, ok := bind.From(this).(*net.Handle); ok && !h.Listening() {
			return goja.Null()
		}
		return onconnection
	}, func(this, v goja.Value) {
		if o, ok := this.(*goja.Object); ok {
			_ = o.DefineDataProperty("onconnection", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
	})
	prop("fd", func(h *net.Handle) any { return h.FD() })
	prop("reading", func(h *net.Handle) any { return h.Reading() })
	prop("bytesRead", func(h *net.Handle) any { return int64(h.BytesRead) })
	prop("bytesWritten", func(h *net.Handle) any { return int64(h.BytesWritten) })
	prop("writeQueueSize", func(h *net.Handle) any { return h.WriteQueueSize() })
	prop("isStreamBase", func(*net.Handle) any { return true })
	m.handleKeys(c)
	return c
}

type handleObjects struct{ m map[*net.Handle]*goja.Object }

type handlesKey struct{}

func remember(rt *bind.Runtime, h *net.Handle, o *goja.Object) {
	t, ok := rt.Value(handlesKey{}).(*handleObjects)
	if !ok {
		t = &handleObjects{map[*net.Handle]*goja.Object{}}
		rt.SetValue(handlesKey{}, t)
	}
	for old := range t.m { // objects of closed handles are not asked for again
		if old.Closing() {
			delete(t.m, old)
		}
	}
	t.m[h] = o
	h.SetReplaced(func(verb string) func(args ...any) net.Status { return replaced(rt, o, verb) })
}

// replaced returns the function that a program put in the place of a handle's
// verb, on the object itself; nil for none.
func replaced(rt *bind.Runtime, o *goja.Object, verb string) func(args ...any) net.Status {
	v := o.Get(verb)
	if v == nil || !bind.IsCallable(v) || o.Prototype() != nil && v.SameAs(o.Prototype().Get(verb)) {
		return nil
	}
	return func(args ...any) net.Status {
		values := make([]goja.Value, len(args))
		for i, a := range args {
			values[i] = rt.ToValue(a)
		}
		if n, ok := rt.Call(v, o, values...).Export().(int64); ok {
			return net.Status(n)
		}
		return net.OK
	}
}

// handleValue returns the object of a handle, the same one each time.
func (m *module) handleValue(h *net.Handle) goja.Value {
	if h == nil {
		return goja.Null()
	}
	if t, ok := m.rt.Value(handlesKey{}).(*handleObjects); ok {
		if o := t.m[h]; o != nil {
			return o
		}
	}
	c := m.tcp
	switch {
	case h.Type() == net.Terminal:
		c = m.tty
	case h.IsPipe():
		c = m.pipe
	}
	o := m.rt.VM.CreateObject(c.Proto)
	m.rt.Attach(o, h)
	remember(m.rt, h, o)
	return o
}
