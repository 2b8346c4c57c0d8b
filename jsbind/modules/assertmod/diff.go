package assertmod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/myers"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/jsbind/modules/ttymod"
)

// palette is the control sequences of a colored message; all empty without
// colors.
type palette struct{ blue, green, white, red, gray string }

func (p palette) on() bool { return p.white != "" }

func (m *module) palette() palette {
	stderr := m.rt.VM.Get("process").(*goja.Object).Get("stderr")
	if !ttymod.ShouldColorize(m.rt, stderr) {
		return palette{}
	}
	return palette{"\x1b[34m", "\x1b[32m", "\x1b[39m", "\x1b[31m", "\x1b[90m"}
}

// diffMessage is the message of the operators that show a diff. custom is the
// program's own first line, if any.
func (m *module) diffMessage(f *failure, op, custom string) string {
	if _, isFunc := f.actual.(*goja.Object); isFunc && op == "strictEqual" {
		if _, ok := f.expected.(*goja.Object); ok {
			op = "strictEqualObject"
		}
	}
	p := m.palette()
	a, b := m.inspectValue(f.actual), m.inspectValue(f.expected)
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	header := p.green + "+ actual" + p.white + " " + p.red + "- expected" + p.white
	text, skipped := "", false
	switch {
	case len(x) == 1 && len(y) == 1 && (!isObject(f.actual) || !isObject(f.expected)):
		var own *string
		if text, own = m.simpleDiff(f, x[0], y[0], p); own != nil {
			header = *own
		}
	case a == b:
		op = "notIdentical"
		header = ""
		if len(x) > maxLines && !f.full {
			text, skipped = strings.Join(x[:maxLines], "\n")+"\n...}", true
		} else {
			text = a
		}
	default:
		text, skipped = printDiff(x, y, f.actual, op, p)
	}
	first := custom
	if first == "" {
		first = readable[op]
	}
	more := ""
	if skipped {
		more = "\n... Skipped lines"
	}
	return first + "\n" + header + more + "\n" + text + "\n"
}

// simpleDiff shows two values of one line each. header replaces the usual one
// if it is not nil.
func (m *module) simpleDiff(f *failure, a, b string, p palette) (text string, header *string) {
	n := mirror.Units(a) + mirror.Units(b)
	strings2 := goja.IsString(f.actual) && goja.IsString(f.expected)
	if goja.IsString(f.actual) {
		n -= 2
	}
	if goja.IsString(f.expected) {
		n -= 2
	}
	zero := func(v goja.Value) bool { return goja.IsNumber(v) && v.ToFloat() == 0 }
	if n <= shortLength && !(zero(f.actual) && zero(f.expected)) {
		none := ""
		return a + " !== " + b, &none
	}
	if strings2 && p.on() {
		colored := p.green + "actual" + p.white + " " + p.red + "expected" + p.white
		return coloredDiff(a, b, p), &colored
	}
	text = "\n" + p.green + "+" + p.white + " " + a + "\n" + p.red + "- " + p.white + b
	if mirror.Units(a)+mirror.Units(b) <= m.terminalWidth() {
		x, y := mirror.ToUTF16(a), mirror.ToUTF16(b)
		for i := range x {
			if i >= len(y) || x[i] != y[i] {
				if i >= 3 { // before that the difference is plain to see
					text += "\n" + strings.Repeat(" ", i+2) + "^"
				}
				break
			}
		}
	}
	return text, nil
}

func (m *module) terminalWidth() int {
	stderr := m.rt.VM.Get("process").(*goja.Object).Get("stderr").(*goja.Object)
	if bind.Get(stderr, "isTTY").ToBoolean() {
		return int(bind.Get(stderr, "columns").ToInteger())
	}
	return 80
}

// coloredDiff shows two strings as one, character by character.
func coloredDiff(a, b string, p palette) string {
	x, y := []rune(a), []rune(b)
	var out strings.Builder
	out.WriteByte('\n')
	for _, e := range myers.Diff(len(x), len(y), func(i, j int) bool { return x[i] == y[j] }) {
		switch e.Op {
		case myers.First:
			out.WriteString(p.green + string(x[e.X]) + p.white)
		case myers.Second:
			out.WriteString(p.red + string(y[e.Y]) + p.white)
		default:
			out.WriteString(p.white + string(x[e.X]) + p.white)
		}
	}
	return out.String()
}

// contextLines is how many equal lines follow a difference.
const contextLines = 5

// printDiff shows two values of several lines; long runs of equal lines are
// left out.
func printDiff(x, y []string, actual goja.Value, op string, p palette) (text string, skipped bool) {
	_, commas := actual.(*goja.Object) // the last line of an object has no comma
	commas = commas && isObject(actual)
	edits := myers.Diff(len(x), len(y), func(i, j int) bool {
		return x[i] == y[j] || commas && (x[i]+"," == y[j] || x[i] == y[j]+",")
	})
	line := func(e myers.Edit) string {
		switch {
		case e.Op == myers.Second, e.Op == myers.Both && commas && !strings.HasSuffix(x[e.X], ","):
			return y[e.Y]
		}
		return x[e.X]
	}
	var b strings.Builder
	equal := 0
	for i, e := range edits {
		if e.Op != myers.Both && equal > 0 {
			// What was held back is shown if it is no longer than the line
			// that would say so.
			switch rest := equal - contextLines; {
			case rest == 1:
				b.WriteString(p.white + "  " + line(edits[i-1]) + "\n")
			case rest == 2:
				b.WriteString(p.white + "  " + line(edits[i-2]) + "\n" + p.white + "  " + line(edits[i-1]) + "\n")
			case rest > 2:
				b.WriteString(p.blue + "..." + p.white + "\n" + p.white + "  " + line(edits[i-1]) + "\n")
				skipped = true
			}
			equal = 0
		}
		switch e.Op {
		case myers.First:
			if op == "partialDeepStrictEqual" {
				sign := "+"
				if p.on() {
					sign = " "
				}
				b.WriteString(p.gray + sign + " " + line(e) + p.white + "\n")
			} else {
				b.WriteString(p.green + "+" + p.white + " " + line(e) + "\n")
			}
		case myers.Second:
			b.WriteString(p.red + "-" + p.white + " " + line(e) + "\n")
		default:
			if equal++; equal <= contextLines {
				b.WriteString(p.white + "  " + line(e) + "\n")
			}
		}
	}
	return "\n" + strings.TrimRight(b.String(), " \t\n"), skipped
}
