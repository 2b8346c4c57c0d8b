package dnsmod

import (
	"net/netip"
	"strconv"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/perfhooksmod"
	"github.com/spindle-js/spindle/nodeerr"
)

// resolver is a Resolver object, of either module.
type resolver struct{ r *dns.Resolver }

// queries are the methods that ask for one type of record.
var queries = []string{"resolveAny", "resolve4", "resolve6", "resolveCaa", "resolveCname", "resolveMx", "resolveNs", "resolveTlsa",
	"resolveTxt", "resolveSrv", "resolvePtr", "resolveNaptr", "resolveSoa"}

// kinds say what each method asks for, and the call that its errors name.
var kinds = map[string]struct {
	t    dns.Type
	call string
}{
	"resolveAny": {dns.TypeANY, "queryAny"}, "resolve4": {dns.TypeA, "queryA"}, "resolve6": {dns.TypeAAAA, "queryAaaa"},
	"resolveCaa": {dns.TypeCAA, "queryCaa"}, "resolveCname": {dns.TypeCNAME, "queryCname"}, "resolveMx": {dns.TypeMX, "queryMx"},
	"resolveNs": {dns.TypeNS, "queryNs"}, "resolveTlsa": {dns.TypeTLSA, "queryTlsa"}, "resolveTxt": {dns.TypeTXT, "queryTxt"},
	"resolveSrv": {dns.TypeSRV, "querySrv"}, "resolvePtr": {dns.TypePTR, "queryPtr"}, "resolveNaptr": {dns.TypeNAPTR, "queryNaptr"},
	"resolveSoa": {dns.TypeSOA, "querySoa"},
}

// rrtypes are the methods by the name of the record's type.
var rrtypes = map[string]string{"ANY": "resolveAny", "A": "resolve4", "AAAA": "resolve6", "CAA": "resolveCaa", "CNAME": "resolveCname",
	"MX": "resolveMx", "NS": "resolveNs", "TLSA": "resolveTlsa", "TXT": "resolveTxt", "SRV": "resolveSrv", "PTR": "resolvePtr",
	"NAPTR": "resolveNaptr", "SOA": "resolveSoa"}

// newResolver reads the options of a Resolver.
func (m *module) newResolver(o *goja.Object) *resolver {
	rt := m.rt
	timeout, tries, limit := int64(-1), int64(4), int64(0)
	if o != nil {
		if v := bind.Get(o, "timeout"); !goja.IsUndefined(v) {
			timeout = rt.Integer(v, "options.timeout", -1, 1<<31-1)
		}
		if v := bind.Get(o, "tries"); !goja.IsUndefined(v) {
			tries = rt.Integer(v, "options.tries", 1, 1<<31-1)
		}
		if v := bind.Get(o, "maxTimeout"); !goja.IsUndefined(v) {
			limit = rt.Integer(v, "options.maxTimeout", 0, 1<<32-1)
		}
	}
	return &resolver{dns.NewResolver(rt.Loop, time.Duration(timeout)*time.Millisecond, time.Duration(limit)*time.Millisecond, int(tries))}
}

func (m *module) of(v goja.Value) *resolver {
	r, ok := bind.From(v).(*resolver)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Resolver"))
	}
	return r
}

