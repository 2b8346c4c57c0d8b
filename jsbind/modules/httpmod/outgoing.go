package httpmod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// outgoer is anything that embeds an OutgoingMessage.
type outgoer interface{ AsOutgoing() *http.OutgoingMessage }

func outgoingOf(v goja.Value) (*http.OutgoingMessage, bool) {
	o, ok := bind.From(v).(outgoer)
	if !ok {
		return nil, false
	}
	return o.AsOutgoing(), true
}

func (m *module) out(v goja.Value) *http.OutgoingMessage {
	o, ok := outgoingOf(v)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type OutgoingMessage"))
	}
	return o
}

var none buffer.Chunk

// chunk reads the body part given to write or end.
func (m *module) chunk(v goja.Value) buffer.Chunk {
	if goja.IsString(v) {
		return buffer.Text(v.String())
	}
	if b, ok := bind.BytesOf(v); ok {
		return buffer.Chunk{Kind: buffer.KindBytes, Bytes: b, Value: v}
	}
	if goja.IsNull(v) {
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_STREAM_NULL_VALUES", "May not write null values to stream"))
	}
	m.rt.ArgType("chunk", v, "string", "Buffer", "Uint8Array")
	return none
}

// bodyArgs sorts (chunk, encoding, callback).
func (m *module) bodyArgs(c goja.FunctionCall) (enc string, cb func(error)) {
	e, f := c.Argument(1), c.Argument(2)
	if bind.IsCallable(e) {
		return "", m.callback(e)
	}
	if goja.IsString(e) {
		enc = e.String()
	}
	return enc, m.callback(f)
}

// callback makes a completion that passes an error only where there is one.
func (m *module) callback(v goja.Value) func(error) {
	if v == nil || !bind.IsCallable(v) {
		return nil
	}
	fn := m.rt.Callable(v)
	return func(err error) {
		if err == nil {
			fn(goja.FunctionCall{This: goja.Undefined()})
			return
		}
		fn(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{m.rt.ErrorValue(err)}})
	}
}

func (m *module) defineOutgoing(legacy *bind.Class) {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "OutgoingMessage", Key: "http.OutgoingMessage", Parent: legacy, Length: 1,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			x := &http.OutgoingMessage{}
			x.Bind(m.outgoing.Host(), x)
			m.outgoing.Adopt(this, x)
			x.InitPlain(rt.Loop, m.outgoing.Host(), x)
			return nil
		}})
	m.outgoing = c
	m.headerMethods(c)
	m.bodyMethods(c)
	m.outgoingProps(c)
	c.Seal()
}

