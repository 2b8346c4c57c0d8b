package cryptomod

import (
	"fmt"
	"math"
	"net/netip"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/nodeerr"
)

// certificate is the state of an X509Certificate.
type certificate struct {
	*crypto.Certificate
	issuer *goja.Object // issuerCertificate, where it is known
	key    goja.Value
}

func (m *module) defineCertificates() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "X509Certificate", ES6: true, Length: 1, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		v := arg(args, 0)
		p, ok := rt.BufferSource(v)
		switch {
		case goja.IsString(v):
			p = []byte(v.String())
		case !ok:
			rt.ArgType("buffer", v, "string", "Buffer", "TypedArray", "DataView")
		}
		x, err := crypto.ParseCertificate(p)
		rt.Must(err)
		rt.Attach(this, &certificate{Certificate: x})
		return nil
	}})
	m.x509 = c
	_ = c.Ctor.DefineDataProperty("length", rt.VM.ToValue(1), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	for _, p := range certificateProps {
		c.Accessor(p.name, func(this goja.Value) goja.Value { return p.get(m, m.certificateOf(this)) }, nil)
	}
	c.Method("toString", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.certificateOf(call.This).PEM()) })
	c.Method("toJSON", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.certificateOf(call.This).PEM()) })
	m.certificateChecks(c)
	c.Method("toLegacyObject", 0, func(call goja.FunctionCall) goja.Value {
		return m.legacyCertificate(m.certificateOf(call.This).Certificate)
	})
	c.Custom(func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		if depth < 0 {
			return o
		}
		x := m.certificateOf(o)
		opts.Depth--
		shown := rt.VM.NewObject()
		for _, p := range certificateProps {
			if p.shown {
				_ = shown.Set(p.name, p.get(m, x))
			}
		}
		return rt.Mirror.StringValue("X509Certificate " + rt.Inspector.Inspect(shown, opts))
	})
	c.Seal()
	rt.Brands["X509Certificate"] = func(o *goja.Object) bool { _, ok := bind.From(o).(*certificate); return ok }
	m.defineSPKAC()
}

func (m *module) certificateOf(v goja.Value) *certificate {
	c, ok := bind.From(v).(*certificate)
	if !ok {
		m.rt.Throw(bind.InvalidThis("X509Certificate"))
	}
	return c
}

// CertificateValue makes an X509Certificate.
func CertificateValue(rt *bind.Runtime, c *crypto.Certificate, issuer *goja.Object) *goja.Object {
	m := get(rt)
	o := rt.VM.CreateObject(m.x509.Proto)
	rt.Attach(o, &certificate{Certificate: c, issuer: issuer})
	return o
}

var certificateProps = []struct {
	name  string
	shown bool
	get   func(m *module, c *certificate) goja.Value
}{
	{"subject", true, func(m *module, c *certificate) goja.Value { return m.nameText(c.Subject) }},
	{"subjectAltName", true, func(m *module, c *certificate) goja.Value {
		return m.optional(c.AltNameText(), c.AltNames != nil)
	}},
	{"issuer", true, func(m *module, c *certificate) goja.Value { return m.nameText(c.Issuer) }},
	{"issuerCertificate", false, func(_ *module, c *certificate) goja.Value {
		if c.issuer != nil {
			return c.issuer
		}
		return goja.Undefined()
	}},
	{"infoAccess", true, func(m *module, c *certificate) goja.Value {
		return m.optional(c.InfoAccessText(), c.InfoAccess != nil)
	}},
	{"validFrom", true, func(m *module, c *certificate) goja.Value { return m.rt.VM.ToValue(crypto.TimeText(c.NotBefore)) }},
	{"validTo", true, func(m *module, c *certificate) goja.Value { return m.rt.VM.ToValue(crypto.TimeText(c.NotAfter)) }},
	{"validFromDate", true, func(m *module, c *certificate) goja.Value { return m.date(float64(c.NotBefore.UnixMilli())) }},
	{"validToDate", true, func(m *module, c *certificate) goja.Value { return m.date(float64(c.NotAfter.UnixMilli())) }},
	{"fingerprint", true, func(m *module, c *certificate) goja.Value { return m.fingerprint(c, "sha1") }},
	{"fingerprint256", true, func(m *module, c *certificate) goja.Value { return m.fingerprint(c, "sha256") }},
	{"fingerprint512", true, func(m *module, c *certificate) goja.Value { return m.fingerprint(c, "sha512") }},
	{"keyUsage", true, func(m *module, c *certificate) goja.Value { return m.keyUsage(c.Certificate) }},
	{"serialNumber", true, func(m *module, c *certificate) goja.Value { return m.rt.VM.ToValue(c.SerialText()) }},
	{"signatureAlgorithm", true, func(m *module, c *certificate) goja.Value {
		return m.optional(c.SignatureName(), c.SignatureName() != "")
	}},
	{"signatureAlgorithmOid", true, func(m *module, c *certificate) goja.Value { return m.rt.VM.ToValue(c.SignatureOID) }},
	{"raw", false, func(m *module, c *certificate) goja.Value { return m.rt.MakeBuffer(c.Raw) }},
	{"publicKey", false, func(m *module, c *certificate) goja.Value {
		if c.key == nil {
			k, err := c.PublicKey()
			m.rt.Must(err)
			c.key = m.asymmetricValue(k)
		}
		return c.key
	}},
	{"ca", false, func(m *module, c *certificate) goja.Value { return m.rt.VM.ToValue(c.CA) }},
}

