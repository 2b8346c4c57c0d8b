package perfhooksmod

import (
	"math"
	"math/big"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/histogram"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// recorded is the state of a Histogram; a copy made by structuredClone counts
// into the same one.
type recorded struct {
	h          *histogram.Histogram
	recordable bool
	list       *goja.Object // the Map of percentiles
}

// Clone implements bind.Cloneable.
func (r *recorded) Clone(*bind.Runtime) bind.Restore {
	shared := recorded{h: r.h, recordable: r.recordable}
	return func(rt *bind.Runtime) goja.Value {
		m := get(rt)
		c := m.histogram
		if shared.recordable {
			c = m.recordable
		}
		return m.newHistogram(c, &recorded{h: shared.h, recordable: shared.recordable})
	}
}

// delay is the state of monitorEventLoopDelay's histogram.
type delay struct {
	recorded
	resolution int64
	timer      *loop.Timer
}

type histogrammer interface{ base() *recorded }

func (r *recorded) base() *recorded { return r }

func (m *module) newHistogram(c *bind.Class, state any) *goja.Object {
	o := m.rt.VM.CreateObject(c.Proto)
	m.rt.Attach(o, state)
	return o
}

func (m *module) histogramOf(v goja.Value) *histogram.Histogram {
	if r, ok := bind.From(v).(histogrammer); ok {
		return r.base().h
	}
	m.rt.Throw(bind.InvalidThis("Histogram"))
	return nil
}

// defineHistograms makes Histogram, RecordableHistogram and ELDHistogram, none
// of which a program can construct.
func (m *module) defineHistograms() {
	rt := m.rt
	class := func(name string, parent *bind.Class) *bind.Class {
		return rt.NewClass(bind.ClassDef{Name: name, Parent: parent, ES6: true, New: func(*goja.Object, []goja.Value) *goja.Object {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"))
			return nil
		}})
	}
	c := class("Histogram", nil)
	m.histogram = c
	whole := func(v int64) goja.Value { return rt.VM.ToValue(float64(v)) }
	long := func(v int64) goja.Value { return rt.VM.ToValue(big.NewInt(v)) }
	counter := func(name string, f func(h *histogram.Histogram) int64) {
		c.Accessor(name, func(this goja.Value) goja.Value { return whole(f(m.histogramOf(this))) }, nil)
		c.Accessor(name+"BigInt", func(this goja.Value) goja.Value { return long(f(m.histogramOf(this))) }, nil)
	}
	real := func(name string, f func(h *histogram.Histogram) float64) {
		c.Accessor(name, func(this goja.Value) goja.Value { return rt.VM.ToValue(f(m.histogramOf(this))) }, nil)
	}
	counter("count", (*histogram.Histogram).Count)
	counter("min", (*histogram.Histogram).Min)
	counter("max", (*histogram.Histogram).Max)
	real("mean", (*histogram.Histogram).Mean)
	counter("exceeds", (*histogram.Histogram).Exceeds)
	real("stddev", (*histogram.Histogram).Stddev)
	percentile := func(name string, convert func(int64) goja.Value) {
		c.Method(name, 1, func(call goja.FunctionCall) goja.Value {
			h := m.histogramOf(call.This)
			p := rt.Number(call.Argument(0), "percentile")
			if math.IsNaN(p) || p <= 0 || p > 100 {
				rt.OutOfRange("percentile", "> 0 && <= 100", call.Argument(0))
			}
			return convert(h.Percentile(p))
		})
	}
	percentile("percentile", whole)
	percentile("percentileBigInt", long)
	// There is one Map for each object, as in Node.
	percentiles := func(v goja.Value, convert func(int64) goja.Value) *goja.Object {
		m.histogramOf(v)
		r := bind.From(v).(histogrammer).base()
		if r.list == nil {
			list, err := rt.VM.New(rt.VM.Get("Map"))
			if err != nil {
				panic(err)
			}
			r.list = list
		}
		o := r.list
		rt.Call(o.Get("clear"), o)
		set := rt.Callable(o.Get("set"))
		r.h.Percentiles(func(p float64, v int64) {
			set(goja.FunctionCall{This: o, Arguments: []goja.Value{rt.VM.ToValue(p), convert(v)}})
		})
		return o
	}
	c.Accessor("percentiles", func(this goja.Value) goja.Value { return percentiles(this, whole) }, nil)
	c.Accessor("percentilesBigInt", func(this goja.Value) goja.Value { return percentiles(this, long) }, nil)
	c.Method("reset", 0, func(call goja.FunctionCall) goja.Value {
		m.histogramOf(call.This).Reset()
		return goja.Undefined()
	})
	c.Method("toJSON", 0, func(call goja.FunctionCall) goja.Value {
		h := m.histogramOf(call.This)
		o := rt.NewObject(7)
		o.Put("count", whole(h.Count()))
		o.Put("min", whole(h.Min()))
		o.Put("max", whole(h.Max()))
		o.Put("mean", rt.VM.ToValue(h.Mean()))
		o.Put("exceeds", whole(h.Exceeds()))
		o.Put("stddev", rt.VM.ToValue(h.Stddev()))
		list := rt.VM.NewObject()
		h.Percentiles(func(p float64, v int64) { _ = list.Set(bind.FormatNumber(p), whole(v)) })
		o.Put("percentiles", list)
		return o.Object()
	})
	c.Custom(func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		if depth < 0 {
			return rt.VM.ToValue("[" + o.Get("constructor").(*goja.Object).Get("name").String() + "]")
		}
		h := m.histogramOf(o)
		opts.Depth--
		shown := rt.VM.NewObject()
		for _, p := range []struct {
			name  string
			value goja.Value
		}{
			{"min", whole(h.Min())}, {"max", whole(h.Max())}, {"mean", rt.VM.ToValue(h.Mean())}, {"exceeds", whole(h.Exceeds())},
			{"stddev", rt.VM.ToValue(h.Stddev())}, {"count", whole(h.Count())}, {"percentiles", percentiles(o, whole)},
		} {
			_ = shown.Set(p.name, p.value)
		}
		return rt.Mirror.StringValue("Histogram " + rt.Inspector.Inspect(shown, opts))
	})
	c.Seal()

	m.recordable = class("RecordableHistogram", c)
	recordable := func(v goja.Value, name string) *histogram.Histogram {
		r, ok := bind.From(v).(*recorded)
		if !ok || !r.recordable {
			if name != "" {
				rt.ArgType(name, v, "RecordableHistogram")
			}
			rt.Throw(bind.InvalidThis("RecordableHistogram"))
		}
		return r.h
	}
	m.recordable.Method("record", 1, func(call goja.FunctionCall) goja.Value {
		h := recordable(call.This, "")
		if v := call.Argument(0); goja.IsBigInt(v) {
			h.Record(v.Export().(*big.Int).Int64())
		} else {
			h.Record(rt.Integer(v, "val", 1, bind.MaxSafe))
		}
		return goja.Undefined()
	})
	m.recordable.Method("recordDelta", 0, func(call goja.FunctionCall) goja.Value {
		recordable(call.This, "").RecordDelta(int64(Now() * 1e6))
		return goja.Undefined()
	})
	m.recordable.Method("add", 1, func(call goja.FunctionCall) goja.Value {
		h := recordable(call.This, "")
		h.Add(recordable(call.Argument(0), "other"))
		return goja.Undefined()
	})
	m.recordable.Seal()
	m.defineDelay(class("ELDHistogram", c))
}

