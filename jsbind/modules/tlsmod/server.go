package tlsmod

import (
	"bytes"
	"encoding/hex"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/tls"
)

// Sided is a server with a secure side: tls.Server and https.Server.
type Sided interface {
	net.Serverer
	SecureSide() *tls.Side
}

func (m *module) side(v goja.Value) *tls.Side {
	s, ok := bind.From(v).(Sided)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Server"))
	}
	return s.SecureSide()
}

func (m *module) defineServer(parent *bind.Class) {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Server", Key: "tls.Server", Parent: parent, Length: 2, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		opts, listener := m.serverArguments(args)
		so := netmod.ReadServerOptions(rt, opts)
		so.Host, so.HasHost = m.server.Host(), true
		s := &tls.Server{}
		s.Bind(so.Host, s)
		m.server.Adopt(this, s)
		s.Init(rt.Loop, s, so)
		m.secure(&s.Side, &s.Server, opts)
		if listener != nil {
			s.AddListener(events.Name("secureConnection"), events.NewHostListener(listener, false), false)
		}
		return nil
	}})
	m.server = c
	m.serverMethods(c)
	c.Seal()
}

// serverArguments sorts (options, listener).
func (m *module) serverArguments(args []goja.Value) (opts *goja.Object, listener goja.Value) {
	first := arg(args, 0)
	if f := arg(args, 1); bind.IsCallable(f) {
		listener = f
	}
	switch o, ok := first.(*goja.Object); {
	case bind.IsCallable(first):
		listener = first
	case bind.IsNullish(first):
	case ok:
		opts = o
	default:
		m.rt.ArgType("options", first, "object")
	}
	return opts, listener
}

// Secure gives a server its secure side; for https.
func Secure(rt *bind.Runtime, x *tls.Side, srv *net.Server, opts *goja.Object) {
	get(rt).secure(x, srv, opts)
}

// ServerMethods adds the methods of tls.Server to a class that does not derive
// from it.
func ServerMethods(rt *bind.Runtime, c *bind.Class) { get(rt).serverMethods(c) }

func (m *module) secure(x *tls.Side, srv *net.Server, opts *goja.Object) {
	rt := m.rt
	get := func(name string) goja.Value { return bind.Get(opts, name) }
	Load(rt)
	so := tls.ServerOptions{RequestCert: get("requestCert").ToBoolean() && bind.TypeOf(get("requestCert")) == "boolean",
		RejectUnauthorized: !isFalse(get("rejectUnauthorized")), ALPN: m.alpn(get("ALPNProtocols")), Fallback: m.fallback(),
		PauseOnConnect: get("pauseOnConnect").ToBoolean(), HandshakeTimeout: 120000}
	if f := get("ALPNCallback"); bind.IsCallable(f) {
		if !bind.IsNullish(get("ALPNProtocols")) {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS", "The ALPNCallback and ALPNProtocols TLS options are mutually exclusive"))
		}
		so.ALPNCallback = m.alpnCallback(f)
	}
	if v := get("handshakeTimeout"); v.ToBoolean() {
		so.HandshakeTimeout = int64(rt.Number(v, "options.handshakeTimeout"))
	}
	if f := get("SNICallback"); !bind.IsNullish(f) && f.ToBoolean() {
		so.SNICallback = m.sniCallback(rt.Function(f, "options.SNICallback"))
	}
	if !bind.IsNullish(get("pskCallback")) {
		rt.Throw(nodeerr.MethodNotImplemented("tls.createServer({ pskCallback })"))
	}
	so.Hooks = func() tls.Hooks { return m.hooks(srv) }
	ctx := m.readContext(opts)
	x.NewSocket = func(parent tls.Parent, o tls.SocketOptions) (*tls.Socket, error) {
		return m.adopt(parent, o, m.socket.Host())
	}
	x.Secure(srv, ctx, so)
	this, ok := rt.Wrap(srv).(*goja.Object)
	if !ok {
		return
	}
	if p, ok := m.alpnWire(get("ALPNProtocols")); ok {
		_ = this.Set("ALPNProtocols", rt.MakeBuffer(p))
	}
	if f := get("ALPNCallback"); bind.IsCallable(f) {
		_ = this.Set("ALPNCallback", f)
	}
	_ = this.Set("requestCert", so.RequestCert)
	_ = this.Set("rejectUnauthorized", so.RejectUnauthorized)
	m.keepOptions(this, opts)
	creds := rt.VM.CreateObject(m.context.Proto)
	m.initContext(creds, ctx)
	_ = this.Set("_sharedCreds", creds)
}

