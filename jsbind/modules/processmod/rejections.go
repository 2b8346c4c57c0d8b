package processmod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// rejections are the promises that were rejected with nobody listening
// (https://nodejs.org/docs/latest-v24.x/api/process.html#event-unhandledrejection).
type rejections struct {
	mode    string // throw, strict, warn, none, warn-with-error-codes
	pending []rejected
	warned  map[*goja.Promise]bool
	told    int             // how many warnings there were
	handled []*goja.Promise // handled after the event was emitted
}

// rejected is a promise that was rejected, and what runs the handlers of that in
// its asynchronous context; nil for no context.
type rejected struct {
	promise *goja.Promise
	within  func(loop.Task)
}

func (p *Process) trackRejections() {
	p.rejections = rejections{mode: "throw", warned: map[*goja.Promise]bool{}}
	for _, a := range p.opt.Flags {
		if len(a) > 23 && a[:23] == "--unhandled-rejections=" {
			p.rejections.mode = a[23:]
		}
	}
	p.rt.VM.SetPromiseRejectionTracker(func(pr *goja.Promise, op goja.PromiseRejectionOperation) {
		r := &p.rejections
		if op == goja.PromiseRejectionReject {
			x := rejected{promise: pr}
			if p.rt.AsyncSnapshot != nil {
				x.within = p.rt.AsyncSnapshot(pr)
			}
			r.pending = append(r.pending, x)
			return
		}
		for i, q := range r.pending {
			if q.promise == pr {
				r.pending = append(r.pending[:i], r.pending[i+1:]...)
				return
			}
		}
		if r.warned[pr] {
			delete(r.warned, pr)
			r.handled = append(r.handled, pr)
		}
	})
}

// afterTicks reports rejections that nobody handled in the turn that ended.
func (p *Process) afterTicks() bool {
	r := &p.rejections
	more := false
	for len(r.handled) > 0 {
		pr := r.handled[0]
		r.handled = r.handled[1:]
		more = true
		p.report(func() { p.emit("rejectionHandled", p.rt.VM.ToValue(pr)) })
	}
	for len(r.pending) > 0 && !p.rt.Exited() {
		pr := r.pending[0]
		r.pending = r.pending[1:]
		r.warned[pr.promise] = true
		more = true
		if pr.within == nil {
			p.unhandled(pr.promise)
		} else {
			pr.within(loop.Func(func() { p.unhandled(pr.promise) }))
		}
	}
	return more
}

// report runs a handler; its exception is uncaught like any other.
func (p *Process) report(f func()) {
	if err := p.rt.InVM(f); err != nil && !p.rt.Exited() {
		p.uncaught(thrownValue(err), false)
	}
}

func (p *Process) unhandled(pr *goja.Promise) {
	reason, promise := pr.Result(), p.rt.VM.ToValue(pr)
	handled := false
	emit := func() {
		p.report(func() { handled = p.emit("unhandledRejection", reason, promise) })
	}
	switch p.rejections.mode {
	case "none":
		emit()
	case "warn":
		emit()
		p.warnRejection(reason)
	case "strict":
		p.uncaught(p.asError(reason), true)
		emit()
		if !handled {
			p.warnRejection(reason)
		}
	case "warn-with-error-codes":
		emit()
		if !handled {
			p.warnRejection(reason)
			p.exit.code = p.rt.VM.ToValue(1)
		}
	default:
		emit()
		if !handled && !p.rt.Exited() {
			p.uncaught(p.asError(reason), true)
		}
	}
}

// asError is the error that is thrown for a rejection: the reason, or an error
// that words a reason which is not one.
func (p *Process) asError(reason goja.Value) goja.Value {
	if o, ok := reason.(*goja.Object); ok && (p.rt.IsError(reason) || p.rt.Mirror.HasOwn(o, stackKey)) {
		return reason
	}
	var out goja.Value
	_ = p.rt.InVM(func() {
		text := p.sideEffectFree(reason)
		o := p.rt.ErrorObject(nodeerr.KindError, "ERR_UNHANDLED_REJECTION", "This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason \""+text+"\".")
		_ = o.DefineDataProperty("name", p.rt.VM.ToValue("UnhandledPromiseRejection"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		_ = o.DefineDataProperty("stack", p.rt.VM.ToValue("UnhandledPromiseRejection: "+o.Get("message").String()+"\n    at node:internal/process/promises:392:7"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		_ = o.Delete("toString") // this one is without the code
		out = o
	})
	return out
}

func (p *Process) warnRejection(reason goja.Value) {
	_ = p.rt.InVM(func() {
		if o, ok := reason.(*goja.Object); ok && (p.rt.IsError(reason) || p.rt.Mirror.HasOwn(o, stackKey)) {
			p.Warn(bind.Get(o, "stack").String(), "UnhandledPromiseRejectionWarning", nil)
		} else {
			p.Warn(p.sideEffectFree(reason), "UnhandledPromiseRejectionWarning", nil)
		}
		p.rejections.told++
		p.Warn("Unhandled promise rejection. This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). To terminate the node process on unhandled promise rejection, use the CLI flag `--unhandled-rejections=strict` (see https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). (rejection id: "+strconv.Itoa(p.rejections.told)+")", "UnhandledPromiseRejectionWarning", nil)
	})
}

// watchResolves tells of promises that are resolved or rejected more than once
// (https://nodejs.org/docs/latest-v24.x/api/process.html#event-multipleresolves).
func (p *Process) watchResolves() {
	if p.warned["DEP0160"] {
		return
	}
	p.warned["DEP0160"] = true
	p.Warn("The multipleResolves event has been deprecated.", "DeprecationWarning", map[string]any{"code": "DEP0160"})
	hooks, ok := p.rt.Value(lang.Key{}).(*lang.Hooks)
	if !ok {
		return
	}
	hooks.TracePromises().Again = func(kind string, promise *goja.Object, v goja.Value) {
		p.rt.Loop.NextTickFunc(func() { p.emit("multipleResolves", p.rt.VM.ToValue(kind), promise, v) })
	}
}
