package childprocessmod

import (
	"errors"
	"syscall"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/childprocess"
	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// child is a ChildProcess.
type child struct {
	events.Emitter
	m       *module
	obj     *goja.Object
	proc    *childprocess.Process // nil before the start and after the end
	ipc     *ipc
	sockets []*net.Socket // by descriptor, nil where there is no pipe
	file    string
	args    []string // with the program's name
	needed  int      // ends to wait for before 'close': the exit and the pipes
	got     int
}

// defineChild makes the class ChildProcess.
func (m *module) defineChild() {
	rt := m.rt
	m.child = rt.NewClass(bind.ClassDef{Name: "ChildProcess", Parent: rt.ClassOf("events.EventEmitter"),
		New: func(this *goja.Object, _ []goja.Value) *goja.Object {
			c := &child{m: m, obj: this, needed: 1}
			c.Bind(m.child.Host(), c)
			m.child.Adopt(this, c)
			c.counts()
			_ = this.Set("connected", false)
			_ = this.Set("signalCode", goja.Null())
			_ = this.Set("exitCode", goja.Null())
			_ = this.Set("killed", false)
			_ = this.Set("spawnfile", goja.Null())
			return nil
		}})
	k := m.child
	k.Method("spawn", 1, func(call goja.FunctionCall) goja.Value {
		o := rt.Object(call.Argument(0), "options")
		cmd := &command{options: o}
		if v := bind.Get(o, "envPairs"); goja.IsUndefined(v) || goja.IsNull(v) && !m.wantsChannel(o) {
			cmd.spec.Env = m.environment(goja.Undefined())
		} else if !bind.IsArray(v) {
			rt.ArgType("options.envPairs", v, "Array")
		} else {
			cmd.spec.Env = m.list(v, "options.envPairs")
		}
		file := rt.String(bind.Get(o, "file"), "options.file")
		cmd.spec.File, cmd.spec.Args = file, []string{file}
		if v := bind.Get(o, "args"); bind.IsArray(v) {
			cmd.spec.Args = m.list(v, "options.args")
		} else if !goja.IsUndefined(v) {
			rt.ArgType("options.args", v, "Array")
		}
		m.settings(cmd, o)
		return rt.VM.ToValue(m.of(call.This).start(cmd))
	})
	k.Method("kill", 1, func(call goja.FunctionCall) goja.Value {
		c := m.of(call.This)
		sig := syscall.SIGTERM
		if v := call.Argument(0); goja.IsNumber(v) && v.ToInteger() == 0 {
			sig = 0
		} else if v.ToBoolean() {
			sig = m.signalOf(v)
		}
		return rt.VM.ToValue(c.kill(sig))
	})
	k.Method("ref", 0, func(call goja.FunctionCall) goja.Value {
		if c := m.of(call.This); c.proc != nil {
			c.proc.Ref()
		}
		return goja.Undefined()
	})
	k.Method("unref", 0, func(call goja.FunctionCall) goja.Value {
		if c := m.of(call.This); c.proc != nil {
			c.proc.Unref()
		}
		return goja.Undefined()
	})
	if sym, ok := rt.VM.Get("Symbol").(*goja.Object).Get("dispose").(*goja.Symbol); ok {
		k.SymbolMethod(sym, "[Symbol.dispose]", 0, func(call goja.FunctionCall) goja.Value {
			this := call.This.(*goja.Object)
			if !bind.Get(this, "killed").ToBoolean() {
				rt.Call(this.Get("kill"), this)
			}
			return goja.Undefined()
		})
	}
	k.Seal()
}

func (m *module) of(v goja.Value) *child {
	c, ok := bind.From(v).(*child)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type ChildProcess"))
	}
	return c
}

func (c *child) counts() {
	_ = c.obj.Set("_closesNeeded", c.needed)
	_ = c.obj.Set("_closesGot", c.got)
}

// newChild is new ChildProcess().
func (m *module) newChild() *child {
	o, err := m.rt.VM.New(m.child.Ctor)
	if err != nil {
		panic(err)
	}
	return m.of(o)
}

// failsLater are the errors that come as an 'error' event; others are thrown.
func failsLater(e syscall.Errno) bool {
	switch e {
	case syscall.EACCES, syscall.EAGAIN, syscall.EMFILE, syscall.ENFILE, syscall.ENOENT:
		return true
	}
	return false
}

