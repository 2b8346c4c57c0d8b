package engine

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// text makes the value of a string that lies at p, is ASCII, and does not change.
// goja's own conversion puts a copy of the header of each string on the heap.
func text(p *string) (v goja.Value) {
	*(*iface)(unsafe.Pointer(&v)) = iface{learnt.ascii, unsafe.Pointer(p)}
	return v
}

// Strings makes values of strings; a few share an allocation. The zero value is
// ready.
type Strings struct{ free []string }

// stringsTogether is how many strings share an allocation, which lives as long
// as one of them does.
const stringsTogether = 8

// ASCII returns the value of s, which holds only bytes below 0x80.
func (a *Strings) ASCII(s string) goja.Value {
	if len(a.free) == 0 {
		a.free = make([]string, stringsTogether)
	}
	p := &a.free[0]
	a.free = a.free[1:]
	*p = s
	return text(p)
}

// Reserve makes room for n strings in one allocation.
func (a *Strings) Reserve(n int) {
	if len(a.free) < n {
		a.free = make([]string, n)
	}
}

// Value returns the value of any string.
func (a *Strings) Value(s string) goja.Value {
	if len(s) < 2 || !onlyASCII(s) {
		return Text(s)
	}
	return a.ASCII(s)
}

// Text returns the value of any string, without looking at it again when it is
// used.
func Text(s string) goja.Value {
	switch {
	case s == "":
		return text(&emptyText)
	case len(s) == 1 && s[0] < 0x80:
		return text(&singleTexts[s[0]])
	case onlyASCII(s):
		p := new(string)
		*p = s
		return text(p)
	}
	return converter.ToValue(s)
}

// singleTexts are the strings of one character.
var singleTexts = func() (texts [0x80]string) {
	for i := range texts {
		texts[i] = string(rune(i))
	}
	return texts
}()

var emptyText string

// onlyASCII reports whether all bytes of s are below 0x80.
func onlyASCII(s string) bool {
	const high = 0x8080808080808080
	p, n := unsafe.Pointer(unsafe.StringData(s)), len(s)
	i := 0
	for ; i+32 <= n; i += 32 {
		w := *(*[4]uint64)(unsafe.Add(p, i))
		if (w[0]|w[1]|w[2]|w[3])&high != 0 {
			return false
		}
	}
	for ; i+8 <= n; i += 8 {
		if *(*uint64)(unsafe.Add(p, i))&high != 0 {
			return false
		}
	}
	for ; i < n; i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

var converter *goja.Runtime // ToValue of a string does not look at it

// Numbers makes values of numbers; a few share an allocation. The zero value is
// ready.
type Numbers struct{ free []float64 }

// Float returns the value of f, which is neither an integer nor infinite nor
// NaN.
func (a *Numbers) Float(f float64) (v goja.Value) {
	if len(a.free) == 0 {
		a.free = make([]float64, stringsTogether)
	}
	p := &a.free[0]
	a.free = a.free[1:]
	*p = f
	*(*iface)(unsafe.Pointer(&v)) = iface{learnt.float, unsafe.Pointer(p)}
	return v
}

// isASCII reports whether v is a string of ASCII characters, and returns it.
func isASCII(v goja.Value) (unistring.String, bool) {
	if w := (*iface)(unsafe.Pointer(&v)); w.tab == learnt.ascii {
		return *(*unistring.String)(w.data), true
	}
	return "", false
}

// ASCII reports whether v is a string that the engine keeps as ASCII characters,
// and returns it.
func ASCII(v goja.Value) (string, bool) {
	s, ok := isASCII(v)
	return string(s), ok
}

// Int reports whether v is a number that the engine keeps as an integer, and
// returns it.
func Int(v goja.Value) (int, bool) {
	i, ok := isInt(v)
	return int(i), ok
}

// isObject returns the object that v is, or nil.
func isObject(v goja.Value) *object {
	if w := (*iface)(unsafe.Pointer(&v)); w.tab == learnt.value {
		return (*object)(w.data)
	}
	return nil
}

// isInt reports whether v is a number that goja keeps as an integer.
func isInt(v goja.Value) (int64, bool) {
	if w := (*iface)(unsafe.Pointer(&v)); w.tab == learnt.integer {
		return *(*int64)(w.data), true
	}
	return 0, false
}

// isPlain reports whether v is a value and not a property with attributes.
func isPlain(v goja.Value) bool {
	return v != nil && (*iface)(unsafe.Pointer(&v)).tab != learnt.property
}

// copyMarker behind the names of an object tells goja to copy them before it
// changes them.
const copyMarker unistring.String = " "
