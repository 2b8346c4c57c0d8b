package http2

import (
	"time"

	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
	"github.com/spindle-js/spindle/tls"
)

// Kind is the side of a session, by the numbers of session.type.
type Kind int

// The sides.
const (
	ServerSession Kind = iota
	ClientSession
)

// Socket is what a session runs over: a *net.Socket, a *tls.Socket, or any duplex
// stream.
type Socket interface {
	stream.Streamer
	events.Object
}

// Options are those of a session.
type Options struct {
	protocol.Options
	// Settings are announced at the beginning.
	Settings []protocol.Setting
	// Origins are announced by a server.
	Origins []string
	// HTTP1 makes a secure server answer clients of HTTP/1.1 too: allowHTTP1.
	HTTP1 bool
}

// NewOptions returns Node's defaults.
func NewOptions() Options { return Options{Options: protocol.NewOptions()} }

type sessionFlags uint8

const (
	sessionReady sessionFlags = 1 << iota
	sessionClosed
	sessionDestroyed
	sessionGraceful // a close waits for what is queued
)

// Session is Http2Session: one connection and its streams
// (https://nodejs.org/docs/latest-v24.x/api/http2.html#class-http2session). Its
// events are 'connect', 'stream' (*Stream, *Headers, flags, RawHeaders), 'close',
// 'error', 'goaway', 'ping', 'localSettings', 'remoteSettings', 'frameError',
// 'altsvc', 'origin', 'priority' and 'timeout'.
type Session struct {
	events.Emitter
	kind   Kind
	number int // of the sessions of its loop
	loop   *loop.Loop
	ctx    loop.Handle // the asynchronous context; never active
	o      Options
	socket Socket // nil once the session let go of it
	bound  Socket // the same, for ever
	wire   wire
	conn   *protocol.Conn // nil before the socket is connected and after the end
	server Server
	debug  diagnostics.Log

	flags       sessionFlags
	destroyCode protocol.Code
	goawayCode  protocol.Code
	goawayGot   bool
	goawayLast  uint32
	streams     map[uint32]*Stream
	order       []*Stream // the streams in the order they came
	pending     []*Stream
	pendingACK  int
	writeQueue  int
	origins     []string
	originsMade bool

	timer   *loop.Timer
	timeout int64
	onDone  func()

	scheduled, sending, stopped bool
	chunksSent, chunksSeen      int
	ended                       bool // the connection was told to end
	onConnect                   []func()
	started                     time.Time
	pingRTT, streamTime         time.Duration
	streamsDone                 int

	// Authority and Scheme are a client's defaults for requests.
	Authority, Scheme string
	// Encrypted and ALPN are session.encrypted and session.alpnProtocol once the
	// session is connected.
	Encrypted, Connected bool
	ALPN                 string

	// LocalHost and RemoteHost are free for a host to keep what it made of the
	// settings; they are cleared when those change.
	LocalHost, RemoteHost any
	lastLocal             *protocol.Settings
	// Shown is free for a host to keep its stand-in of the socket.
	Shown any
}

type sessionsKey struct{}

// sessionsOf returns the sessions of a loop by their sockets.
func sessionsOf(l *loop.Loop) map[*events.Emitter]*Session {
	m, ok := l.Slot(sessionsKey{}).(map[*events.Emitter]*Session)
	if !ok {
		m = map[*events.Emitter]*Session{}
		l.SetSlot(sessionsKey{}, m)
	}
	return m
}

// NewServerSession begins the server's side on a socket: performServerHandshake.
// server, nil for none, is told of the session's events.
func NewServerSession(sock Socket, o Options, server Server) (*Session, error) {
	return newSession(ServerSession, sock, o, server)
}

// NewClientSession begins the client's side on a socket, which may still be
// connecting.
func NewClientSession(sock Socket, o Options) (*Session, error) {
	return newSession(ClientSession, sock, o, nil)
}

func realmHost(l *loop.Loop, class string) events.Host {
	if r, ok := l.Value().(events.Realm); ok {
		return r.HostFor(class)
	}
	return nil
}

func newSession(kind Kind, sock Socket, o Options, server Server) (*Session, error) {
	l := sock.AsStream().StreamLoop()
	if sessionsOf(l)[sock.Base()] != nil {
		return nil, nodeerr.HTTP2("SOCKET_BOUND")
	}
	s := &Session{kind: kind, loop: l, o: o, socket: sock, bound: sock, server: server, streams: map[uint32]*Stream{}, started: time.Now()}
	class := "http2.ServerHttp2Session"
	if kind == ClientSession {
		class = "http2.ClientHttp2Session"
	}
	s.ctx.Init(l, "Http2Session")
	s.Bind(realmHost(l, class), s)
	s.number = len(sessionsOf(l)) + 1
	sessionsOf(l)[sock.Base()] = s
	if s.debug = diagnostics.Debug(l, "http2"); s.debug != nil {
		s.log("created")
	}
	st := sock.AsStream()
	st.AddListener(events.Name("error"), socketError, false)
	st.AddListener(events.Name("close"), socketClose, false)
	if n, ok := sock.(net.Socketer); ok {
		n.AsSocket().SetNoDelay(true)
	}
	if name := connectEvent(sock); name != "" {
		st.Once(name, func(...any) {
			if err := s.setup(); err != nil {
				sock.AsStream().Destroy(err)
			}
		})
	} else if err := s.setup(); err != nil {
		return nil, err
	}
	l.NextTickFunc(s.early)
	return s, nil
}

