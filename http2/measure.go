package http2

import (
	"time"

	"github.com/spindle-js/spindle/loop"
)

// Measured is what performance entries of type 'http2' tell
// (https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#performanceobserverobserveoptions).
type Measured struct {
	Name   string // "Http2Session" or "Http2Stream"
	Began  time.Time
	Detail []Detail
}

// Detail is one value of an entry's detail.
type Detail struct {
	Name  string
	Value any
}

type observerKey struct{}

// Observe makes f get the entries of a loop's sessions and streams as they end.
func Observe(l *loop.Loop, f func(Measured)) { l.SetSlot(observerKey{}, f) }

// streamStats are the times and bytes of one stream.
type streamStats struct {
	began, header, received, sentAt time.Time
	in, out                         int
}

func (x *streamStats) begin() {
	x.began = time.Now()
	x.header = x.began
}

func (x *streamStats) sent(n int) {
	if x.out == 0 {
		x.sentAt = time.Now()
	}
	x.out += n
}

func (x *streamStats) got(n int) {
	if x.in == 0 {
		x.received = time.Now()
	}
	x.in += n
}

func (x *streamStats) since(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Sub(x.began)) / float64(time.Millisecond)
}

// measure tells of a stream that has ended.
func (st *Stream) measure(s *Session) {
	s.streamTime += time.Since(st.stats.began)
	s.streamsDone++
	f, ok := s.loop.Slot(observerKey{}).(func(Measured))
	if !ok {
		return
	}
	x := &st.stats
	m := Measured{"Http2Stream", x.began, []Detail{{"bytesRead", x.in}, {"bytesWritten", x.out}, {"id", st.id}, {"timeToFirstByte", x.since(x.received)},
		{"timeToFirstByteSent", x.since(x.sentAt)}, {"timeToFirstHeader", x.since(x.header)}}}
	s.loop.QueueFirst(loop.Func(func() { f(m) }))
}

// measure tells of a session that has ended.
func (s *Session) measure() {
	f, ok := s.loop.Slot(observerKey{}).(func(Measured))
	if !ok {
		return
	}
	n := s.conn.Stats()
	kind, average := "server", 0.0
	if s.kind == ClientSession {
		kind = "client"
	}
	if s.streamsDone > 0 {
		average = float64(s.streamTime) / float64(s.streamsDone) / float64(time.Millisecond)
	}
	m := Measured{"Http2Session", s.started, []Detail{{"bytesWritten", int(n.BytesWritten)}, {"bytesRead", int(n.BytesRead)},
		{"framesReceived", n.FramesReceived}, {"framesSent", n.FramesSent}, {"maxConcurrentStreams", n.MaxStreams},
		{"pingRTT", float64(s.pingRTT) / float64(time.Millisecond)}, {"streamAverageDuration", average}, {"streamCount", n.StreamCount}, {"type", kind}}}
	s.loop.QueueFirst(loop.Func(func() { f(m) }))
}
