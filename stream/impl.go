package stream

import (
	"sync/atomic"
	"unsafe"

	"github.com/spindle-js/spindle/buffer"
)

// The underscore methods of an implementation in Go. Each is optional; a done
// function must be called exactly once, at once or later on the loop's
// goroutine, with nil or the error.
type (
	// Reader is _read: produce data through Push, n being the amount wanted.
	Reader interface{ ReadImpl(n int) }
	// Writer is _write. enc is "buffer" for bytes, the encoding for text that
	// was not decoded, and what the caller gave in object mode.
	Writer interface {
		WriteImpl(c buffer.Chunk, enc string, done func(error))
	}
	// VectorWriter is _writev. cs is the callee's until done is called.
	VectorWriter interface {
		WritevImpl(cs []WriteRequest, done func(error))
	}
	// Finalizer is _final, called once before 'finish'.
	Finalizer interface{ FinalImpl(done func(error)) }
	// Destroyer is _destroy; err is nil for a destroy without an error.
	Destroyer interface {
		DestroyImpl(err error, done func(error))
	}
	// Constructor is _construct, called in a tick after Init and before any
	// other method.
	Constructor interface{ ConstructImpl(done func(error)) }
	// Transformer is _transform. A chunk given to done is pushed.
	Transformer interface {
		TransformImpl(c buffer.Chunk, enc string, done func(error, buffer.Chunk))
	}
	// Flusher is _flush, called before a Transform ends.
	Flusher interface {
		FlushImpl(done func(error, buffer.Chunk))
	}
)

// WriteRequest is one buffered write.
type WriteRequest struct {
	Chunk    buffer.Chunk
	Encoding string
	Callback func(error) // nil for none
}

// Methods is an implementation made of functions, as the options read, write,
// … of Node's constructors are; a nil function is a method that is not there.
type Methods struct {
	Read      func(n int)
	Write     func(c buffer.Chunk, enc string, done func(error))
	Writev    func(cs []WriteRequest, done func(error))
	Final     func(done func(error))
	Destroy   func(err error, done func(error))
	Construct func(done func(error))
	Transform func(c buffer.Chunk, enc string, done func(error, buffer.Chunk))
	Flush     func(done func(error, buffer.Chunk))
}

// caps says which underscore methods the implementation has.
type caps uint16

const (
	capRead caps = 1 << iota
	capWrite
	capWritev
	capFinal
	capDestroy
	capConstruct
	capTransform
	capFlush
)

func capsOf(impl any) caps {
	if m, ok := impl.(*Methods); ok {
		return m.caps()
	}
	// A message of http is made for each request: asking once a type is enough.
	at := &knownCaps[typeOf(impl)>>6%uintptr(len(knownCaps))]
	if k := at.Load(); k != nil && k.of == typeOf(impl) {
		return k.caps
	}
	c := askCaps(impl)
	at.Store(&typeCaps{typeOf(impl), c})
	return c
}

// typeCaps is what a type was found to have.
type typeCaps struct {
	of   uintptr
	caps caps
}

var knownCaps [32]atomic.Pointer[typeCaps]

// typeOf is the identity of v's type: the first word of the interface.
func typeOf(v any) uintptr { return *(*uintptr)(unsafe.Pointer(&v)) }

func askCaps(impl any) caps {
	var c caps
	put := func(x caps, ok bool) {
		if ok {
			c |= x
		}
	}
	_, ok := impl.(Reader)
	put(capRead, ok)
	_, ok = impl.(Writer)
	put(capWrite, ok)
	_, ok = impl.(VectorWriter)
	put(capWritev, ok)
	_, ok = impl.(Finalizer)
	put(capFinal, ok)
	_, ok = impl.(Destroyer)
	put(capDestroy, ok)
	_, ok = impl.(Constructor)
	put(capConstruct, ok)
	_, ok = impl.(Transformer)
	put(capTransform, ok)
	_, ok = impl.(Flusher)
	put(capFlush, ok)
	return c
}

func (m *Methods) caps() caps {
	var c caps
	for _, x := range []struct {
		bit caps
		ok  bool
	}{
		{capRead, m.Read != nil}, {capWrite, m.Write != nil}, {capWritev, m.Writev != nil},
		{capFinal, m.Final != nil}, {capDestroy, m.Destroy != nil}, {capConstruct, m.Construct != nil},
		{capTransform, m.Transform != nil}, {capFlush, m.Flush != nil},
	} {
		if x.ok {
			c |= x.bit
		}
	}
	return c
}

// ReadImpl calls m.Read, and so do the others for their fields; none is called
// when the field is nil.
func (m *Methods) ReadImpl(n int) { m.Read(n) }

// WriteImpl calls m.Write.
func (m *Methods) WriteImpl(c buffer.Chunk, enc string, done func(error)) { m.Write(c, enc, done) }

// WritevImpl calls m.Writev.
func (m *Methods) WritevImpl(cs []WriteRequest, done func(error)) { m.Writev(cs, done) }

// FinalImpl calls m.Final.
func (m *Methods) FinalImpl(done func(error)) { m.Final(done) }

// DestroyImpl calls m.Destroy.
func (m *Methods) DestroyImpl(err error, done func(error)) { m.Destroy(err, done) }

// ConstructImpl calls m.Construct.
func (m *Methods) ConstructImpl(done func(error)) { m.Construct(done) }

// TransformImpl calls m.Transform.
func (m *Methods) TransformImpl(c buffer.Chunk, enc string, done func(error, buffer.Chunk)) {
	m.Transform(c, enc, done)
}

// FlushImpl calls m.Flush.
func (m *Methods) FlushImpl(done func(error, buffer.Chunk)) { m.Flush(done) }

// Done is a callback as an overridden underscore method receives it. Host is
// free for the host to keep the function object that it made of Call.
type Done struct {
	Call func(error)
	Host any
}

// ChunkDone is the callback of an overridden _transform or _flush.
type ChunkDone struct {
	Call func(error, buffer.Chunk)
	Host any
}
