package httpsmod

import (
	stdnet "net"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/httpmod"
	"github.com/spindle-js/spindle/jsbind/modules/tlsmod"
)

// sessionsKey is where an agent keeps its sessions.
var sessionsKey = bind.HiddenSymbol("https.sessions")

// sessions are TLS sessions by the name of the connection, the oldest first.
type sessions struct {
	max   int
	names []string
	by    map[string]goja.Value
}

func (s *sessions) put(name string, v goja.Value) {
	if s.max == 0 {
		return
	}
	if _, ok := s.by[name]; !ok {
		if len(s.names) >= s.max {
			delete(s.by, s.names[0])
			s.names = s.names[1:]
		}
		s.names = append(s.names, name)
	}
	s.by[name] = v
}

func (s *sessions) drop(name string) {
	if _, ok := s.by[name]; !ok {
		return
	}
	delete(s.by, name)
	for i, n := range s.names {
		if n == name {
			s.names = append(s.names[:i:i], s.names[i+1:]...)
			return
		}
	}
}

func (m *module) sessionsOf(v goja.Value) *sessions {
	o, ok := v.(*goja.Object)
	if !ok {
		return &sessions{by: map[string]goja.Value{}}
	}
	if h, ok := o.GetSymbol(sessionsKey).(*goja.Object); ok {
		if s, ok := bind.From(h).(*sessions); ok {
			return s
		}
	}
	s := &sessions{max: 100, by: map[string]goja.Value{}}
	if opts, ok := bind.Get(o, "options").(*goja.Object); ok {
		if n := bind.Get(opts, "maxCachedSessions"); goja.IsNumber(n) {
			s.max = int(n.ToInteger())
		}
	}
	h := m.rt.VM.NewObject()
	m.rt.Attach(h, s)
	_ = o.DefineDataPropertySymbol(sessionsKey, h, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return s
}

func (m *module) defineAgent() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Agent", Key: "https.Agent", Parent: rt.ClassOf("http.Agent"), Length: 1, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		o := rt.VM.NewObject()
		if given, ok := arg(args, 0).(*goja.Object); ok {
			assign(o, given)
		}
		for name, v := range map[string]any{"defaultPort": 443, "protocol": "https:"} {
			if goja.IsUndefined(bind.Get(o, name)) {
				_ = o.Set(name, v)
			}
		}
		a := httpmod.InitAgent(rt, this, o)
		max := bind.Get(o, "maxCachedSessions")
		if goja.IsUndefined(max) {
			max = rt.VM.ToValue(100)
		}
		_ = this.Set("maxCachedSessions", max)
		if own, ok := a.AgentOptions.Host.(*goja.Object); ok && len(args) > 0 {
			_ = own
		}
		return nil
	}})
	m.agent = c
	c.Method("createConnection", 0, m.createConnection)
	c.Method("getName", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.name(call.Argument(0))) })
	c.Method("_getSession", 1, func(call goja.FunctionCall) goja.Value {
		if v := m.sessionsOf(call.This).by[call.Argument(0).String()]; v != nil {
			return v
		}
		return goja.Undefined()
	})
	c.Method("_cacheSession", 2, func(call goja.FunctionCall) goja.Value {
		m.sessionsOf(call.This).put(call.Argument(0).String(), call.Argument(1))
		return goja.Undefined()
	})
	c.Method("_evictSession", 1, func(call goja.FunctionCall) goja.Value {
		m.sessionsOf(call.This).drop(call.Argument(0).String())
		return goja.Undefined()
	})
	c.Seal()
}

