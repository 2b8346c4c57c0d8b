// Package unavailablemod is modules of Node whose work the engine or a library
// would have to do that is not there: node:inspector, node:trace_events,
// node:wasi, node:sqlite, and node:sea outside of a single executable. They load,
// with their classes, constants and argument checks; what they cannot do throws
// ERR_METHOD_NOT_IMPLEMENTED naming itself.
package unavailablemod

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
)

//go:embed js/*.js
var files embed.FS

type moduleKey struct{}

func load(rt *bind.Runtime, name string) goja.Value {
	l, ok := rt.Value(moduleKey{}).(*scripted.Loader)
	if !ok {
		l = scripted.New(rt, "unavailable", files)
		rt.SetValue(moduleKey{}, l)
	}
	return l.Load(name)
}

// LoadInspector returns the exports of node:inspector.
func LoadInspector(rt *bind.Runtime) goja.Value { return load(rt, "inspector") }

// LoadInspectorPromises returns the exports of node:inspector/promises.
func LoadInspectorPromises(rt *bind.Runtime) goja.Value { return load(rt, "inspector_promises") }

// LoadSEA returns the exports of node:sea.
func LoadSEA(rt *bind.Runtime) goja.Value { return load(rt, "sea") }

// LoadSQLite returns the exports of node:sqlite.
func LoadSQLite(rt *bind.Runtime) goja.Value { return load(rt, "sqlite") }

// LoadTraceEvents returns the exports of node:trace_events.
func LoadTraceEvents(rt *bind.Runtime) goja.Value { return load(rt, "trace_events") }

// LoadWASI returns the exports of node:wasi.
func LoadWASI(rt *bind.Runtime) goja.Value { return load(rt, "wasi") }
