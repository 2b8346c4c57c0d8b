package protocol

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// pair is a client and a server that hear each other.
type pair struct {
	client, server     *Conn
	atClient, atServer *witness
}

func newPair(t *testing.T, o Options) *pair {
	p := &pair{}
	p.client, p.atClient = side(t, false, o)
	p.server, p.atServer = side(t, true, o)
	return p
}

// settle moves bytes until neither side has any.
func (p *pair) settle() {
	for range 1000 {
		a, b := flush(p.client), flush(p.server)
		if len(a)+len(b) == 0 {
			return
		}
		p.server.Receive(a)
		p.client.Receive(b)
	}
}

var get = []Field{{Name: ":method", Value: "GET"}, {Name: ":path", Value: "/"}, {Name: ":scheme", Value: "http"}, {Name: ":authority", Value: "a"}}

func (p *pair) request(t *testing.T, o RequestOptions, fields ...Field) *Stream {
	t.Helper()
	s, err := p.client.Request(append(slices.Clone(get), fields...), o)
	if err != 0 {
		t.Fatal(err)
	}
	s.Owner = p.atClient
	s.ReadStart()
	return s
}

func TestExchange(t *testing.T) {
	for _, padding := range []Padding{PadNone, PadAligned, PadMax} {
		o := NewOptions()
		o.Padding = padding
		p := newPair(t, o)
		p.request(t, RequestOptions{EndStream: true})
		p.settle()
		want := []string{"settings", "headers :method=GET :path=/ :scheme=http :authority=a", "closed NGHTTP2_NO_ERROR"}
		if !slices.Equal(p.atServer.events, want) {
			t.Errorf("padding %d: server heard %q", padding, p.atServer.events)
		}
		want = []string{"settings", "headers :status=200", "data body", "end", "closed NGHTTP2_NO_ERROR"}
		if !slices.Equal(p.atClient.events, want) {
			t.Errorf("padding %d: client heard %q", padding, p.atClient.events)
		}
	}
}

// TestWindows sends more than the windows hold to a reader that pauses.
func TestWindows(t *testing.T) {
	p := newPair(t, NewOptions())
	s := p.request(t, RequestOptions{})
	body := bytes.Repeat([]byte("0123456789"), 30_000)
	left := 0
	for rest := body; len(rest) > 0; {
		n := min(50_000, len(rest))
		left++
		s.Write([][]byte{rest[:n]}, func(err error) {
			if err != nil {
				t.Error(err)
			}
			left--
		})
		rest = rest[n:]
	}
	s.Shutdown()
	got := func() (n int) {
		for _, e := range p.atServer.events {
			if d, ok := strings.CutPrefix(e, "data "); ok {
				n += len(d)
			}
		}
		return n
	}
	p.server.Receive(flush(p.client))
	p.server.Stream(1).ReadStop()
	p.settle()
	if n := got(); n > 2*65535 {
		t.Errorf("%d bytes came although nobody reads", n)
	}
	p.server.Stream(1).ReadStart()
	p.settle()
	if n := got(); n != len(body) || left != 0 {
		t.Errorf("%d bytes came of %d, %d writes are left", n, len(body), left)
	}
}

