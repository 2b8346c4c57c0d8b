package engine

import (
	"os"
	"strings"
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
