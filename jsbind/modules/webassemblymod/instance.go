package webassemblymod

import (
	"errors"
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
	"github.com/spindle-js/spindle/wasm"
)

// exported is what an exported function holds, for an importer to see.
type exported struct{}

func (m *module) instances(l *scripted.Loader) {
	rt := m.rt
	l.Func("instantiate", 2, func(c goja.FunctionCall) goja.Value {
		i := &instance{m: m, module: bind.From(c.Argument(0)).(*wasm.Module)}
		values := c.Argument(1).(*goja.Object)
		list := make([]wasm.Value, len(i.module.Imports))
		for n, imp := range i.module.Imports {
			v := values.Get(strconv.Itoa(n))
			switch x := bind.From(v).(type) {
			case *memory:
				list[n].Memory = x.MemoryCell
				i.memories = append(i.memories, x)
			case *wasm.GlobalCell:
				list[n].Global = x
			default:
				if imp.Kind == wasm.Function {
					list[n].Func = i.hostFunc(imp.Extern, v)
				}
			}
		}
		x, err := i.module.Instantiate(list)
		i.refresh()
		if err != nil {
			m.throw(err)
		}
		i.Instance = x
		return m.handle(i)
	})
	l.Func("isExported", 1, func(c goja.FunctionCall) goja.Value {
		_, ok := bind.From(c.Argument(0)).(exported)
		return rt.VM.ToValue(ok)
	})
	l.Func("func", 2, func(c goja.FunctionCall) goja.Value {
		i := bind.From(c.Argument(0)).(*instance)
		return i.function(i.module.Exports[c.Argument(1).ToInteger()])
	})
	l.Func("exportedMemory", 2, func(c goja.FunctionCall) goja.Value {
		i := bind.From(c.Argument(0)).(*instance)
		mem := &memory{MemoryCell: i.Memory(i.module.Exports[c.Argument(1).ToInteger()]), m: m}
		i.memories = append(i.memories, mem)
		return m.handle(mem)
	})
	l.Func("exportedGlobal", 2, func(c goja.FunctionCall) goja.Value {
		i := bind.From(c.Argument(0)).(*instance)
		return m.handle(i.Global(i.module.Exports[c.Argument(1).ToInteger()]))
	})
	l.Func("setExports", 2, func(c goja.FunctionCall) goja.Value {
		bind.From(c.Argument(0)).(*instance).exports = c.Argument(1)
		return goja.Undefined()
	})
	l.Func("getExports", 1, func(c goja.FunctionCall) goja.Value { return bind.From(c.Argument(0)).(*instance).exports })
}

// throw throws a trap.
func (m *module) throw(err error) {
	if errors.Is(err, wasm.ErrStack) {
		o, e := m.rt.VM.New(m.rt.VM.Get("RangeError"), m.rt.VM.ToValue(err.Error()))
		if e == nil {
			panic(m.rt.Thrown(o))
		}
	}
	o, e := m.rt.VM.New(m.trap, m.rt.VM.ToValue(err.Error()))
	if e != nil {
		panic(e)
	}
	panic(m.rt.Thrown(o))
}

// refresh detaches the buffers of memories that grew.
func (i *instance) refresh() {
	for _, x := range i.memories {
		x.refresh()
	}
}

// hostFunc makes an imported function of a JavaScript one.
func (i *instance) hostFunc(e wasm.Extern, fn goja.Value) wasm.HostFunc {
	m := i.m
	call := m.rt.Callable(fn)
	return func(stack []uint64) {
		i.refresh()
		args := make([]goja.Value, len(e.Params))
		for n, t := range e.Params {
			args[n] = m.decode(stack[n], t)
		}
		v := call(goja.FunctionCall{This: goja.Undefined(), Arguments: args})
		switch len(e.Results) {
		case 0:
		case 1:
			stack[0] = m.encode(v, e.Results[0])
		default:
			n := 0
			m.rt.VM.ForOf(v, func(x goja.Value) bool {
				if n < len(e.Results) {
					stack[n] = m.encode(x, e.Results[n])
				}
				n++
				return true
			})
			if n != len(e.Results) {
				panic(m.rt.VM.NewTypeError("multi-return length mismatch"))
			}
		}
	}
}

// function makes an exported function.
func (i *instance) function(e wasm.Export) goja.Value {
	m, f := i.m, i.Function(e)
	params, results := f.Extern.Params, f.Extern.Results
	fn := m.rt.Func(strconv.Itoa(int(e.Index)), len(params), func(c goja.FunctionCall) goja.Value {
		var room [8]uint64
		stack := room[:]
		if n := max(len(params), len(results)); n > len(room) {
			stack = make([]uint64, n)
		}
		for n, t := range params {
			stack[n] = m.encode(c.Argument(n), t)
		}
		defer i.refresh()
		if err := f.Call(stack[:max(len(params), len(results))]); err != nil {
			m.throw(err)
		}
		switch len(results) {
		case 0:
			return goja.Undefined()
		case 1:
			return m.decode(stack[0], results[0])
		}
		list := make([]any, len(results))
		for n, t := range results {
			list[n] = m.decode(stack[n], t)
		}
		return m.rt.VM.NewArray(list...)
	})
	m.rt.Attach(fn, exported{})
	return fn
}
