package httpsmod

import (
	stdnet "net"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/httpmod"
	"github.com/spindle-js/spindle/jsbind/modules/tlsmod"
)

// sessionCache is agent._sessionCache: sessions of TLS by the name of the
// connection in map, the names in list, the oldest first.
func (m *module) sessionCache(v goja.Value) (sessions, names *goja.Object) {
	agent, _ := v.(*goja.Object)
	cache, _ := bind.Get(agent, "_sessionCache").(*goja.Object)
	sessions, _ = bind.Get(cache, "map").(*goja.Object)
	names, _ = bind.Get(cache, "list").(*goja.Object)
	if sessions == nil || names == nil {
		panic(m.rt.VM.NewTypeError("Cannot read properties of undefined (reading 'map')"))
	}
	return sessions, names
}

func (m *module) getSession(agent goja.Value, name string) goja.Value {
	sessions, _ := m.sessionCache(agent)
	return bind.Get(sessions, name)
}

func (m *module) cacheSession(agent goja.Value, name string, session goja.Value) {
	max := bind.Get(agent.(*goja.Object), "maxCachedSessions").ToFloat()
	if max == 0 {
		return
	}
	sessions, names := m.sessionCache(agent)
	call := func(method string, args ...goja.Value) goja.Value {
		return m.rt.Call(names.Get(method), names, args...)
	}
	if !bind.Get(sessions, name).ToBoolean() {
		if bind.Get(names, "length").ToFloat() >= max {
			_ = sessions.Delete(call("shift").String())
		}
		call("push", m.rt.VM.ToValue(name))
	}
	_ = sessions.Set(name, session)
}

func (m *module) evictSession(agent goja.Value, name string) {
	sessions, names := m.sessionCache(agent)
	at := m.rt.Call(names.Get("indexOf"), names, m.rt.VM.ToValue(name))
	if at.ToInteger() < 0 {
		return
	}
	m.rt.Call(names.Get("splice"), names, at, m.rt.VM.ToValue(1))
	_ = sessions.Delete(name)
}

func (m *module) defineAgent() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Agent", Key: "https.Agent", Parent: rt.ClassOf("http.Agent"), Length: 1, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		o := rt.VM.NewObject()
		if given, ok := arg(args, 0).(*goja.Object); ok {
			assign(o, given)
		}
		if goja.IsUndefined(bind.Get(o, "defaultPort")) {
			_ = o.Set("defaultPort", 443)
		}
		if goja.IsUndefined(bind.Get(o, "protocol")) {
			_ = o.Set("protocol", "https:")
		}
		httpmod.InitAgent(rt, this, o)
		max := bind.Get(o, "maxCachedSessions")
		if goja.IsUndefined(max) {
			max = rt.VM.ToValue(100)
		}
		_ = this.Set("maxCachedSessions", max)
		cache := rt.VM.NewObject()
		_ = cache.Set("map", rt.VM.NewObject())
		_ = cache.Set("list", rt.VM.NewArray())
		_ = this.Set("_sessionCache", cache)
		return nil
	}})
	m.agent = c
	c.Method("createConnection", 0, m.createConnection)
	c.Method("getName", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.name(call.Argument(0))) })
	c.Method("_getSession", 1, func(call goja.FunctionCall) goja.Value {
		return m.getSession(call.This, call.Argument(0).String())
	})
	c.Method("_cacheSession", 2, func(call goja.FunctionCall) goja.Value {
		m.cacheSession(call.This, call.Argument(0).String(), call.Argument(1))
		return goja.Undefined()
	})
	c.Method("_evictSession", 1, func(call goja.FunctionCall) goja.Value {
		m.evictSession(call.This, call.Argument(0).String())
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
	for i := range min(len(c.Arguments), 3) { // the first object counts; a port and a host of their own win
		if o, ok := c.Arguments[i].(*goja.Object); ok && !bind.IsCallable(o) {
			assign(opts, o)
			break
		}
	}
	if v := c.Argument(0); goja.IsNumber(v) {
		_ = opts.Set("port", v)
	}
	if v := c.Argument(1); goja.IsString(v) {
		_ = opts.Set("host", v)
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
