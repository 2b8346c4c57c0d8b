package http

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

var noChunk buffer.Chunk

// IncomingMessage is a request as a server sees it, or a response as a client
// does (https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpincomingmessage).
type IncomingMessage struct {
	stream.Stream
	loop *loop.Loop

	Conn Conn // socket

	HTTPVersionMajor, HTTPVersionMinor int
	URL                                string
	Method                             string // requests
	StatusCode                         int    // responses
	StatusMessage                      string
	RawHeaders, RawTrailers            []string // name, value, name, value, …
	kept                               int      // entries of RawHeaders that the headers object is built from

	Complete, Aborted, Upgrade bool
	JoinDuplicateHeaders       bool
	Consumed, Dumped           bool // _consumed, _dumped
	IsRequest                  bool
	HasHead                    bool           // the version, and the fields after it, are those of a head that was read
	Request                    *ClientRequest // req, of a response
	Response                   *ServerResponse
}

// NewIncomingMessage returns a message on a transport, which may be nil.
func NewIncomingMessage(l *loop.Loop, host events.Host, c Conn) *IncomingMessage {
	m := &IncomingMessage{}
	m.InitIncoming(l, host, m, c)
	return m
}

// InitIncoming prepares m, which self embeds.
func (m *IncomingMessage) InitIncoming(l *loop.Loop, host events.Host, self any, c Conn) {
	o := stream.ReadableOptions()
	if c != nil {
		o.ReadableHighWaterMark = c.AsStream().ReadableHighWaterMark()
	}
	m.loop, m.Conn = l, c
	m.Stream.Init(l, host, self, m, o)
	m.SetReadableIs(stream.ReadingMore, true)
}

// ReadImpl is _read: the first read lets the transport go on.
func (m *IncomingMessage) ReadImpl(int) {
	if !m.Consumed {
		m.SetReadableIs(stream.ReadingMore, false)
		m.Consumed = true
	}
	if m.Conn != nil && m.Conn.AsStream().Readable() {
		readStart(m.Conn)
	}
}

// DestroyImpl is _destroy: a message that was not read to its end takes its
// transport with it.
func (m *IncomingMessage) DestroyImpl(err error, done func(error)) {
	if !m.ReadableEnded() || !m.Complete {
		m.Aborted = true
		m.Emit("aborted")
	}
	if m.Conn == nil || m.Conn.AsStream().Destroyed() || !m.Aborted {
		m.loop.NextTick(&destroyedTick{m, err, done})
		return
	}
	m.Conn.AsStream().Destroy(err)
	stream.Finished(m.Conn.AsStream(), stream.FinishedOptions{}, func(e error) {
		if nodeerr.Code(e) == "ERR_STREAM_PREMATURE_CLOSE" {
			e = nil
		}
		if e == nil {
			e = err
		}
		m.loop.NextTick(&destroyedTick{m, e, done})
	})
}

// destroyedTick ends a destroy. An error that nobody listens for is dropped.
type destroyedTick struct {
	m    *IncomingMessage
	err  error
	done func(error)
}

// Run is the tick.
func (t *destroyedTick) Run() {
	if t.m.ListenerCount("error") == 0 {
		t.err = nil
	}
	t.done(t.err)
}

// SetTimeout sets the socket's timeout; cb listens for 'timeout'.
func (m *IncomingMessage) SetTimeout(ms int64, cb func()) {
	if cb != nil {
		m.On("timeout", func(...any) { cb() })
	}
	if m.Conn != nil {
		setTimeout(m.Conn, ms)
	}
}

// Dump is this._dump(): what nobody will read is thrown away.
func (m *IncomingMessage) Dump() {
	if o := m.Override(events.MethodDump); o != nil {
		o.Call()
		return
	}
	m.BaseDump()
}

// BaseDump is IncomingMessage.prototype._dump.
func (m *IncomingMessage) BaseDump() {
	if m.Dumped {
		return
	}
	m.Dumped = true
	m.RemoveAll(events.Name("data"))
	m.Resume()
}

// wanted reports whether the program reads the message, or will.
func (m *IncomingMessage) wanted() bool {
	return m.ReadableIs(stream.ResumeScheduled)
}

// discard is Dump for a message that nobody looks at: it is over at once. It
// reports whether that was so.
func (m *IncomingMessage) discard() bool {
	if !m.Complete || m.Dumped || m.Override(events.MethodDump) != nil || !m.EndUnseen() {
		return false
	}
	m.Dumped, m.Consumed = true, true
	return true
}

// endAtOnce ends a message that announced no body before anybody is told of it
// (the server's optimizeEmptyRequests).
func (m *IncomingMessage) endAtOnce() {
	m.SetReadableIs(stream.ReadableEndedFlag, true)
	m.Complete = true
	m.discard()
	m.Complete = false
}

// take fills the message from a parsed head.
func (m *IncomingMessage) take(h *parser.Head, maxPairs int) {
	m.HTTPVersionMajor, m.HTTPVersionMinor = int(h.Major), int(h.Minor)
	m.RawHeaders, m.kept = rawFields(&h.Fields, maxPairs)
	m.IsRequest = h.Kind == parser.Request
	if m.IsRequest {
		m.URL = latin1Text(h.URL())
		m.Method = h.Method.String()
	} else {
		m.StatusCode = h.Status
		m.StatusMessage = latin1Text(h.StatusMessage())
	}
	m.Upgrade, m.HasHead = h.Upgrade, true
}

