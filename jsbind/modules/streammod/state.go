package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/stream"
)

// state is a _readableState or _writableState: a view of the Go state.
type state interface{ stream() *stream.Stream }

type readableState struct {
	s       *stream.Stream
	decoder *goja.Object
}

type writableState struct{ s *stream.Stream }

func (st *readableState) stream() *stream.Stream { return st.s }
func (st *writableState) stream() *stream.Stream { return st.s }

// The symbols that Node keeps on its states.
var (
	stateBits       = goja.NewSymbol("kState")
	decoderValue    = goja.NewSymbol("kDecoderValue")
	encodingValue   = goja.NewSymbol("kEncodingValue")
	erroredValue    = goja.NewSymbol("kErroredValue")
	defaultEncoding = goja.NewSymbol("kDefaultEncodingValue")
	bufferedValue   = goja.NewSymbol("kBufferedValue")
)

func init() {
	readable := func(f func(*stream.Stream) bool) func(any) bool {
		return func(st any) bool { return f(st.(*readableState).s) }
	}
	writable := func(f func(*stream.Stream) bool) func(any) bool {
		return func(st any) bool { return f(st.(*writableState).s) }
	}
	decodes := readable(func(s *stream.Stream) bool { return s.ReadableEncoding() != "" })
	bind.RegisterOwnKeys((*readableState)(nil), "highWaterMark", "buffer", "bufferIndex", "length", "pipes", "awaitDrainWriters",
		stateBits, bind.SymbolKey(defaultEncoding).When(readable(func(s *stream.Stream) bool { return s.ReadableDefaultEncoding() != "utf8" })),
		bind.SymbolKey(decoderValue).When(decodes), bind.SymbolKey(encodingValue).When(decodes),
		bind.SymbolKey(erroredValue).When(readable(func(s *stream.Stream) bool { return s.ReadableErrored() != nil })))
	bind.RegisterOwnKeys((*writableState)(nil), "highWaterMark", "length", "corked", "onwrite", "writelen", "bufferedIndex", "pendingcb",
		stateBits, bind.SymbolKey(defaultEncoding).When(writable(func(s *stream.Stream) bool { return s.WritableDefaultEncoding() != "utf8" })),
		bufferedValue, bind.SymbolKey(erroredValue).When(writable(func(s *stream.Stream) bool { return s.WritableErrored() != nil })))
}

// stateSymbols adds what the symbols stand for.
func (m *module) stateSymbols() {
	symbol := func(c *bind.Class, sym *goja.Symbol, get func(*stream.Stream) any) {
		c.SymbolAccessor(sym, func(this goja.Value) goja.Value {
			if st, ok := bind.From(this).(state); ok {
				return m.rt.ToValue(get(st.stream()))
			}
			return goja.Undefined()
		}, nil)
	}
	r, w := m.rstate, m.wstate
	symbol(r, stateBits, func(s *stream.Stream) any { return int(s.ReadableBits()) })
	symbol(r, defaultEncoding, func(s *stream.Stream) any { return s.ReadableDefaultEncoding() })
	symbol(r, encodingValue, func(s *stream.Stream) any { return s.ReadableEncoding() })
	symbol(r, erroredValue, func(s *stream.Stream) any { return m.errValue(s.ReadableErrored()) })
	r.SymbolAccessor(decoderValue, m.decoder, nil)
	r.Accessor("decoder", m.decoder, nil)
	symbol(w, stateBits, func(s *stream.Stream) any { return int(s.WritableBits()) })
	symbol(w, defaultEncoding, func(s *stream.Stream) any { return s.WritableDefaultEncoding() })
	symbol(w, erroredValue, func(s *stream.Stream) any { return m.errValue(s.WritableErrored()) })
	symbol(w, bufferedValue, func(s *stream.Stream) any {
		if list := s.WritableBuffer(); len(list) > 0 {
			return m.requests(list)
		}
		return goja.Null()
	})
}

