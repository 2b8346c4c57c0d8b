package http2_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
	"github.com/spindle-js/spindle/tls"
)

// rig is a server and a client on a loop of their own.
type rig struct {
	t      *testing.T
	l      *loop.Loop
	srv    *http2.PlainServer
	client *http2.Session
	log    []string
}

func (r *rig) note(format string, args ...any) { r.log = append(r.log, fmt.Sprintf(format, args...)) }

// end closes both.
func (r *rig) end() {
	r.client.Close(nil)
	r.srv.Shut(nil)
}

// run lets serve answer the streams and ask make requests, until nothing is
// alive.
func run(t *testing.T, o http2.Options, serve func(r *rig, st *http2.Stream, h *http2.Headers), ask func(r *rig)) *rig {
	t.Helper()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, l: l}
	r.srv = http2.NewServer(l, o, nil)
	r.srv.OnStream(func(st *http2.Stream, h *http2.Headers) { serve(r, st, h) })
	lo := net.NewListenOptions()
	lo.Host = "127.0.0.1"
	lo.Port = 0
	if err := r.srv.Listen(lo, events.NewListener(func(...any) {
		a, _, _ := r.srv.Address()
		var err error
		if r.client, err = http2.Connect(l, fmt.Sprintf("http://127.0.0.1:%d", a.Port), http2.NewOptions()); err != nil {
			t.Error(err)
			return
		}
		ask(r)
	}, true)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := l.Run(ctx); err != nil {
		t.Errorf("%v; heard %q", err, r.log)
	}
	if why := l.WhyAlive(); len(why) > 0 {
		t.Errorf("keeps the loop alive: %v", why)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	return r
}

// request makes a request and notes its events; done is called at 'close'.
func (r *rig) request(o http2.RequestOptions, done func(), pairs ...string) *http2.Stream {
	st, err := r.client.Request(http2.NewOutgoing(pairs...), o)
	if err != nil {
		r.t.Fatal(err)
	}
	body := 0
	st.On("response", func(a ...any) { r.note("response %d", a[0].(*http2.Headers).Status()) })
	st.On("headers", func(a ...any) { r.note("headers %d", a[0].(*http2.Headers).Status()) })
	st.On("trailers", func(a ...any) { r.note("trailers %s", a[0].(*http2.Headers).Get("x-t")) })
	st.On("error", func(a ...any) { r.note("error %s", nodeerr.Code(a[0].(error))) })
	st.OnData(func(c buffer.Chunk) { body += len(c.Bytes) })
	st.Once("close", func(...any) {
		r.note("close %d %d", body, st.RSTCode())
		done()
	})
	return st
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func TestStreams(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, []byte(strings.Repeat("line\n", 50_000)), 0o600))
	tests := []struct {
		name  string
		serve func(r *rig, st *http2.Stream, h *http2.Headers)
		want  []string
	}{
		{"informational headers and trailers", func(r *rig, st *http2.Stream, _ *http2.Headers) {
			must(r.t, st.AdditionalHeaders(http2.NewOutgoing(":status", "103")))
			must(r.t, st.Respond(nil, http2.RespondOptions{WaitForTrailers: true}))
			st.On("wantTrailers", func(...any) { must(r.t, st.SendTrailers(http2.NewOutgoing("x-t", "late"))) })
			st.End(buffer.Text("body"), "", nil)
		}, []string{"headers 103", "response 200", "trailers late", "close 4 0"}},
		{"a file", func(r *rig, st *http2.Stream, _ *http2.Headers) {
			f, err := os.Open(file)
			must(r.t, err)
			h, _, err := http2.PrepareResponse(nil, http2.RespondOptions{})
			must(r.t, err)
			st.RespondPrepared(int(f.Fd()), h, http2.FileOptions{Offset: 5, Length: -1, Close: func() { must(r.t, f.Close()) }})
		}, []string{"response 200", "close 249995 0"}},
		{"a reset", func(_ *rig, st *http2.Stream, _ *http2.Headers) {
			st.On("error", func(...any) {})
			st.Close(protocol.EnhanceYourCalm)
		}, []string{"error ERR_HTTP2_STREAM_ERROR", "close 0 11"}},
		{"an error", func(r *rig, st *http2.Stream, _ *http2.Headers) {
			st.On("error", func(a ...any) { r.note("server %v", a[0]) })
			st.Destroy(errors.New("mine"))
		}, []string{"server mine", "error ERR_HTTP2_STREAM_ERROR", "close 0 2"}},
		{"no body", func(r *rig, st *http2.Stream, _ *http2.Headers) {
			must(r.t, st.Respond(http2.NewOutgoing(":status", "204"), http2.RespondOptions{}))
		}, []string{"response 204", "close 0 0"}},
		{"a status that is none", func(r *rig, st *http2.Stream, _ *http2.Headers) {
			err := st.Respond(http2.NewOutgoing(":status", "99"), http2.RespondOptions{})
			r.note("%s", nodeerr.Code(err))
			must(r.t, st.Respond(nil, http2.RespondOptions{EndStream: true}))
			r.note("%s", nodeerr.Code(st.Respond(nil, http2.RespondOptions{})))
		}, []string{"ERR_HTTP2_STATUS_INVALID", "ERR_HTTP2_HEADERS_SENT", "response 200", "close 0 0"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := run(t, http2.NewOptions(), tt.serve, func(r *rig) { r.request(http2.RequestOptions{}, r.end) })
			if !slices.Equal(r.log, tt.want) {
				t.Errorf("heard %q, want %q", r.log, tt.want)
			}
		})
	}
}

