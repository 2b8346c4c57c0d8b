package tlsmod

import (
	"bytes"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/tls"
)

// contextState is the state of a SecureContext.
type contextState struct{ context *tls.Context }

// contextOf returns the Context of a SecureContext, or of a plain object with
// one as its property context; nil for anything else.
func contextOf(v goja.Value) *tls.Context {
	if c, ok := bind.From(v).(*contextState); ok {
		return c.context
	}
	if o, ok := v.(*goja.Object); ok {
		if c, ok := bind.From(bind.Get(o, "context")).(*contextState); ok {
			return c.context
		}
	}
	return nil
}

func (m *module) defineContext() {
	rt := m.rt
	m.context = rt.NewClass(bind.ClassDef{Name: "SecureContext", Length: 4, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		c := m.protocols(tls.NewContext(), arg(args, 0), arg(args, 2), arg(args, 3))
		m.initContext(this, c)
		return nil
	}})
	of := func(v goja.Value) *tls.Context {
		c := contextOf(v)
		if c == nil {
			panic(rt.VM.NewTypeError("Illegal invocation"))
		}
		return c
	}
	m.context.Method("addCACert", 1, func(call goja.FunctionCall) goja.Value {
		c, v := of(call.This), call.Argument(0)
		if _, ok := rt.BufferSource(v); ok || goja.IsString(v) { // anything else is passed over
			rt.Must(c.ExtendCA(m.pem(v, "cert")))
		}
		return goja.Undefined()
	})
	m.context.Method("setOptions", 1, func(call goja.FunctionCall) goja.Value {
		c := of(call.This)
		if v := call.Argument(0); !goja.IsUndefined(v) {
			secureOptions(c, int64(rt.Number(v, "options")))
		}
		return goja.Undefined()
	})
	m.context.Method("getTicketKeys", 0, func(call goja.FunctionCall) goja.Value {
		return rt.MakeBuffer(bytes.Clone(of(call.This).TicketKeys))
	})
	m.context.Seal()
}

func (m *module) initContext(this *goja.Object, c *tls.Context) {
	s := &contextState{c}
	m.rt.Attach(this, s)
	inner := m.rt.VM.CreateObject(m.context.Proto)
	m.rt.Attach(inner, s)
	_ = this.Set("context", inner)
}

func arg(a []goja.Value, i int) goja.Value {
	if i < len(a) && a[i] != nil {
		return a[i]
	}
	return goja.Undefined()
}

func protocolError(code, message string) error {
	return nodeerr.New(nodeerr.KindType, code, message)
}

// protocols reads secureProtocol, minVersion and maxVersion.
func (m *module) protocols(c *tls.Context, secureProtocol, lo, hi goja.Value) *tls.Context {
	rt := m.rt
	e := m.exports
	version := func(v goja.Value, def, what string) uint16 {
		if bind.IsNullish(v) {
			if e != nil {
				v = e.Get(def)
			}
		}
		n := tls.Version(v.String())
		if n == 0 {
			rt.Throw(protocolError("ERR_TLS_INVALID_PROTOCOL_VERSION", strings.ReplaceAll(rt.Inspect(v, 0), "'", `"`)+" is not a valid "+what+" TLS protocol version"))
		}
		return n
	}
	if secureProtocol.ToBoolean() {
		name := secureProtocol.String()
		for _, v := range []goja.Value{lo, hi} {
			if !bind.IsNullish(v) {
				rt.Throw(protocolError("ERR_TLS_PROTOCOL_VERSION_CONFLICT", "TLS protocol version "+strings.ReplaceAll(rt.Inspect(v, 0), "'", `"`)+
					` conflicts with secureProtocol `+`"`+name+`"`))
			}
		}
		base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_method"), "_server"), "_client")
		switch base {
		case "SSLv23", "TLS":
			c.Min, c.Max = 0x0301, 0x0304
			if base == "SSLv23" {
				c.Min, c.Max = version(goja.Undefined(), "DEFAULT_MIN_VERSION", "minimum"), 0x0303
			}
		case "TLSv1":
			c.Min, c.Max = 0x0301, 0x0301
		case "TLSv1_1":
			c.Min, c.Max = 0x0302, 0x0302
		case "TLSv1_2":
			c.Min, c.Max = 0x0303, 0x0303
		case "SSLv2", "SSLv3":
			rt.Throw(protocolError("ERR_TLS_INVALID_PROTOCOL_METHOD", base+" methods disabled"))
		default:
			rt.Throw(protocolError("ERR_TLS_INVALID_PROTOCOL_METHOD", "Unknown method: "+name))
		}
		return c
	}
	c.Min, c.Max = version(lo, "DEFAULT_MIN_VERSION", "minimum"), version(hi, "DEFAULT_MAX_VERSION", "maximum")
	return c
}

