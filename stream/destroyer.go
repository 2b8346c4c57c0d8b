package stream

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// DestroyPeer ends p as pipelines and iterators do
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamdestroystream-error
// is the like for programs): with err, or with an AbortError if p had more to
// do. Nothing happens to what is destroyed.
func DestroyPeer(p Peer, err error) {
	f := p.Facts()
	if f.destroyed() {
		return
	}
	if err == nil && !f.finished() {
		err = nodeerr.Abort(nil)
	}
	if s, ok := p.(Streamer); ok {
		e := s.AsStream().Base()
		if c, ok := e.Host().(events.Closer); ok && c.CloseInstead(e) {
			return
		}
	}
	switch p := p.(type) {
	case interface{ DestroyPeer(err error) }: // http's messages have ways of their own
		p.DestroyPeer(err)
	case interface{ Destroy(err error) }:
		p.Destroy(err)
	case interface{ Close() }:
		p.Close()
	}
	if m, ok := p.(interface{ MarkDestroyed() }); ok {
		if f := p.Facts(); !f.Destroyed {
			m.MarkDestroyed()
		}
	}
}