// TestPipe sends a body much larger than the windows through a server and back.
func TestPipe(t *testing.T) {
	const size = 3 << 20
	r := run(t, http2.NewOptions(), func(r *rig, st *http2.Stream, _ *http2.Headers) {
		must(r.t, st.Respond(nil, http2.RespondOptions{}))
		st.Pipe(st, stream.PipeOptions{})
	}, func(r *rig) {
		st := r.request(http2.RequestOptions{}, r.end, ":method", "POST")
		left := size
		var feed func()
		feed = func() {
			for left > 0 {
				left -= 1 << 16
				if !st.Write(buffer.Bytes(make([]byte, 1<<16)), "", nil) {
					st.Once("drain", func(...any) { feed() })
					return
				}
			}
			st.End(buffer.Chunk{}, "", nil)
		}
		feed()
	})
	if want := fmt.Sprintf("close %d 0", size); !slices.Contains(r.log, want) {
		t.Errorf("heard %q, want %q", r.log, want)
	}
}

func TestPush(t *testing.T) {
	r := run(t, http2.NewOptions(), func(r *rig, st *http2.Stream, _ *http2.Headers) {
		must(r.t, st.PushStream(http2.NewOutgoing(":path", "/pushed"), false, func(err error, p *http2.Stream, _ *http2.Outgoing) {
			must(r.t, err)
			r.note("nested %s", nodeerr.Code(p.MayPush()))
			must(r.t, p.Respond(nil, http2.RespondOptions{}))
			p.End(buffer.Text("pushed"), "", nil)
			must(r.t, st.Respond(nil, http2.RespondOptions{EndStream: true}))
		}))
	}, func(r *rig) {
		left := 2
		done := func() {
			if left--; left == 0 {
				r.end()
			}
		}
		r.client.On("stream", func(a ...any) {
			st := a[0].(*http2.Stream)
			r.note("promised %s", a[1].(*http2.Headers).Get(":path"))
			st.OnData(func(c buffer.Chunk) { r.note("push %s", c.Bytes) })
			st.Once("close", func(...any) { done() })
		})
		r.request(http2.RequestOptions{}, done)
	})
	for _, want := range []string{"nested ERR_HTTP2_NESTED_PUSH", "promised /pushed", "push pushed", "response 200"} {
		if !slices.Contains(r.log, want) {
			t.Errorf("heard %q, want %q", r.log, want)
		}
	}
}

