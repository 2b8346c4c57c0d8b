package http

import (
	"slices"
	"time"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// Drain is Close for a server that is to end soon: what is in flight is answered
// with "Connection: close", and every connection ends after its last answer.
// done, nil for none, runs when the last one has ended; LiveConnections tells who
// that is meanwhile. Node's server.close(), and Close here, let connections live
// on until their keep-alive timeout.
func (s *Server) Drain(done func()) {
	s.draining = true
	s.stopChecking()
	s.delist()
	s.Server.Close(func(error) {
		if done != nil {
			done()
		}
	})
	s.conns.each(func(x *serverConn) { x.drain() })
}

// drain ends a connection that has nothing in flight; another closes after its
// last answer.
func (x *serverConn) drain() {
	if x.idle() || !x.inRequest {
		x.conn.AsStream().Destroy(nil)
		return
	}
	last, _ := slotOf(x.conn).Message.(*ServerResponse)
	if n := len(x.outgoing); n > 0 {
		last = x.outgoing[n-1]
	}
	if last != nil && !last.HeadersSent() {
		last.ShouldKeepAlive = false
	}
}

// ConnState is what a connection of a server is about.
type ConnState string

// The states of connections.
const (
	ConnNew       ConnState = "new"       // nothing was received
	ConnHeaders   ConnState = "headers"   // of a request are being received
	ConnBody      ConnState = "body"      // of a request is being received
	ConnAnswering ConnState = "answering" // the request is complete, the answer is not
	ConnIdle      ConnState = "idle"      // between requests
)

// LiveConnection is one row of the table of a server's connections.
type LiveConnection struct {
	Remote      net.Address
	State       ConnState
	Method, URL string        // of the request under way, "" for none
	Since       time.Duration // since that began, or the connection
	Waiting     int           // further requests that wait for their answers
	Buffered    int           // bytes that the peer has not taken
}

// LiveConnections returns the table of the connections that speak http, in the
// order they came: upgraded ones are not the server's any more.
func (s *Server) LiveConnections() []LiveConnection {
	var out []LiveConnection
	now := s.loop.Now()
	s.conns.each(func(x *serverConn) {
		c := LiveConnection{State: ConnNew, Since: time.Duration(now-x.since) * time.Millisecond, Waiting: len(x.outgoing)}
		c.Buffered = x.pendingData + x.conn.AsStream().WritableLength()
		if sock, ok := x.conn.(net.Socketer); ok {
			if h := sock.AsSocket().Handle(); h != nil {
				c.Remote, _ = h.PeerAddress()
				c.Buffered += h.WriteQueueSize()
			}
		}
		switch {
		case len(x.incoming) > 0 && x.incoming[0] != nil:
			req := x.incoming[0]
			c.Method, c.URL = req.Method, req.URL
			if c.State = ConnBody; req.Complete {
				c.State = ConnAnswering
			}
		case x.parser != nil && x.parser.inMessage():
			c.State = ConnHeaders
		case x.inRequest:
			c.State = ConnIdle
		}
		out = append(out, c)
	})
	return out
}

type serversKey struct{}

// serverList is the listening servers of a loop.
type serverList struct {
	list   []*Server
	listen func()
}

func serversOf(l *loop.Loop) *serverList {
	s, ok := l.Slot(serversKey{}).(*serverList)
	if !ok {
		s = &serverList{}
		l.SetSlot(serversKey{}, s)
	}
	return s
}

// Servers returns the servers of a loop that have listened and were not closed.
func Servers(l *loop.Loop) []*Server { return slices.Clone(serversOf(l).list) }

// OnListening calls f whenever a server of the loop begins to listen.
func OnListening(l *loop.Loop, f func()) { serversOf(l).listen = f }

func (s *Server) enlist() {
	all := serversOf(s.loop)
	if !slices.Contains(all.list, s) {
		all.list = append(all.list, s)
	}
	if all.listen != nil {
		all.listen()
	}
}

func (s *Server) delist() {
	all := serversOf(s.loop)
	if i := slices.Index(all.list, s); i >= 0 {
		all.list = slices.Delete(all.list, i, i+1)
	}
}
