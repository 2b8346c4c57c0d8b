package mirror

//lint:file-ignore U1000 fields that nothing reads give the others their place.

import (
	"reflect"
	"sync"
	"unsafe"
	"weak"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// The types below repeat the leading fields of goja's types of the same names.
// sameLayout compares them with the originals before any of them is used.

type iface struct {
	tab  unsafe.Pointer
	data unsafe.Pointer
}

type objectLayout struct {
	self    iface
	runtime *goja.Runtime
}

type baseObject struct {
	class      string
	val        *goja.Object
	prototype  *goja.Object
	extensible bool

	values    map[unistring.String]goja.Value
	propNames []unistring.String

	lastSortedPropLen, idxPropCount int

	symValues *orderedMap

	privateElements unsafe.Pointer
}

type valueProperty struct {
	value        goja.Value
	writable     bool
	configurable bool
	enumerable   bool
	accessor     bool
	getterFunc   *goja.Object
	setterFunc   *goja.Object
}

type arrayObject struct {
	baseObject
	values []goja.Value
	length uint32
}

type funcObject struct {
	baseObject
	lenProp valueProperty

	stash   unsafe.Pointer
	privEnv unsafe.Pointer

	prg    *goja.Program
	src    string
	strict bool
}

type orderedMap struct {
	hash                *byte
	hashTable           map[uint64]*mapEntry
	iterFirst, iterLast *mapEntry
	size                int
}

type mapEntry struct {
	key, value         goja.Value
	iterPrev, iterNext *mapEntry
}

type orderedMapIter struct {
	m   *orderedMap
	cur *mapEntry
}

type mapObject struct {
	baseObject
	m *orderedMap
}

type mapIterObject struct {
	baseObject
	iter *orderedMapIter
	kind int
}

type weakTable struct {
	m map[weak.Pointer[goja.Object]]goja.Value
	sync.Mutex
}

type weakObject struct {
	baseObject
	table weakTable
}

// iteration kinds of mapIterObject, as goja numbers them.
const (
	iterateKeys = iota
	iterateValues
	iterateEntries
)

// layouts says which of the types above are goja's.
type layouts struct {
	base, array, function, entries, iterators, weak bool

	property    reflect.Type   // *goja.valueProperty
	plain       reflect.Type   // *goja.baseObject
	plainTab    unsafe.Pointer // its objectImpl table
	arrayTab    unsafe.Pointer // that of *arrayObject
	functionTab unsafe.Pointer // of *funcObject
}

// implOf returns the implementation of o as an interface's two words.
func implOf(o *goja.Object) iface {
	return (*objectLayout)(unsafe.Pointer(o)).self
}

// dataOf returns the pointer that an interface value of pointer type holds.
func dataOf(v goja.Value) unsafe.Pointer {
	return (*iface)(unsafe.Pointer(&v)).data
}

// sameLayout reports whether actual begins with the fields of want: same names,
// offsets, sizes and kinds.
func sameLayout(actual, want reflect.Type) bool {
	if actual.Kind() != reflect.Struct || actual.NumField() < want.NumField() {
		return false
	}
	for i := range want.NumField() {
		a, w := actual.Field(i), want.Field(i)
		if a.Name != w.Name || a.Offset != w.Offset || a.Type.Size() != w.Type.Size() {
			return false
		}
		switch {
		case w.Type == reflect.TypeFor[iface]():
			if a.Type.Kind() != reflect.Interface {
				return false
			}
		case w.Type == reflect.TypeFor[unsafe.Pointer]():
			if k := a.Type.Kind(); k != reflect.Map && k != reflect.Pointer {
				return false
			}
		case a.Type.Kind() != w.Type.Kind():
			return false
		case w.Type.Kind() == reflect.Struct && !sameLayout(a.Type, w.Type):
			return false
		case w.Type.Kind() == reflect.Slice && a.Type.Elem().Kind() != w.Type.Elem().Kind():
			return false
		case w.Type.PkgPath() == "github.com/dop251/goja" && a.Type != w.Type:
			return false
		}
	}
	return true
}

// implType returns the type that implements o.
func implType(o *goja.Object) reflect.Type {
	return reflect.ValueOf(o).Elem().Field(implField).Elem().Type()
}

// fieldType returns the struct that field name of struct t points to, or nil.
func fieldType(t reflect.Type, name string) reflect.Type {
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	f, ok := t.FieldByName(name)
	if !ok || f.Type.Kind() != reflect.Pointer {
		return nil
	}
	return f.Type.Elem()
}

var (
	learnOnce sync.Once
	learnt    layouts
)

// layoutsOf returns what was learnt about goja's types, which are the same for
// every runtime of the process, looking at vm the first time.
func layoutsOf(vm *goja.Runtime) layouts {
	learnOnce.Do(func() { learnt = learnLayouts(vm) })
	return learnt
}

// learnLayouts compares sample objects of vm with the types above.
func learnLayouts(vm *goja.Runtime) (l layouts) {
	if implField != 0 || !sameLayout(reflect.TypeFor[goja.Object](), reflect.TypeFor[objectLayout]()) {
		return l
	}
	same := func(actual reflect.Type, want reflect.Type) bool {
		return actual != nil && sameLayout(actual, want)
	}
	obj := vm.NewObject()
	base := implType(obj)
	if base.String() != "*goja.baseObject" || !same(base.Elem(), reflect.TypeFor[baseObject]()) {
		return l
	}
	ordered := fieldType(base.Elem(), "symValues")
	if !same(ordered, reflect.TypeFor[orderedMap]()) ||
		!same(fieldType(ordered, "iterFirst"), reflect.TypeFor[mapEntry]()) {
		return l
	}
	getter := vm.ToValue(func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	if obj.DefineAccessorProperty("p", getter, nil, goja.FLAG_TRUE, goja.FLAG_FALSE) != nil {
		return l
	}
	property := reflect.TypeOf((*baseObject)(implOf(obj).data).values["p"])
	if property == nil || property.Kind() != reflect.Pointer ||
		!same(property.Elem(), reflect.TypeFor[valueProperty]()) {
		return l
	}
	p := (*valueProperty)(dataOf((*baseObject)(implOf(obj).data).values["p"]))
	if !p.accessor || p.enumerable || !p.configurable || p.getterFunc != getter || p.setterFunc != nil {
		return l
	}
	l.base, l.property = true, property
	l.plain, l.plainTab = base, implOf(obj).tab

	array := vm.NewArray(1, 2)
	if t := implType(array); t.String() == "*goja.arrayObject" && same(t.Elem(), reflect.TypeFor[arrayObject]()) {
		l.array, l.arrayTab = true, implOf(array).tab
	}
	sample := func(class string) *goja.Object {
		o, err := vm.New(vm.Get(class))
		if err != nil {
			return nil
		}
		return o
	}
	if m, s := sample("Map"), sample("Set"); m != nil && s != nil {
		l.entries = same(implType(m).Elem(), reflect.TypeFor[mapObject]()) &&
			same(implType(s).Elem(), reflect.TypeFor[mapObject]()) &&
			fieldType(implType(m).Elem(), "m") == ordered
		if l.entries {
			l.iterators = iteratorLayout(m) && iteratorLayout(s)
		}
	}
	learnFunctions(vm, &l)
	l.weak = weakLayout(sample("WeakMap")) && weakLayout(sample("WeakSet"))
	return l
}

// learnFunctions compares a function with funcObject, which goja builds up from
// three structures.
func learnFunctions(vm *goja.Runtime, l *layouts) {
	v, err := vm.RunString("(function () {})")
	if err != nil {
		return
	}
	f := v.(*goja.Object)
	t := implType(f).Elem()
	if t.Kind() != reflect.Struct || t.NumField() != 1 {
		return
	}
	js := t.Field(0) // baseJsFuncObject
	if js.Offset != 0 || js.Type.Kind() != reflect.Struct || js.Type.NumField() != 6 {
		return
	}
	want := reflect.TypeFor[funcObject]()
	base := js.Type.Field(0).Type // baseFuncObject
	same := base.Kind() == reflect.Struct && base.NumField() == 2 &&
		base.Size() == want.Field(1).Offset+want.Field(1).Type.Size() &&
		sameLayout(base.Field(0).Type, want.Field(0).Type) && sameLayout(base.Field(1).Type, want.Field(1).Type)
	for i := 1; same && i < 6; i++ {
		a, w := js.Type.Field(i), want.Field(i+1)
		same = a.Name == w.Name && a.Offset == w.Offset && a.Type.Size() == w.Type.Size()
	}
	l.function, l.functionTab = same, implOf(f).tab
}

// weakLayout reports whether weak collection c is laid out as weakObject is.
func weakLayout(c *goja.Object) bool {
	if c == nil {
		return false
	}
	actual, want := implType(c).Elem(), reflect.TypeFor[weakObject]()
	if actual.Kind() != reflect.Struct || actual.NumField() != 2 {
		return false
	}
	table, mine := actual.Field(1), want.Field(1)
	return table.Offset == mine.Offset && sameLayout(table.Type, mine.Type) &&
		table.Type.Field(0).Type == mine.Type.Field(0).Type
}

// iteratorLayout reports whether the iterators of collection c are laid out as
// mapIterObject is, and number their kinds as the constants above do.
func iteratorLayout(c *goja.Object) bool {
	for i, method := range []string{"keys", "values", "entries"} {
		call, ok := goja.AssertFunction(c.Get(method))
		if !ok {
			return false
		}
		v, err := call(c)
		if err != nil {
			return false
		}
		it, ok := v.(*goja.Object)
		if !ok {
			return false
		}
		t := implType(it).Elem()
		if !sameLayout(t, reflect.TypeFor[mapIterObject]()) {
			return false
		}
		if iter := fieldType(t, "iter"); iter == nil || !sameLayout(iter, reflect.TypeFor[orderedMapIter]()) {
			return false
		}
		kind := (*mapIterObject)(implOf(it).data).kind
		// A set's keys are its values.
		if kind != i && (method != "keys" || kind != iterateValues) {
			return false
		}
	}
	return true
}