func (m *module) headerMethods(c *bind.Class) {
	rt := m.rt
	c.Method("setHeader", 2, func(call goja.FunctionCall) goja.Value {
		if o, ok := call.This.(*goja.Object); ok && bind.From(o) == nil && bind.Get(o, "_header").ToBoolean() {
			rt.Throw(nodeerr.HTTPHeadersSent("set"))
		}
		o := m.out(call.This)
		if o.HeadersSent() {
			rt.Throw(nodeerr.HTTPHeadersSent("set"))
		}
		name := m.name(call.Argument(0), "")
		rt.Must(o.BaseSetHeader(name, m.value(name, call.Argument(1))))
		return call.This
	})
	c.Method("setHeaders", 1, func(call goja.FunctionCall) goja.Value {
		o := m.out(call.This)
		if o.HeadersSent() {
			rt.Throw(nodeerr.HTTPHeadersSent("set"))
		}
		h, ok := call.Argument(0).(*goja.Object)
		if !ok || bind.IsArray(h) || !bind.IsCallable(bind.Get(h, "keys")) || !bind.IsCallable(bind.Get(h, "get")) {
			rt.ArgType("headers", call.Argument(0), "Headers", "Map")
		}
		m.setHeaders(call.This.(*goja.Object), h)
		return call.This
	})
	c.Method("appendHeader", 2, func(call goja.FunctionCall) goja.Value {
		o := m.out(call.This)
		if o.HeadersSent() {
			rt.Throw(nodeerr.HTTPHeadersSent("append"))
		}
		name := m.name(call.Argument(0), "")
		rt.Must(o.AppendHeader(name, m.value(name, call.Argument(1))))
		return call.This
	})
	c.Method("getHeader", 1, func(call goja.FunctionCall) goja.Value {
		if v, ok := m.out(call.This).GetHeader(rt.String(call.Argument(0), "name")); ok {
			return m.valueOf(v)
		}
		return goja.Undefined()
	})
	c.Method("getHeaderNames", 0, func(call goja.FunctionCall) goja.Value {
		names := []string{}
		m.out(call.This).Headers(func(key string, _ http.Field) bool { names = append(names, key); return true })
		return rt.ToValue(names)
	})
	c.Method("getRawHeaderNames", 0, func(call goja.FunctionCall) goja.Value {
		names := []string{}
		m.out(call.This).Headers(func(_ string, f http.Field) bool { names = append(names, f.Name); return true })
		return rt.ToValue(names)
	})
	c.Method("getHeaders", 0, func(call goja.FunctionCall) goja.Value { return m.headersOf(m.out(call.This)) })
	c.Method("hasHeader", 1, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.out(call.This).HasHeader(rt.String(call.Argument(0), "name")))
	})
	c.Method("removeHeader", 1, func(call goja.FunctionCall) goja.Value {
		rt.Must(m.out(call.This).RemoveHeader(rt.String(call.Argument(0), "name")))
		return goja.Undefined()
	})
	c.Method("addTrailers", 1, func(call goja.FunctionCall) goja.Value {
		if bind.IsNullish(call.Argument(0)) {
			panic(rt.VM.NewTypeError("Cannot convert undefined or null to object"))
		}
		fields, _ := m.fields(call.Argument(0))
		rt.Must(m.out(call.This).AddTrailers(fields))
		return goja.Undefined()
	})
	c.Method("_storeHeader", 2, func(call goja.FunctionCall) goja.Value {
		fields, _ := m.fields(call.Argument(1))
		rt.Must(m.out(call.This).StoreHeader(call.Argument(0).String(), fields, true))
		return goja.Undefined()
	})
	c.Method("_renderHeaders", 0, func(call goja.FunctionCall) goja.Value {
		o := m.out(call.This)
		if o.HeadersSent() {
			rt.Throw(nodeerr.HTTPHeadersSent("render"))
		}
		h := rt.VM.NewObject()
		o.Headers(func(_ string, f http.Field) bool { _ = h.Set(f.Name, m.valueOf(f.Value)); return true })
		return h
	})
	c.Method("_implicitHeader", 0, func(call goja.FunctionCall) goja.Value {
		if x, ok := bind.From(call.This).(interface{ BaseImplicitHeader() error }); ok {
			rt.Must(x.BaseImplicitHeader())
			return goja.Undefined()
		}
		rt.Throw(nodeerr.MethodNotImplemented("_implicitHeader()"))
		return nil
	})
}

// setHeaders copies a Headers or Map; repeated set-cookie become one list.
func (m *module) setHeaders(this, h *goja.Object) {
	rt := m.rt
	var cookies []any
	rt.VM.ForOf(rt.Call(h.Get("entries"), h), func(pair goja.Value) bool {
		p := pair.(*goja.Object)
		k, v := index(p, 0), index(p, 1)
		if strings.EqualFold(k.String(), "set-cookie") {
			if o, ok := v.(*goja.Object); ok && bind.IsArray(v) {
				for i := 0; i < length(o); i++ {
					cookies = append(cookies, index(o, i))
				}
			} else {
				cookies = append(cookies, v)
			}
			return true
		}
		rt.Call(this.Get("setHeader"), this, k, v)
		return true
	})
	if len(cookies) > 0 {
		rt.Call(this.Get("setHeader"), this, rt.VM.ToValue("set-cookie"), rt.VM.NewArray(cookies...))
	}
}

func (m *module) headersOf(o *http.OutgoingMessage) goja.Value {
	h := m.rt.VM.NewObject()
	_ = h.SetPrototype(nil)
	o.Headers(func(key string, f http.Field) bool { _ = h.Set(key, m.valueOf(f.Value)); return true })
	return h
}