// kept are the options of the secure context that a server keeps as properties:
// programs pass server.cert on.
var kept = []string{"pfx", "key", "passphrase", "cert", "clientCertEngine", "ca", "minVersion", "maxVersion", "secureProtocol", "crl", "sigalgs",
	"ciphers", "ecdhCurve", "dhparam", "honorCipherOrder", "secureOptions", "sessionIdContext", "privateKeyIdentifier", "privateKeyEngine"}

func (m *module) keepOptions(this, opts *goja.Object) {
	for _, name := range kept {
		v := bind.Get(opts, name)
		if name == "honorCipherOrder" {
			v = m.rt.VM.ToValue(goja.IsUndefined(v) || v.ToBoolean())
		}
		_ = this.Set(name, v)
	}
}

func (m *module) serverMethods(c *bind.Class) {
	rt := m.rt
	c.Method("setSecureContext", 1, func(call goja.FunctionCall) goja.Value {
		opts := m.object(call.Argument(0), "options")
		m.side(call.This).Context = m.readContext(opts)
		if this, ok := call.This.(*goja.Object); ok {
			m.keepOptions(this, opts)
		}
		return goja.Undefined()
	})
	c.Method("addContext", 2, func(call goja.FunctionCall) goja.Value {
		name := call.Argument(0)
		if !name.ToBoolean() {
			rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_TLS_REQUIRED_SERVER_NAME", `"servername" is required parameter for Server.addContext`))
		}
		ctx := contextOf(call.Argument(1))
		if ctx == nil {
			ctx = m.readContext(m.object(call.Argument(1), "context"))
		}
		m.side(call.This).AddContext(name.String(), ctx)
		return goja.Undefined()
	})
	c.Method("getTicketKeys", 0, func(call goja.FunctionCall) goja.Value {
		return rt.MakeBuffer(bytes.Clone(m.side(call.This).Context.TicketKeys))
	})
	c.Method("setTicketKeys", 1, func(call goja.FunctionCall) goja.Value {
		p, ok := bind.BytesOf(call.Argument(0))
		if !ok {
			if p, ok = rt.BufferSource(call.Argument(0)); !ok {
				rt.ArgType("buffer", call.Argument(0), "Buffer", "TypedArray", "DataView")
			}
		}
		if len(p) != 48 {
			rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_INTERNAL_ASSERTION", "Session ticket keys must be a 48-byte buffer\n"+
				"This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n"+
				"Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n"))
		}
		m.side(call.This).Context.TicketKeys = bytes.Clone(p)
		return goja.Undefined()
	})
	c.SymbolMethod(rt.SymbolFor("nodejs.rejection"), "", 3, func(call goja.FunctionCall) goja.Value {
		if s := SocketOf(call.Argument(2)); s != nil && call.Argument(1).String() == "secureConnection" {
			s.Destroy(rt.GoError(call.Argument(0)))
		} else if srv, ok := bind.From(call.This).(net.Serverer); ok {
			srv.AsServer().Emit("error", call.Argument(0))
		}
		return goja.Undefined()
	})
	c.Method("_setServerData", 1, func(call goja.FunctionCall) goja.Value {
		o, ok := call.Argument(0).(*goja.Object)
		if !ok {
			return goja.Undefined()
		}
		if p, err := hex.DecodeString(bind.Get(o, "ticketKeys").String()); err == nil && len(p) == 48 {
			m.side(call.This).Context.TicketKeys = p
		}
		return goja.Undefined()
	})
	c.Method("_getServerData", 0, func(call goja.FunctionCall) goja.Value {
		o := rt.VM.NewObject()
		_ = o.Set("ticketKeys", hex.EncodeToString(m.side(call.This).Context.TicketKeys))
		return o
	})
}

func (m *module) object(v goja.Value, name string) *goja.Object {
	o, ok := v.(*goja.Object)
	if !ok {
		m.rt.ArgType(name, v, "object")
	}
	return o
}
