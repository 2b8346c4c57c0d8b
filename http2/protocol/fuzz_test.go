package protocol

import (
	"bytes"
	"testing"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// witness is a Handler that reads everything and answers requests.
type witness struct {
	c      *Conn
	events []string
	closed map[*Stream]bool
	t      *testing.T
	failed []LibError
}

func (w *witness) note(s string) { w.events = append(w.events, s) }

func (w *witness) Headers(s *Stream, cat Category, fields []Field, end bool) {
	if w.closed[s] {
		w.t.Error("headers after the stream was closed")
	}
	text := "headers"
	for _, f := range fields {
		text += " " + f.Name + "=" + f.Value
	}
	w.note(text)
	if s.Owner == nil {
		s.Owner = w
		s.ReadStart()
		if w.c.server && cat == CatRequest {
			s.Respond([]Field{{Name: ":status", Value: "200"}}, false, false)
			s.Write([][]byte{[]byte("body")}, nil)
			s.Shutdown()
		}
	}
}

func (w *witness) Data(s *Stream, p []byte) {
	if w.closed[s] {
		w.t.Error("data after the stream was closed")
	}
	w.note("data " + string(p))
}
func (w *witness) DataEnd(*Stream) { w.note("end") }
func (w *witness) StreamClosed(s *Stream, code Code) {
	if w.closed[s] {
		w.t.Error("a stream was closed twice")
	}
	w.closed[s] = true
	w.note("closed " + code.String())
}
func (w *witness) WantTrailers(s *Stream)              { s.Trailers(nil) }
func (w *witness) Settings()                           { w.note("settings") }
func (w *witness) Ping(p []byte)                       { w.note("ping " + string(p)) }
func (w *witness) Priority(_, _ uint32, _ int, _ bool) {}
func (w *witness) Goaway(code Code, _ uint32, data []byte) {
	w.note("goaway " + code.String() + " " + string(data))
}
func (w *witness) AltSvc(_ uint32, origin, value string) { w.note("altsvc " + origin + " " + value) }
func (w *witness) Origin(list []string)                  {}
func (w *witness) FrameError(_ uint32, _ int, code Code) { w.note("frame error " + code.String()) }
func (w *witness) Error(err LibError, custom string) {
	w.failed = append(w.failed, err)
	w.c.Terminate(InternalError)
}

func side(t *testing.T, server bool, o Options) (*Conn, *witness) {
	w := &witness{closed: map[*Stream]bool{}, t: t}
	c := New(server, w, o)
	w.c = c
	c.Settings(nil, nil)
	return c, w
}

// flush returns what a side sends, and tells it that all has left.
func flush(c *Conn) []byte {
	var out []byte
	for range 100 {
		bufs := c.Flush()
		out = append(out, bytes.Join(bufs, nil)...)
		c.Sent(nil)
		if len(bufs) == 0 {
			break
		}
	}
	return out
}

// FuzzReceive gives both sides a peer's bytes in pieces: nothing panics, no
// stream is told of after its end, and what is sent is whole frames.
func FuzzReceive(f *testing.F) {
	var good bytes.Buffer
	fr := http2.NewFramer(&good, nil)
	_ = fr.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 10})
	var blk bytes.Buffer
	enc := hpack.NewEncoder(&blk)
	for _, x := range []string{":method POST", ":path /", ":scheme http", ":authority a", "content-length 3"} {
		name, value, _ := bytes.Cut([]byte(x), []byte(" "))
		_ = enc.WriteField(hpack.HeaderField{Name: string(name), Value: string(value)})
	}
	_ = fr.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: blk.Bytes(), EndHeaders: true})
	_ = fr.WriteData(1, true, []byte("abc"))
	_ = fr.WritePing(false, [8]byte{1})
	_ = fr.WriteWindowUpdate(0, 100)
	_ = fr.WriteRSTStream(1, http2.ErrCodeCancel)
	_ = fr.WriteGoAway(0, http2.ErrCodeNo, []byte("bye"))
	_ = fr.WritePushPromise(http2.PushPromiseParam{StreamID: 1, PromiseID: 2, BlockFragment: blk.Bytes(), EndHeaders: true})
	_ = fr.WriteRawFrame(0xa, 0, 1, []byte("\x00\x00h2"))
	_ = fr.WriteRawFrame(0xc, 0, 0, []byte("\x00\x01a"))
	f.Add(good.Bytes(), uint8(7))
	f.Add(good.Bytes(), uint8(255))
	f.Fuzz(func(t *testing.T, p []byte, step uint8) {
		for _, server := range []bool{true, false} {
			c, _ := side(t, server, NewOptions())
			if server {
				c.Receive([]byte(http2.ClientPreface))
			} else {
				s, err := c.Request([]Field{{Name: ":method", Value: "POST"}, {Name: ":path", Value: "/"}}, RequestOptions{})
				if err != 0 {
					t.Fatal(err)
				}
				s.Owner = c
				s.ReadStart()
				s.Write([][]byte{bytes.Repeat([]byte("x"), 100)}, nil)
			}
			out := flush(c)
			n := int(step)%64 + 1
			for rest := p; len(rest) > 0; {
				m := min(n, len(rest))
				c.Receive(rest[:m])
				rest = rest[m:]
				out = append(out, flush(c)...)
			}
			if !server {
				out = bytes.TrimPrefix(out, []byte(http2.ClientPreface))
			}
			for len(out) > 0 {
				if len(out) < 9 {
					t.Fatalf("%d bytes that are no frame", len(out))
				}
				size := int(out[0])<<16 | int(out[1])<<8 | int(out[2]) + 9
				if size > len(out) {
					t.Fatalf("a frame of %d bytes in %d", size, len(out))
				}
				out = out[size:]
			}
		}
	})
}
