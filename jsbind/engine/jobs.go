package engine

import (
	"unsafe"

	"github.com/dop251/goja"
)

// Hold keeps vm from ever being left. When goja's outermost call returns it runs
// all promise jobs and drops the machine's stack; with a frame below everything
// no call is outermost, jobs wait for a Jobs, and the stack is kept. Stacks of
// errors show the frame as one of prg.
func Hold(vm *goja.Runtime, prg *goja.Program) {
	m := machineOf(vm)
	m.callStack = append(m.callStack, frame{prg: (*program)(unsafe.Pointer(prg))})
}

func jobQueue(vm *goja.Runtime) *[]func() {
	return (*[]func())(unsafe.Add(unsafe.Pointer(vm), learnt.jobQueue))
}

// HasJobs reports whether promise jobs are queued.
func HasJobs(vm *goja.Runtime) bool { return len(*jobQueue(vm)) > 0 }

// Jobs runs promise jobs in order. The zero value is ready.
type Jobs struct {
	batch []func() // taken from the queue; those before next have run
	next  int
}

// Pending reports whether jobs wait: in the queue, or behind one that Run was
// left at by a panic.
func (j *Jobs) Pending(vm *goja.Runtime) bool { return j.next < len(j.batch) || HasJobs(vm) }

// Run runs the promise jobs, also those that they queue, until none is left.
// after is called after each and reports whether to go on. A job leaves the
// queue before it runs, so Run may be called again after a panic.
func (j *Jobs) Run(vm *goja.Runtime, after func() bool) {
	queue := jobQueue(vm)
	for {
		if j.next == len(j.batch) {
			empty := j.batch[:0]
			if cap(empty) > jobsKept {
				empty = nil
			}
			j.batch, j.next = empty, 0
			if len(*queue) == 0 {
				return
			}
			j.batch, *queue = *queue, empty
		}
		job := j.batch[j.next]
		j.batch[j.next] = nil
		j.next++
		job()
		if !after() {
			return
		}
	}
}

// jobsKept is the length of a queue above which its memory is given back.
const jobsKept = 4096

// stackKept is the height of a machine's stack above which its memory is given
// back between calls.
const stackKept = 16 << 10

// Forget clears what finished calls left above the top of the machine's stack,
// so that nothing is kept alive by it.
func Forget(vm *goja.Runtime) {
	m := machineOf(vm)
	if m.sp < 0 || m.sp > len(m.stack) {
		return
	}
	clear(m.stack[m.sp:])
	m.stack = m.stack[:m.sp]
	if cap(m.stack) > stackKept {
		m.stack = append([]goja.Value(nil), m.stack...)
	}
}
