package fetchmod

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/library"
	"github.com/spindle-js/spindle/jsbind/modules/perfhooksmod"
	"github.com/spindle-js/spindle/jsbind/modules/webstreamsmod"
)

//go:embed js/*.js
var files embed.FS

var folder = library.New(files, "fetch")

type moduleKey struct{}

type module struct {
	rt      *bind.Runtime
	made    *goja.Object
	load    *goja.Object
	sockets *goja.Object
	events  *goja.Object
}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	m.natives(library.Host(rt))
	m.load = rt.Func("load", 1, func(c goja.FunctionCall) goja.Value {
		return folder.Run(rt, c.Argument(0).String(), c.Arguments[1:]...)
	})
	m.made = folder.Run(rt, "index", m.load, webstreamsmod.Parts(rt))
	return m
}

// Load returns Headers, Request, Response, FormData and the inner fetch by name,
// for the globals.
func Load(rt *bind.Runtime) goja.Value { return get(rt).made }

// Fetch makes the global function fetch, which loads everything else when it is
// called.
func Fetch(rt *bind.Runtime) goja.Value {
	return rt.Func("fetch", 1, func(c goja.FunctionCall) goja.Value {
		return rt.Call(get(rt).made.Get("fetch"), goja.Undefined(), c.Arguments...)
	})
}

// natives adds what the scripts need of Go.
func (m *module) natives(h *goja.Object) {
	rt := m.rt
	set := func(name string, f bind.Method) { _ = h.Set(name, rt.Func(name, 0, f)) }
	set("firstAbove", func(c goja.FunctionCall) goja.Value { // the index of the first unit above a limit
		s, limit := c.Argument(0).ToString().(goja.String), uint16(c.Argument(1).ToInteger())
		for i := range s.Length() {
			if s.CharAt(i) > limit {
				return rt.VM.ToValue(i)
			}
		}
		return rt.VM.ToValue(-1)
	})
	set("utf8", func(c goja.FunctionCall) goja.Value { // decodes, without a byte order mark
		p, _ := rt.BufferSource(c.Argument(0))
		if len(p) >= 3 && p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf {
			p = p[3:]
		}
		return rt.TextValue(buffer.Decode(p, buffer.UTF8))
	})
	set("now", func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(perfhooksmod.Now()) })
	set("multipart", m.multipart)
	set("dataURL", m.dataURL)
}