func (m *module) bodyMethods(c *bind.Class) {
	rt := m.rt
	c.Method("write", 3, func(call goja.FunctionCall) goja.Value {
		enc, cb := m.bodyArgs(call)
		chunk := m.chunk(call.Argument(0)) // before the receiver, as Node does
		ok, err := m.out(call.This).BaseWrite(chunk, enc, cb)
		rt.Must(err)
		return rt.VM.ToValue(ok)
	})
	c.Method("end", 3, func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if bind.IsCallable(v) {
			rt.Must(m.out(call.This).BaseEnd(none, "", m.callback(v)))
			return call.This
		}
		enc, cb := m.bodyArgs(call)
		chunk := none
		if v.ToBoolean() {
			chunk = m.chunk(v)
		}
		rt.Must(m.out(call.This).BaseEnd(chunk, enc, cb))
		return call.This
	})
	raw := func(f func(*http.OutgoingMessage, buffer.Chunk, string, func(error)) bool) bind.Method {
		return func(call goja.FunctionCall) goja.Value {
			enc, cb := m.bodyArgs(call)
			return rt.VM.ToValue(f(m.out(call.This), m.chunk(call.Argument(0)), enc, cb))
		}
	}
	c.Method("_send", 4, raw((*http.OutgoingMessage).BaseSend))
	c.Method("_writeRaw", 4, raw((*http.OutgoingMessage).BaseWriteRaw))
	c.Method("_finish", 0, func(call goja.FunctionCall) goja.Value { m.out(call.This).BaseFinish(); return goja.Undefined() })
	c.Method("_flush", 0, func(call goja.FunctionCall) goja.Value { m.out(call.This).Flush(); return goja.Undefined() })
	c.Method("_flushOutput", 1, func(call goja.FunctionCall) goja.Value { m.out(call.This).Flush(); return goja.Undefined() })
	c.Method("flushHeaders", 0, func(call goja.FunctionCall) goja.Value {
		rt.Must(m.out(call.This).FlushHeaders())
		return goja.Undefined()
	})
	c.Method("cork", 0, func(call goja.FunctionCall) goja.Value { m.out(call.This).Cork(); return goja.Undefined() })
	c.Method("uncork", 0, func(call goja.FunctionCall) goja.Value { m.out(call.This).Uncork(); return goja.Undefined() })
	c.Method("pipe", 0, func(call goja.FunctionCall) goja.Value {
		m.out(call.This).Emit("error", nodeerr.StreamCannotPipe())
		return goja.Undefined()
	})
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		this := call.This.(*goja.Object)
		if cb := call.Argument(1); bind.IsCallable(cb) {
			rt.Call(this.Get("on"), this, rt.VM.ToValue("timeout"), cb)
		}
		ms := call.Argument(0)
		set := func(s goja.Value) {
			if o, ok := s.(*goja.Object); ok && bind.IsCallable(bind.Get(o, "setTimeout")) {
				rt.Call(o.Get("setTimeout"), o, ms)
			}
		}
		if s := this.Get("socket"); !bind.IsNullish(s) {
			set(s)
		} else {
			once := rt.Func("socketSetTimeoutOnConnect", 1, func(c goja.FunctionCall) goja.Value {
				set(c.Argument(0))
				return goja.Undefined()
			})
			rt.Call(this.Get("once"), this, rt.VM.ToValue("socket"), once)
		}
		return call.This
	})
	c.Method("destroy", 1, func(call goja.FunctionCall) goja.Value {
		if x, ok := bind.From(call.This).(interface{ BaseDestroy(error) }); ok {
			x.BaseDestroy(rt.GoError(call.Argument(0)))
		}
		return call.This
	})
	c.SymbolMethod(rt.SymbolFor("nodejs.rejection"), "", 1, func(call goja.FunctionCall) goja.Value {
		m.out(call.This).Destroy(rt.GoError(call.Argument(0)))
		return goja.Undefined()
	})
}

