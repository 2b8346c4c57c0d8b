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
// it costs against limit, and against the reference's, if there is one: no more
// than a tenth and two MiB above it.
func compare(t *testing.T, limit int64, fault func(t *testing.T, program string) (cost int64)) {
	costs := make([]int64, len(programs))
	for i, p := range programs {
		costs[i] = fault(t, p)
		t.Logf("%s: %s", []string{"spindle", "reference"}[i], mb(costs[i]))
	}
	if costs[0] > limit {
		t.Errorf("costs %s, more than %s", mb(costs[0]), mb(limit))
	}
	if len(costs) > 1 && costs[0] > costs[1]+costs[1]/10+2<<20 {
		t.Errorf("costs %s, the reference %s", mb(costs[0]), mb(costs[1]))
	}
}

// Downloads that nobody reads stop at the high-water mark.
func TestNeverReadDownloads(t *testing.T) {
	compare(t, 64<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", nil)
		s.alive()
		before, _ := s.memory()
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
		_, peak := s.memory()
		return peak - before
	})
}

// A peer that sends requests and reads no answers stops the reading of requests.
// What one read brought is answered all the same, as in Node.
func TestNeverReadPipeline(t *testing.T) {
	compare(t, 64<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", nil)
		s.alive()
		before, _ := s.memory()
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
		_, peak := s.memory()
		return peak - before
	})
}

// An upload to a handler that does not read waits in the client.
func TestPausedUpload(t *testing.T) {
	const size = 128 << 20
	compare(t, 64<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", nil)
		s.alive()
		before, _ := s.memory()
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
		_, peak := s.memory()
		return peak - before
	})
}

// Headers that go on and on are cut off at 16 KiB each.
func TestHeaderFloodMemory(t *testing.T) {
	compare(t, 48<<20, func(t *testing.T, p string) int64 {
		s := start(t, p, "", nil)
		s.alive()
		before, _ := s.memory()
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
		_, peak := s.memory()
		return peak - before
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
		s.alive()
		before, _ := s.memory()
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
		after, _ := s.memory()
		t.Logf("%.1f KiB a connection", float64(after-before)/float64(n)/1024)
		for _, c := range conns { // every one of them is still good
			if _, err := io.WriteString(c, request("/hello")); err != nil {
				t.Fatal(err)
			}
			if k, err := c.Read(answer); err != nil || !strings.HasSuffix(string(answer[:k]), "hello") {
				t.Fatalf("%q %v", answer[:k], err)
			}
		}
		return after - before
	})
}

// A server without descriptors goes on, and serves again when there are some.
func TestDescriptorExhaustion(t *testing.T) {
	each(t, func(t *testing.T, p string) {
		s := start(t, p, "ulimit -n 64; ", nil)
		s.alive()
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
		var last int64
		body := strings.Repeat("x", 4000)
		for range rounds {
			for range 250 {
				s.exchange("POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4000\r\n\r\n" + body)
			}
			last, _ = s.memory()
			t.Logf("%s", mb(last))
		}
		s.settled()
		return last
	})
}
