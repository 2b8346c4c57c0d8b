package parser

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/spindle-js/spindle/nodeerr"
)

// hooks is a Handler made of functions; those that are nil do nothing.
type hooks struct {
	begin    func()
	headers  func(h *Head) (Action, error)
	body     func(b []byte) error
	complete func(t *Fields) error
}

func (h *hooks) OnMessageBegin() {
	if h.begin != nil {
		h.begin()
	}
}

func (h *hooks) OnHeadersComplete(x *Head) (Action, error) {
	if h.headers == nil {
		return Continue, nil
	}
	return h.headers(x)
}

func (h *hooks) OnBody(b []byte) error {
	if h.body == nil {
		return nil
	}
	return h.body(b)
}

func (h *hooks) OnMessageComplete(t *Fields) error {
	if h.complete == nil {
		return nil
	}
	return h.complete(t)
}

const twoChunks = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"

func TestErrorIsNodes(t *testing.T) {
	p := New(new(silent), Options{})
	n, err := p.Execute([]byte("GET / HTTP/1.1\r\nX : a\r\n\r\n"))
	var e *nodeerr.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if n != 17 || e.Code != "HPE_INVALID_HEADER_TOKEN" || e.Message != "Parse Error: Invalid header token" ||
		!slices.Equal(e.Props, []nodeerr.Prop{{Key: "bytesParsed", Value: 17}, {Key: "reason", Value: "Invalid header token"}}) {
		t.Fatalf("%d %+v", n, e)
	}
	if m, again := p.Execute([]byte("GET")); again != err || m != n || p.Err() != err {
		t.Fatal("the error state does not last:", m, again)
	}
	if err := p.Finish(); err != nil {
		t.Fatal("Finish after an error:", err)
	}
	p.Reset(new(silent), Options{})
	if n, err := p.Execute([]byte(simpleGet)); n != len(simpleGet) || err != nil {
		t.Fatal("after Reset:", n, err)
	}
}

// Where Node drains its queues within one packet: behind each part of a body,
// behind each batch of 31 header lines as soon as another line has a name, behind
// trailers, and, after either of these, behind each head of the connection.
func TestYield(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("A: b\r\n", n) }
	chunked := "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
	for _, c := range []struct {
		name    string
		flushed bool
		in      []string
		want    string
	}{
		{"parts of a body", false, []string{twoChunks, "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi"},
			"headers abc drain defg drain complete headers hi drain complete"},
		{"nothing else", false, []string{"GET / HTTP/1.1\r\n" + lines(31) + "\r\n" + simpleGet}, "headers complete headers complete"},
		{"more lines than a batch", false, []string{"GET / HTTP/1.1\r\n" + lines(32) + "\r\n" + simpleGet},
			"drain drain headers complete drain headers complete"},
		{"several batches", false, []string{"GET / HTTP/1.1\r\n" + lines(63) + "\r\n"}, "drain drain drain headers complete"},
		{"trailers", false, []string{chunked + "1\r\na\r\n0\r\nX: y\r\n\r\n" + simpleGet},
			"headers a drain drain complete drain headers complete"},
		{"no trailers", false, []string{chunked + "0\r\n\r\n" + simpleGet}, "headers complete headers complete"},
		{"many trailers", false, []string{chunked + "0\r\n" + lines(32) + "\r\n"}, "headers drain drain complete"},
		{"before", true, []string{simpleGet}, "drain headers complete"},
		{"a name that is none", false, []string{"GET / HTTP/1.1\r\n" + lines(31) + "A \r\n\r\n"}, "HPE_INVALID_HEADER_TOKEN"},
		{"a value that is none", false, []string{"GET / HTTP/1.1\r\n" + lines(31) + "A: \x00\r\n\r\n"}, "drain HPE_INVALID_HEADER_TOKEN"},
		{"too much", false, []string{"GET / HTTP/1.1\r\n" + lines(31) + strings.Repeat("n", DefaultMaxHeaderSize) + ": b\r\n\r\n"},
			"drain HPE_HEADER_OVERFLOW"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log []string
			p := New(&hooks{
				headers:  func(*Head) (Action, error) { log = append(log, "headers"); return Continue, nil },
				body:     func(b []byte) error { log = append(log, string(b)); return nil },
				complete: func(*Fields) error { log = append(log, "complete"); return nil },
			}, Options{Yield: true, Flushed: c.flushed})
			for _, in := range c.in {
				for rest := []byte(in); ; {
					n, err := p.Execute(rest)
					if err != nil {
						log = append(log, nodeerr.Code(err))
						break
					}
					if rest = rest[n:]; !p.Yielded() {
						if len(rest) > 0 {
							t.Fatalf("%q is left", rest)
						}
						break
					}
					log = append(log, "drain")
				}
			}
			if got := strings.Join(log, " "); got != c.want {
				t.Fatalf("got  %s\nwant %s", got, c.want)
			}
			if want := strings.Contains(c.want, "drain") && c.name != "parts of a body"; p.Flushed() != want {
				t.Errorf("Flushed is %v", p.Flushed())
			}
		})
	}
}

