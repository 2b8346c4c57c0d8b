package httpmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/jsbind/modules/timersmod"
	"github.com/spindle-js/spindle/stream"
)

func serverOf(v goja.Value) (*http.Server, bool) {
	s, ok := bind.From(v).(interface{ AsHTTPServer() *http.Server })
	if !ok {
		return nil, false
	}
	return s.AsHTTPServer(), true
}

// ServerMembers adds the methods and properties of http.Server to a class that
// does not derive from it.
func ServerMembers(rt *bind.Runtime, c *bind.Class) {
	m := get(rt)
	m.serverMethods(c)
	m.serverProps(c)
	m.serverSymbols(c)
	m.checkProp(c)
}

// checkProp adds the timer that looks for connections which take too long.
func (m *module) checkProp(c *bind.Class) {
	check := m.rt.Func("", 0, func(call goja.FunctionCall) goja.Value {
		if s, ok := serverOf(call.This); ok && s.ConnectionsCheck() != nil {
			return timersmod.Of(m.rt, s.ConnectionsCheck())
		}
		return goja.Undefined()
	})
	_ = c.Proto.DefineAccessorPropertySymbol(kChecking, check, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// ReadServerOptions reads the options of http.createServer.
func ReadServerOptions(rt *bind.Runtime, o *goja.Object) http.ServerOptions {
	return get(rt).serverOptions(o)
}

// Customize takes the classes and functions of a server's options.
func Customize(rt *bind.Runtime, s *http.Server, o *goja.Object) { get(rt).customize(s, o) }

// NewRequest is new http.ClientRequest(...args).
func NewRequest(rt *bind.Runtime, args ...goja.Value) *goja.Object {
	m := get(rt)
	return m.construct(m.request.Ctor, args).(*goja.Object)
}

// AgentName is http.Agent.prototype.getName(options).
func AgentName(rt *bind.Runtime, options goja.Value) string {
	m := get(rt)
	return rt.Call(m.agent.Proto.Get("getName"), m.agent.Proto, options).String()
}

func (m *module) srv(v goja.Value) *http.Server {
	s, ok := serverOf(v)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Server"))
	}
	return s
}

// serverOptions reads the options of http.createServer.
func (m *module) serverOptions(o *goja.Object) http.ServerOptions {
	rt := m.rt
	so := http.DefaultServerOptions()
	so.ServerOptions = netmod.ReadServerOptions(rt, o)
	so.NoDelay = true
	if o == nil {
		return so
	}
	get := func(name string) goja.Value { return bind.Get(o, name) }
	boolean := func(name string, p *bool) {
		if v := get(name); !goja.IsUndefined(v) {
			*p = rt.Bool(v, "options."+name)
		}
	}
	integer := func(name string, p *int64) {
		if v := get(name); !goja.IsUndefined(v) {
			*p = rt.Integer(v, name, 0, bind.MaxSafe)
		}
	}
	if v := get("noDelay"); !goja.IsUndefined(v) {
		so.NoDelay = v.ToBoolean()
	}
	if v := get("insecureHTTPParser"); !bind.IsNullish(v) {
		so.InsecureHTTPParser = triOf(rt.Bool(v, "options.insecureHTTPParser"))
	}
	if v := get("maxHeaderSize"); !goja.IsUndefined(v) {
		so.MaxHeaderSize = int(rt.Integer(v, "maxHeaderSize", 0, bind.MaxSafe))
	}
	boolean("joinDuplicateHeaders", &so.JoinDuplicateHeaders)
	boolean("optimizeEmptyRequests", &so.OptimizeEmptyRequests)
	boolean("rejectNonStandardBodyWrites", &so.RejectNonStandardBodyWrites)
	require := true
	boolean("requireHostHeader", &require)
	so.NoRequireHostHeader = !require
	integer("requestTimeout", &so.RequestTimeout)
	if goja.IsUndefined(get("headersTimeout")) {
		so.HeadersTimeout = min(so.HeadersTimeout, so.RequestTimeout)
		if so.RequestTimeout == 0 {
			so.HeadersTimeout = 60000
		}
	}
	integer("headersTimeout", &so.HeadersTimeout)
	if so.RequestTimeout > 0 && so.HeadersTimeout > so.RequestTimeout {
		rt.OutOfRange("headersTimeout", "<= requestTimeout", get("headersTimeout"))
	}
	integer("keepAliveTimeout", &so.KeepAliveTimeout)
	integer("keepAliveTimeoutBuffer", &so.KeepAliveTimeoutBuffer)
	integer("connectionsCheckingInterval", &so.ConnectionsCheckingInterval)
	if u, ok := get("uniqueHeaders").(*goja.Object); ok && bind.IsArray(u) {
		for i := 0; i < length(u); i++ {
			so.UniqueHeaders = append(so.UniqueHeaders, index(u, i).String())
		}
	}
	return so
}

func (m *module) defineServer(parent *bind.Class) {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Server", Key: "http.Server", Parent: parent, Length: 2, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		var opts *goja.Object
		var listener goja.Value = goja.Undefined()
		if len(args) > 1 {
			listener = args[1]
		}
		if len(args) > 0 {
			switch o, ok := args[0].(*goja.Object); {
			case bind.IsCallable(args[0]):
				listener = args[0]
			case bind.IsNullish(args[0]):
			case ok:
				opts = rt.Object(o, "options")
			default:
				rt.ArgType("options", args[0], "Object")
			}
		}
		so := m.serverOptions(opts)
		s := &http.Server{}
		s.Bind(m.server.Host(), s)
		m.server.Adopt(this, s)
		s.InitServer(rt.Loop, m.server.Host(), s, so)
		m.customize(s, opts)
		if listener.ToBoolean() {
			rt.Call(this.Get("on"), this, rt.VM.ToValue("request"), listener)
		}
		return nil
	}})
	m.server = c
	m.checkSymbol = kChecking
	m.checkProp(c)
	m.serverMethods(c)
	m.serverProps(c)
	c.Seal()
}

