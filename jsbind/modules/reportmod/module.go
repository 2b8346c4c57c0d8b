// Package reportmod is process.report
// (https://nodejs.org/docs/latest-v24.x/api/report.html): a diagnostic report of
// the process as JSON. Native stacks and shared objects, of which a static
// program has none, are empty lists.
package reportmod

import (
	"embed"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
)

//go:embed js/*.js
var files embed.FS

type moduleKey struct{}

// Load returns process.report.
func Load(rt *bind.Runtime) goja.Value {
	l, ok := rt.Value(moduleKey{}).(*scripted.Loader)
	if !ok {
		l = scripted.New(rt, "process", files)
		rt.SetValue(moduleKey{}, l)
		l.Func("limits", 0, func(goja.FunctionCall) goja.Value { return limits(rt) })
	}
	return l.Load("report")
}

// resources are the limits that a report lists, by Node's names.
var resources = []struct {
	name string
	id   int
	unit uint64
}{
	{"core_file_size_blocks", unix.RLIMIT_CORE, 512}, {"data_seg_size_bytes", unix.RLIMIT_DATA, 1}, {"file_size_blocks", unix.RLIMIT_FSIZE, 512},
	{"max_locked_memory_bytes", rlimitMemlock, 1}, {"max_memory_size_bytes", rlimitRSS, 1}, {"open_files", unix.RLIMIT_NOFILE, 1},
	{"stack_size_bytes", unix.RLIMIT_STACK, 1}, {"cpu_time_seconds", unix.RLIMIT_CPU, 1}, {"max_user_processes", rlimitNproc, 1},
	{"virtual_memory_bytes", unix.RLIMIT_AS, 1},
}

func limits(rt *bind.Runtime) goja.Value {
	out := rt.VM.NewObject()
	value := func(n, unit uint64) any {
		if n >= 1<<62 {
			return "unlimited"
		}
		return int64(n / unit)
	}
	for _, r := range resources {
		var l unix.Rlimit
		if r.id < 0 || unix.Getrlimit(r.id, &l) != nil {
			continue
		}
		o := rt.VM.NewObject()
		_ = o.Set("soft", value(uint64(l.Cur), r.unit))
		_ = o.Set("hard", value(uint64(l.Max), r.unit))
		_ = out.Set(r.name, o)
	}
	return out
}
