package net

import (
	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/events"
)

// DropInfo is what 'drop' tells of a connection that was refused for
// maxConnections. Both are zero for Unix sockets.
type DropInfo struct{ Local, Remote Address }

// OnConnection is called by the handle. See Acceptor.
func (a *acceptor) OnConnection(_ *Handle, client *Handle) { (*Server)(a).accept(client) }

// acceptor is a Server as its handle sees it.
type acceptor Server

func (s *Server) accept(client *Handle) {
	if debugging {
		debugf(s.loop, "onconnection")
	}
	if s.MaxConnections >= 0 && s.connections >= s.MaxConnections {
		s.drop(client)
		return
	}
	if s.options.BlockList != nil && s.refuses(client) {
		client.Close(nil)
		return
	}
	o := NewSocketOptions()
	o.Handle = client
	o.AllowHalfOpen = s.options.AllowHalfOpen
	o.PauseOnCreate = s.options.PauseOnConnect
	o.ReadableHighWaterMark, o.WritableHighWaterMark = s.options.HighWaterMark, s.options.HighWaterMark
	make := s.Accept
	if make == nil {
		make = s.newSocket
	}
	c, err := make(client, o)
	if err != nil {
		client.Close(nil)
		s.Emit("error", err)
		return
	}
	if s.options.NoDelay && !client.IsPipe() {
		c.flags |= sNoDelay
		client.callSetNoDelay(true)
	}
	if s.options.KeepAlive && !client.IsPipe() {
		c.flags |= sKeepAlive
		c.keepAliveDelay = int32(max(s.options.KeepAliveInitialDelay, 0) / 1000)
		client.callSetKeepAlive(true, int(c.keepAliveDelay))
	}
	s.counted(1)
	c.flags |= sCounted
	c.server = s
	events.EmitValue(&s.Emitter, "connection", c)
	if diagnostics.Any() {
		diagnostics.Publish(s.loop, serverSocketChannel, diagnostics.Field{Name: "socket", Value: c.Self()})
	}
}

func (s *Server) newSocket(_ *Handle, o SocketOptions) (*Socket, error) {
	return NewSocket(s.loop, o)
}

func (s *Server) drop(client *Handle) {
	var info DropInfo
	info.Local, _ = client.LocalAddress()
	info.Remote, _ = client.PeerAddress()
	s.Emit("drop", info)
	client.Close(nil)
}

func (s *Server) refuses(client *Handle) bool {
	a, st := client.PeerAddress()
	if st.Failed() {
		return false
	}
	ip, ok := parseIP(a.Address)
	return ok && s.options.BlockList.checkIP(ip.WithZone(""))
}

// CountInstead makes s count among the connections of from's server in the place
// of from: it is what the program sees of the connection.
func (s *Socket) CountInstead(from *Socket) {
	if from.has(sCounted) {
		from.flags &^= sCounted
		s.flags |= sCounted
		s.server = from.server
	}
}

// disconnected counts a socket of the server's that was destroyed.
func (s *Server) disconnected() {
	s.counted(-1)
	s.emitCloseIfDrained()
}
