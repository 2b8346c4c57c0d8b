package processmod

import (
	"fmt"
	"os"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// warnings adds emitWarning
// (https://nodejs.org/docs/latest-v24.x/api/process.html#processemitwarningwarning-options).
func (p *Process) warnings() {
	p.method("emitWarning", 4, func(c goja.FunctionCall) goja.Value {
		p.emitWarning(c)
		return goja.Undefined()
	})
	_ = p.Obj.Set("noDeprecation", p.flag("--no-deprecation"))
	if !p.flag("--no-deprecation") {
		_ = p.Obj.Delete("noDeprecation")
	}
	if p.flag("--throw-deprecation") {
		_ = p.Obj.Set("throwDeprecation", true)
	}
	if p.flag("--trace-deprecation") {
		_ = p.Obj.Set("traceDeprecation", true)
	}
}

func (p *Process) flag(name string) bool {
	for _, a := range p.opt.ExecArgv {
		if a == name {
			return true
		}
	}
	return false
}

func (p *Process) emitWarning(c goja.FunctionCall) {
	rt := p.rt
	warning, typ, code := c.Argument(0), c.Argument(1), c.Argument(2)
	var detail goja.Value = goja.Undefined()
	if o, ok := typ.(*goja.Object); ok && !bind.IsCallable(typ) && !bind.IsArray(typ) {
		code = bind.Get(o, "code")
		if d := bind.Get(o, "detail"); goja.IsString(d) {
			detail = d
		}
		typ = bind.Get(o, "type")
		if goja.IsUndefined(typ) || !typ.ToBoolean() {
			typ = rt.VM.ToValue("Warning")
		}
	} else if bind.IsCallable(typ) {
		typ = rt.VM.ToValue("Warning")
		code = goja.Undefined()
	}
	if bind.IsCallable(code) {
		code = goja.Undefined()
	}
	if !goja.IsUndefined(typ) {
		rt.String(typ, "type")
	} else {
		typ = rt.VM.ToValue("Warning")
	}
	if !goja.IsUndefined(code) {
		rt.String(code, "code")
	}
	var obj *goja.Object
	switch {
	case goja.IsString(warning):
		obj = p.newWarning(warning.String(), typ.String())
		if !goja.IsUndefined(code) {
			_ = obj.Set("code", code)
		}
		if !goja.IsUndefined(detail) {
			_ = obj.Set("detail", detail)
		}
	case rt.IsError(warning):
		obj = warning.(*goja.Object)
	default:
		rt.ArgType("warning", warning, "string", "Error")
	}
	p.send(obj)
}

func (p *Process) newWarning(message, name string) *goja.Object {
	o, err := p.rt.VM.New(p.rt.VM.Get("Error"), p.rt.VM.ToValue(message))
	if err != nil {
		panic(err)
	}
	_ = o.DefineDataProperty("name", p.rt.VM.ToValue(name), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return o
}

// Warn is process.emitWarning for Go callers; props become own properties of
// the warning, props["code"] its code.
func (p *Process) Warn(message, name string, props map[string]any) {
	o := p.newWarning(message, name)
	for _, k := range []string{"emitter", "type", "count", "code", "detail"} {
		if v, ok := props[k]; ok {
			_ = o.Set(k, p.rt.ToValue(v))
		}
	}
	p.send(o)
}

// send emits the 'warning' event on the next tick, and prints.
func (p *Process) send(w *goja.Object) {
	if bind.Get(w, "name").String() == "DeprecationWarning" {
		if bind.Get(p.Obj, "noDeprecation").ToBoolean() {
			return
		}
		if bind.Get(p.Obj, "throwDeprecation").ToBoolean() {
			p.rt.Loop.NextTickFunc(func() { panic(w) })
			return
		}
	}
	p.rt.Loop.NextTickFunc(func() {
		p.print(w)
		p.emit("warning", w)
	})
}

func (p *Process) print(w *goja.Object) {
	if p.flag("--no-warnings") || os.Getenv("NODE_NO_WARNINGS") == "1" {
		return
	}
	name := bind.Get(w, "name").String()
	if name == "DeprecationWarning" && bind.Get(p.Obj, "noDeprecation").ToBoolean() {
		return
	}
	code := ""
	if c := bind.Get(w, "code"); !goja.IsUndefined(c) {
		code = "[" + c.String() + "] "
	}
	trace := p.flag("--trace-warnings") || name == "DeprecationWarning" && bind.Get(p.Obj, "traceDeprecation").ToBoolean()
	msg := fmt.Sprintf("(node:%d) %s", os.Getpid(), code)
	if st := bind.Get(w, "stack"); trace && goja.IsString(st) {
		msg += st.String()
	} else {
		msg += p.rt.Call(bind.Get(w, "toString"), w).String()
	}
	if d := bind.Get(w, "detail"); goja.IsString(d) {
		msg += "\n" + d.String()
	}
	if !trace && !p.warned["hint"] {
		p.warned["hint"] = true
		flag := "--trace-warnings"
		if name == "DeprecationWarning" {
			flag = "--trace-deprecation"
		}
		msg += "\n(Use `node " + flag + " ...` to show where the warning was created)"
	}
	fmt.Fprintln(p.opt.Stderr, msg)
}
