package netmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/net"
)

// SocketOf returns the Socket behind a value, nil if there is none.
func SocketOf(v goja.Value) *net.Socket {
	if s, ok := bind.From(v).(net.Socketer); ok {
		return s.AsSocket()
	}
	return nil
}

func (m *module) sock(v goja.Value) *net.Socket {
	s := SocketOf(v)
	if s == nil {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Socket"))
	}
	return s
}

// once makes a once-registration of a callback, nil for none.
func once(v goja.Value) *events.Listener {
	if v == nil || !bind.IsCallable(v) {
		return nil
	}
	return events.NewHostListener(v, true)
}

func (m *module) defineSocket(duplex *bind.Class) {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "Socket", Key: "net.Socket", Parent: duplex, Length: 1, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		s := &net.Socket{}
		var o net.SocketOptions
		if len(args) > 0 && goja.IsNumber(args[0]) {
			o = net.NewSocketOptions()
			o.FD = int(args[0].ToInteger())
		} else {
			var opts *goja.Object
			if len(args) > 0 {
				opts, _ = args[0].(*goja.Object)
			}
			o = ReadSocketOptions(rt, opts)
			if opts != nil {
				if r, ok := bind.Get(opts, "onread").(*goja.Object); ok {
					o.OnRead = m.onRead(this, r)
				}
			}
		}
		o.Host, o.HasHost = m.socket.Host(), true
		s.Bind(o.Host, s)
		m.socket.Adopt(this, s)
		rt.Must(s.Init(rt.Loop, s, o))
		return nil
	}})
	m.socket = c
	m.socketMethods(c)
	m.socketProps(c)
	m.socketKeys(c)
	c.Seal()
}

