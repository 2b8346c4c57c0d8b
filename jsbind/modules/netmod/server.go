package netmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

func (m *module) srv(v goja.Value) *net.Server {
	if s, ok := bind.From(v).(net.Serverer); ok {
		return s.AsServer()
	}
	panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Server"))
}

// ReadServerOptions reads the options of net.createServer.
func ReadServerOptions(rt *bind.Runtime, o *goja.Object) net.ServerOptions {
	so := net.NewServerOptions()
	if o == nil {
		return so
	}
	truthy := func(name string) bool { return bind.Get(o, name).ToBoolean() }
	so.AllowHalfOpen, so.PauseOnConnect = truthy("allowHalfOpen"), truthy("pauseOnConnect")
	so.NoDelay, so.KeepAlive = truthy("noDelay"), truthy("keepAlive")
	if v := bind.Get(o, "keepAliveInitialDelay"); !goja.IsUndefined(v) {
		f := rt.Number(v, "options.keepAliveInitialDelay")
		so.KeepAliveInitialDelay = int(math.Max(0, f))
	}
	if v := bind.Get(o, "highWaterMark"); !goja.IsUndefined(v) {
		f := rt.Number(v, "options.highWaterMark")
		if f >= 0 {
			so.HighWaterMark = int(f)
		}
	}
	if v := bind.Get(o, "blockList"); !bind.IsNullish(v) {
		b, ok := bind.From(v).(*net.BlockList)
		if !ok {
			rt.ArgType("options.blockList", v, "net.BlockList")
		}
		so.BlockList = b
	}
	return so
}

func (m *module) defineServer() {
	rt := m.rt
	emitter := rt.ClassOf("events.EventEmitter")
	c := rt.NewClass(bind.ClassDef{Name: "Server", Key: "net.Server", Parent: emitter, Length: 2, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		var opts *goja.Object
		var listener goja.Value
		if len(args) > 0 {
			switch o, ok := args[0].(*goja.Object); {
			case bind.IsCallable(args[0]):
				listener = args[0]
			case ok:
				opts = o
			case !bind.IsNullish(args[0]):
				rt.ArgType("options", args[0], "Object")
			}
		}
		if listener == nil && len(args) > 1 && bind.IsCallable(args[1]) {
			listener = args[1]
		}
		so := ReadServerOptions(rt, opts)
		so.Host, so.HasHost = m.server.Host(), true
		s := &net.Server{}
		s.Bind(so.Host, s)
		m.server.Adopt(this, s)
		s.Init(rt.Loop, s, so)
		if listener != nil {
			s.AddListener(events.Name("connection"), events.NewHostListener(listener, false), false)
		}
		return nil
	}})
	m.server = c
	m.serverMethods(c)
	m.serverKeys(c)
	c.Seal()
}

