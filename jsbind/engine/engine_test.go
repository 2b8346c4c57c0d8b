package engine

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/dop251/goja"
)

// TestLayout fails when goja's structures are no longer those of the mirrors.
func TestLayout(t *testing.T) {
	if err := Learn(goja.New()); err != nil {
		t.Fatal(err)
	}
}

// TestVersion fails when go.mod has another goja than the one that linked.go was
// compared with.
func TestVersion(t *testing.T) {
	text, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if want := "github.com/dop251/goja " + verified; !strings.Contains(string(text), want+"\n") {
		t.Errorf("go.mod does not require %s: see linked.go", want)
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

func TestBytes(t *testing.T) {
	vm := newVM(t)
	like, err := vm.RunString("new Uint8Array(1)")
	if err != nil {
		t.Fatal(err)
	}
	proto, _ := vm.RunString("Object.create(Uint8Array.prototype, { mine: { value: 'mine' } })")
	memory := []byte{1, 2, 3}
	made := NewBytes(like.(*goja.Object), proto.(*goja.Object), memory)
	_ = vm.Set("b", made)
	v, err := vm.RunString(`b[1] = 20; b.own = 'own'; b.buffer.own = 'its'; [b.mine, b.length, b.byteOffset, b.buffer.byteLength, b.join(), b.own, b.buffer.own,
		b.buffer instanceof ArrayBuffer, b instanceof Uint8Array, ArrayBuffer.isView(b), b.subarray(1).join(), b.slice(2)[0], Array.from(b).length,
		new Uint8Array(b.buffer)[1], Object.keys(b).join(), Object.prototype.toString.call(b), b.constructor === Uint8Array].join(' ')`)
	if want := "mine 3 0 3 1,20,3 own its true true true 20,3 3 3 20 0,1,2,own [object Uint8Array] true"; err != nil || v.String() != want {
		t.Errorf("got  %v %v\nwant %s", v, err, want)
	}
	if memory[1] != 20 {
		t.Error("the memory is a copy")
	}
	for src, want := range map[string]string{
		"new Uint8Array([1, 2, 3])": "\x01\x02\x03", "new Uint8Array([1, 2, 3, 4]).subarray(1, 3)": "\x02\x03", "b.subarray(2)": "\x03", "new Uint8Array()": "",
		"new Uint8ClampedArray([1])": "no", "new Int8Array([1])": "no", "new DataView(new ArrayBuffer(1))": "no", "[1]": "no", "({})": "no", "new Proxy(b, {})": "no", "Object.create(b)": "no",
	} {
		v, err := vm.RunString(src)
		if err != nil {
			t.Fatal(err)
		}
		p, ok := Bytes(v.(*goja.Object))
		if got := string(p); !ok && want != "no" || ok && got != want {
			t.Errorf("%s: %q %v", src, got, ok)
		}
	}
}

// TestSharedProgram runs one program in several runtimes at once: they share its
// instructions and all shapes.
func TestSharedProgram(t *testing.T) {
	vm := newVM(t)
	prg := goja.MustCompile("a.js", `
		let sum = 0;
		for (let i = 0; i < 200; i++) {
			const o = { a: i, ['k' + i % 7]: 1 };
			o.b = () => o.a; o.c = (function () { 'use strict'; return arguments })(i);
			const copy = { ...o, d: 1 };
			for (const k in copy) if (typeof copy[k] === 'number') sum += copy[k];
			sum += copy.b() + copy.c[0] + copy.c.length;
		}
		sum`, false)
	Tune(prg)
	want, err := vm.RunProgram(prg)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got, err := goja.New().RunProgram(prg); err != nil || !got.SameAs(want) {
				t.Error(got, err)
			}
		})
	}
	wg.Wait()
}
