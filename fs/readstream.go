package fs

import (
	"math"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/stream"
)

// File is what ReadStream and WriteStream have in common: the descriptor, how
// it is opened, and the operation under way.
type File struct {
	// Files does the work; OnLoop of the stream's loop by default.
	Files Files
	// Path, Flags and Mode are for opening, where FD is not given.
	Path  string
	Flags int
	Mode  uint32
	// FD is the descriptor, -1 while there is none.
	FD int
	// Pos is the position of the next operation, -1 for the descriptor's own.
	Pos int64
	// OpenHook replaces the opening: it reports whether it took charge of done.
	OpenHook func(done func(error)) bool

	s      *stream.Stream
	busy   bool
	ioDone func(error) // a destroy that waits for the operation under way
}

// construct is _construct: it opens, then emits 'open' and 'ready'.
func (f *File) construct(done func(error)) {
	if f.FD >= 0 {
		done(nil)
		return
	}
	if f.OpenHook != nil && f.OpenHook(done) {
		return
	}
	f.OpenNow(done)
}

// OpenNow opens the file, calls done and emits 'open' and 'ready'.
func (f *File) OpenNow(done func(error)) {
	f.Files.Open(f.Path, f.Flags, f.Mode, func(fd int, err error) {
		if err != nil {
			done(err)
			return
		}
		f.FD = fd
		done(nil)
		f.s.Emit("open", fd)
		f.s.Emit("ready")
	})
}

// ended tells a waiting destroy that the operation has ended. It reports
// whether the stream was destroyed meanwhile.
func (f *File) ended(err error) bool {
	f.busy = false
	if !f.s.Destroyed() {
		return false
	}
	if g := f.ioDone; g != nil {
		f.ioDone = nil
		g(err)
	}
	return true
}

// Shut is _destroy: it closes once no operation is under way, after fsync if
// flush asks for it.
func (f *File) Shut(err error, flush bool, done func(error)) {
	if f.busy {
		f.ioDone = func(ioErr error) {
			if err == nil {
				err = ioErr
			}
			f.close(err, flush, done)
		}
		return
	}
	f.close(err, flush, done)
}

func (f *File) close(err error, flush bool, done func(error)) {
	if f.FD <= 0 {
		done(err)
		return
	}
	fd := f.FD
	shut := func(first error) {
		f.Files.Close(fd, func(cerr error) {
			if cerr == nil {
				cerr = first
			}
			done(cerr)
		})
		f.FD = -1
	}
	if !flush {
		shut(err)
		return
	}
	f.Files.Fsync(fd, func(serr error) {
		if serr == nil {
			serr = err
		}
		shut(serr)
	})
}

// ReadStream is fs.ReadStream: a readable half over a file. Fill the fields,
// then call Init.
type ReadStream struct {
	stream.Stream
	File
	// End is the last position that is read, inclusive; math.MaxInt64 for all.
	End       int64
	BytesRead int64
}

// NewReadStream returns a stream over path with the defaults of
// fs.createReadStream.
func NewReadStream(l *loop.Loop, path string) *ReadStream {
	r := &ReadStream{End: math.MaxInt64}
	r.Files, r.Path, r.Mode, r.FD, r.Pos = OnLoop(l), path, 0o666, -1, -1
	r.Init(l, nil, r, stream.ReadableOptions())
	return r
}

// Init prepares the stream, whose fields are filled: self is the Go object that
// embeds it.
func (r *ReadStream) Init(l *loop.Loop, host events.Host, self any, o stream.Options) {
	r.s = &r.Stream
	if r.Files == nil {
		r.Files = OnLoop(l)
	}
	r.Stream.Init(l, host, self, (*reading)(r), o)
}

// Pending reports whether the file has not been opened yet.
func (r *ReadStream) Pending() bool { return r.FD < 0 }

// reading is the underscore methods of a ReadStream.
type reading ReadStream

// ConstructImpl is _construct.
func (r *reading) ConstructImpl(done func(error)) { r.construct(done) }

// DestroyImpl is _destroy.
func (r *reading) DestroyImpl(err error, done func(error)) { r.Shut(err, false, done) }

// ReadImpl is _read.
func (r *reading) ReadImpl(n int) { (*ReadStream)(r).ReadMore(n) }

// ReadMore is ReadStream.prototype._read.
func (r *ReadStream) ReadMore(n int) {
	left := r.End - r.BytesRead
	if r.Pos >= 0 {
		left = r.End - r.Pos
	}
	if left < int64(n) {
		n = int(left + 1)
	}
	if n <= 0 {
		r.Push(buffer.Chunk{})
		return
	}
	r.busy = true
	r.Files.Read(r.FD, make([]byte, n), r.Pos, r.read)
}

func (r *ReadStream) read(n int, p []byte, err error) {
	if r.ended(err) {
		return
	}
	switch {
	case err != nil:
		r.ErrorOrDestroy(err, false)
	case n > 0:
		if r.Pos >= 0 {
			r.Pos += int64(n)
		}
		r.BytesRead += int64(n)
		if n < len(p) { // what is left of the memory would be kept alive
			p = append(make([]byte, 0, n), p[:n]...)
		}
		r.Push(buffer.Bytes(p))
	default:
		r.Push(buffer.Chunk{})
	}
}
