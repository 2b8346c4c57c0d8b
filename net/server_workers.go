package net

import "slices"

// Worker counts the connections of a server's that were handed to another
// process.
type Worker interface {
	// GetConnections asks for their number.
	GetConnections(cb func(err error, n int))
	// Close calls cb when none is left.
	Close(cb func(error))
}

// AddWorker is server._setupWorker: the server counts the worker's connections
// as its own and does not close before they have.
func (s *Server) AddWorker(w Worker) {
	s.workers = append(s.workers, w)
	s.usingWorkers = true
}

// RemoveWorker forgets a worker whose process has ended.
func (s *Server) RemoveWorker(w Worker) {
	if i := slices.Index(s.workers, w); i >= 0 {
		s.workers = slices.Delete(s.workers, i, i+1)
	}
}

// Workers is the number of processes that have connections of the server's.
func (s *Server) Workers() int { return len(s.workers) }

// HasWorkers is server._usingWorkers.
func (s *Server) HasWorkers() bool { return s.usingWorkers }

// countWorkers is GetConnections with connections in other processes.
func (s *Server) countWorkers(cb func(error, int)) {
	end := func(err error, n int) { s.loop.NextTickFunc(func() { cb(err, n) }) }
	left, total := len(s.workers), s.connections
	if left == 0 {
		end(nil, total)
		return
	}
	for _, w := range slices.Clone(s.workers) {
		w.GetConnections(func(err error, n int) {
			if left < 0 {
				return
			}
			if err != nil {
				left = -1
				end(err, 0)
				return
			}
			total += n
			if left--; left == 0 {
				end(nil, total)
			}
		})
	}
}

// closeWorkers waits for the connections in other processes; one is counted
// meanwhile, so that 'close' comes once.
func (s *Server) closeWorkers() {
	left := len(s.workers)
	if left == 0 {
		s.emitCloseIfDrained()
		return
	}
	s.connections++
	for _, w := range slices.Clone(s.workers) {
		w.Close(func(error) {
			if left--; left == 0 {
				s.connections = 0
				s.emitCloseIfDrained()
			}
		})
	}
}

// Detach takes the handle off a socket that another process is to have: the
// socket reads no more and its server, if any, does not count it. nil if there is
// none.
func (s *Socket) Detach() *Handle {
	h := s.handle
	if h == nil {
		return nil
	}
	h.ReadStop()
	h.SetConsumer(nil)
	h.SetReader(nil, nil)
	s.handle = nil
	s.SetTimeout(0, nil)
	if s.flags&sCounted != 0 {
		s.flags &^= sCounted
		s.server.counted(-1)
	}
	return h
}
