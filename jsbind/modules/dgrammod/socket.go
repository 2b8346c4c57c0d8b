package dgrammod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dgram"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) defineSocket() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Socket", Key: "dgram.Socket", Parent: rt.ClassOf("events.EventEmitter"), Length: 2,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			var first, listener goja.Value = goja.Undefined(), goja.Undefined()
			if len(args) > 0 {
				first = args[0]
			}
			if len(args) > 1 {
				listener = args[1]
			}
			o := m.options(first)
			o.Host, o.HasHost = m.socket.Host(), true
			s := &dgram.Socket{}
			s.Emitter.Bind(o.Host, s)
			m.socket.Adopt(this, s)
			_ = this.Set("type", o.Type)
			rt.Must(s.Init(rt.Loop, o))
			if bind.IsCallable(listener) {
				rt.Call(this.Get("on"), this, rt.VM.ToValue("message"), listener)
			}
			return nil
		}})
	m.socket = c
	m.lifeMethods(c)
	m.sendMethods(c)
	m.settingMethods(c)
	m.deprecatedMembers(c)
	c.Seal()
}

func (m *module) of(v goja.Value) *dgram.Socket {
	s, ok := bind.From(v).(*dgram.Socket)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Socket"))
	}
	return s
}

// listener makes a registration of a callback, nil for what is no function.
func listener(v goja.Value, once bool) *events.Listener {
	if !bind.IsCallable(v) {
		return nil
	}
	return events.NewHostListener(v, once)
}

// bindOptions reads the arguments of socket.bind.
func (m *module) bindOptions(args []goja.Value) dgram.BindOptions {
	o := dgram.NewBindOptions()
	if len(args) == 0 {
		return o
	}
	port := args[0]
	if opts, ok := port.(*goja.Object); ok && !bind.IsCallable(port) {
		if h, ok := bind.From(opts).(*dgram.Handle); ok {
			o.Handle = h
			return o
		}
		if fd := bind.Get(opts, "fd"); goja.IsNumber(fd) && fd.ToFloat() == math.Trunc(fd.ToFloat()) && fd.ToFloat() > 0 && fd.ToFloat() <= math.MaxInt32 {
			o.FD = int(fd.ToInteger())
		}
		o.Exclusive = bind.Get(opts, "exclusive").ToBoolean()
		if a := bind.Get(opts, "address"); a.ToBoolean() {
			o.Address = m.rt.String(a, "hostname")
		}
		port = bind.Get(opts, "port")
	} else if len(args) > 1 && !bind.IsCallable(args[1]) && args[1].ToBoolean() {
		o.Address = m.rt.String(args[1], "hostname")
	}
	if !bind.IsCallable(port) && port.ToBoolean() {
		o.Port = int(port.ToInteger()) & 0xffff
	}
	return o
}

