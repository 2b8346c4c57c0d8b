package utilmod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
)

// maxCallSites bounds getCallSites.
const maxCallSites = 200

// getCallSites is util.getCallSites([frameCount][, options])
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utilgetcallsitesframecount-options).
func (m *module) getCallSites(c goja.FunctionCall) goja.Value {
	rt := m.rt
	count, options := c.Argument(0), c.Argument(1)
	if o, ok := count.(*goja.Object); ok && !bind.IsCallable(count) && goja.IsUndefined(options) {
		count, options = goja.Undefined(), o
	}
	if !goja.IsUndefined(options) {
		if v := bind.Get(rt.Object(options, "options"), "sourceMap"); !goja.IsUndefined(v) {
			rt.Bool(v, "options.sourceMap")
		}
	}
	n := 10
	if !goja.IsUndefined(count) {
		n = int(rt.NumberIn(count, "frameCount", 1, maxCallSites))
	}
	var out []any
	for _, f := range m.frames() {
		if len(out) == n {
			break
		}
		o := rt.VM.NewObject()
		_ = o.Set("functionName", f.Function)
		_ = o.Set("scriptId", strconv.Itoa(m.scriptID(f.File)))
		_ = o.Set("scriptName", f.File)
		_ = o.Set("lineNumber", f.Line)
		_ = o.Set("columnNumber", f.Column)
		_ = o.Set("column", f.Column)
		out = append(out, o)
	}
	return rt.VM.NewArray(out...)
}

// frames returns the JavaScript frames of the caller.
func (m *module) frames() []lang.Frame {
	var out []lang.Frame
	stack := m.rt.VM.CaptureCallStack(0, nil)
	for i := range stack {
		if f := lang.NewFrame(&stack[i]); !f.Native && !f.Internal() {
			out = append(out, f)
		}
	}
	return out
}

type scriptIDs struct{}

// scriptID numbers the files in the order of their first appearance.
func (m *module) scriptID(file string) int {
	ids, ok := m.rt.Value(scriptIDs{}).(map[string]int)
	if !ok {
		ids = map[string]int{}
		m.rt.SetValue(scriptIDs{}, ids)
	}
	if ids[file] == 0 {
		ids[file] = len(ids) + 1
	}
	return ids[file]
}
