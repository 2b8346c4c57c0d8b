package bind

import (
	"strings"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// classHost is the events.Host of all Go objects of one built-in class.
type classHost struct {
	rt      *Runtime
	class   *Class
	es6     bool
	builtin [events.NumMethods]goja.Value

	own   view // of the class's prototype
	views map[*goja.Object]*view
	last  *view // the one of views that was used last
}

func (h *classHost) capture() {
	h.own.proto = h.class.Proto
	for m := events.Method(0); m < events.NumMethods; m++ {
		if v := h.class.Proto.Get(m.String()); v != nil && !goja.IsUndefined(v) {
			h.builtin[m] = v
		}
	}
}

// Override looks the member up as JavaScript would: on the object if one was
// made, else on the prototype, which a program may have patched.
//
// What is asked for again and again is whether nothing was replaced: that takes
// a few comparisons.
func (h *classHost) Override(e *events.Emitter, m events.Method) events.Override {
	v := &h.own
	if obj, ok := e.Wrapper().(*goja.Object); ok {
		w := wordsOf(obj)
		if w.self.tab != wrapperTab && w.self.tab != attachedTab {
			return h.override(e, m)
		}
		b := (*baseObject)(w.self.data)
		if len(b.propNames) > 0 || b.prototype != v.proto {
			return h.override(e, m)
		}
	}
	if v.builtin&(1<<m) != 0 && v.current(h.rt) {
		return nil
	}
	return h.override(e, m)
}

func (h *classHost) override(e *events.Emitter, m events.Method) events.Override {
	obj, _ := e.Wrapper().(*goja.Object)
	v := &h.own
	if obj != nil {
		b := plain(obj)
		switch {
		case b == nil || len(b.propNames) > 0 && b.values[methodNames[m]] != nil:
			return h.lookUp(e, obj, m, nil)
		case b.prototype == nil:
			return h.lookUp(e, obj, m, nil)
		case b.prototype != h.class.Proto:
			v = h.viewOf(b.prototype)
		}
	} else {
		obj = h.class.Proto
	}
	if v.stands(h.rt, m) {
		return nil
	}
	if f := v.replacement(h.rt, m); f != nil {
		return override{h.rt, h.rt.Wrap(e), f}
	}
	return h.lookUp(e, obj, m, v)
}

// lookUp is a full look-up. v is the view that its answer holds for, nil if that
// is of the object alone.
func (h *classHost) lookUp(e *events.Emitter, obj *goja.Object, m events.Method, v *view) events.Override {
	member := obj.Get(m.String())
	none := member == nil || goja.IsUndefined(member)
	switch {
	case member == h.builtin[m], none && h.builtin[m] == nil:
		if v != nil && !accessor(obj, methodNames[m]) {
			v.found(h.rt, m, nil)
		}
		return nil
	case member == nil, none && m == events.MethodPrependListener:
		return nil
	}
	f := h.rt.Callable(member)
	if v != nil && !accessor(obj, methodNames[m]) {
		v.found(h.rt, m, f)
	}
	return override{h.rt, h.rt.Wrap(e), f}
}

// accessor reports whether obj finds name as anything but a data property of an
// ordinary object or no property at all.
func accessor(obj *goja.Object, name unistring.String) bool {
	for ; obj != nil; obj = obj.Prototype() {
		b := plain(obj)
		if b == nil {
			return obj.Prototype() != nil // Object.prototype has no member of these names
		}
		if v := b.values[name]; v != nil {
			w := (*ifaceWords)(unsafe.Pointer(&v))
			return w.tab == propertyTab && (*property)(w.data).accessor
		}
	}
	return false
}

type override struct {
	rt   *Runtime
	this goja.Value
	fn   Method
}

func (o override) Call(args ...any) any {
	return o.rt.ToGo(o.fn(goja.FunctionCall{This: o.this, Arguments: o.rt.ToValues(args)}))
}

// Wrap returns the JavaScript object of a Go object that embeds an Emitter,
// making it when JavaScript first reaches it.
func (rt *Runtime) Wrap(o events.Object) goja.Value {
	if o == nil {
		return goja.Null()
	}
	e := o.Base()
	if w, ok := e.Wrapper().(*goja.Object); ok {
		return w
	}
	h, ok := e.Host().(*classHost)
	if !ok {
		h = rt.adoptGo(e)
	}
	w := rt.newWrapper(h.class.Proto, e.Self())
	e.SetWrapper(w)
	if rt.EmitterMade != nil {
		rt.EmitterMade(w)
	}
	return w
}

// Adopt makes obj, an instance of c or of a subclass, the JavaScript object of
// the Go object o: the constructor's half of Wrap.
func (c *Class) Adopt(obj *goja.Object, o events.Object) {
	c.rt.Attach(obj, o.Base().Self())
	o.Base().SetWrapper(obj)
	if c.rt.EmitterMade != nil {
		c.rt.EmitterMade(obj)
	}
}

// adoptGo gives a Go object that was made without a realm the host of an
// ordinary emitter.
func (rt *Runtime) adoptGo(e *events.Emitter) *classHost {
	c := rt.classes["events.EventEmitter"]
	e.Bind(c.host, e.Self())
	return c.host
}

func (h *classHost) ToHost(_ *events.Emitter, args []any) any { return h.rt.ToValues(args) }

func (h *classHost) FromHost(_ *events.Emitter, args any) []any {
	vs := args.([]goja.Value)
	out := make([]any, len(vs))
	for i, v := range vs {
		out[i] = h.rt.ToGo(v)
	}
	return out
}

func (h *classHost) Call(e *events.Emitter, l *events.Listener, key events.Key, given, receiver any) {
	fn, ok := l.HostCall.(Method)
	if !ok {
		fn = h.rt.Callable(l.HostFn.(goja.Value))
		l.HostCall = fn
	}
	args := given.([]goja.Value)
	this, ok := receiver.(goja.Value)
	if !ok {
		this = h.rt.Wrap(e)
	}
	r := fn(goja.FunctionCall{This: this, Arguments: args})
	if e.CaptureRejections || h.rt.CaptureRejections {
		h.rt.captureRejection(e, key, args, r)
	}
}

// captureRejection sends a listener's rejected promise to the emitter's
// captureRejectionSymbol method or its 'error' event
// (https://nodejs.org/docs/latest-v24.x/api/events.html#capture-rejections-of-promises).
func (rt *Runtime) captureRejection(e *events.Emitter, key events.Key, args []goja.Value, r goja.Value) {
	obj, ok := r.(*goja.Object)
	if !ok {
		return
	}
	then := obj.Get("then")
	if then == nil || !IsCallable(then) {
		return
	}
	rt.Call(then, obj, goja.Undefined(), rt.Func("", 1, func(c goja.FunctionCall) goja.Value {
		reason := c.Argument(0)
		rt.Loop.NextTickFunc(func() {
			this := rt.Wrap(e).(*goja.Object)
			if h := this.GetSymbol(rt.SymbolFor("nodejs.rejection")); h != nil && IsCallable(h) {
				rt.Call(h, this, append([]goja.Value{reason, rt.KeyValue(key)}, args...)...)
				return
			}
			// An 'error' listener that rejects must not be asked again.
			prev := e.CaptureRejections
			e.CaptureRejections = false
			defer func() { e.CaptureRejections = prev }()
			e.Emit("error", reason)
		})
		return goja.Undefined()
	}))
}

// SymbolFor is Symbol.for(name).
func (rt *Runtime) SymbolFor(name string) *goja.Symbol {
	if s, ok := rt.values[symbolKey(name)].(*goja.Symbol); ok {
		return s
	}
	ctor := rt.VM.Get("Symbol").(*goja.Object)
	s := rt.Call(ctor.Get("for"), ctor, rt.VM.ToValue(name)).(*goja.Symbol)
	rt.values[symbolKey(name)] = s
	return s
}

type symbolKey string

// emittedWhere is what Node adds to the stack of an 'error' event that ends the
// process: which object emitted it, and where.
func (h *classHost) emittedWhere(e *events.Emitter, err *goja.Object) string {
	text := "Emitted 'error' event"
	if c, ok := h.rt.Wrap(e).(*goja.Object).Get("constructor").(*goja.Object); ok {
		if n := c.Get("name"); n != nil && n.String() != "EventEmitter" {
			text += " on " + n.String() + " instance"
		}
	}
	text += " at:"
	here := h.rt.ErrorObject(nodeerr.KindError, "", "").Get("stack").String()
	if _, frames, ok := strings.Cut(here, "\n"); ok {
		return text + "\n" + frames
	}
	return text + "\n    at node:events:508:28"
}

func (h *classHost) Unhandled(e *events.Emitter, a events.Args) {
	args, ok := a.Host.([]goja.Value)
	if !ok {
		args = h.rt.ToValues(a.Go)
	}
	var v goja.Value = goja.Undefined()
	if len(args) > 0 {
		v = args[0]
	}
	if h.rt.IsError(v) {
		h.rt.Emitted.Error, _ = v.(*goja.Object)
		h.rt.Emitted.Where = h.emittedWhere(e, h.rt.Emitted.Error)
		panic(h.rt.Thrown(v))
	}
	text := h.rt.Inspect(v, 2)
	err := h.rt.ErrorObject("Error", "ERR_UNHANDLED_ERROR", "Unhandled error. ("+text+")")
	_ = err.Set("context", v)
	panic(h.rt.Thrown(err))
}

func (h *classHost) LeakWarning(e *events.Emitter, key events.Key, count, max int) {
	if h.rt.Warn == nil {
		return
	}
	name := h.rt.KeyValue(key)
	if h.rt.AddedKey != nil && h.rt.AddedKey.String() == key.Name {
		name = h.rt.AddedKey
	}
	text := name.String()
	if s, ok := name.(*goja.Symbol); ok {
		text = "Symbol(" + s.String() + ")"
	}
	obj := h.rt.Wrap(e)
	ctor := "EventEmitter"
	if c, ok := obj.(*goja.Object).Get("constructor").(*goja.Object); ok {
		if n := c.Get("name"); n != nil && n.String() != "" {
			ctor = n.String()
		}
	}
	h.rt.Warn("Possible EventEmitter memory leak detected. "+itoa(count)+" "+text+" listeners added to ["+ctor+
		"]. MaxListeners is "+itoa(max)+". Use emitter.setMaxListeners() to increase limit", "MaxListenersExceededWarning",
		map[string]any{"emitter": obj, "type": name, "count": count})
}

func (h *classHost) DefaultMaxListeners() int { return h.rt.DefaultMaxListeners }

// Throw throws err as a JavaScript exception.
func (h *classHost) Throw(err error) { h.rt.Throw(err) }

// Caught returns the error of a recovered JavaScript exception.
func (h *classHost) Caught(p any) (error, bool) {
	switch x := p.(type) {
	case *goja.Exception:
		return h.rt.thrownError(x.Value()), true
	case goja.Value:
		return h.rt.thrownError(x), true
	}
	return nil, false
}

// Describe words a value as argument errors do.
func (h *classHost) Describe(v any) string {
	if x, ok := v.(goja.Value); ok {
		return h.rt.Received(x)
	}
	return h.rt.Received(h.rt.ToValue(v))
}

// CloseInstead is for an object whose destroy a program took away.
func (h *classHost) CloseInstead(e *events.Emitter) bool {
	obj, ok := e.Wrapper().(*goja.Object)
	if !ok || untouched(obj, h.class.Proto) || IsCallable(obj.Get("destroy")) {
		return false
	}
	if fn := obj.Get("close"); fn != nil && IsCallable(fn) {
		h.rt.Call(fn, obj)
	}
	return true
}

// Matches reports whether registered stands for the function of l.
func (h *classHost) Matches(registered, l *events.Listener) bool {
	fn, ok := l.HostFn.(*goja.Object)
	return ok && registered.HostFn != nil && ListenerMatches(registered, fn)
}
