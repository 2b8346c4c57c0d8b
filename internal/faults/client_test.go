package faults

import (
	"bufio"
	"fmt"
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

// client is a running testdata/client.js.
type client struct {
	t       *testing.T
	program string
	cmd     *exec.Cmd
	stdin   io.WriteCloser
	lines   chan string
	gauge   *gauge
}

// startClient runs a client up to its task, which do starts.
func startClient(t *testing.T, program, port, task string) *client {
	t.Helper()
	c := &client{t: t, program: program, cmd: exec.Command(program, "testdata/client.js", port, task), lines: make(chan string, 1)}
	stderr := &lockedBuffer{}
	c.cmd.Stderr = stderr
	var err error
	if c.stdin, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.stdin.Close()
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
		if e := stderr.String(); e != "" {
			t.Errorf("the client printed: %s", e)
		}
	})
	go func() {
		r := bufio.NewReader(out)
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				close(c.lines)
				return
			}
			c.lines <- strings.TrimSpace(line)
		}
	}()
	if line := c.line(); line != "ready" {
		t.Fatalf("the client said %q: %s", line, stderr.String())
	}
	return c
}

func (c *client) line() string {
	c.t.Helper()
	select {
	case l := <-c.lines:
		return l
	case <-time.After(3 * patience):
		c.t.Fatal("the client said nothing")
	}
	return ""
}

// do starts the task and returns what it tells.
func (c *client) do() string {
	c.t.Helper()
	c.gauge = measure(c.t, c.cmd.Process.Pid)
	if _, err := io.WriteString(c.stdin, "go\n"); err != nil {
		c.t.Fatal(err)
	}
	return c.line()
}

// cost is as a server's.
func (c *client) cost(row, outcome string) int64 {
	c.t.Helper()
	added, peak := c.gauge.result()
	tell(c.t, row, c.program, figure{outcome, added, peak})
	return added
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
				x := startClient(t, p, port, "pool")
				got := x.do()
				second := got[strings.LastIndex(got, ", ")+2:]
				if second != "answer to /second" && second != "ECONNRESET" && !strings.HasPrefix(second, "HPE_") {
					t.Errorf("got %q", got)
				}
				x.cost("idle pooled socket", "none")
			})
		})
	}
}

// A connection that the server ends while it waits in a pool is not used again.
func TestPooledSocketEnded(t *testing.T) {
	each(t, func(t *testing.T, p string) {
		port := fakeServer(t, func(_ int, path string) (string, bool) { return answer("answer to " + path), true })
		if got := startClient(t, p, port, "pool").do(); got != "answer to /first, answer to /second" {
			t.Errorf("got %q", got)
		}
	})
}

// A download whose reader does not read yet waits in the server.
func TestPausedAnswer(t *testing.T) {
	const size = 128 << 20
	compare(t, 64<<20, func(t *testing.T, p string) int64 {
		port := rawServer(t, func(c stdnet.Conn) {
			_, _ = fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", size)
			block := make([]byte, 1<<20)
			for range size / len(block) {
				if _, err := c.Write(block); err != nil {
					t.Error(err)
					return
				}
			}
		})
		x := startClient(t, p, port, "paused")
		if got := x.do(); got != fmt.Sprint(size) {
			t.Errorf("got %q", got)
		}
		return x.cost("paused answer", "all of it, late")
	})
}

// Informational answers are told one by one, and nothing is kept of them.
func TestInformationalFlood(t *testing.T) {
	const n = 200000
	compare(t, 64<<20, func(t *testing.T, p string) int64 {
		port := rawServer(t, func(c stdnet.Conn) {
			_, _ = io.WriteString(c, strings.Repeat("HTTP/1.1 102 Processing\r\nX: y\r\n\r\n", n)+answer("x"))
		})
		x := startClient(t, p, port, "informational")
		if got := x.do(); got != fmt.Sprint(n, " 200") {
			t.Errorf("got %q", got)
		}
		return x.cost("informational flood", "all told")
	})
}

// rawServer gives the first request of each connection to reply, and waits for
// the end of the connection after it.
func rawServer(t *testing.T, reply func(c stdnet.Conn)) (port string) {
	l, err := stdnet.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { l.Close(); <-done })
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_ = c.SetDeadline(time.Now().Add(2 * patience))
			r := bufio.NewReader(c)
			for {
				if line, err := r.ReadString('\n'); err != nil || line == "\r\n" {
					break
				}
			}
			reply(c)
			_, _ = io.Copy(io.Discard, r)
			c.Close()
		}
	}()
	_, port, _ = stdnet.SplitHostPort(l.Addr().String())
	return port
}