// createHistogram is perf_hooks.createHistogram(options).
func (m *module) createHistogram(c goja.FunctionCall) goja.Value {
	rt := m.rt
	lowest, highest, figures := int64(1), int64(bind.MaxSafe), int64(3)
	if v := c.Argument(0); !goja.IsUndefined(v) {
		o, ok := v.(*goja.Object)
		if !ok {
			rt.ArgType("options", v, "object")
		}
		read := func(name string, min, fallback int64) int64 {
			v := bind.Get(o, name)
			switch {
			case goja.IsUndefined(v):
				return fallback
			case goja.IsBigInt(v):
				return v.Export().(*big.Int).Int64()
			}
			return rt.Integer(v, "options."+name, float64(min), bind.MaxSafe)
		}
		lowest = read("lowest", 1, lowest)
		highest = read("highest", 2*lowest, highest)
		if v := bind.Get(o, "figures"); !goja.IsUndefined(v) {
			figures = rt.Integer(v, "options.figures", 1, 5)
		}
	}
	return m.newHistogram(m.recordable, &recorded{h: histogram.New(lowest, highest, int(figures)), recordable: true})
}

// defineDelay makes ELDHistogram.
func (m *module) defineDelay(c *bind.Class) {
	rt := m.rt
	m.delay = c
	of := func(v goja.Value) *delay {
		d, ok := bind.From(v).(*delay)
		if !ok {
			rt.Throw(bind.InvalidThis("ELDHistogram"))
		}
		return d
	}
	stop := func(d *delay) bool {
		if d.timer == nil {
			return false
		}
		d.timer.Close()
		d.timer = nil
		return true
	}
	c.Method("enable", 0, func(call goja.FunctionCall) goja.Value {
		d := of(call.This)
		if d.timer != nil {
			return rt.VM.ToValue(false)
		}
		d.h.Restart()
		d.h.RecordDelta(int64(Now() * 1e6))
		d.timer = rt.Loop.SetTimer(d.resolution, d.resolution, tick{d})
		d.timer.Unref()
		return rt.VM.ToValue(true)
	})
	c.Method("disable", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(stop(of(call.This))) })
	dispose := rt.VM.Get("Symbol").(*goja.Object).Get("dispose").(*goja.Symbol)
	c.SymbolMethod(dispose, "[Symbol.dispose]", 0, func(call goja.FunctionCall) goja.Value {
		stop(of(call.This))
		return goja.Undefined()
	})
	c.Seal()
}

// tick is what the timer of an event loop delay does.
type tick struct{ d *delay }

// Run counts the time since the last one.
func (t tick) Run() { t.d.h.RecordDelta(int64(Now() * 1e6)) }

// monitorEventLoopDelay is perf_hooks.monitorEventLoopDelay(options).
func (m *module) monitorEventLoopDelay(c goja.FunctionCall) goja.Value {
	rt := m.rt
	resolution := int64(10)
	if v := c.Argument(0); !goja.IsUndefined(v) {
		o, ok := v.(*goja.Object)
		if !ok {
			rt.ArgType("options", v, "object")
		}
		if r := bind.Get(o, "resolution"); !goja.IsUndefined(r) {
			resolution = rt.Integer(r, "options.resolution", 1, bind.MaxSafe)
		}
	}
	return m.newHistogram(m.delay, &delay{recorded: recorded{h: histogram.New(1, 3_600_000_000_000, 3)}, resolution: resolution})
}
