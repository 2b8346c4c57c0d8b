package http

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// clientListeners are the registrations that requests put on their sockets, on
// their answers and on themselves, one set for all requests of a loop.
type clientListeners struct {
	data, end, close, error, drain, timeout, responseEnd, requestFinish *events.Listener
	requestTimeout, freeError                                           *events.Listener
}

type clientListenersKey struct{}

func clientListenersOf(l *loop.Loop) *clientListeners {
	if on, ok := l.Slot(clientListenersKey{}).(*clientListeners); ok {
		return on
	}
	on := makeClientListeners()
	l.SetSlot(clientListenersKey{}, on)
	return on
}

func makeClientListeners() *clientListeners {
	bind := func(name string, f func(x *clientConn, args []any)) *events.Listener {
		return shared(name, func(self any, args []any) {
			if c, ok := self.(Conn); ok {
				if x := slotOf(c).client; x != nil {
					f(x, args)
				}
			}
		})
	}
	return &clientListeners{
		error: bind("socketErrorListener", func(x *clientConn, args []any) { x.onError(asError(args)) }),
		data: onData(func(s *slot, p []byte) {
			if s.client != nil {
				s.client.nested(p)
			}
		}),
		end:   bind("socketOnEnd", func(x *clientConn, _ []any) { x.onEnd() }),
		close: bind("socketCloseListener", func(x *clientConn, _ []any) { x.onClose() }),
		drain: bind("ondrain", func(x *clientConn, _ []any) { x.onDrain() }),
		timeout: bind("responseOnTimeout", func(x *clientConn, _ []any) {
			if res := x.req.Res; res != nil {
				res.Emit("timeout")
			}
		}),
		requestTimeout: shared("emitRequestTimeout", func(self any, _ []any) {
			c, ok := self.(Conn)
			if !ok {
				return
			}
			if q, ok := slotOf(c).Message.(requester); ok {
				q.request().socketTimeout(c)
			}
		}),
		freeError: shared("freeSocketErrorListener", func(self any, _ []any) {
			if c, ok := self.(Conn); ok {
				c.AsStream().Destroy(nil)
			}
		}),
		responseEnd: shared("responseOnEnd", func(self any, _ []any) {
			if m, ok := self.(interface{ incomingMessage() *IncomingMessage }); ok {
				res := m.incomingMessage()
				if r := res.Request; r != nil && r.turn != nil {
					r.turn.responseEnded(res)
				}
			}
		}),
		requestFinish: shared("requestOnFinish", func(self any, _ []any) {
			if q, ok := self.(requester); ok {
				if r := q.request(); r.ShouldKeepAlive && r.ended && r.turn != nil {
					r.turn.keepAlive()
				}
			}
		}),
	}
}

// onData is the listener that hands what a transport reads to a parser.
func onData(f func(s *slot, p []byte)) *events.Listener {
	return events.NewTypedMethod("socketOnData", func(e *events.Emitter, c buffer.Chunk) {
		if s, ok := e.Ext.(*slot); ok {
			f(s, c.Bytes)
		}
	}, func(args []any) (c buffer.Chunk) {
		if len(args) > 0 {
			c, _ = args[0].(buffer.Chunk)
		}
		return c
	})
}

func (m *IncomingMessage) incomingMessage() *IncomingMessage { return m }
