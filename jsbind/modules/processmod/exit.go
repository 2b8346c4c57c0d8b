package processmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
)

type exitState struct {
	code    goja.Value // process.exitCode as set, nil if not
	done    bool       // 'exit' was emitted, or must not be
	exiting bool
}

// exiting adds exit, reallyExit, abort, kill and exitCode.
func (p *Process) exiting() {
	get := p.rt.Func("get", 0, func(goja.FunctionCall) goja.Value {
		if p.exit.code == nil {
			return goja.Undefined()
		}
		return p.exit.code
	})
	set := p.rt.Func("set", 1, func(c goja.FunctionCall) goja.Value {
		p.setCode(c.Argument(0))
		return goja.Undefined()
	})
	_ = p.Obj.DefineAccessorProperty("exitCode", get, set, goja.FLAG_FALSE, goja.FLAG_TRUE)
	p.method("exit", 1, func(c goja.FunctionCall) goja.Value {
		if v := c.Argument(0); !goja.IsUndefined(v) {
			p.setCode(v)
		}
		p.Exit()
		return nil
	})
	p.method("reallyExit", 1, func(c goja.FunctionCall) goja.Value {
		if v := c.Argument(0); !goja.IsUndefined(v) {
			p.exit.code = v
		}
		p.exit.done = true
		p.rt.Leave()
		return nil
	})
	p.rt.Accessor(p.Obj, "_exiting", func(goja.Value) goja.Value { return p.rt.VM.ToValue(p.exit.exiting) }, func(_, v goja.Value) { p.exit.exiting = v.ToBoolean() }, false)
}

// setCode validates and keeps process.exitCode: an integer, or a string of one.
func (p *Process) setCode(v goja.Value) {
	if bind.IsNullish(v) {
		p.exit.code = v
		return
	}
	n := v
	if goja.IsString(v) && v.String() != "" {
		f := v.ToFloat()
		if !math.IsNaN(f) {
			n = p.rt.VM.ToValue(f)
		}
	}
	if !goja.IsNumber(n) {
		p.rt.ArgType("code", v, "number")
	}
	p.rt.Integer(n, "code", math.Inf(-1), math.Inf(1))
	p.exit.code = v
}

// Exit is process.exit() with the code that is set: it emits 'exit' and leaves
// JavaScript at once.
func (p *Process) Exit() {
	p.emitExit()
	p.rt.Leave()
}

func (p *Process) emitExit() {
	if p.exit.exiting {
		return
	}
	p.exit.exiting = true
	p.emit("exit", p.rt.VM.ToValue(p.Code()))
}

// Code is the exit code as it stands.
func (p *Process) Code() int {
	if p.exit.code == nil || bind.IsNullish(p.exit.code) {
		return 0
	}
	return int(p.exit.code.ToInteger()) & 0xff
}

// BeforeExit emits 'beforeExit'; the loop may be alive again after it.
func (p *Process) BeforeExit() {
	if p.exit.exiting {
		return
	}
	p.rt.Loop.Callback(loop.Func(func() { p.emit("beforeExit", p.rt.VM.ToValue(p.Code())) }))
}

// UnsettledCode is the exit code of a program whose top-level await never
// settles.
const UnsettledCode = 13

// Unsettled sets the exit code for a top-level await that cannot settle any
// more, unless the program has set one.
func (p *Process) Unsettled() {
	if p.exit.code == nil || bind.IsNullish(p.exit.code) {
		p.exit.code = p.rt.VM.ToValue(UnsettledCode)
	}
}

// Finish emits 'exit' at the natural end and returns the exit code.
func (p *Process) Finish() int {
	if !p.exit.exiting && !p.rt.Exited() {
		if err := p.rt.InVM(func() { p.emitExit() }); err != nil {
			p.failed(err)
		}
	}
	return p.Code()
}
