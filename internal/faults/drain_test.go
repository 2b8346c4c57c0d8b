package faults

import (
	"io"
	stdnet "net"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ended waits for the server's end and returns the signal that ended it, and
// what it printed as errors.
func (s *server) ended() (syscall.Signal, string) {
	s.t.Helper()
	done := make(chan error, 1)
	go func() { done <- s.cmd.Wait() }()
	select {
	case err := <-done:
		text := s.stderr.String()
		s.stderr.b.Reset()
		if e, ok := err.(*exec.ExitError); ok {
			return e.Sys().(syscall.WaitStatus).Signal(), text
		}
		return 0, text
	case <-time.After(patience):
		s.t.Fatal("the server did not end")
	}
	return 0, ""
}

func (s *server) term() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
}

// SIGTERM ends the idle connections, answers what is in flight with Connection:
// close, takes no more, and then ends the program by that signal.
func TestTermDrains(t *testing.T) {
	s := start(t, programs[0], "", nil)
	idle, silent, slow := s.dial(), s.dial(), s.dial()
	buf := make([]byte, 4096)
	if _, err := io.WriteString(idle, request("/hello")); err != nil {
		t.Fatal(err)
	}
	if _, err := idle.Read(buf); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(slow, request("/slow")+request("/slow")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond)
	begin := time.Now()
	s.term()
	for name, c := range map[string]stdnet.Conn{"idle": idle, "silent": silent} {
		if b, err := io.ReadAll(c); len(b) > 0 || err != nil && !isReset(err) {
			t.Errorf("%s: %q %v", name, b, err)
		}
	}
	if took := time.Since(begin); took > 250*time.Millisecond {
		t.Errorf("idle connections ended after %v", took)
	}
	if c, err := stdnet.DialTimeout("tcp", "127.0.0.1:"+s.port, time.Second); err == nil {
		c.Close()
		t.Error("a new connection is taken")
	}
	b, err := io.ReadAll(slow)
	if err != nil {
		t.Error(err)
	}
	answers := strings.Split(string(b), "HTTP/1.1 200 OK")
	if len(answers) != 3 || !strings.HasSuffix(string(b), "slow") || !strings.Contains(answers[2], "Connection: close\r\n") {
		t.Errorf("got %q", b)
	}
	if sig, text := s.ended(); sig != syscall.SIGTERM || text != "" {
		t.Errorf("ended by %v: %s", sig, text)
	}
	for _, c := range []stdnet.Conn{idle, silent, slow} {
		c.Close()
	}
}

// What does not come to its end in time is told and cut off.
func TestTermGrace(t *testing.T) {
	s := start(t, programs[0], "", map[string]any{"drain": 300})
	c := s.dial()
	defer c.Close()
	if _, err := io.WriteString(c, request("/never")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond)
	begin := time.Now()
	s.term()
	sig, text := s.ended()
	if took := time.Since(begin); sig != syscall.SIGTERM || took < 250*time.Millisecond || took > 3*time.Second {
		t.Errorf("ended by %v after %v", sig, took)
	}
	if !strings.Contains(text, "still open: 127.0.0.1:") || !strings.Contains(text, "answering GET /never") {
		t.Errorf("told %q", text)
	}
}

// A second SIGTERM ends at once, and so does the first where nothing is in
// flight or no time is given; a program's own listener has the last word.
func TestTermAtOnce(t *testing.T) {
	for _, c := range []struct {
		name    string
		options map[string]any
		send    string
		signals int
		want    syscall.Signal
	}{
		{"nothing in flight", nil, "", 1, syscall.SIGTERM},
		{"twice", nil, request("/never"), 2, syscall.SIGTERM},
		{"no grace", map[string]any{"drain": 0}, request("/never"), 1, syscall.SIGTERM},
		{"a listener", map[string]any{"onTerm": true}, request("/never"), 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := start(t, programs[0], "", c.options)
			if c.send != "" {
				conn := s.dial()
				defer conn.Close()
				if _, err := io.WriteString(conn, c.send); err != nil {
					t.Fatal(err)
				}
				time.Sleep(100 * time.Millisecond)
			}
			begin := time.Now()
			for range c.signals {
				s.term()
				time.Sleep(20 * time.Millisecond)
			}
			sig, text := s.ended()
			if took := time.Since(begin); sig != c.want || text != "" || took > 2*time.Second {
				t.Errorf("ended by %v after %v: %s", sig, took, text)
			}
		})
	}
}
