package fsmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

// fileProps adds the properties that both classes have.
func (m *module) fileProps(c *bind.Class, file func(goja.Value) *fs.File) {
	rt := m.rt
	prop := func(name string, get func(*fs.File, *fileStream) goja.Value, set func(*fs.File, *fileStream, goja.Value)) {
		c.Accessor(name, func(this goja.Value) goja.Value {
			f, v := file(this), valuesOf(this)
			if f == nil {
				return goja.Undefined()
			}
			return get(f, v)
		}, func(this, x goja.Value) {
			if f, v := file(this), valuesOf(this); f != nil && set != nil {
				set(f, v, x)
			}
		}, true)
	}
	prop("fd", func(f *fs.File, _ *fileStream) goja.Value {
		if f.FD < 0 {
			return goja.Null()
		}
		return rt.VM.ToValue(f.FD)
	}, func(f *fs.File, _ *fileStream, x goja.Value) {
		f.FD = -1
		if isNumber(x) {
			f.FD = int(x.ToInteger())
		}
	})
	prop("pos", func(f *fs.File, _ *fileStream) goja.Value {
		if f.Pos < 0 {
			return goja.Undefined()
		}
		return rt.VM.ToValue(f.Pos)
	}, func(f *fs.File, _ *fileStream, x goja.Value) {
		f.Pos = -1
		if isNumber(x) {
			f.Pos = x.ToInteger()
		}
	})
	value := func(name string, at func(*fileStream) *goja.Value) {
		prop(name, func(_ *fs.File, v *fileStream) goja.Value {
			if x := *at(v); x != nil {
				return x
			}
			return goja.Undefined()
		}, func(_ *fs.File, v *fileStream, x goja.Value) { *at(v) = x })
	}
	value("path", func(v *fileStream) *goja.Value { return &v.path })
	value("flags", func(v *fileStream) *goja.Value { return &v.flags })
	value("mode", func(v *fileStream) *goja.Value { return &v.mode })
	value("start", func(v *fileStream) *goja.Value { return &v.start })
	c.Accessor("pending", func(this goja.Value) goja.Value {
		f := file(this)
		return rt.VM.ToValue(f == nil || f.FD < 0)
	}, nil)
	auto := func(this goja.Value) (state *goja.Object) {
		o, ok := this.(*goja.Object)
		if !ok {
			return nil
		}
		for _, name := range []string{"_readableState", "_writableState"} {
			if state, ok := bind.Get(o, name).(*goja.Object); ok {
				return state
			}
		}
		return nil
	}
	c.Accessor("autoClose", func(this goja.Value) goja.Value {
		if o := auto(this); o != nil {
			return o.Get("autoDestroy")
		}
		rt.Throw(nodeerr.InvalidThis(c.Name))
		return nil
	}, func(this, v goja.Value) {
		o := auto(this)
		if o == nil {
			rt.Throw(nodeerr.InvalidThis(c.Name))
		}
		_ = o.Set("autoDestroy", v)
	})
}

func valuesOf(v goja.Value) *fileStream {
	if h, ok := bind.From(v).(hasValues); ok {
		return h.values()
	}
	return nil
}

func readerOf(v goja.Value) *readStream {
	r, _ := bind.From(v).(*readStream)
	return r
}

func writerOf(v goja.Value) *writeStream {
	w, _ := bind.From(v).(*writeStream)
	return w
}

// openMethod is the open of a prototype: it opens as the constructor does.
func (m *module) openMethod(c *bind.Class, of func(goja.Value) *fs.File) goja.Value {
	c.Method("open", 0, func(call goja.FunctionCall) goja.Value {
		if f := of(call.This); f != nil {
			f.OpenNow(func(err error) {
				if err != nil {
					o := call.This.(*goja.Object)
					m.rt.Call(o.Get("emit"), o, m.rt.VM.ToValue("error"), m.rt.ErrorValue(err))
				}
			})
		}
		return goja.Undefined()
	})
	return c.Proto.Get("open")
}

