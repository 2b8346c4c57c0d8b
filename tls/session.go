package tls

import (
	stdtls "crypto/tls"
	"encoding/binary"

	"github.com/spindle-js/spindle/crypto"
)

// sessionCache gives crypto/tls the session that the program gave, and the
// program the sessions that the server sends.
type sessionCache struct{ s *Socket }

// Get implements tls.ClientSessionCache.
func (c *sessionCache) Get(string) (*stdtls.ClientSessionState, bool) {
	ticket, state, ok := splitSession(c.s.Session)
	if !ok {
		return nil, false
	}
	parsed, err := stdtls.ParseSessionState(state)
	if err != nil {
		return nil, false
	}
	cs, err := stdtls.NewResumptionState(ticket, parsed)
	return cs, err == nil
}

// Put implements tls.ClientSessionCache.
func (c *sessionCache) Put(_ string, cs *stdtls.ClientSessionState) {
	if cs == nil || c.s.resumed() { // a resumed connection keeps its session, as OpenSSL has it
		return
	}
	ticket, state, err := cs.ResumptionState()
	if err != nil {
		return
	}
	p, err := state.Bytes()
	if err != nil {
		return
	}
	s, out := c.s, joinSession(ticket, p)
	tell := func() {
		if !s.Destroyed() {
			s.session = out
			if s.verified {
				s.Emit("session", append([]byte(nil), out...))
			} else {
				s.held = true
			}
		}
	}
	if s.conn.secure { // the loop reads; what it reads next may end the socket
		s.conn.after = append(s.conn.after, tell)
		return
	}
	s.conn.loop.Post(tell)
}

// resumed reports whether the connection of a client continues its session. It is
// for the goroutine of the handshake and, after it, the loop.
func (s *Socket) resumed() bool { return s.continued.Load() }

// A session is written as the length of the ticket, the ticket, and the state.
func joinSession(ticket, state []byte) []byte {
	out := binary.BigEndian.AppendUint32([]byte("spindle1"), uint32(len(ticket)))
	return append(append(out, ticket...), state...)
}

func splitSession(p []byte) (ticket, state []byte, ok bool) {
	if len(p) < 12 || string(p[:8]) != "spindle1" {
		return nil, nil, false
	}
	n := int(binary.BigEndian.Uint32(p[8:]))
	if n > len(p)-12 {
		return nil, nil, false
	}
	return p[12 : 12+n], p[12+n:], true
}

// ValidSession reports whether p is a session of ours.
func ValidSession(p []byte) bool { _, _, ok := splitSession(p); return ok }

// Verified says that the program has decided on the peer: sessions that came
// before are told now.
func (s *Socket) Verified() {
	s.verified = true
	if s.held {
		s.held = false
		s.Emit("session", append([]byte(nil), s.session...))
	}
}

// CurrentSession is tlsSocket.getSession(), nil for none.
func (s *Socket) CurrentSession() []byte {
	if s.session == nil && s.state.DidResume {
		return s.Session
	}
	if s.session == nil && s.Secure { // tickets of TLS 1.3 come later
		s.session = joinSession(nil, crypto.RandomBytes(sessionID)) // resumes nothing
	}
	return s.session
}

// Ticket is tlsSocket.getTLSTicket(), nil for none.
func (s *Socket) Ticket() []byte {
	ticket, _, _ := splitSession(s.CurrentSession())
	if n := len(ticket); n == 0 || n == sessionID && s.state.Version != stdtls.VersionTLS13 { // the identity of a session that the server keeps
		return nil
	}
	return ticket
}
