package netmod

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

func trimmed(s string) string { return strings.TrimSpace(s) }

// ReadSocketOptions reads the options of new net.Socket().
func ReadSocketOptions(rt *bind.Runtime, o *goja.Object) net.SocketOptions {
	so := net.NewSocketOptions()
	if o == nil {
		return so
	}
	truthy := func(name string) bool { return bind.Get(o, name).ToBoolean() }
	is := func(name string, want bool) bool {
		v := bind.Get(o, name)
		return bind.TypeOf(v) == "boolean" && v.ToBoolean() == want
	}
	so.AllowHalfOpen = truthy("allowHalfOpen")
	so.Readable, so.Writable = !is("readable", false), !is("writable", false)
	so.NoDelay, so.KeepAlive = truthy("noDelay"), truthy("keepAlive")
	if v := bind.Get(o, "keepAliveInitialDelay"); goja.IsNumber(v) {
		so.KeepAliveInitialDelay = int(v.ToInteger())
	}
	for _, name := range []string{"objectMode", "readableObjectMode", "writableObjectMode"} {
		if truthy(name) {
			rt.Throw(nodeerr.InvalidArgValue("options."+name, rt.Inspect(bind.Get(o, name), 2), "is not supported"))
		}
	}
	if v := bind.Get(o, "highWaterMark"); goja.IsNumber(v) {
		so.ReadableHighWaterMark, so.WritableHighWaterMark = int(v.ToInteger()), int(v.ToInteger())
	}
	if v := bind.Get(o, "readableHighWaterMark"); goja.IsNumber(v) {
		so.ReadableHighWaterMark = int(v.ToInteger())
	}
	if v := bind.Get(o, "writableHighWaterMark"); goja.IsNumber(v) {
		so.WritableHighWaterMark = int(v.ToInteger())
	}
	if h := optionHandle(rt, bind.Get(o, "handle")); h != nil {
		so.Handle = h
		so.ManualStart = truthy("manualStart")
		so.PauseOnCreate = truthy("pauseOnCreate")
	} else if v := bind.Get(o, "fd"); !goja.IsUndefined(v) {
		so.FD = int(rt.Integer(v, "fd", 0, math.MaxInt32))
	}
	if v := bind.Get(o, "blockList"); !bind.IsNullish(v) {
		b, ok := bind.From(v).(*net.BlockList)
		if !ok {
			rt.ArgType("options.blockList", v, "net.BlockList")
		}
		so.BlockList = b
	}
	if v := bind.Get(o, "signal"); !bind.IsNullish(v) {
		so.Signal = streammod.Signal(rt, v, "options.signal")
	}
	return so
}

// optionHandle reads the option handle: one of the classes here, or an object of
// the program's with some of their methods.
func optionHandle(rt *bind.Runtime, v goja.Value) *net.Handle {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	if h, ok := bind.From(o).(*net.Handle); ok {
		return h
	}
	h := net.NewHandle(rt.Loop, net.TCPSocket)
	remember(rt, h, o)
	return h
}

// onRead reads {buffer, callback}; the callback's receiver is the socket.
func (m *module) onRead(this, o *goja.Object) *net.OnRead {
	rt := m.rt
	buf, cb := bind.Get(o, "buffer"), bind.Get(o, "callback")
	if !bind.IsCallable(cb) {
		return nil
	}
	var current goja.Value
	next := func() []byte {
		v := buf
		if bind.IsCallable(buf) {
			v = rt.Call(buf, goja.Undefined())
		}
		current = v
		b, _ := bind.BytesOf(v)
		return b
	}
	return &net.OnRead{Buffer: next, Callback: func(n int, _ []byte) bool {
		r := rt.Call(cb, this, rt.VM.ToValue(n), current)
		return !(bind.TypeOf(r) == "boolean" && !r.ToBoolean())
	}}
}

