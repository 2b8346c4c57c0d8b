package http2mod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) str(v goja.Value) *http2.Stream {
	s, ok := bind.From(v).(*http2.Stream)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Http2Stream"))
	}
	return s
}

func (m *module) defineStreams(duplex *bind.Class) {
	class := func(name string, parent *bind.Class) *bind.Class {
		return m.rt.NewClass(bind.ClassDef{Name: name, Key: "http2." + name, Parent: parent, ES6: true, New: m.unconstructable})
	}
	m.stream = class("Http2Stream", duplex)
	m.streamProps(m.stream)
	m.streamMethods(m.stream)
	m.stream.Seal()
	m.serverStream = class("ServerHttp2Stream", m.stream)
	m.respondMethods(m.serverStream)
	m.serverStream.Seal()
	m.clientStream = class("ClientHttp2Stream", m.stream)
	m.clientStream.Seal()
}

func (m *module) streamProps(c *bind.Class) {
	rt := m.rt
	prop := func(name string, get func(*http2.Stream) any) {
		c.Accessor(name, func(this goja.Value) goja.Value {
			if s, ok := bind.From(this).(*http2.Stream); ok {
				return rt.ToValue(get(s))
			}
			return goja.Undefined()
		}, nil)
	}
	prop("bufferSize", func(s *http2.Stream) any { return s.BufferSize() })
	prop("endAfterHeaders", func(s *http2.Stream) any { return s.EndAfterHeaders() })
	prop("sentHeaders", func(s *http2.Stream) any { return m.outgoing(s.SentHeaders()) })
	prop("sentTrailers", func(s *http2.Stream) any { return m.outgoing(s.SentTrailers()) })
	prop("sentInfoHeaders", func(s *http2.Stream) any {
		if len(s.SentInfoHeaders()) == 0 {
			return bind.Undefined
		}
		var items []any
		for _, h := range s.SentInfoHeaders() {
			items = append(items, h)
		}
		return items
	})
	prop("pending", func(s *http2.Stream) any { return s.Pending() })
	prop("id", func(s *http2.Stream) any {
		if id, ok := s.ID(); ok {
			return int64(id)
		}
		return bind.Undefined
	})
	prop("session", func(s *http2.Stream) any {
		if x := s.Session(); x != nil {
			return x
		}
		return bind.Undefined
	})
	prop("headersSent", func(s *http2.Stream) any { return s.HeadersSent() })
	prop("aborted", func(s *http2.Stream) any { return s.Aborted() })
	prop("headRequest", func(s *http2.Stream) any { return s.HeadRequest() })
	prop("rstCode", func(s *http2.Stream) any { return int64(s.RSTCode()) })
	prop("state", func(s *http2.Stream) any { return m.streamState(s) })
	prop("closed", func(s *http2.Stream) any { return s.Ended() })
}

func (m *module) streamState(s *http2.Stream) *goja.Object {
	o := m.rt.VM.NewObject()
	w := s.Wire()
	if s.Destroyed() || w == nil {
		return o
	}
	bit := func(v bool) int {
		if v {
			return 1
		}
		return 0
	}
	_ = o.Set("state", int(w.State()))
	_ = o.Set("weight", w.Weight())
	_ = o.Set("sumDependencyWeight", 0)
	_ = o.Set("localClose", bit(w.LocalClosed()))
	_ = o.Set("remoteClose", bit(w.RemoteClosed()))
	_ = o.Set("localWindowSize", w.LocalWindow())
	return o
}

func (m *module) streamMethods(c *bind.Class) {
	rt := m.rt
	c.Method("_read", 1, func(call goja.FunctionCall) goja.Value {
		m.str(call.This).ReadImpl(int(call.Argument(0).ToInteger()))
		return goja.Undefined()
	})
	c.Method("_write", 3, func(call goja.FunctionCall) goja.Value {
		cb := rt.Callback(call.Argument(2))
		m.str(call.This).WriteImpl(streammod.ToChunk(call.Argument(0)), text(call.Argument(1)), completion(cb))
		return goja.Undefined()
	})
	c.Method("_writev", 2, func(call goja.FunctionCall) goja.Value {
		cb := rt.Callback(call.Argument(1))
		m.str(call.This).WritevImpl(streammod.Requests(call.Argument(0)), completion(cb))
		return goja.Undefined()
	})
	c.Method("_final", 1, func(call goja.FunctionCall) goja.Value {
		m.str(call.This).FinalImpl(completion(rt.Callback(call.Argument(0))))
		return goja.Undefined()
	})
	c.Method("_destroy", 2, func(call goja.FunctionCall) goja.Value {
		m.str(call.This).DestroyImpl(rt.GoError(call.Argument(0)), completion(rt.Callback(call.Argument(1))))
		return goja.Undefined()
	})
	c.Method("_onTimeout", 0, func(call goja.FunctionCall) goja.Value {
		m.str(call.This).OnTimeout()
		return goja.Undefined()
	})
	c.Method("sendTrailers", 1, func(call goja.FunctionCall) goja.Value {
		st := m.str(call.This)
		if st.Destroyed() || st.Ended() {
			rt.Throw(nodeerr.HTTP2("INVALID_STREAM"))
		}
		rt.Must(st.SendTrailers(m.readHeaders(m.object(call.Argument(0), "headers"))))
		return goja.Undefined()
	})
	c.Method("close", 0, func(call goja.FunctionCall) goja.Value {
		st := m.str(call.This)
		var code int64
		if v := call.Argument(0); !goja.IsUndefined(v) {
			code = rt.Integer(v, "code", 0, math.MaxUint32)
		}
		cb := call.Argument(1)
		if !goja.IsUndefined(cb) {
			rt.Function(cb, "callback")
		}
		if st.Ended() {
			return goja.Undefined()
		}
		if l := once(cb); l != nil {
			st.AddListener(events.Name("close"), l, false)
		}
		st.Close(protocol.Code(code))
		return goja.Undefined()
	})
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		st := m.str(call.This)
		if !st.Destroyed() {
			ms, l := m.timeout(&st.Emitter, call)
			_ = call.This.ToObject(rt.VM).Set("timeout", call.Argument(0))
			st.SetTimeout(ms, l)
		}
		return call.This
	})
	c.Method("priority", 1, func(call goja.FunctionCall) goja.Value {
		m.deprecate("priority", "http2Stream.priority is longer supported after priority signalling was deprecated in RFC 9113")
		if m.str(call.This).Destroyed() {
			rt.Throw(nodeerr.HTTP2("INVALID_STREAM"))
		}
		return goja.Undefined()
	})
	m.inspected(c, "Http2Stream", func(this goja.Value) *goja.Object {
		s, ok := bind.From(this).(*http2.Stream)
		if !ok {
			return nil
		}
		self := this.(*goja.Object)
		o := rt.VM.NewObject()
		if id, ok := s.ID(); ok {
			_ = o.Set("id", int64(id))
		} else {
			_ = o.Set("id", "<pending>")
		}
		_ = o.Set("closed", s.Ended())
		_ = o.Set("destroyed", s.Destroyed())
		_ = o.Set("state", m.streamState(s))
		_ = o.Set("readableState", self.Get("_readableState"))
		_ = o.Set("writableState", self.Get("_writableState"))
		return o
	})
}

func completion(cb func(error)) func(error) {
	return func(err error) {
		if cb != nil {
			cb(err)
		}
	}
}
