package http

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// RequestOptions are the options of http.request
// (https://nodejs.org/docs/latest-v24.x/api/http.html#httprequesturl-options-callback).
type RequestOptions struct {
	Protocol    string // "http:" by default
	Connect     net.ConnectOptions
	DefaultPort int
	SocketPath  string
	Path        string // request target, "/" by default
	Method      string // "GET" by default
	Headers     []Field
	FlatHeaders bool // Headers came as a flat array and are sent as they are
	Auth        string
	NoHost      bool // setHost: false
	NoDefaults  bool // setDefaultHeaders: false

	// Agent keeps the connection; nil means the loop's global agent unless
	// NoAgent is set. HostAgent is a host's own object with addRequest.
	Agent     *Agent
	NoAgent   bool
	HostAgent func(req *ClientRequest, o *RequestOptions)
	// HostAgentKeepAlive says that HostAgent will keep the connection.
	HostAgentKeepAlive bool

	CreateConnection func(o *RequestOptions, cb func(error, Conn)) Conn

	// Of the socket: its own timeout in ms, TCP_NODELAY and TCP keep-alive with
	// the delay in ms.
	SocketTimeout         int64
	NoDelay, KeepAlive    bool
	KeepAliveInitialDelay int

	Timeout              int64 // ms
	HasTimeout           bool
	MaxHeaderSize        int
	InsecureHTTPParser   stream.Tri // Null: as Defaults has it
	JoinDuplicateHeaders bool
	UniqueHeaders        []string

	AgentKey string
	// Host is the host's own options object.
	Host any
}

// ClientRequest is a request on its way
// (https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpclientrequest).
type ClientRequest struct {
	OutgoingMessage

	Agent        *Agent
	hostAgent    bool
	Method, Path string
	Host         string
	Protocol     string
	SocketPath   string

	Timeout    int64
	HasTimeout bool

	Res              *IncomingMessage
	Aborted          bool
	UpgradeOrConnect bool
	ReusedSocket     bool
	MaxHeadersCount  int  // -1: not set
	ended            bool // _ended: the response is over

	maxHeaderSize        int
	insecure             stream.Tri
	joinDuplicateHeaders bool

	options   *RequestOptions // while it waits in an agent's queue
	errored   error
	timeoutL  *events.Listener
	timedOut  bool        // the socket's 'timeout' was passed on
	turn      *clientConn // the last socket it was put on
	NewResMsg func(c Conn) *IncomingMessage
}

// requester is what socket._httpMessage is on a client's socket.
type requester interface{ request() *ClientRequest }

func (r *ClientRequest) request() *ClientRequest { return r }

// NewRequest makes a request and begins to connect; its body is to be ended
// with End. The error is one that Node throws.
func NewRequest(l *loop.Loop, o RequestOptions, onResponse func(*IncomingMessage)) (*ClientRequest, error) {
	r := &ClientRequest{}
	if onResponse != nil {
		r.Once("response", func(args ...any) { onResponse(args[0].(*IncomingMessage)) })
	}
	if err := r.InitRequest(l, realmHost(l, "http.ClientRequest"), r, &o); err != nil {
		return nil, err
	}
	r.Start(&o)
	return r, nil
}

// Get is NewRequest with End called.
func Get(l *loop.Loop, o RequestOptions, onResponse func(*IncomingMessage)) (*ClientRequest, error) {
	o.Method = "GET"
	r, err := NewRequest(l, o, onResponse)
	if err == nil {
		r.End(noChunk, "", nil)
	}
	return r, err
}

// InitRequest prepares r, which self embeds, and validates o. Start sends it on
// its way.
func (r *ClientRequest) InitRequest(l *loop.Loop, host events.Host, self any, o *RequestOptions) error {
	keep := r.Emitter
	r.OutgoingMessage.init(l, host, self, r)
	if host == nil {
		r.Emitter = keep
		r.Bind(nil, self)
	}
	r.MaxHeadersCount = -1
	if err := r.setAgent(l, o); err != nil {
		return err
	}
	if o.Path != "" && invalidPath(o.Path) {
		return nodeerr.UnescapedCharacters("Request path")
	}
	want := "http:"
	if r.Agent != nil {
		want = r.Agent.Protocol
	}
	if r.Protocol = o.Protocol; r.Protocol == "" {
		r.Protocol = want
	}
	if r.Protocol != want && !r.hostAgent {
		return nodeerr.InvalidProtocol(r.Protocol, want)
	}
	if o.DefaultPort == 0 && r.Agent != nil {
		o.DefaultPort = r.Agent.DefaultPort
	}
	if o.Connect.Port == 0 {
		if o.Connect.Port = o.DefaultPort; o.Connect.Port == 0 {
			o.Connect.Port = 80
		}
	}
	if o.Connect.Host == "" {
		o.Connect.Host = "localhost"
	}
	r.Timeout, r.HasTimeout = o.Timeout, o.HasTimeout
	r.Method = strings.ToUpper(o.Method)
	if o.Method == "" {
		r.Method = "GET"
	} else if !IsToken(o.Method) {
		return nodeerr.InvalidHTTPToken("Method", o.Method)
	}
	r.maxHeaderSize, r.insecure, r.joinDuplicateHeaders = o.MaxHeaderSize, o.InsecureHTTPParser, o.JoinDuplicateHeaders
	if r.Path = o.Path; r.Path == "" {
		r.Path = "/"
	}
	r.Host, r.SocketPath = o.Connect.Host, o.SocketPath
	if len(o.UniqueHeaders) > 0 {
		r.UniqueHeaders = map[string]bool{}
		for _, n := range o.UniqueHeaders {
			r.UniqueHeaders[lower(n)] = true
		}
	}
	r.setKeepAlive(o)
	return r.setHeaders(o)
}

