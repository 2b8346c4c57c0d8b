package http2mod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/eventsmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) res(v goja.Value) *http2.ServerResponse {
	r, ok := bind.From(v).(*http2.ServerResponse)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Http2ServerResponse"))
	}
	return r
}

func (m *module) defineResponse(legacy *bind.Class) {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Http2ServerResponse", Key: "http2.Http2ServerResponse", Parent: legacy, Length: 2, ES6: true,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			st := m.str(arg(args, 0))
			r := &http2.ServerResponse{}
			r.Bind(m.response.Host(), r)
			m.response.Adopt(this, r)
			r.InitResponse(rt.Loop, m.response.Host(), r, st)
			return nil
		}})
	m.response = c
	m.responseProps(c)
	m.responseHeaderMethods(c)
	m.responseMethods(c)
	c.Seal()
}

func (m *module) responseProps(c *bind.Class) {
	rt := m.rt
	prop := func(name string, get func(*http2.ServerResponse) any, set func(*http2.ServerResponse, goja.Value)) {
		var setter func(this, v goja.Value)
		if set != nil {
			setter = func(this, v goja.Value) { set(m.res(this), v) }
		}
		c.Accessor(name, func(this goja.Value) goja.Value {
			if r, ok := bind.From(this).(*http2.ServerResponse); ok {
				return rt.ToValue(get(r))
			}
			return goja.Undefined()
		}, setter)
	}
	prop("_header", func(r *http2.ServerResponse) any { return r.HeadersSent() }, nil)
	prop("writableEnded", func(r *http2.ServerResponse) any { return r.Ended() }, nil)
	prop("finished", func(r *http2.ServerResponse) any { return r.Ended() }, nil)
	socket := func(r *http2.ServerResponse) any {
		if r.Done() {
			return bind.Undefined
		}
		return m.streamSocket(r.HTTP2Stream())
	}
	prop("socket", socket, nil)
	prop("connection", socket, nil)
	prop("stream", func(r *http2.ServerResponse) any { return r.HTTP2Stream() }, nil)
	prop("headersSent", func(r *http2.ServerResponse) any { return r.HeadersSent() }, nil)
	prop("sendDate", func(r *http2.ServerResponse) any { return r.SendDate }, func(r *http2.ServerResponse, v goja.Value) { r.SendDate = v.ToBoolean() })
	prop("statusCode", func(r *http2.ServerResponse) any { return r.StatusCode }, func(r *http2.ServerResponse, v goja.Value) {
		rt.Must(r.SetStatusCode(int(int32Of(v.ToFloat()))))
	})
	prop("writableCorked", func(r *http2.ServerResponse) any { return r.HTTP2Stream().WritableCorked() }, nil)
	prop("writableHighWaterMark", func(r *http2.ServerResponse) any { return r.HTTP2Stream().WritableHighWaterMark() }, nil)
	prop("writableFinished", func(r *http2.ServerResponse) any { return r.HTTP2Stream().WritableFinished() }, nil)
	prop("writableLength", func(r *http2.ServerResponse) any { return r.HTTP2Stream().WritableLength() }, nil)
	prop("statusMessage", func(*http2.ServerResponse) any {
		http2.WarnStatusMessage(rt.Loop)
		return ""
	}, func(*http2.ServerResponse, goja.Value) { http2.WarnStatusMessage(rt.Loop) })
	prop("req", func(r *http2.ServerResponse) any {
		if r.Req == nil {
			return bind.Undefined
		}
		return r.Req
	}, nil)
	c.Default("writable", true)
	c.OwnKeys("_events", "_eventsCount", "_maxListeners", "writable", "req", eventsmod.ShapeMode, eventsmod.Capture)
}

// headerValue checks the value of a field.
func (m *module) headerValue(name string, v goja.Value) http2.Value {
	if bind.IsNullish(v) {
		m.rt.Throw(nodeerr.HTTP2("INVALID_HEADER_VALUE", v.String(), name))
	}
	return value(v)
}

// setHeader is setHeader without the check for headers that were sent.
func (m *module) setHeader(r *http2.ServerResponse, name string, v goja.Value) {
	m.rt.Must(http2.CheckName(name))
	m.rt.Must(r.SetHeader(name, m.headerValue(http2.FieldName(name), v)))
}

func (m *module) appendHeader(r *http2.ServerResponse, name string, v goja.Value) {
	m.rt.Must(http2.CheckName(name))
	m.rt.Must(r.AppendHeader(name, m.headerValue(http2.FieldName(name), v)))
}

