package childprocessmod

import (
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

type moduleKey struct{}

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
	child   *bind.Class
	control *bind.Class          // of the property channel
	warned  bool                 // DEP0190
	codec   *goja.Object         // of the serialization "advanced"; nil before it is used
	lent    map[*net.Socket]bool // streams of this process's that children read
}

// Load returns the exports of node:child_process.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject()}
	rt.SetValue(moduleKey{}, m)
	m.defineChild()
	set := func(name string, n int, f bind.Method) { _ = m.exports.Set(name, rt.Func(name, n, f)) }
	set("_forkChild", 2, m.forkChild)
	_ = m.exports.Set("ChildProcess", m.child.Ctor)
	set("exec", 3, m.exec)
	set("execFile", 4, m.execFile)
	set("execFileSync", 3, m.execFileSync)
	set("execSync", 2, m.execSync)
	set("fork", 1, m.fork)
	set("spawn", 3, m.spawn)
	set("spawnSync", 3, m.spawnSync)
	m.promisified()
	return m
}

// arg returns an argument, undefined past the end.
func arg(a []goja.Value, i int) goja.Value {
	if i < len(a) && a[i] != nil {
		return a[i]
	}
	return goja.Undefined()
}

// signalOf reads a signal: a number or a name in any case.
func (m *module) signalOf(v goja.Value) syscall.Signal {
	switch {
	case goja.IsNumber(v):
		n := syscall.Signal(v.ToInteger())
		if processmod.SignalName(n) != "" && v.ToFloat() == float64(n) {
			return n
		}
	case goja.IsString(v):
		if n, ok := processmod.SignalNumber(upper(v.String())); ok {
			return n
		}
	}
	m.rt.Throw(nodeerr.UnknownSignal(v.String()))
	return 0
}

func upper(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'a' && c <= 'z' {
			b[i] = c - 32
		}
	}
	return string(b)
}

// killSignal reads the option killSignal.
func (m *module) killSignal(o *goja.Object) goja.Value {
	v := bind.Get(o, "killSignal")
	switch {
	case goja.IsString(v) || goja.IsNumber(v):
		return m.rt.VM.ToValue(int(m.signalOf(v)))
	case !bind.IsNullish(v):
		m.rt.ArgType("options.killSignal", v, "string", "number")
	}
	return goja.Undefined()
}

// signalValue names a signal, null for none.
func (m *module) signalValue(sig syscall.Signal) goja.Value {
	if sig == 0 {
		return goja.Null()
	}
	return m.rt.VM.ToValue(processmod.SignalName(sig))
}
