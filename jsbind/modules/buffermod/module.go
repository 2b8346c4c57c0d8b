package buffermod

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/blobmod"
	"github.com/spindle-js/spindle/nodeerr"
)

// module fills the exports of node:buffer.
func (m *module) module() {
	rt := m.rt
	e := rt.VM.NewObject()
	m.exports = e
	_ = e.Set("Buffer", m.ctor)
	_ = e.Set("SlowBuffer", m.slowBuffer())
	_ = e.Set("transcode", rt.Func("transcode", 3, m.transcode))
	_ = e.Set("kMaxLength", maxLength)
	_ = e.Set("kStringMaxLength", maxString)
	_ = e.Set("btoa", rt.Func("btoa", 1, m.btoa))
	_ = e.Set("atob", rt.Func("atob", 1, m.atob))
	_ = e.Set("isUtf8", rt.Func("isUtf8", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(utf8.Valid(m.anyBytes(c.Argument(0), "input")))
	}))
	_ = e.Set("isAscii", rt.Func("isAscii", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(buffer.IsASCII(m.anyBytes(c.Argument(0), "input")))
	}))
	limit := rt.VM.ToValue(50)
	rt.Accessor(e, "INSPECT_MAX_BYTES", func(goja.Value) goja.Value { return limit }, func(_, v goja.Value) {
		f := rt.Number(v, "INSPECT_MAX_BYTES")
		if !(f >= 0) {
			rt.OutOfRange("INSPECT_MAX_BYTES", ">= 0", v)
		}
		limit = v
	}, true)
	constants := rt.VM.NewObject()
	_ = constants.DefineDataProperty("MAX_LENGTH", rt.VM.ToValue(maxLength), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	_ = constants.DefineDataProperty("MAX_STRING_LENGTH", rt.VM.ToValue(maxString), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	_ = e.DefineDataProperty("constants", constants, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	_ = e.Set("resolveObjectURL", rt.Func("resolveObjectURL", 1, func(c goja.FunctionCall) goja.Value {
		if d := blobmod.Resolve(rt, rt.Text(c.Argument(0))); d != nil {
			return blobmod.New(rt, d)
		}
		return goja.Undefined()
	}))
	for _, name := range []string{"Blob", "File"} {
		m.lazy(name)
	}
}

// lazy adds an export of package blobmod, which is loaded when it is touched.
func (m *module) lazy(name string) {
	rt, e := m.rt, m.exports
	replace := func(v goja.Value) {
		_ = e.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	rt.Accessor(e, name, func(goja.Value) goja.Value {
		v := blobmod.Load(rt).(*goja.Object).Get(name)
		replace(v)
		return v
	}, func(_, v goja.Value) { replace(v) }, true)
}

// anyBytes returns the bytes of an ArrayBuffer or any view.
func (m *module) anyBytes(v goja.Value, name string) []byte {
	if b, ok := Bytes(v); ok {
		return b
	}
	m.rt.ArgType(name, v, "ArrayBuffer", "Buffer", "TypedArray")
	return nil
}

// Bytes returns the memory of an ArrayBuffer, typed array or DataView, shared.
func Bytes(v goja.Value) ([]byte, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	if b, ok := bind.BytesOf(o); ok {
		return b, true
	}
	if ab, ok := o.Export().(goja.ArrayBuffer); ok {
		return ab.Bytes(), true
	}
	inner, ok := o.Get("buffer").(*goja.Object)
	if !ok {
		return nil, false
	}
	ab, ok := inner.Export().(goja.ArrayBuffer)
	off, n := o.Get("byteOffset"), o.Get("byteLength")
	if !ok || off == nil || n == nil {
		return nil, false
	}
	return ab.Bytes()[off.ToInteger() : off.ToInteger()+n.ToInteger()], true
}

func (m *module) domException(message, name string) {
	ctor := m.rt.VM.Get("DOMException")
	o, err := m.rt.VM.New(ctor, m.rt.VM.ToValue(message), m.rt.VM.ToValue(name))
	if err != nil {
		panic(err)
	}
	panic(o)
}

func (m *module) missing(c goja.FunctionCall) {
	if len(c.Arguments) == 0 {
		m.rt.Throw(nodeerr.MissingArgs("input"))
	}
}

// converted is String(v), which a symbol has none of.
func (m *module) converted(v goja.Value) goja.String {
	if _, symbol := v.(*goja.Symbol); symbol {
		panic(m.rt.VM.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	if s, ok := v.ToString().(goja.String); ok {
		return s
	}
	return m.rt.VM.ToValue(v.String()).(goja.String)
}

func (m *module) btoa(c goja.FunctionCall) goja.Value {
	m.missing(c)
	s := m.converted(c.Argument(0))
	p := make([]byte, s.Length())
	for i := range p {
		ch := s.CharAt(i)
		if ch > 0xff {
			m.domException("Invalid character", "InvalidCharacterError")
		}
		p[i] = byte(ch)
	}
	return m.rt.VM.ToValue(base64.StdEncoding.EncodeToString(p))
}

// atob is forgiving-base64 decode of the Infra standard.
func (m *module) atob(c goja.FunctionCall) goja.Value {
	m.missing(c)
	s := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\f\r", r) {
			return -1
		}
		return r
	}, m.converted(c.Argument(0)).String())
	if len(s)%4 == 0 {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "="), "=")
	}
	for i := 0; i < len(s); i++ {
		if ch := s[i]; !(ch >= 'A' && ch <= 'Z' || ch >= 'a' && ch <= 'z' || ch >= '0' && ch <= '9' || ch == '+' || ch == '/') {
			m.domException("Invalid character", "InvalidCharacterError")
		}
	}
	if len(s)%4 == 1 {
		m.domException("The string to be decoded is not correctly encoded.", "InvalidCharacterError")
	}
	p, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		m.domException("The string to be decoded is not correctly encoded.", "InvalidCharacterError")
	}
	return m.text(p, buffer.Latin1)
}

// transcode is buffer.transcode(source, fromEnc, toEnc) between ascii, latin1,
// utf8 and utf16le.
func (m *module) transcode(c goja.FunctionCall) goja.Value {
	p := m.arg(c.Argument(0), "source")
	known := func(v goja.Value) (buffer.Encoding, bool) {
		if !goja.IsString(v) {
			return buffer.UTF8, goja.IsUndefined(v)
		}
		e, ok := buffer.ParseEncoding(v.String())
		return e, ok && e <= buffer.ASCII
	}
	if len(p) == 0 {
		return m.alloc(0)
	}
	from, ok1 := known(c.Argument(1))
	to, ok2 := known(c.Argument(2))
	if !ok1 || !ok2 {
		e := nodeerr.New(nodeerr.KindError, "U_ILLEGAL_ARGUMENT_ERROR", "Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]")
		m.rt.Throw(e.With("errno", 1))
	}
	s := buffer.Decode(p, from)
	if to == buffer.Latin1 || to == buffer.ASCII {
		max := rune(0xff)
		if to == buffer.ASCII {
			max = 0x7f
		}
		s = strings.Map(func(r rune) rune {
			if r > max {
				return '?'
			}
			return r
		}, s)
	}
	return m.make(buffer.Encode(s, to))
}
