package lang

//lint:file-ignore U1000 fields that nothing reads give the others their place.

import (
	"cmp"
	"reflect"
	"slices"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// This is the one file that knows how goja lays out its objects. Errors are
// thrown often and regular expressions are made often, and goja has no hook in
// either place; so two of its private structures are changed in place:
//
//   - the functions behind a native constructor (hookNative), so that errors
//     and regular expressions made by the engine itself pass through here too;
//   - the frames and the stack property of an error object (errorParts).
//
// The structures below mirror goja's. lookAt compares them, field by
// field, with what reflection finds in the goja that the program is linked
// with; where they differ nothing is touched and errors keep goja's own stack.

type ifaceWords struct{ tab, data unsafe.Pointer }

type objectMirror struct {
	self    ifaceWords
	runtime *goja.Runtime
}

type baseObjectMirror struct {
	class      string
	val        *goja.Object
	prototype  *goja.Object
	extensible bool

	values    map[unistring.String]goja.Value
	propNames []unistring.String

	lastSortedPropLen, idxPropCount int

	symValues       unsafe.Pointer
	privateElements unsafe.Pointer // a map
}

type valuePropertyMirror struct {
	value        goja.Value
	writable     bool
	configurable bool
	enumerable   bool
	accessor     bool
	getterFunc   *goja.Object
	setterFunc   *goja.Object
}

type nativeFuncMirror struct {
	baseFuncObject struct {
		baseObjectMirror
		lenProp valuePropertyMirror
	}
	f         func(goja.FunctionCall) goja.Value
	construct func(args []goja.Value, newTarget *goja.Object) *goja.Object
}

type errorObjectMirror struct {
	baseObjectMirror
	stack          []goja.StackFrame
	stackPropAdded bool
}

type stackFrameMirror struct {
	prg      unsafe.Pointer
	funcName unistring.String
	pc       int
}

type regexpObjectMirror struct {
	baseObjectMirror
	pattern  unsafe.Pointer
	source   goja.String
	standard bool
}

type primitiveObjectMirror struct {
	baseObjectMirror
	pValue goja.Value
}

type bufferObjectMirror struct {
	baseObjectMirror
	detached bool
	data     []byte
}

type typedArrayMirror struct {
	baseObjectMirror
	viewedArrayBuf *bufferObjectMirror
	defaultCtor    *goja.Object
	length, offset int
	elemSize       int
	typedArray     ifaceWords
}

type arrayObjectMirror struct {
	baseObjectMirror
	values         []goja.Value
	length         uint32
	objCount       int
	propValueCount int
	lengthProp     valuePropertyMirror
}

// The beginning of goja's virtual machine and its call frames.
type vmMirror struct {
	r            *goja.Runtime
	prg          *programMirror
	pc           int
	stack        []goja.Value
	sp, sb, args int

	stash     unsafe.Pointer
	privEnv   unsafe.Pointer
	callStack []contextMirror
}

type contextMirror struct {
	prg       *programMirror
	stash     unsafe.Pointer
	privEnv   unsafe.Pointer
	newTarget goja.Value
	result    goja.Value
	pc, sb    int
	args      int
}

type programMirror struct {
	code     []ifaceWords
	funcName unistring.String
	src      *file.File
	srcMap   []srcMapMirror
}

type srcMapMirror struct{ pc, srcPos int }

// layout holds what was learnt about the linked goja.
type layout struct {
	known      bool
	errorTab   unsafe.Pointer // of objectImpl for *errorObject
	regexpTab  unsafe.Pointer // of objectImpl for *regexpObject
	plainTab   unsafe.Pointer // of objectImpl for *baseObject
	arrayTab   unsafe.Pointer // of objectImpl for *arrayObject
	primTab    unsafe.Pointer // of objectImpl for *primitiveValueObject
	bufferTab  unsafe.Pointer // of objectImpl for *arrayBufferObject
	typedTab   unsafe.Pointer // of objectImpl for *typedArrayObject
	propertyTy unsafe.Pointer // of Value for *valueProperty
	vmOffset   uintptr        // of the field vm in goja.Runtime
	newTarget  uintptr        // of the field newTarget in the machine
}

var (
	learnOnce sync.Once
	learnt    layout
)

// learnLayout looks at objects of vm; only the first call in a process does.
func learnLayout(vm *goja.Runtime) { learnOnce.Do(func() { learnt = lookAt(vm) }) }

func lookAt(vm *goja.Runtime) (l layout) {
	if !sameLayout(reflect.TypeFor[objectMirror](), reflect.TypeFor[goja.Object]()) ||
		!sameLayout(reflect.TypeFor[stackFrameMirror](), reflect.TypeFor[goja.StackFrame]()) {
		return l
	}
	concrete := func(o *goja.Object) reflect.Type {
		return reflect.ValueOf(o).Elem().Field(0).Elem().Type().Elem()
	}
	makeObject := func(ctor string) *goja.Object {
		o, err := vm.New(vm.Get(ctor))
		if err != nil {
			return nil
		}
		return o
	}
	for _, c := range []struct {
		mirror reflect.Type
		sample *goja.Object
		tab    *unsafe.Pointer
	}{
		{reflect.TypeFor[errorObjectMirror](), makeObject("Error"), &l.errorTab},
		{reflect.TypeFor[regexpObjectMirror](), makeObject("RegExp"), &l.regexpTab},
		{reflect.TypeFor[baseObjectMirror](), vm.NewObject(), &l.plainTab},
		{reflect.TypeFor[arrayObjectMirror](), vm.NewArray(), &l.arrayTab},
		{reflect.TypeFor[primitiveObjectMirror](), vm.ToValue(true).ToObject(vm), &l.primTab},
		{reflect.TypeFor[bufferObjectMirror](), makeObject("ArrayBuffer"), &l.bufferTab},
		{reflect.TypeFor[typedArrayMirror](), makeObject("Uint8Array"), &l.typedTab},
	} {
		if c.sample == nil || !sameLayout(c.mirror, concrete(c.sample)) {
			return layout{}
		}
		*c.tab = words(c.sample).tab
	}
	sample := vm.NewObject()
	getter := vm.ToValue(func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	if sample.DefineAccessorProperty("x", getter, getter, goja.FLAG_TRUE, goja.FLAG_FALSE) != nil {
		return l
	}
	base := (*baseObjectMirror)(words(sample).data)
	prop := base.values["x"]
	if t := reflect.TypeOf(prop); t == nil || t.Kind() != reflect.Pointer || !sameLayout(reflect.TypeFor[valuePropertyMirror](), t.Elem()) {
		return l
	}
	machine, ok := reflect.TypeFor[goja.Runtime]().FieldByName("vm")
	if !ok || machine.Type.Kind() != reflect.Pointer || !samePrefix(reflect.TypeFor[vmMirror](), machine.Type.Elem()) {
		return layout{}
	}
	l.vmOffset = machine.Offset
	target, ok := machine.Type.Elem().FieldByName("newTarget")
	if !ok || target.Type != reflect.TypeFor[goja.Value]() {
		return layout{}
	}
	l.newTarget = target.Offset
	l.propertyTy = (*ifaceWords)(unsafe.Pointer(&prop)).tab
	l.known = true
	return l
}

// sameLayout compares two structures field by field; a pointer stands for any
// pointer-shaped field, and embedded structures are compared in turn.
func sameLayout(mirror, real reflect.Type) bool {
	return mirror.Size() == real.Size() && mirror.NumField() == real.NumField() && samePrefix(mirror, real)
}

// samePrefix is sameLayout for a mirror of the first fields only.
func samePrefix(mirror, real reflect.Type) bool {
	if mirror.Kind() != reflect.Struct || real.Kind() != reflect.Struct || mirror.NumField() > real.NumField() {
		return false
	}
	for i := range mirror.NumField() {
		m, r := mirror.Field(i), real.Field(i)
		if m.Offset != r.Offset || m.Type.Size() != r.Type.Size() {
			return false
		}
		if !m.Anonymous && m.Name != r.Name {
			return false
		}
		switch {
		case m.Type == r.Type:
		case m.Type == reflect.TypeFor[ifaceWords]():
			if r.Type.Kind() != reflect.Interface {
				return false
			}
		case m.Type.Kind() == reflect.Struct:
			if !sameLayout(m.Type, r.Type) {
				return false
			}
		case m.Type.Kind() == reflect.Slice && r.Type.Kind() == reflect.Slice:
			me, re := m.Type.Elem(), r.Type.Elem()
			switch {
			case me == re:
			case me == reflect.TypeFor[ifaceWords]() && re.Kind() == reflect.Interface:
			case me.Kind() == reflect.Struct && sameLayout(me, re):
			default:
				return false
			}
		case m.Type.Kind() == reflect.UnsafePointer:
			if k := r.Type.Kind(); k != reflect.Pointer && k != reflect.Map {
				return false
			}
		case m.Type.Kind() == reflect.Pointer && r.Type.Kind() == reflect.Pointer:
			if !sameLayout(m.Type.Elem(), r.Type.Elem()) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func words(o *goja.Object) ifaceWords { return (*objectMirror)(unsafe.Pointer(o)).self }

// partsOf returns the engine's part of an object if its type is the one that
// tab stands for, else nil.
func partsOf[T any](o *goja.Object, tab unsafe.Pointer) *T {
	if w := words(o); learnt.known && w.tab == tab {
		return (*T)(w.data)
	}
	return nil
}

func errorParts(o *goja.Object) *errorObjectMirror {
	return partsOf[errorObjectMirror](o, learnt.errorTab)
}

func regexpParts(o *goja.Object) *regexpObjectMirror {
	return partsOf[regexpObjectMirror](o, learnt.regexpTab)
}

// plainParts is the engine's part of an ordinary object. One that has a shape
// settles.
func plainParts(o *goja.Object) *baseObjectMirror {
	engine.SettlePlain(o)
	return partsOf[baseObjectMirror](o, learnt.plainTab)
}

func arrayParts(o *goja.Object) *arrayObjectMirror {
	return partsOf[arrayObjectMirror](o, learnt.arrayTab)
}

func primitiveParts(o *goja.Object) *primitiveObjectMirror {
	return partsOf[primitiveObjectMirror](o, learnt.primTab)
}

func bufferParts(o *goja.Object) *bufferObjectMirror {
	return partsOf[bufferObjectMirror](o, learnt.bufferTab)
}

func typedParts(o *goja.Object) *typedArrayMirror {
	return partsOf[typedArrayMirror](o, learnt.typedTab)
}

// nativeParts returns the functions behind a native function object, or nil.
func nativeParts(v goja.Value) *nativeFuncMirror {
	if o, ok := v.(*goja.Object); ok && learnt.known && engine.IsNative(o) {
		return (*nativeFuncMirror)(words(o).data)
	}
	return nil
}

// newPropertyValue makes goja's own kind of value for a property with
// attributes or accessors.
func newPropertyValue(p valuePropertyMirror) goja.Value {
	var v goja.Value
	*(*ifaceWords)(unsafe.Pointer(&v)) = ifaceWords{learnt.propertyTy, unsafe.Pointer(&p)}
	return v
}

// propertyParts returns the engine's form of a property with attributes, or nil.
func propertyParts(v goja.Value) *valuePropertyMirror {
	w := (*ifaceWords)(unsafe.Pointer(&v))
	if learnt.known && w.tab == learnt.propertyTy {
		return (*valuePropertyMirror)(w.data)
	}
	return nil
}

// putStackAccessor makes stack the first own property of the error e, which
// must not have it yet.
func (e *errorObjectMirror) putStackAccessor(getter, setter *goja.Object) {
	e.stackPropAdded = true
	e.values["stack"] = newPropertyValue(valuePropertyMirror{configurable: true, accessor: true, getterFunc: getter, setterFunc: setter})
	e.propNames = append(e.propNames, "")
	copy(e.propNames[1:], e.propNames)
	e.propNames[0] = "stack"
}

// frameParts gives access to a frame's fields.
func frameParts(f *goja.StackFrame) *stackFrameMirror { return (*stackFrameMirror)(unsafe.Pointer(f)) }

// engineTypeOf returns the name of the Go type that goja implements o with.
func engineTypeOf(o *goja.Object) string {
	return reflect.ValueOf(o).Elem().Field(0).Elem().Type().Elem().Name()
}

// machineOf returns the virtual machine of a runtime; the layout must be known.
func machineOf(vm *goja.Runtime) *vmMirror {
	return *(**vmMirror)(unsafe.Add(unsafe.Pointer(vm), learnt.vmOffset))
}

// offset returns the byte offset in the file's text of the instruction at pc.
func (p *programMirror) offset(pc int) int {
	i, _ := slices.BinarySearchFunc(p.srcMap, pc, func(m srcMapMirror, pc int) int { return cmp.Compare(m.pc, pc+1) })
	if i == 0 {
		return 0
	}
	return p.srcMap[i-1].srcPos
}

// instructionName returns the name of goja's type of the instruction that the
// machine is at, as "_op_in", or "".
func instructionName(vm *goja.Runtime) string {
	m := machineOf(vm)
	if m.prg == nil || m.pc < 0 || m.pc >= len(m.prg.code) {
		return ""
	}
	w := m.prg.code[m.pc]
	if w.tab == nil {
		return ""
	}
	// An itab's second word is the type (runtime.itab).
	eface := ifaceWords{*(*unsafe.Pointer)(unsafe.Add(w.tab, unsafe.Sizeof(uintptr(0)))), w.data}
	t := reflect.TypeOf(*(*any)(unsafe.Pointer(&eface)))
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name()
}

// eachFrame calls f for the frames that goja's captureStack records, in order,
// until f returns false. fn is the function object that the frame runs, or nil;
// construct says that new called it.
func eachFrame(vm *goja.Runtime, f func(fn *goja.Object, construct bool) bool) {
	m := machineOf(vm)
	visit := func(prg *programMirror, sb int, newTarget goja.Value, below int) bool {
		if prg == nil && sb <= 0 {
			return true
		}
		var fn *goja.Object
		if sb > 0 && sb <= len(m.stack) {
			fn, _ = m.stack[sb-1].(*goja.Object)
		}
		construct := newTarget != nil && !goja.IsUndefined(newTarget)
		if construct && fn != nil {
			// Others see the new.target around them, or their caller's: below a
			// frame that new made stands one that ends the machine's run.
			switch engineTypeOf(fn) {
			case "classFuncObject":
			case "funcObject":
				construct = below >= 0 && m.callStack[below].pc == -2
			default:
				construct = false
			}
		}
		return f(fn, construct)
	}
	if !visit(m.prg, m.sb, *(*goja.Value)(unsafe.Add(unsafe.Pointer(m), learnt.newTarget)), len(m.callStack)-1) {
		return
	}
	for i := len(m.callStack) - 1; i >= 0; i-- {
		if c := &m.callStack[i]; !visit(c.prg, c.sb, c.newTarget, i-1) {
			return
		}
	}
}
