package dgrammod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dgram"
	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/dnsmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

type module struct {
	rt      *bind.Runtime
	socket  *bind.Class
	udp     *bind.Class
	exports *goja.Object
}

type moduleKey struct{}

// Define makes the classes.
func Define(rt *bind.Runtime) { get(rt) }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	rt.Require("net") // BlockList
	rt.Convert(func(a any) (goja.Value, bool) {
		switch v := a.(type) {
		case dgram.RemoteInfo:
			o := m.addressValue(v.Address)
			_ = o.Set("size", v.Size)
			return o, true
		case *dgram.Handle:
			return m.handleValue(v), true
		}
		return nil, false
	})
	m.defineUDP()
	m.defineSocket()
	return m
}

// Load returns the exports of node:dgram.
func Load(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.exports != nil {
		return m.exports
	}
	m.exports = rt.VM.NewObject()
	util := rt.Require("util").(*goja.Object)
	_ = m.exports.Set("_createSocketHandle", rt.Call(util.Get("deprecate"), util,
		rt.Func("_createSocketHandle", 5, m.createSocketHandle), rt.VM.ToValue("dgram._createSocketHandle() is deprecated"), rt.VM.ToValue("DEP0112")))
	_ = m.exports.Set("createSocket", rt.Func("createSocket", 2, func(c goja.FunctionCall) goja.Value {
		o, err := rt.VM.New(m.socket.Ctor, c.Argument(0), c.Argument(1))
		if err != nil {
			panic(err)
		}
		return o
	}))
	_ = m.exports.Set("Socket", m.socket.Ctor)
	return m.exports
}

// addressValue makes {address, family, port}.
func (m *module) addressValue(a net.Address) *goja.Object {
	o := m.rt.VM.NewObject()
	_ = o.Set("address", a.Address)
	_ = o.Set("family", a.Family)
	_ = o.Set("port", a.Port)
	return o
}

// options reads the argument of createSocket.
func (m *module) options(v goja.Value) dgram.Options {
	rt := m.rt
	o := dgram.Options{Type: "-"}
	var opts *goja.Object
	if x, ok := v.(*goja.Object); ok && !bind.IsCallable(v) {
		opts = x
		v = bind.Get(opts, "type")
	}
	if goja.IsString(v) {
		o.Type = v.String()
	}
	lookup := goja.Value(goja.Undefined())
	if opts != nil {
		lookup = bind.Get(opts, "lookup")
	}
	if !goja.IsUndefined(lookup) {
		o.Lookup = m.lookup(rt.Function(lookup, "lookup"))
	} else if fn := dnsmod.Replaced(rt); fn != nil {
		o.Lookup = m.lookup(fn)
	}
	if o.Type != "udp4" && o.Type != "udp6" {
		rt.Throw(nodeerr.SocketBadType())
	}
	if opts == nil {
		return o
	}
	truthy := func(name string) bool { return bind.Get(opts, name).ToBoolean() }
	o.ReuseAddr, o.ReusePort, o.IPv6Only = truthy("reuseAddr"), truthy("reusePort"), truthy("ipv6Only")
	size := func(name string, p *int) {
		if n := bind.Get(opts, name); !bind.IsNullish(n) && n.ToBoolean() {
			*p = int(rt.Number(n, "options."+name))
		}
	}
	size("recvBufferSize", &o.RecvBufferSize)
	size("sendBufferSize", &o.SendBufferSize)
	list := func(name string, p **net.BlockList) {
		n := bind.Get(opts, name)
		if bind.IsNullish(n) || !n.ToBoolean() {
			return
		}
		b, ok := bind.From(n).(*net.BlockList)
		if !ok {
			rt.ArgType("options."+name, n, "net.BlockList")
		}
		*p = b
	}
	list("receiveBlockList", &o.ReceiveBlockList)
	list("sendBlockList", &o.SendBlockList)
	if sig := bind.Get(opts, "signal"); !goja.IsUndefined(sig) {
		o.Signal = streammod.Signal(rt, sig, "options.signal")
	}
	return o
}

// lookup makes a LookupFunc of a program's function(address, family, cb).
func (m *module) lookup(fn *goja.Object) net.LookupFunc {
	rt := m.rt
	return func(host string, o net.LookupOptions, cb func(error, []dns.Address)) {
		rt.Call(fn, goja.Undefined(), rt.VM.ToValue(host), rt.VM.ToValue(o.Family), rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
			if err := rt.GoError(c.Argument(0)); err != nil {
				cb(err, nil)
				return goja.Undefined()
			}
			cb(nil, []dns.Address{{Address: c.Argument(1).String(), Family: o.Family}})
			return goja.Undefined()
		}))
	}
}

// port validates a port, which may be a string.
func (m *module) port(v goja.Value) int {
	f := math.NaN()
	if goja.IsNumber(v) || goja.IsString(v) && v.String() != "" {
		f = v.ToFloat()
	}
	if !(f > 0) || f != math.Trunc(f) || f > 65535 {
		m.rt.Throw(nodeerr.SocketBadPort("Port", m.rt.Received(v), false))
	}
	return int(f)
}
