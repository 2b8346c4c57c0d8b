package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/stream"
)

// foreign is an object of a program that is no Stream of ours and that data is
// piped into: everything is asked of the object itself.
type foreign struct {
	m   *module
	obj *goja.Object
}

// destination returns what a pipe needs of its target.
func (m *module) destination(v goja.Value) stream.Destination {
	if d, ok := bind.From(v).(stream.Destination); ok {
		return d
	}
	o, ok := v.(*goja.Object)
	if !ok {
		panic(m.rt.VM.NewTypeError("Cannot read properties of " + v.String() + " (reading 'on')"))
	}
	if f, ok := o.GetSymbol(foreignSymbol).(*goja.Object); ok {
		if x, ok := bind.From(f).(*foreign); ok {
			return x
		}
	}
	x := &foreign{m, o}
	holder := m.rt.VM.NewObject()
	m.rt.Attach(holder, x)
	_ = o.DefineDataPropertySymbol(foreignSymbol, holder, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return x
}

var foreignSymbol = bind.HiddenSymbol("spindle.destination")

func (f *foreign) call(name string, args ...any) any {
	fn := f.obj.Get(name)
	if fn == nil || !bind.IsCallable(fn) {
		panic(f.m.rt.VM.NewTypeError("dest.%s is not a function", name))
	}
	return f.m.rt.ToGo(f.m.rt.Call(fn, f.obj, f.m.rt.ToValues(args)...))
}

// AddListener is dest.on, or prependListener where the object has it.
func (f *foreign) AddListener(key events.Key, l *events.Listener, prepend bool) {
	name := "on"
	if l.Once() {
		name = "once"
	}
	if prepend && bind.IsCallable(bind.Get(f.obj, "prependListener")) {
		name = "prependListener"
	}
	f.call(name, key, l)
}

// RemoveListener is dest.removeListener.
func (f *foreign) RemoveListener(key events.Key, l *events.Listener) bool {
	f.call("removeListener", key, l)
	return true
}

// Emit is dest.emit.
func (f *foreign) Emit(name string, args ...any) bool {
	r, _ := f.call("emit", append([]any{name}, args...)...).(bool)
	return r
}

// ListenerCount is dest.listenerCount.
func (f *foreign) ListenerCount(name string) int {
	if !bind.IsCallable(bind.Get(f.obj, "listenerCount")) {
		return 0
	}
	n, _ := f.call("listenerCount", name).(float64)
	return int(n)
}

// Write is dest.write(chunk).
func (f *foreign) Write(c buffer.Chunk, enc string, cb func(error)) bool {
	v := f.call("write", c)
	b, ok := v.(bool)
	return !ok || b
}

// End is dest.end().
func (f *foreign) End(buffer.Chunk, string, func(error)) { f.call("end") }

// WritableNeedDrain is dest.writableNeedDrain.
func (f *foreign) WritableNeedDrain() bool { return bind.Get(f.obj, "writableNeedDrain").ToBoolean() }
