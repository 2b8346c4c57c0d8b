package lang

import (
	"testing"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// TestASCIIStrings compares the methods with goja's own, which a runtime that
// nothing was installed in has.
func TestASCIIStrings(t *testing.T) {
	const source = `
		const strings = ['', 'a', 'Hello World', '  \t\n\v\f\r x \r', 'abcabc', 'x'.repeat(70), 'ABC', 'é', 'aé', '😀b'];
		const args = [undefined, null, 0, 1, 2, 3, -1, -2, 5, 100, -100, 1.5, '1', 'b', 'abc', '', 'bc', 'World', 'é', NaN, Infinity, -Infinity, true, { valueOf: () => 1, toString: () => 'c' }, 1e12];
		const out = [];
		for (const s of strings)
			for (const m of ['charAt', 'charCodeAt', 'endsWith', 'includes', 'indexOf', 'slice', 'startsWith', 'substring', 'toLowerCase', 'toUpperCase', 'trim']) {
				out.push(m + s + String(s[m]()));
				for (const a of args) {
					out.push(m + s + String(s[m](a)));
					for (const b of args) out.push(m + s + String(s[m](a, b)));
				}
			}
		for (const m of ['indexOf', 'slice', 'trim']) for (const t of [null, undefined, 5, { toString: () => 'obj' }, Object('boxed')])
			try { out.push(String(String.prototype[m].call(t, 'o'))) } catch (e) { out.push(e.name) }
		try { 'a'.startsWith(/a/) } catch (e) { out.push(e.name) }
		out.join('|')`
	run := func(vm *goja.Runtime) string {
		v, err := vm.RunString("(function () {" + "const " + source[len("\n\t\tconst "):len(source)-len("out.join('|')")] + "; return out.join('|') })()")
		if err != nil {
			t.Fatal(err)
		}
		return v.String()
	}
	plain, ours := goja.New(), goja.New()
	learnLayout(ours)
	if err := engine.Learn(ours); err != nil {
		t.Fatal(err)
	}
	installASCIIStrings(ours.Get("String").(*goja.Object).Get("prototype").(*goja.Object))
	if want, got := run(plain), run(ours); got != want {
		i := 0
		for i < len(got) && i < len(want) && got[i] == want[i] {
			i++
		}
		t.Errorf("from %d on: %.80q, want %.80q", i, got[max(0, i-30):], want[max(0, i-30):])
	}
}
