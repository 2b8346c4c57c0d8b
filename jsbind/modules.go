package jsbind

import (
	"sort"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/loader"
	"github.com/spindle-js/spindle/jsbind/modules/assertmod"
	"github.com/spindle-js/spindle/jsbind/modules/asynchooksmod"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/jsbind/modules/bufferutilmod"
	"github.com/spindle-js/spindle/jsbind/modules/childprocessmod"
	"github.com/spindle-js/spindle/jsbind/modules/clustermod"
	"github.com/spindle-js/spindle/jsbind/modules/consolemod"
	"github.com/spindle-js/spindle/jsbind/modules/cryptomod"
	"github.com/spindle-js/spindle/jsbind/modules/dgrammod"
	"github.com/spindle-js/spindle/jsbind/modules/diagnosticschannelmod"
	"github.com/spindle-js/spindle/jsbind/modules/dnsmod"
	"github.com/spindle-js/spindle/jsbind/modules/domainmod"
	"github.com/spindle-js/spindle/jsbind/modules/eventsmod"
	"github.com/spindle-js/spindle/jsbind/modules/fsmod"
	"github.com/spindle-js/spindle/jsbind/modules/http2mod"
	"github.com/spindle-js/spindle/jsbind/modules/httpmod"
	"github.com/spindle-js/spindle/jsbind/modules/httpsmod"
	"github.com/spindle-js/spindle/jsbind/modules/legacymod"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/jsbind/modules/osmod"
	"github.com/spindle-js/spindle/jsbind/modules/pathmod"
	"github.com/spindle-js/spindle/jsbind/modules/perfhooksmod"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/jsbind/modules/punycodemod"
	"github.com/spindle-js/spindle/jsbind/modules/querystringmod"
	"github.com/spindle-js/spindle/jsbind/modules/readlinemod"
	"github.com/spindle-js/spindle/jsbind/modules/replmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/jsbind/modules/stringdecodermod"
	"github.com/spindle-js/spindle/jsbind/modules/testmod"
	"github.com/spindle-js/spindle/jsbind/modules/timersmod"
	"github.com/spindle-js/spindle/jsbind/modules/tlsmod"
	"github.com/spindle-js/spindle/jsbind/modules/ttymod"
	"github.com/spindle-js/spindle/jsbind/modules/unavailablemod"
	"github.com/spindle-js/spindle/jsbind/modules/urlmod"
	"github.com/spindle-js/spindle/jsbind/modules/utilmod"
	"github.com/spindle-js/spindle/jsbind/modules/v8mod"
	"github.com/spindle-js/spindle/jsbind/modules/vmmod"
	"github.com/spindle-js/spindle/jsbind/modules/webstreamsmod"
	"github.com/spindle-js/spindle/jsbind/modules/workerthreadsmod"
	"github.com/spindle-js/spindle/jsbind/modules/zlibmod"
)

// module is one row of the table of built-in modules: adding node:foo touches
// one row here.
type module struct {
	name string
	load func(*bind.Runtime) goja.Value
	// schemeOnly modules are found as node:name alone.
	schemeOnly bool
	// hidden modules are found but not listed in builtinModules.
	hidden bool
	// addon modules stand in for native addons of npm, which cannot be loaded.
	addon bool
}

