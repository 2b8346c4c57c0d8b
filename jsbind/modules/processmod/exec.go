package processmod

import (
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/internal/dotenv"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// execve is process.execve(file[, args[, env]]): another program in the place
// of this one
// (https://nodejs.org/docs/latest-v24.x/api/process.html#processexecvefile-args-env).
func (p *Process) execve(c goja.FunctionCall) goja.Value {
	rt := p.rt
	p.experimental("process.execve")
	file := rt.String(c.Argument(0), "execPath")
	var args, env []string
	if v := c.Argument(1); !goja.IsUndefined(v) {
		list, ok := v.(*goja.Object)
		if !ok || !bind.IsArray(v) {
			rt.ArgType("args", v, "Array")
		}
		for i := range int(list.Get("length").ToInteger()) {
			item := bind.Get(list, strconv.Itoa(i))
			if !goja.IsString(item) || strings.ContainsRune(item.String(), 0) {
				rt.ArgValue("args["+strconv.Itoa(i)+"]", item, "must be a string without null bytes")
			}
			args = append(args, item.String())
		}
	}
	source := p.Obj.Get("env")
	if v := c.Argument(2); !goja.IsUndefined(v) {
		source = rt.Object(v, "env")
	}
	o := source.(*goja.Object)
	for _, k := range o.Keys() {
		v := bind.Get(o, k)
		if !goja.IsString(v) || strings.ContainsRune(k, 0) || strings.ContainsRune(v.String(), 0) {
			rt.ArgValue("env", source, "must be an object with string keys and values without null bytes")
		}
		env = append(env, k+"="+v.String())
	}
	// The new program gets the standard streams as they were meant to be; all
	// others close on exec.
	for fd := range 3 {
		_ = unix.SetNonblock(fd, false)
		_, _ = unix.FcntlInt(uintptr(fd), unix.F_SETFD, 0)
	}
	err := syscall.Exec(file, args, env)
	rt.Throw(nodeerr.File(err, "process.execve", file))
	return nil
}

// experimental warns once that a feature is experimental.
func (p *Process) experimental(name string) {
	if p.warned[name] {
		return
	}
	p.warned[name] = true
	p.Warn(name+" is an experimental feature and might change at any time", "ExperimentalWarning", nil)
}

// loadEnvFile is process.loadEnvFile([path]).
func (p *Process) loadEnvFile(c goja.FunctionCall) goja.Value {
	path := ".env"
	if v := c.Argument(0); !goja.IsUndefined(v) {
		if u, ok := v.(*goja.Object); ok {
			if h := bind.Get(u, "href"); goja.IsString(h) {
				path = strings.TrimPrefix(h.String(), "file://")
			} else {
				p.rt.ArgType("path", v, "string", "Buffer", "URL")
			}
		} else {
			path = p.rt.String(v, "path")
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		p.rt.Throw(pathError(err, "open", path))
	}
	for _, kv := range dotenv.Parse(string(text)) {
		if _, ok := os.LookupEnv(kv[0]); !ok {
			_ = os.Setenv(kv[0], kv[1])
		}
	}
	return goja.Undefined()
}
