package httpmod

import (
	"math"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

func requestOf(v goja.Value) (*http.ClientRequest, bool) {
	r, ok := bind.From(v).(*http.ClientRequest)
	return r, ok
}

func (m *module) req(v goja.Value) *http.ClientRequest {
	r, ok := requestOf(v)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type ClientRequest"))
	}
	return r
}

// arguments sorts (url, options, callback) and merges url and options. An
// object of options alone is read as it is: nothing runs in between that could
// change it.
func (m *module) arguments(args []goja.Value) (options, goja.Value) {
	rt := m.rt
	at := func(i int) goja.Value {
		if i < len(args) {
			return args[i]
		}
		return goja.Undefined()
	}
	input, second, cb := at(0), at(1), at(2)
	var base *goja.Object
	urlModule := func() *goja.Object {
		mod, ok := rt.Require("url").(*goja.Object)
		if !ok {
			rt.Throw(nodeerr.MethodNotImplemented("http.request(url)"))
		}
		return mod
	}
	urlOptions := func(u goja.Value) *goja.Object {
		mod := urlModule()
		return rt.Call(mod.Get("urlToHttpOptions"), mod, u).(*goja.Object)
	}
	if goja.IsString(input) {
		mod := urlModule()
		base = urlOptions(m.construct(mod.Get("URL").(*goja.Object), []goja.Value{input}))
	} else {
		o, ok := input.(*goja.Object)
		if ok {
			given := m.options(o)
			switch {
			case given.isURL():
				base = urlOptions(input)
			case given.plain && !bind.IsCallable(input):
				return given, second
			}
		}
		if base == nil {
			cb, second = second, input
		}
	}
	if bind.IsCallable(second) {
		cb, second = second, goja.Undefined()
	}
	merged := rt.VM.NewObject()
	assign(merged, base)
	if o, ok := second.(*goja.Object); ok {
		assign(merged, o)
	}
	return m.options(merged), cb
}

// assign copies own enumerable properties, as Object.assign.
func assign(dst, src *goja.Object) {
	if src == nil {
		return
	}
	if bind.EachOwn(src, func(name unistring.String, v goja.Value) { _ = dst.Set(name.String(), v) }) {
		return
	}
	for _, k := range src.Keys() {
		_ = dst.Set(k, src.Get(k))
	}
}

func (m *module) defineRequest() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "ClientRequest", Key: "http.ClientRequest", Parent: m.outgoing, Length: 3,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			opts, cb := m.arguments(args)
			x := &http.ClientRequest{}
			x.Bind(m.request.Host(), x)
			m.request.Adopt(this, x)
			o := m.readOptions(&opts)
			m.pickAgent(o, &opts)
			rt.Must(x.InitRequest(rt.Loop, m.request.Host(), x, o))
			if agent := opts.get("agent"); o.HostAgent != nil {
				viewOfRequest(x).agent = agent
			}
			if bind.IsCallable(cb) {
				x.AddListener(events.Name("response"), events.NewHostListener(cb, true), false)
			}
			if sig := opts.get("signal"); !bind.IsNullish(sig) {
				m.abortWith(x, streammod.Signal(rt, sig, "signal"))
			}
			x.Start(o)
			return nil
		}})
	m.request = c
	m.requestMethods(c)
	m.requestProps(c)
	c.Seal()
}

// requestView keeps what only JavaScript knows of a request.
type requestView struct{ agent goja.Value }

func viewOfRequest(r *http.ClientRequest) *requestView {
	v, ok := r.Ext.(*requestView)
	if !ok {
		v = &requestView{}
		r.Ext = v
	}
	return v
}

// abortWith destroys the request when a signal is aborted.
func (m *module) abortWith(r *http.ClientRequest, sig interface {
	Aborted() bool
	Reason() error
	OnAbort(func()) func()
}) {
	abort := func() {
		e := nodeerr.New(nodeerr.KindAbort, "ABORT_ERR", "The operation was aborted")
		e.Cause = sig.Reason()
		r.Destroy(e)
	}
	if sig.Aborted() {
		abort()
		return
	}
	stop := sig.OnAbort(abort)
	r.Once("close", func(...any) { stop() })
}