func (m *module) readerMethods(c *bind.Class) {
	rt := m.rt
	file := func(v goja.Value) *fs.File {
		if r := readerOf(v); r != nil {
			return &r.File
		}
		return nil
	}
	m.fileProps(c, file)
	m.readOpen = m.openMethod(c, file)
	c.Accessor("end", func(this goja.Value) goja.Value {
		if r := readerOf(this); r != nil {
			return r.end
		}
		return goja.Undefined()
	}, func(this, v goja.Value) {
		if r := readerOf(this); r != nil {
			r.end, r.End = v, math.MaxInt64
			if f := v.ToFloat(); !math.IsInf(f, 0) && f == f {
				r.End = v.ToInteger()
			}
		}
	}, true)
	c.Accessor("bytesRead", func(this goja.Value) goja.Value {
		if r := readerOf(this); r != nil {
			return rt.VM.ToValue(r.BytesRead)
		}
		return goja.Undefined()
	}, func(this, v goja.Value) {
		if r := readerOf(this); r != nil {
			r.BytesRead = v.ToInteger()
		}
	}, true)
	c.Method("_read", 1, func(call goja.FunctionCall) goja.Value {
		if r := readerOf(call.This); r != nil {
			r.ReadMore(int(call.Argument(0).ToInteger()))
		}
		return goja.Undefined()
	})
	c.Method("_destroy", 2, func(call goja.FunctionCall) goja.Value {
		if r := readerOf(call.This); r != nil {
			r.Shut(rt.GoError(call.Argument(0)), false, done(rt.Callback(call.Argument(1))))
		}
		return goja.Undefined()
	})
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		r := readerOf(call.This)
		if r == nil {
			return goja.Undefined()
		}
		if cb := call.Argument(0); bind.IsCallable(cb) {
			finished := streammod.Load(rt).(*goja.Object).Get("finished")
			rt.Call(finished, goja.Undefined(), call.This, cb)
		}
		r.Destroy(nil)
		return goja.Undefined()
	})
}

// done makes a completion of an optional callback.
func done(cb func(error)) func(error) {
	return func(err error) {
		if cb != nil {
			cb(err)
		}
	}
}

func (m *module) writerMethods(c *bind.Class) {
	rt := m.rt
	file := func(v goja.Value) *fs.File {
		if w := writerOf(v); w != nil {
			return &w.File
		}
		return nil
	}
	m.fileProps(c, file)
	m.writeOpen = m.openMethod(c, file)
	c.Accessor("bytesWritten", func(this goja.Value) goja.Value {
		if w := writerOf(this); w != nil {
			return rt.VM.ToValue(w.BytesWritten)
		}
		return goja.Undefined()
	}, func(this, v goja.Value) {
		if w := writerOf(this); w != nil {
			w.BytesWritten = v.ToInteger()
		}
	}, true)
	c.Method("_write", 3, func(call goja.FunctionCall) goja.Value {
		if w := writerOf(call.This); w != nil {
			w.WriteAll(m.memory(call.Argument(0), "chunk"), done(rt.Callback(call.Argument(2))))
		}
		return goja.Undefined()
	})
	c.Method("_writev", 2, func(call goja.FunctionCall) goja.Value {
		if w := writerOf(call.This); w != nil {
			list, _ := call.Argument(0).(*goja.Object)
			var ps [][]byte
			for _, k := range list.Keys() {
				item, _ := list.Get(k).(*goja.Object)
				ps = append(ps, m.memory(bind.Get(item, "chunk"), "chunk"))
			}
			w.WritevAll(ps, done(rt.Callback(call.Argument(1))))
		}
		return goja.Undefined()
	})
	c.Method("_destroy", 2, func(call goja.FunctionCall) goja.Value {
		if w := writerOf(call.This); w != nil {
			w.Shut(rt.GoError(call.Argument(0)), w.Flush, done(rt.Callback(call.Argument(1))))
		}
		return goja.Undefined()
	})
	c.Method("close", 1, func(call goja.FunctionCall) goja.Value {
		w := writerOf(call.This)
		if w == nil {
			return goja.Undefined()
		}
		this := call.This.(*goja.Object)
		if cb := call.Argument(0); cb.ToBoolean() {
			if w.Closed() {
				fn := rt.Callable(cb)
				rt.Loop.NextTickFunc(func() { fn(goja.FunctionCall{This: goja.Undefined()}) })
				return goja.Undefined()
			}
			rt.Call(this.Get("on"), this, rt.VM.ToValue("close"), cb)
		}
		if !bind.Get(this, "autoClose").ToBoolean() {
			rt.Call(this.Get("on"), this, rt.VM.ToValue("finish"), this.Get("destroy"))
		}
		rt.Call(this.Get("end"), this)
		return goja.Undefined()
	})
	c.Alias("destroySoon", "end")
}

var _ stream.Streamer = (*readStream)(nil)
var _ events.Object = (*writeStream)(nil)
