package v8mod

import (
	"embed"
	"math"
	"runtime"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

//go:embed js/*.js
var files embed.FS

type moduleKey struct{}

type module struct {
	rt      *bind.Runtime
	loader  *scripted.Loader
	calls   *goja.Object // functions on values: js/values.js
	ctors   map[string]goja.Value
	hooks   promiseHooks
	untrace func() // takes the hooks away
}

// Load returns the exports of node:v8.
func Load(rt *bind.Runtime) goja.Value {
	m, ok := rt.Value(moduleKey{}).(*module)
	if !ok {
		m = &module{rt: rt, ctors: map[string]goja.Value{}}
		rt.SetValue(moduleKey{}, m)
		m.loader = scripted.New(rt, "v8", files)
		m.calls = m.loader.Object("values")
		m.serializerHost()
		m.deserializerHost()
		m.loader.Func("heapStatistics", 0, m.heapStatistics)
		m.loader.Func("heapSpaceStatistics", 0, m.heapSpaceStatistics)
		m.loader.Func("exposeGC", 1, m.exposeGC)
		m.loader.Func("addPromiseHook", 2, m.addPromiseHook)
	}
	return m.loader.Load("v8")
}

// call calls one of the functions of js/values.js.
func (m *module) call(name string, args ...goja.Value) goja.Value {
	return m.rt.Call(m.calls.Get(name), goja.Undefined(), args...)
}

func (m *module) describe(v goja.Value) string { return m.call("describe", v).String() }

// make constructs an object of a class of the language.
func (m *module) make(class string, args ...goja.Value) *goja.Object {
	ctor := m.ctors[class]
	if ctor == nil {
		ctor = m.rt.VM.Get(class)
		m.ctors[class] = ctor
	}
	o, err := m.rt.VM.New(ctor, args...)
	if err != nil {
		panic(err)
	}
	return o
}

// exposeGC gives the global object gc(), or takes it away.
func (m *module) exposeGC(c goja.FunctionCall) goja.Value {
	if c.Argument(0).ToBoolean() {
		ExposeGC(m.rt)
	} else {
		_ = m.rt.VM.GlobalObject().Delete("gc")
	}
	return goja.Undefined()
}

// ExposeGC makes gc(options) a global, as --expose-gc does: it collects garbage
// now, or with execution "async" soon and answers with a promise.
func ExposeGC(rt *bind.Runtime) {
	f := rt.Func("gc", 0, func(c goja.FunctionCall) goja.Value {
		o, _ := c.Argument(0).(*goja.Object)
		if bind.Get(o, "execution").String() == "async" {
			p, resolve, _ := engine.NewPromise(rt.VM)
			rt.Loop.SetImmediate(loop.Func(func() {
				runtime.GC()
				_ = resolve(goja.Undefined())
			}))
			return rt.VM.ToValue(p)
		}
		runtime.GC()
		return goja.Undefined()
	})
	_ = rt.VM.GlobalObject().DefineDataProperty("gc", f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// serializerHost gives js/v8.js the functions behind Serializer's methods: each
// takes the Serializer first.
func (m *module) serializerHost() {
	vm := m.rt.VM
	m.loader.Func("newSerializer", 1, func(c goja.FunctionCall) goja.Value {
		o := c.Argument(0).(*goja.Object)
		m.rt.Attach(o, &serializer{m: m, obj: o, ids: map[*goja.Object]uint32{}, transfers: map[*goja.Object]uint32{}})
		return goja.Undefined()
	})
	on := func(name string, f func(s *serializer, c goja.FunctionCall) goja.Value) {
		m.loader.Func(name, 1, func(c goja.FunctionCall) goja.Value {
			s, ok := bind.From(c.Argument(0)).(*serializer)
			if !ok {
				panic(vm.NewTypeError("Illegal invocation"))
			}
			if r := f(s, c); r != nil {
				return r
			}
			return goja.Undefined()
		})
	}
	on("writeHeader", func(s *serializer, _ goja.FunctionCall) goja.Value {
		s.tag(tagVersion)
		s.varint(wireVersion)
		return nil
	})
	on("writeValue", func(s *serializer, c goja.FunctionCall) goja.Value {
		s.value(c.Argument(1))
		return vm.ToValue(true)
	})
	on("releaseBuffer", func(s *serializer, _ goja.FunctionCall) goja.Value {
		p := s.buf
		s.buf = nil
		return m.rt.MakeBuffer(p[:len(p):len(p)])
	})
	on("writeTransfer", func(s *serializer, c goja.FunctionCall) goja.Value {
		if o, ok := c.Argument(2).(*goja.Object); ok {
			s.transfers[o] = uint32(c.Argument(1).ToInteger())
		}
		return nil
	})
	on("writeUint32", func(s *serializer, c goja.FunctionCall) goja.Value {
		s.varint(uint64(uint32(c.Argument(1).ToInteger())))
		return nil
	})
	on("writeUint64", func(s *serializer, c goja.FunctionCall) goja.Value {
		s.varint(uint64(uint32(c.Argument(1).ToInteger()))<<32 | uint64(uint32(c.Argument(2).ToInteger())))
		return nil
	})
	on("writeDouble", func(s *serializer, c goja.FunctionCall) goja.Value {
		s.double(c.Argument(1).ToFloat())
		return nil
	})
	on("writeRawBytes", func(s *serializer, c goja.FunctionCall) goja.Value {
		p, ok := m.rt.BufferSource(c.Argument(1))
		if !ok {
			m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "source must be a TypedArray or a DataView"))
		}
		s.buf = append(s.buf, p...)
		return nil
	})
	on("setHostViews", func(s *serializer, c goja.FunctionCall) goja.Value {
		s.hostViews = c.Argument(1).ToBoolean()
		return nil
	})
}

// deserializerHost does the same for Deserializer.
func (m *module) deserializerHost() {
	vm := m.rt.VM
	m.loader.Func("newDeserializer", 2, func(c goja.FunctionCall) goja.Value {
		o := c.Argument(0).(*goja.Object)
		p, ok := m.rt.BufferSource(c.Argument(1))
		if _, plain := c.Argument(1).Export().(goja.ArrayBuffer); !ok || plain {
			m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "buffer must be a TypedArray or a DataView"))
		}
		m.rt.Attach(o, &deserializer{m: m, obj: o, data: p, transfers: map[uint32]*goja.Object{}})
		return goja.Undefined()
	})
	on := func(name, failure string, f func(d *deserializer, c goja.FunctionCall) goja.Value) {
		m.loader.Func(name, 1, func(c goja.FunctionCall) goja.Value {
			d, ok := bind.From(c.Argument(0)).(*deserializer)
			if !ok {
				panic(vm.NewTypeError("Illegal invocation"))
			}
			var r goja.Value = goja.Undefined()
			d.guard(failure, func() { r = f(d, c) })
			return r
		})
	}
	on("readHeader", "", func(d *deserializer, _ goja.FunctionCall) goja.Value {
		if !d.header() {
			m.rt.Throw(nodeerr.New(nodeerr.KindError, "", "Unable to deserialize cloned data due to invalid or unsupported version."))
		}
		return vm.ToValue(true)
	})
	on("readValue", "Unable to deserialize cloned data.", func(d *deserializer, _ goja.FunctionCall) goja.Value { return d.value() })
	on("wireVersion", "", func(d *deserializer, _ goja.FunctionCall) goja.Value { return vm.ToValue(d.version) })
	on("readTransfer", "", func(d *deserializer, c goja.FunctionCall) goja.Value {
		if o, ok := c.Argument(2).(*goja.Object); ok {
			d.transfers[uint32(c.Argument(1).ToInteger())] = o
		}
		return goja.Undefined()
	})
	on("readUint32", "ReadUint32() failed", func(d *deserializer, _ goja.FunctionCall) goja.Value {
		n := d.varint()
		if n > math.MaxUint32 {
			d.bad()
		}
		return vm.ToValue(int64(n))
	})
	on("readUint64", "ReadUint64() failed", func(d *deserializer, _ goja.FunctionCall) goja.Value {
		n := d.varint()
		return vm.NewArray(int64(n>>32), int64(n&math.MaxUint32))
	})
	on("readDouble", "ReadDouble() failed", func(d *deserializer, _ goja.FunctionCall) goja.Value { return vm.ToValue(d.double()) })
	on("readRawBytes", "ReadRawBytes() failed", func(d *deserializer, c goja.FunctionCall) goja.Value {
		at := d.pos
		d.bytes(uint64(c.Argument(1).ToInteger()))
		return vm.ToValue(at)
	})
}
