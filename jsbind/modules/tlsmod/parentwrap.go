package tlsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/tls"
)

// showWrap gives the handle of a TLSSocket over a stream that is no socket its
// _parentWrap, of the class JSStreamSocket, which http2-wrapper (below got)
// takes from there. Here TLS runs over the stream itself: a program that
// constructs the class gets ERR_METHOD_NOT_IMPLEMENTED.
func (m *module) showWrap(this *goja.Object, parent tls.Parent, of goja.Value) {
	switch parent.(type) {
	case nil, *net.Socket, *tls.Socket:
		return
	}
	h, ok := this.Get("_handle").(*goja.Object)
	if !ok {
		return
	}
	if m.streamSocket == nil {
		m.streamSocket = m.rt.NewClass(bind.ClassDef{Name: "JSStreamSocket", Parent: m.netSocket, Length: 1, New: func(*goja.Object, []goja.Value) *goja.Object {
			m.rt.Throw(nodeerr.MethodNotImplemented("new JSStreamSocket()"))
			return nil
		}})
	}
	wrap := m.rt.VM.CreateObject(m.streamSocket.Proto)
	_ = wrap.Set("stream", of)
	_ = h.Set("_parentWrap", wrap)
}
