package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
)

// descriptorOperations work on descriptors.
var descriptorOperations = []operation{
	{name: "open", sync: 3, length: 4, first: 1, last: 3, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		path := m.path(arg(a, 0), "path")
		flags := m.flags(arg(a, 1), "flags", 0)
		mode := m.mode(arg(a, 2), "mode", 0o666)
		return job{run: func() (any, error) { return fs.Open(path, flags, mode) }, value: m.intValue}
	}},
	{name: "close", sync: 1, length: -1, prepare: func(m *module, a []goja.Value) job {
		fd := m.fd(arg(a, 0))
		return nothing(func() error { return fs.Close(fd) })
	}},
	{name: "read", sync: 5, length: 6, first: 1, last: 5, byCount: true, argsFirst: true, names: []string{"bytesRead", "buffer"}, prepare: (*module).read},
	{name: "write", sync: 5, length: 6, first: 2, last: 5, argsFirst: true, names: []string{"bytesWritten", "buffer"}, prepare: (*module).write},
	{name: "readv", sync: 3, length: 4, first: 2, last: 3, argsFirst: true, names: []string{"bytesRead", "buffers"}, prepare: func(m *module, a []goja.Value) job {
		return m.vector(a, fs.Readv)
	}},
	{name: "writev", sync: 3, length: 4, first: 2, last: 3, argsFirst: true, names: []string{"bytesWritten", "buffers"}, prepare: func(m *module, a []goja.Value) job {
		return m.vector(a, fs.Writev)
	}},
	{name: "fstat", sync: 2, length: 1, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
		fd := m.fd(arg(a, 0))
		return m.statJob(arg(a, 1), func() (fs.Stats, error) { return fs.Fstat(fd) })
	}},
	{name: "ftruncate", sync: 1, length: 1, first: 1, last: 2, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		n := m.length(arg(a, 1))
		fd := m.fd(arg(a, 0))
		return nothing(func() error { return fs.Ftruncate(fd, n) })
	}},
	{name: "fsync", sync: 1, length: 2, first: 1, last: 1, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		fd := m.fd(arg(a, 0))
		return nothing(func() error { return fs.Fsync(fd) })
	}},
	{name: "fdatasync", sync: 1, length: 2, first: 1, last: 1, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		fd := m.fd(arg(a, 0))
		return nothing(func() error { return fs.Fdatasync(fd) })
	}},
	{name: "fchmod", sync: 2, length: 3, first: 2, last: 2, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		mode := m.requiredMode(arg(a, 1), "mode")
		fd := m.fd(arg(a, 0))
		return nothing(func() error { return fs.Fchmod(fd, mode) })
	}},
	{name: "fchown", sync: 3, length: 4, first: 3, last: 3, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		uid, gid := m.owner(arg(a, 1), "uid"), m.owner(arg(a, 2), "gid")
		fd := m.fd(arg(a, 0))
		return nothing(func() error { return fs.Fchown(fd, uid, gid) })
	}},
	{name: "futimes", sync: 3, length: 4, first: 3, last: 3, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		at, mt := m.time(arg(a, 1), "atime"), m.time(arg(a, 2), "mtime")
		fd := m.fd(arg(a, 0))
		return nothing(func() error { return fs.Futimes(fd, at, mt) })
	}},
}

func (m *module) intValue(v any) goja.Value { return m.rt.VM.ToValue(v) }

// defineClose adds fs.close, whose callback may be left out.
func (m *module) defineClose() {
	_ = m.exports.Set("close", m.rt.Func("close", 1, func(c goja.FunctionCall) goja.Value {
		fd := m.fd(c.Argument(0))
		cb := func(c goja.FunctionCall) goja.Value {
			if e := c.Argument(0); !goja.IsNull(e) {
				panic(e)
			}
			return goja.Undefined()
		}
		if len(c.Arguments) > 1 && !goja.IsUndefined(c.Argument(1)) {
			cb = m.rt.Callable(m.rt.Function(c.Argument(1), "cb"))
		}
		m.start(nothing(func() error { return fs.Close(fd) }), cb)
		return goja.Undefined()
	}))
}

// length reads a size for truncate.
func (m *module) length(v goja.Value) int64 {
	if bind.IsNullish(v) {
		return 0
	}
	return max(0, m.rt.Integer(v, "len", bind.MinSafe, bind.MaxSafe))
}

// owner reads a user's or group's number; -1 leaves it.
func (m *module) owner(v goja.Value, name string) int {
	return int(int32(m.rt.Integer(v, name, -1, maxUint32)))
}

// span reads offset and length within a view of n bytes for read.
func (m *module) span(p []byte, off, length goja.Value) (int, int) {
	o := int64(0)
	if !bind.IsNullish(off) {
		o = m.rt.Integer(off, "offset", 0, bind.MaxSafe)
	}
	n := int64(len(p)) - o
	if !bind.IsNullish(length) {
		n = int64(int32(length.ToInteger()))
	}
	return int(o), int(n)
}

