package zlibmod

import (
	"context"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/zlib"
)

// job is one call of a convenience function.
type job struct {
	mode  zlib.Mode
	o     options
	codec zlib.Codec
	in    []byte
	eng   *engine // where the option info asks for it
}

// prepare checks the options, as the constructor does.
func (m *module) prepare(c class, opts goja.Value) *job {
	o, _ := m.read(c.mode, opts)
	j := &job{mode: c.mode, o: o}
	if o.info.ToBoolean() {
		obj, err := m.rt.VM.New(m.classes[c.mode].Ctor, opts)
		if err != nil {
			panic(err)
		}
		j.eng = m.of(obj)
		j.codec = j.eng.Codec()
		return j
	}
	codec, err := zlib.NewCodec(c.mode, o.codec)
	if err != nil {
		m.rt.Throw(err)
	}
	j.codec = codec
	return j
}

// run does the work, on any goroutine.
func (j *job) run() (out []byte, nin int, err *nodeerr.Error) {
	flush := zlib.MaxFlush(j.o.stream.Flush, j.o.stream.FinishFlush)
	out, nin, err = zlib.Run(j.codec, j.in, flush, j.o.stream.ChunkSize, j.o.maxOutput)
	if err == nil && nin < len(j.in) && j.o.stream.RejectGarbage {
		err = nodeerr.TrailingJunkAfterStreamEnd()
	}
	if j.eng == nil {
		zlib.Release(j.codec)
		j.codec = nil
	}
	return out, nin, err
}

// result makes the value of an outcome.
func (m *module) result(j *job, out []byte, nin int) goja.Value {
	b := m.rt.MakeBuffer(out)
	if j.eng == nil {
		return b
	}
	j.eng.BytesWritten = int64(nin)
	m.show(j.eng)
	o := m.rt.VM.NewObject()
	_ = o.Set("buffer", b)
	_ = o.Set("engine", j.eng.obj)
	return o
}

// source returns the bytes of a string, a view or an ArrayBuffer.
func (m *module) source(v goja.Value) ([]byte, bool) {
	if goja.IsString(v) {
		return []byte(m.rt.Text(v)), true
	}
	return m.rt.BufferSource(v)
}

// sync is gzipSync(buffer[, options]) and its kin.
func (m *module) sync(c class, call goja.FunctionCall) goja.Value {
	j := m.prepare(c, call.Argument(1))
	var ok bool
	if j.in, ok = m.source(call.Argument(0)); !ok {
		m.rt.ArgType("buffer", call.Argument(0), "string", "Buffer", "TypedArray", "DataView", "ArrayBuffer")
	}
	j.o.stream.RejectGarbage = false // looked at by streams alone
	out, nin, err := j.run()
	if j.eng != nil {
		m.close(j.eng)
	}
	if err != nil {
		m.rt.Throw(err)
	}
	return m.result(j, out, nin)
}

// async is gzip(buffer[, options], callback) and its kin. All of it is one piece
// of work off the loop.
func (m *module) async(c class, call goja.FunctionCall) goja.Value {
	rt := m.rt
	opts, cb := call.Argument(1), call.Argument(2)
	if bind.IsCallable(opts) {
		opts, cb = goja.Undefined(), opts
	}
	j := m.prepare(c, opts)
	rt.Function(cb, "callback")
	v := call.Argument(0)
	in, ok := m.source(v)
	if !ok && !bind.IsNullish(v) {
		rt.ArgType("chunk", v, "string", "Buffer", "TypedArray", "DataView")
	}
	j.in = in
	var out []byte
	var nin int
	var failed *nodeerr.Error
	rt.Loop.WorkCPU(context.Background(), "ZLIB", func(context.Context) error {
		out, nin, failed = j.run()
		return nil
	}, func(err error) {
		if err != nil {
			failed = nodeerr.Zlib(-3, err.Error())
		}
		if failed != nil {
			rt.Call(cb, goja.Undefined(), rt.ErrorValue(failed))
			return
		}
		if j.eng != nil {
			m.close(j.eng)
		}
		rt.Call(cb, goja.Undefined(), goja.Null(), m.result(j, out, nin))
	})
	return goja.Undefined()
}

// processChunk is _processChunk(chunk, flush[, callback]), which packages use
// to work without streams: without a callback it is synchronous, and closes the
// handle at its end.
func (m *module) processChunk(call goja.FunctionCall) goja.Value {
	rt := m.rt
	e := m.of(call.This)
	c := m.chunk(call.Argument(0))
	flush := int(call.Argument(1).ToInteger())
	if cb := call.Argument(2); bind.IsCallable(cb) {
		e.Process(c.Bytes, flush, m.done(cb))
		return goja.Undefined()
	}
	codec := e.Codec()
	if codec == nil {
		m.assert("zlib binding closed")
	}
	l := events.NewListener(func(...any) {}, false)
	l.Name = "onError"
	e.AddListener(events.Name("error"), l, false)
	limit := bind.Get(e.obj, "_maxOutputLength").ToInteger()
	var pieces []any
	total, in := int64(0), c.Bytes
	for {
		room := len(e.Out) - e.Offset
		nin, nout, err := codec.Step(in, e.Out[e.Offset:], flush)
		if err != nil {
			e.Destroy(err)
			rt.Throw(err)
		}
		in = in[nin:]
		e.BytesWritten += int64(nin)
		if nout > 0 {
			pieces = append(pieces, rt.MakeBuffer(e.Out[e.Offset:e.Offset+nout:e.Offset+nout]))
			e.Offset += nout
			total += int64(nout)
			if total > limit {
				m.close(e)
				rt.Throw(nodeerr.BufferTooLarge(limit))
			}
		}
		if e.Offset >= len(e.Out) {
			e.Out, e.Offset = make([]byte, e.ChunkSize), 0
		}
		if nout < room {
			break
		}
	}
	m.show(e)
	m.close(e)
	switch len(pieces) {
	case 0:
		return rt.MakeBuffer([]byte{})
	case 1:
		return pieces[0].(*goja.Object)
	}
	b := rt.VM.Get("Buffer").(*goja.Object)
	return rt.Call(b.Get("concat"), b, rt.VM.NewArray(pieces...), rt.VM.ToValue(total))
}
