package httpmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
)

// This file has what _http_common offers to programs that drive a parser
// themselves: the list of free parsers and freeParser. The servers and clients
// here do not use it; they take theirs from package parser.

// freeList makes _http_common.parsers: alloc gives a raw parser whose hooks make
// an IncomingMessage and hand it to the parser's onIncoming, free takes it back.
func (m *module) freeList() *goja.Object {
	rt := m.rt
	o := rt.VM.NewObject()
	_ = o.Set("name", "parsers")
	create := rt.Func("parsersCb", 0, func(goja.FunctionCall) goja.Value { return m.newRawParser() })
	_ = o.Set("ctor", create)
	rt.Accessor(o, "max", func(goja.Value) goja.Value { return rt.VM.ToValue(parser.MaxIdle()) }, func(_, v goja.Value) {
		parser.SetMaxIdle(int(v.ToInteger()))
	}, true)
	list := rt.VM.NewArray()
	_ = o.Set("list", list)
	_ = o.Set("hasItems", rt.Func("hasItems", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(length(list) > 0) }))
	_ = o.Set("alloc", rt.Func("alloc", 0, func(c goja.FunctionCall) goja.Value {
		if length(list) > 0 {
			return rt.Call(list.Get("pop"), list)
		}
		return rt.Call(create, c.This, c.Arguments...)
	}))
	_ = o.Set("free", rt.Func("free", 1, func(c goja.FunctionCall) goja.Value {
		if length(list) >= parser.MaxIdle() {
			return rt.VM.ToValue(false)
		}
		rt.Call(list.Get("push"), list, c.Argument(0))
		return rt.VM.ToValue(true)
	}))
	return o
}

// newRawParser is a parser with Node's own hooks.
func (m *module) newRawParser() *goja.Object {
	rt := m.rt
	o := m.construct(m.HTTPParser(), nil).(*goja.Object)
	m.cleanParser(o)
	for i, h := range []struct {
		name string
		f    func(p *goja.Object, args []goja.Value) goja.Value
	}{
		kOnHeaders:         {"parserOnHeaders", m.rawHeaders},
		kOnHeadersComplete: {"parserOnHeadersComplete", m.rawHeadersComplete},
		kOnBody:            {"parserOnBody", m.rawBody},
		kOnMessageComplete: {"parserOnMessageComplete", m.rawComplete},
	} {
		if h.f == nil {
			continue
		}
		f := h.f
		_ = o.Set(bind.FormatNumber(float64(i)), rt.Func(h.name, 0, func(c goja.FunctionCall) goja.Value {
			return f(c.This.(*goja.Object), c.Arguments)
		}))
	}
	return o
}

// cleanParser puts the properties of a raw parser back to their beginning.
func (m *module) cleanParser(o *goja.Object) {
	_ = o.Set("_headers", m.rt.VM.NewArray())
	_ = o.Set("_url", "")
	for _, name := range []string{"socket", "incoming", "outgoing", "onIncoming"} {
		_ = o.Set(name, goja.Null())
	}
	_ = o.Set("maxHeaderPairs", parser.DefaultMaxHeaderPairs)
	_ = o.Set("_consumed", false)
}

// freeParser is _http_common.freeParser(parser, req, socket).
func (m *module) freeParser(list *goja.Object) bind.Method {
	rt := m.rt
	return func(c goja.FunctionCall) goja.Value {
		if p, ok := c.Argument(0).(*goja.Object); ok {
			if bind.Get(p, "_consumed").ToBoolean() {
				rt.Call(p.Get("unconsume"), p)
			}
			m.cleanParser(p)
			rt.Call(p.Get("remove"), p)
			if rt.Call(list.Get("free"), list, p).ToBoolean() {
				rt.Call(p.Get("free"), p)
			} else {
				rt.Loop.SetImmediate(loop.Func(func() { rt.Call(p.Get("close"), p) }))
			}
		}
		for _, i := range []int{1, 2} {
			if o, ok := c.Argument(i).(*goja.Object); ok {
				_ = o.Set("parser", goja.Null())
			}
		}
		return goja.Undefined()
	}
}

