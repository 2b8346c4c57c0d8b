package bind

import (
	"os"
	"reflect"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/inspect"
)

// initInspect makes the inspector; it runs before any script.
func (rt *Runtime) initInspect() {
	rt.Inspector = inspect.New(rt.VM, inspect.Hooks{
		IsModule: func(o *goja.Object) bool { return rt.IsNamespace != nil && rt.IsNamespace(o) },
		Href: func(o *goja.Object) (string, bool) {
			if rt.Href == nil {
				return "", false
			}
			return rt.Href(o)
		},
		MaxBytes: func() int {
			if rt.InspectMaxBytes == nil {
				return 50
			}
			return rt.InspectMaxBytes()
		},
		WorkingDirectory: func() string {
			dir, _ := os.Getwd()
			return dir
		},
		Throw:       rt.Throw,
		NativeEqual: rt.NativeEqual,
	})
	rt.Mirror = rt.Inspector.Mirror()
	rt.Inspect = func(v goja.Value, depth int) string {
		o := inspect.DefaultOptions()
		o.Depth = float64(depth)
		return rt.Inspector.Inspect(v, o)
	}
}

// Equals says how deep equality compares objects whose Go state has the type of
// sample, which JavaScript does not see.
func (rt *Runtime) Equals(sample any, f func(a, b any) bool) { rt.equals[reflect.TypeOf(sample)] = f }

// NativeEqual compares the Go state of two objects; known is false where there
// is none that counts.
func (rt *Runtime) NativeEqual(a, b *goja.Object) (equal, known bool) {
	x := From(a)
	f := rt.equals[reflect.TypeOf(x)]
	if f == nil {
		return false, false
	}
	y := From(b)
	return reflect.TypeOf(x) == reflect.TypeOf(y) && f(x, y), true
}
