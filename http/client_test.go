package http_test

import (
	"context"
	"encoding/json"
	"fmt"
	stdnet "net"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// headersText is JSON.stringify(res.headers).
func headersText(res *http.IncomingMessage) string {
	var parts []string
	for _, e := range res.HeaderEntries() {
		var v any = e.Value
		if e.List != nil {
			v = e.List
		}
		parts = append(parts, jsonText(e.Key)+":"+jsonText(v))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func jsonText(v any) string {
	if list, ok := v.([]string); ok && list == nil {
		return "[]"
	}
	text, err := json.Marshal(v)
	must(err)
	return string(text)
}

func errorText(args []any) string {
	err, _ := args[0].(error)
	return nodeerr.Code(err) + " " + err.Error()
}

// follow makes a request of a server that answers with answer and closes, and
// notes what the client sees, as testdata/clients.js does.
func follow(t *testing.T, method, answer string) []string {
	t.Helper()
	listener, err := stdnet.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() {
		c, err := listener.Accept()
		if err != nil {
			return
		}
		_, _ = c.Read(make([]byte, 4096))
		_, _ = c.Write(buffer.Encode(answer, buffer.Latin1))
		_ = c.(*stdnet.TCPConn).CloseWrite()
		_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
		_, _ = c.Read(make([]byte, 4096)) // until the client closes
		_ = c.Close()
	}()

	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var log []string
	note := func(format string, args ...any) { log = append(log, fmt.Sprintf(format, args...)) }
	req, err := http.NewRequest(l, http.RequestOptions{
		Connect: net.ConnectOptions{Host: "127.0.0.1", Port: listener.Addr().(*stdnet.TCPAddr).Port},
		Method:  method, Path: "/p",
		Agent:   http.NewAgent(l, http.DefaultAgentOptions()),
		Headers: []http.Field{{Name: "X-B", Value: http.ListValue("1", "2")}},
	}, func(res *http.IncomingMessage) {
		note("response %d.%d %d %s %s", res.HTTPVersionMajor, res.HTTPVersionMinor, res.StatusCode, res.StatusMessage, headersText(res))
		body := ""
		res.OnData(func(c buffer.Chunk) { body += string(c.Bytes) })
		res.On("aborted", func(...any) { note("aborted") })
		res.On("error", func(args ...any) { note("res error %s", errorText(args)) })
		res.OnEnd(func() { note("end %s %s complete %v", jsonText(body), jsonText(res.RawTrailers), res.Complete) })
		res.On("close", func(...any) { note("res close complete %v", res.Complete) })
	})
	if err != nil {
		t.Fatal(err)
	}
	req.On("continue", func(...any) { note("continue") })
	req.On("information", func(args ...any) { note("information %d", args[0].(http.Information).Message.StatusCode) })
	req.On("upgrade", func(args ...any) {
		note("upgrade %d %s", args[0].(*http.IncomingMessage).StatusCode, args[2].(buffer.Chunk).Bytes)
		args[1].(stream.Streamer).AsStream().Destroy(nil)
	})
	req.On("finish", func(...any) { note("finish") })
	req.On("error", func(args ...any) { note("error %s", errorText(args)) })
	req.On("close", func(...any) { note("close") })
	if method == "POST" {
		req.End(buffer.Text("body"), "", nil)
	} else {
		req.End(noChunk, "", nil)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := l.Run(ctx); err != nil {
		t.Error(err)
	}
	return log
}

// TestClientFollowsAnswers compares what a client sees of an answer with what
// Node's client sees.
func TestClientFollowsAnswers(t *testing.T) {
	file, err := os.ReadFile("testdata/clients.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name, Method, Answer string
		Log                  []string
	}
	if err := json.Unmarshal(file, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			if got := follow(t, c.Method, c.Answer); !slices.Equal(got, c.Log) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.Log, "\n\t"))
			}
		})
	}
}

// TestAgentKeepsConnections counts the connections that requests one after the
// other, and at once, need.
func TestAgentKeepsConnections(t *testing.T) {
	for _, c := range []struct {
		name      string
		keepAlive bool
		max       int
		atOnce    bool
		want      int
	}{
		{"kept", true, http.Unlimited, false, 1},
		{"not kept", false, http.Unlimited, false, 3},
		{"at once", true, http.Unlimited, true, 3},
		{"at once, one socket", true, 1, true, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			connections := 0
			l, err := loop.New()
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			server := http.NewServer(l, func(_ *http.IncomingMessage, res *http.ServerResponse) { end(res, "x") })
			server.On("connection", func(...any) { connections++ })
			o := http.DefaultAgentOptions()
			o.KeepAlive, o.MaxSockets = c.keepAlive, c.max
			agent := http.NewAgent(l, o)
			port, ended := 0, 0
			var ask func()
			ask = func() {
				_, err := http.Get(l, http.RequestOptions{Connect: net.ConnectOptions{Host: "127.0.0.1", Port: port}, Agent: agent}, func(res *http.IncomingMessage) {
					res.Resume()
					res.On("close", func(...any) {
						if ended++; ended == 3 {
							agent.Destroy()
							server.Close(nil)
						} else if !c.atOnce {
							l.SetImmediate(loop.Func(ask))
						}
					})
				})
				must(err)
			}
			lo := net.NewListenOptions()
			lo.Host, lo.Port = "127.0.0.1", 0
			if err := server.Listen(lo, events.NewListener(func(...any) {
				a, _, err := server.Address()
				must(err)
				port = a.Port
				ask()
				for i := 1; c.atOnce && i < 3; i++ {
					ask()
				}
			}, true)); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			if err := l.Run(ctx); err != nil {
				t.Fatal(err)
			}
			if connections != c.want {
				t.Errorf("%d connections, want %d", connections, c.want)
			}
		})
	}
}

// TestRefusedConnection is a request of a port on which nobody listens.
func TestRefusedConnection(t *testing.T) {
	listener, err := stdnet.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*stdnet.TCPAddr).Port
	_ = listener.Close()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	req, err := http.Get(l, http.RequestOptions{Connect: net.ConnectOptions{Host: "127.0.0.1", Port: port}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	req.On("error", func(args ...any) { got = errorText(args) })
	if err := l.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("ECONNREFUSED connect ECONNREFUSED 127.0.0.1:%d", port); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