// connectEvent is the event that a socket is waited for with, "" for one that is
// ready.
func connectEvent(sock Socket) string {
	switch x := sock.(type) {
	case *tls.Socket:
		if !x.Secure {
			return "secureConnect"
		}
	case net.Socketer:
		if x.AsSocket().Connecting() {
			return "connect"
		}
	}
	return ""
}

// early takes what was read before the session came.
func (s *Session) early() {
	if s.socket == nil {
		return
	}
	st := s.socket.AsStream()
	for st.ReadableLength() > 0 && s.conn != nil {
		c := st.Read(stream.ReadAll)
		if c.IsNone() {
			return
		}
		s.receive(c.Bytes)
	}
}

// setup begins the protocol on a socket that is connected.
func (s *Session) setup() error {
	sock := s.bound
	connect := func() { s.loop.NextTickFunc(func() { s.Emit("connect", s, sock) }) }
	if s.Destroyed() {
		connect()
		return nil
	}
	if s.debug != nil {
		s.log("setting up session handle")
	}
	s.flags |= sessionReady
	if n, ok := sock.(net.Socketer); !ok || n.AsSocket().Handle() == nil {
		s.o.Separate = true
	}
	s.conn = protocol.New(s.kind == ServerSession, (*handler)(s), s.o.Options)
	s.ALPN, s.Connected = "h2c", true
	if t, ok := sock.(*tls.Socket); ok {
		s.Encrypted, s.ALPN = true, t.State().NegotiatedProtocol
	}
	s.wire.attach(s, sock)
	if err := s.Settings(s.o.Settings, nil); err != nil {
		return err
	}
	if s.kind == ServerSession && len(s.o.Origins) > 0 {
		if err := s.Origin(s.o.Origins); err != nil {
			return err
		}
	}
	connect()
	return nil
}

func (s *Session) log(format string, args ...any) {
	s.debug("Http2Session "+s.kind.String()+": "+format, args...)
}

// Kind returns the side.
func (s *Session) Kind() Kind { return s.kind }

// Loop returns the loop that s belongs to.
func (s *Session) Loop() *loop.Loop { return s.loop }

// Connecting is session.connecting.
func (s *Session) Connecting() bool { return s.flags&sessionReady == 0 }

// Closed is session.closed.
func (s *Session) Closed() bool { return s.flags&sessionClosed != 0 }

// Destroyed is session.destroyed.
func (s *Session) Destroyed() bool { return s.flags&sessionDestroyed != 0 }

// Socket returns the transport, nil once the session let go of it.
func (s *Session) Socket() Socket { return s.socket }

// Server returns the server that accepted the connection, nil for none.
func (s *Session) Server() Server { return s.server }

// GoawayCode and GoawayLastStreamID tell of the GOAWAY that was received.
func (s *Session) GoawayCode() protocol.Code { return s.goawayCode }

// GoawayLastStreamID is the last stream that the peer took.
func (s *Session) GoawayLastStreamID() uint32 { return s.goawayLast }

// PendingSettingsACK is session.pendingSettingsAck.
func (s *Session) PendingSettingsACK() bool { return s.pendingACK > 0 }

// State returns session.state; ok is false for {}.
func (s *Session) State() (st protocol.ConnState, ok bool) {
	if s.Connecting() || s.conn == nil {
		return st, false
	}
	return s.conn.State(), true
}

// LocalSettings returns the settings in force, nil for {}. Those that the peer
// acknowledged last outlive the session.
func (s *Session) LocalSettings() *protocol.Settings {
	if s.Destroyed() || s.conn == nil {
		return s.lastLocal
	}
	return s.conn.Local()
}

// RemoteSettings returns what the peer has announced, nil for {}.
func (s *Session) RemoteSettings() *protocol.Settings {
	if s.Destroyed() || s.conn == nil {
		return nil
	}
	return s.conn.Remote()
}

// whenConnected runs f now, or at 'connect'.
func (s *Session) whenConnected(f func()) {
	if s.Connecting() {
		s.Once("connect", func(...any) { f() })
		return
	}
	f()
}

