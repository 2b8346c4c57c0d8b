package poll

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"github.com/panjf2000/gnet/v2/pkg/netpoll"
)

func open(t testing.TB) *Poller {
	t.Helper()
	p, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error("Close:", err)
		}
	})
	return p
}

// pair returns two connected stream sockets, non-blocking.
func pair(t testing.TB) (a, b int) {
	t.Helper()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range fds {
		if err := syscall.SetNonblock(fd, true); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { syscall.Close(fd) })
	}
	return fds[0], fds[1]
}

// ready returns what fd is ready for, in one look.
func ready(t testing.TB, p *Poller, fd int) Events {
	t.Helper()
	n, err := p.Try()
	if err != nil {
		t.Fatal(err)
	}
	var all Events
	for i := range n {
		got, ev := p.Event(i)
		if got != fd {
			t.Fatalf("event of %d", got)
		}
		all |= ev
	}
	return all
}

// TestSetEveryTransition walks through all changes from one interest to another
// on a socket that is ready in both directions.
func TestSetEveryTransition(t *testing.T) {
	p := open(t)
	a, b := pair(t)
	if _, err := syscall.Write(b, []byte("x")); err != nil {
		t.Fatal(err)
	}
	now := None
	set := func(to Interest) {
		t.Helper()
		if err := p.Set(a, now, to); err != nil {
			t.Fatalf("from %d to %d: %v", now, to, err)
		}
		if got := ready(t, p, a); got != Events(to) {
			t.Errorf("from %d to %d: ready for %b", now, to, got)
		}
		now = to
	}
	for from := None; from <= Read|Write; from++ {
		for to := None; to <= Read|Write; to++ {
			set(from)
			set(to)
		}
	}
	set(None)
}

func TestLevelTriggered(t *testing.T) {
	p := open(t)
	a, b := pair(t)
	if err := p.Set(a, None, Read); err != nil {
		t.Fatal(err)
	}
	if got := ready(t, p, a); got != 0 {
		t.Errorf("empty: %b", got)
	}
	syscall.Write(b, []byte("x"))
	for range 3 {
		if got := ready(t, p, a); got != Readable {
			t.Errorf("unread: %b", got)
		}
	}
	var buf [1]byte
	syscall.Read(a, buf[:])
	if got := ready(t, p, a); got != 0 {
		t.Errorf("read: %b", got)
	}
	syscall.Shutdown(b, syscall.SHUT_WR)
	if got := ready(t, p, a); got != Readable {
		t.Errorf("half closed: %b", got)
	}
}

func TestSetErrors(t *testing.T) {
	p := open(t)
	a, _ := pair(t)
	f, err := os.Open("poll.go")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tests := []struct {
		name     string
		fd       int
		from, to Interest
		want     error
	}{
		{"not open", 1 << 20, None, Read, syscall.EBADF},
		{"not registered", a, Read, None, syscall.ENOENT},
		{"regular file", int(f.Fd()), None, Read, syscall.EPERM},
	}
	for _, tt := range tests {
		err := p.Set(tt.fd, tt.from, tt.to)
		if tt.name == "regular file" && err == nil {
			continue // kqueue watches them
		}
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestWake(t *testing.T) {
	p := open(t)
	if p.Woken() {
		t.Error("woken at first")
	}
	for range 3 {
		for range 2 { // two wakes may count as one
			if err := p.Wake(); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := p.Wait(-1); n != 0 || err != nil {
			t.Errorf("Wait: %d %v", n, err)
		}
		if !p.Woken() || p.Woken() {
			t.Error("Woken is not told exactly once")
		}
		if n, err := p.Try(); n != 0 || err != nil || p.Woken() {
			t.Errorf("Try after a wake: %d %v", n, err)
		}
	}
	done := make(chan error)
	go func() { done <- p.Wake() }()
	if _, err := p.Wait(-1); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestWakeLeavesTheEvents: the wake-up is taken out of the middle of a batch.
func TestWakeLeavesTheEvents(t *testing.T) {
	p := open(t)
	want := map[int]bool{}
	for i := range 4 {
		a, b := pair(t)
		p.Set(a, None, Read)
		syscall.Write(b, []byte("x"))
		want[a] = true
		if i == 1 {
			p.Wake()
		}
	}
	n, err := p.Try()
	if n != 4 || err != nil || !p.Woken() {
		t.Fatalf("Try: %d %v", n, err)
	}
	for i := range n {
		fd, ev := p.Event(i)
		if !want[fd] || ev != Readable {
			t.Errorf("event %d: %d %b", i, fd, ev)
		}
		delete(want, fd)
	}
}

func TestWaitTimesOut(t *testing.T) {
	p := open(t)
	for _, ms := range []int{0, 1} {
		if n, err := p.Wait(ms); n != 0 || err != nil {
			t.Errorf("Wait(%d): %d %v", ms, n, err)
		}
	}
}

// TestGnetStillHasItsFields fails when an upgrade of gnet renames what Open
// reads by reflection.
func TestGnetStillHasItsFields(t *testing.T) {
	g, err := netpoll.OpenPoller()
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if _, err := newBackend(g); err != nil {
		t.Error(err)
	}
	if _, err := descriptor(g, "no such field"); err == nil {
		t.Error("a missing field was not noticed")
	}
}

func BenchmarkTryEmpty(b *testing.B) {
	p := open(b)
	b.ReportAllocs()
	for b.Loop() {
		p.Try()
	}
}

func BenchmarkWaitZeroEmpty(b *testing.B) {
	p := open(b)
	b.ReportAllocs()
	for b.Loop() {
		p.Wait(0)
	}
}

func BenchmarkWake(b *testing.B) {
	p := open(b)
	b.ReportAllocs()
	for b.Loop() {
		p.Wake()
	}
}
