package httpmod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func responseOf(v goja.Value) (*http.ServerResponse, bool) {
	r, ok := bind.From(v).(*http.ServerResponse)
	return r, ok
}

func (m *module) res(v goja.Value) *http.ServerResponse {
	r, ok := responseOf(v)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type ServerResponse"))
	}
	return r
}

func (m *module) defineResponse() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "ServerResponse", Key: "http.ServerResponse", Parent: m.outgoing, Length: 2,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			x := &http.ServerResponse{}
			x.Bind(m.response.Host(), x)
			m.response.Adopt(this, x)
			var req *http.IncomingMessage
			if len(args) > 0 {
				if req, _ = incomingOf(args[0]); req == nil {
					req = m.requestLike(args[0])
				}
			}
			x.InitResponse(rt.Loop, m.response.Host(), x, req)
			if len(args) > 1 {
				if o, ok := args[1].(*goja.Object); ok {
					if h := bind.Get(o, "highWaterMark"); goja.IsNumber(h) {
						x.SetHighWaterMark(int(h.ToInteger()))
					}
					x.RejectNonStandardBody = bind.Get(o, "rejectNonStandardBodyWrites").ToBoolean()
				}
			}
			return nil
		}})
	m.response = c
	m.responseMethods(c)
	type res = *http.ServerResponse
	prop := func(name string, get func(res) any, set func(res, goja.Value) bool) {
		accessor(rt, c, name, responseOf, get, set)
	}
	c.Accessor("statusCode", func(this goja.Value) goja.Value {
		r, ok := responseOf(this)
		if !ok {
			return goja.Undefined()
		}
		if r.StatusOf != nil {
			if v, ok := r.StatusHost.(goja.Value); ok {
				return v
			}
		}
		return rt.VM.ToValue(r.StatusCode)
	}, func(this, v goja.Value) {
		r, ok := responseOf(this)
		switch {
		case !ok:
			if o, ok := this.(*goja.Object); ok {
				_ = o.DefineDataProperty("statusCode", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
		case goja.IsNumber(v) && v.ToFloat() == float64(v.ToInteger()):
			r.StatusCode, r.StatusOf, r.StatusHost = int(v.ToInteger()), nil, nil
		default:
			r.StatusHost = v
			r.StatusOf = func() (int, string) { return int(int32(v.ToInteger())), v.String() }
		}
	})
	prop("statusMessage", func(r res) any {
		if r.StatusMessage == "" {
			if text := http.StatusText(r.StatusCode); text != "" && r.HeadersSent() {
				return text
			}
			return bind.Undefined
		}
		return r.StatusMessage
	}, func(r res, v goja.Value) bool {
		if bind.IsNullish(v) {
			r.StatusMessage = ""
			return true
		}
		return setString(&r.StatusMessage, v)
	})
	prop("_expect_continue", func(r res) any { return r.ExpectContinue }, func(r res, v goja.Value) bool { return setBool(&r.ExpectContinue, v) })
	prop("_sent100", func(r res) any { return r.Sent100 }, func(r res, v goja.Value) bool { return setBool(&r.Sent100, v) })
	prop("req", func(r res) any {
		if r.Req == nil {
			return bind.Undefined
		}
		return rt.Wrap(r.Req)
	}, func(res, goja.Value) bool { return false })
	c.Seal()
}

// requestLike reads what ServerResponse needs of an object that is no
// IncomingMessage.
func (m *module) requestLike(v goja.Value) *http.IncomingMessage {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	x := http.NewIncomingMessage(m.rt.Loop, nil, nil)
	x.Method = text(bind.Get(o, "method"))
	x.HTTPVersionMajor = int(bind.Get(o, "httpVersionMajor").ToInteger())
	x.HTTPVersionMinor = int(bind.Get(o, "httpVersionMinor").ToInteger())
	if h, ok := bind.Get(o, "headers").(*goja.Object); ok {
		var raw []string
		for _, k := range h.Keys() {
			raw = append(raw, k, h.Get(k).String())
		}
		x.AddLines(raw)
	}
	return x
}

func (m *module) responseMethods(c *bind.Class) {
	rt := m.rt
	writeHead := func(call goja.FunctionCall) goja.Value {
		m.writeHead(m.res(call.This), call)
		return call.This
	}
	c.Method("writeHead", 3, writeHead)
	c.Method("writeHeader", 3, writeHead)
	c.Method("_implicitHeader", 0, func(call goja.FunctionCall) goja.Value {
		this := call.This.(*goja.Object)
		rt.Call(this.Get("writeHead"), this, this.Get("statusCode"))
		return goja.Undefined()
	})
	c.Method("assignSocket", 1, func(call goja.FunctionCall) goja.Value {
		conn, ok := bind.From(call.Argument(0)).(http.Conn)
		if !ok {
			rt.ArgType("socket", call.Argument(0), "Duplex")
		}
		rt.Must(m.res(call.This).BaseAssignSocket(conn))
		return goja.Undefined()
	})
	c.Method("detachSocket", 1, func(call goja.FunctionCall) goja.Value {
		if conn, ok := bind.From(call.Argument(0)).(http.Conn); ok {
			m.res(call.This).BaseDetachSocket(conn)
		}
		return goja.Undefined()
	})
	c.Method("writeContinue", 1, func(call goja.FunctionCall) goja.Value {
		m.res(call.This).BaseWriteContinue(m.callback(call.Argument(0)))
		return goja.Undefined()
	})
	c.Method("writeProcessing", 1, func(call goja.FunctionCall) goja.Value {
		m.res(call.This).WriteProcessing(m.callback(call.Argument(0)))
		return goja.Undefined()
	})
	c.Method("writeEarlyHints", 2, func(call goja.FunctionCall) goja.Value {
		m.earlyHints(call)
		return goja.Undefined()
	})
}

// writeHead is writeHead(status[, message][, headers]).
func (m *module) writeHead(r *http.ServerResponse, call goja.FunctionCall) {
	if r.HeadersSent() {
		m.rt.Throw(nodeerr.HTTPHeadersSent("write"))
	}
	status := int32(call.Argument(0).ToInteger())
	if status < 100 || status > 999 {
		m.rt.Throw(nodeerr.HTTPInvalidStatusCode(call.Argument(0).String()))
	}
	message, headers := "", call.Argument(2)
	if goja.IsString(call.Argument(1)) {
		message = call.Argument(1).String()
	} else if bind.IsNullish(headers) {
		headers = call.Argument(1)
	}
	fields, flat := m.fields(headers)
	m.rt.Must(r.BaseWriteHead(int(status), message, fields, flat))
}

// earlyHints is writeEarlyHints(hints[, callback]).
func (m *module) earlyHints(call goja.FunctionCall) {
	rt := m.rt
	hints := rt.Object(call.Argument(0), "hints")
	links := bind.Get(hints, "link")
	if bind.IsNullish(links) {
		return
	}
	link := func(v goja.Value) string {
		if !goja.IsString(v) || !validLink(v.String()) {
			rt.Throw(nodeerr.InvalidArgValue("hints", rt.Inspect(v, 2), `must be an array or string of format "</styles.css>; rel=preload; as=style"`))
		}
		return v.String()
	}
	var b strings.Builder
	if o, ok := links.(*goja.Object); ok && bind.IsArray(links) {
		n := length(o)
		if n == 0 {
			return
		}
		all := make([]string, n)
		for i := range all {
			all[i] = link(index(o, i))
		}
		b.WriteString("Link: " + strings.Join(all, ", ") + "\r\n")
	} else {
		b.WriteString("Link: " + link(links) + "\r\n")
	}
	for _, k := range hints.Keys() {
		if k == "link" {
			continue
		}
		v := hints.Get(k)
		m.name(rt.VM.ToValue(k), "")
		m.checkValue(rt.VM.ToValue(k), v)
		b.WriteString(k + ": " + v.String() + "\r\n")
	}
	m.res(call.This).WriteEarlyHints(b.String(), m.callback(call.Argument(1)))
}

// validLink reports whether s has the form </path>; param=value….
func validLink(s string) bool {
	if !strings.HasPrefix(s, "<") {
		return false
	}
	i := strings.IndexByte(s, '>')
	if i < 2 {
		return false
	}
	rest := s[i+1:]
	for rest != "" {
		rest = strings.TrimLeft(rest, " ")
		if !strings.HasPrefix(rest, ";") {
			return false
		}
		rest = strings.TrimLeft(rest[1:], " ")
		j := strings.IndexByte(rest, ';')
		if j < 0 {
			j = len(rest)
		}
		if !http.IsToken(strings.TrimRight(strings.SplitN(rest[:j], "=", 2)[0], " ")) {
			return false
		}
		rest = rest[j:]
	}
	return true
}
