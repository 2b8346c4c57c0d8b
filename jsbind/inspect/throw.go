package inspect

import (
	"encoding/json"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

// throw throws err.
func (in *Inspector) throw(err *nodeerr.Error) {
	if in.hooks.Throw != nil {
		in.hooks.Throw(err)
	}
	o, makeErr := in.vm.New(in.vm.Get(string(err.Kind)), in.vm.ToValue(err.Message))
	if makeErr != nil {
		panic(makeErr)
	}
	put(o, "code", in.vm.ToValue(err.Code))
	panic(in.vm.ToValue(o))
}

// receivedLength is the length of an inspected value beyond which Received cuts
// it.
const receivedLength = 28

// Received words a value as the end of ERR_INVALID_ARG_TYPE's message:
// "undefined", "function f", "an instance of Foo", "type string ('x')".
func (in *Inspector) Received(v goja.Value) string {
	opts := DefaultOptions()
	switch mirror.TypeOf(v) {
	case mirror.TypeUndefined:
		return "undefined"
	case mirror.TypeNull:
		return "null"
	case mirror.TypeObject:
		o := v.(*goja.Object)
		if in.callable(o) {
			return "function " + in.toTextLenient(orUndefined(o.Get("name")))
		}
		if c, ok := o.Get("constructor").(*goja.Object); ok {
			if name := c.Get("name"); name != nil && name.ToBoolean() {
				return "an instance of " + in.toTextLenient(name)
			}
		}
		opts.Depth = -1
		return in.Inspect(v, opts)
	}
	if s, ok := v.(goja.String); ok {
		return "type string (" + receivedString(s) + ")"
	}
	text := in.inspectText(v, opts)
	if mirror.Units(text) > receivedLength {
		text = mirror.SliceUnits(text, receivedLength-3) + "..."
	}
	return "type " + typeName(v) + " (" + mirror.Clean(text) + ")"
}

// receivedString is a string as it came, in single quotes or, where it has such
// quotes itself, as JSON.
func receivedString(v goja.String) string {
	text := mirror.Text(v)
	if mirror.Units(text) > receivedLength {
		text = mirror.SliceUnits(text, receivedLength-3) + "..."
	}
	if !strings.Contains(text, "'") {
		return "'" + mirror.Clean(text) + "'"
	}
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(mirror.Clean(text)); err != nil {
		return "'" + mirror.Clean(text) + "'"
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// typeName is typeof for a primitive.
func typeName(v goja.Value) string {
	switch mirror.TypeOf(v) {
	case mirror.TypeBoolean:
		return "boolean"
	case mirror.TypeNumber:
		return "number"
	case mirror.TypeBigInt:
		return "bigint"
	case mirror.TypeString:
		return "string"
	case mirror.TypeSymbol:
		return "symbol"
	}
	return "undefined"
}