// readOptions reads what http.request takes; wrong types are thrown in Node's
// order.
func (m *module) readOptions(o *options) *http.RequestOptions {
	rt := m.rt
	ro := &http.RequestOptions{Host: o.kept()}
	get := o.get
	ro.Protocol = text(get("protocol"))
	if p := get("path"); p.ToBoolean() {
		ro.Path = p.String()
	}
	if p := get("defaultPort"); p.ToBoolean() {
		ro.DefaultPort = int(p.ToInteger())
	}
	m.connection(ro, o)
	for _, name := range [...]string{"hostname", "host"} {
		if v := get(name); !bind.IsNullish(v) && !goja.IsString(v) {
			rt.ArgType("options."+name, v, "string", "undefined", "null")
		}
	}
	if v := get("setHost"); !goja.IsUndefined(v) {
		ro.NoHost = !v.ToBoolean()
	}
	if v := get("setDefaultHeaders"); !goja.IsUndefined(v) {
		ro.NoDefaults = !rt.Bool(v, "options.setDefaultHeaders")
	}
	if v := get("timeout"); !goja.IsUndefined(v) {
		ro.Timeout, ro.HasTimeout = netmod.Timeout(rt, v, "timeout"), true
	}
	if v := get("method"); !bind.IsNullish(v) {
		if !goja.IsString(v) {
			rt.ArgType("options.method", v, "string")
		}
		ro.Method = v.String()
	}
	if v := get("maxHeaderSize"); !goja.IsUndefined(v) {
		ro.MaxHeaderSize = int(rt.Integer(v, "maxHeaderSize", 0, bind.MaxSafe))
	}
	if v := get("insecureHTTPParser"); !bind.IsNullish(v) {
		ro.InsecureHTTPParser = triOf(rt.Bool(v, "options.insecureHTTPParser"))
	}
	if v := get("joinDuplicateHeaders"); !bind.IsNullish(v) {
		ro.JoinDuplicateHeaders = rt.Bool(v, "options.joinDuplicateHeaders")
	}
	if u, ok := get("uniqueHeaders").(*goja.Object); ok && bind.IsArray(u) {
		for i := 0; i < length(u); i++ {
			ro.UniqueHeaders = append(ro.UniqueHeaders, index(u, i).String())
		}
	}
	ro.Auth = text(get("auth"))
	if h := get("headers"); h.ToBoolean() {
		ro.Headers, ro.FlatHeaders = m.fields(h)
	}
	if f := get("createConnection"); bind.IsCallable(f) {
		ro.CreateConnection = m.creator(f)
	}
	return ro
}

// creator makes the createConnection of a program.
func (m *module) creator(f goja.Value) func(*http.RequestOptions, func(error, http.Conn)) http.Conn {
	return func(o *http.RequestOptions, cb func(error, http.Conn)) http.Conn {
		v := m.rt.Call(f, goja.Undefined(), m.optionsValue(o), m.rt.ToValue(http.SocketCallback(cb)))
		c, _ := bind.From(v).(http.Conn)
		return c
	}
}

