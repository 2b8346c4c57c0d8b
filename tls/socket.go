package tls

import (
	"context"
	stdtls "crypto/tls"
	"slices"
	"sync/atomic"
	"time"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// Socket is tls.TLSSocket: a net.Socket whose bytes are encrypted below it
// (https://nodejs.org/docs/latest-v24.x/api/tls.html#class-tlstlssocket). Its
// events are those of a socket, 'secure' when the handshake is over, for a
// client 'secureConnect', 'session' and 'keylog', and '_tlsError' for a fault of
// the protocol.
type Socket struct {
	net.Socket
	SocketOptions

	conn   *conn
	parent Parent

	// Authorized and AuthorizationError tell how the peer was verified, after
	// 'secure'.
	Authorized         bool
	AuthorizationError error
	// Secure says that the handshake is over.
	Secure bool
	// Released says that a server has handed the socket out: errors are its own
	// from then on.
	Released bool

	state          stdtls.ConnectionState
	peer           []*crypto.Certificate // what the peer sent
	chain          []*crypto.Certificate // what was verified
	failure        string                // of the verification, OpenSSL's code
	chosen         *Context              // by SNI
	keyCert        *Context              // by SetKeyCert
	session        []byte                // newest
	timer          *loop.Timer
	verified, held bool // see Verified
	told           bool // 'tlsClientError' was emitted
	toTell         []toldSession
	sharedSigalgs  []string
	resumedID      []byte      // of a session that the server keeps, once it was resumed
	continued      atomic.Bool // see resumed
	// ConnectHost and so on are for the error of a connection that ended early.
	early *nodeerr.Error
}

// Parent is what a Socket can run over: a *net.Socket, or any duplex stream.
type Parent interface {
	stream.Streamer
	events.Object
}

// SocketOptions are those of new tls.TLSSocket(socket, options).
type SocketOptions struct {
	Context  *Context
	IsServer bool
	// RequestCert asks a client for a certificate; RejectUnauthorized ends
	// connections whose peer cannot be verified.
	RequestCert, RejectUnauthorized bool
	ALPN                            []string
	// ALPNCallback chooses a protocol for a server: ok false refuses. SNICallback
	// chooses a context, nil for the socket's own. Both run on the loop.
	ALPNCallback func(s *Socket, servername string, protocols []string, answer func(protocol string, ok bool, err error))
	SNICallback  func(s *Socket, servername string, answer func(c *Context, err error))
	Servername   string
	Session      []byte
	// Fallback is the store for contexts without one, nil for Mozilla's roots.
	Fallback *Store
	// RequestOCSP has a client emit 'OCSPResponse' during the handshake: bytes, or
	// nil where the server sent none.
	RequestOCSP bool
	// Hooks are what a server asks during the handshake.
	Hooks Hooks
	// KeyLog gives lines for 'keylog'.
	KeyLog           bool
	HandshakeTimeout int64 // ms, 0: none
}

// Init prepares a zero Socket, which self embeds. parent is nil for a socket
// that will connect by itself.
func (s *Socket) Init(l *loop.Loop, self any, parent Parent, no net.SocketOptions, o SocketOptions) error {
	s.SocketOptions = o
	if s.Context == nil {
		s.Context = NewContext()
	}
	s.parent = parent
	var h *net.Handle
	if parent != nil {
		if p, ok := parent.(net.Socketer); ok {
			if h = p.AsSocket().Handle(); p.AsSocket().Connecting() {
				h = nil
			}
		} else {
			h = net.NewHandle(l, net.PipeSocket)
			h.SetConnected()
		}
		no.AllowHalfOpen = parent.AsStream().AllowHalfOpen()
	}
	if h != nil {
		s.attach(h, l)
		no.Handle = s.conn.h
		no.ManualStart = true
	}
	if err := s.Socket.Init(l, self, no); err != nil {
		return err
	}
	s.follow()
	return nil
}

// attach puts the layer into the handle.
func (s *Socket) attach(h *net.Handle, l *loop.Loop) {
	var below transport = h
	if _, ok := s.parent.(net.Socketer); s.parent != nil && !ok {
		below = newStreamTransport(s.parent.AsStream())
	} else if p := s.parent; ok && h.Layer() != nil {
		// TLS in TLS: the outer connection runs over the inner one's stream.
		inner := net.NewHandle(l, net.PipeSocket)
		inner.SetConnected()
		h, below = inner, newStreamTransport(p.AsStream())
	}
	s.conn = newConn(h, below, l)
	if t, ok := below.(*streamTransport); ok {
		t.conn = s.conn
	}
	s.conn.onSecure, s.conn.onError, s.conn.refusal = s.onSecure, s.onError, s.refusal
	s.conn.onNeed = func() { s.StreamLoop().NextTickFunc(s.Start) }
}

// follow ties the socket to its parent, or to its own connect.
func (s *Socket) follow() {
	s.Once("close", func(...any) { s.gone() })
	if s.IsServer { // '_tlsError' tells of it; an 'error' that nobody hears ends no server
		s.On("error", func(...any) {})
	}
	if s.parent == nil {
		s.On("connect", func(...any) {
			if h := s.Handle(); h != nil && s.conn == nil {
				s.attach(h, s.StreamLoop())
				s.Start()
			}
		})
		return
	}
	p := s.parent.AsStream()
	p.Once("close", func(...any) {
		if !s.Destroyed() {
			if s.conn != nil && !s.conn.fdless() {
				s.SetHandle(nil) // it is closed
			}
			s.Destroy(nil)
		}
	})
	p.On("error", func(args ...any) {
		if err, ok := args[0].(error); ok && !s.Destroyed() {
			s.onError(err)
		}
	})
	sock, ok := s.parent.(net.Socketer)
	if !ok {
		return
	}
	n := sock.AsSocket()
	if n.Handle() == nil || n.Connecting() {
		s.SetConnecting(true)
		n.Once("connect", func(...any) {
			if s.Destroyed() {
				return
			}
			s.SetConnecting(false)
			h := n.Handle()
			s.attach(h, s.StreamLoop())
			s.SetHandle(s.conn.h)
			s.conn.h.SetReader(&s.Socket, s.Self())
			s.Emit("connect")
			s.Start()
			if !s.IsPaused() {
				s.Read(0)
			}
		})
	}
}

// Start begins the handshake.
func (s *Socket) Start() {
	if s.conn == nil || s.Destroyed() {
		return
	}
	if h := s.Handle(); h != nil && h.Closing() { // its socket was destroyed meanwhile
		return
	}
	if ms := s.HandshakeTimeout; ms > 0 && s.timer == nil {
		s.timer = s.StreamLoop().SetTimer(ms, 0, loop.Func(func() { s.onError(nodeerr.TLSHandshakeTimeout()) }))
	}
	if p, ok := s.parent.(net.Socketer); ok { // what was read before
		st := p.AsSocket().AsStream()
		for st.ReadableLength() > 0 {
			c := st.BaseRead(-1)
			if c.IsNone() {
				break
			}
			s.conn.Input(c.Bytes, net.OK)
		}
	}
	s.conn.start(func(m *memory) *stdtls.Conn {
		if s.IsServer {
			return stdtls.Server(m, s.serverConfig())
		}
		return stdtls.Client(m, s.clientConfig())
	})
	if !s.IsPaused() && s.ReadableFlowing() != stream.False && s.Handle() != nil {
		s.Read(0)
	}
}

// Started reports whether the handshake has begun.
func (s *Socket) Started() bool { return s.conn != nil && s.conn.started }

func (s *Socket) common(cfg *stdtls.Config) *stdtls.Config {
	cfg.NextProtos = s.ALPN
	if s.KeyLog {
		cfg.KeyLogWriter = keyLog{s}
	}
	return cfg
}

func (s *Socket) clientConfig() *stdtls.Config {
	cfg := s.common(s.Context.config())
	cfg.ServerName = s.Servername
	cfg.ClientSessionCache = &sessionCache{s}
	cfg.VerifyConnection = func(cs stdtls.ConnectionState) error {
		if cs.Version == stdtls.VersionTLS13 { // nothing but our last flight is to come
			s.conn.mem.hold()
		} else if cs.DidResume {
			s.continued.Store(true)
		}
		if s.RequestOCSP && (cs.Version == stdtls.VersionTLS13 || !cs.DidResume) {
			s.tellStatus(cs)
		}
		return nil
	}
	if len(cfg.Certificates) > 0 {
		cert := cfg.Certificates[0]
		cfg.GetClientCertificate = func(i *stdtls.CertificateRequestInfo) (*stdtls.Certificate, error) {
			for k := range cfg.Certificates {
				if i.SupportsCertificate(&cfg.Certificates[k]) == nil {
					return &cfg.Certificates[k], nil
				}
			}
			return &cert, nil // whatever the server's list of authorities says
		}
	}
	return cfg
}

func (s *Socket) serverConfig() *stdtls.Config {
	cfg := s.clientAuth(s.common(s.Context.config()))
	if s.Hooks.ResumeSession != nil || s.Hooks.OCSPRequest != nil {
		s.conn.headLimit = 16 << 10
	}
	cfg.GetConfigForClient = func(hello *stdtls.ClientHelloInfo) (*stdtls.Config, error) { return s.choose(hello, cfg) }
	return cfg
}

func (s *Socket) clientAuth(cfg *stdtls.Config) *stdtls.Config {
	if s.RequestCert {
		cfg.ClientAuth = stdtls.RequestClientCert
		if s.RejectUnauthorized {
			cfg.ClientAuth = stdtls.RequireAnyClientCert
		}
	}
	return cfg
}

// choose asks the program for a context and a protocol, from the goroutine of
// the handshake.
func (s *Socket) choose(hello *stdtls.ClientHelloInfo, cfg *stdtls.Config) (*stdtls.Config, error) {
	ctx := hello.Context()
	var failure error
	out := cfg.Clone()
	out.GetConfigForClient = nil
	closed := &callbackError{context.Canceled}
	defer func() {
		if failure != nil {
			s.conn.mem.hold()
		}
	}()
	s.Servername = hello.ServerName
	if f := s.SNICallback; f != nil && hello.ServerName != "" {
		if !s.conn.ask(ctx, func(answer func()) {
			f(s, hello.ServerName, func(c *Context, err error) {
				failure = err
				if c != nil && err == nil {
					s.chosen = c
					out = s.clientAuth(s.common(c.config()))
				}
				answer()
			})
		}) {
			return nil, closed
		}
	}
	if failure != nil {
		return nil, &callbackError{failure}
	}
	if len(out.Certificates) == 0 { // "no shared cipher", not a fault of the caller's
		out.GetCertificate = func(*stdtls.ClientHelloInfo) (*stdtls.Certificate, error) { return nil, errNoCertificate }
	}
	if f := s.ALPNCallback; f != nil && len(hello.SupportedProtos) > 0 {
		if !s.conn.ask(ctx, func(answer func()) {
			f(s, hello.ServerName, hello.SupportedProtos, func(p string, ok bool, err error) {
				failure = err
				out.NextProtos = []string{p}
				if !ok {
					out.NextProtos = []string{"\x00"} // none of the client's
				}
				answer()
			})
		}) {
			return nil, closed
		}
	}
	if failure != nil {
		return nil, &callbackError{failure}
	}
	if s.keyCert != nil {
		protos := out.NextProtos
		out = s.clientAuth(s.common(s.keyCert.config()))
		out.NextProtos = protos
	}
	used := s.Context // for sessions, its keys
	if s.chosen != nil {
		used = s.chosen
	}
	s.share(hello, used)
	if err := s.checkSigalgs(hello, out, used); err != nil {
		s.conn.mem.hold()
		return nil, err
	}
	if !slices.ContainsFunc(hello.SupportedVersions, func(v uint16) bool { return v >= used.Min && v <= used.Max }) {
		s.conn.mem.hold() // see refusal
	}
	s.keepSessions(out, used)
	if s.Hooks.any() {
		if err := s.consult(hello, out, used); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// callbackError is the error of a program's callback on its way through
// crypto/tls.
type callbackError struct{ err error }

func (e *callbackError) Error() string { return e.err.Error() }
func (e *callbackError) Unwrap() error { return e.err }

// keyLog sends lines to 'keylog'.
type keyLog struct{ s *Socket }

func (k keyLog) Write(p []byte) (int, error) {
	line := append([]byte(nil), p...)
	k.s.conn.loop.Post(func() { k.s.Emit("keylog", line) })
	return len(p), nil
}

// onSecure follows the handshake.
func (s *Socket) onSecure() {
	s.stopTimer()
	s.state = s.conn.tls.ConnectionState()
	for _, c := range s.state.PeerCertificates {
		if x, err := crypto.ParseCertificateDER(c.Raw); err == nil {
			s.peer = append(s.peer, x)
		}
	}
	s.verifyPeer()
	s.Secure = true
	s.conn.h.Callback(loop.Func(func() {
		s.Emit("secure")
		s.tell()
	}))
}

func (s *Socket) verifyPeer() {
	if len(s.peer) == 0 {
		s.failure = "UNABLE_TO_GET_ISSUER_CERT"
		return
	}
	ctx := s.Context
	if s.chosen != nil {
		ctx = s.chosen
	}
	v := &verification{store: ctx.trusted(s.Fallback), partial: ctx.Partial, revoked: ctx.revoked, now: time.Now(), purpose: "1.3.6.1.5.5.7.3.1"}
	if s.IsServer {
		v.purpose = "1.3.6.1.5.5.7.3.2"
	}
	s.chain, s.failure = v.verify(s.peer)
}

// VerifyError is why the peer's certificate was not accepted, nil where it was.
func (s *Socket) VerifyError() error {
	if s.failure == "" {
		return nil
	}
	return verifyError(s.failure)
}

// onError is a fault of the protocol.
func (s *Socket) onError(err error) {
	s.stopTimer()
	var first []byte
	if s.conn != nil {
		first = s.conn.head
	}
	err = s.translate(err, first)
	if !s.Released {
		s.Emit("_tlsError", err)
	}
	s.Destroy(err)
}

func (s *Socket) stopTimer() {
	if s.timer != nil {
		s.timer.Close()
	}
}

// gone follows 'close': the parent goes too.
func (s *Socket) gone() {
	s.stopTimer()
	if s.conn != nil {
		s.conn.Closed()
	}
	if s.parent == nil || s.parent.AsStream().Destroyed() {
		return
	}
	if p, ok := s.parent.(net.Socketer); ok && s.conn != nil && s.conn.below == transport(s.conn.h) {
		p.AsSocket().SetHandle(nil) // it is closed
	}
	s.parent.AsStream().Destroy(nil)
}

// State is what crypto/tls tells of the connection; the zero value before the
// handshake is over.
func (s *Socket) State() *stdtls.ConnectionState { return &s.state }

// Peer returns the peer's certificates as they were sent, and the chain that was
// built of them.
func (s *Socket) Peer() (sent, chain []*crypto.Certificate) { return s.peer, s.chain }

// Protocol is tlsSocket.getProtocol(), "" where there is none yet.
func (s *Socket) Protocol() string { return versionNames[s.state.Version] }

// Cipher is tlsSocket.getCipher(); ok is false before the handshake is over.
func (s *Socket) Cipher() (c CipherInfo, ok bool) {
	if !s.Secure {
		return c, false
	}
	return cipherInfo(s.state.CipherSuite), true
}

// ParentSocket returns what the socket runs over, nil for a connection of its own.
func (s *Socket) ParentSocket() Parent { return s.parent }

// SetServername sets the name for SNI; it has no effect after Start.
func (s *Socket) SetServername(name string) { s.Servername = name }

// Chosen is the context that SNI chose, or the socket's own.
func (s *Socket) Chosen() *Context {
	if s.chosen != nil {
		return s.chosen
	}
	return s.Context
}

// SetKeyCert replaces the credentials of a server's connection, from within one
// of its callbacks.
func (s *Socket) SetKeyCert(c *Context) { s.keyCert = c }
