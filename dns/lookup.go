package dns

import (
	"context"
	stdnet "net"
	"net/netip"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// The hints of a look-up, with the values that dns.ADDRCONFIG and its siblings
// have on Linux.
const (
	V4Mapped   = 0x08 // IPv4 addresses mapped to IPv6 where there are no others
	All        = 0x10 // with V4Mapped: both
	AddrConfig = 0x20 // only families that an interface has
)

// Options are those of dns.lookup, checked by the caller.
type Options struct {
	Family int // 0, 4 or 6
	Hints  int
	Order  Order
}

// Address is one answer.
type Address struct {
	Address string
	Family  int // 4 or 6
}

// Lookup is dns.lookup with all: true. An empty hostname has no addresses; an
// address has itself, of whichever family; both are answered in a tick. The
// error is that of nodeerr.DNS, with libuv's numbers.
func Lookup(l *loop.Loop, hostname string, o Options, cb func(err error, addresses []Address)) {
	if hostname == "" {
		l.NextTickFunc(func() { cb(nil, nil) })
		return
	}
	if ip, err := netip.ParseAddr(hostname); err == nil {
		l.NextTickFunc(func() { cb(nil, []Address{{hostname, familyOf(ip)}}) })
		return
	}
	order := o.Order
	if order == OrderDefault {
		order = DefaultResultOrder(l)
	}
	var out []Address
	l.Work(context.Background(), "GetAddrInfoReqWrap", func(ctx context.Context) (err error) {
		out, err = getAddrInfo(ctx, stdnet.DefaultResolver, hostname, o.Family, o.Hints)
		return err
	}, func(err error) {
		if err != nil {
			if _, ok := err.(*nodeerr.Error); !ok { // the work was cut off
				err = nodeerr.DNS(nodeerr.EAIFail, "getaddrinfo", hostname)
			}
			cb(err, nil)
			return
		}
		cb(nil, sorted(out, order))
	})
}

func familyOf(ip netip.Addr) int {
	if ip.Is4() {
		return 4
	}
	return 6
}
