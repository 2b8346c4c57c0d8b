package http

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// clientConn is the client's side of a transport while a request has its turn.
type clientConn struct {
	req      *ClientRequest
	conn     Conn
	parser   *Parser
	hadError bool   // _hadError
	packet   []byte // being parsed
	on       *clientListeners
}

// OnSocket is this.onSocket(socket, err): the request goes on in the next tick.
func (r *ClientRequest) OnSocket(c Conn, err error) {
	if o := r.Override(events.MethodOnSocket); o != nil {
		if err != nil {
			o.Call(connSelf(c), err)
		} else {
			o.Call(connSelf(c))
		}
		return
	}
	r.BaseOnSocket(c, err)
}

func connSelf(c Conn) any {
	if c == nil {
		return nil
	}
	return c.Base().Self()
}

// BaseOnSocket is ClientRequest.prototype.onSocket.
func (r *ClientRequest) BaseOnSocket(c Conn, err error) {
	r.loop.NextTick(&socketTick{r, c, err})
}

// socketTick gives a request its socket.
type socketTick struct {
	r   *ClientRequest
	c   Conn
	err error
}

// Run is the tick.
func (t *socketTick) Run() { t.r.onSocket(t.c, t.err) }

func (r *ClientRequest) onSocket(c Conn, err error) {
	if !r.IsDestroyed && err == nil {
		r.attach(c)
		r.flush()
		return
	}
	r.IsDestroyed = true
	if err == nil {
		err = r.errored
	}
	if c != nil {
		st := c.AsStream()
		if err == nil && r.Agent != nil && !st.Destroyed() {
			st.Emit("free")
		} else {
			st.Destroy(err)
			stream.Finished(st, stream.FinishedOptions{}, func(e error) {
				if nodeerr.Code(e) == "ERR_STREAM_PREMATURE_CLOSE" {
					e = nil
				}
				if e == nil {
					e = err
				}
				r.over(e)
			})
			return
		}
	}
	r.over(err)
}

// over ends a request that never got its socket.
func (r *ClientRequest) over(err error) {
	if err == nil && !r.Aborted {
		err = nodeerr.SocketHangUp()
	}
	if err != nil {
		r.emitError(err)
	}
	r.emitClosed()
}

// attach puts the request on its socket.
func (r *ClientRequest) attach(c Conn) {
	s := ensureSlot(c)
	x := &clientConn{req: r, conn: c, on: clientListenersOf(r.loop)}
	x.parser = newParser(parser.Response, c, HeaderSize(r.loop, r.maxHeaderSize), lenient(r.loop, r.insecure))
	x.parser.begin("HTTPClientRequest")
	x.parser.Outgoing = r
	x.parser.joinDuplicateHeaders = r.joinDuplicateHeaders
	if r.MaxHeadersCount >= 0 {
		x.parser.MaxHeaderPairs = 2 * r.MaxHeadersCount
	}
	x.parser.side = x
	r.Conn = c
	s.Parser, s.Message, s.client = x.parser, r.Self(), x
	r.turn = x
	x.listen()
	if r.HasTimeout || r.Agent != nil && r.Agent.Timeout != 0 {
		r.listenTimeout()
	}
	if r.Hears("socket") {
		r.Emit("socket", c.Base().Self())
	}
}

func (x *clientConn) requestBegan() {}
func (x *clientConn) headersEnded() {}

func (x *clientConn) newIncoming() *IncomingMessage {
	if x.req.NewResMsg != nil {
		return x.req.NewResMsg(x.conn)
	}
	return NewIncomingMessage(x.req.loop, realmHost(x.req.loop, "http.IncomingMessage"), x.conn)
}

func (x *clientConn) listen() {
	st, on := x.conn.AsStream(), x.on
	st.AddListener(events.Name("error"), on.error, false)
	st.AddListener(events.Name("data"), on.data, false)
	st.AddListener(events.Name("end"), on.end, false)
	st.AddListener(events.Name("close"), on.close, false)
	st.AddListener(events.Name("drain"), on.drain, false)
}

