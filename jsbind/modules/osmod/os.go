package osmod

import (
	"encoding/binary"
	"os"
	"os/user"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

type constant struct {
	name  string
	value int
}

var priorityConstants = []constant{
	{"PRIORITY_LOW", 19}, {"PRIORITY_BELOW_NORMAL", 10}, {"PRIORITY_NORMAL", 0},
	{"PRIORITY_ABOVE_NORMAL", -7}, {"PRIORITY_HIGH", -14}, {"PRIORITY_HIGHEST", -20},
}

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
}

type moduleKey struct{}

// Load returns the exports of node:os.
func Load(rt *bind.Runtime) goja.Value {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m.exports
	}
	m := &module{rt: rt, exports: rt.VM.NewObject()}
	rt.SetValue(moduleKey{}, m)
	m.functions()
	m.constants()
	return m.exports
}

func (m *module) set(name string, n int, f bind.Method) *goja.Object {
	fn := m.rt.Func(name, n, f)
	_ = m.exports.Set(name, fn)
	return fn
}

// value adds a function without arguments that also converts to its result.
func (m *module) value(name string, f func() any) {
	fn := m.set(name, 0, func(goja.FunctionCall) goja.Value { return m.rt.ToValue(f()) })
	_ = fn.DefineDataPropertySymbol(goja.SymToPrimitive, m.rt.Func("", 0, func(goja.FunctionCall) goja.Value {
		return m.rt.Call(fn, goja.Undefined())
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

func (m *module) functions() {
	rt := m.rt
	m.value("arch", func() any { return processProperty(rt, "arch") })
	m.value("availableParallelism", func() any { return runtime.NumCPU() })
	m.set("cpus", 0, func(goja.FunctionCall) goja.Value { return m.cpus() })
	m.value("endianness", func() any {
		if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 {
			return "LE"
		}
		return "BE"
	})
	m.value("freemem", func() any { return freeMemory() })
	m.set("getPriority", 1, m.getPriority)
	m.value("homedir", func() any { return m.homedir() })
	m.value("hostname", func() any {
		name, err := os.Hostname()
		if err != nil {
			m.fail(err, "uv_os_gethostname")
		}
		return name
	})
	m.set("loadavg", 0, func(goja.FunctionCall) goja.Value {
		a := loadAverage()
		return rt.VM.NewArray(a[0], a[1], a[2])
	})
	m.set("networkInterfaces", 0, func(goja.FunctionCall) goja.Value { return m.networkInterfaces() })
	m.value("platform", func() any { return processProperty(rt, "platform") })
	m.value("release", func() any { return m.uname().release })
	m.set("setPriority", 2, m.setPriority)
	m.value("tmpdir", func() any { return tmpdir() })
	m.value("totalmem", func() any { return TotalMemory() })
	m.value("type", func() any { return m.uname().system })
	m.set("userInfo", 1, m.userInfo)
	m.value("uptime", func() any { return uptime() })
	m.value("version", func() any { return m.uname().version })
	m.value("machine", func() any { return m.uname().machine })
}

func processProperty(rt *bind.Runtime, name string) any {
	return rt.VM.Get("process").(*goja.Object).Get(name)
}

// fail throws the SystemError ERR_SYSTEM_ERROR of a call.
func (m *module) fail(err error, call string) {
	errno, ok := err.(syscall.Errno)
	if !ok {
		m.rt.Throw(err)
	}
	m.rt.Throw(nodeerr.SystemCall(errno, call))
}

type uname struct{ system, release, version, machine string }

func (m *module) uname() uname {
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		m.fail(err, "uv_os_uname")
	}
	return uname{unix.ByteSliceToString(u.Sysname[:]), unix.ByteSliceToString(u.Release[:]),
		unix.ByteSliceToString(u.Version[:]), unix.ByteSliceToString(u.Machine[:])}
}

// tmpdir is os.tmpdir: TMPDIR, TMP, TEMP or /tmp, without a slash at the end.
func tmpdir() string {
	dir := "/tmp"
	for _, k := range []string{"TMPDIR", "TMP", "TEMP"} {
		if v := os.Getenv(k); v != "" {
			dir = v
			break
		}
	}
	if len(dir) > 1 {
		dir = strings.TrimSuffix(dir, "/")
	}
	return dir
}

func (m *module) homedir() string {
	if h := os.Getenv("HOME"); h != "" {
		return h
	}
	u, err := user.Current()
	if err != nil {
		m.fail(syscall.ENOENT, "uv_os_homedir")
	}
	return u.HomeDir
}

func (m *module) pid(v goja.Value) int {
	if goja.IsUndefined(v) {
		return 0
	}
	return int(m.rt.Integer(v, "pid", -1<<31, 1<<31-1))
}

func (m *module) getPriority(c goja.FunctionCall) goja.Value {
	p, err := unix.Getpriority(unix.PRIO_PROCESS, m.pid(c.Argument(0)))
	if err != nil {
		m.fail(err, "uv_os_getpriority")
	}
	return m.rt.VM.ToValue(niceOf(p))
}

func (m *module) setPriority(c goja.FunctionCall) goja.Value {
	pid, prio := c.Argument(0), c.Argument(1)
	if goja.IsUndefined(prio) {
		pid, prio = goja.Undefined(), pid
	}
	n := m.pid(pid)
	if err := unix.Setpriority(unix.PRIO_PROCESS, n, int(m.rt.Integer(prio, "priority", -20, 19))); err != nil {
		m.fail(err, "uv_os_setpriority")
	}
	return goja.Undefined()
}

// userInfo is os.userInfo({encoding}).
func (m *module) userInfo(c goja.FunctionCall) goja.Value {
	bytes := false
	if o, ok := c.Argument(0).(*goja.Object); ok {
		e := bind.Get(o, "encoding")
		bytes = goja.IsString(e) && e.String() == "buffer"
	}
	u, err := user.Current()
	if err != nil {
		m.fail(syscall.ENOENT, "uv_os_get_passwd")
	}
	text := func(s string) goja.Value {
		if bytes {
			return m.rt.MakeBuffer([]byte(s))
		}
		return m.rt.VM.ToValue(s)
	}
	o := m.rt.VM.NewObject()
	_ = o.SetPrototype(nil)
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	_ = o.Set("uid", uid)
	_ = o.Set("gid", gid)
	_ = o.Set("username", text(u.Username))
	_ = o.Set("homedir", text(u.HomeDir))
	if shell := loginShell(u.Uid); shell != "" {
		_ = o.Set("shell", text(shell))
	} else {
		_ = o.Set("shell", goja.Null())
	}
	return o
}

// loginShell looks a user's shell up in the password file.
func loginShell(uid string) string {
	p, err := os.ReadFile("/etc/passwd")
	if err != nil {
		return ""
	}
	for _, line := range strings.Split(string(p), "\n") {
		if f := strings.Split(line, ":"); len(f) == 7 && f[2] == uid {
			return f[6]
		}
	}
	return ""
}

func (m *module) constants() {
	vm := m.rt.VM
	table := func(list []constant) *goja.Object {
		o := vm.NewObject()
		_ = o.SetPrototype(nil)
		for _, c := range list {
			_ = o.DefineDataProperty(c.name, vm.ToValue(c.value), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
		}
		return o
	}
	all := table([]constant{{"UV_UDP_REUSEADDR", 4}})
	signals := table(signalConstants)
	object := vm.Get("Object").(*goja.Object)
	m.rt.Call(object.Get("freeze"), object, signals)
	for _, t := range []struct {
		name string
		o    *goja.Object
	}{{"dlopen", table(dlopenConstants)}, {"errno", table(errnoConstants)}, {"signals", signals}, {"priority", table(priorityConstants)}} {
		_ = all.Set(t.name, t.o)
	}
	fixed := func(name string, v goja.Value) {
		_ = m.exports.DefineDataProperty(name, v, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	fixed("constants", all)
	fixed("EOL", vm.ToValue("\n"))
	fixed("devNull", vm.ToValue("/dev/null"))
}
