package httpmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// The hooks of an HTTPParser, by the index they stand under.
const (
	kOnMessageBegin = iota
	kOnHeaders
	kOnHeadersComplete
	kOnBody
	kOnMessageComplete
	kOnExecute
	kOnTimeout
)

// httpParser is the raw parser that process.binding('http_parser') and
// _http_common give out: its hooks are properties under small numbers.
type httpParser struct {
	m        *module
	obj      *goja.Object
	p        *parser.Parser
	input    []byte
	inputVal goja.Value
	failure  any // a hook's exception, to be thrown when the parser has returned
	handle   *net.Handle
	flushed  bool // headers went to kOnHeaders
}

// HTTPParser returns the class.
func (m *module) HTTPParser() *goja.Object {
	if m.parserClass != nil {
		return m.parserClass.Ctor
	}
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "HTTPParser", Length: 0, AnyThis: true, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		x := &httpParser{m: m, obj: this}
		rt.Attach(this, x)
		if len(args) > 0 && goja.IsNumber(args[0]) {
			x.initialize(args[0], goja.Undefined(), goja.Undefined())
		}
		return nil
	}})
	m.parserClass = c
	for i, name := range []string{"kOnMessageBegin", "kOnHeaders", "kOnHeadersComplete", "kOnBody", "kOnMessageComplete", "kOnExecute", "kOnTimeout"} {
		_ = c.Ctor.Set(name, i)
	}
	_ = c.Ctor.Set("REQUEST", 1)
	_ = c.Ctor.Set("RESPONSE", 2)
	for i, name := range []string{"Headers", "ChunkedLength", "KeepAlive", "TransferEncoding", "Version", "DataAfterClose", "OptionalLFAfterCR", "OptionalCRLFAfterChunk", "OptionalCRBeforeLF", "SpacesAfterChunkSize"} {
		_ = c.Ctor.Set("kLenient"+name, 1<<i)
	}
	_ = c.Ctor.Set("kLenientNone", 0)
	_ = c.Ctor.Set("kLenientAll", int(parser.LenientAll))
	of := func(v goja.Value) *httpParser {
		x, ok := bind.From(v).(*httpParser)
		if !ok {
			panic(rt.VM.NewTypeError("Illegal invocation"))
		}
		return x
	}
	c.Method("initialize", 2, func(call goja.FunctionCall) goja.Value {
		of(call.This).initialize(call.Argument(0), call.Argument(2), call.Argument(3))
		return goja.Undefined()
	})
	c.Method("execute", 1, func(call goja.FunctionCall) goja.Value {
		x := of(call.This)
		b, ok := bind.BytesOf(call.Argument(0))
		if !ok {
			rt.ArgType("buffer", call.Argument(0), "Buffer", "TypedArray", "DataView")
		}
		return x.execute(b, call.Argument(0))
	})
	c.Method("finish", 0, func(call goja.FunctionCall) goja.Value {
		x := of(call.This)
		err := x.need().Finish()
		x.rethrow()
		if err != nil {
			return x.errorValue(err)
		}
		return goja.Undefined()
	})
	undefined := func(f func(*httpParser)) bind.Method {
		return func(call goja.FunctionCall) goja.Value { f(of(call.This)); return goja.Undefined() }
	}
	c.Method("pause", 0, undefined(func(x *httpParser) { x.need().Pause() }))
	c.Method("resume", 0, undefined(func(x *httpParser) { x.need().Resume() }))
	c.Method("close", 0, undefined((*httpParser).close))
	c.Method("free", 0, undefined(func(*httpParser) {}))
	c.Method("remove", 0, undefined(func(*httpParser) {}))
	c.Method("consume", 1, func(call goja.FunctionCall) goja.Value {
		h, ok := bind.From(call.Argument(0)).(*net.Handle)
		if !ok {
			rt.ArgType("stream", call.Argument(0), "TCP", "Pipe")
		}
		of(call.This).consume(h)
		return goja.Undefined()
	})
	c.Method("unconsume", 0, undefined(func(x *httpParser) {
		if x.handle != nil {
			x.handle.SetConsumer(nil)
			x.handle = nil
		}
	}))
	c.Method("getCurrentBuffer", 0, func(call goja.FunctionCall) goja.Value {
		return rt.MakeBuffer(append([]byte(nil), of(call.This).input...))
	})
	c.Method("duration", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(0) })
	c.Method("headersCompleted", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(false) })
	return c.Ctor
}

func (x *httpParser) initialize(typ, maxSize, lenient goja.Value) {
	o := parser.Options{}
	if typ.ToInteger() == 2 {
		o.Kind = parser.Response
	}
	size := 0
	if goja.IsNumber(maxSize) {
		size = int(maxSize.ToInteger())
	}
	o.MaxHeaderSize = http.HeaderSize(x.m.rt.Loop, size)
	if goja.IsNumber(lenient) {
		o.Lenient = parser.Lenient(lenient.ToInteger())
	} else if lenient.ToBoolean() {
		o.Lenient = parser.LenientAll
	}
	x.p = parser.New(x, o)
}

func (x *httpParser) need() *parser.Parser {
	if x.p == nil {
		x.m.rt.Throw(nodeerr.New(nodeerr.KindError, "", "The parser was not initialised"))
	}
	return x.p
}

