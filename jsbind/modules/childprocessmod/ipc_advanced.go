package childprocessmod

import (
	"sync"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// advancedProgram makes the two functions of the serialization "advanced": what
// the structured clone algorithm takes, and of other objects their own
// properties.
var advancedProgram = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("node:internal/child_process/serialization", `(function (v8) {
	const isView = ArrayBuffer.isView;
	class ChildProcessSerializer extends v8.DefaultSerializer {
		_writeHostObject(object) {
			const view = isView(object);
			this.writeUint32(view ? 0 : 1);
			if (view) return super._writeHostObject(object);
			this.writeValue({ ...object });
		}
	}
	class ChildProcessDeserializer extends v8.DefaultDeserializer {
		_readHostObject() {
			return this.readUint32() === 0 ? super._readHostObject() : this.readValue();
		}
	}
	return {
		encode(message) {
			const s = new ChildProcessSerializer();
			s.writeHeader();
			s.writeValue(message);
			return s.releaseBuffer();
		},
		decode(bytes) {
			const d = new ChildProcessDeserializer(bytes);
			d.readHeader();
			return d.readValue();
		},
	};
})`, true)
})

// advanced returns the functions encode and decode.
func (m *module) advanced() *goja.Object {
	if m.codec == nil {
		f, err := m.rt.VM.RunProgram(advancedProgram())
		if err != nil {
			panic(err)
		}
		m.codec = m.rt.Call(f, goja.Undefined(), m.rt.Require("v8")).(*goja.Object)
	}
	return m.codec
}

// encode makes the bytes of a message.
func (x *ipc) encode(message goja.Value) []byte {
	rt := x.m.rt
	if x.ch.Framed {
		a := x.m.advanced()
		p, _ := bind.BytesOf(rt.Call(a.Get("encode"), a, message))
		return p
	}
	json := rt.VM.Get("JSON").(*goja.Object)
	return []byte(rt.Call(json.Get("stringify"), json, message).String())
}

// decode makes the message of bytes that it may keep.
func (x *ipc) decode(p []byte) goja.Value {
	rt := x.m.rt
	if x.ch.Framed {
		a := x.m.advanced()
		return rt.Call(a.Get("decode"), a, rt.MakeBuffer(p))
	}
	json := rt.VM.Get("JSON").(*goja.Object)
	return rt.Call(json.Get("parse"), json, rt.VM.ToValue(string(p)))
}
