// Package punycodemod is the binding of node:punycode
// (https://nodejs.org/docs/latest-v24.x/api/punycode.html) to package punycode.
package punycodemod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/wtf8"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/punycode"
)

// version is that of the algorithm's description in punycode.js, which Node
// shows.
const version = "2.1.0"

type moduleKey struct{}

// Load returns the exports of node:punycode. The first call warns that the
// module is deprecated (DEP0040).
func Load(rt *bind.Runtime) goja.Value {
	if o, ok := rt.Value(moduleKey{}).(*goja.Object); ok {
		return o
	}
	o := rt.VM.NewObject()
	rt.SetValue(moduleKey{}, o)
	if rt.Warn != nil {
		rt.Warn("The `punycode` module is deprecated. Please use a userland alternative instead.",
			"DeprecationWarning", map[string]any{"code": "DEP0040"})
	}
	ucs2 := rt.VM.NewObject()
	_ = ucs2.Set("decode", rt.Func("ucs2decode", 1, func(c goja.FunctionCall) goja.Value {
		runes := wtf8.Runes(rt.Text(c.Argument(0)))
		items := make([]any, len(runes))
		for i, r := range runes {
			items[i] = int64(r)
		}
		return rt.VM.NewArray(items...)
	}))
	_ = ucs2.Set("encode", rt.Func("ucs2encode", 1, func(c goja.FunctionCall) goja.Value {
		from := rt.VM.Get("String").(*goja.Object)
		var points []goja.Value
		rt.VM.ForOf(c.Argument(0), func(v goja.Value) bool {
			points = append(points, v)
			return true
		})
		return rt.Call(from.Get("fromCodePoint"), from, points...)
	}))
	_ = o.Set("version", version)
	_ = o.Set("ucs2", ucs2)
	convert := func(name string, f func(string) (string, error)) {
		_ = o.Set(name, rt.Func(name, 1, func(c goja.FunctionCall) goja.Value {
			v := c.Argument(0)
			if !goja.IsString(v) {
				return other(rt, name, v)
			}
			s, err := f(rt.Text(v))
			rt.Must(err)
			return rt.TextValue(s)
		}))
	}
	convert("decode", punycode.Decode)
	convert("encode", punycode.Encode)
	convert("toASCII", punycode.ToASCII)
	convert("toUnicode", punycode.ToUnicode)
	return o
}

// other is for an argument that is no string: encode takes it for one without
// characters, the others fail as a script would.
func other(rt *bind.Runtime, name string, v goja.Value) goja.Value {
	member, missing := "length", ""
	switch name {
	case "decode":
		missing = "input.lastIndexOf"
	case "toASCII", "toUnicode":
		member, missing = "split", "domain.split"
	}
	switch {
	case bind.IsNullish(v):
		panic(rt.VM.NewTypeError("Cannot read properties of %s (reading '%s')", v, member))
	case missing != "":
		panic(rt.VM.NewTypeError("%s is not a function", missing))
	}
	return rt.VM.ToValue("")
}