// InitForeign makes r stand for a request that the program made itself, so that
// an agent can find it a socket. The host's own onSocket gets that.
func (r *ClientRequest) InitForeign(l *loop.Loop, host events.Host) {
	r.OutgoingMessage.init(l, host, r, r)
	r.MaxHeadersCount = -1
}

func (r *ClientRequest) setAgent(l *loop.Loop, o *RequestOptions) error {
	switch {
	case o.HostAgent != nil:
		r.hostAgent = true
	case o.NoAgent:
	case o.Agent != nil:
		r.Agent = o.Agent
	case o.CreateConnection == nil:
		r.Agent = GlobalAgent(l)
	}
	r.hasAgent = r.Agent != nil || r.hostAgent
	return nil
}

// setKeepAlive: a connection is announced as lasting only where an agent will
// use it again.
func (r *ClientRequest) setKeepAlive(o *RequestOptions) {
	r.ShouldKeepAlive = o.HostAgentKeepAlive
	if r.Agent != nil {
		r.ShouldKeepAlive = r.Agent.KeepAlive || r.Agent.MaxSockets != Unlimited
	}
	r.Last = !r.ShouldKeepAlive
}

func (r *ClientRequest) setHeaders(o *RequestOptions) error {
	if o.NoDefaults {
		r.RemovedConnection, r.RemovedContLen, r.RemovedTE = true, true, true
	}
	switch r.Method {
	case "GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT":
		r.UseChunkedByDefault = false
	}
	start := r.Method + " " + r.Path + " HTTP/1.1\r\n"
	if o.FlatHeaders {
		return r.StoreHeader(start, o.Headers, true)
	}
	for _, f := range o.Headers {
		if err := r.SetHeader(f.Name, f.Value); err != nil {
			return err
		}
	}
	if r.Host != "" && !r.HasHeader("host") && !o.NoHost && !o.NoDefaults {
		if err := r.SetHeader("Host", TextValue(hostHeader(r.Host, o.Connect.Port, o.DefaultPort))); err != nil {
			return err
		}
	}
	if o.Auth != "" && !r.HasHeader("authorization") {
		if err := r.SetHeader("Authorization", TextValue(basic(o.Auth))); err != nil {
			return err
		}
	}
	if r.HasHeader("expect") {
		if r.hasHeader {
			return nodeerr.HTTPHeadersSent("render")
		}
		return r.StoreHeader(start, r.headers.fields(), false)
	}
	return nil
}

func basic(auth string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(auth)) }

// hostHeader puts an IPv6 address in brackets and adds a port that is not the
// default one.
func hostHeader(host string, port, def int) string {
	if i := strings.IndexByte(host, ':'); i >= 0 && strings.IndexByte(host[i+1:], ':') >= 0 && host[0] != '[' {
		host = "[" + host + "]"
	}
	if port != 0 && port != def {
		host += ":" + strconv.Itoa(port)
	}
	return host
}

// Start asks the agent for a socket, or connects.
func (r *ClientRequest) Start(o *RequestOptions) {
	switch {
	case o.HostAgent != nil:
		o.HostAgent(r, o)
	case r.Agent != nil:
		r.Agent.AddRequest(r, o)
	case o.CreateConnection != nil:
		called := false
		oncreate := func(err error, c Conn) {
			if called {
				return
			}
			called = true
			if err != nil {
				r.loop.NextTickFunc(func() { r.emitError(err) })
				return
			}
			r.OnSocket(c, nil)
		}
		if c := o.CreateConnection(o, oncreate); c != nil {
			oncreate(nil, c)
		}
	default:
		c, err := connect(r.loop, o)
		if err != nil {
			r.Throw(err)
		}
		r.OnSocket(c, nil)
	}
	if diagnostics.Any() {
		diagnostics.Publish(r.loop, requestCreatedChannel, field("request", r.Self()))
	}
}

func (r *ClientRequest) status() int { return 0 }

// BaseImplicitHeader is _implicitHeader of the prototype.
func (r *ClientRequest) BaseImplicitHeader() error { return r.baseImplicitHeader() }

