package childprocess

import (
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// RunOptions are those of spawnSync.
type RunOptions struct {
	// Stdio says what each of the child's descriptors is.
	Stdio []RunStdio
	// Timeout ends the child; 0 for none.
	Timeout time.Duration
	// MaxBuffer is how many bytes one descriptor may bring; negative: no limit.
	MaxBuffer int64
	// KillSignal ends a child that took too long or said too much.
	KillSignal syscall.Signal
}

// RunStdio is one descriptor of a child that is run.
type RunStdio struct {
	Pipe  bool
	Input []byte // for the child to read from a pipe
	Null  bool
	FD    int // otherwise
}

// Result is what a child that was run left.
type Result struct {
	PID    int
	Status int            // exit code, if Signal is 0
	Signal syscall.Signal // what ended it
	Output [][]byte       // by descriptor, nil where there was no pipe
	// Err is ETIMEDOUT, ENOBUFS, or why the child did not start; then PID is 0.
	Err error
}

// run is one child that is being run.
type run struct {
	o      *RunOptions
	r      *Result
	ours   []*os.File
	mu     sync.Mutex // guards killed, reaped and r.Err
	killed bool
	reaped bool
}

// Run starts a program and waits for its end and that of its pipes.
func Run(s *Spec, o *RunOptions) *Result {
	x := &run{o: o, r: &Result{}, ours: make([]*os.File, len(o.Stdio))}
	theirs, err := x.open(s)
	defer func() {
		for _, f := range x.ours {
			if f != nil {
				f.Close()
			}
		}
	}()
	if err == nil {
		x.r.PID, err = s.start()
	}
	for _, fd := range theirs {
		unix.Close(fd)
	}
	if err != nil {
		x.r.Err, x.r.PID = err, 0
		return x.r
	}
	x.wait()
	return x.r
}

// open makes the pipes and fills the child's descriptors; theirs are the ones
// to close here.
func (x *run) open(s *Spec) (theirs []int, err error) {
	s.FDs = make([]int, len(x.o.Stdio))
	for i, io := range x.o.Stdio {
		switch {
		case io.Pipe:
			ours, fd, err := Pipe()
			if err != nil {
				return theirs, err
			}
			x.ours[i] = os.NewFile(uintptr(ours), "pipe")
			s.FDs[i] = fd
			theirs = append(theirs, fd)
		case io.Null:
			fd, err := Null(i)
			if err != nil {
				return theirs, err
			}
			s.FDs[i] = fd
			theirs = append(theirs, fd)
		default:
			s.FDs[i] = io.FD
		}
	}
	return theirs, nil
}

func (x *run) wait() {
	var pipes sync.WaitGroup
	x.r.Output = make([][]byte, len(x.ours))
	for i, f := range x.ours {
		if f == nil {
			continue
		}
		pipes.Add(1)
		go func() {
			defer pipes.Done()
			x.read(i, f)
		}()
		go x.feed(i, f)
	}
	if x.o.Timeout > 0 {
		t := time.AfterFunc(x.o.Timeout, func() { x.kill(syscall.ETIMEDOUT) })
		defer t.Stop()
	}
	await(x.r.PID)
	x.mu.Lock()
	var st syscall.WaitStatus
	for {
		if _, err := syscall.Wait4(x.r.PID, &st, 0, nil); err != syscall.EINTR {
			break
		}
	}
	x.reaped = true
	x.mu.Unlock()
	if st.Signaled() {
		x.r.Signal = st.Signal()
	} else {
		x.r.Status = st.ExitStatus()
	}
	pipes.Wait()
}

// feed writes the input and ends it.
func (x *run) feed(i int, f *os.File) {
	if p := x.o.Stdio[i].Input; len(p) > 0 {
		_, _ = f.Write(p) // a child need not read
	}
	if c, err := f.SyscallConn(); err == nil {
		_ = c.Control(func(fd uintptr) { _ = unix.Shutdown(int(fd), unix.SHUT_WR) })
	}
}

// read collects what the child writes.
func (x *run) read(i int, f *os.File) {
	p := make([]byte, 64<<10)
	out := []byte{}
	for {
		n, err := f.Read(p)
		if max := x.o.MaxBuffer; i > 0 && max >= 0 && int64(len(out)+n) > max {
			out = append(out, p[:n]...) // the whole piece, as Node does
			x.kill(syscall.ENOBUFS)
			break
		}
		out = append(out, p[:n]...)
		if err != nil {
			break
		}
	}
	x.mu.Lock()
	if i > 0 {
		x.r.Output[i] = out
	}
	x.mu.Unlock()
}

// kill ends the child early for a reason, of which the first counts.
func (x *run) kill(why error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.r.Err == nil {
		x.r.Err = why
	}
	if !x.reaped && !x.killed {
		x.killed = true
		if unix.Kill(x.r.PID, x.o.KillSignal) != nil {
			_ = unix.Kill(x.r.PID, syscall.SIGKILL)
		}
	}
	for _, f := range x.ours { // grandchildren may hold the other ends
		if f != nil {
			_ = f.SetDeadline(time.Now())
		}
	}
}
