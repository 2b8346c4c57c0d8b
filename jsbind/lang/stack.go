package lang

import (
	"math"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// V8's stack traces (https://v8.dev/docs/stack-trace-api) on goja's errors.
//
// An error keeps the frames that goja captured when it was made, and one more,
// the last, which holds what V8 fixes at that moment: the header (name and
// message) in funcName and Error.stackTraceLimit in pc. stack is an own
// accessor, as in V8; the text is made when it is first read.

// noLimit is the limit of an error that has no stack property at all, because
// Error.stackTraceLimit was not a number.
const noLimit = -1

// errorClasses are the constructors whose objects get V8's stack.
var errorClasses = []string{
	"Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError", "AggregateError",
}

type errorStacks struct {
	vm         *goja.Runtime
	hooks      *Hooks
	errorCtor  *goja.Object
	ctorValues map[unistring.String]goja.Value // own properties of Error
	getter     *goja.Object
	setter     *goja.Object
	callSite   *goja.Object // prototype of CallSite objects, made when needed
}

func installErrors(vm *goja.Runtime, hooks *Hooks) {
	s := &errorStacks{vm: vm, hooks: hooks}
	s.errorCtor = vm.Get("Error").(*goja.Object)
	_ = s.errorCtor.Set("stackTraceLimit", 10)
	method(vm, s.errorCtor, "captureStackTrace", 2, s.captureStackTrace)

	if !learnt.known {
		return
	}
	s.ctorValues = (*baseObjectMirror)(words(s.errorCtor).data).values
	s.getter = newNative(vm, "", 0, s.get)
	s.setter = newNative(vm, "", 1, s.set)
	for _, name := range errorClasses {
		s.hook(name, vm.Get(name).(*goja.Object))
	}
}

// hook makes a constructor's objects carry V8's stack.
func (s *errorStacks) hook(class string, ctor *goja.Object) {
	n := nativeParts(ctor)
	if n == nil {
		return
	}
	f, construct := n.f, n.construct
	n.f = func(c goja.FunctionCall) goja.Value {
		v := f(c)
		if o, ok := v.(*goja.Object); ok {
			s.attach(o, 1)
		}
		return v
	}
	n.construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		if newTarget == ctor && len(args) == 1 {
			// The engine's own, or a binding's: see messages.go.
			if msg, ok := args[0].(goja.String); ok {
				if was := msg.String(); was != "" {
					if now := engineMessage(s.vm, class, was); now != was {
						args = []goja.Value{goString(now)}
					}
				}
			}
		}
		o := construct(args, newTarget)
		s.attach(o, 0)
		return o
	}
}

// attach prepares a new error. skip is how many frames at the top are not the
// program's: Error(…) called as a function is a frame of its own.
func (s *errorStacks) attach(o *goja.Object, skip int) {
	e := errorParts(o)
	if e == nil || e.stackPropAdded {
		return
	}
	limit := s.limit()
	if limit == noLimit {
		e.stackPropAdded = true
		return
	}
	if skip <= len(e.stack) {
		e.stack = e.stack[skip:]
	}
	var header goja.StackFrame
	h := frameParts(&header)
	h.funcName = s.header(o)
	h.pc = limit
	e.stack = append(e.stack, header)
	e.putStackAccessor(s.getter, s.setter)
}

// limit reads Error.stackTraceLimit.
func (s *errorStacks) limit() int {
	v := s.ctorValues["stackTraceLimit"]
	switch x := exportPlain(v).(type) {
	case int64:
		return int(max(0, min(x, 1<<20)))
	case float64:
		if math.IsNaN(x) || x < 0 {
			return 0
		}
		return int(min(x, 1<<20))
	}
	return noLimit
}

// exportPlain exports a value that is no object.
func exportPlain(v goja.Value) any {
	if v == nil {
		return nil
	}
	if _, ok := v.(*goja.Object); ok {
		return nil
	}
	return v.Export()
}

// header is the first line of the stack: name and message as they are now.
func (s *errorStacks) header(o *goja.Object) (text unistring.String) {
	defer func() {
		// A getter of the program's that throws does not stop the error.
		if x := recover(); x != nil {
			text = "Error"
		}
	}()
	name := "Error"
	if v := o.Get("name"); v != nil && !goja.IsUndefined(v) {
		name = v.String()
	}
	msg := ""
	if v := o.Get("message"); v != nil && !goja.IsUndefined(v) {
		msg = v.String()
	}
	switch {
	case name == "":
		return unistring.NewFromString(msg)
	case msg == "":
		return unistring.NewFromString(name)
	}
	return unistring.NewFromString(name + ": " + msg)
}