// modules is the table of built-in modules, by name.
var modules = []module{
	{name: "assert", load: assertmod.Load},
	{name: "assert/strict", load: assertmod.LoadStrict},
	{name: "async_hooks", load: asynchooksmod.Load},
	{name: "buffer", load: buffermod.Load},
	{name: "bufferutil", load: bufferutilmod.Load, addon: true},
	{name: "child_process", load: childprocessmod.Load},
	{name: "cluster", load: clustermod.Load},
	{name: "console", load: consolemod.Load},
	{name: "crypto", load: cryptomod.Load},
	{name: "dgram", load: dgrammod.Load},
	{name: "diagnostics_channel", load: diagnosticschannelmod.Load},
	{name: "dns", load: dnsmod.Load},
	{name: "dns/promises", load: dnsmod.LoadPromises},
	{name: "domain", load: domainmod.Load},
	{name: "events", load: eventsmod.Load},
	{name: "_http_agent", load: httpmod.LoadAgent},
	{name: "_http_client", load: httpmod.LoadClient},
	{name: "_http_common", load: httpmod.LoadCommon},
	{name: "_http_incoming", load: httpmod.LoadIncoming},
	{name: "_http_outgoing", load: httpmod.LoadOutgoing},
	{name: "_http_server", load: httpmod.LoadServer},
	{name: "http", load: httpmod.Load},
	{name: "http2", load: http2mod.Load},
	{name: "https", load: httpsmod.Load},
	{name: "fs", load: fsmod.Load},
	{name: "fs/promises", load: fsmod.LoadPromises},
	{name: "module", load: loader.Load},
	{name: "net", load: netmod.Load},
	{name: "path", load: pathmod.Load},
	{name: "path/posix", load: pathmod.LoadPosix},
	{name: "path/win32", load: pathmod.LoadWin32},
	{name: "perf_hooks", load: perfhooksmod.Load},
	{name: "process", load: processmod.Load},
	{name: "punycode", load: punycodemod.Load},
	{name: "querystring", load: querystringmod.Load},
	{name: "readline", load: readlinemod.Load},
	{name: "readline/promises", load: readlinemod.LoadPromises},
	{name: "repl", load: replmod.Load},
	{name: "stream", load: streammod.Load},
	{name: "stream/consumers", load: streammod.LoadConsumers},
	{name: "stream/promises", load: streammod.LoadPromises},
	{name: "stream/web", load: webstreamsmod.Load},
	{name: "_stream_duplex", load: streammod.LoadDuplex},
	{name: "_stream_passthrough", load: streammod.LoadPassThrough},
	{name: "_stream_readable", load: streammod.LoadReadable},
	{name: "_stream_transform", load: streammod.LoadTransform},
	{name: "_stream_writable", load: streammod.LoadWritable},
	{name: "os", load: osmod.Load},
	{name: "string_decoder", load: stringdecodermod.Load},
	{name: "url", load: urlmod.Load},
	{name: "util", load: utilmod.Load},
	{name: "util/types", load: utilmod.LoadTypes},
	{name: "constants", load: legacymod.LoadConstants},
	{name: "_stream_wrap", load: legacymod.LoadStreamWrap},
	{name: "_tls_common", load: legacymod.LoadTLSCommon},
	{name: "_tls_wrap", load: legacymod.LoadTLSWrap},
	{name: "sys", load: legacymod.LoadSys},
	{name: "inspector", load: unavailablemod.LoadInspector},
	{name: "inspector/promises", load: unavailablemod.LoadInspectorPromises},
	{name: "sea", load: unavailablemod.LoadSEA, schemeOnly: true},
	{name: "sqlite", load: unavailablemod.LoadSQLite, schemeOnly: true},
	{name: "trace_events", load: unavailablemod.LoadTraceEvents},
	{name: "wasi", load: unavailablemod.LoadWASI},
	{name: "v8", load: v8mod.Load},
	{name: "vm", load: vmmod.Load},
	{name: "worker_threads", load: workerthreadsmod.Load},
	{name: "test", load: testmod.Load, schemeOnly: true},
	{name: "test/reporters", load: testmod.LoadReporters, schemeOnly: true},
	{name: "timers", load: timersmod.Load},
	{name: "timers/promises", load: timersmod.LoadPromises},
	{name: "tls", load: tlsmod.Load},
	{name: "tty", load: ttymod.Load},
	{name: "zlib", load: zlibmod.Load},
}

// builtins is the loader's view of the table for one runtime.
type builtins struct {
	rt     *bind.Runtime
	rows   map[string]*module
	loaded map[string]goja.Value
}

func newBuiltins(rt *bind.Runtime) *builtins {
	b := &builtins{rt: rt, rows: make(map[string]*module, len(modules)), loaded: map[string]goja.Value{}}
	for i := range modules {
		b.rows[modules[i].name] = &modules[i]
	}
	return b
}

func (b *builtins) Has(name string) bool {
	r := b.rows[name]
	return r != nil && !r.schemeOnly && !r.addon
}

func (b *builtins) HasScheme(name string) bool {
	r := b.rows[name]
	return r != nil && !r.hidden && !r.addon
}

func (b *builtins) HasAddon(name string) bool {
	r := b.rows[name]
	return r != nil && r.addon
}

// Load returns the exports of a built-in, nil if there is none of that name.
func (b *builtins) Load(name string) goja.Value {
	if v, ok := b.loaded[name]; ok {
		return v
	}
	r := b.rows[name]
	if r == nil {
		return nil
	}
	v := r.load(b.rt)
	b.loaded[name] = v
	return v
}

func (b *builtins) Names() []string {
	var out []string
	for _, r := range b.rows {
		switch {
		case r.hidden, r.addon:
		case r.schemeOnly:
			out = append(out, "node:"+r.name)
		default:
			out = append(out, r.name)
		}
	}
	sort.Slice(out, func(i, j int) bool { // those of a scheme alone come last
		a, b := strings.HasPrefix(out[i], "node:"), strings.HasPrefix(out[j], "node:")
		if a != b {
			return b
		}
		return out[i] < out[j]
	})
	return out
}
