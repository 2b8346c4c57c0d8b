package protocol

import "time"

// Padding says how frames are padded.
type Padding int

// The strategies: none, up to a multiple of 8, or as much as fits.
const (
	PadNone Padding = iota
	PadAligned
	PadMax
)

// Options are what Node lets a program choose for a connection
// (https://nodejs.org/docs/latest-v24.x/api/http2.html#http2createserveroptions-onrequesthandler).
type Options struct {
	MaxDeflateDynamicTableSize uint32 // bytes
	MaxHeaderListPairs         int
	MaxOutstandingPings        int
	MaxOutstandingSettings     int
	MaxReservedRemoteStreams   int
	MaxSendHeaderBlockLength   int // bytes
	MaxSessionMemory           int // bytes
	MaxSettings                int // entries of one frame
	MaxSessionInvalidFrames    int
	MaxSessionRejectedStreams  int
	PeerMaxConcurrentStreams   uint32
	Padding                    Padding
	StreamResetBurst           uint64
	StreamResetRate            uint64 // per second
	// Separate makes Flush return each frame, and each part of a DATA frame, on its
	// own.
	Separate bool
	// LaxWhitespace lets fields begin and end with blanks.
	LaxWhitespace bool
	// RemoteCustom lists the identifiers of further settings that are kept.
	RemoteCustom []uint16
	// Now is the clock of the reset limit; nil is time.Now.
	Now func() time.Time
}

// NewOptions returns Node's defaults.
func NewOptions() Options {
	return Options{
		MaxDeflateDynamicTableSize: 4096, MaxHeaderListPairs: 128, MaxOutstandingPings: 10, MaxOutstandingSettings: 10,
		MaxReservedRemoteStreams: 200, MaxSendHeaderBlockLength: 65536, MaxSessionMemory: 10_000_000, MaxSettings: 32,
		MaxSessionInvalidFrames: 1000, MaxSessionRejectedStreams: 100, PeerMaxConcurrentStreams: 100,
		StreamResetBurst: 1000, StreamResetRate: 33,
	}
}
