package stream

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

func (s *Stream) hasConstruct() bool {
	return s.caps&capConstruct != 0 || s.Override(events.MethodUnderConstruct) != nil
}

// construct runs _construct in a tick. Until it calls back, nothing is read,
// written or destroyed.
func (s *Stream) construct() {
	if s.HasReadable() {
		s.r.f.clear(rConstructed)
	}
	if s.HasWritable() {
		s.w.f.clear(wConstructed)
	}
	s.SetListened()
	s.loop.NextTickFunc(s.runConstruct)
}

func (s *Stream) runConstruct() {
	called := false
	onConstruct := func(err error) {
		if called {
			if err == nil {
				err = nodeerr.MultipleCallback()
			}
			s.errorOrDestroy(err, false)
			return
		}
		called = true
		if s.HasReadable() {
			s.r.f.set(rConstructed)
		}
		if s.HasWritable() {
			s.w.f.set(wConstructed)
		}
		switch {
		case s.HasWritable() && s.w.f.has(wDestroyed), !s.HasWritable() && s.r.f.has(rDestroyed):
			if m := s.more; m != nil {
				waiting := m.destroyed
				m.destroyed = nil
				for _, f := range waiting {
					f(err)
				}
			}
		case err != nil:
			s.errorOrDestroy(err, true)
		default:
			s.afterConstruct()
		}
	}
	later := func(err error) { s.loop.NextTickFunc(func() { onConstruct(err) }) }
	if err, thrown := s.tryConstruct(later); thrown {
		later(err)
	}
}

func (s *Stream) tryConstruct(done func(error)) (err error, thrown bool) {
	defer func() {
		if p := recover(); p != nil {
			err, thrown = s.Caught(p), true
		}
	}()
	if o := s.Override(events.MethodUnderConstruct); o != nil {
		o.Call(&Done{Call: done})
	} else {
		s.impl.(Constructor).ConstructImpl(done)
	}
	return nil, false
}

// afterConstruct starts what waited for _construct.
func (s *Stream) afterConstruct() {
	if s.HasReadable() && s.r.f.has(rNeedReadable) {
		s.maybeReadMore()
	}
	if s.HasWritable() {
		if !s.w.f.has(wWriting) {
			s.clearBuffer()
		}
		s.finishMaybe(false)
	}
}
