package engine

import (
	"unsafe"

	"github.com/dop251/goja"
)

var gojaLoadNewTarget, gojaNewAsyncArrow func(data unsafe.Pointer, m *machine)

// loadNewTarget is new.target, and newArrowFunc and newAsyncArrow make the
// functions that keep it. goja leaves the caller's new.target in place for a function that
// is called: within a constructor, every function seemed to be constructed.
func loadNewTarget(data unsafe.Pointer, m *machine) {
	mendNewTarget(m)
	gojaLoadNewTarget(data, m)
}

func newAsyncArrow(data unsafe.Pointer, m *machine) {
	mendNewTarget(m)
	gojaNewAsyncArrow(data, m)
}

// mendNewTarget takes the new.target of a frame away that has none of its own.
// A constructor's frame lies above one that ends the machine's run (pc -2), since
// the machine runs anew for it; an arrow function has the one of its maker.
func mendNewTarget(m *machine) {
	target := (*goja.Value)(unsafe.Add(unsafe.Pointer(m), learnt.newTarget))
	if *target == nil || m.sb <= 0 || m.sb > len(m.stack) || len(m.callStack) == 0 {
		return
	}
	callee, ok := m.stack[m.sb-1].(*goja.Object)
	if !ok {
		return
	}
	switch (*object)(unsafe.Pointer(callee)).self.tab {
	case learnt.arrow, learnt.lazyArrow, learnt.asyncArrow, learnt.class:
		return
	case learnt.function, learnt.lazyFunction:
		if m.callStack[len(m.callStack)-1].pc == -2 {
			return
		}
	}
	*target = nil
}
