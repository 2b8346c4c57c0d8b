package engine

//lint:file-ignore U1000 fields that nothing reads give the others their place.

import (
	"fmt"
	"reflect"
	"strconv"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// iface is an interface value: the table of its methods, and what it holds.
type iface struct{ tab, data unsafe.Pointer }

// object is goja.Object.
type object struct {
	self    iface
	runtime *goja.Runtime
}

// machine is goja's vm.
type machine struct {
	r            *goja.Runtime
	prg          *program
	pc           int
	stack        []goja.Value
	sp, sb, args int

	stash     unsafe.Pointer
	privEnv   unsafe.Pointer
	callStack []frame
	iterStack []iteration
	refStack  []iface
	tryStack  []tryFrame
	newTarget goja.Value
	result    goja.Value

	maxCallStackSize, stashAllocs int

	interrupted   uint32
	interruptVal  any
	interruptLock sync.Mutex

	curAsyncRunner *asyncRunner
}

// iteration is goja's iterStackItem: a loop over an iterator.
type iteration struct {
	val  goja.Value
	f    unsafe.Pointer
	iter *iteratorRecord
}

// iteratorRecord is an iterator under way.
type iteratorRecord struct {
	iterator *goja.Object
	next     func(goja.FunctionCall) goja.Value
}

// frame is goja's context, a suspended call.
type frame struct {
	prg       *program
	stash     unsafe.Pointer
	privEnv   unsafe.Pointer
	newTarget goja.Value
	result    goja.Value
	pc, sb    int
	args      int
}

// program is the beginning of goja.Program.
type program struct {
	code     []iface
	funcName unistring.String
}

type baseObject struct {
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

// property is goja's valueProperty, a property with attributes or accessors.
type property struct {
	value        goja.Value
	writable     bool
	configurable bool
	enumerable   bool
	accessor     bool
	getterFunc   *goja.Object
	setterFunc   *goja.Object
}

type array struct {
	baseObject
	values         []goja.Value
	length         uint32
	objCount       int
	propValueCount int
	lengthProp     property
}

type arrayIterator struct {
	baseObject
	obj     *goja.Object
	nextIdx int64
	kind    int
}

// kindValue is the arrayIterator.kind of values().
const kindValue = 1

// layout is what Learn found out.
type layout struct {
	// Tables of goja.Value.
	property unsafe.Pointer // *valueProperty
	value    unsafe.Pointer // *goja.Object
	ascii    unsafe.Pointer // strings of ASCII characters, a Go string each
	integer  unsafe.Pointer // numbers that are kept as an int64
	float    unsafe.Pointer // and those kept as a float64

	// Tables of objects.
	plain         unsafe.Pointer // ordinary ones
	shaped        unsafe.Pointer // and those of ours that have a shape
	arguments     unsafe.Pointer // arguments objects of ours without a table of properties
	array         unsafe.Pointer
	arrayIterator unsafe.Pointer
	promise       unsafe.Pointer
	asyncFunction unsafe.Pointer
	asyncArrow    unsafe.Pointer
	asyncMethod   unsafe.Pointer
	function      unsafe.Pointer
	arrow         unsafe.Pointer
	lazyFunction  unsafe.Pointer // those of ours without a table of properties
	lazyArrow     unsafe.Pointer
	native        unsafe.Pointer // functions in Go
	lazyNative    unsafe.Pointer
	class         unsafe.Pointer
	typedArray    unsafe.Pointer
	arrayBuffer   unsafe.Pointer

	plainOwn, functionOwn, arrowOwn, nativeOwn ownMethods

	uint8 unsafe.Pointer // table of goja's typedArray for the elements of a Uint8Array

	arrayNext uintptr // code of the built-in next of array iterators

	// Indices of methods in tables of objects.
	getStr         int
	setOwnStr      int
	hasOwnStr      int
	assertCallable int

	// Offsets of fields in goja.Runtime and in its machine.
	machine     uintptr
	jobQueue    uintptr
	tracker     uintptr
	newTarget   uintptr
	curAsync    uintptr
	objectProto uintptr
}

var (
	learnOnce sync.Once
	learnErr  error
	learnt    layout
)

// Learn compares the mirrors with the linked goja and returns what differs; only
// the first call of a process looks.
func Learn(vm *goja.Runtime) error {
	learnOnce.Do(func() {
		learnErr = learn(vm, &learnt)
	})
	return learnErr
}

func learn(vm *goja.Runtime, l *layout) error {
	if v := linkedVersion(); v != "" && v != verified {
		return differs("github.com/dop251/goja "+v, "only "+verified+" is known")
	}
	if err := same(reflect.TypeFor[object](), reflect.TypeFor[goja.Object](), "goja.Object", true); err != nil {
		return err
	}
	rt := reflect.TypeFor[goja.Runtime]()
	field, ok := rt.FieldByName("vm")
	if !ok || field.Type.Kind() != reflect.Pointer {
		return differs("goja.Runtime.vm", "no such field")
	}
	l.machine = field.Offset
	if err := same(reflect.TypeFor[program](), reflect.TypeFor[goja.Program](), "goja.Program", false); err != nil {
		return err
	}
	if err := same(reflect.TypeFor[machine](), field.Type.Elem(), "goja.vm", false); err != nil {
		return err
	}
	if err := same(reflect.TypeFor[stackFrame](), reflect.TypeFor[goja.StackFrame](), "goja.StackFrame", true); err != nil {
		return err
	}
	field, ok = rt.FieldByName("jobQueue")
	if !ok || field.Type != reflect.TypeFor[[]func()]() {
		return differs("goja.Runtime.jobQueue", "no such field")
	}
	l.jobQueue = field.Offset
	field, ok = rt.FieldByName("asyncContextTracker")
	if !ok || field.Type != reflect.TypeFor[goja.AsyncContextTracker]() {
		return differs("goja.Runtime.asyncContextTracker", "no such field")
	}
	l.tracker = field.Offset
	global, ok := rt.FieldByName("global")
	if !ok {
		return differs("goja.Runtime.global", "no such field")
	}
	if field, ok = global.Type.FieldByName("ObjectPrototype"); !ok || field.Type != reflect.TypeFor[*goja.Object]() {
		return differs("goja.Runtime.global.ObjectPrototype", "no such field")
	}
	l.objectProto = global.Offset + field.Offset
	field, _ = rt.FieldByName("vm")
	m := field.Type.Elem()
	if field, ok = m.FieldByName("newTarget"); !ok || field.Type != reflect.TypeFor[goja.Value]() {
		return differs("goja.vm.newTarget", "no such field")
	}
	l.newTarget = field.Offset
	if field, ok = m.FieldByName("curAsyncRunner"); !ok {
		return differs("goja.vm.curAsyncRunner", "no such field")
	}
	if err := same(reflect.TypeFor[*asyncRunner](), field.Type, "goja.asyncRunner", true); err != nil {
		return err
	}
	l.curAsync = field.Offset
	return learnObjects(vm, l)
}

// learnObjects compares the mirrors of objects with samples, which one program
// makes.
func learnObjects(vm *goja.Runtime, l *layout) error {
	samples := []struct {
		source string
		mirror reflect.Type // nil where only the table is wanted
		tab    *unsafe.Pointer
	}{
		{"({})", reflect.TypeFor[baseObject](), &l.plain},
		{"[]", reflect.TypeFor[array](), &l.array},
		{"[].values()", reflect.TypeFor[arrayIterator](), &l.arrayIterator},
		{"Promise.resolve()", reflect.TypeFor[promise](), &l.promise},
		{"(async function () {})", reflect.TypeFor[struct{ jsFunction }](), &l.asyncFunction},
		{"(async () => {})", reflect.TypeFor[struct{ arrowFunction }](), &l.asyncArrow},
		{"(function () {})", reflect.TypeFor[struct{ jsFunction }](), &l.function},
		{"(() => {})", reflect.TypeFor[arrowFunction](), &l.arrow},
		{"new Uint8Array(1)", reflect.TypeFor[typedArray](), &l.typedArray},
		{"new ArrayBuffer(1)", reflect.TypeFor[arrayBuffer](), &l.arrayBuffer},
		{"({ async f() {} }).f", reflect.TypeFor[struct{ methodFunction }](), &l.asyncMethod},
		{"(class {})", nil, &l.class},
		{"[].values().next", nil, new(unsafe.Pointer)},
		{"Object.defineProperty({}, 'x', { value: 1 })", nil, new(unsafe.Pointer)},
	}
	source := "["
	for _, s := range samples {
		source += s.source + ", "
	}
	v, err := vm.RunString(source + "]")
	if err != nil {
		return err
	}
	made := make([]*goja.Object, len(samples))
	for i, s := range samples {
		o := v.(*goja.Object).Get(strconv.Itoa(i)).(*goja.Object)
		if s.mirror != nil {
			if err := same(s.mirror, typeOf(o), s.source, true); err != nil {
				return err
			}
		}
		made[i] = o
		*s.tab = (*object)(unsafe.Pointer(o)).self.tab
	}
	for _, o := range made {
		if w := (*object)(unsafe.Pointer(o)).self; w.tab == l.typedArray {
			a := (*typedArray)(w.data)
			if a.typedArray.data != unsafe.Pointer(&a.viewedArrayBuf.data) {
				return differs("a Uint8Array", "has its elements elsewhere")
			}
			l.uint8 = a.typedArray.tab
		}
	}
	native := vm.ToValue(func(goja.FunctionCall) goja.Value { return nil }).(*goja.Object)
	if err := same(reflect.TypeFor[nativeFunction](), typeOf(native), "a native function", true); err != nil {
		return err
	}
	l.native = (*object)(unsafe.Pointer(native)).self.tab
	if l.lazyNative, err = settling(native, &l.nativeOwn, functionMethods()); err != nil {
		return err
	}
	for _, o := range made {
		switch tab := (*object)(unsafe.Pointer(o)).self.tab; tab {
		case l.plain:
			if l.shaped, err = settling(o, &l.plainOwn, shapedMethods()); err == nil {
				l.arguments, err = settling(o, &l.plainOwn, argumentsMethods())
			}
		case l.function:
			l.lazyFunction, err = settling(o, &l.functionOwn, functionMethods())
		case l.arrow:
			l.lazyArrow, err = settling(o, &l.arrowOwn, functionMethods())
		}
		if err != nil {
			return err
		}
	}
	next, attributed := made[len(made)-2], made[len(made)-1]
	if f, ok := next.Export().(func(goja.FunctionCall) goja.Value); ok {
		l.arrayNext = codeOf(f)
	}
	hidden := (*baseObject)((*object)(unsafe.Pointer(attributed)).self.data).values["x"]
	if err := same(reflect.PointerTo(reflect.TypeFor[property]()), reflect.TypeOf(hidden), "a property with attributes", true); err != nil {
		return err
	}
	l.property = (*iface)(unsafe.Pointer(&hidden)).tab
	return learnValues(vm, l)
}

// learnValues finds the tables of primitive values and the methods of objects.
func learnValues(vm *goja.Runtime, l *layout) error {
	for _, s := range []struct {
		value goja.Value
		kind  reflect.Kind
		tab   *unsafe.Pointer
	}{
		{vm.NewObject(), reflect.Pointer, &l.value},
		{vm.ToValue("text"), reflect.String, &l.ascii},
		{vm.ToValue(1 << 20), reflect.Int64, &l.integer},
		{vm.ToValue(0.5), reflect.Float64, &l.float},
	} {
		if t := reflect.TypeOf(s.value); t.Kind() != s.kind {
			return differs("a value of "+s.kind.String(), "is "+t.String())
		}
		*s.tab = (*iface)(unsafe.Pointer(&s.value)).tab
	}
	self, _ := reflect.TypeFor[goja.Object]().FieldByName("self")
	for _, m := range []struct {
		name  string
		like  reflect.Type
		index *int
	}{
		{"getStr", reflect.TypeFor[func(unistring.String, goja.Value) goja.Value](), &l.getStr},
		{"setOwnStr", reflect.TypeFor[func(unistring.String, goja.Value, bool) bool](), &l.setOwnStr},
		{"hasOwnPropertyStr", reflect.TypeFor[func(unistring.String) bool](), &l.hasOwnStr},
		{"assertCallable", reflect.TypeFor[func() (func(goja.FunctionCall) goja.Value, bool)](), &l.assertCallable},
	} {
		*m.index = -1
		for i := range self.Type.NumMethod() {
			if f := self.Type.Method(i); f.Name == m.name && f.Type == m.like {
				*m.index = i
			}
		}
		if *m.index < 0 {
			return differs("method "+m.name, "is not there")
		}
	}
	return nil
}

// typeOf returns the type that implements an object.
func typeOf(o *goja.Object) reflect.Type {
	return reflect.ValueOf(o).Elem().Field(0).Elem().Type().Elem()
}

// codeOf returns the address of a function's code. Two values of one function
// that hold different variables have the same.
func codeOf[F any](f F) uintptr { return **(**uintptr)(unsafe.Pointer(&f)) }

func differs(where, how string) error {
	return fmt.Errorf("the linked goja is laid out differently: %s: %s", where, how)
}

// same compares a mirror with the real type: fields of the same names at the
// same places, of kinds that can stand for each other. A mirror may end early
// unless whole says otherwise; so may structures behind pointers and in slices
// of pointers, but not in slices of structures.
func same(mirror, real reflect.Type, where string, whole bool) error {
	if mirror == real {
		return nil
	}
	if mirror == reflect.TypeFor[iface]() {
		if real.Kind() != reflect.Interface || real.NumMethod() == 0 {
			return differs(where, "is "+real.String())
		}
		return nil
	}
	if mirror.Kind() == reflect.UnsafePointer {
		switch real.Kind() {
		case reflect.Pointer, reflect.Map, reflect.Func:
			return nil
		}
		return differs(where, "is "+real.String())
	}
	if mirror.Kind() != real.Kind() || whole && mirror.Size() != real.Size() {
		return differs(where, fmt.Sprintf("is %s of %d bytes, not %s of %d", real, real.Size(), mirror, mirror.Size()))
	}
	switch mirror.Kind() {
	case reflect.Pointer:
		if mirror.Elem().Kind() == reflect.Struct && !visited(mirror.Elem(), real.Elem()) {
			return same(mirror.Elem(), real.Elem(), where, false)
		}
	case reflect.Slice:
		return same(mirror.Elem(), real.Elem(), where+"[]", true)
	case reflect.Struct:
		visit(mirror, real)
		if mirror.NumField() > real.NumField() || whole && mirror.NumField() != real.NumField() {
			return differs(where, "has other fields")
		}
		for i := range mirror.NumField() {
			m, r := mirror.Field(i), real.Field(i)
			name := where + "." + r.Name
			if m.Offset != r.Offset || m.Name != r.Name && !m.Anonymous {
				return differs(name, "is at another place")
			}
			if err := same(m.Type, r.Type, name, i < mirror.NumField()-1 || whole); err != nil {
				return err
			}
		}
	case reflect.Map, reflect.Func, reflect.Interface:
		return differs(where, "is "+real.String())
	}
	return nil
}

// compared holds the pairs of structures under comparison, which may point to
// each other.
var compared = map[[2]reflect.Type]bool{}

func visit(mirror, real reflect.Type)        { compared[[2]reflect.Type{mirror, real}] = true }
func visited(mirror, real reflect.Type) bool { return compared[[2]reflect.Type{mirror, real}] }

func machineOf(vm *goja.Runtime) *machine {
	return *(**machine)(unsafe.Add(unsafe.Pointer(vm), learnt.machine))
}
