package workerthreadsmod

import (
	"sync"
	"sync/atomic"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/messagingmod"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
)

// Thread is a worker: what it is to run, and the ways between it and its
// parent. Its fields are set before it starts and do not change.
type Thread struct {
	ID   int
	Name string
	// Kind and Text say what to run: "file" and its path, "eval" and a script,
	// "module" and a module's text.
	Kind, Text     string
	Argv, ExecArgv []string
	Environment    processmod.Environment
	Limits         Limits
	Stdin          bool

	control, public messagingmod.Link
	data            any // the message that is workerData
	environmentData any // the message of setEnvironmentData's Map

	stopped chan struct{} // closed when it is terminated

	mu   sync.Mutex    // guards all below
	rt   *bind.Runtime // nil before it runs and after
	gone bool
	stop bool
	oom  bool

	Exit func(code int, outOfMemory bool) // tells the parent; set by it
}

// Limits are a worker's resourceLimits, in MiB.
type Limits struct {
	Young, Old, Code, Stack float64
	Given                   bool
}

// Spawner starts threads: it makes a runtime for each and runs it on a goroutine
// of its own.
type Spawner func(t *Thread)

type spawnerKey struct{}

// SetSpawner gives a runtime the way to start workers.
func SetSpawner(rt *bind.Runtime, f Spawner) { rt.SetValue(spawnerKey{}, f) }

// lastID is the id of the thread that was made last; the main one has 0.
var lastID atomic.Int64

// Stopped is closed when the thread is terminated: what blocks it gives up.
func (t *Thread) Stopped() <-chan struct{} { return t.stopped }

// Started tells that the thread runs. It reports false where it was terminated
// before.
func (t *Thread) Started(rt *bind.Runtime) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rt = rt
	return !t.stop
}

// Ended tells that the thread's runtime runs no more.
func (t *Thread) Ended(code int) {
	t.mu.Lock()
	stopped, oom := t.stop, t.oom
	t.rt, t.gone = nil, true
	t.mu.Unlock()
	if stopped {
		code = 1
	}
	t.Exit(code, oom)
}

// Terminate ends the thread, whatever it is at. Any goroutine may call it.
func (t *Thread) Terminate() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.terminate()
}

// OutOfMemory ends the thread since it has used more than it may.
func (t *Thread) OutOfMemory() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.stop {
		t.oom = true
	}
	t.terminate()
}

func (t *Thread) terminate() {
	if t.stop || t.gone {
		return
	}
	t.stop = true
	if t.rt != nil {
		rt := t.rt
		close(t.stopped)
		rt.VM.Interrupt("terminated")
		rt.Post(rt.Leave)
	}
}

// Running reports whether the thread has not ended yet.
func (t *Thread) Running() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return !t.gone
}

// utilization is the loop's, in milliseconds. The loop's counters may be a little
// old when another goroutine reads them.
func (t *Thread) utilization() (idle, active float64) {
	t.mu.Lock()
	rt := t.rt
	t.mu.Unlock()
	if rt == nil {
		return 0, 0
	}
	answer := make(chan [2]float64, 1)
	if !rt.Post(func() {
		s := rt.Loop.Stats()
		answer <- [2]float64{float64(s.Idle) / 1e6, float64(s.Active) / 1e6}
	}) {
		return 0, 0
	}
	v := <-answer
	return v[0], v[1]
}

// restored is a message's value, undefined where there is none.
func restored(rt *bind.Runtime, message any) goja.Value {
	if message == nil {
		return goja.Undefined()
	}
	v, _ := rt.Deserialize(message)
	return v
}
