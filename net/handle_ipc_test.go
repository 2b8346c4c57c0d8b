package net

import (
	"testing"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// ipcReader collects what an end of an IPC channel reads.
type ipcReader struct {
	text string
	fds  []int
	done func(*ipcReader)
}

func (r *ipcReader) OnRead(h *Handle, p []byte, st Status) {
	r.text += string(p)
	for fd := h.TakeFD(); fd >= 0; fd = h.TakeFD() {
		r.fds = append(r.fds, fd)
	}
	if st.Failed() {
		h.Close(nil)
	}
	r.done(r)
}

// Descriptors arrive with the bytes they were sent with, also when the channel
// is full and the write has to wait.
func TestIPCPassesDescriptors(t *testing.T) {
	const wanted = 2
	run(t, func(l *loop.Loop) {
		fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		must(t, err)
		a, b := NewHandle(l, PipeSocket), NewHandle(l, PipeSocket)
		for i, h := range []*Handle{a, b} {
			if st := h.Open(fds[i]); st.Failed() {
				t.Fatal(st.Name())
			}
			h.SetIPC()
		}
		var pipe [2]int
		must(t, unix.Pipe(pipe[:]))
		r := &ipcReader{}
		r.done = func(r *ipcReader) {
			if len(r.fds) < wanted || len(r.text) < 1<<20+2 {
				return
			}
			if _, err := unix.Write(r.fds[0], []byte("x")); err != nil {
				t.Errorf("write to the descriptor that came: %v", err)
			}
			var p [1]byte
			if n, err := unix.Read(pipe[0], p[:]); n != 1 || err != nil {
				t.Errorf("read %d, %v", n, err)
			}
			for _, fd := range append(r.fds, pipe[:]...) {
				must(t, unix.Close(fd))
			}
			a.Close(nil)
			b.Close(nil)
		}
		b.SetReader(r, r)
		if async, st := a.WriteFD([]byte("1"), pipe[1], nil); async || st.Failed() {
			t.Errorf("first: %v %s", async, st.Name())
		}
		if async, st := a.Write(make([]byte, 1<<20), func(Status) {}); !async || st.Failed() {
			t.Errorf("filling: %v %s", async, st.Name())
		}
		if async, st := a.WriteFD([]byte("2"), pipe[1], func(st Status) {
			if st.Failed() {
				t.Error(st.Name())
			}
		}); !async || st.Failed() {
			t.Errorf("second: %v %s", async, st.Name())
		}
		b.ReadStart()
	})
}

// Descriptors that nobody took are closed with the handle.
func TestIPCClosesUntaken(t *testing.T) {
	run(t, func(l *loop.Loop) {
		fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		must(t, err)
		b := NewHandle(l, PipeSocket)
		b.Open(fds[1])
		b.SetIPC()
		must(t, unix.Sendmsg(fds[0], []byte("x"), unix.UnixRights(fds[0]), nil, 0))
		must(t, unix.Close(fds[0]))
		b.SetReader(readFunc(func(h *Handle, _ []byte, _ Status) { h.Close(nil) }), b)
		b.ReadStart()
	})
}

type readFunc func(*Handle, []byte, Status)

func (f readFunc) OnRead(h *Handle, p []byte, st Status) { f(h, p, st) }
