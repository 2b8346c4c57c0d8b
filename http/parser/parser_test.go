package parser

import (
	"testing"

	"github.com/spindle-js/spindle/nodeerr"
)

func TestExecuteReportsHead(t *testing.T) {
	h := &recorder{}
	p := Get(h, Options{})
	defer Put(p)
	if n, err := p.Execute([]byte(browserGet)); n != len(browserGet) || err != nil {
		t.Fatal(n, err)
	}
	if h.url != "/articles/2026/09/some-slug?utm_source=feed&page=2" || h.lines != 12 {
		t.Fatalf("url %q, %d lines", h.url, h.lines)
	}
}

func TestErrorHasCodeAndPosition(t *testing.T) {
	p := New(&recorder{}, Options{})
	n, err := p.Execute([]byte("GET / HTTP/1.1\r\nX : a\r\n\r\n"))
	if n != 17 || nodeerr.Code(err) != "HPE_INVALID_HEADER_TOKEN" || err.Error() != "Parse Error: Invalid header token" {
		t.Fatal(n, err)
	}
	if m, again := p.Execute([]byte("GET")); again.Error() != err.Error() || m != n {
		t.Fatal("the error state does not last:", m, again)
	}
}

type recorder struct {
	silent
	url   string
	lines int
}

func (r *recorder) OnHeadersComplete(h *Head) (Action, error) {
	r.url, r.lines = string(h.URL()), h.Len()
	return Continue, nil
}
