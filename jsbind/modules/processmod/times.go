package processmod

import (
	"math/big"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

var started = time.Now()

// times adds hrtime, uptime and what measures the process.
func (p *Process) times() {
	rt := p.rt
	hr := rt.Func("hrtime", 1, func(c goja.FunctionCall) goja.Value {
		now := time.Since(started) + hrBase
		sec, nsec := int64(now/time.Second), int64(now%time.Second)
		if prev := c.Argument(0); !goja.IsUndefined(prev) {
			if !bind.IsArray(prev) {
				rt.ArgType("time", prev, "Array")
			}
			o := prev.(*goja.Object)
			if n := o.Get("length").ToInteger(); n != 2 {
				rt.OutOfRange("time", "2", rt.VM.ToValue(n))
			}
			sec -= o.Get("0").ToInteger()
			nsec -= o.Get("1").ToInteger()
			if nsec < 0 {
				sec--
				nsec += int64(time.Second)
			}
		}
		return rt.VM.NewArray(sec, nsec)
	})
	_ = hr.Set("bigint", rt.Func("hrtimeBigInt", 0, func(goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(big.NewInt(int64(time.Since(started) + hrBase)))
	}))
	_ = p.Obj.Set("hrtime", hr)
	p.method("uptime", 0, func(goja.FunctionCall) goja.Value { return rt.VM.ToValue(time.Since(started).Seconds()) })
}

// hrBase keeps hrtime from starting at zero; its origin is arbitrary.
const hrBase = time.Hour
