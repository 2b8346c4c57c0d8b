package net

import (
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// env is the package's state of one loop.
type env struct {
	read   readCall     // the call-out of a read; reads do not nest
	accept acceptCall   // the call-out of an accepted connection
	iov    []unix.Iovec // scratch of writev
	bufs   [][]byte     // scratch of a socket's writev

	onEnd *events.Listener // the 'end' listener that a socket begins with

	lookup                         LookupFunc // nil: dns.Lookup
	cluster                        ClusterListen
	local                          bool // cluster is another loop of this process
	autoSelectFamily               bool
	autoSelectFamilyAttemptTimeout int
}

type envKey struct{}

func envOf(l *loop.Loop) *env {
	if e, ok := l.Slot(envKey{}).(*env); ok {
		return e
	}
	e := &env{
		onEnd:            events.NewMethod("onReadableStreamEnd", onReadableStreamEnd),
		autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 250,
	}
	l.SetSlot(envKey{}, e)
	return e
}

// hostFor asks the loop's realm for the host of a new object, nil in Go alone.
func hostFor(l *loop.Loop, class string) events.Host {
	if r, ok := l.Value().(events.Realm); ok {
		return r.HostFor(class)
	}
	return nil
}

// DefaultAutoSelectFamily is net.getDefaultAutoSelectFamily
// (https://nodejs.org/docs/latest-v24.x/api/net.html#netgetdefaultautoselectfamily).
func DefaultAutoSelectFamily(l *loop.Loop) bool { return envOf(l).autoSelectFamily }

// SetDefaultAutoSelectFamily is net.setDefaultAutoSelectFamily.
func SetDefaultAutoSelectFamily(l *loop.Loop, v bool) { envOf(l).autoSelectFamily = v }

// DefaultAutoSelectFamilyAttemptTimeout is
// net.getDefaultAutoSelectFamilyAttemptTimeout, in milliseconds.
func DefaultAutoSelectFamilyAttemptTimeout(l *loop.Loop) int {
	return envOf(l).autoSelectFamilyAttemptTimeout
}

// SetDefaultAutoSelectFamilyAttemptTimeout is
// net.setDefaultAutoSelectFamilyAttemptTimeout. ms is at least 1; less than 10
// counts as 10.
func SetDefaultAutoSelectFamilyAttemptTimeout(l *loop.Loop, ms int) {
	envOf(l).autoSelectFamilyAttemptTimeout = max(ms, minAttemptTimeout)
}

// minAttemptTimeout is the shortest time that a connection attempt gets.
const minAttemptTimeout = 10
