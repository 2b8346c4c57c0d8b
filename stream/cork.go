package stream

import (
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/nodeerr"
)

// Cork buffers writes until as many Uncork, or End.
func (s *Stream) Cork() { s.w.corked++ }

// Uncork is writable.uncork.
func (s *Stream) Uncork() {
	w := &s.w
	if w.corked > 0 {
		w.corked--
		if !w.f.has(wWriting) {
			s.clearBuffer()
		}
	}
}

// SetDefaultEncoding is writable.setDefaultEncoding; it returns
// ERR_UNKNOWN_ENCODING for a name that it does not know.
func (s *Stream) SetDefaultEncoding(enc string) error {
	enc = strings.ToLower(enc)
	if _, ok := buffer.ParseEncoding(enc); !ok || enc == "" {
		return nodeerr.UnknownEncoding(enc)
	}
	s.w.encoding = enc
	return nil
}

// clearBuffer writes what is buffered, all at once if there is a _writev.
func (s *Stream) clearBuffer() {
	w := &s.w
	if w.corked > 0 || w.f&(wBufferProcessing|wDestroyed|wConstructed) != wConstructed {
		return
	}
	i := int(w.index)
	n := len(w.buffered) - i
	if n == 0 {
		return
	}
	w.f.set(wBufferProcessing)
	if n > 1 && s.hasWritev() {
		w.pending -= int32(n - 1)
		cs := w.buffered[i:]
		var cb func(error)
		if !w.f.has(wAllNoop) {
			cb = func(err error) {
				for _, q := range cs {
					if q.Callback != nil {
						q.Callback(err)
					}
				}
			}
		}
		s.doWritev(cs, cb)
		w.resetBuffer(true)
	} else {
		for {
			q := w.buffered[i]
			w.buffered[i] = WriteRequest{}
			i++
			s.doWrite(s.writeLen(q.Chunk), q.Chunk, q.Encoding, q.Callback)
			if i >= len(w.buffered) || w.f.has(wWriting) {
				break
			}
		}
		switch {
		case i >= len(w.buffered):
			w.resetBuffer(false)
		case i > 256:
			k := copy(w.buffered, w.buffered[i:])
			clear(w.buffered[k:])
			w.buffered, w.index = w.buffered[:k], 0
		default:
			w.index = int32(i)
		}
	}
	w.f.clear(wBufferProcessing)
}

func (s *Stream) doWritev(cs []WriteRequest, cb func(error)) {
	w := &s.w
	w.writelen = w.length
	w.cb = callbackOf(cb)
	w.f.set(wWriting | wSync | wExpectCallback)
	if w.f.has(wDestroyed) {
		s.onwrite(nodeerr.StreamDestroyed("write"))
	} else {
		s.underWritev(cs, s.onwriteDone())
	}
	w.f.clear(wSync)
}

// resetBuffer empties the queue. The array is the callee's after a writev.
func (w *writable) resetBuffer(given bool) {
	if given || cap(w.buffered) > keepCap {
		w.buffered = nil
	} else {
		clear(w.buffered)
		w.buffered = w.buffered[:0]
	}
	w.index = 0
	w.f.set(wAllBuffers | wAllNoop)
}
