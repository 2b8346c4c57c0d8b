package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/nodeerr"
)

// limit is what Take and Drop return.
type limit struct {
	src  Iterator
	n    float64
	drop bool
	sig  Signal
	over bool
}

// Take iterates the first n values of src, which may be infinite
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readabletakelimit-options).
func Take(src Iterator, n float64, sig Signal) Iterator { return &limit{src: src, n: n, sig: sig} }

// Drop iterates src without its first n values
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readabledroplimit-options).
func Drop(src Iterator, n float64, sig Signal) Iterator {
	return &limit{src: src, n: n, drop: true, sig: sig}
}

func (l *limit) aborted() bool { return l.sig != nil && l.sig.Aborted() }

// leave ends the source and answers.
func (l *limit) leave(err error, done func(c buffer.Chunk, end bool, err error)) {
	l.over = true
	l.src.Return(err, func(e error) {
		if err == nil {
			err = e
		}
		done(none, err == nil, err)
	})
}

// Next implements Iterator.
func (l *limit) Next(done func(c buffer.Chunk, end bool, err error)) {
	switch {
	case l.over:
		done(none, true, nil)
		return
	case l.aborted():
		l.leave(nodeerr.Abort(nil), done)
		return
	case !l.drop && l.n < 0: // the last value was handed out
		l.leave(nil, done)
		return
	}
	for {
		answered, again, within := false, false, true
		l.src.Next(func(c buffer.Chunk, end bool, err error) {
			answered = true
			switch {
			case err != nil || end:
				l.over = true
				done(c, end, err)
			case l.aborted():
				l.leave(nodeerr.Abort(nil), done)
			case l.drop && l.n > 0:
				l.n--
				again = true
				if !within {
					l.Next(done)
				}
			case l.drop:
				done(c, false, nil)
			case l.n <= 0:
				l.leave(nil, done)
			default:
				if l.n--; l.n <= 0 {
					l.n = -1
				}
				done(c, false, nil)
			}
		})
		within = false
		if !answered || !again {
			return
		}
	}
}

// Return implements Iterator.
func (l *limit) Return(err error, done func(error)) {
	l.over = true
	l.src.Return(err, done)
}