// start is ChildProcess.prototype.spawn. It returns 0 or the error's number.
func (c *child) start(cmd *command) int {
	m, rt := c.m, c.m.rt
	v := bind.Get(cmd.options, "stdio")
	if !v.ToBoolean() {
		v = rt.VM.ToValue("pipe")
	}
	entries := m.stdio(v, false)
	serialization := bind.Get(cmd.options, "serialization")
	if !goja.IsUndefined(serialization) && !(goja.IsString(serialization) && (serialization.String() == "json" || serialization.String() == "advanced")) {
		rt.Throw(nodeerr.InvalidArgValue("options.serialization", rt.Inspect(serialization, 2), "must be one of: undefined, 'json', 'advanced'"))
	}
	mode := "json"
	if goja.IsString(serialization) {
		mode = serialization.String()
	}
	ours, theirs, err := openStdio(&cmd.spec, entries)
	closeTheirs := func() {
		for _, fd := range theirs {
			unix.Close(fd)
		}
	}
	if err == nil {
		for i, e := range entries {
			if e.kind == stdioIPC {
				cmd.spec.Env = append(cmd.spec.Env, "NODE_CHANNEL_FD="+itoa(i), "NODE_CHANNEL_SERIALIZATION_MODE="+mode)
			}
		}
		if c.proc, err = childprocess.Start(rt.Loop, &cmd.spec); err == nil {
			c.proc.Owner = c.obj
		}
	}
	closeTheirs()
	c.file, c.args = cmd.spec.File, cmd.spec.Args
	_ = c.obj.Set("spawnfile", c.file)
	_ = c.obj.Set("_handle", goja.Null())
	_ = c.obj.Set("spawnargs", rt.ToValue(c.args))
	var errno syscall.Errno
	if err != nil {
		if !errors.As(err, &errno) {
			errno = syscall.EIO
		}
		if !failsLater(errno) || errno == syscall.EMFILE || errno == syscall.ENFILE {
			for _, fd := range ours {
				if fd >= 0 {
					unix.Close(fd)
				}
			}
			if !failsLater(errno) {
				rt.Throw(nodeerr.System(errno, "spawn", "", 0))
			}
			rt.Loop.NextTickFunc(func() { c.failed(errno) })
			return -int(errno)
		}
		rt.Loop.NextTickFunc(func() { c.failed(errno) })
	} else {
		_ = c.obj.Set("pid", c.proc.PID())
		c.handle()
		c.proc.OnExit = c.exited
		rt.Loop.NextTickFunc(func() { c.Emit("spawn") })
	}
	c.streams(entries, ours, mode == "advanced")
	if diagnostics.Any() {
		diagnostics.Publish(rt.Loop, "child_process", diagnostics.Field{Name: "process", Value: c.obj})
	}
	return -int(errno)
}

// handle gives the object its _handle, which shows the process.
func (c *child) handle() {
	rt := c.m.rt
	h := rt.VM.NewObject()
	_ = h.Set("pid", c.proc.PID())
	_ = h.Set("kill", rt.Func("kill", 1, func(call goja.FunctionCall) goja.Value {
		if c.proc == nil {
			return rt.VM.ToValue(-int(syscall.ESRCH))
		}
		return rt.VM.ToValue(-int(errnoOf(c.proc.Kill(syscall.Signal(call.Argument(0).ToInteger())))))
	}))
	_ = h.Set("hasRef", rt.Func("hasRef", 0, func(goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(c.proc != nil && c.proc.HasRef())
	}))
	_ = c.obj.Set("_handle", h)
}

func errnoOf(err error) syscall.Errno {
	var e syscall.Errno
	if err != nil && !errors.As(err, &e) {
		return syscall.EIO
	}
	return e
}

// openStdio makes the pipes; ours has this process's ends by descriptor, -1
// where there is none.
func openStdio(s *childprocess.Spec, entries []stdioEntry) (ours, theirs []int, err error) {
	ours = make([]int, len(entries))
	s.FDs = make([]int, len(entries))
	for i := range ours {
		ours[i], s.FDs[i] = -1, -1
	}
	for i, e := range entries {
		switch e.kind {
		case stdioPipe, stdioIPC:
			a, b, err := childprocess.Pipe()
			if err != nil {
				return ours, theirs, err
			}
			ours[i], s.FDs[i] = a, b
			theirs = append(theirs, b)
		case stdioIgnore:
			fd := -1
			if i < 3 { // further ones are not there
				if fd, err = childprocess.Null(i); err != nil {
					return ours, theirs, err
				}
				theirs = append(theirs, fd)
			}
			s.FDs[i] = fd
		default:
			s.FDs[i] = e.fd
			if i < 3 && e.fd >= 0 { // programs expect the standard ones to block
				_ = unix.SetNonblock(e.fd, false)
			}
		}
	}
	return ours, theirs, nil
}

