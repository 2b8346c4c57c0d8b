package stream

import (
	"errors"

	"github.com/spindle-js/spindle/loop"
)

// Peer is an object that Finished, Pipeline and the predicates work on: a
// Stream, an http message, an object of a program.
type Peer interface {
	Emitting
	// Facts describes the object as it is now.
	Facts() Facts
	// StreamLoop returns the loop that the object belongs to.
	StreamLoop() *loop.Loop
}

// Facts are the properties of an object that tell what sort of stream it is and
// how far it got. Null stands for a property that is no boolean.
type Facts struct {
	// The object has the methods pipe, write, pause and resume (and on).
	CanPipe, CanWrite, CanPause bool

	R, W HalfFacts // _readableState and _writableState

	Readable, Writable Tri // readable, writable
	Destroyed          bool
	Closed             Tri

	ReadableEnded, WritableEnded, WritableFinished bool
	ReadableErrored, WritableErrored               error
	ReadableDidRead, ReadableAborted               bool

	// Of http's objects.
	Aborted        Tri      // aborted
	Request        bool     // has setHeader and abort: a client request
	ServerResponse bool     // an OutgoingMessage with _sent100
	OutgoingClosed Tri      // _closed of an OutgoingMessage
	Req            Emitting // req; nil for none

	// Marked is set on an object that was destroyed for lack of a state.
	Marked bool
}

// HalfFacts are a _readableState or a _writableState.
type HalfFacts struct {
	Present bool
	Open    Tri // the property readable, or writable, of the state
	Ended   Tri
	// Done is endEmitted, or finished.
	Done                           Tri
	Length                         int
	Errored                        error
	ErrorEmitted, Destroyed        bool
	AutoDestroy, EmitClose, Closed bool
	Pending                        int // pendingcb; 0 if there is none
}

// Facts implements Peer.
func (s *Stream) Facts() Facts {
	r, w := &s.r, &s.w
	f := Facts{CanPipe: true, Destroyed: s.Destroyed(), Closed: boolTri(s.Closed())}
	if s.HasReadable() {
		f.CanPause = true
		f.R = HalfFacts{
			Present: true, Open: tri(r.f.has(rHasReadable), r.f.has(rReadable)),
			Ended: boolTri(r.f.has(rEnded)), Done: boolTri(r.f.has(rEndEmitted)),
			Length: r.length, Errored: r.errored,
			ErrorEmitted: r.f.has(rErrorEmitted), Destroyed: r.f.has(rDestroyed),
			AutoDestroy: r.f.has(rAutoDestroy), EmitClose: r.f.has(rEmitClose), Closed: r.f.has(rClosed),
		}
		f.Readable = boolTri(s.Readable())
		f.ReadableEnded = r.f.has(rEndEmitted)
		f.ReadableDidRead, f.ReadableAborted = s.ReadableDidRead(), s.ReadableAborted()
	}
	if s.HasWritable() {
		f.CanWrite = true
		f.W = HalfFacts{
			Present: true, Open: tri(w.f.has(wHasWritable), w.f.has(wWritable)),
			Ended: boolTri(w.f.has(wEnded)), Done: boolTri(w.f.has(wFinished)),
			Length: w.length, Errored: w.errored,
			ErrorEmitted: w.f.has(wErrorEmitted), Destroyed: w.f.has(wDestroyed),
			AutoDestroy: w.f.has(wAutoDestroy), EmitClose: w.f.has(wEmitClose), Closed: w.f.has(wClosed),
			Pending: int(w.pending),
		}
		f.Writable = boolTri(s.Writable())
		f.WritableEnded, f.WritableFinished = w.f.has(wEnding), w.f.has(wFinished)
	}
	return f
}

// peer returns the embedding object as a Peer, which may know more than s.
func (s *Stream) peer() Peer {
	if p, ok := s.Self().(Peer); ok {
		return p
	}
	return s
}

func boolTri(v bool) Tri { return tri(true, v) }

func (f *Facts) readableNode(strict bool) bool {
	return f.CanPipe && (!strict || f.CanPause) &&
		(!f.W.Present || f.R.Open != False) && (!f.W.Present || f.R.Present)
}

func (f *Facts) writableNode() bool {
	return f.CanWrite && (!f.R.Present || f.W.Open != False)
}

func (f *Facts) node() bool {
	return f.R.Present || f.W.Present || f.CanWrite || f.CanPipe
}

// state returns _writableState, or else _readableState.
func (f *Facts) state() *HalfFacts {
	if f.W.Present {
		return &f.W
	}
	return &f.R
}

func (f *Facts) destroyed() bool { return f.Destroyed || f.Marked || f.state().Destroyed }

func (f *Facts) writableEnded() Tri {
	switch {
	case !f.writableNode():
		return Null
	case f.WritableEnded:
		return True
	case f.W.Errored != nil:
		return False
	}
	return f.W.Ended
}

// writableFinished is lax about 'finish' that is due but not yet emitted.
func (f *Facts) writableFinished() bool {
	switch {
	case !f.writableNode():
		return false
	case f.WritableFinished:
		return true
	case f.W.Errored != nil || f.W.Done == Null:
		return false
	}
	return f.W.Done == True || f.W.Ended == True && f.W.Length == 0
}

// readableFinished is strict, or lax about 'end' that is due but not emitted.
func (f *Facts) readableFinished(strict bool) Tri {
	switch {
	case !f.readableNode(false):
		return Null
	case f.R.Errored != nil:
		return False
	case f.R.Done == Null:
		return Null
	}
	return boolTri(f.R.Done == True || !strict && f.R.Ended == True && f.R.Length == 0)
}

func (f *Facts) readable() Tri {
	switch {
	case f.Readable == Null:
		return Null
	case f.destroyed():
		return False
	}
	return boolTri(f.readableNode(false) && f.Readable == True && f.readableFinished(true) != True)
}

func (f *Facts) writable() Tri {
	switch {
	case f.Writable == Null:
		return Null
	case f.destroyed():
		return False
	}
	return boolTri(f.writableNode() && f.Writable == True && f.writableEnded() != True)
}

func (f *Facts) finished() bool {
	return f.destroyed() || f.readable() != True && f.writable() != True
}

func (f *Facts) erroredWith() error {
	for _, err := range [...]error{f.WritableErrored, f.W.Errored, f.ReadableErrored, f.R.Errored} {
		if err == ErrUnknown {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ErrUnknown stands in Facts for the error of an object that says only that it
// failed.
var ErrUnknown = errors.New("unknown")

func (f *Facts) closed() bool {
	switch {
	case f.Closed != Null:
		return f.Closed == True
	case f.W.Present || f.R.Present:
		return f.W.Closed || f.R.Closed
	}
	return f.OutgoingClosed == True
}

func (f *Facts) willEmitClose() bool {
	st := f.state()
	return !st.Present && f.ServerResponse || st.Present && st.AutoDestroy && st.EmitClose && !st.Closed
}
