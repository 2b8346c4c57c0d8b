package utilmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// defineTypes fills util.types
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utiltypes).
func (m *module) defineTypes() {
	rt := m.rt
	test := func(name, shown string, f func(o *goja.Object) bool) {
		_ = m.types.Set(name, rt.Func(shown, 0, func(c goja.FunctionCall) goja.Value {
			o, ok := c.Argument(0).(*goja.Object)
			return rt.VM.ToValue(ok && f(o))
		}))
	}
	kind := func(kinds ...mirror.Kind) func(*goja.Object) bool {
		return func(o *goja.Object) bool {
			k := rt.Mirror.Kind(o)
			for _, want := range kinds {
				if k == want {
					return true
				}
			}
			return false
		}
	}
	boxed := func(types ...mirror.Type) func(*goja.Object) bool {
		return func(o *goja.Object) bool {
			if rt.Mirror.Kind(o) != mirror.BoxedPrimitive {
				return false
			}
			t := mirror.TypeOf(rt.Mirror.Unbox(o))
			for _, want := range types {
				if t == want {
					return true
				}
			}
			return len(types) == 0
		}
	}
	never := func(*goja.Object) bool { return false }
	test("isArgumentsObject", "", kind(mirror.Arguments))
	test("isArrayBuffer", "", func(o *goja.Object) bool { return kind(mirror.ArrayBuffer)(o) && !isShared(o) })
	orAsyncGenerator := func(is func(*goja.Object) bool) func(*goja.Object) bool {
		return func(o *goja.Object) bool { return is(o) || rt.Mirror.IsAsyncGenerator(o) }
	}
	test("isAsyncFunction", "", orAsyncGenerator(kind(mirror.AsyncFunction, mirror.AsyncMethod)))
	test("isBigIntObject", "", boxed(mirror.TypeBigInt))
	test("isBooleanObject", "", boxed(mirror.TypeBoolean))
	test("isDataView", "", kind(mirror.DataView))
	test("isDate", "", kind(mirror.Date))
	test("isExternal", "", never)
	test("isGeneratorFunction", "", orAsyncGenerator(kind(mirror.GeneratorFunction)))
	test("isGeneratorObject", "", kind(mirror.Generator))
	test("isMap", "", kind(mirror.Map))
	test("isMapIterator", "", kind(mirror.MapIterator))
	test("isModuleNamespaceObject", "", func(o *goja.Object) bool { return rt.IsNamespace != nil && rt.IsNamespace(o) })
	test("isNativeError", "", kind(mirror.Error))
	test("isNumberObject", "", boxed(mirror.TypeNumber))
	test("isPromise", "", kind(mirror.Promise))
	test("isProxy", "", kind(mirror.Proxy))
	test("isRegExp", "", kind(mirror.RegExp))
	test("isSet", "", kind(mirror.Set))
	test("isSetIterator", "", kind(mirror.SetIterator))
	test("isSharedArrayBuffer", "", isShared)
	test("isStringObject", "", boxed(mirror.TypeString))
	test("isSymbolObject", "", boxed(mirror.TypeSymbol))
	test("isWeakMap", "", kind(mirror.WeakMap))
	test("isWeakSet", "", kind(mirror.WeakSet))
	test("isAnyArrayBuffer", "", func(o *goja.Object) bool { return kind(mirror.ArrayBuffer)(o) || isShared(o) })
	test("isBoxedPrimitive", "", boxed())
	test("isArrayBufferView", "isView", kind(mirror.TypedArray, mirror.DataView))
	test("isTypedArray", "isTypedArray", kind(mirror.TypedArray))
	for _, name := range []string{"Uint8Array", "Uint8ClampedArray", "Uint16Array", "Uint32Array", "Int8Array", "Int16Array",
		"Int32Array", "Float16Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"} {
		test("is"+name, "is"+name, func(o *goja.Object) bool {
			return rt.Mirror.Kind(o) == mirror.TypedArray && rt.Mirror.TypedArrayName(o) == name
		})
	}
	for _, name := range []string{"KeyObject", "CryptoKey"} {
		test("is"+name, "value", func(o *goja.Object) bool { return rt.Brands[name] != nil && rt.Brands[name](o) })
	}
}

// isShared reports whether o is a SharedArrayBuffer, which goja has not: package
// lang makes it.
func isShared(o *goja.Object) bool { return o.ClassName() == "SharedArrayBuffer" }