func (m *module) socketMethods(c *bind.Class) {
	rt := m.rt
	c.Method("connect", 0, func(call goja.FunctionCall) goja.Value {
		args := call.Arguments
		if len(args) == 1 && bind.IsArray(args[0]) { // [options, callback] of _normalizeArgs
			args = items(args[0].(*goja.Object))
		}
		opts, cb := m.normalize(args)
		s := m.sock(call.This)
		rt.Must(s.BaseConnect(ReadConnectOptions(rt, opts), once(cb)))
		return call.This
	})
	c.Method("setTimeout", 2, func(call goja.FunctionCall) goja.Value {
		ms := Timeout(rt, call.Argument(0), "msecs")
		var l *events.Listener
		if cb := call.Argument(1); !goja.IsUndefined(cb) {
			fn := rt.Function(cb, "callback")
			s := m.sock(call.This)
			if ms == 0 {
				l = bind.FindListener(&s.Emitter, events.Name("timeout"), fn)
			} else {
				l = events.NewHostListener(fn, true)
			}
		}
		m.sock(call.This).BaseSetTimeout(ms, l)
		return call.This
	})
	c.Method("setNoDelay", 1, func(call goja.FunctionCall) goja.Value {
		on := true
		if v := call.Argument(0); !goja.IsUndefined(v) {
			on = v.ToBoolean()
		}
		m.sock(call.This).SetNoDelay(on)
		return call.This
	})
	c.Method("setKeepAlive", 2, func(call goja.FunctionCall) goja.Value {
		delay := 0
		if f := call.Argument(1).ToFloat(); f > 0 {
			delay = int(f)
		}
		m.sock(call.This).SetKeepAlive(call.Argument(0).ToBoolean(), delay)
		return call.This
	})
	c.Method("address", 0, func(call goja.FunctionCall) goja.Value { return m.addressValue(m.sock(call.This).Address()) })
	c.Method("ref", 0, func(call goja.FunctionCall) goja.Value { m.sock(call.This).BaseRef(); return call.This })
	c.Method("unref", 0, func(call goja.FunctionCall) goja.Value { m.sock(call.This).BaseUnref(); return call.This })
	c.Method("destroySoon", 0, func(call goja.FunctionCall) goja.Value {
		m.sock(call.This).BaseDestroySoon()
		return goja.Undefined()
	})
	c.Method("resetAndDestroy", 0, func(call goja.FunctionCall) goja.Value {
		rt.Must(m.sock(call.This).ResetAndDestroy())
		return call.This
	})
	c.Method("pause", 0, func(call goja.FunctionCall) goja.Value { m.sock(call.This).BasePause(); return call.This })
	c.Method("resume", 0, func(call goja.FunctionCall) goja.Value { m.sock(call.This).BaseResume(); return call.This })
	c.Method("read", 1, func(call goja.FunctionCall) goja.Value {
		return rt.ChunkValue(m.sock(call.This).BaseRead(streammod.ReadSize(call.Argument(0))))
	})
	c.Method("_read", 1, func(call goja.FunctionCall) goja.Value {
		m.sock(call.This).ReadImpl(int(call.Argument(0).ToInteger()))
		return goja.Undefined()
	})
	c.Method("_write", 3, func(call goja.FunctionCall) goja.Value {
		cb := rt.Callback(call.Argument(2))
		m.sock(call.This).WriteImpl(streammod.ToChunk(call.Argument(0)), text(call.Argument(1)), func(err error) {
			if cb != nil {
				cb(err)
			}
		})
		return goja.Undefined()
	})
	c.Method("_writev", 2, func(call goja.FunctionCall) goja.Value {
		cb := rt.Callback(call.Argument(1))
		m.sock(call.This).WritevImpl(streammod.Requests(call.Argument(0)), func(err error) {
			if cb != nil {
				cb(err)
			}
		})
		return goja.Undefined()
	})
	c.Method("_final", 1, func(call goja.FunctionCall) goja.Value {
		cb := rt.Callback(call.Argument(0))
		m.sock(call.This).FinalImpl(func(err error) {
			if cb != nil {
				cb(err)
			}
		})
		return goja.Undefined()
	})
	c.Method("_destroy", 2, func(call goja.FunctionCall) goja.Value {
		cb := rt.Callback(call.Argument(1))
		m.sock(call.This).DestroyImpl(rt.GoError(call.Argument(0)), func(err error) {
			if cb != nil {
				cb(err)
			}
		})
		return goja.Undefined()
	})
	c.Method("_unrefTimer", 0, func(call goja.FunctionCall) goja.Value {
		m.sock(call.This).Touch()
		return goja.Undefined()
	})
	c.Method("_getpeername", 0, func(call goja.FunctionCall) goja.Value {
		return m.addressValue(m.sock(call.This).BasePeerName())
	})
	c.Method("_getsockname", 0, func(call goja.FunctionCall) goja.Value {
		return m.addressValue(m.sock(call.This).SocketName())
	})
	base := c.Parent.Proto.Get("write")
	c.Method("write", 3, func(call goja.FunctionCall) goja.Value {
		s := m.sock(call.This)
		if s.HasEnded() {
			enc, cb := call.Argument(1), call.Argument(2)
			if bind.IsCallable(enc) {
				enc, cb = goja.Undefined(), enc
			}
			return rt.VM.ToValue(s.WriteAfterFIN(streammod.ToChunk(call.Argument(0)), text(enc), rt.Callback(cb)))
		}
		return rt.Call(base, call.This, call.Arguments...)
	})
}

// Timeout validates a timeout in milliseconds, as setTimeout's argument.
func Timeout(rt *bind.Runtime, v goja.Value, name string) int64 {
	f := rt.Number(v, name)
	if f < 0 || math.IsInf(f, 0) || math.IsNaN(f) {
		rt.OutOfRange(name, "a non-negative finite number", v)
	}
	if f > math.MaxInt32 {
		rt.Warn(bind.FormatNumber(f)+" does not fit into a 32-bit signed integer.\nTimer duration was truncated to 2147483647.", "TimeoutOverflowWarning", nil)
		return math.MaxInt32
	}
	return int64(math.Ceil(f))
}

