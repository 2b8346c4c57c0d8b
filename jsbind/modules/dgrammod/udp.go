package dgrammod

import (
	"github.com/dop251/goja"
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/dgram"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// defineUDP makes the class that socket._handle shows.
func (m *module) defineUDP() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "UDP", New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		h := dgram.NewHandle(rt.Loop)
		rt.Attach(this, h)
		m.remember(h, this)
		return nil
	}})
	m.udp = c
	of := func(v goja.Value) *dgram.Handle {
		h, _ := bind.From(v).(*dgram.Handle)
		if h == nil {
			panic(rt.VM.NewTypeError("Illegal invocation"))
		}
		return h
	}
	undefined := func(f func(*dgram.Handle)) bind.Method {
		return func(call goja.FunctionCall) goja.Value { f(of(call.This)); return goja.Undefined() }
	}
	status := func(f func(*dgram.Handle, goja.FunctionCall) net.Status) bind.Method {
		return func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(int(f(of(call.This), call))) }
	}
	c.Method("ref", 0, undefined(func(h *dgram.Handle) { h.Ref() }))
	c.Method("unref", 0, undefined(func(h *dgram.Handle) { h.Unref() }))
	c.Method("hasRef", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).HasRef()) })
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		if cb := call.Argument(0); bind.IsCallable(cb) {
			of(call.This).Close(func() { rt.Call(cb, call.This) })
		} else {
			of(call.This).Close(nil)
		}
		return goja.Undefined()
	})
	for name, family := range map[string]int{"bind": 4, "bind6": 6} {
		c.Method(name, 3, status(func(h *dgram.Handle, call goja.FunctionCall) net.Status {
			return h.Bind(call.Argument(0).String(), int(call.Argument(1).ToInteger()), family, dgram.BindFlags(call.Argument(2).ToInteger()))
		}))
	}
	c.Method("open", 1, status(func(h *dgram.Handle, call goja.FunctionCall) net.Status {
		return h.Open(int(call.Argument(0).ToInteger()))
	}))
	c.Method("recvStart", 0, status(func(h *dgram.Handle, _ goja.FunctionCall) net.Status { return h.RecvStart() }))
	c.Method("recvStop", 0, status(func(h *dgram.Handle, _ goja.FunctionCall) net.Status { return h.RecvStop() }))
	c.Method("getAsyncId", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(1) })
	name := func(get func(*dgram.Handle) (net.Address, net.Status)) bind.Method {
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
	c.Method("getsockname", 1, name((*dgram.Handle).LocalAddress))
	c.Method("getpeername", 1, name((*dgram.Handle).PeerAddress))
	c.Method("getSendQueueSize", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).SendQueueSize()) })
	c.Method("getSendQueueCount", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).SendQueueCount()) })
	c.Accessor("fd", func(this goja.Value) goja.Value {
		if h, ok := bind.From(this).(*dgram.Handle); ok {
			return rt.VM.ToValue(h.FD())
		}
		return goja.Undefined()
	}, nil)
}

type handleObjects struct {
	m map[*dgram.Handle]*goja.Object
}

type handlesKey struct{}

func (m *module) remember(h *dgram.Handle, o *goja.Object) {
	t, ok := m.rt.Value(handlesKey{}).(*handleObjects)
	if !ok {
		t = &handleObjects{map[*dgram.Handle]*goja.Object{}}
		m.rt.SetValue(handlesKey{}, t)
	}
	for old := range t.m { // objects of closed handles are not asked for again
		if old.Closing() {
			delete(t.m, old)
		}
	}
	t.m[h] = o
}

// handleValue returns the object of a handle, the same one each time.
func (m *module) handleValue(h *dgram.Handle) goja.Value {
	if t, ok := m.rt.Value(handlesKey{}).(*handleObjects); ok {
		if o := t.m[h]; o != nil {
			return o
		}
	}
	o := m.rt.VM.CreateObject(m.udp.Proto)
	m.rt.Attach(o, h)
	m.remember(h, o)
	return o
}

// createSocketHandle is _createSocketHandle(address, port, addressType, fd,
// flags): a bound handle, or the error's number.
func (m *module) createSocketHandle(c goja.FunctionCall) goja.Value {
	rt := m.rt
	typ := c.Argument(2).String()
	if typ != "udp4" && typ != "udp6" {
		rt.Throw(nodeerr.SocketBadType())
	}
	h := dgram.NewHandle(rt.Loop)
	st := net.OK
	if fd := c.Argument(3); goja.IsNumber(fd) && fd.ToInteger() > 0 {
		if net.DescriptorType(int(fd.ToInteger())) != "UDP" {
			st = -net.Status(unix.EINVAL)
		} else {
			st = h.Open(int(fd.ToInteger()))
		}
	} else if port, address := c.Argument(1), c.Argument(0); port.ToBoolean() || address.ToBoolean() {
		family, any := 4, "0.0.0.0"
		if typ == "udp6" {
			family, any = 6, "::"
		}
		if address.ToBoolean() {
			any = address.String()
		}
		st = h.Bind(any, int(port.ToInteger()), family, dgram.BindFlags(c.Argument(4).ToInteger()))
	}
	if st.Failed() {
		h.Close(nil)
		return rt.VM.ToValue(int(st))
	}
	return m.handleValue(h)
}
