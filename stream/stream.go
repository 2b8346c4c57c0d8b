package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// Stream is a readable half, a writable half, or both. Embed it, or make one
// with New. The zero value must be initialised with Init.
type Stream struct {
	events.Emitter
	loop *loop.Loop
	impl any
	more *more // rarely used state, nil until needed

	r readable
	w writable

	PipeEnd       // the pipe into it, and the one out of it
	out     *pipe // see pipeListeners

	caps          caps
	allowHalfOpen bool
	kind          kind
}

type kind uint8

const (
	kindPlain kind = iota
	kindTransform
	kindPassThrough
)

// readable is _readableState. pipes, awaitDrain and decoding are nil while the
// stream has none.
type readable struct {
	f       rflags
	index   int32 // of the first chunk in buf
	hwm     int
	length  int
	buf     []buffer.Chunk
	pipes   []Destination
	await   []Destination // awaitDrainWriters
	decode  *decoding
	errored error
}

// writable is _writableState.
type writable struct {
	f        wflags
	corked   int32
	hwm      int
	length   int
	writelen int
	index    int32 // of the first request in buffered
	pending  int32 // pendingcb
	buffered []WriteRequest
	cb       callback // of the write under way
	onwrite  *Done
	tick     *AfterWrite
	finished *[]func(error) // callbacks of end
	encoding string         // "": utf8
	errored  error
}

// more holds what few streams need.
type more struct {
	destroyed []func(err error) // destroys that wait for _construct
	transform transform
}

func (s *Stream) extra() *more {
	if s.more == nil {
		s.more = &more{}
	}
	return s.more
}

// New returns a Stream of its own, without a host.
func New(l *loop.Loop, impl any, o Options) *Stream {
	s := &Stream{}
	s.Init(l, nil, s, impl, o)
	return s
}

// Init prepares s: self is the Go object that embeds it, impl has the
// underscore methods as far as they are in Go (nil for none), host may be nil.
// An aborted o.Signal destroys at once.
func (s *Stream) Init(l *loop.Loop, host events.Host, self any, impl any, o Options) {
	s.Bind(host, self)
	s.loop, s.impl, s.caps = l, impl, capsOf(impl)
	s.allowHalfOpen = o.AllowHalfOpen
	switch {
	case o.PassThrough:
		s.kind = kindPassThrough
	case o.Transform:
		s.kind = kindTransform
	}
	if s.kind != kindPlain && o.ReadableHighWaterMark == 0 && o.WritableHighWaterMark < 0 {
		o.WritableHighWaterMark = 0 // a Transform that must not buffer, buffers on neither side
	}
	if o.Readable {
		s.initReadable(&o)
	}
	if o.Writable {
		s.initWritable(&o)
	}
	if s.kind != kindPlain {
		s.initTransform()
	}
	if s.hasConstruct() {
		s.construct()
	}
	if o.Signal != nil {
		AddAbortSignal(o.Signal, s.peer())
	}
}

func (s *Stream) initReadable(o *Options) {
	r := &s.r
	r.f = rPresent | rConstructed | rSync
	r.f.put(rEmitClose, o.EmitClose)
	r.f.put(rAutoDestroy, o.AutoDestroy)
	r.f.put(rObjectMode, o.ReadableObjectMode)
	if r.hwm = o.ReadableHighWaterMark; r.hwm < 0 {
		r.hwm = DefaultHighWaterMark(s.loop, o.ReadableObjectMode)
	}
	if o.DefaultEncoding != "" && o.DefaultEncoding != "utf8" {
		s.decoding().defaultEncoding = o.DefaultEncoding
	}
	if o.Encoding != "" {
		s.setDecoder(o.Encoding)
	}
	if o.ReadableFalse {
		r.f.set(rHasReadable | rEnded | rEndEmitted)
	}
}

func (s *Stream) initWritable(o *Options) {
	w := &s.w
	w.f = wPresent | wConstructed | wSync | wAllBuffers | wAllNoop
	w.f.put(wEmitClose, o.EmitClose)
	w.f.put(wAutoDestroy, o.AutoDestroy)
	w.f.put(wObjectMode, o.WritableObjectMode)
	w.f.put(wDecodeStrings, o.DecodeStrings)
	if w.hwm = o.WritableHighWaterMark; w.hwm < 0 {
		w.hwm = DefaultHighWaterMark(s.loop, o.WritableObjectMode)
	}
	if o.DefaultEncoding != "utf8" {
		w.encoding = o.DefaultEncoding
	}
	if o.WritableFalse {
		w.f.set(wHasWritable | wEnding | wEnded | wFinished)
	}
}

// AsStream returns s: every type that embeds a Stream can be told by it.
func (s *Stream) AsStream() *Stream { return s }

// Streamer is anything that embeds a Stream.
type Streamer interface{ AsStream() *Stream }

// HasReadable reports whether s has a readable half (_readableState).
func (s *Stream) HasReadable() bool { return s.r.f.has(rPresent) }

// HasWritable reports whether s has a writable half (_writableState).
func (s *Stream) HasWritable() bool { return s.w.f.has(wPresent) }

// AllowHalfOpen is the property of a Duplex.
func (s *Stream) AllowHalfOpen() bool { return s.allowHalfOpen }

// SetAllowHalfOpen sets the property of a Duplex.
func (s *Stream) SetAllowHalfOpen(v bool) { s.allowHalfOpen = v }

// IsTransform reports whether s was made a Transform or a PassThrough.
func (s *Stream) IsTransform() bool { return s.kind != kindPlain }

// StreamLoop returns the loop that s belongs to.
func (s *Stream) StreamLoop() *loop.Loop { return s.loop }
