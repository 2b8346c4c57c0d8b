package net

import (
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// A Unix socket of which both ends know that descriptors may come with the
// bytes: libuv's uv_pipe_t with ipc set.

// SetIPC makes the handle take descriptors that come with what it reads; see
// TakeFD. Call it before ReadStart.
func (h *Handle) SetIPC() { h.flags |= hIPC }

// TakeFD returns the descriptor that was received first and not taken yet, -1
// for none. It is the caller's to close.
func (h *Handle) TakeFD() int {
	if h.extra == nil || len(h.extra.fds) == 0 {
		return -1
	}
	fd := h.extra.fds[0]
	h.extra.fds = h.extra.fds[1:]
	return fd
}

// WriteFD is Write that sends a descriptor along with the first byte of p, which
// must not be empty. The descriptor must stay open until the other side has it.
func (h *Handle) WriteFD(p []byte, fd int, done func(Status)) (async bool, st Status) {
	if !h.has(hWritable) || h.waiting() {
		if st := h.notWritable(); st != -Status(unix.EAGAIN) {
			return false, st
		}
	} else {
		switch n, e := sysSendFD(int(h.fd), p, fd); {
		case e == 0:
			h.BytesWritten += uint64(n)
			if p, fd = p[n:], -1; len(p) == 0 {
				return false, OK
			}
		case e != syscall.EAGAIN:
			return false, -Status(e)
		}
	}
	r := &writeRequest{done: done, pass: int32(fd + 1)}
	r.one[0] = p
	r.bufs = r.one[:]
	h.BytesWritten += uint64(len(p))
	h.enqueue(r, len(p))
	return true, OK
}

// readIPC is readReady for a handle that takes descriptors.
func (h *Handle) readIPC(ev loop.Events) {
	for range readsPerEvent {
		p := h.Loop().ReadBuffer()
		n, fds, e := sysRecvFDs(int(h.fd), p)
		if len(fds) > 0 {
			x := h.more()
			x.fds = append(x.fds, fds...)
		}
		switch {
		case e == syscall.EAGAIN:
			return
		case e != 0:
			h.readEnded(-Status(e))
			return
		case n == 0:
			h.readEnded(EOF)
			return
		}
		h.BytesRead += uint64(n)
		h.deliver(p[:n], OK)
		if !h.has(hReading) || h.Loop().Stopping() {
			return
		}
		// A read ends where descriptors begin: a short one does not say that
		// there is no more.
	}
}

// maxFDs is how many descriptors one read may bring.
const maxFDs = 64

func sysSendFD(fd int, p []byte, pass int) (int, syscall.Errno) {
	for {
		n, err := unix.SendmsgN(fd, p, unix.UnixRights(pass), nil, 0)
		if err != unix.EINTR {
			return n, errnoOf(err)
		}
	}
}

// sysRecvFDs reads bytes and the descriptors that came with them, which are
// closed on exec.
func sysRecvFDs(fd int, p []byte) (n int, fds []int, e syscall.Errno) {
	var oob [256 + 4*maxFDs]byte
	for {
		n, oobn, _, _, err := unix.Recvmsg(fd, p, oob[:], recvCloexec)
		if err == unix.EINTR {
			continue
		}
		if err != nil || oobn == 0 {
			return n, nil, errnoOf(err)
		}
		messages, err := unix.ParseSocketControlMessage(oob[:oobn])
		if err != nil {
			return n, nil, 0
		}
		for i := range messages {
			list, err := unix.ParseUnixRights(&messages[i])
			if err != nil {
				continue
			}
			for _, got := range list {
				unix.CloseOnExec(got)
			}
			fds = append(fds, list...)
		}
		return n, fds, 0
	}
}
