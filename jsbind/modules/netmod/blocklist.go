package netmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) defineBlockList() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "BlockList", ES6: true, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		rt.Attach(this, &net.BlockList{})
		return nil
	}})
	m.block = c
	restore := func(state any, class func(m *module) *bind.Class) bind.Restore {
		return func(rt *bind.Runtime) goja.Value {
			o := rt.VM.CreateObject(class(get(rt)).Proto)
			rt.Attach(o, state)
			return o
		}
	}
	rt.Cloning(&net.BlockList{}, func(state any) bind.Restore {
		return restore(state, func(m *module) *bind.Class { return m.block })
	})
	rt.Cloning(&net.SocketAddress{}, func(state any) bind.Restore {
		return restore(state, func(m *module) *bind.Class { return m.address })
	})
	of := func(v goja.Value) *net.BlockList {
		b, _ := bind.From(v).(*net.BlockList)
		if b == nil {
			panic(rt.VM.NewTypeError("Value of \"this\" must be of type BlockList"))
		}
		return b
	}
	c.Static("isBlockList", 1, func(call goja.FunctionCall) goja.Value {
		_, ok := bind.From(call.Argument(0)).(*net.BlockList)
		return rt.VM.ToValue(ok)
	})
	c.Method("addAddress", 1, func(call goja.FunctionCall) goja.Value {
		of(call.This).AddAddress(m.addressArg(call.Argument(0), call.Argument(1), "address"))
		return goja.Undefined()
	})
	c.Method("addRange", 2, func(call goja.FunctionCall) goja.Value {
		start, end := m.addressArg(call.Argument(0), call.Argument(2), "start"), m.addressArg(call.Argument(1), call.Argument(2), "end")
		if !of(call.This).AddRange(start, end) {
			rt.Throw(nodeerr.InvalidArgValue("start", rt.Inspect(call.Argument(0), 2), "must come before end"))
		}
		return goja.Undefined()
	})
	c.Method("addSubnet", 2, func(call goja.FunctionCall) goja.Value {
		a := m.addressArg(call.Argument(0), call.Argument(2), "network")
		max := 32.0
		if a.Family() == "ipv6" {
			max = 128
		}
		n := rt.Integer(call.Argument(1), "prefix", 0, max)
		rt.Must(of(call.This).AddSubnet(a, int(n)))
		return goja.Undefined()
	})
	c.Method("check", 1, func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if a, ok := bind.From(v).(*net.SocketAddress); ok {
			return rt.VM.ToValue(of(call.This).Check(a))
		}
		addr := rt.String(v, "address")
		fam := "ipv4"
		if f := call.Argument(1); !goja.IsUndefined(f) {
			fam = rt.String(f, "family")
		}
		return rt.VM.ToValue(of(call.This).CheckAddress(addr, fam))
	})
	c.Method("toJSON", 0, func(call goja.FunctionCall) goja.Value { return rt.ToValue(of(call.This).Rules()) })
	c.Method("fromJSON", 1, func(call goja.FunctionCall) goja.Value {
		v := call.Argument(0)
		if goja.IsString(v) {
			json := rt.VM.Get("JSON").(*goja.Object)
			v = rt.Call(json.Get("parse"), json, v)
		}
		o, ok := v.(*goja.Object)
		if !ok || !bind.IsArray(v) {
			rt.ArgType("data", v, "string", "Array")
		}
		var rules []string
		for _, r := range items(o) {
			if !goja.IsString(r) {
				rt.ArgType("data", v, "string", "Array")
			}
			rules = append(rules, r.String())
		}
		rt.Must(of(call.This).FromJSON(rules))
		return goja.Undefined()
	})
	c.Accessor("rules", func(this goja.Value) goja.Value { return rt.ToValue(of(this).Rules()) }, nil)
	m.inspected(c, func(this goja.Value, o *goja.Object) { _ = o.Set("rules", rt.ToValue(of(this).Rules())) })
}

