package blobmod

import (
	"context"
	"math"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/jsbind/library"
	"github.com/spindle-js/spindle/jsbind/modules/webstreamsmod"
	"github.com/spindle-js/spindle/nodeerr"
)

type module struct {
	rt      *bind.Runtime
	blob    *bind.Class
	file    *bind.Class
	exports *goja.Object
	urls    map[string]*Data
}

type moduleKey struct{}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, urls: map[string]*Data{}}
	rt.SetValue(moduleKey{}, m)
	m.defineBlob()
	m.defineFile()
	m.exports = rt.VM.NewObject()
	_ = m.exports.Set("Blob", m.blob.Ctor)
	_ = m.exports.Set("File", m.file.Ctor)
	return m
}

// Load returns Blob and File by name, for the globals and node:buffer.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

// Blob is the state of a Blob.
type Blob struct{ *Data }

// Blobber is the state of a Blob or of a subclass.
type Blobber interface{ Bytes() *Data }

// Bytes returns the blob's bytes and type.
func (b *Blob) Bytes() *Data { return b.Data }

// Clone implements bind.Cloneable.
func (b *Blob) Clone(rt *bind.Runtime) bind.Restore {
	d := b.Data
	if !d.inMemory() {
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_INVALID_STATE", "Invalid state: File-backed Blobs are not cloneable"))
	}
	return func(rt *bind.Runtime) goja.Value { return New(rt, d) }
}

// Of returns the bytes of a Blob or File, nil for other values.
func Of(v goja.Value) *Data {
	if b, ok := bind.From(v).(Blobber); ok {
		return b.Bytes()
	}
	return nil
}

// New makes a Blob of bytes.
func New(rt *bind.Runtime, d *Data) *goja.Object {
	o := rt.VM.CreateObject(get(rt).blob.Proto)
	rt.Attach(o, &Blob{d})
	return o
}

// FromBytes is a blob's bytes and type; p must not change afterwards.
func FromBytes(p []byte, typ string) *Data { return newData([]part{{bytes: p}}, typ) }

func (m *module) of(v goja.Value) *Data {
	d := Of(v)
	if d == nil {
		m.rt.Throw(bind.InvalidThis("Blob"))
	}
	return d
}

// parts converts the constructor's sequence.
func (m *module) parts(v goja.Value, native bool) []part {
	rt := m.rt
	if goja.IsUndefined(v) {
		return nil
	}
	o, ok := v.(*goja.Object)
	if !ok || !bind.IsCallable(o.GetSymbol(goja.SymIterator)) {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", `The "sources" argument must be a sequence. Received `+rt.Received(v)))
	}
	var out []part
	rt.VM.ForOf(o, func(item goja.Value) bool {
		if d := Of(item); d != nil {
			out = append(out, d.parts...)
			return true
		}
		if p, ok := rt.BufferSource(item); ok {
			out = append(out, part{bytes: append(make([]byte, 0, len(p)), p...)})
			return true
		}
		rt.Text(item) // throws for a symbol
		s := item.ToString().String()
		if native {
			s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
		}
		out = append(out, part{bytes: []byte(s)})
		return true
	})
	return out
}

// mimeType is a blob's type in lower case, "" where it has other than printable
// ASCII characters.
func mimeType(s string) string {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return ""
		}
	}
	return strings.ToLower(s)
}

// construct converts the arguments of new Blob.
func (m *module) construct(args []goja.Value) *Data {
	rt := m.rt
	arg := func(i int) goja.Value {
		if i < len(args) {
			return args[i]
		}
		return goja.Undefined()
	}
	options, ok := arg(1).(*goja.Object)
	if !ok && !bind.IsNullish(arg(1)) {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", `The "options" argument must be a dictionary. Received `+rt.Received(arg(1))))
	}
	typ, native := "", false
	if options != nil {
		if v := bind.Get(options, "type"); !goja.IsUndefined(v) {
			rt.Text(v)
			typ = v.ToString().String()
		}
		if v := bind.Get(options, "endings"); !goja.IsUndefined(v) {
			switch rt.Text(v) {
			case "native":
				native = true
			case "transparent":
			default:
				rt.ArgValue("options.endings", rt.VM.ToValue(rt.Text(v)), "")
			}
		}
	}
	return newData(m.parts(arg(0), native), mimeType(typ))
}

