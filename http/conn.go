package http

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/stream"
)

// Conn is what the protocol runs over: a *net.Socket, or any duplex stream.
type Conn interface {
	stream.Streamer
	events.Object
}

// slot is what http keeps on a transport: socket._httpMessage, socket.parser,
// socket.server, socket._paused.
type slot struct {
	Message any // *ServerResponse or *ClientRequest whose turn it is
	Parser  *Parser
	Server  *Server
	Paused  bool

	server  *serverConn
	client  *clientConn
	options *RequestOptions // of the agent that opened it
}

var noSlot slot

// ListenerAdded gives the bytes back to the stream when the program wants to see
// them itself.
func (s *slot) ListenerAdded(key events.Key) {
	if s.server != nil && s.server.handle != nil && key.Symbol == nil && (key.Name == "data" || key.Name == "readable") {
		s.server.unconsume()
	}
}

// Claim makes m the message whose turn it is on c, if there is none: a program
// put the message on a transport itself.
func Claim(c Conn, m any) {
	if s := ensureSlot(c); s.Message == nil {
		s.Message = m
	}
}

// closeListener is what a response listens for 'close' with: the server's, or
// one of its own without a server.
func (s *slot) closeListener() *events.Listener {
	if s.Server != nil {
		return s.Server.on.responseClose
	}
	return shared("onServerResponseClose", onServerResponseClose)
}

// slotOf returns the slot of a transport, an empty one if http was never on it.
func slotOf(c Conn) *slot {
	if s, ok := c.Base().Ext.(*slot); ok {
		return s
	}
	return &noSlot
}

// ensureSlot returns the slot of a transport, made at first use.
func ensureSlot(c Conn) *slot {
	if s, ok := c.Base().Ext.(*slot); ok {
		return s
	}
	s := &slot{}
	c.Base().Ext = s
	return s
}

// MessageOn returns socket._httpMessage: the message whose turn it is on c, nil
// if there is none.
func MessageOn(c Conn) any { return slotOf(c).Message }

// ParserOn returns socket.parser.
func ParserOn(c Conn) *Parser { return slotOf(c).Parser }

// ServerOf returns socket.server.
func ServerOf(c Conn) *Server { return slotOf(c).Server }

// setTimeout is socket.setTimeout(ms), where the transport has it.
func setTimeout(c Conn, ms int64) {
	if t, ok := c.(interface {
		SetTimeout(ms int64, onTimeout *events.Listener)
	}); ok {
		t.SetTimeout(ms, nil)
	} else if o := c.Base().Override(events.MethodSetTimeout); o != nil {
		o.Call(float64(ms))
	}
}

// canTimeout reports whether the transport has setTimeout.
func canTimeout(c Conn) bool {
	if _, ok := c.(net.Socketer); ok {
		return true
	}
	return c.Base().Override(events.MethodSetTimeout) != nil
}

// timeoutOf is socket.timeout; ok is false where it was never set.
func timeoutOf(c Conn) (ms int64, ok bool) {
	if s, is := c.(net.Socketer); is {
		return s.AsSocket().Timeout()
	}
	return 0, false
}

// destroySoon ends a transport once what was written is out.
func destroySoon(c Conn) {
	if t, ok := c.(interface{ DestroySoon() }); ok {
		t.DestroySoon()
		return
	}
	if o := c.Base().Override(events.MethodDestroySoon); o != nil {
		o.Call()
		return
	}
	c.AsStream().End(noChunk, "", nil)
}

// readStart and readStop let a transport read on, or not.
func readStart(c Conn) {
	if c != nil && !slotOf(c).Paused && c.AsStream().Readable() {
		c.AsStream().Resume()
	}
}

func readStop(c Conn) {
	if c != nil {
		c.AsStream().Pause()
	}
}

// shared is a registration that one function serves for many objects: f is told
// the Go object it was called for.
func shared(name string, f func(self any, args []any)) *events.Listener {
	return events.NewMethod(name, func(e *events.Emitter, args ...any) { f(e.Self(), args) })
}
