package http

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// serverConn is one connection of a server: its parser, the requests that were
// not answered yet, and the responses that wait for their turn.
type serverConn struct {
	server *Server
	conn   Conn
	parser *Parser

	incoming     []*IncomingMessage
	only         [1]*IncomingMessage // room for incoming
	outgoing     []*ServerResponse
	pendingData  int // bytes that wait on responses
	requests     int64
	keepAliveSet bool
	untouched    bool        // bytes came that have not restarted the idle time
	handle       *net.Handle // whose bytes are taken directly
	onData       func(int)

	since      int64 // loop time at which the request under way began, or the connection
	inRequest  bool  // a request has begun and is not complete
	hasHeaders bool  // its headers are complete
	expired    bool

	prev, next *serverConn
	listed     bool

	exec   execTask
	packet []byte // being parsed
}

// makeListeners makes the registrations that all connections share.
func (s *Server) makeListeners() {
	bind := func(name string, f func(x *serverConn, args []any)) *events.Listener {
		return shared(name, func(self any, args []any) {
			if c, ok := self.(Conn); ok {
				if x := slotOf(c).server; x != nil {
					f(x, args)
				}
			}
		})
	}
	s.on = serverListeners{
		data: onData(func(s *slot, p []byte) {
			if s.server != nil {
				s.server.nested(p)
			}
		}),
		end:     bind("socketOnEnd", func(x *serverConn, _ []any) { x.onEnd() }),
		close:   bind("socketOnClose", func(x *serverConn, _ []any) { x.onClose() }),
		error:   bind("socketOnError", func(x *serverConn, args []any) { x.onError(asError(args)) }),
		timeout: bind("socketOnTimeout", func(x *serverConn, _ []any) { x.onTimeout() }),
		drain:   bind("socketOnDrain", func(x *serverConn, _ []any) { x.onDrain() }),
		resume: bind("onSocketResume", func(x *serverConn, _ []any) {
			switch {
			case slotOf(x.conn).Paused:
				x.conn.AsStream().Pause()
			case x.handle != nil && !x.handle.Reading():
				x.handle.ReadStart()
			}
		}),
		pause: bind("onSocketPause", func(x *serverConn, _ []any) {
			if x.handle != nil {
				x.handle.ReadStop()
			}
		}),
		finish: shared("resOnFinish", func(self any, _ []any) {
			if r, ok := self.(interface{ response() *ServerResponse }); ok {
				if res := r.response(); res.server != nil {
					res.server.finished(res.Req, res)
				}
			}
		}),
		responseClose: shared("onServerResponseClose", onServerResponseClose),
	}
}

func asError(args []any) error {
	if len(args) > 0 {
		if err, ok := args[0].(error); ok {
			return err
		}
	}
	return nodeerr.New(nodeerr.KindError, "", "Unknown error")
}

// attach listens on the transport and, where that is possible, takes its bytes
// directly.
func (x *serverConn) attach() {
	st, on := x.conn.AsStream(), &x.server.on
	st.AddListener(events.Name("timeout"), on.timeout, false)
	st.AddListener(events.Name("data"), on.data, false)
	st.AddListener(events.Name("error"), on.error, false)
	st.AddListener(events.Name("end"), on.end, false)
	st.AddListener(events.Name("close"), on.close, false)
	st.AddListener(events.Name("drain"), on.drain, false)
	st.AddListener(events.Name("resume"), on.resume, false)
	st.AddListener(events.Name("pause"), on.pause, false)
	x.consume()
}

// detach takes the protocol off the transport: an upgrade.
func (x *serverConn) detach() {
	st, on := x.conn.AsStream(), &x.server.on
	st.RemoveListener(events.Name("data"), on.data)
	st.RemoveListener(events.Name("end"), on.end)
	st.RemoveListener(events.Name("close"), on.close)
	st.RemoveListener(events.Name("drain"), on.drain)
	st.RemoveListener(events.Name("error"), on.error)
	st.RemoveListener(events.Name("timeout"), on.timeout)
	st.RemoveListener(events.Name("resume"), on.resume)
	st.RemoveListener(events.Name("pause"), on.pause)
	x.unconsume()
	x.server.conns.remove(x)
}

// resetTimeout puts the server's timeout back when a keep-alive wait ends.
func (x *serverConn) resetTimeout() {
	if !x.keepAliveSet {
		return
	}
	setTimeout(x.conn, x.server.Timeout)
	x.keepAliveSet, x.untouched = false, false
}

// upgrade hands the raw transport over, with the bytes that came after the
// request; one that nobody listens for ends it.
func (x *serverConn) upgrade(req *IncomingMessage, head []byte) {
	event := "upgrade"
	if req.Method == "CONNECT" {
		event = "connect"
	}
	if debugging {
		debugf(x.server.loop, "SERVER upgrade or connect", req.Method)
	}
	x.detach()
	pr := x.parser
	x.parser = nil
	_ = pr.finish()
	pr.free()
	st := x.conn.AsStream()
	if x.server.ListenerCount(event) == 0 {
		st.Destroy(nil)
		return
	}
	if debugging {
		debugf(x.server.loop, "SERVER have listener for %s", event)
	}
	st.SetReadableFlowing(stream.Null)
	x.server.Emit(event, req.Self(), x.conn.Base().Self(), buffer.Bytes(head))
}

