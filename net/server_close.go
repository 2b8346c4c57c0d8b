package net

import "github.com/spindle-js/spindle/nodeerr"

// Close is server.close: no more connections; 'close' follows when the last one
// has ended. cb, nil for none, is called then, with ERR_SERVER_NOT_RUNNING if the
// server did not listen.
func (s *Server) Close(cb func(error)) {
	if cb != nil {
		if s.handle == nil {
			s.Once("close", func(...any) { cb(nodeerr.ServerNotRunning()) })
		} else {
			s.Once("close", func(...any) { cb(nil) })
		}
	}
	s.listenID++
	if s.handle != nil {
		s.handle.Close(nil)
		s.handle = nil
	}
	if s.usingWorkers {
		s.closeWorkers()
		return
	}
	s.emitCloseIfDrained()
}

// emitCloseIfDrained emits 'close' in a tick if nothing is left.
func (s *Server) emitCloseIfDrained() {
	if debugging {
		debugf(s.loop, "SERVER _emitCloseIfDrained")
		if s.handle != nil || s.connections > 0 {
			debugf(s.loop, "SERVER handle? %s   connections? %d", s.handle != nil, s.connections)
		}
	}
	if s.handle != nil || s.connections > 0 {
		return
	}
	s.loop.NextTick((*serverCloseTick)(s))
}

type serverCloseTick Server

func (t *serverCloseTick) Run() {
	s := (*Server)(t)
	if debugging {
		debugf(s.loop, "SERVER: emit close")
	}
	s.Emit("close")
}
