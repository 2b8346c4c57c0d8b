package tlsmod

import (
	"bytes"
	"os"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/cryptomod"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
	"github.com/spindle-js/spindle/tls"
)

// SocketOf returns the Socket behind a value, nil if there is none.
func SocketOf(v goja.Value) *tls.Socket {
	s, _ := bind.From(v).(*tls.Socket)
	return s
}

func (m *module) sock(v goja.Value) *tls.Socket {
	s := SocketOf(v)
	if s == nil {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type TLSSocket"))
	}
	return s
}

func (m *module) defineSocket(parent *bind.Class) {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "TLSSocket", Key: "tls.TLSSocket", Parent: parent, Length: 2, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		opts, _ := arg(args, 1).(*goja.Object)
		o := m.socketOptions(opts)
		no := netmod.ReadSocketOptions(rt, opts)
		if r, ok := bind.Get(opts, "onread").(*goja.Object); ok {
			no.OnRead = netmod.OnRead(rt, this, r)
		}
		parent := m.parent(arg(args, 0))
		s := m.construct(this, parent, no, o)
		m.showWrap(this, parent, arg(args, 0))
		if s.ParentSocket() != nil && s.IsServer { // so that the program can listen first
			rt.Loop.NextTickFunc(func() {
				if !s.Started() {
					s.Start()
				}
			})
		}
		return nil
	}})
	m.socket = c
	m.socketMethods(c)
	m.socketProps(c)
	c.Seal()
}

// parent reads the stream that a TLSSocket runs over, nil for none.
func (m *module) parent(v goja.Value) tls.Parent {
	if bind.IsNullish(v) {
		return nil
	}
	if p, ok := bind.From(v).(tls.Parent); ok {
		return p
	}
	m.rt.ArgType("socket", v, "Duplex")
	return nil
}

func (m *module) construct(this *goja.Object, parent tls.Parent, no net.SocketOptions, o tls.SocketOptions) *tls.Socket {
	s := &tls.Socket{}
	no.Host, no.HasHost = m.socket.Host(), true
	s.Bind(no.Host, s)
	m.socket.Adopt(this, s)
	m.rt.Must(s.Init(m.rt.Loop, s, parent, m.logged(no, s, &o), o))
	return s
}

// logged makes a socket write its keys where --tls-keylog says.
func (m *module) logged(no net.SocketOptions, s *tls.Socket, o *tls.SocketOptions) net.SocketOptions {
	file := m.execOption("--tls-keylog", "")
	if file == "" {
		return no
	}
	if !m.warnedLog && m.rt.Warn != nil {
		m.warnedLog = true
		m.rt.Warn("Using --tls-keylog makes TLS connections insecure by writing secret key material to file "+file, "Warning", nil)
	}
	o.KeyLog = true
	s.On("keylog", func(args ...any) {
		line, _ := args[0].([]byte)
		f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return
		}
		_, _ = f.Write(line)
		_ = f.Close()
	})
	return no
}

// socketOptions reads the options of new TLSSocket().
func (m *module) socketOptions(o *goja.Object) tls.SocketOptions {
	rt := m.rt
	var so tls.SocketOptions
	get := func(name string) goja.Value { return bind.Get(o, name) }
	if v := get("ALPNCallback"); !bind.IsNullish(v) && !bind.IsNullish(get("ALPNProtocols")) {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS", "The ALPNCallback and ALPNProtocols TLS options are mutually exclusive"))
	}
	so.IsServer = get("isServer").ToBoolean()
	if so.Context = contextOf(get("secureContext")); so.Context == nil {
		so.Context = m.readContext(o)
	}
	so.RequestCert = get("requestCert").ToBoolean() || !so.IsServer
	so.RejectUnauthorized = !isFalse(get("rejectUnauthorized"))
	so.ALPN = m.alpn(get("ALPNProtocols"))
	so.Fallback = m.fallback()
	if f := get("ALPNCallback"); bind.IsCallable(f) {
		so.ALPNCallback = m.alpnCallback(f)
	}
	if f := get("SNICallback"); so.IsServer && !bind.IsNullish(f) && f.ToBoolean() {
		so.SNICallback = m.sniCallback(rt.Function(f, "options.SNICallback"))
	}
	if p, ok := rt.BufferSource(get("session")); ok {
		so.Session = bytes.Clone(p)
	}
	so.KeyLog = !so.IsServer
	return so
}

func isFalse(v goja.Value) bool { return bind.TypeOf(v) == "boolean" && !v.ToBoolean() }

