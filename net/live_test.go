package net

import (
	"strings"
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
)

// The table has a row for whatever holds a descriptor, with what waits in it, and
// none when that is closed.
func TestLiveSockets(t *testing.T) {
	find := func(rows []LiveSocket, s *Socket, v *Server) *LiveSocket {
		for i := range rows {
			if rows[i].Socket == s && rows[i].Server == v {
				return &rows[i]
			}
		}
		return nil
	}
	const size = 8 << 20 // more than the system takes
	run(t, func(l *loop.Loop) {
		if rows := LiveSockets(l); len(rows) != 0 {
			t.Errorf("before: %v", rows)
		}
		var accepted, c *Socket
		var s *Server
		look := func() {
			rows := LiveSockets(l)
			if len(rows) != 3 {
				t.Errorf("%d rows: %v", len(rows), rows)
			}
			srv, out, in := find(rows, nil, s), find(rows, accepted, nil), find(rows, c, nil)
			if srv == nil || out == nil || in == nil {
				t.Fatalf("rows are missing: %v", rows)
			}
			if srv.State != "listening" || srv.Connections != 1 || !srv.Referenced || srv.Local.Port == 0 {
				t.Errorf("the server: %+v", srv)
			}
			if out.State != "open" || out.WriteBuffered < 1<<20 || out.WriteBuffered > size || out.Remote != in.Local || out.Local != in.Remote || out.Pipe {
				t.Errorf("the writing side: %+v", out)
			}
			if in.State != "open" || in.ReadBuffered != 5 || in.BytesRead != 5 || !in.Reading || in.Referenced {
				t.Errorf("the reading side: %v reading %v referenced %v read %d", in, in.Reading, in.Referenced, in.BytesRead)
			}
			if text := in.String(); !strings.HasPrefix(text, "127.0.0.1:") || !strings.HasSuffix(text, " open, 5 bytes not read, 0 not taken") {
				t.Errorf("%q", text)
			}
			if text := srv.String(); !strings.HasSuffix(text, " listening, 1 connections") {
				t.Errorf("%q", text)
			}
			c.Destroy(nil)
			accepted.Destroy(nil)
			s.Close(func(error) {
				if rows := LiveSockets(l); len(rows) != 0 {
					t.Errorf("after: %v", rows)
				}
			})
		}
		s = listen(t, l, NewServerOptions(), func(a *Socket) {
			accepted = a
			a.On("error", func(...any) {})
			a.Write(buffer.Text("hello"), "", nil)
		}, func(_ *Server, port int) {
			c = dial(t, l, port, NewSocketOptions())
			c.On("error", func(...any) {})
			c.Once("readable", func(...any) {
				c.Unref()
				accepted.Write(buffer.Bytes(make([]byte, size)), "", nil)
				l.SetImmediate(loop.Func(look))
			})
		})
	})
}
