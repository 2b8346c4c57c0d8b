package faults

import (
	"bufio"
	"io"
	stdnet "net"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// fakeServer answers the nth request of all connections with what reply returns,
// after which the connection stays open, unless it says close.
func fakeServer(t *testing.T, reply func(n int, path string) (text string, close bool)) (port string) {
	l, err := stdnet.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	n := 0
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			func() { // one connection at a time: the pool has one
				defer c.Close()
				_ = c.SetDeadline(time.Now().Add(patience))
				r := bufio.NewReader(c)
				for {
					line, err := r.ReadString('\n')
					if err != nil {
						return
					}
					f := strings.Fields(line)
					for {
						h, err := r.ReadString('\n')
						if err != nil {
							return
						}
						if h == "\r\n" {
							break
						}
					}
					n++
					text, end := reply(n, f[1])
					if _, err := io.WriteString(c, text); err != nil || end {
						return
					}
				}
			}()
		}
	}()
	_, port, _ = stdnet.SplitHostPort(l.Addr().String())
	return port
}

func answer(body string) string {
	return "HTTP/1.1 200 OK\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
}

// What a server sends on a connection that waits in a pool is no answer to the
// next request.
func TestIdlePooledSocket(t *testing.T) {
	for _, c := range []struct{ name, extra string }{
		{"a whole answer", answer("poison")},
		{"half an answer", "HTTP/1.1 200 OK\r\nContent-Le"},
		{"rubbish", "rubbish"},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, p string) {
				port := fakeServer(t, func(n int, path string) (string, bool) {
					if n == 1 {
						return answer("first") + c.extra, false
					}
					return answer("answer to " + path), false
				})
				out, err := exec.Command(p, "testdata/pool.js", port).CombinedOutput()
				if err != nil {
					t.Errorf("%v: %s", err, out)
				}
				lines := strings.Split(strings.TrimSpace(string(out)), "\n")
				if len(lines) != 2 || strings.Contains(lines[1], "poison") || lines[1] != "answer to /second" && lines[1] != "ECONNRESET" && !strings.HasPrefix(lines[1], "HPE_") {
					t.Errorf("got %q", lines)
				}
				t.Logf("%q", lines)
			})
		})
	}
}

// A connection that the server ends while it waits in a pool is not used again.
func TestPooledSocketEnded(t *testing.T) {
	each(t, func(t *testing.T, p string) {
		port := fakeServer(t, func(_ int, path string) (string, bool) { return answer("answer to " + path), true })
		out, err := exec.Command(p, "testdata/pool.js", port).CombinedOutput()
		if err != nil {
			t.Errorf("%v: %s", err, out)
		}
		if got := string(out); got != "answer to /first\nanswer to /second\n" {
			t.Errorf("got %q", got)
		}
	})
}