// alpnCallback makes the machine's callback of ALPNCallback({servername,
// protocols}).
func (m *module) alpnCallback(f goja.Value) func(*tls.Socket, string, []string, func(string, bool, error)) {
	rt := m.rt
	return func(s *tls.Socket, servername string, protocols []string, answer func(string, bool, error)) {
		o := rt.VM.NewObject()
		_ = o.Set("servername", servername)
		_ = o.Set("protocols", rt.ToValue(protocols))
		r := rt.Call(f, rt.Wrap(s), o)
		if goja.IsUndefined(r) {
			answer("", false, nil)
			return
		}
		for _, p := range protocols {
			if goja.IsString(r) && r.String() == p {
				answer(p, true, nil)
				return
			}
		}
		answer("", false, nodeerr.New(nodeerr.KindType, "ERR_TLS_ALPN_CALLBACK_INVALID_RESULT",
			"ALPN callback returned a value ("+r.String()+") that did not match any of the client's offered protocols ("+join(protocols)+")"))
	}
}

func join(list []string) string {
	out := ""
	for i, s := range list {
		if i > 0 {
			out += ", "
		}
		out += s
	}
	return out
}

// sniCallback makes the machine's callback of SNICallback(servername, cb).
func (m *module) sniCallback(f goja.Value) func(*tls.Socket, string, func(*tls.Context, error)) {
	rt := m.rt
	return func(s *tls.Socket, servername string, answer func(*tls.Context, error)) {
		called := false
		rt.Call(f, rt.Wrap(s), rt.VM.ToValue(servername), rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
			if called {
				rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_MULTIPLE_CALLBACK", "Callback called multiple times"))
			}
			called = true
			if !bind.IsNullish(c.Argument(0)) && c.Argument(0).ToBoolean() {
				answer(nil, rt.GoError(c.Argument(0)))
				return goja.Undefined()
			}
			v := c.Argument(1)
			if bind.IsNullish(v) {
				answer(nil, nil)
				return goja.Undefined()
			}
			ctx := contextOf(v)
			if ctx == nil {
				answer(nil, nodeerr.New(nodeerr.KindType, "", "Invalid SNI context"))
				return goja.Undefined()
			}
			answer(ctx, nil)
			return goja.Undefined()
		}))
	}
}

