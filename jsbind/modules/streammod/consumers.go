package streammod

import (
	"bytes"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// LoadConsumers returns the exports of node:stream/consumers
// (https://nodejs.org/docs/latest-v24.x/api/webstreams.html#utility-consumers).
func LoadConsumers(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.consumers != nil {
		return m.consumers
	}
	m.consumers = rt.VM.NewObject()
	add := func(name string, f func(v goja.Value, done func(goja.Value), fail func(goja.Value))) {
		_ = m.consumers.Set(name, rt.Func(name, 1, func(c goja.FunctionCall) goja.Value {
			return m.settled(func(resolve, reject func(any) error) {
				f(c.Argument(0), func(v goja.Value) { _ = resolve(v) }, func(e goja.Value) { _ = reject(e) })
			})
		}))
	}
	add("arrayBuffer", func(v goja.Value, done, fail func(goja.Value)) {
		m.collect(v, func(p []byte) { done(rt.VM.ToValue(rt.VM.NewArrayBuffer(p))) }, fail)
	})
	add("blob", func(v goja.Value, done, fail func(goja.Value)) {
		m.collect(v, func(p []byte) {
			class, ok := rt.Require("buffer").(*goja.Object).Get("Blob").(*goja.Object)
			if !ok {
				fail(rt.ErrorValue(nodeerr.MethodNotImplemented("stream/consumers.blob")))
				return
			}
			o, err := rt.VM.New(class, rt.VM.NewArray(rt.MakeBuffer(p)))
			if err != nil {
				fail(rt.ErrorValue(err))
				return
			}
			done(o)
		}, fail)
	})
	add("buffer", func(v goja.Value, done, fail func(goja.Value)) {
		m.collect(v, func(p []byte) { done(rt.MakeBuffer(p)) }, fail)
	})
	add("text", func(v goja.Value, done, fail func(goja.Value)) { m.collectText(v, done, fail) })
	add("json", func(v goja.Value, done, fail func(goja.Value)) {
		m.collectText(v, func(s goja.Value) {
			json := rt.VM.Get("JSON").(*goja.Object)
			var r goja.Value
			if ex := rt.VM.Try(func() { r = rt.Call(json.Get("parse"), json, s) }); ex != nil {
				fail(ex.Value())
				return
			}
			done(r)
		}, fail)
	})
	return m.consumers
}

// bytesOf returns the memory of an ArrayBuffer or of any view.
func (m *module) bytesOf(v goja.Value) ([]byte, bool) {
	if b, ok := bind.BytesOf(v); ok {
		return b, true
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	if a, ok := o.Export().(goja.ArrayBuffer); ok {
		return a.Bytes(), true
	}
	isView := m.rt.VM.Get("ArrayBuffer").(*goja.Object).Get("isView")
	if !m.rt.Call(isView, goja.Undefined(), v).ToBoolean() {
		return nil, false
	}
	a, ok := o.Get("buffer").Export().(goja.ArrayBuffer)
	if !ok {
		return nil, false
	}
	from := int(o.Get("byteOffset").ToInteger())
	return a.Bytes()[from : from+int(o.Get("byteLength").ToInteger())], true
}

// collect gathers the values of a stream or iterable as a Blob would.
func (m *module) collect(v goja.Value, done func([]byte), fail func(goja.Value)) {
	var b bytes.Buffer
	m.each(v, func(v goja.Value) {
		if p, ok := m.bytesOf(v); ok {
			b.Write(p)
			return
		}
		b.WriteString(v.ToString().String())
	}, func() { done(b.Bytes()) }, fail)
}

// collectText decodes what a stream or iterable yields as UTF-8.
func (m *module) collectText(v goja.Value, done, fail func(goja.Value)) {
	var parts []goja.Value
	d := buffer.NewDecoder(buffer.UTF8)
	first := true
	decoded := func(s string) {
		if first && s != "" {
			first = false
			s = string(bytes.TrimPrefix([]byte(s), []byte("\ufeff")))
		}
		parts = append(parts, m.rt.VM.ToValue(s))
	}
	m.each(v, func(v goja.Value) {
		if goja.IsString(v) {
			parts = append(parts, v)
			return
		}
		p, ok := m.bytesOf(v)
		if !ok {
			m.rt.ArgType("list", v, "SharedArrayBuffer", "ArrayBuffer", "ArrayBufferView")
		}
		decoded(d.Write(p))
	}, func() {
		decoded(d.End())
		items := make([]any, len(parts))
		for i, p := range parts {
			items[i] = p
		}
		a := m.rt.VM.NewArray(items...)
		done(m.rt.Call(a.Get("join"), a, m.rt.VM.ToValue("")))
	}, fail)
}

// each calls f with every value; what f throws ends the iteration.
func (m *module) each(v goja.Value, f func(goja.Value), done func(), fail func(goja.Value)) {
	it := m.iterate(v)
	forAwait(it, func(c buffer.Chunk, next func()) {
		if ex := m.rt.VM.Try(func() { f(m.rt.ChunkValue(c)) }); ex != nil {
			e := ex.Value()
			it.Return(m.rt.Rejection(e), func(error) { fail(e) })
			return
		}
		next()
	}, func(err error) {
		if err != nil {
			fail(m.rt.ErrorValue(err))
			return
		}
		done()
	})
}