func (m *module) serverMethods(c *bind.Class) {
	rt := m.rt
	c.Method("listen", 0, func(call goja.FunctionCall) goja.Value {
		m.listen(m.srv(call.This), call)
		return call.This
	})
	c.Method("address", 0, func(call goja.FunctionCall) goja.Value {
		a, path, err := m.srv(call.This).Address()
		rt.Must(err)
		switch {
		case path != "":
			return rt.VM.ToValue(path)
		case a.IsZero():
			return goja.Null()
		}
		return m.addressValue(a)
	})
	c.Method("getConnections", 1, func(call goja.FunctionCall) goja.Value {
		cb := call.Argument(0)
		m.srv(call.This).GetConnections(func(err error, n int) {
			var e goja.Value = goja.Null()
			if err != nil {
				e = rt.ErrorValue(err)
			}
			rt.Call(cb, call.This, e, rt.VM.ToValue(n))
		})
		return call.This
	})
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		m.srv(call.This).Close(CloseCallback(rt, call.This, call.Argument(0)))
		return call.This
	})
	c.Method("ref", 0, func(call goja.FunctionCall) goja.Value { m.srv(call.This).BaseRef(); return call.This })
	c.Method("unref", 0, func(call goja.FunctionCall) goja.Value { m.srv(call.This).BaseUnref(); return call.This })
	c.Method("_listen2", 6, func(call goja.FunctionCall) goja.Value {
		a := call.Argument
		fd := -1
		if goja.IsNumber(a(4)) {
			fd = int(a(4).ToInteger())
		}
		m.srv(call.This).BaseListen2(text(a(0)), int(a(1).ToInteger()), int(a(2).ToInteger()), int(a(3).ToInteger()), fd, net.BindFlags(a(5).ToInteger()))
		return goja.Undefined()
	})
	c.Method("_emitCloseIfDrained", 0, func(call goja.FunctionCall) goja.Value { return goja.Undefined() })
	prop := func(name string, get func(*net.Server) any, set func(*net.Server, goja.Value)) {
		var setter func(this, v goja.Value)
		if set != nil {
			setter = func(this, v goja.Value) {
				if s, ok := bind.From(this).(net.Serverer); ok {
					set(s.AsServer(), v)
				}
			}
		}
		c.Accessor(name, func(this goja.Value) goja.Value {
			s, ok := bind.From(this).(net.Serverer)
			if !ok {
				return goja.Undefined()
			}
			return rt.ToValue(get(s.AsServer()))
		}, setter)
	}
	prop("listening", func(s *net.Server) any { return s.Listening() }, nil)
	prop("_handle", func(s *net.Server) any {
		if s.Handle() == nil {
			return nil
		}
		return s.Handle()
	}, nil)
	prop("_usingWorkers", func(s *net.Server) any { return s.HasWorkers() }, nil)
	prop("_workers", func(s *net.Server) any {
		items := make([]any, s.Workers())
		for i := range items {
			items[i] = rt.VM.NewObject()
		}
		return rt.VM.NewArray(items...)
	}, nil)
	prop("_connections", func(s *net.Server) any { return s.Connections() }, func(s *net.Server, v goja.Value) { s.SetConnections(int(v.ToInteger())) })
	prop("_connectionKey", func(s *net.Server) any { return s.ConnectionKey() }, nil)
	prop("maxConnections", func(s *net.Server) any {
		if s.MaxConnections < 0 {
			return bind.Undefined
		}
		return s.MaxConnections
	}, func(s *net.Server, v goja.Value) {
		if bind.IsNullish(v) || v.ToFloat() != v.ToFloat() || v.ToFloat() > math.MaxInt32 {
			s.MaxConnections = -1
			return
		}
		s.MaxConnections = int(v.ToInteger())
	})
	prop("dropMaxConnection", func(s *net.Server) any { return s.DropMaxConnection }, func(s *net.Server, v goja.Value) { s.DropMaxConnection = v.ToBoolean() })
	prop("allowHalfOpen", func(s *net.Server) any { return s.Options().AllowHalfOpen }, func(s *net.Server, v goja.Value) { s.Options().AllowHalfOpen = v.ToBoolean() })
	prop("pauseOnConnect", func(s *net.Server) any { return s.Options().PauseOnConnect }, func(s *net.Server, v goja.Value) { s.Options().PauseOnConnect = v.ToBoolean() })
	prop("noDelay", func(s *net.Server) any { return s.Options().NoDelay }, func(s *net.Server, v goja.Value) { s.Options().NoDelay = v.ToBoolean() })
	prop("keepAlive", func(s *net.Server) any { return s.Options().KeepAlive }, func(s *net.Server, v goja.Value) { s.Options().KeepAlive = v.ToBoolean() })
	prop("keepAliveInitialDelay", func(s *net.Server) any { return s.Options().KeepAliveInitialDelay }, nil)
	prop("highWaterMark", func(s *net.Server) any {
		if n := s.Options().HighWaterMark; n >= 0 {
			return n
		}
		return stream.DefaultHighWaterMark(rt.Loop, false)
	}, nil)
	c.SymbolMethod(m.rt.SymbolFor("nodejs.rejection"), "", 3, func(call goja.FunctionCall) goja.Value {
		if conn, ok := bind.From(call.Argument(2)).(*net.Socket); ok && call.Argument(1).String() == "connection" {
			conn.Destroy(m.rt.GoError(call.Argument(0)))
		} else {
			m.srv(call.This).Emit("error", call.Argument(0))
		}
		return goja.Undefined()
	})
	if sym, ok := rt.VM.Get("Symbol").(*goja.Object).Get("asyncDispose").(*goja.Symbol); ok {
		c.SymbolMethod(sym, "[Symbol.asyncDispose]", 0, func(call goja.FunctionCall) goja.Value {
			p, resolve, reject := engine.NewPromise(rt.VM)
			s := m.srv(call.This)
			if s.Handle() == nil {
				_ = resolve(goja.Undefined())
				return rt.VM.ToValue(p)
			}
			s.Close(func(err error) {
				if err != nil {
					_ = reject(rt.ErrorValue(err))
					return
				}
				_ = resolve(goja.Undefined())
			})
			return rt.VM.ToValue(p)
		})
	}
}

