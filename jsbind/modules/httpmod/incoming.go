package httpmod

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
)

// incomingView keeps what a program was shown of a message, so that it sees the
// same objects again.
type incomingView struct {
	headers, distinct, trailers, trailersDistinct, rawHeaders, rawTrailers goja.Value
	seen                                                                   int // length of RawTrailers when trailers was made
}

func viewOf(m *http.IncomingMessage) *incomingView {
	v, ok := m.Ext.(*incomingView)
	if !ok {
		v = &incomingView{}
		m.Ext = v
	}
	return v
}

func incomingOf(v goja.Value) (*http.IncomingMessage, bool) {
	m, ok := bind.From(v).(*http.IncomingMessage)
	return m, ok
}

func version(m *http.IncomingMessage) string {
	if m.HTTPVersionMajor == 1 && m.HTTPVersionMinor == 1 {
		return "1.1"
	}
	return strconv.Itoa(m.HTTPVersionMajor) + "." + strconv.Itoa(m.HTTPVersionMinor)
}

// entries makes the headers object.
func (m *module) entries(list []http.Entry) goja.Value {
	var texts engine.Strings
	texts.Reserve(len(list))
	values, shape := m.values[:0], engine.NoNames()
	for i := range list {
		e := &list[i]
		if e.Key == "__proto__" {
			continue // an assignment of a text to it has no effect
		}
		var v goja.Value
		if e.List != nil {
			v = m.rt.ToValue(e.List)
		} else {
			v = texts.Value(e.Value)
		}
		values = append(values, v)
		if shape != nil {
			shape = shape.With(unistring.NewFromString(e.Key))
		}
	}
	m.values = values[:0]
	defer clear(values)
	if shape != nil {
		return engine.NewObject(m.rt.VM, shape, values)
	}
	o, i := m.rt.NewObject(len(values)), 0
	for _, e := range list {
		if e.Key != "__proto__" {
			o.Put(unistring.NewFromString(e.Key), values[i])
			i++
		}
	}
	return o.Object()
}

func (m *module) defineIncoming(readable *bind.Class) {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "IncomingMessage", Key: "http.IncomingMessage", Parent: readable, Length: 1,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			x := &http.IncomingMessage{}
			var conn http.Conn
			if len(args) > 0 {
				conn, _ = bind.From(args[0]).(http.Conn)
			}
			x.Bind(m.incoming.Host(), x)
			m.incoming.Adopt(this, x)
			x.InitIncoming(rt.Loop, m.incoming.Host(), x, conn)
			return nil
		}})
	m.incoming = c
	m.incomingProps(c)
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		x, _ := incomingOf(call.This)
		if cb := call.Argument(1); bind.IsCallable(cb) {
			rt.Call(call.This.(*goja.Object).Get("on"), call.This, rt.VM.ToValue("timeout"), cb)
		}
		if x.Conn != nil {
			s := rt.Wrap(x.Conn).(*goja.Object)
			rt.Call(s.Get("setTimeout"), s, call.Argument(0))
		}
		return call.This
	})
	c.Method("_read", 1, func(call goja.FunctionCall) goja.Value {
		if x, ok := incomingOf(call.This); ok {
			x.ReadImpl(int(call.Argument(0).ToInteger()))
		}
		return goja.Undefined()
	})
	c.Method("_destroy", 2, func(call goja.FunctionCall) goja.Value {
		x, _ := incomingOf(call.This)
		cb := rt.Callback(call.Argument(1))
		x.DestroyImpl(rt.GoError(call.Argument(0)), func(err error) {
			if cb != nil {
				cb(err)
			}
		})
		return goja.Undefined()
	})
	c.Method("_dump", 0, func(call goja.FunctionCall) goja.Value {
		if x, ok := incomingOf(call.This); ok {
			x.BaseDump()
		}
		return goja.Undefined()
	})
	c.Method("_addHeaderLines", 2, func(call goja.FunctionCall) goja.Value {
		x, _ := incomingOf(call.This)
		list, ok := call.Argument(0).(*goja.Object)
		if x == nil || !ok {
			return goja.Undefined()
		}
		n := min(int(call.Argument(1).ToInteger()), length(list))
		var raw []string
		for i := 0; i < n; i++ {
			raw = append(raw, index(list, i).String())
		}
		view := viewOf(x)
		looked := view.headers
		if x.Complete {
			looked = view.trailers
		}
		own, _ := looked.(*goja.Object)
		x.AddLines(raw)
		if own == nil {
			*view = incomingView{}
			return goja.Undefined()
		}
		// The program has looked at the headers, or set its own: the lines join that object.
		for i := 0; i+1 < len(raw); i += 2 {
			m.addLine(own, raw[i], rt.VM.ToValue(raw[i+1]), x.JoinDuplicateHeaders)
		}
		return goja.Undefined()
	})
	c.Method("_addHeaderLine", 3, func(call goja.FunctionCall) goja.Value {
		x, _ := incomingOf(call.This)
		dest, ok := call.Argument(2).(*goja.Object)
		if x == nil || !ok {
			return goja.Undefined()
		}
		if goja.IsUndefined(call.Argument(1)) {
			switch key := strings.ToLower(call.Argument(0).String()); {
			case dest.Get(key) != nil:
			case key == "set-cookie":
				_ = dest.Set(key, rt.VM.NewArray(goja.Undefined()))
			default:
				_ = dest.Set(key, goja.Undefined())
			}
			return goja.Undefined()
		}
		m.addLine(dest, call.Argument(0).String(), call.Argument(1), x.JoinDuplicateHeaders)
		return goja.Undefined()
	})
	c.Seal()
}

