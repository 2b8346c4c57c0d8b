// Package stringdecodermod is the binding of node:string_decoder
// (https://nodejs.org/docs/latest-v24.x/api/string_decoder.html) to
// buffer.Decoder.
package stringdecodermod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/nodeerr"
)

type moduleKey struct{}

// Load returns the exports of node:string_decoder.
func Load(rt *bind.Runtime) goja.Value {
	if o, ok := rt.Value(moduleKey{}).(*goja.Object); ok {
		return o
	}
	o := rt.VM.NewObject()
	rt.SetValue(moduleKey{}, o)
	_ = o.Set("StringDecoder", define(rt).Ctor)
	return o
}

func define(rt *bind.Runtime) *bind.Class {
	c := rt.NewClass(bind.ClassDef{Name: "StringDecoder", Length: 1, AnyThis: true, New: func(this *goja.Object, a []goja.Value) *goja.Object {
		enc := buffer.UTF8
		if len(a) > 0 && !bind.IsNullish(a[0]) && !(goja.IsString(a[0]) && a[0].String() == "") {
			var ok bool
			if enc, ok = buffer.ParseEncoding(a[0].String()); !ok {
				rt.Throw(nodeerr.UnknownEncoding(a[0].String()))
			}
		}
		_ = this.Set("encoding", enc.String())
		rt.Attach(this, buffer.NewDecoder(enc))
		return nil
	}})
	of := func(v goja.Value) *buffer.Decoder {
		d, ok := bind.From(v).(*buffer.Decoder)
		if !ok {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_THIS", `Value of "this" must be of type StringDecoder`))
		}
		return d
	}
	text := func(d *buffer.Decoder, p []byte) goja.Value {
		if len(p) == 0 {
			return rt.VM.ToValue("")
		}
		return buffermod.Text(rt.VM, p, d.Encoding())
	}
	write := func(d *buffer.Decoder, v goja.Value) goja.Value {
		if goja.IsString(v) {
			return v
		}
		p, ok := buffermod.Bytes(v)
		if _, plain := v.Export().(goja.ArrayBuffer); !ok || plain {
			rt.ArgType("buf", v, "Buffer", "TypedArray", "DataView")
		}
		return text(d, d.Take(p))
	}
	c.Method("write", 1, func(call goja.FunctionCall) goja.Value {
		if goja.IsString(call.Argument(0)) {
			return call.Argument(0)
		}
		return write(of(call.This), call.Argument(0))
	})
	c.Method("end", 1, func(call goja.FunctionCall) goja.Value {
		d := of(call.This)
		head := rt.VM.ToValue("")
		if v := call.Argument(0); !goja.IsUndefined(v) {
			head = write(d, v)
		}
		return concat(rt, head, text(d, d.Rest()))
	})
	c.Method("text", 2, func(call goja.FunctionCall) goja.Value {
		d := of(call.This)
		d.Rest()
		p, ok := buffermod.Bytes(call.Argument(0))
		if !ok {
			rt.ArgType("buf", call.Argument(0), "Buffer", "TypedArray", "DataView")
		}
		return write(d, rt.MakeBuffer(p[min(max(0, int(call.Argument(1).ToInteger())), len(p)):]))
	})
	field := func(name string, get func(*buffer.Decoder) goja.Value) {
		c.Accessor(name, func(this goja.Value) goja.Value {
			d, ok := bind.From(this).(*buffer.Decoder)
			if !ok {
				return goja.Undefined()
			}
			return get(d)
		}, nil, true)
	}
	field("lastChar", func(d *buffer.Decoder) goja.Value {
		chars, _, _ := d.State()
		return rt.MakeBuffer(chars[:])
	})
	field("lastNeed", func(d *buffer.Decoder) goja.Value {
		_, need := d.Pending()
		return rt.VM.ToValue(need)
	})
	field("lastTotal", func(d *buffer.Decoder) goja.Value {
		tail, need := d.Pending()
		return rt.VM.ToValue(len(tail) + need)
	})
	c.SymbolAccessor(nativeDecoder, func(this goja.Value) goja.Value {
		d, ok := bind.From(this).(*buffer.Decoder)
		if !ok {
			return goja.Undefined()
		}
		chars, missing, buffered := d.State()
		return rt.MakeBuffer(append(chars[:], byte(missing), byte(buffered), encodingNumbers[d.Encoding()]))
	}, nil)
	return c.Seal()
}

// nativeDecoder is where Node keeps a decoder's state: the bytes of the
// character that waits, how many are missing and there, and the encoding.
var nativeDecoder = goja.NewSymbol("kNativeDecoder")

func init() { bind.RegisterOwnKeys((*buffer.Decoder)(nil), nativeDecoder) }

// encodingNumbers are the encodings as Node numbers them.
var encodingNumbers = map[buffer.Encoding]byte{
	buffer.ASCII: 0, buffer.UTF8: 1, buffer.Base64: 2, buffer.UTF16LE: 3, buffer.Latin1: 4, buffer.Hex: 5, buffer.Base64URL: 7,
}

// concat joins two strings, keeping unpaired surrogates.
func concat(rt *bind.Runtime, a, b goja.Value) goja.Value {
	x, y := a.(goja.String), b.(goja.String)
	switch {
	case x.Length() == 0:
		return y
	case y.Length() == 0:
		return x
	}
	units := make([]uint16, 0, x.Length()+y.Length())
	for _, s := range []goja.String{x, y} {
		for i := 0; i < s.Length(); i++ {
			units = append(units, s.CharAt(i))
		}
	}
	return goja.StringFromUTF16(units)
}
