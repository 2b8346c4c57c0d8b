package lang

import (
	"errors"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// Module is a module record of a runtime (ECMA-262 16.2.1): a compiled module,
// or a synthetic one whose exports Go code sets. The loader makes the records,
// connects each request to a record, then instantiates and evaluates the graph.
// A Module belongs to its runtime's goroutine.
type Module struct {
	// Name is what errors call the module: the file's name or URL.
	Name string
	// Host is the loader's to use.
	Host any

	hooks   *Hooks
	program *Program
	deps    []*Module
	linked  bool

	// Scope is the scope of a module that was compiled for a context.
	Scope goja.Value

	evaluate func(*Module) error // of a synthetic module
	declared []string            // the exports of a synthetic module

	ns      *goja.Object
	getters map[string]goja.Value // of the module's own exports, by exported name
	users   map[string][]nsEntry  // the namespaces that show them
	body    *goja.Object          // the generator that runs it
	awaits  int                   // one more than the number of the await that it stands at

	status  moduleStatus
	failure *goja.Exception
	promise *goja.Object // while evaluation waits, and after it did

	resolvePromise, rejectPromise func(any) error
}

type moduleStatus int

const (
	moduleNew moduleStatus = iota
	moduleEvaluating
	moduleEvaluated
)

// nsEntry is a property of a namespace.
type nsEntry struct {
	ns   *goja.Object
	name string
}

// NewModule makes the record of a program compiled with Kind ESM.
func (h *Hooks) NewModule(p *Program) *Module {
	return &Module{Name: p.Name, hooks: h, program: p, deps: make([]*Module, len(p.Module.Requests))}
}

// NewSyntheticModule makes a record with the given exports. evaluate is called
// once, when the module is evaluated, and calls SetExport; it may be nil if the
// exports are set before.
func (h *Hooks) NewSyntheticModule(name string, exports []string, evaluate func(*Module) error) *Module {
	return &Module{Name: name, hooks: h, evaluate: evaluate, declared: exports}
}

// Requests returns what the module imports from.
func (m *Module) Requests() []ModuleRequest {
	if m.program == nil {
		return nil
	}
	return m.program.Module.Requests
}

// SetDependency says which module answers the i-th request.
func (m *Module) SetDependency(i int, dep *Module) { m.deps[i] = dep }

// Linked says whether Instantiate has succeeded.
func (m *Module) Linked() bool { return m.linked }

// Evaluating says that evaluation has begun and is not done: the module is part
// of a cycle, or waits for a top-level await.
func (m *Module) Evaluating() bool { return m.status == moduleEvaluating }

// Suspended says that evaluation has begun, and that the module's own code has
// come to a top-level await or waits for that of another.
func (m *Module) Suspended() bool { return m.status == moduleEvaluating && m.promise != nil }

// Evaluated says that evaluation is done, or failed.
func (m *Module) Evaluated() bool { return m.status == moduleEvaluated }

// Failure returns what evaluation threw, nil if nothing.
func (m *Module) Failure() *goja.Exception { return m.failure }

// Dependencies returns the module that answers each request.
func (m *Module) Dependencies() []*Module { return m.deps }

// HasExport says whether the linked module exports name.
func (m *Module) HasExport(name string) bool {
	x, err := m.resolve(name, map[nsKey]bool{})
	return err == nil && x.m != nil
}

// TopLevelAwait says whether the module itself has a top-level await.
func (m *Module) TopLevelAwait() bool { return m.program != nil && m.program.Module.Async }

// Awaited says whether the module's own code has come to a top-level await.
func (m *Module) Awaited() bool { return m.awaits > 0 }

// Waiting returns the module of the graph, dependencies first, that stands at a
// top-level await, and the place of it (line and column, one-based); nil if none
// does.
func (m *Module) Waiting() (at *Module, line, column int) {
	m.each(func(x *Module) {
		if at == nil && x.status == moduleEvaluating && x.body != nil && x.awaits > 0 {
			at = x
			line, column = x.program.Module.awaitPlace(x.awaits - 1)
		}
	})
	return at, line, column
}

// Namespace returns the module namespace object. The module must be linked.
func (m *Module) Namespace() *goja.Object { return m.ns }

// IsModuleNamespace says whether o is a module namespace object.
func IsModuleNamespace(o *goja.Object) bool { return o.ClassName() == "Module" }

// Async says whether the module or one that it depends on has a top-level
// await, so that it cannot be evaluated at once.
func (m *Module) Async() bool {
	found := false
	m.each(func(x *Module) { found = found || x.program != nil && x.program.Module.Async })
	return found
}

// each calls f for the modules of the graph, dependencies first.
func (m *Module) each(f func(*Module)) {
	seen := make(map[*Module]bool)
	var visit func(*Module)
	visit = func(x *Module) {
		if x == nil || seen[x] {
			return
		}
		seen[x] = true
		for _, d := range x.deps {
			visit(d)
		}
		f(x)
	}
	visit(m)
}

// LinkError says that a module lacks an export which another imports: it is
// thrown as a SyntaxError.
type LinkError struct {
	Message  string
	Importer *Module
	Request  int    // which of the importer's requests
	Name     string // as it is exported
	Local    string // what the importer calls it
	// Line and Column, one-based, are the name's place in the importer; 0 where
	// it is not known.
	Line, Column int
}

// Error returns the message.
func (e *LinkError) Error() string { return e.Message }

// Instantiate links the graph: it makes the namespaces and checks that every
// imported name is exported. What it finds wrong is a *LinkError; an exception
// of the engine is a *goja.Exception.
func (m *Module) Instantiate() (err error) {
	var todo []*Module
	m.each(func(x *Module) {
		if !x.linked {
			todo = append(todo, x)
		}
	})
	vm := m.hooks.loader.vm
	m.hooks.namespaces()
	var wrong *LinkError
	if ex := vm.Try(func() {
		for _, x := range todo {
			for i, d := range x.deps {
				if d == nil {
					panic(newError(vm, "Error", "request for '"+x.Requests()[i].Specifier+"' is not yet fulfilled"))
				}
			}
			x.begin()
		}
		for _, x := range todo {
			if wrong = x.checkImports(); wrong != nil {
				return
			}
		}
		for _, x := range todo {
			x.fillNamespace()
			x.linked = true
		}
	}); ex != nil {
		err = ex
	} else if wrong != nil {
		err = wrong
	}
	if err != nil {
		for _, x := range todo {
			if !x.linked {
				x.ns, x.body = nil, nil
				if x.program != nil {
					x.getters = nil
				}
			}
		}
	}
	return err
}

// namespace returns the namespace object, which begin of another module may
// need before this one's.
func (m *Module) namespace() *goja.Object {
	if m.ns == nil {
		m.ns = m.hooks.loader.vm.CreateObject(nil)
		_ = m.ns.DefineDataPropertySymbol(goja.SymToStringTag, goString("Module"), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		if base := plainParts(m.ns); base != nil {
			base.class = "Module"
		}
	}
	return m.ns
}

// begin runs the module's wrapper up to where the body starts: functions are
// there and the getters of the exports are known.
func (m *Module) begin() {
	m.namespace()
	m.users = make(map[string][]nsEntry)
	if m.getters == nil {
		m.getters = make(map[string]goja.Value)
	}
	if m.program == nil {
		for _, name := range m.declared {
			if _, ok := m.getters[name]; !ok {
				m.getters[name] = goja.Undefined()
			}
		}
		return
	}
	vm := m.hooks.loader.vm
	wrapper, err := m.program.Run(vm)
	rethrow(err)
	call, _ := callable(wrapper)
	if m.Scope != nil {
		call, _ = callable(call(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{m.Scope}}))
	}
	register := vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if len(c.Arguments) == 2 {
			m.awaits = int(c.Arguments[0].ToInteger()) + 1
			return c.Arguments[1]
		}
		exports, _ := callable(c.Argument(0))
		o := exports(goja.FunctionCall{This: goja.Undefined()}).(*goja.Object)
		for _, e := range m.program.Module.exports {
			m.getters[e.exported] = m.getter(e, o.Get(exportGetter+e.exported))
		}
		return goja.Undefined()
	})
	args := []goja.Value{register}
	for _, d := range m.deps {
		args = append(args, d.namespace())
	}
	m.body = call(goja.FunctionCall{This: goja.Undefined(), Arguments: args}).(*goja.Object)
	m.resume("next", goja.Undefined())
	m.nameDefault()
}

