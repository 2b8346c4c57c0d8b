package net

import (
	"fmt"

	"github.com/spindle-js/spindle/loop"
)

// LiveSocket is one row of the table of a loop's sockets.
type LiveSocket struct {
	// Socket or Server is whose row it is; the other is nil.
	Socket *Socket
	Server *Server

	Pipe          bool    // a Unix socket, another pipe, a terminal
	Local, Remote Address // zero where the system tells none
	// State is "listening", or socket.readyState: "opening", "open", "readOnly",
	// "writeOnly", "closed".
	State string
	// Reading says that bytes are taken from the system; Referenced that the row
	// keeps the loop alive.
	Reading, Referenced bool
	// ReadBuffered is what the program has not read yet, WriteBuffered what the
	// system has not taken yet; both in bytes.
	ReadBuffered, WriteBuffered int
	BytesRead, BytesWritten     uint64
	Connections                 int // of a server: those that it counts
}

// LiveSockets returns the table of the sockets and servers of a loop that have
// an open descriptor. It is called on the loop's goroutine.
func LiveSockets(l *loop.Loop) []LiveSocket {
	var out []LiveSocket
	for _, owner := range l.OpenOwners() {
		switch o := owner.(type) {
		case Socketer:
			if s := o.AsSocket(); s.handle != nil {
				out = append(out, s.live())
			}
		case interface{ AsNetServer() *Server }:
			if s := o.AsNetServer(); s.handle != nil {
				out = append(out, s.live())
			}
		}
	}
	return out
}

// AsNetServer returns the server itself: whatever embeds one has it.
func (s *Server) AsNetServer() *Server { return s }

func (s *Socket) live() LiveSocket {
	h := s.handle
	row := LiveSocket{
		Socket: s, Pipe: h.IsPipe(), State: s.ReadyState(), Reading: h.Reading(), Referenced: h.HasRef(),
		ReadBuffered: s.ReadableLength(), WriteBuffered: s.WritableLength(),
		BytesRead: s.BytesRead(), BytesWritten: s.BytesWritten(),
	}
	// What was handed to the handle is counted by the stream until it is done,
	// but for what others wrote to the handle.
	row.WriteBuffered = max(row.WriteBuffered, h.WriteQueueSize())
	row.Local, _ = h.LocalAddress()
	row.Remote, _ = h.PeerAddress()
	return row
}

func (s *Server) live() LiveSocket {
	h := s.handle
	row := LiveSocket{Server: s, Pipe: h.IsPipe(), State: "listening", Referenced: h.HasRef(), Connections: s.connections}
	row.Local, _ = h.LocalAddress()
	return row
}

// String is one line: local and remote address, state, bytes that wait.
func (r LiveSocket) String() string {
	text := r.Local.String()
	if r.Remote != (Address{}) {
		text += " " + r.Remote.String()
	}
	text += " " + r.State
	if r.Server != nil {
		return text + fmt.Sprintf(", %d connections", r.Connections)
	}
	return text + fmt.Sprintf(", %d bytes not read, %d not taken", r.ReadBuffered, r.WriteBuffered)
}
