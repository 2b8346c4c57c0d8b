package dgrammod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

var bufferTypes = []string{"Buffer", "TypedArray", "DataView", "string"}

// bytes returns the memory of a view, or of text as UTF-8.
func (m *module) bytes(v goja.Value) ([]byte, bool) {
	if goja.IsString(v) {
		return []byte(v.String()), true
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	if buffer := m.rt.VM.Get("ArrayBuffer").(*goja.Object); !m.rt.Call(buffer.Get("isView"), buffer, o).ToBoolean() {
		return nil, false
	}
	return m.rt.BufferSource(o)
}

// part is the message given to send.
func (m *module) part(v goja.Value) []byte {
	p, ok := m.bytes(v)
	if !ok {
		m.rt.ArgType("buffer", v, bufferTypes...)
	}
	return p
}

// slice is the part of a message that an offset and a length tell.
func (m *module) slice(v, offset, length goja.Value) []byte {
	p := m.part(v)
	from, n := uint32(offset.ToInteger()), uint32(length.ToInteger())
	if int64(from) > int64(len(p)) {
		m.rt.Throw(nodeerr.BufferOutOfBoundsOf("offset"))
	}
	if int64(from)+int64(n) > int64(len(p)) {
		m.rt.Throw(nodeerr.BufferOutOfBoundsOf("length"))
	}
	return p[from : from+n]
}

// message makes the parts of a message.
func (m *module) message(v goja.Value) [][]byte {
	if !bind.IsArray(v) {
		return [][]byte{m.part(v)}
	}
	o := v.(*goja.Object)
	var out [][]byte
	for i := range int(o.Get("length").ToInteger()) {
		p, ok := m.bytes(bind.Get(o, strconv.Itoa(i)))
		if !ok {
			m.rt.ArgType("buffer list arguments", v, bufferTypes...)
		}
		out = append(out, p)
	}
	return out
}

func (m *module) sendMethods(c *bind.Class) {
	rt := m.rt
	c.Method("sendto", 6, func(call goja.FunctionCall) goja.Value {
		rt.Number(call.Argument(1), "offset")
		rt.Number(call.Argument(2), "length")
		rt.Number(call.Argument(3), "port")
		rt.String(call.Argument(4), "address")
		this := call.This.(*goja.Object)
		rt.Call(this.Get("send"), this, call.Arguments...)
		return goja.Undefined()
	})
	c.Method("send", 6, m.send)
}

// send is socket.send in all its forms
// (https://nodejs.org/docs/latest-v24.x/api/dgram.html#socketsendmsg-offset-length-port-address-callback).
func (m *module) send(c goja.FunctionCall) goja.Value {
	rt := m.rt
	s := m.of(c.This)
	buffer, offset, length := c.Argument(0), c.Argument(1), c.Argument(2)
	port, address, cb := c.Argument(3), c.Argument(4), c.Argument(5)
	var list [][]byte
	switch linked := s.Connected(); {
	case !linked && (address.ToBoolean() || port.ToBoolean() && !bind.IsCallable(port)):
		list = [][]byte{m.slice(buffer, offset, length)}
	case !linked:
		cb, port, address = port, offset, length
	default:
		if goja.IsNumber(length) {
			list = [][]byte{m.slice(buffer, offset, length)}
			if bind.IsCallable(port) {
				cb, port = port, goja.Null()
			}
		} else {
			cb = offset
		}
		if port.ToBoolean() || address.ToBoolean() {
			rt.Throw(nodeerr.DgramIsConnected())
		}
	}
	if list == nil {
		list = m.message(buffer)
	}
	n := 0
	if !s.Connected() {
		n = m.port(port)
	}
	host := ""
	switch {
	case bind.IsCallable(address):
		cb = address
	case !bind.IsNullish(address):
		host = rt.String(address, "address")
	}
	var done func(error, int)
	if bind.IsCallable(cb) {
		done = func(err error, sent int) {
			switch {
			case err == nil:
				rt.Call(cb, goja.Undefined(), goja.Null(), rt.VM.ToValue(sent))
			case sent < 0:
				rt.Call(cb, goja.Undefined(), rt.ErrorValue(err))
			default:
				rt.Call(cb, goja.Undefined(), rt.ErrorValue(err), rt.VM.ToValue(sent))
			}
		}
	}
	rt.Must(s.Send(list, n, host, done))
	return goja.Undefined()
}
