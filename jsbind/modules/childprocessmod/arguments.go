package childprocessmod

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/childprocess"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/fsmod"
	"github.com/spindle-js/spindle/nodeerr"
)

// command is what spawn and spawnSync were asked to start.
type command struct {
	spec    childprocess.Spec
	options *goja.Object // never nil
	env     []string
}

// noNull throws if a string has a null byte.
func (m *module) noNull(s, name string) string {
	if strings.IndexByte(s, 0) >= 0 {
		m.rt.ArgValue(name, m.rt.VM.ToValue(s), "must be a string without null bytes")
	}
	return s
}

// list returns the strings of an array.
func (m *module) list(v goja.Value, name string) []string {
	o := v.(*goja.Object)
	n := int(bind.Get(o, "length").ToInteger())
	out := make([]string, n)
	for i := range out {
		out[i] = m.noNull(o.Get(strconv.Itoa(i)).String(), name+"["+strconv.Itoa(i)+"]")
	}
	return out
}

// command reads (file, args, options) of spawn.
func (m *module) command(file, args, options goja.Value) *command {
	rt := m.rt
	name := m.noNull(rt.String(file, "file"), "file")
	if name == "" {
		rt.ArgValue("file", file, "cannot be empty")
	}
	var list []string
	switch {
	case bind.IsArray(args):
		list = m.list(args, "args")
	case bind.IsNullish(args):
	case bind.TypeOf(args) != "object":
		rt.ArgType("args", args, "object")
	default:
		options = args
	}
	if !goja.IsUndefined(options) {
		rt.Object(options, "options")
	}
	o := m.copyOptions(options)
	c := &command{options: o}
	c.spec.File = name
	m.settings(c, o)
	m.shell(c, o, list)
	if v := bind.Get(o, "argv0"); goja.IsString(v) {
		c.spec.Args[0] = v.String()
	}
	c.env = m.environment(bind.Get(o, "env"))
	c.spec.Env = c.env
	return c
}

// settings reads the options that say how the child runs.
func (m *module) settings(c *command, o *goja.Object) {
	rt := m.rt
	if v := bind.Get(o, "cwd"); !bind.IsNullish(v) {
		c.spec.Dir = fsmod.Path(rt, v, "options.cwd")
	}
	boolean := func(name string) bool {
		v := bind.Get(o, name)
		return !bind.IsNullish(v) && rt.Bool(v, "options."+name)
	}
	c.spec.Detached = boolean("detached")
	id := func(name string) *uint32 {
		v := bind.Get(o, name)
		if bind.IsNullish(v) {
			return nil
		}
		if !goja.IsNumber(v) || v.ToFloat() != float64(int32(v.ToInteger())) {
			rt.ArgType("options."+name, v, "int32")
		}
		n := uint32(v.ToInteger())
		return &n
	}
	c.spec.UID, c.spec.GID = id("uid"), id("gid")
	if v := bind.Get(o, "shell"); !bind.IsNullish(v) {
		if t := bind.TypeOf(v); t != "boolean" && t != "string" {
			rt.ArgType("options.shell", v, "boolean", "string")
		}
		m.noNull(v.String(), "options.shell")
	}
	if v := bind.Get(o, "argv0"); !bind.IsNullish(v) {
		m.noNull(rt.String(v, "options.argv0"), "options.argv0")
	}
	boolean("windowsHide")
	boolean("windowsVerbatimArguments")
}

// shell makes the arguments, by way of a shell if the options ask for one.
func (m *module) shell(c *command, o *goja.Object, list []string) {
	sh := bind.Get(o, "shell")
	if !sh.ToBoolean() {
		c.spec.Args = append([]string{c.spec.File}, list...)
		return
	}
	text := c.spec.File
	if len(list) > 0 {
		if !m.warned && m.rt.Warn != nil {
			m.warned = true
			m.rt.Warn("Passing args to a child process with shell option true can lead to security vulnerabilities, as the arguments are not escaped, only concatenated.",
				"DeprecationWarning", map[string]any{"code": "DEP0190"})
		}
		text += " " + strings.Join(list, " ")
	}
	c.spec.File = "/bin/sh"
	if goja.IsString(sh) {
		c.spec.File = sh.String()
	}
	c.spec.Args = []string{c.spec.File, "-c", text}
}

// environment makes the child's variables of options.env or process.env;
// inherited properties count.
func (m *module) environment(v goja.Value) []string {
	if bind.IsNullish(v) || !v.ToBoolean() {
		v = bind.Get(m.rt.VM.Get("process").(*goja.Object), "env")
	}
	env, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for o := env; o != nil; o = o.Prototype() {
		for _, k := range o.Keys() {
			if seen[k] {
				continue
			}
			seen[k] = true
			x := env.Get(k)
			if x == nil || goja.IsUndefined(x) {
				continue
			}
			m.noNull(k, "options.env['"+k+"']")
			out = append(out, k+"="+m.noNull(x.String(), "options.env['"+k+"']"))
		}
	}
	return out
}

// timeout reads the option of that name, in milliseconds.
func (m *module) timeout(o *goja.Object) int64 {
	v := bind.Get(o, "timeout")
	if bind.IsNullish(v) {
		return 0
	}
	if f := v.ToFloat(); !goja.IsNumber(v) || f != math.Trunc(f) || f < 0 || math.IsInf(f, 0) {
		m.rt.OutOfRange("timeout", "an unsigned integer", v)
	}
	return v.ToInteger()
}

// defaultMaxBuffer is maxBuffer where the options do not say.
const defaultMaxBuffer = 1 << 20

// maxBuffer reads the option of that name; -1 is no limit.
func (m *module) maxBuffer(o *goja.Object) int64 {
	v := bind.Get(o, "maxBuffer")
	if goja.IsUndefined(v) {
		return defaultMaxBuffer
	}
	if goja.IsNull(v) {
		return -1
	}
	f := v.ToFloat()
	if !goja.IsNumber(v) || !(f >= 0) {
		m.rt.OutOfRange("options.maxBuffer", "a positive number", v)
	}
	if f > 1<<52 {
		return -1
	}
	return int64(f)
}

// abortSignal reads the option signal, nil for none.
func (m *module) abortSignal(o *goja.Object) *goja.Object {
	v := bind.Get(o, "signal")
	if goja.IsUndefined(v) {
		return nil
	}
	s, ok := v.(*goja.Object)
	if !ok || s.Get("aborted") == nil {
		m.rt.ArgType("options.signal", v, "AbortSignal")
	}
	return s
}

// abortError is the AbortError of a signal.
func (m *module) abortError(sig *goja.Object) goja.Value {
	v := m.rt.ErrorValue(nodeerr.New(nodeerr.KindAbort, "ABORT_ERR", "The operation was aborted")).(*goja.Object)
	if r := bind.Get(sig, "reason"); !goja.IsUndefined(r) {
		_ = v.DefineDataProperty("cause", r, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return v
}
