package bind

import (
	"io"
	"reflect"
	"sync/atomic"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/loop"
)

// Runtime is one JavaScript world on one loop.
type Runtime struct {
	VM   *goja.Runtime
	Loop *loop.Loop

	// Inspector is util.inspect; Inspect is util.inspect(v, {depth}) with it.
	Inspector *inspect.Inspector
	Inspect   func(v goja.Value, depth int) string
	// Mirror looks into values without running JavaScript.
	Mirror *mirror.Mirror
	// InspectMaxBytes is buffer.INSPECT_MAX_BYTES, set by the buffer binding.
	InspectMaxBytes func() int
	// Require loads a built-in module's exports, set by the loader.
	Require func(name string) goja.Value
	// Builtin loads the built-in module that a program may require as id, nil if
	// there is none; set by the loader.
	Builtin func(id string) goja.Value
	// DefineClass defines the built-in class of a realm's name, loading its
	// module.
	DefineClass func(class string)
	// MakeBuffer makes a Buffer over p without copying, set by the buffer
	// binding.
	MakeBuffer func(p []byte) *goja.Object
	// Uncaught handles an exception that reached the trampoline. It is called
	// outside goja (see InVM) and must not panic.
	Uncaught func(v goja.Value, fromPromise bool)
	// AfterTicks runs when ticks and microtasks are exhausted: unhandled
	// rejections. It reports whether there is more to drain.
	AfterTicks func() bool
	// ResetAsync ends the asynchronous context at the start of a call-out; nil
	// where none is tracked.
	ResetAsync func()
	// AsyncThrown is called when the handlers of an uncaught exception have run;
	// nil where nobody asks.
	AsyncThrown func()
	// AsyncWork begins work of a type of async_hooks and returns what runs its
	// only task, in its scope, and ends it; nil, or returning nil, where nobody
	// asks.
	AsyncWork func(typ string) func(loop.Task)
	// AsyncSnapshot returns what runs a task in the present scope, with the ids of
	// p where it is not nil; nil where nobody asks.
	AsyncSnapshot func(p *goja.Promise) func(loop.Task)
	// AsyncCleared is told of a timer or immediate that is cleared; nil where
	// nobody asks.
	AsyncCleared func(*goja.Object)
	// Tracing is node:diagnostics_channel's; nil while it is not loaded, for then
	// nobody subscribes.
	Tracing Tracing
	// Domain handles an uncaught exception in a domain and reports whether there
	// is one that did; nil while node:domain is not loaded.
	Domain func(v goja.Value) bool
	// EmitterMade is told of each new emitter that JavaScript can see; nil while
	// node:domain is not loaded.
	EmitterMade func(*goja.Object)
	// Stderr is where texts go that Node prints without process.stderr.
	Stderr io.Writer
	// Warn is process.emitWarning(message, name), set by the process binding.
	Warn func(message, name string, props map[string]any)
	// WarnNow emits a warning without waiting for a tick, as an exception may
	// follow.
	WarnNow func(message, name string)

	// ThrowSyntax throws the SyntaxError of a failed lang.Compile, set by the
	// loader.
	ThrowSyntax func(error)
	// AddSource tells the text behind a name that is no file's, for excerpts,
	// and by how much its positions are moved;
	// Excerpt is the place, the line and the caret that Node prints above an
	// error, "" where the text is not known. Set by the process binding.
	AddSource func(name, text string, lineOffset, columnOffset int)
	Excerpt   func(*goja.Exception) string

	// SourceMaps turns source maps on and off, and tells whether they are on, set
	// by the loader. MapPlace is the original of a place in a file, while they are
	// on, with the text of its file.
	SetSourceMaps func(on bool)
	SourceMaps    func() bool
	MapPlace      func(file string, line, column int) (original lang.Frame, text string, ok bool)

	// Flags are the options that hold: those of NODE_OPTIONS, then those of the
	// command line.
	Flags     []string
	importers []*Importer // of texts of node:vm

	// NewDOMException makes a DOMException of a name such as "AbortError", set
	// when the runtime is made.
	NewDOMException func(message, name string) *goja.Object
	// Serialize makes a message of a value, moving what transfer lists, and
	// Deserialize the value of a message, with the objects that were moved: in
	// any runtime, once. They throw a DataCloneError.
	Serialize   func(v goja.Value, transfer []goja.Value) (message any)
	Deserialize func(message any) (v goja.Value, transferred []*goja.Object)
	// AsyncIteratorPrototype returns %AsyncIteratorPrototype%, set when the
	// runtime is made.
	AsyncIteratorPrototype func() *goja.Object
	// IsNamespace reports whether o is the namespace object of a module, set by
	// the loader; nil while there can be none.
	IsNamespace func(o *goja.Object) bool
	// Brands tell the objects of classes that util.types knows ("KeyObject"),
	// by name, set by the bindings that have them.
	Brands map[string]func(o *goja.Object) bool

	// ThrownAt is the place of the exception that Uncaught is told of, "" where
	// it has none.
	ThrownAt string
	// Emitted is the error of the 'error' event that nobody listened for last,
	// and what kind of object emitted it.
	Emitted struct {
		Error *goja.Object
		Where string // the lines that are added to its stack
	}

	// Href returns the text of a URL object, set by the binding of URLs.
	Href func(o *goja.Object) (string, bool)

	// PendingDeprecation is the flag --pending-deprecation.
	PendingDeprecation bool

	// AddedKey is the event that is listened for where it is null or undefined,
	// which an events.Key cannot tell from their names.
	AddedKey goja.Value

	DefaultMaxListeners int
	// CaptureRejections is events.captureRejections.
	CaptureRejections bool

	// Turn is when the call-out under way began, in nanoseconds of the loop's
	// clock, 0 between two; nil where nobody wants to know.
	Turn *atomic.Int64

	jobs        engine.Jobs
	task        loop.Task // what runTask runs
	runTask     func()
	exited      bool
	interrupted error
	later       []laterException // of microtasks, to be reported

	// callback is the last function given to Callback.
	callback struct {
		fn   goja.Value
		done func(error)
	}

	classes map[string]*Class
	clones  map[reflect.Type]func(any) Restore
	equals  map[reflect.Type]func(a, b any) bool
	convert []func(any) (goja.Value, bool)
	ctors   errorConstructors
	errMon  *goja.Symbol
	values  map[any]any

	lastAsyncID int64
	nativeThrow goja.Value // what a built-in function threw last

	objectProto     *goja.Object
	objectProtoBase *baseObject // its implementation, once asked for
	plainSize       int         // how many properties it had when it was last seen without additions
}