func (m *module) socketMethods(c *bind.Class) {
	rt := m.rt
	method := func(name string, n int, f func(s *tls.Socket, call goja.FunctionCall) goja.Value) {
		c.Method(name, n, func(call goja.FunctionCall) goja.Value { return f(m.sock(call.This), call) })
	}
	gone := func(s *tls.Socket) bool { return s.Destroyed() || s.Handle() == nil && !s.Connecting() }
	method("disableRenegotiation", 0, func(*tls.Socket, goja.FunctionCall) goja.Value { return goja.Undefined() })
	method("renegotiate", 2, func(s *tls.Socket, call goja.FunctionCall) goja.Value {
		if _, ok := call.Argument(0).(*goja.Object); !ok || bind.IsCallable(call.Argument(0)) {
			rt.ArgType("options", call.Argument(0), "object")
		}
		cb := call.Argument(1)
		if !goja.IsUndefined(cb) {
			rt.Function(cb, "callback")
		}
		if s.Destroyed() {
			return goja.Undefined()
		}
		err := nodeerr.SSL(0x0A00010A, "wrong ssl version", "ERR_SSL_WRONG_SSL_VERSION")
		if bind.IsCallable(cb) {
			rt.Loop.NextTickFunc(func() { rt.Call(cb, goja.Undefined(), rt.ErrorValue(err)) })
		}
		return rt.VM.ToValue(false)
	})
	method("exportKeyingMaterial", 3, func(s *tls.Socket, call goja.FunctionCall) goja.Value {
		n := int(rt.Integer(call.Argument(0), "length", 1, 1<<31-1))
		label := rt.String(call.Argument(1), "label")
		var ctx []byte
		if v := call.Argument(2); !goja.IsUndefined(v) {
			p, ok := rt.BufferSource(v)
			if !ok {
				rt.ArgType("context", v, "Buffer", "TypedArray", "DataView")
			}
			ctx = p
		}
		if !s.Secure {
			rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_TLS_INVALID_STATE", "TLS socket connection must be securely established"))
		}
		p, err := s.State().ExportKeyingMaterial(label, ctx, n)
		rt.Must(err)
		return rt.MakeBuffer(p)
	})
	method("setMaxSendFragment", 1, func(_ *tls.Socket, call goja.FunctionCall) goja.Value {
		n := rt.Integer(call.Argument(0), "size", -bind.MaxSafe, bind.MaxSafe)
		return rt.VM.ToValue(n >= 512 && n <= 16384)
	})
	method("_releaseControl", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		was := s.Released
		s.Released = true
		return rt.VM.ToValue(!was)
	})
	method("_start", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value { s.Start(); return goja.Undefined() })
	method("setServername", 1, func(s *tls.Socket, call goja.FunctionCall) goja.Value {
		name := rt.String(call.Argument(0), "name")
		if s.IsServer {
			rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_TLS_SNI_FROM_SERVER", "Cannot issue SNI from a TLS server-side socket"))
		}
		s.SetServername(name)
		return goja.Undefined()
	})
	method("setSession", 1, func(s *tls.Socket, call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if p, ok := rt.BufferSource(v); ok {
			s.Session = bytes.Clone(p)
		} else if goja.IsString(v) {
			s.Session = []byte(v.String())
		}
		return goja.Undefined()
	})
	method("getPeerCertificate", 1, func(s *tls.Socket, call goja.FunctionCall) goja.Value {
		if gone(s) {
			return goja.Null()
		}
		return m.peerCertificate(s, call.Argument(0).ToBoolean())
	})
	method("getCertificate", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		if gone(s) {
			return goja.Null()
		}
		if list := s.Chosen().Certificate(); len(list) > 0 {
			return cryptomod.LegacyCertificate(rt, list[0])
		}
		return rt.VM.NewObject()
	})
	method("getPeerX509Certificate", 1, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		if sent, _ := s.Peer(); len(sent) > 0 && !gone(s) {
			var issuer *goja.Object
			for i := len(sent) - 1; i >= 0; i-- {
				issuer = cryptomod.CertificateValue(rt, sent[i], issuer)
			}
			return issuer
		}
		return goja.Undefined()
	})
	method("getX509Certificate", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		if list := s.Chosen().Certificate(); len(list) > 0 && !gone(s) {
			return cryptomod.CertificateValue(rt, list[0], nil)
		}
		return goja.Undefined()
	})
	method("setKeyCert", 1, func(s *tls.Socket, call goja.FunctionCall) goja.Value {
		ctx := contextOf(call.Argument(0))
		if ctx == nil {
			o, ok := call.Argument(0).(*goja.Object)
			if !ok {
				rt.ArgType("context", call.Argument(0), "object")
			}
			ctx = m.readContext(o)
		}
		s.SetKeyCert(ctx)
		return goja.Undefined()
	})
	method("getCipher", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		if gone(s) {
			return goja.Null()
		}
		ci, ok := s.Cipher()
		o := rt.VM.NewObject()
		if !ok {
			_ = o.Set("name", "(NONE)")
			_ = o.Set("standardName", "(NONE)")
			_ = o.Set("version", "(NONE)")
			return o
		}
		_ = o.Set("name", ci.Name)
		_ = o.Set("standardName", ci.StandardName)
		_ = o.Set("version", ci.Version)
		return o
	})
	method("getProtocol", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		if gone(s) {
			return goja.Null()
		}
		if p := s.Protocol(); p != "" {
			return rt.VM.ToValue(p)
		}
		return rt.VM.ToValue("unknown")
	})
	method("getSession", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		if p := s.CurrentSession(); p != nil && !gone(s) {
			return rt.MakeBuffer(bytes.Clone(p))
		}
		return goja.Undefined()
	})
	method("getTLSTicket", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		if p := s.Ticket(); p != nil && !gone(s) {
			return rt.MakeBuffer(bytes.Clone(p))
		}
		return goja.Undefined()
	})
	method("isSessionReused", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		if gone(s) {
			return goja.Null()
		}
		return rt.VM.ToValue(s.State().DidResume)
	})
	method("getEphemeralKeyInfo", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value { return m.ephemeralKey(s, gone(s)) })
	method("enableTrace", 0, func(*tls.Socket, goja.FunctionCall) goja.Value {
		rt.Throw(nodeerr.MethodNotImplemented("tlsSocket.enableTrace()"))
		return nil
	})
	method("getSharedSigalgs", 0, func(s *tls.Socket, _ goja.FunctionCall) goja.Value {
		if gone(s) {
			return goja.Null()
		}
		return rt.ToValue(append([]string{}, s.SharedSigalgs()...))
	})
	for _, name := range []string{"getFinished", "getPeerFinished"} {
		method(name, 0, func(*tls.Socket, goja.FunctionCall) goja.Value {
			rt.Throw(nodeerr.MethodNotImplemented("tlsSocket." + name + "()"))
			return nil
		})
	}
}

