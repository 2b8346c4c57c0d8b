package fsmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/nodeerr"
)

// fileHandle is a FileHandle of fs.promises: a descriptor that counts its users,
// so that close waits for the operations under way.
type fileHandle struct {
	events.Emitter
	m       *module
	fd      int // -1 once closed
	refs    int
	closing goja.Value // the promise of close
	settle  func(error)
	locked  bool // a web stream reads from it
	moved   bool // to another thread
}

// defineFileHandle makes the class.
func (m *module) defineFileHandle() {
	rt := m.rt
	m.handle = rt.NewClass(bind.ClassDef{Name: "FileHandle", Parent: rt.ClassOf("events.EventEmitter"), Length: 1, ES6: true,
		New: func(*goja.Object, []goja.Value) *goja.Object {
			panic(rt.VM.NewTypeError("Illegal constructor"))
		}})
	c := m.handle
	c.Method("getAsyncId", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(-1) })
	c.Accessor("fd", func(this goja.Value) goja.Value {
		if h, ok := bind.From(this).(*fileHandle); ok {
			return rt.VM.ToValue(h.fd)
		}
		return goja.Undefined()
	}, nil)
	m.handleOperations(c)
	c.Method("close", 0, func(call goja.FunctionCall) goja.Value { return m.handleOf(call.This).close() })
	c.Method("readLines", 0, func(call goja.FunctionCall) goja.Value {
		opts := rt.VM.NewObject()
		this := call.This.(*goja.Object)
		_ = opts.Set("input", rt.Call(this.Get("createReadStream"), this, call.Argument(0)))
		_ = opts.Set("crlfDelay", math.Inf(1))
		readline, ok := rt.Require("readline").(*goja.Object)
		if !ok {
			rt.Throw(nodeerr.MethodNotImplemented("filehandle.readLines()"))
		}
		return rt.Call(readline.Get("createInterface"), readline, opts)
	})
	c.Method("readableWebStream", 0, func(call goja.FunctionCall) goja.Value {
		return m.handleOf(call.This).webStream(call.Argument(0))
	})
	for _, name := range []string{"createReadStream", "createWriteStream"} {
		c.Method(name, 0, func(call goja.FunctionCall) goja.Value {
			opts := rt.VM.NewObject()
			if o, ok := call.Argument(0).(*goja.Object); ok {
				for _, k := range o.Keys() {
					_ = opts.Set(k, o.Get(k))
				}
			} else if goja.IsString(call.Argument(0)) {
				_ = opts.Set("encoding", call.Argument(0))
			}
			_ = opts.Set("fd", call.This)
			return rt.Call(m.exports.Get(name), m.exports, goja.Undefined(), opts)
		})
	}
	if sym, ok := rt.VM.Get("Symbol").(*goja.Object).Get("asyncDispose").(*goja.Symbol); ok {
		c.SymbolMethod(sym, "[Symbol.asyncDispose]", 0, func(call goja.FunctionCall) goja.Value {
			this := call.This.(*goja.Object)
			return rt.Call(this.Get("close"), this)
		})
	}
	c.Seal()
	m.handleMethods = map[string]goja.Value{}
	for _, name := range []string{"read", "write", "writev"} {
		m.handleMethods[name] = c.Proto.Get(name)
	}
}

