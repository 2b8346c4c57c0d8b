package jsbind

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/jsbind/modules/v8mod"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// startFlags does what options of the command line ask for before any program
// runs: --expose-gc, and the reports of --report-….
func (r *Runtime) startFlags(flags []string) {
	for _, flag := range flags {
		switch name := strings.ReplaceAll(flag, "_", "-"); {
		case name == "--expose-gc":
			v8mod.ExposeGC(r.rt)
		case strings.HasPrefix(name, "--stack-trace-limit="):
			n := leadingNumber(name[len("--stack-trace-limit="):])
			_ = r.rt.VM.Get("Error").(*goja.Object).Set("stackTraceLimit", min(n, 1<<31-1))
		case name == "--disable-proto=delete":
			_ = r.rt.VM.Get("Object").(*goja.Object).Get("prototype").(*goja.Object).Delete("__proto__")
		case name == "--disable-proto=throw":
			refuse := r.rt.Func("thrower", 0, func(goja.FunctionCall) goja.Value {
				r.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_PROTO_ACCESS", "Accessing Object.prototype.__proto__ has been disallowed with --disable-proto=throw"))
				return nil
			})
			_ = r.rt.VM.Get("Object").(*goja.Object).Get("prototype").(*goja.Object).DefineAccessorProperty("__proto__", refuse, refuse, goja.FLAG_TRUE, goja.FLAG_FALSE)
		case name == "--report-uncaught-exception" || name == "--report-on-signal":
			r.Do(func() { r.process.Obj.Get("report") })
		}
	}
}

// netFlags sets what options of the command line say about addresses, and returns
// what the program throws for a wrong value.
func (r *Runtime) netFlags(flags []string) {
	for _, flag := range flags {
		name, value, _ := strings.Cut(flag, "=")
		switch strings.ReplaceAll(name, "_", "-") {
		case "--dns-result-order":
			order, ok := dns.ParseOrder(value)
			if !ok {
				r.Do(func() {
					r.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_VALUE", "The argument '--dns-result-order' must be one of: 'verbatim', 'ipv4first', 'ipv6first'. Received '"+value+"'"))
				})
			}
			dns.SetDefaultResultOrder(r.loop, order)
		case "--network-family-autoselection", "--enable-network-family-autoselection":
			net.SetDefaultAutoSelectFamily(r.loop, true)
		case "--no-network-family-autoselection", "--no-enable-network-family-autoselection":
			net.SetDefaultAutoSelectFamily(r.loop, false)
		case "--network-family-autoselection-attempt-timeout":
			net.SetDefaultAutoSelectFamilyAttemptTimeout(r.loop, int(min(leadingNumber(value), 1<<53)))
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
