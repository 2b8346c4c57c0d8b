package httpmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http"
)

// parserValue shows socket.parser: an object with the message it is in.
func (m *module) parserValue(p *http.Parser) goja.Value {
	if o, ok := p.Host.(*goja.Object); ok {
		return o
	}
	o := m.rt.VM.NewObject()
	m.rt.Attach(o, p)
	p.Host = o
	m.rt.Accessor(o, "incoming", func(goja.Value) goja.Value {
		if p.Incoming == nil {
			return goja.Null()
		}
		return m.rt.Wrap(p.Incoming)
	}, nil, true)
	m.rt.Accessor(o, "outgoing", func(goja.Value) goja.Value {
		if p.Outgoing == nil {
			return goja.Null()
		}
		return m.rt.Wrap(p.Outgoing)
	}, nil, true)
	m.rt.Accessor(o, "socket", func(goja.Value) goja.Value {
		if p.Conn == nil {
			return goja.Null()
		}
		return m.rt.Wrap(p.Conn)
	}, nil, true)
	m.rt.Accessor(o, "maxHeaderPairs", func(goja.Value) goja.Value { return m.rt.VM.ToValue(p.MaxHeaderPairs) },
		func(_, v goja.Value) { p.MaxHeaderPairs = int(v.ToInteger()) }, true)
	return o
}
