package http2mod

import (
	"math"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) sess(v goja.Value) *http2.Session {
	s, ok := bind.From(v).(*http2.Session)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Http2Session"))
	}
	return s
}

func (m *module) alive(v goja.Value) *http2.Session {
	s := m.sess(v)
	if s.Destroyed() {
		m.rt.Throw(nodeerr.HTTP2("INVALID_SESSION"))
	}
	return s
}

// unconstructable refuses new for classes that the module does not export.
func (m *module) unconstructable(*goja.Object, []goja.Value) *goja.Object {
	panic(m.rt.VM.NewTypeError("Illegal constructor"))
}

func (m *module) defineSessions(emitter *bind.Class) {
	rt := m.rt
	class := func(name string, parent *bind.Class) *bind.Class {
		return rt.NewClass(bind.ClassDef{Name: name, Key: "http2." + name, Parent: parent, ES6: true, New: m.unconstructable})
	}
	m.session = class("Http2Session", emitter)
	m.sessionProps(m.session)
	m.sessionMethods(m.session)
	m.session.Seal()
	m.serverSession = class("ServerHttp2Session", m.session)
	m.serverSession.Accessor("server", func(this goja.Value) goja.Value {
		if s, ok := bind.From(this).(*http2.Session); ok && s.Server() != nil {
			return rt.Wrap(s.Server().Base())
		}
		return goja.Undefined()
	}, nil)
	m.serverSession.Method("altsvc", 2, m.altsvc)
	m.serverSession.Method("origin", 0, func(c goja.FunctionCall) goja.Value {
		s := m.alive(c.This)
		var origins []string
		for _, v := range c.Arguments {
			origins = append(origins, m.originText(v))
		}
		rt.Must(s.Origin(origins))
		return goja.Undefined()
	})
	m.serverSession.Seal()
	m.clientSession = class("ClientHttp2Session", m.session)
	m.clientSession.Method("request", 2, m.newRequest)
	m.clientSession.Seal()
}

func (m *module) sessionProps(c *bind.Class) {
	rt := m.rt
	prop := func(name string, get func(*http2.Session) any) {
		c.Accessor(name, func(this goja.Value) goja.Value {
			if s, ok := bind.From(this).(*http2.Session); ok {
				return rt.ToValue(get(s))
			}
			return goja.Undefined()
		}, nil)
	}
	prop("encrypted", func(s *http2.Session) any {
		if !s.Connected {
			return bind.Undefined
		}
		return s.Encrypted
	})
	prop("alpnProtocol", func(s *http2.Session) any {
		if !s.Connected {
			return bind.Undefined
		}
		if s.ALPN == "" {
			return false
		}
		return s.ALPN
	})
	prop("originSet", func(s *http2.Session) any {
		if o := s.OriginSet(); o != nil {
			return o
		}
		return bind.Undefined
	})
	prop("connecting", func(s *http2.Session) any { return s.Connecting() })
	prop("closed", func(s *http2.Session) any { return s.Closed() })
	prop("destroyed", func(s *http2.Session) any { return s.Destroyed() })
	prop("socket", func(s *http2.Session) any { return m.sessionSocket(s) })
	prop("type", func(s *http2.Session) any { return int(s.Kind()) })
	prop("goawayCode", func(s *http2.Session) any { return int64(s.GoawayCode()) })
	prop("goawayLastStreamID", func(s *http2.Session) any { return int64(s.GoawayLastStreamID()) })
	prop("pendingSettingsAck", func(s *http2.Session) any { return s.PendingSettingsACK() })
	prop("state", func(s *http2.Session) any { return m.sessionState(s) })
	prop("localSettings", func(s *http2.Session) any { return m.localSettings(s) })
	prop("remoteSettings", func(s *http2.Session) any { return m.remoteSettings(s) })
}

