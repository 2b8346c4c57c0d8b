package cluster

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// fakeWorker keeps the connections it is given; take answers the first.
type fakeWorker struct {
	id    int
	log   *[]int
	conns []*net.Handle
	done  []func(bool)
}

func (w *fakeWorker) ID() int { return w.id }

func (w *fakeWorker) NewConnection(_ string, c *net.Handle, done func(bool)) {
	*w.log = append(*w.log, w.id)
	w.conns, w.done = append(w.conns, c), append(w.done, done)
}

func (w *fakeWorker) take(accepted bool) {
	d := w.done[0]
	w.conns, w.done = w.conns[1:], w.done[1:]
	d(accepted)
}

// run runs f on a loop until nothing is alive, for ten seconds at most.
func run(t *testing.T, f func(l *loop.Loop)) {
	t.Helper()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	l.NextTickFunc(func() { f(l) })
	if err := l.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if live := l.Stats().Live; len(live) > 0 {
		t.Errorf("left alive: %v", live)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func query() Query {
	q := Query{}
	q.Address, q.Family, q.FD = "127.0.0.1", 4, -1
	return q
}

// Connections go to the workers by turns; a worker that has not answered gets no
// further one, one that refuses hands its connection on, and one that ends
// leaves its own to the others.
func TestRoundRobin(t *testing.T) {
	var log []int
	run(t, func(l *loop.Loop) {
		a, b := &fakeWorker{id: 1, log: &log}, &fakeWorker{id: 2, log: &log}
		var accept net.Acceptor
		h := New(l, SchedRR, "k", query(), func(_ Query, ready func(net.Status, *net.Handle)) {
			v := net.NewVirtual(l, net.TCPServer, net.Virtual{Address: net.Address{Address: "127.0.0.1", Family: "IPv4", Port: 9}})
			ready(net.OK, v)
		})
		accept = h.(net.Acceptor)
		for _, w := range []*fakeWorker{a, b} {
			h.Add(w, func(r Reply) {
				if r.Status.Failed() || r.Address.Port != 9 {
					t.Errorf("reply %+v", r)
				}
			})
		}
		var conns []*net.Handle
		connect := func() {
			c := net.NewHandle(l, net.TCPSocket)
			conns = append(conns, c)
			accept.OnConnection(nil, c)
		}
		connect() // 1
		connect() // 2
		connect() // waits
		a.take(true)
		if !slices.Equal(log, []int{1, 2, 1}) {
			t.Errorf("log %v", log)
		}
		if !conns[0].Closing() || conns[1].Closing() {
			t.Error("an accepted connection is closed here, others are not")
		}
		b.take(false) // refused: waits, and goes to b again, who is free
		b.take(true)
		if !slices.Equal(log, []int{1, 2, 1, 2}) {
			t.Errorf("log %v", log)
		}
		if h.Remove(a) { // the third connection goes to b
			t.Error("nobody left?")
		}
		if !slices.Equal(log, []int{1, 2, 1, 2, 2}) {
			t.Errorf("log %v", log)
		}
		if !h.Remove(b) || h.Has(b) {
			t.Error("b is left")
		}
		for i, c := range conns {
			if !c.Closing() {
				t.Errorf("connection %d is open", i)
			}
		}
	})
}

// An address that is in use is told to the worker, and a real listener is closed
// with the last worker.
func TestListen(t *testing.T) {
	for _, p := range []Policy{SchedRR, SchedNone} {
		run(t, func(l *loop.Loop) {
			var log []int
			w := &fakeWorker{id: 1, log: &log}
			first := New(l, SchedRR, "a", query(), nil)
			first.Add(w, func(r Reply) {
				if r.Status.Failed() || r.Address.Port == 0 {
					t.Fatalf("reply %+v", r)
				}
				q := query()
				q.Port = r.Address.Port
				second := New(l, p, "b", q, nil)
				second.Add(w, func(s Reply) {
					// A shared handle learns of it when it listens.
					if p == SchedRR && s.Status.Name() != "EADDRINUSE" {
						t.Errorf("status %s", s.Status.Name())
					}
					l.NextTickFunc(func() {
						if !second.Remove(w) || !first.Remove(w) {
							t.Error("somebody is left")
						}
					})
				})
			})
		})
	}
}

func TestSharedDatagram(t *testing.T) {
	run(t, func(l *loop.Loop) {
		var log []int
		a, b := &fakeWorker{id: 1, log: &log}, &fakeWorker{id: 2, log: &log}
		q := query()
		q.Datagram = true
		h := New(l, SchedRR, "k", q, nil)
		var fds []int
		for _, w := range []*fakeWorker{a, b} {
			h.Add(w, func(r Reply) {
				if r.Status.Failed() || r.Packets == nil {
					t.Fatalf("reply %+v", r)
				}
				fds = append(fds, r.Packets.FD())
			})
		}
		if fds[0] != fds[1] || fds[0] < 0 {
			t.Errorf("descriptors %v", fds)
		}
		if h.Remove(a) || !h.Remove(b) {
			t.Error("the last one closes it")
		}
	})
}
