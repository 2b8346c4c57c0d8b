package net

import (
	"github.com/spindle-js/spindle/dns"
)

func blockListOf(ip string) *BlockList {
	b := new(BlockList)
	a, err := NewSocketAddress(ip, "ipv4", 0, 0)
	if err != nil {
		panic(err)
	}
	b.AddAddress(a)
	return b
}

func undefinedIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// scenarios are what TestTraces runs, by the names of testdata/traces.js.
type scenarios map[string]func(t *tracer)

func errOrNil(err error) any {
	if err == nil {
		return nil
	}
	return err
}

// answer is a look-up that finds the given addresses.
func (t *tracer) answer(ips ...string) LookupFunc {
	return func(_ string, _ LookupOptions, cb func(error, []dns.Address)) {
		as := make([]dns.Address, len(ips))
		for i, ip := range ips {
			as[i] = dns.Address{Address: ip, Family: 6}
			if IsIP(ip) == 4 {
				as[i].Family = 4
			}
		}
		t.NextTickFunc(func() { cb(nil, as) })
	}
}

func (t *tracer) watchAttempts(c *Socket) {
	c.On("connectionAttempt", func(a ...any) { t.log("attempt", a[0], a[1] == t.port, a[2]) })
	c.On("connectionAttemptFailed", func(a ...any) { t.log("failed", a[0], a[1] == t.port, a[2], a[3]) })
	c.On("connectionAttemptTimeout", func(a ...any) { t.log("timeout", a[0], a[1] == t.port, a[2]) })
}

// signal is an AbortSignal that tests abort.
type signal struct {
	aborted bool
	fs      []func()
}

func (s *signal) Aborted() bool { return s.aborted }
func (s *signal) Reason() error { return nil }
func (s *signal) OnAbort(f func()) func() {
	i := len(s.fs)
	s.fs = append(s.fs, f)
	return func() { s.fs[i] = nil }
}
func (s *signal) abort() {
	s.aborted = true
	for _, f := range s.fs {
		if f != nil {
			f()
		}
	}
}