// items lists a value that may be an array.
func items(v goja.Value) []goja.Value {
	o, ok := v.(*goja.Object)
	if !ok || !bind.IsArray(v) {
		return []goja.Value{v}
	}
	out := make([]goja.Value, int(bind.Get(o, "length").ToInteger()))
	for i := range out {
		out[i] = bind.Get(o, bind.FormatNumber(float64(i)))
	}
	return out
}

// pem reads a credential: text or bytes.
func (m *module) pem(v goja.Value, name string) []byte {
	if goja.IsString(v) {
		return []byte(v.String())
	}
	p, ok := m.rt.BufferSource(v)
	if !ok {
		m.rt.ArgType(name, v, "string", "Buffer", "TypedArray", "DataView")
	}
	return bytes.Clone(p)
}

// createContext is tls.createSecureContext(options).
func (m *module) createContext(v goja.Value) *goja.Object {
	var o *goja.Object
	if x, ok := v.(*goja.Object); ok {
		o = x
	}
	c := m.readContext(o)
	this := m.rt.VM.CreateObject(m.context.Proto)
	m.initContext(this, c)
	return this
}

func (m *module) readContext(o *goja.Object) *tls.Context {
	rt := m.rt
	get := func(name string) goja.Value { return bind.Get(o, name) }
	c := m.protocols(tls.NewContext(), get("secureProtocol"), get("minVersion"), get("maxVersion"))
	text := func(name string) string {
		v := get(name)
		if bind.IsNullish(v) {
			return ""
		}
		return rt.String(v, "options."+name)
	}
	// As configSecureContext validates: authorities, certificates, keys, the rest.
	if v := get("ca"); v.ToBoolean() {
		for _, x := range items(v) {
			rt.Must(c.AddCA(m.pem(x, "options.ca")))
		}
		if bind.IsArray(v) {
			c.OwnStore()
		}
	} else {
		c.Fallback = m.fallback()
	}
	c.Partial = get("allowPartialTrustChain").ToBoolean()
	if v := get("cert"); v.ToBoolean() {
		for _, x := range items(v) {
			rt.Must(c.AddCertificate(m.pem(x, "options.cert")))
		}
	}
	pass := text("passphrase")
	if v := get("key"); v.ToBoolean() {
		if _, isBytes := rt.BufferSource(v); !isBytes && !bind.IsArray(v) && !goja.IsString(v) {
			rt.ArgType("options.key", v, "string", "Buffer", "TypedArray", "DataView")
		}
		for _, x := range items(v) {
			m.addKey(c, x, pass, !goja.IsUndefined(get("passphrase")) && !goja.IsNull(get("passphrase")))
		}
	}
	sigalgs := text("sigalgs")
	if v := get("sigalgs"); !bind.IsNullish(v) && sigalgs == "" {
		rt.ArgValue("options.sigalgs", v, "")
	}
	if sigalgs != "" && !c.SetSigalgs(sigalgs) {
		rt.Throw(nodeerr.New(nodeerr.KindError, "", "error:00000000:lib(0)::reason(0)"))
	}
	m.engines(o)
	ciphers := text("ciphers")
	if goja.IsUndefined(get("ciphers")) && m.exports != nil {
		ciphers = m.exports.Get("DEFAULT_CIPHERS").String()
	}
	rt.Must(c.SetCiphers(ciphers))
	rt.Must(c.SetCurves(text("ecdhCurve")))
	if v := get("dhparam"); !bind.IsNullish(v) && v.ToBoolean() {
		if v.String() != "auto" || !goja.IsString(v) {
			m.pem(v, "options.dhparam") // crypto/tls has no DHE
		}
	}
	if v := get("crl"); v.ToBoolean() {
		for _, x := range items(v) {
			rt.Must(c.AddCRL(m.pem(x, "options.crl")))
		}
	}
	text("sessionIdContext")
	m.readPFX(c, get("pfx"), pass)
	if v := get("secureOptions"); v.ToBoolean() {
		secureOptions(c, int64(rt.Number(v, "secureOptions")))
	}
	if v := get("ticketKeys"); !bind.IsNullish(v) {
		p, ok := bind.BytesOf(v)
		if !ok {
			rt.ArgType("options.ticketKeys", v, "Buffer", "TypedArray", "DataView")
		}
		if len(p) != 48 {
			rt.Throw(nodeerr.InvalidArgValue("options.ticketKeys", bind.FormatNumber(float64(len(p))), "must be exactly 48 bytes"))
		}
		c.TicketKeys = bytes.Clone(p)
	}
	if v := get("sessionTimeout"); !bind.IsNullish(v) {
		c.Lifetime = int(rt.Integer(v, "options.sessionTimeout", 0, 1<<31-1))
	}
	return c
}

