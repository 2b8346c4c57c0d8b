package dns

import (
	"context"
	"errors"
	stdnet "net"
	"net/netip"
	"syscall"

	"github.com/spindle-js/spindle/nodeerr"
)

// maxName is the longest name that libuv hands to the system.
const maxName = 255

// resolver is what getAddrInfo needs of *net.Resolver.
type resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// getAddrInfo answers as getaddrinfo(3) for stream sockets. It blocks, and
// touches nothing of the loop's.
func getAddrInfo(ctx context.Context, r resolver, host string, family, hints int) ([]Address, error) {
	fail := func(errno int) ([]Address, error) { return nil, nodeerr.DNS(errno, "getaddrinfo", host) }
	name, ok := toASCII(host)
	if !ok || len(name) > maxName {
		return nil, einval(host)
	}
	if hints&AddrConfig != 0 {
		has4, has6 := families()
		switch {
		case family == 0 && has4 != has6:
			family = 4
			if has6 {
				family = 6
			}
		case family == 4 && !has4, family == 6 && !has6:
			return fail(nodeerr.EAINoName)
		}
	}
	if ip, ok := ParseIPv4Number(name); ok {
		switch {
		case family != 6:
			return []Address{{ip.String(), 4}}, nil
		case hints&V4Mapped != 0:
			return []Address{{mapped(ip), 6}}, nil
		}
		return fail(nodeerr.EAIAddrFamily)
	}
	if !lookable(name) {
		return fail(nodeerr.EAINoName)
	}
	network := "ip"
	switch {
	case family == 4:
		network = "ip4"
	case family == 6 && hints&V4Mapped == 0:
		network = "ip6"
	}
	ips, err := r.LookupNetIP(ctx, network, name)
	if err != nil {
		return fail(eaiOf(err))
	}
	out := answers(ips, family, hints)
	if len(out) == 0 {
		return fail(nodeerr.EAINoName)
	}
	return out, nil
}

// answers turns what the resolver found into what was asked for, each address
// once.
func answers(ips []netip.Addr, family, hints int) []Address {
	var v4, v6 int
	for _, ip := range ips {
		if ip.Unmap().Is4() {
			v4++
		} else {
			v6++
		}
	}
	mapAll := family == 6 && v4 > 0 && (v6 == 0 || hints&All != 0)
	out := make([]Address, 0, len(ips))
	for _, ip := range ips {
		ip = ip.Unmap()
		a := Address{ip.String(), familyOf(ip)}
		switch {
		case family == 4 && a.Family != 4:
			continue
		case family == 6 && a.Family == 4:
			if !mapAll {
				continue
			}
			a = Address{mapped(ip), 6}
		}
		out = appendNew(out, a)
	}
	return out
}

func appendNew(out []Address, a Address) []Address {
	for _, o := range out {
		if o == a {
			return out
		}
	}
	return append(out, a)
}

func mapped(ip netip.Addr) string { return "::ffff:" + ip.String() }

func eaiOf(err error) int {
	var d *stdnet.DNSError
	if !errors.As(err, &d) {
		return nodeerr.EAIFail
	}
	switch {
	case d.IsNotFound:
		return nodeerr.EAINoName
	case d.IsTimeout, d.IsTemporary:
		return nodeerr.EAIAgain
	}
	return nodeerr.EAIAgain
}

// einval is the error of a name that is not even looked up.
func einval(host string) error {
	e := nodeerr.System(syscall.EINVAL, "getaddrinfo", "", 0)
	e.Message += " " + host
	return e.With("hostname", host)
}

// families reports whether an interface has an IPv4, and an IPv6, address that
// is not the loopback one.
func families() (has4, has6 bool) {
	as, err := stdnet.InterfaceAddrs()
	if err != nil {
		return true, true
	}
	for _, a := range as {
		n, ok := a.(*stdnet.IPNet)
		if !ok || n.IP.Equal(stdnet.IPv6loopback) || n.IP.Equal(stdnet.IPv4(127, 0, 0, 1)) {
			continue
		}
		if n.IP.To4() != nil {
			has4 = true
		} else {
			has6 = true
		}
	}
	return has4, has6
}

// lookable reports whether name has the shape of a name: labels of 1 to 63
// bytes without white space. The resolver need not be asked for others.
func lookable(name string) bool {
	n := 0
	for i := range len(name) {
		switch c := name[i]; {
		case c == '.':
			if n == 0 {
				return false
			}
			n = 0
		case c <= ' ' || c >= 0x7f:
			return false
		default:
			if n++; n > 63 {
				return false
			}
		}
	}
	return name != ""
}
