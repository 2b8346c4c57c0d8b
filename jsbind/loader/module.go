package loader

import (
	"path/filepath"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// The Module class: the constructor and the prototype.

var (
	parentSymbol = bind.HiddenSymbol("kModuleParent")
	// firstSymbol is under what module.exports was when the module had loaded.
	firstSymbol = bind.HiddenSymbol("firstExports")

	// These show, as they do in Node.
	mainSymbol      = goja.NewSymbol("kIsMainSymbol")
	esmSymbol       = goja.NewSymbol("kIsCachedByESMLoader")
	urlSymbol       = goja.NewSymbol("kURL")
	formatSymbol    = goja.NewSymbol("kFormat")
	executingSymbol = goja.NewSymbol("kIsExecuting")
)

// show puts a value under one of Node's own symbols.
func show(o *goja.Object, s *goja.Symbol, v goja.Value) { _ = o.SetSymbol(s, v) }

// own defines a property, whatever a program has put on Object.prototype.
func own(o *goja.Object, name string, v goja.Value) {
	_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// hide keeps a value on an object where no program sees it.
func hide(o *goja.Object, s *goja.Symbol, v goja.Value) {
	_ = o.DefineDataPropertySymbol(s, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// hidden returns what hide kept, undefined if nothing.
func hidden(o *goja.Object, s *goja.Symbol) goja.Value {
	if v := o.GetSymbol(s); v != nil {
		return v
	}
	return goja.Undefined()
}

// newModule is new Module(id, parent).
func (l *Loader) newModule(id string, parent goja.Value) *goja.Object {
	m, err := l.rt.VM.New(l.class.Ctor, l.value(id), parent)
	if err != nil {
		panic(err)
	}
	return m
}

// construct is new Module(id, parent).
func (l *Loader) construct(this *goja.Object, args []goja.Value) *goja.Object {
	var id, parent goja.Value = goja.Undefined(), goja.Undefined()
	if len(args) > 0 {
		id = args[0]
	}
	if len(args) > 1 {
		parent = args[1]
	}
	if goja.IsUndefined(id) {
		id = l.value("")
	}
	text := l.rt.String(id, "path")
	own(this, "id", id)
	own(this, "path", l.value(filepath.Dir(text)))
	own(this, "exports", l.rt.VM.NewObject())
	hide(this, parentSymbol, parent)
	l.adoptChild(parent, this, false)
	own(this, "filename", goja.Null())
	own(this, "loaded", l.rt.VM.ToValue(false))
	own(this, "children", l.rt.VM.NewArray())
	return nil
}

func (l *Loader) prototype() {
	rt := l.rt
	_ = l.class.Proto.Delete("constructor")
	accessor := func(name string, get, set bind.Method) {
		var s goja.Value
		if set != nil {
			s = rt.Func("set", 1, set)
		}
		_ = l.class.Proto.DefineAccessorProperty(name, rt.Func("get", 0, get), s, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
	accessor("constructor", func(goja.FunctionCall) goja.Value { return l.class.Ctor }, nil)
	accessor("isPreloading", func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(l.preload) }, nil)
	accessor("parent", func(c goja.FunctionCall) goja.Value {
		if o, ok := c.This.(*goja.Object); ok {
			return hidden(o, parentSymbol)
		}
		return goja.Undefined()
	}, func(c goja.FunctionCall) goja.Value {
		if o, ok := c.This.(*goja.Object); ok {
			hide(o, parentSymbol, c.Argument(0))
		}
		return goja.Undefined()
	})
	method := func(name string, n int, f bind.Method) { _ = l.class.Proto.Set(name, rt.Func("", n, f)) }
	method("load", 1, func(c goja.FunctionCall) goja.Value {
		l.load(l.receiver(c), c.Argument(0))
		return goja.Undefined()
	})
	method("require", 1, func(c goja.FunctionCall) goja.Value {
		if rt.String(c.Argument(0), "id") == "" {
			rt.ArgValue("id", c.Argument(0), "must be a non-empty string")
		}
		l.loading++
		if l.loading == 1 {
			l.stats.begin()
		}
		defer func() {
			if l.loading--; l.loading == 0 {
				l.stats.end()
			}
		}()
		load := func() goja.Value { return l.call("_load", c.Argument(0), c.This, rt.VM.ToValue(false)) }
		if rt.Tracing != nil && rt.Tracing.Traced("module.require") {
			m, _ := c.This.(*goja.Object)
			return rt.Tracing.TraceSync("module.require", load, "parentFilename", bind.Get(m, "filename"), "id", c.Argument(0))
		}
		return load()
	})
	method("_compile", 3, func(c goja.FunctionCall) goja.Value {
		format := ""
		if goja.IsString(c.Argument(2)) {
			format = c.Argument(2).String()
		}
		return l.compile(l.receiver(c), c.Argument(0).String(), c.Argument(1).String(), format)
	})
}

// receiver returns the module that a method was called on.
func (l *Loader) receiver(c goja.FunctionCall) *goja.Object {
	o, ok := c.This.(*goja.Object)
	if !ok {
		l.rt.Throw(nodeerr.New(nodeerr.KindType, "", "Cannot read properties of "+c.This.String()))
	}
	return o
}

// adoptChild puts m into parent.children, once if it is asked for.
func (l *Loader) adoptChild(parent goja.Value, m *goja.Object, once bool) {
	p, ok := parent.(*goja.Object)
	if !ok {
		return
	}
	kids, ok := p.Get("children").(*goja.Object)
	if !ok || once && l.rt.Call(kids.Get("includes"), kids, m).ToBoolean() {
		return
	}
	l.rt.Call(kids.Get("push"), kids, m)
}

// dropChild takes a module that failed out of parent.children.
func (l *Loader) dropChild(parent goja.Value, m *goja.Object) {
	p, ok := parent.(*goja.Object)
	if !ok {
		return
	}
	kids, ok := p.Get("children").(*goja.Object)
	if !ok || !bind.IsArray(kids) {
		return
	}
	if i := l.rt.Call(kids.Get("indexOf"), kids, m).ToInteger(); i >= 0 {
		l.rt.Call(kids.Get("splice"), kids, l.rt.VM.ToValue(i), l.rt.VM.ToValue(1))
	}
}