// CloseCallback makes the completion of server.close: without an error the
// callback gets no argument.
func CloseCallback(rt *bind.Runtime, this, cb goja.Value) func(error) {
	if !bind.IsCallable(cb) {
		return nil
	}
	return func(err error) {
		if err != nil {
			rt.Call(cb, this, rt.ErrorValue(err))
			return
		}
		rt.Call(cb, this)
	}
}

// listen is server.listen in all its forms.
func (m *module) listen(s *net.Server, call goja.FunctionCall) {
	rt := m.rt
	o := net.NewListenOptions()
	args := call.Arguments
	opts, cbv := m.normalize(args)
	cb := once(cbv)
	// listen(…, backlog, …) as the second or third argument.
	for _, i := range []int{1, 2} {
		if i < len(args) {
			if f, ok := portNumber(args[i]); ok && !bind.IsCallable(args[i]) && (goja.IsNumber(args[i]) || goja.IsString(args[i]) && trimmed(args[i].String()) != "") && f > 0 {
				o.Backlog = int(f)
				break
			}
		}
	}
	if len(args) > 2 {
		_, number := portNumber(args[2])
		o.BacklogFalse = !number
	}
	if b := bind.Get(opts, "backlog"); goja.IsNumber(b) {
		o.Backlog = int(b.ToInteger())
	}
	m.listenFlags(&o, opts)
	if diagnostics.Any() {
		diagnostics.Publish(rt.Loop, "tracing:net.server.listen:asyncStart",
			diagnostics.Field{Name: "server", Value: s.Self()}, diagnostics.Field{Name: "options", Value: opts})
	}
	inner := opts
	if h, ok := bind.Get(opts, "_handle").(*goja.Object); ok {
		inner = h
	} else if h, ok := bind.Get(opts, "handle").(*goja.Object); ok {
		inner = h
	}
	if h, ok := bind.From(inner).(*net.Handle); ok {
		o.Handle = h
		rt.Must(s.Listen(o, cb))
		return
	}
	if other, ok := bind.From(opts).(interface{ Handle() *net.Handle }); ok && other.Handle() != nil {
		o.Handle = other.Handle()
		rt.Must(s.Listen(o, cb))
		return
	}
	if fd := bind.Get(opts, "fd"); goja.IsNumber(fd) && fd.ToInteger() >= 0 {
		o.FD = int(fd.ToInteger())
		rt.Must(s.Listen(o, cb))
		return
	}
	port := bind.Get(opts, "port")
	noArgs := len(args) == 0 || bind.IsCallable(args[0])
	first := goja.Undefined()
	if len(args) > 0 {
		first = args[0]
	}
	portIsFirst := !isObject(first)
	if noArgs || goja.IsNull(port) && opts.Get("port") != nil || portIsFirst && goja.IsUndefined(first) || opts.Get("port") != nil && goja.IsUndefined(port) {
		rt.Must(s.Listen(o, cb))
		return
	}
	if goja.IsNumber(port) || goja.IsString(port) {
		o.Port = Port(rt, port, "options.port")
		if h := bind.Get(opts, "host"); h.ToBoolean() {
			o.Host = h.String()
		}
		rt.Must(s.Listen(o, cb))
		return
	}
	if p := bind.Get(opts, "path"); p.ToBoolean() && isPipeName(p) {
		o.Path = p.String()
		rt.Must(s.Listen(o, cb))
		return
	}
	if bind.Get(opts, "port") == goja.Undefined() && bind.Get(opts, "path") == goja.Undefined() {
		rt.Throw(nodeerr.InvalidArgValue("options", rt.Inspect(opts, 2), `must have the property "port" or "path"`))
	}
	rt.Throw(nodeerr.InvalidArgValue("options", rt.Inspect(opts, 2), ""))
}

func isObject(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok && !bind.IsCallable(v)
}

func (m *module) listenFlags(o *net.ListenOptions, opts *goja.Object) {
	truthy := func(name string) bool { return bind.Get(opts, name).ToBoolean() }
	o.ReadableAll, o.WritableAll = truthy("readableAll"), truthy("writableAll")
	o.IPv6Only, o.ReusePort, o.Exclusive = truthy("ipv6Only"), truthy("reusePort"), truthy("exclusive")
	if v := bind.Get(opts, "signal"); !bind.IsNullish(v) {
		o.Signal = streammod.Signal(m.rt, v, "options.signal")
	}
}
