package dnsmod

import (
	"net/netip"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// codes are the error codes that both modules export.
var codes = [][2]string{
	{"NODATA", "ENODATA"}, {"FORMERR", "EFORMERR"}, {"SERVFAIL", "ESERVFAIL"}, {"NOTFOUND", "ENOTFOUND"}, {"NOTIMP", "ENOTIMP"},
	{"REFUSED", "EREFUSED"}, {"BADQUERY", "EBADQUERY"}, {"BADNAME", "EBADNAME"}, {"BADFAMILY", "EBADFAMILY"}, {"BADRESP", "EBADRESP"},
	{"CONNREFUSED", "ECONNREFUSED"}, {"TIMEOUT", "ETIMEOUT"}, {"EOF", "EOF"}, {"FILE", "EFILE"}, {"NOMEM", "ENOMEM"},
	{"DESTRUCTION", "EDESTRUCTION"}, {"BADSTR", "EBADSTR"}, {"BADFLAGS", "EBADFLAGS"}, {"NONAME", "ENONAME"}, {"BADHINTS", "EBADHINTS"},
	{"NOTINITIALIZED", "ENOTINITIALIZED"}, {"LOADIPHLPAPI", "ELOADIPHLPAPI"}, {"ADDRGETNETWORKPARAMS", "EADDRGETNETWORKPARAMS"}, {"CANCELLED", "ECANCELLED"},
}

type module struct {
	rt                *bind.Runtime
	exports, promises *goja.Object
	resolver          *resolver // the default one
	warnedEmpty       bool
	ownLookup         goja.Value // dns.lookup as it is built in

	defaults      []*goja.Object // what the functions of the modules call on
	handleProto   *goja.Object
	handleServers goja.Value
}

type moduleKey struct{}

// Load returns the exports of node:dns.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

// LoadPromises returns the exports of node:dns/promises.
func LoadPromises(rt *bind.Runtime) goja.Value { return get(rt).promises }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject(), promises: rt.VM.NewObject()}
	rt.SetValue(moduleKey{}, m)
	callbacks := m.defineResolver(false)
	promised := m.defineResolver(true)
	m.resolver = m.newResolver(nil)
	for _, x := range []struct {
		o        *goja.Object
		class    *bind.Class
		promised bool
	}{{m.exports, callbacks, false}, {m.promises, promised, true}} {
		m.fill(x.o, x.class, x.promised)
	}
	_ = m.exports.Set("promises", m.promises)
	return m
}

// Replaced returns the function that a program has put in the place of
// dns.lookup, nil while the built-in one stands.
func Replaced(rt *bind.Runtime) *goja.Object {
	m, ok := rt.Value(moduleKey{}).(*module)
	if !ok { // not loaded, and so not changed
		return nil
	}
	fn, _ := m.exports.Get("lookup").(*goja.Object)
	if fn == nil || fn.SameAs(m.ownLookup) || !bind.IsCallable(fn) {
		return nil
	}
	return fn
}

