package childprocessmod

import (
	"github.com/dop251/goja"
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/dgram"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
)

// rawHandle is a handle that has a descriptor to send.
type rawHandle interface {
	FD() int
	Close(done func())
}

// kindOf names what can be sent over a channel, in Node's words.
func kindOf(v goja.Value) (string, bool) {
	switch bind.From(v).(type) {
	case net.Socketer:
		return "net.Socket", true
	case net.Serverer:
		return "net.Server", true
	case *net.Handle:
		return "net.Native", true
	case *dgram.Socket:
		return "dgram.Socket", true
	case *dgram.Handle:
		return "dgram.Native", true
	}
	return "", false
}

// sentHandle is a handle on its way to the other side.
type sentHandle struct {
	packed  goja.Value // the message that it goes with
	handle  rawHandle
	closes  bool // this process gives it up
	tries   int
	options goja.Value
	cb      goja.Value
}

func (p *sentHandle) fd() int { return p.handle.FD() }

// keep remembers a handle to be closed when it has arrived.
func (p *sentHandle) keep(x *ipc) {
	if p.closes {
		x.sent = p
	}
}

// drop closes a handle that was given up.
func (p *sentHandle) drop() {
	if p.closes {
		p.handle.Close(nil)
	}
}

// pack makes the message that carries a handle; nil if there is none to be had,
// so that the message goes alone.
func (x *ipc) pack(kind string, message, v, options, cb goja.Value) *sentHandle {
	rt := x.m.rt
	o := rt.VM.NewObject()
	_ = o.Set("cmd", "NODE_HANDLE")
	_ = o.Set("type", kind)
	_ = o.Set("msg", message)
	p := &sentHandle{packed: o, options: options, cb: cb}
	var h rawHandle
	switch s := bind.From(v).(type) {
	case *net.Handle:
		h = s
	case *dgram.Handle:
		h = s
	case *dgram.Socket:
		_ = o.Set("dgramType", s.Options().Type)
		if s.Handle() != nil {
			h = s.Handle()
		}
	case net.Serverer:
		if s := s.AsServer(); s.Handle() != nil {
			h = s.Handle()
		}
	case net.Socketer:
		if h = x.packSocket(o, s.AsSocket(), v, option(options, "keepOpen")); h != nil {
			p.closes = !option(options, "keepOpen")
		}
	}
	if h == nil || h.FD() < 0 {
		return nil
	}
	p.handle = h
	return p
}

// packSocket takes the handle off a socket, unless it is to be kept. A server's
// socket is counted by the other side from now on.
func (x *ipc) packSocket(o *goja.Object, s *net.Socket, v goja.Value, keep bool) rawHandle {
	if s.Handle() == nil {
		return nil
	}
	if srv := s.Server(); srv != nil {
		key := srv.ConnectionKey()
		_ = o.Set("key", key)
		x.countElsewhere(srv, key)
	}
	if keep {
		return s.Handle()
	}
	if c, ok := bind.From(v).(http.Conn); ok {
		http.Release(c)
	}
	return s.Detach()
}

// received makes the handle of a descriptor that arrived; undefined where it is
// of no kind that can be.
func (m *module) received(fd int) goja.Value {
	rt := m.rt
	switch net.DescriptorType(fd) {
	case "UDP":
		h := dgram.NewHandle(rt.Loop)
		if h.Open(fd) == net.OK {
			rt.Require("dgram")
			return rt.ToValue(h)
		}
	case "TCP":
		h := net.NewHandle(rt.Loop, net.TCPSocket)
		if h.Open(fd) == net.OK {
			rt.Require("net")
			return rt.ToValue(h)
		}
	case "PIPE":
		h := net.NewHandle(rt.Loop, net.PipeSocket)
		if h.Open(fd) == net.OK {
			rt.Require("net")
			return rt.ToValue(h)
		}
	}
	_ = unix.Close(fd)
	return goja.Undefined()
}

// unpack makes the object that a handle was sent as; got is told it.
func (x *ipc) unpack(message *goja.Object, handle goja.Value, got func(goja.Value)) {
	rt := x.m.rt
	switch bind.Get(message, "type").String() {
	case "net.Native", "dgram.Native":
		got(handle)
	case "net.Server":
		s := x.construct("net", "Server")
		rt.Call(s.Get("listen"), s, handle, rt.Func("", 0, func(goja.FunctionCall) goja.Value { got(s); return goja.Undefined() }))
	case "net.Socket":
		o := rt.VM.NewObject()
		_ = o.Set("handle", handle)
		_ = o.Set("readable", true)
		_ = o.Set("writable", true)
		s := x.construct("net", "Socket", o)
		if key := bind.Get(message, "key"); key.ToBoolean() {
			x.countHere(key.String(), s)
		}
		got(s)
	case "dgram.Socket":
		s := x.construct("dgram", "Socket", bind.Get(message, "dgramType"))
		rt.Call(s.Get("bind"), s, handle, rt.Func("", 0, func(goja.FunctionCall) goja.Value { got(s); return goja.Undefined() }))
	}
}

func (x *ipc) construct(module, class string, args ...goja.Value) *goja.Object {
	rt := x.m.rt
	o, err := rt.VM.New(rt.Require(module).(*goja.Object).Get(class), args...)
	if err != nil {
		panic(err)
	}
	return o
}
