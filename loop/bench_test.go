package loop_test

import (
	"context"
	"sync"
	"syscall"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

var nop = loop.Func(func() {})

func BenchmarkTick(b *testing.B) {
	l := newLoop(b)
	b.ReportAllocs()
	for b.Loop() {
		l.NextTick(nop)
		l.NextTick(nop)
		l.RunTicks()
	}
}

func BenchmarkCallback(b *testing.B) {
	l := newLoop(b)
	b.ReportAllocs()
	for b.Loop() {
		l.Callback(nop)
	}
}

func BenchmarkTimerSetAndClose(b *testing.B) {
	l := newLoop(b)
	l.SetTimer(1000, 0, nop)
	b.ReportAllocs()
	for b.Loop() {
		l.SetTimer(1000, 0, nop).Close()
	}
}

func BenchmarkTimerStartEmbedded(b *testing.B) {
	l := newLoop(b)
	l.SetTimer(1000, 0, nop)
	var tm loop.Timer
	b.ReportAllocs()
	for b.Loop() {
		tm.Start(l, 1000, 0, nop)
		tm.Close()
	}
}

func BenchmarkTimerRefresh(b *testing.B) {
	l := newLoop(b)
	tms := make([]*loop.Timer, 1024)
	for i := range tms {
		tms[i] = l.SetTimer(60000, 0, nop)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		tms[i&1023].Refresh()
		i++
	}
}

// BenchmarkTimerManyDurations goes through the table and the heap.
func BenchmarkTimerManyDurations(b *testing.B) {
	l := newLoop(b)
	var tms [1024]loop.Timer
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		tms[i&1023].Start(l, int64(1+i*7%997), 0, nop)
		i++
	}
}

// BenchmarkTimerFire includes the iteration: 1000 timers fall due at once.
func BenchmarkTimerFire(b *testing.B) {
	r := newBenchRig(b)
	tms := make([]loop.Timer, 1000)
	b.ReportAllocs()
	for i := 0; i < b.N; i += len(tms) {
		for k := range tms {
			tms[k].Start(r.Loop, 1, 0, nop)
		}
		r.run(b)
	}
}

func BenchmarkImmediate(b *testing.B) {
	r := newBenchRig(b)
	ims := make([]loop.Immediate, 1000)
	b.ReportAllocs()
	for i := 0; i < b.N; i += len(ims) {
		for k := range ims {
			ims[k].Start(r.Loop, nop)
		}
		r.run(b)
	}
}

// BenchmarkEmptyIteration is an iteration with one immediate that queues itself.
func BenchmarkEmptyIteration(b *testing.B) {
	l := newLoop(b)
	n := 0
	var im loop.Immediate
	var again loop.Func
	again = func() {
		if n++; n < b.N {
			im.Start(l, again)
		}
	}
	im.Start(l, again)
	b.ReportAllocs()
	l.Run(context.Background())
}

// BenchmarkPost is one goroutine posting to a loop that runs.
func BenchmarkPost(b *testing.B) {
	l := newLoop(b)
	l.Hold()
	b.ReportAllocs()
	n := 0
	last := loop.Func(func() {
		if n++; n == b.N {
			l.Release()
		}
	})
	go func() {
		for range b.N {
			l.PostTask(last)
		}
	}()
	l.Run(context.Background())
}

// BenchmarkPostRoundTrip wakes a blocked loop and waits for the answer.
func BenchmarkPostRoundTrip(b *testing.B) {
	l := newLoop(b)
	l.Hold()
	back := make(chan struct{}, 1)
	answer := loop.Func(func() { back <- struct{}{} })
	b.ReportAllocs()
	go func() {
		for range b.N {
			l.PostTask(answer)
			<-back
		}
		l.Post(l.Release)
	}()
	l.Run(context.Background())
}

func BenchmarkPostParallel(b *testing.B) {
	l := newLoop(b)
	l.Hold()
	var wg sync.WaitGroup
	b.ReportAllocs()
	for range 4 {
		wg.Go(func() {
			for range b.N / 4 {
				l.PostTask(nop)
			}
		})
	}
	go func() { wg.Wait(); l.Post(l.Release) }()
	l.Run(context.Background())
}

func BenchmarkWork(b *testing.B) {
	l := newLoop(b)
	n := 0
	var start func(error)
	run := func(context.Context) error { return nil }
	start = func(error) {
		if n++; n <= b.N {
			l.Work(noContext, "FSReqCallback", run, start)
		}
	}
	b.ReportAllocs()
	for range 64 {
		start(nil)
	}
	l.Run(context.Background())
}

// echo answers one byte with one byte.
type echo struct {
	fd  int
	l   *loop.Loop
	n   int
	max int
	buf [8]byte
}

func (e *echo) OnPoll(loop.Events) {
	k, err := syscall.Read(e.fd, e.buf[:])
	if k <= 0 || err != nil {
		e.l.Stop() // the other end has stopped
		return
	}
	if e.n++; e.n >= e.max {
		syscall.Shutdown(e.fd, syscall.SHUT_RDWR)
		e.l.Stop()
		return
	}
	syscall.Write(e.fd, e.buf[:k])
}

// BenchmarkPingPong is a socket pair with both ends on the loop: two events an
// operation, the loop never blocks.
func BenchmarkPingPong(b *testing.B) {
	l := newLoop(b)
	fds := socketpair(b)
	for _, fd := range fds {
		e := &echo{fd: fd, l: l, max: b.N}
		w, err := l.Watch(fd, e)
		if err != nil {
			b.Fatal(err)
		}
		w.SetInterest(true, false)
		defer w.Close()
	}
	l.Hold()
	syscall.Write(fds[0], []byte("x"))
	b.ReportAllocs()
	b.ResetTimer()
	l.Run(context.Background())
}

// BenchmarkPingPongBlocking has the other end in a second loop, so that each
// loop sleeps for the other.
func BenchmarkPingPongBlocking(b *testing.B) {
	fds := socketpair(b)
	done := make(chan struct{})
	run := func(fd, n int) {
		l := newLoop(b)
		e := &echo{fd: fd, l: l, max: n}
		w, err := l.Watch(fd, e)
		if err != nil {
			b.Error(err)
			return
		}
		defer w.Close()
		w.SetInterest(true, false)
		l.Hold()
		l.Run(context.Background())
	}
	b.ReportAllocs()
	syscall.Write(fds[0], []byte("x"))
	go func() { defer close(done); run(fds[0], b.N) }()
	run(fds[1], b.N)
	<-done
}

func socketpair(b *testing.B) [2]int {
	b.Helper()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		b.Fatal(err)
	}
	for _, fd := range fds {
		syscall.SetNonblock(fd, true)
		b.Cleanup(func() { syscall.Close(fd) })
	}
	return fds
}