// inspected makes util.inspect show the objects of c with the properties that
// fill sets.
func (m *module) inspected(c *bind.Class, fill func(this goja.Value, o *goja.Object)) {
	rt := m.rt
	c.SymbolMethod(rt.SymbolFor("nodejs.util.inspect.custom"), "", 2, func(call goja.FunctionCall) goja.Value {
		depth := math.MaxInt32
		if d := call.Argument(0); goja.IsNumber(d) {
			if d.ToFloat() < 0 {
				return rt.VM.ToValue("[" + c.Name + "]")
			}
			depth = int(min(d.ToFloat(), math.MaxInt32)) - 1
		}
		o := rt.VM.NewObject()
		fill(call.This, o)
		return rt.VM.ToValue(c.Name + " " + rt.Inspect(o, depth))
	})
}

// addressArg reads an address given as a SocketAddress or as a string with a
// family.
func (m *module) addressArg(v, family goja.Value, name string) *net.SocketAddress {
	if a, ok := bind.From(v).(*net.SocketAddress); ok {
		return a
	}
	addr := m.rt.String(v, name)
	fam := "ipv4"
	if !goja.IsUndefined(family) {
		fam = m.rt.String(family, "family")
	}
	a, err := net.NewSocketAddress(addr, fam, 0, 0)
	m.rt.Must(err)
	return a
}

func (m *module) defineSocketAddress() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "SocketAddress", ES6: true, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		addr, fam, port, flow := "", "ipv4", 0, uint32(0)
		if len(args) > 0 && !goja.IsUndefined(args[0]) {
			o := rt.Object(args[0], "options")
			if f := bind.Get(o, "family"); !goja.IsUndefined(f) {
				fam = f.String()
			}
			if a := bind.Get(o, "address"); !goja.IsUndefined(a) {
				addr = rt.String(a, "options.address")
			}
			if p := bind.Get(o, "port"); !goja.IsUndefined(p) {
				port = Port(rt, p, "options.port")
			}
			if l := bind.Get(o, "flowlabel"); !goja.IsUndefined(l) {
				flow = uint32(rt.Integer(l, "options.flowlabel", 0, 1<<32-1))
			}
		}
		if addr == "" {
			addr = net.DefaultIPv4
			if len(fam) > 3 && (fam[3] == '6') {
				addr = net.DefaultIPv6
			}
		}
		a, err := net.NewSocketAddress(addr, fam, uint16(port), flow)
		rt.Must(err)
		rt.Attach(this, a)
		return nil
	}})
	m.address = c
	c.Static("isSocketAddress", 1, func(call goja.FunctionCall) goja.Value {
		_, ok := bind.From(call.Argument(0)).(*net.SocketAddress)
		return rt.VM.ToValue(ok)
	})
	c.Static("parse", 1, func(call goja.FunctionCall) goja.Value {
		a := net.ParseSocketAddress(rt.String(call.Argument(0), "input"))
		if a == nil {
			return goja.Undefined()
		}
		o := rt.VM.CreateObject(c.Proto)
		rt.Attach(o, a)
		return o
	})
	prop := func(name string, get func(*net.SocketAddress) any) {
		c.Accessor(name, func(this goja.Value) goja.Value {
			if a, ok := bind.From(this).(*net.SocketAddress); ok {
				return rt.ToValue(get(a))
			}
			return goja.Undefined()
		}, nil)
	}
	prop("address", func(a *net.SocketAddress) any { return a.Address() })
	prop("port", func(a *net.SocketAddress) any { return a.Port() })
	prop("family", func(a *net.SocketAddress) any { return a.Family() })
	prop("flowlabel", func(a *net.SocketAddress) any { return int64(a.FlowLabel()) })
	fill := func(this goja.Value, o *goja.Object) {
		if a, ok := bind.From(this).(*net.SocketAddress); ok {
			_ = o.Set("address", a.Address())
			_ = o.Set("port", a.Port())
			_ = o.Set("family", a.Family())
			_ = o.Set("flowlabel", int64(a.FlowLabel()))
		}
	}
	c.Method("toJSON", 0, func(call goja.FunctionCall) goja.Value {
		o := rt.VM.NewObject()
		fill(call.This, o)
		return o
	})
	m.inspected(c, fill)
}
