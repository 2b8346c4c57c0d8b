package engine

import (
	"sync/atomic"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

var gojaThrow func(data unsafe.Pointer, m *machine)

// stackFrame is goja.StackFrame.
type stackFrame struct {
	prg      *program
	funcName unistring.String
	pc       int
}

// thrown is a throw statement that ran.
type thrown struct {
	vm    *goja.Runtime
	value goja.Value
	at    stackFrame
}

// lastThrown is the last one of the process.
var lastThrown atomic.Pointer[thrown]

// throwValue is a throw statement. goja keeps where an error was made, not where
// it was thrown.
func throwValue(data unsafe.Pointer, m *machine) {
	if m.sp > 0 && m.sp <= len(m.stack) {
		lastThrown.Store(&thrown{m.r, m.stack[m.sp-1], stackFrame{prg: m.prg, pc: m.pc}})
	}
	gojaThrow(data, m)
}

// ThrowSite returns the place of the statement that threw v, if that was the
// last throw statement of the process.
func ThrowSite(vm *goja.Runtime, v goja.Value) (frame goja.StackFrame, ok bool) {
	t := lastThrown.Load()
	if t == nil || t.vm != vm || v == nil || t.value == nil || !t.value.SameAs(v) {
		return frame, false
	}
	*(*stackFrame)(unsafe.Pointer(&frame)) = t.at
	return frame, true
}

// ForgetThrow drops what ThrowSite would return.
func ForgetThrow() { lastThrown.Store(nil) }
