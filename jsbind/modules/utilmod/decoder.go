package utilmod

import (
	"strings"

	"github.com/dop251/goja"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/nodeerr"
)

// textDecoder is the state of a TextDecoder.
type textDecoder struct {
	name      string // the encoding's, in lower case
	fatal     bool
	ignoreBOM bool

	decoder  unitDecoder
	bomSeen  bool
	streamed bool // the call before said that more would come
}

// unitDecoder decodes bytes to text, keeping what is incomplete at the end of p
// unless flush is set. ok is false if something was replaced by U+FFFD.
type unitDecoder interface {
	decode(p []byte, flush bool) (text string, ok bool)
	reset()
}

// defineDecoder makes TextDecoder (https://encoding.spec.whatwg.org/#interface-textdecoder).
func (m *module) defineDecoder() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "TextDecoder", ES6: true, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		rt.Attach(this, m.newDecoder(args))
		return nil
	}})
	m.decoder = c
	of := func(v goja.Value) *textDecoder {
		d, ok := bind.From(v).(*textDecoder)
		if !ok {
			rt.Throw(bind.InvalidThis("TextDecoder"))
		}
		return d
	}
	c.WebMethod("decode", 0, func(call goja.FunctionCall) goja.Value {
		d := of(call.This)
		p := m.input(call.Argument(0))
		stream := false
		if o, ok := call.Argument(1).(*goja.Object); ok {
			stream = bind.Get(o, "stream").ToBoolean()
		}
		return m.decode(d, p, stream)
	})
	prop := func(name string, get func(*textDecoder) any) {
		c.Accessor(name, func(this goja.Value) goja.Value { return rt.ToValue(get(of(this))) }, nil, true)
	}
	prop("encoding", func(d *textDecoder) any { return d.name })
	prop("fatal", func(d *textDecoder) any { return d.fatal })
	prop("ignoreBOM", func(d *textDecoder) any { return d.ignoreBOM })
	c.Custom(func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		d := of(o)
		if depth < 0 {
			return rt.VM.ToValue("[" + c.Name + "]")
		}
		shown := rt.VM.NewObject()
		_ = shown.Set("encoding", d.name)
		_ = shown.Set("fatal", d.fatal)
		_ = shown.Set("ignoreBOM", d.ignoreBOM)
		return rt.VM.ToValue("TextDecoder " + rt.Inspector.Inspect(shown, opts))
	})
	c.Tag("TextDecoder")
}

func (m *module) newDecoder(args []goja.Value) *textDecoder {
	rt := m.rt
	label := "utf-8"
	if len(args) > 0 && !goja.IsUndefined(args[0]) {
		label = m.text(args[0])
	}
	d := &textDecoder{}
	if len(args) > 1 && !bind.IsNullish(args[1]) {
		o, ok := args[1].(*goja.Object)
		if !ok {
			rt.ArgType("options", args[1], "object")
		}
		d.fatal = bind.Get(o, "fatal").ToBoolean()
		d.ignoreBOM = bind.Get(o, "ignoreBOM").ToBoolean()
	}
	name, dec := decoderOf(label)
	if dec == nil {
		if name == "" {
			name = label
		}
		rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_ENCODING_NOT_SUPPORTED", `The "`+name+`" encoding is not supported`))
	}
	d.name, d.decoder = name, dec
	return d
}

// unsupported are the encodings of the standard that Node's ICU has not.
var unsupported = map[string]bool{"replacement": true, "iso-8859-16": true, "x-user-defined": true}

// decoderOf finds the encoding of a label
// (https://encoding.spec.whatwg.org/#names-and-labels); the decoder is nil where
// there is none.
func decoderOf(label string) (name string, d unitDecoder) {
	e, err := htmlindex.Get(strings.Trim(label, "\t\n\f\r "))
	if err != nil {
		return "", nil
	}
	name, err = htmlindex.Name(e)
	if err != nil || unsupported[name] {
		return name, nil
	}
	switch name {
	case "utf-8":
		return name, &utf8Decoder{}
	case "utf-16le":
		return name, &utf16Decoder{}
	case "utf-16be":
		return name, &utf16Decoder{bigEndian: true}
	}
	switch name {
	case "windows-1252":
		// Node 24.12.0 decodes this one as ISO-8859-1.
		return name, byteDecoder{charmap.ISO8859_1, true}
	case "iso-8859-8-i":
		return name, byteDecoder{charmap.ISO8859_8, true}
	}
	if t, ok := e.(*charmap.Charmap); ok {
		return name, byteDecoder{t, true}
	}
	return name, newTableDecoder(e)
}

// input returns the bytes of a buffer source.
func (m *module) input(v goja.Value) []byte {
	if goja.IsUndefined(v) {
		return nil
	}
	if p, ok := m.rt.BufferSource(v); ok {
		return p
	}
	m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", `The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.`))
	return nil
}

func (m *module) decode(d *textDecoder, p []byte, stream bool) goja.Value {
	if !d.streamed {
		d.decoder.reset()
		d.bomSeen = false
	}
	d.streamed = stream
	text, ok := d.decoder.decode(p, !stream)
	if !ok && d.fatal {
		d.streamed = false
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_ENCODING_INVALID_ENCODED_DATA", "The encoded data was not valid for encoding "+d.name))
	}
	if !d.bomSeen && text != "" {
		d.bomSeen = true
		if !d.ignoreBOM && (d.name == "utf-8" || strings.HasPrefix(d.name, "utf-16")) {
			text = strings.TrimPrefix(text, "\uFEFF")
		}
	}
	return m.rt.VM.ToValue(text)
}
