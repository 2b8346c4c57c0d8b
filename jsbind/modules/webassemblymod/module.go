package webassemblymod

import (
	"context"
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
	"github.com/spindle-js/spindle/wasm"
)

//go:embed js
var files embed.FS

type module struct {
	rt     *bind.Runtime
	engine *wasm.Engine
	refs   []goja.Value // what externrefs stand for, less one
	trap   goja.Value   // RuntimeError
}

// instance is what an Instance holds.
type instance struct {
	*wasm.Instance
	m        *module
	module   *wasm.Module
	memories []*memory
	exports  goja.Value
}

// table is a Table: its length alone is known.
type table struct{ length int64 }

// Load returns the object WebAssembly.
func Load(rt *bind.Runtime) goja.Value {
	l := scripted.New(rt, "webassembly", files)
	m := &module{rt: rt, engine: wasm.NewEngine()}
	m.modules(l)
	m.instances(l)
	m.cells(l)
	l.Func("attach", 2, func(c goja.FunctionCall) goja.Value {
		if v := bind.From(c.Argument(1)); v != nil {
			rt.Attach(c.Argument(0).(*goja.Object), v)
		}
		return goja.Undefined()
	})
	l.Func("is", 2, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(is(c.Argument(0), c.Argument(1).String())) })
	l.Func("errors", 1, func(c goja.FunctionCall) goja.Value { m.trap = c.Argument(0); return goja.Undefined() })
	return l.Load("webassembly")
}

func is(v goja.Value, kind string) bool {
	var ok bool
	switch x := bind.From(v); kind {
	case "module":
		_, ok = x.(*wasm.Module)
	case "instance":
		_, ok = x.(*instance)
	case "memory":
		_, ok = x.(*memory)
	case "global":
		_, ok = x.(*wasm.GlobalCell)
	case "table":
		_, ok = x.(*table)
	}
	return ok
}

// handle makes an object that holds a Go value.
func (m *module) handle(v any) goja.Value {
	o := m.rt.VM.NewObject()
	m.rt.Attach(o, v)
	return o
}

func (m *module) plainError(err error) goja.Value {
	o, e := m.rt.VM.New(m.rt.VM.Get("Error"), m.rt.VM.ToValue(err.Error()))
	if e != nil {
		panic(e)
	}
	return o
}

func (m *module) modules(l *scripted.Loader) {
	rt := m.rt
	l.Func("compile", 1, func(c goja.FunctionCall) goja.Value {
		p, _ := bind.BytesOf(c.Argument(0))
		x, err := m.engine.Compile(p)
		if err != nil {
			panic(rt.Thrown(m.plainError(err)))
		}
		return m.handle(x)
	})
	l.Func("compileLater", 2, func(c goja.FunctionCall) goja.Value {
		p, _ := bind.BytesOf(c.Argument(0))
		p = append([]byte(nil), p...)
		done := c.Argument(1)
		var x *wasm.Module
		rt.Loop.WorkCPU(context.Background(), "WASM", func(context.Context) (err error) {
			x, err = m.engine.Compile(p)
			return err
		}, func(err error) {
			if err != nil {
				rt.Call(done, goja.Undefined(), m.plainError(err))
				return
			}
			rt.Call(done, goja.Undefined(), goja.Null(), m.handle(x))
		})
		return goja.Undefined()
	})
	l.Func("imports", 1, func(c goja.FunctionCall) goja.Value {
		var list []any
		for _, i := range bind.From(c.Argument(0)).(*wasm.Module).Imports {
			o := m.extern(i.Extern)
			_ = o.Set("module", i.Module)
			_ = o.Set("name", i.Name)
			list = append(list, o)
		}
		return rt.VM.NewArray(list...)
	})
	l.Func("exports", 1, func(c goja.FunctionCall) goja.Value {
		var list []any
		for _, e := range bind.From(c.Argument(0)).(*wasm.Module).Exports {
			o := m.extern(e.Extern)
			_ = o.Set("name", e.Name)
			_ = o.Set("index", e.Index)
			list = append(list, o)
		}
		return rt.VM.NewArray(list...)
	})
	l.Func("customSections", 2, func(c goja.FunctionCall) goja.Value {
		var list []any
		for _, p := range bind.From(c.Argument(0)).(*wasm.Module).CustomSections(c.Argument(1).String()) {
			list = append(list, rt.VM.NewArrayBuffer(append([]byte(nil), p...)))
		}
		return rt.VM.NewArray(list...)
	})
}

// extern tells what an import or export is.
func (m *module) extern(e wasm.Extern) *goja.Object {
	o := m.rt.VM.NewObject()
	_ = o.Set("kind", e.Kind.String())
	switch e.Kind {
	case wasm.Memory, wasm.Table:
		_ = o.Set("min", e.Limits.Min)
		if e.Limits.HasMax {
			_ = o.Set("max", e.Limits.Max)
		}
	case wasm.Global:
		_ = o.Set("mutable", e.Mutable)
	}
	if e.Kind == wasm.Global || e.Kind == wasm.Table {
		_ = o.Set("type", typeName(e.Type))
	}
	return o
}
