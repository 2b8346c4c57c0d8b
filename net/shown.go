package net

import "github.com/spindle-js/spindle/loop"

// What a host shows of a socket's and a server's inner state under the names
// that Node keeps it.

// KnownName is socket._sockname: the address as far as it was asked for.
func (s *Socket) KnownName() Address {
	if s.rare == nil {
		return Address{}
	}
	return s.rare.local
}

// KnownPeer is socket._peername.
func (s *Socket) KnownPeer() Address {
	if s.rare == nil {
		return Address{}
	}
	return s.rare.peer
}

// Parent is socket._parent, nil for none.
func (s *Socket) Parent() *Socket { return s.parent() }

// Timer is the timer of setTimeout, nil where there is none.
func (s *Socket) Timer() *loop.Timer {
	if s.timer == nil || !s.timer.Active() {
		return nil
	}
	return s.timer
}

// LastWriteQueueSize is how many bytes the write under way had.
func (s *Socket) LastWriteQueueSize() int { return s.lastWriteQueueSize }

// NoDelay reports whether setNoDelay is in force.
func (s *Socket) NoDelay() bool { return s.has(sNoDelay) }

// KeepAlive reports whether setKeepAlive is in force; KeepAliveDelay is its
// delay in seconds.
func (s *Socket) KeepAlive() bool { return s.has(sKeepAlive) }

// KeepAliveDelay is the delay of setKeepAlive in seconds.
func (s *Socket) KeepAliveDelay() int { return int(s.keepAliveDelay) }

// FinalBytes are the counts of a handle that is gone, 0 before.
func (s *Socket) FinalBytes() (read, written uint64) { return s.bytesRead, s.bytesWritten }

// Unrefed reports whether unref was called on the server.
func (s *Server) Unrefed() bool { return s.unref }

// PipeName is server._pipeName: the path that it listens on, "" for none.
func (s *Server) PipeName() string { return s.path }

// ListeningID is server._listeningId.
func (s *Server) ListeningID() int { return int(s.listenID) + 1 }
