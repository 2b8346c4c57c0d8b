package jsbind

import (
	"strings"

	"github.com/spindle-js/spindle/jsbind/modules/v8mod"
)

// startFlags does what options of the command line ask for before any program
// runs: --expose-gc, and the reports of --report-….
func (r *Runtime) startFlags(flags []string) {
	for _, flag := range flags {
		switch name := strings.ReplaceAll(flag, "_", "-"); {
		case name == "--expose-gc":
			v8mod.ExposeGC(r.rt)
		case name == "--report-uncaught-exception" || name == "--report-on-signal":
			r.Do(func() { r.process.Obj.Get("report") })
		}
	}
}
