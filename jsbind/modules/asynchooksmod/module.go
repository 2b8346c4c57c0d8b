package asynchooksmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

type module struct {
	rt        *bind.Runtime
	exports   *goja.Object
	t         tracker
	reactions reactions
	hooks     []*hook                 // enabled
	ended     []int64                 // resources whose end hooks are to be told of
	late      []int64                 // those that follow them
	live      map[*goja.Object]*scope // timers and immediates with ids
	storage   *bind.Class
	res       *bind.Class
	hook      *bind.Class
	top       *goja.Object // executionAsyncResource() outside any
}

type moduleKey struct{}

// Load returns the exports of node:async_hooks.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject(), top: rt.VM.NewObject()}
	m.live = map[*goja.Object]*scope{}
	m.t.m, m.reactions.t = m, &m.t
	m.t.root.id = 1 // until the main script has run
	rt.ResetAsync = m.t.reset
	rt.AsyncCleared = func(o *goja.Object) {
		if s := m.live[o]; s != nil {
			delete(m.live, o)
			m.destroyLater(s.id)
		}
	}
	rt.SetValue(moduleKey{}, m)
	m.defineStorage()
	m.defineResource()
	m.defineHook()
	set := func(name string, n int, f bind.Method) { _ = m.exports.Set(name, rt.Func(name, n, f)) }
	_ = m.exports.Set("AsyncLocalStorage", m.storage.Ctor)
	set("createHook", 1, m.createHook)
	set("executionAsyncId", 0, func(goja.FunctionCall) goja.Value {
		m.t.startIDs()
		return rt.VM.ToValue(m.t.now().id)
	})
	set("triggerAsyncId", 0, func(goja.FunctionCall) goja.Value {
		m.t.startIDs()
		return rt.VM.ToValue(m.t.now().trigger)
	})
	set("executionAsyncResource", 0, func(goja.FunctionCall) goja.Value {
		m.t.startIDs()
		if s := m.t.now(); s.id > 1 {
			return s.object(rt)
		}
		return m.top
	})
	providers := rt.VM.NewObject()
	_ = providers.SetPrototype(nil)
	for i, name := range providerNames {
		_ = providers.Set(name, i)
	}
	object := rt.VM.Get("Object").(*goja.Object)
	_ = m.exports.Set("asyncWrapProviders", rt.Call(object.Get("freeze"), object, providers))
	_ = m.exports.Set("AsyncResource", m.res.Ctor)
	return m
}

// providerNames are Node's kinds of resources.
var providerNames = []string{
	"NONE", "DIRHANDLE", "DNSCHANNEL", "ELDHISTOGRAM", "FILEHANDLE", "FILEHANDLECLOSEREQ", "BLOBREADER", "FSEVENTWRAP",
	"FSREQCALLBACK", "FSREQPROMISE", "GETADDRINFOREQWRAP", "GETNAMEINFOREQWRAP", "HEAPSNAPSHOT", "HTTP2SESSION",
	"HTTP2STREAM", "HTTP2PING", "HTTP2SETTINGS", "HTTPINCOMINGMESSAGE", "HTTPCLIENTREQUEST", "LOCKS", "JSSTREAM",
	"JSUDPWRAP", "MESSAGEPORT", "PIPECONNECTWRAP", "PIPESERVERWRAP", "PIPEWRAP", "PROCESSWRAP", "PROMISE", "QUERYWRAP",
	"QUIC_ENDPOINT", "QUIC_LOGSTREAM", "QUIC_PACKET", "QUIC_SESSION", "QUIC_STREAM", "QUIC_UDP", "SHUTDOWNWRAP",
	"SIGNALWRAP", "STATWATCHER", "STREAMPIPE", "TCPCONNECTWRAP", "TCPSERVERWRAP", "TCPWRAP", "TTYWRAP", "UDPSENDWRAP",
	"UDPWRAP", "SIGINTWATCHDOG", "WORKER", "WORKERCPUPROFILE", "WORKERCPUUSAGE", "WORKERHEAPPROFILE",
	"WORKERHEAPSNAPSHOT", "WORKERHEAPSTATISTICS", "WRITEWRAP", "ZLIB", "CHECKPRIMEREQUEST", "PBKDF2REQUEST",
	"KEYPAIRGENREQUEST", "KEYGENREQUEST", "KEYEXPORTREQUEST", "ARGON2REQUEST", "CIPHERREQUEST", "DERIVEBITSREQUEST",
	"HASHREQUEST", "RANDOMBYTESREQUEST", "RANDOMPRIMEREQUEST", "SCRYPTREQUEST", "SIGNREQUEST", "TLSWRAP",
	"VERIFYREQUEST",
}
