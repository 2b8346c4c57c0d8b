package engine

//lint:file-ignore U1000 fields that nothing reads give the others their place.

import (
	"runtime/debug"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// Functions of goja that have no public name, declared as the linker knows them.
// Their parameters are compared with goja's by eye: Learn accepts only the
// version that this was done for. To move to another version, compare each
// declaration and the functions that async.go stands for with goja's source
// (func.go, builtin_promise.go, vm.go), then change verified.

// verified is the version of goja that the declarations below were compared with.
const verified = "v0.0.0-20260917113740-793a2a65c13b"

// linkedVersion returns the version of goja in the program, "" where the program
// does not say.
func linkedVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range info.Deps {
		if m.Path == "github.com/dop251/goja" {
			if m.Replace != nil {
				return m.Replace.Version + " " + m.Replace.Path
			}
			return m.Version
		}
	}
	return ""
}

//go:linkname generatorEnter github.com/dop251/goja.(*generator).enter
func generatorEnter(g *generator)

//go:linkname generatorStep github.com/dop251/goja.(*generator).step
func generatorStep(g *generator) (res goja.Value, kind uint8, ex *goja.Exception)

//go:linkname generatorNext github.com/dop251/goja.(*generator).next
func generatorNext(g *generator, v goja.Value) (res goja.Value, kind uint8, ex *goja.Exception)

//go:linkname generatorNextThrow github.com/dop251/goja.(*generator).nextThrow
func generatorNextThrow(g *generator, v any) (res goja.Value, kind uint8, ex *goja.Exception)

//go:linkname promiseFulfill github.com/dop251/goja.(*Promise).fulfill
func promiseFulfill(p *goja.Promise, v goja.Value) goja.Value

//go:linkname promiseReject github.com/dop251/goja.(*Promise).reject
func promiseReject(p *goja.Promise, reason goja.Value) goja.Value

//go:linkname promiseAddReactions github.com/dop251/goja.(*Promise).addReactions
func promiseAddReactions(p *goja.Promise, fulfil, reject *promiseReaction)

//go:linkname intrinsicPromise github.com/dop251/goja.(*Runtime).getPromise
func intrinsicPromise(vm *goja.Runtime) *goja.Object

//go:linkname intrinsicPromisePrototype github.com/dop251/goja.(*Runtime).getPromisePrototype
func intrinsicPromisePrototype(vm *goja.Runtime) *goja.Object

//go:linkname intrinsicArrayPrototype github.com/dop251/goja.(*Runtime).getArrayPrototype
func intrinsicArrayPrototype(vm *goja.Runtime) *goja.Object

//go:linkname intrinsicFunctionPrototype github.com/dop251/goja.(*Runtime).getFunctionPrototype
func intrinsicFunctionPrototype(vm *goja.Runtime) *goja.Object

//go:linkname intrinsicStringPrototype github.com/dop251/goja.(*Runtime).getStringPrototype
func intrinsicStringPrototype(vm *goja.Runtime) *goja.Object

//go:linkname intrinsicThrower github.com/dop251/goja.(*Runtime).getThrower
func intrinsicThrower(vm *goja.Runtime) *goja.Object

//go:linkname intrinsicArrayValues github.com/dop251/goja.(*Runtime).getArrayValues
func intrinsicArrayValues(vm *goja.Runtime) *goja.Object

//go:linkname baseGetStr github.com/dop251/goja.(*baseObject).getStr
func baseGetStr(b *baseObject, name unistring.String, receiver goja.Value) goja.Value

//go:linkname basePutSym github.com/dop251/goja.(*baseObject)._putSym
func basePutSym(b *baseObject, s *goja.Symbol, v goja.Value)

//go:linkname newThenableJob github.com/dop251/goja.(*Runtime).newPromiseResolveThenableJob
func newThenableJob(vm *goja.Runtime, p *goja.Promise, thenable goja.Value, then *jobCallback) func()

//go:linkname newCapability github.com/dop251/goja.(*Runtime).newPromiseCapability
func newCapability(vm *goja.Runtime, ctor *goja.Object) *capability

//go:linkname speciesConstructor github.com/dop251/goja.(*Runtime).speciesConstructorObj
func speciesConstructor(vm *goja.Runtime, o, otherwise *goja.Object) *goja.Object

//go:linkname machinePushCtx github.com/dop251/goja.(*vm).pushCtx
func machinePushCtx(m *machine)

//go:linkname machinePopCtx github.com/dop251/goja.(*vm).popCtx
func machinePopCtx(m *machine)

//go:linkname machinePopTryFrame github.com/dop251/goja.(*vm).popTryFrame
func machinePopTryFrame(m *machine)

//go:linkname machineExpand github.com/dop251/goja.(*valueStack).expand
func machineExpand(stack *[]goja.Value, index int)

type baseFunction struct {
	baseObject
	lenProp property
}

// jsFunction is the beginning of goja's objects for functions in JavaScript.
type jsFunction struct {
	baseFunction

	stash   unsafe.Pointer
	privEnv unsafe.Pointer

	prg    *program
	src    string
	strict bool
}

type arrowFunction struct {
	jsFunction
	funcObj   *goja.Object
	newTarget goja.Value
}

type methodFunction struct {
	jsFunction
	homeObject *goja.Object
}

// generator is a function that can be suspended.
type generator struct {
	ctx       suspended
	vm        *machine
	returning goja.Value

	tryStackLen, iterStackLen, refStackLen uint32
}

type suspended struct {
	context   frame
	stack     []goja.Value
	tryStack  []tryFrame
	iterStack []iteration
	refStack  []iface
}

type tryFrame struct {
	exception *goja.Exception

	callStackLen, iterLen, refLen uint32

	sp      int32
	stash   unsafe.Pointer
	privEnv unsafe.Pointer

	catchPos, finallyPos, finallyRet int32
}

type asyncRunner struct {
	gen        generator
	promiseCap *capability
	f          *goja.Object
	vmCall     unsafe.Pointer
}

type capability struct {
	promise               *goja.Object
	resolveObj, rejectObj *goja.Object
}

type promiseReaction struct {
	capability  *capability
	typ         int
	handler     *jobCallback
	asyncRunner *asyncRunner
	asyncCtx    any
}

type jobCallback struct {
	callback func(goja.FunctionCall) goja.Value
}

type promise struct {
	baseObject
	state            goja.PromiseState
	result           goja.Value
	fulfillReactions []*promiseReaction
	rejectReactions  []*promiseReaction
	handled          bool
}
