package net

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
)

// Read is this.read(n): nil chunk for nothing. n < 0 takes all there is.
func (s *Socket) Read(n int) buffer.Chunk {
	if s.Override(events.MethodRead) == nil {
		return s.BaseRead(n)
	}
	return s.Stream.Read(n)
}

// BaseRead is socket.read.
func (s *Socket) BaseRead(n int) buffer.Chunk {
	s.startOnRead()
	return s.Stream.BaseRead(n)
}

// Pause is this.pause(). With the option onread the reading stops at once, else
// when the queue is full.
func (s *Socket) Pause() {
	if s.Override(events.MethodPause) == nil {
		s.BasePause()
		return
	}
	s.Stream.Pause()
}

// BasePause is socket.pause.
func (s *Socket) BasePause() {
	if h := s.handle; s.onRead() != nil && !s.Connecting() && h != nil && h.Reading() && !s.Destroyed() {
		s.readStop(h)
	}
	s.Stream.BasePause()
}

// Resume is this.resume().
func (s *Socket) Resume() {
	if s.Override(events.MethodResume) == nil {
		s.BaseResume()
		return
	}
	s.Stream.Resume()
}

// BaseResume is socket.resume.
func (s *Socket) BaseResume() {
	s.startOnRead()
	s.Stream.BaseResume()
}

func (s *Socket) onRead() *OnRead {
	if s.rare == nil {
		return nil
	}
	return s.rare.onRead
}

func (s *Socket) startOnRead() {
	if s.onRead() != nil && !s.Connecting() && s.handle != nil && !s.handle.Reading() {
		s.readStart()
	}
}

// ReadImpl is _read: it starts the handle, after 'connect' if need be.
func (s *Socket) ReadImpl(n int) {
	if debugging {
		s.debug("_read - n %d isConnecting? %s hasHandle? %s", n, s.Connecting(), s.handle != nil)
	}
	switch {
	case s.Connecting() || s.handle == nil:
		if debugging {
			s.debug("_read wait for connection")
		}
		s.Once("connect", func(...any) { s.underRead(n) })
	case !s.handle.Reading():
		s.readStart()
	}
}

// underRead is this._read(n).
func (s *Socket) underRead(n int) {
	if o := s.Override(events.MethodUnderRead); o != nil {
		o.Call(n)
		return
	}
	s.ReadImpl(n)
}

func (s *Socket) readStart() {
	if debugging {
		s.debug("Socket._handle.readStart")
	}
	if st := s.handle.callReadStart(); st.Failed() {
		s.Destroy(errnoError(st, "read"))
	}
}

func (s *Socket) readStop(h *Handle) {
	if st := h.callReadStop(); st.Failed() {
		s.Destroy(errnoError(st, "read"))
	}
}

// OwnBuffer implements BufferProvider.
func (s *Socket) OwnBuffer() bool { return s.onRead() != nil }

// ReadInto gives the handle the memory of the option onread.
func (s *Socket) ReadInto() []byte {
	if o := s.onRead(); o != nil {
		return o.Buffer()
	}
	return nil
}

// OnRead gets what the handle has read. See Reader.
func (s *Socket) OnRead(h *Handle, p []byte, st Status) {
	if h != s.handle {
		return // destroyed
	}
	s.touch()
	if len(p) > 0 {
		if s.Destroyed() {
			return
		}
		if o := s.onRead(); o != nil {
			if !o.Callback(len(p), p) && h == s.handle && !s.Destroyed() {
				s.readStop(h)
			}
			return
		}
		if !s.Push(buffer.Bytes(s.StreamLoop().KeepRead(p))) && !s.Destroyed() {
			s.readStop(h)
		}
		return
	}
	switch {
	case st == EOF:
		if !s.ReadableEnded() {
			s.Push(buffer.Chunk{})
			s.Read(0)
		}
	case st.Failed():
		s.Destroy(errnoError(st, "read"))
	}
}