func (m *module) optional(s string, is bool) goja.Value {
	if !is {
		return goja.Undefined()
	}
	return m.rt.VM.ToValue(s)
}

func (m *module) nameText(n crypto.Name) goja.Value { return m.optional(n.Text(), !n.Empty()) }

func (m *module) date(ms float64) goja.Value {
	d, err := m.rt.VM.New(m.rt.VM.Get("Date"), m.rt.VM.ToValue(ms))
	if err != nil {
		panic(err)
	}
	return d
}

func (m *module) fingerprint(c *certificate, digest string) goja.Value {
	return m.rt.VM.ToValue(c.Fingerprint(crypto.LookupDigest(digest)))
}

func (m *module) keyUsage(c *crypto.Certificate) goja.Value {
	if c.ExtKeyUsage == nil {
		return goja.Undefined()
	}
	return m.rt.ToValue(c.ExtKeyUsage)
}

// checkOptions are the options of checkHost and checkEmail.
type checkOptions struct {
	subject                                string
	wildcards, partial, multiLabel, single bool
}

func (m *module) checkOptions(v goja.Value) checkOptions {
	rt := m.rt
	out := checkOptions{subject: "default", wildcards: true, partial: true}
	if goja.IsUndefined(v) {
		return out
	}
	o := m.object(v, "options")
	if s := bind.Get(o, "subject"); !goja.IsUndefined(s) {
		text := rt.String(s, "options.subject")
		switch text {
		case "default", "always", "never":
		default:
			rt.ArgValue("options.subject", s, "")
		}
		out.subject = text
	}
	flag := func(name string, def bool) bool {
		if x := bind.Get(o, name); !goja.IsUndefined(x) {
			return rt.Bool(x, "options."+name)
		}
		return def
	}
	out.wildcards = flag("wildcards", true)
	out.partial = flag("partialWildcards", true)
	out.multiLabel = flag("multiLabelWildcards", false)
	out.single = flag("singleLabelSubdomains", false)
	return out
}

func (m *module) certificateChecks(c *bind.Class) {
	rt := m.rt
	c.Method("checkHost", 2, func(call goja.FunctionCall) goja.Value {
		x := m.certificateOf(call.This)
		name := rt.String(call.Argument(0), "name")
		o := m.checkOptions(call.Argument(1))
		found := x.CheckHost(name, o.subject, o.wildcards, o.partial, o.multiLabel)
		return m.optional(found, found != "")
	})
	c.Method("checkEmail", 2, func(call goja.FunctionCall) goja.Value {
		x := m.certificateOf(call.This)
		email := rt.String(call.Argument(0), "email")
		o := m.checkOptions(call.Argument(1))
		return m.optional(email, x.CheckEmail(email, o.subject))
	})
	c.Method("checkIP", 1, func(call goja.FunctionCall) goja.Value {
		x := m.certificateOf(call.This)
		text := rt.String(call.Argument(0), "ip")
		ip, err := netip.ParseAddr(text)
		if err != nil {
			rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_INVALID_ARG_VALUE", "Invalid IP"))
		}
		return m.optional(text, x.CheckIP(ip))
	})
	c.Method("checkIssued", 1, func(call goja.FunctionCall) goja.Value {
		x := m.certificateOf(call.This)
		o, ok := bind.From(call.Argument(0)).(*certificate)
		if !ok {
			rt.ArgType("otherCert", call.Argument(0), "X509Certificate")
		}
		return rt.VM.ToValue(x.IssuedBy(o.Certificate))
	})
	keyArg := func(v goja.Value, kind string) *crypto.Key {
		k, ok := bind.From(v).(*keyObject)
		if !ok {
			rt.ArgType("pkey", v, "KeyObject")
		}
		if k.kind != kind {
			rt.ArgValue("pkey", v, "")
		}
		return k.key
	}
	c.Method("checkPrivateKey", 1, func(call goja.FunctionCall) goja.Value {
		x := m.certificateOf(call.This)
		k := keyArg(call.Argument(0), "private")
		pub, err := x.PublicKey()
		rt.Must(err)
		return rt.VM.ToValue(k.Public().Equal(pub))
	})
	c.Method("verify", 1, func(call goja.FunctionCall) goja.Value {
		x := m.certificateOf(call.This)
		return rt.VM.ToValue(x.Verify(keyArg(call.Argument(0), "public")))
	})
}