func (m *module) outgoingProps(c *bind.Class) {
	rt := m.rt
	type out = *http.OutgoingMessage
	prop := func(name string, get func(out) any, set func(out, goja.Value) bool) {
		accessor(rt, c, name, outgoingOf, get, set)
	}
	flag := func(name string, p func(out) *bool) {
		prop(name, func(o out) any { return *p(o) }, func(o out, v goja.Value) bool { return setBool(p(o), v) })
	}
	flag("_last", func(o out) *bool { return &o.Last })
	flag("chunkedEncoding", func(o out) *bool { return &o.ChunkedEncoding })
	flag("shouldKeepAlive", func(o out) *bool { return &o.ShouldKeepAlive })
	flag("maxRequestsOnConnectionReached", func(o out) *bool { return &o.MaxRequestsReached })
	flag("_defaultKeepAlive", func(o out) *bool { return &o.DefaultKeepAlive })
	flag("useChunkedEncodingByDefault", func(o out) *bool { return &o.UseChunkedByDefault })
	flag("sendDate", func(o out) *bool { return &o.SendDate })
	flag("_removedConnection", func(o out) *bool { return &o.RemovedConnection })
	flag("_removedContLen", func(o out) *bool { return &o.RemovedContLen })
	flag("_removedTE", func(o out) *bool { return &o.RemovedTE })
	flag("strictContentLength", func(o out) *bool { return &o.StrictContentLength })
	flag("_hasBody", func(o out) *bool { return &o.HasBody })
	flag("finished", func(o out) *bool { return &o.Finished })
	flag("_headerSent", func(o out) *bool { return &o.HeaderSent })
	flag("_closed", func(o out) *bool { return &o.Closed })
	flag("destroyed", func(o out) *bool { return &o.IsDestroyed })
	prop("writable", func(o out) any { return o.Writable() }, func(o out, v goja.Value) bool { o.SetWritable(v.ToBoolean()); return true })
	prop("outputSize", func(o out) any { return o.OutputSize }, func(o out, v goja.Value) bool { return setInt(&o.OutputSize, v) })
	prop("outputData", func(o out) any {
		var items []any
		for _, ch := range o.Output() {
			e := rt.VM.NewObject()
			_ = e.Set("data", rt.ChunkValue(ch))
			items = append(items, e)
		}
		return rt.VM.NewArray(items...)
	}, nil)
	prop("_trailer", func(o out) any { return o.Trailer }, func(o out, v goja.Value) bool { return setString(&o.Trailer, v) })
	prop("_contentLength", func(o out) any {
		if n, ok := o.ContentLength(); ok {
			return n
		}
		return nil
	}, func(o out, v goja.Value) bool {
		if bind.IsNullish(v) {
			o.SetContentLength(0, false)
		} else {
			o.SetContentLength(v.ToInteger(), true)
		}
		return true
	})
	prop("_header", func(o out) any {
		if o.HeadersSent() {
			return o.Header()
		}
		return nil
	}, func(o out, v goja.Value) bool { o.SetHeaderText(text(v), v.ToBoolean()); return true })
	prop("_keepAliveTimeout", func(o out) any { return o.KeepAliveTimeout }, func(o out, v goja.Value) bool { return setInt(&o.KeepAliveTimeout, v) })
	prop("_maxRequestsPerSocket", func(o out) any { return o.MaxRequestsPerSocket }, func(o out, v goja.Value) bool { return setInt(&o.MaxRequestsPerSocket, v) })
	prop("headersSent", func(o out) any { return o.HeadersSent() }, nil)
	prop("writableFinished", func(o out) any { return o.WritableFinished() }, nil)
	prop("writableEnded", func(o out) any { return o.Finished }, nil)
	prop("writableObjectMode", func(out) any { return false }, nil)
	prop("writableLength", func(o out) any { return o.WritableLength() }, nil)
	prop("writableHighWaterMark", func(o out) any { return o.WritableHighWaterMark() }, nil)
	prop("writableCorked", func(o out) any { return o.WritableCorked() }, nil)
	prop("writableNeedDrain", func(o out) any { return o.WritableNeedDrain() }, nil)
	prop("errored", func(o out) any {
		if o.Err == nil {
			if o.Destroyed {
				return bind.Undefined
			}
			return nil
		}
		return o.Err
	}, nil)
	prop("closed", func(o out) any { return o.Closed }, nil)
	for _, name := range []string{"socket", "connection"} {
		prop(name, func(o out) any {
			if o.Conn == nil {
				return nil
			}
			return events.Object(o.Conn)
		}, func(o out, v goja.Value) bool {
			if bind.IsNullish(v) {
				o.Conn = nil
				return true
			}
			conn, ok := bind.From(v).(http.Conn)
			if ok {
				o.Conn = conn
				http.Claim(conn, o.Self())
			}
			return ok
		})
	}
}