// Settings announces settings; done, nil for none, is told when they are
// acknowledged, or the error (ERR_HTTP2_SETTINGS_CANCEL).
func (s *Session) Settings(list []protocol.Setting, done func(err error, d time.Duration)) error {
	if s.Destroyed() {
		return nodeerr.HTTP2("INVALID_SESSION")
	}
	s.pendingACK++
	s.whenConnected(func() {
		if s.Destroyed() || s.conn == nil {
			return
		}
		if s.debug != nil {
			s.log("submitting settings")
		}
		s.touch()
		began := time.Now()
		a := &answer{kind: "HTTP2SETTINGS"}
		task := s.loop.Track(a)
		ok := s.conn.Settings(list, func(acked bool) {
			a.f = func() { s.settingsDone(acked, time.Since(began), done) }
			s.loop.Callback(task)
		})
		if !ok {
			s.Destroy(nodeerr.HTTP2("MAX_PENDING_SETTINGS_ACK"))
			return
		}
		s.schedule()
	})
	return nil
}

func (s *Session) settingsDone(acked bool, d time.Duration, done func(error, time.Duration)) {
	s.pendingACK--
	s.LocalHost = nil
	if !acked {
		if done != nil {
			done(nodeerr.HTTP2("SETTINGS_CANCEL"), 0)
		}
		return
	}
	if s.debug != nil {
		s.log("settings received")
	}
	if done != nil {
		done(nil, d)
	}
	if st := s.LocalSettings(); st != nil {
		kept := *st
		s.lastLocal = &kept
		s.Emit("localSettings", Local{s})
	}
}

// Local and Remote stand for the settings of a session as arguments of events.
type Local struct{ Session *Session }

// Remote stands for the peer's settings.
type Remote struct{ Session *Session }

// Ping sends a ping; done is told how long the answer took, or
// ERR_HTTP2_PING_CANCEL. It reports whether the ping was sent.
func (s *Session) Ping(payload []byte, done func(err error, d time.Duration, payload []byte)) (bool, error) {
	if s.Destroyed() {
		return false, nodeerr.HTTP2("INVALID_SESSION")
	}
	if len(payload) != 0 && len(payload) != 8 {
		return false, nodeerr.HTTP2("PING_LENGTH")
	}
	cancel := func() { done(nodeerr.HTTP2("PING_CANCEL"), 0, nil) }
	if s.Connecting() || s.Closed() {
		s.loop.NextTickFunc(cancel)
		return false, nil
	}
	began := time.Now()
	var p [8]byte
	if copy(p[:], payload) == 0 {
		n := uint64(began.UnixNano())
		for i := range p {
			p[i] = byte(n >> (8 * i))
		}
	}
	a := &answer{kind: "HTTP2PING"}
	task := s.loop.Track(a)
	ok := s.conn.Ping(p, func(acked bool, payload []byte) {
		d := time.Since(began)
		payload = append([]byte(nil), payload...)
		a.f = func() {
			if !acked {
				cancel()
				return
			}
			s.pingRTT = d
			done(nil, d, payload)
		}
		s.loop.Callback(task)
	})
	if !ok {
		a.f = cancel
		s.loop.Callback(task)
		return false, nil
	}
	s.schedule()
	return true, nil
}

// answer is what waits for a peer's answer, as async_hooks sees it.
type answer struct {
	kind string
	f    func()
}

func (a *answer) Run() { a.f() }

// AsyncType is the name that async_hooks has for it.
func (a *answer) AsyncType() string { return a.kind }

// Goaway sends GOAWAY. last 0 stands for the last stream that was taken.
func (s *Session) Goaway(code protocol.Code, last uint32, data []byte) error {
	if s.Destroyed() {
		return nodeerr.HTTP2("INVALID_SESSION")
	}
	s.whenConnected(func() {
		if s.Destroyed() || s.conn == nil {
			return
		}
		if s.debug != nil {
			s.log("submitting goaway")
		}
		s.touch()
		s.conn.Goaway(code, last, data)
		s.schedule()
	})
	return nil
}

// SetNextStreamID sets the number of the next stream of this side.
func (s *Session) SetNextStreamID(id uint32) error {
	if s.Destroyed() || s.conn == nil {
		return nodeerr.HTTP2("INVALID_SESSION")
	}
	s.conn.SetNextStreamID(id)
	return nil
}

// SetLocalWindowSize sets how many bytes the peer may send on the connection
// before it gets window back.
func (s *Session) SetLocalWindowSize(n int32) error {
	if s.Destroyed() || s.conn == nil {
		return nodeerr.HTTP2("INVALID_SESSION")
	}
	s.conn.SetLocalWindowSize(n)
	s.schedule()
	return nil
}

// Ref and Unref make the socket keep the loop alive, or not.
func (s *Session) Ref() { s.refer(true) }

// Unref makes the socket not keep the loop alive.
func (s *Session) Unref() { s.refer(false) }

func (s *Session) refer(on bool) {
	x, ok := s.socket.(interface {
		Ref()
		Unref()
	})
	switch {
	case !ok:
	case on:
		x.Ref()
	default:
		x.Unref()
	}
}
