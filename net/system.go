package net

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// What the datagram sockets of package dgram share with this package.

// SockaddrOf makes the system's form of an address that IsIP accepts. EINVAL
// when it is not of family, which is 4 or 6.
func SockaddrOf(address string, port, family int) (unix.Sockaddr, Status) {
	return sockaddrOf(address, port, family)
}

// AddressOf names an address of the system's as libuv does.
func AddressOf(sa unix.Sockaddr) Address { return addressOf(sa) }

// StatusOf is the status of a system call's error.
func StatusOf(err error) Status { return statusOf(err) }

// ErrnoError words s as Node's ErrnoException does: "bind EADDRINUSE".
func ErrnoError(s Status, call string) error { return errnoError(s, call) }

// ZoneIndex returns the index of the interface that a zone names or numbers, 0
// for none.
func ZoneIndex(zone string) int { return zoneIndex(zone) }

// LookupFor returns the look-up of a loop's sockets: dns.Lookup, or what
// SetLookup put in its place.
func LookupFor(l *loop.Loop) LookupFunc { return lookupOf(l) }
