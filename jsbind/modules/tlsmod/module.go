package tlsmod

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/tls"
)

type module struct {
	rt                      *bind.Runtime
	socket, server, context *bind.Class
	exports                 *goja.Object
	netSocket               *bind.Class
	streamSocket            *bind.Class // JSStreamSocket, once it was shown

	roots      *goja.Object // tls.rootCertificates, once it was asked for
	defaults   *tls.Store   // setDefaultCACertificates; nil: as it was
	defaultPEM []string
	warnedLog  bool
	extraRead  bool // NODE_EXTRA_CA_CERTS was looked at
	warnedIP   bool
}

type moduleKey struct{}

// Define makes the classes.
func Define(rt *bind.Runtime) { get(rt) }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	sockets := netmod.Define(rt)
	m.netSocket = sockets.Socket
	m.defineContext()
	m.defineSocket(sockets.Socket)
	m.defineServer(sockets.Server)
	return m
}

// Load returns the exports of node:tls.
func Load(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.exports != nil {
		return m.exports
	}
	e := rt.VM.NewObject()
	m.exports = e
	_ = e.Set("CLIENT_RENEG_LIMIT", 3)
	_ = e.Set("CLIENT_RENEG_WINDOW", 600)
	_ = e.Set("DEFAULT_CIPHERS", m.execOption("--tls-cipher-list", tls.DefaultCiphers))
	_ = e.Set("DEFAULT_ECDH_CURVE", "auto")
	m.defaultVersions()
	set := func(name string, n int, f bind.Method) { _ = e.Set(name, rt.Func(name, n, f)) }
	set("getCiphers", 0, func(goja.FunctionCall) goja.Value { return rt.ToValue(tls.CipherNames()) })
	rt.Accessor(e, "rootCertificates", func(goja.Value) goja.Value { return m.rootCertificates() }, nil, true)
	set("getCACertificates", 0, m.getCACertificates)
	set("setDefaultCACertificates", 1, m.setDefaultCACertificates)
	set("convertALPNProtocols", 2, func(c goja.FunctionCall) goja.Value {
		if out, ok := c.Argument(1).(*goja.Object); ok {
			if p, ok := m.alpnWire(c.Argument(0)); ok {
				_ = out.Set("ALPNProtocols", rt.MakeBuffer(p))
			}
		}
		return goja.Undefined()
	})
	set("checkServerIdentity", 2, m.checkServerIdentity)
	set("createSecureContext", 1, func(c goja.FunctionCall) goja.Value { return m.createContext(c.Argument(0)) })
	_ = e.Set("SecureContext", m.context.Ctor)
	_ = e.Set("TLSSocket", m.socket.Ctor)
	_ = e.Set("Server", m.server.Ctor)
	set("createServer", 2, func(c goja.FunctionCall) goja.Value {
		o, err := rt.VM.New(m.server.Ctor, c.Arguments...)
		if err != nil {
			panic(err)
		}
		return o
	})
	set("connect", 0, m.connect)
	return e
}

// execOption returns the value of an option of the command line, or what stands
// for it.
func (m *module) execOption(name, def string) string {
	for i, s := range m.rt.Flags {
		if s == name && i+1 < len(m.rt.Flags) {
			return m.rt.Flags[i+1]
		}
		if v, ok := strings.CutPrefix(s, name+"="); ok {
			return v
		}
	}
	return def
}

func (m *module) hasOption(name string) bool { return slices.Contains(m.rt.Flags, name) }

// defaultVersions sets DEFAULT_MIN_VERSION and DEFAULT_MAX_VERSION from the
// command line.
func (m *module) defaultVersions() {
	lo, hi := "TLSv1.2", "TLSv1.3"
	switch {
	case m.hasOption("--tls-min-v1.0"):
		lo = "TLSv1"
	case m.hasOption("--tls-min-v1.1"):
		lo = "TLSv1.1"
	case m.hasOption("--tls-min-v1.2"):
	case m.hasOption("--tls-min-v1.3"):
		lo = "TLSv1.3"
	}
	if m.hasOption("--tls-max-v1.2") && !m.hasOption("--tls-max-v1.3") {
		hi = "TLSv1.2"
	}
	_ = m.exports.Set("DEFAULT_MIN_VERSION", lo)
	_ = m.exports.Set("DEFAULT_MAX_VERSION", hi)
}

// alpnWire writes protocols as ALPN has them; bytes are taken as they are.
func (m *module) alpnWire(v goja.Value) ([]byte, bool) {
	if list := m.alpn(v); list != nil {
		var out []byte
		for _, p := range list {
			out = append(append(out, byte(len(p))), p...)
		}
		return out, true
	}
	return nil, false
}

// isArray is Array.isArray, which looks through a Proxy.
func (m *module) isArray(v goja.Value) bool {
	array := m.rt.VM.Get("Array").(*goja.Object)
	return m.rt.Call(array.Get("isArray"), array, v).ToBoolean()
}

// alpn reads ALPNProtocols: an array of names, or bytes as ALPN has them; nil
// for none.
func (m *module) alpn(v goja.Value) (out []string) {
	rt := m.rt
	if m.isArray(v) {
		out = []string{}
		o := v.(*goja.Object)
		for i := range int(bind.Get(o, "length").ToInteger()) {
			x := bind.Get(o, bind.FormatNumber(float64(i)))
			p := []byte(x.String())
			if b, ok := rt.BufferSource(x); ok {
				p = b
			}
			if len(p) > 255 {
				rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_OUT_OF_RANGE", "The byte length of the protocol at index "+bind.FormatNumber(float64(i))+
					" exceeds the maximum length. It must be <= 255. Received "+bind.FormatNumber(float64(len(p)))))
			}
			out = append(out, string(p))
		}
		return out
	}
	p, ok := rt.BufferSource(v)
	if !ok {
		return nil
	}
	for len(p) > 0 && int(p[0]) < len(p) {
		n := int(p[0])
		out = append(out, string(p[1:1+n]))
		p = p[1+n:]
	}
	return out
}

// checkServerIdentity is tls.checkServerIdentity(hostname, cert).
func (m *module) checkServerIdentity(c goja.FunctionCall) goja.Value {
	host := c.Argument(0).String()
	cert, ok := c.Argument(1).(*goja.Object)
	if !ok {
		panic(m.rt.VM.NewTypeError("Cannot read properties of " + c.Argument(1).String() + " (reading 'subject')"))
	}
	var id tls.Identity
	if v := bind.Get(cert, "subjectaltname"); v.ToBoolean() {
		id.AltNames = v.String()
	}
	if s, ok := bind.Get(cert, "subject").(*goja.Object); ok {
		if cn := bind.Get(s, "CN"); !goja.IsUndefined(cn) {
			id.HasSubject = true
			for _, x := range items(cn) {
				id.CommonNames = append(id.CommonNames, x.String())
			}
		}
	}
	if reason := tls.CheckIdentity(host, id); reason != "" {
		return m.rt.ErrorValue(nodeerr.TLSAltNameInvalid(reason, host, c.Argument(1)))
	}
	return goja.Undefined()
}
