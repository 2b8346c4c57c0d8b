package dns

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	stdnet "net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// Resolver asks name servers directly, as dns.Resolver does
// (https://nodejs.org/docs/latest-v24.x/api/dns.html#class-dnsresolver).
type Resolver struct {
	l          *loop.Loop
	servers    []netip.AddrPort
	local4     netip.Addr // where queries come from, if valid
	local6     netip.Addr
	timeout    time.Duration
	maxTimeout time.Duration // 0 for none
	tries      int
	pending    []*pendingQuery // in the order they were asked
}

// pendingQuery is a query under way.
type pendingQuery struct {
	w    *loop.Work
	tell func(err error, answers []Record) // nil when it was told
	fail error                             // what a cancel tells
}

// The defaults of c-ares.
const (
	defaultTimeout = 2 * time.Second
	defaultTries   = 3
)

// NewResolver returns a resolver over the system's name servers. Times below 1
// ms and tries below 1 mean the default; maxTimeout 0 means none.
func NewResolver(l *loop.Loop, timeout, maxTimeout time.Duration, tries int) *Resolver {
	r := &Resolver{l: l, servers: systemServers(), timeout: timeout, maxTimeout: maxTimeout, tries: tries}
	if r.timeout <= 0 {
		r.timeout = defaultTimeout
	}
	if r.tries < 1 {
		r.tries = defaultTries
	}
	return r
}

// systemServers reads the name servers of /etc/resolv.conf.
func systemServers() []netip.AddrPort {
	var out []netip.AddrPort
	p, _ := os.ReadFile("/etc/resolv.conf")
	for _, line := range strings.Split(string(p), "\n") {
		f := strings.Fields(line)
		if len(f) > 1 && f[0] == "nameserver" {
			if ip, err := netip.ParseAddr(f[1]); err == nil {
				out = append(out, netip.AddrPortFrom(ip, 53))
			}
		}
	}
	if len(out) == 0 {
		out = append(out, netip.MustParseAddrPort("127.0.0.1:53"))
	}
	return out
}

// Servers returns the name servers.
func (r *Resolver) Servers() []netip.AddrPort { return r.servers }

// SetServers replaces the name servers.
func (r *Resolver) SetServers(list []netip.AddrPort) { r.servers = list }

// SetLocal sets the addresses that queries come from.
func (r *Resolver) SetLocal(v4, v6 netip.Addr) { r.local4, r.local6 = v4, v6 }

// Pending reports whether queries are under way.
func (r *Resolver) Pending() bool { return len(r.pending) > 0 }

// Cancel ends all queries under way with ECANCELLED, told in the order they were
// asked, in the check phase.
func (r *Resolver) Cancel() {
	list := r.pending
	r.pending = nil
	for _, q := range list {
		tell := q.tell
		q.tell = nil
		q.w.Cancel()
		r.l.SetImmediate(loop.Func(func() { tell(q.fail, nil) }))
	}
}

