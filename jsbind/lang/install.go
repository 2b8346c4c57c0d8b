package lang

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// Hooks is what the language needs from its surroundings. The fields may be
// set at any time by the goroutine that owns the runtime.
type Hooks struct {
	// Post hands a function to the runtime's goroutine, which runs it as it
	// runs a timer's: what it panics with is an uncaught exception. Post is
	// called from other goroutines, must not block, and must not keep the
	// process alive. While it is nil, FinalizationRegistry never calls back.
	Post func(func())

	// Stopped is closed when the runtime is to stop: what blocks it gives up.
	// While it is nil, nothing stops it.
	Stopped <-chan struct{}

	// MapFrames replaces the places of a stack's frames by those of the original
	// sources; nil while source maps are off.
	MapFrames func([]Frame)

	// Import answers import(specifier, options) in the file named referrer
	// with a promise of the module's namespace object.
	Import func(referrer string, specifier, options goja.Value) goja.Value

	// ImportMeta fills import.meta, an object without prototype, of the
	// module of that name, when the module first touches it.
	ImportMeta func(name string, meta *goja.Object)

	// NativeFrames says what a stack shows for a call of the native function of
	// that name: nothing, or frames of Node's, the innermost first. called is
	// the frame above it, nil if there is none. While it is nil, none is shown
	// but the engine's own.
	NativeFrames func(name string, called *Frame) []Frame

	// Outermost says what a stack shows in place of its last frame, which is
	// that of the event loop, below the frame called. While it is nil, and
	// where it returns false, that frame is shown.
	Outermost func(called Frame) ([]Frame, bool)

	// Clone is asked about objects that only the host knows: it answers with
	// what RestoreHost makes a copy of, on whatever goroutine. It may be nil.
	Clone func(o *goja.Object) (restore any, ok bool)
	// CanTransfer names the class of an object of the host's that may be moved
	// ("MessagePort"), "" for all others; it throws where one cannot be moved
	// now. MustTransfer says whether an object can be moved only, not copied,
	// and Transfer moves one. CanTransfer may be nil.
	CanTransfer  func(o *goja.Object) string
	MustTransfer func(o *goja.Object) bool
	Transfer     func(o *goja.Object) (restore any)
	// RestoreHost makes the object of what Clone or Transfer gave.
	RestoreHost func(restore any) goja.Value

	// IsPlain reports whether a Proxy is one of the host's that programs take for
	// an ordinary object (process.env). It may be nil.
	IsPlain func(o *goja.Object) bool

	// JSONError is told of the SyntaxError that JSON.parse is about to throw for
	// a text, and of the byte at which it stopped. It may be nil.
	JSONError func(err *goja.Object, text string, at int)

	cloning *cloning
	loader  *loader
	json    *jsonObject

	generators *asyncGenerators
	metas      map[string]goja.Value // of import.meta, by module name

	namespacesDone bool
	promises       *PromiseTrace
}

// Key is under which a bind.Runtime keeps its Hooks.
type Key struct{}

// Install adds to vm what goja lacks of the language. It is called once, before
// any program runs. It panics if the engine is not the one that engine.Learn
// knows.
func Install(vm *goja.Runtime) *Hooks {
	h := &Hooks{loader: &loader{vm: vm}}
	learnLayout(vm)
	if err := engine.Learn(vm); err != nil {
		panic(err)
	}
	if err := engine.MendInstanceOf(vm); err != nil {
		panic(err)
	}
	if err := engine.MendFind(vm); err != nil {
		panic(err)
	}
	installErrors(vm, h)
	rx := installRegExp(vm)
	installSymbols(vm)
	dynamicImport := func(referrer string, specifier, options goja.Value) goja.Value {
		if h.Import == nil {
			panic(vm.NewTypeError("A dynamic import callback was not specified."))
		}
		return h.Import(referrer, specifier, options)
	}
	generators := &asyncGenerators{vm: vm}
	h.generators = generators
	installHidden(vm, [10]native{
		func(c goja.FunctionCall) goja.Value {
			return dynamicImport(c.Argument(0).String(), c.Argument(1), c.Argument(2))
		},
		func(c goja.FunctionCall) goja.Value {
			return h.importMeta(c.Argument(0).String())
		},
		rx.literal,
		evalSource,
		generators.start,
		generators.function,
		generators.markAwait,
		generators.markDelegate,
		rx.enableLegacy,
		func(c goja.FunctionCall) goja.Value { return dynamicImport("", c.Argument(0), c.Argument(1)) },
	})
	installEval(vm)
	installJSON(vm, h)
	installObject(vm)
	installString(vm)
	installIterator(vm, h.loader)
	installCollections(vm, h.loader)
	installDate(vm)
	installFloat16(vm)
	installBuffers(vm)
	installAtomics(vm, h)
	installWeakRef(vm)
	installFinalizationRegistry(vm, h)
	installLibraryClasses(vm, h.loader)
	installStructuredClone(vm, h)
	installIntl(vm)
	return h
}

// importMeta returns the object that import.meta is in the module.
func (h *Hooks) importMeta(name string) goja.Value {
	if v := h.metas[name]; v != nil {
		return v
	}
	o := h.loader.vm.CreateObject(nil)
	if h.ImportMeta != nil {
		h.ImportMeta(name, o)
	}
	if h.metas == nil {
		h.metas = make(map[string]goja.Value)
	}
	h.metas[name] = o
	return o
}

// installCollections adds what lies in js/collections.js.
func installCollections(vm *goja.Runtime, l *loader) {
	const file = "collections"
	define(vm.Get("Object").(*goja.Object), "groupBy", l.function("groupBy", 2, file, "objectGroupBy"))
	define(vm.Get("Map").(*goja.Object), "groupBy", l.function("groupBy", 2, file, "mapGroupBy"))
	l.method(vm.Get("Array").(*goja.Object), "fromAsync", 1, file)
	promise := vm.Get("Promise").(*goja.Object)
	define(promise, "try", l.function("try", 1, file, "promiseTry"))
	l.method(promise, "withResolvers", 0, file)
	define(promise, "any", l.function("any", 1, file, "promiseAny"))
}

// installLibraryClasses adds the classes that lie in js/.
func installLibraryClasses(vm *goja.Runtime, l *loader) {
	for file, names := range map[string][]string{
		"disposable":   {"SuppressedError", "DisposableStack", "AsyncDisposableStack"},
		"float16array": {"Float16Array"},
		"domexception": {"DOMException"},
	} {
		for _, name := range names {
			lazy(vm, vm.GlobalObject(), name, goja.FLAG_FALSE, func() goja.Value { return l.load(file).Get(name) })
		}
	}
	// Node's V8 does not have these yet.
	bytes := vm.Get("Uint8Array").(*goja.Object)
	for _, name := range []string{"fromBase64", "fromHex"} {
		_ = bytes.Delete(name)
	}
	proto := bytes.Get("prototype").(*goja.Object)
	for _, name := range []string{"setFromBase64", "setFromHex", "toBase64", "toHex"} {
		_ = proto.Delete(name)
	}
}

// NewDOMException makes a DOMException: name is AbortError, DataCloneError, and
// so on.
func (h *Hooks) NewDOMException(message, name string) *goja.Object {
	vm := h.loader.vm
	o, err := vm.New(h.loader.load("domexception").Get("DOMException"), goString(message), goString(name))
	if err != nil {
		panic(err)
	}
	return o
}