// customize takes the classes and functions of the options.
func (m *module) customize(s *http.Server, o *goja.Object) {
	rt := m.rt
	if o == nil {
		return
	}
	if cls, ok := bind.Get(o, "IncomingMessage").(*goja.Object); ok {
		viewOfServer(s).incoming = cls
		s.NewIncoming = func(c http.Conn) *http.IncomingMessage {
			x, ok := incomingOf(m.construct(cls, []goja.Value{rt.Wrap(c)}))
			if !ok {
				rt.ArgType("options.IncomingMessage", cls, "IncomingMessage")
			}
			return x
		}
	}
	if cls, ok := bind.Get(o, "ServerResponse").(*goja.Object); ok {
		viewOfServer(s).response = cls
		s.NewResponse = func(req *http.IncomingMessage) *http.ServerResponse {
			x, ok := responseOf(m.construct(cls, []goja.Value{rt.Wrap(req)}))
			if !ok {
				rt.ArgType("options.ServerResponse", cls, "ServerResponse")
			}
			return x
		}
	}
	if f := bind.Get(o, "shouldUpgradeCallback"); !goja.IsUndefined(f) {
		fn := rt.Function(f, "options.shouldUpgradeCallback")
		viewOfServer(s).shouldUpgrade = fn
		s.ShouldUpgrade = func(req *http.IncomingMessage) bool {
			return rt.Call(fn, rt.Wrap(s), rt.Wrap(req)).ToBoolean()
		}
	}
}

func (m *module) serverMethods(c *bind.Class) {
	rt := m.rt
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		m.srv(call.This).Close(netmod.CloseCallback(rt, call.This, call.Argument(0)))
		return call.This
	})
	c.Method("closeAllConnections", 0, func(call goja.FunctionCall) goja.Value {
		m.srv(call.This).CloseAllConnections()
		return goja.Undefined()
	})
	c.Method("closeIdleConnections", 0, func(call goja.FunctionCall) goja.Value {
		m.srv(call.This).CloseIdleConnections()
		return goja.Undefined()
	})
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		s := m.srv(call.This)
		s.Timeout = int64(call.Argument(0).ToFloat())
		if cb := call.Argument(1); bind.IsCallable(cb) {
			s.AddListener(events.Name("timeout"), events.NewHostListener(cb, false), false)
		}
		return call.This
	})
	c.SymbolMethod(rt.SymbolFor("nodejs.rejection"), "", 3, func(call goja.FunctionCall) goja.Value {
		m.rejected(call)
		return goja.Undefined()
	})
}

