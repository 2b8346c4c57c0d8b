package childprocessmod

import (
	"os"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/childprocess"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/net"
)

// ipc is one end of the channel between a program and a child it forked: the
// methods send and disconnect of its target, a ChildProcess or process.
type ipc struct {
	m        *module
	target   *goja.Object
	control  *goja.Object
	ch       *childprocess.Channel
	pending  [][]goja.Value // emits that wait for a listener
	refs     int
	explicit bool   // ref or unref was called
	ended    func() // the other side has closed

	queue    []queuedSend // what waits until the other side has the handle sent last
	queueing bool         // a handle is on its way
	sent     *sentHandle  // that one, to be closed or sent again

	sentSockets map[string]*sentSockets
	gotSockets  map[string]*gotSockets
}

// connect makes the channel of a child that was forked, over fd.
func (c *child) connect(fd int, advanced bool) {
	ch, st := childprocess.NewChannel(c.m.rt.Loop, fd)
	if st.Failed() {
		return
	}
	ch.Framed = advanced
	c.ipc = c.m.attach(c.obj, ch, c.maybeClose)
}

// attach gives target the members of a connected end.
func (m *module) attach(target *goja.Object, ch *childprocess.Channel, ended func()) *ipc {
	rt := m.rt
	m.defineControl()
	x := &ipc{m: m, target: target, ch: ch, ended: ended}
	control, err := rt.VM.New(m.control.Ctor)
	if err != nil {
		panic(err)
	}
	x.control = control
	rt.Attach(control, x)
	_ = target.Set("channel", control)
	_ = target.DefineDataProperty("_channel", control, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = target.Set("_handleQueue", goja.Null())
	_ = target.Set("_pendingMessage", goja.Null())
	_ = target.Set("send", rt.Func("", 4, x.send))
	_ = target.Set("_send", rt.Func("", 4, x.rawSend))
	_ = target.Set("connected", true)
	_ = target.Set("disconnect", rt.Func("", 0, x.disconnect))
	_ = target.Set("_disconnect", rt.Func("", 0, func(goja.FunctionCall) goja.Value { x.close(); return goja.Undefined() }))
	x.on("internalMessage", func(c goja.FunctionCall) { x.internal(c.Argument(0), c.Argument(1)) })
	x.on("newListener", func(goja.FunctionCall) { rt.Loop.NextTickFunc(x.flush) })
	ch.OnMessage, ch.OnEnd = x.message, x.end
	ch.Listen()
	return x
}

// defineControl makes the class of target.channel.
func (m *module) defineControl() {
	if m.control != nil {
		return
	}
	rt := m.rt
	parent := rt.ClassOf("events.EventEmitter")
	m.control = rt.NewClass(bind.ClassDef{Name: "Control", Parent: parent, ES6: true, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		rt.Call(parent.Ctor, this)
		return nil
	}})
	ref := func(f func(*net.Handle)) bind.Method {
		return func(c goja.FunctionCall) goja.Value {
			if x, ok := bind.From(c.This).(*ipc); ok {
				x.explicit = true
				f(x.ch.Handle())
			}
			return goja.Undefined()
		}
	}
	m.control.Method("ref", 0, ref(func(h *net.Handle) { h.Ref() }))
	m.control.Method("unref", 0, ref(func(h *net.Handle) { h.Unref() }))
	m.control.Accessor("fd", func(this goja.Value) goja.Value {
		if x, ok := bind.From(this).(*ipc); ok {
			return rt.VM.ToValue(x.ch.Handle().FD())
		}
		return goja.Undefined()
	}, nil)
	m.control.Seal()
}

// on is target.on.
func (x *ipc) on(name string, f func(goja.FunctionCall)) {
	rt := x.m.rt
	rt.Call(x.target.Get("on"), x.target, rt.VM.ToValue(name), rt.Func("", 0, func(c goja.FunctionCall) goja.Value {
		f(c)
		return goja.Undefined()
	}))
}

func (x *ipc) emit(args ...goja.Value) { x.m.rt.Call(x.target.Get("emit"), x.target, args...) }

