package bind

import (
	"os"
	"reflect"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/jsbind/mirror"
)

// Shown lists the own properties that Node's object would have where ours keeps
// state in Go: state is the Go value behind o.
type Shown func(state any, o *goja.Object) []inspect.Prop

// stateKey is the key of the hidden state.
var stateKey = mirror.SymbolKey(stateSymbol)

// initInspect makes the inspector; it runs before any script.
func (rt *Runtime) initInspect() {
	rt.shown = map[reflect.Type]Shown{}
	rt.Inspector = inspect.New(rt.VM, inspect.Hooks{
		Props:    rt.shownProps,
		IsModule: func(o *goja.Object) bool { return rt.IsNamespace != nil && rt.IsNamespace(o) },
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

// Show says what util.inspect prints for objects whose Go state has the type of
// sample (a nil pointer of it will do).
func (rt *Runtime) Show(sample any, f Shown) { rt.shown[reflect.TypeOf(sample)] = f }

func (rt *Runtime) shownProps(o *goja.Object) ([]inspect.Prop, bool) {
	if !rt.Mirror.HasOwn(o, stateKey) {
		return nil, false
	}
	state := From(o)
	if f := rt.shown[reflect.TypeOf(state)]; f != nil {
		return f(state, o), true
	}
	return nil, false
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
