package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// webClasses are the exports of node:stream/web
// (https://nodejs.org/docs/latest-v24.x/api/webstreams.html).
var webClasses = []string{
	"ReadableStream", "ReadableStreamDefaultReader", "ReadableStreamBYOBReader", "ReadableStreamBYOBRequest",
	"ReadableByteStreamController", "ReadableStreamDefaultController", "TransformStream",
	"TransformStreamDefaultController", "WritableStream", "WritableStreamDefaultWriter",
	"WritableStreamDefaultController", "ByteLengthQueuingStrategy", "CountQueuingStrategy",
	"TextEncoderStream", "TextDecoderStream", "CompressionStream", "DecompressionStream",
}

// LoadWeb returns the exports of node:stream/web: classes that say that they
// are not there yet when they are used.
func LoadWeb(rt *bind.Runtime) goja.Value {
	e := rt.VM.NewObject()
	for _, name := range webClasses {
		c := rt.NewClass(bind.ClassDef{Name: name, ES6: true, New: func(*goja.Object, []goja.Value) *goja.Object {
			rt.Throw(nodeerr.MethodNotImplemented("stream/web." + name))
			return nil
		}})
		_ = e.Set(name, c.Ctor)
	}
	return e
}