// frames splits what attach stored.
func storedFrames(e *errorObjectMirror) (header string, limit int, frames []goja.StackFrame, ok bool) {
	if len(e.stack) == 0 {
		return "", 0, nil, false
	}
	last := frameParts(&e.stack[len(e.stack)-1])
	if last.prg != nil {
		return "", 0, nil, false
	}
	return last.funcName.String(), last.pc, e.stack[:len(e.stack)-1], true
}

// get is the getter of stack. The receiver may inherit from the error.
func (s *errorStacks) get(c goja.FunctionCall) goja.Value {
	o, ok := c.This.(*goja.Object)
	if !ok {
		return goja.Undefined()
	}
	for ; o != nil; o = o.Prototype() {
		e := errorParts(o)
		if e == nil {
			continue
		}
		header, limit, frames, ok := storedFrames(e)
		if !ok {
			return goja.Undefined()
		}
		v := s.format(o, header, visible(s.hooks, frames, limit))
		e.stack = nil
		_ = o.DefineDataProperty("stack", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return v
	}
	return goja.Undefined()
}

// set is the setter of stack.
func (s *errorStacks) set(c goja.FunctionCall) goja.Value {
	if o, ok := c.This.(*goja.Object); ok {
		if err := o.DefineDataProperty("stack", c.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
			panic(err)
		}
	}
	return goja.Undefined()
}

// format makes the value of stack: Error.prepareStackTrace's result if the
// program has set that function, else text.
func (s *errorStacks) format(o *goja.Object, header string, frames []Frame) goja.Value {
	if prepare, ok := goja.AssertFunction(s.errorCtor.Get("prepareStackTrace")); ok {
		sites := make([]any, len(frames))
		for i := range frames {
			sites[i] = s.newCallSite(frames[i])
		}
		v, err := prepare(s.errorCtor, o, s.vm.NewArray(sites...))
		if err != nil {
			panic(err)
		}
		return v
	}
	return s.vm.ToValue(formatStack(header, frames))
}

func formatStack(header string, frames []Frame) string {
	var b strings.Builder
	b.WriteString(header)
	for _, f := range frames {
		b.WriteString("\n    at ")
		b.WriteString(f.String())
	}
	return b.String()
}

// captureStackTrace is Error.captureStackTrace(object, constructor): frames
// above and including the topmost call of the constructor are left out.
func (s *errorStacks) captureStackTrace(c goja.FunctionCall) goja.Value {
	o, ok := c.Argument(0).(*goja.Object)
	if !ok {
		panic(s.vm.NewTypeError("Invalid argument"))
	}
	limit := s.limit()
	if limit == noLimit {
		return goja.Undefined()
	}
	frames := s.vm.CaptureCallStack(0, nil)
	if len(frames) > 0 {
		frames = frames[1:] // captureStackTrace itself
	}
	if fn, ok := c.Argument(1).(*goja.Object); ok {
		frames = framesBelow(frames, fn)
	}
	header := s.header(o).String()
	hooks := s.hooks
	done := false
	var value goja.Value
	getter := newNative(s.vm, "", 0, func(goja.FunctionCall) goja.Value {
		if !done {
			value = s.format(o, header, visible(hooks, frames, limit))
			done, frames = true, nil
		}
		return value
	})
	setter := newNative(s.vm, "", 1, func(c goja.FunctionCall) goja.Value {
		value, done, frames = c.Argument(0), true, nil
		return goja.Undefined()
	})
	if err := o.DefineAccessorProperty("stack", getter, setter, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		panic(err)
	}
	return goja.Undefined()
}

// framesBelow drops the frames down to the topmost one of function fn. Frames
// do not say which function object they ran, so the name decides.
func framesBelow(frames []goja.StackFrame, fn *goja.Object) []goja.StackFrame {
	name := ""
	if v, ok := fn.Get("name").(goja.String); ok {
		name = v.String()
	}
	for i := range frames {
		if frameParts(&frames[i]).funcName.String() == name && name != "" {
			return frames[i+1:]
		}
	}
	return frames
}
