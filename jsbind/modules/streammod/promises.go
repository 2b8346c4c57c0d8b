package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/webstreamsmod"
	"github.com/spindle-js/spindle/stream"
)

// LoadPromises returns the exports of node:stream/promises
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streams-promises-api).
func LoadPromises(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.promises != nil {
		return m.promises
	}
	m.promises = rt.VM.NewObject()
	_ = m.promises.Set("finished", rt.Func("finished", 2, m.promiseFinished))
	_ = m.promises.Set("pipeline", rt.Func("pipeline", 0, m.promisePipeline))
	return m.promises
}

func (m *module) promiseFinished(c goja.FunctionCall) goja.Value {
	opts, cleanup := c.Argument(1), false
	if o, ok := opts.(*goja.Object); ok {
		if v := bind.Get(o, "cleanup"); v.ToBoolean() {
			cleanup = m.rt.Bool(v, "cleanup")
		}
	}
	return m.settled(func(resolve, reject func(any) error) {
		if v := c.Argument(0); webstreamsmod.Kind(m.rt, v) != "" {
			m.finishedWeb(v, opts, func(c goja.FunctionCall) goja.Value {
				if len(c.Arguments) > 0 {
					_ = reject(c.Argument(0))
				} else {
					_ = resolve(goja.Undefined())
				}
				return goja.Undefined()
			})
			return
		}
		o := m.finishedOptions(opts)
		var stop func()
		stop = stream.Finished(m.streamArg(c.Argument(0)), o, func(err error) {
			if cleanup {
				stop()
			}
			if err != nil {
				_ = reject(m.rt.ErrorValue(err))
				return
			}
			_ = resolve(goja.Undefined())
		})
	})
}

func (m *module) promisePipeline(c goja.FunctionCall) goja.Value {
	return m.settled(func(resolve, reject func(any) error) {
		args := c.Arguments
		var o stream.PipelineOptions
		if n := len(args); n > 0 {
			last, ok := args[n-1].(*goja.Object)
			if ok && !bind.IsCallable(last) && m.nodeStream(last) == nil && webstreamsmod.Kind(m.rt, last) == "" && !m.isIterable(last) {
				args = args[:n-1]
				if s := bind.Get(last, "signal"); s.ToBoolean() {
					o.Signal = m.signal(s, "options.signal")
				}
				o.KeepOpen = boolean(last, "end") == stream.False
			}
		}
		m.runPipeline(args, o, func(err error, v goja.Value) {
			if err != nil {
				_ = reject(m.rt.ErrorValue(err))
				return
			}
			_ = resolve(v)
		})
	})
}
