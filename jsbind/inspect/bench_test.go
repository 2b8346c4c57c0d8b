package inspect

import (
	"testing"

	"github.com/dop251/goja"
)

func BenchmarkFormat(b *testing.B) {
	vm, in := newTestRuntime(b)
	for _, c := range []struct{ name, args string }{
		{"text and number", `['x', 1]`},
		{"placeholders", `['%s is %d', 'x', 1]`},
		{"small object", `[{a: 1, b: 'two', c: true}]`},
		{"nested object", `[{a: {b: [1, 2, 3], c: 'x'}, d: null}]`},
		{"instance", `[new (class Foo { constructor() { this.a = 1; this.b = 2 } })]`},
		{"array of 100", `[Array.from({length: 100}, (_, i) => i)]`},
		{"map", `[new Map([['a', 1], ['b', 2]])]`},
		{"error", `[err(new Error('m'), 'a (f.js:1:2)', 'b (f.js:3:4)')]`},
	} {
		b.Run(c.name, func(b *testing.B) {
			v, err := vm.RunString(c.args)
			if err != nil {
				b.Fatal(err)
			}
			var args []goja.Value
			vm.ForOf(v, func(v goja.Value) bool { args = append(args, v); return true })
			b.ReportAllocs()
			for b.Loop() {
				in.Format(args)
			}
		})
	}
}
