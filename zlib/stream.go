package zlib

import (
	"context"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// DefaultChunkSize is the size of the pieces that a Stream pushes.
const DefaultChunkSize = 16 << 10

// StreamOptions are what a Stream itself looks at.
type StreamOptions struct {
	ChunkSize   int // DefaultChunkSize if 0
	Flush       int // of every write
	FinishFlush int // of the last one
	FullFlush   int // of Flush without a kind

	// RejectGarbage makes data after the end of the compressed stream an
	// error; otherwise it is ignored.
	RejectGarbage bool
}

// Stream is a Transform around a Codec, whose steps run off the loop. Verbs:
// Init, Write, Flush, Params, Reset, Close.
type Stream struct {
	stream.Stream
	StreamOptions

	// BytesWritten is how much input was used.
	BytesWritten int64
	// Out is the buffer that steps write to, from Offset on.
	Out    []byte
	Offset int

	// OnChanged, if it is set, is called when BytesWritten, Out or Offset
	// changed; OnClosed when s is destroyed.
	OnChanged, OnClosed func()
	// FlushKind tells the writes that Flush makes from those of a program, if
	// these chunks can come back through a host's method.
	FlushKind func(c buffer.Chunk) (kind int, ok bool)
	// FlushChunk makes the chunk of Flush.
	FlushChunk func(kind int) buffer.Chunk
	// CodecOf, if it is set, returns the codec for the next step, nil if s is
	// closed: for a host whose programs may take it away.
	CodecOf func() Codec

	loop  *loop.Loop
	codec Codec

	busy   bool // a step runs: the codec is its
	reset  bool // wanted when the step has ended
	resume func()
	in     []byte // of the write under way
	flush  int
	done   func(error, buffer.Chunk)
}

// flushMark is the value of a chunk made by Flush.
type flushMark int

// Init prepares s over codec: self is the Go object that embeds it.
func (s *Stream) Init(l *loop.Loop, host events.Host, self any, c Codec, o StreamOptions, so stream.Options) {
	if o.ChunkSize == 0 {
		o.ChunkSize = DefaultChunkSize
	}
	s.loop, s.codec, s.StreamOptions = l, c, o
	s.Out = make([]byte, o.ChunkSize)
	if s.FlushKind == nil {
		s.FlushKind = func(c buffer.Chunk) (int, bool) {
			m, ok := c.Value.(flushMark)
			return int(m), ok
		}
		s.FlushChunk = func(kind int) buffer.Chunk {
			return buffer.Chunk{Kind: buffer.KindBytes, Bytes: []byte{}, Value: flushMark(kind)}
		}
	}
	so.Transform = true
	s.Stream.Init(l, host, self, (*transformer)(s), so)
}

// NewStream returns a Stream of its own, without a host, with Node's defaults.
func NewStream(l *loop.Loop, m Mode, o CodecOptions) (*Stream, *nodeerr.Error) {
	c, err := NewCodec(m, o)
	if err != nil {
		return nil, err
	}
	s := &Stream{}
	s.Init(l, nil, s, c, StreamOptions{FinishFlush: m.FinishFlush(), FullFlush: m.FullFlush()}, stream.TransformOptions())
	return s, nil
}

// Codec returns the codec, nil once s is closed.
func (s *Stream) Codec() Codec {
	if s.CodecOf != nil {
		return s.CodecOf()
	}
	return s.codec
}

// Busy reports whether a step is under way, which has the codec.
func (s *Stream) Busy() bool { return s.busy }

// Flush is zlibBase.flush
// (https://nodejs.org/docs/latest-v24.x/api/zlib.html#zlibflushkind-callback):
// what was written before is sent. cb may be nil.
func (s *Stream) Flush(kind int, cb func(error)) {
	switch {
	case s.WritableFinished():
		if cb != nil {
			s.loop.NextTickFunc(func() { cb(nil) })
		}
	case s.WritableEnded():
		if cb != nil {
			s.AddListener(events.Name("end"), events.NewListener(func(...any) { cb(nil) }, true), false)
		}
	default:
		s.Write(s.FlushChunk(kind), "", cb)
	}
}

// Params is zlibDeflate.params
// (https://nodejs.org/docs/latest-v24.x/api/zlib.html#zlibparamslevel-strategy-callback)
// for values that differ from those in force: applied is called once they are.
func (s *Stream) Params(level, strategy int, applied func(error)) {
	s.Flush(SyncFlush, func(err error) {
		if err != nil {
			return
		}
		c := s.Codec()
		if c == nil {
			applied(nodeerr.New(nodeerr.KindError, "ERR_INTERNAL_ASSERTION", "zlib binding closed"))
			return
		}
		if t, ok := c.(Tunable); ok { // a decompressor has nothing to change
			if e := t.Params(level, strategy); e != nil {
				s.Destroy(e)
				return
			}
		}
		applied(nil)
	})
}

// ResetCodec is zlibBase.reset: the next write begins a new compressed stream.
// It reports false when s is closed.
func (s *Stream) ResetCodec() bool {
	switch {
	case s.Codec() == nil:
		return false
	case s.busy:
		s.reset = true
	default:
		s.resetNow()
	}
	return true
}

func (s *Stream) resetNow() {
	s.reset = false
	if err := s.Codec().Reset(); err != nil {
		s.Destroy(err)
	}
}

// Close is zlibBase.close: it destroys s and frees the codec. cb may be nil.
func (s *Stream) Close(cb func(error)) {
	if cb != nil {
		stream.Finished(s, stream.FinishedOptions{}, cb)
	}
	s.Destroy(nil)
}

// Process is what _transform does with a chunk.
func (s *Stream) Process(p []byte, flush int, done func(error, buffer.Chunk)) {
	if s.Codec() == nil {
		s.loop.NextTickFunc(func() { done(nil, buffer.Chunk{}) })
		return
	}
	s.in, s.flush, s.done = p, flush, done
	s.step()
}

// step gives the codec the rest of the input.
func (s *Stream) step() {
	c := s.Codec()
	if c == nil {
		s.complete(nil)
		return
	}
	in, out := s.in, s.Out[s.Offset:]
	s.busy = true
	var nin, nout int
	var failed *nodeerr.Error
	s.loop.WorkCPU(context.Background(), "ZLIB", func(context.Context) error {
		nin, nout, failed = c.Step(in, out, s.flush)
		return nil
	}, func(err error) {
		s.busy = false
		if err != nil { // the codec panicked: its input was not foreseen
			failed = nodeerr.Zlib(-3, err.Error())
		}
		s.stepped(nin, nout, len(out), failed)
	})
}

// stepped goes on after a step that used nin bytes and made nout.
func (s *Stream) stepped(nin, nout, room int, err *nodeerr.Error) {
	if s.reset && s.Codec() != nil {
		s.resetNow()
	}
	if s.Destroyed() {
		s.complete(nil)
		return
	}
	if err != nil {
		s.in, s.done = nil, nil
		s.Destroy(err)
		return
	}
	s.BytesWritten += int64(nin)
	s.in = s.in[nin:]
	full := false
	if nout > 0 {
		chunk := s.Out[s.Offset : s.Offset+nout : s.Offset+nout]
		s.Offset += nout
		s.changed()
		full = !s.Push(buffer.Bytes(chunk))
	} else {
		s.changed()
	}
	if s.Destroyed() {
		s.complete(nil)
		return
	}
	if nout == room || s.Offset >= s.ChunkSize {
		s.Out, s.Offset = make([]byte, s.ChunkSize), 0
		s.changed()
	}
	switch {
	case nout == room && full:
		s.resume = s.step // at the next read
		return
	case nout == room:
		s.step()
		return
	case len(s.in) > 0 && s.RejectGarbage:
		err := nodeerr.TrailingJunkAfterStreamEnd()
		s.Destroy(err)
		s.complete(err)
		return
	case len(s.in) > 0: // the codec wants no more
		s.Push(buffer.Chunk{})
	}
	s.complete(nil)
}

func (s *Stream) changed() {
	if s.OnChanged != nil {
		s.OnChanged()
	}
}

// complete ends the write under way.
func (s *Stream) complete(err error) {
	done := s.done
	s.in, s.done, s.resume = nil, nil, nil
	if done != nil {
		done(err, buffer.Chunk{})
	}
}

// flushRanks order zlib's flush values by what they do.
var flushRanks = [...]int{NoFlush: 0, Block: 1, PartialFlush: 2, SyncFlush: 3, FullFlush: 4, Finish: 5}

// MaxFlush returns the flush value that does more.
func MaxFlush(a, b int) int {
	if flushRanks[a] > flushRanks[b] {
		return a
	}
	return b
}

// transformer has the underscore methods of a Stream.
type transformer Stream

// TransformImpl is _transform.
func (t *transformer) TransformImpl(c buffer.Chunk, _ string, done func(error, buffer.Chunk)) {
	s := (*Stream)(t)
	flush := s.StreamOptions.Flush
	if k, ok := s.FlushKind(c); ok {
		flush = k
	} else if s.WritableEnded() && s.WritableLength() == len(c.Bytes) {
		flush = MaxFlush(flush, s.FinishFlush) // the last write
	}
	s.Process(c.Bytes, flush, done)
}

// FlushImpl is _flush: whatever the codec still holds.
func (t *transformer) FlushImpl(done func(error, buffer.Chunk)) {
	t.TransformImpl(buffer.Bytes(nil), "", done)
}

// FinalImpl is _final. The flush comes with 'prefinish'.
func (t *transformer) FinalImpl(done func(error)) { done(nil) }

// ReadImpl is _read: it lets a step go on that waited for the reader.
func (t *transformer) ReadImpl(int) {
	s := (*Stream)(t)
	if f := s.resume; f != nil {
		s.resume = nil
		f()
	}
	s.TransformRead()
}

// DestroyImpl is _destroy.
func (t *transformer) DestroyImpl(err error, done func(error)) {
	s := (*Stream)(t)
	if s.codec != nil && s.CodecOf == nil && !s.busy {
		Release(s.codec)
	}
	s.codec, s.resume = nil, nil
	if s.OnClosed != nil {
		s.OnClosed()
	}
	done(err)
}