func (m *module) sessionState(s *http2.Session) *goja.Object {
	o := m.rt.VM.NewObject()
	st, ok := s.State()
	if !ok {
		return o
	}
	_ = o.Set("effectiveLocalWindowSize", st.EffectiveLocalWindowSize)
	_ = o.Set("effectiveRecvDataLength", st.EffectiveRecvDataLength)
	_ = o.Set("nextStreamID", st.NextStreamID)
	_ = o.Set("localWindowSize", st.LocalWindowSize)
	_ = o.Set("lastProcStreamID", st.LastProcStreamID)
	_ = o.Set("remoteWindowSize", st.RemoteWindowSize)
	_ = o.Set("outboundQueueSize", st.OutboundQueueSize)
	_ = o.Set("deflateDynamicTableSize", st.DeflateDynamicTableSize)
	_ = o.Set("inflateDynamicTableSize", st.InflateDynamicTableSize)
	return o
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func (m *module) sessionMethods(c *bind.Class) {
	rt := m.rt
	c.Method("setNextStreamID", 1, func(call goja.FunctionCall) goja.Value {
		s := m.alive(call.This)
		v := call.Argument(0)
		if f := rt.Number(v, "id"); f <= 0 || f > math.MaxUint32 {
			rt.OutOfRange("id", "> 0 and <= 4294967295", v)
		}
		rt.Must(s.SetNextStreamID(uint32(v.ToInteger())))
		return goja.Undefined()
	})
	c.Method("setLocalWindowSize", 1, func(call goja.FunctionCall) goja.Value {
		s := m.alive(call.This)
		rt.Must(s.SetLocalWindowSize(int32(rt.Integer(call.Argument(0), "windowSize", 0, math.MaxInt32))))
		return goja.Undefined()
	})
	c.Method("ping", 2, m.ping)
	c.Method("settings", 2, func(call goja.FunctionCall) goja.Value {
		s := m.alive(call.This)
		o := m.object(call.Argument(0), "settings")
		m.checkSettings(o)
		var done func(error, time.Duration)
		if cb := call.Argument(1); cb.ToBoolean() {
			fn := rt.Function(cb, "callback")
			done = func(err error, d time.Duration) {
				if err != nil {
					rt.Call(fn, goja.Undefined(), rt.ErrorValue(err))
					return
				}
				rt.Call(fn, goja.Undefined(), goja.Null(), m.localSettings(s), rt.VM.ToValue(milliseconds(d)))
			}
		}
		rt.Must(s.Settings(m.readSettings(o), done))
		return goja.Undefined()
	})
	c.Method("goaway", 0, func(call goja.FunctionCall) goja.Value {
		s := m.alive(call.This)
		var data []byte
		if v := call.Argument(2); !goja.IsUndefined(v) {
			data = append(data, m.view(v, "opaqueData")...)
		}
		number := func(i int, name string) uint32 {
			if v := call.Argument(i); !goja.IsUndefined(v) {
				return uint32(int64(rt.Number(v, name)))
			}
			return 0
		}
		code := number(0, "code")
		rt.Must(s.Goaway(protocol.Code(code), number(1, "lastStreamID"), data))
		return goja.Undefined()
	})
	c.Method("destroy", 0, func(call goja.FunctionCall) goja.Value {
		s := m.sess(call.This)
		v, code := call.Argument(0), call.Argument(1)
		switch {
		case goja.IsNumber(v):
			s.DestroyCode(protocol.Code(uint32(v.ToInteger())))
		case bind.IsNullish(v) && goja.IsNumber(code), !bind.IsNullish(v) && goja.IsNumber(code):
			s.DestroyWith(rt.GoError(v), protocol.Code(uint32(code.ToInteger())))
		default:
			s.Destroy(rt.GoError(v))
		}
		return goja.Undefined()
	})
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		s := m.sess(call.This)
		if cb := call.Argument(0); bind.IsCallable(cb) && !s.Closed() && !s.Destroyed() {
			s.AddListener(events.Name("close"), once(cb), false)
		}
		s.Close(nil)
		return goja.Undefined()
	})
	c.Method("_onTimeout", 0, func(call goja.FunctionCall) goja.Value {
		m.sess(call.This).OnTimeout()
		return goja.Undefined()
	})
	c.Method("ref", 0, func(call goja.FunctionCall) goja.Value { m.sess(call.This).Ref(); return goja.Undefined() })
	c.Method("unref", 0, func(call goja.FunctionCall) goja.Value { m.sess(call.This).Unref(); return goja.Undefined() })
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		s := m.sess(call.This)
		if !s.Destroyed() {
			ms, l := m.timeout(&s.Emitter, call)
			_ = call.This.ToObject(rt.VM).Set("timeout", call.Argument(0))
			s.SetTimeout(ms, l)
		}
		return call.This
	})
	c.SymbolMethod(rt.SymbolFor("nodejs.rejection"), "", 2, func(call goja.FunctionCall) goja.Value {
		err := rt.GoError(call.Argument(0))
		if st, ok := bind.From(call.Argument(2)).(*http2.Stream); ok && text(call.Argument(1)) == "stream" {
			st.Destroy(err)
		} else {
			m.sess(call.This).Destroy(err)
		}
		return goja.Undefined()
	})
	m.inspected(c, "Http2Session", func(this goja.Value) *goja.Object {
		s, ok := bind.From(this).(*http2.Session)
		if !ok {
			return nil
		}
		o := rt.VM.NewObject()
		_ = o.Set("type", int(s.Kind()))
		_ = o.Set("closed", s.Closed())
		_ = o.Set("destroyed", s.Destroyed())
		_ = o.Set("state", m.sessionState(s))
		_ = o.Set("localSettings", m.localSettings(s))
		_ = o.Set("remoteSettings", m.remoteSettings(s))
		return o
	})
}