func (m *module) unsent(r *http2.ServerResponse) {
	if r.HeadersSent() {
		m.rt.Throw(nodeerr.HTTP2("HEADERS_SENT"))
	}
}

func (m *module) responseHeaderMethods(c *bind.Class) {
	rt := m.rt
	c.Method("setTrailer", 2, func(call goja.FunctionCall) goja.Value {
		m.setTrailer(m.res(call.This), call.Argument(0), call.Argument(1))
		return goja.Undefined()
	})
	c.Method("addTrailers", 1, func(call goja.FunctionCall) goja.Value {
		o := call.Argument(0).ToObject(rt.VM)
		for _, k := range o.Keys() {
			m.setTrailer(m.res(call.This), rt.VM.ToValue(k), o.Get(k))
		}
		return goja.Undefined()
	})
	c.Method("getHeader", 1, func(call goja.FunctionCall) goja.Value {
		if v, ok := m.res(call.This).Header(rt.String(call.Argument(0), "name")); ok {
			return m.shown(v)
		}
		return goja.Undefined()
	})
	c.Method("getHeaderNames", 0, func(call goja.FunctionCall) goja.Value {
		names := []any{}
		for _, h := range m.res(call.This).HeaderList() {
			names = append(names, h.Name)
		}
		return rt.VM.NewArray(names...)
	})
	c.Method("getHeaders", 0, func(call goja.FunctionCall) goja.Value {
		o := rt.VM.NewObject()
		_ = o.SetPrototype(nil)
		for _, h := range m.res(call.This).HeaderList() {
			_ = o.Set(h.Name, m.shown(h.Value))
		}
		return o
	})
	c.Method("hasHeader", 1, func(call goja.FunctionCall) goja.Value {
		_, ok := m.res(call.This).Header(rt.String(call.Argument(0), "name"))
		return rt.VM.ToValue(ok)
	})
	c.Method("removeHeader", 1, func(call goja.FunctionCall) goja.Value {
		name := rt.String(call.Argument(0), "name")
		rt.Must(m.res(call.This).RemoveHeader(name))
		return goja.Undefined()
	})
	c.Method("setHeader", 2, func(call goja.FunctionCall) goja.Value {
		name := rt.String(call.Argument(0), "name")
		r := m.res(call.This)
		m.unsent(r)
		m.setHeader(r, name, call.Argument(1))
		return goja.Undefined()
	})
	c.Method("appendHeader", 2, func(call goja.FunctionCall) goja.Value {
		name := rt.String(call.Argument(0), "name")
		r := m.res(call.This)
		m.unsent(r)
		m.appendHeader(r, name, call.Argument(1))
		return goja.Undefined()
	})
}

func (m *module) setTrailer(r *http2.ServerResponse, name, v goja.Value) {
	text := m.rt.String(name, "name")
	m.rt.Must(http2.CheckName(text))
	m.rt.Must(r.SetTrailer(text, m.headerValue(http2.FieldName(text), v)))
}

