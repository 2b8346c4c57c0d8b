package stream

import (
	"strconv"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// composed is a Duplex over a chain: what is written goes into the head, what
// the tail yields is read.
type composed struct {
	s        *Stream
	head     PeerDestination
	tail     Readables
	readable bool
	writable bool

	onDrain, onFinish func(error)
	onReadable        bool
	// onClose is _destroy's callback; until then the chain's end is still owed.
	onClose func(error)
	closed  bool
}

// Compose is stream.compose of streams
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamcomposestreams);
// a Func at either end is given as DuplexFunc, in between as it is. It returns
// ERR_MISSING_ARGS for none, ERR_INVALID_ARG_VALUE for a stage that cannot be
// read or written where it must.
func Compose(l *loop.Loop, host events.Host, stages []any) (*Stream, error) {
	if len(stages) == 0 {
		return nil, nodeerr.MissingArgs("streams")
	}
	for i, st := range stages {
		p, ok := st.(Peer)
		if !ok {
			continue
		}
		name := "streams[" + strconv.Itoa(i) + "]"
		if i < len(stages)-1 && IsReadable(p) != True {
			return nil, nodeerr.InvalidArgValue(name, describe(host, p), "must be readable")
		}
		if i > 0 && IsWritable(p) != True {
			return nil, nodeerr.InvalidArgValue(name, describe(host, p), "must be writable")
		}
	}
	c := &composed{s: &Stream{}}
	var tail any = stages[0]
	if len(stages) > 1 {
		last, err := Pipeline(l, stages, PipelineOptions{Host: host}, func(err error, _ buffer.Chunk) { c.finished(err) })
		if err != nil {
			return nil, err
		}
		tail = last
	}
	head, _ := stages[0].(Peer)
	c.head, _ = head.(PeerDestination)
	c.tail, _ = tail.(Readables)
	c.writable = c.head != nil && IsWritable(c.head) == True
	c.readable = c.tail != nil && IsReadable(c.tail) == True

	o := DuplexOptions()
	o.ReadableFalse, o.WritableFalse = !c.readable, !c.writable
	if s, ok := head.(interface{ WritableObjectMode() bool }); ok {
		o.WritableObjectMode = s.WritableObjectMode()
	}
	if s, ok := tail.(interface{ ReadableObjectMode() bool }); ok {
		o.ReadableObjectMode = s.ReadableObjectMode()
	}
	c.s.Init(l, host, c.s, c, o)
	if c.writable {
		add(c.head, "drain", events.NewListener(func(...any) { call(&c.onDrain, nil) }, false))
		if t, ok := tail.(Peer); ok {
			Finished(t, FinishedOptions{}, func(error) { call(&c.onFinish, nil) })
		}
	}
	if c.readable {
		add(c.tail, "readable", events.NewListener(func(...any) {
			if c.onReadable {
				c.onReadable = false
				c.ReadImpl(0)
			}
		}, false))
		add(c.tail, "end", events.NewListener(func(...any) { c.s.Push(none) }, false))
	}
	return c.s, nil
}

func describe(host events.Host, v any) string {
	if d, ok := host.(events.Describer); ok {
		return d.Describe(v)
	}
	return "[object Object]"
}

// call calls a callback that is called once.
func call(f *func(error), err error) {
	if g := *f; g != nil {
		*f = nil
		g(err)
	}
}

// finished is the end of the chain.
func (c *composed) finished(err error) {
	c.closed = true
	switch {
	case c.onClose != nil:
		call(&c.onClose, err)
	case err != nil:
		c.s.Destroy(err)
	case !c.readable && !c.writable:
		c.s.Destroy(nil)
	}
}

// ReadImpl passes on what the tail has.
func (c *composed) ReadImpl(int) {
	if !c.readable {
		return
	}
	for {
		b := c.tail.Read(ReadAll)
		if b.Kind == buffer.KindNone {
			c.onReadable = true
			return
		}
		if !c.s.Push(b) {
			return
		}
	}
}

// WriteImpl writes into the head, at its pace.
func (c *composed) WriteImpl(ch buffer.Chunk, enc string, done func(error)) {
	if c.head.Write(ch, enc, nil) {
		done(nil)
	} else {
		c.onDrain = done
	}
}

// FinalImpl ends the head and waits for the tail.
func (c *composed) FinalImpl(done func(error)) {
	c.head.End(none, "", nil)
	c.onFinish = done
}

// DestroyImpl destroys the tail, and with it the chain.
func (c *composed) DestroyImpl(err error, done func(error)) {
	if err == nil && !c.closed {
		err = nodeerr.Abort(nil)
	}
	c.onReadable, c.onDrain, c.onFinish = false, nil, nil
	if c.closed {
		done(err)
		return
	}
	c.onClose = done
	if c.tail != nil {
		DestroyPeer(c.tail, err)
	}
}