// inspected gives a class its look in util.inspect.
func (m *module) inspected(c *bind.Class, name string, fields func(this goja.Value) *goja.Object) {
	rt := m.rt
	c.SymbolMethod(rt.SymbolFor("nodejs.util.inspect.custom"), "", 2, func(call goja.FunctionCall) goja.Value {
		if d := call.Argument(0); goja.IsNumber(d) && d.ToFloat() < 0 {
			return call.This
		}
		o := fields(call.This)
		if o == nil {
			return call.This
		}
		format := rt.Require("util").(*goja.Object).Get("format")
		return rt.VM.ToValue(name + " " + rt.Call(format, goja.Undefined(), o).String())
	})
}

// view reads an argument that has to be a Buffer, TypedArray or DataView.
func (m *module) view(v goja.Value, name string) []byte {
	p, ok := m.rt.BufferSource(v)
	if o, isObject := v.(*goja.Object); !ok || !isObject || goja.IsUndefined(bind.Get(o, "buffer")) {
		m.rt.ArgType(name, v, "Buffer", "TypedArray", "DataView")
	}
	return p
}

// timeout reads the arguments of setTimeout.
func (m *module) timeout(e *events.Emitter, call goja.FunctionCall) (int64, *events.Listener) {
	ms := netmod.Timeout(m.rt, call.Argument(0), "msecs")
	var l *events.Listener
	if cb := call.Argument(1); !goja.IsUndefined(cb) {
		fn := m.rt.Function(cb, "callback")
		if ms == 0 {
			l = bind.FindListener(e, events.Name("timeout"), fn)
		} else {
			l = events.NewHostListener(fn, true)
		}
	}
	return ms, l
}

func (m *module) ping(call goja.FunctionCall) goja.Value {
	rt := m.rt
	s := m.alive(call.This)
	payload, cb := call.Argument(0), call.Argument(1)
	if bind.IsCallable(payload) {
		payload, cb = goja.Undefined(), payload
	}
	var p []byte
	if payload.ToBoolean() {
		if p = m.view(payload, "payload"); len(p) != 8 {
			rt.Throw(nodeerr.HTTP2("PING_LENGTH"))
		}
	}
	fn := rt.Function(cb, "callback")
	waiting := !s.Connecting() && !s.Closed()
	ok, err := s.Ping(p, func(err error, d time.Duration, answer []byte) {
		if err != nil {
			rt.Call(fn, goja.Undefined(), rt.ErrorValue(err))
			return
		}
		rt.Call(fn, goja.Undefined(), goja.Null(), rt.VM.ToValue(milliseconds(d)), rt.MakeBuffer(answer))
	})
	rt.Must(err)
	if !waiting {
		return goja.Undefined()
	}
	return rt.VM.ToValue(ok)
}

