package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/stream"
)

// foreign is an object of a program that is no Stream of ours: everything is
// asked of the object itself. Whether it is a stream at all, its Facts say.
type foreign struct {
	m   *module
	obj *goja.Object
}

// made returns the Go state of an object. A stream that is made when somebody
// asks for it is made now.
func made(v goja.Value) any {
	s := bind.From(v)
	if x, ok := s.(stream.Streamer); ok {
		x.AsStream()
	}
	return s
}

// destination returns what a pipe needs of its target.
func (m *module) destination(v goja.Value) stream.Destination {
	if d, ok := made(v).(stream.Destination); ok {
		return d
	}
	o, ok := v.(*goja.Object)
	if !ok {
		panic(m.rt.VM.NewTypeError("Cannot read properties of " + v.String() + " (reading 'on')"))
	}
	return m.foreign(o)
}

// peer returns the Peer of an object, nil for what is no object.
func (m *module) peer(v goja.Value) stream.Peer {
	if p, ok := made(v).(stream.Peer); ok {
		return p
	}
	if o, ok := v.(*goja.Object); ok {
		return m.foreign(o)
	}
	return nil
}

// nodeStream returns the Peer of a stream, nil for other values.
func (m *module) nodeStream(v goja.Value) stream.Peer {
	if p := m.peer(v); p != nil && stream.IsNode(p) {
		return p
	}
	return nil
}

