package bind

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/mirror"
)

func itoa(n int) string { return strconv.Itoa(n) }

// ToValues converts a list of Go values.
func (rt *Runtime) ToValues(args []any) []goja.Value {
	if len(args) == 0 {
		return nil
	}
	out := make([]goja.Value, len(args))
	for i, a := range args {
		out[i] = rt.ToValue(a)
	}
	return out
}

// ToValue converts a Go value to JavaScript: an object of ours to its wrapper,
// an error to its Error object, a chunk to a Buffer, string or value. An
// untyped nil and a nil error are null.
func (rt *Runtime) ToValue(a any) goja.Value {
	switch v := a.(type) {
	case nil:
		return goja.Null()
	case goja.Value:
		return v
	case string:
		return engine.Text(v)
	case bool:
		return rt.VM.ToValue(v)
	case int:
		return rt.VM.ToValue(v)
	case int64:
		return rt.VM.ToValue(v)
	case float64:
		return rt.VM.ToValue(v)
	case buffer.Chunk:
		return rt.ChunkValue(v)
	case []byte:
		return rt.MakeBuffer(v)
	case events.Object:
		return rt.Wrap(v)
	case error:
		return rt.ErrorValue(v)
	case events.Key:
		return rt.KeyValue(v)
	case *events.Listener:
		return rt.ListenerValue(v)
	case func(error):
		return rt.errorCallback(v)
	case []any:
		items := make([]any, len(v))
		for i := range v {
			items[i] = rt.ToValue(v[i])
		}
		return rt.VM.NewArray(items...)
	case []string:
		items := make([]any, len(v))
		for i, s := range v {
			items[i] = engine.Text(s)
		}
		return rt.VM.NewArray(items...)
	case map[string]any:
		o := rt.VM.NewObject()
		for k, x := range v {
			_ = o.Set(k, rt.ToValue(x))
		}
		return o
	}
	if a == events.Undefined {
		return goja.Undefined()
	}
	for _, f := range rt.convert {
		if v, ok := f(a); ok {
			return v
		}
	}
	return rt.VM.ToValue(a)
}

// Undefined is the Go value that converts to undefined.
var Undefined = events.Undefined

// Convert registers a conversion for Go types of a binding.
func (rt *Runtime) Convert(f func(any) (goja.Value, bool)) { rt.convert = append(rt.convert, f) }

// ChunkValue converts a chunk: the host's own value where there is one.
func (rt *Runtime) ChunkValue(c buffer.Chunk) goja.Value {
	if v, ok := c.Value.(goja.Value); ok {
		return v
	}
	switch c.Kind {
	case buffer.KindBytes:
		return rt.MakeBuffer(c.Bytes)
	case buffer.KindText:
		return rt.TextValue(c.Text)
	case buffer.KindValue:
		return rt.ToValue(c.Value)
	}
	return goja.Null()
}

// ToGo converts a JavaScript value for Go code: the Go object behind a wrapper,
// a chunk for bytes, an error for an Error, Go's string, bool, float64; anything
// else stays a goja.Value. undefined and null are nil.
func (rt *Runtime) ToGo(v goja.Value) any {
	switch v := v.(type) {
	case nil:
		return nil
	case goja.String:
		return v.String()
	case *goja.Object:
		if s := From(v); s != nil {
			return s
		}
		if b, ok := BytesOf(v); ok {
			return buffer.Chunk{Kind: buffer.KindBytes, Bytes: b, Value: v}
		}
		if rt.IsError(v) {
			return rt.GoError(v)
		}
		return v
	}
	if IsNullish(v) {
		return nil
	}
	if _, ok := v.(*goja.Symbol); ok {
		return v
	}
	switch x := v.Export().(type) {
	case bool:
		return x
	case int64:
		return float64(x)
	case float64:
		return x
	}
	return v
}

// BytesOf returns the memory of a Uint8Array (a Buffer is one), shared.
func BytesOf(v goja.Value) ([]byte, bool) {
	obj, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	if p, ok := engine.Bytes(obj); ok {
		return p, true
	}
	if isPlain(obj) {
		return nil, false
	}
	switch obj.ClassName() {
	case "Uint8Array", "Object":
	default:
		return nil, false
	}
	if obj.ExportType() != bytesType {
		return nil, false
	}
	b, ok := obj.Export().([]byte)
	return b, ok
}

// KeyValue converts an event's key.
func (rt *Runtime) KeyValue(k events.Key) goja.Value {
	if k.Symbol == nil {
		return rt.VM.ToValue(k.Name)
	}
	if k == events.ErrorMonitor {
		return rt.errMon
	}
	return k.Symbol.(goja.Value)
}

