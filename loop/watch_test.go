package loop_test

import (
	"errors"
	"os"
	"runtime"
	"syscall"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

func yield() { runtime.Gosched() }

// pipe is a non-blocking pipe made of bare descriptors.
type pipe struct{ r, w int }

func newPipe(t testing.TB) *pipe {
	t.Helper()
	var fds [2]int
	if err := syscall.Pipe(fds[:]); err != nil {
		t.Fatal(err)
	}
	for _, fd := range fds {
		syscall.CloseOnExec(fd)
		if err := syscall.SetNonblock(fd, true); err != nil {
			t.Fatal(err)
		}
	}
	p := &pipe{fds[0], fds[1]}
	t.Cleanup(p.close)
	return p
}

func (p *pipe) close() { p.closeRead(); p.closeWrite() }

func (p *pipe) closeRead() {
	if p.r >= 0 {
		syscall.Close(p.r)
		p.r = -1
	}
}

func (p *pipe) closeWrite() {
	if p.w >= 0 {
		syscall.Close(p.w)
		p.w = -1
	}
}

func (p *pipe) write(t testing.TB, s string) {
	t.Helper()
	if _, err := syscall.Write(p.w, []byte(s)); err != nil {
		t.Fatal("write:", err)
	}
}

func (p *pipe) read(t testing.TB) string {
	t.Helper()
	var b [64]byte
	n, err := syscall.Read(p.r, b[:])
	if err != nil {
		t.Fatal("read:", err)
	}
	return string(b[:n])
}

type onPoll func(loop.Events)

func (f onPoll) OnPoll(ev loop.Events) { f(ev) }

// watch watches the read end.
func (p *pipe) watch(t testing.TB, l *loop.Loop, f func(loop.Events)) *loop.Watch {
	t.Helper()
	w, err := l.Watch(p.r, onPoll(f))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWatchIsLevelTriggered(t *testing.T) {
	r := newRig(t)
	p := newPipe(t)
	r.Hold()
	n := 0
	var w *loop.Watch
	w = p.watch(t, r.Loop, func(ev loop.Events) {
		if ev&loop.Readable == 0 {
			t.Errorf("event %b", ev)
		}
		if n++; n == 3 {
			p.read(t)
			w.Close()
			r.Release()
		}
	})
	w.SetInterest(true, false)
	p.write(t, "x")
	r.run()
	if n != 3 {
		t.Errorf("%d events, want 3", n)
	}
}

func TestWatchInterest(t *testing.T) {
	r := newRig(t)
	p := newPipe(t)
	p.write(t, "x")
	events := 0
	w := p.watch(t, r.Loop, func(loop.Events) { events++ })
	turn := func() int { // one iteration
		events = 0
		r.SetImmediate(loop.Func(func() {}))
		r.run()
		return events
	}
	steps := []struct {
		name        string
		read, write bool
		want        int
	}{
		{"none at first", false, false, 0},
		{"read", true, false, 1},
		{"paused", false, false, 0},
		{"resumed", true, false, 1},
		{"read end of a pipe is never writable", false, true, 0},
		{"both", true, true, 1},
		{"read after both", true, false, 1},
	}
	for _, s := range steps {
		w.SetInterest(s.read, s.write)
		if read, write := w.Interest(); read != s.read || write != s.write {
			t.Errorf("%s: Interest is %v %v", s.name, read, write)
		}
		if got := turn(); got != s.want {
			t.Errorf("%s: %d events, want %d", s.name, got, s.want)
		}
	}
	w.Close()
	w.Close()
	w.SetInterest(true, true)
	if got := turn(); got != 0 {
		t.Errorf("closed: %d events", got)
	}
}

func TestWatchInterestDroppedWithinTheBatch(t *testing.T) {
	r := newRig(t)
	a, b := newPipe(t), newPipe(t)
	a.write(t, "x")
	b.write(t, "x")
	var wa, wb *loop.Watch
	n := 0
	one := func(loop.Events) {
		n++
		wa.SetInterest(false, false)
		wb.SetInterest(false, false)
	}
	wa, wb = a.watch(t, r.Loop, one), b.watch(t, r.Loop, one)
	wa.SetInterest(true, false)
	wb.SetInterest(true, false)
	r.SetImmediate(loop.Func(func() {}))
	r.run()
	if n != 1 {
		t.Errorf("%d events, want 1: the other watch was paused first", n)
	}
}

// TestStaleEventOfReusedNumber: the first watcher of a batch closes the other's
// descriptor, and a new one gets its number. The event that is left in the batch
// is not the new one's.
func TestStaleEventOfReusedNumber(t *testing.T) {
	r := newRig(t)
	a, b := newPipe(t), newPipe(t)
	a.write(t, "x")
	b.write(t, "x")
	pipes := map[*pipe]*loop.Watch{}
	var fresh *pipe
	stale, first := 0, 0
	for _, p := range []*pipe{a, b} {
		pipes[p] = p.watch(t, r.Loop, func(loop.Events) {
			if first++; first > 1 {
				t.Error("the closed watch got its event")
				return
			}
			other := a
			if p == a {
				other = b
			}
			p.read(t)
			number := other.r
			pipes[other].Close()
			other.closeRead()
			fresh = newPipe(t)
			if fresh.r != number && fresh.w != number {
				t.Skipf("the number %d was not used again", number)
			}
			w, err := r.Watch(number, onPoll(func(loop.Events) { stale++ }))
			if err != nil {
				t.Fatal(err)
			}
			w.SetInterest(true, false)
		})
		pipes[p].SetInterest(true, false)
	}
	r.SetImmediate(loop.Func(func() {}))
	r.run()
	if first != 1 || stale != 0 {
		t.Errorf("%d first events, %d stale ones", first, stale)
	}
}

func TestWatchHangup(t *testing.T) {
	r := newRig(t)
	p := newPipe(t)
	p.closeWrite()
	var got loop.Events
	w := p.watch(t, r.Loop, func(ev loop.Events) { got = ev })
	w.SetInterest(true, false)
	r.SetImmediate(loop.Func(func() {}))
	r.run()
	if got&loop.Readable == 0 || got&loop.Writable != 0 {
		t.Errorf("event %b, want readable only", got)
	}

	q := newPipe(t)
	q.closeRead()
	var bad loop.Events
	x, err := r.Watch(q.w, onPoll(func(ev loop.Events) { bad = ev }))
	if err != nil {
		t.Fatal(err)
	}
	x.SetInterest(false, true)
	r.SetImmediate(loop.Func(func() {}))
	r.run()
	if bad&loop.Writable == 0 || bad&loop.Readable != 0 {
		t.Errorf("event %b, want writable only", bad)
	}
	w.Close()
	x.Close()
}

func TestWatchErrors(t *testing.T) {
	r := newRig(t)
	p := newPipe(t)
	w := p.watch(t, r.Loop, func(loop.Events) {})
	if _, err := r.Watch(p.r, onPoll(nil)); !errors.Is(err, syscall.EEXIST) {
		t.Error("twice:", err)
	}
	if _, err := r.Watch(-1, onPoll(nil)); !errors.Is(err, syscall.EBADF) {
		t.Error("negative:", err)
	}
	if err := w.Open(r.Loop, p.w, onPoll(nil)); !errors.Is(err, syscall.EBUSY) {
		t.Error("open watch opened again:", err)
	}
	w.Close()
	if err := w.Open(r.Loop, p.w, onPoll(func(loop.Events) {})); err != nil || w.FD() != p.w {
		t.Error("closed watch opened again:", err)
	}
	w.Close()
}

// TestWatchRefusedByTheKernel: a regular file is always ready, which epoll says
// with EPERM.
func TestWatchRefusedByTheKernel(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("kqueue watches regular files")
	}
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := newRig(t)
	r.Hold()
	var w *loop.Watch
	w, err = r.Watch(int(f.Fd()), onPoll(func(ev loop.Events) {
		if ev != loop.Readable|loop.Error {
			t.Errorf("event %b", ev)
		}
		w.Close()
		r.Release()
	}))
	if err != nil {
		t.Fatal(err)
	}
	w.SetInterest(true, false)
	r.run()
}

func TestPollWaitsForTimerBesideDescriptor(t *testing.T) {
	l := newLoop(t) // the real clock: the wait must end
	p := newPipe(t)
	w := p.watch(t, l, func(loop.Events) { t.Error("event") })
	w.SetInterest(true, false)
	fired := false
	l.SetTimer(2, 0, loop.Func(func() { fired = true }))
	r := &rig{Loop: l, t: t}
	r.run()
	if !fired {
		t.Error("the timer did not fire")
	}
	if s := l.Stats(); s.Idle <= 0 || s.Active <= 0 || s.Utilization <= 0 || s.Utilization >= 1 {
		t.Errorf("idle %v active %v utilization %v", s.Idle, s.Active, s.Utilization)
	}
	w.Close()
}