// foreign returns the one foreign of an object.
func (m *module) foreign(o *goja.Object) *foreign {
	if f, ok := o.GetSymbol(foreignSymbol).(*goja.Object); ok {
		if x, ok := bind.From(f).(*foreign); ok && x.obj == o {
			return x
		}
	}
	x := &foreign{m, o}
	if bind.IsCallable(bind.Get(o, "on")) {
		holder := m.rt.VM.NewObject()
		m.rt.Attach(holder, x)
		_ = o.DefineDataPropertySymbol(foreignSymbol, holder, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return x
}

var (
	foreignSymbol   = bind.HiddenSymbol("spindle.destination")
	destroyedSymbol = bind.HiddenSymbol("kIsDestroyed")
)

func (f *foreign) has(name string) bool { return bind.IsCallable(bind.Get(f.obj, name)) }

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
	if prepend && f.has("prependListener") {
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
	if !f.has("listenerCount") {
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

// WritableObjectMode is the property of that name.
func (f *foreign) WritableObjectMode() bool {
	return bind.Get(f.obj, "writableObjectMode").ToBoolean()
}

// ReadableObjectMode is the property of that name.
func (f *foreign) ReadableObjectMode() bool {
	return bind.Get(f.obj, "readableObjectMode").ToBoolean()
}

// Read is src.read().
func (f *foreign) Read(int) buffer.Chunk {
	v := f.m.rt.Call(f.obj.Get("read"), f.obj)
	if bind.IsNullish(v) {
		return none
	}
	return toChunk(v)
}

// Pipe is src.pipe(dst, options).
func (f *foreign) Pipe(dst stream.Destination, o stream.PipeOptions) { f.call("pipe", dst, o) }

// Destroy is src.destroy(err).
func (f *foreign) Destroy(err error) {
	if err == nil {
		f.call("destroy")
		return
	}
	f.call("destroy", err)
}

// DestroyPeer ends the object in the way its kind has.
func (f *foreign) DestroyPeer(err error) {
	x := f.Facts()
	req, _ := bind.Get(f.obj, "req").(*goja.Object)
	switch {
	case x.Request:
		f.call("abort")
	case req != nil && isRequest(req):
		f.m.foreign(req).call("abort")
	case f.has("destroy"):
		f.Destroy(err)
	case f.has("close"):
		f.call("close")
	}
}

// MarkDestroyed remembers that an object without a state was destroyed.
func (f *foreign) MarkDestroyed() {
	_ = f.obj.DefineDataPropertySymbol(destroyedSymbol, f.m.rt.VM.ToValue(true), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// StreamLoop returns the loop.
func (f *foreign) StreamLoop() *loop.Loop { return f.m.rt.Loop }

func isRequest(o *goja.Object) bool {
	return bind.Get(o, "setHeader").ToBoolean() && bind.IsCallable(bind.Get(o, "abort"))
}

// boolean is a property that counts only if it is a boolean.
func boolean(o *goja.Object, name string) stream.Tri {
	if v := bind.Get(o, name); bind.TypeOf(v) == "boolean" {
		return toTri(v)
	}
	return stream.Null
}

func (f *foreign) err(o *goja.Object, name string) error {
	switch boolean(o, name) {
	case stream.True:
		return stream.ErrUnknown
	case stream.False:
		return nil
	}
	return f.m.rt.GoError(bind.Get(o, name))
}

func (f *foreign) half(name, open, done string) (h stream.HalfFacts) {
	o, ok := bind.Get(f.obj, name).(*goja.Object)
	if !ok {
		return h
	}
	truthy := func(name string) bool { return bind.Get(o, name).ToBoolean() }
	return stream.HalfFacts{
		Present: true, Open: boolean(o, open), Ended: boolean(o, "ended"), Done: boolean(o, done),
		Length: int(bind.Get(o, "length").ToInteger()), Errored: f.err(o, "errored"),
		ErrorEmitted: truthy("errorEmitted"), Destroyed: truthy("destroyed"),
		AutoDestroy: truthy("autoDestroy"), EmitClose: truthy("emitClose"), Closed: truthy("closed"),
		Pending: int(bind.Get(o, "pendingcb").ToInteger()),
	}
}

// Facts reads the object's properties.
func (f *foreign) Facts() stream.Facts {
	o := f.obj
	truthy := func(name string) bool { return bind.Get(o, name).ToBoolean() }
	on := f.has("on")
	x := stream.Facts{
		CanPipe: on && f.has("pipe"), CanWrite: on && f.has("write"), CanPause: f.has("pause") && f.has("resume"),
		R: f.half("_readableState", "readable", "endEmitted"), W: f.half("_writableState", "writable", "finished"),
		Readable: boolean(o, "readable"), Writable: boolean(o, "writable"),
		Destroyed: truthy("destroyed"), Closed: boolean(o, "closed"),
		ReadableEnded: truthy("readableEnded"), WritableEnded: truthy("writableEnded"), WritableFinished: truthy("writableFinished"),
		ReadableErrored: f.err(o, "readableErrored"), WritableErrored: f.err(o, "writableErrored"),
		ReadableDidRead: truthy("readableDidRead"), ReadableAborted: truthy("readableAborted"),
		Aborted: boolean(o, "aborted"), Request: isRequest(o),
	}
	outgoing := boolean(o, "_closed") != stream.Null && boolean(o, "_defaultKeepAlive") != stream.Null &&
		boolean(o, "_removedConnection") != stream.Null && boolean(o, "_removedContLen") != stream.Null
	if outgoing {
		x.OutgoingClosed = boolean(o, "_closed")
		x.ServerResponse = boolean(o, "_sent100") != stream.Null
	}
	if req, ok := bind.Get(o, "req").(*goja.Object); ok {
		if e, ok := f.m.peer(req).(stream.Emitting); ok {
			x.Req = e
		}
	}
	if v := o.GetSymbol(destroyedSymbol); v != nil {
		x.Marked = v.ToBoolean()
	}
	return x
}

// legacySource is a source for Wrap, with pause and resume as far as the object
// has them.
type legacySource struct{ *foreign }

// Pause is src.pause().
func (s legacySource) Pause() { s.call("pause") }

// Resume is src.resume().
func (s legacySource) Resume() {
	if s.has("resume") {
		s.call("resume")
	}
}

var (
	_ stream.PeerDestination = (*foreign)(nil)
	_ stream.Source          = (*foreign)(nil)
	_ stream.Readables       = (*foreign)(nil)
)
