package http2mod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/httpmod"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/jsbind/modules/tlsmod"
)

func (m *module) srv(v goja.Value) http2.Server {
	s, ok := bind.From(v).(http2.Server)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Http2Server"))
	}
	return s
}

func (m *module) defineServers() {
	rt := m.rt
	m.server = rt.NewClass(bind.ClassDef{Name: "Http2Server", Key: "http2.Http2Server", Parent: rt.ClassOf("net.Server"), Length: 2, ES6: true,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			o := m.serverOptions(arg(args, 0))
			s := &http2.PlainServer{}
			s.Bind(m.server.Host(), s)
			m.server.Adopt(this, s)
			s.InitPlain(rt.Loop, m.server.Host(), s, netmod.ReadServerOptions(rt, o), m.sessionOptions(o))
			m.prepare(&s.Side, o, arg(args, 1))
			return nil
		}})
	m.serverMembers(m.server)
	if sym, ok := rt.VM.Get("Symbol").(*goja.Object).Get("asyncDispose").(*goja.Symbol); ok {
		m.server.SymbolMethod(sym, "[Symbol.asyncDispose]", 0, func(call goja.FunctionCall) goja.Value {
			p, resolve, reject := rt.VM.NewPromise()
			m.srv(call.This).AsServer().Close(func(err error) {
				if err != nil {
					_ = reject(rt.ErrorValue(err))
					return
				}
				_ = resolve(goja.Undefined())
			})
			return rt.VM.ToValue(p)
		})
	}
	m.server.Seal()
	m.secureServer = rt.NewClass(bind.ClassDef{Name: "Http2SecureServer", Key: "http2.Http2SecureServer", Parent: rt.ClassOf("tls.Server"), Length: 2,
		ES6: true, New: m.newSecureServer})
	m.serverMembers(m.secureServer)
	m.secureServer.Method("closeIdleConnections", 0, func(call goja.FunctionCall) goja.Value {
		if s, ok := m.srv(call.This).(*http2.SecureServer); ok && s.AllowHTTP1 {
			s.CloseIdleConnections()
		}
		return goja.Undefined()
	})
	m.secureServer.Seal()
}

func (m *module) newSecureServer(this *goja.Object, args []goja.Value) *goja.Object {
	rt := m.rt
	o := m.serverOptions(arg(args, 0))
	so := m.sessionOptions(o)
	if !bind.Get(o, "ALPNCallback").ToBoolean() {
		protocols := []string{"h2"}
		if so.HTTP1 {
			protocols = append(protocols, "http/1.1")
		}
		_ = o.Set("ALPNProtocols", rt.ToValue(protocols))
	}
	ho := http.DefaultServerOptions()
	ho.ServerOptions = netmod.ReadServerOptions(rt, o)
	s := &http2.SecureServer{}
	s.Bind(m.secureServer.Host(), s)
	m.secureServer.Adopt(this, s)
	s.InitSecure(rt.Loop, m.secureServer.Host(), s, ho, so)
	tlsmod.Secure(rt, &s.Server.Side, s.AsServer(), o)
	if so.HTTP1 {
		classes := rt.VM.NewObject()
		for from, to := range map[string]string{"Http1IncomingMessage": "IncomingMessage", "Http1ServerResponse": "ServerResponse"} {
			if v := bind.Get(o, from); v.ToBoolean() {
				_ = classes.Set(to, v)
			}
		}
		httpmod.Customize(rt, &s.Server.Server, classes)
	}
	m.prepare(&s.Side, o, arg(args, 1))
	return nil
}

// prepare finishes what both kinds of server have.
func (m *module) prepare(x *http2.Side, o *goja.Object, handler goja.Value) {
	rt := m.rt
	x.UnknownProtocolTimeout = bind.Get(o, "unknownProtocolTimeout").ToInteger()
	this := rt.Wrap(x.Emitter()).(*goja.Object)
	_ = this.Set("timeout", 0)
	_ = this.SetSymbol(options, o)
	x.TimeoutOf = func() int64 { return bind.Get(this, "timeout").ToInteger() }
	if c, ok := bind.Get(o, "Http2ServerRequest").(*goja.Object); ok && c != m.request.Ctor {
		x.NewRequest = func(st *http2.Stream, h *http2.Headers, raw http2.RawHeaders) *http2.ServerRequest {
			made := m.construct(c, rt.Wrap(st), m.headers(h), goja.Undefined(), m.rawHeaders(raw.Headers))
			r, _ := bind.From(made).(*http2.ServerRequest)
			return r
		}
	}
	if c, ok := bind.Get(o, "Http2ServerResponse").(*goja.Object); ok && c != m.response.Ctor {
		x.NewResponse = func(st *http2.Stream) *http2.ServerResponse {
			r, _ := bind.From(m.construct(c, rt.Wrap(st))).(*http2.ServerResponse)
			return r
		}
	}
	if bind.IsCallable(handler) {
		x.Emitter().AddListener(events.Name("request"), events.NewHostListener(handler, false), false)
	}
}

