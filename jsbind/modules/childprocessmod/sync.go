package childprocessmod

import (
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/childprocess"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/nodeerr"
)

// spawnSync is child_process.spawnSync(file, args, options).
func (m *module) spawnSync(c goja.FunctionCall) goja.Value {
	return m.run(m.command(c.Argument(0), c.Argument(1), c.Argument(2)))
}

// run starts a command, waits for it and makes the result of spawnSync.
func (m *module) run(cmd *command) *goja.Object {
	rt, o := m.rt, cmd.options
	opts := childprocess.RunOptions{
		Timeout:    time.Duration(m.timeout(o)) * time.Millisecond,
		MaxBuffer:  m.maxBuffer(o),
		KillSignal: m.killNumber(o),
	}
	opts.Stdio = m.runStdio(o)
	r := childprocess.Run(&cmd.spec, &opts)
	out := rt.VM.NewObject()
	if r.Err != nil {
		_ = out.Set("error", rt.ErrorValue(nodeerr.Spawn(errnoOf(r.Err), "spawnSync", cmd.spec.File, cmd.spec.Args[min(1, len(cmd.spec.Args)):])))
	}
	if r.PID == 0 {
		_ = out.Set("status", goja.Null())
		_ = out.Set("signal", goja.Null())
		_ = out.Set("output", goja.Null())
		_ = out.Set("pid", 0)
		_ = out.Set("stdout", goja.Undefined())
		_ = out.Set("stderr", goja.Undefined())
		return out
	}
	if r.Signal != 0 {
		_ = out.Set("status", goja.Null())
	} else {
		_ = out.Set("status", r.Status)
	}
	_ = out.Set("signal", m.signalValue(r.Signal))
	enc := bind.Get(o, "encoding")
	items := make([]any, len(r.Output))
	for i, p := range r.Output {
		switch {
		case p == nil:
			items[i] = goja.Null()
		default:
			items[i] = m.output(p, enc)
		}
	}
	_ = out.Set("output", rt.VM.NewArray(items...))
	_ = out.Set("pid", r.PID)
	for i, name := range []string{"stdout", "stderr"} {
		var v any = goja.Undefined()
		if i+1 < len(items) {
			v = items[i+1]
		}
		_ = out.Set(name, v)
	}
	return out
}

// output makes a Buffer, or text in the encoding that was asked for.
func (m *module) output(p []byte, enc goja.Value) goja.Value {
	b := m.rt.MakeBuffer(p)
	if !enc.ToBoolean() || enc.String() == "buffer" {
		return b
	}
	return m.rt.Call(b.Get("toString"), b, enc)
}

// runStdio reads stdio and input of spawnSync.
func (m *module) runStdio(o *goja.Object) []childprocess.RunStdio {
	v := bind.Get(o, "stdio")
	if !v.ToBoolean() {
		v = m.rt.VM.ToValue("pipe")
	}
	entries := m.stdio(v, true)
	input := bind.Get(o, "input")
	if input.ToBoolean() {
		entries[0] = stdioEntry{kind: stdioPipe, input: input}
	}
	out := make([]childprocess.RunStdio, len(entries))
	for i, e := range entries {
		switch e.kind {
		case stdioPipe:
			out[i].Pipe = true
			if e.input != nil {
				out[i].Input = m.input(e.input, i, bind.Get(o, "encoding"))
			}
		case stdioIgnore:
			out[i].Null = true
		default:
			out[i].FD = e.fd
		}
	}
	return out
}

func (m *module) input(v goja.Value, i int, enc goja.Value) []byte {
	if goja.IsString(v) {
		e := buffer.UTF8
		if goja.IsString(enc) {
			if k, ok := buffer.ParseEncoding(enc.String()); ok {
				e = k
			}
		}
		return buffermod.Encode(v, e)
	}
	p, ok := buffermod.Bytes(v)
	if o, isObject := v.(*goja.Object); isObject {
		if _, plain := o.Export().(goja.ArrayBuffer); plain {
			ok = false
		}
	}
	if !ok {
		m.rt.ArgType("options.stdio["+itoa(i)+"]", v, "Buffer", "TypedArray", "DataView", "string")
	}
	return p
}

// execFileSync is child_process.execFileSync(file, args, options).
func (m *module) execFileSync(c goja.FunctionCall) goja.Value {
	file, args, opts, _ := m.execArguments(c.Arguments)
	return m.execRun(m.command(file, args, opts), "")
}

// execSync is child_process.execSync(command, options).
func (m *module) execSync(c goja.FunctionCall) goja.Value {
	opts := m.shellOptions(c.Argument(0), c.Argument(1))
	return m.execRun(m.command(c.Argument(0), goja.Null(), opts), c.Argument(0).String())
}

// shellOptions are the options of exec: a copy with a shell.
func (m *module) shellOptions(command, options goja.Value) *goja.Object {
	m.noNull(m.rt.String(command, "command"), "command")
	o := m.copyOptions(options)
	if sh := bind.Get(o, "shell"); !goja.IsString(sh) {
		_ = o.Set("shell", true)
	}
	return o
}

// execRun runs a command whose failure is thrown; it returns what the child
// wrote to stdout.
func (m *module) execRun(cmd *command, text string) goja.Value {
	rt := m.rt
	inherit := !bind.Get(cmd.options, "stdio").ToBoolean()
	r := m.run(cmd)
	if stderr := r.Get("stderr"); inherit && stderr != nil && stderr.ToBoolean() {
		if s, ok := bind.Get(rt.VM.Get("process").(*goja.Object), "stderr").(*goja.Object); ok {
			rt.Call(s.Get("write"), s, stderr)
		}
	}
	fill := func(e *goja.Object) {
		for _, k := range r.Keys() {
			_ = e.Set(k, r.Get(k))
		}
	}
	if e, ok := r.Get("error").(*goja.Object); ok {
		fill(e)
		panic(rt.Thrown(e))
	}
	if st := r.Get("status"); goja.IsNull(st) || st.ToInteger() != 0 {
		if text == "" {
			text = join(cmd.spec.Args)
		}
		msg := "Command failed: " + text
		if s := r.Get("stderr"); s != nil && !bind.IsNullish(s) {
			if o := s.ToObject(rt.VM); bind.Get(o, "length").ToInteger() > 0 {
				msg += "\n" + rt.Call(o.Get("toString"), s).String()
			}
		}
		e := rt.ErrorValue(nodeerr.New(nodeerr.KindError, "", msg)).(*goja.Object)
		fill(e)
		panic(rt.Thrown(e))
	}
	return r.Get("stdout")
}

func join(args []string) string {
	s := ""
	for i, a := range args {
		if i > 0 {
			s += " "
		}
		s += a
	}
	return s
}
