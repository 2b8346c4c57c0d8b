package engine

import (
	"testing"

	"github.com/dop251/goja"
)

// What a program holds is counted, wherever it holds it, within a third of what
// it is known to take at least.
func TestSize(t *testing.T) {
	for name, code := range map[string]string{
		"objects":   `var held = []; for (let i = 0; i < 20000; i++) held.push({ i, o: {} })`,
		"a string":  `var held = 'x'.repeat(4 << 20)`,
		"bytes":     `var held = new Uint8Array(4 << 20)`,
		"a map":     `var held = new Map(); for (let i = 0; i < 20000; i++) held.set(i, { i })`,
		"closures":  `var held = (() => { const a = []; for (let i = 0; i < 20000; i++) a.push({ i, o: {} }); return () => a })()`,
		"a promise": `var held = Promise.resolve(new Uint8Array(4 << 20))`,
		"generator": `var held = (function* () { const a = new Uint8Array(4 << 20); yield 1; return a })(); held.next()`,
	} {
		t.Run(name, func(t *testing.T) {
			vm := goja.New()
			if err := Learn(vm); err != nil {
				t.Fatal(err)
			}
			before := Size(vm)
			if _, err := vm.RunString(code); err != nil {
				t.Fatal(err)
			}
			const least, most = 2 << 20, 24 << 20
			if held := Size(vm) - before; held < least || held > most {
				t.Errorf("%d bytes before, %d more now", before, held)
			}
			if _, err := vm.RunString(`held = undefined`); err != nil {
				t.Fatal(err)
			}
			if left := Size(vm) - before; left > 1<<20 {
				t.Errorf("%d bytes are left", left)
			}
		})
	}
}
