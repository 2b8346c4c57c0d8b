package tlsmod

import (
	"bytes"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/tls"
)

// hooks are the events of a server with which it asks its program during a
// handshake: those that somebody listens to.
func (m *module) hooks(srv *net.Server) (h tls.Hooks) {
	rt := m.rt
	if srv.ListenerCount("newSession") > 0 {
		h.NewSession = func(_ *tls.Socket, id, data []byte, answer func()) {
			srv.Emit("newSession", rt.MakeBuffer(id), rt.MakeBuffer(data), m.once(func(goja.FunctionCall) { answer() }))
		}
	}
	if srv.ListenerCount("resumeSession") > 0 {
		h.ResumeSession = func(_ *tls.Socket, id []byte, answer func([]byte, error)) {
			srv.Emit("resumeSession", rt.MakeBuffer(id), m.once(func(c goja.FunctionCall) { m.answered(c, answer) }))
		}
	}
	if srv.ListenerCount("OCSPRequest") > 0 {
		h.OCSPRequest = func(_ *tls.Socket, certificate, issuer []byte, answer func([]byte, error)) {
			var from goja.Value = goja.Null()
			if issuer != nil {
				from = rt.MakeBuffer(bytes.Clone(issuer))
			}
			srv.Emit("OCSPRequest", rt.MakeBuffer(bytes.Clone(certificate)), from, m.once(func(c goja.FunctionCall) { m.answered(c, answer) }))
		}
	}
	return h
}

// once makes a callback of which the second call does nothing.
func (m *module) once(f func(goja.FunctionCall)) goja.Value {
	called := false
	return m.rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
		if !called {
			called = true
			f(c)
		}
		return goja.Undefined()
	})
}

// answered reads what a program gave to callback(err, bytes).
func (m *module) answered(c goja.FunctionCall, answer func([]byte, error)) {
	if err := c.Argument(0); err.ToBoolean() {
		answer(nil, m.rt.GoError(err))
		return
	}
	if p, ok := m.rt.BufferSource(c.Argument(1)); ok {
		answer(bytes.Clone(p), nil)
		return
	}
	answer(nil, nil)
}