func (m *module) lifeMethods(c *bind.Class) {
	rt := m.rt
	c.Method("bind", 2, func(call goja.FunctionCall) goja.Value {
		var cb func()
		if n := len(call.Arguments); n > 0 && bind.IsCallable(call.Arguments[n-1]) {
			fn := call.Arguments[n-1]
			cb = func() { rt.Call(fn, call.This) }
		}
		s := m.of(call.This)
		if err := s.Running(); err != nil {
			rt.Throw(err)
		}
		rt.Must(s.Bind(m.bindOptions(call.Arguments), cb))
		return call.This
	})
	c.Method("connect", 3, func(call goja.FunctionCall) goja.Value {
		port := m.port(call.Argument(0))
		address, cb := call.Argument(1), call.Argument(2)
		text := ""
		switch {
		case bind.IsCallable(address):
			cb = address
		case !goja.IsUndefined(address):
			text = rt.String(address, "address")
		}
		var failed func(error)
		if bind.IsCallable(cb) {
			failed = func(err error) { rt.Call(cb, goja.Undefined(), rt.ErrorValue(err)) }
		}
		rt.Must(m.of(call.This).Connect(port, text, listener(cb, true), failed))
		return goja.Undefined()
	})
	c.Method("disconnect", 0, func(call goja.FunctionCall) goja.Value {
		rt.Must(m.of(call.This).Disconnect())
		return goja.Undefined()
	})
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		rt.Must(m.of(call.This).Close(listener(call.Argument(0), false)))
		return call.This
	})
	address := func(name string, get func(*dgram.Socket) (net.Address, error)) {
		c.Method(name, 0, func(call goja.FunctionCall) goja.Value {
			a, err := get(m.of(call.This))
			rt.Must(err)
			return m.addressValue(a)
		})
	}
	address("address", (*dgram.Socket).Address)
	address("remoteAddress", (*dgram.Socket).RemoteAddress)
	c.Method("ref", 0, func(call goja.FunctionCall) goja.Value { m.of(call.This).Ref(); return call.This })
	c.Method("unref", 0, func(call goja.FunctionCall) goja.Value { m.of(call.This).Unref(); return call.This })
	if sym, ok := rt.VM.Get("Symbol").(*goja.Object).Get("asyncDispose").(*goja.Symbol); ok {
		c.SymbolMethod(sym, "[Symbol.asyncDispose]", 0, func(call goja.FunctionCall) goja.Value {
			p, resolve, reject := engine.NewPromise(rt.VM)
			s := m.of(call.This)
			if s.Handle() == nil {
				_ = resolve(goja.Undefined())
			} else if err := s.Close(events.NewListener(func(...any) { _ = resolve(goja.Undefined()) }, true)); err != nil {
				_ = reject(rt.ErrorValue(err))
			}
			return rt.VM.ToValue(p)
		})
	}
}

func (m *module) settingMethods(c *bind.Class) {
	rt := m.rt
	text := func(v goja.Value, name string) string { return rt.String(v, name) }
	boolean := func(name string, returns bool, set func(*dgram.Socket, bool) error) {
		c.Method(name, 1, func(call goja.FunctionCall) goja.Value {
			rt.Must(set(m.open(call.This, name), call.Argument(0).ToBoolean()))
			if returns {
				return call.Argument(0)
			}
			return goja.Undefined()
		})
	}
	number := func(name string, set func(*dgram.Socket, int) error) {
		c.Method(name, 1, func(call goja.FunctionCall) goja.Value {
			n := rt.Number(call.Argument(0), "ttl")
			rt.Must(set(m.open(call.This, name), int(math.Max(math.Min(n, math.MaxInt32), math.MinInt32))))
			return call.Argument(0)
		})
	}
	boolean("setBroadcast", false, (*dgram.Socket).SetBroadcast)
	number("setTTL", (*dgram.Socket).SetTTL)
	number("setMulticastTTL", (*dgram.Socket).SetMulticastTTL)
	boolean("setMulticastLoopback", true, (*dgram.Socket).SetMulticastLoopback)
	c.Method("setMulticastInterface", 1, func(call goja.FunctionCall) goja.Value {
		s := m.of(call.This)
		rt.Must(s.Running())
		rt.Must(s.SetMulticastInterface(text(call.Argument(0), "interfaceAddress")))
		return goja.Undefined()
	})
	iface := func(v goja.Value) string {
		if !v.ToBoolean() {
			return ""
		}
		return v.String()
	}
	member := func(name string, set func(s *dgram.Socket, group, iface string) error) {
		c.Method(name, 2, func(call goja.FunctionCall) goja.Value {
			s := m.of(call.This)
			rt.Must(s.Running())
			if !call.Argument(0).ToBoolean() {
				rt.Throw(nodeerr.MissingArgs("multicastAddress"))
			}
			rt.Must(set(s, call.Argument(0).String(), iface(call.Argument(1))))
			return goja.Undefined()
		})
	}
	member("addMembership", (*dgram.Socket).AddMembership)
	member("dropMembership", (*dgram.Socket).DropMembership)
	source := func(name string, set func(s *dgram.Socket, source, group, iface string) error) {
		c.Method(name, 3, func(call goja.FunctionCall) goja.Value {
			s := m.of(call.This)
			rt.Must(s.Running())
			from, group := text(call.Argument(0), "sourceAddress"), text(call.Argument(1), "groupAddress")
			rt.Must(set(s, from, group, iface(call.Argument(2))))
			return goja.Undefined()
		})
	}
	source("addSourceSpecificMembership", (*dgram.Socket).AddSourceSpecificMembership)
	source("dropSourceSpecificMembership", (*dgram.Socket).DropSourceSpecificMembership)
	m.bufferMethods(c)
}