// base is what stacks of errors show below everything else.
var base = goja.MustCompile("node:internal/process/task_queues", "0", true)

// New returns a Runtime over vm and l. The caller runs l, and has seen that
// engine.Learn knows vm.
func New(vm *goja.Runtime, l *loop.Loop) *Runtime {
	rt := &Runtime{VM: vm, Loop: l, DefaultMaxListeners: 10, classes: map[string]*Class{}, equals: map[reflect.Type]func(a, b any) bool{}, Brands: map[string]func(*goja.Object) bool{}, values: map[any]any{}, lastAsyncID: 1}
	learnLayout(vm)
	rt.initErrors()
	rt.initInspect()
	rt.hideState()
	rt.runTask = rt.takeTask
	engine.Hold(vm, base)
	l.SetEnter(rt.enter)
	return rt
}

// Post runs fn on the loop; it may be called from any goroutine. It reports
// false once the loop is closed.
func (rt *Runtime) Post(fn func()) bool { return rt.Loop.Post(fn) }

// Value is a slot for what a binding keeps per runtime, by a key of its own
// type.
func (rt *Runtime) Value(key any) any { return rt.values[key] }

// SetValue fills the slot of key.
func (rt *Runtime) SetValue(key, value any) { rt.values[key] = value }

// HostFor gives the objects of a built-in class their host: it makes a Runtime
// the events.Realm of its loop. The class's module is loaded if need be.
func (rt *Runtime) HostFor(class string) events.Host {
	c := rt.classes[class]
	if c == nil && rt.DefineClass != nil {
		rt.DefineClass(class)
		c = rt.classes[class]
	}
	if c == nil {
		return nil
	}
	return c.host
}

// Call calls fn with this and args, as a plain JavaScript call does: nothing is
// drained after it and an exception unwinds as a panic. The caller is inside
// the trampoline.
func (rt *Runtime) Call(fn goja.Value, this goja.Value, args ...goja.Value) goja.Value {
	return rt.Callable(fn)(goja.FunctionCall{This: this, Arguments: args})
}

// Callable returns the direct call of a function: no draining, exceptions
// panic. It throws a TypeError if fn is not callable.
func (rt *Runtime) Callable(fn goja.Value) func(goja.FunctionCall) goja.Value {
	if obj, ok := fn.(*goja.Object); ok {
		if f := engine.Callable(obj); f != nil {
			return f
		}
	}
	if fn == nil {
		fn = goja.Undefined()
	}
	panic(rt.VM.NewTypeError("%s is not a function", fn))
}

// IsCallable reports whether v is a function.
func IsCallable(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	if isPlain(o) {
		return false
	}
	if engine.IsFunction(o) {
		return true
	}
	_, ok = goja.AssertFunction(v)
	return ok
}

// IsNullish reports whether v is absent, undefined or null.
func IsNullish(v goja.Value) bool {
	return v == nil || goja.IsUndefined(v) || goja.IsNull(v)
}
