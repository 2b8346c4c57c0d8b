package stream

import "github.com/spindle-js/spindle/loop"

// The defaults of new streams: 64 KiB, or 16 objects.
const (
	DefaultBytes   = 65536
	DefaultObjects = 16
)

// Defaults are the default high-water marks of one loop.
type Defaults struct{ Bytes, Objects int }

type defaultsKey struct{}

// DefaultHighWaterMark is stream.getDefaultHighWaterMark.
func DefaultHighWaterMark(l *loop.Loop, objectMode bool) int {
	d, ok := l.Slot(defaultsKey{}).(*Defaults)
	switch {
	case ok && objectMode:
		return d.Objects
	case ok:
		return d.Bytes
	case objectMode:
		return DefaultObjects
	}
	return DefaultBytes
}

// SetDefaultHighWaterMark is stream.setDefaultHighWaterMark, for the streams
// made later on l. n is not negative.
func SetDefaultHighWaterMark(l *loop.Loop, objectMode bool, n int) {
	d, ok := l.Slot(defaultsKey{}).(*Defaults)
	if !ok {
		d = &Defaults{DefaultBytes, DefaultObjects}
		l.SetSlot(defaultsKey{}, d)
	}
	if objectMode {
		d.Objects = n
	} else {
		d.Bytes = n
	}
}