// getter is the function that reads an export. Before the variable is
// initialized, the error names the export.
func (m *Module) getter(e exportName, read goja.Value) goja.Value {
	if e.local == e.exported {
		return read
	}
	vm := m.hooks.loader.vm
	f, _ := callable(read)
	return vm.ToValue(func(goja.FunctionCall) goja.Value {
		var v goja.Value
		if ex := vm.Try(func() { v = f(goja.FunctionCall{This: goja.Undefined()}) }); ex != nil {
			o, ok := ex.Value().(*goja.Object)
			if ok && o.Get("message").String() == "Cannot access '"+e.local+"' before initialization" {
				panic(newError(vm, "ReferenceError", "Cannot access '"+e.exported+"' before initialization"))
			}
			panic(ex.Value())
		}
		return v
	})
}

// resume continues the body; it returns what the body awaits, or done.
func (m *Module) resume(how string, v goja.Value) (awaited goja.Value, done bool) {
	f, _ := callable(m.body.Get(how))
	r := f(goja.FunctionCall{This: m.body, Arguments: []goja.Value{v}}).(*goja.Object)
	return r.Get("value"), r.Get("done").ToBoolean()
}

// nameDefault gives an anonymous default export the name default.
func (m *Module) nameDefault() {
	local := m.program.Module.defaultName
	if local == "" {
		return
	}
	vm := m.hooks.loader.vm
	vm.Try(func() {
		get, _ := callable(m.getters["default"])
		fn, ok := get(goja.FunctionCall{This: goja.Undefined()}).(*goja.Object)
		if !ok || fn.ClassName() != "Function" {
			return
		}
		if name, ok := fn.Get("name").(goja.String); ok && name.String() == local {
			_ = fn.DefineDataProperty("name", goString("default"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	})
}

// exportedNames is GetExportedNames (16.2.1.6.2).
func (m *Module) exportedNames(seen map[*Module]bool) []string {
	if seen[m] {
		return nil
	}
	seen[m] = true
	var names []string
	for name := range m.getters {
		names = append(names, name)
	}
	if m.program != nil {
		for _, star := range m.program.Module.stars {
			for _, name := range m.deps[star].exportedNames(seen) {
				if name != "default" && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

var errAmbiguous = errors.New("ambiguous")

var errCircular = errors.New("circular")

// resolve is ResolveExport (16.2.1.6.3): the module and the name of the binding
// that the export shows, a nil module if there is none.
func (m *Module) resolve(name string, seen map[nsKey]bool) (nsKey, error) {
	key := nsKey{m, name}
	if seen[key] {
		return nsKey{}, errCircular
	}
	seen[key] = true
	if _, ok := m.getters[name]; ok {
		if m.program == nil {
			return key, nil
		}
		n, ok := m.program.Module.reexport(name)
		if !ok {
			return key, nil
		}
		if n.imported == "" {
			return nsKey{m.deps[n.request], namespaceBinding}, nil
		}
		return m.deps[n.request].resolve(n.imported, seen)
	}
	if m.program == nil || name == "default" {
		return nsKey{}, nil
	}
	var found nsKey
	for _, star := range m.program.Module.stars {
		x, err := m.deps[star].resolve(name, seen)
		switch {
		case err == errCircular:
		case err != nil:
			return nsKey{}, err
		case x.m == nil:
		case found.m == nil:
			found = x
		case found != x:
			return nsKey{}, errAmbiguous
		}
	}
	return found, nil
}

// reexport returns the import that an export passes on.
func (i *ModuleInfo) reexport(exported string) (importName, bool) {
	for _, e := range i.exports {
		if e.exported != exported {
			continue
		}
		for _, n := range i.imports {
			if n.local == e.local {
				return n, true
			}
		}
	}
	return importName{}, false
}

// namespaceBinding is the name of the binding that is a module's namespace.
const namespaceBinding = "*namespace*"

type nsKey struct {
	m    *Module
	name string
}

// checkImports says which import, or name that is passed on, its module lacks.
func (m *Module) checkImports() *LinkError {
	if m.program == nil {
		return nil
	}
	for _, n := range m.program.Module.inCheckOrder() {
		found, err := m.deps[n.request].resolve(n.imported, map[nsKey]bool{})
		if found.m != nil && err == nil {
			continue
		}
		e := &LinkError{Importer: m, Request: n.request, Name: n.imported, Local: n.local}
		specifier := m.Requests()[n.request].Specifier
		switch err {
		case errAmbiguous:
			e.Message = "The requested module '" + specifier + "' contains conflicting star exports for name '" + n.imported + "'"
		case errCircular:
			e.Message = "Detected cycle while resolving name '" + n.imported + "' in '" + specifier + "'"
		default:
			e.Message = "The requested module '" + specifier + "' does not provide an export named '" + n.imported + "'"
		}
		e.Line, e.Column = n.line, n.column
		return e
	}
	return nil
}

// inCheckOrder lists the imports of names in the order in which V8 looks at
// them: by the importer's names, and those that are passed on last.
func (i *ModuleInfo) inCheckOrder() []importName {
	var list []importName
	for _, n := range i.imports {
		if n.imported != "" {
			list = append(list, n)
		}
	}
	passedOn := func(n importName) int {
		for _, e := range i.exports {
			if e.local == n.local {
				return 1
			}
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b importName) int {
		if d := passedOn(a) - passedOn(b); d != 0 {
			return d
		}
		return strings.Compare(a.local, b.local)
	})
	return list
}

// fillNamespace defines the namespace's properties, in order of their names.
func (m *Module) fillNamespace() {
	names := m.exportedNames(make(map[*Module]bool))
	slices.SortFunc(names, strings.Compare)
	for _, name := range names {
		binding, err := m.resolve(name, make(map[nsKey]bool))
		if err != nil || binding.m == nil {
			continue // ambiguous names are left out
		}
		owner := binding.m
		if binding.name == namespaceBinding {
			setNamespaceValue(m.ns, name, owner.namespace())
			continue
		}
		owner.users[binding.name] = append(owner.users[binding.name], nsEntry{m.ns, name})
		v := owner.getters[binding.name]
		if owner.program == nil || owner.status == moduleEvaluated && owner.constant(binding.name) {
			if owner.program != nil {
				get, _ := callable(v)
				v = get(goja.FunctionCall{This: goja.Undefined()})
			}
			setNamespaceValue(m.ns, name, v)
			continue
		}
		_ = m.ns.DefineAccessorProperty(name, v, nil, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	if base := plainParts(m.ns); base != nil {
		base.extensible = false
	}
}

func (m *Module) constant(name string) bool {
	for _, e := range m.program.Module.exports {
		if e.exported == name {
			return e.constant
		}
	}
	return false
}

// SetExport sets an export of a synthetic module, also after evaluation.
func (m *Module) SetExport(name string, v goja.Value) {
	if m.getters == nil {
		m.getters = make(map[string]goja.Value)
	}
	m.getters[name] = v
	for _, u := range m.users[name] {
		setNamespaceValue(u.ns, u.name, v)
	}
}

// setNamespaceValue makes a property of a namespace show a value, whatever it
// was before: the namespace's properties are not configurable.
func setNamespaceValue(ns *goja.Object, name string, v goja.Value) {
	base := plainParts(ns)
	if base == nil {
		return
	}
	key := unistring.NewFromString(name)
	if _, ok := base.values[key]; !ok {
		base.propNames = append(base.propNames, key)
	}
	base.values[key] = newPropertyValue(valuePropertyMirror{value: v, enumerable: true})
}

// Declared returns the names of a synthetic module's exports.
func (m *Module) Declared() []string { return m.declared }
