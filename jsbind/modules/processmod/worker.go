package processmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

// restrict takes from a worker's process what would change the whole process
// (https://nodejs.org/docs/latest-v24.x/api/worker_threads.html#class-worker).
func (p *Process) restrict() {
	fail := func(name string) {
		p.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_WORKER_UNSUPPORTED_OPERATION", name+" is not supported in workers"))
	}
	for _, name := range []string{"abort", "chdir", "send", "disconnect", "initgroups", "setuid", "setgid", "setegid", "seteuid", "setgroups", "execve"} {
		if name != "send" && name != "disconnect" && p.Obj.Get(name) == nil {
			continue
		}
		f := p.rt.Func("unavailableInWorker", 0, func(goja.FunctionCall) goja.Value {
			fail("process." + name + "()")
			return nil
		})
		_ = f.Set("disabled", true)
		_ = p.Obj.Set(name, f)
	}
	umask := p.rt.Callable(p.Obj.Get("umask"))
	p.method("umask", 1, func(c goja.FunctionCall) goja.Value {
		if len(c.Arguments) > 0 && !goja.IsUndefined(c.Arguments[0]) {
			fail("Setting process.umask()")
		}
		return umask(c)
	})
	for _, name := range []string{"connected", "channel"} {
		p.rt.Accessor(p.Obj, name, func(goja.Value) goja.Value {
			fail("process." + name)
			return nil
		}, nil, false)
	}
}

// SetStream replaces process.stdin, stdout or stderr.
func (p *Process) SetStream(fd int, o *goja.Object) { p.stdio.streams[fd] = o }
