package http2mod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/stream"
)

// shownTrailers are the objects that a request's trailers are shown in.
type shownTrailers struct {
	object *goja.Object
	raw    goja.Value
}

func (m *module) req(v goja.Value) *http2.ServerRequest {
	r, ok := bind.From(v).(*http2.ServerRequest)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Http2ServerRequest"))
	}
	return r
}

func (m *module) defineRequest(readable *bind.Class) {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Http2ServerRequest", Key: "http2.Http2ServerRequest", Parent: readable, Length: 4, ES6: true,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			st := m.str(arg(args, 0))
			o := stream.Options{Readable: true, ReadableHighWaterMark: -1, EmitClose: true}
			if opts, ok := arg(args, 2).(*goja.Object); ok {
				streammod.ReadOptions(rt, &o, opts)
				o.AutoDestroy = boolean(bind.Get(opts, "autoDestroy"))
			}
			r := &http2.ServerRequest{}
			r.Bind(m.request.Host(), r)
			m.request.Adopt(this, r)
			h := &http2.Headers{}
			if given, ok := arg(args, 1).(*goja.Object); ok {
				h = m.received(given)
			}
			if raw := arg(args, 3); bind.IsArray(raw) {
				h.HostRaw = raw
			}
			r.InitRequest(rt.Loop, m.request.Host(), r, st, h, o)
			return nil
		}})
	m.request = c
	m.requestProps(c)
	c.Method("_read", 1, func(call goja.FunctionCall) goja.Value {
		m.req(call.This).ReadImpl(0)
		return goja.Undefined()
	})
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		r := m.req(call.This)
		if !r.Done() {
			st := rt.Wrap(r.HTTP2Stream()).(*goja.Object)
			rt.Call(st.Get("setTimeout"), st, call.Argument(0), call.Argument(1))
		}
		return call.This
	})
	c.Seal()
}

// received makes Headers of an object of headers.
func (m *module) received(o *goja.Object) *http2.Headers {
	h := &http2.Headers{Host: o}
	for _, x := range m.readHeaders(o).List {
		for _, t := range x.Value.Text {
			h.Fields = append(h.Fields, http2.NewField(x.Name, t))
		}
	}
	return h
}

func (m *module) requestProps(c *bind.Class) {
	rt := m.rt
	prop := func(name string, get func(*http2.ServerRequest) any, set func(*http2.ServerRequest, goja.Value)) {
		var setter func(this, v goja.Value)
		if set != nil {
			setter = func(this, v goja.Value) { set(m.req(this), v) }
		}
		c.Accessor(name, func(this goja.Value) goja.Value {
			if r, ok := bind.From(this).(*http2.ServerRequest); ok {
				return rt.ToValue(get(r))
			}
			return goja.Undefined()
		}, setter)
	}
	// field reads a header: as the program left it, if it was shown.
	field := func(r *http2.ServerRequest, name string) any {
		if o, ok := r.Headers().Host.(*goja.Object); ok {
			return bind.Get(o, name)
		}
		if !r.Headers().Has(name) {
			return bind.Undefined
		}
		return latin(r.Headers().Get(name))
	}
	prop("aborted", func(r *http2.ServerRequest) any { return r.Aborted() }, nil)
	prop("complete", func(r *http2.ServerRequest) any { return r.Complete() }, nil)
	prop("stream", func(r *http2.ServerRequest) any { return r.HTTP2Stream() }, nil)
	prop("headers", func(r *http2.ServerRequest) any { return m.headers(r.Headers()) }, nil)
	prop("rawHeaders", func(r *http2.ServerRequest) any { return m.rawHeaders(r.Headers()) }, nil)
	prop("trailers", func(r *http2.ServerRequest) any { return m.trailers(r).object }, nil)
	prop("rawTrailers", func(r *http2.ServerRequest) any { return m.trailers(r).raw }, nil)
	prop("httpVersionMajor", func(*http2.ServerRequest) any { return 2 }, nil)
	prop("httpVersionMinor", func(*http2.ServerRequest) any { return 0 }, nil)
	prop("httpVersion", func(*http2.ServerRequest) any { return "2.0" }, nil)
	prop("socket", func(r *http2.ServerRequest) any { return m.streamSocket(r.HTTP2Stream()) }, nil)
	prop("connection", func(r *http2.ServerRequest) any { return m.streamSocket(r.HTTP2Stream()) }, nil)
	prop("method", func(r *http2.ServerRequest) any { return field(r, ":method") }, func(r *http2.ServerRequest, v goja.Value) {
		if strings.TrimSpace(rt.String(v, "method")) == "" {
			rt.ArgValue("method", v, "")
		}
		_ = m.headers(r.Headers()).Set(":method", v)
	})
	prop("authority", func(r *http2.ServerRequest) any {
		if o, ok := r.Headers().Host.(*goja.Object); ok {
			if v := bind.Get(o, ":authority"); !goja.IsUndefined(v) {
				return v
			}
			return bind.Get(o, "host")
		}
		return r.Authority()
	}, nil)
	prop("scheme", func(r *http2.ServerRequest) any { return field(r, ":scheme") }, nil)
	prop("url", func(r *http2.ServerRequest) any { return field(r, ":path") }, func(r *http2.ServerRequest, v goja.Value) {
		_ = m.headers(r.Headers()).Set(":path", v)
	})
}

// trailers returns the objects of a request's trailers, which fill when they
// come.
func (m *module) trailers(r *http2.ServerRequest) *shownTrailers {
	if x, ok := r.Ext.(*shownTrailers); ok {
		return x
	}
	rt := m.rt
	x := &shownTrailers{object: rt.VM.NewObject(), raw: rt.VM.NewArray()}
	add := func(h *http2.Headers) {
		from := m.headers(h)
		for _, k := range from.Keys() {
			_ = x.object.Set(k, from.Get(k))
		}
		if s := from.GetSymbol(sensitive); s != nil {
			_ = x.object.SetSymbol(sensitive, s)
		}
		raw := x.raw.(*goja.Object)
		rt.Call(raw.Get("push"), raw, list(m.rawHeaders(h))...)
	}
	if t := r.Trailers(); len(t.Fields) > 0 {
		add(t)
	}
	r.OnTrailers = add
	r.Ext = x
	return x
}
