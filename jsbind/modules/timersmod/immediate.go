package timersmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
)

// immediate is an Immediate object's state.
type immediate struct {
	m     *module
	obj   *goja.Object
	imm   *loop.Immediate
	fnVal goja.Value
	args  []goja.Value
	dead  bool
	unref bool
}

func (m *module) setImmediate(c goja.FunctionCall) goja.Value {
	im := &immediate{m: m, fnVal: m.rt.Function(c.Argument(0), "callback")}
	if len(c.Arguments) > 1 {
		im.args = append([]goja.Value(nil), c.Arguments[1:]...)
	}
	im.obj = m.rt.VM.CreateObject(m.immediate.Proto)
	m.rt.Attach(im.obj, im)
	im.imm = m.rt.Loop.SetImmediate(im)
	return im.obj
}

// Run fires the immediate; the loop calls it.
func (im *immediate) Run() {
	fn := im.fnVal
	if im.dead || !bind.IsCallable(fn) {
		return
	}
	im.dead = true
	defer func() { im.fnVal = goja.Null() }()
	im.m.rt.Call(fn, im.obj, im.args...)
}

// AsyncType names the immediate for async_hooks.
func (im *immediate) AsyncType() string { return "Immediate" }

// AsyncObject is the Immediate object.
func (im *immediate) AsyncObject() *goja.Object { return im.obj }

func (im *immediate) clear() {
	if !im.dead {
		im.dead = true
		im.imm.Clear()
		if im.m.rt.AsyncCleared != nil {
			im.m.rt.AsyncCleared(im.obj)
		}
	}
	im.fnVal = goja.Null()
}

func (m *module) clearImmediate(c goja.FunctionCall) goja.Value {
	if im, ok := bind.From(c.Argument(0)).(*immediate); ok {
		im.clear()
	}
	return goja.Undefined()
}

func (m *module) defineImmediate() {
	c := m.rt.NewClass(bind.ClassDef{Name: "Immediate", Length: 2, New: func(*goja.Object, []goja.Value) *goja.Object {
		panic(m.rt.VM.NewTypeError("Illegal constructor"))
	}})
	m.immediate = c
	of := func(v goja.Value) *immediate {
		im, _ := bind.From(v).(*immediate)
		if im == nil {
			panic(m.rt.VM.NewTypeError("Illegal invocation"))
		}
		return im
	}
	c.Method("ref", 0, func(call goja.FunctionCall) goja.Value {
		im := of(call.This)
		im.unref = false
		im.imm.Ref()
		return call.This
	})
	c.Method("unref", 0, func(call goja.FunctionCall) goja.Value {
		im := of(call.This)
		im.unref = true
		im.imm.Unref()
		return call.This
	})
	c.Method("hasRef", 0, func(call goja.FunctionCall) goja.Value {
		return m.rt.VM.ToValue(!of(call.This).unref && !of(call.This).dead)
	})
	c.Accessor("_onImmediate", func(this goja.Value) goja.Value {
		if im, ok := bind.From(this).(*immediate); ok {
			return im.fnVal
		}
		return goja.Undefined()
	}, func(this, v goja.Value) {
		if im, ok := bind.From(this).(*immediate); ok {
			im.fnVal = v
		}
	})
	c.Accessor("_argv", func(this goja.Value) goja.Value {
		if im, ok := bind.From(this).(*immediate); ok && len(im.args) > 0 {
			return m.arguments(im.args)
		}
		return goja.Undefined()
	}, nil)
	c.Accessor("_destroyed", func(this goja.Value) goja.Value {
		im, ok := bind.From(this).(*immediate)
		return m.rt.VM.ToValue(ok && im.dead)
	}, nil)
	m.showImmediate(c)
	m.disposable(c, func(v goja.Value) { of(v).clear() })
	c.Seal()
}
