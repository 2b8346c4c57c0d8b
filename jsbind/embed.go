package jsbind

import (
	"errors"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// Func is a Go function that a script may call. Arguments arrive as Go values:
// nil, bool, float64, string, buffer.Chunk for bytes, the Go object behind an
// object of ours, an error for an Error, and a goja.Value for anything else. The
// result is converted likewise; an error is thrown. It runs on the loop's
// goroutine.
type Func func(args ...any) (any, error)

// Set makes v a global under name. A Func becomes a function; other values are
// converted as Func's results are. It belongs to the loop's goroutine.
func (r *Runtime) Set(name string, v any) error {
	return r.rt.VM.GlobalObject().Set(name, r.value(name, v))
}

func (r *Runtime) value(name string, v any) goja.Value {
	f, ok := v.(Func)
	if !ok {
		return r.rt.ToValue(v)
	}
	return r.rt.Func(name, 0, func(c goja.FunctionCall) goja.Value {
		args := make([]any, len(c.Arguments))
		for i, a := range c.Arguments {
			args[i] = r.rt.ToGo(a)
		}
		out, err := f(args...)
		if err != nil {
			r.rt.Throw(err)
		}
		return r.rt.ToValue(out)
	})
}

// Get returns the Go value of a global, nil for undefined. It belongs to the
// loop's goroutine.
func (r *Runtime) Get(name string) any { return r.rt.ToGo(bind.Get(r.rt.VM.GlobalObject(), name)) }

// RunScript runs text as a module of its own: require, module and the globals
// are there. An exception goes the way of uncaught ones: process events, and if
// nobody listens the runtime ends with exit code 1. The loop is turned by Run.
// It belongs to the loop's goroutine.
func (r *Runtime) RunScript(name, src string) {
	r.Do(func() {
		m := r.loader.Anonymous(name)
		r.process.Source(name, src)
		prg, err := lang.Compile(name, src, lang.CommonJS)
		if err != nil {
			r.loader.ThrowSyntax(err)
		}
		fn, err := prg.Run(r.rt.VM)
		if err != nil {
			panic(err)
		}
		vm := r.rt.VM
		r.rt.Call(fn, m.Get("exports"), m.Get("exports"), r.loader.RequireFor(m), m, vm.ToValue(name), vm.ToValue("."))
	})
}

// ErrClosed is returned for work that comes after the loop was closed.
var ErrClosed = errors.New("jsbind: the loop is closed")

// Promise is a JavaScript promise that Go settles.
type Promise struct {
	r               *Runtime
	value           goja.Value
	resolve, reject func(any) error
	settled         bool
}

// NewPromise makes a promise, which keeps the loop alive until it is settled. It
// belongs to the loop's goroutine; its Resolve and Reject may be called from any.
func (r *Runtime) NewPromise() *Promise {
	p, resolve, reject := r.rt.VM.NewPromise()
	r.loop.Hold()
	return &Promise{r: r, value: r.rt.VM.ToValue(p), resolve: resolve, reject: reject}
}

// Value is the promise as a script sees it: what a Func returns, or Set takes.
func (p *Promise) Value() goja.Value { return p.value }

// Resolve settles the promise with v, converted on the loop. It may be called
// from any goroutine; only the first settling counts. ErrClosed where the loop
// is gone.
func (p *Promise) Resolve(v any) error {
	return p.settle(func() { _ = p.resolve(p.r.rt.ToValue(v)) })
}

// Reject settles the promise with an error, as Resolve does with a value.
func (p *Promise) Reject(err error) error {
	if err == nil {
		err = nodeerr.New(nodeerr.KindError, "", "rejected")
	}
	return p.settle(func() { _ = p.reject(p.r.rt.ErrorValue(err)) })
}

func (p *Promise) settle(f func()) error {
	ok := p.r.loop.Post(func() {
		if p.settled {
			return
		}
		p.settled = true
		p.r.loop.Release()
		f()
	})
	if !ok {
		return ErrClosed
	}
	return nil
}
