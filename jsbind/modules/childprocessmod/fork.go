package childprocessmod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/fsmod"
	"github.com/spindle-js/spindle/nodeerr"
)

// fork is child_process.fork(modulePath, args, options).
func (m *module) fork(c goja.FunctionCall) goja.Value {
	rt := m.rt
	path := fsmod.Path(rt, c.Argument(0), "modulePath")
	args, options := c.Argument(1), c.Argument(2)
	var list []string
	switch {
	case bind.IsNullish(args):
	case bind.TypeOf(args) == "object" && !bind.IsArray(args):
		options = args
	case !bind.IsArray(args):
		rt.ArgType("args", args, "Array")
	default:
		list = m.list(args, "args")
	}
	if !bind.IsNullish(options) {
		rt.Object(options, "options")
	}
	o := m.copyOptions(options)
	_ = o.Set("shell", false)
	process := rt.VM.Get("process").(*goja.Object)
	pick := func(name string) goja.Value {
		if v := bind.Get(o, name); v.ToBoolean() {
			return v
		}
		return bind.Get(process, name)
	}
	execPath := pick("execPath")
	m.noNull(execPath.String(), "options.execPath")
	all := append(m.list(pick("execArgv"), "options.execArgv"), path)
	m.forkStdio(o)
	items := make([]any, 0, len(all)+len(list))
	for _, s := range append(all, list...) {
		items = append(items, s)
	}
	return rt.Call(m.exports.Get("spawn"), m.exports, execPath, rt.VM.NewArray(items...), o)
}

// forkStdio completes the option stdio, which must have a channel.
func (m *module) forkStdio(o *goja.Object) {
	rt := m.rt
	v := bind.Get(o, "stdio")
	switch {
	case goja.IsString(v):
		switch v.String() {
		case "ignore", "pipe", "overlapped":
			_ = o.Set("stdio", rt.VM.NewArray(v, v, v, "ipc"))
		case "inherit":
			_ = o.Set("stdio", rt.VM.NewArray(0, 1, 2, "ipc"))
		default:
			rt.ArgValue("stdio", v, "")
		}
	case !bind.IsArray(v):
		name := "inherit"
		if bind.Get(o, "silent").ToBoolean() {
			name = "pipe"
		}
		_ = o.Set("stdio", rt.VM.NewArray(name, name, name, "ipc"))
	default:
		list := v.(*goja.Object)
		for i := range int(list.Get("length").ToInteger()) {
			if x := list.Get(strconv.Itoa(i)); x != nil && goja.IsString(x) && x.String() == "ipc" {
				return
			}
		}
		rt.Throw(nodeerr.ChildProcessIPCRequired("options.stdio"))
	}
}

// forkChild is _forkChild(fd, serializationMode).
func (m *module) forkChild(c goja.FunctionCall) goja.Value {
	m.attachProcess(m.rt.VM.Get("process").(*goja.Object), int(m.rt.Integer(c.Argument(0), "fd", 0, 1<<31-1)), c.Argument(1).String() == "advanced")
	return goja.Undefined()
}
