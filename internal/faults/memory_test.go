package faults

import (
	"fmt"
	"io"
	stdnet "net"
	"strings"
	"testing"
	"time"
)

// compare runs a fault against every program and holds the peak of memory that
// ours adds against limit. tell compares with the reference.
func compare(t *testing.T, limit int64, fault func(t *testing.T, program string) (added int64)) {
	for i, p := range programs {
		if added := fault(t, p); i == 0 && added > limit {
			t.Errorf("adds %s, more than %s", mb(added), mb(limit))
		}
	}
}

// Downloads that nobody reads stop at the high-water mark.
func TestNeverReadDownloads(t *testing.T) {
	compare(t, 64<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", nil)
		s.begin()
		for range 20 {
			c := s.dial()
			defer c.Close()
			if _, err := io.WriteString(c, request("/download")); err != nil {
				t.Error(err)
			}
		}
		for range 10 {
			time.Sleep(50 * time.Millisecond)
			s.alive()
		}
		return s.cost("never-read downloads", "stopped")
	})
}

// A peer that sends requests and reads no answers stops the reading of requests.
// What one read brought is answered all the same, as in Node.
func TestNeverReadPipeline(t *testing.T) {
	compare(t, 64<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", nil)
		s.begin()
		text := strings.Repeat(request("/page"), 200000)
		for range 3 {
			c := s.dial()
			defer c.Close()
			go func() { _, _ = io.WriteString(c, text) }()
		}
		for range 10 {
			time.Sleep(50 * time.Millisecond)
			s.alive()
		}
		return s.cost("never-read pipeline", "stopped")
	})
}

// An upload to a handler that does not read waits in the client.
func TestPausedUpload(t *testing.T) {
	const size = 128 << 20
	compare(t, 64<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", nil)
		s.begin()
		c := s.dial()
		defer c.Close()
		_ = c.SetDeadline(time.Now().Add(3 * patience))
		if _, err := fmt.Fprintf(c, "POST /paused HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", size); err != nil {
			t.Error(err)
		}
		block := make([]byte, 1<<20)
		for range size / len(block) {
			if _, err := c.Write(block); err != nil {
				t.Fatal(err)
			}
		}
		b, err := io.ReadAll(c)
		if err != nil {
			t.Error(err)
		}
		if _, body, _ := strings.Cut(string(b), "\r\n\r\n"); body != fmt.Sprint(size) {
			t.Errorf("got %q", b)
		}
		return s.cost("paused upload", "all of it, late")
	})
}

// Headers that go on and on are cut off at 16 KiB each.
func TestHeaderFloodMemory(t *testing.T) {
	compare(t, 48<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", nil)
		s.begin()
		line := "X-Header: " + strings.Repeat("v", 1000) + "\r\n"
		for range 100 {
			c := s.dial()
			defer c.Close()
			_, _ = io.WriteString(c, "GET /hello HTTP/1.1\r\nHost: a\r\n")
			for range 15 { // one more is too many
				_, _ = io.WriteString(c, line)
			}
		}
		s.alive()
		return s.cost("header flood", "kept waiting")
	})
}

// Extensions of chunks, and trailers, are cut off at 16 KiB each.
func TestBodyFloods(t *testing.T) {
	post := "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	for _, c := range []struct{ row, begin, more, status string }{
		{"extension flood", post + "1;a", strings.Repeat("a", 1000), "413"},
		{"trailer flood", post + "0\r\n", "X-Trailer: " + strings.Repeat("v", 1000) + "\r\n", "431"},
	} {
		t.Run(c.row, func(t *testing.T) {
			compare(t, 48<<20, func(t *testing.T, p string) int64 {
				s := start(t, p, "", nil)
				s.begin()
				conns := make([]stdnet.Conn, 100)
				for i := range conns {
					conns[i] = s.dial()
					defer conns[i].Close()
					_, _ = io.WriteString(conns[i], c.begin)
				}
				for range 15 {
					for _, conn := range conns {
						_, _ = io.WriteString(conn, c.more)
					}
				}
				s.alive()
				refused := 0
				for _, conn := range conns {
					_, _ = io.WriteString(conn, strings.Repeat(c.more, 3))
					if b, _ := io.ReadAll(conn); strings.HasPrefix(string(b), "HTTP/1.1 "+c.status+" ") {
						refused++
					}
				}
				if refused != len(conns) {
					t.Errorf("%d of %d got %s", refused, len(conns), c.status)
				}
				return s.cost(c.row, fmt.Sprintf("%d of %d got %s", refused, len(conns), c.status))
			})
		})
	}
}