// defineResolver makes the class Resolver of one of the modules.
func (m *module) defineResolver(promised bool) *bind.Class {
	rt := m.rt
	base := rt.NewClass(bind.ClassDef{Name: "ResolverBase", Length: 0, ES6: true, New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
	base.Method("cancel", 0, func(c goja.FunctionCall) goja.Value { m.of(c.This).r.Cancel(); return goja.Undefined() })
	base.Method("getServers", 0, func(c goja.FunctionCall) goja.Value {
		if h, ok := bind.Get(c.This.ToObject(rt.VM), "_handle").(*goja.Object); ok {
			if f := bind.Get(h, "getServers"); f != m.handleServers {
				return m.shownServers(rt.Call(f, h))
			}
		}
		return m.servers(m.of(c.This))
	})
	base.Method("setServers", 1, func(c goja.FunctionCall) goja.Value {
		m.setServers(m.of(c.This), c.Argument(0))
		return goja.Undefined()
	})
	base.Method("setLocalAddress", 2, func(c goja.FunctionCall) goja.Value {
		m.setLocal(m.of(c.This), c.Argument(0), c.Argument(1))
		return goja.Undefined()
	})
	base.Seal()
	k := rt.NewClass(bind.ClassDef{Name: "Resolver", Parent: base, ES6: true, New: func(this *goja.Object, a []goja.Value) *goja.Object {
		var o *goja.Object
		if len(a) > 0 && !goja.IsUndefined(a[0]) {
			o = rt.Object(a[0], "options")
		}
		r := m.newResolver(o)
		rt.Attach(this, r)
		_ = this.Set("_handle", m.handle(r))
		return nil
	}})
	for _, name := range queries {
		k.Method(name, 2, func(c goja.FunctionCall) goja.Value {
			return m.ask(m.of(c.This), name, c.Arguments, promised)
		})
	}
	k.Method("reverse", 2, func(c goja.FunctionCall) goja.Value { return m.reverse(m.of(c.This), c.Arguments, promised) })
	n := 3
	if promised {
		n = 2
	}
	k.Method("resolve", n, func(c goja.FunctionCall) goja.Value { return m.resolve(m.of(c.This), c.Arguments, promised) })
	return k.Seal()
}

// handle is resolver._handle: what programs ask and replace of it.
func (m *module) handle(r *resolver) *goja.Object {
	rt := m.rt
	if m.handleProto == nil {
		k := rt.NewClass(bind.ClassDef{Name: "ChannelWrap", ES6: true, New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
		k.Method("getServers", 0, func(c goja.FunctionCall) goja.Value {
			var pairs []any
			for _, s := range m.of(c.This).r.Servers() {
				pairs = append(pairs, rt.VM.NewArray(s.Addr().String(), int(s.Port())))
			}
			return rt.VM.NewArray(pairs...)
		})
		k.Method("cancel", 0, func(c goja.FunctionCall) goja.Value { m.of(c.This).r.Cancel(); return goja.Undefined() })
		k.Seal()
		m.handleProto, m.handleServers = k.Proto, k.Proto.Get("getServers")
	}
	h := rt.VM.CreateObject(m.handleProto)
	rt.Attach(h, r)
	return h
}

// shownServers is getServers of what a handle's getServers returned.
func (m *module) shownServers(v goja.Value) goja.Value {
	var out []any
	if list, ok := v.(*goja.Object); ok && bind.IsArray(v) {
		for i := range int(list.Get("length").ToInteger()) {
			pair, ok := bind.Get(list, itoa(i)).(*goja.Object)
			if !ok {
				continue
			}
			host, port := bind.Get(pair, "0").String(), bind.Get(pair, "1").ToInteger()
			switch ip, err := netip.ParseAddr(host); {
			case port == 0 || port == 53:
				out = append(out, host)
			case err == nil && ip.Is6():
				out = append(out, "["+host+"]:"+strconv.FormatInt(port, 10))
			default:
				out = append(out, host+":"+strconv.FormatInt(port, 10))
			}
		}
	}
	return m.rt.VM.NewArray(out...)
}

// setLocal is setLocalAddress(ipv4, ipv6).
func (m *module) setLocal(r *resolver, v4, v6 goja.Value) {
	rt := m.rt
	invalid := func() { rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_VALUE", "Invalid IP address.")) }
	a, err := netip.ParseAddr(rt.String(v4, "ipv4"))
	if err != nil {
		invalid()
	}
	var b netip.Addr
	if !goja.IsUndefined(v6) {
		if b, err = netip.ParseAddr(rt.String(v6, "ipv6")); err != nil {
			invalid()
		}
		if a.Is4() == b.Is4() {
			rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_INVALID_ARG_VALUE", "Cannot specify two IP addresses of the same family."))
		}
	}
	if a.Is6() {
		a, b = b, a
	}
	r.r.SetLocal(a, b)
}

// arg returns an argument, undefined past the end.
func arg(a []goja.Value, i int) goja.Value {
	if i < len(a) && a[i] != nil {
		return a[i]
	}
	return goja.Undefined()
}

// settle gives back a result by a callback or a promise.
type settle struct {
	value goja.Value // what the function returns
	done  func(err error, v goja.Value)
}

// settler makes a settle: of the callback cb, or of a promise.
func (m *module) settler(cb goja.Value, promised bool) settle {
	rt := m.rt
	if promised {
		p, resolve, reject := engine.NewPromise(rt.VM)
		return settle{rt.VM.ToValue(p), func(err error, v goja.Value) {
			if err != nil {
				_ = reject(rt.ErrorValue(err))
				return
			}
			_ = resolve(v)
		}}
	}
	fn := rt.Callable(rt.Function(cb, "callback"))
	return settle{rt.VM.NewObject(), func(err error, v goja.Value) {
		args := []goja.Value{goja.Null(), v}
		if err != nil {
			args = []goja.Value{rt.ErrorValue(err)}
		}
		fn(goja.FunctionCall{This: goja.Undefined(), Arguments: args})
	}}
}

// ask is one of the resolve methods: (name, options, callback).
func (m *module) ask(r *resolver, method string, a []goja.Value, promised bool) goja.Value {
	rt := m.rt
	name := rt.String(arg(a, 0), "name")
	options, cb := arg(a, 1), arg(a, 2)
	if !promised && len(a) < 3 {
		cb = options
	}
	s := m.settler(cb, promised)
	o, _ := options.(*goja.Object)
	ttl := o != nil && !bind.IsCallable(options) && bind.Get(o, "ttl").ToBoolean()
	k := kinds[method]
	start := perfhooksmod.Now()
	r.r.Resolve(name, k.t, k.call, func(err error, answers []dns.Record) {
		if err != nil {
			s.done(err, nil)
			return
		}
		v := m.records(k.t, answers, ttl)
		if v == nil {
			e := nodeerr.New(nodeerr.KindError, "ENODATA", k.call+" ENODATA "+name)
			e.Syscall = k.call
			s.done(e.With("hostname", name), nil)
			return
		}
		m.enterQuery(k.call, name, ttl, start, v)
		s.done(nil, v)
	})
	if o, ok := s.value.(*goja.Object); ok && !promised {
		_ = o.Set("bindingName", k.call)
		_ = o.Set("callback", cb)
		_ = o.Set("hostname", name)
		_ = o.Set("ttl", ttl)
	}
	return s.value
}

// resolve is resolve(hostname, rrtype, callback).
func (m *module) resolve(r *resolver, a []goja.Value, promised bool) goja.Value {
	rt := m.rt
	rrtype, cb := arg(a, 1), arg(a, 2)
	method := "resolve4"
	switch {
	case goja.IsString(rrtype):
		if method = rrtypes[rrtype.String()]; method == "" {
			rt.ArgValue("rrtype", rrtype, "")
		}
	case bind.IsCallable(rrtype) && !promised:
		cb = rrtype
	case promised && goja.IsUndefined(rrtype):
	default:
		rt.ArgType("rrtype", rrtype, "string")
	}
	if promised {
		return m.ask(r, method, []goja.Value{arg(a, 0)}, true)
	}
	return m.ask(r, method, []goja.Value{arg(a, 0), cb}, false)
}

// reverse is reverse(ip, callback): the names of an address, of the hosts file
// or of PTR records.
func (m *module) reverse(r *resolver, a []goja.Value, promised bool) goja.Value {
	rt := m.rt
	const call = "getHostByAddr"
	text := rt.String(arg(a, 0), "name")
	s := m.settler(arg(a, 1), promised)
	fail := func(code string, errno int) *nodeerr.Error {
		e := nodeerr.New(nodeerr.KindError, code, call+" "+code+" "+text)
		e.Errno, e.Syscall = errno, call
		return e.With("hostname", text)
	}
	ip, err := netip.ParseAddr(text)
	if err != nil {
		if promised {
			s.done(fail("EINVAL", -22), nil)
			return s.value
		}
		rt.Throw(fail("EINVAL", -22))
	}
	if names := dns.HostsNames(ip); len(names) > 0 {
		rt.Loop.NextTickFunc(func() { s.done(nil, rt.ToValue(names)) })
		return s.value
	}
	r.r.Resolve(dns.ReverseName(ip), dns.TypePTR, call, func(err error, answers []dns.Record) {
		if err != nil {
			s.done(fail(nodeerr.Code(err), 0), nil)
			return
		}
		var names []string
		for _, x := range answers {
			if x.Type == dns.TypePTR {
				names = append(names, x.Text[0])
			}
		}
		s.done(nil, rt.ToValue(names))
	})
	return s.value
}