func (m *module) responseMethods(c *bind.Class) {
	rt := m.rt
	c.Method("flushHeaders", 0, func(call goja.FunctionCall) goja.Value {
		m.res(call.This).FlushHeaders()
		return goja.Undefined()
	})
	c.Method("writeHead", 3, m.writeHead)
	c.Method("cork", 0, func(call goja.FunctionCall) goja.Value {
		m.res(call.This).HTTP2Stream().Cork()
		return goja.Undefined()
	})
	c.Method("uncork", 0, func(call goja.FunctionCall) goja.Value {
		m.res(call.This).HTTP2Stream().Uncork()
		return goja.Undefined()
	})
	c.Method("write", 3, func(call goja.FunctionCall) goja.Value {
		enc, cb := call.Argument(1), call.Argument(2)
		if bind.IsCallable(enc) {
			enc, cb = rt.VM.ToValue("utf8"), enc
		}
		return rt.VM.ToValue(m.res(call.This).BaseWrite(streammod.ToChunk(call.Argument(0)), encoding(enc), rt.Callback(cb)))
	})
	c.Method("end", 3, func(call goja.FunctionCall) goja.Value {
		chunk, enc, cb := call.Argument(0), call.Argument(1), call.Argument(2)
		switch {
		case bind.IsCallable(chunk):
			chunk, cb = goja.Null(), chunk
		case bind.IsCallable(enc):
			enc, cb = rt.VM.ToValue("utf8"), enc
		}
		var done func(error)
		if bind.IsCallable(cb) {
			done = func(error) { rt.Call(cb, call.This) }
		}
		r := m.res(call.This)
		if bind.IsNullish(chunk) {
			r.BaseEnd(none, "", done)
		} else {
			r.BaseEnd(streammod.ToChunk(chunk), encoding(enc), done)
		}
		return call.This
	})
	c.Method("destroy", 1, func(call goja.FunctionCall) goja.Value {
		m.res(call.This).BaseDestroy(rt.GoError(call.Argument(0)))
		return goja.Undefined()
	})
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		if r := m.res(call.This); !r.Done() {
			st := rt.Wrap(r.HTTP2Stream()).(*goja.Object)
			rt.Call(st.Get("setTimeout"), st, call.Argument(0), call.Argument(1))
		}
		return goja.Undefined()
	})
	c.Method("createPushResponse", 2, func(call goja.FunctionCall) goja.Value {
		fn := rt.Function(call.Argument(1), "callback")
		r := m.res(call.This)
		if !r.Done() {
			rt.Must(r.HTTP2Stream().MayPush())
		}
		rt.Must(r.Push(m.readHeaders(m.object(call.Argument(0), "headers")), func(err error, p *http2.ServerResponse) {
			if err != nil {
				rt.Call(fn, goja.Undefined(), rt.ErrorValue(err))
				return
			}
			rt.Call(fn, goja.Undefined(), goja.Null(), rt.Wrap(p))
		}))
		return goja.Undefined()
	})
	c.Method("writeContinue", 0, func(call goja.FunctionCall) goja.Value {
		ok, err := m.res(call.This).WriteContinue()
		rt.Must(err)
		return rt.VM.ToValue(ok)
	})
	c.Method("writeEarlyHints", 1, m.writeEarlyHints)
}

func encoding(v goja.Value) string {
	if goja.IsString(v) {
		return v.String()
	}
	return ""
}

// writeHead is response.writeHead(statusCode[, statusMessage][, headers]).
func (m *module) writeHead(call goja.FunctionCall) goja.Value {
	rt := m.rt
	r := m.res(call.This)
	if st := r.HTTP2Stream(); r.Done() || st.Destroyed() || st.Ended() {
		return call.This
	}
	m.unsent(r)
	message, headers := call.Argument(1), call.Argument(2)
	if goja.IsString(message) {
		http2.WarnStatusMessage(rt.Loop)
	}
	if goja.IsUndefined(headers) {
		headers = message
	}
	if o, ok := headers.(*goja.Object); ok && !bind.IsCallable(o) {
		if bind.IsArray(o) {
			pairs := m.pairs(o)
			for _, p := range pairs {
				rt.Must(r.RemoveHeader(rt.String(p[0], "name")))
			}
			for _, p := range pairs {
				m.appendHeader(r, text(p[0]), p[1])
			}
		} else {
			for _, k := range o.Keys() {
				m.setHeader(r, k, o.Get(k))
			}
		}
	}
	code := call.Argument(0)
	r.StatusCode = int(int32Of(code.ToFloat()))
	rt.Must(r.WriteHead(r.StatusCode))
	return call.This
}

// pairs reads a list of names and values, or of pairs of them.
func (m *module) pairs(o *goja.Object) [][2]goja.Value {
	items := list(o)
	var out [][2]goja.Value
	if len(items) > 0 && bind.IsArray(items[0]) {
		for _, x := range items {
			p := list(x)
			out = append(out, [2]goja.Value{arg(p, 0), arg(p, 1)})
		}
		return out
	}
	if len(items)%2 != 0 {
		m.rt.ArgValue("headers", o, "")
	}
	for i := 0; i < len(items); i += 2 {
		out = append(out, [2]goja.Value{items[i], items[i+1]})
	}
	return out
}

// writeEarlyHints is response.writeEarlyHints(hints).
func (m *module) writeEarlyHints(call goja.FunctionCall) goja.Value {
	rt := m.rt
	hints := rt.Object(call.Argument(0), "hints")
	link := m.link(bind.Get(hints, "link"))
	h := &http2.Outgoing{}
	for _, k := range hints.Keys() {
		if k != "link" {
			h.List = append(h.List, http2.Header{Name: k, Value: value(hints.Get(k))})
		}
	}
	if link == "" {
		return rt.VM.ToValue(false)
	}
	h.Set(":status", http2.Value{Text: []string{strconv.Itoa(103)}, Host: 103})
	h.Set("Link", http2.Text(link))
	ok, err := m.res(call.This).WriteInformation(h)
	rt.Must(err)
	return rt.VM.ToValue(ok)
}

var _ = events.Name
