package vmmod

import (
	"errors"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// The modules of node:vm
// (https://nodejs.org/docs/latest-v24.x/api/vm.html#class-vmmodule); their
// classes are in js/module.js, which sees the functions here and a handle for
// each module.

// vmModule is what a handle stands for.
type vmModule struct {
	mod    *lang.Module
	linked bool // what it imports is known
	text   string
}

func (m *module) moduleHosts() {
	vm := m.rt.VM
	on := func(name string, f func(x *vmModule, c goja.FunctionCall) goja.Value) {
		m.loader.Func(name, 1, func(c goja.FunctionCall) goja.Value {
			return f(bind.From(c.Argument(0)).(*vmModule), c)
		})
	}
	m.loader.Func("moduleOfText", 6, m.moduleOfText)
	m.loader.Func("moduleOfSteps", 3, m.moduleOfSteps)
	on("moduleStatus", func(x *vmModule, _ goja.FunctionCall) goja.Value { return vm.ToValue(x.status()) })
	on("moduleName", func(x *vmModule, _ goja.FunctionCall) goja.Value { return m.rt.TextValue(x.mod.Name) })
	on("moduleRequests", func(x *vmModule, _ goja.FunctionCall) goja.Value { return m.moduleRequests(x) })
	on("moduleLink", func(x *vmModule, c goja.FunctionCall) goja.Value { return m.moduleLink(x, c.Argument(1)) })
	on("moduleInstantiate", func(x *vmModule, _ goja.FunctionCall) goja.Value { return m.moduleInstantiate(x) })
	on("moduleEvaluate", func(x *vmModule, c goja.FunctionCall) goja.Value {
		return m.moduleEvaluate(x, c.Argument(1), c.Argument(2).ToBoolean())
	})
	on("moduleNamespace", func(x *vmModule, _ goja.FunctionCall) goja.Value { return x.mod.Namespace() })
	on("moduleError", func(x *vmModule, _ goja.FunctionCall) goja.Value { return x.mod.Failure().Value() })
	on("moduleAsync", func(x *vmModule, _ goja.FunctionCall) goja.Value { return vm.ToValue(x.mod.Async()) })
	on("moduleAwaits", func(x *vmModule, _ goja.FunctionCall) goja.Value { return vm.ToValue(x.mod.TopLevelAwait()) })
	on("moduleExport", func(x *vmModule, c goja.FunctionCall) goja.Value {
		name := c.Argument(1).String()
		for _, n := range x.mod.Declared() {
			if n == name {
				x.mod.SetExport(name, c.Argument(2))
				return goja.Undefined()
			}
		}
		m.throw("ReferenceError", "Export '"+name+"' is not defined in module")
		return nil
	})
	m.loader.Func("isNamespace", 1, func(c goja.FunctionCall) goja.Value {
		o, ok := c.Argument(0).(*goja.Object)
		return vm.ToValue(ok && lang.IsModuleNamespace(o))
	})
}

// status is the module's state in Node's words. A module that waits for a
// top-level await counts as evaluated, as in V8.
func (x *vmModule) status() string {
	switch {
	case x.mod.Evaluated() && x.mod.Failure() != nil:
		return "errored"
	case x.mod.Evaluated() || x.mod.Suspended():
		return "evaluated"
	case x.mod.Evaluating():
		return "evaluating"
	case x.mod.Linked():
		return "linked"
	}
	return "unlinked"
}

func (m *module) handle(x *vmModule) goja.Value {
	o := m.rt.VM.NewObject()
	m.rt.Attach(o, x)
	return o
}

// moduleOfText(text, name, lineOffset, columnOffset, context, importing, meta)
// compiles a module.
func (m *module) moduleOfText(c goja.FunctionCall) goja.Value {
	text, name := c.Argument(0).String(), c.Argument(1).String()
	line, column := c.Argument(2).ToInteger(), c.Argument(3).ToInteger()
	ctx := m.contextOf(c.Argument(4))
	referrer := m.importer(name, text, c.Argument(5), c.Argument(6))
	moved := padded(text, line, column)
	prg, err := lang.CompileFor(name, referrer, moved, lang.ESM, ctx != nil)
	if err != nil {
		m.rt.ThrowSyntax(err)
	}
	m.rt.AddSource(name, text, int(line), int(column))
	x := &vmModule{text: moved, mod: m.rt.Value(lang.Key{}).(*lang.Hooks).NewModule(prg)}
	if ctx != nil {
		x.mod.Scope = ctx.scope
	}
	x.mod.Host = x
	return m.handle(x)
}

// moduleOfSteps(names, name, steps) makes a synthetic module.
func (m *module) moduleOfSteps(c goja.FunctionCall) goja.Value {
	steps := c.Argument(2)
	x := &vmModule{linked: true}
	x.mod = m.rt.Value(lang.Key{}).(*lang.Hooks).NewSyntheticModule(c.Argument(1).String(), m.strings(c.Argument(0)), func(*lang.Module) error {
		m.rt.Call(steps, goja.Undefined())
		return nil
	})
	x.mod.Host = x
	return m.handle(x)
}

func (m *module) moduleRequests(x *vmModule) goja.Value {
	vm := m.rt.VM
	var list []any
	for _, r := range x.mod.Requests() {
		attrs := vm.CreateObject(nil)
		for _, kv := range r.Attributes {
			_ = attrs.Set(kv[0], m.rt.TextValue(kv[1]))
		}
		o := vm.CreateObject(nil)
		_ = o.Set("specifier", m.rt.TextValue(r.Specifier))
		_ = o.Set("attributes", attrs)
		phase := "evaluation"
		if r.Source {
			phase = "source"
		}
		_ = o.Set("phase", phase)
		list = append(list, o)
	}
	return vm.NewArray(list...)
}

// moduleLink says which modules answer the requests.
func (m *module) moduleLink(x *vmModule, handles goja.Value) goja.Value {
	list := handles.(*goja.Object)
	requests := x.mod.Requests()
	deps := make([]*lang.Module, len(requests))
	for i := range requests {
		deps[i] = bind.From(list.Get(bind.FormatNumber(float64(i)))).(*vmModule).mod
		for j := range i {
			if requests[j].Specifier == requests[i].Specifier && sameAttributes(requests[i], requests[j]) && deps[j] != deps[i] {
				m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_MODULE_LINK_MISMATCH", "Module request '"+requests[i].Specifier+"' at index "+bind.FormatNumber(float64(i))+" must be linked to the same module requested at index "+bind.FormatNumber(float64(j))))
			}
		}
	}
	for i, d := range deps {
		x.mod.SetDependency(i, d)
	}
	x.linked = true
	return goja.Undefined()
}

func sameAttributes(a, b lang.ModuleRequest) bool {
	if len(a.Attributes) != len(b.Attributes) {
		return false
	}
	for i, kv := range a.Attributes {
		if kv != b.Attributes[i] {
			return false
		}
	}
	return true
}

// moduleInstantiate links the graph.
func (m *module) moduleInstantiate(x *vmModule) goja.Value {
	if !x.linked {
		m.throwFailure("module is not linked")
	}
	m.checkLinked(x, map[*vmModule]bool{})
	err := x.mod.Instantiate()
	var link *lang.LinkError
	var ex *goja.Exception
	switch {
	case errors.As(err, &link):
		o := m.rt.ErrorObject(nodeerr.KindSyntax, "", link.Message)
		from := link.Importer.Host.(*vmModule)
		if lines := strings.Split(from.text, "\n"); link.Line > 0 && link.Line <= len(lines) {
			info := &lang.SyntaxErrorInfo{
				File: link.Importer.Name, Line: link.Line, Column: link.Column, Width: len(link.Name),
				Message: link.Message, SourceLine: strings.TrimSuffix(lines[link.Line-1], "\r"),
			}
			m.setStack(o, info.Frame()+"\n"+bind.Get(o, "stack").String())
		}
		panic(m.rt.Thrown(o))
	case errors.As(err, &ex):
		panic(ex)
	case err != nil:
		m.rt.Throw(err)
	}
	return goja.Undefined()
}

func (m *module) throwFailure(message string) {
	m.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_VM_MODULE_LINK_FAILURE", message))
}

// checkLinked throws for a request of the graph that nobody answers.
func (m *module) checkLinked(x *vmModule, seen map[*vmModule]bool) {
	if seen[x] {
		return
	}
	seen[x] = true
	for i, d := range x.mod.Dependencies() {
		if d == nil {
			m.throwFailure("request for '" + x.mod.Requests()[i].Specifier + "' can not be resolved on module '" + x.mod.Name + "' that is not linked")
		}
		if x.mod.Requests()[i].Source {
			o := m.rt.ErrorObject(nodeerr.KindSyntax, "", "Source phase import object is not defined for module '"+d.Name+"'")
			panic(m.rt.Thrown(o))
		}
		if y, ok := d.Host.(*vmModule); ok {
			m.checkLinked(y, seen)
		}
	}
}

// moduleEvaluate evaluates the graph and returns a promise of undefined.
func (m *module) moduleEvaluate(x *vmModule, timeout goja.Value, sigint bool) goja.Value {
	guard := m.guard(timeout, sigint)
	var promise goja.Value
	err := m.protect(func() { promise = x.mod.Evaluate() })
	guard.end()
	if _, cut := err.(*goja.InterruptedError); cut {
		x.mod.Abandon()
	}
	return m.settle(promise, err, guard, false)
}

// importer notes who answers import() and import.meta in a text, and returns by
// what name the text asks. importing is a function (specifier, attributes) that
// returns a promise, or says why there is none: see denial; meta is called with
// import.meta or undefined.
func (m *module) importer(name, text string, importing, meta goja.Value) string {
	if !strings.Contains(text, "import") {
		return name
	}
	if s, ok := importing.(goja.String); ok && s.String() == "main" {
		return name
	}
	by := &bind.Importer{}
	if bind.IsCallable(importing) {
		by.Import = func(specifier, attributes goja.Value) goja.Value {
			return m.rt.Call(importing, goja.Undefined(), specifier, attributes)
		}
	} else {
		by.Denied = denial(importing.String())
	}
	if bind.IsCallable(meta) {
		by.Meta = func(o *goja.Object) { m.rt.Call(meta, goja.Undefined(), o) }
	} else {
		by.Meta = func(*goja.Object) {}
	}
	return m.rt.AddImporter(by)
}

// denial is the error of import() where nothing was given that could answer it
// ("missing"), or something that only a flag allows ("flag").
func denial(how string) func() error {
	code, message := "ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING", "A dynamic import callback was not specified."
	if how == "flag" {
		code, message = "ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG", "A dynamic import callback was invoked without --experimental-vm-modules"
	}
	return func() error { return nodeerr.New(nodeerr.KindType, code, message) }
}
