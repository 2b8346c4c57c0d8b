package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/webstreamsmod"
	"github.com/spindle-js/spindle/nodeerr"
)

// webStreamChunk is how many bytes a web stream of a file reads at a time.
const webStreamChunk = 16384

// refuse throws ERR_INVALID_STATE.
func (h *fileHandle) refuse(why string) {
	h.m.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_INVALID_STATE", "Invalid state: "+why))
}

// webStream is filehandle.readableWebStream(options): a byte stream of the file,
// once for a handle.
func (h *fileHandle) webStream(options goja.Value) goja.Value {
	m, rt := h.m, h.m.rt
	switch {
	case h.fd == -1:
		h.refuse("The FileHandle is closed")
	case h.closing != nil:
		h.refuse("The FileHandle is closing")
	case h.locked:
		h.refuse("The FileHandle is locked")
	}
	autoClose := false
	if !goja.IsUndefined(options) {
		o := rt.Object(options, "options")
		if v := bind.Get(o, "autoClose"); !goja.IsUndefined(v) {
			autoClose = rt.Bool(v, "options.autoClose")
		}
		if v := bind.Get(o, "type"); !goja.IsUndefined(v) && v.String() != "bytes" {
			rt.Warn(`A non-"bytes" options.type has no effect. A byte-oriented steam is always created.`, "ExperimentalWarning", nil)
		}
	}
	h.locked = true
	handle := rt.Wrap(h).(*goja.Object)
	shut := func() goja.Value {
		if autoClose {
			return rt.Call(handle.Get("close"), handle)
		}
		return goja.Undefined()
	}
	source := rt.VM.NewObject()
	_ = source.Set("type", "bytes")
	_ = source.Set("autoAllocateChunkSize", webStreamChunk)
	_ = source.Set("pull", rt.Func("pull", 1, func(c goja.FunctionCall) goja.Value {
		controller := c.Argument(0).(*goja.Object)
		request := controller.Get("byobRequest").(*goja.Object)
		view := request.Get("view").(*goja.Object)
		p, resolve, reject := engine.NewPromise(rt.VM)
		m.await(func() goja.Value {
			return rt.Call(handle.Get("read"), handle, view, rt.VM.ToValue(0), view.Get("byteLength"))
		}, func(v goja.Value) {
			if ex := rt.VM.Try(func() {
				n := bind.Get(v.(*goja.Object), "bytesRead")
				if n.ToInteger() == 0 {
					rt.Call(controller.Get("close"), controller)
					shut()
				}
				rt.Call(request.Get("respond"), request, n)
			}); ex != nil {
				_ = reject(ex.Value())
				return
			}
			_ = resolve(goja.Undefined())
		}, func(v goja.Value) { _ = reject(v) })
		return rt.VM.ToValue(p)
	}))
	_ = source.Set("cancel", rt.Func("cancel", 0, func(goja.FunctionCall) goja.Value { return shut() }))
	stream, err := rt.VM.New(webstreamsmod.Load(rt).(*goja.Object).Get("ReadableStream"), source)
	if err != nil {
		panic(err)
	}
	// A handle that is closed ends the stream.
	rt.Call(handle.Get("once"), handle, rt.VM.ToValue("close"), rt.Func("", 0, func(goja.FunctionCall) goja.Value {
		return webstreamsmod.End(rt, "destroy", stream, goja.Undefined())
	}))
	return stream
}
