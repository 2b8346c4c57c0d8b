package net

import (
	"net/netip"

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

// NewSocketAddress is the constructor. family is "ipv4", "ipv6" or "" for ipv4;
// address "" is 127.0.0.1 or ::. The binding has checked the types, the port and
// the flow label. ERR_INVALID_ARG_VALUE for another family, ERR_INVALID_ADDRESS.
func NewSocketAddress(address, family string, port uint16, flowLabel uint32) (*SocketAddress, error) {
	if family == "" {
		family = "ipv4"
	}
	v, err := familyOf(family)
	if err != nil {
		return nil, err
	}
	if address == "" {
		address = "127.0.0.1"
		if v == 6 {
			address = "::"
		}
	}
	ip, perr := netip.ParseAddr(address)
	if perr != nil || ip.Is4() != (v == 4) || ip.Zone() != "" {
		return nil, nodeerr.InvalidAddress()
	}
	return &SocketAddress{ip: ip, port: port, flowLabel: flowLabel}, nil
}

// familyOf reads a family's name in any case.
func familyOf(family string) (int, error) {
	switch lower(family) {
	case "ipv4":
		return 4, nil
	case "ipv6":
		return 6, nil
	}
	return 0, nodeerr.InvalidArgValue("options.family", "'"+family+"'", "")
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
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
