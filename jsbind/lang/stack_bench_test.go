package lang

import (
	"testing"

	"github.com/dop251/goja"
)

// BenchmarkThrow makes, throws and catches an error ten calls deep, and never
// looks at its stack.
func BenchmarkThrow(b *testing.B)       { benchThrow(b, true) }
func BenchmarkThrowEngine(b *testing.B) { benchThrow(b, false) }

func benchThrow(b *testing.B, install bool) {
	vm := goja.New()
	if install {
		Install(vm)
	}
	v, err := vm.RunString(`function f(n) { if (n === 0) throw new Error('x'); f(n - 1) } (function () { for (let i = 0; i < 100; i++) { try { f(10) } catch (e) {} } })`)
	if err != nil {
		b.Fatal(err)
	}
	f, _ := goja.AssertFunction(v)
	for b.Loop() {
		if _, err := f(goja.Undefined()); err != nil {
			b.Fatal(err)
		}
	}
}
