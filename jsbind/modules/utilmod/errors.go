package utilmod

import (
	"math"
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func notImplemented(name string) error { return nodeerr.MethodNotImplemented(name) }

// errno reads the argument of the system error functions: a negative integer.
func (m *module) errno(v goja.Value) syscall.Errno {
	f := m.rt.Number(v, "err")
	if f >= 0 || f != math.Trunc(f) || f < bind.MinSafe {
		m.rt.OutOfRange("err", "a negative integer", v)
	}
	return syscall.Errno(-f)
}

func known(errno syscall.Errno) (name, text string, ok bool) {
	nodeerr.EachErrno(func(n int, code, message string) bool {
		if n == -int(errno) {
			name, text, ok = code, message, true
		}
		return !ok
	})
	return
}

func unknown(errno syscall.Errno) string {
	return "Unknown system error -" + bind.FormatNumber(float64(errno))
}

func (m *module) getSystemErrorName(c goja.FunctionCall) goja.Value {
	errno := m.errno(c.Argument(0))
	if name, _, ok := known(errno); ok {
		return m.rt.VM.ToValue(name)
	}
	return m.rt.VM.ToValue(unknown(errno))
}

func (m *module) getSystemErrorMessage(c goja.FunctionCall) goja.Value {
	errno := m.errno(c.Argument(0))
	if _, text, ok := known(errno); ok {
		return m.rt.VM.ToValue(text)
	}
	return m.rt.VM.ToValue(unknown(errno))
}

// getSystemErrorMap is a Map from errno to [name, message].
func (m *module) getSystemErrorMap(goja.FunctionCall) goja.Value {
	vm := m.rt.VM
	var pairs []any
	nodeerr.EachErrno(func(n int, name, text string) bool {
		pairs = append(pairs, vm.NewArray(n, vm.NewArray(name, text)))
		return true
	})
	return m.create(vm.Get("Map"), vm.NewArray(pairs...))
}

// errnoException is util._errnoException(err, syscall[, original]).
func (m *module) errnoException(c goja.FunctionCall) goja.Value {
	errno := m.errno(c.Argument(0))
	call := c.Argument(1).String()
	e := m.systemError(errno, call)
	if v := c.Argument(2); v.ToBoolean() {
		e.Message += " " + v.String()
	}
	return m.rt.ErrorValue(e)
}

func (m *module) systemError(errno syscall.Errno, call string) *nodeerr.Error {
	name, _, ok := known(errno)
	if !ok {
		name = unknown(errno)
	}
	return &nodeerr.Error{Kind: nodeerr.KindError, Code: name, Message: call + " " + name, Errno: -int(errno), Syscall: call}
}

// exceptionWithHostPort is util._exceptionWithHostPort(err, syscall, address,
// port[, additional]).
func (m *module) exceptionWithHostPort(c goja.FunctionCall) goja.Value {
	errno := m.errno(c.Argument(0))
	e := m.systemError(errno, c.Argument(1).String())
	e.Address = c.Argument(2).String()
	port := c.Argument(3)
	switch {
	case port.ToBoolean() && port.ToInteger() > 0:
		e.Port = int(port.ToInteger())
		e.Message += " " + e.Address + ":" + port.String()
	case c.Argument(2).ToBoolean():
		e.Message += " " + e.Address
	}
	if v := c.Argument(4); v.ToBoolean() {
		e.Message += " - Local (" + v.String() + ")"
	}
	return m.rt.ErrorValue(e)
}
