package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// joined is a Duplex over two streams: what it reads comes from r, what is
// written to it goes to w.
type joined struct {
	s *Stream
	r Readables
	w PeerDestination
	// The halves that are still at work.
	reading, writing bool

	onDrain, onFinish func(error)
	onReadable        bool
	onClose           func(error)
	open              bool // no half has ended yet
	source            bool // r could be read when they were joined
}

// Join is Duplex.from of a pair of streams
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamduplexfromsrc):
// either may be nil, and what can no longer be read or written counts as nil.
func Join(l *loop.Loop, host events.Host, r Readables, w PeerDestination) *Stream {
	j := &joined{s: &Stream{}, r: r, w: w, open: true}
	o := DuplexOptions()
	if r != nil {
		j.reading = IsReadable(r) == True
		if m, ok := r.(interface{ ReadableObjectMode() bool }); ok {
			o.ReadableObjectMode = m.ReadableObjectMode()
		}
	}
	if w != nil {
		j.writing = IsWritable(w) == True
		if m, ok := w.(interface{ WritableObjectMode() bool }); ok {
			o.WritableObjectMode = m.WritableObjectMode()
		}
	}
	j.source = j.reading
	o.ReadableFalse, o.WritableFalse = !j.reading, !j.writing
	j.s.Init(l, host, j.s, j, o)
	if j.writing {
		Finished(w, FinishedOptions{}, func(err error) {
			j.writing = false
			if err != nil && r != nil {
				DestroyPeer(r, err)
			}
			j.finished(err)
		})
		add(w, "drain", events.NewListener(func(...any) { call(&j.onDrain, nil) }, false))
		add(w, "finish", events.NewListener(func(...any) { call(&j.onFinish, nil) }, false))
	}
	if j.reading {
		Finished(r, FinishedOptions{}, func(err error) {
			j.reading = false
			if err != nil {
				DestroyPeer(r, err)
			}
			j.finished(err)
		})
		add(r, "readable", events.NewListener(func(...any) {
			if j.onReadable {
				j.onReadable = false
				j.ReadImpl(0)
			}
		}, false))
		add(r, "end", events.NewListener(func(...any) { j.s.Push(none) }, false))
	}
	return j.s
}

// finished is the end of one half.
func (j *joined) finished(err error) {
	cb := j.onClose
	j.onClose, j.open = nil, false
	switch {
	case cb != nil:
		cb(err)
	case err != nil:
		j.s.Destroy(err)
	case !j.reading && !j.writing:
		j.s.Destroy(nil)
	}
}

// ReadImpl passes on what r has.
func (j *joined) ReadImpl(int) {
	if !j.source {
		return
	}
	for {
		c := j.r.Read(ReadAll)
		if c.Kind == buffer.KindNone {
			j.onReadable = true
			return
		}
		if !j.s.Push(c) {
			return
		}
	}
}

// WriteImpl writes to w, at its pace.
func (j *joined) WriteImpl(c buffer.Chunk, enc string, done func(error)) {
	if j.w.Write(c, enc, nil) {
		done(nil)
	} else {
		j.onDrain = done
	}
}

// FinalImpl ends w.
func (j *joined) FinalImpl(done func(error)) {
	j.w.End(none, "", nil)
	j.onFinish = done
}

// DestroyImpl destroys both.
func (j *joined) DestroyImpl(err error, done func(error)) {
	if err == nil && j.open {
		err = nodeerr.Abort(nil)
	}
	j.onReadable, j.onDrain, j.onFinish = false, nil, nil
	if !j.open {
		done(err)
		return
	}
	j.onClose = done
	if j.w != nil {
		DestroyPeer(j.w, err)
	}
	if j.r != nil {
		DestroyPeer(j.r, err)
	}
}
