package utilmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

type textEncoder struct{}

// defineEncoder makes TextEncoder (https://encoding.spec.whatwg.org/#interface-textencoder).
func (m *module) defineEncoder() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "TextEncoder", ES6: true, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		rt.Attach(this, textEncoder{})
		return nil
	}})
	m.encoder = c
	check := func(v goja.Value) {
		if _, ok := bind.From(v).(textEncoder); !ok {
			rt.Throw(invalidThis("TextEncoder"))
		}
	}
	c.Accessor("encoding", func(this goja.Value) goja.Value {
		check(this)
		return rt.VM.ToValue("utf-8")
	}, nil, true)
	m.enumerable(c, "encode", 0, func(call goja.FunctionCall) goja.Value {
		check(call.This)
		text := ""
		if v := call.Argument(0); !goja.IsUndefined(v) {
			text = m.text(v)
		}
		return m.bytes([]byte(text))
	})
	m.enumerable(c, "encodeInto", 2, func(call goja.FunctionCall) goja.Value {
		check(call.This)
		rt.String(call.Argument(0), "src")
		dest, ok := bind.BytesOf(call.Argument(1))
		if !ok {
			rt.ArgType("dest", call.Argument(1), "Uint8Array")
		}
		read, written := encodeInto(call.Argument(0).(goja.String), dest)
		o := rt.VM.NewObject()
		_ = o.Set("read", read)
		_ = o.Set("written", written)
		return o
	})
	m.custom(c, func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		check(o)
		if depth < 0 {
			return o
		}
		shown := rt.VM.NewObject()
		_ = shown.Set("encoding", "utf-8")
		return shown
	})
	m.tag(c, "TextEncoder")
}

func invalidThis(class string) *nodeerr.Error {
	return nodeerr.New(nodeerr.KindType, "ERR_INVALID_THIS", `Value of "this" must be of type `+class)
}

// text is ToString; it throws for a symbol.
func (m *module) text(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		panic(m.rt.VM.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return v.ToString().String()
}

// bytes makes a Uint8Array over p.
func (m *module) bytes(p []byte) *goja.Object {
	return m.create(m.rt.VM.Get("Uint8Array"), m.rt.VM.ToValue(m.rt.VM.NewArrayBuffer(p)))
}

// enumerable adds a method as WebIDL has it.
func (m *module) enumerable(c *bind.Class, name string, length int, f bind.Method) {
	_ = c.Proto.DefineDataProperty(name, m.rt.Func(name, length, f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// custom adds [util.inspect.custom] to a class. What f returns stands for the
// object, the object itself for its name alone.
func (m *module) custom(c *bind.Class, f inspect.Custom) {
	rt := m.rt
	wrapped := func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		v := f(o, depth, opts)
		if v == goja.Value(o) {
			return rt.VM.ToValue("[" + c.Name + "]")
		}
		return v
	}
	fn := rt.Func("[nodejs.util.inspect.custom]", 2, func(call goja.FunctionCall) goja.Value {
		o, ok := call.This.(*goja.Object)
		if !ok {
			return call.This
		}
		opts := rt.Inspector.Default()
		if given, ok := call.Argument(1).(*goja.Object); ok {
			opts = rt.Inspector.ParseOptions(opts, given)
		}
		return wrapped(o, call.Argument(0).ToFloat(), opts)
	})
	rt.Inspector.RegisterCustom(fn, wrapped)
	_ = c.Proto.DefineDataPropertySymbol(rt.Inspector.CustomSymbol(), fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (m *module) tag(c *bind.Class, name string) {
	_ = c.Proto.DefineDataPropertySymbol(goja.SymToStringTag, m.rt.VM.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// encodeInto writes as many whole characters of s as dest holds; read counts
// UTF-16 units.
func encodeInto(s goja.String, dest []byte) (read, written int) {
	text := mirror.Clean(mirror.Text(s))
	for i, r := range text {
		n := runeLen(r)
		if written+n > len(dest) {
			break
		}
		written += copy(dest[written:], text[i:i+n])
		read++
		if r > 0xFFFF {
			read++
		}
	}
	return read, written
}

func runeLen(r rune) int {
	switch {
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r < 0x10000:
		return 3
	}
	return 4
}
