package netmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/eventsmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/jsbind/modules/timersmod"
	"github.com/spindle-js/spindle/net"
)

// The symbols that Node keeps on sockets, servers and their handles.
var (
	asyncID        = goja.NewSymbol("async_id_symbol")
	kHandle        = goja.NewSymbol("kHandle")
	lastQueueSize  = goja.NewSymbol("lastWriteQueueSize")
	kTimeout       = goja.NewSymbol("timeout")
	kBuffer        = goja.NewSymbol("kBuffer")
	kBufferCb      = goja.NewSymbol("kBufferCb")
	kBufferGen     = goja.NewSymbol("kBufferGen")
	kNoDelay       = goja.NewSymbol("kSetNoDelay")
	kKeepAlive     = goja.NewSymbol("kSetKeepAlive")
	kKeepAliveWait = goja.NewSymbol("kSetKeepAliveInitialDelay")
	kBytesRead     = goja.NewSymbol("kBytesRead")
	kBytesWritten  = goja.NewSymbol("kBytesWritten")
	ownerSymbol    = goja.NewSymbol("owner_symbol")
)

func init() {
	bind.RegisterOwnKeys((*net.Handle)(nil), "reading", "onconnection",
		bind.Key("_consumed").When(func(state any) bool { return state.(*net.Handle).Consumer() != nil }),
		bind.SymbolKey(ownerSymbol).When(func(state any) bool { return state.(*net.Handle).Owner != nil }))
}

// handleKeys adds what only key lists and inspection ask a handle for.
func (m *module) handleKeys(c *bind.Class) {
	view := func(get func(*net.Handle) any) func(goja.Value) goja.Value {
		return func(this goja.Value) goja.Value {
			if h, ok := bind.From(this).(*net.Handle); ok {
				return m.rt.ToValue(get(h))
			}
			return goja.Undefined()
		}
	}
	c.View("_consumed", view(func(h *net.Handle) any { return h.Consumer() != nil }))
	c.SymbolAccessor(ownerSymbol, view(func(h *net.Handle) any {
		if o, ok := h.Owner.(events.Object); ok {
			return o
		}
		return bind.Undefined
	}), nil)
}

func socketIs(f func(*net.Socket) bool) func(any) bool {
	return func(state any) bool {
		s, ok := state.(net.Socketer)
		return ok && f(s.AsSocket())
	}
}

// SocketKeys are the own keys of a socket, with what http adds to those it
// uses.
func SocketKeys(http ...any) []any {
	keys := []any{
		"connecting", "_hadError", "_parent", "_host", "_closeAfterHandlingError",
		"_events", "_readableState", "_writableState", "allowHalfOpen", "_maxListeners", streammod.EventsCount,
		"_sockname", "_pendingData", "_pendingEncoding", "server", "_server",
		bind.Key("timeout").When(socketIs(func(s *net.Socket) bool { _, ok := s.Timeout(); return ok })),
	}
	keys = append(keys, http...)
	return append(keys, bind.Key("_peername").When(socketIs(func(s *net.Socket) bool { return !s.KnownPeer().IsZero() })),
		asyncID, kHandle, lastQueueSize, kTimeout, kBuffer, kBufferCb, kBufferGen,
		eventsmod.ShapeMode, eventsmod.Capture, kNoDelay, kKeepAlive, kKeepAliveWait, kBytesRead, kBytesWritten)
}

