package http2mod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// untouchable are the members of a session's socket that a program must not use.
var untouchable = map[string]bool{"destroy": true, "emit": true, "end": true, "pause": true, "read": true, "resume": true, "write": true,
	"setEncoding": true, "setKeepAlive": true, "setNoDelay": true}

// bound returns a member of an object, functions bound to it.
func (m *module) bound(o *goja.Object, v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	if bind.IsCallable(v) {
		return m.rt.Call(v.(*goja.Object).Get("bind"), v, o)
	}
	return v
}

// sessionSocket is session.socket: the socket without what would disturb the
// protocol.
func (m *module) sessionSocket(s *http2.Session) goja.Value {
	rt := m.rt
	if s.Socket() == nil {
		return goja.Undefined()
	}
	if p, ok := s.Shown.(goja.Value); ok {
		return p
	}
	self := rt.Wrap(s).(*goja.Object)
	socket := func() *goja.Object {
		if s.Socket() == nil {
			rt.Throw(nodeerr.HTTP2("SOCKET_UNBOUND"))
		}
		return rt.Wrap(s.Socket()).(*goja.Object)
	}
	own := func(name string) bool { return name == "setTimeout" || name == "ref" || name == "unref" }
	p := rt.VM.NewProxy(self, &goja.ProxyTrapConfig{
		Get: func(_ *goja.Object, name string, _ goja.Value) goja.Value {
			switch {
			case own(name):
				return m.bound(self, self.Get(name))
			case untouchable[name]:
				rt.Throw(nodeerr.HTTP2("NO_SOCKET_MANIPULATION"))
			}
			o := socket()
			return m.bound(o, o.Get(name))
		},
		GetSym: func(_ *goja.Object, sym *goja.Symbol, _ goja.Value) goja.Value {
			o := socket()
			return m.bound(o, o.GetSymbol(sym))
		},
		Set: func(_ *goja.Object, name string, v, _ goja.Value) bool {
			switch {
			case own(name):
				_ = self.Set(name, v)
				return true
			case untouchable[name]:
				rt.Throw(nodeerr.HTTP2("NO_SOCKET_MANIPULATION"))
			}
			_ = socket().Set(name, v)
			return true
		},
		GetPrototypeOf: func(*goja.Object) *goja.Object { return socket().Prototype() },
	})
	v := rt.VM.ToValue(p)
	s.Shown = v
	return v
}

// streamSocket is request.socket and response.socket: the stream where a handler
// of package http uses the socket as one, the session's socket otherwise.
func (m *module) streamSocket(st *http2.Stream) goja.Value {
	rt := m.rt
	if p, ok := st.Shown.(goja.Value); ok {
		return p
	}
	self := rt.Wrap(st).(*goja.Object)
	ref := func() *goja.Object {
		if s := st.Session(); s != nil && s.Socket() != nil {
			return rt.Wrap(s.Socket()).(*goja.Object)
		}
		return self
	}
	p := rt.VM.NewProxy(self, &goja.ProxyTrapConfig{
		Has: func(_ *goja.Object, name string) bool { return has(self, name) || has(ref(), name) },
		Get: func(_ *goja.Object, name string, _ goja.Value) goja.Value {
			switch name {
			case "on", "once", "end", "emit", "destroy":
				return m.bound(self, self.Get(name))
			case "writable", "destroyed":
				return self.Get(name)
			case "readable":
				if st.Destroyed() {
					return rt.VM.ToValue(false)
				}
				if r := st.Request(); r != nil {
					return rt.Wrap(r).(*goja.Object).Get(name)
				}
				return self.Get(name)
			case "setTimeout":
				if s := st.Session(); s != nil {
					o := rt.Wrap(s).(*goja.Object)
					return m.bound(o, o.Get(name))
				}
				return m.bound(self, self.Get(name))
			case "write", "read", "pause", "resume":
				rt.Throw(nodeerr.HTTP2("NO_SOCKET_MANIPULATION"))
			}
			o := ref()
			return m.bound(o, o.Get(name))
		},
		GetSym: func(_ *goja.Object, sym *goja.Symbol, _ goja.Value) goja.Value {
			o := ref()
			return m.bound(o, o.GetSymbol(sym))
		},
		Set: func(_ *goja.Object, name string, v, _ goja.Value) bool {
			switch name {
			case "writable", "readable", "destroyed", "on", "once", "end", "emit", "destroy":
				_ = self.Set(name, v)
				return true
			case "setTimeout":
				if s := st.Session(); s != nil {
					_ = rt.Wrap(s).(*goja.Object).Set(name, v)
				} else {
					_ = self.Set(name, v)
				}
				return true
			case "write", "read", "pause", "resume":
				rt.Throw(nodeerr.HTTP2("NO_SOCKET_MANIPULATION"))
			}
			_ = ref().Set(name, v)
			return true
		},
		GetPrototypeOf: func(*goja.Object) *goja.Object { return ref().Prototype() },
	})
	v := rt.VM.ToValue(p)
	st.Shown = v
	return v
}

// has is the operator in.
func has(o *goja.Object, name string) bool { return o.Get(name) != nil }