// onIncoming takes a request whose headers are complete.
func (x *serverConn) onIncoming(req *IncomingMessage, keepAlive bool) parser.Action {
	s := x.server
	x.resetTimeout()
	if req.Upgrade {
		switch {
		case req.Method == "CONNECT":
		case s.ShouldUpgrade != nil:
			req.Upgrade = s.ShouldUpgrade(req)
		default:
			req.Upgrade = s.ListenerCount("upgrade") > 0
		}
		if req.Upgrade {
			return parser.Upgrade
		}
	}
	if len(x.incoming) == 0 {
		x.incoming = x.only[:0:1]
	}
	x.incoming = append(x.incoming, req)
	st := x.conn.AsStream()
	sl := slotOf(x.conn)
	if !sl.Paused && (st.WritableNeedDrain() || x.pendingData >= st.WritableHighWaterMark()) {
		// The peer does not read its answers: no more requests from it.
		sl.Paused = true
		st.Pause()
	}
	res := s.NewResponse(req)
	req.Response = res
	res.RejectNonStandardBody = s.RejectNonStandardBodyWrites
	res.KeepAliveTimeout, res.MaxRequestsPerSocket = s.KeepAliveTimeout, s.MaxRequestsPerSocket
	if x.onData == nil {
		x.onData = x.onPendingData
	}
	res.OnPendingData = x.onData
	res.UniqueHeaders = s.UniqueHeaders
	res.ShouldKeepAlive = keepAlive && !s.draining
	if diagnostics.Any() {
		x.publish(serverStartChannel, req, res)
	}
	if sl.Message != nil {
		x.outgoing = append(x.outgoing, res)
	} else if err := res.AssignSocket(x.conn); err != nil {
		res.throw(err)
	}
	res.server = x
	res.AddListener(events.Name("finish"), s.on.finish, false)
	if s.OptimizeEmptyRequests && !hasBodyHeaders(req) {
		req.endAtOnce()
	}
	x.dispatch(req, res)
	return parser.Continue
}

func hasBodyHeaders(req *IncomingMessage) bool {
	return req.HasHeader("content-length") || req.HasHeader("transfer-encoding")
}

// dispatch emits the request under the event that its headers call for.
func (x *serverConn) dispatch(req *IncomingMessage, res *ServerResponse) {
	s := x.server
	one := req.HTTPVersionMajor == 1 && req.HTTPVersionMinor == 1
	if one && s.RequireHostHeader && !req.HasHeader("host") {
		refuse(res, 400)
		return
	}
	if one && s.MaxRequestsPerSocket > 0 {
		x.requests++
		res.MaxRequestsReached = s.MaxRequestsPerSocket <= x.requests
		if s.MaxRequestsPerSocket < x.requests {
			s.Emit("dropRequest", req.Self(), x.conn.Base().Self())
			refuse(res, 503)
			return
		}
	}
	expect, ok := "", false
	if one {
		expect, ok = req.header("expect")
	}
	switch {
	case !ok:
		s.Emit("request", req.Self(), res.Self())
	case hasToken(expect, "100-continue"):
		res.ExpectContinue = true
		if s.ListenerCount("checkContinue") > 0 {
			s.Emit("checkContinue", req.Self(), res.Self())
			return
		}
		res.WriteContinue(nil)
		s.Emit("request", req.Self(), res.Self())
	case s.ListenerCount("checkExpectation") > 0:
		s.Emit("checkExpectation", req.Self(), res.Self())
	default:
		if err := res.WriteHead(417, "", nil); err == nil {
			res.End(noChunk, "", nil)
		}
	}
}

// refuse answers with a status and no body, and closes.
func refuse(res *ServerResponse, status int) {
	if status == 400 {
		if err := res.WriteHead(status, "", []Field{{"Connection", TextValue("close")}}); err != nil {
			return
		}
	} else if err := res.WriteHead(status, "", nil); err != nil {
		return
	}
	res.End(noChunk, "", nil)
}

// finished goes on to the next response when one was handed to the system.
func (x *serverConn) finished(req *IncomingMessage, res *ServerResponse) {
	if diagnostics.Any() {
		x.publish(serverFinishChannel, req, res)
	}
	if len(x.incoming) > 0 {
		x.incoming[0] = nil
		x.incoming = x.incoming[1:]
		if len(x.incoming) == 0 {
			x.incoming = nil
		}
	}
	if !req.Consumed && !req.wanted() && !req.discard() {
		req.Dump()
	}
	res.DetachSocket(x.conn)
	x.forget(req)
	x.server.loop.NextTick(closeTick{res})
	st := x.conn.AsStream()
	switch {
	case res.Last, x.server.draining && len(x.outgoing) == 0:
		destroySoon(x.conn)
	case len(x.outgoing) == 0:
		if x.server.KeepAliveTimeout > 0 && canTimeout(x.conn) {
			setTimeout(x.conn, x.server.KeepAliveTimeout+x.server.KeepAliveTimeoutBuffer)
			x.keepAliveSet = true
		}
	default:
		next := x.outgoing[0]
		x.outgoing = x.outgoing[1:]
		if len(x.outgoing) == 0 {
			x.outgoing = nil
		}
		if err := next.AssignSocket(x.conn); err != nil {
			st.Destroy(err)
		}
	}
}