// connection reads where to connect to.
func (m *module) connection(ro *http.RequestOptions, o *options) {
	rt := m.rt
	get := o.get
	if h := get("hostname"); h.ToBoolean() {
		ro.Connect.Host = h.String()
	} else if h := get("host"); h.ToBoolean() {
		ro.Connect.Host = h.String()
	}
	if p := get("port"); p.ToBoolean() {
		f := p.ToFloat()
		if f == math.Trunc(f) && f >= 0 && f < 65536 {
			ro.Connect.Port = int(f)
		} else {
			netmod.Port(rt, p, "Port")
		}
	}
	ro.SocketPath = text(get("socketPath"))
	ro.Connect.LocalAddress = text(get("localAddress"))
	if p := get("localPort"); goja.IsNumber(p) {
		ro.Connect.LocalPort = int(p.ToInteger())
	}
	var conn *goja.Object
	for _, k := range [...]string{"family", "hints", "lookup", "autoSelectFamily", "autoSelectFamilyAttemptTimeout"} {
		if v := get(k); !goja.IsUndefined(v) {
			if conn == nil {
				conn = rt.VM.NewObject()
			}
			_ = conn.Set(k, v)
		}
	}
	if conn != nil {
		if f := get("lookup"); !bind.IsNullish(f) && !bind.IsCallable(f) {
			rt.ArgType("options.lookup", f, "Function")
		}
		_ = conn.Set("port", 1)
		c := netmod.ReadConnectOptions(rt, conn)
		ro.Connect.Family, ro.Connect.Hints, ro.Connect.Lookup = c.Family, c.Hints, c.Lookup
		ro.Connect.AutoSelectFamily, ro.Connect.AutoSelectFamilyAttemptTimeout = c.AutoSelectFamily, c.AutoSelectFamilyAttemptTimeout
	}
	if k := get("keepAlive"); k.ToBoolean() {
		ro.KeepAlive = true
		ro.KeepAliveInitialDelay = int(get("keepAliveInitialDelay").ToInteger())
	}
	ro.NoDelay = get("noDelay").ToBoolean()
	if t := get("timeout"); goja.IsNumber(t) && t.ToFloat() > 0 {
		ro.SocketTimeout = int64(math.Min(t.ToFloat(), math.MaxInt32))
	}
}

// pickAgent reads options.agent: ours, any object with addRequest, false, or
// the default.
func (m *module) pickAgent(ro *http.RequestOptions, o *options) {
	rt := m.rt
	agent := o.get("agent")
	def, ok := o.get("_defaultAgent").(*goja.Object)
	if !ok {
		def = m.globalAgent()
	}
	switch {
	case bind.TypeOf(agent) == "boolean" && !agent.ToBoolean():
		agent = m.construct(bind.Get(def, "constructor").(*goja.Object), nil)
	case bind.IsNullish(agent):
		if ro.CreateConnection != nil {
			ro.NoAgent = true
			return
		}
		agent = def
	}
	a, ok := agent.(*goja.Object)
	if !ok || !bind.IsCallable(bind.Get(a, "addRequest")) {
		rt.ArgType("options.agent", agent, "Agent-like Object", "undefined", "false")
	}
	if ours, ok := bind.From(a).(*http.Agent); ok {
		ro.Agent = ours
		return
	}
	keep := bind.Get(a, "keepAlive").ToBoolean() || bind.Get(a, "maxSockets").ToFloat() < math.Inf(1)
	ro.HostAgentKeepAlive = keep
	ro.HostAgent = func(req *http.ClientRequest, o *http.RequestOptions) {
		rt.Call(a.Get("addRequest"), a, rt.Wrap(req), m.optionsValue(o))
	}
}

// optionsValue shows request options to a program: its own, with what was
// decided.
func (m *module) optionsValue(o *http.RequestOptions) goja.Value {
	v := m.rt.VM.NewObject()
	_ = v.SetPrototype(nil)
	assignKept(v, o.Host)
	if a := o.Agent; a != nil {
		if h, ok := a.AgentOptions.Host.(*goja.Object); ok {
			assign(v, h)
		}
	}
	_ = v.Set("host", o.Connect.Host)
	if p := v.Get("port"); p == nil || !goja.IsString(p) || p.ToInteger() != int64(o.Connect.Port) {
		_ = v.Set("port", o.Connect.Port) // a port given as text stays text
	}
	if o.SocketPath != "" {
		_ = v.Set("path", o.SocketPath)
	} else if o.AgentKey != "" {
		_ = v.Set("path", goja.Null())
	} else if o.Agent == nil && o.HostAgent == nil {
		_ = v.Set("path", goja.Undefined())
	}
	if o.Agent != nil || o.AgentKey != "" { // an agent's name of the connection has it
		name := hostHeader(v, o.Connect.Host)
		if net.IsIP(name) != 0 {
			name = ""
		}
		if given := bind.Get(v, "servername"); !given.ToBoolean() && !goja.IsString(given) {
			_ = v.Set("servername", name)
		}
	}
	if o.AgentKey != "" {
		_ = v.Set("_agentKey", o.AgentKey)
		_ = v.Set("encoding", goja.Null())
	}
	if o.KeepAlive {
		_ = v.Set("keepAlive", true)
		_ = v.Set("keepAliveInitialDelay", o.KeepAliveInitialDelay)
	}
	m.rt.Attach(v, o)
	return v
}