// ReadConnectOptions reads the options of socket.connect and throws for wrong
// types.
func ReadConnectOptions(rt *bind.Runtime, o *goja.Object) net.ConnectOptions {
	var co net.ConnectOptions
	if p := bind.Get(o, "path"); !bind.IsNullish(p) && p.ToBoolean() {
		co.Path = rt.String(p, "options.path")
		return co
	}
	port := bind.Get(o, "port")
	if bind.IsNullish(port) && goja.IsUndefined(port) {
		co.NoPort = true
	} else {
		if !goja.IsNumber(port) && !goja.IsString(port) {
			rt.ArgType("options.port", port, "number", "string")
		}
		co.Port = Port(rt, port, "Port")
	}
	if h := bind.Get(o, "host"); !bind.IsNullish(h) && h.ToBoolean() {
		co.Host = rt.String(h, "options.host")
	}
	if a := bind.Get(o, "localAddress"); a.ToBoolean() {
		if !goja.IsString(a) || net.IsIP(a.String()) == 0 {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_IP_ADDRESS", "Invalid IP address: "+a.String()))
		}
		co.LocalAddress = a.String()
	}
	if p := bind.Get(o, "localPort"); p.ToBoolean() {
		co.LocalPort = int(rt.Number(p, "options.localPort"))
	}
	switch f := bind.Get(o, "family"); {
	case goja.IsNumber(f):
		co.Family = int(f.ToInteger())
	case f.String() == "IPv4":
		co.Family = 4
	case f.String() == "IPv6":
		co.Family = 6
	}
	if h := bind.Get(o, "hints"); goja.IsNumber(h) {
		co.Hints = int(h.ToInteger())
	}
	if f := bind.Get(o, "lookup"); !bind.IsNullish(f) {
		co.Lookup = lookup(rt, rt.Function(f, "options.lookup"))
	}
	if a := bind.Get(o, "autoSelectFamily"); !bind.IsNullish(a) {
		co.AutoSelectFamily = stream.False
		if rt.Bool(a, "options.autoSelectFamily") {
			co.AutoSelectFamily = stream.True
		}
	}
	if t := bind.Get(o, "autoSelectFamilyAttemptTimeout"); !bind.IsNullish(t) {
		co.AutoSelectFamilyAttemptTimeout = max(10, int(rt.Integer(t, "options.autoSelectFamilyAttemptTimeout", 1, math.MaxInt32)))
	}
	return co
}

// Port validates a port: a number or a string of one, from 0 to 65535.
func Port(rt *bind.Runtime, v goja.Value, name string) int {
	if !goja.IsNumber(v) && !goja.IsString(v) {
		rt.ArgType(name, v, "number", "string")
	}
	s := ""
	if goja.IsString(v) {
		s = trimmed(v.String())
	}
	f := v.ToFloat()
	if goja.IsString(v) && s == "" || !(f >= 0) || f != math.Trunc(f) || f > 65535 {
		rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_SOCKET_BAD_PORT", name+" should be >= 0 and < 65536. Received "+rt.Received(v)+"."))
	}
	return int(f)
}

// lookup makes a LookupFunc of a program's function(hostname, options, cb).
func lookup(rt *bind.Runtime, fn *goja.Object) net.LookupFunc {
	return func(host string, o net.LookupOptions, cb func(error, []dns.Address)) {
		opts := rt.VM.NewObject()
		if _ = opts.Set("family", goja.Undefined()); o.Family != 0 {
			_ = opts.Set("family", o.Family)
		}
		_ = opts.Set("hints", o.Hints)
		if o.All {
			_ = opts.Set("all", true)
		}
		rt.Call(fn, goja.Undefined(), rt.VM.ToValue(host), opts, rt.Func("", 3, func(c goja.FunctionCall) goja.Value {
			if err := rt.GoError(c.Argument(0)); err != nil {
				cb(err, nil)
				return goja.Undefined()
			}
			cb(nil, addresses(c.Argument(1), c.Argument(2)))
			return goja.Undefined()
		}))
	}
}

// addresses reads what a lookup called back with: one address with its family,
// or a list of {address, family}.
func addresses(v, family goja.Value) []dns.Address {
	if o, ok := v.(*goja.Object); ok && bind.IsArray(v) {
		var out []dns.Address
		for _, it := range items(o) {
			if e, ok := it.(*goja.Object); ok {
				out = append(out, dns.Address{Address: text(bind.Get(e, "address")), Family: familyNumber(bind.Get(e, "family"))})
			}
		}
		return out
	}
	a := dns.Address{Family: familyNumber(family)}
	if !bind.IsNullish(v) {
		a.Address = v.String()
	}
	return []dns.Address{a}
}

func familyNumber(v goja.Value) int {
	switch v.String() {
	case "IPv4", "4":
		return 4
	case "IPv6", "6":
		return 6
	}
	return int(v.ToInteger())
}

// connectValue shows connect options to a program's own connect.
func (m *module) connectValue(o net.ConnectOptions) goja.Value {
	v := m.rt.VM.NewObject()
	put := func(k string, x any, ok bool) {
		if ok {
			_ = v.Set(k, x)
		}
	}
	put("path", o.Path, o.Path != "")
	put("port", o.Port, o.Path == "" && !o.NoPort)
	put("host", o.Host, o.Host != "")
	put("localAddress", o.LocalAddress, o.LocalAddress != "")
	put("localPort", o.LocalPort, o.LocalPort != 0)
	put("family", o.Family, o.Family != 0)
	put("hints", o.Hints, o.Hints != 0)
	return v
}

// OnRead reads the option onread of a socket: {buffer, callback}.
func OnRead(rt *bind.Runtime, this, o *goja.Object) *net.OnRead { return get(rt).onRead(this, o) }
