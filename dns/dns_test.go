package dns

import (
	"context"
	"errors"
	"fmt"
	stdnet "net"
	"net/netip"
	"strings"
	"testing"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

func run(t *testing.T, f func(l *loop.Loop)) {
	t.Helper()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	l.SetImmediate(loop.Func(func() { f(l) }))
	if err := l.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// fake answers from a table of comma-separated addresses; a missing name does
// not exist, "timeout" and "fail" are errors.
type fake map[string]string

func (f fake) LookupNetIP(_ context.Context, network, host string) ([]netip.Addr, error) {
	s, ok := f[host]
	switch {
	case !ok:
		return nil, &stdnet.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	case s == "timeout":
		return nil, &stdnet.DNSError{Err: "i/o timeout", Name: host, IsTimeout: true}
	case s == "fail":
		return nil, &stdnet.DNSError{Err: "server misbehaving", Name: host, IsTemporary: true}
	}
	var out []netip.Addr
	for _, a := range strings.Split(s, ",") {
		ip := netip.MustParseAddr(a)
		if network == "ip4" && !ip.Is4() || network == "ip6" && ip.Is4() {
			continue
		}
		out = append(out, ip)
	}
	if len(out) == 0 {
		return nil, &stdnet.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return out, nil
}

func TestGetAddrInfo(t *testing.T) {
	names := fake{
		"both": "2001:db8::1,192.0.2.1,192.0.2.2", "four": "192.0.2.1,192.0.2.1",
		"six": "2001:db8::1", "slow": "timeout", "broken": "fail",
		"xn--bcher-kva.example": "192.0.2.9",
	}
	long := strings.Repeat("x", 256)
	for _, c := range []struct {
		host          string
		family, hints int
		want          string
	}{
		{"both", 0, 0, "[{2001:db8::1 6} {192.0.2.1 4} {192.0.2.2 4}]"},
		{"both", 4, 0, "[{192.0.2.1 4} {192.0.2.2 4}]"},
		{"both", 6, 0, "[{2001:db8::1 6}]"},
		{"both", 6, V4Mapped, "[{2001:db8::1 6}]"},
		{"both", 6, V4Mapped | All, "[{2001:db8::1 6} {::ffff:192.0.2.1 6} {::ffff:192.0.2.2 6}]"},
		{"four", 0, 0, "[{192.0.2.1 4}]"},
		{"four", 6, 0, "-3008 ENOTFOUND getaddrinfo ENOTFOUND four"},
		{"four", 6, V4Mapped, "[{::ffff:192.0.2.1 6}]"},
		{"six", 4, 0, "-3008 ENOTFOUND getaddrinfo ENOTFOUND six"},
		{"slow", 0, 0, "-3001 EAI_AGAIN getaddrinfo EAI_AGAIN slow"},
		{"broken", 0, 0, "-3001 EAI_AGAIN getaddrinfo EAI_AGAIN broken"},
		{"none", 0, 0, "-3008 ENOTFOUND getaddrinfo ENOTFOUND none"},
		{"a b", 0, 0, "-3008 ENOTFOUND getaddrinfo ENOTFOUND a b"},
		{"a..b", 0, 0, "-3008 ENOTFOUND getaddrinfo ENOTFOUND a..b"},
		{".", 0, 0, "-3008 ENOTFOUND getaddrinfo ENOTFOUND ."},
		{"127.1", 0, 0, "[{127.0.0.1 4}]"},
		{"0x7f.1", 4, 0, "[{127.0.0.1 4}]"},
		{"4294967295", 0, 0, "[{255.255.255.255 4}]"},
		{"4294967296", 0, 0, "-3008 ENOTFOUND getaddrinfo ENOTFOUND 4294967296"},
		{"08.1", 0, 0, "-3008 ENOTFOUND getaddrinfo ENOTFOUND 08.1"},
		{"127.1", 6, 0, "-3000 EAI_ADDRFAMILY getaddrinfo EAI_ADDRFAMILY 127.1"},
		{"127.1", 6, V4Mapped, "[{::ffff:127.0.0.1 6}]"},
		{"b\u00fccher.example", 0, 0, "[{192.0.2.9 4}]"},
		{"XN--BCHER-KVA.example", 0, 0, "[{192.0.2.9 4}]"},
		{"xn--", 0, 0, "-22 EINVAL getaddrinfo EINVAL xn--"},
		{"a\u200db.invalid", 0, 0, "-22 EINVAL getaddrinfo EINVAL a\u200db.invalid"},
		{long, 0, 0, "-22 EINVAL getaddrinfo EINVAL " + long},
	} {
		got, err := getAddrInfo(context.Background(), names, c.host, c.family, c.hints)
		s := fmt.Sprint(got)
		if err != nil {
			var e *nodeerr.Error
			errors.As(err, &e)
			s = fmt.Sprint(e.Errno, " ", e.Code, " ", e.Message)
			if e.Syscall != "getaddrinfo" || len(e.Props) != 1 || e.Props[0] != (nodeerr.Prop{Key: "hostname", Value: c.host}) {
				t.Errorf("%s: properties %+v", c.host, e)
			}
		}
		if s != c.want {
			t.Errorf("%s family %d hints %#x: %s, want %s", c.host, c.family, c.hints, s, c.want)
		}
	}
}

func TestParseIPv4Number(t *testing.T) {
	for in, want := range map[string]string{
		"1.2.3.4": "1.2.3.4", "1.2.3": "1.2.0.3", "1.2": "1.0.0.2", "1": "0.0.0.1", "010.0.0.1": "8.0.0.1",
		"0xffffffff": "255.255.255.255", "1.65535": "1.0.255.255", "0": "0.0.0.0",
		"": "", ".": "", "1.": "", "1..2": "", "256.1": "", "1.2.3.4.5": "", "1.2.3.256": "", "1.16777216": "",
		"0x": "", "09": "", "1x": "", "-1": "", "1.2.3.4x": "", "99999999999999999999": "",
	} {
		ip, ok := ParseIPv4Number(in)
		if got := map[bool]string{true: ip.String()}[ok]; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestLookup(t *testing.T) {
	run(t, func(l *loop.Loop) {
		inside := true
		check := func(host, want string) {
			Lookup(l, host, Options{}, func(err error, as []Address) {
				if inside {
					t.Errorf("%s: called back at once", host)
				}
				if got := fmt.Sprint(err, as); got != want {
					t.Errorf("%q: %s, want %s", host, got, want)
				}
			})
		}
		check("", "<nil> []")
		check("::1", "<nil> [{::1 6}]")
		check("fe80::1%nowhere", "<nil> [{fe80::1%nowhere 6}]")
		check("127.1", "<nil> [{127.0.0.1 4}]")
		check("a b", "getaddrinfo ENOTFOUND a b []")
		Lookup(l, "localhost", Options{Family: 4}, func(err error, as []Address) {
			if err != nil || len(as) == 0 || as[0] != (Address{"127.0.0.1", 4}) {
				t.Errorf("localhost: %v %v", err, as)
			}
		})
		if got := l.Stats().Live["GetAddrInfoReqWrap"]; got != 3 {
			t.Errorf("%d look-ups count", got)
		}
		inside = false
	})
}

func TestOrder(t *testing.T) {
	as := []Address{{"a", 6}, {"b", 4}, {"c", 6}, {"d", 4}}
	for o, want := range map[Order]string{
		OrderVerbatim: "abcd", OrderIPv4First: "bdac", OrderIPv6First: "acbd",
	} {
		got := ""
		for _, a := range sorted(as, o) {
			got += a.Address
		}
		if got != want {
			t.Errorf("%v: %s, want %s", o, got, want)
		}
		if p, ok := ParseOrder(o.String()); !ok || p != o {
			t.Errorf("ParseOrder(%v) = %v, %v", o, p, ok)
		}
	}
	if _, ok := ParseOrder(""); ok {
		t.Error("the empty string is no order")
	}
	run(t, func(l *loop.Loop) {
		if DefaultResultOrder(l) != OrderVerbatim {
			t.Error("default is not verbatim")
		}
		SetDefaultResultOrder(l, OrderIPv4First)
		if DefaultResultOrder(l) != OrderIPv4First {
			t.Error("default was not kept")
		}
	})
}

func TestLookupService(t *testing.T) {
	run(t, func(l *loop.Loop) {
		LookupService(l, "127.0.0.1", 65432, func(err error, host, service string) {
			if err != nil || host == "" || strings.HasSuffix(host, ".") || service != "65432" {
				t.Error(err, host, service)
			}
		})
	})
}