// hostHeader is the host that a request's header Host names, or def.
func hostHeader(options *goja.Object, def string) string {
	headers, ok := bind.Get(options, "headers").(*goja.Object)
	if !ok || bind.IsArray(headers) {
		return def
	}
	for _, k := range headers.Keys() {
		if !strings.EqualFold(k, "host") {
			continue
		}
		name := headers.Get(k).String()
		if rest, ok := strings.CutPrefix(name, "["); ok {
			name, _, _ = strings.Cut(rest, "]")
			return name
		}
		name, _, _ = strings.Cut(name, ":")
		return name
	}
	return def
}

// optionsArg reads options that come back from a program.
func (m *module) optionsArg(v goja.Value) *http.RequestOptions {
	o, ok := v.(*goja.Object)
	if !ok {
		return &http.RequestOptions{}
	}
	ro := &http.RequestOptions{}
	if known, ok := bind.From(o).(*http.RequestOptions); ok {
		c := *known
		ro = &c
	}
	ro.Host = o
	ro.Connect = net.ConnectOptions{}
	opts := m.options(o)
	m.connection(ro, &opts)
	if f := opts.get("createConnection"); bind.IsCallable(f) {
		ro.CreateConnection = m.creator(f)
	}
	return ro
}

func (m *module) requestMethods(c *bind.Class) {
	rt := m.rt
	c.Method("_implicitHeader", 0, func(call goja.FunctionCall) goja.Value {
		if _, ok := requestOf(call.This); !ok { // an OutgoingMessage with this prototype
			o := call.This.ToObject(rt.VM)
			line := bind.Get(o, "method").String() + " " + bind.Get(o, "path").String() + " HTTP/1.1\r\n"
			out := m.out(call.This)
			var fields []http.Field
			out.Headers(func(_ string, f http.Field) bool { fields = append(fields, f); return true })
			rt.Must(out.StoreHeader(line, fields, false))
			return goja.Undefined()
		}
		rt.Must(m.req(call.This).BaseImplicitHeader())
		return goja.Undefined()
	})
	c.Method("abort", 0, func(call goja.FunctionCall) goja.Value { m.req(call.This).Abort(); return goja.Undefined() })
	c.Method("onSocket", 2, func(call goja.FunctionCall) goja.Value {
		conn, _ := bind.From(call.Argument(0)).(http.Conn)
		m.req(call.This).BaseOnSocket(conn, rt.GoError(call.Argument(1)))
		return goja.Undefined()
	})
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		r := m.req(call.This)
		if r.Ended() {
			return call.This
		}
		r.ListenTimeout()
		ms := netmod.Timeout(rt, call.Argument(0), "msecs")
		if cb := call.Argument(1); !goja.IsUndefined(cb) && cb.ToBoolean() {
			fn := rt.Function(cb, "callback")
			r.AddListener(events.Name("timeout"), events.NewHostListener(fn, true), false)
		}
		r.TimeoutSocket(ms)
		return call.This
	})
	c.Method("clearTimeout", 1, func(call goja.FunctionCall) goja.Value {
		this := call.This.(*goja.Object)
		return rt.Call(this.Get("setTimeout"), this, rt.VM.ToValue(0), call.Argument(0))
	})
	c.Method("setNoDelay", 1, func(call goja.FunctionCall) goja.Value {
		m.withSocket(call.This, "setNoDelay", call.Argument(0))
		return goja.Undefined()
	})
	c.Method("setSocketKeepAlive", 2, func(call goja.FunctionCall) goja.Value {
		m.withSocket(call.This, "setKeepAlive", call.Argument(0), call.Argument(1))
		return goja.Undefined()
	})
}

