package http

// Release takes the protocol off a transport whose handle goes to another
// process: the parser is freed, and the response under way, if any, loses its
// socket.
func Release(c Conn) {
	s := slotOf(c)
	x := s.server
	if x == nil {
		return
	}
	x.unconsume()
	x.server.conns.remove(x)
	if x.parser != nil {
		pr := x.parser
		x.parser = nil
		pr.free()
	}
	if r, ok := s.Message.(interface{ response() *ServerResponse }); ok {
		r.response().DetachSocket(c)
	}
}
