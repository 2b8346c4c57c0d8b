package zlibmod

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/zlib"
)

// class is one of the exported classes with its functions.
type class struct {
	name  string // Gzip
	short string // gzip
	mode  zlib.Mode
}

// classes are the exported classes.
var classes = []class{
	{"Deflate", "deflate", zlib.Deflate},
	{"Inflate", "inflate", zlib.Inflate},
	{"Gzip", "gzip", zlib.Gzip},
	{"Gunzip", "gunzip", zlib.Gunzip},
	{"DeflateRaw", "deflateRaw", zlib.DeflateRaw},
	{"InflateRaw", "inflateRaw", zlib.InflateRaw},
	{"Unzip", "unzip", zlib.Unzip},
	{"BrotliCompress", "brotliCompress", zlib.BrotliCompress},
	{"BrotliDecompress", "brotliDecompress", zlib.BrotliDecompress},
	{"ZstdCompress", "zstdCompress", zlib.ZstdCompress},
	{"ZstdDecompress", "zstdDecompress", zlib.ZstdDecompress},
}

// functions and creators are the order of the exports.
var (
	functions = []int{0, 2, 4, 6, 1, 3, 5, 7, 8, 9, 10}
	creators  = []int{0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 10}
)

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
	classes map[zlib.Mode]*bind.Class
	handles map[string]*goja.Object // prototypes of the handles by class name
	onError goja.Value
	owner   *goja.Symbol
	flushes []*goja.Object // the Buffers that stand for flushes
	kinds   map[*goja.Object]int
	warned  map[string]bool
	// maxLength is buffer.kMaxLength when the module was loaded.
	maxLength float64
}

type moduleKey struct{}

// Load returns the exports of node:zlib.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject(), classes: map[zlib.Mode]*bind.Class{}, kinds: map[*goja.Object]int{},
		handles: map[string]*goja.Object{}, owner: goja.NewSymbol("owner_symbol"), warned: map[string]bool{}}
	rt.SetValue(moduleKey{}, m)
	m.maxLength = buffermod.Load(rt).ToObject(rt.VM).Get("kMaxLength").ToFloat()
	m.defineHandles()
	m.define()
	e := m.exports
	_ = e.Set("crc32", rt.Func("crc32", 1, m.crc32))
	for _, c := range classes {
		_ = e.Set(c.name, m.classes[c.mode].Ctor)
	}
	for _, i := range functions {
		c := classes[i]
		_ = e.Set(c.short, rt.Func("asyncBufferWrapper", 3, func(call goja.FunctionCall) goja.Value { return m.async(c, call) }))
		_ = e.Set(c.short+"Sync", rt.Func("syncBufferWrapper", 2, func(call goja.FunctionCall) goja.Value { return m.sync(c, call) }))
	}
	for _, i := range creators {
		c := classes[i]
		f := rt.Func("value", 1, func(call goja.FunctionCall) goja.Value {
			o, err := rt.VM.New(m.classes[c.mode].Ctor, call.Argument(0))
			if err != nil {
				panic(err)
			}
			return o
		})
		_ = e.DefineDataProperty("create"+c.name, f, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	m.constants()
	return m
}

// constants adds zlib.constants, zlib.codes, and the constants under their old
// names.
func (m *module) constants() {
	rt := m.rt
	o := rt.VM.NewObject()
	_ = o.SetPrototype(nil)
	codes := rt.VM.NewObject()
	fixed := func(o *goja.Object, name string, v goja.Value, enumerable goja.Flag) {
		_ = o.DefineDataProperty(name, v, goja.FLAG_FALSE, goja.FLAG_FALSE, enumerable)
	}
	values := make([]goja.Value, len(zlib.Constants))
	for i, c := range zlib.Constants {
		values[i] = rt.VM.ToValue(c.Value)
		if c.Value == zlib.Unlimited {
			values[i] = rt.VM.ToValue(math.Inf(1))
		}
		fixed(o, c.Name, values[i], goja.FLAG_TRUE)
	}
	names := []string{"Z_OK", "Z_STREAM_END", "Z_NEED_DICT", "Z_ERRNO", "Z_STREAM_ERROR", "Z_DATA_ERROR", "Z_MEM_ERROR", "Z_BUF_ERROR", "Z_VERSION_ERROR"}
	for _, name := range names {
		_ = codes.Set(name, o.Get(name))
	}
	for _, name := range names {
		_ = codes.Set(o.Get(name).String(), name)
	}
	object := rt.VM.Get("Object").(*goja.Object)
	rt.Call(object.Get("freeze"), object, codes)
	fixed(m.exports, "constants", o, goja.FLAG_TRUE)
	fixed(m.exports, "codes", codes, goja.FLAG_TRUE)
	for i, c := range zlib.Constants {
		if !strings.HasPrefix(c.Name, "BROTLI") {
			fixed(m.exports, c.Name, values[i], goja.FLAG_FALSE)
		}
	}
}

// crc32 is zlib.crc32(data[, value]).
func (m *module) crc32(c goja.FunctionCall) goja.Value {
	rt := m.rt
	data, value := c.Argument(0), uint32(0)
	p, ok := m.view(data)
	if goja.IsString(data) {
		p = []byte(rt.Text(data))
	} else if !ok {
		rt.ArgType("data", data, "Buffer", "TypedArray", "DataView", "string")
	}
	if v := c.Argument(1); !goja.IsUndefined(v) {
		value = uint32(rt.Integer(v, "value", 0, math.MaxUint32))
	}
	return rt.VM.ToValue(zlib.CRC32(p, value))
}
