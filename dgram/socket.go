package dgram

import (
	"strconv"

	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// Socket is dgram.Socket
// (https://nodejs.org/docs/latest-v24.x/api/dgram.html#class-dgramsocket). Its
// events are 'listening', 'message' ([]byte, RemoteInfo), 'connect', 'error' and
// 'close'.
type Socket struct {
	events.Emitter
	loop    *loop.Loop
	options Options
	handle  *Handle // nil once closed

	binding   BindState
	link      linkState
	queue     []func() // sends and closes that wait for the bind
	queued    bool     // there is a queue, maybe empty
	receiving bool
}

// Options are those of dgram.createSocket(options).
type Options struct {
	Type      string // "udp4" or "udp6"
	ReuseAddr bool
	ReusePort bool
	IPv6Only  bool

	RecvBufferSize, SendBufferSize int // bytes; 0: the system's

	Lookup                          net.LookupFunc // nil: dns.lookup
	ReceiveBlockList, SendBlockList *net.BlockList
	Signal                          stream.Signal

	// Host, if HasHost is set, is the host of an object that the program made.
	Host    events.Host
	HasHost bool
}

// RemoteInfo is the sender of a message; Size is the message's in bytes.
type RemoteInfo struct {
	net.Address
	Size int
}

// BindState says whether a socket has an address.
type BindState uint8

// The values of BindState, Node's numbers.
const (
	Unbound BindState = iota
	Binding
	Bound
)

type linkState uint8

const (
	disconnected linkState = iota
	connecting
	connected
)

// NewSocket is dgram.createSocket(options, onMessage). The error is
// ERR_SOCKET_BAD_TYPE.
func NewSocket(l *loop.Loop, o Options, onMessage func(p []byte, from RemoteInfo)) (*Socket, error) {
	s := new(Socket)
	if !o.HasHost {
		if r, ok := l.Value().(events.Realm); ok {
			o.Host = r.HostFor("dgram.Socket")
		}
	}
	s.Emitter.Bind(o.Host, s)
	if err := s.Init(l, o); err != nil {
		return nil, err
	}
	if onMessage != nil {
		s.On("message", func(args ...any) {
			p, _ := args[0].([]byte)
			from, _ := args[1].(RemoteInfo)
			onMessage(p, from)
		})
	}
	return s, nil
}

// Init makes a zero Socket ready whose Emitter is bound.
func (s *Socket) Init(l *loop.Loop, o Options) error {
	if o.Type != "udp4" && o.Type != "udp6" {
		return nodeerr.SocketBadType()
	}
	s.loop, s.options = l, o
	s.handle = NewHandle(l)
	s.handle.Owner = s.Self()
	if sig := o.Signal; sig != nil {
		abort := func() {
			if s.handle != nil {
				_ = s.Close(nil)
			}
		}
		if sig.Aborted() {
			l.NextTickFunc(abort)
		} else {
			stop := sig.OnAbort(abort)
			s.Once("close", func(...any) { stop() })
		}
	}
	if diagnostics.Any() {
		diagnostics.Publish(l, "udp.socket", diagnostics.Field{Name: "socket", Value: s.Self()})
	}
	return nil
}

// Loop returns the socket's loop.
func (s *Socket) Loop() *loop.Loop { return s.loop }

// Handle returns the handle, nil once the socket is closed.
func (s *Socket) Handle() *Handle { return s.handle }

// Options returns the options as they are in force.
func (s *Socket) Options() *Options { return &s.options }

// State reports what Node keeps as bindState, receiving and the length of the
// queue, -1 for none.
func (s *Socket) State() (b BindState, receiving bool, queue int) {
	if !s.queued {
		return s.binding, s.receiving, -1
	}
	return s.binding, s.receiving, len(s.queue)
}

// Connected reports whether the socket has a peer.
func (s *Socket) Connected() bool { return s.link == connected }

// family is 4 or 6.
func (s *Socket) family() int {
	if s.options.Type == "udp6" {
		return 6
	}
	return 4
}

// Running returns ERR_SOCKET_DGRAM_NOT_RUNNING once the socket is closed.
func (s *Socket) Running() error {
	if s.handle == nil {
		return nodeerr.DgramNotRunning()
	}
	return nil
}

// lookup resolves an address, "" for this machine's.
func (s *Socket) lookup(address string, cb func(err error, ip string)) {
	if address == "" {
		if address = "127.0.0.1"; s.family() == 6 {
			address = "::1"
		}
	}
	f := s.options.Lookup
	if f == nil {
		f = net.LookupFor(s.loop)
	}
	f(address, net.LookupOptions{Family: s.family()}, func(err error, as []dns.Address) {
		if err != nil || len(as) == 0 {
			cb(err, "")
			return
		}
		cb(nil, as[0].Address)
	})
}

// enqueue keeps f until the bind under way has ended; a failed one drops it.
func (s *Socket) enqueue(f func()) {
	if !s.queued {
		s.queued = true
		var failed, bound *events.Listener
		failed = named("onListenError", true, func() {
			s.RemoveListener(events.Name("listening"), bound)
			s.queue, s.queued = nil, false
		})
		bound = named("onListenSuccess", true, func() {
			s.RemoveListener(events.ErrorMonitor, failed)
			list := s.queue
			s.queue, s.queued = nil, false
			for _, f := range list {
				f()
			}
		})
		s.AddListener(events.ErrorMonitor, failed, false)
		s.AddListener(events.Name("listening"), bound, false)
	}
	s.queue = append(s.queue, f)
}

// Address is socket.address().
func (s *Socket) Address() (net.Address, error) { return s.name((*Handle).LocalAddress, "getsockname") }

// RemoteAddress is socket.remoteAddress().
func (s *Socket) RemoteAddress() (net.Address, error) {
	if err := s.Running(); err != nil {
		return net.Address{}, err
	}
	if s.link != connected {
		return net.Address{}, nodeerr.DgramNotConnected()
	}
	return s.name((*Handle).PeerAddress, "getpeername")
}

func (s *Socket) name(get func(*Handle) (net.Address, net.Status), call string) (net.Address, error) {
	if err := s.Running(); err != nil {
		return net.Address{}, err
	}
	a, st := get(s.handle)
	if st.Failed() {
		return net.Address{}, net.ErrnoError(st, call)
	}
	return a, nil
}

// Close is socket.close: 'close' follows in a tick. cb, nil for none, listens
// for it. During a bind it waits for its end.
func (s *Socket) Close(cb *events.Listener) error {
	if cb != nil {
		s.AddListener(events.Name("close"), cb, false)
	}
	if s.queued {
		s.queue = append(s.queue, func() { _ = s.Close(nil) })
		return nil
	}
	if err := s.Running(); err != nil {
		return err
	}
	s.StopReceiving()
	s.handle.Close(nil)
	s.handle = nil
	s.loop.NextTickFunc(func() { s.Emit("close") })
	return nil
}

// StopReceiving is socket._stopReceiving.
func (s *Socket) StopReceiving() {
	if s.receiving {
		s.handle.RecvStop()
		s.receiving = false
	}
}

// Ref lets the socket keep the loop alive, which is the default.
func (s *Socket) Ref() {
	if s.handle != nil {
		s.handle.Ref()
	}
}

// Unref lets the loop end while the socket is open.
func (s *Socket) Unref() {
	if s.handle != nil {
		s.handle.Unref()
	}
}

// OnMessage is called by the handle. See Reader.
func (s *Socket) OnMessage(p []byte, from net.Address, st net.Status) {
	if st.Failed() {
		s.Emit("error", net.ErrnoError(st, "recvmsg"))
		return
	}
	if b := s.options.ReceiveBlockList; b != nil && b.CheckAddress(from.Address, "ipv"+strconv.Itoa(s.family())) {
		return
	}
	s.Emit("message", p, RemoteInfo{from, len(p)})
}

// failedAt is the error of a call that names an address.
func failedAt(st net.Status, call, address string, port int) error {
	return nodeerr.System(st.Errno(), call, address, port)
}
