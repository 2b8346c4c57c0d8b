package lang

import (
	"errors"
	"slices"

	"github.com/dop251/goja"
)

// Evaluation of modules (ECMA-262 16.2.1.6.1.3), at once or with top-level
// awaits.

// settle replaces the getters of exports that cannot change any more by their
// values: a property is read much faster than a function is called.
func (m *Module) settle() {
	if m.program == nil {
		return
	}
	m.nameDefault()
	vm := m.hooks.loader.vm
	for _, e := range m.program.Module.exports {
		if !e.constant {
			continue
		}
		vm.Try(func() {
			get, _ := callable(m.getters[e.exported])
			v := get(goja.FunctionCall{This: goja.Undefined()})
			for _, u := range m.users[e.exported] {
				setNamespaceValue(u.ns, u.name, v)
			}
		})
	}
}

// Evaluate evaluates the graph (16.2.1.6.1.3) and returns a promise that
// settles when it is done. The module must be linked.
func (m *Module) Evaluate() goja.Value {
	vm := m.hooks.loader.vm
	p, ex := m.run()
	if p != nil {
		return p
	}
	promise, resolve, reject := vm.NewPromise()
	if ex != nil {
		_ = reject(ex.Value())
	} else {
		_ = resolve(goja.Undefined())
	}
	return vm.ToValue(promise)
}

// EvaluateSync evaluates a graph without top-level await, as require does. The
// error is what the module threw; ErrAsyncModule if the graph cannot be
// evaluated at once.
func (m *Module) EvaluateSync() error {
	if m.status == moduleNew && m.Async() {
		return ErrAsyncModule
	}
	p, ex := m.run()
	if ex != nil {
		return ex
	}
	if p != nil {
		return ErrAsyncModule
	}
	return nil
}

// ErrAsyncModule says that a module has a top-level await somewhere.
var ErrAsyncModule = errors.New("module graph with top-level await")

// run evaluates the module. It returns a promise if that is not done yet, and
// the exception if it failed.
func (m *Module) run() (*goja.Object, *goja.Exception) {
	switch m.status {
	case moduleEvaluating:
		return m.promise, nil // a cycle, or waiting
	case moduleEvaluated:
		return nil, m.failure
	}
	m.status = moduleEvaluating
	var waits []*goja.Object
	for _, d := range m.deps {
		p, ex := d.run()
		if ex != nil {
			m.finish(ex)
			return nil, ex
		}
		if p != nil && !slices.Contains(waits, p) {
			waits = append(waits, p)
		}
	}
	if len(waits) > 0 {
		m.makePromise()
		m.wait(waits)
		return m.promise, nil
	}
	m.execute()
	if m.status == moduleEvaluated {
		return nil, m.failure
	}
	return m.promise, nil
}

// makePromise makes the promise of an evaluation that cannot end at once.
func (m *Module) makePromise() {
	if m.promise == nil {
		p, resolve, reject := m.hooks.loader.vm.NewPromise()
		m.promise = m.hooks.loader.vm.ToValue(p).(*goja.Object)
		m.resolvePromise, m.rejectPromise = resolve, reject
	}
}

// execute runs the body up to its end or to its first await.
func (m *Module) execute() {
	if m.body != nil {
		m.step("next", goja.Undefined())
		return
	}
	m.finish(m.hooks.loader.vm.Try(func() {
		if m.evaluate != nil {
			rethrow(m.evaluate(m))
		}
	}))
}

// step continues the body and, at an await, comes back when that has settled.
func (m *Module) step(how string, v goja.Value) {
	vm := m.hooks.loader.vm
	var awaited goja.Value
	done := false
	ex := vm.Try(func() {
		if awaited, done = m.resume(how, v); !done {
			m.makePromise()
			m.hooks.generators.setUp()
			m.hooks.generators.await(awaited,
				func(v goja.Value) { m.step("next", v) },
				func(e goja.Value) { m.step("throw", e) })
		}
	})
	if ex != nil || done {
		m.finish(ex)
	}
}

func (m *Module) finish(ex *goja.Exception) {
	m.status = moduleEvaluated
	m.failure = ex
	m.body, m.evaluate = nil, nil
	if ex == nil {
		m.settle()
	}
	switch {
	case m.promise == nil:
	case ex != nil:
		_ = m.rejectPromise(ex.Value())
	default:
		_ = m.resolvePromise(goja.Undefined())
	}
}

// Abandon ends the evaluation of what an interrupt has cut off: those modules of
// the graph that were under way have failed, with null.
func (m *Module) Abandon() {
	m.each(func(x *Module) {
		if x.status == moduleEvaluating {
			x.finish(m.hooks.loader.vm.Try(func() { panic(goja.Null()) }))
		}
	})
}

// wait runs the body once all of waits are fulfilled.
func (m *Module) wait(waits []*goja.Object) {
	left := len(waits)
	for _, w := range waits {
		m.hooks.then(w, func(goja.Value) {
			if left--; left == 0 && m.status != moduleEvaluated {
				m.execute()
			}
		}, func(e goja.Value) {
			if m.status != moduleEvaluated {
				m.finish(m.hooks.loader.vm.Try(func() { panic(e) }))
			}
		})
	}
}

// Then is Promise.prototype.then with functions of Go's, as the language has it
// and whatever a program has put in its place.
func (h *Hooks) Then(p *goja.Object, ok, fail func(goja.Value)) { h.then(p, ok, fail) }

// Microtask runs f n microtasks from now; n is at least one.
func (h *Hooks) Microtask(n int, f func()) {
	p, resolve, _ := h.loader.vm.NewPromise()
	_ = resolve(goja.Undefined())
	next := func(goja.Value) {
		if n == 1 {
			f()
			return
		}
		h.Microtask(n-1, f)
	}
	h.then(h.loader.vm.ToValue(p).(*goja.Object), next, next)
}

// then is Promise.prototype.then with functions of Go's.
func (h *Hooks) then(p *goja.Object, ok, fail func(goja.Value)) {
	vm := h.loader.vm
	h.generators.setUp()
	wrap := func(f func(goja.Value)) goja.Value {
		return vm.ToValue(func(c goja.FunctionCall) goja.Value {
			f(c.Argument(0))
			return goja.Undefined()
		})
	}
	h.generators.then(goja.FunctionCall{This: p, Arguments: []goja.Value{wrap(ok), wrap(fail)}})
}
