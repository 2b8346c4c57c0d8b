package fs

import (
	"syscall"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// WriteStream is fs.WriteStream: a writable half over a file. Fill the fields,
// then call Init.
type WriteStream struct {
	stream.Stream
	File
	BytesWritten int64
	// Flush asks for fsync before the file is closed.
	Flush bool
	// NoVector leaves _writev out, so that chunks are written one by one;
	// NoWrite leaves _write out.
	NoVector, NoWrite bool
}

// NewWriteStream returns a stream over path with the defaults of
// fs.createWriteStream.
func NewWriteStream(l *loop.Loop, path string, flags int) *WriteStream {
	w := &WriteStream{}
	w.Files, w.Path, w.Flags, w.Mode, w.FD, w.Pos = OnLoop(l), path, flags, 0o666, -1, -1
	w.Init(l, nil, w, stream.WritableOptions())
	return w
}

// Init prepares the stream, whose fields are filled: self is the Go object that
// embeds it.
func (w *WriteStream) Init(l *loop.Loop, host events.Host, self any, o stream.Options) {
	w.s = &w.Stream
	if w.Files == nil {
		w.Files = OnLoop(l)
	}
	w.Stream.Init(l, host, self, w.methods(), o)
}

// Pending reports whether the file has not been opened yet.
func (w *WriteStream) Pending() bool { return w.FD < 0 }

// methods are the underscore methods.
func (w *WriteStream) methods() *stream.Methods {
	m := &stream.Methods{
		Construct: w.construct,
		Destroy:   func(err error, done func(error)) { w.Shut(err, w.Flush, done) },
	}
	if !w.NoWrite {
		m.Write = func(c buffer.Chunk, _ string, done func(error)) { w.WriteAll(c.Bytes, done) }
	}
	if !w.NoVector {
		m.Writev = func(cs []stream.WriteRequest, done func(error)) {
			ps := make([][]byte, len(cs))
			for i := range cs {
				ps[i] = cs[i].Chunk.Bytes
			}
			w.WritevAll(ps, done)
		}
	}
	return m
}

// attempts is how often a write that takes nothing is tried again.
const attempts = 5

// WriteAll is WriteStream.prototype._write.
func (w *WriteStream) WriteAll(p []byte, done func(error)) {
	w.busy = true
	pos := w.Pos
	if w.Pos >= 0 {
		w.Pos += int64(len(p))
	}
	w.writeRest(p, pos, 0, w.finish(done))
}

// finish ends one write: done first, then a destroy that waits for it.
func (w *WriteStream) finish(done func(error)) func(error) {
	return func(err error) {
		w.busy = false
		done(err)
		w.ended(err)
	}
}

func (w *WriteStream) writeRest(p []byte, pos int64, tries int, done func(error)) {
	w.Files.Write(w.FD, p, pos, func(n int, err error) {
		if err = w.progress(n, err, &tries); err != nil {
			done(err)
			return
		}
		if n < len(p) {
			if pos >= 0 {
				pos += int64(n)
			}
			w.writeRest(p[n:], pos, tries, done)
			return
		}
		done(nil)
	})
}

// progress counts what one write took; its error ends the whole.
func (w *WriteStream) progress(n int, err error, tries *int) error {
	if is(err, syscall.EAGAIN) || nodeerr.Code(err) == "EAGAIN" {
		n, err = 0, nil
	}
	switch {
	case err != nil:
		return err
	case w.Destroyed():
		return nodeerr.StreamDestroyed("write")
	}
	w.BytesWritten += int64(n)
	if *tries++; n > 0 {
		*tries = 0
	}
	if *tries > attempts {
		return nodeerr.New(nodeerr.KindError, "EAGAIN", "write failed")
	}
	return nil
}

// WritevAll is WriteStream.prototype._writev.
func (w *WriteStream) WritevAll(ps [][]byte, done func(error)) {
	w.busy = true
	pos, size := w.Pos, 0
	for _, p := range ps {
		size += len(p)
	}
	if w.Pos >= 0 {
		w.Pos += int64(size)
	}
	w.writevRest(ps, size, pos, 0, w.finish(done))
}

func (w *WriteStream) writevRest(ps [][]byte, size int, pos int64, tries int, done func(error)) {
	w.Files.Writev(w.FD, ps, pos, func(n int, err error) {
		if err = w.progress(n, err, &tries); err != nil {
			done(err)
			return
		}
		if n >= size {
			done(nil)
			return
		}
		if pos >= 0 {
			pos += int64(n)
		}
		rest := n
		for rest > 0 && rest >= len(ps[0]) {
			rest -= len(ps[0])
			ps = ps[1:]
		}
		ps = append([][]byte{ps[0][rest:]}, ps[1:]...)
		w.writevRest(ps, size-n, pos, tries, done)
	})
}
