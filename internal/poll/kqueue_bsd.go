//go:build darwin || dragonfly || freebsd

package poll

import (
	"os"

	"github.com/panjf2000/gnet/v2/pkg/netpoll"
	"golang.org/x/sys/unix"
)

// backend is what kqueue needs: gnet's queue to wait on, on which gnet has
// registered the user event 0 for waking, and the batch.
type backend struct {
	kq     int
	events []unix.Kevent_t
}

func newBackend(g *netpoll.Poller) (b backend, err error) {
	if b.kq, err = descriptor(g, "fd"); err != nil {
		return b, err
	}
	b.events = make([]unix.Kevent_t, batchSize)
	return b, nil
}

// Set changes fd's interest from one set to another. A kqueue holds one filter
// per direction; gnet adds them, and since its Delete does nothing here the
// removals are ours.
func (p *Poller) Set(fd int, from, to Interest) error {
	p.att.FD = fd
	gone, come := from&^to, to&^from
	if gone&Read != 0 {
		if err := p.remove(fd, unix.EVFILT_READ); err != nil {
			return err
		}
	}
	if gone&Write != 0 {
		if err := p.remove(fd, unix.EVFILT_WRITE); err != nil {
			return err
		}
	}
	switch come {
	case Read:
		return p.gnet.AddRead(&p.att, false)
	case Write:
		return p.gnet.AddWrite(&p.att, false)
	case Read | Write:
		return p.gnet.AddReadWrite(&p.att, false)
	}
	return nil
}

func (p *Poller) remove(fd int, filter int) error {
	var change [1]unix.Kevent_t
	unix.SetKevent(&change[0], fd, filter, unix.EV_DELETE)
	_, err := unix.Kevent(p.kq, change[:], nil, nil)
	return os.NewSyscallError("kevent delete", err)
}

// Try takes what is ready now and returns the number of events.
func (p *Poller) Try() (int, error) { return p.Wait(0) }

// Wait blocks until something is ready, at most ms milliseconds, for ever when
// ms is negative, and returns the number of events: zero after the time, after
// a signal, or when only Wake was called.
func (p *Poller) Wait(ms int) (int, error) {
	var limit *unix.Timespec
	if ms >= 0 {
		ts := unix.NsecToTimespec(int64(ms) * 1e6)
		limit = &ts
	}
	n, err := unix.Kevent(p.kq, nil, p.events, limit)
	if err != nil {
		if err == unix.EINTR {
			return 0, nil
		}
		return 0, os.NewSyscallError("kevent", err)
	}
	for i := range n {
		if p.events[i].Filter == unix.EVFILT_USER {
			p.woken = true
			n--
			copy(p.events[i:n], p.events[i+1:n+1])
			break
		}
	}
	return n, nil
}

// Event returns the i-th descriptor of the last batch and what it is ready for.
// A descriptor ready in both directions has two events.
func (p *Poller) Event(i int) (fd int, ev Events) {
	e := &p.events[i]
	switch e.Filter {
	case unix.EVFILT_READ:
		ev = Readable // EV_EOF: the read returns what is left, then 0
	case unix.EVFILT_WRITE:
		ev = Writable
		if e.Flags&unix.EV_EOF != 0 {
			ev |= Hangup
		}
	}
	if e.Flags&unix.EV_ERROR != 0 {
		ev |= Error | Readable | Writable
	}
	return int(e.Ident), ev
}

// Wake makes Wait return. Safe for any goroutine until Close.
func (p *Poller) Wake() error {
	change := [1]unix.Kevent_t{{Filter: unix.EVFILT_USER, Fflags: unix.NOTE_TRIGGER}}
	for {
		_, err := unix.Kevent(p.kq, change[:], nil, nil)
		if err != unix.EINTR {
			return os.NewSyscallError("kevent wake", err)
		}
	}
}
