package lang

import (
	"runtime"
	"testing"

	"github.com/dop251/goja"
)

// TestFinalization drops targets and waits for the garbage collector to say so.
func TestFinalization(t *testing.T) {
	vm := goja.New()
	h := Install(vm)
	posted := make(chan func(), 10)
	h.Post = func(f func()) { posted <- f }
	if _, err := vm.RunString(`
		var got = [], kept = {}, ref;
		var registry = new FinalizationRegistry((held) => got.push(held));
		(function () {
			registry.register({}, 'dropped');
			registry.register(kept, 'kept');
			const token = {};
			registry.register({}, 'unregistered', token);
			registry.unregister(token);
			ref = new WeakRef({});
		})();
		// Overwrite what the machine's stack still holds.
		(function f(n) { return n === 0 ? 0 : f(n - 1) + 1 })(100)`); err != nil {
		t.Fatal(err)
	}
	select {
	case <-posted:
		t.Fatal("called before the job ended")
	default:
	}
	collected := false
	for range 200 {
		runtime.GC()
		select {
		case f := <-posted:
			f()
			collected = true
		default:
			runtime.Gosched()
		}
		if collected {
			break
		}
	}
	v, err := vm.RunString(`String(got) + ' ' + (ref.deref() === undefined)`)
	if err != nil {
		t.Fatal(err)
	}
	if v.String() != "dropped true" {
		t.Errorf("got %q", v)
	}
}

// TestLayoutKnown fails when goja's structures have changed: internals.go then
// needs a look.
func TestLayoutKnown(t *testing.T) {
	Install(goja.New())
	if !learnt.known {
		t.Fatal("the layout of goja's objects is not the one that internals.go mirrors")
	}
}