// TestLimits has what a side does not let its peer do.
func TestLimits(t *testing.T) {
	now := time.Unix(1000, 0)
	tests := []struct {
		name   string
		change func(o *Options)
		act    func(p *pair)
		failed LibError // what the server fails with
		heard  string   // what the client hears
	}{
		{"too many header fields", func(o *Options) { o.MaxHeaderListPairs = 6 }, func(p *pair) {
			p.request(t, RequestOptions{EndStream: true}, Field{Name: "a"}, Field{Name: "b"}, Field{Name: "c"})
		}, 0, "closed NGHTTP2_ENHANCE_YOUR_CALM"},
		{"headers too large to send", func(o *Options) { o.MaxSendHeaderBlockLength = 100 }, func(p *pair) {
			p.request(t, RequestOptions{EndStream: true}, Field{Name: "a", Value: strings.Repeat("x", 100)})
		}, 0, "frame error NGHTTP2_FRAME_SIZE_ERROR"},
		{"memory", func(o *Options) { o.MaxSessionMemory = 2000 }, func(p *pair) {
			for range 10 {
				p.request(t, RequestOptions{})
			}
		}, 0, "closed NGHTTP2_ENHANCE_YOUR_CALM"},
		{"rapid reset", func(o *Options) { o.StreamResetBurst, o.Now = 5, func() time.Time { return now } }, func(p *pair) {
			for range 10 {
				s := p.request(t, RequestOptions{})
				p.server.Receive(flush(p.client))
				s.Reset(Cancel)
			}
		}, 0, "goaway NGHTTP2_INTERNAL_ERROR "},
		{"a flood of pings", nil, func(p *pair) {
			p.settle()
			for range 1001 {
				p.server.Receive([]byte{0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8})
			}
		}, ErrFlooded, "goaway NGHTTP2_INTERNAL_ERROR "},
		{"empty DATA", func(o *Options) { o.MaxSessionInvalidFrames = 3 }, func(p *pair) {
			p.request(t, RequestOptions{})
			p.settle()
			for range 5 {
				p.server.Receive([]byte{0, 0, 0, 0, 0, 0, 0, 0, 1})
			}
		}, ErrCallbackFailure, "goaway NGHTTP2_INTERNAL_ERROR "},
		{"too many settings", func(o *Options) { o.MaxSettings = 1 }, func(p *pair) {
			p.client.Settings([]Setting{{1, 1}, {3, 3}}, nil)
		}, 0, "goaway NGHTTP2_ENHANCE_YOUR_CALM SETTINGS: too many setting entries"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := NewOptions()
			if tt.change != nil {
				tt.change(&o)
			}
			p := newPair(t, o)
			tt.act(p)
			p.settle()
			if tt.failed != 0 && !slices.Contains(p.atServer.failed, tt.failed) {
				t.Errorf("the server failed with %v, want %v", p.atServer.failed, tt.failed)
			}
			if !slices.Contains(p.atClient.events, tt.heard) {
				t.Errorf("the client heard %q, want %q", p.atClient.events, tt.heard)
			}
		})
	}
}

// TestConcurrency holds requests back that the peer's limit does not admit yet.
func TestConcurrency(t *testing.T) {
	p := newPair(t, NewOptions())
	p.settle()
	p.server.Settings([]Setting{{SettingMaxConcurrentStreams, 2}}, nil)
	p.settle()
	for range 5 {
		p.request(t, RequestOptions{EndStream: true})
	}
	first := flush(p.client)
	if n := len(p.client.waiting); n != 3 {
		t.Errorf("%d requests wait, want 3", n)
	}
	p.server.Receive(first)
	p.settle()
	if n := len(p.atClient.closed); n != 5 {
		t.Errorf("%d streams have ended, want 5", n)
	}
}

// TestAnswers tells those who wait for the peer's answer, and cancels the rest.
func TestAnswers(t *testing.T) {
	o := NewOptions()
	o.MaxOutstandingPings, o.MaxOutstandingSettings = 1, 2
	p := newPair(t, o)
	var got []string
	ping := func() bool {
		return p.client.Ping([8]byte{'p'}, func(ok bool, _ []byte) {
			if ok {
				got = append(got, "ping")
			} else {
				got = append(got, "ping cancelled")
			}
		})
	}
	if !ping() || ping() {
		t.Error("one ping is to be let through, and no second one")
	}
	if !p.client.Settings(nil, func(ok bool) { got = append(got, "settings") }) || p.client.Settings(nil, nil) {
		t.Error("two settings are to be let through, and no third")
	}
	p.settle()
	ping()
	p.client.Cancel()
	if want := []string{"settings", "ping", "ping cancelled"}; !slices.Equal(got, want) && !slices.Equal(got, []string{"ping", "settings", "ping cancelled"}) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestDrop tells the writers of a stream that is given up.
func TestDrop(t *testing.T) {
	p := newPair(t, NewOptions())
	s := p.request(t, RequestOptions{})
	var got error
	s.Write([][]byte{[]byte("x")}, func(err error) { got = err })
	want := errors.New("dropped")
	s.Drop(want)
	if !errors.Is(got, want) {
		t.Errorf("the writer got %v", got)
	}
	if s.Destroy(); s.Write([][]byte{nil}, nil) {
		t.Error("a destroyed stream takes data")
	}
}
