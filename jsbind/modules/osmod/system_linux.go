package osmod

import (
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"
)

// niceOf undoes the kernel's answer, which is 20 - nice.
func niceOf(p int) int { return 20 - p }

func memory(field string) float64 {
	p, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(p), "\n") {
		if rest, ok := strings.CutPrefix(line, field+":"); ok {
			n, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(rest, "kB")), 64)
			return n * 1024
		}
	}
	return 0
}

func freeMemory() float64 { return memory("MemAvailable") }

// TotalMemory is os.totalmem(), the bytes of memory that the machine has.
func TotalMemory() float64 { return memory("MemTotal") }

func uptime() float64 {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t); err != nil {
		return 0
	}
	return math.Floor(float64(t.Nano())/1e7) / 100
}

func loadAverage() (out [3]float64) {
	var s unix.Sysinfo_t
	if unix.Sysinfo(&s) == nil {
		for i := range out {
			out[i] = math.Round(float64(s.Loads[i])/65536*100) / 100
		}
	}
	return out
}

// cpus is os.cpus, of /proc/stat and /proc/cpuinfo; times in milliseconds. The
// speed is 0 where the kernel does not scale frequencies, as in Node.
func (m *module) cpus() goja.Value {
	vm := m.rt.VM
	models := cpuModels()
	var items []any
	p, _ := os.ReadFile("/proc/stat")
	for _, line := range strings.Split(string(p), "\n") {
		f := strings.Fields(line)
		if len(f) < 8 || !strings.HasPrefix(f[0], "cpu") || f[0] == "cpu" {
			continue
		}
		i := len(items)
		ticks := func(n int) float64 {
			x, _ := strconv.ParseFloat(f[n], 64)
			return x * 10 // USER_HZ is 100
		}
		times := vm.NewObject()
		_ = times.Set("user", ticks(1))
		_ = times.Set("nice", ticks(2))
		_ = times.Set("sys", ticks(3))
		_ = times.Set("idle", ticks(4))
		_ = times.Set("irq", ticks(6))
		o := vm.NewObject()
		model, speed := "unknown", 0.0
		if i < len(models) {
			model = models[i]
		}
		if kHz, err := os.ReadFile("/sys/devices/system/cpu/" + f[0] + "/cpufreq/scaling_cur_freq"); err == nil {
			x, _ := strconv.ParseFloat(strings.TrimSpace(string(kHz)), 64)
			speed = math.Floor(x / 1000)
		}
		_ = o.Set("model", model)
		_ = o.Set("speed", speed)
		_ = o.Set("times", times)
		items = append(items, o)
	}
	return vm.NewArray(items...)
}

func cpuModels() (models []string) {
	p, _ := os.ReadFile("/proc/cpuinfo")
	for _, line := range strings.Split(string(p), "\n") {
		if k, v, _ := strings.Cut(line, ":"); strings.TrimSpace(k) == "model name" {
			models = append(models, strings.TrimSpace(v))
		}
	}
	return models
}