// decoder is _readableState.decoder: a StringDecoder, null where the stream has
// no encoding.
func (m *module) decoder(this goja.Value) goja.Value {
	st, ok := bind.From(this).(*readableState)
	if !ok || st.s.ReadableEncoding() == "" {
		return goja.Null()
	}
	if st.decoder == nil {
		class := m.rt.Require("string_decoder").(*goja.Object).Get("StringDecoder")
		d, err := m.rt.VM.New(class, m.rt.VM.ToValue(st.s.ReadableEncoding()))
		if err != nil {
			panic(err)
		}
		st.decoder = d
	}
	return st.decoder
}

// stateView returns the state object of a stream, made when it is first asked
// for and kept on the wrapper, so that s._readableState is one object.
func (m *module) stateView(s *stream.Stream, readable bool) goja.Value {
	w, _ := s.Wrapper().(*goja.Object)
	if readable && !s.HasReadable() || !readable && !s.HasWritable() {
		return goja.Undefined()
	}
	sym, class := wstateSymbol, m.wstate
	if readable {
		sym, class = rstateSymbol, m.rstate
	}
	if w != nil {
		if o, ok := w.GetSymbol(sym).(*goja.Object); ok {
			return o
		}
	}
	o := m.rt.VM.CreateObject(class.Proto)
	if readable {
		m.rt.Attach(o, &readableState{s: s})
	} else {
		m.rt.Attach(o, &writableState{s: s})
	}
	if w != nil {
		_ = w.DefineDataPropertySymbol(sym, o, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return o
}

var (
	rstateSymbol = bind.HiddenSymbol("kReadableState")
	wstateSymbol = bind.HiddenSymbol("kWritableState")
)

func (m *module) states() {
	illegal := func(*goja.Object, []goja.Value) *goja.Object { return nil }
	m.rstate = m.rt.NewClass(bind.ClassDef{Name: "ReadableState", Length: 3, New: illegal})
	m.wstate = m.rt.NewClass(bind.ClassDef{Name: "WritableState", Length: 3, New: illegal})
	field := func(c *bind.Class, name string, get func(*stream.Stream) any, set func(*stream.Stream, goja.Value)) {
		var setter func(this, v goja.Value)
		if set != nil {
			setter = func(this, v goja.Value) {
				if st, ok := bind.From(this).(state); ok {
					set(st.stream(), v)
				}
			}
		}
		c.Accessor(name, func(this goja.Value) goja.Value {
			if st, ok := bind.From(this).(state); ok {
				return m.rt.ToValue(get(st.stream()))
			}
			return goja.Undefined()
		}, setter)
	}
	for _, f := range stream.ReadableFlags {
		field(m.rstate, f.Name, func(s *stream.Stream) any { return s.ReadableIs(f.Flag) }, func(s *stream.Stream, v goja.Value) { s.SetReadableIs(f.Flag, v.ToBoolean()) })
	}
	for _, f := range stream.WritableFlags {
		field(m.wstate, f.Name, func(s *stream.Stream) any { return s.WritableIs(f.Flag) }, func(s *stream.Stream, v goja.Value) { s.SetWritableIs(f.Flag, v.ToBoolean()) })
	}
	num := func(set func(*stream.Stream, int)) func(*stream.Stream, goja.Value) {
		return func(s *stream.Stream, v goja.Value) { set(s, int(v.ToInteger())) }
	}
	r := m.rstate
	field(r, "highWaterMark", func(s *stream.Stream) any { return s.ReadableHighWaterMark() }, num((*stream.Stream).SetReadableHighWaterMark))
	field(r, "length", func(s *stream.Stream) any { return s.ReadableLength() }, num((*stream.Stream).SetReadableLength))
	field(r, "flowing", func(s *stream.Stream) any { return triValue(m.rt, s.ReadableFlowing()) }, func(s *stream.Stream, v goja.Value) { s.SetReadableFlowing(toTri(v)) })
	field(r, "paused", func(s *stream.Stream) any { return triValue(m.rt, s.ReadablePaused()) }, func(s *stream.Stream, v goja.Value) { s.SetReadablePaused(toTri(v)) })
	field(r, "buffer", func(s *stream.Stream) any { return m.queue(s) }, func(s *stream.Stream, v goja.Value) { m.setQueue(s, v) })
	field(r, "bufferIndex", func(s *stream.Stream) any { return s.ReadableBufferIndex() }, nil)
	field(r, "pipes", func(s *stream.Stream) any { return m.destinations(s.ReadablePipes()) }, nil)
	field(r, "awaitDrainWriters", func(s *stream.Stream) any { return m.awaiting(s) }, nil)
	field(r, "errored", func(s *stream.Stream) any { return m.errValue(s.ReadableErrored()) }, func(s *stream.Stream, v goja.Value) { s.SetReadableErrored(m.rt.GoError(v)) })
	field(r, "defaultEncoding", func(s *stream.Stream) any { return s.ReadableDefaultEncoding() }, func(s *stream.Stream, v goja.Value) { s.SetReadableDefaultEncoding(v.String()) })
	field(r, "encoding", func(s *stream.Stream) any {
		if e := s.ReadableEncoding(); e != "" {
			return e
		}
		return goja.Null()
	}, nil)
	field(r, "pipesCount", func(s *stream.Stream) any { return len(s.ReadablePipes()) }, nil)
	w := m.wstate
	field(w, "highWaterMark", func(s *stream.Stream) any { return s.WritableHighWaterMark() }, num((*stream.Stream).SetWritableHighWaterMark))
	field(w, "length", func(s *stream.Stream) any { return s.WritableLength() }, num((*stream.Stream).SetWritableLength))
	field(w, "corked", func(s *stream.Stream) any { return s.WritableCorked() }, num((*stream.Stream).SetWritableCorked))
	field(w, "writelen", func(s *stream.Stream) any { return s.WritableWriteLength() }, nil)
	field(w, "pendingcb", func(s *stream.Stream) any { return s.WritablePending() }, num((*stream.Stream).SetWritablePending))
	field(w, "bufferedIndex", func(s *stream.Stream) any { return s.WritableBufferIndex() }, nil)
	field(w, "bufferedRequestCount", func(s *stream.Stream) any { return len(s.WritableBuffer()) }, nil)
	field(w, "errored", func(s *stream.Stream) any { return m.errValue(s.WritableErrored()) }, func(s *stream.Stream, v goja.Value) { s.SetWritableErrored(m.rt.GoError(v)) })
	field(w, "defaultEncoding", func(s *stream.Stream) any { return s.WritableDefaultEncoding() }, nil)
	field(w, "onwrite", func(s *stream.Stream) any { return s.OnWrite() }, nil)
	w.Method("getBuffer", 0, func(c goja.FunctionCall) goja.Value {
		if st, ok := bind.From(c.This).(state); ok {
			return m.requests(st.stream().WritableBuffer())
		}
		return m.rt.VM.NewArray()
	})
	m.stateSymbols()
}

// requests is the array of the writes that wait.
func (m *module) requests(list []stream.WriteRequest) goja.Value {
	items := make([]any, len(list))
	for i := range list {
		items[i] = m.request(&list[i])
	}
	return m.rt.VM.NewArray(items...)
}

func (m *module) setQueue(s *stream.Stream, v goja.Value) {
	o, ok := v.(*goja.Object)
	if !ok {
		return
	}
	var q []buffer.Chunk
	n := int(bind.Get(o, "length").ToInteger())
	for i := 0; i < n; i++ {
		q = append(q, toChunk(o.Get(bind.FormatNumber(float64(i)))))
	}
	s.SetReadableBuffer(q)
}

func (m *module) destinations(list []stream.Destination) goja.Value {
	items := make([]any, len(list))
	for i, d := range list {
		items[i] = m.rt.ToValue(d)
	}
	return m.rt.VM.NewArray(items...)
}

// awaiting is awaitDrainWriters: null, one destination, or a Set.
func (m *module) awaiting(s *stream.Stream) goja.Value {
	list := s.AwaitDrainWriters()
	multi := false
	for _, f := range stream.ReadableFlags {
		if f.Name == "multiAwaitDrain" {
			multi = s.ReadableIs(f.Flag)
		}
	}
	if !multi {
		if len(list) == 0 {
			return goja.Null()
		}
		return m.rt.ToValue(list[0])
	}
	set, err := m.rt.VM.New(m.rt.VM.Get("Set"), m.destinations(list))
	if err != nil {
		panic(err)
	}
	return set
}
