package tlsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/nodeerr"
)

type module struct {
	rt                      *bind.Runtime
	socket, server, context *bind.Class
	exports                 *goja.Object
}

type moduleKey struct{}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	sockets := netmod.Define(rt)
	m.socket = m.missing("TLSSocket", "tls.TLSSocket", sockets.Socket, 2)
	m.server = m.missing("Server", "tls.Server", sockets.Server, 2)
	m.context = m.missing("SecureContext", "", nil, 4)
	return m
}

// missing makes a class whose objects cannot be made yet.
func (m *module) missing(name, key string, parent *bind.Class, length int) *bind.Class {
	c := m.rt.NewClass(bind.ClassDef{Name: name, Key: key, Parent: parent, Length: length,
		New: func(*goja.Object, []goja.Value) *goja.Object {
			m.rt.Throw(nodeerr.MethodNotImplemented("tls." + name + "()"))
			return nil
		}})
	return c.Seal()
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
	_ = e.Set("DEFAULT_CIPHERS", DefaultCiphers)
	_ = e.Set("DEFAULT_ECDH_CURVE", "auto")
	_ = e.Set("DEFAULT_MIN_VERSION", "TLSv1.2")
	_ = e.Set("DEFAULT_MAX_VERSION", "TLSv1.3")
	for _, f := range []struct {
		name   string
		length int
	}{
		{"getCiphers", 0}, {"getCACertificates", 0}, {"setDefaultCACertificates", 1}, {"convertALPNProtocols", 2},
		{"checkServerIdentity", 2}, {"createSecureContext", 1}, {"createServer", 2}, {"connect", 0},
	} {
		_ = e.Set(f.name, rt.Func(f.name, f.length, func(goja.FunctionCall) goja.Value {
			rt.Throw(nodeerr.MethodNotImplemented("tls." + f.name + "()"))
			return nil
		}))
	}
	_ = e.Set("SecureContext", m.context.Ctor)
	_ = e.Set("TLSSocket", m.socket.Ctor)
	_ = e.Set("Server", m.server.Ctor)
	return e
}