// TestSessionEnds has the ways in which a session ends with streams open.
func TestSessionEnds(t *testing.T) {
	tests := []struct {
		name string
		act  func(s *http2.Session)
		want []string
	}{
		{"destroyed", func(s *http2.Session) { s.Destroy(nil) }, []string{"goaway 0", "close 0 8"}},
		{"destroyed with a code", func(s *http2.Session) { s.DestroyCode(protocol.EnhanceYourCalm) },
			[]string{"goaway 11", "error ERR_HTTP2_SESSION_ERROR", "close 0 11", "session ERR_HTTP2_SESSION_ERROR"}},
		{"its socket destroyed", func(s *http2.Session) { s.Socket().AsStream().Destroy(nil) }, []string{"close 0 8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := run(t, http2.NewOptions(), func(_ *rig, st *http2.Stream, _ *http2.Headers) {
				st.On("error", func(...any) {})
				tt.act(st.Session())
			}, func(r *rig) {
				r.client.On("error", func(a ...any) { r.note("session %s", nodeerr.Code(a[0].(error))) })
				r.client.On("goaway", func(a ...any) { r.note("goaway %v", a[0]) })
				r.client.Once("close", func(...any) { r.srv.Shut(nil) })
				r.request(http2.RequestOptions{}, func() {}, ":method", "POST")
			})
			if !slices.Equal(r.log, tt.want) {
				t.Errorf("heard %q, want %q", r.log, tt.want)
			}
		})
	}
}

// TestSecure speaks over TLS, with the compatibility API.
func TestSecure(t *testing.T) {
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	read := func(name string) []byte {
		p, err := os.ReadFile(filepath.Join("..", "scripts", "compat", "tls", "fixtures", name))
		must(t, err)
		return p
	}
	own, trusted := tls.NewContext(), tls.NewContext()
	key, err := crypto.ParsePrivate(crypto.Source{Data: read("one-key.pem")})
	must(t, err)
	must(t, own.AddCertificate(read("one-cert.pem")))
	must(t, own.AddKey(key))
	must(t, trusted.AddCA(read("ca-cert.pem")))
	srv := http2.NewSecureServer(l, own, http2.NewOptions(), func(req *http2.ServerRequest, res *http2.ServerResponse) {
		must(t, res.SetHeader("x-path", http2.Text(req.URL())))
		res.End(buffer.Text("secure"), "", nil)
	})
	got := ""
	o := net.NewListenOptions()
	o.Host = "127.0.0.1"
	must(t, srv.AsServer().Listen(o, events.NewListener(func(...any) {
		a, _, _ := srv.AsServer().Address()
		sock := &tls.Socket{}
		must(t, sock.Init(l, sock, nil, net.NewSocketOptions(), tls.SocketOptions{Context: trusted, Servername: "one.example", ALPN: []string{"h2"}}))
		sock.Once("secure", func(...any) { sock.Emit("secureConnect") })
		must(t, sock.Connect(net.ConnectOptions{Host: "127.0.0.1", Port: a.Port}, nil))
		client, err := http2.NewClientSession(sock, http2.NewOptions())
		must(t, err)
		client.Authority, client.Scheme = "one.example", "https"
		st, err := client.Request(http2.NewOutgoing(":path", "/s"), http2.RequestOptions{})
		must(t, err)
		st.On("response", func(a ...any) { got += a[0].(*http2.Headers).Get("x-path") + " " })
		st.OnData(func(c buffer.Chunk) { got += string(c.Bytes) })
		st.OnEnd(func() {
			got += fmt.Sprint(" ", client.Encrypted, " ", client.ALPN)
			client.Close(nil)
			srv.Shut(nil)
		})
	}, true)))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	must(t, l.Run(ctx))
	if want := "/s secure true h2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