// unread stops listening for what comes in.
func (x *clientConn) unread() {
	st := x.conn.AsStream()
	st.RemoveListener(events.Name("data"), x.on.data)
	st.RemoveListener(events.Name("end"), x.on.end)
}

func (x *clientConn) free() {
	if x.parser != nil {
		pr := x.parser
		x.parser = nil
		pr.free()
	}
}

// nested parses the bytes of a 'data' event.
func (x *clientConn) nested(p []byte) {
	x.packet = p
	defer func() { x.packet = nil }()
	for x.parser != nil {
		x.parser.owned = true
		n := x.execute(p)
		if x.parser == nil || !x.parser.yielded() {
			return
		}
		p = p[n:]
	}
}

func (x *clientConn) execute(p []byte) int {
	pr, r := x.parser, x.req
	n, err := pr.execute(p)
	if x.parser == nil {
		return n
	}
	switch in := pr.Incoming; {
	case err != nil:
		err = placeError(err, x.packet, len(x.packet)-len(p))
		if debugging {
			debugf(r.loop, "parse error", err)
		}
		x.free()
		x.unread()
		x.conn.AsStream().Destroy(nil)
		x.hadError = true
		r.emitError(err)
	case in != nil && in.Upgrade:
		x.upgrade(in, append([]byte(nil), p[n:]...))
	case in != nil && in.Complete && !informational(in.StatusCode) && !pr.yielded():
		x.unread()
		x.conn.AsStream().RemoveListener(events.Name("drain"), x.on.drain)
		x.free()
	}
	return n
}

func informational(status int) bool { return status < 200 && status >= 100 && status != 101 }

// upgrade hands the raw socket over.
func (x *clientConn) upgrade(res *IncomingMessage, head []byte) {
	r, st := x.req, x.conn.AsStream()
	r.Res = res
	x.unread()
	st.RemoveListener(events.Name("drain"), x.on.drain)
	if r.timeoutL != nil {
		st.RemoveListener(events.Name("timeout"), r.timeoutL)
	}
	st.RemoveListener(events.Name("timeout"), x.on.timeout)
	_ = x.parser.finish()
	x.free()
	event := "upgrade"
	if r.Method == "CONNECT" {
		event = "connect"
	}
	if r.ListenerCount(event) == 0 {
		st.Destroy(nil)
		return
	}
	r.UpgradeOrConnect = true
	st.Emit("agentRemove")
	st.RemoveListener(events.Name("close"), x.on.close)
	st.RemoveListener(events.Name("error"), x.on.error)
	s := slotOf(x.conn)
	s.Message, s.client = nil, nil
	st.SetReadableFlowing(stream.Null)
	r.Emit(event, res.Self(), x.conn.Base().Self(), buffer.Bytes(head))
	r.IsDestroyed = true
	r.emitClosed()
}

// onIncoming takes an answer whose headers are complete.
func (x *clientConn) onIncoming(res *IncomingMessage, keepAlive bool) parser.Action {
	r := x.req
	if debugging {
		debugf(r.loop, "AGENT incoming response!")
	}
	if r.Res != nil {
		// A second answer: the connection is not to be trusted, nor handed over.
		res.Upgrade = false
		x.conn.AsStream().Destroy(nil)
		return parser.Continue
	}
	r.Res = res
	if res.Upgrade {
		return parser.Upgrade
	}
	if r.Method == "CONNECT" {
		res.Upgrade = true
		return parser.Upgrade
	}
	if informational(res.StatusCode) {
		r.Res = nil
		if res.StatusCode == 100 {
			r.Emit("continue")
		}
		r.Emit("information", Information{Message: res})
		return parser.SkipBody
	}
	if r.ShouldKeepAlive && !keepAlive && !r.UpgradeOrConnect {
		r.ShouldKeepAlive = false
	}
	if diagnostics.Any() {
		diagnostics.Publish(r.loop, responseFinishChannel, field("request", r.Self()), field("response", res.Self()))
	}
	res.Request = r
	res.AsStream().AddListener(events.Name("end"), x.on.responseEnd, false)
	r.AddListener(events.Name("finish"), x.on.requestFinish, false)
	x.conn.AsStream().AddListener(events.Name("timeout"), x.on.timeout, false)
	if r.Aborted || !r.Emit("response", res.Self()) {
		res.Dump()
	}
	switch {
	case r.Method == "HEAD":
		return parser.SkipBody
	case res.StatusCode == 304:
		res.Complete = true
		return parser.SkipBody
	}
	return parser.Continue
}