func latin1Text(b []byte) string { return buffer.Decode(b, buffer.Latin1) }

// rawFields copies header lines: one string that holds them all, cut into
// names and values.
func rawFields(f *parser.Fields, maxPairs int) (raw []string, kept int) {
	n := f.Len()
	if n == 0 {
		return nil, 0
	}
	keep, object := parser.KeptPairs(n, maxPairs)
	raw = make([]string, 0, 2*keep)
	block := f.Block()
	ascii := block.IsASCII()
	for i := 0; i < keep; i++ {
		name, value := f.NameIn(block, i), f.ValueIn(block, i)
		if !ascii {
			value = latin1Text([]byte(value))
		}
		raw = append(raw, name, value)
	}
	return raw, 2 * object
}

// AddLines adds header lines (name, value, …), as _addHeaderLines: to the
// trailers of a complete message, else to the headers.
func (m *IncomingMessage) AddLines(raw []string) {
	if m.Complete {
		m.RawTrailers = append(m.RawTrailers, raw...)
		return
	}
	m.RawHeaders = append(m.RawHeaders, raw...)
	m.kept = len(m.RawHeaders)
}

// Header returns the value of a header for Go programs: the first one, or all
// joined, by Node's rule for that name; key is in lower case.
func (m *IncomingMessage) Header(key string) string {
	v, _ := m.header(key)
	return v
}

// HasHeader reports whether the message has a header; key is in lower case.
func (m *IncomingMessage) HasHeader(key string) bool {
	for i := 0; i+1 < m.kept; i += 2 {
		if equalFold(m.RawHeaders[i], key) {
			return true
		}
	}
	return false
}

func (m *IncomingMessage) header(key string) (string, bool) {
	value, found := "", false
	for i := 0; i+1 < m.kept; i += 2 {
		if !equalFold(m.RawHeaders[i], key) {
			continue
		}
		if !found {
			value, found = m.RawHeaders[i+1], true
			continue
		}
		switch joining(key) {
		case joinSemicolon:
			value += "; " + m.RawHeaders[i+1]
		case joinComma, joinList:
			value += ", " + m.RawHeaders[i+1]
		case joinFirst:
			if m.JoinDuplicateHeaders {
				value += ", " + m.RawHeaders[i+1]
			}
		}
	}
	return value, found
}

// Entry is one property of headers: a text, or a list for set-cookie.
type Entry struct {
	Key   string
	Value string
	List  []string
}

// HeaderEntries builds what message.headers shows, in the order of first
// appearance.
func (m *IncomingMessage) HeaderEntries() []Entry {
	return entries(m.RawHeaders[:m.kept], m.JoinDuplicateHeaders)
}

// TrailerEntries builds what message.trailers shows.
func (m *IncomingMessage) TrailerEntries() []Entry {
	return entries(m.RawTrailers, m.JoinDuplicateHeaders)
}

// Distinct builds headersDistinct and trailersDistinct: every value in a list.
func Distinct(raw []string) []Entry {
	var out []Entry
	for i := 0; i+1 < len(raw); i += 2 {
		key, _ := parser.LowerName([]byte(raw[i]))
		if j := findEntry(out, key); j >= 0 {
			out[j].List = append(out[j].List, raw[i+1])
			continue
		}
		out = append(out, Entry{Key: key, List: []string{raw[i+1]}})
	}
	return out
}

// KeptHeaders is the part of RawHeaders that the headers objects are built
// from.
func (m *IncomingMessage) KeptHeaders() []string { return m.RawHeaders[:m.kept] }

func entries(raw []string, join bool) []Entry {
	out := make([]Entry, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		out = AddEntry(out, raw[i], raw[i+1], join)
	}
	return out
}

// AddEntry adds a header line by Node's rule for its name.
func AddEntry(out []Entry, name, value string, join bool) []Entry {
	key := lower(name)
	j := findEntry(out, key)
	rule := joining(key)
	if j < 0 {
		if rule == joinList {
			return append(out, Entry{Key: key, List: []string{value}})
		}
		return append(out, Entry{Key: key, Value: value})
	}
	switch rule {
	case joinList:
		out[j].List = append(out[j].List, value)
	case joinSemicolon:
		out[j].Value += "; " + value
	case joinComma:
		out[j].Value += ", " + value
	case joinFirst:
		if join {
			out[j].Value += ", " + value
		}
	}
	return out
}

func findEntry(list []Entry, key string) int {
	for i := range list {
		if list[i].Key == key {
			return i
		}
	}
	return -1
}

type joinRule uint8

const (
	joinComma joinRule = iota
	joinFirst
	joinSemicolon
	joinList
)

// joining is what happens to a header that comes twice
// (https://nodejs.org/docs/latest-v24.x/api/http.html#messageheaders).
func joining(key string) joinRule {
	switch key {
	case "age", "authorization", "content-length", "content-type", "etag", "expires", "from", "host",
		"if-modified-since", "if-unmodified-since", "last-modified", "location", "max-forwards",
		"proxy-authorization", "referer", "retry-after", "server", "user-agent":
		return joinFirst
	case "cookie":
		return joinSemicolon
	case "set-cookie":
		return joinList
	}
	return joinComma
}
