package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// readOptions reads the options object of a constructor over its defaults.
func (m *module) readOptions(o *stream.Options, opts *goja.Object) {
	if opts == nil {
		return
	}
	truthy := func(name string) bool { v := opts.Get(name); return v != nil && v.ToBoolean() }
	isFalse := func(name string) bool {
		v := opts.Get(name)
		return v != nil && bind.TypeOf(v) == "boolean" && !v.ToBoolean()
	}
	both := truthy("objectMode")
	duplex := o.Readable && o.Writable
	o.ReadableObjectMode = both || duplex && truthy("readableObjectMode")
	o.WritableObjectMode = both || duplex && truthy("writableObjectMode")
	named := "highWaterMark" // in an error
	if duplex {
		named = "readableHighWaterMark"
	}
	if hwm, ok := m.highWaterMark(opts, "highWaterMark", named); ok {
		o.ReadableHighWaterMark, o.WritableHighWaterMark = hwm, hwm
	}
	if duplex && bind.IsNullish(opts.Get("highWaterMark")) {
		if hwm, ok := m.highWaterMark(opts, "readableHighWaterMark", "readableHighWaterMark"); ok {
			o.ReadableHighWaterMark = hwm
		}
		if hwm, ok := m.highWaterMark(opts, "writableHighWaterMark", "writableHighWaterMark"); ok {
			o.WritableHighWaterMark = hwm
		}
	}
	o.EmitClose = !isFalse("emitClose")
	o.AutoDestroy = !isFalse("autoDestroy")
	o.DecodeStrings = !isFalse("decodeStrings")
	o.Encoding = encodingArg(opts.Get("encoding"))
	if d := opts.Get("defaultEncoding"); d != nil && d.ToBoolean() {
		o.DefaultEncoding = d.String()
		if !isEncoding(o.DefaultEncoding) {
			m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_UNKNOWN_ENCODING", "Unknown encoding: "+o.DefaultEncoding))
		}
	}
	if duplex {
		o.AllowHalfOpen = !isFalse("allowHalfOpen")
		o.ReadableFalse = isFalse("readable")
		o.WritableFalse = isFalse("writable")
	}
	if s := opts.Get("signal"); !bind.IsNullish(s) {
		o.Signal = m.signal(s, "signal")
	}
}

// highWaterMark reads one of the marks and validates it; an error calls it named.
func (m *module) highWaterMark(opts *goja.Object, name, named string) (int, bool) {
	v := opts.Get(name)
	if bind.IsNullish(v) {
		return 0, false
	}
	f := v.ToFloat()
	if !goja.IsNumber(v) || f != float64(int64(f)) || f < 0 {
		m.rt.Throw(nodeerr.InvalidArgValue("options."+named, m.rt.Inspect(v, 2), ""))
	}
	return int(f), true
}

// methods copies the functions of the options onto this, where the machine's
// self-calls find them.
func methods(this, opts *goja.Object, names ...string) {
	if opts == nil {
		return
	}
	for _, n := range names {
		if f := opts.Get(n); f != nil && bind.IsCallable(f) {
			_ = this.Set("_"+n, f)
		}
	}
}

// signal makes the machine's Signal of an AbortSignal.
func (m *module) signal(v goja.Value, name string) stream.Signal {
	o, ok := v.(*goja.Object)
	if !ok || o.Get("aborted") == nil {
		m.rt.ArgType(name, v, "AbortSignal")
	}
	return &abortSignal{m.rt, o}
}

// abortSignal is an AbortSignal as the machine sees it.
type abortSignal struct {
	rt  *bind.Runtime
	obj *goja.Object
}

// Aborted is signal.aborted.
func (s *abortSignal) Aborted() bool { return s.obj.Get("aborted").ToBoolean() }

// Reason is signal.reason.
func (s *abortSignal) Reason() error { return s.rt.GoError(s.obj.Get("reason")) }

// OnAbort listens for 'abort' once.
func (s *abortSignal) OnAbort(f func()) func() {
	fn := s.rt.Func("onabort", 0, func(goja.FunctionCall) goja.Value { f(); return goja.Undefined() })
	s.rt.Call(s.obj.Get("addEventListener"), s.obj, s.rt.VM.ToValue("abort"), fn)
	return func() { s.rt.Call(s.obj.Get("removeEventListener"), s.obj, s.rt.VM.ToValue("abort"), fn) }
}

// construct makes the Stream of a new object of one of the classes.
func (m *module) construct(c *bind.Class, this *goja.Object, args []goja.Value, o stream.Options, names ...string) {
	var opts *goja.Object
	if len(args) > 0 {
		opts, _ = args[0].(*goja.Object)
	}
	m.readOptions(&o, opts)
	s := &stream.Stream{}
	s.Bind(c.Host(), s)
	c.Adopt(this, s)
	methods(this, opts, names...)
	bind.AssignedOptions(this)
	if opts != nil {
		if v := opts.Get("captureRejections"); v != nil && v.ToBoolean() {
			s.CaptureRejections = true
		}
	}
	s.Init(m.rt.Loop, c.Host(), s, nil, o)
}

// Signal makes the machine's Signal of an AbortSignal argument.
func Signal(rt *bind.Runtime, v goja.Value, name string) stream.Signal {
	return get(rt).signal(v, name)
}

// ReadOptions reads the options object of a stream's constructor over the
// defaults in o, for the classes of other modules.
func ReadOptions(rt *bind.Runtime, o *stream.Options, opts *goja.Object) {
	get(rt).readOptions(o, opts)
}