// nameObject is a name as tlsSocket.getPeerCertificate shows it: values by short
// name, an array for several.
func (m *module) nameObject(n crypto.Name) goja.Value {
	o := m.rt.VM.NewObject()
	_ = o.SetPrototype(nil)
	for _, part := range n.Parts {
		for _, a := range part {
			vs := n.Values(a.Name)
			if len(vs) == 1 {
				_ = o.Set(a.Name, vs[0])
			} else {
				_ = o.Set(a.Name, m.rt.ToValue(vs))
			}
		}
	}
	return o
}

// LegacyCertificate is the object of tlsSocket.getPeerCertificate.
func LegacyCertificate(rt *bind.Runtime, c *crypto.Certificate) *goja.Object {
	return get(rt).legacyCertificate(c)
}

func (m *module) legacyCertificate(c *crypto.Certificate) *goja.Object {
	rt := m.rt
	o := rt.VM.NewObject()
	_ = o.Set("subject", m.nameObject(c.Subject))
	_ = o.Set("issuer", m.nameObject(c.Issuer))
	_ = o.Set("subjectaltname", m.optional(c.AltNameText(), c.AltNames != nil))
	_ = o.Set("infoAccess", m.infoAccess(c))
	_ = o.Set("ca", c.CA)
	undefined := func(names ...string) {
		for _, n := range names {
			_ = o.Set(n, goja.Undefined())
		}
	}
	k, _ := c.PublicKey()
	switch {
	case k != nil && k.RSA != nil:
		_ = o.Set("modulus", strings.ToUpper(k.RSA.N.Text(16)))
		_ = o.Set("exponent", "0x"+k.RSA.E.Text(16))
		_ = o.Set("pubkey", rt.MakeBuffer(k.MarshalSPKI()))
		_ = o.Set("bits", k.RSA.N.BitLen())
	case k != nil && k.EC != nil:
		undefined("modulus", "exponent")
		_ = o.Set("pubkey", rt.MakeBuffer(k.EC.Bytes(crypto.PointUncompressed)))
		_ = o.Set("bits", k.EC.Curve.N.BitLen())
	default:
		undefined("modulus", "exponent", "pubkey", "bits")
	}
	_ = o.Set("valid_from", crypto.TimeText(c.NotBefore))
	_ = o.Set("valid_to", crypto.TimeText(c.NotAfter))
	for _, d := range []struct{ name, digest string }{{"fingerprint", "sha1"}, {"fingerprint256", "sha256"}, {"fingerprint512", "sha512"}} {
		_ = o.Set(d.name, c.Fingerprint(crypto.LookupDigest(d.digest)))
	}
	_ = o.Set("ext_key_usage", m.keyUsage(c))
	_ = o.Set("serialNumber", c.SerialText())
	_ = o.Set("raw", rt.MakeBuffer(c.Raw))
	if k != nil && k.EC != nil {
		_ = o.Set("asn1Curve", k.EC.Curve.Name)
		if n := k.EC.Curve.NISTName(); strings.HasPrefix(n, "P-") {
			_ = o.Set("nistCurve", n)
		} else {
			undefined("nistCurve")
		}
	} else {
		undefined("asn1Curve", "nistCurve")
	}
	return o
}

func (m *module) infoAccess(c *crypto.Certificate) goja.Value {
	if c.InfoAccess == nil {
		return goja.Undefined()
	}
	o := m.rt.VM.NewObject()
	_ = o.SetPrototype(nil)
	lists := map[string][]string{}
	for line := range strings.SplitSeq(c.InfoAccessText(), "\n") {
		key, value, _ := strings.Cut(line, ":")
		lists[key] = append(lists[key], value)
		_ = o.Set(key, m.rt.ToValue(lists[key]))
	}
	return o
}

// defineSPKAC adds the class Certificate, whose functions are static and, of
// old, methods.
func (m *module) defineSPKAC() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Certificate", New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
	m.spkac = c
	read := func(call goja.FunctionCall) *crypto.Challenge {
		p := m.bytes(call.Argument(0), call.Argument(1), "spkac")
		if len(p) > math.MaxInt32 {
			rt.Throw(nodeerr.Native(nodeerr.KindRange, "ERR_OUT_OF_RANGE", fmt.Sprintf("%s is too large", "spkac")))
		}
		return crypto.ParseSPKAC(p)
	}
	for _, x := range []struct {
		name string
		f    bind.Method
	}{
		{"verifySpkac", func(call goja.FunctionCall) goja.Value {
			s := read(call)
			return rt.VM.ToValue(s != nil && s.Valid)
		}},
		{"exportPublicKey", func(call goja.FunctionCall) goja.Value {
			if s := read(call); s != nil {
				return rt.MakeBuffer(crypto.EncodePEM("PUBLIC KEY", s.Key.MarshalSPKI()))
			}
			return rt.VM.ToValue("")
		}},
		{"exportChallenge", func(call goja.FunctionCall) goja.Value {
			if s := read(call); s != nil {
				return rt.MakeBuffer(s.Challenge)
			}
			return rt.VM.ToValue("")
		}},
	} {
		c.Method(x.name, 2, x.f)
		c.Static(x.name, 2, x.f)
	}
	c.Seal()
}
