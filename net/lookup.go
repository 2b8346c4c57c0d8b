package net

import (
	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/loop"
)

// LookupOptions is what a LookupFunc is asked for.
type LookupOptions struct {
	Family, Hints int
	All           bool // more than one address is of use
}

// LookupFunc is the option lookup. It calls back once, at once or later, with an
// error or the addresses, of which only the first counts unless All is set.
type LookupFunc func(host string, o LookupOptions, cb func(err error, addresses []dns.Address))

// SetLookup replaces the look-up of a loop's sockets and servers, which is
// dns.Lookup: a program may have put another function in the place of
// dns.lookup. nil restores it.
func SetLookup(l *loop.Loop, f LookupFunc) { envOf(l).lookup = f }

func lookupOf(l *loop.Loop) LookupFunc {
	if f := envOf(l).lookup; f != nil {
		return f
	}
	return func(host string, o LookupOptions, cb func(error, []dns.Address)) {
		dns.Lookup(l, host, dns.Options{Family: o.Family, Hints: o.Hints}, cb)
	}
}