func (m *module) serverMembers(c *bind.Class) {
	rt := m.rt
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		s := m.srv(call.This)
		_ = call.This.ToObject(rt.VM).Set("timeout", call.Argument(0))
		if cb := call.Argument(1); !goja.IsUndefined(cb) {
			s.Base().AddListener(events.Name("timeout"), events.NewHostListener(rt.Function(cb, "callback"), false), false)
		}
		return call.This
	})
	c.Method("updateSettings", 1, func(call goja.FunctionCall) goja.Value {
		x := m.srv(call.This).HTTP2()
		o := m.object(call.Argument(0), "settings")
		m.checkSettings(o)
		kept, _ := call.This.(*goja.Object).GetSymbol(options).(*goja.Object)
		settings, ok := bind.Get(kept, "settings").(*goja.Object)
		if !ok {
			settings = rt.VM.NewObject()
		}
		merged := m.copied(settings)
		if o != nil {
			for _, k := range o.Keys() {
				_ = merged.Set(k, o.Get(k))
			}
		}
		if kept != nil {
			_ = kept.Set("settings", merged)
		}
		x.Options.Settings = m.readSettings(merged)
		return goja.Undefined()
	})
	c.Method("close", 0, func(call goja.FunctionCall) goja.Value {
		s := m.srv(call.This)
		s.AsServer().Close(netmod.CloseCallback(rt, call.This, call.Argument(0)))
		if y, ok := s.(*http2.SecureServer); ok && y.AllowHTTP1 {
			y.CloseIdleConnections()
		}
		s.HTTP2().CloseSessions()
		return goja.Undefined()
	})
	number := func(name string, get func(http2.Server) any, set func(http2.Server, int64)) {
		c.Accessor(name, func(this goja.Value) goja.Value {
			if s, ok := bind.From(this).(http2.Server); ok {
				return rt.ToValue(get(s))
			}
			return goja.Undefined()
		}, func(this, v goja.Value) { set(m.srv(this), v.ToInteger()) })
	}
	old := func(name string, at func(*http2.SecureServer) *int64) {
		number(name, func(s http2.Server) any {
			if y, ok := s.(*http2.SecureServer); ok && y.AllowHTTP1 {
				return *at(y)
			}
			return bind.Undefined
		}, func(s http2.Server, n int64) {
			if y, ok := s.(*http2.SecureServer); ok {
				*at(y) = n
			}
		})
	}
	old("headersTimeout", func(y *http2.SecureServer) *int64 { return &y.HeadersTimeout })
	old("requestTimeout", func(y *http2.SecureServer) *int64 { return &y.RequestTimeout })
	old("connectionsCheckingInterval", func(y *http2.SecureServer) *int64 { return &y.ConnectionsCheckingInterval })
	c.SymbolMethod(rt.SymbolFor("nodejs.rejection"), "", 2, func(call goja.FunctionCall) goja.Value {
		m.rejected(call)
		return goja.Undefined()
	})
}

// rejected answers for a listener whose promise was rejected.
func (m *module) rejected(call goja.FunctionCall) {
	rt := m.rt
	err := rt.GoError(call.Argument(0))
	switch text(call.Argument(1)) {
	case "stream":
		st, ok := bind.From(call.Argument(2)).(*http2.Stream)
		switch {
		case !ok:
		case st.SentHeaders() != nil:
			st.Destroy(err)
		default:
			rt.Must(st.Respond(http2.NewOutgoing(":status", "500"), http2.RespondOptions{}))
			st.End(none, "", nil)
		}
	case "request":
		r, ok := bind.From(call.Argument(3)).(*http2.ServerResponse)
		switch {
		case !ok:
		case r.HeadersSent() || r.Ended():
			r.Destroy(nil)
		default:
			for len(r.HeaderList()) > 0 {
				rt.Must(r.RemoveHeader(r.HeaderList()[0].Name))
			}
			rt.Must(r.SetStatusCode(500))
			r.End(textChunk("Internal Server Error"), "", nil)
		}
	default:
		parent := rt.ClassOf("net.Server").Proto.GetSymbol(rt.SymbolFor("nodejs.rejection"))
		rt.Call(parent, call.This, call.Arguments...)
	}
}
