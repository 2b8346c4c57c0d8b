package compat

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// maxCapture bounds what is kept of one stream of one program, in bytes. A
// program that prints more is cut there, and the cut is marked.
const maxCapture = 4 << 20

// command says how to run one program.
type command struct {
	Path    string
	Args    []string
	Dir     string
	Env     []string
	Stdin   string
	Timeout time.Duration
}

// outcome is what one run of a program left behind.
type outcome struct {
	Stdout   string
	Stderr   string
	Exit     int    // exit code; -1 when a signal ended it
	Signal   string // name of that signal, "" otherwise
	TimedOut bool
	Took     time.Duration
}

// run starts c in a process group of its own, waits for its end and kills what
// is left of the group, at the latest after c.Timeout. The error is about
// starting the program only.
func run(ctx context.Context, c command) (outcome, error) {
	var stdout, stderr capture
	cmd := exec.Command(c.Path, c.Args...)
	cmd.Dir = c.Dir
	cmd.Env = c.Env
	cmd.Stdout = &stdout
	cmd.Stderr = &stderr
	if c.Stdin != "" {
		cmd.Stdin = bytes.NewReader([]byte(c.Stdin))
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	// A child of the program may hold the pipes open after its end.
	cmd.WaitDelay = 250 * time.Millisecond

	started := time.Now()
	if err := cmd.Start(); err != nil {
		return outcome{}, err
	}
	group := -cmd.Process.Pid
	ended := make(chan struct{})
	var timedOut bool
	var watch sync.WaitGroup
	watch.Add(1)
	go func() {
		defer watch.Done()
		timer := time.NewTimer(c.Timeout)
		defer timer.Stop()
		select {
		case <-ended:
			return
		case <-timer.C:
			timedOut = true
		case <-ctx.Done():
		}
		_ = syscall.Kill(group, syscall.SIGKILL)
	}()
	err := cmd.Wait()
	close(ended)
	watch.Wait()
	// What the program started and left in its group ends with it. ESRCH, the
	// usual answer, means that nothing was left.
	_ = syscall.Kill(group, syscall.SIGKILL)

	out := outcome{
		Stdout:   stdout.String(),
		Stderr:   stderr.String(),
		Exit:     cmd.ProcessState.ExitCode(),
		TimedOut: timedOut,
		Took:     time.Since(started),
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		out.Signal = status.Signal().String()
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !errors.Is(err, exec.ErrWaitDelay) {
		return out, err
	}
	return out, ctx.Err()
}

// capture keeps the first maxCapture bytes written to it.
type capture struct {
	buf bytes.Buffer
	cut bool
}

func (c *capture) Write(p []byte) (int, error) {
	room := maxCapture - c.buf.Len()
	if len(p) > room {
		c.cut = true
		c.buf.Write(p[:max(room, 0)])
	} else {
		c.buf.Write(p)
	}
	return len(p), nil
}

func (c *capture) String() string {
	if c.cut {
		return c.buf.String() + "\n[cut: the program printed more than 4 MiB]\n"
	}
	return c.buf.String()
}
