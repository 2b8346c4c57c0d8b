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
// the last, which holds Error.stackTraceLimit at that moment and the frameMarks
// in pc. stack is an own
// accessor, as in V8; the text is made when it is first read.

// noLimit is the limit of an error whose stack is undefined, because
// Error.stackTraceLimit was not a number.
const noLimit = -1

const maxLimit = 1<<limitBits - 1

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
		if class == "AggregateError" {
			causeFirst(o)
		}
		s.attach(o, 0)
		return o
	}
}

// causeFirst puts cause before errors, as V8 has them.
func causeFirst(o *goja.Object) {
	e := errorParts(o)
	if e == nil {
		return
	}
	if n := len(e.propNames); n >= 2 && e.propNames[n-1] == "cause" && e.propNames[n-2] == "errors" {
		e.propNames[n-1], e.propNames[n-2] = "errors", "cause"
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
		e.stack = nil
		e.putStackAccessor(s.getter, s.setter)
		return
	}
	if skip <= len(e.stack) {
		e.stack = e.stack[skip:]
	}
	marks := s.marks(skip, e.stack)
	var header goja.StackFrame
	h := frameParts(&header)
	h.pc = limit | int(marks)<<limitBits
	e.stack = append(e.stack, header)
	e.putStackAccessor(s.getter, s.setter)
}

// frameMarks tells what goja's frames do not: how many of them ran when the
// error was made (those behind are awaiting functions), in the lowest eight
// bits, and which of the first ones run a constructor, a bit each.
type frameMarks uint

const (
	limitBits  = 21
	countBits  = 8
	countLimit = 1<<countBits - 1
	markLimit  = 30
)

// marks looks at the machine's stack. skip is how many frames at its top the
// trace leaves out; frames are the others, and get the names of classes, which
// goja does not give to their constructors' frames.
func (s *errorStacks) marks(skip int, frames []goja.StackFrame) frameMarks {
	var m frameMarks
	n := -skip
	eachFrame(s.vm, func(fn *goja.Object, construct bool) bool {
		if construct && n >= 0 && n < min(markLimit, len(frames)) {
			m |= 1 << (countBits + n)
			if f := frameParts(&frames[n]); f.funcName == "" && f.prg != nil && fn != nil {
				f.funcName = ownName(fn)
			}
		}
		n++
		return n < countLimit
	})
	return m | frameMarks(max(n, 0))
}

// ownName is the name property of a function as it was made.
func ownName(fn *goja.Object) unistring.String {
	d, ok := fn.Get("name").(goja.String)
	if !ok {
		return ""
	}
	return unistring.NewFromString(d.String())
}

func (m frameMarks) construct(i int) bool { return i < markLimit && m&(1<<(countBits+i)) != 0 }

func (m frameMarks) async(i int) bool { n := int(m & countLimit); return n < countLimit && i >= n }

// limit reads Error.stackTraceLimit.
func (s *errorStacks) limit() int {
	v := s.ctorValues["stackTraceLimit"]
	switch x := exportPlain(v).(type) {
	case int64:
		return int(max(0, min(x, maxLimit)))
	case float64:
		if math.IsNaN(x) || x < 0 {
			return 0
		}
		return int(min(x, maxLimit))
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

// header is the first line of the stack: Error.prototype.toString of the error
// as it is when stack is first read (Node formats that late).
func (s *errorStacks) header(o *goja.Object) string {
	name := "Error"
	if v := o.Get("name"); !isUndefined(v) {
		name = toString(s.vm, v).String()
	}
	msg := ""
	if v := o.Get("message"); !isUndefined(v) {
		msg = toString(s.vm, v).String()
	}
	switch {
	case name == "":
		return msg
	case msg == "":
		return name
	}
	return name + ": " + msg
}

// storedFrames returns what attach stored.
func storedFrames(e *errorObjectMirror) (limit int, marks frameMarks, frames []goja.StackFrame, ok bool) {
	if len(e.stack) == 0 {
		return 0, 0, nil, false
	}
	last := frameParts(&e.stack[len(e.stack)-1])
	if last.prg != nil {
		return 0, 0, nil, false
	}
	return last.pc & (1<<limitBits - 1), frameMarks(last.pc >> limitBits), e.stack[:len(e.stack)-1], true
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
		limit, marks, frames, ok := storedFrames(e)
		if !ok {
			return goja.Undefined()
		}
		v := s.format(o, visible(s.hooks, frames, marks, limit))
		e.stack = nil
		if o.DefineDataProperty("stack", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE) != nil { // frozen
			e.values["stack"] = newPropertyValue(valuePropertyMirror{value: v})
		}
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
func (s *errorStacks) format(o *goja.Object, frames []Frame) goja.Value {
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
	if s.hooks.MapFrames != nil {
		s.hooks.MapFrames(frames)
	}
	return s.vm.ToValue(formatStack(s.header(o), frames))
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
	all := len(frames)
	if len(frames) > 0 {
		frames = frames[1:] // captureStackTrace itself
	}
	if fn, ok := c.Argument(1).(*goja.Object); ok && learnt.known {
		frames = framesBelow(s.vm, frames, fn)
	}
	var marks frameMarks
	if learnt.known {
		marks = s.marks(all-len(frames), frames)
	}
	hooks := s.hooks
	done := false
	var value goja.Value
	getter := newNative(s.vm, "", 0, func(goja.FunctionCall) goja.Value {
		if !done {
			value = s.format(o, visible(hooks, frames, marks, limit))
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

// framesBelow drops the frames down to the topmost one of function fn, all of
// them if there is none, as V8 does. The first frame of the machine,
// captureStackTrace's own, is not in frames.
func framesBelow(vm *goja.Runtime, frames []goja.StackFrame, fn *goja.Object) []goja.StackFrame {
	n, found := -1, -1
	eachFrame(vm, func(f *goja.Object, _ bool) bool {
		if f == fn {
			found = n
			return false
		}
		n++
		return true
	})
	if found < 0 || found >= len(frames) {
		return nil
	}
	return frames[found+1:]
}
