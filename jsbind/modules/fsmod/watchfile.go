package fsmod

import (
	"context"
	stdpath "path"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
)

// statWatcher is a StatWatcher: a file that is looked at again and again.
type statWatcher struct {
	events.Emitter
	m         *module
	path      string
	interval  int64
	bigint    bool
	transient bool
	timer     *loop.Timer
	async     loop.Async
	stopped   bool
	looked    bool
	last      fs.Stats
}

// defineWatchFile adds fs.watchFile and fs.unwatchFile.
func (m *module) defineWatchFile() {
	rt := m.rt
	m.statWatchers = map[string]*statWatcher{}
	m.statWatcher = rt.NewClass(bind.ClassDef{Name: "StatWatcher", Parent: rt.ClassOf("events.EventEmitter"), Length: 1,
		New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
	c := m.statWatcher
	of := func(v goja.Value) *statWatcher {
		w, ok := bind.From(v).(*statWatcher)
		if !ok {
			panic(rt.VM.NewTypeError("Value of \"this\" must be of type StatWatcher"))
		}
		return w
	}
	c.Method("start", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	c.Method("stop", 0, func(call goja.FunctionCall) goja.Value { of(call.This).stop(); return goja.Undefined() })
	c.Method("ref", 0, func(call goja.FunctionCall) goja.Value { of(call.This).setRef(true); return call.This })
	c.Method("unref", 0, func(call goja.FunctionCall) goja.Value { of(call.This).setRef(false); return call.This })
	c.Seal()
	_ = m.exports.Set("watchFile", rt.Func("watchFile", 3, m.watchFile))
	_ = m.exports.Set("unwatchFile", rt.Func("unwatchFile", 2, m.unwatchFile))
}

// watchFile is fs.watchFile(filename, options, listener).
func (m *module) watchFile(c goja.FunctionCall) goja.Value {
	rt := m.rt
	path := stdpath.Clean(fs.Absolute(m.path(c.Argument(0), "path")))
	options, listener := c.Argument(1), c.Argument(2)
	if _, ok := options.(*goja.Object); !ok || bind.IsCallable(options) {
		if bind.IsNullish(listener) {
			listener = options
		}
		options = goja.Undefined()
	}
	fn := rt.Function(listener, "listener")
	o, _ := options.(*goja.Object)
	w := m.statWatchers[path]
	if w == nil {
		w = &statWatcher{m: m, path: path, interval: 5007}
		if v := bind.Get(o, "interval"); !goja.IsUndefined(v) {
			w.interval = rt.Integer(v, "interval", 0, maxUint32)
		}
		w.bigint = bind.Get(o, "bigint").ToBoolean()
		if v := bind.Get(o, "persistent"); !goja.IsUndefined(v) {
			w.transient = !v.ToBoolean()
		}
		w.Bind(m.statWatcher.Host(), w)
		m.statWatchers[path] = w
		w.async.Begin(rt.Loop, "StatWatcher", nil)
		w.timer = rt.Loop.SetTimer(max(w.interval, 1), 0, loop.Func(w.look))
		if w.transient {
			w.timer.Unref()
		}
		w.look()
	}
	v := rt.Wrap(w).(*goja.Object)
	rt.Call(v.Get("on"), v, rt.VM.ToValue("change"), fn)
	return v
}

// unwatchFile is fs.unwatchFile(filename, listener).
func (m *module) unwatchFile(c goja.FunctionCall) goja.Value {
	rt := m.rt
	path := stdpath.Clean(fs.Absolute(m.path(c.Argument(0), "path")))
	w := m.statWatchers[path]
	if w == nil {
		return goja.Undefined()
	}
	v := rt.Wrap(w).(*goja.Object)
	if fn := c.Argument(1); bind.IsCallable(fn) {
		rt.Call(v.Get("removeListener"), v, rt.VM.ToValue("change"), fn)
	} else {
		rt.Call(v.Get("removeAllListeners"), v, rt.VM.ToValue("change"))
	}
	if w.ListenerCount("change") == 0 {
		w.stop()
		delete(m.statWatchers, path)
	}
	return goja.Undefined()
}

// look stats the file off the loop; a file that is not there has zeros.
func (w *statWatcher) look() {
	if w.stopped {
		return
	}
	var st fs.Stats
	w.m.rt.Loop.Work(context.TODO(), "StatWatcher", func(context.Context) error {
		s, err := fs.Stat(w.path)
		if err == nil {
			st = s
		}
		return nil
	}, func(error) {
		if w.stopped {
			return
		}
		w.timer.Start(w.m.rt.Loop, max(w.interval, 1), 0, loop.Func(w.look))
		if w.transient {
			w.timer.Unref()
		}
		w.async.Run(loop.Func(func() { w.found(st) }))
	})
}

// found tells of a change, and of a file that is not there at the first look.
func (w *statWatcher) found(st fs.Stats) {
	prev, first := w.last, !w.looked
	w.last, w.looked = st, true
	if first && st != (fs.Stats{}) {
		return
	}
	a, b := st, prev
	a.Atime, b.Atime = 0, 0
	if !first && a == b {
		return
	}
	w.Emit("change", w.m.statsValue(&st, w.bigint), w.m.statsValue(&prev, w.bigint))
}

func (w *statWatcher) stop() {
	if w.stopped {
		return
	}
	w.stopped = true
	w.timer.Close()
	w.async.End()
	w.m.rt.Loop.NextTickFunc(func() { w.Emit("stop") })
}

func (w *statWatcher) setRef(on bool) {
	w.transient = !on
	if on {
		w.timer.Ref()
	} else {
		w.timer.Unref()
	}
}
