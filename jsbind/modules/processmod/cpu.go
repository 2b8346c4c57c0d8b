package processmod

import (
	"math"
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// cpu adds cpuUsage and threadCpuUsage.
func (p *Process) cpu() {
	for name, who := range map[string]int{"cpuUsage": syscall.RUSAGE_SELF, "threadCpuUsage": rusageThread} {
		p.method(name, 1, func(c goja.FunctionCall) goja.Value { return p.usage(who, c.Argument(0)) })
	}
}

// usage is {user, system} in microseconds, less what prev says.
func (p *Process) usage(who int, prev goja.Value) goja.Value {
	rt := p.rt
	var before [2]int64
	fields := [2]string{"user", "system"}
	if !goja.IsUndefined(prev) {
		o := rt.Object(prev, "prevValue")
		for i, k := range fields {
			path := "prevValue." + k
			v := rt.Number(bind.Get(o, k), path)
			if v < 0 || math.IsInf(v, 0) || math.IsNaN(v) || v > bind.MaxSafe {
				rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_INVALID_ARG_VALUE", "The property '"+path+"' is invalid. Received "+bind.FormatNumber(v)))
			}
			before[i] = int64(v)
		}
	}
	var ru syscall.Rusage
	if err := syscall.Getrusage(who, &ru); err != nil {
		p.done(err, "getrusage")
	}
	out := rt.VM.NewObject()
	_ = out.Set("user", int64(ru.Utime.Sec)*1e6+int64(ru.Utime.Usec)-before[0])
	_ = out.Set("system", int64(ru.Stime.Sec)*1e6+int64(ru.Stime.Usec)-before[1])
	return out
}
