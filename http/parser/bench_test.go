package parser

import (
	"strings"
	"testing"
)

// silent is a Handler that only counts.
type silent struct{ heads, bytes, done int }

func (s *silent) OnMessageBegin()                           {}
func (s *silent) OnHeadersComplete(h *Head) (Action, error) { s.heads++; return Continue, nil }
func (s *silent) OnBody(b []byte) error                     { s.bytes += len(b); return nil }
func (s *silent) OnMessageComplete(*Fields) error           { s.done++; return nil }

const (
	simpleGet  = "GET /hello HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"
	browserGet = "GET /articles/2026/09/some-slug?utm_source=feed&page=2 HTTP/1.1\r\n" +
		"Host: www.example.com\r\nConnection: keep-alive\r\nCache-Control: max-age=0\r\n" +
		"sec-ch-ua: \"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\"\r\nsec-ch-ua-mobile: ?0\r\n" +
		"Upgrade-Insecure-Requests: 1\r\n" +
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\r\n" +
		"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n" +
		"Sec-Fetch-Site: same-origin\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" +
		"Accept-Language: en-GB,en;q=0.9\r\nCookie: session=0123456789abcdef0123456789abcdef; theme=dark\r\n\r\n"
	response = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: Mon, 21 Sep 2026 10:00:00 GMT\r\n" +
		"Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 13\r\n\r\nHello, World!"
)

var chunkedPost = "POST /upload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" +
	strings.Repeat("400\r\n"+strings.Repeat("x", 1024)+"\r\n", 4) + "0\r\n\r\n"

func BenchmarkExecute(b *testing.B) {
	for _, c := range []struct {
		name, input string
		kind        Kind
	}{
		{"get", simpleGet, Request},
		{"browser", browserGet, Request},
		{"chunked", chunkedPost, Request},
		{"response", response, Response},
	} {
		b.Run(c.name, func(b *testing.B) {
			h := new(silent)
			p := New(h, Options{Kind: c.kind})
			in := []byte(c.input)
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				if n, err := p.Execute(in); n != len(in) || err != nil {
					b.Fatal(n, err)
				}
			}
			if h.done != h.heads {
				b.Fatal(h)
			}
		})
	}
}
