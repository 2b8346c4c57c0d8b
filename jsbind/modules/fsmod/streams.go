package fsmod

import (
	"math"
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// fileStream is what the objects of ReadStream and WriteStream keep besides
// the Go stream: the values that the program gave.
type fileStream struct {
	obj               *goja.Object
	path, flags, mode goja.Value
	start, end        goja.Value
}

type readStream struct {
	fs.ReadStream
	fileStream
}

type writeStream struct {
	fs.WriteStream
	fileStream
}

func (r *readStream) values() *fileStream  { return &r.fileStream }
func (w *writeStream) values() *fileStream { return &w.fileStream }

type hasValues interface{ values() *fileStream }

// defineStreams makes the classes when one of them is first asked for.
func (m *module) defineStreams() {
	if m.readStream != nil {
		return
	}
	rt := m.rt
	classes := streammod.Define(rt)
	m.readStream = rt.NewClass(bind.ClassDef{Name: "ReadStream", Key: "fs.ReadStream", Parent: classes.Readable, Length: 2,
		New: func(this *goja.Object, a []goja.Value) *goja.Object {
			m.constructReader(this, arg(a, 0), arg(a, 1))
			return nil
		}})
	m.writeStream = rt.NewClass(bind.ClassDef{Name: "WriteStream", Key: "fs.WriteStream", Parent: classes.Writable, Length: 2,
		New: func(this *goja.Object, a []goja.Value) *goja.Object {
			m.constructWriter(this, arg(a, 0), arg(a, 1))
			return nil
		}})
	m.readerMethods(m.readStream)
	m.writerMethods(m.writeStream)
	// path, flags and mode are there where the stream opens the file.
	opened := func(name string) bind.OwnKey {
		return bind.Key(name).When(func(state any) bool {
			v, ok := state.(hasValues)
			return ok && !goja.IsUndefined(v.values().flags)
		})
	}
	m.readStream.OwnKeys(streammod.Tail([]any{"fd", opened("path"), opened("flags"), opened("mode"), "start", "end", "pos", "bytesRead", "_events", "_readableState"})...)
	m.writeStream.OwnKeys(streammod.Tail([]any{"fd", opened("path"), opened("flags"), opened("mode"), "flush", "start", "pos", "bytesWritten", "_events", "_writableState"})...)
	m.readStream.Seal()
	m.writeStream.Seal()
}

// streamExports adds the classes, which programs may replace, and the functions
// that make their objects.
func (m *module) streamExports() {
	rt := m.rt
	for _, x := range []struct {
		name  string
		class func() *bind.Class
	}{
		{"ReadStream", func() *bind.Class { return m.readStream }}, {"WriteStream", func() *bind.Class { return m.writeStream }},
		{"FileReadStream", func() *bind.Class { return m.readStream }}, {"FileWriteStream", func() *bind.Class { return m.writeStream }},
	} {
		var replaced goja.Value
		rt.Accessor(m.exports, x.name, func(goja.Value) goja.Value {
			if replaced != nil {
				return replaced
			}
			m.defineStreams()
			return x.class().Ctor
		}, func(_, v goja.Value) { replaced = v }, true)
	}
	for name, class := range map[string]string{"createReadStream": "ReadStream", "createWriteStream": "WriteStream"} {
		_ = m.exports.Set(name, rt.Func(name, 2, func(c goja.FunctionCall) goja.Value {
			o, err := rt.VM.New(m.exports.Get(class), c.Argument(0), c.Argument(1))
			if err != nil {
				panic(err)
			}
			return o
		}))
	}
}

// streamOptions copies the options, which may be an encoding, into an object of
// their own.
func (m *module) streamOptions(v goja.Value) *goja.Object {
	o, _ := m.options(v)
	out := m.rt.VM.NewObject()
	if goja.IsString(v) {
		_ = out.Set("encoding", v)
		return out
	}
	if o != nil {
		for p := o; p != nil; p = p.Prototype() { // inherited ones count
			for _, k := range p.GetOwnPropertyNames() {
				if bind.IsNullish(out.Get(k)) {
					if x := o.Get(k); x != nil && k != "__proto__" && k != "constructor" {
						_ = out.Set(k, x)
					}
				}
			}
			if p.Prototype() == nil || p.Prototype().Prototype() == nil {
				break
			}
		}
	}
	return out
}

// source fills what says where the data is: a descriptor, a FileHandle, or a
// path to open.
func (m *module) source(f *fs.File, v *fileStream, s events.Object, path goja.Value, opts *goja.Object, flags string) {
	rt := m.rt
	custom, _ := opts.Get("fs").(*goja.Object)
	f.FD, f.Pos, f.Mode = -1, -1, 0o666
	v.path, v.flags, v.mode = goja.Undefined(), goja.Undefined(), goja.Undefined()
	fd := bind.Get(opts, "fd")
	f.Files = &jsFiles{m: m, v: v, custom: custom}
	if bind.IsNullish(fd) {
		if custom != nil {
			rt.Function(bind.Get(custom, "open"), "options.fs.open")
		}
		v.path, v.flags, v.mode = path, rt.VM.ToValue(flags), rt.VM.ToValue(0o666)
		if x := bind.Get(opts, "flags"); !goja.IsUndefined(x) {
			v.flags = x
		}
		if x := bind.Get(opts, "mode"); !goja.IsUndefined(x) {
			v.mode = x
		}
		f.Path = m.path(path, "path")
		if o, ok := path.(*goja.Object); ok && isURL(o) {
			v.path = rt.VM.ToValue(f.Path)
		}
		return
	}
	if h, ok := bind.From(fd).(*fileHandle); ok {
		if custom != nil {
			rt.Throw(nodeerr.MethodNotImplemented("FileHandle with fs"))
		}
		h.refs++
		f.Files = &handleFiles{m, h}
		f.FD = h.fd
		h.AddListener(events.Name("close"), events.NewListener(func(...any) {
			o := rt.Wrap(s).(*goja.Object)
			rt.Call(o.Get("close"), o)
		}, false), false)
		return
	}
	if !isNumber(fd) {
		rt.ArgType("options.fd", fd, "number", "FileHandle")
	}
	f.FD = m.fd(fd)
}

// needs validates a function of the option fs.
func (m *module) needs(opts *goja.Object, name string) {
	if custom, ok := opts.Get("fs").(*goja.Object); ok {
		m.rt.Function(bind.Get(custom, name), "options.fs."+name)
	}
}

// autoClose makes autoDestroy of the option autoClose.
func (m *module) autoClose(opts *goja.Object) {
	v := bind.Get(opts, "autoClose")
	if goja.IsUndefined(v) {
		v = m.rt.VM.ToValue(true)
	}
	_ = opts.Set("autoDestroy", v)
	if v.ToBoolean() {
		m.needs(opts, "close")
	}
}

func (m *module) constructReader(this *goja.Object, path, options goja.Value) {
	rt := m.rt
	r := &readStream{}
	opts := m.streamOptions(options)
	r.obj = this
	m.source(&r.File, &r.fileStream, r, path, opts, "r")
	m.autoClose(opts)
	m.needs(opts, "read")
	r.start, r.end = bind.Get(opts, "start"), bind.Get(opts, "end")
	if !goja.IsUndefined(r.start) {
		r.Pos = rt.Integer(r.start, "start", 0, bind.MaxSafe)
	}
	r.End = math.MaxInt64
	if bind.IsNullish(r.end) {
		r.end = rt.VM.ToValue(math.Inf(1))
	} else if f := r.end.ToFloat(); !isNumber(r.end) || !math.IsInf(f, 1) {
		r.End = rt.Integer(r.end, "end", 0, bind.MaxSafe)
		if r.Pos > r.End {
			rt.Throw(nodeerr.OutOfRange("start", `<= "end" (here: `+strconv.FormatInt(r.End, 10)+")", bind.FormatNumber(float64(r.Pos))))
		}
	}
	o := stream.ReadableOptions()
	streammod.ReadOptions(rt, &o, opts)
	if goja.IsUndefined(bind.Get(opts, "highWaterMark")) {
		o.ReadableHighWaterMark = 64 << 10
	}
	r.Bind(m.readStream.Host(), r)
	m.readStream.Adopt(this, r)
	m.legacyOpen(&r.File, this, m.readOpen)
	r.Init(rt.Loop, m.readStream.Host(), r, o)
}

func (m *module) constructWriter(this *goja.Object, path, options goja.Value) {
	rt := m.rt
	w := &writeStream{}
	opts := m.streamOptions(options)
	w.obj = this
	m.source(&w.File, &w.fileStream, w, path, opts, "w")
	m.autoClose(opts)
	if custom, ok := opts.Get("fs").(*goja.Object); ok {
		one, many := bind.Get(custom, "write"), bind.Get(custom, "writev")
		if !one.ToBoolean() && !many.ToBoolean() {
			rt.ArgType("options.fs.write", one, "function")
		}
		if one.ToBoolean() {
			rt.Function(one, "options.fs.write")
		}
		if many.ToBoolean() {
			rt.Function(many, "options.fs.writev")
		}
		w.NoVector, w.NoWrite = !many.ToBoolean(), !one.ToBoolean()
	}
	w.start = bind.Get(opts, "start")
	if !goja.IsUndefined(w.start) {
		w.Pos = rt.Integer(w.start, "start", 0, bind.MaxSafe)
	}
	if v := bind.Get(opts, "flush"); !bind.IsNullish(v) {
		w.Flush = rt.Bool(v, "options.flush")
	}
	o := stream.WritableOptions()
	enc := bind.Get(opts, "encoding")
	streammod.ReadOptions(rt, &o, opts)
	o.DecodeStrings = true
	w.Bind(m.writeStream.Host(), w)
	m.writeStream.Adopt(this, w)
	m.legacyOpen(&w.File, this, m.writeOpen)
	w.Init(rt.Loop, m.writeStream.Host(), w, o)
	if enc.ToBoolean() {
		rt.Must(w.SetDefaultEncoding(enc.String()))
	}
}

// legacyOpen lets an open method that a program put on the object or a
// prototype do the opening, as programs of old did: its 'open' or 'error' event
// ends the construction.
func (m *module) legacyOpen(f *fs.File, this *goja.Object, builtin goja.Value) {
	rt := m.rt
	f.OpenHook = func(done func(error)) bool {
		open := this.Get("open")
		if open == builtin || !bind.IsCallable(open) {
			return false
		}
		if !m.warnedOpen && rt.Warn != nil {
			m.warnedOpen = true
			name := this.Get("constructor").(*goja.Object).Get("name").String()
			rt.Warn(name+".prototype.open() is deprecated", "DeprecationWarning", map[string]any{"code": "DEP0135"})
		}
		original := this.Get("emit")
		_ = this.Set("emit", rt.Func("emit", 0, func(c goja.FunctionCall) goja.Value {
			switch c.Argument(0).String() {
			case "open":
				_ = this.Set("emit", original)
				done(nil)
				return rt.Call(original, this, c.Arguments...)
			case "error":
				_ = this.Set("emit", original)
				done(rt.GoError(c.Argument(1)))
				return goja.Undefined()
			}
			return rt.Call(original, this, c.Arguments...)
		}))
		rt.Call(open, this)
		return true
	}
}