// open returns the socket behind v; a closed one throws as reading a member of
// null does, which is what Node does here.
func (m *module) open(v goja.Value, method string) *dgram.Socket {
	s := m.of(v)
	if s.Handle() == nil {
		panic(m.rt.VM.NewTypeError("Cannot read properties of null (reading '" + method + "')"))
	}
	return s
}

func (m *module) bufferMethods(c *bind.Class) {
	rt := m.rt
	for _, d := range []struct {
		name string
		recv bool
	}{{"Recv", true}, {"Send", false}} {
		c.Method("set"+d.name+"BufferSize", 1, func(call goja.FunctionCall) goja.Value {
			v := call.Argument(0)
			if f := v.ToFloat(); !goja.IsNumber(v) || f != math.Trunc(f) || f < 0 || f > math.MaxUint32 {
				rt.Throw(nodeerr.SocketBadBufferSize())
			}
			s := m.of(call.This)
			if v.ToInteger() == 0 {
				_, err := s.BufferSize(d.recv)
				rt.Must(err)
				return goja.Undefined()
			}
			rt.Must(s.SetBufferSize(int(v.ToInteger()), d.recv))
			return goja.Undefined()
		})
		c.Method("get"+d.name+"BufferSize", 0, func(call goja.FunctionCall) goja.Value {
			n, err := m.of(call.This).BufferSize(d.recv)
			rt.Must(err)
			return rt.VM.ToValue(n)
		})
	}
	c.Method("getSendQueueSize", 0, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.open(call.This, "getSendQueueSize").Handle().SendQueueSize())
	})
	c.Method("getSendQueueCount", 0, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.open(call.This, "getSendQueueCount").Handle().SendQueueCount())
	})
}

// deprecatedMembers adds the underscore members, which warn (DEP0112).
func (m *module) deprecatedMembers(c *bind.Class) {
	rt := m.rt
	util := rt.Require("util").(*goja.Object)
	deprecate := func(fn *goja.Object, name string) goja.Value {
		return rt.Call(util.Get("deprecate"), util, fn, rt.VM.ToValue("Socket.prototype."+name+" is deprecated"), rt.VM.ToValue("DEP0112"))
	}
	prop := func(name string, get func(*dgram.Socket) goja.Value) {
		g := deprecate(rt.Func("", 0, func(call goja.FunctionCall) goja.Value { return get(m.of(call.This)) }), name)
		s := deprecate(rt.Func("", 1, func(call goja.FunctionCall) goja.Value {
			o, ok := call.This.(*goja.Object)
			if ok {
				_ = o.DefineDataProperty(name, call.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			}
			return goja.Undefined()
		}), name)
		_ = c.Proto.DefineAccessorProperty(name, g, s, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
	prop("_handle", func(s *dgram.Socket) goja.Value {
		if s.Handle() == nil {
			return goja.Null()
		}
		return m.handleValue(s.Handle())
	})
	prop("_receiving", func(s *dgram.Socket) goja.Value { _, r, _ := s.State(); return rt.VM.ToValue(r) })
	prop("_bindState", func(s *dgram.Socket) goja.Value { b, _, _ := s.State(); return rt.VM.ToValue(int(b)) })
	prop("_queue", func(s *dgram.Socket) goja.Value {
		_, _, n := s.State()
		if n < 0 {
			return goja.Undefined()
		}
		return rt.VM.NewArray(make([]any, n)...)
	})
	prop("_reuseAddr", func(s *dgram.Socket) goja.Value { return rt.VM.ToValue(s.Options().ReuseAddr) })
	method := func(name string, f func(*dgram.Socket)) {
		_ = c.Proto.Set(name, deprecate(rt.Func("", 0, func(call goja.FunctionCall) goja.Value {
			f(m.of(call.This))
			return goja.Undefined()
		}), name+"()"))
	}
	method("_healthCheck", func(s *dgram.Socket) { rt.Must(s.Running()) })
	method("_stopReceiving", func(s *dgram.Socket) { s.StopReceiving() })
}