// originText is the origin that a string, a URL or an object with one stands
// for.
func (m *module) originText(v goja.Value) string {
	rt := m.rt
	if o, ok := v.(*goja.Object); ok {
		v = bind.Get(o, "origin")
	} else if goja.IsString(v) {
		v = m.construct(rt.Require("url").(*goja.Object).Get("URL").(*goja.Object), v).(*goja.Object).Get("origin")
	}
	text := rt.String(v, "origin")
	if text == "null" {
		rt.Throw(nodeerr.HTTP2("INVALID_ORIGIN"))
	}
	return text
}

func (m *module) altsvc(call goja.FunctionCall) goja.Value {
	rt := m.rt
	s := m.alive(call.This)
	alt, v := call.Argument(0), call.Argument(1)
	var id uint32
	origin := ""
	switch o, isObject := v.(*goja.Object); {
	case goja.IsString(v):
		url := m.construct(rt.Require("url").(*goja.Object).Get("URL").(*goja.Object), v).(*goja.Object)
		if origin = url.Get("origin").String(); origin == "null" {
			rt.Throw(nodeerr.HTTP2("ALTSVC_INVALID_ORIGIN"))
		}
	case goja.IsNumber(v):
		f := v.ToFloat()
		if f != math.Trunc(f) || f <= 0 || f > math.MaxUint32 {
			rt.OutOfRange("originOrStream", "> 0 && < 4294967296", v)
		}
		id = uint32(f)
	case goja.IsUndefined(v):
	default:
		var text goja.Value = goja.Undefined()
		if isObject {
			text = bind.Get(o, "origin")
		}
		if !goja.IsString(text) {
			rt.ArgType("originOrStream", v, "string", "number", "URL", "object")
		}
		if origin = text.String(); origin == "null" || origin == "" {
			rt.Throw(nodeerr.HTTP2("ALTSVC_INVALID_ORIGIN"))
		}
	}
	rt.Must(s.AltSvc(rt.String(alt, "alt"), origin, id))
	return goja.Undefined()
}

// newRequest is clientSession.request(headers[, options]).
func (m *module) newRequest(call goja.FunctionCall) goja.Value {
	rt := m.rt
	s := m.alive(call.This)
	if s.Closed() {
		rt.Throw(nodeerr.HTTP2("GOAWAY_SESSION"))
	}
	var h *goja.Object
	if v := call.Argument(0); !goja.IsUndefined(v) {
		o, ok := v.(*goja.Object)
		if !ok || bind.IsCallable(v) {
			rt.ArgType("headers", v, "Object", "Array")
		}
		h = o
	}
	out := m.readHeaders(h)
	o := m.object(call.Argument(1), "options")
	get := func(name string) goja.Value { return bind.Get(o, name) }
	if !goja.IsUndefined(get("weight")) {
		m.deprecateWeight()
	}
	var ro http2.RequestOptions
	if v := get("parent"); !goja.IsUndefined(v) {
		ro.Parent = uint32(int64(rt.NumberIn(v, "options.parent", 0, math.Inf(1))))
	}
	if v := get("exclusive"); !goja.IsUndefined(v) {
		ro.Exclusive = rt.Bool(v, "options.exclusive")
	}
	if v := get("silent"); !goja.IsUndefined(v) {
		rt.Bool(v, "options.silent")
	}
	if v := get("endStream"); !goja.IsUndefined(v) {
		end := rt.Bool(v, "options.endStream")
		ro.EndStream = &end
	}
	ro.WaitForTrailers = get("waitForTrailers").ToBoolean()
	signal := get("signal")
	if signal.ToBoolean() {
		if x, ok := signal.(*goja.Object); !ok || x.Get("aborted") == nil {
			rt.ArgType("options.signal", signal, "AbortSignal")
		}
	}
	st, err := s.Request(out, ro)
	rt.Must(err)
	if signal.ToBoolean() {
		m.abortable(st, signal)
	}
	return rt.Wrap(st)
}