// The source of a tunnel whose other end does not read waits.
func TestNeverReadTunnels(t *testing.T) {
	compare(t, 64<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", map[string]any{"tunnel": true})
		s.begin()
		for range 20 {
			c := s.dial()
			defer c.Close()
			if _, err := io.WriteString(c, "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"); err != nil {
				t.Error(err)
			}
		}
		for range 10 {
			time.Sleep(50 * time.Millisecond)
			s.alive()
		}
		return s.cost("never-read tunnels", "stopped")
	})
}

// Connections that wait for their next request.
func TestIdleConnections(t *testing.T) {
	n := 1000
	if large() {
		n = 10000
	}
	compare(t, int64(n)*16<<10, func(t *testing.T, p string) int64 {
		s := start(t, p, "", map[string]any{"keepAliveTimeout": 60000})
		s.begin()
		conns := make([]stdnet.Conn, n)
		answer := make([]byte, 4096)
		for i := range conns {
			conns[i] = s.dial()
			defer conns[i].Close()
			if _, err := io.WriteString(conns[i], request("/hello")); err != nil {
				t.Fatal(err)
			}
			if k, err := conns[i].Read(answer); err != nil || !strings.HasSuffix(string(answer[:k]), "hello") {
				t.Fatalf("%q %v", answer[:k], err)
			}
		}
		s.alive()
		if large() {
			s.rest()
		}
		each := float64(s.memory().anonymous-s.gauge.before) / float64(n) / 1024
		for _, c := range conns { // every one of them is still good
			if _, err := io.WriteString(c, request("/hello")); err != nil {
				t.Fatal(err)
			}
			if k, err := c.Read(answer); err != nil || !strings.HasSuffix(string(answer[:k]), "hello") {
				t.Fatalf("%q %v", answer[:k], err)
			}
		}
		return s.cost("idle connections", fmt.Sprintf("%d served again; %.1f KiB each", n, each))
	})
}

// A server without descriptors goes on, and serves again when there are some.
func TestDescriptorExhaustion(t *testing.T) {
	each(t, func(t *testing.T, p string) {
		s := start(t, p, "ulimit -n 64; ", nil)
		s.begin()
		var conns []stdnet.Conn
		for range 150 {
			c, err := stdnet.DialTimeout("tcp", "127.0.0.1:"+s.port, patience)
			if err != nil {
				break
			}
			conns = append(conns, c)
		}
		time.Sleep(100 * time.Millisecond)
		// One that was accepted before is served all the same.
		_ = conns[0].SetDeadline(time.Now().Add(patience))
		if _, err := io.WriteString(conns[0], request("/hello", "Connection: close")); err != nil {
			t.Error(err)
		}
		if b, err := io.ReadAll(conns[0]); err != nil || !strings.HasSuffix(string(b), "hello") {
			t.Errorf("got %q, %v", b, err)
		}
		for _, c := range conns {
			c.Close()
		}
		s.settled()
		s.alive()
		s.cost("descriptor exhaustion", "served, recovered")
	})
}

// Memory stops growing, however many requests come.
func TestSoak(t *testing.T) {
	rounds := 4
	if large() {
		rounds = 40
	}
	compare(t, 96<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", nil)
		s.begin()
		var all []string
		body := strings.Repeat("x", 4000)
		for range rounds {
			for range 250 {
				s.exchange("POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4000\r\n\r\n" + body)
			}
			last := s.memory().resident
			all = append(all, fmt.Sprintf("%.0f", float64(last)/(1<<20)))
		}
		t.Logf("%s MiB", strings.Join(all, " "))
		s.settled()
		return s.cost("soak", fmt.Sprintf("%s MiB at a quarter, a half, the end", strings.Join([]string{all[len(all)/4-1], all[len(all)/2-1], all[len(all)-1]}, ", ")))
	})
}