// responseEnded gives the socket back, or ends it.
func (x *clientConn) responseEnded(res *IncomingMessage) {
	r := x.req
	st := x.conn.AsStream()
	if r.timeoutL != nil {
		st.RemoveListener(events.Name("timeout"), r.timeoutL)
	}
	st.RemoveListener(events.Name("timeout"), x.on.timeout)
	r.ended = true
	switch {
	case !r.ShouldKeepAlive:
		if st.Writable() {
			if debugging {
				debugf(r.loop, "AGENT socket.destroySoon()")
			}
			destroySoon(x.conn)
		}
	case r.WritableFinished() && !res.Aborted:
		if debugging {
			debugf(r.loop, "AGENT socket keep-alive")
		}
		x.keepAlive()
	}
}

// keepAlive makes the socket free after the listeners of 'end' have run.
func (x *clientConn) keepAlive() {
	r, st := x.req, x.conn.AsStream()
	if r.timeoutL != nil {
		setTimeout(x.conn, 0)
		st.RemoveListener(events.Name("timeout"), r.timeoutL)
		r.timeoutL = nil
	}
	st.RemoveListener(events.Name("close"), x.on.close)
	st.RemoveListener(events.Name("error"), x.on.error)
	x.unread()
	st.RemoveListener(events.Name("drain"), x.on.drain)
	slotOf(x.conn).client = nil
	r.loop.NextTick((*freeTick)(r))
	r.IsDestroyed = true
	if r.Res != nil {
		r.Res.Conn = nil
	}
}

// freeTick gives the socket of a request that is over back.
type freeTick ClientRequest

// Run is the tick.
func (t *freeTick) Run() {
	r := (*ClientRequest)(t)
	r.emitClosed()
	if r.Conn != nil {
		r.Conn.AsStream().Emit("free")
	}
}

func (x *clientConn) onDrain() {
	r := x.req
	if !r.Finished && r.needDrain {
		r.needDrain = false
		r.Emit("drain")
	}
}

func (x *clientConn) onError(err error) {
	r := x.req
	if debugging {
		debugf(r.loop, "SOCKET ERROR:", err.Error(), err)
	}
	x.hadError = true
	r.emitError(err)
	x.finishParser()
	x.unread()
	x.conn.AsStream().Destroy(nil)
}

func (x *clientConn) finishParser() {
	if x.parser != nil {
		_ = x.parser.finish()
		x.free()
	}
}

func (x *clientConn) onEnd() {
	r := x.req
	if r.Res == nil && !x.hadError {
		x.hadError = true
		r.emitError(nodeerr.SocketHangUp())
	}
	x.finishParser()
	x.conn.AsStream().End(noChunk, "", nil)
}

func (x *clientConn) onClose() {
	r := x.req
	if debugging {
		debugf(r.loop, "HTTP socket close")
	}
	pr := x.parser
	r.IsDestroyed = true
	if res := r.Res; res != nil {
		if !res.Complete {
			res.Destroy(nodeerr.Aborted())
		}
		r.emitClosed()
		if !res.Aborted && res.Readable() {
			res.Push(noChunk)
		}
	} else {
		if !x.hadError {
			x.hadError = true
			r.emitError(nodeerr.SocketHangUp())
		}
		r.emitClosed()
	}
	r.output = nil
	if pr != nil && x.parser == pr {
		x.finishParser()
	}
}