// secureOptions applies the bits of SSL_OP_… that have an effect here: versions
// and tickets.
func secureOptions(c *tls.Context, n int64) {
	if n&0x4000 != 0 {
		c.NoTickets = true
	}
	if n&0x20000000 != 0 && c.Max == 0x0304 {
		c.Max = 0x0303
	}
	if n&0x08000000 != 0 && c.Max == 0x0303 {
		c.Max = 0x0302
	}
	if n&0x04000000 != 0 && c.Min == 0x0301 {
		c.Min = 0x0302
	}
	if n&0x10000000 != 0 && c.Min == 0x0302 {
		c.Min = 0x0303
	}
}

// engines refuses keys and certificates that an engine of OpenSSL holds.
func (m *module) engines(o *goja.Object) {
	rt := m.rt
	id, engine := bind.Get(o, "privateKeyIdentifier"), bind.Get(o, "privateKeyEngine")
	if !bind.IsNullish(id) || !bind.IsNullish(engine) {
		switch {
		case bind.IsNullish(engine):
			rt.ArgValue("options.privateKeyEngine", engine, "")
		case bind.IsNullish(id):
			rt.ArgValue("options.privateKeyIdentifier", id, "")
		}
		rt.String(id, "options.privateKeyIdentifier")
		rt.String(engine, "options.privateKeyEngine")
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED", "Custom engines not supported by this OpenSSL"))
	}
	if e := bind.Get(o, "clientCertEngine"); !bind.IsNullish(e) {
		if !goja.IsString(e) {
			rt.ArgType("options.clientCertEngine", e, "string", "null", "undefined")
		}
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED", "Custom engines not supported by this OpenSSL"))
	}
}

// addKey adds a key: PEM, or an object with pem and passphrase.
func (m *module) addKey(c *tls.Context, v goja.Value, pass string, hasPass bool) {
	rt := m.rt
	if o, ok := v.(*goja.Object); ok {
		if _, isBytes := rt.BufferSource(v); !isBytes && !goja.IsString(v) {
			if p := bind.Get(o, "passphrase"); !bind.IsNullish(p) {
				pass, hasPass = rt.String(p, "options.passphrase"), true
			}
			v = bind.Get(o, "pem")
			if goja.IsUndefined(v) || !goja.IsString(v) {
				if _, isBytes := rt.BufferSource(v); !isBytes {
					rt.ArgType("options.key", o, "string", "Buffer", "TypedArray", "DataView")
				}
			}
		}
	}
	s := crypto.Source{Data: m.pem(v, "options.key")}
	if hasPass {
		s.Passphrase = append([]byte{}, pass...)
	}
	k, err := crypto.ParsePrivate(s)
	rt.Must(err)
	rt.Must(c.AddKey(k))
}

// readPFX adds PKCS #12 files: bytes, or objects with buf and passphrase.
func (m *module) readPFX(c *tls.Context, v goja.Value, pass string) {
	if bind.IsNullish(v) {
		return
	}
	for _, x := range items(v) {
		p := pass
		if o, ok := x.(*goja.Object); ok {
			if _, isBytes := m.rt.BufferSource(x); !isBytes {
				if s := bind.Get(o, "passphrase"); s.ToBoolean() {
					p = s.String()
				}
				x = bind.Get(o, "buf")
			}
		}
		m.rt.Must(c.AddPFX(m.pem(x, "options.pfx"), []byte(p)))
	}
}