func (m *module) socketProps(c *bind.Class) {
	rt := m.rt
	prop := func(name string, get func(*net.Socket) any, set func(*net.Socket, goja.Value)) {
		var setter func(this, v goja.Value)
		if set != nil {
			setter = func(this, v goja.Value) {
				if s := SocketOf(this); s != nil {
					set(s, v)
				}
			}
		}
		c.Accessor(name, func(this goja.Value) goja.Value {
			s := SocketOf(this)
			if s == nil {
				return goja.Undefined()
			}
			return rt.ToValue(get(s))
		}, setter)
	}
	orUndefined := func(s string) any {
		if s == "" {
			return bind.Undefined
		}
		return s
	}
	portOr := func(n int) any {
		if n == 0 {
			return bind.Undefined
		}
		return n
	}
	prop("_handle", func(s *net.Socket) any {
		if s.Handle() == nil {
			return nil
		}
		return s.Handle()
	}, func(s *net.Socket, v goja.Value) {
		h, _ := bind.From(v).(*net.Handle)
		s.SetHandle(h)
	})
	prop("connecting", func(s *net.Socket) any { return s.Connecting() }, func(s *net.Socket, v goja.Value) { s.SetConnecting(v.ToBoolean()) })
	prop("_connecting", func(s *net.Socket) any { return s.Connecting() }, nil)
	prop("pending", func(s *net.Socket) any { return s.Pending() }, nil)
	prop("readyState", func(s *net.Socket) any { return s.ReadyState() }, nil)
	prop("bufferSize", func(s *net.Socket) any {
		if n, ok := s.BufferSize(); ok {
			return n
		}
		return bind.Undefined
	}, nil)
	prop("bytesRead", func(s *net.Socket) any { return int64(s.BytesRead()) }, nil)
	prop("bytesWritten", func(s *net.Socket) any { return int64(s.BytesWritten()) }, nil)
	prop("_bytesDispatched", func(s *net.Socket) any { return int64(s.BytesWritten()) }, nil)
	prop("remoteAddress", func(s *net.Socket) any { return orUndefined(s.RemoteAddress()) }, nil)
	prop("remoteFamily", func(s *net.Socket) any { return orUndefined(s.RemoteFamily()) }, nil)
	prop("remotePort", func(s *net.Socket) any { return portOr(s.RemotePort()) }, nil)
	prop("localAddress", func(s *net.Socket) any { return orUndefined(s.LocalAddress()) }, nil)
	prop("localPort", func(s *net.Socket) any { return portOr(s.LocalPort()) }, nil)
	prop("localFamily", func(s *net.Socket) any { return orUndefined(s.LocalFamily()) }, nil)
	prop("_host", func(s *net.Socket) any {
		if h := s.ParentHost(); h != "" {
			return h
		}
		return nil
	}, nil)
	prop("timeout", func(s *net.Socket) any {
		if ms, ok := s.Timeout(); ok {
			return ms
		}
		return bind.Undefined
	}, func(s *net.Socket, v goja.Value) {
		if goja.IsNumber(v) {
			s.NoteTimeout(int64(v.ToFloat()))
		}
	})
	prop("autoSelectFamilyAttemptedAddresses", func(s *net.Socket) any {
		if a := s.Attempted(); a != nil {
			return a
		}
		return bind.Undefined
	}, nil)
	m.slotProp(c, "server", "_server")
	_ = c.Proto.Set("_onTimeout", rt.Func("_onTimeout", 0, func(call goja.FunctionCall) goja.Value {
		m.sock(call.This).Emit("timeout")
		return goja.Undefined()
	}))
}

// SetServerOf tells which server speaks on a socket: f returns nil for none.
func SetServerOf(rt *bind.Runtime, f func(socket goja.Value) goja.Value) { get(rt).serverOf = f }

var serverSymbol = bind.HiddenSymbol("kServer")

// slotProp adds socket.server and _server: the server that accepted the socket,
// or what a program put there.
func (m *module) slotProp(c *bind.Class, names ...string) {
	own := serverSymbol
	for _, name := range names {
		c.Accessor(name, func(this goja.Value) goja.Value {
			o, ok := this.(*goja.Object)
			if !ok {
				return goja.Undefined()
			}
			if v := o.GetSymbol(own); v != nil {
				return v
			}
			s := SocketOf(this)
			if s == nil {
				return goja.Undefined()
			}
			if name == "server" && m.serverOf != nil {
				if v := m.serverOf(o); v != nil {
					return v
				}
			}
			if srv := s.Server(); srv != nil {
				return m.rt.Wrap(srv)
			}
			return goja.Null()
		}, func(this, v goja.Value) {
			if o, ok := this.(*goja.Object); ok {
				_ = o.DefineDataPropertySymbol(own, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			}
		})
	}
}

// connect is net.connect: a new socket that connects.
func (m *module) connect(c goja.FunctionCall) goja.Value {
	opts, cb := m.normalize(c.Arguments)
	o, err := m.rt.VM.New(m.socket.Ctor, opts)
	if err != nil {
		panic(err)
	}
	net.DebugConnect(m.rt.Loop, net.ConnectArgs{Options: opts, Callback: cb})
	if t := bind.Get(opts, "timeout"); t.ToBoolean() {
		m.rt.Call(o.Get("setTimeout"), o, t)
	}
	return m.rt.Call(o.Get("connect"), o, opts, cb)
}