// addLine is _addHeaderLine on an object of a program.
func (m *module) addLine(dest *goja.Object, name string, value goja.Value, join bool) {
	var list []http.Entry
	list = http.AddEntry(list, name, value.String(), join)
	key := list[0].Key
	old := dest.Get(key)
	switch o, isObj := old.(*goja.Object); {
	case old == nil || goja.IsUndefined(old):
		_ = dest.Set(key, m.entries(list).(*goja.Object).Get(key))
	case isObj && bind.IsArray(o):
		m.rt.Call(o.Get("push"), o, value)
	default:
		e := http.AddEntry([]http.Entry{{Key: key, Value: old.String()}}, name, value.String(), join)
		_ = dest.Set(key, e[0].Value)
	}
}

func (m *module) incomingProps(c *bind.Class) {
	rt := m.rt
	prop := func(name string, get func(*http.IncomingMessage) any, set func(*http.IncomingMessage, goja.Value) bool) {
		accessor(rt, c, name, incomingOf, get, set)
	}
	lazy := func(name string, slot func(*incomingView) *goja.Value, make func(*http.IncomingMessage) goja.Value) {
		prop(name, func(x *http.IncomingMessage) any {
			view := viewOf(x)
			if n := len(x.RawTrailers); n != view.seen { // trailers came after they were looked at
				view.seen, view.trailers, view.trailersDistinct = n, nil, nil
			}
			p := slot(view)
			if *p == nil {
				*p = make(x)
			}
			return *p
		}, func(x *http.IncomingMessage, v goja.Value) bool {
			*slot(viewOf(x)) = v
			return true
		})
	}
	lazy("headers", func(v *incomingView) *goja.Value { return &v.headers }, func(x *http.IncomingMessage) goja.Value { return m.entries(x.HeaderEntries()) })
	lazy("headersDistinct", func(v *incomingView) *goja.Value { return &v.distinct }, func(x *http.IncomingMessage) goja.Value { return m.entries(http.Distinct(x.KeptHeaders())) })
	lazy("trailers", func(v *incomingView) *goja.Value { return &v.trailers }, func(x *http.IncomingMessage) goja.Value { return m.entries(x.TrailerEntries()) })
	lazy("trailersDistinct", func(v *incomingView) *goja.Value { return &v.trailersDistinct }, func(x *http.IncomingMessage) goja.Value { return m.entries(http.Distinct(x.RawTrailers)) })
	lazy("rawHeaders", func(v *incomingView) *goja.Value { return &v.rawHeaders }, func(x *http.IncomingMessage) goja.Value { return rt.ToValue(x.RawHeaders) })
	prop("rawTrailers", func(x *http.IncomingMessage) any {
		v := viewOf(x)
		if v.rawTrailers == nil || len(x.RawTrailers) > 0 && length(v.rawTrailers.(*goja.Object)) == 0 {
			v.rawTrailers = rt.ToValue(x.RawTrailers)
		}
		return v.rawTrailers
	}, nil)
	prop("httpVersion", func(x *http.IncomingMessage) any {
		if !x.HasHead && x.HTTPVersionMajor == 0 && x.HTTPVersionMinor == 0 {
			return nil
		}
		return version(x)
	}, func(x *http.IncomingMessage, v goja.Value) bool { return false })
	prop("httpVersionMajor", func(x *http.IncomingMessage) any { return orNull(x, x.HTTPVersionMajor) }, func(x *http.IncomingMessage, v goja.Value) bool { return setInt(&x.HTTPVersionMajor, v) })
	prop("httpVersionMinor", func(x *http.IncomingMessage) any { return orNull(x, x.HTTPVersionMinor) }, func(x *http.IncomingMessage, v goja.Value) bool { return setInt(&x.HTTPVersionMinor, v) })
	prop("complete", func(x *http.IncomingMessage) any { return x.Complete }, func(x *http.IncomingMessage, v goja.Value) bool { return setBool(&x.Complete, v) })
	prop("aborted", func(x *http.IncomingMessage) any { return x.Aborted }, func(x *http.IncomingMessage, v goja.Value) bool { return setBool(&x.Aborted, v) })
	prop("upgrade", func(x *http.IncomingMessage) any {
		if !x.HasHead && !x.Upgrade {
			return nil
		}
		return x.Upgrade
	}, func(x *http.IncomingMessage, v goja.Value) bool { return setBool(&x.Upgrade, v) })
	prop("url", func(x *http.IncomingMessage) any { return x.URL }, func(x *http.IncomingMessage, v goja.Value) bool { return setString(&x.URL, v) })
	prop("method", func(x *http.IncomingMessage) any {
		if x.Method == "" {
			return nil
		}
		return x.Method
	}, func(x *http.IncomingMessage, v goja.Value) bool { return setString(&x.Method, v) })
	prop("statusCode", func(x *http.IncomingMessage) any {
		if x.StatusCode == 0 && (x.IsRequest || !x.HasHead) {
			return nil
		}
		return x.StatusCode
	}, func(x *http.IncomingMessage, v goja.Value) bool { return setInt(&x.StatusCode, v) })
	prop("statusMessage", func(x *http.IncomingMessage) any {
		if x.StatusCode == 0 && x.StatusMessage == "" && (x.IsRequest || !x.HasHead) {
			return nil
		}
		return x.StatusMessage
	}, func(x *http.IncomingMessage, v goja.Value) bool { return setString(&x.StatusMessage, v) })
	prop("socket", func(x *http.IncomingMessage) any {
		if x.Conn == nil {
			if x.HTTPVersionMajor == 0 {
				return bind.Undefined
			}
			return nil
		}
		return events.Object(x.Conn)
	}, func(x *http.IncomingMessage, v goja.Value) bool {
		if goja.IsNull(v) {
			x.Conn = nil
			return true
		}
		conn, ok := bind.From(v).(http.Conn)
		if ok {
			x.Conn = conn
		}
		return ok
	})
	for _, name := range []string{"connection", "client"} {
		c.Accessor(name, func(this goja.Value) goja.Value {
			if o, ok := this.(*goja.Object); ok {
				return bind.Get(o, "socket")
			}
			return goja.Undefined()
		}, func(this, v goja.Value) {
			if o, ok := this.(*goja.Object); ok {
				_ = o.Set("socket", v)
			}
		})
	}
	prop("_dumped", func(x *http.IncomingMessage) any { return x.Dumped }, func(x *http.IncomingMessage, v goja.Value) bool { return setBool(&x.Dumped, v) })
	prop("joinDuplicateHeaders", func(x *http.IncomingMessage) any { return x.JoinDuplicateHeaders }, func(x *http.IncomingMessage, v goja.Value) bool { return setBool(&x.JoinDuplicateHeaders, v) })
	prop("req", func(x *http.IncomingMessage) any {
		if x.Request == nil {
			return bind.Undefined
		}
		return events.Object(x.Request)
	}, func(*http.IncomingMessage, goja.Value) bool { return false })
}

func orNull(x *http.IncomingMessage, n int) any {
	if !x.HasHead && x.HTTPVersionMajor == 0 && x.HTTPVersionMinor == 0 {
		return nil
	}
	return n
}
