package httpmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/eventsmod"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
)

// The symbols that Node keeps on messages and servers.
var (
	kHeaders       = goja.NewSymbol("kHeaders")
	kHeadersCount  = goja.NewSymbol("kHeadersCount")
	kTrailers      = goja.NewSymbol("kTrailers")
	kTrailersCount = goja.NewSymbol("kTrailersCount")
	kHeadersMulti  = goja.NewSymbol("kHeadersDistinct")
	kTrailersMulti = goja.NewSymbol("kTrailersDistinct")

	kBytesWritten  = goja.NewSymbol("kBytesWritten")
	kNeedDrain     = goja.NewSymbol("kNeedDrain")
	kCorked        = goja.NewSymbol("corked")
	kChunkedBuffer = goja.NewSymbol("kChunkedBuffer")
	kChunkedLength = goja.NewSymbol("kChunkedLength")
	kSocket        = goja.NewSymbol("kSocket")
	kOutHeaders    = goja.NewSymbol("kOutHeaders")
	kErrored       = goja.NewSymbol("errored")
	kHighWaterMark = goja.NewSymbol("kHighWaterMark")
	kRejectWrites  = goja.NewSymbol("kRejectNonStandardBodyWrites")
	kUniqueHeaders = goja.NewSymbol("kUniqueHeaders")

	kRequestOptions  = goja.NewSymbol("requestOptions")
	kRequestResource = goja.NewSymbol("requestAsyncResource")

	kIncomingClass = goja.NewSymbol("IncomingMessage")
	kResponseClass = goja.NewSymbol("ServerResponse")
	kOptimize      = goja.NewSymbol("OptimizeEmptyRequestsOption")
	kConnections   = goja.NewSymbol("http.server.connections")
	kChecking      = goja.NewSymbol("http.server.connectionsCheckingInterval")
)

// is makes a condition of a state's type.
func is[T any](f func(T) bool) func(any) bool {
	return func(state any) bool {
		t, ok := state.(T)
		return ok && f(t)
	}
}

// ownKeys says which properties Node keeps on the objects of http.
func (m *module) ownKeys() {
	m.incomingKeys()
	m.outgoingKeys()
	m.serverKeys()
	m.agentKeys()
	m.connKeys()
	for _, c := range []*bind.Class{m.incoming, m.outgoing, m.response, m.request, m.server, m.agent, m.socket} {
		c.Seal()
	}
}

func (m *module) incomingKeys() {
	view := func(f func(*incomingView) goja.Value) func(any) bool {
		return is(func(x *http.IncomingMessage) bool {
			v, ok := x.Ext.(*incomingView)
			return ok && f(v) != nil
		})
	}
	c := m.incoming
	c.OwnKeys("_events", "_readableState", "_maxListeners", "socket", "httpVersionMajor", "httpVersionMinor", "httpVersion", "complete",
		"rawHeaders", "rawTrailers", "joinDuplicateHeaders", "aborted", "upgrade", "url", "method", "statusCode", "statusMessage", "client",
		"_consuming", "_dumped",
		bind.Key("req").When(is(func(x *http.IncomingMessage) bool { return x.Request != nil })), streammod.EventsCount,
		eventsmod.ShapeMode, eventsmod.Capture, kHeaders, kHeadersCount, kTrailers, kTrailersCount,
		bind.SymbolKey(kHeadersMulti).When(view(func(v *incomingView) goja.Value { return v.distinct })),
		bind.SymbolKey(kTrailersMulti).When(view(func(v *incomingView) goja.Value { return v.trailersDistinct })))
	accessor(m.rt, c, "_consuming", incomingOf, func(x *http.IncomingMessage) any { return x.Consuming() }, func(*http.IncomingMessage, goja.Value) bool { return false })
	sym := func(s *goja.Symbol, get func(*http.IncomingMessage) any) { symbol(m.rt, c, s, incomingOf, get) }
	shown := func(s *goja.Symbol, slot func(*incomingView) goja.Value) {
		sym(s, func(x *http.IncomingMessage) any {
			if v, ok := x.Ext.(*incomingView); ok && slot(v) != nil {
				return slot(v)
			}
			return nil
		})
	}
	shown(kHeaders, func(v *incomingView) goja.Value { return v.headers })
	shown(kTrailers, func(v *incomingView) goja.Value { return v.trailers })
	shown(kHeadersMulti, func(v *incomingView) goja.Value { return v.distinct })
	shown(kTrailersMulti, func(v *incomingView) goja.Value { return v.trailersDistinct })
	sym(kHeadersCount, func(x *http.IncomingMessage) any { return len(x.RawHeaders) })
	sym(kTrailersCount, func(x *http.IncomingMessage) any { return len(x.RawTrailers) })
}

