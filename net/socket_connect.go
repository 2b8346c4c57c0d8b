package net

import (
	"strconv"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

var none buffer.Chunk

// ConnectOptions are those of socket.connect(options)
// (https://nodejs.org/docs/latest-v24.x/api/net.html#socketconnectoptions-connectlistener).
type ConnectOptions struct {
	// Path names a Unix socket; the rest is then ignored.
	Path string

	Port int
	// NoPort says that neither port nor path was given, which is an error.
	NoPort bool
	Host   string // "": localhost

	LocalAddress string
	LocalPort    int

	// PathNull says that the path was given as null, as agents do: NODE_DEBUG
	// shows it.
	PathNull bool
	Family   int // 0, 4 or 6
	Hints    int
	Lookup   LookupFunc // nil: the loop's, see SetLookup

	// AutoSelectFamily is Null for the loop's default, and so is a timeout of 0.
	AutoSelectFamily               stream.Tri
	AutoSelectFamilyAttemptTimeout int // milliseconds
}

// Connect is this.connect(options, callback): 'connect' or 'error' follow. cb,
// nil for none, is a once-listener of 'connect'. It returns what Node throws:
// ERR_MISSING_ARGS, ERR_INVALID_IP_ADDRESS, ERR_SOCKET_BAD_PORT,
// ERR_OUT_OF_RANGE, ERR_INVALID_ARG_VALUE.
func (s *Socket) Connect(o ConnectOptions, cb *events.Listener) error {
	if m := s.Override(events.MethodConnect); m != nil {
		if cb == nil {
			m.Call(o)
		} else {
			m.Call(o, cb)
		}
		return nil
	}
	return s.BaseConnect(o, cb)
}

// BaseConnect is socket.connect.
func (s *Socket) BaseConnect(o ConnectOptions, cb *events.Listener) error {
	if cb != nil {
		s.AddListener(events.Name("connect"), cb, false)
	}
	if p := s.parent(); p != nil && p.Connecting() {
		return nil
	}
	if o.NoPort && o.Path == "" {
		return nodeerr.MissingArgsOneOf("options", "port", "path")
	}
	s.flags &^= sWriteAfterFIN
	l := s.StreamLoop()
	if s.Destroyed() {
		s.Undestroy()
		s.handle = nil
		if s.rare != nil {
			s.rare.peer, s.rare.local = Address{}, Address{}
		}
	}
	if s.handle == nil {
		typ := TCPSocket
		if o.Path != "" {
			typ = PipeSocket
		}
		s.handle = NewHandle(l, typ)
		s.handle.SetReader(s, s.Self())
	}
	if diagnostics.Any() {
		diagnostics.Publish(l, clientSocketChannel, diagnostics.Field{Name: "socket", Value: s.Self()})
	}
	if debugging {
		path := o.Path
		switch {
		case o.PathNull:
			path = "null"
		case path == "":
			path = "undefined"
		}
		s.debug("pipe", o.Path != "", path)
	}
	s.touch()
	s.put(sConnecting, true)
	if o.Path != "" {
		s.connectPath(o.Path)
		return nil
	}
	return s.lookupAndConnect(o)
}

// reinitialize closes the handle and gives the socket another one.
func (s *Socket) reinitialize(h *Handle) {
	if s.handle != nil {
		s.handle.SetReader(nil, nil)
		s.handle.Close(nil)
	}
	s.handle = h
	h.SetReader(s, s.Self())
}

func (s *Socket) lookupAndConnect(o ConnectOptions) error {
	host := o.Host
	if host == "" {
		host = "localhost"
	}
	if o.LocalAddress != "" && IsIP(o.LocalAddress) == 0 {
		return nodeerr.InvalidIPAddress(o.LocalAddress)
	}
	if o.Port < 0 || o.Port > 65535 {
		return nodeerr.SocketBadPort("Port", "type number ("+strconv.Itoa(o.Port)+")", true)
	}
	env := envOf(s.StreamLoop())
	auto := env.autoSelectFamily
	if o.AutoSelectFamily != stream.Null {
		auto = o.AutoSelectFamily == stream.True
	}
	timeout := env.autoSelectFamilyAttemptTimeout
	if t := o.AutoSelectFamilyAttemptTimeout; t < 0 {
		return nodeerr.OutOfRange("options.autoSelectFamilyAttemptTimeout", ">= 1 && <= 2147483647", strconv.Itoa(t))
	} else if t > 0 {
		timeout = max(t, minAttemptTimeout)
	}
	t := target{address: host, port: o.Port, family: IsIP(host), localAddress: o.LocalAddress, localPort: o.LocalPort}
	if t.family != 0 {
		s.StreamLoop().NextTickFunc(func() {
			if s.Connecting() {
				s.connectTo(t)
			}
		})
		return nil
	}
	lo := LookupOptions{Family: o.Family, Hints: o.Hints}
	if lo.Family != 4 && lo.Family != 6 && lo.Hints == 0 {
		lo.Hints = dns.AddrConfig
	}
	lookup := o.Lookup
	if lookup == nil {
		if err := checkLookup(lo); err != nil {
			return err
		}
		lookup = lookupOf(s.StreamLoop())
	}
	s.more().host = host
	if debugging {
		s.debug("connect: find host", host)
		family := any("undefined")
		if o.Family != 0 {
			family = o.Family
		}
		s.debug("connect: dns options { family: %s, hints: %d }", family, lo.Hints)
	}
	if auto && lo.Family != 4 && lo.Family != 6 && o.LocalAddress == "" {
		if debugging {
			s.debug("connect: autodetecting")
		}
		lo.All = true
		s.lookupAll(lookup, lo, t, timeout)
		return nil
	}
	lookup(host, lo, func(err error, as []dns.Address) { s.onLookup(err, as, t) })
	return nil
}

// checkLookup is what dns.lookup throws for.
func checkLookup(o LookupOptions) error {
	if o.Hints&^(dns.AddrConfig|dns.V4Mapped|dns.All) != 0 {
		return nodeerr.InvalidArgValue("hints", strconv.Itoa(o.Hints), "")
	}
	if o.Family != 0 && o.Family != 4 && o.Family != 6 {
		return nodeerr.InvalidArgValue("options.family", strconv.Itoa(o.Family), "must be one of: 0, 4, 6")
	}
	return nil
}

// onLookup goes on with the one address of a look-up.
func (s *Socket) onLookup(err error, as []dns.Address, t target) {
	var a dns.Address
	host := t.address
	if err == nil && len(as) > 0 {
		a = as[0]
	}
	s.emitLookup(err, a, host)
	if !s.Connecting() {
		return
	}
	if err == nil {
		err = checkAddress(a, host, t.port)
	}
	if err != nil {
		s.failConnect(err)
		return
	}
	s.touch()
	t.address, t.family = a.Address, a.Family
	s.connectTo(t)
}

func (s *Socket) emitLookup(err error, a dns.Address, host string) {
	if s.ListenerCount("lookup") == 0 && s.Override(events.MethodEmit) == nil {
		return
	}
	if err != nil {
		s.Emit("lookup", err, events.Undefined, events.Undefined, host)
		return
	}
	var family any = a.Family
	if a.Family == 0 { // a program's look-up that did not say
		family = events.Undefined
	}
	s.Emit("lookup", nil, a.Address, family, host)
}

// checkAddress looks at what a program's own look-up returned.
func checkAddress(a dns.Address, host string, port int) error {
	if IsIP(a.Address) == 0 {
		return nodeerr.InvalidIPAddress(a.Address)
	}
	if a.Family != 4 && a.Family != 6 {
		family := "undefined"
		if a.Family != 0 {
			family = strconv.Itoa(a.Family)
		}
		return nodeerr.InvalidAddressFamily(family, host, port)
	}
	return nil
}

// failConnect destroys s in a tick.
func (s *Socket) failConnect(err error) {
	s.StreamLoop().NextTickFunc(func() { s.Destroy(err) })
}

// target is an address to connect to, and where from.
type target struct {
	address      string
	port, family int
	localAddress string
	localPort    int
}

// connectTo makes the only attempt.
func (s *Socket) connectTo(t target) {
	if err := s.bindLocal(&t); err != nil {
		s.Destroy(err)
		return
	}
	if s.blocked(t.address) {
		s.Destroy(nodeerr.IPBlocked(t.address))
		return
	}
	if debugging {
		s.debug("connect: attempting to connect to %s:%d (addressType: %d)", t.address, t.port, t.family)
	}
	s.Emit("connectionAttempt", t.address, t.port, t.family)
	h := s.handle
	if h == nil {
		return
	}
	st := h.Connect(t.address, t.port, t.family, func(st Status) { s.afterConnect(st, &t) })
	if st.Failed() {
		s.Destroy(nodeerr.ConnectFailed(st.Errno(), t.address, t.port, s.localForError()))
	}
}

func (s *Socket) connectPath(path string) {
	t := target{address: path}
	if debugging {
		s.debug("connect: attempting to connect to %s:NaN (addressType: NaN)", path)
	}
	st := s.handle.ConnectPath(path, func(st Status) { s.afterConnect(st, &t) })
	if st.Failed() {
		s.Destroy(nodeerr.ConnectFailed(st.Errno(), path, 0, s.localForError()))
	}
}

// localForError is the local address in the message of a connect that failed at
// once. Node prints it so where there is none.
func (s *Socket) localForError() string {
	if a := s.SocketName(); !a.IsZero() {
		return a.String()
	}
	return "undefined:undefined"
}

// bindLocal binds the handle to the local address or port asked for.
func (s *Socket) bindLocal(t *target) error {
	if t.localAddress == "" && t.localPort == 0 {
		return nil
	}
	if t.localAddress == "" {
		t.localAddress = "::"
		if t.family == 4 {
			t.localAddress = "0.0.0.0"
		}
	}
	st := s.handle.Bind(t.localAddress, t.localPort, t.family, 0)
	if !st.Failed() && t.localPort > 0 {
		// A bind whose failure is told later leaves another port, or none.
		if a, gst := s.handle.LocalAddress(); gst.Failed() {
			st = gst
		} else if a.Port != t.localPort {
			st = -Status(unix.EADDRINUSE)
		}
	}
	if st.Failed() {
		return nodeerr.System(st.Errno(), "bind", t.localAddress, t.localPort)
	}
	return nil
}

func (s *Socket) blocked(address string) bool {
	if s.rare == nil || s.rare.blockList == nil {
		return false
	}
	ip, ok := parseIP(address)
	return ok && s.rare.blockList.checkIP(ip.WithZone(""))
}

// afterConnect follows the connect of the handle.
func (s *Socket) afterConnect(st Status, t *target) {
	if s.Destroyed() {
		return
	}
	if debugging {
		s.debug("afterConnect")
	}
	s.put(sConnecting, false)
	if s.rare != nil {
		s.rare.local = Address{}
	}
	if st.Failed() {
		s.Destroy(connectError(st, t))
		return
	}
	s.touch()
	h := s.handle
	if s.has(sNoDelay) {
		h.callSetNoDelay(true)
	}
	if s.has(sKeepAlive) {
		h.callSetKeepAlive(true, int(s.keepAliveDelay))
	}
	s.Emit("connect")
	s.Emit("ready")
	// The first read, or the end at once: it takes no bytes.
	if !s.IsPaused() {
		s.Read(0)
	}
}

func connectError(st Status, t *target) error {
	if t.localAddress == "" || t.localPort == 0 {
		return nodeerr.System(st.Errno(), "connect", t.address, t.port)
	}
	local := Address{t.localAddress, "", t.localPort}
	return nodeerr.ConnectFailed(st.Errno(), t.address, t.port, local.String()).
		With("localAddress", t.localAddress).With("localPort", t.localPort)
}
