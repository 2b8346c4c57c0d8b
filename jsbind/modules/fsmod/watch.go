package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/nodeerr"
)

// fsWatcher is an FSWatcher: an emitter over a Watcher.
type fsWatcher struct {
	events.Emitter
	m   *module
	w   *fs.Watcher // nil once closed
	enc encoding
}

// watchOptions are the options of fs.watch and fs.promises.watch.
type watchOptions struct {
	enc       encoding
	transient bool // persistent: false
	recursive bool
	signal    *goja.Object
}

// defineWatch adds the class FSWatcher and fs.watch.
func (m *module) defineWatch() {
	rt := m.rt
	m.watcher = rt.NewClass(bind.ClassDef{Name: "FSWatcher", Parent: rt.ClassOf("events.EventEmitter"),
		New: func(this *goja.Object, _ []goja.Value) *goja.Object {
			w := &fsWatcher{m: m}
			w.Bind(m.watcher.Host(), w)
			m.watcher.Adopt(this, w)
			return nil
		}})
	c := m.watcher
	of := func(v goja.Value) *fsWatcher {
		w, ok := bind.From(v).(*fsWatcher)
		if !ok {
			panic(rt.VM.NewTypeError("Value of \"this\" must be of type FSWatcher"))
		}
		return w
	}
	c.Method("start", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	c.Method("close", 0, func(call goja.FunctionCall) goja.Value { of(call.This).close(); return goja.Undefined() })
	c.Method("ref", 0, func(call goja.FunctionCall) goja.Value {
		if w := of(call.This).w; w != nil {
			w.Ref()
		}
		return call.This
	})
	c.Method("unref", 0, func(call goja.FunctionCall) goja.Value {
		if w := of(call.This).w; w != nil {
			w.Unref()
		}
		return call.This
	})
	c.Accessor("_handle", func(this goja.Value) goja.Value {
		w, ok := bind.From(this).(*fsWatcher)
		if !ok {
			return goja.Undefined()
		}
		if w.w == nil {
			return goja.Null()
		}
		return rt.VM.NewObject()
	}, nil)
	c.Seal()
	_ = m.exports.Set("watch", rt.Func("watch", 3, m.watch))
}

func (m *module) watchOptions(v goja.Value) (o watchOptions) {
	var opts *goja.Object
	opts, o.enc = m.options(v)
	flag := func(name string, def bool) bool {
		x := bind.Get(opts, name)
		if goja.IsUndefined(x) {
			return def
		}
		return m.rt.Bool(x, "options."+name)
	}
	o.transient = !flag("persistent", true)
	o.recursive = flag("recursive", false)
	if s := bind.Get(opts, "signal"); !goja.IsUndefined(s) {
		o.signal = m.signal(s)
	}
	return o
}

// open begins to watch; the error has the property filename.
func (m *module) open(path string, o watchOptions) (*fs.Watcher, error) {
	w, err := fs.Watch(m.rt.Loop, path, o.recursive)
	if e, ok := err.(*nodeerr.Error); ok {
		return nil, e.With("filename", path)
	}
	if err == nil && o.transient {
		w.Unref()
	}
	return w, err
}

// watch is fs.watch(filename, options, listener).
func (m *module) watch(c goja.FunctionCall) goja.Value {
	rt := m.rt
	options, listener := c.Argument(1), c.Argument(2)
	if bind.IsCallable(options) {
		options, listener = goja.Undefined(), options
	}
	o := m.watchOptions(options)
	path := m.path(c.Argument(0), "path")
	v, err := rt.VM.New(m.watcher.Ctor)
	if err != nil {
		panic(err)
	}
	w := bind.From(v).(*fsWatcher)
	w.enc = o.enc
	w.w, err = m.open(path, o)
	rt.Must(err)
	w.w.Owner = v
	w.w.OnChange = func(ch fs.Change) { w.Emit("change", ch.Event, m.name(ch.Filename, w.enc)) }
	if bind.IsCallable(listener) {
		rt.Call(v.Get("on"), v, rt.VM.ToValue("change"), listener)
	}
	if o.signal != nil {
		if o.signal.Get("aborted").ToBoolean() {
			rt.Loop.NextTickFunc(w.close)
		} else {
			remove := m.onAbort(o.signal, w.close)
			w.Once("close", func(...any) { remove() })
		}
	}
	return v
}

func (w *fsWatcher) close() {
	if w.w == nil {
		return
	}
	w.w.Close()
	w.w = nil
	w.m.rt.Loop.NextTickFunc(func() { w.Emit("close") })
}

// onAbort listens for abort and returns the removal.
func (m *module) onAbort(sig *goja.Object, f func()) func() {
	fn := m.rt.Func("onabort", 0, func(goja.FunctionCall) goja.Value { f(); return goja.Undefined() })
	m.rt.Call(sig.Get("addEventListener"), sig, m.rt.VM.ToValue("abort"), fn)
	return func() { m.rt.Call(sig.Get("removeEventListener"), sig, m.rt.VM.ToValue("abort"), fn) }
}

// changes is the async iterator of fs.promises.watch.
type changes struct {
	m       *module
	w       *fs.Watcher
	o       watchOptions
	path    goja.Value
	options goja.Value
	started bool
	ended   bool
	failure goja.Value
	queue   []fs.Change
	max     int
	strict  bool // overflow: 'error'
	next    *waiting
	remove  func()
}

type waiting struct{ resolve, reject func(any) error }

// watchIterator is fs.promises.watch(filename, options).
func (m *module) watchIterator(c goja.FunctionCall) goja.Value {
	rt := m.rt
	x := &changes{m: m, path: c.Argument(0), options: c.Argument(1), max: 2048, remove: func() {}}
	it := rt.VM.NewObject()
	_ = it.Set("next", rt.Func("next", 0, func(goja.FunctionCall) goja.Value { return x.step() }))
	_ = it.Set("return", rt.Func("return", 1, func(c goja.FunctionCall) goja.Value {
		x.stop()
		p, resolve, _ := engine.NewPromise(rt.VM)
		_ = resolve(x.result(c.Argument(0), true))
		return rt.VM.ToValue(p)
	}))
	m.selfIterable(it)
	return it
}

func (x *changes) result(v goja.Value, done bool) goja.Value {
	o := x.m.rt.VM.NewObject()
	_ = o.Set("value", v)
	_ = o.Set("done", done)
	return o
}

func (x *changes) value(c fs.Change) goja.Value {
	o := x.m.rt.VM.NewObject()
	_ = o.SetPrototype(nil)
	_ = o.Set("eventType", c.Event)
	_ = o.Set("filename", x.m.name(c.Filename, x.o.enc))
	return o
}

// start reads the arguments and begins to watch, at the first next().
func (x *changes) start() {
	m, rt := x.m, x.m.rt
	var opts *goja.Object
	if !goja.IsUndefined(x.options) {
		opts = rt.Object(x.options, "options")
	}
	if s := bind.Get(opts, "signal"); !goja.IsUndefined(s) {
		m.signal(s)
	}
	x.o = m.watchOptions(x.options)
	if v := bind.Get(opts, "maxQueue"); !goja.IsUndefined(v) {
		x.max = int(rt.Integer(v, "options.maxQueue", bind.MinSafe, bind.MaxSafe))
	}
	if v := bind.Get(opts, "overflow"); !bind.IsNullish(v) {
		if v.String() != "ignore" && v.String() != "error" {
			rt.ArgValue("options.overflow", v, "must be one of: 'ignore', 'error'")
		}
		x.strict = v.String() == "error"
	}
	path := m.path(x.path, "path")
	if x.o.signal != nil && x.o.signal.Get("aborted").ToBoolean() {
		panic(rt.Thrown(m.abortError(x.o.signal)))
	}
	w, err := m.open(path, x.o)
	rt.Must(err)
	x.w = w
	w.OnChange = x.change
	if x.o.signal != nil {
		x.remove = m.onAbort(x.o.signal, func() { x.fail(m.abortError(x.o.signal)) })
	}
}

func (x *changes) change(c fs.Change) {
	if n := x.next; n != nil {
		x.next = nil
		_ = n.resolve(x.result(x.value(c), false))
		return
	}
	if len(x.queue) >= x.max {
		if x.strict {
			x.fail(x.m.rt.ErrorValue(nodeerr.New(nodeerr.KindError, "ERR_FS_WATCH_QUEUE_OVERFLOW", "fs.watch() queued more than "+bind.FormatNumber(float64(x.max))+" events")))
		} else if x.m.rt.Warn != nil {
			x.m.rt.Warn("fs.watch maxQueue exceeded", "Warning", nil)
		}
		return
	}
	x.queue = append(x.queue, c)
}

func (x *changes) stop() {
	x.ended = true
	if x.w != nil {
		x.w.Close()
		x.remove()
	}
}

func (x *changes) fail(v goja.Value) {
	x.stop()
	if n := x.next; n != nil {
		x.next = nil
		_ = n.reject(v)
		return
	}
	x.failure = v
}

func (x *changes) step() goja.Value {
	rt := x.m.rt
	p, resolve, reject := engine.NewPromise(rt.VM)
	out := rt.VM.ToValue(p)
	if !x.started && !x.ended {
		x.started = true
		if ex := rt.VM.Try(x.start); ex != nil {
			x.ended = true
			_ = reject(ex.Value())
			return out
		}
	}
	switch {
	case len(x.queue) > 0:
		c := x.queue[0]
		x.queue = x.queue[1:]
		_ = resolve(x.result(x.value(c), false))
	case x.failure != nil:
		_ = reject(x.failure)
		x.failure = nil
	case x.ended:
		_ = resolve(x.result(goja.Undefined(), true))
	default:
		x.next = &waiting{resolve, reject}
	}
	return out
}
