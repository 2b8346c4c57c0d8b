package httpmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/http/parser"
	"github.com/spindle-js/spindle/jsbind/bind"
)

func latin1(b []byte) string { return buffer.Decode(b, buffer.Latin1) }

// ParserBinding returns what process.binding('http_parser') gives: the raw
// parser with the methods in its numbering.
func ParserBinding(rt *bind.Runtime) goja.Value {
	m := get(rt)
	o := rt.VM.NewObject()
	_ = o.Set("methods", rt.ToValue(parser.HTTPMethods))
	_ = o.Set("allMethods", rt.ToValue(parser.AllMethods[:]))
	_ = o.Set("HTTPParser", m.HTTPParser())
	return o
}

// part is a module of old that shows some of http's exports.
func part(names ...string) func(*bind.Runtime) goja.Value {
	return func(rt *bind.Runtime) goja.Value {
		e := Load(rt).(*goja.Object)
		o := rt.VM.NewObject()
		for _, n := range names {
			_ = o.Set(n, e.Get(n))
		}
		return o
	}
}

// The modules _http_agent, _http_client, _http_incoming, _http_outgoing and
// _http_server, which packages still load.
var (
	LoadAgent    = part("Agent", "globalAgent")
	LoadClient   = part("ClientRequest")
	LoadIncoming = part("IncomingMessage")
	LoadOutgoing = part("OutgoingMessage", "validateHeaderName", "validateHeaderValue")
)

// LoadServer returns the exports of _http_server.
func LoadServer(rt *bind.Runtime) goja.Value {
	o := part("STATUS_CODES", "Server", "ServerResponse", "_connectionListener")(rt).(*goja.Object)
	_ = o.Set("kConnectionsCheckingInterval", get(rt).checkSymbol)
	return o
}

// LoadCommon returns the exports of _http_common.
func LoadCommon(rt *bind.Runtime) goja.Value {
	m := get(rt)
	o := rt.VM.NewObject()
	_ = o.Set("_checkIsHttpToken", rt.Func("checkIsHttpToken", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(http.IsToken(c.Argument(0).String()))
	}))
	_ = o.Set("_checkInvalidHeaderChar", rt.Func("checkInvalidHeaderChar", 1, func(c goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(http.InvalidHeaderChar(c.Argument(0).String()))
	}))
	_ = o.Set("methods", rt.ToValue(parser.HTTPMethods))
	_ = o.Set("CRLF", "\r\n")
	_ = o.Set("HTTPParser", m.HTTPParser())
	regexp := rt.VM.Get("RegExp").(*goja.Object)
	make := func(src string) goja.Value {
		return m.construct(regexp, []goja.Value{rt.VM.ToValue(src), rt.VM.ToValue("i")})
	}
	_ = o.Set("chunkExpression", make(`(?:^|\W)chunked(?:$|\W)`))
	_ = o.Set("continueExpression", make(`(?:^|\W)100-continue(?:$|\W)`))
	list := m.freeList()
	_ = o.Set("parsers", list)
	_ = o.Set("freeParser", rt.Func("freeParser", 3, m.freeParser(list)))
	return o
}