func TestPause(t *testing.T) {
	for _, yield := range []bool{false, true} {
		var p *Parser
		bodies, done := 0, 0
		p = New(&hooks{
			headers:  func(*Head) (Action, error) { p.Pause(); return Continue, nil },
			body:     func([]byte) error { bodies++; return nil },
			complete: func(*Fields) error { done++; return nil },
		}, Options{Yield: yield})
		rest := []byte(twoChunks)
		for more := true; more; more = p.Yielded() {
			n, err := p.Execute(rest)
			if err != nil {
				t.Fatal("the input in progress is read to its end:", err)
			}
			rest = rest[n:]
		}
		if bodies != 2 || done != 1 {
			t.Fatal(bodies, done)
		}
		if n, err := p.Execute([]byte("GET")); n != 0 || nodeerr.Code(err) != "HPE_PAUSED" {
			t.Fatal(n, err)
		}
		p.Resume()
		if n, err := p.Execute([]byte("GET")); n != 3 || err != nil {
			t.Fatal(n, err)
		}
	}
}

func TestCallbackErrors(t *testing.T) {
	boom := errors.New("boom")
	for _, c := range []struct {
		name, later string
		at          int
		h           *hooks
	}{
		{"headers", "HPE_CB_HEADERS_COMPLETE", 47, &hooks{headers: func(*Head) (Action, error) { return Continue, boom }}},
		{"action", "HPE_CB_HEADERS_COMPLETE", 47, &hooks{headers: func(*Head) (Action, error) { return 7, nil }}},
		{"body", "HPE_JS_EXCEPTION", 53, &hooks{body: func([]byte) error { return boom }}},
		{"complete", "HPE_CB_MESSAGE_COMPLETE", len(twoChunks), &hooks{complete: func(*Fields) error { return boom }}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := New(c.h, Options{})
			n, err := p.Execute([]byte(twoChunks))
			if n != c.at || c.name != "action" && err != boom {
				t.Fatal(n, err)
			}
			if _, err := p.Execute([]byte(twoChunks)); nodeerr.Code(err) != c.later {
				t.Fatal(err)
			}
		})
	}
}

func TestPanicUnwinds(t *testing.T) {
	throw := func() { panic("thrown") }
	for _, c := range []struct {
		later string
		h     *hooks
	}{
		{"HPE_JS_EXCEPTION", &hooks{begin: throw}},
		{"HPE_CB_HEADERS_COMPLETE", &hooks{headers: func(*Head) (Action, error) { throw(); return 0, nil }}},
		{"HPE_JS_EXCEPTION", &hooks{body: func([]byte) error { throw(); return nil }}},
		{"HPE_CB_MESSAGE_COMPLETE", &hooks{complete: func(*Fields) error { throw(); return nil }}},
	} {
		p := New(c.h, Options{})
		func() {
			defer func() {
				if recover() != "thrown" {
					t.Error("the panic did not come through")
				}
			}()
			p.Execute([]byte(twoChunks))
		}()
		if _, err := p.Execute(nil); nodeerr.Code(err) != c.later {
			t.Fatal(err)
		}
		p.Reset(new(silent), Options{})
	}
}

