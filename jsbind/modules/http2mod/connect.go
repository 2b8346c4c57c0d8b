package http2mod

import (
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/perfhooksmod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

func textChunk(s string) buffer.Chunk { return buffer.Text(s) }

// connect is http2.connect(authority[, options][, listener]).
func (m *module) connect(c goja.FunctionCall) goja.Value {
	rt := m.rt
	authority, opts, listener := c.Argument(0), c.Argument(1), c.Argument(2)
	if bind.IsCallable(opts) {
		opts, listener = goja.Undefined(), opts
	}
	o := m.copied(m.object(opts, "options"))
	m.customList(o)
	if goja.IsString(authority) {
		authority = m.construct(rt.Require("url").(*goja.Object).Get("URL").(*goja.Object), authority)
	}
	a := m.object(authority, "authority", "string", "Object", "URL")
	if a == nil {
		panic(rt.VM.NewTypeError("Cannot read properties of undefined (reading 'protocol')"))
	}
	of := func(o *goja.Object, name string) string {
		if v := bind.Get(o, name); v.ToBoolean() {
			return v.String()
		}
		return ""
	}
	scheme := of(a, "protocol")
	if scheme == "" {
		if scheme = of(o, "protocol"); scheme == "" {
			scheme = "https:"
		}
	}
	port := "443"
	if v := bind.Get(a, "port"); !(goja.IsString(v) && v.String() == "") {
		port = v.String()
	} else if of(a, "protocol") == "http:" {
		port = "80"
	}
	host := "localhost"
	if h := of(a, "hostname"); h != "" {
		if host = h; host[0] == '[' {
			host = host[1 : len(host)-1]
		}
	} else if h := of(a, "host"); h != "" {
		host = h
	}
	so := m.sessionOptions(o)
	sock := m.dial(a, o, scheme, host, port)
	s, err := http2.NewClientSession(m.socket(sock), so)
	rt.Must(err)
	name := of(o, "servername")
	if name == "" {
		name = host
	}
	s.Authority, s.Scheme = name+":"+port, scheme[:max(len(scheme)-1, 0)]
	if bind.IsCallable(listener) {
		s.AddListener(events.Name("connect"), once(listener), false)
	}
	return rt.Wrap(s)
}

// dial makes the socket of a client.
func (m *module) dial(a, o *goja.Object, scheme, host, port string) goja.Value {
	rt := m.rt
	if f := bind.Get(o, "createConnection"); bind.IsCallable(f) {
		return rt.Call(f, o, a, o)
	}
	switch scheme {
	case "http:":
		all := rt.VM.NewObject()
		_ = all.Set("port", port)
		_ = all.Set("host", host)
		for _, k := range o.Keys() {
			_ = all.Set(k, o.Get(k))
		}
		mod := rt.Require("net").(*goja.Object)
		return rt.Call(mod.Get("connect"), mod, all)
	case "https:":
		all := m.serverOptions(o)
		if !bind.Get(all, "ALPNCallback").ToBoolean() {
			protocols := []string{"h2"}
			if boolean(bind.Get(all, "allowHTTP1")) {
				protocols = append(protocols, "http/1.1")
			}
			_ = all.Set("ALPNProtocols", rt.ToValue(protocols))
		}
		if net.IsIP(host) == 0 && !bind.Get(all, "servername").ToBoolean() {
			_ = all.Set("servername", host)
		}
		mod := rt.Require("tls").(*goja.Object)
		return rt.Call(mod.Get("connect"), mod, rt.VM.ToValue(port), rt.VM.ToValue(host), all)
	}
	rt.Throw(nodeerr.HTTP2("UNSUPPORTED_PROTOCOL", scheme))
	return nil
}

// promisified gives connect the form that util.promisify uses: a promise of the
// session once it is connected.
func (m *module) promisified(fn *goja.Object) {
	rt := m.rt
	custom := rt.Func("connect", 2, func(c goja.FunctionCall) goja.Value {
		p, resolve, reject := rt.VM.NewPromise()
		var s *http2.Session
		failed := events.NewListener(func(args ...any) {
			err, _ := args[0].(error)
			_ = reject(rt.ErrorValue(err))
		}, true)
		connected := rt.Func("", 0, func(goja.FunctionCall) goja.Value {
			s.Off("error", failed)
			_ = resolve(rt.Wrap(s))
			return goja.Undefined()
		})
		s = m.sess(m.connect(goja.FunctionCall{Arguments: []goja.Value{c.Argument(0), c.Argument(1), connected}}))
		s.AddListener(events.Name("error"), failed, false)
		return rt.VM.ToValue(p)
	})
	_ = fn.DefineDataPropertySymbol(rt.SymbolFor("nodejs.util.promisify.custom"), custom, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

// observe makes performance entries of type 'http2'.
func (m *module) observe() {
	rt := m.rt
	http2.Observe(rt.Loop, func(x http2.Measured) {
		if !perfhooksmod.Watching(rt, "http2") {
			return
		}
		o := rt.VM.NewObject()
		for _, d := range x.Detail {
			_ = o.Set(d.Name, d.Value)
		}
		perfhooksmod.Enter(rt, x.Name, "http2", perfhooksmod.Now()-milliseconds(time.Since(x.Began)), o)
	})
}
