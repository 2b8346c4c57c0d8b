package net

import "github.com/spindle-js/spindle/events"

// PeerName is this._getpeername(): the zero Address for none. Once asked for it
// stays, also after the socket is destroyed.
func (s *Socket) PeerName() Address {
	if o := s.Override(events.MethodPeerName); o != nil {
		a, _ := o.Call().(Address)
		return a
	}
	return s.BasePeerName()
}

// BasePeerName is socket._getpeername.
func (s *Socket) BasePeerName() Address {
	if s.rare != nil && !s.rare.peer.IsZero() {
		return s.rare.peer
	}
	if s.handle == nil || s.Connecting() {
		return Address{}
	}
	a, st := s.handle.PeerAddress()
	if st.Failed() {
		return Address{}
	}
	s.more().peer = a
	return a
}

// SocketName is socket._getsockname(), and socket.address().
func (s *Socket) SocketName() Address {
	if s.handle == nil {
		return Address{}
	}
	if s.rare != nil && !s.rare.local.IsZero() {
		return s.rare.local
	}
	a, st := s.handle.LocalAddress()
	if st.Failed() {
		return Address{}
	}
	s.more().local = a
	return a
}

// Address is socket.address(): {} for the zero Address.
func (s *Socket) Address() Address { return s.SocketName() }

// RemoteAddress is socket.remoteAddress, "" for undefined; RemoteFamily and
// RemotePort go with it.
func (s *Socket) RemoteAddress() string { return s.PeerName().Address }

// RemoteFamily is socket.remoteFamily.
func (s *Socket) RemoteFamily() string { return s.PeerName().Family }

// RemotePort is socket.remotePort, 0 for undefined.
func (s *Socket) RemotePort() int { return s.PeerName().Port }

// LocalAddress is socket.localAddress, "" for undefined.
func (s *Socket) LocalAddress() string { return s.SocketName().Address }

// LocalFamily is socket.localFamily.
func (s *Socket) LocalFamily() string { return s.SocketName().Family }

// LocalPort is socket.localPort, 0 for undefined.
func (s *Socket) LocalPort() int { return s.SocketName().Port }
