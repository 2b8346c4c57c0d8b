package engine

import (
	"testing"

	"github.com/dop251/goja"
)

// TestLayout fails when goja's structures are no longer those of the mirrors.
func TestLayout(t *testing.T) {
	if err := Learn(goja.New()); err != nil {
		t.Fatal(err)
	}
}

var base = goja.MustCompile("base.js", "0", true)

func newVM(t testing.TB) *goja.Runtime {
	vm := goja.New()
	if err := Learn(vm); err != nil {
		t.Fatal(err)
	}
	return vm
}

func TestJobsWait(t *testing.T) {
	vm := newVM(t)
	Hold(vm, base)
	if _, err := vm.RunString(`var seen = ''; Promise.resolve().then(() => { seen += 'a'; Promise.resolve().then(() => seen += 'c') }).then(() => seen += 'd'); Promise.resolve().then(() => seen += 'b')`); err != nil {
		t.Fatal(err)
	}
	seen := func() string { return vm.Get("seen").String() }
	if seen() != "" || !HasJobs(vm) {
		t.Fatalf("jobs ran by themselves: %q", seen())
	}
	var jobs Jobs
	n := 0
	jobs.Run(vm, func() bool { n++; return n < 2 })
	if seen() != "ab" || !jobs.Pending(vm) {
		t.Fatalf("%q, pending %v", seen(), jobs.Pending(vm))
	}
	jobs.Run(vm, func() bool { return true })
	if seen() != "abcd" || jobs.Pending(vm) {
		t.Fatalf("%q, pending %v", seen(), jobs.Pending(vm))
	}
}

func TestJobThatPanics(t *testing.T) {
	vm := newVM(t)
	Hold(vm, base)
	_ = vm.Set("leave", func() { panic("left") })
	if _, err := vm.RunString(`var seen = ''; Promise.resolve().then(() => leave()); Promise.resolve().then(() => seen += 'b')`); err != nil {
		t.Fatal(err)
	}
	var jobs Jobs
	run := func() (x any) {
		defer func() { x = recover() }()
		vm.Try(func() { jobs.Run(vm, func() bool { return true }) })
		return nil
	}
	if x := run(); x != "left" || !jobs.Pending(vm) {
		t.Fatalf("%v, pending %v", x, jobs.Pending(vm))
	}
	if x := run(); x != nil || vm.Get("seen").String() != "b" {
		t.Fatalf("%v %v", x, vm.Get("seen"))
	}
}

func TestForget(t *testing.T) {
	vm := newVM(t)
	Hold(vm, base)
	v, err := vm.RunString(`(function f(n) { return n && [n] + f(n - 1) })`)
	if err != nil {
		t.Fatal(err)
	}
	f := v.Export().(func(goja.FunctionCall) goja.Value)
	m := machineOf(vm)
	if ex := vm.Try(func() { f(goja.FunctionCall{Arguments: []goja.Value{vm.ToValue(1000)}}) }); ex != nil || len(m.stack) < 1000 {
		t.Fatalf("%v, a stack of %d", ex, len(m.stack))
	}
	Forget(vm)
	if len(m.stack) != m.sp {
		t.Errorf("%d values above the top", len(m.stack)-m.sp)
	}
	for _, v := range m.stack[:cap(m.stack)] {
		if v != nil {
			t.Fatalf("%v is left", v)
		}
	}
	if v, err := vm.RunString(`[1, 2, 3].map(x => x * 2).join()`); err != nil || v.String() != "2,4,6" {
		t.Errorf("%v %v", v, err)
	}
}

// TestIterate runs loops over arrays with goja's instructions and with ours.
func TestIterate(t *testing.T) {
	for _, src := range []string{
		`for (const x of [1, 'a', {}.x, null]) out.push(x)`,
		`for (const x of []) out.push(x)`,
		`for (const x of [1, , 3]) out.push(x)`,
		`Array.prototype[1] = 'hole'; for (const x of [1, , 3]) out.push(x); delete Array.prototype[1]`,
		`const a = [1, 2, 3]; for (const x of a) { out.push(x); if (a.length < 6) a.push(x * 10) }`,
		`const a = [1, 2, 3]; for (const x of a) { out.push(x); a.length = 1 }`,
		`const a = [1, 2, 3]; for (const x of a) { out.push(x); a.shift() }`,
		`const a = [1, 2]; Object.defineProperty(a, 1, { get: () => 'got' }); for (const x of a) out.push(x)`,
		`const a = []; a[100000] = 1; for (const x of a) if (x) out.push(x)`,
		`const it = [1, 2, 3].values(); for (const x of it) { out.push(x); if (x === 2) break } out.push(it.next().done)`,
		`for (const [k, v] of [1, 2].entries()) out.push(k, v)`,
		`for (const k of [1, 2].keys()) out.push(k)`,
		`for (const x of new Uint8Array([1, 2])) out.push(x)`,
		`for (const x of new Set([1, 2])) out.push(x)`,
		`for (const [k, v] of new Map([[1, 2]])) out.push(k, v)`,
		`for (const c of 'aé😀') out.push(c)`,
		`function* g() { try { yield 1; yield 2 } finally { out.push('closed') } } for (const x of g()) { out.push(x); break }`,
		`const p = Object.getPrototypeOf([].values()), next = p.next; let n = 0;
		 p.next = function () { return n++ < 2 ? { value: 'patched', done: false } : { done: true } };
		 for (const x of [1]) out.push(x); p.next = next`,
		`const it = [1, 2].values(); it.next = () => ({ value: 3, done: out.length > 0 }); for (const x of it) out.push(x)`,
		`const a = [1]; a[Symbol.iterator] = function* () { yield 'own' }; for (const x of a) out.push(x)`,
		`const [a, b, ...c] = [1, 2, 3, 4]; out.push(a, b, c.length)`,
		`for (const x of [1, 2]) { try { if (x === 2) throw 'e'; out.push(x) } catch (e) { out.push(e) } finally { out.push('f') } }`,
		`const it = [1].values(); for (const x of it); for (const x of it) out.push('again'); out.push(it.next().value)`,
		`outer: for (const x of [1, 2, 3]) { for (const y of [1, 2, 3]) { if (y === 2) continue outer; if (x === 3) break outer; out.push(x, y) } }`,
		`for (const f of [1, 2].map(x => () => x)) out.push(f())`,
	} {
		run := func(tuned bool) string {
			vm := newVM(t)
			prg := goja.MustCompile("a.js", "var out = []; (function () {"+src+"})(); out.map(String).join()", true)
			if tuned {
				Tune(prg)
			}
			v, err := vm.RunProgram(prg)
			if err != nil {
				return err.Error()
			}
			return v.String()
		}
		if want, got := run(false), run(true); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
}

func BenchmarkForOf(b *testing.B) {
	for _, tuned := range []string{"goja", "tuned"} {
		b.Run(tuned, func(b *testing.B) {
			vm := newVM(b)
			prg := goja.MustCompile("a.js", "(n, a) => { for (; n > 0; n--) for (const x of a); }", true)
			if tuned == "tuned" {
				Tune(prg)
			}
			v, _ := vm.RunProgram(prg)
			f, _ := goja.AssertFunction(v)
			list, _ := vm.New(vm.Get("Array"), vm.ToValue(10))
			for i := range 10 {
				_ = list.Set(string(rune('0'+i)), i)
			}
			b.ReportAllocs()
			b.ResetTimer()
			if _, err := f(nil, vm.ToValue(b.N), list); err != nil {
				b.Fatal(err)
			}
		})
	}
}