func (x *httpParser) close() {
	if x.handle != nil {
		x.handle.SetConsumer(nil)
		x.handle = nil
	}
	x.p = nil
}

func (x *httpParser) errorValue(err error) goja.Value {
	if e, ok := err.(*nodeerr.Error); ok {
		c := *e
		c.Message, c.Host = "Parse Error", nil
		return x.m.rt.ErrorValue(&c)
	}
	return x.m.rt.ErrorValue(err)
}

// execute parses; the result is the number of bytes read, or the error.
func (x *httpParser) execute(b []byte, v goja.Value) goja.Value {
	x.input, x.inputVal = b, v
	n, err := x.need().Execute(b)
	x.input, x.inputVal = nil, nil
	x.rethrow()
	if err != nil {
		return x.errorValue(err)
	}
	return x.m.rt.VM.ToValue(n)
}

func (x *httpParser) rethrow() {
	if f := x.failure; f != nil {
		x.failure = nil
		panic(f)
	}
}

// hook calls the hook at index; an exception is kept and stops the parser.
func (x *httpParser) hook(index int, args ...goja.Value) (result goja.Value, err error) {
	fn := x.obj.Get(bind.FormatNumber(float64(index)))
	if fn == nil || !bind.IsCallable(fn) {
		return nil, nil
	}
	if ex := x.m.rt.VM.Try(func() { result = x.m.rt.Call(fn, x.obj, args...) }); ex != nil {
		x.failure = ex
		return nil, ex
	}
	return result, nil
}

// OnMessageBegin calls kOnMessageBegin.
func (x *httpParser) OnMessageBegin() {
	x.flushed = false
	_, _ = x.hook(kOnMessageBegin)
}

// batches hands header lines to kOnHeaders, 31 at a time.
func (x *httpParser) batches(f *parser.Fields, url string) error {
	for i := 0; i < f.Len(); i += parser.BatchPairs {
		list := x.lines(f, i, min(i+parser.BatchPairs, f.Len()))
		if _, err := x.hook(kOnHeaders, list, x.m.rt.VM.ToValue(url)); err != nil {
			return err
		}
		url = ""
	}
	return nil
}

func (x *httpParser) lines(f *parser.Fields, from, to int) goja.Value {
	items := make([]any, 0, 2*(to-from))
	for i := from; i < to; i++ {
		items = append(items, latin1(f.Name(i)), latin1(f.Value(i)))
	}
	return x.m.rt.VM.NewArray(items...)
}

// OnHeadersComplete calls kOnHeadersComplete, after kOnHeaders for a long head.
func (x *httpParser) OnHeadersComplete(h *parser.Head) (parser.Action, error) {
	rt := x.m.rt
	u := goja.Undefined()
	args := []goja.Value{rt.VM.ToValue(int(h.Major)), rt.VM.ToValue(int(h.Minor)), u, u, u, u, u, rt.VM.ToValue(h.Upgrade), rt.VM.ToValue(h.ShouldKeepAlive)}
	if h.Len() > parser.BatchPairs {
		x.flushed = true
		if err := x.batches(&h.Fields, latin1(h.URL())); err != nil {
			return 0, err
		}
	} else {
		args[2] = x.lines(&h.Fields, 0, h.Len())
		if h.Kind == parser.Request {
			args[4] = rt.VM.ToValue(latin1(h.URL()))
		}
	}
	if h.Kind == parser.Request {
		args[3] = rt.VM.ToValue(int(h.Method))
	} else {
		args[5], args[6] = rt.VM.ToValue(h.Status), rt.VM.ToValue(latin1(h.StatusMessage()))
	}
	r, err := x.hook(kOnHeadersComplete, args...)
	if err != nil || r == nil {
		return parser.Continue, err
	}
	return parser.Action(r.ToInteger()), nil
}

// OnBody calls kOnBody with the input, the offset and the length; a copy where
// the input was not JavaScript's.
func (x *httpParser) OnBody(b []byte) error {
	_, err := x.hook(kOnBody, x.m.rt.MakeBuffer(append([]byte(nil), b...)), x.m.rt.VM.ToValue(0), x.m.rt.VM.ToValue(len(b)))
	return err
}

// OnMessageComplete calls kOnMessageComplete, after kOnHeaders for trailers.
func (x *httpParser) OnMessageComplete(trailers *parser.Fields) error {
	if trailers.Len() > 0 {
		if err := x.batches(trailers, ""); err != nil {
			return err
		}
	}
	_, err := x.hook(kOnMessageComplete)
	return err
}

// consume takes the bytes of a handle; kOnExecute is told what came of each
// read.
func (x *httpParser) consume(h *net.Handle) {
	x.handle = h
	h.SetConsumer(x)
	h.ReadStart()
}

// OnConsume parses what the handle read.
func (x *httpParser) OnConsume(h *net.Handle, p []byte, st net.Status) {
	if len(p) == 0 { // the end is the socket's
		h.SetConsumer(nil)
		x.handle = nil
		h.Deliver(p, st)
		return
	}
	p = append([]byte(nil), p...)
	x.m.rt.Loop.Callback(loop.Func(func() {
		r := x.execute(p, nil)
		_, _ = x.hook(kOnExecute, r)
		x.rethrow()
	}))
}
