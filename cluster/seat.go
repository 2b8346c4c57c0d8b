package cluster

import (
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// seat is one loop's place at a shared socket. The group's lock guards it.
type seat struct {
	group  *Group
	socket *groupSocket
	loop   *loop.Loop
	member *member
	name   string // the address
	index  int    // among the loop's own of that address
	handle *net.Handle
	load   atomic.Int32 // connections, counted by the server
	queue  []int        // connections that other loops have accepted for this one
}

func (s *seat) key() string { return s.name + "#" + strconv.Itoa(s.index) }

// spread is asked for each connection that the seat's loop accepts: it gives it
// to the loop that has clearly fewer. One that has not taken the last one yet is
// busy and gets none.
func (s *seat) spread(fd int) bool {
	s.group.mu.Lock()
	defer s.group.mu.Unlock()
	mine := int(s.load.Load())
	var least *seat
	fewest := mine
	for _, o := range s.socket.seats {
		if n := int(o.load.Load()); o != s && len(o.queue) == 0 && n < fewest {
			least, fewest = o, n
		}
	}
	if least == nil || mine < fewest+1+mine/8 {
		return false
	}
	least.queue = append(least.queue, fd)
	if !least.loop.PostTask(least) { // it has ended
		least.queue = least.queue[:0]
		return false
	}
	return true
}

// Run takes a connection that another loop has accepted.
func (s *seat) Run() {
	s.group.mu.Lock()
	if len(s.queue) == 0 { // given away when the server was closed
		s.group.mu.Unlock()
		return
	}
	fd := s.queue[0]
	s.queue = s.queue[1:]
	s.group.mu.Unlock()
	s.handle.DeliverConnection(fd)
}

// close follows the close of the seat's handle.
func (s *seat) close() {
	s.group.mu.Lock()
	defer s.group.mu.Unlock()
	s.leave()
}

// leave gives the seat back. The last one closes the socket.
func (s *seat) leave() {
	if s.socket == nil { // it has left
		return
	}
	shared := s.socket
	s.socket = nil
	s.free()
	shared.seats = slices.DeleteFunc(shared.seats, func(o *seat) bool { return o == s })
	for _, fd := range s.queue {
		if len(shared.seats) == 0 {
			_ = syscall.Close(fd)
			continue
		}
		o := shared.seats[0]
		o.queue = append(o.queue, fd)
		o.loop.PostTask(o)
	}
	s.queue = nil
	if len(shared.seats) > 0 {
		return
	}
	_ = syscall.Close(shared.fd)
	if shared.path != "" {
		_ = syscall.Unlink(shared.path)
	}
	if s.group.sockets[s.key()] == shared {
		delete(s.group.sockets, s.key())
	}
}

// free lets the loop use the place again.
func (s *seat) free() {
	delete(s.member.seats, s)
	if used := s.member.used[s.name]; used != nil {
		if delete(used, s.index); len(used) == 0 {
			delete(s.member.used, s.name)
		}
	}
}
