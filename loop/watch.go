package loop

import (
	"fmt"
	"syscall"

	"github.com/spindle-js/spindle/internal/poll"
)

// Events is what a watched descriptor is ready for. Hangup and Error come with
// Readable or Writable, whichever is watched, so that the next read or write
// finds the reason.
type Events = poll.Events

// The bits of Events.
const (
	Readable = poll.Readable
	Writable = poll.Writable
	Hangup   = poll.Hangup
	Error    = poll.Error
)

// Watcher is told when a descriptor is ready. OnPoll is called in the poll
// phase, outside any call-out, for as long as the condition lasts and the
// interest is kept. It may change interests, close this and other watches, and
// close their descriptors.
type Watcher interface{ OnPoll(ev Events) }

// Watch is the registration of one non-blocking descriptor. It does not keep
// the loop alive; the Handle beside it does. The zero Watch may be embedded and
// opened with Open.
//
// Changes of interest reach the kernel once an iteration, right before the
// wait, so that pausing and resuming in one iteration costs no system call.
type Watch struct {
	l       *Loop
	w       Watcher
	fd      int32
	want    poll.Interest
	applied poll.Interest // what the kernel has
	dirty   bool          // in watches.dirty
}

// watches is the registrations by descriptor.
type watches struct {
	byFD   []*Watch
	dirty  []*Watch
	failed []*Watch // the kernel refused these: to be told in this poll phase
}

// Watch registers fd without interest. The error is EEXIST when fd is watched
// already, EBADF when it is negative, ErrClosed after Close.
func (l *Loop) Watch(fd int, w Watcher) (*Watch, error) {
	x := new(Watch)
	if err := x.Open(l, fd, w); err != nil {
		return nil, err
	}
	return x, nil
}

// Watched returns the descriptors that are registered, for whoever ends a program
// whose handles nobody will close.
func (l *Loop) Watched() []int {
	var out []int
	for fd, x := range l.watch.byFD {
		if x != nil {
			out = append(out, fd)
		}
	}
	return out
}

// Open registers fd on an unused or closed Watch. See Loop.Watch.
func (x *Watch) Open(l *Loop, fd int, w Watcher) error {
	switch {
	case l.closed:
		return ErrClosed
	case fd < 0:
		return fmt.Errorf("loop: watch: %w", syscall.EBADF)
	case fd < len(l.watch.byFD) && l.watch.byFD[fd] != nil:
		return fmt.Errorf("loop: watch: %w", syscall.EEXIST)
	case x.w != nil:
		return fmt.Errorf("loop: watch: %w", syscall.EBUSY)
	}
	if fd >= len(l.watch.byFD) {
		grown := make([]*Watch, max(64, fd+1, 2*len(l.watch.byFD)))
		copy(grown, l.watch.byFD)
		l.watch.byFD = grown
	}
	// A closed Watch may still be in the dirty list: keep that flag.
	x.l, x.w, x.fd, x.want, x.applied = l, w, int32(fd), poll.None, poll.None
	l.watch.byFD[fd] = x
	return nil
}

// FD returns the descriptor.
func (x *Watch) FD() int { return int(x.fd) }

// SetInterest says which directions are watched, from the next wait on; those
// that are dropped are not reported any more, even if an event is on its way.
func (x *Watch) SetInterest(read, write bool) {
	want := poll.None
	if read {
		want = poll.Read
	}
	if write {
		want |= poll.Write
	}
	if want == x.want || x.w == nil {
		return
	}
	x.want = want
	if !x.dirty {
		x.dirty = true
		x.l.watch.dirty = append(x.l.watch.dirty, x)
	}
}

// Interest returns what SetInterest was told last.
func (x *Watch) Interest() (read, write bool) {
	return x.want&poll.Read != 0, x.want&poll.Write != 0
}

// Close ends the watch; OnPoll is not called any more. Call it before closing
// the descriptor, which may follow at once. Closing twice is allowed.
func (x *Watch) Close() {
	if x.w == nil {
		return
	}
	x.l.watch.byFD[x.fd] = nil
	if x.applied != poll.None && !x.l.closed {
		// A child of a fork that has not reached exec may hold the descriptor
		// open, in which case closing it would not unregister it.
		_ = x.l.poller.Set(int(x.fd), x.applied, poll.None)
	}
	x.w, x.want, x.applied = nil, poll.None, poll.None
}

// flush tells the kernel the interests that changed since the last wait. One
// that it refuses is reported to its watcher as ready with Error: a regular
// file, which is always ready, or a descriptor that was closed under the watch.
func (s *watches) flush(p *poll.Poller) {
	for i, x := range s.dirty {
		s.dirty[i] = nil
		x.dirty = false
		if x.want == x.applied {
			continue
		}
		if err := p.Set(int(x.fd), x.applied, x.want); err != nil {
			s.failed = append(s.failed, x)
			x.applied = poll.None
			continue
		}
		x.applied = x.want
	}
	s.dirty = s.dirty[:0]
}

// deliver tells the watcher of fd what is ready. An event of a descriptor whose
// watch the kernel does not know yet is a stale one: it belonged to an earlier
// holder of the number.
func (s *watches) deliver(fd int, ev Events) {
	x := s.byFD[fd]
	if x == nil {
		return
	}
	asked := Events(x.applied & x.want)
	if ev &= asked | Hangup | Error; ev&asked != 0 {
		x.w.OnPoll(ev)
	}
}

// deliverFailed tells the watchers whose interest the kernel refused.
func (s *watches) deliverFailed() {
	failed := s.failed
	s.failed = nil
	for _, x := range failed {
		if x.w != nil && x.want != poll.None {
			x.w.OnPoll(Events(x.want) | Error)
		}
	}
}
