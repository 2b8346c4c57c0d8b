package http_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// peer is a raw client of the test's own.
type peer struct {
	*net.Socket
	got    strings.Builder
	closed bool
}

func newPeer(t *testing.T, l *loop.Loop, port int, text string) *peer {
	s, err := net.NewSocket(l, net.NewSocketOptions())
	if err != nil {
		t.Fatal(err)
	}
	p := &peer{Socket: s}
	s.On("error", func(...any) {})
	s.On("close", func(...any) { p.closed = true })
	s.OnData(func(c buffer.Chunk) { p.got.Write(c.Bytes) })
	if err := s.Connect(net.ConnectOptions{Host: "127.0.0.1", Port: port}, nil); err != nil {
		t.Fatal(err)
	}
	if text != "" {
		s.Write(buffer.Text(text), "", nil)
	}
	return p
}

// until calls f again and again, between events, until it returns true.
func until(l *loop.Loop, f func() bool, then func()) {
	if f() {
		then()
		return
	}
	l.SetTimer(1, 0, loop.Func(func() { until(l, f, then) }))
}

// The table says what each connection is about; Drain ends those that wait,
// answers what is in flight with "Connection: close", and the table then names
// who still holds the server open.
func TestLiveConnectionsAndDrain(t *testing.T) {
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var held []*http.ServerResponse
	srv := http.NewServer(l, func(req *http.IncomingMessage, res *http.ServerResponse) {
		req.Resume()
		if strings.HasPrefix(req.URL, "/held") {
			held = append(held, res)
			return
		}
		if req.Method == "POST" {
			req.OnEnd(func() { end(res, "body") })
			return
		}
		end(res, "ok")
	})
	const get = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n"
	o := net.NewListenOptions()
	o.Host = "127.0.0.1"
	drained := false
	must(srv.Listen(o, events.NewListener(func(...any) {
		a, _, _ := srv.Address()
		peers := map[http.ConnState]*peer{
			http.ConnNew:       newPeer(t, l, a.Port, ""),
			http.ConnHeaders:   newPeer(t, l, a.Port, "GET /late HTTP/1.1\r\nHo"),
			http.ConnBody:      newPeer(t, l, a.Port, "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab"),
			http.ConnAnswering: newPeer(t, l, a.Port, fmt.Sprintf(get+get, "/held/1", "/held/2")),
			http.ConnIdle:      newPeer(t, l, a.Port, fmt.Sprintf(get, "/")),
		}
		states := func() map[http.ConnState]http.LiveConnection {
			m := map[http.ConnState]http.LiveConnection{}
			for _, c := range srv.LiveConnections() {
				m[c.State] = c
			}
			return m
		}
		until(l, func() bool { return len(states()) == 5 && strings.HasSuffix(peers[http.ConnIdle].got.String(), "ok") }, func() {
			m := states()
			for state, want := range map[http.ConnState]string{http.ConnBody: "POST /upload 0", http.ConnAnswering: "GET /held/1 1"} {
				if got := fmt.Sprint(m[state].Method, " ", m[state].URL, " ", m[state].Waiting); got != want {
					t.Errorf("%s: %q, want %q", state, got, want)
				}
			}
			for state, p := range peers {
				if m[state].Remote != p.Address() {
					t.Errorf("%s: remote %v, want %v", state, m[state].Remote, p.Address())
				}
			}
			srv.Drain(func() { drained = true })
			until(l, func() bool { return peers[http.ConnNew].closed && peers[http.ConnIdle].closed }, func() {
				if left := srv.LiveConnections(); len(left) != 3 || drained {
					t.Errorf("left: %v", left)
				}
				peers[http.ConnHeaders].Write(buffer.Text("st: a\r\n\r\n"), "", nil)
				peers[http.ConnBody].Write(buffer.Text("cd"), "", nil)
				for _, res := range held {
					end(res, "held")
				}
			})
		})
		all := func() bool {
			for _, p := range peers {
				if !p.closed {
					return false
				}
			}
			return drained
		}
		until(l, all, func() {
			for state, want := range map[http.ConnState]string{
				http.ConnNew: "", http.ConnHeaders: "close ok", http.ConnBody: "close body", http.ConnIdle: "keep-alive ok", http.ConnAnswering: "keep-alive held, close held",
			} {
				var got []string
				for _, answer := range strings.Split(peers[state].got.String(), "HTTP/1.1 200 OK\r\n")[1:] {
					head, body, _ := strings.Cut(answer, "\r\n\r\n")
					_, connection, _ := strings.Cut(head, "Connection: ")
					connection, _, _ = strings.Cut(connection, "\r\n")
					got = append(got, connection+" "+body)
				}
				if g := strings.Join(got, ", "); g != want {
					t.Errorf("%s: got %q, want %q", state, g, want)
				}
			}
			if left := srv.LiveConnections(); len(left) > 0 || len(http.Servers(l)) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}, true)))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := l.Run(ctx); err != nil {
		t.Fatal(err, l.WhyAlive(), srv.LiveConnections())
	}
	if !drained {
		t.Error("Drain did not call back")
	}
}

// Drain tells when the last connection has ended, and meanwhile who it is.
func ExampleServer_Drain() {
	l, err := loop.New()
	if err != nil {
		panic(err)
	}
	defer l.Close()
	drained := false
	srv := http.NewServer(l, nil)
	srv.OnRequest(func(req *http.IncomingMessage, res *http.ServerResponse) {
		srv.Drain(func() { drained = true })
		for _, c := range srv.LiveConnections() {
			fmt.Println("still there:", c.State, c.Method, c.URL)
		}
		res.End(buffer.Text("the last answer"), "", nil)
	})
	o := net.NewListenOptions()
	o.Host = "127.0.0.1"
	_ = srv.Listen(o, events.NewListener(func(...any) {
		addr, _, _ := srv.Address()
		_, _ = http.Get(l, http.RequestOptions{Connect: net.ConnectOptions{Host: addr.Address, Port: addr.Port}, Path: "/slow"}, func(res *http.IncomingMessage) {
			fmt.Println(res.Header("connection"))
			res.OnData(func(c buffer.Chunk) { fmt.Println(string(c.Bytes)) })
		})
	}, true))
	_ = l.Run(context.Background())
	fmt.Println("drained:", drained, srv.LiveConnections())
	// Output:
	// still there: body GET /slow
	// close
	// the last answer
	// drained: true []
}