// ToKey converts a property key to an event's key.
func (rt *Runtime) ToKey(v goja.Value) events.Key {
	if s, ok := v.(*goja.Symbol); ok {
		if s == rt.errMon {
			return events.ErrorMonitor
		}
		return events.Key{Symbol: s}
	}
	return events.Key{Name: v.String()}
}

// SetErrorMonitor gives the symbol of events.errorMonitor.
func (rt *Runtime) SetErrorMonitor(s *goja.Symbol) { rt.errMon = s }

// ListenerValue returns the function that stands for a registration: the
// program's own, or for a Go listener one that is made once.
func (rt *Runtime) ListenerValue(l *events.Listener) goja.Value {
	if v, ok := l.HostFn.(goja.Value); ok {
		return v
	}
	fn := rt.Func(l.Name, int(l.Length), func(c goja.FunctionCall) goja.Value {
		args := make([]any, len(c.Arguments))
		for i, a := range c.Arguments {
			args[i] = rt.ToGo(a)
		}
		if method := l.Method(); method == nil {
			l.Go()(args...)
		} else if o, ok := From(c.This).(events.Object); ok {
			method(o.Base(), args...)
		}
		return goja.Undefined()
	})
	l.HostFn = fn
	return fn
}

// errorCallback makes a JavaScript function(err) of a Go completion.
func (rt *Runtime) errorCallback(done func(error)) goja.Value {
	return rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
		done(rt.GoError(c.Argument(0)))
		return goja.Undefined()
	})
}

// Callback makes a Go completion of a JavaScript callback; nil for anything
// that is not a function. No error is passed as null. One function given again
// and again is one Go function: a stream calls its writes back in one tick.
func (rt *Runtime) Callback(v goja.Value) func(error) {
	if v == nil || !IsCallable(v) {
		return nil
	}
	if rt.callback.fn == v {
		return rt.callback.done
	}
	fn := rt.Callable(v)
	done := func(err error) {
		var arg goja.Value = goja.Null()
		if err != nil {
			arg = rt.ErrorValue(err)
		}
		fn(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{arg}})
	}
	rt.callback.fn, rt.callback.done = v, done
	return done
}

// FindListener returns the registration that a function names: the function
// itself, its once-wrapper, or one that keeps the function in its listener
// property; the last one where there are several.
func FindListener(e *events.Emitter, key events.Key, fn *goja.Object) *events.Listener {
	list := e.Listeners(key)
	for i := len(list) - 1; i >= 0; i-- {
		if ListenerMatches(list[i], fn) {
			return list[i]
		}
	}
	return nil
}

// ListenerMatches reports whether fn names the registration.
func ListenerMatches(l *events.Listener, fn *goja.Object) bool {
	if l.HostFn == any(fn) || l.HostOnce == any(fn) {
		return true
	}
	if h, ok := l.HostFn.(*goja.Object); ok {
		if inner := h.Get("listener"); inner != nil && inner == goja.Value(fn) {
			return true
		}
	}
	return false
}

// BufferSource returns the memory of an ArrayBuffer, a SharedArrayBuffer, a
// typed array or a DataView, shared.
func (rt *Runtime) BufferSource(v goja.Value) ([]byte, bool) {
	if p, ok := BytesOf(v); ok {
		return p, true
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	var length, offset int
	var owner goja.Value
	switch rt.Mirror.Kind(o) {
	case mirror.ArrayBuffer:
		b, ok := o.Export().(goja.ArrayBuffer)
		return b.Bytes(), ok
	case mirror.TypedArray:
		length, offset, owner = rt.Mirror.TypedArrayExtent(o)
	case mirror.DataView:
		length, offset, owner = rt.Mirror.DataViewExtent(o)
	default:
		if raw := halfFloats(o); raw != nil {
			return rt.BufferSource(raw)
		}
		return nil, false
	}
	b, ok := owner.Export().(goja.ArrayBuffer)
	if !ok || offset+length > len(b.Bytes()) {
		return nil, ok
	}
	return b.Bytes()[offset : offset+length : offset+length], true
}

// halfFloats returns the array of 16-bit words below a Float16Array, which the
// language layer makes of a Proxy; nil for anything else.
func halfFloats(o *goja.Object) goja.Value {
	if !IsProxy(o) {
		return nil
	}
	if tag := o.GetSymbol(goja.SymToStringTag); tag == nil || tag.String() != "Float16Array" {
		return nil
	}
	p, _ := o.Export().(goja.Proxy)
	if t := p.Target(); t != nil {
		return t.Get("raw")
	}
	return nil
}
