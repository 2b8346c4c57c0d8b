package engine

import (
	"sync"
	"unsafe"
)

// MaxDepth is how deep calls nest before a function's entry throws a RangeError.
// goja's own limit (SetMaxCallStackSize) must be higher: what it throws skips
// catch and finally.
const MaxDepth = 10000

var gojaEnterFunc, gojaEnterFunc1, gojaEnterFuncStashless func(unsafe.Pointer, *machine)

// overflowing holds the machines that are making the error of an overflow, which
// may run a little of the program.
var overflowing sync.Map

func (m *machine) checkDepth() {
	if len(m.callStack) < MaxDepth {
		return
	}
	if _, busy := overflowing.LoadOrStore(m, true); busy {
		return
	}
	defer overflowing.Delete(m)
	m.sb = m.sp - m.args - 1
	err, failed := m.r.New(m.r.Get("RangeError"), m.r.ToValue("Maximum call stack size exceeded"))
	if failed != nil {
		panic(failed)
	}
	panic(err)
}

func enterFunc(data unsafe.Pointer, m *machine) {
	m.checkDepth()
	gojaEnterFunc(data, m)
}

func enterFunc1(data unsafe.Pointer, m *machine) {
	m.checkDepth()
	gojaEnterFunc1(data, m)
}

func enterFuncStashless(data unsafe.Pointer, m *machine) {
	m.checkDepth()
	gojaEnterFuncStashless(data, m)
}
