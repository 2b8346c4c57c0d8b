package perfhooksmod

import (
	"runtime"
	"sync/atomic"

	"github.com/dop251/goja"
)

// watchGC makes an entry of each of the Go collector's runs, which are what
// V8's major ones are, while somebody observes 'gc'.
func (m *module) watchGC(on bool) {
	if m.stopGC != nil {
		m.stopGC()
		m.stopGC = nil
	}
	if !on {
		return
	}
	var stopped atomic.Bool
	m.stopGC = func() { stopped.Store(true) }
	m.nextGC(&stopped)
}

// gcSentinel becomes garbage at once: its end tells of a run of the collector.
type gcSentinel struct{ _ *gcSentinel }

func (m *module) nextGC(stopped *atomic.Bool) {
	runtime.AddCleanup(&gcSentinel{}, func(stopped *atomic.Bool) {
		if stopped.Load() {
			return
		}
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		pause := float64(stats.PauseNs[(stats.NumGC+255)%256]) / 1e6
		end := Now()
		m.rt.Post(func() {
			if stopped.Load() {
				return
			}
			detail := m.rt.VM.NewObject()
			_ = detail.Set("kind", 4)
			_ = detail.Set("flags", 0)
			vm := m.rt.VM
			m.rt.Call(m.entry, goja.Undefined(), vm.ToValue("gc"), vm.ToValue("gc"), vm.ToValue(end-pause), vm.ToValue(pause), detail)
		})
		m.nextGC(stopped)
	}, stopped)
}
