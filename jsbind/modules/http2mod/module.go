// Package http2mod is the binding of node:http2
// (https://nodejs.org/docs/latest-v24.x/api/http2.html): it reads options and
// headers, shows sessions, streams, requests and answers as objects, and adds no
// protocol; that is package http2's.
package http2mod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/httpmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/jsbind/modules/tlsmod"
)

// sensitive is http2.sensitiveHeaders; under options a server keeps its own.
var (
	sensitive = goja.NewSymbol("sensitiveHeaders")
	options   = goja.NewSymbol("options")
)

type module struct {
	rt      *bind.Runtime
	exports *goja.Object

	session, serverSession, clientSession *bind.Class
	stream, serverStream, clientStream    *bind.Class
	request, response                     *bind.Class
	server, secureServer                  *bind.Class
}

type moduleKey struct{}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	httpmod.Define(rt)
	tlsmod.Define(rt)
	classes := streammod.Define(rt)
	rt.Convert(m.convert)
	http2.SetWarn(rt.Loop, func(message, name string) {
		if rt.Warn != nil {
			rt.Warn(message, name, nil)
		}
	})
	m.observe()
	m.defineSessions(rt.ClassOf("events.EventEmitter"))
	m.defineStreams(classes.Duplex)
	m.defineRequest(classes.Readable)
	m.defineResponse(classes.Legacy)
	m.defineServers()
	return m
}

// Define makes the classes.
func Define(rt *bind.Runtime) { get(rt) }

// Load returns the exports of node:http2.
func Load(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.exports != nil {
		return m.exports
	}
	e := rt.VM.NewObject()
	m.exports = e
	set := func(name string, n int, f bind.Method) { _ = e.Set(name, rt.Func(name, n, f)) }
	set("connect", 3, m.connect)
	c := rt.NewObject(len(constants))
	o := c.Object()
	for _, x := range constants {
		_ = o.Set(x.name, x.value)
	}
	_ = o.SetPrototype(nil)
	_ = e.Set("constants", o)
	set("createServer", 2, func(c goja.FunctionCall) goja.Value {
		opts, handler := c.Argument(0), c.Argument(1)
		if bind.IsCallable(opts) {
			opts, handler = rt.VM.NewObject(), opts
		}
		return m.construct(m.server.Ctor, opts, handler)
	})
	set("createSecureServer", 2, func(c goja.FunctionCall) goja.Value {
		return m.construct(m.secureServer.Ctor, c.Argument(0), c.Argument(1))
	})
	set("getDefaultSettings", 0, func(goja.FunctionCall) goja.Value { return m.defaultSettings() })
	set("getPackedSettings", 1, m.packSettings)
	set("getUnpackedSettings", 1, m.unpackSettings)
	set("performServerHandshake", 1, func(c goja.FunctionCall) goja.Value {
		opts := m.serverOptions(c.Argument(1))
		s, err := http2.NewServerSession(m.socket(c.Argument(0)), m.sessionOptions(opts), nil)
		rt.Must(err)
		return rt.Wrap(s)
	})
	_ = e.Set("sensitiveHeaders", sensitive)
	_ = e.Set("Http2ServerRequest", m.request.Ctor)
	_ = e.Set("Http2ServerResponse", m.response.Ctor)
	m.promisified(e.Get("connect").(*goja.Object))
	return e
}

func (m *module) construct(class *goja.Object, args ...goja.Value) goja.Value {
	o, err := m.rt.VM.New(class, args...)
	if err != nil {
		panic(err)
	}
	return o
}

// socket reads the transport of a session.
func (m *module) socket(v goja.Value) http2.Socket {
	s, ok := bind.From(v).(http2.Socket)
	if !ok {
		m.rt.ArgType("socket", v, "Duplex")
	}
	return s
}

func arg(a []goja.Value, i int) goja.Value {
	if i < len(a) && a[i] != nil {
		return a[i]
	}
	return goja.Undefined()
}

// object is assertIsObject: undefined or an object that is no array. It returns
// nil for undefined.
func (m *module) object(v goja.Value, name string, types ...string) *goja.Object {
	if goja.IsUndefined(v) {
		return nil
	}
	o, ok := v.(*goja.Object)
	if !ok || bind.IsArray(v) || bind.IsCallable(v) {
		if len(types) == 0 {
			types = []string{"Object"}
		}
		m.rt.ArgType(name, v, types...)
	}
	return o
}

// copied is {...o}.
func (m *module) copied(o *goja.Object) *goja.Object {
	c := m.rt.VM.NewObject()
	if o != nil {
		for _, k := range o.Keys() {
			_ = c.Set(k, o.Get(k))
		}
		for _, s := range o.Symbols() {
			_ = c.SetSymbol(s, o.GetSymbol(s))
		}
	}
	return c
}

func list(v goja.Value) []goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	out := make([]goja.Value, int(bind.Get(o, "length").ToInteger()))
	for i := range out {
		out[i] = bind.Get(o, bind.FormatNumber(float64(i)))
	}
	return out
}

func boolean(v goja.Value) bool { return bind.TypeOf(v) == "boolean" && v.ToBoolean() }

// once makes a once-registration of a callback, nil for none.
func once(v goja.Value) *events.Listener {
	if v == nil || !bind.IsCallable(v) {
		return nil
	}
	return events.NewHostListener(v, true)
}
