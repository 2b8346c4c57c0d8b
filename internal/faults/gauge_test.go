package faults

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// gauge measures the memory of a process while a fault is done to it.
type gauge struct {
	t      *testing.T
	pid    int
	before int64 // anonymous memory when it began
	stop   chan struct{}
	peak   chan int64 // anonymous memory at its peak, as seen
}

// measure begins: the peak of the resident memory counts from now, and the
// anonymous part (what is no page of a file) is looked at now and again.
func measure(t *testing.T, pid int) *gauge {
	t.Helper()
	// See proc_pid_clear_refs(5); where that is not allowed the peak is that since
	// the start.
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0)
	m := memoryOf(t, pid)
	g := &gauge{t, pid, m.anonymous, make(chan struct{}), make(chan int64, 1)}
	go func() {
		peak := m.anonymous
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				if now, err := readMemory(pid); err == nil {
					peak = max(peak, now.anonymous)
				}
			case <-g.stop:
				g.peak <- peak
				return
			}
		}
	}()
	t.Cleanup(g.end)
	return g
}

func (g *gauge) end() {
	select {
	case <-g.stop:
	default:
		close(g.stop)
	}
}

// result ends the measurement: anonymous memory that was added, resident memory
// in all, both at the peak.
func (g *gauge) result() (added, peak int64) {
	g.t.Helper()
	last := memoryOf(g.t, g.pid)
	g.end()
	seen := <-g.peak
	return max(seen, last.anonymous) - g.before, last.peak
}

// memory is what a process holds, in bytes.
type memory struct{ resident, peak, anonymous int64 }

func memoryOf(t *testing.T, pid int) memory {
	t.Helper()
	m, err := readMemory(pid)
	if err != nil {
		t.Skip("memory is read from /proc")
	}
	return m
}

func readMemory(pid int) (m memory, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return m, err
	}
	for _, line := range strings.Split(string(b), "\n") {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		n, _ := strconv.ParseInt(f[1], 10, 64)
		switch f[0] {
		case "VmRSS:":
			m.resident = n << 10
		case "VmHWM:":
			m.peak = n << 10
		case "RssAnon:":
			m.anonymous = n << 10
		}
	}
	return m, nil
}
