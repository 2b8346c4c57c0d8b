package dnsmod

import (
	"net/netip"
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/perfhooksmod"
	"github.com/spindle-js/spindle/nodeerr"
)

func itoa(n int) string { return strconv.Itoa(n) }

// lookupOptions are the options of lookup.
type lookupOptions struct {
	dns.Options
	all bool
}

// lookupOptions reads options: a family or an object.
func (m *module) lookupOptions(v goja.Value) (o lookupOptions) {
	rt := m.rt
	family := func(v goja.Value, name string) int {
		if goja.IsString(v) && name != "family" {
			switch v.String() {
			case "IPv4":
				return 4
			case "IPv6":
				return 6
			}
		}
		if goja.IsNumber(v) {
			switch v.ToFloat() {
			case 0, 4, 6:
				return int(v.ToInteger())
			}
		}
		rt.ArgValue(name, v, "must be one of: 0, 4, 6")
		return 0
	}
	if bind.IsNullish(v) {
		return o
	}
	if goja.IsNumber(v) {
		o.Family = family(v, "family")
		return o
	}
	obj, ok := v.(*goja.Object)
	if !ok || bind.IsCallable(v) {
		rt.ArgType("options", v, "integer", "object")
	}
	if x := bind.Get(obj, "hints"); !bind.IsNullish(x) {
		f := rt.Number(x, "options.hints")
		o.Hints = int(f)
		if f != float64(o.Hints) || o.Hints&^(dns.AddrConfig|dns.All|dns.V4Mapped) != 0 {
			rt.ArgValue("hints", x, "")
		}
	}
	if x := bind.Get(obj, "family"); !bind.IsNullish(x) {
		o.Family = family(x, "options.family")
	}
	if x := bind.Get(obj, "all"); !bind.IsNullish(x) {
		o.all = rt.Bool(x, "options.all")
	}
	if x := bind.Get(obj, "verbatim"); !bind.IsNullish(x) {
		if o.Order = dns.OrderIPv4First; rt.Bool(x, "options.verbatim") {
			o.Order = dns.OrderVerbatim
		}
	}
	if x := bind.Get(obj, "order"); !bind.IsNullish(x) {
		o.Order = m.order(x, "options.order")
	}
	return o
}

// hostname reads the name to look up; anything falsy is none, with a warning.
func (m *module) hostname(v goja.Value) string {
	if v.ToBoolean() {
		return m.rt.String(v, "hostname")
	}
	if !m.warnedEmpty && m.rt.Warn != nil {
		m.warnedEmpty = true
		m.rt.Warn(`The provided hostname "`+v.String()+`" is not a valid hostname, and is supported in the dns module solely for compatibility.`,
			"DeprecationWarning", map[string]any{"code": "DEP0118"})
	}
	return ""
}

// run looks up and calls back with (err) or with what the callback of
// dns.lookup gets: an address and its family, or all of them.
func (m *module) run(name string, o lookupOptions, done func(err error, first dns.Address, list []dns.Address)) {
	start := perfhooksmod.Now()
	dns.Lookup(m.rt.Loop, name, o.Options, func(err error, list []dns.Address) {
		if err != nil || len(list) == 0 {
			done(err, dns.Address{}, nil)
			return
		}
		m.enterLookup(name, o, start, list)
		done(nil, list[0], list)
	})
}

func (m *module) addressList(list []dns.Address) goja.Value {
	items := make([]any, len(list))
	for i, a := range list {
		items[i] = m.addressValue(a)
	}
	return m.rt.VM.NewArray(items...)
}

func (m *module) addressValue(a dns.Address) *goja.Object {
	o := m.rt.VM.NewObject()
	if a.Address == "" {
		_ = o.Set("address", goja.Null())
	} else {
		_ = o.Set("address", a.Address)
	}
	_ = o.Set("family", a.Family)
	return o
}

// emptyFamily is the family that goes with no address.
func emptyFamily(o lookupOptions) int {
	if o.Family == 6 {
		return 6
	}
	return 4
}

// lookup is dns.lookup(hostname, options, callback).
func (m *module) lookup(c goja.FunctionCall) goja.Value {
	rt := m.rt
	name, options, callback := c.Argument(0), c.Argument(1), c.Argument(2)
	if name.ToBoolean() {
		rt.String(name, "hostname")
	}
	if bind.IsCallable(options) {
		options, callback = goja.Undefined(), options
	} else if goja.IsNumber(options) {
		rt.Function(callback, "callback")
		m.lookupOptions(options)
	} else if !goja.IsUndefined(options) {
		if _, ok := options.(*goja.Object); !ok && !goja.IsNull(options) {
			if len(c.Arguments) == 2 {
				rt.Function(options, "callback")
			}
			rt.Function(callback, "callback")
			rt.ArgType("options", options, "integer", "object")
		}
		rt.Function(callback, "callback")
	}
	cb := rt.Callable(rt.Function(callback, "callback"))
	o := m.lookupOptions(options)
	call := func(args ...goja.Value) { cb(goja.FunctionCall{This: goja.Undefined(), Arguments: args}) }
	host := m.hostname(name)
	m.run(host, o, func(err error, first dns.Address, list []dns.Address) {
		switch {
		case err != nil:
			call(rt.ErrorValue(err))
		case o.all:
			call(goja.Null(), m.addressList(list))
		case list == nil:
			call(goja.Null(), goja.Null(), rt.VM.ToValue(emptyFamily(o)))
		default:
			call(goja.Null(), rt.VM.ToValue(first.Address), rt.VM.ToValue(first.Family))
		}
	})
	req := rt.VM.NewObject()
	_ = req.Set("callback", callback)
	_ = req.Set("family", o.Family)
	_ = req.Set("hostname", name)
	return req
}

