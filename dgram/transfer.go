package dgram

import (
	"strconv"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// Connect is socket.connect: 'connect' follows. cb, nil for none, is a
// once-listener of it; failed, nil for none, is told an error, which otherwise
// is an 'error' event. It returns what Node throws:
// ERR_SOCKET_DGRAM_IS_CONNECTED, and what Bind returns.
func (s *Socket) Connect(port int, address string, cb *events.Listener, failed func(error)) error {
	if s.link != disconnected {
		return nodeerr.DgramIsConnected()
	}
	s.link = connecting
	if s.binding == Unbound {
		o := NewBindOptions()
		o.Exclusive = true
		if err := s.Bind(o, nil); err != nil {
			return err
		}
	}
	connect := func() {
		if cb != nil {
			s.AddListener(events.Name("connect"), cb, false)
		}
		s.lookup(address, func(err error, ip string) { s.doConnect(err, ip, address, port, cb, failed) })
	}
	if s.binding != Bound {
		s.enqueue(connect)
		return nil
	}
	connect()
	return nil
}

func (s *Socket) doConnect(err error, ip, address string, port int, cb *events.Listener, failed func(error)) {
	if s.handle == nil {
		return
	}
	if err == nil && s.blocked(ip) {
		err = nodeerr.IPBlocked(ip)
	}
	if err == nil {
		if st := s.handle.Connect(ip, port, s.family()); st.Failed() {
			err = failedAt(st, "connect", address, port)
		}
	}
	if err != nil {
		s.link = disconnected
		s.loop.NextTickFunc(func() {
			if failed == nil {
				s.Emit("error", err)
				return
			}
			if cb != nil {
				s.RemoveListener(events.Name("connect"), cb)
			}
			failed(err)
		})
		return
	}
	s.link = connected
	s.loop.NextTickFunc(func() { s.Emit("connect") })
}

// Disconnect is socket.disconnect().
func (s *Socket) Disconnect() error {
	if s.link != connected {
		return nodeerr.DgramNotConnected()
	}
	if st := s.handle.Disconnect(); st.Failed() {
		return net.ErrnoError(st, "connect")
	}
	s.link = disconnected
	return nil
}

func (s *Socket) blocked(ip string) bool {
	b := s.options.SendBlockList
	return b != nil && ip != "" && b.CheckAddress(ip, "ipv"+strconv.Itoa(net.IsIP(ip)))
}

// Send is socket.send(list, port, address, cb): one datagram of all parts, which
// stay the socket's until cb is called, with the error or the number of bytes.
// cb may be nil. A connected socket takes neither port nor address (0 and "").
// An address "" is this machine's. It returns what Node throws.
func (s *Socket) Send(list [][]byte, port int, address string, cb func(err error, sent int)) error {
	if err := s.Running(); err != nil {
		return err
	}
	if s.binding == Unbound {
		o := NewBindOptions()
		o.Exclusive = true
		if err := s.Bind(o, nil); err != nil {
			return err
		}
	}
	if s.binding != Bound {
		s.enqueue(func() { s.throw(s.Send(list, port, address, cb)) })
		return nil
	}
	after := func(err error, ip string) {
		s.loop.NextTickFunc(func() { s.doSend(err, ip, list, address, port, cb) })
	}
	if s.link == connected {
		after(nil, "")
		return nil
	}
	s.lookup(address, after)
	return nil
}

func (s *Socket) doSend(err error, ip string, list [][]byte, address string, port int, cb func(error, int)) {
	later := func(err error, n int) {
		if cb != nil {
			s.loop.NextTickFunc(func() { cb(err, n) })
		}
	}
	switch {
	case err != nil:
		if cb == nil {
			s.loop.NextTickFunc(func() { s.Emit("error", err) })
			return
		}
		later(err, 0)
		return
	case s.handle == nil:
		return
	case s.blocked(ip):
		later(nodeerr.IPBlocked(ip), 0)
		return
	}
	size := 0
	for _, p := range list {
		size += len(p)
	}
	async, st := s.handle.Send(list, ip, port, s.family(), func(st net.Status, sent int) {
		if cb == nil {
			return
		}
		if st.Failed() {
			cb(failedAt(st, "send", address, port), sent)
			return
		}
		cb(nil, sent)
	})
	switch {
	case async:
	case st.Failed():
		later(failedAt(st, "send", address, port), -1)
	default:
		later(nil, size)
	}
}
