//go:build darwin || freebsd

package osmod

import (
	"encoding/binary"
	"math"
	"runtime"
	"time"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"
)

func niceOf(p int) int { return p }

// TotalMemory is os.totalmem(), the bytes of memory that the machine has.
func TotalMemory() float64 {
	for _, name := range []string{"hw.memsize", "hw.physmem"} {
		if n, err := unix.SysctlUint64(name); err == nil {
			return float64(n)
		}
	}
	return 0
}

func freeMemory() float64 {
	n, err := unix.SysctlUint32("vm.page_free_count")
	if err != nil {
		n, _ = unix.SysctlUint32("vm.stats.vm.v_free_count")
	}
	return float64(n) * float64(unix.Getpagesize())
}

func uptime() float64 {
	p, err := unix.SysctlRaw("kern.boottime")
	if err != nil || len(p) < 8 {
		return 0
	}
	boot := int64(binary.NativeEndian.Uint64(p))
	return math.Floor(time.Since(time.Unix(boot, 0)).Seconds())
}

func loadAverage() (out [3]float64) {
	p, err := unix.SysctlRaw("vm.loadavg")
	if err != nil || len(p) < 24 {
		return out
	}
	scale := float64(binary.NativeEndian.Uint64(p[16:]))
	for i := range out {
		out[i] = float64(binary.NativeEndian.Uint32(p[4*i:])) / scale
	}
	return out
}

// cpus is os.cpus; this system tells models, not times, without C.
func (m *module) cpus() goja.Value {
	model, err := unix.Sysctl("machdep.cpu.brand_string")
	if err != nil {
		model, _ = unix.Sysctl("hw.model")
	}
	items := make([]any, runtime.NumCPU())
	for i := range items {
		times := m.rt.VM.NewObject()
		for _, k := range []string{"user", "nice", "sys", "idle", "irq"} {
			_ = times.Set(k, 0)
		}
		o := m.rt.VM.NewObject()
		_ = o.Set("model", model)
		_ = o.Set("speed", 0)
		_ = o.Set("times", times)
		items[i] = o
	}
	return m.rt.VM.NewArray(items...)
}