func (x *ipc) connected() bool { return bind.Get(x.target, "connected").ToBoolean() }

// open reports whether the channel is attached to its target still.
func (x *ipc) open() bool { return bind.Get(x.target, "channel").ToBoolean() }

// message is what the other side sent. A handle comes with at most one message
// of a read, one that says so.
func (x *ipc) message(p []byte) {
	v := x.decode(p)
	handle := goja.Value(goja.Undefined())
	if internalCommand(v) == "NODE_HANDLE" {
		if fd := x.ch.TakeFD(); fd >= 0 {
			handle = x.m.received(fd)
		}
	}
	x.handle(v, handle)
}

// internalCommand is the cmd of an internal message, "" for any other value.
func internalCommand(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok {
		if cmd := bind.Get(o, "cmd"); goja.IsString(cmd) && strings.HasPrefix(cmd.String(), "NODE_") && len(cmd.String()) > len("NODE_") {
			return cmd.String()
		}
	}
	return ""
}

// handle emits a message, in a tick; it waits for a listener.
func (x *ipc) handle(v, handle goja.Value) {
	if !x.open() {
		return
	}
	event := "message"
	if internalCommand(v) != "" {
		event = "internalMessage"
	}
	args := []goja.Value{x.m.rt.VM.ToValue(event), v, handle}
	x.m.rt.Loop.NextTickFunc(func() {
		switch {
		case event == "internalMessage" || x.listening():
			x.emit(args...)
		case x.open():
			x.pending = append(x.pending, args)
		}
	})
}

func (x *ipc) listening() bool {
	rt := x.m.rt
	return rt.Call(x.target.Get("listenerCount"), x.target, rt.VM.ToValue("message")).ToInteger() > 0
}

func (x *ipc) flush() {
	if !x.open() || len(x.pending) == 0 || !x.listening() {
		return
	}
	list := x.pending
	x.pending = nil
	for _, args := range list {
		x.emit(args...)
	}
}

// end is the other side's close.
func (x *ipc) end() {
	rt := x.m.rt
	if x.connected() {
		rt.Call(x.target.Get("disconnect"), x.target)
	}
	x.ch.Close()
	if x.ended != nil {
		x.ended()
	}
}

// Attach connects a program that was forked with its parent: process.send and
// the event 'message'. It does nothing for a program that was not.
func Attach(rt *bind.Runtime) {
	text, ok := os.LookupEnv("NODE_CHANNEL_FD")
	if !ok {
		return
	}
	os.Unsetenv("NODE_CHANNEL_FD")
	advanced := os.Getenv("NODE_CHANNEL_SERIALIZATION_MODE") == "advanced"
	os.Unsetenv("NODE_CHANNEL_SERIALIZATION_MODE")
	process, ok := rt.VM.Get("process").(*goja.Object)
	fd, err := strconv.Atoi(text)
	if !ok || err != nil || fd < 0 {
		return
	}
	get(rt).attachProcess(process, fd, advanced)
}

// attachProcess is the child's end: it keeps the program alive only while it
// listens for messages.
func (m *module) attachProcess(process *goja.Object, fd int, advanced bool) {
	ch, st := childprocess.NewChannel(m.rt.Loop, fd)
	if st.Failed() {
		return
	}
	ch.Framed = advanced
	processmod.SetChannelFD(m.rt, fd)
	x := m.attach(process, ch, nil)
	ch.Handle().Unref()
	count := func(n int) func(goja.FunctionCall) {
		return func(c goja.FunctionCall) {
			if name := c.Argument(0); goja.IsString(name) && (name.String() == "message" || name.String() == "disconnect") {
				x.count(n)
			}
		}
	}
	x.on("newListener", count(1))
	x.on("removeListener", count(-1))
}

// count counts the listeners for which the channel is referenced.
func (x *ipc) count(n int) {
	x.refs += n
	h := x.ch.Handle()
	if x.explicit {
		return
	}
	if x.refs == 1 && n > 0 {
		h.Ref()
	} else if x.refs == 0 && n < 0 {
		h.Unref()
	}
}