// fill adds what the two modules have in common.
func (m *module) fill(o *goja.Object, class *bind.Class, promised bool) {
	rt := m.rt
	set := func(name string, n int, f bind.Method) { _ = o.Set(name, rt.Func(name, n, f)) }
	if promised {
		set("lookup", 2, m.promiseLookup)
		set("lookupService", 2, m.promiseLookupService)
	} else {
		set("lookup", 3, m.lookup)
		set("lookupService", 3, m.lookupService)
		m.promisified(o)
		m.ownLookup = o.Get("lookup")
	}
	_ = o.Set("Resolver", class.Ctor)
	set("getDefaultResultOrder", 0, func(goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(dns.DefaultResultOrder(rt.Loop).String())
	})
	set("setDefaultResultOrder", 1, func(c goja.FunctionCall) goja.Value {
		dns.SetDefaultResultOrder(rt.Loop, m.order(c.Argument(0), "dnsOrder"))
		return goja.Undefined()
	})
	set("setServers", 1, func(c goja.FunctionCall) goja.Value {
		// A new default resolver: the old one may be asking.
		r := m.newResolver(nil)
		m.setServers(r, c.Argument(0))
		m.resolver = r
		for _, o := range m.defaults {
			rt.Attach(o, r)
		}
		return goja.Undefined()
	})
	if !promised {
		_ = o.Set("ADDRCONFIG", dns.AddrConfig)
		_ = o.Set("ALL", dns.All)
		_ = o.Set("V4MAPPED", dns.V4Mapped)
	}
	for _, c := range codes {
		_ = o.Set(c[0], c[1])
	}
	set("getServers", 0, func(goja.FunctionCall) goja.Value { return m.servers(m.resolver) })
	instance := rt.VM.CreateObject(class.Proto)
	rt.Attach(instance, m.resolver)
	m.defaults = append(m.defaults, instance)
	for _, q := range append(queries, "resolve", "reverse") {
		fn := rt.Callable(class.Proto.Get(q))
		set(q, int(class.Proto.Get(q).(*goja.Object).Get("length").ToInteger()), func(c goja.FunctionCall) goja.Value {
			return fn(goja.FunctionCall{This: instance, Arguments: c.Arguments})
		})
	}
}

// order reads the name of a result order.
func (m *module) order(v goja.Value, name string) dns.Order {
	if goja.IsString(v) {
		if o, ok := dns.ParseOrder(v.String()); ok {
			return o
		}
	}
	m.rt.ArgValue(name, v, "must be one of: 'verbatim', 'ipv4first', 'ipv6first'")
	return dns.OrderDefault
}

// servers is getServers(): addresses, with the port where it is not 53.
func (m *module) servers(r *resolver) goja.Value {
	var items []any
	for _, s := range r.r.Servers() {
		if s.Port() == 53 {
			items = append(items, s.Addr().String())
		} else {
			items = append(items, s.String())
		}
	}
	return m.rt.VM.NewArray(items...)
}

// setServers reads a list of servers: address, address:port, [address]:port.
func (m *module) setServers(r *resolver, v goja.Value) {
	rt := m.rt
	if !bind.IsArray(v) {
		rt.ArgType("servers", v, "Array")
	}
	o := v.(*goja.Object)
	var out []netip.AddrPort
	var texts []string
	for i := range int(o.Get("length").ToInteger()) {
		name := "servers[" + itoa(i) + "]"
		item := o.Get(itoa(i))
		if item == nil {
			continue // a hole
		}
		text := rt.String(item, name)
		s, ok := parseServer(text)
		if !ok {
			rt.Throw(nodeerr.InvalidIPAddress(text))
		}
		out = append(out, s)
		texts = append(texts, text)
	}
	if r.r.Pending() {
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_DNS_SET_SERVERS_FAILED",
			`c-ares failed to set servers: "There are pending queries." [`+strings.Join(texts, ",")+"]"))
	}
	r.r.SetServers(out)
}

func parseServer(text string) (netip.AddrPort, bool) {
	if ip, err := netip.ParseAddr(text); err == nil {
		return netip.AddrPortFrom(ip, 53), true
	}
	host, port := text, ""
	if strings.HasPrefix(text, "[") {
		inner, rest, ok := strings.Cut(text[1:], "]")
		if !ok {
			return netip.AddrPort{}, false
		}
		host, port = inner, strings.TrimPrefix(rest, ":")
	} else if i := strings.LastIndexByte(text, ':'); i > 0 {
		host, port = text[:i], text[i+1:]
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return netip.AddrPort{}, false
	}
	n := 0
	for _, c := range port {
		if c < '0' || c > '9' {
			return netip.AddrPort{}, false
		}
		n = n*10 + int(c-'0')
	}
	if n == 0 {
		n = 53
	}
	return netip.AddrPortFrom(ip, uint16(n)), true
}
