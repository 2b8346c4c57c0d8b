package tlsmod

import (
	"math"
	"os"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/tls"
)

// connectArguments sorts (port, host, options, callback) and the other forms of
// tls.connect.
func (m *module) connectArguments(args []goja.Value) (*goja.Object, goja.Value) {
	if len(args) == 0 {
		return m.rt.VM.NewObject(), goja.Null()
	}
	mod := m.rt.Require("net").(*goja.Object)
	list := m.rt.Call(mod.Get("_normalizeArgs"), mod, m.rt.VM.NewArray(toAny(args)...)).(*goja.Object)
	first := list.Get("0").(*goja.Object)
	merged := m.rt.VM.NewObject()
	assign(merged, first)
	for _, i := range []int{1, 2} {
		if o, ok := arg(args, i).(*goja.Object); ok && !bind.IsCallable(o) {
			assign(merged, o)
			break
		}
	}
	return merged, list.Get("1")
}

func toAny(args []goja.Value) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a
	}
	return out
}

func assign(dst, src *goja.Object) {
	for _, k := range src.Keys() {
		_ = dst.Set(k, src.Get(k))
	}
}

func (m *module) connect(c goja.FunctionCall) goja.Value {
	opts, cb := m.connectArguments(c.Arguments)
	return m.connectWith(opts, cb)
}

// Connect is tls.connect(options) for https.
func Connect(rt *bind.Runtime, opts *goja.Object) *goja.Object {
	return get(rt).connectWith(opts, goja.Undefined())
}

var insecureKey = cacheKey("NODE_TLS_REJECT_UNAUTHORIZED")

// allowsUnauthorized reports whether the environment turns verification off,
// and warns of it once.
func (m *module) allowsUnauthorized() bool {
	if os.Getenv("NODE_TLS_REJECT_UNAUTHORIZED") != "0" {
		return false
	}
	if m.rt.Value(insecureKey) == nil && m.rt.Warn != nil {
		m.rt.SetValue(insecureKey, true)
		m.rt.Warn("Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections and HTTPS requests insecure by disabling certificate verification.", "Warning", nil)
	}
	return true
}

func (m *module) connectWith(given *goja.Object, cb goja.Value) *goja.Object {
	rt := m.rt
	Load(rt)
	opts := rt.VM.NewObject()
	_ = opts.Set("rejectUnauthorized", !m.allowsUnauthorized())
	_ = opts.Set("checkServerIdentity", m.exports.Get("checkServerIdentity"))
	_ = opts.Set("minDHSize", 1024)
	assign(opts, given)
	get := func(name string) goja.Value { return bind.Get(opts, name) }
	check := rt.Function(get("checkServerIdentity"), "options.checkServerIdentity")
	rt.NumberIn(get("minDHSize"), "options.minDHSize", 1, math.Inf(1))
	if !bind.IsNullish(get("pskCallback")) {
		rt.Function(get("pskCallback"), "options.pskCallback")
		rt.Throw(nodeerr.MethodNotImplemented("tls.connect({ pskCallback })"))
	}
	ctx := contextOf(get("secureContext"))
	if ctx == nil {
		if goja.IsUndefined(get("ciphers")) {
			_ = opts.Set("ciphers", m.exports.Get("DEFAULT_CIPHERS"))
		}
		made := rt.Call(m.exports.Get("createSecureContext"), m.exports, opts)
		if ctx = contextOf(made); ctx == nil {
			rt.ArgType("options.secureContext", made, "SecureContext")
		}
	}
	reject := !isFalse(get("rejectUnauthorized"))
	o := tls.SocketOptions{Context: ctx, RequestCert: true, RejectUnauthorized: reject, ALPN: m.alpn(get("ALPNProtocols")), Fallback: m.fallback(), KeyLog: true}
	if p, ok := rt.BufferSource(get("session")); ok {
		o.Session = append([]byte{}, p...)
	}
	parent := m.parent(get("socket"))
	no := netmod.ReadSocketOptions(rt, opts)
	no.Handle, no.FD = nil, -1
	no.AllowHalfOpen = get("allowHalfOpen").ToBoolean()
	if parent != nil {
		no.AllowHalfOpen = parent.AsStream().AllowHalfOpen()
	}
	if no.KeepAlive = get("keepAlive").ToBoolean(); !no.KeepAlive {
		no.KeepAliveInitialDelay = 0
	}
	name := get("servername")
	if name.ToBoolean() {
		if net.IsIP(name.String()) != 0 {
			if !m.warnedIP && rt.Warn != nil {
				m.warnedIP = true
				rt.Warn("Setting the TLS ServerName to an IP address is not permitted by RFC 6066. This will be ignored in a future version.",
					"DeprecationWarning", map[string]any{"code": "DEP0123"})
			}
		} else {
			o.Servername = name.String()
		}
	}
	this := rt.VM.CreateObject(m.socket.Proto)
	if r, ok := get("onread").(*goja.Object); ok {
		no.OnRead = netmod.OnRead(rt, this, r)
	}
	s := m.construct(this, parent, no, o)
	s.SetEarly(m.early(opts))
	if bind.IsCallable(cb) {
		s.AddListener(events.Name("secureConnect"), events.NewHostListener(cb, true), false)
	}
	s.Released = true
	host := "localhost"
	for _, v := range []goja.Value{get("servername"), get("host")} {
		if v.ToBoolean() {
			host = v.String()
			break
		}
	}
	if p, ok := parent.(net.Socketer); ok && host == "localhost" && p.AsSocket().ParentHost() != "" {
		host = p.AsSocket().ParentHost()
	}
	s.RequestOCSP = get("requestOCSP").ToBoolean()
	s.Once("secure", func(...any) { m.secured(s, this, check, host, reject) })
	if parent == nil {
		if t := get("timeout"); t.ToBoolean() {
			rt.Call(this.Get("setTimeout"), this, t)
		}
		rt.Call(this.Get("connect"), this, opts)
	} else {
		s.Start()
	}
	return this
}

// early makes the error of a connection that ends before it is secure.
func (m *module) early(opts *goja.Object) *nodeerr.Error {
	e := nodeerr.TLSDisconnected()
	for _, name := range []string{"path", "host", "port", "localAddress"} {
		e.With(name, bind.Get(opts, name))
	}
	return e
}

// secured checks the server once the handshake is over.
func (m *module) secured(s *tls.Socket, this *goja.Object, check goja.Value, host string, reject bool) {
	rt := m.rt
	var problem goja.Value
	if err := s.VerifyError(); err != nil {
		problem = rt.ErrorValue(friendly(err))
	} else if !s.State().DidResume {
		if r := rt.Call(check, goja.Undefined(), rt.VM.ToValue(host), m.identity(s)); r.ToBoolean() {
			problem = r
		}
	}
	if problem != nil {
		s.AuthorizationError = rt.GoError(problem)
		if reject {
			s.Destroy(rt.GoError(problem))
			return
		}
		s.Emit("secureConnect")
		s.Verified()
		return
	}
	s.Authorized = true
	s.Emit("secureConnect")
	s.Verified()
}

// friendly adds advice to the errors of an authority that is not known.
func friendly(err error) error {
	e, ok := err.(*nodeerr.Error)
	if !ok {
		return err
	}
	for _, p := range e.Props {
		switch p.Value {
		case "UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "DEPTH_ZERO_SELF_SIGNED_CERT":
			e.Message += "; if the root CA is installed locally, try running Node.js with --use-system-ca"
		}
	}
	return e
}
