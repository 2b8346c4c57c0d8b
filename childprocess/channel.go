package childprocess

import (
	"bytes"
	"encoding/binary"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// Channel is the channel between a program and a child it forked: messages are
// lines of JSON, as with Node's serialization "json", or, where Framed is set,
// anything behind its length in four bytes, the highest first ("advanced").
type Channel struct {
	// OnMessage gets each message, whose bytes are the callee's.
	OnMessage func(message []byte)
	// Framed says how messages are told apart.
	Framed bool
	// OnEnd is told when the other side has closed.
	OnEnd func()

	h    *net.Handle
	rest []byte
}

// NewChannel returns the channel over a connected Unix socket, which it owns.
// It is an errno's Status if the descriptor cannot be used.
func NewChannel(l *loop.Loop, fd int) (*Channel, net.Status) {
	c := &Channel{h: net.NewHandle(l, net.PipeSocket)}
	if st := c.h.Open(fd); st.Failed() {
		return nil, st
	}
	c.h.SetIPC()
	c.h.SetReader(c, c)
	return c, net.OK
}

// Handle returns the channel's handle, for Ref and Unref.
func (c *Channel) Handle() *net.Handle { return c.h }

// Listen begins to read.
func (c *Channel) Listen() { c.h.ReadStart() }

// Send writes one message, and with it a descriptor unless fd is -1, which must
// stay open until the other side says that it has it. async is false, and done
// not called, if it was written at once and on an error.
func (c *Channel) Send(message []byte, fd int, done func(net.Status)) (async bool, st net.Status) {
	p := make([]byte, 0, len(message)+4)
	if c.Framed {
		p = append(binary.BigEndian.AppendUint32(p, uint32(len(message))), message...)
	} else {
		p = append(append(p, message...), '\n')
	}
	if fd >= 0 {
		return c.h.WriteFD(p, fd, done)
	}
	return c.h.Write(p, done)
}

// TakeFD returns the descriptor that was received first and not taken yet, -1
// for none. It is the caller's to close.
func (c *Channel) TakeFD() int { return c.h.TakeFD() }

// Partial reports whether a part of a message was read.
func (c *Channel) Partial() bool { return len(c.rest) > 0 }

// Close closes the channel.
func (c *Channel) Close() {
	c.h.ReadStop()
	c.h.Close(nil)
}

// frames takes whole messages off what was read.
func (c *Channel) frames(p []byte) {
	c.rest = append(c.rest, p...)
	for len(c.rest) >= 4 {
		n := int(binary.BigEndian.Uint32(c.rest))
		if len(c.rest)-4 < n {
			return
		}
		message := append([]byte(nil), c.rest[4:4+n]...)
		if c.rest = c.rest[4+n:]; len(c.rest) == 0 {
			c.rest = nil
		}
		if c.OnMessage != nil && !c.h.Closing() {
			c.OnMessage(message)
		}
	}
}

// OnRead splits what was read into messages.
func (c *Channel) OnRead(_ *net.Handle, p []byte, st net.Status) {
	if st.Failed() {
		c.h.ReadStop()
		if c.OnEnd != nil {
			c.OnEnd()
		}
		return
	}
	if c.Framed {
		c.frames(p)
		return
	}
	for {
		i := bytes.IndexByte(p, '\n')
		if i < 0 {
			c.rest = append(c.rest, p...)
			return
		}
		line := append(append([]byte(nil), c.rest...), p[:i]...)
		c.rest, p = nil, p[i+1:]
		if c.OnMessage != nil && !c.h.Closing() {
			c.OnMessage(line)
		}
	}
}
