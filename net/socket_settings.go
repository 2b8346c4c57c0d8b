package net

import "github.com/spindle-js/spindle/events"

// SetNoDelay is socket.setNoDelay: it turns Nagle's algorithm off, now or after
// the connect.
func (s *Socket) SetNoDelay(on bool) {
	if s.handle == nil {
		s.put(sNoDelay, on)
		return
	}
	if on != s.has(sNoDelay) {
		s.put(sNoDelay, on)
		s.handle.callSetNoDelay(on)
	}
}

// SetKeepAlive is socket.setKeepAlive; delay is in milliseconds, of which the
// system takes whole seconds.
func (s *Socket) SetKeepAlive(on bool, delay int) {
	seconds := int32(delay / 1000)
	h := s.handle
	if h != nil && h.IsPipe() {
		return
	}
	changed := on != s.has(sKeepAlive) || on && s.keepAliveDelay != seconds
	s.put(sKeepAlive, on)
	s.keepAliveDelay = seconds
	if h != nil && changed {
		h.callSetKeepAlive(on, int(seconds))
	}
}

// Ref is this.ref(); before Connect it waits for 'connect'.
func (s *Socket) Ref() {
	if o := s.Override(events.MethodRef); o != nil {
		o.Call()
		return
	}
	s.BaseRef()
}

// Unref is this.unref(): the socket does not keep the loop alive.
func (s *Socket) Unref() {
	if o := s.Override(events.MethodUnref); o != nil {
		o.Call()
		return
	}
	s.BaseUnref()
}

// BaseRef is socket.ref.
func (s *Socket) BaseRef() {
	if s.handle == nil {
		s.Once("connect", func(...any) { s.Ref() })
		return
	}
	s.handle.Ref()
}

// BaseUnref is socket.unref.
func (s *Socket) BaseUnref() {
	if s.handle == nil {
		s.Once("connect", func(...any) { s.Unref() })
		return
	}
	s.handle.Unref()
}
