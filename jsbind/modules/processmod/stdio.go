package processmod

import (
	"strings"
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/jsbind/modules/ttymod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// stdio are the standard streams, made when a program first asks for them
// (https://nodejs.org/docs/latest-v24.x/api/process.html#a-note-on-process-io).
type stdio struct {
	streams [3]*goja.Object
	sync    *bind.Class // of files
}

func (p *Process) standardStreams() {
	for fd, name := range []string{"stdin", "stdout", "stderr"} {
		get := p.rt.Func("get"+strings.ToUpper(name[:1])+name[1:], 0, func(goja.FunctionCall) goja.Value { return p.Stream(fd) })
		_ = p.Obj.DefineAccessorProperty(name, get, nil, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	p.method("openStdin", 0, func(goja.FunctionCall) goja.Value {
		s := p.Stream(0)
		p.rt.Call(s.Get("resume"), s)
		return s
	})
}

// Stream returns process.stdin, stdout or stderr.
func (p *Process) Stream(fd int) *goja.Object {
	if p.stdio.streams[fd] == nil {
		if fd == 0 {
			p.stdio.streams[0] = p.makeStdin()
		} else {
			p.stdio.streams[fd] = p.makeOutput(fd)
		}
	}
	return p.stdio.streams[fd]
}

func (p *Process) create(class goja.Value, args ...goja.Value) *goja.Object {
	o, err := p.rt.VM.New(class, args...)
	if err != nil {
		panic(err)
	}
	return o
}

// options makes an options object of pairs of names and values.
func (p *Process) options(pairs ...any) *goja.Object {
	o := p.rt.VM.NewObject()
	for i := 0; i < len(pairs); i += 2 {
		_ = o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}

// makeOutput makes the stream of descriptor 1 or 2. It is never closed, and
// writes are finished when write returns, but for pipes that are full.
func (p *Process) makeOutput(fd int) *goja.Object {
	rt := p.rt
	var o *goja.Object
	switch net.DescriptorType(fd) {
	case "TTY":
		o = p.create(ttymod.Define(rt).WriteStream.Ctor, rt.VM.ToValue(fd))
		_ = o.Set("_type", "tty")
		p.followWindow(o)
	case "PIPE", "TCP":
		o = p.create(netmod.Define(rt).Socket.Ctor, p.options("fd", fd, "readable", false, "writable", true))
		_ = o.Set("_type", "pipe")
	case "FILE":
		o = p.syncStream(fd)
		_ = o.Set("_type", "fs")
	default:
		o = p.create(streammod.Define(rt).Writable.Ctor, p.options("write", rt.Func("write", 3, func(c goja.FunctionCall) goja.Value {
			rt.Call(c.Argument(2), goja.Undefined())
			return goja.Undefined()
		})))
	}
	_ = o.Set("fd", fd)
	_ = o.Set("_isStdio", true)
	_ = o.Set("destroySoon", o.Get("destroy"))
	_ = o.Set("_destroy", rt.Func("dummyDestroy", 2, func(c goja.FunctionCall) goja.Value {
		this := c.This.(*goja.Object)
		rt.Call(c.Argument(1), goja.Undefined(), c.Argument(0))
		rt.Call(bind.Get(this, "_undestroy"), this)
		if st, ok := bind.Get(this, "_writableState").(*goja.Object); ok && !bind.Get(st, "emitClose").ToBoolean() {
			rt.Loop.NextTickFunc(func() { rt.Call(bind.Get(this, "emit"), this, rt.VM.ToValue("close")) })
		}
		return goja.Undefined()
	}))
	return o
}

// followWindow keeps a terminal's size up to date.
func (p *Process) followWindow(o *goja.Object) {
	rt := p.rt
	rt.Call(p.Obj.Get("on"), p.Obj, rt.VM.ToValue("SIGWINCH"), rt.Func("", 0, func(goja.FunctionCall) goja.Value {
		rt.Call(bind.Get(o, "_refreshSize"), o)
		return goja.Undefined()
	}))
}

// syncWriter writes to a file at once.
type syncWriter struct{ fd int }

// WriteImpl writes all of c.
func (w *syncWriter) WriteImpl(c buffer.Chunk, _ string, done func(error)) {
	done(w.write(c.Bytes))
}

func (w *syncWriter) write(b []byte) error {
	for len(b) > 0 {
		n, err := syscall.Write(w.fd, b)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return nodeerr.File(err, "write", "")
		case n == 0:
			return nodeerr.File(syscall.EIO, "write", "")
		}
		b = b[max(n, 0):]
	}
	return nil
}

// syncStream makes the stream of a file.
func (p *Process) syncStream(fd int) *goja.Object {
	rt := p.rt
	if p.stdio.sync == nil {
		writable := streammod.Define(rt).Writable
		p.stdio.sync = rt.NewClass(bind.ClassDef{Name: "SyncWriteStream", Parent: writable, Length: 2,
			New: func(this *goja.Object, args []goja.Value) *goja.Object {
				number := int(args[0].ToInteger())
				s := &stream.Stream{}
				s.Bind(p.stdio.sync.Host(), s)
				p.stdio.sync.Adopt(this, s)
				s.Init(rt.Loop, p.stdio.sync.Host(), s, &syncWriter{number}, stream.WritableOptions())
				_ = this.Set("fd", number)
				_ = this.DefineDataProperty("readable", rt.VM.ToValue(false), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
				_ = this.Set("autoClose", false)
				return nil
			}})
		p.stdio.sync.Seal()
	}
	return p.create(p.stdio.sync.Ctor, rt.VM.ToValue(fd))
}

type channelKey struct{}

// SetChannelFD says which descriptor is that of the channel to the parent
// process.
func SetChannelFD(rt *bind.Runtime, fd int) { rt.SetValue(channelKey{}, fd) }

// makeStdin makes the stream of descriptor 0. It begins paused and keeps the
// loop alive only while it is read.
func (p *Process) makeStdin() *goja.Object {
	rt := p.rt
	var o *goja.Object
	kind := net.DescriptorType(0)
	if p.opt.Secondary {
		kind = ""
	}
	switch kind {
	case "TTY":
		o = p.create(ttymod.Define(rt).ReadStream.Ctor, rt.VM.ToValue(0))
	case "PIPE", "TCP":
		if fd, ok := rt.Value(channelKey{}).(int); ok && fd == 0 { // the channel's: nothing to read here
			o = p.create(netmod.Define(rt).Socket.Ctor, p.options("readable", true, "writable", false, "manualStart", true))
			break
		}
		o = p.create(netmod.Define(rt).Socket.Ctor, p.options("fd", 0, "readable", true, "writable", false, "manualStart", true))
	case "FILE":
		o = p.fileStdin()
	default:
		o = p.create(streammod.Define(rt).Readable.Ctor, p.options("read", rt.Func("read", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })))
		rt.Call(o.Get("push"), o, goja.Null())
	}
	_ = o.Set("fd", 0)
	s := netmod.SocketOf(o)
	if s == nil {
		return o
	}
	stop := func() {
		if h := s.Handle(); h != nil {
			s.SetReadableIs(stream.Reading, false)
			h.ReadStop()
		}
	}
	stop()
	// A program that pauses stops reading, and so lets the loop end, once the
	// stream has settled.
	s.On("pause", func(...any) {
		rt.Loop.NextTickFunc(func() {
			if h := s.Handle(); h != nil && h.Reading() && s.ReadableFlowing() != stream.True {
				stop()
			}
		})
	})
	return o
}

// fileStdin is an fs.ReadStream of descriptor 0.
func (p *Process) fileStdin() *goja.Object {
	if fs, ok := p.rt.Require("fs").(*goja.Object); ok {
		if class := fs.Get("ReadStream"); class != nil && bind.IsCallable(class) {
			return p.create(class, goja.Null(), p.options("fd", 0, "autoClose", false))
		}
	}
	p.rt.Throw(nodeerr.MethodNotImplemented("process.stdin for files"))
	return nil
}