// name is Agent.prototype.getName: http's, and what decides about a secure
// connection.
func (m *module) name(v goja.Value) string {
	var b strings.Builder
	if goja.IsUndefined(v) {
		v = m.rt.VM.NewObject()
	}
	b.WriteString(httpmod.AgentName(m.rt, v))
	o, _ := v.(*goja.Object)
	get := func(name string) goja.Value { return bind.Get(o, name) }
	text := func(v goja.Value, is bool) {
		b.WriteByte(':')
		if is {
			b.WriteString(v.String())
		}
	}
	for _, n := range []string{"ca", "cert", "clientCertEngine", "ciphers", "key", "pfx"} {
		v := get(n)
		text(v, v.ToBoolean())
	}
	v = get("rejectUnauthorized")
	text(v, !goja.IsUndefined(v))
	v = get("servername")
	text(v, v.ToBoolean() && !v.StrictEquals(get("host")))
	for _, n := range []string{"minVersion", "maxVersion", "secureProtocol", "crl"} {
		v := get(n)
		text(v, v.ToBoolean())
	}
	v = get("honorCipherOrder")
	text(v, !goja.IsUndefined(v))
	for _, n := range []string{"ecdhCurve", "dhparam"} {
		v := get(n)
		text(v, v.ToBoolean())
	}
	v = get("secureOptions")
	text(v, !goja.IsUndefined(v))
	for _, n := range []string{"sessionIdContext", "sigalgs", "privateKeyIdentifier", "privateKeyEngine"} {
		v := get(n)
		if n == "sigalgs" && v.ToBoolean() { // as JSON, in Node
			if p, err := v.ToObject(m.rt.VM).MarshalJSON(); err == nil {
				b.WriteString(":" + string(p))
				continue
			}
		}
		text(v, v.ToBoolean())
	}
	return b.String()
}

// createConnection is Agent.prototype.createConnection([port[, host]][,
// options][, callback]): tls.connect with the agent's sessions.
func (m *module) createConnection(c goja.FunctionCall) goja.Value {
	rt := m.rt
	opts := rt.VM.NewObject()
	for i := range min(len(c.Arguments), 3) {
		switch v := c.Arguments[i]; {
		case bind.IsNullish(v) || bind.IsCallable(v):
		case goja.IsNumber(v):
			_ = opts.Set("port", v)
		case goja.IsString(v):
			_ = opts.Set("host", v)
		default:
			if o, ok := v.(*goja.Object); ok {
				assign(opts, o)
			}
		}
	}
	m.serverName(opts)
	if !goja.IsUndefined(bind.Get(opts, "_agentKey")) {
		_ = opts.Delete("signal") // the request's, which destroys the socket too
	}
	key := bind.Get(opts, "_agentKey")
	this, _ := c.This.(*goja.Object)
	if key.ToBoolean() && this != nil {
		if s := rt.Call(this.Get("_getSession"), this, key); s.ToBoolean() && goja.IsUndefined(bind.Get(opts, "session")) {
			_ = opts.Set("session", s)
		}
	}
	socket := tlsmod.Connect(rt, opts)
	if key.ToBoolean() && this != nil {
		on := func(method, event string, f bind.Method) {
			rt.Call(socket.Get(method), socket, rt.VM.ToValue(event), rt.Func("", 1, f))
		}
		on("on", "session", func(call goja.FunctionCall) goja.Value {
			rt.Call(this.Get("_cacheSession"), this, key, call.Argument(0))
			return goja.Undefined()
		})
		on("once", "close", func(call goja.FunctionCall) goja.Value {
			if call.Argument(0).ToBoolean() {
				rt.Call(this.Get("_evictSession"), this, key)
			}
			return goja.Undefined()
		})
	}
	return socket
}

// serverName sets the name for SNI: that of the header Host, or the host. An
// address has none.
func (m *module) serverName(opts *goja.Object) {
	if v := bind.Get(opts, "servername"); v.ToBoolean() || goja.IsString(v) {
		return
	}
	name := ""
	if h := bind.Get(opts, "host"); h.ToBoolean() {
		name = h.String()
	}
	if headers, ok := bind.Get(opts, "headers").(*goja.Object); ok && !bind.IsArray(headers) {
		for _, k := range headers.Keys() {
			if strings.EqualFold(k, "host") {
				name = headers.Get(k).String()
				if rest, ok := strings.CutPrefix(name, "["); ok {
					name, _, _ = strings.Cut(rest, "]")
				} else {
					name, _, _ = strings.Cut(name, ":")
				}
			}
		}
	}
	if stdnet.ParseIP(name) != nil {
		name = ""
	}
	_ = opts.Set("servername", name)
}
