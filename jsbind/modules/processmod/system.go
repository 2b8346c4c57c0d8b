package processmod

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// system adds what asks the operating system.
func (p *Process) system() {
	rt := p.rt
	p.method("cwd", 0, func(goja.FunctionCall) goja.Value {
		dir, err := os.Getwd()
		if err != nil {
			rt.Throw(pathError(err, "uv_cwd", ""))
		}
		return rt.VM.ToValue(dir)
	})
	p.method("chdir", 1, func(c goja.FunctionCall) goja.Value {
		dir := rt.String(c.Argument(0), "directory")
		if err := os.Chdir(dir); err != nil {
			cwd, _ := os.Getwd()
			e := pathError(err, "chdir", cwd)
			e.Message += " -> '" + dir + "'"
			e.Dest = dir
			rt.Throw(e)
		}
		return goja.Undefined()
	})
	p.method("umask", 1, p.umask)
	for name, f := range map[string]func() int{"getuid": os.Getuid, "geteuid": os.Geteuid, "getgid": os.Getgid, "getegid": os.Getegid} {
		p.method(name, 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(f()) })
	}
	p.method("getgroups", 0, func(goja.FunctionCall) goja.Value {
		list, _ := os.Getgroups()
		if egid := os.Getegid(); !slices.Contains(list, egid) {
			list = append(list, egid)
		}
		items := make([]any, len(list))
		for i, g := range list {
			items[i] = g
		}
		return rt.VM.NewArray(items...)
	})
	p.method("kill", 2, p.kill)
	p.method("abort", 0, func(goja.FunctionCall) goja.Value {
		Abort()
		return nil
	})
	p.memory()
	p.method("getActiveResourcesInfo", 0, func(goja.FunctionCall) goja.Value {
		return rt.ToValue(rt.Loop.OpenResources())
	})
	p.method("setUncaughtExceptionCaptureCallback", 1, func(c goja.FunctionCall) goja.Value {
		fn := c.Argument(0)
		if !goja.IsNull(fn) {
			if !bind.IsCallable(fn) {
				rt.ArgType("fn", fn, "Function", "null")
			}
			if p.hasCapture() {
				rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET", "`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active"))
			}
		}
		_ = p.Obj.DefineDataProperty("_uncaughtExceptionCapture", fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return goja.Undefined()
	})
	p.method("hasUncaughtExceptionCaptureCallback", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(p.hasCapture()) })
	p.method("dlopen", 0, func(goja.FunctionCall) goja.Value {
		rt.Throw(nodeerr.MethodNotImplemented("process.dlopen()"))
		return nil
	})
	p.method("setSourceMapsEnabled", 1, func(c goja.FunctionCall) goja.Value {
		rt.SetSourceMaps(rt.Bool(c.Argument(0), "val"))
		return goja.Undefined()
	})
	rt.Accessor(p.Obj, "sourceMapsEnabled", func(goja.Value) goja.Value { return rt.VM.ToValue(rt.SourceMaps()) }, nil, true)
	p.method("_rawDebug", 0, func(c goja.FunctionCall) goja.Value {
		fmt.Fprintln(os.Stderr, rt.Inspector.Format(c.Arguments))
		return goja.Undefined()
	})
	p.method("execve", 1, p.execve)
	p.method("loadEnvFile", 0, p.loadEnvFile)
	p.method("_kill", 0, func(c goja.FunctionCall) goja.Value {
		var errno syscall.Errno
		errors.As(syscall.Kill(int(c.Argument(0).ToInteger()), syscall.Signal(c.Argument(1).ToInteger())), &errno)
		return rt.VM.ToValue(-int(errno))
	})
	p.method("getBuiltinModule", 1, func(c goja.FunctionCall) goja.Value {
		id := rt.String(c.Argument(0), "id")
		if rt.Builtin == nil {
			return goja.Undefined()
		}
		if v := rt.Builtin(id); v != nil {
			return v
		}
		return goja.Undefined()
	})
}

func (p *Process) hasCapture() bool {
	fn, ok := p.Obj.Get("_uncaughtExceptionCapture").(*goja.Object)
	return ok && bind.IsCallable(fn)
}

func pathError(err error, call, path string) *nodeerr.Error {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return nodeerr.File(errno, call, path)
	}
	return nodeerr.New(nodeerr.KindError, "", err.Error())
}

// umask is process.umask([mask]); reading it sets it for a moment, which is how
// POSIX has it.
func (p *Process) umask(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if goja.IsUndefined(v) {
		old := syscall.Umask(0)
		syscall.Umask(old)
		return p.rt.VM.ToValue(old)
	}
	var mask int64
	if goja.IsString(v) {
		n, err := strconv.ParseUint(v.String(), 8, 32)
		if err != nil {
			p.rt.ArgValue("mask", v, "must be a 32-bit unsigned integer or an octal string")
		}
		mask = int64(n)
	} else {
		mask = p.rt.Integer(v, "mask", 0, 1<<32-1)
	}
	return p.rt.VM.ToValue(syscall.Umask(int(mask) & 0o777))
}

// kill is process.kill(pid[, signal]).
func (p *Process) kill(c goja.FunctionCall) goja.Value {
	rt := p.rt
	pid := c.Argument(0)
	if !goja.IsNumber(pid) && !(goja.IsString(pid) && pid.ToFloat() == pid.ToFloat()) || float64(pid.ToInteger()) != pid.ToFloat() {
		rt.ArgType("pid", pid, "number")
	}
	sig := syscall.SIGTERM
	switch v := c.Argument(1); {
	case goja.IsUndefined(v) || goja.IsNull(v):
	case goja.IsNumber(v):
		sig = syscall.Signal(v.ToInteger())
	default:
		n, ok := SignalNumber(rt.String(v, "signal"))
		if !ok {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_UNKNOWN_SIGNAL", "Unknown signal: "+v.String()))
		}
		sig = n
	}
	// Programs replace _kill to see what would be sent.
	st := rt.Call(p.Obj.Get("_kill"), p.Obj, rt.VM.ToValue(pid.ToInteger()), rt.VM.ToValue(int(sig)))
	if st.ToInteger() < 0 {
		rt.Throw(nodeerr.System(syscall.Errno(-st.ToInteger()), "kill", "", 0))
	}
	return rt.VM.ToValue(true)
}

func (p *Process) memory() {
	rt := p.rt
	rss := func() int64 {
		b, err := os.ReadFile("/proc/self/statm")
		if err == nil {
			if f := strings.Fields(string(b)); len(f) > 1 {
				n, _ := strconv.ParseInt(f[1], 10, 64)
				return n * int64(os.Getpagesize())
			}
		}
		var ru syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &ru)
		return maxRSS(&ru)
	}
	mem := rt.Func("memoryUsage", 0, func(goja.FunctionCall) goja.Value {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		o := rt.VM.NewObject()
		_ = o.Set("rss", rss())
		_ = o.Set("heapTotal", m.HeapSys)
		_ = o.Set("heapUsed", m.HeapAlloc)
		_ = o.Set("external", m.StackSys+m.MSpanSys+m.MCacheSys+m.BuckHashSys+m.GCSys+m.OtherSys)
		_ = o.Set("arrayBuffers", 0)
		return o
	})
	_ = mem.Set("rss", rt.Func("rss", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(rss()) }))
	_ = p.Obj.Set("memoryUsage", mem)
	p.method("resourceUsage", 0, func(goja.FunctionCall) goja.Value {
		var ru syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &ru)
		o := rt.VM.NewObject()
		_ = o.Set("userCPUTime", int64(ru.Utime.Sec)*1e6+int64(ru.Utime.Usec))
		_ = o.Set("systemCPUTime", int64(ru.Stime.Sec)*1e6+int64(ru.Stime.Usec))
		_ = o.Set("maxRSS", maxRSS(&ru)/1024)
		for k, v := range map[string]int64{"sharedMemorySize": int64(ru.Ixrss), "unsharedDataSize": int64(ru.Idrss), "unsharedStackSize": int64(ru.Isrss),
			"minorPageFault": int64(ru.Minflt), "majorPageFault": int64(ru.Majflt), "swappedOut": int64(ru.Nswap), "fsRead": int64(ru.Inblock), "fsWrite": int64(ru.Oublock),
			"ipcSent": int64(ru.Msgsnd), "ipcReceived": int64(ru.Msgrcv), "signalsCount": int64(ru.Nsignals), "voluntaryContextSwitches": int64(ru.Nvcsw), "involuntaryContextSwitches": int64(ru.Nivcsw)} {
			_ = o.Set(k, v)
		}
		return o
	})
	p.method("constrainedMemory", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(0) })
	p.method("availableMemory", 0, func(goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(freeMemory())
	})
}