func (r *ClientRequest) baseImplicitHeader() error {
	if r.hasHeader {
		return nodeerr.HTTPHeadersSent("render")
	}
	return r.StoreHeader(r.Method+" "+r.Path+" HTTP/1.1\r\n", r.headers.fields(), false)
}

func (r *ClientRequest) baseFinish() {
	r.BaseFinish()
	if diagnostics.Any() {
		diagnostics.Publish(r.loop, requestStartChannel, field("request", r.Self()))
	}
}

func (r *ClientRequest) destroyed(err error) { r.BaseDestroy(err) }

// BaseDestroy is ClientRequest.prototype.destroy.
func (r *ClientRequest) BaseDestroy(err error) {
	if r.IsDestroyed {
		return
	}
	r.IsDestroyed = true
	if r.Res != nil {
		r.Res.Dump()
	}
	r.errored = err
	if r.Conn != nil {
		r.Conn.AsStream().Destroy(err)
	}
}

// Abort is the deprecated abort(): 'abort' on the next tick, and destroy.
func (r *ClientRequest) Abort() {
	if r.Aborted {
		return
	}
	r.Aborted = true
	r.loop.NextTickFunc(func() { r.Emit("abort") })
	r.Destroy(nil)
}

// emitError is the request's 'error'.
func (r *ClientRequest) emitError(err error) {
	if diagnostics.Any() {
		diagnostics.Publish(r.loop, requestErrorChannel, field("request", r.Self()), field("error", err))
	}
	r.Emit("error", err)
}

// emitClosed is the request's 'close'.
func (r *ClientRequest) emitClosed() {
	r.Closed = true
	r.Emit("close")
}

// SetTimeout sets the socket's timeout once it is connected; cb runs at the next
// 'timeout'.
func (r *ClientRequest) SetTimeout(ms int64, cb func()) {
	if r.ended {
		return
	}
	r.listenTimeout()
	if cb != nil {
		r.Once("timeout", func(...any) { cb() })
	}
	r.TimeoutSocket(ms)
}

// TimeoutSocket is the socket's half of SetTimeout.
func (r *ClientRequest) TimeoutSocket(ms int64) {
	set := func(c Conn) {
		if k, ok := c.(interface{ Connecting() bool }); ok && k.Connecting() {
			c.AsStream().Once("connect", func(...any) { setTimeout(c, ms) })
			return
		}
		setTimeout(c, ms)
	}
	if r.Conn != nil {
		set(r.Conn)
		return
	}
	r.Once("socket", func(args ...any) {
		if c, ok := args[0].(Conn); ok {
			set(c)
		}
	})
}

// ListenTimeout makes the socket's 'timeout' the request's.
func (r *ClientRequest) ListenTimeout() { r.listenTimeout() }

// Ended reports whether the response is over: _ended.
func (r *ClientRequest) Ended() bool { return r.ended }

func (r *ClientRequest) listenTimeout() {
	if r.timeoutL != nil {
		return
	}
	r.timeoutL = clientListenersOf(r.loop).requestTimeout
	if r.Conn != nil {
		r.Conn.AsStream().AddListener(events.Name("timeout"), r.timeoutL, false)
		return
	}
	r.On("socket", func(args ...any) {
		if c, ok := args[0].(Conn); ok && r.timeoutL != nil {
			c.AsStream().AddListener(events.Name("timeout"), r.timeoutL, false)
		}
	})
}

// socketTimeout is the socket's 'timeout' while r has its turn.
func (r *ClientRequest) socketTimeout(c Conn) {
	if r.timedOut {
		return
	}
	r.timedOut = true
	c.AsStream().RemoveListener(events.Name("timeout"), r.timeoutL)
	r.Emit("timeout")
}

// WithSocket calls f with the socket, once it is there and writable.
func (r *ClientRequest) WithSocket(f func(Conn)) {
	run := func(c Conn) {
		if k, ok := c.(interface{ Connecting() bool }); ok && k.Connecting() {
			c.AsStream().Once("connect", func(...any) { f(c) })
			return
		}
		f(c)
	}
	if r.Conn != nil {
		run(r.Conn)
		return
	}
	r.Once("socket", func(args ...any) {
		if c, ok := args[0].(Conn); ok {
			run(c)
		}
	})
}

// SetNoDelay sets TCP_NODELAY on the socket, once it is connected.
func (r *ClientRequest) SetNoDelay(on bool) {
	r.WithSocket(func(c Conn) {
		if s, ok := c.(interface{ SetNoDelay(bool) }); ok {
			s.SetNoDelay(on)
		}
	})
}

// SetSocketKeepAlive sets TCP keep-alive on the socket, once it is connected;
// delay is in milliseconds.
func (r *ClientRequest) SetSocketKeepAlive(on bool, delay int) {
	r.WithSocket(func(c Conn) {
		if s, ok := c.(interface{ SetKeepAlive(bool, int) }); ok {
			s.SetKeepAlive(on, delay)
		}
	})
}

// Information is the argument of 'information': a 1xx answer.
type Information struct{ Message *IncomingMessage }