// rejected is what happens to a request whose async handler rejected: 500 if
// nothing was sent, else the connection ends.
func (m *module) rejected(call goja.FunctionCall) {
	err, event := call.Argument(0), call.Argument(1).String()
	if event != "request" {
		s := m.srv(call.This)
		if conn, ok := bind.From(call.Argument(2)).(http.Conn); ok && event == "connection" {
			conn.AsStream().Destroy(m.rt.GoError(err))
			return
		}
		s.Emit("error", err)
		return
	}
	res, ok := responseOf(call.Argument(3))
	if !ok {
		return
	}
	if res.HeadersSent() || res.Finished {
		res.Destroy(nil)
		return
	}
	var names []string
	res.Headers(func(key string, _ http.Field) bool { names = append(names, key); return true })
	for _, n := range names {
		_ = res.RemoveHeader(n)
	}
	res.StatusCode = 500
	res.End(m.chunk(m.rt.VM.ToValue("Internal Server Error")), "", nil)
}

func (m *module) serverProps(c *bind.Class) {
	rt := m.rt
	type srv = *http.Server
	prop := func(name string, get func(srv) any, set func(srv, goja.Value) bool) {
		accessor(rt, c, name, serverOf, get, set)
	}
	number := func(name string, p func(srv) *int64) {
		prop(name, func(s srv) any { return *p(s) }, func(s srv, v goja.Value) bool {
			f := v.ToFloat()
			if math.IsNaN(f) || bind.IsNullish(v) {
				*p(s) = 0
				return true
			}
			if math.IsInf(f, 0) {
				f = math.MaxInt32
			}
			*p(s) = int64(f)
			return true
		})
	}
	flag := func(name string, p func(srv) *bool) {
		prop(name, func(s srv) any { return *p(s) }, func(s srv, v goja.Value) bool { return setBool(p(s), v) })
	}
	number("timeout", func(s srv) *int64 { return &s.Timeout })
	number("keepAliveTimeout", func(s srv) *int64 { return &s.KeepAliveTimeout })
	number("keepAliveTimeoutBuffer", func(s srv) *int64 { return &s.KeepAliveTimeoutBuffer })
	number("headersTimeout", func(s srv) *int64 { return &s.HeadersTimeout })
	number("requestTimeout", func(s srv) *int64 { return &s.RequestTimeout })
	number("connectionsCheckingInterval", func(s srv) *int64 { return &s.ConnectionsCheckingInterval })
	number("maxRequestsPerSocket", func(s srv) *int64 { return &s.MaxRequestsPerSocket })
	prop("maxHeadersCount", func(s srv) any {
		if s.MaxHeadersCount < 0 {
			return nil
		}
		return s.MaxHeadersCount
	}, func(s srv, v goja.Value) bool {
		if goja.IsNumber(v) {
			s.MaxHeadersCount = int(v.ToInteger())
		} else {
			s.MaxHeadersCount = -1
		}
		return true
	})
	prop("maxHeaderSize", func(s srv) any {
		if s.MaxHeaderSize == 0 {
			return bind.Undefined
		}
		return s.MaxHeaderSize
	}, func(s srv, v goja.Value) bool { return setInt(&s.MaxHeaderSize, v) })
	prop("insecureHTTPParser", func(s srv) any { return triValue(s.InsecureHTTPParser) }, func(s srv, v goja.Value) bool {
		s.InsecureHTTPParser = stream.Null
		if !goja.IsUndefined(v) {
			s.InsecureHTTPParser = triOf(v.ToBoolean())
		}
		return true
	})
	flag("joinDuplicateHeaders", func(s srv) *bool { return &s.JoinDuplicateHeaders })
	flag("requireHostHeader", func(s srv) *bool { return &s.RequireHostHeader })
	flag("httpAllowHalfOpen", func(s srv) *bool { return &s.HTTPAllowHalfOpen })
	flag("rejectNonStandardBodyWrites", func(s srv) *bool { return &s.RejectNonStandardBodyWrites })
}

// triOf is a boolean option that was given.
func triOf(v bool) stream.Tri {
	if v {
		return stream.True
	}
	return stream.False
}

// triValue is a boolean option: undefined where it was not given.
func triValue(v stream.Tri) any {
	if v == stream.Null {
		return bind.Undefined
	}
	return v == stream.True
}