// withSocket calls a method of the request's socket once that is connected: the
// socket's own, which a program may have replaced. Objects that have only the
// prototype of requests are served too; mocks of http are such.
func (m *module) withSocket(this goja.Value, method string, args ...goja.Value) {
	rt := m.rt
	if r, ok := requestOf(this); ok {
		r.WithSocket(func(conn http.Conn) {
			s := rt.Wrap(conn).(*goja.Object)
			rt.Call(s.Get(method), s, args...)
		})
		return
	}
	o := this.ToObject(rt.VM)
	once := func(on *goja.Object, event string, f func()) {
		rt.Call(on.Get("once"), on, rt.VM.ToValue(event), rt.Func("", 0, func(goja.FunctionCall) goja.Value { f(); return goja.Undefined() }))
	}
	ready := func() {
		s := o.Get("socket").ToObject(rt.VM)
		apply := func() { rt.Call(s.Get(method), s, args...) }
		if bind.Get(s, "writable").ToBoolean() {
			apply()
		} else {
			once(s, "connect", apply)
		}
	}
	if bind.Get(o, "socket").ToBoolean() {
		ready()
	} else {
		once(o, "socket", ready)
	}
}

func (m *module) requestProps(c *bind.Class) {
	rt := m.rt
	type req = *http.ClientRequest
	prop := func(name string, get func(req) any, set func(req, goja.Value) bool) {
		accessor(rt, c, name, requestOf, get, set)
	}
	str := func(name string, p func(req) *string) {
		prop(name, func(r req) any { return *p(r) }, func(r req, v goja.Value) bool { return setString(p(r), v) })
	}
	flag := func(name string, p func(req) *bool) {
		prop(name, func(r req) any { return *p(r) }, func(r req, v goja.Value) bool { return setBool(p(r), v) })
	}
	str("method", func(r req) *string { return &r.Method })
	str("path", func(r req) *string { return &r.Path })
	str("host", func(r req) *string { return &r.Host })
	str("protocol", func(r req) *string { return &r.Protocol })
	flag("aborted", func(r req) *bool { return &r.Aborted })
	flag("reusedSocket", func(r req) *bool { return &r.ReusedSocket })
	flag("upgradeOrConnect", func(r req) *bool { return &r.UpgradeOrConnect })
	prop("socketPath", func(r req) any {
		if r.SocketPath == "" {
			return bind.Undefined
		}
		return r.SocketPath
	}, nil)
	prop("_ended", func(r req) any { return r.Ended() }, nil)
	prop("timeout", func(r req) any {
		if !r.HasTimeout {
			return bind.Undefined
		}
		return r.Timeout
	}, func(r req, v goja.Value) bool {
		r.HasTimeout = goja.IsNumber(v)
		if r.HasTimeout {
			r.Timeout = int64(v.ToFloat())
		}
		return true
	})
	prop("maxHeadersCount", func(r req) any {
		if r.MaxHeadersCount < 0 {
			return nil
		}
		return r.MaxHeadersCount
	}, func(r req, v goja.Value) bool {
		if !goja.IsNumber(v) {
			r.MaxHeadersCount = -1
			return true
		}
		return setInt(&r.MaxHeadersCount, v)
	})
	prop("res", func(r req) any {
		if r.Res == nil {
			return nil
		}
		return events.Object(r.Res)
	}, func(r req, v goja.Value) bool {
		x, ok := incomingOf(v)
		if ok || bind.IsNullish(v) {
			r.Res = x
			return true
		}
		return false
	})
	prop("agent", func(r req) any {
		if v, ok := r.Ext.(*requestView); ok && v.agent != nil {
			return v.agent
		}
		if r.Agent == nil {
			return bind.Undefined
		}
		return events.Object(r.Agent)
	}, func(req, goja.Value) bool { return false })
	prop("parser", func(r req) any {
		if r.Conn != nil {
			if p := http.ParserOn(r.Conn); p != nil {
				return p
			}
		}
		return nil
	}, nil)
}
