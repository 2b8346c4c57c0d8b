package http

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/net"
)

// straight is a message whose body is piped to another message's socket. What
// is read for the one is then written by the other before the call-out is over
// and need not be copied (loop.LendRead), if the system takes it all.
type straight struct {
	from *IncomingMessage
	to   *OutgoingMessage
	conn Conn
}

// straightOf tells where a part of m's body would go; ok is false where it may
// be seen or kept on its way.
func straightOf(m *IncomingMessage) (s straight, ok bool) {
	d, ok := m.Straight().(interface{ AsOutgoing() *OutgoingMessage })
	if !ok {
		return s, false
	}
	o := d.AsOutgoing()
	if o.Conn == nil || o.corked > 0 || slotOf(o.Conn).Message != o.Self() {
		return s, false
	}
	if _, ok := o.Conn.(net.Socketer); !ok {
		return s, false
	}
	st := o.Conn.AsStream()
	if st.WritableLength() > 0 || !st.Writable() || o.seesChunks() {
		return s, false
	}
	for _, x := range [...]events.Method{events.MethodWrite, events.MethodSend, events.MethodWriteRaw} {
		if o.Override(x) != nil {
			return s, false
		}
	}
	return straight{m, o, o.Conn}, true
}

// through reports whether nothing of what was pushed is left on the way.
func (s *straight) through() bool {
	st := s.conn.AsStream()
	return s.from.ReadableLength() == 0 && len(s.to.output) == 0 && len(s.to.chunked) == 0 &&
		!st.Destroyed() && st.WritableLength() == 0
}
