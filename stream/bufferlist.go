package stream

import "github.com/spindle-js/spindle/buffer"

// The queue of a readable half is buf[index:]. A short array is kept when the
// queue empties, a long one is let go.
const keepCap = 4

func (r *readable) queue() []buffer.Chunk { return r.buf[r.index:] }

func (r *readable) unshift(c buffer.Chunk) {
	if r.index > 0 {
		r.index--
		r.buf[r.index] = c
		return
	}
	r.buf = append(r.buf, buffer.Chunk{})
	copy(r.buf[1:], r.buf)
	r.buf[0] = c
}

// shift takes the first chunk.
func (r *readable) shift() buffer.Chunk {
	c := r.buf[r.index]
	r.buf[r.index] = buffer.Chunk{}
	r.index++
	switch {
	case int(r.index) == len(r.buf):
		r.reset()
	case r.index > 1024:
		n := copy(r.buf, r.buf[r.index:])
		clear(r.buf[n:])
		r.buf, r.index = r.buf[:n], 0
	}
	return c
}

// reset empties the queue.
func (r *readable) reset() {
	r.index = 0
	if cap(r.buf) > keepCap {
		r.buf = nil
		return
	}
	clear(r.buf)
	r.buf = r.buf[:0]
}

// takeBytes takes n bytes or UTF-16 units off the queue; n >= r.length takes
// everything. text says whether the stream has a decoder.
func (r *readable) takeBytes(n int, text bool) buffer.Chunk {
	q := r.queue()
	if n >= r.length {
		switch len(q) {
		case 1:
			if c := q[0]; text == (c.Kind != buffer.KindBytes) {
				return r.shift()
			}
		case 0:
			if text {
				return buffer.Text("")
			}
			return buffer.Bytes(nil)
		}
		c := join(q, text)
		r.reset()
		return c
	}
	if first := chunkLen(q[0]); n < first {
		head, tail := cut(q[0], n)
		q[0] = tail
		return head
	} else if n == first {
		return r.shift()
	}
	parts := make([]buffer.Chunk, 0, 8)
	for n > 0 {
		q = r.queue()
		l := chunkLen(q[0])
		if n < l {
			head, tail := cut(q[0], n)
			q[0] = tail
			parts = append(parts, head)
			break
		}
		parts = append(parts, r.shift())
		n -= l
	}
	return join(parts, text)
}
