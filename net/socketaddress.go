package net

import (
	"fmt"
	"net/netip"
	stdurl "net/url"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/nodeerr"
)

// SocketAddress is the class net.SocketAddress
// (https://nodejs.org/docs/latest-v24.x/api/net.html#class-netsocketaddress).
// It does not change.
type SocketAddress struct {
	ip        netip.Addr
	port      uint16
	flowLabel uint32
}

// NewSocketAddress is the constructor. family is "ipv4" or "ipv6" in any case; a
// zone in address is dropped. Where a program leaves them out, family is ipv4,
// address is DefaultIPv4 or DefaultIPv6. The errors are ERR_INVALID_ARG_VALUE
// for another family and ERR_INVALID_ADDRESS.
func NewSocketAddress(address, family string, port uint16, flowLabel uint32) (*SocketAddress, error) {
	v, err := familyOf(family)
	if err != nil {
		return nil, err
	}
	ip, perr := netip.ParseAddr(address)
	if perr != nil || ip.Is4() != (v == 4) {
		return nil, nodeerr.InvalidAddress()
	}
	return &SocketAddress{ip: ip.WithZone(""), port: port, flowLabel: flowLabel}, nil
}

// The addresses that new SocketAddress() has where the program gives none.
const (
	DefaultIPv4 = "127.0.0.1"
	DefaultIPv6 = "::"
)

// ParseSocketAddress is SocketAddress.parse: an address with or without a port
// ("192.0.2.1:80", "[2001:db8::1]:80"), read as the host of an http: URL, so that
// port 80 is none. nil for what is none. A host in other than ASCII characters
// is none here.
func ParseSocketAddress(s string) *SocketAddress {
	if i := strings.IndexAny(s, "/?#\\"); i >= 0 {
		s = s[:i]
	}
	s = s[strings.LastIndexByte(s, '@')+1:]
	host, port, rest := s, "", ""
	if strings.HasPrefix(s, "[") {
		i := strings.IndexByte(s, ']')
		if i < 0 {
			return nil
		}
		host, rest = s[1:i], s[i+1:]
		if rest != "" && rest[0] != ':' {
			return nil
		}
		port = strings.TrimPrefix(rest, ":")
		ip, err := netip.ParseAddr(host)
		if err != nil || !ip.Is6() || ip.Zone() != "" {
			return nil
		}
		return withPort(ip, port)
	}
	host, port, _ = strings.Cut(s, ":")
	if decoded, err := stdurl.PathUnescape(host); err == nil {
		host = decoded
	}
	ip, ok := dns.ParseIPv4Number(strings.TrimSuffix(host, "."))
	if !ok {
		return nil
	}
	return withPort(ip, port)
}

func withPort(ip netip.Addr, port string) *SocketAddress {
	n := uint64(0)
	if port != "" {
		var err error
		if n, err = strconv.ParseUint(port, 10, 16); err != nil {
			return nil
		}
	}
	if n == 80 {
		n = 0
	}
	return &SocketAddress{ip: ip, port: uint16(n)}
}

// familyOf reads a family's name in any case.
func familyOf(family string) (int, error) {
	switch strings.ToLower(family) {
	case "ipv4":
		return 4, nil
	case "ipv6":
		return 6, nil
	}
	return 0, nodeerr.InvalidArgValue("options.family", "'"+family+"'", "")
}

// Address returns the address in its shortest form.
func (a *SocketAddress) Address() string { return a.ip.String() }

// Family returns "ipv4" or "ipv6".
func (a *SocketAddress) Family() string {
	if a.ip.Is4() {
		return "ipv4"
	}
	return "ipv6"
}

// Port returns the port.
func (a *SocketAddress) Port() int { return int(a.port) }

// FlowLabel returns the IPv6 flow label.
func (a *SocketAddress) FlowLabel() uint32 { return a.flowLabel }

// IP returns the address for Go.
func (a *SocketAddress) IP() netip.Addr { return a.ip }

// inspect words a as Node's messages show it.
func (a *SocketAddress) inspect() string {
	return fmt.Sprintf("SocketAddress { address: '%s', port: %d, family: '%s', flowlabel: %d }",
		a.Address(), a.port, a.Family(), a.flowLabel)
}
