package engine

import (
	"unsafe"

	"github.com/dop251/goja"
)

var gojaIterNext func(data unsafe.Pointer, m *machine)

// iterNext is the step of for-of and of array patterns. goja calls next, which
// makes an object of value and done; for an array with its own iterator the
// element is taken at once. data points to the int32 that is added to the
// program counter at the end.
func iterNext(data unsafe.Pointer, m *machine) {
	item := &m.iterStack[len(m.iterStack)-1]
	if v, more, ok := nextElement(item.iter); !ok {
		gojaIterNext(data, m)
	} else if more {
		item.val = v
		m.pc++
	} else {
		item.iter.iterator, item.iter.next = nil, nil
		m.pc += int(*(*int32)(data))
	}
}

// nextElement steps a built-in iterator of the values of an array that holds
// plain values only; ok is false for all others.
func nextElement(it *iteratorRecord) (v goja.Value, more, ok bool) {
	if it.iterator == nil || it.next == nil || codeOf(it.next) != learnt.arrayNext {
		return nil, false, false
	}
	self := (*object)(unsafe.Pointer(it.iterator)).self
	if self.tab != learnt.arrayIterator {
		return nil, false, false
	}
	ai := (*arrayIterator)(self.data)
	if ai.obj == nil || ai.kind != kindValue {
		return nil, false, false
	}
	self = (*object)(unsafe.Pointer(ai.obj)).self
	if self.tab != learnt.array {
		return nil, false, false
	}
	a := (*array)(self.data)
	if ai.nextIdx >= int64(a.length) {
		ai.obj = nil
		return nil, false, true
	}
	if ai.nextIdx >= int64(len(a.values)) {
		return nil, false, false
	}
	v = a.values[ai.nextIdx]
	if !isPlain(v) {
		return nil, false, false
	}
	ai.nextIdx++
	return v, true, true
}
