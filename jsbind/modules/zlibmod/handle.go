package zlibmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/zlib"
)

// handle is what _handle stands for: some packages keep it, call its close at
// another time or write to it themselves.
type handle struct {
	codec  zlib.Codec
	engine *engine
	state  *goja.Object // the Uint32Array with availOut and availIn
	closed bool
}

func handleOf(v goja.Value) *handle {
	h, _ := bind.From(v).(*handle)
	return h
}

// handleNames are the classes of the handles.
func handleName(mode zlib.Mode) string {
	switch mode {
	case zlib.BrotliCompress:
		return "BrotliEncoder"
	case zlib.BrotliDecompress:
		return "BrotliDecoder"
	case zlib.ZstdCompress:
		return "ZstdCompress"
	case zlib.ZstdDecompress:
		return "ZstdDecompress"
	}
	return "Zlib"
}

// defineHandles makes the prototypes of the handles.
func (m *module) defineHandles() {
	rt := m.rt
	m.onError = rt.Func("zlibOnError", 3, func(c goja.FunctionCall) goja.Value {
		owner, ok := c.This.ToObject(rt.VM).GetSymbol(m.owner).(*goja.Object)
		if !ok {
			return goja.Undefined()
		}
		e := m.of(owner)
		e.Destroy(nodeerr.Compression(int(c.Argument(1).ToInteger()), c.Argument(2).String(), c.Argument(0).String()))
		return goja.Undefined()
	})
	for _, name := range []string{"Zlib", "BrotliEncoder", "BrotliDecoder", "ZstdCompress", "ZstdDecompress"} {
		ctor := rt.NewableOnly(name, func(*goja.Object, []goja.Value) *goja.Object {
			rt.Throw(nodeerr.MethodNotImplemented("zlib binding " + name))
			return nil
		}, func() error { return nodeerr.MethodNotImplemented("zlib binding " + name) })
		p := ctor.Get("prototype").(*goja.Object)
		set := func(name string, f bind.Method) {
			_ = p.DefineDataProperty(name, rt.Func(name, 0, f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
		set("write", func(c goja.FunctionCall) goja.Value { m.write(c, false); return goja.Undefined() })
		set("writeSync", func(c goja.FunctionCall) goja.Value { m.write(c, true); return goja.Undefined() })
		set("close", func(c goja.FunctionCall) goja.Value {
			if h := handleOf(c.This); h != nil {
				h.closed = true
			}
			return goja.Undefined()
		})
		set("params", func(c goja.FunctionCall) goja.Value {
			h := m.handle(c.This)
			if t, ok := h.codec.(zlib.Tunable); ok {
				m.report(c.This, t.Params(int(c.Argument(0).ToInteger()), int(c.Argument(1).ToInteger())))
			}
			return goja.Undefined()
		})
		set("reset", func(c goja.FunctionCall) goja.Value {
			m.report(c.This, m.handle(c.This).codec.Reset())
			return goja.Undefined()
		})
		m.handles[name] = p
	}
}

// newHandle makes the object of h.
func (m *module) newHandle(h *handle, mode zlib.Mode) *goja.Object {
	o := m.rt.VM.CreateObject(m.handles[handleName(mode)])
	m.rt.Attach(o, h)
	_ = o.Set("onerror", m.onError)
	_ = o.DefineDataPropertySymbol(m.owner, h.engine.obj, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	return o
}

// handle returns the open handle behind this or throws.
func (m *module) handle(v goja.Value) *handle {
	h := handleOf(v)
	if h == nil {
		panic(m.rt.VM.NewTypeError("Illegal invocation"))
	}
	if h.closed {
		m.assert("zlib binding closed")
	}
	return h
}

// report calls the handle's onerror.
func (m *module) report(v goja.Value, err *nodeerr.Error) {
	if err == nil {
		return
	}
	o := v.ToObject(m.rt.VM)
	if f := o.Get("onerror"); f != nil && bind.IsCallable(f) {
		m.rt.Call(f, o, m.rt.VM.ToValue(err.Message), m.rt.VM.ToValue(err.Errno), m.rt.VM.ToValue(err.Code))
	}
}

// write is handle.write and writeSync(flush, in, inOff, inLen, out, outOff,
// outLen): one step, whose outcome is in the write state. An asynchronous one
// ends with the handle's callback, which only the class itself sets: it goes
// through the stream instead.
func (m *module) write(c goja.FunctionCall, sync bool) {
	h := m.handle(c.This)
	if !sync {
		m.rt.Throw(nodeerr.MethodNotImplemented("zlib handle.write()"))
	}
	part := func(v goja.Value, off, n goja.Value) []byte {
		if bind.IsNullish(v) {
			return nil
		}
		p, _ := m.view(v)
		from, size := int(off.ToInteger()), int(n.ToInteger())
		if from < 0 || size < 0 || from+size > len(p) {
			m.assert("Invalid access")
		}
		return p[from : from+size]
	}
	in := part(c.Argument(1), c.Argument(2), c.Argument(3))
	out := part(c.Argument(4), c.Argument(5), c.Argument(6))
	nin, nout, err := h.codec.Step(in, out, int(c.Argument(0).ToInteger()))
	if err != nil {
		m.report(c.This, err)
		return
	}
	_ = h.state.Set("0", len(out)-nout)
	_ = h.state.Set("1", len(in)-nin)
}