// closeTick emits a response's 'close'.
type closeTick struct{ r *ServerResponse }

func (t closeTick) Run() { t.r.emitClose() }

// forget lets the parser go of a request that is over.
func (x *serverConn) forget(req *IncomingMessage) {
	if x.parser == nil || x.parser.Incoming != req {
		return
	}
	if req.Complete || req.ReadableEnded() {
		x.parser.Incoming = nil
		return
	}
	l := events.NewListener(func(...any) {
		if x.parser != nil && x.parser.Incoming == req {
			x.parser.Incoming = nil
		}
	}, false)
	l.Name = "clearIncoming"
	req.AsStream().AddListener(events.Name("end"), l, false)
}

// onPendingData counts what waits on responses; when it is little enough again,
// reading goes on.
func (x *serverConn) onPendingData(n int) {
	x.pendingData += n
	st := x.conn.AsStream()
	if slotOf(x.conn).Paused && x.pendingData < st.WritableHighWaterMark() {
		x.onDrain()
	}
}

func (x *serverConn) onDrain() {
	st, sl := x.conn.AsStream(), slotOf(x.conn)
	needPause := x.pendingData > st.WritableHighWaterMark()
	if sl.Paused && !needPause {
		sl.Paused = false
		st.Resume()
	}
	if r, ok := sl.Message.(interface{ outgoingMessage() *OutgoingMessage }); ok {
		if m := r.outgoingMessage(); m.needDrain {
			m.needDrain = false
			m.Emit("drain")
		}
	}
}

func (m *OutgoingMessage) outgoingMessage() *OutgoingMessage { return m }

func (x *serverConn) onEnd() {
	if x.parser != nil {
		if err := x.parser.finish(); err != nil {
			if debugging {
				debugf(x.server.loop, "parse error")
			}
			plainMessage(err)
			x.onError(err)
			return
		}
	}
	if !x.server.HTTPAllowHalfOpen {
		x.conn.AsStream().End(noChunk, "", nil)
		return
	}
	switch r, _ := slotOf(x.conn).Message.(*ServerResponse); {
	case len(x.outgoing) > 0:
		x.outgoing[len(x.outgoing)-1].Last = true
	case r != nil:
		r.Last = true
	default:
		x.conn.AsStream().End(noChunk, "", nil)
	}
}

// plainMessage takes the reason out of the message: Node adds it to errors of
// execute only.
func plainMessage(err error) {
	if e, ok := err.(*nodeerr.Error); ok {
		e.Message = "Parse Error"
	}
}

// abortIncoming ends the requests whose connection went away.
func (x *serverConn) abortIncoming() {
	for len(x.incoming) > 0 {
		req := x.incoming[0]
		x.incoming = x.incoming[1:]
		req.Destroy(nodeerr.Aborted())
	}
}

func (x *serverConn) onClose() {
	if debugging {
		debugf(x.server.loop, "server socket close")
	}
	x.server.conns.remove(x)
	if x.parser != nil {
		pr := x.parser
		x.parser = nil
		pr.free()
	}
	x.abortIncoming()
}

func (x *serverConn) onTimeout() {
	var req *IncomingMessage
	if x.parser != nil {
		req = x.parser.Incoming
	}
	self := x.conn.Base().Self()
	reqTimeout := req != nil && !req.Complete && req.Emit("timeout", self)
	resTimeout := false
	if r, ok := slotOf(x.conn).Message.(interface{ outgoingMessage() *OutgoingMessage }); ok {
		resTimeout = r.outgoingMessage().Emit("timeout", self)
	}
	serverTimeout := x.server.Emit("timeout", self)
	if !reqTimeout && !resTimeout && !serverTimeout {
		x.conn.AsStream().Destroy(nil)
	}
}

// onError is an error of the transport or of the parser: 'clientError', or the
// answer that Node gives by itself.
func (x *serverConn) onError(err error) {
	st := x.conn.AsStream()
	st.RemoveListener(events.Name("error"), x.server.on.error)
	if st.ListenerCount("error") == 0 {
		st.On("error", func(...any) {})
	}
	if x.server.Emit("clientError", err, x.conn.Base().Self()) {
		return
	}
	r, _ := slotOf(x.conn).Message.(interface{ outgoingMessage() *OutgoingMessage })
	if st.Writable() && (r == nil || !r.outgoingMessage().HeaderSent) {
		answer := "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
		switch nodeerr.Code(err) {
		case "HPE_HEADER_OVERFLOW":
			answer = "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n"
		case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
			answer = "HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n\r\n"
		case "ERR_HTTP_REQUEST_TIMEOUT":
			answer = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n"
		}
		st.Write(buffer.Bytes([]byte(answer)), "", nil)
	}
	st.Destroy(err)
}
