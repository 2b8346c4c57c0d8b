package mirror

import (
	"math"
	"math/big"
	"reflect"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// Type is the type of a value as typeof reports it, with null set apart and
// functions counted as objects.
type Type uint8

// The types of values.
const (
	TypeUndefined Type = iota
	TypeNull
	TypeBoolean
	TypeNumber
	TypeBigInt
	TypeString
	TypeSymbol
	TypeObject
)

// TypeOf returns the type of v; a Go nil counts as undefined.
func TypeOf(v goja.Value) Type {
	switch v.(type) {
	case nil:
		return TypeUndefined
	case *goja.Object:
		return TypeObject
	case goja.String:
		return TypeString
	case *goja.Symbol:
		return TypeSymbol
	}
	switch {
	case goja.IsNumber(v):
		return TypeNumber
	case goja.IsUndefined(v):
		return TypeUndefined
	case goja.IsNull(v):
		return TypeNull
	case goja.IsBigInt(v):
		return TypeBigInt
	}
	if v.ExportType().Kind() == reflect.Bool {
		return TypeBoolean
	}
	return TypeUndefined
}

// call runs an intrinsic on o.
func call(f Native, o goja.Value, args ...goja.Value) goja.Value {
	return f(goja.FunctionCall{This: o, Arguments: args})
}

// Unbox returns the primitive that a BoxedPrimitive holds.
func (m *Mirror) Unbox(o *goja.Object) goja.Value {
	switch o.ClassName() {
	case "String":
		return call(m.boxedString, o)
	case "Number":
		return call(m.boxedNumber, o)
	case "Boolean":
		return call(m.boxedBool, o)
	}
	if _, ok := o.Export().(*big.Int); ok {
		return call(m.boxedBigInt, o)
	}
	return call(m.boxedSymbol, o)
}

// DateTime returns the time value of a Date: milliseconds since the epoch, or
// NaN if it is invalid.
func (m *Mirror) DateTime(o *goja.Object) float64 {
	if v := call(m.dateTime, o); !goja.IsNaN(v) {
		return v.ToFloat()
	}
	return math.NaN()
}

// FunctionSource returns the source text of a function.
func (m *Mirror) FunctionSource(o *goja.Object) string { return text(call(m.functionString, o)) }

// RegExpString is RegExp.prototype.toString, which reads the properties source
// and flags.
func (m *Mirror) RegExpString(o *goja.Object) string { return text(call(m.regExpString, o)) }

// ErrorString is Error.prototype.toString, which reads the properties name and
// message.
func (m *Mirror) ErrorString(o *goja.Object) string { return text(call(m.errorString, o)) }

// ObjectString is Object.prototype.toString, which reads Symbol.toStringTag.
func (m *Mirror) ObjectString(o *goja.Object) string { return text(call(m.objectString, o)) }

func text(v goja.Value) string {
	if s, ok := v.(goja.String); ok {
		return Text(s)
	}
	return v.String()
}

// TypedArrayName returns the name of a TypedArray's class, whatever its
// prototype: "Uint8Array".
func (m *Mirror) TypedArrayName(o *goja.Object) string {
	return call(m.typedArrayTag, o).String()
}

// TypedArrayLength returns the number of elements.
func (m *Mirror) TypedArrayLength(o *goja.Object) int {
	return int(call(m.typedArrayLen, o).ToInteger())
}

// TypedArrayExtent returns the byte length, the byte offset and the buffer of a
// TypedArray.
func (m *Mirror) TypedArrayExtent(o *goja.Object) (length, offset int, buffer goja.Value) {
	return int(call(m.typedArrayBytes, o).ToInteger()), int(call(m.typedArrayOff, o).ToInteger()), call(m.typedArrayBuf, o)
}

// DataViewExtent returns the byte length, the byte offset and the buffer of a
// DataView. It throws a TypeError if the buffer has been detached.
func (m *Mirror) DataViewExtent(o *goja.Object) (length, offset int, buffer goja.Value) {
	return int(call(m.dataViewLen, o).ToInteger()), int(call(m.dataViewOff, o).ToInteger()), call(m.dataViewBuf, o)
}

// RegExpLiteral returns the source and flags of a regular expression as a
// literal, whatever its prototype and properties.
func (m *Mirror) RegExpLiteral(o *goja.Object) string {
	b := []byte("/" + text(call(m.regExpSource, o)) + "/")
	for _, f := range m.regExpFlags {
		if call(f.get, o).ToBoolean() {
			b = append(b, f.letter)
		}
	}
	return string(b)
}

// SloppyFunction reports whether o was written as a function in code that is
// not strict: in V8 it has the own properties arguments and caller.
func (m *Mirror) SloppyFunction(o *goja.Object) bool {
	engine.Settle(o)
	impl := implOf(o)
	return m.layouts.function && impl.tab == m.layouts.functionTab && !(*funcObject)(impl.data).strict
}

// OwnIterator reports whether the iteration method of a Map or Set is the
// engine's own.
func (m *Mirror) OwnIterator(o *goja.Object, kind Kind) bool {
	if kind == Map {
		return o.GetSymbol(goja.SymIterator) == m.mapIterator
	}
	return o.GetSymbol(goja.SymIterator) == m.setIterator
}
