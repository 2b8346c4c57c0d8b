package jsbind

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/http"
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

// httpFlags sets what options of the command line say about http.
func (r *Runtime) httpFlags(flags []string) {
	d := http.DefaultsOf(r.loop)
	for i, flag := range flags {
		name, value, given := strings.Cut(flag, "=")
		switch strings.ReplaceAll(name, "_", "-") {
		case "--insecure-http-parser":
			d.InsecureHTTPParser = true
		case "--no-insecure-http-parser":
			d.InsecureHTTPParser = false
		case "--max-http-header-size":
			if !given && i+1 < len(flags) {
				value = flags[i+1]
			}
			d.MaxHeaderSize = leadingNumber(value)
		}
	}
	d.Insecure = func() { r.rt.Warn("Using insecure HTTP parsing", "Warning", nil) }
	http.SetDefaults(r.loop, d)
}

// leadingNumber reads a number as C's strtoull does, with which Node reads its
// options: what is no digit ends it, and a sign wraps around.
func leadingNumber(s string) uint64 {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	v, err := strconv.ParseUint(s[:n], 10, 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return math.MaxUint64
	case negative:
		return -v
	}
	return v
}
