package cluster

import (
	"slices"
	"syscall"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// roundRobin accepts connections and gives each to the worker that has waited
// longest. A worker gets the next one when it has answered for the last.
type roundRobin struct {
	key     string
	ready   bool // the listening has succeeded or failed
	over    bool // nobody is left
	status  net.Status
	handle  *net.Handle
	all     map[int]Worker
	pending []func()      // answers that wait for ready
	free    []Worker      // those that wait, in order
	waiting []*net.Handle // connections that nobody was free for
	away    map[*net.Handle]Worker
}

func newRoundRobin(key string, q Query, listen Listener) *roundRobin {
	r := &roundRobin{key: key, all: map[int]Worker{}, away: map[*net.Handle]Worker{}}
	listen(q, func(st net.Status, h *net.Handle) {
		if r.ready {
			return
		}
		r.ready, r.status, r.handle = true, st, h
		if h != nil {
			h.SetAcceptor(r, r)
			if r.over {
				r.close()
			}
		}
		list := r.pending
		r.pending = nil
		for _, f := range list {
			f()
		}
	})
	return r
}

// serverListener listens by means of a net.Server.
func serverListener(l *loop.Loop) Listener {
	return func(q Query, ready func(net.Status, *net.Handle)) {
		s := net.NewServer(l, net.NewServerOptions(), nil)
		s.OnListening(func() { ready(net.OK, s.TakeHandle()) })
		s.On("error", func(args ...any) {
			st := -net.Status(syscall.EINVAL)
			if e, ok := args[0].(*nodeerr.Error); ok {
				st = net.Status(e.Errno)
			}
			ready(st, nil)
		})
		o := net.NewListenOptions()
		o.Backlog, o.FD = q.Backlog, q.FD
		if q.Port >= 0 {
			o.Port, o.Host, o.IPv6Only = q.Port, q.Address, q.Flags&net.BindIPv6Only != 0
		} else {
			o.Path, o.ReadableAll, o.WritableAll = q.Address, q.ReadableAll, q.WritableAll
		}
		if err := s.Listen(o, nil); err != nil {
			ready(-net.Status(syscall.EACCES), nil)
		}
	}
}

func (r *roundRobin) Add(w Worker, reply func(Reply)) {
	r.all[w.ID()] = w
	answer := func() {
		if r.status.Failed() || r.handle == nil {
			reply(Reply{Status: r.status})
			return
		}
		a, _ := r.handle.LocalAddress()
		reply(Reply{Address: a})
		r.handoff(w)
	}
	if r.ready {
		answer()
	} else {
		r.pending = append(r.pending, answer)
	}
}

func (r *roundRobin) Has(w Worker) bool { return r.all[w.ID()] != nil }

func (r *roundRobin) Remove(w Worker) bool {
	if r.all[w.ID()] == nil {
		return false
	}
	delete(r.all, w.ID())
	r.free = slices.DeleteFunc(r.free, func(f Worker) bool { return f.ID() == w.ID() })
	if len(r.all) == 0 {
		r.close()
		return true
	}
	for c, at := range r.away { // it will not answer for these any more
		if at.ID() == w.ID() {
			delete(r.away, c)
			r.distribute(c)
		}
	}
	return false
}

// close ends the listening and the connections that nobody has.
func (r *roundRobin) close() {
	r.over = true
	for c := range r.away {
		c.Close(nil)
	}
	for _, c := range r.waiting {
		c.Close(nil)
	}
	r.waiting, r.away = nil, nil
	if r.handle != nil {
		r.handle.Close(nil)
		r.handle = nil
	}
}

// OnConnection is called by the handle. See net.Acceptor.
func (r *roundRobin) OnConnection(_ *net.Handle, c *net.Handle) { r.distribute(c) }

// distribute gives a connection to the worker that has waited longest; without
// one it waits.
func (r *roundRobin) distribute(c *net.Handle) {
	r.waiting = append(r.waiting, c)
	if len(r.free) > 0 {
		w := r.free[0]
		r.free = r.free[1:]
		r.handoff(w)
	}
}

// handoff gives a worker a connection that waits; without one it waits itself.
func (r *roundRobin) handoff(w Worker) {
	if r.all[w.ID()] == nil {
		return
	}
	if len(r.waiting) == 0 {
		r.free = append(r.free, w)
		return
	}
	c := r.waiting[0]
	r.waiting[0] = nil
	r.waiting = r.waiting[1:]
	r.away[c] = w
	w.NewConnection(r.key, c, func(accepted bool) {
		if r.away[c] == nil || r.away[c].ID() != w.ID() {
			return // given to another worker meanwhile
		}
		delete(r.away, c)
		if accepted {
			c.Close(nil)
		} else { // the worker is closing: to another
			r.distribute(c)
		}
		r.handoff(w)
	})
}