// read is fs.read: (fd, buffer, offset, length, position), (fd, buffer,
// options), (fd, options) or (fd).
func (m *module) read(a []goja.Value) job {
	fd := m.fd(arg(a, 0))
	buf, off, length, pos := arg(a, 1), arg(a, 2), arg(a, 3), arg(a, 4)
	_, isView := view(buf)
	var opts goja.Value
	switch {
	case isView:
		if len(a) <= 3 && (goja.IsUndefined(off) || !isNumber(off) && !goja.IsNull(off)) {
			opts = off
			off = goja.Undefined()
		}
	case len(a) <= 2:
		opts, buf = buf, goja.Undefined()
	}
	if opts != nil && !bind.IsNullish(opts) {
		o := m.rt.Object(opts, "options")
		if !isView {
			buf = bind.Get(o, "buffer")
		}
		off, length, pos = bind.Get(o, "offset"), bind.Get(o, "length"), bind.Get(o, "position")
	}
	if !isView && goja.IsUndefined(buf) && len(a) <= 2 {
		buf = m.rt.MakeBuffer(make([]byte, 16384))
	}
	p := m.memory(buf, "buffer")
	o, n := m.span(p, off, length)
	j := job{value: m.intValue, values: func(v any) []goja.Value {
		if v == nil {
			v = 0
		}
		return []goja.Value{m.rt.VM.ToValue(v), buf}
	}}
	if n == 0 {
		j.run = func() (any, error) { return 0, nil }
		return j
	}
	if len(p) == 0 {
		m.rt.ArgValue("buffer", buf, "is empty and cannot be written")
	}
	if n < 0 {
		m.rt.OutOfRange("length", ">= 0", m.rt.VM.ToValue(n))
	}
	if o+n > len(p) {
		m.rt.OutOfRange("length", "<= "+bind.FormatNumber(float64(len(p)-o)), m.rt.VM.ToValue(n))
	}
	at := m.position(pos, n)
	j.run = func() (any, error) { return fs.Read(fd, p[o:o+n], at) }
	return j
}

// write is fs.write: (fd, buffer, offset, length, position), (fd, buffer,
// options) or (fd, string, position, encoding).
func (m *module) write(a []goja.Value) job {
	fd := m.fd(arg(a, 0))
	buf := arg(a, 1)
	var p []byte
	at := int64(-1)
	if v, ok := view(buf); ok {
		off, length, pos := arg(a, 2), arg(a, 3), arg(a, 4)
		if o, ok := off.(*goja.Object); ok {
			off, length, pos = bind.Get(o, "offset"), bind.Get(o, "length"), bind.Get(o, "position")
		}
		o := int64(0)
		if !bind.IsNullish(off) {
			o = m.rt.Integer(off, "offset", 0, bind.MaxSafe)
		}
		n := int64(len(v)) - o
		if isNumber(length) {
			n = m.rt.Integer(length, "length", bind.MinSafe, bind.MaxSafe)
		}
		switch {
		case o > int64(len(v)):
			m.rt.OutOfRange("offset", "<= "+bind.FormatNumber(float64(len(v))), off)
		case n > int64(len(v))-o:
			m.rt.OutOfRange("length", "<= "+bind.FormatNumber(float64(int64(len(v))-o)), length)
		case n < 0:
			m.rt.OutOfRange("length", ">= 0", length)
		}
		p = v[o : o+n]
		if isNumber(pos) {
			at = pos.ToInteger()
		} else if goja.IsBigInt(pos) {
			at = m.position(pos, 0)
		}
	} else {
		if !goja.IsString(buf) {
			m.rt.ArgType("buffer", buf, "string", "Buffer", "TypedArray", "DataView")
		}
		enc := encoding{}
		if e := arg(a, 3); goja.IsString(e) {
			k, ok := buffer.ParseEncoding(e.String())
			if !ok {
				k = buffer.UTF8
			}
			if k == buffer.Hex && buf.(goja.String).Length()%2 != 0 {
				m.rt.ArgValue("encoding", e, "is invalid for data of length "+bind.FormatNumber(float64(buf.(goja.String).Length())))
			}
			enc.enc = k
		}
		p = buffermod.Encode(buf, enc.enc)
		if pos := arg(a, 2); isNumber(pos) {
			at = pos.ToInteger()
		}
	}
	return job{
		run:   func() (any, error) { return fs.Write(fd, p, at) },
		value: m.intValue,
		values: func(v any) []goja.Value {
			if v == nil {
				v = 0
			}
			return []goja.Value{m.rt.VM.ToValue(v), buf}
		},
	}
}

// vector is readv or writev.
func (m *module) vector(a []goja.Value, f func(int, [][]byte, int64) (int, error)) job {
	fd := m.fd(arg(a, 0))
	list := arg(a, 1)
	ps := m.views(list, "buffers")
	at := int64(-1)
	if pos := arg(a, 2); isNumber(pos) {
		at = pos.ToInteger()
	}
	return job{
		run:   func() (any, error) { return f(fd, ps, at) },
		value: m.intValue,
		values: func(v any) []goja.Value {
			if v == nil {
				v = 0
			}
			return []goja.Value{m.rt.VM.ToValue(v), list}
		},
	}
}
