package childprocess

import (
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// Process is a child of this process. It keeps the loop alive until it has
// ended, unless Unref was called.
type Process struct {
	loop.Handle
	// OnExit is told of the end, as one call-out: the exit code and the signal
	// that ended the child, 0 for none.
	OnExit func(code int, sig syscall.Signal)

	pid   int
	ended bool
}

// Start starts a program. The error is an errno.
func Start(l *loop.Loop, s *Spec) (*Process, error) {
	pid, err := s.start()
	if err != nil {
		return nil, err
	}
	p := &Process{pid: pid}
	p.Init(l, "ProcessWrap")
	p.Owner = p
	p.Handle.Start()
	go func() {
		await(pid)
		// After the events of this turn of the loop, as libuv does signals: what
		// the child wrote before its end comes first.
		l.Post(func() { l.SetImmediate(loop.Func(func() { p.Callback(loop.Func(p.reap)); p.End() })) })
	}()
	return p, nil
}

// PID returns the process number.
func (p *Process) PID() int { return p.pid }

// reap takes the child's end; until here its number cannot be given to another.
func (p *Process) reap() {
	var st syscall.WaitStatus
	for {
		_, err := syscall.Wait4(p.pid, &st, 0, nil)
		if err != syscall.EINTR {
			break
		}
	}
	p.ended = true
	p.Stop()
	if p.OnExit == nil {
		return
	}
	if st.Signaled() {
		p.OnExit(0, st.Signal())
		return
	}
	p.OnExit(st.ExitStatus(), 0)
}

// Kill sends a signal; ESRCH once the child's end is known.
func (p *Process) Kill(sig syscall.Signal) error {
	if p.ended {
		return syscall.ESRCH
	}
	return unix.Kill(p.pid, sig)
}
