// Package bufferutilmod stands in for the npm package bufferutil
// (https://github.com/websockets/bufferutil), a native addon that ws looks for
// to mask the frames of WebSockets (RFC 6455, 5.3): byte for byte in JavaScript
// that takes the engine hundreds of times as long.
package bufferutilmod

import (
	"encoding/binary"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// Load returns the exports of bufferutil: mask and unmask.
func Load(rt *bind.Runtime) goja.Value {
	o := rt.VM.NewObject()
	part := func(v goja.Value, from, n int, name string) []byte {
		p, ok := rt.BufferSource(v)
		if !ok {
			rt.ArgType(name, v, "Buffer", "TypedArray", "DataView")
		}
		if n < 0 {
			n = len(p) - from
		}
		if from < 0 || n < 0 || from+n > len(p) {
			rt.OutOfRange("length", "within the "+name, rt.VM.ToValue(n))
		}
		return p[from : from+n]
	}
	_ = o.Set("mask", rt.Func("mask", 5, func(c goja.FunctionCall) goja.Value {
		n := int(c.Argument(4).ToInteger())
		xor(part(c.Argument(2), int(c.Argument(3).ToInteger()), n, "output"), part(c.Argument(0), 0, n, "source"), part(c.Argument(1), 0, 4, "mask"))
		return goja.Undefined()
	}))
	_ = o.Set("unmask", rt.Func("unmask", 2, func(c goja.FunctionCall) goja.Value {
		p := part(c.Argument(0), 0, -1, "buffer")
		xor(p, p, part(c.Argument(1), 0, 4, "mask"))
		return goja.Undefined()
	}))
	return o
}

// xor writes src with the four bytes of mask over it to dst, of the same length.
func xor(dst, src, mask []byte) {
	key := [4]byte(mask) // dst may lie over it
	wide := binary.LittleEndian.Uint32(key[:])
	i := 0
	for ; i+8 <= len(src); i += 8 {
		binary.LittleEndian.PutUint64(dst[i:], binary.LittleEndian.Uint64(src[i:])^(uint64(wide)<<32|uint64(wide)))
	}
	for ; i < len(src); i++ {
		dst[i] = src[i] ^ key[i&3]
	}
}
