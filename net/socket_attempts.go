package net

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// attempts is a connect that tries the addresses of a name one after the other,
// the families in turn, each for a limited time ("happy eyeballs", the option
// autoSelectFamily).
type attempts struct {
	s         *Socket
	addresses []dns.Address
	current   int // the next address
	port      int
	localPort int
	timeout   int // ms
	timer     loop.Timer
	errors    []error
}

// lookupAll looks up all addresses of t's host and tries them.
func (s *Socket) lookupAll(lookup LookupFunc, o LookupOptions, t target, timeout int) {
	host := t.address
	lookup(host, o, func(err error, as []dns.Address) {
		if !s.Connecting() {
			return
		}
		if err != nil {
			s.emitLookup(err, dns.Address{}, host)
			s.failConnect(err)
			return
		}
		list, ok := s.alternate(as, host)
		switch {
		case !ok:
		case len(list) == 0:
			var first dns.Address
			if len(as) > 0 {
				first = as[0]
			}
			s.failConnect(checkAddress(first, host, t.port))
		case len(list) == 1:
			if debugging {
				s.debug("connect/multiple: only one address found, switching back to single connection")
			}
			s.touch()
			t.address, t.family = list[0].Address, list[0].Family
			s.connectTo(t)
		default:
			s.more().attempted = []string{}
			s.touch()
			a := &attempts{s: s, addresses: list, port: t.port, localPort: t.localPort, timeout: timeout}
			a.next()
		}
	})
}

// alternate emits 'lookup' for each address and returns the valid ones, each
// once, the families in turn beginning with that of the first. ok is false when
// a listener has ended the connect.
func (s *Socket) alternate(as []dns.Address, host string) (list []dns.Address, ok bool) {
	var first, second []dns.Address
	for _, a := range as {
		s.emitLookup(nil, a, host)
		if !s.Connecting() {
			return nil, false
		}
		if IsIP(a.Address) == 0 || a.Family != 4 && a.Family != 6 {
			continue
		}
		group := &first
		if len(first) > 0 && first[0].Family != a.Family {
			group = &second
		}
		if !containsIP(*group, a.Address) {
			*group = append(*group, a)
		}
	}
	for i := range max(len(first), len(second)) {
		if i < len(first) {
			list = append(list, first[i])
		}
		if i < len(second) {
			list = append(list, second[i])
		}
	}
	return list, true
}

func containsIP(as []dns.Address, ip string) bool {
	for _, a := range as {
		if a.Address == ip {
			return true
		}
	}
	return false
}

// next begins the next attempt, or fails the socket when there is none.
func (a *attempts) next() {
	a.timer.Close()
	s := a.s
	for {
		if a.current == len(a.addresses) {
			a.fail()
			return
		}
		at := a.current
		a.current++
		if at > 0 {
			s.reinitialize(NewHandle(s.StreamLoop(), TCPSocket))
		}
		t := target{address: a.addresses[at].Address, port: a.port, family: a.addresses[at].Family, localPort: a.localPort}
		if a.begin(&t, at) {
			return
		}
		if !s.Connecting() {
			return
		}
	}
}

// begin makes one attempt. It reports false when that failed at once.
func (a *attempts) begin(t *target, at int) bool {
	s := a.s
	if t.localPort != 0 {
		if err := s.bindLocal(t); err != nil {
			a.errors = append(a.errors, err)
			return false
		}
	}
	if s.blocked(t.address) {
		a.failed(t, nodeerr.IPBlocked(t.address))
		return false
	}
	if debugging {
		s.debug("connect/multiple: attempting to connect to %s:%d (addressType: %d)", t.address, t.port, t.family)
	}
	s.rare.attempted = append(s.rare.attempted, Address{t.address, "", t.port}.String())
	s.Emit("connectionAttempt", t.address, t.port, t.family)
	h := s.handle
	if h == nil {
		return true // a listener destroyed the socket
	}
	gaveUp := false
	st := h.Connect(t.address, t.port, t.family, func(st Status) {
		if !gaveUp {
			a.ended(st, h, t, at)
		}
	})
	if st.Failed() {
		a.failed(t, nodeerr.ConnectFailed(st.Errno(), t.address, t.port, s.localForError()))
		return false
	}
	if at < len(a.addresses)-1 {
		a.timer.Start(s.StreamLoop(), int64(a.timeout), 0, loop.Func(func() {
			gaveUp = true
			s.Emit("connectionAttemptTimeout", t.address, t.port, t.family)
			a.errors = append(a.errors, connectError(-Status(unix.ETIMEDOUT), t))
			h.Close(nil)
			if s.Connecting() {
				a.next()
			}
		}))
	}
	return true
}

func (a *attempts) failed(t *target, err error) {
	a.errors = append(a.errors, err)
	a.s.Emit("connectionAttemptFailed", t.address, t.port, t.family, err)
}

// ended follows the end of an attempt that was not given up.
func (a *attempts) ended(st Status, h *Handle, t *target, at int) {
	a.timer.Close()
	s := a.s
	if !st.Failed() && at != a.current-1 {
		h.Close(nil)
		return
	}
	if st.Failed() {
		a.failed(t, connectError(st, t))
		if !s.Connecting() {
			return
		}
		if st == Canceled {
			a.fail()
		} else {
			a.next()
		}
		return
	}
	s.afterConnect(st, t)
}

func (a *attempts) fail() {
	if len(a.errors) == 0 {
		a.s.Destroy(nodeerr.SocketConnectionTimeout())
		return
	}
	a.s.Destroy(nodeerr.Aggregate("", nodeerr.Code(a.errors[0]), a.errors...))
}

// Attempted is socket.autoSelectFamilyAttemptedAddresses: "address:port" of each
// attempt; nil for undefined.
func (s *Socket) Attempted() []string {
	if s.rare == nil {
		return nil
	}
	return s.rare.attempted
}
