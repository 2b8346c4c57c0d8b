package http_test

import (
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/stream"
)

// sink is a transport that takes everything.
type sink struct{ bytes int }

func (s *sink) WriteImpl(c buffer.Chunk, _ string, done func(error)) {
	s.bytes += len(c.Bytes)
	done(nil)
}

func (s *sink) ReadImpl(int) {}

// BenchmarkResponse is the writer's half of a request: head and body of an
// answer, put together and handed to the transport.
func BenchmarkResponse(b *testing.B) {
	short := []http.Field{field("Content-Type", "text/plain"), field("Content-Length", "13")}
	long := append([]http.Field{field("Content-Length", "13")}, http.Field{Name: "Set-Cookie", Value: http.ListValue("a=1", "b=2")})
	for _, name := range []string{"Cache-Control", "ETag", "Vary", "X-Powered-By", "X-Request-Id", "Strict-Transport-Security"} {
		long = append(long, field(name, "some ordinary value"))
	}
	body := buffer.Text("Hello, world!")
	for name, fields := range map[string][]http.Field{"two-fields": short, "nine-fields": long, "implicit": nil} {
		b.Run(name, func(b *testing.B) {
			l, err := loop.New()
			if err != nil {
				b.Fatal(err)
			}
			defer l.Close()
			conn := stream.New(l, &sink{}, stream.DuplexOptions())
			req := http.NewIncomingMessage(l, nil, nil)
			req.HTTPVersionMajor, req.HTTPVersionMinor, req.Method = 1, 1, "GET"
			b.ReportAllocs()
			l.Callback(loop.Func(func() {
				for b.Loop() {
					res := http.NewServerResponse(l, nil, req)
					if err := res.AssignSocket(conn); err != nil {
						b.Fatal(err)
					}
					if fields != nil {
						if err := res.WriteHead(200, "", fields); err != nil {
							b.Fatal(err)
						}
					}
					res.End(body, "", nil)
					res.DetachSocket(conn)
					l.RunTicks()
				}
			}))
		})
	}
}
