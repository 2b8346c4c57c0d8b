package bind

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/events"
)

// classHost is the events.Host of all Go objects of one built-in class.
type classHost struct {
	rt      *Runtime
	class   *Class
	es6     bool
	builtin [events.NumMethods]goja.Value
	member  [events.NumMethods]builtinMember
	known   uint64 // bit m: member[m] says where the built-in stands
	chain   chain
}

func (h *classHost) capture() {
	for m := events.Method(0); m < events.NumMethods; m++ {
		if v := h.class.Proto.Get(m.String()); v != nil && !goja.IsUndefined(v) {
			h.builtin[m] = v
		}
	}
	h.locate(func(events.Method, goja.Value) bool { return true })
}

// locate finds where the built-in members stand now, those that accept takes.
func (h *classHost) locate(accept func(m events.Method, stored goja.Value) bool) {
	h.chain = chainOf(h.class.Proto)
	h.known = 0
	for m := events.Method(0); m < events.NumMethods; m++ {
		if h.builtin[m] == nil {
			continue
		}
		if at, ok := h.chain.find(unistring.NewFromString(m.String())); ok && accept(m, at.value) {
			h.member[m] = at
			h.known |= 1 << m
		}
	}
}

// relocate follows prototypes that were changed: a member that a program
// replaced is looked up in full from then on.
func (h *classHost) relocate() {
	h.locate(func(m events.Method, stored goja.Value) bool { return h.member[m].value == stored })
}

// Override looks the member up as JavaScript would: on the object if one was
// made, else on the prototype, which a program may have patched.
func (h *classHost) Override(e *events.Emitter, m events.Method) events.Override {
	obj, _ := e.Wrapper().(*goja.Object)
	quick := h.known&(1<<m) != 0 && (obj == nil || untouched(obj, h.class.Proto))
	if quick && h.chain.stands(&h.member[m]) {
		return nil
	}
	if obj == nil {
		obj = h.class.Proto
	}
	v := obj.Get(m.String())
	if v == h.builtin[m] || v == nil {
		if quick && v != nil {
			h.relocate()
		}
		return nil
	}
	if (h.builtin[m] == nil || m == events.MethodPrependListener) && goja.IsUndefined(v) {
		return nil
	}
	return override{h.rt, h.rt.Wrap(e), h.rt.Callable(v)}
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

func (h *classHost) Call(e *events.Emitter, l *events.Listener, key events.Key, a *events.Args) {
	fn, ok := l.HostCall.(Method)
	if !ok {
		fn = h.rt.Callable(l.HostFn.(goja.Value))
		l.HostCall = fn
	}
	args := a.Host.([]goja.Value)
	this, ok := a.This.(goja.Value)
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
		h.rt.Emitted.Class = "EventEmitter"
		if c, ok := h.rt.Wrap(e).(*goja.Object).Get("constructor").(*goja.Object); ok {
			if n := c.Get("name"); n != nil && n.String() != "" {
				h.rt.Emitted.Class = n.String()
			}
		}
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
