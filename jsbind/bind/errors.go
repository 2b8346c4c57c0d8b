package bind

import (
	"errors"
	"reflect"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

var bytesType = reflect.TypeOf([]byte(nil))

type errorConstructors struct {
	byKind    map[nodeerr.Kind]*goja.Object
	prototype *goja.Object
}

func (rt *Runtime) initErrors() {
	g := rt.VM.GlobalObject()
	rt.ctors.byKind = map[nodeerr.Kind]*goja.Object{}
	for _, k := range []nodeerr.Kind{nodeerr.KindError, nodeerr.KindType, nodeerr.KindRange, nodeerr.KindSyntax, nodeerr.KindURI} {
		rt.ctors.byKind[k] = g.Get(string(k)).(*goja.Object)
	}
	rt.ctors.prototype = rt.ctors.byKind[nodeerr.KindError].Get("prototype").(*goja.Object)
}

// ThrownError is a JavaScript value under way through Go as an error.
type ThrownError struct {
	Value goja.Value
	text  string
}

// Error returns the text of the value.
func (e *ThrownError) Error() string { return e.text }

// ErrorCode returns the value's code property, "" if there is none.
func (e *ThrownError) ErrorCode() string {
	if o, ok := e.Value.(*goja.Object); ok {
		if c := o.Get("code"); c != nil && goja.IsString(c) {
			return c.String()
		}
	}
	return ""
}

// ErrorName returns the value's name property, "" if there is none.
func (e *ThrownError) ErrorName() string {
	if o, ok := e.Value.(*goja.Object); ok {
		if n := o.Get("name"); n != nil && goja.IsString(n) {
			return n.String()
		}
	}
	return ""
}

// SameError reports whether err stands for the same JavaScript value.
func (e *ThrownError) SameError(err error) bool {
	t, ok := err.(*ThrownError)
	return ok && t.Value.StrictEquals(e.Value)
}

// IsError reports whether v is an Error of this runtime.
func (rt *Runtime) IsError(v goja.Value) bool {
	obj, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	return obj.ClassName() == "Error" || rt.isInstance(obj, rt.ctors.prototype)
}

// GoError converts a JavaScript value that stands for an error; undefined and
// null are nil. The error that an Error object was made of comes back as
// itself.
func (rt *Runtime) GoError(v goja.Value) error {
	if IsNullish(v) {
		return nil
	}
	if e, ok := From(v).(error); ok {
		return e
	}
	text := ""
	if o, ok := v.(*goja.Object); ok {
		if m := o.Get("message"); m != nil && goja.IsString(m) {
			text = m.String()
		}
	} else {
		text = v.String()
	}
	return &ThrownError{Value: v, text: text}
}

// thrownError is GoError for something that was thrown, which is an error
// whatever it is.
func (rt *Runtime) thrownError(v goja.Value) error {
	if err := rt.GoError(v); err != nil {
		return err
	}
	return &ThrownError{Value: v, text: "undefined"}
}

// Rejection converts a value that was thrown or that a promise was rejected
// with: it is an error whatever it is, never nil.
func (rt *Runtime) Rejection(v goja.Value) error { return rt.thrownError(v) }

// ErrorValue returns the JavaScript value of a Go error: the thrown value
// itself, or an Error object that is made once for each *nodeerr.Error.
func (rt *Runtime) ErrorValue(err error) goja.Value {
	switch e := err.(type) {
	case nil:
		return goja.Null()
	case *ThrownError:
		return e.Value
	case *nodeerr.Error:
		if o, ok := e.Host.(*goja.Object); ok {
			return o
		}
		o := rt.makeError(e)
		e.Host = o
		rt.Attach(o, e)
		return o
	}
	var ex *goja.Exception
	if errors.As(err, &ex) {
		return ex.Value()
	}
	var ne *nodeerr.Error
	if errors.As(err, &ne) {
		return rt.ErrorValue(ne)
	}
	return rt.ErrorObject(nodeerr.KindError, "", err.Error())
}

// ErrorObject makes an Error as Node's internal errors are: own code, and the
// code in the stack's first line and in toString().
func (rt *Runtime) ErrorObject(kind nodeerr.Kind, code, message string) *goja.Object {
	return rt.makeError(nodeerr.New(kind, code, message))
}

func (rt *Runtime) makeError(e *nodeerr.Error) *goja.Object {
	if e.Kind == nodeerr.KindAbort {
		return rt.abortError(e)
	}
	switch e.Kind {
	case nodeerr.KindSystem:
		return rt.systemError(e)
	case nodeerr.KindAggregate:
		return rt.aggregateError(e)
	}
	ctor := rt.ctors.byKind[e.Kind]
	if ctor == nil {
		ctor = rt.ctors.byKind[nodeerr.KindError]
	}
	var args []goja.Value
	args = append(args, rt.VM.ToValue(e.Message))
	if e.Cause != nil {
		opts := rt.VM.NewObject()
		_ = opts.Set("cause", rt.ErrorValue(e.Cause))
		args = append(args, opts)
	}
	o, err := rt.VM.New(ctor, args...)
	if err != nil {
		panic(err)
	}
	if e.CodeFirst {
		_ = o.Set("code", e.Code)
	}
	if strings.HasPrefix(e.Code, "HPE_") && len(e.Props) > 0 && e.Props[0].Key == "bytesParsed" {
		_ = o.Set("bytesParsed", rt.ToValue(e.Props[0].Value)) // before the code, as llhttp's errors have it
	}
	if e.Errno != 0 {
		_ = o.Set("errno", e.Errno)
	}
	if e.Code != "" {
		_ = o.Set("code", e.Code)
		if e.Errno == 0 && !e.Native && len(e.Code) > 4 && e.Code[:4] == "ERR_" {
			rt.markCode(o, e)
		}
	}
	if e.Syscall != "" {
		_ = o.Set("syscall", e.Syscall)
	}
	if e.Address != "" {
		_ = o.Set("address", e.Address)
	}
	if e.Port != 0 {
		_ = o.Set("port", e.Port)
	}
	if e.Path != "" {
		_ = o.Set("path", e.Path)
	}
	if e.Dest != "" {
		_ = o.Set("dest", e.Dest)
	}
	for _, p := range e.Props {
		_ = o.Set(p.Key, rt.ToValue(p.Value))
	}
	if e.Bare {
		_ = o.DefineDataProperty("stack", rt.VM.ToValue(string(e.Kind)+": "+e.Message), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return o
}

// markCode puts the code into the first line of the stack and into toString.
func (rt *Runtime) markCode(o *goja.Object, e *nodeerr.Error) {
	head := string(e.Kind) + " [" + e.Code + "]"
	if st := o.Get("stack"); st != nil && goja.IsString(st) {
		s := st.String()
		if plain := string(e.Kind) + ": "; len(s) >= len(plain) && s[:len(plain)] == plain {
			s = head + s[len(plain)-2:]
		}
		_ = o.DefineDataProperty("stack", rt.VM.ToValue(s), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	_ = o.DefineDataProperty("toString", rt.codeToString(), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

type codeToStringKey struct{}

func (rt *Runtime) codeToString() goja.Value {
	if v, ok := rt.values[codeToStringKey{}].(goja.Value); ok {
		return v
	}
	v := rt.Func("toString", 0, func(c goja.FunctionCall) goja.Value {
		o := c.This.ToObject(rt.VM)
		return rt.VM.ToValue(o.Get("name").String() + " [" + o.Get("code").String() + "]: " + o.Get("message").String())
	})
	rt.values[codeToStringKey{}] = v
	return v
}

// abortError is Node's AbortError: an Error with code ABORT_ERR.
func (rt *Runtime) abortError(e *nodeerr.Error) *goja.Object {
	args := []goja.Value{rt.VM.ToValue(e.Message)}
	if e.Cause != nil {
		opts := rt.VM.NewObject()
		_ = opts.Set("cause", rt.ErrorValue(e.Cause))
		args = append(args, opts)
	}
	o, err := rt.VM.New(rt.ctors.byKind[nodeerr.KindError], args...)
	if err != nil {
		panic(err)
	}
	_ = o.Set("code", "ABORT_ERR")
	_ = o.Set("name", "AbortError")
	return o
}

// Thrown is what to panic with to throw v.
func (rt *Runtime) Thrown(v goja.Value) any {
	rt.nativeThrow = v
	return v
}

// Throw throws err as a JavaScript exception.
func (rt *Runtime) Throw(err error) {
	panic(rt.Thrown(rt.ErrorValue(err)))
}

// Must throws err unless it is nil.
func (rt *Runtime) Must(err error) {
	if err != nil {
		rt.Throw(err)
	}
}
