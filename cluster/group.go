package cluster

import (
	"fmt"
	"sync"

	"github.com/spindle-js/spindle/dgram"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// Group lets the servers and datagram sockets of several loops of one process
// share addresses. The first loop that asks for an address makes the socket, each
// has a descriptor of it, and the loop that is free accepts; of two that are free
// the one with fewer connections gets the next one. A port 0 is the same for all:
// the first server of each loop, the second of each, and so on. What listens
// with Exclusive or ReusePort shares nothing.
//
// Any goroutine may call Leave; Join belongs to the loop's.
type Group struct {
	mu      sync.Mutex // guards what is below, and what it leads to
	members map[*loop.Loop]*member
	sockets map[string]*groupSocket
}

// member is one loop of a group.
type member struct {
	used  map[string]map[int]bool // which of the sockets of an address it has
	seats map[*seat]bool
}

// groupSocket is a socket that the loops have descriptors of.
type groupSocket struct {
	fd    int // kept for loops that come later
	typ   net.HandleType
	path  string // to be unlinked
	seats []*seat
}

// NewGroup returns a group without loops.
func NewGroup() *Group {
	return &Group{members: map[*loop.Loop]*member{}, sockets: map[string]*groupSocket{}}
}

// Join makes what listens on l from now on share its address.
func (g *Group) Join(l *loop.Loop) {
	g.mu.Lock()
	m := &member{used: map[string]map[int]bool{}, seats: map[*seat]bool{}}
	g.members[l] = m
	g.mu.Unlock()
	net.SetGroupListen(l, func(s *net.Server, q net.ClusterQuery, cb func(net.Status, *net.Handle)) {
		h, st := g.listen(l, m, s, q)
		cb(st, h)
	})
	dgram.SetClusterBind(l, func(s *dgram.Socket, o dgram.BindOptions, flags dgram.BindFlags, cb func(net.Status, *dgram.Handle)) {
		h, st := g.bind(l, m, s, o, flags)
		cb(st, h)
	})
}

// Leave takes l, which does not run any more, out of the group: the connections
// that others have given it go to one that is left.
func (g *Group) Leave(l *loop.Loop) {
	g.mu.Lock()
	defer g.mu.Unlock()
	m := g.members[l]
	if m == nil {
		return
	}
	delete(g.members, l)
	for s := range m.seats {
		s.leave()
	}
}

// seat takes the place of one loop at a socket: the first that is not the loop's
// yet.
func (g *Group) seat(l *loop.Loop, m *member, name string) (*seat, *groupSocket) {
	used := m.used[name]
	if used == nil {
		used = map[int]bool{}
		m.used[name] = used
	}
	n := 0
	for used[n] {
		n++
	}
	used[n] = true
	s := &seat{group: g, loop: l, member: m, name: name, index: n}
	m.seats[s] = true
	return s, g.sockets[s.key()]
}

// listen returns the handle of a server, bound.
func (g *Group) listen(l *loop.Loop, m *member, srv *net.Server, q net.ClusterQuery) (*net.Handle, net.Status) {
	g.mu.Lock()
	defer g.mu.Unlock()
	seat, shared := g.seat(l, m, fmt.Sprint("stream", q.Address, q.Port, q.Family, q.FD, q.Flags))
	var h *net.Handle
	st := net.OK
	if shared == nil {
		if h, st = net.CreateServerHandle(l, q.Address, q.Port, q.Family, q.FD, q.Flags); !st.Failed() {
			shared = &groupSocket{typ: h.Type()}
			shared.fd, shared.path, st = h.Share()
		}
	} else {
		h = net.NewHandle(l, shared.typ)
		st = h.OpenShared(shared.fd, shared.path)
	}
	if st.Failed() {
		if h != nil {
			h.Close(nil)
		}
		seat.free()
		return nil, st
	}
	g.sockets[seat.key()] = shared
	shared.seats = append(shared.seats, seat)
	seat.socket, seat.handle = shared, h
	srv.CountIn(&seat.load)
	h.Spread(seat.spread)
	h.OnClose(seat.close)
	return h, net.OK
}

// bind returns the handle of a datagram socket, bound.
func (g *Group) bind(l *loop.Loop, m *member, s *dgram.Socket, o dgram.BindOptions, flags dgram.BindFlags) (*dgram.Handle, net.Status) {
	g.mu.Lock()
	defer g.mu.Unlock()
	family := 4
	if s.Options().Type == "udp6" {
		family = 6
	}
	seat, shared := g.seat(l, m, fmt.Sprint("packets", o.Address, o.Port, family, o.FD, flags))
	var h *dgram.Handle
	st := net.OK
	if shared == nil {
		q := Query{ClusterQuery: net.ClusterQuery{Address: o.Address, Port: o.Port, Family: family, FD: o.FD, Flags: net.BindFlags(flags)}, Datagram: true}
		if h, st = createDatagram(l, q); !st.Failed() {
			shared = &groupSocket{}
			shared.fd, st = h.Share()
		}
	} else {
		h = dgram.NewHandle(l)
		st = h.OpenShared(shared.fd)
	}
	if st.Failed() {
		if h != nil {
			h.Close(nil)
		}
		seat.free()
		return nil, st
	}
	g.sockets[seat.key()] = shared
	shared.seats = append(shared.seats, seat)
	seat.socket = shared
	h.OnClose(seat.close)
	return h, net.OK
}
