package inspect

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// Hooks tell the inspector about the objects of the bindings. Any may be nil.
type Hooks struct {
	// ClassName returns the name of o's class where its prototypes do not
	// tell, and true.
	ClassName func(o *goja.Object) (string, bool)

	// IsClass reports whether a native function stands for a class that Node
	// writes with the class keyword, as URL is: [class URL].
	IsClass func(f *goja.Object) bool

	// Href returns the text of a URL object, and true.
	Href func(o *goja.Object) (string, bool)

	// IsModule reports whether o is the namespace object of a module.
	IsModule func(o *goja.Object) bool

	// Stack returns the stack of an error in V8's form. Without it, goja's
	// own stacks are rewritten.
	Stack func(o *goja.Object) (string, bool)

	// MaxBytes is buffer.INSPECT_MAX_BYTES; nil means 50.
	MaxBytes func() int

	// WorkingDirectory is process.cwd(), which colored stacks grey out.
	WorkingDirectory func() string

	// NativeEqual is deepequal.Comparer's Native for isDeepStrictEqual.
	NativeEqual func(a, b *goja.Object) (equal, known bool)

	// Throw throws err as a JavaScript exception. Without it a plain Error
	// object is made.
	Throw func(err error)
}

// Inspector prints the values of one runtime.
type Inspector struct {
	vm     *goja.Runtime
	mirror *mirror.Mirror
	hooks  Hooks

	customSymbol *goja.Symbol
	customKey    mirror.Key
	rangeError   *goja.Object
	hasInstance  goja.Value // the intrinsic Function.prototype[Symbol.hasInstance]

	jsonText, parseInt, parseFloat, assign, seal mirror.Native // intrinsics

	defaults Options
	shared   *goja.Object // inspect.defaultOptions, once a program has seen it

	natives map[*goja.Object]Custom

	// The function objects of util, made by New.
	inspect        *goja.Object
	styles, colors *goja.Object
	plain, colored *goja.Object // stylizeNoColor, stylizeWithColor
	buffer         *goja.Object // Buffer.prototype.inspect, once asked for

	calls int // how many calls of inspect there are inside each other
}

// New returns the inspector of vm. It must run before any script.
func New(vm *goja.Runtime, hooks Hooks) *Inspector {
	return NewWith(mirror.New(vm), hooks)
}

// NewWith is New for a runtime that has a mirror already.
func NewWith(m *mirror.Mirror, hooks Hooks) *Inspector {
	vm := m.Runtime()
	in := &Inspector{vm: vm, mirror: m, hooks: hooks, defaults: DefaultOptions(), natives: make(map[*goja.Object]Custom)}
	object := vm.Get("Object").(*goja.Object)
	in.assign, in.seal = native(object.Get("assign")), native(object.Get("seal"))
	in.parseInt, in.parseFloat = native(vm.Get("parseInt")), native(vm.Get("parseFloat"))
	in.jsonText = native(vm.Get("JSON").(*goja.Object).Get("stringify"))
	symbolFor := native(vm.Get("Symbol").(*goja.Object).Get("for"))
	in.customSymbol = symbolFor(goja.FunctionCall{Arguments: []goja.Value{vm.ToValue("nodejs.util.inspect.custom")}}).(*goja.Symbol)
	in.customKey = mirror.SymbolKey(in.customSymbol)
	in.rangeError = vm.Get("RangeError").(*goja.Object)
	in.hasInstance = vm.Get("Function").(*goja.Object).GetSymbol(goja.SymHasInstance)
	in.makeFunctions()
	return in
}

// native returns the Go function behind an intrinsic.
func native(v goja.Value) mirror.Native {
	return v.(*goja.Object).Export().(func(goja.FunctionCall) goja.Value)
}

// builtinNames are the globals of the language that begin with a capital,
// whether or not goja has them.
var builtinNames = func() map[string]bool {
	const names = "AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array " +
		"BigUint64Array Boolean DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array " +
		"Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math " +
		"NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String " +
		"SuppressedError Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array " +
		"Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly"
	set := make(map[string]bool, 64)
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}()

// CustomSymbol is util.inspect.custom: Symbol.for('nodejs.util.inspect.custom').
func (in *Inspector) CustomSymbol() *goja.Symbol { return in.customSymbol }

// Mirror returns the mirror through which the inspector sees values.
func (in *Inspector) Mirror() *mirror.Mirror { return in.mirror }

// Inspect returns util.inspect(v, opts) as UTF-8.
func (in *Inspector) Inspect(v goja.Value, opts Options) string {
	return mirror.Clean(in.inspectText(v, opts))
}

// inspectText is Inspect in mirror.Text's encoding.
func (in *Inspector) inspectText(v goja.Value, opts Options) string {
	if _, ok := v.(*goja.Object); ok {
		if in.calls >= maxCalls {
			in.overflow()
		}
		in.calls++
		defer func() { in.calls-- }()
	}
	s := state{Inspector: in, opts: opts}
	return s.value(v, 0).String()
}

// maxCalls bounds the calls of inspect inside each other, through inspection
// functions.
const maxCalls = 1000

// overflow throws what V8 does where its stack ends.
func (in *Inspector) overflow() {
	e, err := in.vm.New(in.rangeError, in.vm.ToValue("Maximum call stack size exceeded"))
	if err != nil {
		panic(err)
	}
	panic(in.vm.ToValue(e))
}

// Custom is a custom inspection function in Go. It receives the object, the
// depth that is left and the options, and returns what the JavaScript function
// would: a string value is the text, and any other value is inspected in the
// object's place.
type Custom func(o *goja.Object, depth float64, opts Options) goja.Value

// RegisterCustom makes f the Go side of the JavaScript function fn: where an
// object's [util.inspect.custom] is fn, f is called in its place, which saves
// making the options object. fn itself stays callable from JavaScript.
func (in *Inspector) RegisterCustom(fn *goja.Object, f Custom) { in.natives[fn] = f }
