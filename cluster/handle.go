package cluster

import (
	"github.com/spindle-js/spindle/dgram"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// Policy says who accepts connections.
type Policy int

// The policies, with the values of cluster.SCHED_NONE and cluster.SCHED_RR.
const (
	SchedNone Policy = 1 // the workers, as the system wakes them
	SchedRR   Policy = 2 // the primary, which hands them out by turns
)

// Worker is a worker process as a handle sees it.
type Worker interface {
	ID() int
	// NewConnection sends the worker a connection of the handle with that key;
	// done is told whether it was accepted, or not at all if the worker ends.
	NewConnection(key string, c *net.Handle, done func(accepted bool))
}

// Query is what a worker asks for.
type Query struct {
	net.ClusterQuery
	Datagram bool // Family is that of a UDP socket
}

// Reply is the answer to a worker: an error, or what it needs.
type Reply struct {
	Status  net.Status
	Address net.Address // of a handle that the primary accepts on; zero for none
	Stream  *net.Handle // a shared handle
	Packets *dgram.Handle
}

// Handle is a listening socket of the primary's that workers use.
type Handle interface {
	// Add gives a worker its share.
	Add(w Worker, reply func(Reply))
	// Remove takes it away and reports whether nobody is left, in which case
	// the socket is closed.
	Remove(w Worker) bool
	// Has reports whether the worker has a share.
	Has(w Worker) bool
}

// Listener makes a listening handle for a query and tells it, or the error, at
// once or later.
type Listener func(q Query, ready func(net.Status, *net.Handle))

// New returns the handle for a query. listen is what makes one to accept
// connections on; nil for a server of its own.
func New(l *loop.Loop, p Policy, key string, q Query, listen Listener) Handle {
	if p == SchedRR && !q.Datagram {
		if listen == nil {
			listen = serverListener(l)
		}
		return newRoundRobin(key, q, listen)
	}
	return newShared(l, q)
}

// shared is a socket that the workers use themselves.
type shared struct {
	workers map[int]bool
	status  net.Status
	stream  *net.Handle
	packets *dgram.Handle
}

func newShared(l *loop.Loop, q Query) *shared {
	s := &shared{workers: map[int]bool{}}
	if q.Datagram {
		s.packets, s.status = createDatagram(l, q)
	} else {
		s.stream, s.status = net.CreateServerHandle(l, q.Address, q.Port, q.Family, q.FD, q.Flags)
	}
	return s
}

func createDatagram(l *loop.Loop, q Query) (*dgram.Handle, net.Status) {
	h := dgram.NewHandle(l)
	var st net.Status
	if q.FD > 0 {
		st = h.Open(q.FD)
	} else {
		address := q.Address
		if address == "" {
			if address = "0.0.0.0"; q.Family == 6 {
				address = "::"
			}
		}
		st = h.Bind(address, q.Port, q.Family, dgram.BindFlags(q.Flags))
	}
	if st.Failed() {
		h.Close(nil)
		return nil, st
	}
	return h, net.OK
}

func (s *shared) Add(w Worker, reply func(Reply)) {
	s.workers[w.ID()] = true
	reply(Reply{Status: s.status, Stream: s.stream, Packets: s.packets})
}

func (s *shared) Has(w Worker) bool { return s.workers[w.ID()] }

func (s *shared) Remove(w Worker) bool {
	if !s.workers[w.ID()] {
		return false
	}
	delete(s.workers, w.ID())
	if len(s.workers) > 0 {
		return false
	}
	if s.stream != nil {
		s.stream.Close(nil)
	}
	if s.packets != nil {
		s.packets.Close(nil)
	}
	return true
}
