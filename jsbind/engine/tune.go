package engine

import (
	"reflect"
	"slices"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// Tune gives the code of prg and of all functions in it faster instructions. It
// is called once, before the program runs; the program behaves as before.
//
// An instruction is an interface value with one method, exec. A faster one is
// the same value with a table of methods of our own, in which only exec differs;
// what it does not handle it passes on to goja's.
func Tune(prg *goja.Program) {
	if learnErr != nil || learnt.machine == 0 {
		return
	}
	tune((*program)(unsafe.Pointer(prg)))
}

// tune reports whether the program, or one of its functions, has super or a
// direct eval in it.
func tune(p *program) (outside bool) {
	for i := range p.code {
		kind := kindOf(p.code[i].tab)
		faster := kind.faster
		for _, offset := range kind.programs {
			if nested := *(**program)(unsafe.Add(p.code[i].data, offset)); nested != nil && tune(nested) {
				outside = true
				if kind.around != nil {
					faster = kind.around
				}
			}
		}
		if faster != nil {
			p.code[i].tab = faster
		}
		outside = outside || kind.outside
	}
	return outside
}

// kind is what is known of a type of instruction.
type kind struct {
	programs []uintptr      // where it holds programs of functions
	faster   unsafe.Pointer // the table to use instead; nil for goja's own
	around   unsafe.Pointer // the same where one of these programs is outside, nil where it does not matter
	outside  bool           // super or a direct eval
}

var (
	kindsMu sync.Mutex
	kinds   = map[unsafe.Pointer]*kind{}
)

// instruction is one of ours and where goja's exec of the same is kept.
type instruction struct {
	exec     func(data unsafe.Pointer, m *machine)
	original *func(data unsafe.Pointer, m *machine)
	around   func(data unsafe.Pointer, m *machine) // see kind
}

// instructions are ours by the name of goja's type.
var instructions = map[string]instruction{
	"_add":               {exec: add, original: &gojaAdd},
	"_sub":               {exec: sub, original: &gojaSub},
	"_mul":               {exec: mul, original: &gojaMul},
	"_op_lt":             {exec: less, original: &gojaLess},
	"_op_lte":            {exec: lessEqual, original: &gojaLessEqual},
	"_op_gt":             {exec: greater, original: &gojaGreater},
	"_op_gte":            {exec: greaterEqual, original: &gojaGreaterEqual},
	"call":               {exec: call, original: &gojaCall},
	"iterNext":           {exec: iterNext, original: &gojaIterNext},
	"enterFunc":          {exec: enterFunc, original: &gojaEnterFunc},
	"enterFunc1":         {exec: enterFunc1, original: &gojaEnterFunc1},
	"enterFuncStashless": {exec: enterFuncStashless, original: &gojaEnterFuncStashless},
	"_getElem":           {exec: getElem, original: &gojaGetElem},
	"_setElem":           {exec: setElem, original: &gojaSetElem},
	"_setElemP":          {exec: setElemP, original: &gojaSetElemP},
	"_setElemStrict":     {exec: setElemStrict, original: &gojaSetElemStrict},
	"_setElemStrictP":    {exec: setElemStrictP, original: &gojaSetElemStrictP},
	"_newObject":         {exec: newObject, original: &gojaNewObject},
	"putProp":            {exec: putProp, original: &gojaPutProp},
	"_copySpread":        {exec: copySpread, original: &gojaCopySpread},
	"newArray":           {exec: newArray, original: &gojaNewArray},
	"newFunc":            {exec: newFunc, original: &gojaNewFunc},
	"newArrowFunc":       {newArrowFunc, &gojaNewArrowFunc, newOwnArrowFunc},
	"getProp":            {exec: getProp, original: &gojaGetProp},
	"getPropCallee":      {exec: getPropCallee, original: &gojaGetPropCallee},
	"setProp":            {exec: setProp, original: &gojaSetProp},
	"setPropP":           {exec: setPropP, original: &gojaSetPropP},
	"setPropStrict":      {exec: setPropStrict, original: &gojaSetPropStrict},
	"setPropStrictP":     {exec: setPropStrictP, original: &gojaSetPropStrictP},
	"createArgsUnmapped": {exec: createArgsUnmapped, original: &gojaCreateArgsUnmapped},
	"_throw":             {exec: throwValue, original: &gojaThrow},
	"_loadNewTarget":     {exec: loadNewTarget, original: &gojaLoadNewTarget},
	"newAsyncArrowFunc":  {exec: newAsyncArrow, original: &gojaNewAsyncArrow},
	"newAsyncMethod":     {exec: newAsyncMethod, original: &gojaNewAsyncMethod},
}

func kindOf(tab unsafe.Pointer) *kind {
	kindsMu.Lock()
	defer kindsMu.Unlock()
	if k := kinds[tab]; k != nil {
		return k
	}
	k := &kind{}
	kinds[tab] = k
	t := (*itab)(tab).typ()
	if t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct {
		k.programs = programsIn(t.Elem(), 0)
		t = t.Elem()
	}
	k.outside = outside(t.Name())
	if in, ok := instructions[t.Name()]; ok {
		// The value is *t or, for a type that is not a pointer, points to a t.
		*in.original = funcAt[func(unsafe.Pointer, *machine)](&(*itab)(tab).fun)
		k.faster = k.forge(tab, in.exec)
		if in.around != nil {
			k.around = k.forge(tab, in.around)
		}
	}
	return k
}

// forge makes a table of the instruction with another exec.
func (k *kind) forge(tab unsafe.Pointer, exec func(unsafe.Pointer, *machine)) unsafe.Pointer {
	forged := *(*itab)(tab)
	forged.fun = codeOf(exec)
	kinds[unsafe.Pointer(&forged)] = k
	return unsafe.Pointer(&forged)
}

// programsIn returns the offsets of all *goja.Program in a structure.
func programsIn(t reflect.Type, base uintptr) (offsets []uintptr) {
	for i := range t.NumField() {
		switch f := t.Field(i); {
		case f.Type == reflect.TypeFor[*goja.Program]():
			offsets = append(offsets, base+f.Offset)
		case f.Type.Kind() == reflect.Struct:
			offsets = append(offsets, programsIn(f.Type, base+f.Offset)...)
		}
	}
	return slices.Clip(offsets)
}

// itab is Go's table of an interface with one method (internal/abi.ITab).
type itab struct {
	inter, typeWord unsafe.Pointer
	hash            uint32
	fun             uintptr
}

// typ returns the dynamic type that the table stands for.
func (t *itab) typ() reflect.Type {
	var value int
	eface := iface{t.typeWord, unsafe.Pointer(&value)}
	return reflect.TypeOf(*(*any)(unsafe.Pointer(&eface)))
}

// funcAt makes a function value of an address of code that *code holds for
// good.
func funcAt[F any](code *uintptr) F { return *(*F)(unsafe.Pointer(&code)) }
