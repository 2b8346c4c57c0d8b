package httpsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/https"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/httpmod"
	"github.com/spindle-js/spindle/jsbind/modules/tlsmod"
)

type module struct {
	rt            *bind.Runtime
	agent, server *bind.Class
	exports       *goja.Object
	global        goja.Value
}

type moduleKey struct{}

// Load returns the exports of node:https.
func Load(rt *bind.Runtime) goja.Value {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m.exports
	}
	m := &module{rt: rt, exports: rt.VM.NewObject()}
	rt.SetValue(moduleKey{}, m)
	httpmod.Define(rt)
	tlsmod.Define(rt)
	m.defineAgent()
	m.defineServer()
	e := m.exports
	_ = e.Set("Agent", m.agent.Ctor)
	o := rt.VM.NewObject()
	_ = o.Set("keepAlive", true)
	_ = o.Set("scheduling", "lifo")
	_ = o.Set("timeout", 5000)
	m.global = m.construct(m.agent.Ctor, o)
	_ = e.Set("globalAgent", m.global)
	_ = e.Set("Server", m.server.Ctor)
	set := func(name string, n int, f bind.Method) { _ = e.Set(name, rt.Func(name, n, f)) }
	set("createServer", 2, func(c goja.FunctionCall) goja.Value { return m.construct(m.server.Ctor, c.Arguments...) })
	set("get", 3, func(c goja.FunctionCall) goja.Value {
		req := m.request(c.Arguments)
		rt.Call(req.Get("end"), req)
		return req
	})
	set("request", 0, func(c goja.FunctionCall) goja.Value { return m.request(c.Arguments) })
	return e
}

func (m *module) construct(class *goja.Object, args ...goja.Value) goja.Value {
	o, err := m.rt.VM.New(class, args...)
	if err != nil {
		panic(err)
	}
	return o
}

// request is https.request([url,] options[, callback]): a request of http's with
// the global agent of https.
func (m *module) request(args []goja.Value) *goja.Object {
	rt := m.rt
	base := rt.VM.NewObject()
	rest := args
	if len(rest) > 0 {
		u := rest[0]
		url := rt.Require("url").(*goja.Object)
		class := url.Get("URL").(*goja.Object)
		isURL := rt.VM.InstanceOf(u, class)
		if goja.IsString(u) {
			u = m.construct(class, u)
			isURL = true
		}
		if isURL {
			assign(base, rt.Call(url.Get("urlToHttpOptions"), url, u).(*goja.Object))
			rest = rest[1:]
		}
	}
	if len(rest) > 0 && !bind.IsCallable(rest[0]) {
		if o, ok := rest[0].(*goja.Object); ok {
			assign(base, o)
		}
		rest = rest[1:]
	}
	_ = base.Set("_defaultAgent", m.exports.Get("globalAgent"))
	return httpmod.NewRequest(rt, append([]goja.Value{base}, rest...)...)
}

func assign(dst, src *goja.Object) {
	for _, k := range src.Keys() {
		_ = dst.Set(k, src.Get(k))
	}
}

func arg(a []goja.Value, i int) goja.Value {
	if i < len(a) && a[i] != nil {
		return a[i]
	}
	return goja.Undefined()
}

func (m *module) defineServer() {
	rt := m.rt
	parent := rt.ClassOf("tls.Server")
	c := rt.NewClass(bind.ClassDef{Name: "Server", Key: "https.Server", Parent: parent, Length: 2, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		opts, listener := rt.VM.NewObject(), arg(args, 1)
		if bind.IsArray(arg(args, 0)) {
			rt.ArgType("options", args[0], "object")
		}
		switch o, ok := arg(args, 0).(*goja.Object); {
		case bind.IsCallable(arg(args, 0)):
			listener = args[0]
		case ok:
			assign(opts, o)
		case !bind.IsNullish(arg(args, 0)):
			rt.ArgType("options", args[0], "object")
		}
		if bind.IsNullish(bind.Get(opts, "ALPNProtocols")) && bind.IsNullish(bind.Get(opts, "ALPNCallback")) {
			_ = opts.Set("ALPNProtocols", rt.ToValue([]string{"http/1.1"}))
		}
		if goja.IsUndefined(bind.Get(opts, "noDelay")) {
			_ = opts.Set("noDelay", true)
		}
		so := httpmod.ReadServerOptions(rt, opts)
		s := &https.Server{}
		s.Bind(m.server.Host(), s)
		m.server.Adopt(this, s)
		s.InitServer(rt.Loop, m.server.Host(), s, so)
		tlsmod.Secure(rt, &s.Side, s.AsServer(), opts)
		httpmod.Customize(rt, &s.Server, opts)
		if bind.IsCallable(listener) {
			s.AddListener(events.Name("request"), events.NewHostListener(listener, false), false)
		}
		return nil
	}})
	m.server = c
	httpmod.ServerMembers(rt, c)
	if sym, ok := rt.VM.Get("Symbol").(*goja.Object).Get("asyncDispose").(*goja.Symbol); ok {
		c.SymbolMethod(sym, "[Symbol.asyncDispose]", 0, func(call goja.FunctionCall) goja.Value {
			p, resolve, reject := engine.NewPromise(rt.VM)
			this := call.This.ToObject(rt.VM)
			rt.Call(this.Get("close"), this, rt.Func("", 1, func(done goja.FunctionCall) goja.Value {
				if err := done.Argument(0); err.ToBoolean() {
					_ = reject(err)
				} else {
					_ = resolve(goja.Undefined())
				}
				return goja.Undefined()
			}))
			return rt.VM.ToValue(p)
		})
	}
	c.Seal()
}