func (m *module) defineBlob() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Blob", ES6: true, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		rt.Attach(this, &Blob{m.construct(args)})
		return nil
	}})
	m.blob = c
	c.Accessor("type", func(this goja.Value) goja.Value { return rt.VM.ToValue(m.of(this).typ) }, nil, true)
	c.Accessor("size", func(this goja.Value) goja.Value { return rt.VM.ToValue(m.of(this).size) }, nil, true)
	c.WebMethod("slice", 0, m.slice)
	read := func(name string, convert func([]byte) goja.Value) {
		c.WebMethod(name, 0, func(call goja.FunctionCall) goja.Value { return m.read(call.This, convert) })
	}
	read("arrayBuffer", func(p []byte) goja.Value { return rt.VM.ToValue(rt.VM.NewArrayBuffer(p)) })
	read("text", func(p []byte) goja.Value {
		return rt.TextValue(buffer.Decode([]byte(strings.TrimPrefix(string(p), "\ufeff")), buffer.UTF8))
	})
	read("bytes", func(p []byte) goja.Value { return library.Bytes(rt, p) })
	c.WebMethod("stream", 0, func(call goja.FunctionCall) goja.Value { return m.stream(m.of(call.This)) })
	c.Tag("Blob")
	m.show(c, "Blob", func(o *goja.Object) []any {
		d := m.of(o)
		return []any{"size", d.size, "type", d.typ}
	})
	c.Seal()
}

// show says how objects of a class print; subclasses print under its name.
func (m *module) show(c *bind.Class, name string, fields func(o *goja.Object) []any) {
	rt := m.rt
	c.Custom(func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		if depth < 0 {
			return rt.VM.ToValue("[" + name + "]")
		}
		opts.Depth--
		shown := rt.VM.NewObject()
		list := fields(o)
		for i := 0; i+1 < len(list); i += 2 {
			_ = shown.Set(list[i].(string), rt.ToValue(list[i+1]))
		}
		return rt.Mirror.StringValue(name + " " + rt.Inspector.Inspect(shown, opts))
	})
}

// slice is blob.slice(start, end, contentType).
func (m *module) slice(c goja.FunctionCall) goja.Value {
	d := m.of(c.This)
	index := func(v goja.Value, missing int64) int64 {
		if goja.IsUndefined(v) {
			return missing
		}
		f := v.ToFloat()
		if math.IsNaN(f) {
			return 0
		}
		if f < 0 {
			f = math.Max(float64(d.size)+f, 0)
		}
		return int64(math.Min(f, float64(d.size)))
	}
	i, j := index(c.Argument(0), 0), index(c.Argument(1), d.size)
	typ := ""
	if v := c.Argument(2); !goja.IsUndefined(v) {
		typ = mimeType(m.rt.Text(v))
	}
	return New(m.rt, d.slice(i, max(i, j), typ))
}

// read returns a promise of all bytes, converted.
func (m *module) read(this goja.Value, convert func([]byte) goja.Value) goja.Value {
	rt := m.rt
	p, resolve, reject := engine.NewPromise(rt.VM)
	d := Of(this)
	switch {
	case d == nil:
		_ = reject(rt.ErrorValue(bind.InvalidThis("Blob")))
	case d.inMemory():
		b, _ := d.all()
		_ = resolve(convert(b))
	default:
		var b []byte
		rt.Loop.Work(context.Background(), "BlobReader", func(context.Context) (err error) {
			b, err = d.all()
			return err
		}, func(err error) {
			if err != nil {
				_ = reject(rt.NewDOMException(err.Error(), "NotReadableError"))
				return
			}
			_ = resolve(convert(b))
		})
	}
	return rt.VM.ToValue(p)
}

// stream is blob.stream(): a byte stream.
func (m *module) stream(d *Data) goja.Value {
	rt := m.rt
	r := &reader{parts: d.parts}
	pull := rt.Func("pull", 0, func(goja.FunctionCall) goja.Value {
		p, resolve, reject := engine.NewPromise(rt.VM)
		done := func(b []byte, err error) {
			switch {
			case err != nil:
				_ = reject(rt.NewDOMException(err.Error(), "NotReadableError"))
			case b == nil:
				_ = resolve(goja.Null())
			default:
				_ = resolve(library.Bytes(rt, b))
			}
		}
		if len(r.parts) == 0 || r.parts[0].file == nil {
			done(r.next())
		} else {
			var b []byte
			rt.Loop.Work(context.Background(), "BlobReader", func(context.Context) (err error) {
				b, err = r.next()
				return err
			}, func(err error) { done(b, err) })
		}
		return rt.VM.ToValue(p)
	})
	return webstreamsmod.ByteStream(rt, pull)
}
