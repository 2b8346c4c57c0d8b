package http

import (
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// connList is the server's connections, in the order they came.
type connList struct{ first, last *serverConn }

func (l *connList) add(x *serverConn) {
	x.listed = true
	if x.prev = l.last; x.prev != nil {
		x.prev.next = x
	} else {
		l.first = x
	}
	l.last = x
}

func (l *connList) remove(x *serverConn) {
	if !x.listed {
		return
	}
	x.listed = false
	if x.prev != nil {
		x.prev.next = x.next
	} else {
		l.first = x.next
	}
	if x.next != nil {
		x.next.prev = x.prev
	} else {
		l.last = x.prev
	}
	x.prev, x.next = nil, nil
}

// each calls f for every connection; f may remove the one it is given.
func (l *connList) each(f func(*serverConn)) {
	for x := l.first; x != nil; {
		next := x.next
		f(x)
		x = next
	}
}

// requestBegan notes the first byte of a request.
func (x *serverConn) requestBegan() {
	x.since = x.server.loop.Now()
	x.inRequest, x.hasHeaders = true, false
}

func (x *serverConn) headersEnded() { x.hasHeaders = true }

func (x *serverConn) newIncoming() *IncomingMessage { return x.server.NewIncoming(x.conn) }

// idle reports whether the connection has had a request and waits for the next.
func (x *serverConn) idle() bool {
	return x.inRequest && x.parser != nil && !x.parser.inMessage() && slotOf(x.conn).Message == nil && len(x.incoming) == 0
}

// trackConnections starts the check for connections that send too slowly.
func (s *Server) trackConnections() {
	s.stopChecking()
	s.checking = s.loop.SetTimer(s.ConnectionsCheckingInterval, s.ConnectionsCheckingInterval, loop.Func(s.checkConnections))
	s.checking.Unref()
	s.draining = false
	s.enlist()
}

// ConnectionsCheck returns the timer of the check for slow connections, nil
// before the server has listened. After Close it is a closed one.
func (s *Server) ConnectionsCheck() *loop.Timer { return s.checking }

// checkConnections answers 408 to requests whose headers, or whole, took too
// long (headersTimeout, requestTimeout).
func (s *Server) checkConnections() {
	if s.HeadersTimeout == 0 && s.RequestTimeout == 0 {
		return
	}
	now := s.loop.Now()
	s.conns.each(func(x *serverConn) {
		if x.expired || x.parser == nil {
			return
		}
		waiting := x.parser.inMessage() || !x.inRequest && x.requestsNone()
		if !waiting {
			return
		}
		age := now - x.since
		headers := !x.hasHeaders && s.HeadersTimeout > 0 && age >= s.HeadersTimeout
		whole := s.RequestTimeout > 0 && age >= s.RequestTimeout
		if headers || whole {
			x.expired = true
			x.onError(nodeerr.HTTPRequestTimeout())
		}
	})
}

// requestsNone reports whether nothing was received on the connection yet.
func (x *serverConn) requestsNone() bool { return !x.hasHeaders }
