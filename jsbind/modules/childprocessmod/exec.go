package childprocessmod

import (
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// execArguments sorts (file, args, options, callback) of execFile, of which
// all but the first may be left out.
func (m *module) execArguments(a []goja.Value) (file, args goja.Value, o *goja.Object, callback goja.Value) {
	rt := m.rt
	var options goja.Value
	file, args, callback = arg(a, 0), goja.Value(rt.VM.NewArray()), goja.Undefined()
	rest := a[min(1, len(a)):]
	if len(rest) > 0 && bind.IsArray(rest[0]) {
		args, rest = rest[0], rest[1:]
	} else if len(rest) > 0 && !bind.IsNullish(rest[0]) && !bind.IsCallable(rest[0]) {
		if bind.TypeOf(rest[0]) != "object" {
			rt.ArgType("args", rest[0], "object")
		}
	} else if len(rest) > 1 && bind.IsNullish(rest[0]) {
		rest = rest[1:]
	}
	if len(rest) > 0 && !bind.IsNullish(rest[0]) && !bind.IsCallable(rest[0]) {
		options, rest = rt.Object(rest[0], "options"), rest[1:]
	} else if len(rest) > 1 && bind.IsNullish(rest[0]) {
		rest = rest[1:]
	}
	if len(rest) > 0 {
		if !bind.IsNullish(rest[0]) {
			rt.Function(rest[0], "callback")
		}
		callback = rest[0]
	}
	o = m.copyOptions(options)
	if v := bind.Get(o, "argv0"); !bind.IsNullish(v) {
		m.noNull(rt.String(v, "options.argv0"), "options.argv0")
	}
	return file, args, o, callback
}

// exec is child_process.exec(command, options, callback).
func (m *module) exec(c goja.FunctionCall) goja.Value {
	options, callback := c.Argument(1), c.Argument(2)
	if bind.IsCallable(options) {
		options, callback = goja.Undefined(), options
	}
	o := m.shellOptions(c.Argument(0), options)
	return m.collect(c.Argument(0), goja.Null(), o, callback).obj
}

// execFile is child_process.execFile(file, args, options, callback).
func (m *module) execFile(c goja.FunctionCall) goja.Value {
	file, args, o, callback := m.execArguments(c.Arguments)
	return m.collect(file, args, o, callback).obj
}

// collector gathers what a child writes, for exec and execFile.
type collector struct {
	m        *module
	c        *child
	cb       bind.Method
	text     *buffer.Encoding // nil: Buffers
	out      [2]gathered
	kill     goja.Value
	timer    *loop.Timer
	remove   func()
	err      goja.Value
	killed   bool
	exited   bool
	command  string
	maxBytes int64
}

// gathered is what came from stdout or stderr.
type gathered struct {
	sock   *net.Socket
	chunks []goja.Value
	size   int64
}

// collect starts a child and calls back with what it wrote.
func (m *module) collect(file, args goja.Value, o *goja.Object, callback goja.Value) *child {
	rt := m.rt
	x := &collector{m: m, remove: func() {}}
	if bind.IsCallable(callback) {
		x.cb = rt.Callable(callback)
	}
	timeout := m.timeout(o)
	x.maxBytes = m.maxBuffer(o)
	x.kill = m.killSignal(o)
	enc := bind.Get(o, "encoding")
	utf8 := buffer.UTF8
	switch {
	case o.Get("encoding") == nil:
		x.text = &utf8
	case enc.ToBoolean() && enc.String() != "buffer":
		if e, ok := buffer.ParseEncoding(enc.String()); ok {
			x.text = &e
		}
	}
	sig := m.abortSignal(o)
	_ = o.Delete("timeout")
	_ = o.Delete("signal")
	cmd := m.command(file, args, o)
	c := m.newChild()
	x.c = c
	x.command = file.String()
	if bind.IsArray(args) {
		if list := cmd.spec.Args[1:]; len(list) > 0 && !bind.Get(o, "shell").ToBoolean() {
			x.command += " " + join(list)
		} else if l := m.list(args, "args"); len(l) > 0 {
			x.command += " " + join(l)
		}
	}
	c.start(cmd)
	if sig != nil {
		abort := func() { c.abort(x.kill, sig) }
		if sig.Get("aborted").ToBoolean() {
			rt.Loop.NextTickFunc(abort)
		} else {
			x.remove = m.onAbort(sig, abort)
		}
	}
	for i := range x.out {
		if i+1 < len(c.sockets) && c.sockets[i+1] != nil {
			x.listen(i, c.sockets[i+1])
		}
	}
	if timeout > 0 {
		x.timer = rt.Loop.SetTimer(timeout, 0, loop.Func(func() {
			x.stop()
			x.timer = nil
		}))
	}
	c.On("close", func(a ...any) {
		at := func(i int) goja.Value {
			if i < len(a) {
				return rt.ToValue(a[i])
			}
			return goja.Undefined()
		}
		x.finish(at(0), at(1))
	})
	c.On("error", func(a ...any) {
		x.err = rt.ToValue(a[0])
		for _, g := range x.out {
			if g.sock != nil {
				g.sock.Destroy(nil)
			}
		}
		x.finish(goja.Undefined(), goja.Undefined())
	})
	return c
}

var outputNames = [2]string{"stdout", "stderr"}

// listen gathers one stream up to maxBuffer.
func (x *collector) listen(i int, s *net.Socket) {
	rt := x.m.rt
	g := &x.out[i]
	g.sock = s
	if x.text != nil {
		_ = s.SetEncoding(x.text.String())
	}
	s.OnData(func(c buffer.Chunk) {
		v := rt.ChunkValue(c)
		if x.maxBytes < 0 {
			g.chunks = append(g.chunks, v)
			return
		}
		n := int64(len(c.Bytes))
		if enc, ok := buffer.ParseEncoding(s.ReadableEncoding()); ok && s.ReadableEncoding() != "" {
			n = int64(len(buffermod.Encode(v, enc)))
		}
		left := max(0, x.maxBytes-g.size)
		g.size += n
		if n <= left {
			g.chunks = append(g.chunks, v)
			return
		}
		if str, ok := v.(goja.String); ok {
			v = str.Substring(0, min(str.Length(), int(left)))
		} else {
			v = rt.MakeBuffer(c.Bytes[:min(int64(len(c.Bytes)), left)])
		}
		g.chunks = append(g.chunks, v)
		x.overflow(i)
	})
}

func (x *collector) overflow(i int) {
	x.err = x.m.rt.ErrorValue(nodeerr.ChildProcessMaxBuffer(outputNames[i]))
	x.stop()
}

// stop ends the child early.
func (x *collector) stop() {
	for _, g := range x.out {
		if g.sock != nil {
			g.sock.Destroy(nil)
		}
	}
	x.killed = true
	if ex := x.m.rt.VM.Try(func() { x.c.call(x.kill) }); ex != nil {
		if x.err == nil {
			x.err = ex.Value()
		}
		x.finish(goja.Undefined(), goja.Undefined())
	}
}

// value is what was gathered: text where an encoding was asked for, by the
// options or of the stream.
func (x *collector) value(i int) goja.Value {
	rt := x.m.rt
	g := &x.out[i]
	if x.text != nil || g.sock != nil && g.sock.ReadableEncoding() != "" {
		arr := make([]any, len(g.chunks))
		for i, c := range g.chunks {
			arr[i] = c
		}
		list := rt.VM.NewArray(arr...)
		return rt.Call(list.Get("join"), list, rt.VM.ToValue(""))
	}
	var p []byte
	for _, c := range g.chunks {
		b, _ := bind.BytesOf(c)
		p = append(p, b...)
	}
	return rt.MakeBuffer(p)
}

// finish calls back, once.
func (x *collector) finish(code, sig goja.Value) {
	rt := x.m.rt
	if x.exited {
		return
	}
	x.exited = true
	x.remove()
	if x.timer != nil {
		x.timer.Close()
		x.timer = nil
	}
	if x.cb == nil {
		return
	}
	stdout, stderr := x.value(0), x.value(1)
	if x.err == nil && goja.IsNumber(code) && code.ToInteger() == 0 && goja.IsNull(sig) {
		x.cb(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{goja.Null(), stdout, stderr}})
		return
	}
	if x.err == nil {
		o := rt.ErrorValue(nodeerr.New(nodeerr.KindError, "", "Command failed: "+x.command+"\n"+stderr.String())).(*goja.Object)
		if goja.IsNumber(code) && code.ToInteger() < 0 {
			code = rt.VM.ToValue(nodeerr.ErrnoName(syscall.Errno(-code.ToInteger())))
		}
		_ = o.Set("code", code)
		_ = o.Set("killed", bind.Get(x.c.obj, "killed").ToBoolean() || x.killed)
		_ = o.Set("signal", sig)
		x.err = o
	}
	if o, ok := x.err.(*goja.Object); ok {
		_ = o.Set("cmd", x.command)
	}
	x.cb(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{x.err, stdout, stderr}})
}

