package http

import (
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// How the bytes of a server's connection get to its parser, and what follows
// from what the parser says.

// consume takes the bytes of a socket's handle directly (Node's
// parser.consume); a stream that is no socket is read through 'data'.
func (x *serverConn) consume() {
	sock, ok := x.conn.(net.Socketer)
	if !ok || sock.AsSocket().Handle() == nil {
		return
	}
	x.handle = sock.AsSocket().Handle()
	x.handle.SetConsumer(x)
}

// unconsume gives the bytes back to the stream.
func (x *serverConn) unconsume() {
	if x.handle != nil {
		x.handle.SetConsumer(nil)
		x.handle = nil
	}
}

// OnConsume gets what the handle read, outside any call-out; its end and its
// errors are the socket's.
func (x *serverConn) OnConsume(h *net.Handle, p []byte, st net.Status) {
	if len(p) > 0 {
		x.consumeBytes(h, p)
		return
	}
	if sock, ok := x.conn.(net.Socketer); ok {
		h.Callback(loop.Func(func() { sock.AsSocket().OnRead(h, nil, st) }))
	}
}

// execTask is one call-out of the parser on bytes that were read.
type execTask struct {
	x    *serverConn
	data []byte
	n    int
	err  error
}

// Run parses; the loop calls it as a call-out.
func (t *execTask) Run() {
	t.n, t.err = t.x.execute(t.data)
}

// consumeBytes parses bytes as they were read, ticks and microtasks being
// drained after each part of a body, as Node does.
func (x *serverConn) consumeBytes(h *net.Handle, p []byte) {
	// The end of a keep-alive wait sets the idle time anew, which is after the
	// head of the request.
	x.untouched = x.keepAliveSet
	if !x.untouched {
		x.touch()
	}
	x.packet = p
	defer x.parsed()
	for x.parser != nil {
		x.parser.owned = false
		x.exec = execTask{x: x, data: p}
		pr := x.parser
		if pr.async.Tracked() { // its callbacks are told of, not the handle's
			x.server.loop.Callback(&x.exec)
		} else {
			h.Callback(&x.exec)
		}
		pr.settle(x.server.loop)
		n := x.exec.n
		x.exec.data = nil
		if x.parser == nil || !x.parser.yielded() || x.server.loop.Stopping() {
			if x.parser == pr {
				pr.park()
			}
			return
		}
		p = p[n:]
	}
}

// parsed ends consumeBytes.
func (x *serverConn) parsed() {
	x.packet = nil
	if x.untouched {
		x.touch()
	}
}

// touch restarts the idle time.
func (x *serverConn) touch() {
	x.untouched = false
	if sock, ok := x.conn.(net.Socketer); ok {
		sock.AsSocket().Touch()
	}
}

// nested parses bytes of a 'data' event, inside another call-out.
func (x *serverConn) nested(p []byte) {
	x.packet = p
	defer func() { x.packet = nil }()
	for x.parser != nil {
		x.parser.owned = true
		n, _ := x.execute(p)
		if x.parser == nil || !x.parser.yielded() {
			return
		}
		p = p[n:]
	}
}

// execute runs the parser once and does what its result asks for.
func (x *serverConn) execute(p []byte) (int, error) {
	pr := x.parser
	n, err := pr.execute(p)
	if err != nil {
		err = placeError(err, x.packet, len(x.packet)-len(p))
		if e, ok := err.(*nodeerr.Error); ok && x.handle != nil {
			e.Bare = true
		}
	}
	if debugging && (err != nil || !pr.yielded()) {
		x.debugExecute(len(x.packet)-len(p)+n, err)
	}
	if x.parser == nil {
		return n, err
	}
	if pr.async.Tracked() {
		pr.async.Run(loop.Func(func() { x.executed(pr, p, n, err) }))
	} else {
		x.executed(pr, p, n, err)
	}
	return n, err
}

// executed does what the result of parsing p up to n asks for.
func (x *serverConn) executed(pr *Parser, p []byte, n int, err error) {
	switch {
	case err != nil:
		x.onError(err)
	case pr.upgraded() && pr.Incoming != nil && pr.Incoming.Upgrade:
		x.upgrade(pr.Incoming, append([]byte(nil), p[n:]...))
	case pr.Incoming != nil && pr.Incoming.Method == "PRI" && !pr.yielded():
		// One of HTTP/2 that has no version.
		if debugging {
			debugf(x.server.loop, "SERVER got PRI request")
		}
		x.conn.AsStream().Destroy(nil)
	}
}

// debugExecute prints what the parser did.
func (x *serverConn) debugExecute(n int, err error) {
	name := "SERVER socketOnParserExecute %d"
	if x.handle == nil {
		name = "SERVER socketOnData %d"
	}
	if err != nil {
		debugf(x.server.loop, name, "NaN")
		debugf(x.server.loop, "parse error", err)
		return
	}
	debugf(x.server.loop, name, n)
}

// placeError makes the error of a packet: what the parser said, the packet, and
// how much of it was read, of which before bytes belong to earlier steps.
func placeError(err error, packet []byte, before int) error {
	said, ok := err.(*nodeerr.Error)
	if !ok {
		return err
	}
	e := *said
	e.Host, e.Props = nil, nil
	for _, p := range said.Props {
		if n, ok := p.Value.(int); ok && p.Key == "bytesParsed" {
			p.Value = n + before
		}
		e.Props = append(e.Props, p)
	}
	return e.With("rawPacket", append([]byte(nil), packet...))
}
