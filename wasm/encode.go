package wasm

import (
	"encoding/binary"

	"github.com/tetratelabs/wazero/api"
)

// A module that imports memories, globals or tables gets them from a small
// module made here, since a host module has functions only: it defines them,
// imports the host's functions, and exports all under the names asked for.

var header = []byte{0, 'a', 's', 'm', 1, 0, 0, 0}

func leb(b []byte, v uint64) []byte { return binary.AppendUvarint(b, v) }

func text(b []byte, s string) []byte { return append(leb(b, uint64(len(s))), s...) }

// appendSection writes a section of n entries.
func appendSection(b []byte, id byte, n int, body []byte) []byte {
	if n == 0 {
		return b
	}
	count := leb(nil, uint64(n))
	b = leb(append(b, id), uint64(len(count)+len(body)))
	return append(append(b, count...), body...)
}

func limits(b []byte, l Limits) []byte {
	if !l.HasMax {
		return leb(append(b, 0), uint64(l.Min))
	}
	return leb(leb(append(b, 1), uint64(l.Min)), uint64(l.Max))
}

// constant is the initial value of a global, as wazero keeps values.
func constant(b []byte, t api.ValueType, v uint64) []byte {
	switch t {
	case api.ValueTypeI32:
		b = sleb(append(b, 0x41), int64(int32(v)))
	case api.ValueTypeI64:
		b = sleb(append(b, 0x42), int64(v))
	case api.ValueTypeF32:
		b = binary.LittleEndian.AppendUint32(append(b, 0x43), uint32(v))
	case api.ValueTypeF64:
		b = binary.LittleEndian.AppendUint64(append(b, 0x44), v)
	default:
		b = append(b, 0xd0, t)
	}
	return append(b, 0x0b)
}

func sleb(b []byte, v int64) []byte {
	for {
		c := byte(v & 0x7f)
		v >>= 7
		if v == 0 && c&0x40 == 0 || v == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}

// provider encodes a module that gives what list asks for, with the functions of
// the module host. values are the globals' by position in list.
func provider(host string, list []Import, values []uint64) []byte {
	var types, imports, tables, memories, globals, exports []byte
	var n [5]int
	for i, m := range list {
		exports = text(exports, m.Name)
		exports = leb(append(exports, byte(m.Kind)), uint64(n[m.Kind]))
		switch m.Kind {
		case Function:
			types = append(types, 0x60)
			types = append(leb(types, uint64(len(m.Params))), m.Params...)
			types = append(leb(types, uint64(len(m.Results))), m.Results...)
			imports = text(text(imports, host), m.Name)
			imports = leb(append(imports, 0), uint64(n[Function]))
		case Table:
			tables = limits(append(tables, m.Type), m.Limits)
		case Memory:
			memories = limits(memories, m.Limits)
		case Global:
			mutable := byte(0)
			if m.Mutable {
				mutable = 1
			}
			globals = constant(append(globals, m.Type, mutable), m.Type, values[i])
		}
		n[m.Kind]++
	}
	b := append([]byte(nil), header...)
	b = appendSection(b, 1, n[Function], types)
	b = appendSection(b, 2, n[Function], imports)
	b = appendSection(b, 4, n[Table], tables)
	b = appendSection(b, 5, n[Memory], memories)
	b = appendSection(b, 6, n[Global], globals)
	return appendSection(b, 7, len(list), exports)
}
