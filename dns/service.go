package dns

import (
	"bufio"
	"context"
	stdnet "net"
	"net/netip"
	"os"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// LookupService is dns.lookupService: the host name of address and the name of
// the TCP service at port, or the port's digits. address is one that the caller
// has checked. The error is that of nodeerr.DNS for getnameinfo.
func LookupService(l *loop.Loop, address string, port int, cb func(err error, hostname, service string)) {
	var host, service string
	l.Work(context.Background(), "GetNameInfoReqWrap", func(ctx context.Context) (err error) {
		host, err = nameOf(ctx, stdnet.DefaultResolver, address)
		service = serviceName(port)
		return err
	}, func(err error) {
		if err != nil {
			if _, ok := err.(*nodeerr.Error); !ok {
				err = nodeerr.DNS(nodeerr.EAIFail, "getnameinfo", address)
			}
			cb(err, "", "")
			return
		}
		cb(nil, host, service)
	})
}

type reverseResolver interface {
	LookupAddr(ctx context.Context, addr string) ([]string, error)
}

func nameOf(ctx context.Context, r reverseResolver, address string) (string, error) {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "", nodeerr.DNS(nodeerr.EAINoName, "getnameinfo", address)
	}
	names, err := r.LookupAddr(ctx, ip.Unmap().String())
	if err != nil {
		return "", nodeerr.DNS(eaiOf(err), "getnameinfo", address)
	}
	if len(names) == 0 {
		return "", nodeerr.DNS(nodeerr.EAINoName, "getnameinfo", address)
	}
	return strings.TrimSuffix(names[0], "."), nil
}

// serviceName finds a port's name in the system's table, as getnameinfo does.
func serviceName(port int) string {
	number := strconv.Itoa(port)
	f, err := os.Open("/etc/services")
	if err != nil {
		return number
	}
	defer f.Close()
	want := number + "/tcp"
	for s := bufio.NewScanner(f); s.Scan(); {
		line, _, _ := strings.Cut(s.Text(), "#")
		if fields := strings.Fields(line); len(fields) > 1 && fields[1] == want {
			return fields[0]
		}
	}
	return number
}
