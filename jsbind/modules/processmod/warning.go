package processmod

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/consolemod"
)

// warnings adds emitWarning
// (https://nodejs.org/docs/latest-v24.x/api/process.html#processemitwarningwarning-options).
func (p *Process) warnings() {
	p.method("emitWarning", 4, func(c goja.FunctionCall) goja.Value {
		p.emitWarning(c)
		return goja.Undefined()
	})
	if p.flag("--no-deprecation") {
		_ = p.Obj.Set("noDeprecation", true)
	}
	if p.flag("--throw-deprecation") {
		_ = p.Obj.Set("throwDeprecation", true)
	}
	if p.flag("--trace-deprecation") {
		_ = p.Obj.Set("traceDeprecation", true)
	}
}

func (p *Process) flag(name string) bool {
	for _, a := range p.opt.Flags {
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

// send emits the 'warning' event in a tick; the first listener prints.
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
	p.rt.Loop.NextTickFunc(func() { p.emit("warning", w) })
}

// printWarnings adds the listener that prints, unless an option forbids it.
func (p *Process) printWarnings() {
	if p.flag("--no-warnings") || os.Getenv("NODE_NO_WARNINGS") == "1" {
		return
	}
	for _, a := range p.opt.Flags {
		if name, ok := strings.CutPrefix(a, "--disable-warning="); ok {
			p.disabled = append(p.disabled, name)
		}
	}
	e := bind.From(p.Obj).(events.Object).Base()
	e.AddListener(events.Name("warning"), events.NewMethod("onWarning", func(_ *events.Emitter, args ...any) {
		if len(args) == 0 {
			return
		}
		if w, ok := p.rt.ToValue(args[0]).(*goja.Object); ok && p.rt.IsError(w) {
			p.print(w)
		}
	}), false)
}

// print writes a warning to standard error, or to the file of
// --redirect-warnings.
func (p *Process) print(w *goja.Object) {
	name := bind.Get(w, "name").String()
	code := bind.Get(w, "code")
	for _, d := range p.disabled {
		if d == name || goja.IsString(code) && d == code.String() {
			return
		}
	}
	if name == "DeprecationWarning" && bind.Get(p.Obj, "noDeprecation").ToBoolean() {
		return
	}
	trace := p.flag("--trace-warnings") || bind.Get(p.Obj, "traceProcessWarnings").ToBoolean() ||
		name == "DeprecationWarning" && bind.Get(p.Obj, "traceDeprecation").ToBoolean()
	msg := fmt.Sprintf("(node:%d) ", os.Getpid())
	if code.ToBoolean() {
		msg += "[" + code.String() + "] "
	}
	if st := bind.Get(w, "stack"); trace && st.ToBoolean() {
		msg += st.String()
	} else if f := bind.Get(w, "toString"); bind.IsCallable(f) {
		msg += p.rt.Call(f, w).String()
	} else {
		msg += p.rt.Mirror.ErrorString(w)
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
	for _, a := range p.opt.Flags {
		if file, ok := strings.CutPrefix(a, "--redirect-warnings="); ok && appendFile(file, msg+"\n") {
			return
		}
	}
	if file := os.Getenv("NODE_REDIRECT_WARNINGS"); file != "" && appendFile(file, msg+"\n") {
		return
	}
	p.printError(msg)
}

// appendFile reports whether text was added to the file.
func appendFile(name, text string) bool {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return false
	}
	_, err = f.WriteString(text)
	return f.Close() == nil && err == nil
}

// printError writes a line as console.error does, so that a program that
// replaced process.stderr.write sees it; where the embedding program gave a
// writer, to that.
func (p *Process) printError(text string) {
	if p.opt.Stderr != io.Writer(os.Stderr) {
		fmt.Fprintln(p.opt.Stderr, text)
		return
	}
	console := consolemod.Load(p.rt).(*goja.Object)
	p.rt.Call(console.Get("error"), console, p.rt.VM.ToValue("%s"), p.rt.Mirror.StringValue(text))
}