// outgoingKeys are those of OutgoingMessage, ServerResponse and ClientRequest.
func (m *module) outgoingKeys() {
	base := []any{"_events", "_eventsCount", "_maxListeners", "outputData", "outputSize", "writable", "destroyed", "_last", "chunkedEncoding",
		"shouldKeepAlive", "maxRequestsOnConnectionReached", "_defaultKeepAlive", "useChunkedEncodingByDefault", "sendDate",
		"_removedConnection", "_removedContLen", "_removedTE", "strictContentLength", "_contentLength", "_hasBody", "_trailer",
		"finished", "_headerSent", "_closed", "_header", "_keepAliveTimeout", "_onPendingData"}
	symbols := []any{eventsmod.ShapeMode, eventsmod.Capture, kBytesWritten, kNeedDrain, kCorked, kChunkedBuffer, kChunkedLength, kSocket,
		kOutHeaders, kErrored, kHighWaterMark, kRejectWrites}
	list := func(own ...any) []any { return append(append(append([]any{}, base...), own...), symbols...) }
	unique := bind.SymbolKey(kUniqueHeaders)
	m.outgoing.OwnKeys(list()...)
	onServer := is(func(r *http.ServerResponse) bool { return r.OnServer() || r.OnPendingData != nil })
	head := is(func(r *http.ServerResponse) bool { return r.HeadersSent() })
	m.response.OwnKeys(append(list("req", "_sent100", "_expect_continue",
		bind.Key("_maxRequestsPerSocket").When(onServer), bind.Key("statusMessage").When(is(func(r *http.ServerResponse) bool { return r.StatusMessage != "" || head(r) })),
		bind.Key("statusCode").When(is(func(r *http.ServerResponse) bool { return head(r) || r.StatusCode != 200 || r.StatusOf != nil }))),
		unique.When(onServer))...)
	has := func(f func(*http.ClientRequest) bool) func(any) bool { return is(f) }
	queued := has(func(r *http.ClientRequest) bool { return r.Queued() != nil })
	m.request.OwnKeys(append(list("agent", "socketPath", bind.Key("timeout").When(has(func(r *http.ClientRequest) bool { return r.HasTimeout })),
		"method", "maxHeaderSize", "insecureHTTPParser", "joinDuplicateHeaders", "path", "_ended", "res", "aborted", "timeoutCb",
		"upgradeOrConnect", "parser", "maxHeadersCount", "reusedSocket", "host", "protocol"), unique,
		bind.SymbolKey(kRequestOptions).When(queued), bind.SymbolKey(kRequestResource).When(queued))...)

	c := m.outgoing
	sym := func(s *goja.Symbol, get func(*http.OutgoingMessage) any) { symbol(m.rt, c, s, outgoingOf, get) }
	nop := m.rt.Func("nop", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	update := m.rt.Func("bound updateOutgoingData", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	accessor(m.rt, c, "_onPendingData", outgoingOf, func(o *http.OutgoingMessage) any {
		if o.OnPendingData != nil {
			return update
		}
		return nop
	}, func(*http.OutgoingMessage, goja.Value) bool { return false })
	sym(kBytesWritten, func(o *http.OutgoingMessage) any { return o.BytesCounted() })
	sym(kNeedDrain, func(o *http.OutgoingMessage) any { return o.NeedsDrain() })
	sym(kCorked, func(o *http.OutgoingMessage) any { return o.WritableCorked() })
	sym(kChunkedBuffer, func(o *http.OutgoingMessage) any { return m.chunks(o.ChunkedBuffer()) })
	sym(kChunkedLength, func(o *http.OutgoingMessage) any { return o.ChunkedLength() })
	sym(kSocket, func(o *http.OutgoingMessage) any {
		if o.Conn == nil {
			return nil
		}
		return events.Object(o.Conn)
	})
	sym(kOutHeaders, func(o *http.OutgoingMessage) any {
		list := m.rt.VM.NewObject()
		_ = list.SetPrototype(nil)
		n := 0
		o.Headers(func(key string, f http.Field) bool {
			_ = list.Set(key, m.rt.VM.NewArray(f.Name, m.valueOf(f.Value)))
			n++
			return true
		})
		if n == 0 {
			return nil
		}
		return list
	})
	sym(kErrored, func(o *http.OutgoingMessage) any {
		if o.Err == nil {
			return nil
		}
		return o.Err
	})
	sym(kHighWaterMark, func(o *http.OutgoingMessage) any { return o.WritableHighWaterMark() })
	sym(kRejectWrites, func(o *http.OutgoingMessage) any { return o.RejectNonStandardBody })
	sym(kUniqueHeaders, func(o *http.OutgoingMessage) any { return m.uniqueHeaders(o.UniqueHeaders) })
	m.requestKeys()
}

// requestKeys adds what only a ClientRequest has.
func (m *module) requestKeys() {
	c := m.request
	fixed := func(*http.ClientRequest, goja.Value) bool { return false }
	prop := func(name string, get func(*http.ClientRequest) any) { accessor(m.rt, c, name, requestOf, get, fixed) }
	prop("maxHeaderSize", func(r *http.ClientRequest) any {
		if r.MaxHeaderSize() == 0 {
			return bind.Undefined
		}
		return r.MaxHeaderSize()
	})
	yes := func(v bool) any {
		if !v {
			return bind.Undefined
		}
		return true
	}
	prop("insecureHTTPParser", func(r *http.ClientRequest) any { return triValue(r.InsecureHTTPParser()) })
	prop("joinDuplicateHeaders", func(r *http.ClientRequest) any { return yes(r.JoinDuplicateHeaders()) })
	symbol(m.rt, c, kRequestOptions, requestOf, func(r *http.ClientRequest) any {
		if o := r.Queued(); o != nil {
			return m.optionsValue(o)
		}
		return bind.Undefined
	})
	symbol(m.rt, c, kRequestResource, requestOf, func(r *http.ClientRequest) any {
		if r.Queued() == nil {
			return bind.Undefined
		}
		hooks := m.rt.Require("async_hooks").(*goja.Object)
		return m.construct(hooks.Get("AsyncResource").(*goja.Object), []goja.Value{m.rt.VM.ToValue("QueuedRequest")})
	})
	emit := m.rt.Func("emitRequestTimeout", 0, func(c goja.FunctionCall) goja.Value {
		if x, ok := bind.From(c.This).(http.Conn); ok {
			if r, ok := http.MessageOn(x).(*http.ClientRequest); ok {
				r.Emit("timeout")
			}
		}
		return goja.Undefined()
	})
	prop("timeoutCb", func(r *http.ClientRequest) any {
		if r.ListensTimeout() {
			return emit
		}
		return nil
	})
}

func (m *module) serverKeys() {
	keys := []any{"maxHeaderSize", "insecureHTTPParser", "requestTimeout", "headersTimeout", "keepAliveTimeout", "keepAliveTimeoutBuffer",
		"connectionsCheckingInterval", "requireHostHeader", "joinDuplicateHeaders", "rejectNonStandardBodyWrites", "shouldUpgradeCallback"}
	keys = append(append(keys, netmod.ServerKeys...), "httpAllowHalfOpen", "timeout", "maxHeadersCount", "maxRequestsPerSocket")
	keys = append(append(keys, netmod.ServerExtras...), kIncomingClass, kResponseClass, kOptimize, eventsmod.ShapeMode, eventsmod.Capture,
		netmod.AsyncIDSymbol, kUniqueHeaders)
	checked := is(func(s *http.Server) bool { return s.ConnectionsCheck() != nil })
	m.server.OwnKeys(append(keys, bind.SymbolKey(kConnections).When(checked), bind.SymbolKey(kChecking).When(checked))...)
	m.serverSymbols(m.server)
}

// serverSymbols adds what servers keep under symbols.
func (m *module) serverSymbols(c *bind.Class) {
	upgrade := m.rt.Func("", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	accessor(m.rt, c, "shouldUpgradeCallback", serverOf, func(s *http.Server) any {
		if f, ok := s.Ext.(*serverView); ok && f.shouldUpgrade != nil {
			return f.shouldUpgrade
		}
		return upgrade
	}, func(*http.Server, goja.Value) bool { return false })
	sym := func(s *goja.Symbol, get func(*http.Server) any) { symbol(m.rt, c, s, serverOf, get) }
	given := func(pick func(*serverView) goja.Value, def goja.Value) func(*http.Server) any {
		return func(s *http.Server) any {
			if v, ok := s.Ext.(*serverView); ok && pick(v) != nil {
				return pick(v)
			}
			return def
		}
	}
	sym(kIncomingClass, given(func(v *serverView) goja.Value { return v.incoming }, m.incoming.Ctor))
	sym(kResponseClass, given(func(v *serverView) goja.Value { return v.response }, m.response.Ctor))
	sym(kOptimize, func(s *http.Server) any { return s.OptimizeEmptyRequests })
	sym(kUniqueHeaders, func(s *http.Server) any { return m.uniqueHeaders(s.UniqueHeaders) })
	list := m.rt.NewClass(bind.ClassDef{Name: "ConnectionsList", New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
	sym(kConnections, func(s *http.Server) any { return m.rt.VM.CreateObject(list.Proto) })
}

// serverView keeps what only JavaScript knows of a server.
type serverView struct{ incoming, response, shouldUpgrade goja.Value }

func viewOfServer(s *http.Server) *serverView {
	v, ok := s.Ext.(*serverView)
	if !ok {
		v = &serverView{}
		s.Ext = v
	}
	return v
}

func (m *module) agentKeys() {
	m.agent.OwnKeys("_events", "_eventsCount", "_maxListeners", "options", "defaultPort", "protocol", "requests", "sockets", "freeSockets",
		"keepAliveMsecs", "keepAlive", "maxSockets", "maxFreeSockets", "scheduling", "maxTotalSockets", "totalSocketCount",
		"agentKeepAliveTimeoutBuffer", eventsmod.ShapeMode, eventsmod.Capture)
}

// connKeys adds what http puts on the sockets that it uses.
func (m *module) connKeys() {
	conn := func(f func(http.Conn) bool) func(any) bool { return is(f) }
	used := conn(func(c http.Conn) bool {
		return http.ParserOn(c) != nil || http.MessageOn(c) != nil || http.ServerOf(c) != nil
	})
	served := conn(func(c http.Conn) bool { return http.ServerOf(c) != nil })
	m.socket.OwnKeys(netmod.SocketKeys(
		bind.Key("parser").When(used), bind.Key("on").When(served), bind.Key("addListener").When(served),
		bind.Key("prependListener").When(served), bind.Key("setEncoding").When(served), bind.Key("_paused").When(served),
		bind.Key("_httpMessage").When(used))...)
	m.socket.View("_paused", func(this goja.Value) goja.Value {
		if c, ok := bind.From(this).(http.Conn); ok && http.ServerOf(c) != nil {
			return m.rt.VM.ToValue(http.Paused(c))
		}
		return goja.Undefined()
	})
}

// symbol is accessor for a symbol that only shows.
func symbol[T any](rt *bind.Runtime, c *bind.Class, s *goja.Symbol, of func(goja.Value) (T, bool), get func(T) any) {
	c.SymbolAccessor(s, func(this goja.Value) goja.Value {
		if t, ok := of(this); ok {
			return rt.ToValue(get(t))
		}
		return goja.Undefined()
	}, nil)
}

// chunks is an array of chunks.
func (m *module) chunks(list []buffer.Chunk) goja.Value {
	items := make([]any, len(list))
	for i, c := range list {
		items[i] = m.rt.ChunkValue(c)
	}
	return m.rt.VM.NewArray(items...)
}

// uniqueHeaders is null or the set of the option.
func (m *module) uniqueHeaders(names map[string]bool) any {
	if len(names) == 0 {
		return nil
	}
	set, err := m.rt.VM.New(m.rt.VM.Get("Set"))
	if err != nil {
		panic(err)
	}
	for n := range names {
		m.rt.Call(set.Get("add"), set, m.rt.VM.ToValue(n))
	}
	return set
}
