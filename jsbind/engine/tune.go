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

func tune(p *program) {
	for i := range p.code {
		kind := kindOf(p.code[i].tab)
		for _, offset := range kind.programs {
			if nested := *(**program)(unsafe.Add(p.code[i].data, offset)); nested != nil {
				tune(nested)
			}
		}
		if kind.faster != nil {
			p.code[i].tab = kind.faster
		}
	}
}

// kind is what is known of a type of instruction.
type kind struct {
	programs []uintptr      // where it holds programs of functions
	faster   unsafe.Pointer // the table to use instead; nil for goja's own
}

var (
	kindsMu sync.Mutex
	kinds   = map[unsafe.Pointer]*kind{}
)

// instruction is one of ours and where goja's exec of the same is kept.
type instruction struct {
	exec     func(data unsafe.Pointer, m *machine)
	original *func(data unsafe.Pointer, m *machine)
}

// instructions are ours by the name of goja's type.
var instructions = map[string]instruction{
	"call":               {call, &gojaCall},
	"iterNext":           {iterNext, &gojaIterNext},
	"enterFunc":          {enterFunc, &gojaEnterFunc},
	"enterFunc1":         {enterFunc1, &gojaEnterFunc1},
	"enterFuncStashless": {enterFuncStashless, &gojaEnterFuncStashless},
	"_getElem":           {getElem, &gojaGetElem},
	"_setElem":           {setElem, &gojaSetElem},
	"_setElemP":          {setElemP, &gojaSetElemP},
	"_setElemStrict":     {setElemStrict, &gojaSetElemStrict},
	"_setElemStrictP":    {setElemStrictP, &gojaSetElemStrictP},
	"_newObject":         {newObject, &gojaNewObject},
	"putProp":            {putProp, &gojaPutProp},
	"_copySpread":        {copySpread, &gojaCopySpread},
	"newArray":           {newArray, &gojaNewArray},
	"newFunc":            {newFunc, &gojaNewFunc},
	"newArrowFunc":       {newArrowFunc, &gojaNewArrowFunc},
	"getProp":            {getProp, &gojaGetProp},
	"getPropCallee":      {getPropCallee, &gojaGetPropCallee},
	"setProp":            {setProp, &gojaSetProp},
	"setPropP":           {setPropP, &gojaSetPropP},
	"setPropStrict":      {setPropStrict, &gojaSetPropStrict},
	"setPropStrictP":     {setPropStrictP, &gojaSetPropStrictP},
	"createArgsUnmapped": {createArgsUnmapped, &gojaCreateArgsUnmapped},
	"_throw":             {throwValue, &gojaThrow},
	"_loadNewTarget":     {loadNewTarget, &gojaLoadNewTarget},
	"newAsyncArrowFunc":  {newAsyncArrow, &gojaNewAsyncArrow},
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
	if in, ok := instructions[t.Name()]; ok {
		// The value is *t or, for a type that is not a pointer, points to a t.
		*in.original = funcAt[func(unsafe.Pointer, *machine)](&(*itab)(tab).fun)
		forged := *(*itab)(tab)
		forged.fun = codeOf(in.exec)
		k.faster = unsafe.Pointer(&forged)
		kinds[k.faster] = k
	}
	return k
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
