// Package netmod is the binding of node:net
// (https://nodejs.org/docs/latest-v24.x/api/net.html) to package net.
package netmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/dnsmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/net"
)

type module struct {
	rt      *bind.Runtime
	socket  *bind.Class
	server  *bind.Class
	tcp     *bind.Class
	pipe    *bind.Class
	tty     *bind.Class
	block   *bind.Class
	address *bind.Class
	exports *goja.Object

	serverOf func(socket goja.Value) goja.Value // the protocol's server; nil where http is not loaded
}

type moduleKey struct{}

// Classes are the classes that other modules derive from.
type Classes struct{ Socket, Server *bind.Class }

// Define makes the classes.
func Define(rt *bind.Runtime) Classes {
	m := get(rt)
	return Classes{m.socket, m.server}
}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	streams := streammod.Define(rt)
	m.convert()
	m.handles()
	m.defineSocket(streams.Duplex)
	m.defineServer()
	m.defineBlockList()
	m.defineSocketAddress()
	net.SetLookup(rt.Loop, func(host string, o net.LookupOptions, cb func(error, []dns.Address)) {
		if fn := dnsmod.Replaced(rt); fn != nil {
			lookup(rt, fn)(host, o, cb)
			return
		}
		dns.Lookup(rt.Loop, host, dns.Options{Family: o.Family, Hints: o.Hints}, cb)
	})
	return m
}

// Load returns the exports of node:net.
func Load(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.exports != nil {
		return m.exports
	}
	e := rt.VM.NewObject()
	m.exports = e
	set := func(name string, n int, f bind.Method) { _ = e.Set(name, rt.Func(name, n, f)) }
	_ = e.Set("BlockList", m.block.Ctor)
	_ = e.Set("SocketAddress", m.address.Ctor)
	connect := rt.Func("connect", 0, m.connect)
	_ = e.Set("connect", connect)
	_ = e.Set("createConnection", connect)
	set("createServer", 2, func(c goja.FunctionCall) goja.Value {
		o, err := rt.VM.New(m.server.Ctor, c.Arguments...)
		if err != nil {
			panic(err)
		}
		return o
	})
	set("isIP", 1, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(net.IsIP(text(c.Argument(0)))) })
	set("isIPv4", 1, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(net.IsIPv4(text(c.Argument(0)))) })
	set("isIPv6", 1, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(net.IsIPv6(text(c.Argument(0)))) })
	_ = e.Set("Server", m.server.Ctor)
	_ = e.Set("Socket", m.socket.Ctor)
	_ = e.Set("Stream", m.socket.Ctor)
	set("getDefaultAutoSelectFamily", 0, func(goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(net.DefaultAutoSelectFamily(rt.Loop))
	})
	set("setDefaultAutoSelectFamily", 1, func(c goja.FunctionCall) goja.Value {
		net.SetDefaultAutoSelectFamily(rt.Loop, rt.Bool(c.Argument(0), "value"))
		return goja.Undefined()
	})
	set("getDefaultAutoSelectFamilyAttemptTimeout", 0, func(goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(net.DefaultAutoSelectFamilyAttemptTimeout(rt.Loop))
	})
	set("setDefaultAutoSelectFamilyAttemptTimeout", 1, func(c goja.FunctionCall) goja.Value {
		ms := rt.Integer(c.Argument(0), "value", 1, 1<<31-1)
		net.SetDefaultAutoSelectFamilyAttemptTimeout(rt.Loop, int(ms))
		return goja.Undefined()
	})
	set("_normalizeArgs", 1, func(c goja.FunctionCall) goja.Value {
		list, _ := c.Argument(0).(*goja.Object)
		opts, cb := m.normalize(items(list))
		return rt.VM.NewArray(opts, cb)
	})
	return e
}

func text(v goja.Value) string {
	if bind.IsNullish(v) {
		return ""
	}
	return v.String()
}

func items(list *goja.Object) []goja.Value {
	if list == nil {
		return nil
	}
	n := int(bind.Get(list, "length").ToInteger())
	out := make([]goja.Value, n)
	for i := range out {
		out[i] = list.Get(bind.FormatNumber(float64(i)))
	}
	return out
}

// normalize sorts the arguments of connect and listen into an options object
// and a callback: (options), (path), (port, host, …, callback).
func (m *module) normalize(args []goja.Value) (opts *goja.Object, cb goja.Value) {
	cb = goja.Null()
	if n := len(args); n > 0 && bind.IsCallable(args[n-1]) {
		cb = args[n-1]
	}
	if len(args) == 0 {
		return m.rt.VM.NewObject(), cb
	}
	first := args[0]
	if o, ok := first.(*goja.Object); ok && !bind.IsCallable(first) {
		return o, cb
	}
	opts = m.rt.VM.NewObject()
	if isPipeName(first) {
		_ = opts.Set("path", first)
	} else {
		_ = opts.Set("port", first)
		if len(args) > 1 && goja.IsString(args[1]) {
			_ = opts.Set("host", args[1])
		}
	}
	return opts, cb
}

// isPipeName reports whether a first argument names a path: a string that is no
// port number.
func isPipeName(v goja.Value) bool {
	if !goja.IsString(v) {
		return false
	}
	_, ok := portNumber(v)
	return !ok
}

// portNumber is Node's toNumber: a whole number that is not negative.
func portNumber(v goja.Value) (float64, bool) {
	if bind.IsNullish(v) {
		return 0, false
	}
	if goja.IsString(v) && trimmed(v.String()) == "" {
		return 0, true
	}
	f := v.ToFloat()
	return f, f >= 0
}

// kNormalizedArgs marks the arguments of connect that were looked at before.
var kNormalizedArgs = goja.NewSymbol("normalizedArgs")

func (m *module) convert() {
	rt := m.rt
	rt.Convert(func(a any) (goja.Value, bool) {
		switch v := a.(type) {
		case net.Address:
			return m.addressValue(v), true
		case net.DropInfo:
			o := rt.VM.NewObject()
			_ = o.Set("localAddress", v.Local.Address)
			_ = o.Set("localPort", v.Local.Port)
			_ = o.Set("localFamily", v.Local.Family)
			_ = o.Set("remoteAddress", v.Remote.Address)
			_ = o.Set("remotePort", v.Remote.Port)
			_ = o.Set("remoteFamily", v.Remote.Family)
			return o, true
		case net.ConnectOptions:
			return m.connectValue(v), true
		case net.ConnectArgs:
			o := rt.VM.NewArray(rt.ToValue(v.Options), rt.ToValue(v.Callback))
			_ = o.SetSymbol(kNormalizedArgs, true)
			return o, true
		case *net.Handle:
			return m.handleValue(v), true
		case net.Status:
			return rt.VM.ToValue(int(v)), true
		}
		return nil, false
	})
}

// addressValue is what address() returns: {address, family, port}, {} for none.
func (m *module) addressValue(a net.Address) goja.Value {
	o := m.rt.VM.NewObject()
	if !a.IsZero() {
		_ = o.Set("address", a.Address)
		_ = o.Set("family", a.Family)
		_ = o.Set("port", a.Port)
	}
	return o
}
