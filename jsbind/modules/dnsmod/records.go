package dnsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dns"
)

// field is one property of a record's object: of a name or string, or of a
// number.
type field struct {
	name   string
	number bool
	at     int
}

// shapes are the objects of records that are not plain strings.
var shapes = map[dns.Type][]field{
	dns.TypeMX:  {{"exchange", false, 0}, {"priority", true, 0}},
	dns.TypeSRV: {{"name", false, 0}, {"port", true, 2}, {"priority", true, 0}, {"weight", true, 1}},
	dns.TypeNAPTR: {{"flags", false, 0}, {"service", false, 1}, {"regexp", false, 2}, {"replacement", false, 3},
		{"order", true, 0}, {"preference", true, 1}},
	dns.TypeSOA: {{"nsname", false, 0}, {"hostmaster", false, 1}, {"serial", true, 0}, {"refresh", true, 1}, {"retry", true, 2},
		{"expire", true, 3}, {"minttl", true, 4}},
}

// anyNames are the types that resolveAny tells of, and the property that holds
// what is a plain string elsewhere.
var anyNames = map[dns.Type][2]string{
	dns.TypeA: {"A", "address"}, dns.TypeAAAA: {"AAAA", "address"}, dns.TypeCAA: {"CAA", ""}, dns.TypeCNAME: {"CNAME", "value"},
	dns.TypeMX: {"MX", ""}, dns.TypeNAPTR: {"NAPTR", ""}, dns.TypeNS: {"NS", "value"}, dns.TypePTR: {"PTR", "value"},
	dns.TypeSOA: {"SOA", ""}, dns.TypeSRV: {"SRV", ""}, dns.TypeTLSA: {"TLSA", ""}, dns.TypeTXT: {"TXT", "entries"},
}

// records makes the result of a query, nil where no record is of its type.
func (m *module) records(t dns.Type, answers []dns.Record, ttl bool) goja.Value {
	var items []any
	for _, x := range answers {
		switch {
		case t == dns.TypeANY:
			if v := m.anyRecord(x); v != nil {
				items = append(items, v)
			}
		case x.Type != t:
		case t == dns.TypeSOA:
			return m.record(x)
		case ttl && (t == dns.TypeA || t == dns.TypeAAAA):
			o := m.rt.VM.NewObject()
			_ = o.Set("address", x.Text[0])
			_ = o.Set("ttl", x.TTL)
			items = append(items, o)
		default:
			items = append(items, m.record(x))
		}
	}
	if len(items) == 0 {
		return nil
	}
	return m.rt.VM.NewArray(items...)
}

// record makes the value of one record.
func (m *module) record(x dns.Record) goja.Value {
	vm := m.rt.VM
	switch x.Type {
	case dns.TypeA, dns.TypeAAAA, dns.TypeNS, dns.TypeCNAME, dns.TypePTR:
		return vm.ToValue(x.Text[0])
	case dns.TypeTXT:
		return m.rt.ToValue(x.Text)
	}
	o := vm.NewObject()
	switch x.Type {
	case dns.TypeCAA:
		_ = o.Set("critical", x.Numbers[0])
		_ = o.Set(x.Text[0], x.Text[1])
	case dns.TypeTLSA:
		for i, name := range []string{"certUsage", "selector", "match"} {
			_ = o.Set(name, x.Numbers[i])
		}
		_ = o.Set("data", vm.NewArrayBuffer(x.Data))
	default:
		for _, f := range shapes[x.Type] {
			if f.number {
				_ = o.Set(f.name, x.Numbers[f.at])
			} else {
				_ = o.Set(f.name, x.Text[f.at])
			}
		}
	}
	return o
}

// anyRecord is a record of resolveAny: an object that names its type.
func (m *module) anyRecord(x dns.Record) goja.Value {
	n, ok := anyNames[x.Type]
	if !ok {
		return nil
	}
	v := m.record(x)
	o, isObject := v.(*goja.Object)
	if n[1] != "" || !isObject {
		o = m.rt.VM.NewObject()
		_ = o.Set(n[1], v)
		if n[1] == "address" {
			_ = o.Set("ttl", x.TTL)
		}
	}
	_ = o.Set("type", n[0])
	return o
}
