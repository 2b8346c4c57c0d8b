package childprocess

import (
	"context"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

func newLoop(t *testing.T) *loop.Loop {
	t.Helper()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// turn runs a loop until nothing is left to do.
func turn(t *testing.T, l *loop.Loop) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := l.Run(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestProcess(t *testing.T) {
	tests := []struct {
		text   string
		kill   syscall.Signal
		code   int
		signal syscall.Signal
	}{
		{"exit 0", 0, 0, 0},
		{"exit 42", 0, 42, 0},
		{"kill -USR1 $$", 0, 0, syscall.SIGUSR1},
		{"exec sleep 30", syscall.SIGTERM, 0, syscall.SIGTERM},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			l := newLoop(t)
			spec := shell(test.text)
			spec.FDs = []int{-1, -1, 2}
			p, err := Start(l, spec)
			if err != nil {
				t.Fatal(err)
			}
			ended := 0
			p.OnExit = func(code int, sig syscall.Signal) {
				ended++
				if code != test.code || sig != test.signal {
					t.Errorf("ended with %d, %v", code, sig)
				}
			}
			if p.PID() <= 0 {
				t.Errorf("process %d", p.PID())
			}
			if test.kill != 0 {
				if err := p.Kill(test.kill); err != nil {
					t.Error(err)
				}
			}
			turn(t, l)
			if ended != 1 {
				t.Errorf("OnExit called %d times", ended)
			}
			if err := p.Kill(0); err != syscall.ESRCH {
				t.Errorf("a signal after the end: %v", err)
			}
		})
	}
}

func TestProcessUnref(t *testing.T) {
	l := newLoop(t)
	spec := shell("exec sleep 30")
	spec.FDs = []int{-1, -1, -1}
	p, err := Start(l, spec)
	if err != nil {
		t.Fatal(err)
	}
	p.Unref()
	turn(t, l) // ends at once: the child does not keep the loop
	if err := p.Kill(syscall.SIGKILL); err != nil {
		t.Error(err)
	}
	p.Ref()
	turn(t, l)
}

func TestChannel(t *testing.T) {
	l := newLoop(t)
	ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range ends {
		if err := unix.SetNonblock(fd, true); err != nil {
			t.Fatal(err)
		}
	}
	open := func(fd int) *Channel {
		c, st := NewChannel(l, fd)
		if st.Failed() {
			t.Fatal(st)
		}
		return c
	}
	a, b := open(ends[0]), open(ends[1])
	var got []string
	long := strings.Repeat("x", 200_000)
	b.OnMessage = func(line []byte) {
		got = append(got, string(line))
		if len(got) == 4 {
			b.Close()
		}
	}
	ended := false
	a.OnMessage = func(line []byte) { t.Errorf("message %q", line) }
	a.OnEnd = func() {
		ended = true
		a.Close()
	}
	a.Listen()
	b.Listen()
	l.NextTickFunc(func() {
		for _, text := range []string{"1", `{"two":2}`, long, strconv.Itoa(4)} {
			if _, st := a.Send([]byte(text), -1, func(st net.Status) {
				if st.Failed() {
					t.Error(st)
				}
			}); st.Failed() {
				t.Error(st)
			}
		}
	})
	turn(t, l)
	if len(got) != 4 || got[0] != "1" || got[1] != `{"two":2}` || got[2] != long || got[3] != "4" {
		t.Errorf("%d messages", len(got))
	}
	if !ended {
		t.Error("the other side's end was not heard of")
	}
}