// socketKeys adds what only key lists and inspection ask a socket for.
func (m *module) socketKeys(c *bind.Class) {
	rt := m.rt
	c.OwnKeys(SocketKeys()...)
	view := func(get func(*net.Socket) any) func(goja.Value) goja.Value {
		return func(this goja.Value) goja.Value {
			if s := SocketOf(this); s != nil {
				return rt.ToValue(get(s))
			}
			return goja.Undefined()
		}
	}
	address := func(a net.Address) any {
		if a.IsZero() {
			return nil
		}
		return a
	}
	handle := func(s *net.Socket) any {
		if s.Handle() == nil {
			return nil
		}
		return s.Handle()
	}
	c.Default("_hadError", false)
	c.View("_parent", view(func(s *net.Socket) any {
		if p := s.Parent(); p != nil {
			return p
		}
		return nil
	}))
	c.View("_closeAfterHandlingError", view(func(s *net.Socket) any { return s.CloseAfterHandlingError() }))
	c.View("_sockname", view(func(s *net.Socket) any { return address(s.KnownName()) }))
	c.View("_peername", view(func(s *net.Socket) any { return address(s.KnownPeer()) }))
	c.Default("_pendingData", nil)
	c.Default("_pendingEncoding", "")
	c.SymbolAccessor(asyncID, func(this goja.Value) goja.Value {
		if s := SocketOf(this); s != nil && s.Handle() != nil {
			return rt.VM.ToValue(rt.AsyncID(this.(*goja.Object)))
		}
		return rt.VM.ToValue(-1)
	}, nil)
	c.SymbolAccessor(kHandle, view(handle), nil)
	c.SymbolAccessor(lastQueueSize, view(func(s *net.Socket) any { return s.LastWriteQueueSize() }), nil)
	c.SymbolAccessor(kTimeout, view(func(s *net.Socket) any {
		if t := s.Timer(); t != nil {
			return timersmod.Of(rt, t)
		}
		return nil
	}), nil)
	for _, k := range []*goja.Symbol{kBuffer, kBufferCb, kBufferGen} {
		c.Default(k, nil)
	}
	c.SymbolAccessor(kNoDelay, view(func(s *net.Socket) any { return s.NoDelay() }), nil)
	c.SymbolAccessor(kKeepAlive, view(func(s *net.Socket) any { return s.KeepAlive() }), nil)
	c.SymbolAccessor(kKeepAliveWait, view(func(s *net.Socket) any { return s.KeepAliveDelay() }), nil)
	c.SymbolAccessor(kBytesRead, view(func(s *net.Socket) any { r, _ := s.FinalBytes(); return int64(r) }), nil)
	c.SymbolAccessor(kBytesWritten, view(func(s *net.Socket) any { _, w := s.FinalBytes(); return int64(w) }), nil)
}

func serverIs(f func(*net.Server) bool) func(any) bool {
	return func(state any) bool {
		s, ok := state.(net.Serverer)
		return ok && f(s.AsServer())
	}
}

// ServerKeys are the own keys that a server begins with.
var ServerKeys = []any{
	"_events", "_eventsCount", "_maxListeners", "_connections", "_handle", "_usingWorkers", "_workers", "_unref", "_listeningId",
	"allowHalfOpen", "pauseOnConnect", "noDelay", "keepAlive", "keepAliveInitialDelay", "highWaterMark",
}

// ServerExtras are those that come with use.
var ServerExtras = []any{
	bind.Key("maxConnections").When(serverIs(func(s *net.Server) bool { return s.MaxConnections >= 0 })),
	bind.Key("dropMaxConnection").When(serverIs(func(s *net.Server) bool { return s.DropMaxConnection })),
	bind.Key("_pipeName").When(serverIs(func(s *net.Server) bool { return s.PipeName() != "" })),
	bind.Key("_connectionKey").When(serverIs(func(s *net.Server) bool { return s.ConnectionKey() != "" })),
}

// AsyncIDSymbol is the key of a server's number.
var AsyncIDSymbol = asyncID

// serverKeys is socketKeys for servers.
func (m *module) serverKeys(c *bind.Class) {
	rt := m.rt
	keys := append(append([]any{}, ServerKeys...), ServerExtras...)
	c.OwnKeys(append(keys, eventsmod.ShapeMode, eventsmod.Capture, asyncID)...)
	view := func(get func(*net.Server) any) func(goja.Value) goja.Value {
		return func(this goja.Value) goja.Value {
			if s, ok := bind.From(this).(net.Serverer); ok {
				return rt.ToValue(get(s.AsServer()))
			}
			return goja.Undefined()
		}
	}
	c.Default("_usingWorkers", false)
	c.View("_workers", view(func(*net.Server) any { return []any{} }))
	c.View("_unref", view(func(s *net.Server) any { return s.Unrefed() }))
	c.View("_listeningId", view(func(s *net.Server) any { return s.ListeningID() }))
	c.View("_pipeName", view(func(s *net.Server) any { return s.PipeName() }))
	c.SymbolAccessor(asyncID, func(this goja.Value) goja.Value {
		if s, ok := bind.From(this).(net.Serverer); ok && s.AsServer().Handle() != nil {
			return rt.VM.ToValue(rt.AsyncID(this.(*goja.Object)))
		}
		return rt.VM.ToValue(-1)
	}, nil)
}
