package engine

import (
	"math"
	"unsafe"

	"github.com/dop251/goja"
)

// The instructions of arithmetic and comparison. goja converts both sides, asks
// each for its kind several times, and makes its numbers through an interface;
// here two numbers are taken as they are, and all else is left to goja.

var gojaAdd, gojaSub, gojaMul, gojaLess, gojaLessEqual, gojaGreater, gojaGreaterEqual func(unsafe.Pointer, *machine)

// maxSafe is the greatest number that goja keeps as an integer.
const maxSafe = 1<<53 - 1

// smallInts are the values of the integers that are made most.
var smallInts = func() (ints [1024]int64) {
	for i := range ints {
		ints[i] = int64(i)
	}
	return ints
}()

// intValue returns the value of an integer of at most 2^62 either way.
func intValue(i int64) (v goja.Value) {
	switch {
	case uint64(i) < uint64(len(smallInts)):
		*(*iface)(unsafe.Pointer(&v)) = iface{learnt.integer, unsafe.Pointer(&smallInts[i])}
	case i >= -maxSafe && i <= maxSafe:
		p := new(int64)
		*p = i
		*(*iface)(unsafe.Pointer(&v)) = iface{learnt.integer, unsafe.Pointer(p)}
	default:
		return floatValue(float64(i))
	}
	return v
}

// floatValue returns the value of a number: one that goja keeps as an integer
// where it can.
func floatValue(f float64) (v goja.Value) {
	if f == math.Trunc(f) || f != f { // an integer, infinite, or NaN
		if f != 0 && f >= -maxSafe && f <= maxSafe {
			return intValue(int64(f))
		}
		return converter.ToValue(f)
	}
	p := new(float64)
	*p = f
	*(*iface)(unsafe.Pointer(&v)) = iface{learnt.float, unsafe.Pointer(p)}
	return v
}

// operands are the two numbers on top of the stack; bothInts says that a and b
// hold them, else x and y do. ok is false where one of them is something else.
func (m *machine) operands() (a, b int64, x, y float64, bothInts, ok bool) {
	l := (*iface)(unsafe.Pointer(&m.stack[m.sp-2]))
	r := (*iface)(unsafe.Pointer(&m.stack[m.sp-1]))
	switch l.tab {
	case learnt.integer:
		a = *(*int64)(l.data)
		if r.tab == learnt.integer {
			return a, *(*int64)(r.data), 0, 0, true, true
		}
		x = float64(a)
	case learnt.float:
		x = *(*float64)(l.data)
	default:
		return 0, 0, 0, 0, false, false
	}
	switch r.tab {
	case learnt.integer:
		y = float64(*(*int64)(r.data))
	case learnt.float:
		y = *(*float64)(r.data)
	default:
		return 0, 0, 0, 0, false, false
	}
	return 0, 0, x, y, false, true
}

// fold replaces the two values on top of the stack.
func (m *machine) fold(v goja.Value) {
	m.stack[m.sp-2] = v
	m.sp--
	m.pc++
}

func add(data unsafe.Pointer, m *machine) {
	a, b, x, y, ints, ok := m.operands()
	switch {
	case !ok:
		gojaAdd(data, m)
	case ints:
		m.fold(intValue(a + b))
	default:
		m.fold(floatValue(x + y))
	}
}

func sub(data unsafe.Pointer, m *machine) {
	a, b, x, y, ints, ok := m.operands()
	switch {
	case !ok:
		gojaSub(data, m)
	case ints:
		m.fold(intValue(a - b))
	default:
		m.fold(floatValue(x - y))
	}
}

func mul(data unsafe.Pointer, m *machine) {
	a, b, x, y, ints, ok := m.operands()
	switch {
	case !ok:
		gojaMul(data, m)
	case ints && a != 0 && b != 0 && int64(int32(a)) == a && int64(int32(b)) == b:
		m.fold(intValue(a * b))
	case ints:
		m.fold(floatValue(float64(a) * float64(b)))
	default:
		m.fold(floatValue(x * y))
	}
}

func less(data unsafe.Pointer, m *machine) {
	if a, b, x, y, ints, ok := m.operands(); ok {
		m.fold(truth(ints && a < b || !ints && x < y))
		return
	}
	gojaLess(data, m)
}

func lessEqual(data unsafe.Pointer, m *machine) {
	if a, b, x, y, ints, ok := m.operands(); ok {
		m.fold(truth(ints && a <= b || !ints && x <= y))
		return
	}
	gojaLessEqual(data, m)
}

func greater(data unsafe.Pointer, m *machine) {
	if a, b, x, y, ints, ok := m.operands(); ok {
		m.fold(truth(ints && a > b || !ints && x > y))
		return
	}
	gojaGreater(data, m)
}

func greaterEqual(data unsafe.Pointer, m *machine) {
	if a, b, x, y, ints, ok := m.operands(); ok {
		m.fold(truth(ints && a >= b || !ints && x >= y))
		return
	}
	gojaGreaterEqual(data, m)
}

var trueValue, falseValue = converter.ToValue(true), converter.ToValue(false)

func truth(b bool) goja.Value {
	if b {
		return trueValue
	}
	return falseValue
}