// handleOperations adds the methods that are rows of the tables with the
// descriptor for a first argument.
func (m *module) handleOperations(c *bind.Class) {
	record := func(count, memory string) func(*job) {
		return func(j *job) {
			values := j.values
			j.record = func(v any) goja.Value {
				o := m.rt.VM.NewObject()
				_ = o.SetPrototype(nil)
				list := values(v)
				_ = o.Set(count, list[0])
				_ = o.Set(memory, list[1])
				return o
			}
		}
	}
	for _, x := range []struct {
		name, call, row string
		length          int
		adapt           func(*job)
	}{
		{"chmod", "fchmod", "fchmod", 1, nil},
		{"chown", "fchown", "fchown", 2, nil},
		{"datasync", "fdatasync", "fdatasync", 0, nil},
		{"sync", "fsync", "fsync", 0, nil},
		{"read", "read", "read", 4, record("bytesRead", "buffer")},
		{"readv", "readv", "readv", 2, record("bytesRead", "buffers")},
		{"readFile", "readFile", "readFile", 1, nil},
		{"stat", "fstat", "fstat", 1, nil},
		{"truncate", "ftruncate", "ftruncate", 0, nil},
		{"utimes", "futimes", "futimes", 2, nil},
		{"write", "write", "write", 4, record("bytesWritten", "buffer")},
		{"writev", "writev", "writev", 2, record("bytesWritten", "buffers")},
	} {
		row := m.operations[x.row]
		c.Method(x.name, x.length, func(call goja.FunctionCall) goja.Value {
			return m.try(func() goja.Value {
				h := m.handleOf(call.This)
				return h.use(x.call, func() job {
					j := row.prepare(m, append([]goja.Value{h.number()}, call.Arguments...))
					if x.adapt != nil {
						x.adapt(&j)
					}
					return j
				})
			})
		})
	}
	for _, name := range []string{"writeFile", "appendFile"} {
		flag := map[string]string{"writeFile": "w", "appendFile": "a"}[name]
		c.Method(name, 2, func(call goja.FunctionCall) goja.Value {
			return m.try(func() goja.Value {
				m.handleOf(call.This)
				return m.promiseWriteFile(goja.FunctionCall{Arguments: append([]goja.Value{call.This}, call.Arguments...)}, flag)
			})
		})
	}
}

func (m *module) handleOf(v goja.Value) *fileHandle {
	h, ok := bind.From(v).(*fileHandle)
	if !ok {
		m.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_INTERNAL_ASSERTION", "handle must be an instance of FileHandle"))
	}
	return h
}

// newHandle makes a FileHandle of an open descriptor.
func (m *module) newHandle(fd int) goja.Value {
	h := &fileHandle{m: m, fd: fd, refs: 1}
	h.Bind(m.handle.Host(), h)
	return m.rt.Wrap(h)
}

func (h *fileHandle) number() goja.Value { return h.m.rt.VM.ToValue(h.fd) }

// mustBeOpen throws Node's error of a closed handle.
func (h *fileHandle) mustBeOpen(call string) {
	if h.fd == -1 {
		text := "file closed"
		if h.moved {
			text = "The FileHandle has been transferred"
		}
		e := nodeerr.New(nodeerr.KindError, "EBADF", text)
		e.Syscall = call
		h.m.rt.Throw(e)
	}
}

// use runs a job on the handle, which stays open until it has ended.
func (h *fileHandle) use(call string, prepare func() job) goja.Value {
	m := h.m
	p, resolve, reject := engine.NewPromise(m.rt.VM)
	if ex := m.rt.VM.Try(func() {
		h.mustBeOpen(call)
		j := prepare()
		h.refs++
		m.settle(j, func(v goja.Value) { h.unref(); _ = resolve(v) }, func(v goja.Value) { h.unref(); _ = reject(v) })
	}); ex != nil {
		_ = reject(ex.Value())
	}
	return m.rt.VM.ToValue(p)
}

// unref ends one use; the last one of a handle that is being closed closes.
func (h *fileHandle) unref() {
	h.refs--
	if h.refs > 0 {
		return
	}
	fd := h.fd
	h.fd = -1
	h.closeFD(fd)
}

func (h *fileHandle) closeFD(fd int) {
	h.m.settle(nothing(func() error { return fs.Close(fd) }), func(goja.Value) { h.settle(nil) }, func(v goja.Value) { h.settle(h.m.rt.GoError(v)) })
}

// close is filehandle.close(): a promise that is fulfilled when all operations
// have ended and the descriptor is closed.
func (h *fileHandle) close() goja.Value {
	rt := h.m.rt
	p, resolve, reject := engine.NewPromise(rt.VM)
	v := rt.VM.ToValue(p)
	if h.closing != nil {
		return h.closing
	}
	if h.fd == -1 {
		_ = resolve(goja.Undefined())
		return v
	}
	h.closing = v
	h.settle = func(err error) {
		h.closing = nil
		if err != nil {
			_ = reject(rt.ErrorValue(err))
			return
		}
		_ = resolve(goja.Undefined())
	}
	h.unref()
	h.Emit("close")
	return v
}