func TestPutDuringCallbacks(t *testing.T) {
	for i, name := range []string{"begin", "headers", "body", "complete"} {
		var p *Parser
		var log []string
		step := func(at int, s string) {
			log = append(log, s)
			if at == i {
				Put(p)
			}
		}
		p = New(&hooks{
			begin:    func() { step(0, "begin") },
			headers:  func(*Head) (Action, error) { step(1, "headers"); return Continue, nil },
			body:     func([]byte) error { step(2, "body"); return nil },
			complete: func(*Fields) error { step(3, "complete"); return nil },
		}, Options{})
		if _, err := p.Execute([]byte(twoChunks + twoChunks)); err != nil {
			t.Fatal(name, err)
		}
		if log[len(log)-1] != name {
			t.Fatalf("callbacks after Put in %s: %v", name, log)
		}
		if q := Get(new(silent), Options{}); q != p {
			t.Fatal("the parser did not reach the free list")
		}
	}
}

func TestFreeListIsBounded(t *testing.T) {
	all := make([]*Parser, FreeListMax+50)
	for i := range all {
		all[i] = Get(new(silent), Options{})
	}
	for _, p := range all {
		Put(p)
	}
	if n := len(free.list); n != FreeListMax {
		t.Fatalf("%d parsers are kept", n)
	}
	free.list = nil
}

func TestHeadTellsWhatTheConsumerNeeds(t *testing.T) {
	var got Head
	p := New(&hooks{headers: func(h *Head) (Action, error) { got = *h; return Continue, nil }}, Options{})
	p.Execute([]byte("POST /a HTTP/1.1\r\nHost:\r\nExpect: 100-continue\r\nConnection: close, upgrade\r\n" +
		"Upgrade: x\r\nContent-Length: 7\r\n\r\n"))
	if got.Method != POST || got.ContentLength != 7 || !got.HasContentLength || got.Chunked || !got.HasHost ||
		!got.HasExpect || !got.ConnectionClose || !got.ConnectionUpgrade || got.ConnectionKeepAlive ||
		!got.HasUpgrade || !got.Upgrade || got.ShouldKeepAlive {
		t.Errorf("%+v", got)
	}
	if v, ok := got.Get("expect"); !ok || string(v) != "100-continue" {
		t.Errorf("Get: %q %v", v, ok)
	}
	if _, ok := got.Get("cookie"); ok {
		t.Error("Get finds what is not there")
	}
	p.Reset(p.handler, Options{Kind: Response})
	p.Execute([]byte("HTTP/1.0 200 Fine\r\nTransfer-Encoding: gzip, chunked\r\nConnection: keep-alive\r\n\r\n"))
	if got.Status != 200 || got.Minor != 0 || !got.Chunked || !got.TransferEncoding || got.HasContentLength ||
		!got.ConnectionKeepAlive || !got.ShouldKeepAlive || got.HasHost || got.HasExpect || got.Upgrade {
		t.Errorf("%+v", got)
	}
}

// What nothing counts must not be kept either, or a peer could fill memory.
func TestBlanksAreNotKept(t *testing.T) {
	p := New(new(silent), Options{})
	blanks := []byte(strings.Repeat(" ", 4096))
	feed := func(s string) {
		if _, err := p.Execute([]byte(s)); err != nil {
			t.Fatal(err)
		}
		for range 100 {
			if _, err := p.Execute(blanks); err != nil {
				t.Fatal(err)
			}
		}
	}
	feed("GET ")
	feed("/ ")
	feed("HTTP/1.1\r\nX:")
	p.Reset(p.handler, Options{Lenient: LenientHeaders})
	blanks = []byte(strings.Repeat("\r\n ", 1024))
	feed("GET / HTTP/1.1\r\nX:")
	if cap(p.arena) > 1024 {
		t.Fatalf("%d bytes are held", cap(p.arena))
	}
}

func TestNoAllocations(t *testing.T) {
	for _, in := range []struct {
		text string
		kind Kind
	}{{simpleGet, Request}, {browserGet, Request}, {chunkedPost, Request}, {response, Response}} {
		b := []byte(in.text)
		for _, cut := range []int{0, 10, 40} {
			h := new(silent)
			n := testing.AllocsPerRun(100, func() {
				p := Get(h, Options{Kind: in.kind})
				p.Execute(b[:cut])
				p.Execute(b[cut:])
				Put(p)
			})
			if n != 0 {
				t.Errorf("%.20q cut at %d: %v allocations", in.text, cut, n)
			}
			if h.done == 0 || h.done != h.heads {
				t.Errorf("%.20q cut at %d: %d heads, %d done", in.text, cut, h.heads, h.done)
			}
		}
	}
}
