package utilmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/jsbind/mirror"
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
			rt.Throw(bind.InvalidThis("TextEncoder"))
		}
	}
	c.Accessor("encoding", func(this goja.Value) goja.Value {
		check(this)
		return rt.VM.ToValue("utf-8")
	}, nil, true)
	c.WebMethod("encode", 0, func(call goja.FunctionCall) goja.Value {
		check(call.This)
		text := ""
		if v := call.Argument(0); !goja.IsUndefined(v) {
			text = m.text(v)
		}
		return m.bytes([]byte(text))
	})
	c.WebMethod("encodeInto", 2, func(call goja.FunctionCall) goja.Value {
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
	c.Custom(func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		check(o)
		if depth < 0 {
			return rt.VM.ToValue("[" + c.Name + "]")
		}
		shown := rt.VM.NewObject()
		_ = shown.Set("encoding", "utf-8")
		return shown
	})
	c.Tag("TextEncoder")
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
