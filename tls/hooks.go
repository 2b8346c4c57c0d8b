package tls

import (
	stdtls "crypto/tls"
	"encoding/binary"
	"slices"

	"github.com/spindle-js/spindle/crypto"
)

// Hooks are what a server asks its program during handshakes. All run on the
// loop; the handshake waits for answer, which is called once.
type Hooks struct {
	// NewSession tells of a session that a client may come back with; id is 32
	// bytes. Sessions of TLS 1.3 are told after the handshake, which does not wait.
	NewSession func(s *Socket, id, data []byte, answer func())
	// ResumeSession asks for the data of a session that the server gave out.
	ResumeSession func(s *Socket, id []byte, answer func(data []byte, err error))
	// OCSPRequest asks for an OCSP response (RFC 6960) for a certificate in DER;
	// issuer is nil where it is not known. The answer nil staples none.
	OCSPRequest func(s *Socket, certificate, issuer []byte, answer func(response []byte, err error))
}

func (h *Hooks) any() bool {
	return h.NewSession != nil || h.ResumeSession != nil || h.OCSPRequest != nil
}

// sessionID is the length of the identities that a server gives out where it
// keeps its sessions itself, in place of a ticket.
const sessionID = 32

// told is a session of TLS 1.3 that 'newSession' has to tell of.
type toldSession struct{ id, data []byte }

// keepSessions makes the configuration of one connection of a server give out
// its sessions as Node's does: in tickets, which a resumed connection does not
// renew, or, where the context has none, under identities.
func (s *Socket) keepSessions(cfg *stdtls.Config, ctx *Context) {
	cfg.SessionTicketsDisabled = false
	cfg.WrapSession = func(cs stdtls.ConnectionState, state *stdtls.SessionState) ([]byte, error) {
		late := cs.Version == stdtls.VersionTLS13
		if late {
			s.conn.mem.keepTicket()
		}
		if s.resumedID != nil { // goes on under the identity that it has
			return s.resumedID, nil
		}
		if f := s.Hooks.NewSession; f != nil && (late || ctx.NoTickets) {
			data, err := state.Bytes()
			if err != nil {
				return nil, err
			}
			id := crypto.RandomBytes(sessionID)
			if late {
				s.toTell = append(s.toTell, toldSession{id, data})
			} else if !s.conn.ask(s.conn.handshake, func(answer func()) { f(s, id, data, answer) }) {
				return nil, &callbackError{s.conn.handshake.Err()}
			}
			if ctx.NoTickets {
				return id, nil
			}
		}
		if ctx.NoTickets {
			return crypto.RandomBytes(sessionID), nil
		}
		return cfg.EncryptTicket(cs, state)
	}
	cfg.UnwrapSession = func(identity []byte, cs stdtls.ConnectionState) (*stdtls.SessionState, error) {
		state, err := s.findSession(cfg, ctx, identity, cs)
		if state != nil && err == nil {
			cfg.SessionTicketsDisabled = cs.Version == stdtls.VersionTLS13
		}
		return state, err
	}
}

func (s *Socket) findSession(cfg *stdtls.Config, ctx *Context, identity []byte, cs stdtls.ConnectionState) (*stdtls.SessionState, error) {
	if !ctx.NoTickets {
		return cfg.DecryptTicket(identity, cs)
	}
	f := s.Hooks.ResumeSession
	if f == nil || len(identity) != sessionID || cs.Version == stdtls.VersionTLS13 {
		return nil, nil
	}
	data, err := s.askSession(f, identity)
	if err != nil || data == nil {
		return nil, err
	}
	state, err := stdtls.ParseSessionState(data)
	if err != nil {
		return nil, nil // what is no session resumes nothing
	}
	s.resumedID = slices.Clone(identity)
	return state, nil
}

// askSession asks the program for a session.
func (s *Socket) askSession(f func(*Socket, []byte, func([]byte, error)), id []byte) (data []byte, err error) {
	id = slices.Clone(id)
	if !s.conn.ask(s.conn.handshake, func(answer func()) {
		f(s, id, func(p []byte, e error) {
			data, err = p, e
			answer()
		})
	}) {
		return nil, &callbackError{s.conn.handshake.Err()}
	}
	if err != nil {
		s.conn.mem.hold()
		return nil, &callbackError{err}
	}
	return data, nil
}

// helloSession finds the identity of a session in the bytes of a ClientHello (RFC
// 5246, section 7.4.1.2) and reports whether it brings a ticket.
func helloSession(record []byte) (id []byte, ticket bool) {
	const before = 5 + 4 + 2 + 32 // the heads of record and message, version, random
	p := record
	take := func(n int) []byte {
		if n > len(p) {
			p = nil
			return nil
		}
		out := p[:n]
		p = p[n:]
		return out
	}
	vector := func(size int) []byte {
		head := take(size)
		n := 0
		for _, b := range head {
			n = n<<8 | int(b)
		}
		return take(n)
	}
	if take(before) == nil {
		return nil, false
	}
	id = slices.Clone(vector(1))
	vector(2) // cipher suites
	vector(1) // compression methods
	p = vector(2)
	for len(p) >= 4 {
		kind := binary.BigEndian.Uint16(take(2))
		if body := vector(2); kind == extensionTicket && len(body) > 0 {
			ticket = true
		}
	}
	return id, ticket
}

const (
	extensionStatus = 5
	extensionTicket = 35
	extensionPSK    = 41
)

// consult asks the program for the session that a ClientHello names and for an
// OCSP response.
func (s *Socket) consult(hello *stdtls.ClientHelloInfo, cfg *stdtls.Config, ctx *Context) error {
	id, ticket := helloSession(s.conn.head)
	// crypto/tls's clients of TLS 1.2 name a session that is none when they could
	// take a ticket.
	real := slices.Contains(hello.SupportedVersions, stdtls.VersionTLS13) || !slices.Contains(hello.Extensions, extensionTicket)
	if f := s.Hooks.ResumeSession; f != nil && len(id) > 0 && !ticket && real {
		if _, err := s.askSession(f, id); err != nil {
			return err
		}
	}
	f := s.Hooks.OCSPRequest
	if f == nil || ticket || !slices.Contains(hello.Extensions, extensionStatus) || slices.Contains(hello.Extensions, extensionPSK) || len(cfg.Certificates) == 0 {
		return nil
	}
	var response []byte
	var failure error
	leaf := cfg.Certificates[0].Certificate[0]
	issuer := ctx.issuerOf(cfg.Certificates[0].Certificate)
	if !s.conn.ask(s.conn.handshake, func(answer func()) {
		f(s, leaf, issuer, func(p []byte, err error) {
			response, failure = p, err
			answer()
		})
	}) {
		return &callbackError{s.conn.handshake.Err()}
	}
	if failure != nil {
		s.conn.mem.hold()
		return &callbackError{failure}
	}
	for i := range cfg.Certificates {
		cfg.Certificates[i].OCSPStaple = response
	}
	return nil
}

// tell emits the sessions that were given out in a handshake of TLS 1.3.
func (s *Socket) tell() {
	list := s.toTell
	s.toTell = nil
	for _, t := range list {
		s.Hooks.NewSession(s, t.id, t.data, func() {})
	}
}

// tellStatus emits 'OCSPResponse' on a client, from the goroutine of the
// handshake.
func (s *Socket) tellStatus(cs stdtls.ConnectionState) {
	var response any
	if !cs.DidResume && len(cs.OCSPResponse) > 0 {
		response = slices.Clone(cs.OCSPResponse)
	}
	s.conn.ask(s.conn.handshake, func(answer func()) {
		s.Emit("OCSPResponse", response)
		answer()
	})
}
