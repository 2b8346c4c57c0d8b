package jsbind

import (
	"github.com/spindle-js/spindle/jsbind/modules/cryptomod"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
	"github.com/spindle-js/spindle/jsbind/modules/fetchmod"
	"github.com/spindle-js/spindle/jsbind/modules/messagingmod"
	"github.com/spindle-js/spindle/jsbind/modules/navigatormod"
	"github.com/spindle-js/spindle/jsbind/modules/urlmod"
	"github.com/spindle-js/spindle/jsbind/modules/webassemblymod"
)

// lazyGlobals are the globals that are loaded with their module.
var lazyGlobals = []lazyGlobal{
	{name: "Buffer", module: "buffer", export: "Buffer"},
	{name: "atob", module: "buffer", export: "atob", enumerable: true},
	{name: "btoa", module: "buffer", export: "btoa", enumerable: true},
	{name: "AbortController", load: eventtargetmod.Load, export: "AbortController"},
	{name: "AbortSignal", load: eventtargetmod.Load, export: "AbortSignal"},
	{name: "CustomEvent", load: eventtargetmod.Load, export: "CustomEvent"},
	{name: "Event", load: eventtargetmod.Load, export: "Event"},
	{name: "EventTarget", load: eventtargetmod.Load, export: "EventTarget"},
	{name: "performance", module: "perf_hooks", export: "performance", enumerable: true, accessor: true},
	{name: "WebAssembly", load: webassemblymod.Load},
	{name: "fetch", load: fetchmod.Fetch, enumerable: true},
	{name: "console", module: "console"},
	{name: "crypto", load: cryptomod.LoadGlobals, export: "crypto", enumerable: true},
	{name: "Crypto", load: cryptomod.LoadGlobals, export: "Crypto"},
	{name: "CryptoKey", load: cryptomod.LoadGlobals, export: "CryptoKey"},
	{name: "SubtleCrypto", load: cryptomod.LoadGlobals, export: "SubtleCrypto"},
	{name: "URLPattern", load: urlmod.URLPattern},
	{name: "Blob", module: "buffer", export: "Blob"},
	{name: "File", module: "buffer", export: "File"},
	{name: "ReadableStream", module: "stream/web", export: "ReadableStream"},
	{name: "ReadableStreamDefaultReader", module: "stream/web", export: "ReadableStreamDefaultReader"},
	{name: "ReadableStreamBYOBReader", module: "stream/web", export: "ReadableStreamBYOBReader"},
	{name: "ReadableStreamBYOBRequest", module: "stream/web", export: "ReadableStreamBYOBRequest"},
	{name: "ReadableByteStreamController", module: "stream/web", export: "ReadableByteStreamController"},
	{name: "ReadableStreamDefaultController", module: "stream/web", export: "ReadableStreamDefaultController"},
	{name: "TransformStream", module: "stream/web", export: "TransformStream"},
	{name: "TransformStreamDefaultController", module: "stream/web", export: "TransformStreamDefaultController"},
	{name: "WritableStream", module: "stream/web", export: "WritableStream"},
	{name: "WritableStreamDefaultController", module: "stream/web", export: "WritableStreamDefaultController"},
	{name: "WritableStreamDefaultWriter", module: "stream/web", export: "WritableStreamDefaultWriter"},
	{name: "ByteLengthQueuingStrategy", module: "stream/web", export: "ByteLengthQueuingStrategy"},
	{name: "CountQueuingStrategy", module: "stream/web", export: "CountQueuingStrategy"},
	{name: "TextEncoderStream", module: "stream/web", export: "TextEncoderStream"},
	{name: "TextDecoderStream", module: "stream/web", export: "TextDecoderStream"},
	{name: "CompressionStream", module: "stream/web", export: "CompressionStream"},
	{name: "DecompressionStream", module: "stream/web", export: "DecompressionStream"},
	{name: "Performance", module: "perf_hooks", export: "Performance"},
	{name: "PerformanceEntry", module: "perf_hooks", export: "PerformanceEntry"},
	{name: "PerformanceMark", module: "perf_hooks", export: "PerformanceMark"},
	{name: "PerformanceMeasure", module: "perf_hooks", export: "PerformanceMeasure"},
	{name: "PerformanceObserver", module: "perf_hooks", export: "PerformanceObserver"},
	{name: "PerformanceObserverEntryList", module: "perf_hooks", export: "PerformanceObserverEntryList"},
	{name: "PerformanceResourceTiming", module: "perf_hooks", export: "PerformanceResourceTiming"},
	{name: "BroadcastChannel", load: messagingmod.Load, export: "BroadcastChannel"},
	{name: "MessageChannel", load: messagingmod.Load, export: "MessageChannel"},
	{name: "MessagePort", load: messagingmod.Load, export: "MessagePort"},
	{name: "MessageEvent", load: messagingmod.Load, export: "MessageEvent"},
	{name: "CloseEvent", load: messagingmod.Load, export: "CloseEvent", without: "--no-experimental-websocket"},
	{name: "FormData", load: fetchmod.Load, export: "FormData"},
	{name: "Headers", load: fetchmod.Load, export: "Headers"},
	{name: "Request", load: fetchmod.Load, export: "Request"},
	{name: "Response", load: fetchmod.Load, export: "Response"},
	{name: "WebSocket", load: fetchmod.LoadWebSocket, export: "WebSocket", without: "--no-experimental-websocket"},
	{name: "Navigator", load: navigatormod.Load, export: "Navigator", without: "--no-experimental-global-navigator"},
	{name: "navigator", load: navigatormod.Load, export: "navigator", enumerable: true, accessor: true, without: "--no-experimental-global-navigator"},
	{name: "EventSource", load: fetchmod.LoadEventSource, export: "EventSource", flag: "--experimental-eventsource"},
	{name: "TextDecoder", module: "util", export: "TextDecoder"},
	{name: "TextEncoder", module: "util", export: "TextEncoder"},
}
