package bind

import "github.com/dop251/goja"

// Tracing is what node:diagnostics_channel offers other bindings.
type Tracing interface {
	// Traced reports whether somebody subscribes to a tracing channel.
	Traced(name string) bool
	// TraceSync runs fn as tracingChannel(name).traceSync does, TracePromise as
	// tracePromise does; message is the context: names and values in turn.
	TraceSync(name string, fn func() goja.Value, message ...any) goja.Value
	TracePromise(name string, fn func() goja.Value, message ...any) goja.Value
}
