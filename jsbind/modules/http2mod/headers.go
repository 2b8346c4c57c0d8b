package http2mod

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// convert makes JavaScript values of what package http2 gives to listeners.
func (m *module) convert(a any) (goja.Value, bool) {
	rt := m.rt
	switch v := a.(type) {
	case *http2.Headers:
		return m.headers(v), true
	case http2.RawHeaders:
		return m.rawHeaders(v.Headers), true
	case *http2.Outgoing:
		return m.outgoing(v), true
	case http2.Local:
		return m.localSettings(v.Session), true
	case http2.Remote:
		return m.remoteSettings(v.Session), true
	case http2.Written:
		if !v.Vector {
			return rt.ChunkValue(v.Requests[0].Chunk), true
		}
		items := make([]any, len(v.Requests))
		buffers := true
		for _, r := range v.Requests {
			buffers = buffers && r.Chunk.Kind == buffer.KindBytes
		}
		for i, r := range v.Requests {
			if buffers {
				items[i] = rt.ChunkValue(r.Chunk)
				continue
			}
			o := rt.VM.NewObject()
			_ = o.Set("chunk", rt.ChunkValue(r.Chunk))
			_ = o.Set("encoding", r.Encoding)
			items[i] = o
		}
		return rt.VM.NewArray(items...), true
	}
	return nil, false
}

// headers makes the object of a block that was received, once.
func (m *module) headers(h *http2.Headers) *goja.Object {
	if o, ok := h.Host.(*goja.Object); ok {
		return o
	}
	rt := m.rt
	b := rt.NewObject(len(h.Fields))
	var never []any
	for i := range h.Fields {
		f := &h.Fields[i]
		if f.Never {
			never = append(never, f.Name)
		}
		if seen(h, i) {
			continue
		}
		var v goja.Value
		switch f.Name {
		case ":status":
			v = rt.VM.ToValue(h.Status())
		case "set-cookie":
			var items []any
			for _, x := range h.Fields[i:] {
				if x.Name == f.Name {
					items = append(items, x.Value)
				}
			}
			v = rt.VM.NewArray(items...)
		default:
			v = rt.VM.ToValue(latin(h.Get(f.Name)))
		}
		b.Put(unistring.NewFromString(f.Name), v)
	}
	o := b.Object()
	_ = o.SetPrototype(nil)
	_ = o.SetSymbol(sensitive, rt.VM.NewArray(never...))
	h.Host = o
	return o
}

// seen reports whether a field of the same name came before field i.
func seen(h *http2.Headers, i int) bool {
	for j := range i {
		if h.Fields[j].Name == h.Fields[i].Name {
			return true
		}
	}
	return false
}

// latin shows bytes past ASCII as Node does, one character each.
func latin(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			r := make([]rune, len(s))
			for j := 0; j < len(s); j++ {
				r[j] = rune(s[j])
			}
			return string(r)
		}
	}
	return s
}

// rawHeaders makes the list of a block's names and values, once.
func (m *module) rawHeaders(h *http2.Headers) goja.Value {
	if o, ok := h.HostRaw.(goja.Value); ok {
		return o
	}
	items := make([]any, 0, 2*len(h.Fields))
	for _, f := range h.Fields {
		items = append(items, latin(f.Name), latin(f.Value))
	}
	v := m.rt.VM.NewArray(items...)
	h.HostRaw = v
	return v
}

// value reads the value of a field to be sent.
func value(v goja.Value) http2.Value {
	if bind.IsArray(v) {
		out := http2.Value{List: true, Host: v}
		for _, x := range list(v) {
			out.Text = append(out.Text, unlatin(text(x)))
		}
		return out
	}
	return http2.Value{Text: []string{unlatin(text(v))}, Host: v}
}

// text is String(v).
func text(v goja.Value) string {
	if v == nil {
		return "undefined"
	}
	if s, ok := v.(*goja.Symbol); ok {
		panic("Cannot convert a Symbol value to a string: " + s.String())
	}
	return v.String()
}

// unlatin makes a byte of each character, as far as that goes.
func unlatin(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			b := make([]byte, 0, len(s))
			for _, r := range s {
				b = append(b, byte(r))
			}
			return string(b)
		}
	}
	return s
}

// readHeaders reads an object of headers, or a list of names and values.
func (m *module) readHeaders(o *goja.Object) *http2.Outgoing {
	h := &http2.Outgoing{}
	if o == nil {
		return h
	}
	if s := o.GetSymbol(sensitive); s != nil && !goja.IsUndefined(s) {
		h.HostSensitive = s
		if bind.IsArray(s) {
			for _, x := range list(s) {
				h.Sensitive = append(h.Sensitive, strings.ToLower(text(x)))
			}
		}
	}
	put := func(name string, v goja.Value) {
		if goja.IsUndefined(v) {
			h.List = append(h.List, http2.Header{Name: name, Absent: true})
			return
		}
		h.List = append(h.List, http2.Header{Name: name, Value: value(v)})
	}
	if bind.IsArray(o) {
		h.Raw = true
		items := list(o)
		for i := 0; i+1 < len(items); i += 2 {
			put(text(items[i]), items[i+1])
		}
		return h
	}
	if bind.EachOwn(o, func(name unistring.String, v goja.Value) { put(name.String(), v) }) {
		return h
	}
	h.List = nil
	for _, k := range o.Keys() {
		put(k, o.Get(k))
	}
	return h
}

// outgoing shows headers that were sent as an object, once.
func (m *module) outgoing(h *http2.Outgoing) goja.Value {
	if h == nil {
		return goja.Undefined()
	}
	if o, ok := h.Host.(*goja.Object); ok {
		return o
	}
	rt := m.rt
	o := rt.VM.NewObject()
	_ = o.SetPrototype(nil)
	for _, x := range h.List {
		var v goja.Value = goja.Undefined()
		if !x.Absent {
			v = m.shown(x.Value)
		}
		if !h.Raw {
			_ = o.Set(x.Name, v)
			continue
		}
		switch old := o.Get(x.Name); {
		case old == nil || goja.IsUndefined(old):
			_ = o.Set(x.Name, v)
		case bind.IsArray(old):
			rt.Call(old.(*goja.Object).Get("push"), old, v)
		default:
			_ = o.Set(x.Name, rt.VM.NewArray(old, v))
		}
	}
	if s, ok := h.HostSensitive.(goja.Value); ok {
		_ = o.SetSymbol(sensitive, s)
	}
	h.Host = o
	return o
}

// shown is a field's value as the program gave it.
func (m *module) shown(v http2.Value) goja.Value {
	switch x := v.Host.(type) {
	case goja.Value:
		return x
	case http2.Joined:
		var items []any
		for _, p := range x.Parts {
			if pv, ok := p.(goja.Value); ok && bind.IsArray(pv) {
				for _, y := range list(pv) {
					items = append(items, y)
				}
			} else {
				items = append(items, m.rt.ToValue(p))
			}
		}
		return m.rt.VM.NewArray(items...)
	case nil:
	default:
		return m.rt.ToValue(x)
	}
	if v.List {
		return m.rt.ToValue(v.Text)
	}
	return m.rt.VM.ToValue(latin(strings.Join(v.Text, ", ")))
}
