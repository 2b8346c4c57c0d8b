package http

import (
	"math"

	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/stream"
)

// Defaults hold for the servers and requests of a loop that say nothing else:
// Node's --max-http-header-size and --insecure-http-parser.
type Defaults struct {
	MaxHeaderSize      uint64 // bytes; 0 refuses every message
	InsecureHTTPParser bool
	// Insecure, nil for none, is told when the insecure parser is first used only
	// because it is the default.
	Insecure func()
}

type defaultsKey struct{}

// DefaultsOf returns the defaults of a loop.
func DefaultsOf(l *loop.Loop) Defaults {
	if d, ok := l.Slot(defaultsKey{}).(*Defaults); ok {
		return *d
	}
	return Defaults{MaxHeaderSize: parser.DefaultMaxHeaderSize}
}

// SetDefaults sets the defaults for the connections that begin from now on.
func SetDefaults(l *loop.Loop, d Defaults) { l.SetSlot(defaultsKey{}, &d) }

// HeaderSize is the limit of a parser whose owner asked for size, 0 for nothing,
// in the form of parser.Options.
func HeaderSize(l *loop.Loop, size int) int {
	if size > 0 {
		return size
	}
	// In parser.Options 0 is the default; one byte is as many as none.
	return int(min(max(DefaultsOf(l).MaxHeaderSize, 1), math.MaxInt32))
}

// lenient reports whether a parser is to be lenient whose owner asked for v.
func lenient(l *loop.Loop, v stream.Tri) bool {
	if v != stream.Null {
		return v == stream.True
	}
	d := DefaultsOf(l)
	if d.InsecureHTTPParser && d.Insecure != nil {
		tell := d.Insecure
		d.Insecure = nil
		SetDefaults(l, d)
		tell()
	}
	return d.InsecureHTTPParser
}