// ephemeralKey is tlsSocket.getEphemeralKeyInfo().
func (m *module) ephemeralKey(s *tls.Socket, gone bool) goja.Value {
	if gone || s.IsServer {
		return goja.Null()
	}
	o := m.rt.VM.NewObject()
	type group struct {
		name string
		bits int
	}
	g, ok := map[uint16]group{23: {"prime256v1", 256}, 24: {"secp384r1", 384}, 25: {"secp521r1", 521}, 29: {"X25519", 253}}[uint16(s.State().CurveID)]
	switch {
	case ok && s.Secure:
		_ = o.Set("type", "ECDH")
		_ = o.Set("name", g.name)
		_ = o.Set("size", g.bits)
	case s.Secure && s.State().CurveID != 0: // of a hybrid OpenSSL tells nothing
		for _, name := range []string{"type", "name", "size"} {
			_ = o.Set(name, goja.Undefined())
		}
	}
	return o
}

// peerCertificate is tlsSocket.getPeerCertificate([detailed]): with detailed
// each has its issuer's as far as it is known, a root itself.
func (m *module) peerCertificate(s *tls.Socket, detailed bool) goja.Value {
	sent, chain := s.Peer()
	if len(sent) == 0 {
		return m.rt.VM.NewObject()
	}
	first := cryptomod.LegacyCertificate(m.rt, sent[0])
	if !detailed {
		return first
	}
	at := first
	for i := 1; i < len(chain); i++ {
		next := cryptomod.LegacyCertificate(m.rt, chain[i])
		_ = at.Set("issuerCertificate", next)
		at = next
	}
	if last := chain[len(chain)-1]; last.IssuedBy(last) {
		_ = at.Set("issuerCertificate", at)
	}
	return first
}

// identity is the certificate as a program's checkServerIdentity gets it.
func (m *module) identity(s *tls.Socket) goja.Value { return m.peerCertificate(s, true) }

func (m *module) socketProps(c *bind.Class) {
	rt := m.rt
	prop := func(name string, get func(*tls.Socket) any) {
		own := goja.NewSymbol(name)
		c.Accessor(name, func(this goja.Value) goja.Value {
			o, ok := this.(*goja.Object)
			if !ok {
				return goja.Undefined()
			}
			if v := o.GetSymbol(own); v != nil {
				return v
			}
			if s := SocketOf(this); s != nil {
				return rt.ToValue(get(s))
			}
			return goja.Undefined()
		}, func(this, v goja.Value) {
			if o, ok := this.(*goja.Object); ok {
				_ = o.DefineDataPropertySymbol(own, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			}
		}, true)
	}
	prop("encrypted", func(*tls.Socket) any { return true })
	prop("authorized", func(s *tls.Socket) any { return s.Authorized })
	prop("authorizationError", func(s *tls.Socket) any {
		err := s.AuthorizationError
		if err == nil {
			return nil
		}
		if e, ok := rt.ErrorValue(err).(*goja.Object); ok {
			if code := bind.Get(e, "code"); code.ToBoolean() {
				return code
			}
			return bind.Get(e, "message")
		}
		return err.Error()
	})
	prop("alpnProtocol", func(s *tls.Socket) any {
		switch {
		case !s.Secure:
			return nil
		case s.State().NegotiatedProtocol == "":
			return false
		}
		return s.State().NegotiatedProtocol
	})
	prop("servername", func(s *tls.Socket) any {
		name := s.Servername
		if s.IsServer && s.Secure {
			name = s.State().ServerName
		}
		switch {
		case !s.Secure && s.IsServer && name == "":
			return nil
		case name == "":
			return false
		}
		return name
	})
	prop("secureConnecting", func(s *tls.Socket) any { return !s.Secure })
	prop("_secureEstablished", func(s *tls.Socket) any { return s.Secure })
	prop("_tlsOptions", func(s *tls.Socket) any {
		o := rt.VM.NewObject()
		_ = o.Set("isServer", s.IsServer)
		_ = o.Set("requestCert", s.RequestCert)
		_ = o.Set("rejectUnauthorized", s.RejectUnauthorized)
		return o
	})
	prop("_parent", func(s *tls.Socket) any {
		if p := s.ParentSocket(); p != nil {
			return rt.Wrap(p)
		}
		return nil
	})
	prop("ssl", func(s *tls.Socket) any {
		if s.Handle() == nil {
			return nil
		}
		return s.Handle()
	})
}

// adopt makes the JavaScript object of a server's connection.
func (m *module) adopt(parent tls.Parent, o tls.SocketOptions, host events.Host) (*tls.Socket, error) {
	s := &tls.Socket{}
	no := net.NewSocketOptions()
	no.Host, no.HasHost = host, true
	st := parent.AsStream()
	no.AllowHalfOpen = st.AllowHalfOpen()
	no.ReadableHighWaterMark, no.WritableHighWaterMark = st.ReadableHighWaterMark(), st.WritableHighWaterMark()
	if st.ReadableFlowing() == stream.False {
		no.PauseOnCreate = false
	}
	s.Bind(host, s)
	return s, s.Init(m.rt.Loop, s, parent, m.logged(no, s, &o), o)
}