// promisified gives exec and execFile what util.promisify makes of them: a
// promise of {stdout, stderr} with the property child.
func (m *module) promisified() {
	rt := m.rt
	custom := rt.SymbolFor("nodejs.util.promisify.custom")
	for _, name := range []string{"exec", "execFile"} {
		fn := m.exports.Get(name).(*goja.Object)
		inner := rt.Func(name, 0, func(c goja.FunctionCall) goja.Value {
			p, resolve, reject := engine.NewPromise(rt.VM)
			v := rt.VM.ToValue(p).(*goja.Object)
			cb := rt.Func("", 3, func(c goja.FunctionCall) goja.Value {
				if e := c.Argument(0); !goja.IsNull(e) {
					if o, ok := e.(*goja.Object); ok {
						_ = o.Set("stdout", c.Argument(1))
						_ = o.Set("stderr", c.Argument(2))
					}
					_ = reject(e)
					return goja.Undefined()
				}
				o := rt.VM.NewObject()
				_ = o.Set("stdout", c.Argument(1))
				_ = o.Set("stderr", c.Argument(2))
				_ = resolve(o)
				return goja.Undefined()
			})
			_ = v.Set("child", rt.Call(fn, goja.Undefined(), append(append([]goja.Value(nil), c.Arguments...), cb)...))
			return v
		})
		_ = fn.DefineDataPropertySymbol(custom, inner, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
}
