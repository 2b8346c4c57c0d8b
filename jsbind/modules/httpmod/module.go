// Package httpmod is the binding of node:http
// (https://nodejs.org/docs/latest-v24.x/api/http.html) to package http.
package httpmod

import (
	"strconv"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/nodeerr"
)

type module struct {
	rt *bind.Runtime

	incoming, outgoing, response, request, server, agent *bind.Class

	socket *bind.Class

	parserClass *bind.Class
	fieldRoom   []http.Field // scratch of fields
	values      []goja.Value // scratch of entries
	global      *goja.Object // http.globalAgent
	exports     *goja.Object
	checkSymbol *goja.Symbol // kConnectionsCheckingInterval
}

type moduleKey struct{}

// Define makes the classes.
func Define(rt *bind.Runtime) { get(rt) }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	streams, sockets := streammod.Define(rt), netmod.Define(rt)
	m.socket = sockets.Socket
	m.convert()
	m.defineIncoming(streams.Readable)
	m.defineOutgoing(streams.Legacy)
	m.defineResponse()
	m.defineRequest()
	m.defineServer(sockets.Server)
	m.defineAgent()
	m.socketProps()
	m.ownKeys()
	return m
}

// Load returns the exports of node:http.
func Load(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.exports != nil {
		return m.exports
	}
	e := rt.VM.NewObject()
	m.exports = e
	set := func(name string, n int, f bind.Method) { _ = e.Set(name, rt.Func(name, n, f)) }
	set("_connectionListener", 1, func(c goja.FunctionCall) goja.Value {
		s, ok1 := bind.From(c.This).(*http.Server)
		conn, ok2 := bind.From(c.Argument(0)).(http.Conn)
		if ok1 && ok2 {
			s.Accept(conn)
		}
		return goja.Undefined()
	})
	_ = e.Set("METHODS", rt.ToValue(parser.Methods))
	codes := rt.VM.NewObject()
	http.EachStatus(func(code int, text string) bool {
		_ = codes.Set(strconv.Itoa(code), text)
		return true
	})
	_ = e.Set("STATUS_CODES", codes)
	_ = e.Set("Agent", m.agent.Ctor)
	_ = e.Set("ClientRequest", m.request.Ctor)
	_ = e.Set("IncomingMessage", m.incoming.Ctor)
	_ = e.Set("OutgoingMessage", m.outgoing.Ctor)
	_ = e.Set("Server", m.server.Ctor)
	_ = e.Set("ServerResponse", m.response.Ctor)
	set("createServer", 2, func(c goja.FunctionCall) goja.Value { return m.construct(m.server.Ctor, c.Arguments) })
	set("validateHeaderName", 2, func(c goja.FunctionCall) goja.Value {
		label := ""
		if l := c.Argument(1); goja.IsString(l) {
			label = l.String()
		}
		m.name(c.Argument(0), label)
		return goja.Undefined()
	})
	set("validateHeaderValue", 2, func(c goja.FunctionCall) goja.Value {
		m.checkValue(c.Argument(0), c.Argument(1))
		return goja.Undefined()
	})
	set("get", 3, func(c goja.FunctionCall) goja.Value {
		req := m.construct(m.request.Ctor, c.Arguments).(*goja.Object)
		rt.Call(req.Get("end"), req)
		return req
	})
	set("request", 3, func(c goja.FunctionCall) goja.Value { return m.construct(m.request.Ctor, c.Arguments) })
	set("setMaxIdleHTTPParsers", 1, func(c goja.FunctionCall) goja.Value {
		rt.Integer(c.Argument(0), "max", 1, bind.MaxSafe)
		parser.SetMaxIdle(int(c.Argument(0).ToInteger()))
		return goja.Undefined()
	})
	rt.Accessor(e, "maxHeaderSize", func(goja.Value) goja.Value { return rt.VM.ToValue(http.DefaultsOf(rt.Loop).MaxHeaderSize) }, nil, true)
	rt.Accessor(e, "globalAgent", func(goja.Value) goja.Value { return m.globalAgent() }, func(_, v goja.Value) {
		m.global, _ = v.(*goja.Object)
	}, true)
	for _, name := range []string{"WebSocket", "CloseEvent", "MessageEvent"} { // the globals, loaded when they are touched
		_ = e.DefineAccessorProperty(name, rt.Func("get", 0, func(goja.FunctionCall) goja.Value {
			return bind.Get(rt.VM.GlobalObject(), name)
		}), nil, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	return e
}

func (m *module) construct(class *goja.Object, args []goja.Value) goja.Value {
	o, err := m.rt.VM.New(class, args...)
	if err != nil {
		panic(err)
	}
	return o
}

// text returns String(v), "" for undefined and null.
func text(v goja.Value) string {
	if bind.IsNullish(v) {
		return ""
	}
	return v.String()
}

// name validates a header's name.
func (m *module) name(v goja.Value, label string) string {
	if !goja.IsString(v) {
		if label == "" {
			label = "Header name"
		}
		m.rt.Throw(nodeerr.InvalidHTTPToken(label, v.String()))
	}
	m.rt.Must(http.ValidateHeaderName(v.String(), label))
	return v.String()
}

func (m *module) checkValue(name, v goja.Value) {
	if v == nil || goja.IsUndefined(v) {
		m.rt.Throw(nodeerr.HTTPInvalidHeaderValue("undefined", name.String()))
	}
	m.rt.Must(http.ValidateHeaderValue(name.String(), v.String()))
}

// value makes a header's value: a text, or a list for an array.
func (m *module) value(name string, v goja.Value) http.Value {
	if v == nil || goja.IsUndefined(v) {
		m.rt.Throw(nodeerr.HTTPInvalidHeaderValue("undefined", name))
	}
	if goja.IsString(v) {
		return http.Value{Text: v.String()}
	}
	if o, ok := v.(*goja.Object); ok && bind.IsArray(v) {
		list := []string{}
		for i, n := 0, length(o); i < n; i++ {
			item := index(o, i)
			if goja.IsUndefined(item) {
				m.rt.Throw(nodeerr.HTTPInvalidHeaderValue("undefined", name))
			}
			list = append(list, item.String())
		}
		return http.Value{List: list, Host: v}
	}
	return http.Value{Text: v.String(), Host: v}
}

func length(o *goja.Object) int { return int(bind.Get(o, "length").ToInteger()) }

func index(o *goja.Object, i int) goja.Value {
	if v := o.Get(strconv.Itoa(i)); v != nil {
		return v
	}
	return goja.Undefined()
}

// valueOf shows a header's value in the form it was set in.
func (m *module) valueOf(v http.Value) goja.Value {
	switch {
	case v.Host != nil:
		return v.Host.(goja.Value)
	case v.List != nil:
		return m.rt.ToValue(v.List)
	}
	return m.rt.VM.ToValue(v.Text)
}

// fields reads headers given as an object, a flat array or an array of pairs.
func (m *module) fields(v goja.Value) (list []http.Field, flat bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	if bind.IsArray(v) {
		n := length(o)
		if n > 0 && bind.IsArray(index(o, 0)) {
			for i := 0; i < n; i++ {
				pair, ok := index(o, i).(*goja.Object)
				if !ok {
					m.rt.ArgValue("headers", v, "")
				}
				k := index(pair, 0).String()
				list = append(list, http.Field{Name: k, Value: m.value(k, index(pair, 1))})
			}
			return list, true
		}
		if n%2 != 0 {
			m.rt.ArgValue("headers", v, "")
		}
		for i := 0; i < n; i += 2 {
			k := index(o, i).String()
			list = append(list, http.Field{Name: k, Value: m.value(k, index(o, i+1))})
		}
		return list, true
	}
	room := m.fieldRoom
	m.fieldRoom = nil // a value may bring us here again
	list = room[:0]
	plain := bind.EachOwn(o, func(name unistring.String, v goja.Value) {
		k := name.String()
		list = append(list, http.Field{Name: k, Value: m.value(k, v)})
	})
	room, list = list, append(make([]http.Field, 0, len(list)), list...)
	clear(room)
	m.fieldRoom = room
	if plain {
		return list, false
	}
	keys := o.Keys()
	for _, k := range keys {
		list = append(list, http.Field{Name: k, Value: m.value(k, o.Get(k))})
	}
	return list, false
}

func (m *module) convert() {
	rt := m.rt
	rt.Convert(func(a any) (goja.Value, bool) {
		switch v := a.(type) {
		case []http.Field:
			o := rt.VM.NewObject()
			for _, f := range v {
				_ = o.Set(f.Name, m.valueOf(f.Value))
			}
			return o, true
		case http.Information:
			o := rt.VM.NewObject()
			x := v.Message
			_ = o.Set("statusCode", x.StatusCode)
			_ = o.Set("statusMessage", x.StatusMessage)
			_ = o.Set("httpVersion", version(x))
			_ = o.Set("httpVersionMajor", x.HTTPVersionMajor)
			_ = o.Set("httpVersionMinor", x.HTTPVersionMinor)
			_ = o.Set("headers", m.entries(x.HeaderEntries()))
			_ = o.Set("rawHeaders", rt.ToValue(x.RawHeaders))
			return o, true
		case *http.RequestOptions:
			return m.optionsValue(v), true
		case http.SocketCallback:
			return rt.Func("oncreate", 2, func(c goja.FunctionCall) goja.Value {
				conn, _ := bind.From(c.Argument(1)).(http.Conn)
				v(rt.GoError(c.Argument(0)), conn)
				return goja.Undefined()
			}), true
		case *http.Parser:
			return m.parserValue(v), true
		}
		return nil, false
	})
}

// socketProps adds what http puts on sockets: _httpMessage, parser, _paused.
func (m *module) socketProps() {
	prop := func(name string, get func(http.Conn) any) {
		own := goja.NewSymbol(name)
		m.rt.Accessor(m.socket.Proto, name, func(this goja.Value) goja.Value {
			if o, ok := this.(*goja.Object); ok {
				if v := o.GetSymbol(own); v != nil {
					return v
				}
			}
			if c, ok := bind.From(this).(http.Conn); ok {
				return m.rt.ToValue(get(c))
			}
			return goja.Undefined()
		}, func(this, v goja.Value) {
			if o, ok := this.(*goja.Object); ok {
				_ = o.DefineDataPropertySymbol(own, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			}
		}, false)
	}
	// RFC 9112 leaves no room for another encoding on a server's connection.
	base := m.socket.Proto.Get("setEncoding")
	_ = m.socket.Proto.Set("setEncoding", m.rt.Func("setEncoding", 1, func(c goja.FunctionCall) goja.Value {
		if conn, ok := bind.From(c.This).(http.Conn); ok && http.ServerOf(conn) != nil {
			m.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_HTTP_SOCKET_ENCODING", "Changing the socket encoding is not allowed per RFC7230 Section 3."))
		}
		return m.rt.Call(base, c.This, c.Arguments...)
	}))
	netmod.SetServerOf(m.rt, func(v goja.Value) goja.Value {
		if c, ok := bind.From(v).(http.Conn); ok {
			if s := http.ServerOf(c); s != nil {
				return m.rt.Wrap(s)
			}
		}
		return nil
	})
	prop("_httpMessage", func(c http.Conn) any {
		if o, ok := http.MessageOn(c).(events.Object); ok {
			return o
		}
		return nil
	})
	prop("parser", func(c http.Conn) any {
		if p := http.ParserOn(c); p != nil {
			return p
		}
		return nil
	})
}

// accessor adds a property over a Go field; a value that the field cannot hold
// becomes the object's own.
func accessor[T any](rt *bind.Runtime, c *bind.Class, name string, of func(goja.Value) (T, bool), get func(T) any, set func(T, goja.Value) bool) {
	var setter func(this, v goja.Value)
	if set != nil {
		setter = func(this, v goja.Value) {
			if t, ok := of(this); ok && set(t, v) {
				return
			}
			if o, ok := this.(*goja.Object); ok {
				_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
		}
	}
	c.Accessor(name, func(this goja.Value) goja.Value {
		t, ok := of(this)
		if !ok {
			return goja.Undefined()
		}
		return rt.ToValue(get(t))
	}, setter)
}

func setString(p *string, v goja.Value) bool {
	if !goja.IsString(v) {
		return false
	}
	*p = v.String()
	return true
}

func setBool(p *bool, v goja.Value) bool {
	*p = v.ToBoolean()
	return true
}

func setInt[N int | int64](p *N, v goja.Value) bool {
	if !goja.IsNumber(v) {
		return false
	}
	*p = N(v.ToInteger())
	return true
}
