package fetchmod

import (
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"errors"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/wsframe"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/library"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
)

// LoadWebSocket returns WebSocket and ErrorEvent by name, for the globals.
func LoadWebSocket(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.sockets == nil {
		m.sockets = folder.Run(rt, "websocket", m.made.Get("idl"), m.socketNatives())
	}
	return m.sockets
}

// acceptGUID is the constant of the handshake (RFC 6455, 1.3).
const acceptGUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

// socketNatives is what js/websocket.js needs of Go.
func (m *module) socketNatives() *goja.Object {
	rt := m.rt
	o := rt.VM.NewObject()
	set := func(name string, f bind.Method) { _ = o.Set(name, rt.Func(name, 0, f)) }
	set("defineHandler", func(c goja.FunctionCall) goja.Value {
		eventtargetmod.DefineHandlerOn(rt, c.Argument(0).(*goja.Object), c.Argument(1).String())
		return goja.Undefined()
	})
	set("key", func(goja.FunctionCall) goja.Value {
		var b [16]byte
		_, _ = rand.Read(b[:])
		return rt.VM.ToValue(base64.StdEncoding.EncodeToString(b[:]))
	})
	set("accept", func(c goja.FunctionCall) goja.Value {
		sum := sha1.Sum([]byte(c.Argument(0).String() + acceptGUID))
		return rt.VM.ToValue(base64.StdEncoding.EncodeToString(sum[:]))
	})
	set("text", func(c goja.FunctionCall) goja.Value {
		p, _ := rt.BufferSource(c.Argument(0))
		return rt.VM.ToValue(string(p))
	})
	set("frame", func(c goja.FunctionCall) goja.Value {
		p, _ := rt.BufferSource(c.Argument(1))
		var mask [4]byte
		_, _ = rand.Read(mask[:])
		return library.Bytes(rt, wsframe.Encode(byte(c.Argument(0).ToInteger()), p, mask))
	})
	set("decoder", func(c goja.FunctionCall) goja.Value {
		d := &wsframe.Decoder{Deflate: c.Argument(0).ToBoolean(), NoContext: c.Argument(1).ToBoolean()}
		return rt.Func("decoder", 1, func(c goja.FunctionCall) goja.Value { return m.decode(d, c.Argument(0)) })
	})
	return o
}

// decode gives bytes to a decoder: {messages, error}.
func (m *module) decode(d *wsframe.Decoder, v goja.Value) goja.Value {
	rt := m.rt
	p, _ := rt.BufferSource(v)
	messages, err := d.Write(p)
	list := make([]any, len(messages))
	for i, x := range messages {
		o := rt.VM.NewObject()
		_ = o.Set("opcode", int(x.Opcode))
		_ = o.Set("payload", library.Bytes(rt, x.Payload))
		list[i] = o
	}
	out := rt.VM.NewObject()
	_ = out.Set("messages", rt.VM.NewArray(list...))
	var e *wsframe.Error
	if errors.As(err, &e) {
		x := rt.VM.NewObject()
		_ = x.Set("code", e.Code)
		_ = x.Set("reason", e.Reason)
		_ = out.Set("error", x)
	}
	return out
}

// LoadEventSource returns EventSource by name, for the global behind
// --experimental-eventsource.
func LoadEventSource(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.events == nil {
		m.events = folder.Run(rt, "eventsource", m.made.Get("idl"), m.made, m.socketNatives())
	}
	return m.events
}
