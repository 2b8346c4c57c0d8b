package assertmod

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/jsbind/mirror"
)

// readable are the first lines of generated messages by operator.
var readable = map[string]string{
	"deepStrictEqual":        "Expected values to be strictly deep-equal:",
	"partialDeepStrictEqual": "Expected values to be partially and strictly deep-equal:",
	"strictEqual":            "Expected values to be strictly equal:",
	"strictEqualObject":      `Expected "actual" to be reference-equal to "expected":`,
	"deepEqual":              "Expected values to be loosely deep-equal:",
	"notDeepStrictEqual":     `Expected "actual" not to be strictly deep-equal to:`,
	"notStrictEqual":         `Expected "actual" to be strictly unequal to:`,
	"notStrictEqualObject":   `Expected "actual" not to be reference-equal to "expected":`,
	"notDeepEqual":           `Expected "actual" not to be loosely deep-equal to:`,
	"notIdentical":           "Values have same structure but are not reference-equal:",
	"notDeepEqualUnequal":    "Expected values not to be loosely deep-equal:",
}

// The limits of what messages print.
const (
	maxLines       = 50   // of one value
	maxValueLength = 512  // of each of two values, in UTF-16 units
	maxOnlyLength  = 1024 // of a single value
	shortLength    = 12   // two primitives up to it stand on one line
)

// inspectValue prints a value for a message: sorted and complete.
func (m *module) inspectValue(v goja.Value) string {
	o := inspect.DefaultOptions()
	o.Compact, o.CustomInspect, o.Depth, o.MaxArrayLength, o.Sorted, o.Getters = 0, false, 1000, math.Inf(1), true, inspect.GettersAll
	return m.rt.Inspector.Inspect(v, o)
}

func isObject(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && !bind.IsCallable(o)
}

// messageOf words a failure.
func (m *module) messageOf(f *failure) string {
	op := ""
	if goja.IsString(f.operator) {
		op = f.operator.String()
	}
	withDiff := op == "deepStrictEqual" || op == "strictEqual" || op == "partialDeepStrictEqual"
	if !bind.IsNullish(f.message) {
		text := mirrorText(f.message)
		if withDiff {
			return m.diffMessage(f, op, text)
		}
		return text
	}
	actual, expected := f.actual, f.expected
	if m.hasStack(actual) && m.hasStack(expected) {
		// Two errors are compared by what they are, not by where they come
		// from.
		actual, expected = m.copyError(actual.(*goja.Object)), m.copyError(expected.(*goja.Object))
		g := *f
		g.actual, g.expected = actual, expected
		f = &g
	}
	switch {
	case withDiff:
		return m.diffMessage(f, op, "")
	case op == "notDeepStrictEqual" || op == "notStrictEqual":
		return m.notEqualMessage(f, op)
	}
	res, other := m.inspectValue(actual), m.inspectValue(expected)
	known := readable[op]
	if op == "notDeepEqual" && res == other {
		res = known + "\n\n" + res
		if !f.full {
			res = cut(res, maxOnlyLength)
		}
		return res
	}
	if !f.full {
		res, other = cut(res, maxValueLength), cut(other, maxValueLength)
	}
	switch op {
	case "deepEqual":
		return known + "\n\n" + res + "\n\nshould loosely deep-equal\n\n" + other
	case "notDeepEqual":
		return readable["notDeepEqualUnequal"] + "\n\n" + res + "\n\nshould not loosely deep-equal\n\n" + other
	}
	return res + " " + f.operator.String() + " " + other
}

func (m *module) notEqualMessage(f *failure, op string) string {
	lines := strings.Split(m.inspectValue(f.actual), "\n")
	base := readable[op]
	if _, ok := f.actual.(*goja.Object); ok && op == "notStrictEqual" {
		base = readable["notStrictEqualObject"]
	}
	if len(lines) > maxLines && !f.full {
		lines = append(lines[:46:46], "...")
	}
	if len(lines) == 1 {
		if mirror.Units(lines[0]) > 5 {
			return base + "\n\n" + lines[0]
		}
		return base + " " + lines[0]
	}
	return base + "\n\n" + strings.Join(lines, "\n") + "\n"
}

// cut shortens s to n UTF-16 units.
func cut(s string, n int) string {
	if mirror.Units(s) > n {
		return mirror.SliceUnits(s, n-3) + "..."
	}
	return s
}

// ellipsis shortens a string that an error shows among its properties.
func ellipsis(s string) string {
	if lines := strings.SplitN(s, "\n", 11); len(lines) > 10 {
		return strings.Join(lines[:10], "\n") + "\n..."
	}
	if mirror.Units(s) > maxValueLength {
		// Node cuts from the front.
		return strings.TrimPrefix(s, mirror.SliceUnits(s, maxValueLength)) + "..."
	}
	return s
}

func mirrorText(v goja.Value) string {
	if s, ok := v.(goja.String); ok {
		return mirror.Text(s)
	}
	if s, ok := v.(*goja.Symbol); ok {
		return "Symbol(" + s.String() + ")"
	}
	return v.String()
}

func (m *module) hasStack(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && isObject(o) && o.Get("stack") != nil && m.rt.IsError(o)
}

// copyError copies an error without its stack.
func (m *module) copyError(e *goja.Object) *goja.Object {
	o := m.rt.VM.CreateObject(e.Prototype())
	for _, k := range e.Keys() {
		_ = o.Set(k, e.Get(k))
	}
	_ = o.DefineDataProperty("message", bind.Get(e, "message"), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	if m.rt.Mirror.HasOwn(e, mirror.StringKey("cause")) {
		cause := e.Get("cause")
		if m.rt.IsError(cause) {
			cause = m.copyError(cause.(*goja.Object))
		}
		_ = o.DefineDataProperty("cause", cause, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
	return o
}