func argOf(args []goja.Value, i int) goja.Value {
	if i < len(args) && args[i] != nil {
		return args[i]
	}
	return goja.Undefined()
}

// rawHeaders keeps the lines of a long head, or of trailers.
func (m *module) rawHeaders(p *goja.Object, args []goja.Value) goja.Value {
	kept := bind.Get(p, "_headers").(*goja.Object)
	if lines, ok := argOf(args, 0).(*goja.Object); ok && (bind.Get(p, "maxHeaderPairs").ToInteger() <= 0 || int64(length(kept)) < bind.Get(p, "maxHeaderPairs").ToInteger()) {
		for i := range length(lines) {
			m.rt.Call(kept.Get("push"), kept, index(lines, i))
		}
	}
	_ = p.Set("_url", text(bind.Get(p, "_url"))+text(argOf(args, 1)))
	return goja.Undefined()
}

func texts(v goja.Value, max int) (out []string) {
	if o, ok := v.(*goja.Object); ok {
		n := length(o)
		if max > 0 {
			n = min(n, max)
		}
		for i := range n {
			out = append(out, index(o, i).String())
		}
	}
	return out
}

// rawHeadersComplete makes the message and hands it to onIncoming, whose answer
// says whether there is a body.
func (m *module) rawHeadersComplete(p *goja.Object, args []goja.Value) goja.Value {
	rt := m.rt
	lines, url := argOf(args, 2), argOf(args, 4)
	if goja.IsUndefined(lines) {
		lines = p.Get("_headers")
		_ = p.Set("_headers", rt.VM.NewArray())
	}
	if goja.IsUndefined(url) {
		url = p.Get("_url")
		_ = p.Set("_url", "")
	}
	socket := bind.Get(p, "socket")
	conn, _ := bind.From(socket).(http.Conn)
	x := http.NewIncomingMessage(rt.Loop, m.incoming.Host(), conn)
	x.HTTPVersionMajor, x.HTTPVersionMinor = int(argOf(args, 0).ToInteger()), int(argOf(args, 1).ToInteger())
	x.URL, x.Upgrade = text(url), argOf(args, 7).ToBoolean()
	x.IsRequest, x.HasHead = goja.IsNumber(argOf(args, 3)), true
	x.AddLines(texts(lines, int(bind.Get(p, "maxHeaderPairs").ToInteger())))
	if x.IsRequest {
		x.Method = parser.Method(argOf(args, 3).ToInteger()).String()
	} else {
		x.StatusCode, x.StatusMessage = int(argOf(args, 5).ToInteger()), text(argOf(args, 6))
	}
	o := rt.Wrap(x)
	_ = p.Set("incoming", o)
	if on := bind.Get(p, "onIncoming"); bind.IsCallable(on) {
		return rt.Call(on, p, o, argOf(args, 8))
	}
	return rt.VM.ToValue(0)
}

// rawBody pushes a part of the body.
func (m *module) rawBody(p *goja.Object, args []goja.Value) goja.Value {
	x, ok := incomingOf(bind.Get(p, "incoming"))
	if !ok || x.Dumped {
		return goja.Undefined()
	}
	if !x.Push(m.chunk(argOf(args, 0))) && x.Conn != nil {
		x.Conn.AsStream().Pause()
	}
	return goja.Undefined()
}

// rawComplete ends the message with its trailers.
func (m *module) rawComplete(p *goja.Object, _ []goja.Value) goja.Value {
	x, ok := incomingOf(bind.Get(p, "incoming"))
	if !ok {
		return goja.Undefined()
	}
	x.Complete = true
	if kept := bind.Get(p, "_headers"); length(kept.(*goja.Object)) > 0 {
		x.RawTrailers = texts(kept, int(bind.Get(p, "maxHeaderPairs").ToInteger()))
		_ = p.Set("_headers", m.rt.VM.NewArray())
		_ = p.Set("_url", "")
	}
	x.Push(none)
	return goja.Undefined()
}
