package dgram

import (
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// BindOptions are those of socket.bind(options)
// (https://nodejs.org/docs/latest-v24.x/api/dgram.html#socketbindoptions-callback).
// Begin with NewBindOptions.
type BindOptions struct {
	Port      int
	Address   string // "": all interfaces
	Exclusive bool   // not shared with the other workers of a cluster
	FD        int    // a socket of the system's; -1 for none
	Handle    *Handle
}

// NewBindOptions returns the options of socket.bind().
func NewBindOptions() BindOptions { return BindOptions{FD: -1} }

// ClusterBind gets a handle from a primary process in the place of binding one:
// cb is told it, or the error of the bind.
type ClusterBind func(s *Socket, o BindOptions, flags BindFlags, cb func(net.Status, *Handle))

type clusterKey struct{}

// SetClusterBind makes the sockets of a loop share theirs with other processes;
// nil undoes it.
func SetClusterBind(l *loop.Loop, f ClusterBind) { l.SetSlot(clusterKey{}, f) }

func (s *Socket) cluster() ClusterBind {
	f, _ := s.loop.Slot(clusterKey{}).(ClusterBind)
	return f
}

// Bind is socket.bind: 'listening' or 'error' follow. cb, nil for none, is
// called at the former. It returns what Node throws: ERR_SOCKET_ALREADY_BOUND,
// ERR_SOCKET_DGRAM_NOT_RUNNING, and errors of a given descriptor.
func (s *Socket) Bind(o BindOptions, cb func()) error {
	if err := s.Running(); err != nil {
		return err
	}
	if s.binding != Unbound {
		return nodeerr.SocketAlreadyBound()
	}
	s.binding = Binding
	if cb != nil {
		s.listenOnce(cb)
	}
	if o.Handle != nil {
		s.replace(o.Handle)
		s.startListening()
		return nil
	}
	if o.FD >= 0 {
		return s.bindFD(o)
	}
	if o.Address == "" {
		if o.Address = "0.0.0.0"; s.family() == 6 {
			o.Address = "::"
		}
	}
	s.lookup(o.Address, func(err error, ip string) {
		if s.handle == nil { // closed meanwhile
			return
		}
		if err != nil {
			s.binding = Unbound
			s.Emit("error", err)
			return
		}
		o.Address = ip
		s.bindTo(o)
	})
	return nil
}

// listenOnce calls cb at 'listening', unless an 'error' comes first.
func (s *Socket) listenOnce(cb func()) {
	var onError, onListening *events.Listener
	remove := func() {
		s.RemoveListener(events.Name("error"), onError)
		s.RemoveListener(events.Name("listening"), onListening)
	}
	onError = named("removeListeners", false, remove)
	onListening = named("onListening", false, func() { remove(); cb() })
	s.AddListener(events.Name("error"), onError, false)
	s.AddListener(events.Name("listening"), onListening, false)
}

// named is a listener without arguments, with a name to show.
func named(name string, once bool, f func()) *events.Listener {
	l := events.NewListener(func(...any) { f() }, once)
	l.Name = name
	return l
}

func (s *Socket) bindFD(o BindOptions) error {
	if f := s.cluster(); f != nil && !o.Exclusive {
		o.Port, o.Address = 0, ""
		s.bindShared(f, o, 0)
		return nil
	}
	if typ := net.DescriptorType(o.FD); typ != "UDP" {
		return nodeerr.InvalidFDType(typ)
	}
	if st := s.handle.Open(o.FD); st.Failed() {
		return net.ErrnoError(st, "open")
	}
	s.startListening()
	return nil
}

func (s *Socket) flags() BindFlags {
	var flags BindFlags
	if s.options.ReuseAddr {
		flags |= ReuseAddr
	}
	if s.options.IPv6Only {
		flags |= IPv6Only
	}
	if s.options.ReusePort {
		flags |= ReusePort
	}
	return flags
}

func (s *Socket) bindTo(o BindOptions) {
	flags := s.flags()
	if f := s.cluster(); f != nil && !o.Exclusive && !s.options.ReusePort {
		s.bindShared(f, o, flags)
		return
	}
	if st := s.handle.Bind(o.Address, o.Port, s.family(), flags); st.Failed() {
		s.failBind(st, o)
		return
	}
	s.startListening()
}

func (s *Socket) failBind(st net.Status, o BindOptions) {
	s.binding = Unbound
	s.Emit("error", failedAt(st, "bind", o.Address, o.Port))
}

func (s *Socket) bindShared(f ClusterBind, o BindOptions, flags BindFlags) {
	f(s, o, flags, func(st net.Status, h *Handle) {
		if st.Failed() {
			s.failBind(st, o)
			return
		}
		if s.handle == nil { // closed meanwhile
			h.Close(nil)
			return
		}
		s.replace(h)
		s.startListening()
	})
}

// replace takes another handle into use.
func (s *Socket) replace(h *Handle) {
	h.Owner = s.Self()
	if s.handle != nil {
		if !s.handle.HasRef() {
			h.Unref()
		}
		s.handle.Close(nil)
	}
	s.handle = h
}

func (s *Socket) startListening() {
	s.handle.SetReader(s, s.Self())
	s.handle.RecvStart()
	s.receiving = true
	s.binding = Bound
	if n := s.options.RecvBufferSize; n != 0 {
		s.throw(s.SetBufferSize(n, true))
	}
	if n := s.options.SendBufferSize; n != 0 {
		s.throw(s.SetBufferSize(n, false))
	}
	s.Emit("listening")
}

// throw throws an error where there is no caller to return it to.
func (s *Socket) throw(err error) {
	if err != nil {
		s.Throw(err)
	}
}
