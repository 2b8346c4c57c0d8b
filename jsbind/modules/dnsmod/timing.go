package dnsmod

import (
	"net/netip"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dns"
	"github.com/spindle-js/spindle/jsbind/modules/perfhooksmod"
)

// Entries of the type 'dns' in the performance timeline
// (https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html#performanceentrydetail):
// of what went well and asked somebody.

func (m *module) enterLookup(name string, o lookupOptions, start float64, list []dns.Address) {
	rt := m.rt
	if !perfhooksmod.Watching(rt, "dns") {
		return
	}
	if _, err := netip.ParseAddr(name); err == nil || name == "" {
		return
	}
	order := o.Order
	if order == dns.OrderDefault {
		order = dns.DefaultResultOrder(rt.Loop)
	}
	var addresses goja.Value
	if o.all {
		addresses = m.addressList(list)
	} else {
		addresses = rt.ToValue([]string{list[0].Address})
	}
	d := rt.VM.NewObject()
	_ = d.Set("hostname", name)
	_ = d.Set("family", o.Family)
	_ = d.Set("hints", o.Hints)
	_ = d.Set("verbatim", order == dns.OrderVerbatim)
	_ = d.Set("order", order.String())
	_ = d.Set("addresses", addresses)
	perfhooksmod.Enter(rt, "lookup", "dns", start, d)
}

func (m *module) enterService(address string, port int, start float64, host, service string) {
	rt := m.rt
	if !perfhooksmod.Watching(rt, "dns") {
		return
	}
	d := rt.VM.NewObject()
	_ = d.Set("host", address)
	_ = d.Set("port", port)
	_ = d.Set("hostname", host)
	_ = d.Set("service", service)
	perfhooksmod.Enter(rt, "lookupService", "dns", start, d)
}

func (m *module) enterQuery(call, host string, ttl bool, start float64, result goja.Value) {
	rt := m.rt
	if !perfhooksmod.Watching(rt, "dns") {
		return
	}
	d := rt.VM.NewObject()
	_ = d.Set("host", host)
	_ = d.Set("ttl", ttl)
	_ = d.Set("result", result)
	perfhooksmod.Enter(rt, call, "dns", start, d)
}
