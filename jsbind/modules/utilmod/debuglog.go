package utilmod

import (
	"os"
	"regexp"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/ttymod"
)

// debugState is which sections NODE_DEBUG names, as it was at the start, and
// their functions.
type debugState struct {
	pattern *regexp.Regexp
	funcs   map[string]bind.Method
}

func (m *module) readDebugEnv() {
	m.debug.funcs = map[string]bind.Method{}
	env := os.Getenv("NODE_DEBUG")
	if env == "" {
		return
	}
	var list []string
	for _, name := range strings.Split(env, ",") {
		list = append(list, "^"+strings.ReplaceAll(regexp.QuoteMeta(name), `\*`, ".*")+"$")
	}
	m.debug.pattern = regexp.MustCompile("(?i)" + strings.Join(list, "|"))
}

// InstallDebug makes the lines of the Go packages come out as the functions of
// debuglog print theirs.
func InstallDebug(rt *bind.Runtime) {
	diagnostics.SetPrinter(rt.Loop, func(section, format string, args []any) {
		list := append([]goja.Value{rt.VM.ToValue(format)}, rt.ToValues(args)...)
		get(rt).debugFunc(section)(goja.FunctionCall{This: goja.Undefined(), Arguments: list})
	})
}

func (m *module) debugEnabled(set string) bool {
	return m.debug.pattern != nil && m.debug.pattern.MatchString(set)
}

// debugFunc returns the function that prints for a section; where NODE_DEBUG
// does not name it, one that does nothing.
func (m *module) debugFunc(set string) bind.Method {
	if f := m.debug.funcs[set]; f != nil {
		return f
	}
	rt := m.rt
	f := func(goja.FunctionCall) goja.Value { return goja.Undefined() }
	if m.debugEnabled(set) {
		if set == "HTTP" || set == "HTTP2" {
			rt.Warn("Setting the NODE_DEBUG environment variable to '"+strings.ToLower(set)+"' can expose sensitive data (such as passwords, tokens and authentication headers) in the resulting log.", "Warning", nil)
		}
		f = func(c goja.FunctionCall) goja.Value {
			stderr := bind.Get(m.process(), "stderr").(*goja.Object)
			opts := rt.Inspector.Default()
			opts.Colors = ttymod.ShouldColorize(rt, stderr)
			text := rt.Inspector.FormatWithOptions(opts, c.Arguments)
			pid := rt.Inspector.Inspect(rt.VM.ToValue(os.Getpid()), opts)
			rt.Call(bind.Get(stderr, "write"), stderr, rt.VM.ToValue(set+" "+pid+": "+text+"\n"))
			return goja.Undefined()
		}
	}
	m.debug.funcs[set] = f
	return f
}

// debuglog is util.debuglog(section[, callback])
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utildebuglogsection-callback).
func (m *module) debuglog(c goja.FunctionCall) goja.Value {
	rt := m.rt
	section, callback := c.Argument(0), c.Argument(1)
	var enabled *bool
	test := func() bool {
		if enabled == nil {
			on := m.debugEnabled(strings.ToUpper(section.String()))
			enabled = &on
		}
		return *enabled
	}
	enable := func(fn *goja.Object) {
		get := rt.Func("get", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(test()) })
		_ = fn.DefineAccessorProperty("enabled", get, nil, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	var debug bind.Method
	logger := rt.Func("logger", 0, func(call goja.FunctionCall) goja.Value {
		if debug == nil {
			if debug = m.debugFunc(strings.ToUpper(section.String())); bind.IsCallable(callback) {
				inner := rt.Func("debug", 0, debug)
				enable(inner)
				rt.Call(callback, goja.Undefined(), inner)
			}
		}
		return debug(call)
	})
	enable(logger)
	return logger
}
