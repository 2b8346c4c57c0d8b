package deepequal

import (
	"os"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// divergences are the pairs for which the answer is another than Node's.
var divergences = map[[2]string]int{
	// Node 24.12.0 counts symbols on both sides, enumerable or not, and takes
	// equal counts for equal keys.
	{"Object.defineProperty({}, Symbol.for('x'), {value: 1})", "{[Symbol.iterator]: 1}"}: 2,
}

// TestMatrix compares every pair of values with what Node says of it; see
// testdata/generate.js.
func TestMatrix(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(data))
	}
	values := strings.Split(read("values.txt"), "\n")
	rows := strings.Split(read("matrix.txt"), "\n")[1:]
	if len(rows) != len(values) {
		t.Fatalf("%d rows for %d values", len(rows), len(values))
	}
	vm := goja.New()
	m := mirror.New(vm)
	if _, err := vm.RunString(read("prelude.js")); err != nil {
		t.Fatal(err)
	}
	makeAll := func() []goja.Value {
		list := make([]goja.Value, len(values))
		for i, source := range values {
			v, err := vm.RunString("(" + source + ")")
			if err != nil {
				t.Fatal(source, err)
			}
			list[i] = v
		}
		return list
	}
	left, right := makeAll(), makeAll()
	failures := 0
	for i, a := range left {
		for j, b := range right {
			c := New(m)
			got := 0
			if c.Strict(a, b) {
				got |= 1
			}
			if c.Loose(a, b) {
				got |= 2
			}
			if c.Partial(a, b) {
				got |= 4
			}
			c.SkipPrototype = true
			if c.Strict(a, b) {
				got |= 8
			}
			want := strings.IndexByte("0123456789abcdef", rows[i][j])
			if d, ok := divergences[[2]string{values[i], values[j]}]; ok {
				want = d
			}
			if got != want {
				if failures++; failures < 200 {
					t.Errorf("%s | %s: got %04b, want %04b (skipPrototype, partial, loose, strict)", values[i], values[j], got, want)
				}
			}
		}
	}
	if failures > 0 {
		t.Errorf("%d of %d pairs differ", failures, len(left)*len(right))
	}
}
