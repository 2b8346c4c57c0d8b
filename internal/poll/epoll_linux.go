package poll

import (
	"os"
	"unsafe"

	"github.com/panjf2000/gnet/v2/pkg/netpoll"
	"golang.org/x/sys/unix"
)

// backend is what epoll needs: gnet's epoll descriptor to wait on, its eventfd
// (registered edge-triggered, so it never has to be read) and the batch.
type backend struct {
	epfd   int
	wakefd int
	events []unix.EpollEvent
}

func newBackend(g *netpoll.Poller) (b backend, err error) {
	if b.epfd, err = descriptor(g, "fd"); err != nil {
		return b, err
	}
	if b.wakefd, err = descriptor(g, "efd"); err != nil {
		return b, err
	}
	b.events = make([]unix.EpollEvent, batchSize)
	return b, nil
}

// Set changes fd's interest from one set to another. Errors are those of
// epoll_ctl(2); EPERM means a file that is always ready, such as a regular one.
func (p *Poller) Set(fd int, from, to Interest) error {
	p.att.FD = fd
	switch {
	case from == to:
		return nil
	case to == None:
		return p.gnet.Delete(fd)
	case from == None && to == Read:
		return p.gnet.AddRead(&p.att, false)
	case from == None && to == Write:
		return p.gnet.AddWrite(&p.att, false)
	case from == None:
		return p.gnet.AddReadWrite(&p.att, false)
	case to == Read:
		return p.gnet.ModRead(&p.att, false)
	case to == Write: // gnet has no ModWrite
		ev := unix.EpollEvent{Events: netpoll.WriteEvents, Fd: int32(fd)}
		return os.NewSyscallError("epoll_ctl mod", unix.EpollCtl(p.epfd, unix.EPOLL_CTL_MOD, fd, &ev))
	default:
		return p.gnet.ModReadWrite(&p.att, false)
	}
}

// Try takes what is ready now and returns the number of events. It is a raw
// system call: Go's scheduler is not told, which is right because it cannot
// block, and which halves its price.
func (p *Poller) Try() (int, error) {
	n, _, errno := unix.RawSyscall6(unix.SYS_EPOLL_PWAIT, uintptr(p.epfd),
		uintptr(unsafe.Pointer(&p.events[0])), uintptr(len(p.events)), 0, 0, 0)
	if errno != 0 {
		return p.took(0, errno)
	}
	return p.took(int(n), nil)
}

// Wait blocks until something is ready, at most ms milliseconds, for ever when
// ms is negative, and returns the number of events: zero after the time, after
// a signal, or when only Wake was called.
func (p *Poller) Wait(ms int) (int, error) {
	n, err := unix.EpollWait(p.epfd, p.events, ms)
	return p.took(n, err)
}

// took drops the wake-up from the batch.
func (p *Poller) took(n int, err error) (int, error) {
	if err != nil {
		if err == unix.EINTR {
			return 0, nil
		}
		return 0, os.NewSyscallError("epoll_wait", err)
	}
	for i := range n {
		if int(p.events[i].Fd) == p.wakefd {
			p.woken = true
			n--
			copy(p.events[i:n], p.events[i+1:n+1])
			break
		}
	}
	return n, nil
}

// Event returns the i-th descriptor of the last batch and what it is ready for.
func (p *Poller) Event(i int) (fd int, ev Events) {
	e := &p.events[i]
	bits := e.Events
	if bits&(unix.EPOLLIN|unix.EPOLLPRI) != 0 {
		ev = Readable
	}
	if bits&unix.EPOLLOUT != 0 {
		ev |= Writable
	}
	if bits&unix.EPOLLHUP != 0 {
		ev |= Hangup | Readable | Writable
	}
	if bits&unix.EPOLLERR != 0 {
		ev |= Error | Readable | Writable
	}
	return int(e.Fd), ev
}

// one is the eight bytes that eventfd(2) adds to its counter.
var one = []byte{1, 0, 0, 0, 0, 0, 0, 0}

// Wake makes Wait return. Safe for any goroutine until Close.
func (p *Poller) Wake() error {
	for {
		_, err := unix.Write(p.wakefd, one)
		switch err {
		case unix.EINTR:
			continue
		case unix.EAGAIN: // the counter is full: start again from zero
			var b [8]byte
			_, _ = unix.Read(p.wakefd, b[:])
			continue
		}
		return os.NewSyscallError("write", err)
	}
}