// Resolve asks for the records of a name. call is the name of the operation in
// errors ("queryA"); their code is one of dns's constants, such as ENOTFOUND or
// ENODATA. The answers are all records of the response.
func (r *Resolver) Resolve(name string, t Type, call string, cb func(err error, answers []Record)) {
	servers, tries, timeout, limit := append([]netip.AddrPort(nil), r.servers...), r.tries, r.timeout, r.maxTimeout
	local4, local6 := r.local4, r.local6
	ascii, ok := toASCII(name)
	if !ok {
		r.l.NextTickFunc(func() { cb(queryError("EBADNAME", call, name), nil) })
		return
	}
	if hidden(ascii) {
		r.l.SetImmediate(loop.Func(func() { cb(queryError("ENOTFOUND", call, name), nil) }))
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	var out []Record
	q := &pendingQuery{tell: cb, fail: queryError("ECANCELLED", call, name)}
	q.w = r.l.Work(ctx, "QueryReqWrap", func(ctx context.Context) error {
		x := exchange{name: ascii, t: t, timeout: timeout, limit: limit, local4: local4, local6: local6}
		code := ""
		out, code = x.ask(ctx, servers, tries)
		if code != "" {
			return queryError(code, call, name)
		}
		return nil
	}, func(err error) {
		cancel()
		if q.tell == nil {
			return
		}
		r.pending = slices.DeleteFunc(r.pending, func(p *pendingQuery) bool { return p == q })
		q.tell(err, out)
	})
	r.pending = append(r.pending, q)
}

// hidden reports whether a name is of Tor's, which no name server is asked for
// (RFC 7686).
func hidden(name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	return name == "onion" || strings.HasSuffix(name, ".onion")
}

func queryError(code, call, name string) *nodeerr.Error {
	e := nodeerr.New(nodeerr.KindError, code, call+" "+code)
	e.Syscall = call
	if name != "" {
		e.Message += " " + name
		e.With("hostname", name)
	}
	return e
}

// exchange is one question to name servers. It runs off the loop.
type exchange struct {
	name           string
	t              Type
	timeout, limit time.Duration
	local4, local6 netip.Addr
}

var rcodes = map[int]string{1: "EFORMERR", 2: "ESERVFAIL", 3: "ENOTFOUND", 4: "ENOTIMP", 5: "EREFUSED"}

// minTimeout is the least that c-ares waits for an answer.
const minTimeout = 250 * time.Millisecond

// ask goes through the servers, tries times, with a timeout that doubles each
// time and is then cut by up to a half, at random, so that clients do not ask in
// step; it returns the code of the failure.
func (x *exchange) ask(ctx context.Context, servers []netip.AddrPort, tries int) ([]Record, string) {
	code := "ECONNREFUSED"
	base := max(x.timeout, minTimeout)
	for round := range tries {
		timeout := base << min(round, 16)
		if x.limit > 0 {
			timeout = min(timeout, x.limit)
		}
		if round > 0 {
			timeout = max(min(base, timeout), timeout-rand.N(timeout/2+1))
		}
		for _, s := range servers {
			m, err := x.once(ctx, s, timeout)
			switch {
			case ctx.Err() != nil:
				return nil, "ECANCELLED"
			case errors.Is(err, errMessage):
				return nil, "EBADRESP"
			case errors.Is(err, errBadName):
				return nil, "EBADNAME"
			case errors.Is(err, syscall.ECONNREFUSED):
				code = "ECONNREFUSED"
				continue
			case err != nil:
				code = "ETIMEOUT"
				continue
			}
			switch c := rcodes[m.rcode]; {
			case c == "ESERVFAIL" || c == "ENOTIMP" || c == "EREFUSED":
				code = c // another server may know
				continue
			case c != "":
				return nil, c
			case m.rcode != 0:
				return nil, "ESERVFAIL"
			case len(m.answers) == 0:
				return nil, "ENODATA"
			}
			return m.answers, ""
		}
	}
	return nil, code
}

var errBadName = errors.New("dns: bad name")

// once asks one server: by UDP, and by TCP if the answer was too long.
func (x *exchange) once(ctx context.Context, s netip.AddrPort, timeout time.Duration) (*message, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	id := uint16(rand.Uint32())
	q, ok := query(id, x.name, x.t)
	if !ok {
		return nil, errBadName
	}
	m, err := x.send(ctx, "udp", s, q, id)
	if err == nil && m.truncated {
		return x.send(ctx, "tcp", s, q, id)
	}
	return m, err
}

func (x *exchange) send(ctx context.Context, network string, s netip.AddrPort, q []byte, id uint16) (*message, error) {
	d := stdnet.Dialer{}
	local := x.local4
	if s.Addr().Is6() {
		local = x.local6
	}
	if local.IsValid() {
		d.LocalAddr = stdnet.UDPAddrFromAddrPort(netip.AddrPortFrom(local, 0))
		if network == "tcp" {
			d.LocalAddr = stdnet.TCPAddrFromAddrPort(netip.AddrPortFrom(local, 0))
		}
	}
	c, err := d.DialContext(ctx, network, s.String())
	if err != nil {
		return nil, err
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })()
	if network == "tcp" {
		q = append(binary.BigEndian.AppendUint16(nil, uint16(len(q))), q...)
	}
	if _, err := c.Write(q); err != nil {
		return nil, err
	}
	for {
		p, err := receive(c, network)
		if err != nil {
			return nil, err
		}
		m, err := parse(p)
		if m.id != id || !m.response {
			continue // not the answer to this question
		}
		return m, err
	}
}

func receive(c stdnet.Conn, network string) ([]byte, error) {
	p := make([]byte, 64<<10)
	if network == "udp" {
		n, err := c.Read(p)
		return p[:n], err
	}
	if _, err := io.ReadFull(c, p[:2]); err != nil {
		return nil, err
	}
	n := int(binary.BigEndian.Uint16(p))
	_, err := io.ReadFull(c, p[:n])
	return p[:n], err
}

// ReverseName is the name under which the PTR records of an address are.
func ReverseName(ip netip.Addr) string {
	var b strings.Builder
	if ip = ip.Unmap(); ip.Is4() {
		p := ip.As4()
		for i := len(p) - 1; i >= 0; i-- {
			b.WriteString(strconv.Itoa(int(p[i])) + ".")
		}
		return b.String() + "in-addr.arpa"
	}
	const hex = "0123456789abcdef"
	p := ip.As16()
	for i := len(p) - 1; i >= 0; i-- {
		b.WriteByte(hex[p[i]&15])
		b.WriteByte('.')
		b.WriteByte(hex[p[i]>>4])
		b.WriteByte('.')
	}
	return b.String() + "ip6.arpa"
}

// HostsNames returns the names that /etc/hosts has for an address.
func HostsNames(ip netip.Addr) []string {
	p, _ := os.ReadFile("/etc/hosts")
	var out []string
	for _, line := range strings.Split(string(p), "\n") {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		if a, err := netip.ParseAddr(f[0]); err == nil && a.Unmap() == ip.Unmap() {
			out = append(out, f[1:]...)
		}
	}
	return out
}
