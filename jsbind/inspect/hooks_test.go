package inspect

import (
	"testing"

	"github.com/dop251/goja"
)

// newHooked returns an inspector with hooks over a fresh runtime.
func newHooked(t *testing.T, hooks func(vm *goja.Runtime) Hooks) (*goja.Runtime, *Inspector) {
	t.Helper()
	vm := goja.New()
	in := New(vm, hooks(vm))
	if err := vm.Set("inspect", in.Function()); err != nil {
		t.Fatal(err)
	}
	return vm, in
}

func run(t *testing.T, vm *goja.Runtime, source string) goja.Value {
	t.Helper()
	v, err := vm.RunString(source)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestClassNameHook names the class of an object.
func TestClassNameHook(t *testing.T) {
	var native *goja.Object
	vm, in := newHooked(t, func(*goja.Runtime) Hooks {
		return Hooks{ClassName: func(o *goja.Object) (string, bool) { return "Socket", o == native }}
	})
	native = run(t, vm, "({ custom: 1 })").(*goja.Object)
	if got := in.Inspect(native, in.Default()); got != "Socket { custom: 1 }" {
		t.Error(got)
	}
}

// TestStateSymbol hides what a binding attaches to an object.
func TestStateSymbol(t *testing.T) {
	type carrier struct {
		goja.Symbol
		value any
	}
	vm, in := newTestRuntime(t)
	o := run(t, vm, "({a: 1})").(*goja.Object)
	key := goja.NewSymbol("state")
	c := &carrier{Symbol: *key, value: 1}
	if err := o.DefineDataPropertySymbol(key, c, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		t.Fatal(err)
	}
	opts := in.Default()
	opts.ShowHidden = true
	if got := in.Inspect(o, opts); got != "{ a: 1 }" {
		t.Error(got)
	}
}

// TestModuleHook prints the namespace object of a module.
func TestModuleHook(t *testing.T) {
	var ns *goja.Object
	vm, in := newHooked(t, func(*goja.Runtime) Hooks {
		return Hooks{IsModule: func(o *goja.Object) bool { return o == ns }}
	})
	ns = run(t, vm, `Object.create(null, {
		a: {enumerable: true, get() { return 1 }},
		b: {enumerable: true, get() { throw new ReferenceError('b is not defined') }},
		default: {enumerable: true, get() { return {} }},
		[Symbol.toStringTag]: {value: 'Module'},
	})`).(*goja.Object)
	want := "[Module: null prototype] { a: 1, b: <uninitialized>, default: {} }"
	if got := in.Inspect(ns, in.Default()); got != want {
		t.Error(got)
	}
}

// TestClassHook prints a native function as a class.
func TestClassHook(t *testing.T) {
	var url *goja.Object
	vm, in := newHooked(t, func(*goja.Runtime) Hooks {
		return Hooks{IsClass: func(f *goja.Object) bool { return f == url }}
	})
	url = vm.ToValue(func(goja.ConstructorCall) *goja.Object { return nil }).(*goja.Object)
	_ = url.DefineDataProperty("name", vm.ToValue("URL"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if got := in.Inspect(url, in.Default()); got != "[class URL]" {
		t.Error(got)
	}
}

// TestStackHook takes an error's stack from the hook, and greys the working
// directory.
func TestStackHook(t *testing.T) {
	vm, in := newHooked(t, func(*goja.Runtime) Hooks {
		return Hooks{
			Stack: func(o *goja.Object) (string, bool) {
				return "Error: m\n    at f (/home/x/a.js:1:2)\n    at file:///home/x/b.js:3:4", true
			},
			WorkingDirectory: func() string { return "/home/x" },
		}
	})
	opts := in.Default()
	opts.Colors = true
	want := "Error: m\n    at f \x1b[90m(/home/x/\x1b[39ma.js:1:2\x1b[90m)\x1b[39m\n    at \x1b[90mfile:///home/x/\x1b[39mb.js:3:4"
	if got := in.Inspect(run(t, vm, "new Error('m')"), opts); got != want {
		t.Errorf("%q", got)
	}
}

// TestEngineStack rewrites goja's own stacks in V8's form.
func TestEngineStack(t *testing.T) {
	vm := goja.New()
	in := New(vm, Hooks{})
	v, err := vm.RunScript("dir/file.js", "function f() { return new Error('m') }\nf()")
	if err != nil {
		t.Fatal(err)
	}
	want := "Error: m\n    at f (dir/file.js:1:23)\n    at dir/file.js:2:2"
	if got := in.Inspect(v, in.Default()); got != want {
		t.Errorf("%q", got)
	}
}

// TestRegisterCustom calls the Go side of an inspection function.
func TestRegisterCustom(t *testing.T) {
	vm, in := newTestRuntime(t)
	called := 0
	fn := vm.ToValue(func(goja.FunctionCall) goja.Value {
		t.Error("the JavaScript function was called")
		return goja.Undefined()
	}).(*goja.Object)
	in.RegisterCustom(fn, func(o *goja.Object, depth float64, opts Options) goja.Value {
		called++
		if depth != 1 || opts.Depth != 2 {
			t.Error(depth, opts.Depth)
		}
		return vm.ToValue("native\ntext")
	})
	o := vm.NewObject()
	if err := o.SetSymbol(in.CustomSymbol(), fn); err != nil {
		t.Fatal(err)
	}
	outer := vm.NewObject()
	if err := outer.Set("o", o); err != nil {
		t.Fatal(err)
	}
	if got := in.Inspect(outer, in.Default()); got != "{\n  o: native\n  text\n}" || called != 1 {
		t.Errorf("%q, %d calls", got, called)
	}
}
