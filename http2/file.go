package http2

import (
	"context"
	"errors"
	"io"
	"syscall"

	"github.com/spindle-js/spindle/http2/protocol"
)

// fileChunk is how much of a file is read at a time.
const fileChunk = 65536

// file sends what a descriptor has as a stream's body: the next part is read
// when the one before was written.
type file struct {
	st     *Stream
	w      *protocol.Stream
	fd     int
	offset int64 // negative: where the descriptor stands
	left   int64 // negative: to the end
	buf    []byte
	n      int
	closed bool
	close  func()
	busy   bool
}

func sendFile(st *Stream, fd int, offset, length int64, closeFD func()) {
	f := &file{st: st, w: st.wire, fd: fd, offset: offset, left: length, close: closeFD}
	st.closing = f.stop
	f.next()
}

// stop lets go of the descriptor.
func (f *file) stop() {
	if !f.closed {
		f.closed = true
		if !f.busy {
			f.close()
		}
	}
}

func (f *file) next() {
	if f.closed {
		return
	}
	n := int64(fileChunk)
	if f.left >= 0 {
		n = min(n, f.left)
	}
	if n == 0 {
		f.end()
		return
	}
	f.buf = make([]byte, n)
	f.busy = true
	f.st.StreamLoop().Work(context.Background(), "FSREQCALLBACK", f.read, f.got)
}

// read runs off the loop.
func (f *file) read(context.Context) (err error) {
	for {
		if f.offset >= 0 {
			f.n, err = syscall.Pread(f.fd, f.buf, f.offset)
		} else {
			f.n, err = syscall.Read(f.fd, f.buf)
		}
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err == nil && f.n == 0 {
		return io.EOF
	}
	return err
}

func (f *file) got(err error) {
	f.busy = false
	if f.closed {
		f.close()
		return
	}
	switch {
	case errors.Is(err, io.EOF):
		f.end()
		return
	case err != nil:
		f.st.Close(protocol.InternalError)
		return
	}
	if f.offset >= 0 {
		f.offset += int64(f.n)
	}
	if f.left >= 0 {
		f.left -= int64(f.n)
	}
	st := f.st
	st.touch()
	st.stats.sent(f.n)
	f.w.Write([][]byte{f.buf[:f.n]}, func(error) { f.next() })
	if f.left == 0 {
		f.w.Shutdown()
	}
	if st.session != nil {
		st.session.schedule()
	}
}

// end ends the body.
func (f *file) end() {
	f.w.Shutdown()
	if s := f.st.session; s != nil {
		s.schedule()
	}
	f.stop()
}
