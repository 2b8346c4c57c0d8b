package perfhooksmod

import (
	"embed"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/library"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
)

//go:embed js/*.js
var files embed.FS

var folder = library.New(files, "perf_hooks")

// started is when the process began, for all its runtimes.
var started = time.Now()

// Now is performance.now(): milliseconds since the process began.
func Now() float64 { return float64(time.Since(started)) / float64(time.Millisecond) }

// TimeOrigin is performance.timeOrigin: when the process began, in milliseconds
// since 1970.
func TimeOrigin() float64 { return float64(started.UnixMicro()) / 1000 }

type module struct {
	rt         *bind.Runtime
	exports    *goja.Object
	entry      goja.Value // of js/perf.js
	began      float64    // when the module's runtime had begun
	loopStart  float64    // -1 before
	recordable *bind.Class
	histogram  *bind.Class
	delay      *bind.Class
	stopGC     func()
	watched    map[string]bool // the types that somebody observes
}

type moduleKey struct{}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, began: Now(), loopStart: -1, watched: map[string]bool{}}
	rt.SetValue(moduleKey{}, m)
	m.defineHistograms()
	made := folder.Run(rt, "perf", m.native())
	m.exports = made.Get("exports").(*goja.Object)
	m.entry = made.Get("entry")
	_ = m.exports.Set("constants", m.constants())
	return m
}

// Load returns the exports of node:perf_hooks.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

// Watching reports whether a program observes entries of a type. It costs nothing
// where node:perf_hooks was not loaded.
func Watching(rt *bind.Runtime, typ string) bool {
	m, ok := rt.Value(moduleKey{}).(*module)
	return ok && m.watched[typ]
}

// Enter tells observers of an entry that began at start and ends now.
func Enter(rt *bind.Runtime, name, typ string, start float64, detail goja.Value) {
	if Watching(rt, typ) {
		vm := rt.VM
		rt.Call(get(rt).entry, goja.Undefined(), vm.ToValue(name), vm.ToValue(typ), vm.ToValue(start), vm.ToValue(Now()-start), detail)
	}
}

// native is what js/perf.js needs of Go.
func (m *module) native() *goja.Object {
	rt := m.rt
	o := rt.VM.NewObject()
	set := func(name string, n int, f bind.Method) { _ = o.Set(name, rt.Func(name, n, f)) }
	number := func(f float64) goja.Value { return rt.VM.ToValue(f) }
	_ = o.Set("timeOrigin", TimeOrigin())
	set("load", 2, func(c goja.FunctionCall) goja.Value {
		return folder.Run(rt, c.Argument(0).String(), c.Arguments[1:]...)
	})
	set("now", 0, func(goja.FunctionCall) goja.Value { return number(Now()) })
	// now is called often: it is a function of Go's, which knows performance.
	set("makeNow", 1, func(c goja.FunctionCall) goja.Value {
		get := rt.Callable(c.Argument(0))
		var performance goja.Value
		return rt.Func("now", 0, func(c goja.FunctionCall) goja.Value {
			if c.This != performance || performance == nil {
				if performance = get(goja.FunctionCall{This: goja.Undefined()}); c.This != performance {
					rt.Throw(bind.InvalidThis("Performance"))
				}
			}
			return number(Now())
		})
	})
	set("milestones", 0, func(goja.FunctionCall) goja.Value { return rt.ToValue(m.milestones()) })
	set("metrics", 0, func(goja.FunctionCall) goja.Value {
		s := rt.Loop.Stats()
		b := rt.NewObject(3)
		b.Put("loopCount", rt.VM.ToValue(int64(s.Iterations)))
		b.Put("events", rt.VM.ToValue(int64(s.Events)))
		b.Put("eventsWaiting", rt.VM.ToValue(int64(s.EventsWaiting)))
		return b.Object()
	})
	set("utilization", 0, func(goja.FunctionCall) goja.Value {
		s := rt.Loop.Stats()
		b := rt.NewObject(2)
		b.Put("idle", number(float64(s.Idle)/1e6))
		b.Put("active", number(float64(s.Active)/1e6))
		return b.Object()
	})
	set("watch", 2, func(c goja.FunctionCall) goja.Value {
		m.watched[c.Argument(0).String()] = c.Argument(1).ToBoolean()
		if c.Argument(0).String() == "gc" {
			m.watchGC(c.Argument(1).ToBoolean())
		}
		return goja.Undefined()
	})
	set("defineHandler", 2, func(c goja.FunctionCall) goja.Value {
		eventtargetmod.DefineHandlerOn(rt, c.Argument(0).(*goja.Object).Get("prototype").(*goja.Object), c.Argument(1).String())
		return goja.Undefined()
	})
	set("monitorEventLoopDelay", 0, m.monitorEventLoopDelay)
	set("createHistogram", 0, m.createHistogram)
	return o
}

func (m *module) milestones() map[string]any {
	s := m.rt.Loop.Stats()
	if m.loopStart < 0 && s.Started > 0 {
		m.loopStart = Now() - float64(s.Idle+s.Active)/1e6
	}
	loopExit := -1.0
	if s.Started > 0 && !m.rt.Loop.Running() {
		loopExit = Now()
	}
	return map[string]any{
		"nodeStart": m.began / 8, "v8Start": m.began / 4, "environment": m.began / 2, "bootstrapComplete": m.began,
		"loopStart": m.loopStart, "loopExit": loopExit, "idleTime": float64(s.Idle) / 1e6,
	}
}

func (m *module) constants() *goja.Object {
	o := m.rt.VM.NewObject()
	for _, c := range []struct {
		name  string
		value int
	}{
		{"MAJOR", 4}, {"MINOR", 1}, {"INCREMENTAL", 8}, {"WEAKCB", 16}, {"FLAGS_NO", 0}, {"FLAGS_CONSTRUCT_RETAINED", 2},
		{"FLAGS_FORCED", 4}, {"FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING", 8}, {"FLAGS_ALL_AVAILABLE_GARBAGE", 16},
		{"FLAGS_ALL_EXTERNAL_MEMORY", 32}, {"FLAGS_SCHEDULE_IDLE", 64},
	} {
		_ = o.DefineDataProperty("NODE_PERFORMANCE_GC_"+c.name, m.rt.VM.ToValue(c.value), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	return o
}
