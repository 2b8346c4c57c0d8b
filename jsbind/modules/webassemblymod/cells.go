package webassemblymod

import (
	"github.com/dop251/goja"
	"github.com/tetratelabs/wazero/api"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
	"github.com/spindle-js/spindle/wasm"
)

// memory is a Memory and its ArrayBuffer.
type memory struct {
	*wasm.MemoryCell
	m      *module
	buffer goja.ArrayBuffer
	object goja.Value // the ArrayBuffer's object; nil: nobody has asked for it
}

// refresh detaches the buffer if the memory is another one now.
func (x *memory) refresh() {
	if x.object == nil {
		return
	}
	now, was := x.Bytes(), x.buffer.Bytes()
	if len(now) == len(was) && (len(now) == 0 || &now[0] == &was[0]) {
		return
	}
	x.buffer.Detach()
	x.object = nil
}

func (m *module) cells(l *scripted.Loader) {
	rt := m.rt
	limits := func(min, max goja.Value) wasm.Limits {
		return wasm.Limits{Min: uint32(min.ToInteger()), Max: uint32(max.ToInteger()), HasMax: !goja.IsUndefined(max)}
	}
	l.Func("memory", 2, func(c goja.FunctionCall) goja.Value {
		return m.handle(&memory{MemoryCell: wasm.NewMemory(limits(c.Argument(0), c.Argument(1))), m: m})
	})
	l.Func("buffer", 1, func(c goja.FunctionCall) goja.Value {
		x := bind.From(c.Argument(0)).(*memory)
		x.refresh()
		if x.object == nil {
			p := x.Bytes()
			x.buffer = rt.VM.NewArrayBuffer(p[:len(p):len(p)])
			x.object = rt.VM.ToValue(x.buffer)
		}
		return x.object
	})
	l.Func("grow", 2, func(c goja.FunctionCall) goja.Value {
		x := bind.From(c.Argument(0)).(*memory)
		before, ok := x.Grow(uint32(c.Argument(1).ToInteger()))
		if !ok {
			return rt.VM.ToValue(-1)
		}
		if x.object != nil { // also when it grew by nothing
			x.buffer.Detach()
			x.object = nil
		}
		return rt.VM.ToValue(before)
	})
	l.Func("memoryLimits", 1, func(c goja.FunctionCall) goja.Value {
		x := bind.From(c.Argument(0)).(*memory)
		o := rt.VM.NewObject()
		_ = o.Set("min", len(x.Bytes())>>16)
		if n := x.Limits(); n.HasMax {
			_ = o.Set("max", n.Max)
		}
		return o
	})
	l.Func("memoryFree", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(bind.From(c.Argument(0)).(*memory).Free())
	})
	l.Func("global", 3, func(c goja.FunctionCall) goja.Value {
		t := typeOf(c.Argument(0).String())
		return m.handle(wasm.NewGlobal(t, c.Argument(1).ToBoolean(), m.encode(c.Argument(2), t)))
	})
	global := func(c goja.FunctionCall) *wasm.GlobalCell { return bind.From(c.Argument(0)).(*wasm.GlobalCell) }
	l.Func("globalType", 1, func(c goja.FunctionCall) goja.Value {
		o := rt.VM.NewObject()
		_ = o.Set("type", typeName(global(c).Type))
		_ = o.Set("mutable", global(c).Mutable)
		return o
	})
	l.Func("globalFree", 1, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(global(c).Free()) })
	l.Func("get", 1, func(c goja.FunctionCall) goja.Value { return m.decode(global(c).Get(), global(c).Type) })
	l.Func("set", 2, func(c goja.FunctionCall) goja.Value {
		global(c).Set(m.encode(c.Argument(1), global(c).Type))
		return goja.Undefined()
	})
	l.Func("table", 3, func(c goja.FunctionCall) goja.Value { return m.handle(&table{c.Argument(0).ToInteger()}) })
	l.Func("tableLength", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(bind.From(c.Argument(0)).(*table).length)
	})
}

func typeOf(name string) api.ValueType {
	for _, t := range []api.ValueType{api.ValueTypeI32, api.ValueTypeI64, api.ValueTypeF32, api.ValueTypeF64, api.ValueTypeExternref} {
		if typeName(t) == name {
			return t
		}
	}
	return funcref
}