// promiseLookup is dnsPromises.lookup(hostname, options).
func (m *module) promiseLookup(c goja.FunctionCall) goja.Value {
	rt := m.rt
	name := c.Argument(0)
	if name.ToBoolean() {
		rt.String(name, "hostname")
	}
	if v := c.Argument(1); !goja.IsUndefined(v) && !goja.IsNumber(v) {
		if _, ok := v.(*goja.Object); !ok && !goja.IsNull(v) {
			rt.ArgType("options", v, "integer", "object")
		}
	}
	o := m.lookupOptions(c.Argument(1))
	p, resolve, reject := engine.NewPromise(rt.VM)
	m.run(m.hostname(name), o, func(err error, first dns.Address, list []dns.Address) {
		switch {
		case err != nil:
			_ = reject(rt.ErrorValue(err))
		case o.all:
			_ = resolve(m.addressList(list))
		default:
			if list == nil {
				first.Family = emptyFamily(o)
			}
			_ = resolve(m.addressValue(first))
		}
	})
	return rt.VM.ToValue(p)
}

// service reads the address and the port of lookupService.
func (m *module) service(address, port goja.Value) (string, int) {
	rt := m.rt
	ip, err := netip.ParseAddr(address.String())
	if err != nil || !goja.IsString(address) {
		rt.ArgValue("address", address, "")
	}
	_ = ip
	f := -1.0
	if goja.IsNumber(port) || goja.IsString(port) && port.String() != "" {
		f = port.ToFloat()
	}
	if f != float64(int(f)) || f < 0 || f > 65535 {
		rt.Throw(nodeerr.SocketBadPort("Port", rt.Received(port), true))
	}
	return address.String(), int(f)
}

// lookupService is dns.lookupService(address, port, callback).
func (m *module) lookupService(c goja.FunctionCall) goja.Value {
	rt := m.rt
	if len(c.Arguments) < 3 {
		rt.Throw(nodeerr.MissingArgs("address", "port", "callback"))
	}
	address, port := c.Argument(0), c.Argument(1)
	if _, err := netip.ParseAddr(address.String()); err != nil {
		rt.ArgValue("address", address, "")
	}
	a, n := m.service(address, port)
	cb := rt.Callable(rt.Function(c.Argument(2), "callback"))
	start := perfhooksmod.Now()
	dns.LookupService(rt.Loop, a, n, func(err error, host, service string) {
		if err == nil {
			m.enterService(a, n, start, host, service)
		}
		args := []goja.Value{goja.Null(), rt.VM.ToValue(host), rt.VM.ToValue(service)}
		if err != nil {
			args = []goja.Value{rt.ErrorValue(err)}
		}
		cb(goja.FunctionCall{This: goja.Undefined(), Arguments: args})
	})
	req := rt.VM.NewObject()
	_ = req.Set("callback", c.Argument(2))
	_ = req.Set("hostname", address)
	_ = req.Set("port", port)
	return req
}

// promiseLookupService is dnsPromises.lookupService(address, port).
func (m *module) promiseLookupService(c goja.FunctionCall) goja.Value {
	rt := m.rt
	if len(c.Arguments) < 2 {
		rt.Throw(nodeerr.MissingArgs("address", "port"))
	}
	a, n := m.service(c.Argument(0), c.Argument(1))
	p, resolve, reject := engine.NewPromise(rt.VM)
	start := perfhooksmod.Now()
	dns.LookupService(rt.Loop, a, n, func(err error, host, service string) {
		if err == nil {
			m.enterService(a, n, start, host, service)
		}
		if err != nil {
			_ = reject(rt.ErrorValue(err))
			return
		}
		_ = resolve(m.serviceValue(host, service))
	})
	return rt.VM.ToValue(p)
}

func (m *module) serviceValue(host, service string) goja.Value {
	o := m.rt.VM.NewObject()
	_ = o.Set("hostname", host)
	_ = o.Set("service", service)
	return o
}

// promisified tells util.promisify the names of the results.
func (m *module) promisified(o *goja.Object) {
	rt := m.rt
	custom := rt.SymbolFor("nodejs.util.promisify.custom")
	for name, f := range map[string]bind.Method{"lookup": m.promiseLookup, "lookupService": m.promiseLookupService} {
		_ = o.Get(name).(*goja.Object).DefineDataPropertySymbol(custom, rt.Func(name, 2, f), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}
