package ttymod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

type module struct {
	rt          *bind.Runtime
	read, write *bind.Class
	exports     *goja.Object
}

type moduleKey struct{}

// Classes are tty.ReadStream and tty.WriteStream.
type Classes struct{ ReadStream, WriteStream *bind.Class }

// Define makes the classes.
func Define(rt *bind.Runtime) Classes {
	m := get(rt)
	return Classes{m.read, m.write}
}

// Load returns the exports of node:tty.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt}
	rt.SetValue(moduleKey{}, m)
	m.defineRead(netmod.Define(rt).Socket)
	m.defineWrite(netmod.Define(rt).Socket)
	e := rt.VM.NewObject()
	m.exports = e
	_ = e.Set("isatty", rt.Func("isatty", 1, func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		if !goja.IsNumber(v) {
			return rt.VM.ToValue(false)
		}
		f := v.ToFloat()
		return rt.VM.ToValue(f == float64(int32(f)) && f >= 0 && net.IsTerminal(int(f)))
	}))
	_ = e.Set("ReadStream", m.read.Ctor)
	_ = e.Set("WriteStream", m.write.Ctor)
	return m
}

// open makes the socket of a terminal's descriptor behind this.
func (m *module) open(c *bind.Class, this *goja.Object, args []goja.Value, o net.SocketOptions) *net.Socket {
	rt := m.rt
	fd := -1
	if len(args) > 0 && goja.IsNumber(args[0]) {
		if f := args[0].ToFloat(); f == float64(int32(f)) {
			fd = int(f)
		}
	}
	if fd < 0 {
		text := "undefined"
		if len(args) > 0 {
			text = rt.Inspect(args[0], 2)
			if !goja.IsNumber(args[0]) {
				text = args[0].String()
			}
		}
		rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_INVALID_FD", "\"fd\" must be a positive integer: "+text))
	}
	h, st := net.OpenTerminal(rt.Loop, fd)
	if st.Failed() {
		rt.Throw(nodeerr.TTYInitFailed(int(st)))
	}
	s := &net.Socket{}
	o.Handle = h
	o.Host, o.HasHost = c.Host(), true
	s.Bind(o.Host, s)
	c.Adopt(this, s)
	rt.Must(s.Init(rt.Loop, s, o))
	return s
}

func (m *module) socket(v goja.Value) *net.Socket {
	s := netmod.SocketOf(v)
	if s == nil {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Socket"))
	}
	return s
}

func (m *module) defineRead(socket *bind.Class) {
	rt := m.rt
	m.read = rt.NewClass(bind.ClassDef{Name: "ReadStream", Key: "tty.ReadStream", Parent: socket, Length: 2,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			var opts *goja.Object
			if len(args) > 1 {
				opts, _ = args[1].(*goja.Object)
			}
			o := netmod.ReadSocketOptions(rt, opts)
			o.ReadableHighWaterMark = 0
			o.ManualStart = true
			m.open(m.read, this, args, o)
			_ = this.Set("isRaw", false)
			_ = this.Set("isTTY", true)
			return nil
		}})
	m.read.Method("setRawMode", 1, func(c goja.FunctionCall) goja.Value {
		on := c.Argument(0).ToBoolean()
		s, this := m.socket(c.This), c.This.(*goja.Object)
		h := s.Handle()
		if h == nil {
			return c.This
		}
		if st := h.SetRawMode(on); st.Failed() {
			s.Emit("error", nodeerr.Status(int(st), "setRawMode"))
			return c.This
		}
		_ = this.Set("isRaw", on)
		return c.This
	})
	m.read.Seal()
}
