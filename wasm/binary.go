package wasm

import (
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero/api"
)

// Kind is what is imported or exported.
type Kind byte

// Kinds, numbered as in the binary format.
const (
	Function Kind = iota
	Table
	Memory
	Global
	Tag
)

var kindNames = [...]string{"function", "table", "memory", "global", "tag"}

func (k Kind) String() string { return kindNames[k] }

// Limits are those of a memory, in pages of 64 KiB, or of a table, in elements.
type Limits struct {
	Min, Max uint32
	HasMax   bool
}

// Extern is the type of an import or export; which fields count depends on Kind.
type Extern struct {
	Kind            Kind
	Params, Results []api.ValueType // of a function
	Limits          Limits          // of a table or memory
	Type            api.ValueType   // of a global, or of a table's elements
	Mutable         bool            // global
}

// Import is one import of a module, in the module's order.
type Import struct {
	Module, Name string
	Extern
}

// Export is one export; Index is that of the function, table and so on.
type Export struct {
	Name  string
	Index uint32
	Extern
}

// Binary is what the JavaScript interface tells of a module.
type Binary struct {
	Imports []Import
	Exports []Export
	custom  []section
}

type section struct {
	name string
	data []byte
}

// CustomSections returns the contents of the custom sections of a name.
func (b *Binary) CustomSections(name string) (list [][]byte) {
	for _, s := range b.custom {
		if s.name == name {
			list = append(list, s.data)
		}
	}
	return list
}

// reader reads the binary format. The first error stays.
type reader struct {
	p   []byte
	err error
}

var errShort = errors.New("unexpected end")

func (r *reader) byte() byte {
	if len(r.p) == 0 {
		r.err = errShort
		return 0
	}
	b := r.p[0]
	r.p = r.p[1:]
	return b
}

func (r *reader) bytes(n uint32) []byte {
	if uint64(n) > uint64(len(r.p)) {
		r.err, r.p = errShort, nil
		return nil
	}
	b := r.p[:n:n]
	r.p = r.p[n:]
	return b
}

// u32 reads a LEB128 number of at most 64 bits, of which the low 32 count.
func (r *reader) u32() uint32 {
	var v uint64
	for shift := 0; shift < 64; shift += 7 {
		b := r.byte()
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return uint32(v)
		}
	}
	r.err = errors.New("a number is too long")
	return 0
}

func (r *reader) name() string { return string(r.bytes(r.u32())) }

func (r *reader) types() []api.ValueType { return append([]byte(nil), r.bytes(r.u32())...) }

func (r *reader) limits() Limits {
	flags := r.byte()
	l := Limits{Min: r.u32()}
	if l.HasMax = flags&1 != 0; l.HasMax {
		l.Max = r.u32()
	}
	return l
}

// constant skips an initial value: numbers, references, global.get.
func (r *reader) constant() {
	for r.err == nil {
		switch op := r.byte(); op {
		case 0x0b:
			return
		case 0x41, 0x42, 0x23, 0xd2: // i32.const, i64.const, global.get, ref.func
			r.u32()
		case 0x43:
			r.bytes(4)
		case 0x44:
			r.bytes(8)
		case 0xd0: // ref.null
			r.byte()
		case 0xfd: // v128.const
			r.u32()
			r.bytes(16)
		case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e: // extended constant expressions
		default:
			r.err = fmt.Errorf("opcode 0x%x in a constant expression", op)
		}
	}
}

type signature struct{ params, results []api.ValueType }

// index spaces of a module, while it is read.
type spaces struct {
	types []signature
	all   [5][]Extern
}

func (s *spaces) function(i uint32) (Extern, error) {
	if int(i) >= len(s.types) {
		return Extern{}, fmt.Errorf("no type %d", i)
	}
	return Extern{Kind: Function, Params: s.types[i].params, Results: s.types[i].results}, nil
}

func (s *spaces) add(e Extern) { s.all[e.Kind] = append(s.all[e.Kind], e) }

func (r *reader) extern(k Kind, s *spaces) (e Extern) {
	switch k {
	case Function:
		if e, r.err = s.function(r.u32()); r.err != nil {
			return e
		}
	case Table:
		e.Type = r.byte()
		e.Limits = r.limits()
	case Memory:
		e.Limits = r.limits()
	case Global:
		e.Type = r.byte()
		e.Mutable = r.byte() == 1
	default:
		r.err = fmt.Errorf("imports and exports of kind %d are not known", k)
	}
	e.Kind = k
	return e
}

// parse reads the sections that say what a valid module imports and exports.
func parse(p []byte) (*Binary, error) {
	r := &reader{p: p}
	r.bytes(8)
	b, s := &Binary{}, &spaces{}
	for r.err == nil && len(r.p) > 0 {
		id := r.byte()
		body := &reader{p: r.bytes(r.u32())}
		if r.err == nil {
			body.section(id, b, s)
			r.err = body.err
		}
	}
	return b, r.err
}

func (r *reader) section(id byte, b *Binary, s *spaces) {
	if id == 0 {
		name := r.name()
		b.custom = append(b.custom, section{name, r.p})
		return
	}
	if id > 7 {
		return
	}
	for n := r.u32(); n > 0 && r.err == nil; n-- {
		switch id {
		case 1:
			if r.byte() != 0x60 {
				r.err = errors.New("a type that is no function's")
				return
			}
			s.types = append(s.types, signature{r.types(), r.types()})
		case 2:
			i := Import{Module: r.name(), Name: r.name()}
			i.Extern = r.extern(Kind(r.byte()), s)
			if r.err != nil {
				return
			}
			s.add(i.Extern)
			b.Imports = append(b.Imports, i)
		case 3:
			s.add(r.extern(Function, s))
		case 4:
			s.add(r.extern(Table, s))
		case 5:
			s.add(r.extern(Memory, s))
		case 6:
			s.add(r.extern(Global, s))
			r.constant()
		case 7:
			e := Export{Name: r.name()}
			k := Kind(r.byte())
			e.Index = r.u32()
			if int(k) >= len(s.all) || int(e.Index) >= len(s.all[k]) {
				r.err = errors.New("an export of nothing")
				return
			}
			e.Extern = s.all[k][e.Index]
			b.Exports = append(b.Exports, e)
		}
	}
}
