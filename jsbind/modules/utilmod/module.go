package utilmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
)

type module struct {
	rt           *bind.Runtime
	exports      *goja.Object
	types        *goja.Object
	promisifyKey *goja.Symbol // util.promisify.custom
	codesWarned  map[string]bool
	debug        debugState
	encoder      *bind.Class
	decoder      *bind.Class
	mime         *bind.Class
	params       *bind.Class
	wrap         goja.Value // makes a deprecated function
}

type moduleKey struct{}

// Load returns the exports of node:util.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

// LoadTypes returns the exports of node:util/types.
func LoadTypes(rt *bind.Runtime) goja.Value { return get(rt).types }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject(), types: rt.VM.NewObject(), codesWarned: map[string]bool{}}
	rt.SetValue(moduleKey{}, m)
	m.promisifyKey = rt.SymbolFor("nodejs.util.promisify.custom")
	m.readDebugEnv()
	m.defineTypes()
	m.defineEncoder()
	m.defineDecoder()
	m.defineMIME()
	m.fill()
	return m
}

// fill puts the functions on the exports, in Node's order.
func (m *module) fill() {
	rt, e := m.rt, m.exports
	set := func(name string, length int, f bind.Method) *goja.Object {
		fn := rt.Func(name, length, f)
		_ = e.Set(name, fn)
		return fn
	}
	own := rt.VM.NewObject()
	rt.Inspector.Install(own)
	shared := func(name string) { _ = e.Set(name, own.Get(name)) }
	notFunction := func(name string) goja.Value { return own.Get(name) }

	set("_errnoException", 0, m.errnoException)
	set("_exceptionWithHostPort", 0, m.exceptionWithHostPort)
	_ = e.Set("_extend", m.deprecate(rt.Func("_extend", 2, m.extend), "The `util._extend` API is deprecated. Please use Object.assign() instead.", "DEP0060"))
	set("callbackify", 1, m.callbackify)
	debug := rt.Func("debuglog", 2, m.debuglog)
	_ = e.Set("debug", debug)
	_ = e.Set("debuglog", debug)
	set("deprecate", 3, m.jsDeprecate)
	shared("format")
	set("styleText", 2, m.styleText)
	shared("formatWithOptions")
	set("getCallSites", 0, m.getCallSites)
	set("getSystemErrorMap", 0, m.getSystemErrorMap)
	set("getSystemErrorName", 1, m.getSystemErrorName)
	set("getSystemErrorMessage", 1, m.getSystemErrorMessage)
	set("inherits", 2, m.inherits)
	shared("inspect")
	_ = e.Set("isArray", m.deprecate(rt.Func("isArray", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(bind.IsArray(c.Argument(0)))
	}), "The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.", "DEP0044"))
	_ = e.Set("isDeepStrictEqual", notFunction("isDeepStrictEqual"))
	promisify := set("promisify", 1, m.promisify)
	_ = promisify.DefineDataProperty("custom", m.promisifyKey, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	shared("stripVTControlCharacters")
	set("toUSVString", 1, m.toUSVString)
	for name, f := range map[string]*goja.Object{
		"transferableAbortSignal": rt.Func("transferableAbortSignal", 1, m.transferableAbortSignal),
		"transferableAbortController": rt.Func("transferableAbortController", 0, func(goja.FunctionCall) goja.Value {
			ac := m.create(rt.VM.Get("AbortController"))
			if s := eventtargetmod.SignalOf(bind.Get(ac, "signal")); s != nil {
				s.MakeTransferable()
			}
			return ac
		}),
		"aborted": rt.Func("aborted", 2, m.aborted),
	} {
		rt.Accessor(e, name, func(goja.Value) goja.Value { return f }, nil, true)
	}
	_ = e.Set("types", m.types)
	set("parseEnv", 1, m.parseEnv)
	set("parseArgs", 0, m.parseArgs)
	_ = e.Set("TextDecoder", m.decoder.Ctor)
	_ = e.Set("TextEncoder", m.encoder.Ctor)
	_ = e.Set("MIMEType", m.mime.Ctor)
	_ = e.Set("MIMEParams", m.params.Ctor)
	set("diff", 2, m.diff)
	set("setTraceSigInt", 1, func(c goja.FunctionCall) goja.Value {
		rt.Bool(c.Argument(0), "enable")
		rt.Must(notImplemented("util.setTraceSigInt()"))
		return goja.Undefined()
	})
}

func (m *module) create(class goja.Value, args ...goja.Value) *goja.Object {
	o, err := m.rt.VM.New(class, args...)
	if err != nil {
		panic(err)
	}
	return o
}