// streams makes stdin, stdout, stderr and stdio of this process's ends.
func (c *child) streams(entries []stdioEntry, ours []int, advanced bool) {
	rt := c.m.rt
	rt.Require("net") // the class Socket
	c.sockets = make([]*net.Socket, len(entries))
	values := make([]any, len(entries))
	channel := -1
	for i, e := range entries {
		values[i] = goja.Null()
		switch e.kind {
		case stdioIPC:
			c.needed++
			channel = ours[i]
		case stdioWrap:
			c.m.lend(e.stream)
		case stdioPipe:
			h := net.NewHandle(rt.Loop, net.PipeSocket)
			h.Open(ours[i])
			o := net.NewSocketOptions()
			o.Handle, o.Readable = h, i > 0
			s, err := net.NewSocket(rt.Loop, o)
			rt.Must(err)
			c.sockets[i] = s
			values[i] = rt.Wrap(s)
			if i > 0 && c.proc != nil {
				c.needed++
				s.On("close", func(...any) { c.maybeClose() })
			}
		}
	}
	c.counts()
	for i, name := range []string{"stdin", "stdout", "stderr"} {
		var v any = goja.Null()
		if i < len(values) {
			v = values[i]
		}
		_ = c.obj.Set(name, v)
	}
	_ = c.obj.Set("stdio", rt.VM.NewArray(values...))
	if channel >= 0 {
		c.connect(channel, advanced)
	}
}

// lend makes a stream of this process's, which a child has as one of its
// descriptors, read no more until the program asks for it.
func (m *module) lend(o *goja.Object) {
	s := netmod.SocketOf(o)
	if s == nil {
		if pause := bind.Get(o, "pause"); bind.IsCallable(pause) {
			m.rt.Call(pause, o)
		}
		return
	}
	if h := s.Handle(); h != nil {
		h.ReadStop()
	}
	m.rt.Call(bind.Get(o, "pause"), o)
	s.SetReadableFlowing(stream.False)
	s.SetReadableIs(stream.Reading, false)
	if m.lent == nil {
		m.lent = map[*net.Socket]bool{}
	}
	m.lent[s] = true
	s.Once("close", func(...any) { delete(m.lent, s) })
}

// wantsChannel reports whether the option stdio has a channel.
func (m *module) wantsChannel(o *goja.Object) bool {
	list, ok := bind.Get(o, "stdio").(*goja.Object)
	if !ok || !bind.IsArray(list) {
		return false
	}
	for i := range int(list.Get("length").ToInteger()) {
		if v := list.Get(itoa(i)); v != nil && goja.IsString(v) && v.String() == "ipc" {
			return true
		}
	}
	return false
}

// failed ends a child that did not start.
func (c *child) failed(errno syscall.Errno) {
	_ = c.obj.Set("exitCode", -int(errno))
	c.over(func() {
		e := nodeerr.Spawn(errno, "spawn", c.file, c.args[min(1, len(c.args)):])
		c.Emit("error", e)
	})
}

// exited is told of the child's end.
func (c *child) exited(code int, sig syscall.Signal) {
	c.proc = nil
	if sig != 0 {
		_ = c.obj.Set("signalCode", c.m.signalValue(sig))
	} else {
		_ = c.obj.Set("exitCode", code)
	}
	_ = c.obj.Set("_handle", goja.Null())
	c.over(func() { c.Emit("exit", c.obj.Get("exitCode"), c.obj.Get("signalCode")) })
}

// over does what the end of a child and a failed start have in common.
func (c *child) over(emit func()) {
	if len(c.sockets) > 0 && c.sockets[0] != nil {
		c.sockets[0].Destroy(nil)
	}
	emit()
	c.m.rt.Loop.NextTickFunc(c.flush)
	c.maybeClose()
}

// flush reads what nobody reads, so that the pipes come to their end.
func (c *child) flush() {
	for _, s := range c.sockets {
		if s != nil && s.Readable() && !c.m.lent[s] {
			s.Resume()
		}
	}
}

// maybeClose emits 'close' when the child and all its pipes have ended.
func (c *child) maybeClose() {
	c.got++
	_ = c.obj.Set("_closesGot", c.got)
	if c.got == c.needed {
		c.Emit("close", c.obj.Get("exitCode"), c.obj.Get("signalCode"))
	}
}

// kill is ChildProcess.prototype.kill.
func (c *child) kill(sig syscall.Signal) bool {
	if c.proc == nil {
		return false
	}
	switch errno := errnoOf(c.proc.Kill(sig)); errno {
	case 0:
		_ = c.obj.Set("killed", true)
		return true
	case syscall.ESRCH:
		return false
	case syscall.EINVAL, syscall.ENOSYS:
		c.m.rt.Throw(nodeerr.System(errno, "kill", "", 0))
	default:
		c.Emit("error", nodeerr.System(errno, "kill", "", 0))
	}
	return false
}
