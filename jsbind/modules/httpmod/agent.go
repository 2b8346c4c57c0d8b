package httpmod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/nodeerr"
)

func agentOf(v goja.Value) (*http.Agent, bool) {
	a, ok := bind.From(v).(*http.Agent)
	return a, ok
}

func (m *module) agentArg(v goja.Value) *http.Agent {
	a, ok := agentOf(v)
	if !ok {
		panic(m.rt.VM.NewTypeError("Value of \"this\" must be of type Agent"))
	}
	return a
}

// globalAgent returns http.globalAgent.
func (m *module) globalAgent() *goja.Object {
	if m.global == nil {
		m.global = m.rt.Wrap(http.GlobalAgent(m.rt.Loop)).(*goja.Object)
		if a, ok := agentOf(m.global); ok && a.AgentOptions.Host == nil {
			o := m.rt.VM.NewObject()
			_ = o.SetPrototype(nil)
			_ = o.Set("keepAlive", true)
			_ = o.Set("scheduling", "lifo")
			_ = o.Set("timeout", 5000)
			_ = o.Set("proxyEnv", goja.Undefined())
			_ = o.Set("noDelay", true)
			_ = o.Set("path", goja.Null())
			a.AgentOptions.Host = o
		}
	}
	return m.global
}

// agentOptions reads the options of new http.Agent().
func (m *module) agentOptions(o *goja.Object) http.AgentOptions {
	rt := m.rt
	ao := http.DefaultAgentOptions()
	own := rt.VM.NewObject()
	_ = own.SetPrototype(nil)
	assign(own, o)
	if goja.IsUndefined(bind.Get(own, "noDelay")) {
		_ = own.Set("noDelay", true)
	}
	_ = own.Set("path", goja.Null())
	ao.Host = own
	if o == nil {
		return ao
	}
	get := func(name string) goja.Value { return bind.Get(o, name) }
	ao.KeepAlive = get("keepAlive").ToBoolean()
	if v := get("keepAliveMsecs"); v.ToBoolean() {
		ao.KeepAliveMsecs = v.ToInteger()
	}
	limit := func(name string, p *int, validate bool) {
		v := get(name)
		if goja.IsUndefined(v) || !validate && !v.ToBoolean() {
			return
		}
		if validate {
			rt.NumberIn(v, name, 1, math.Inf(1))
		}
		if f := v.ToFloat(); f < math.MaxInt32 {
			*p = int(f)
		} else {
			*p = http.Unlimited
		}
	}
	limit("maxSockets", &ao.MaxSockets, false)
	limit("maxFreeSockets", &ao.MaxFreeSockets, false)
	limit("maxTotalSockets", &ao.MaxTotalSockets, true)
	if v := get("timeout"); v.ToBoolean() {
		ao.Timeout = int64(v.ToFloat())
	}
	if v := get("agentKeepAliveTimeoutBuffer"); goja.IsNumber(v) && v.ToFloat() >= 0 && !math.IsInf(v.ToFloat(), 1) {
		ao.TimeoutBuffer = v.ToInteger()
	}
	if v := get("scheduling"); v.ToBoolean() {
		s := v.String()
		if s != "fifo" && s != "lifo" {
			rt.Throw(nodeerr.InvalidArgValue("scheduling", rt.Inspect(v, 2), "must be one of: 'fifo', 'lifo'"))
		}
		ao.FIFO = s == "fifo"
	}
	return ao
}

// InitAgent makes this, an object of a class below http.Agent, an agent with
// the given options.
func InitAgent(rt *bind.Runtime, this, options *goja.Object) *http.Agent {
	return get(rt).initAgent(this, options)
}

func (m *module) initAgent(this, o *goja.Object) *http.Agent {
	ao := m.agentOptions(o)
	x := &http.Agent{}
	x.Bind(m.agent.Host(), x)
	m.agent.Adopt(this, x)
	x.InitAgent(m.rt.Loop, m.agent.Host(), x, ao)
	m.merge(x, o)
	if o != nil {
		if p := bind.Get(o, "defaultPort"); goja.IsNumber(p) {
			x.DefaultPort = int(p.ToInteger())
		}
		if p := bind.Get(o, "protocol"); goja.IsString(p) {
			x.Protocol = p.String()
		}
	}
	return x
}

func (m *module) defineAgent() {
	rt := m.rt
	emitter := rt.ClassOf("events.EventEmitter")
	c := rt.NewClass(bind.ClassDef{Name: "Agent", Key: "http.Agent", Parent: emitter, Length: 1, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		var o *goja.Object
		if len(args) > 0 {
			o, _ = args[0].(*goja.Object)
		}
		m.initAgent(this, o)
		return nil
	}})
	m.agent = c
	m.agentMethods(c)
	m.agentProps(c)
	rt.Accessor(c.Ctor, "globalAgent", func(goja.Value) goja.Value { return m.globalAgent() }, func(_, v goja.Value) { m.global, _ = v.(*goja.Object) }, true)
	_ = c.Ctor.Set("defaultMaxSockets", goja.PositiveInf())
	c.Seal()
}

// merge lets an agent's own options override where a request connects to.
func (m *module) merge(a *http.Agent, o *goja.Object) {
	if o == nil {
		return
	}
	decisive := false
	for _, k := range []string{"host", "hostname", "port", "localAddress", "localPort", "socketPath", "family", "hints", "lookup", "autoSelectFamily", "createConnection"} {
		decisive = decisive || !goja.IsUndefined(bind.Get(o, k))
	}
	if !decisive {
		return
	}
	a.Merge = func(r *http.RequestOptions) *http.RequestOptions {
		v := m.optionsValue(r).(*goja.Object)
		assign(v, o)
		out := m.optionsArg(v)
		if a.Timeout != 0 {
			out.SocketTimeout = a.Timeout
		}
		return out
	}
}

func (m *module) agentMethods(c *bind.Class) {
	rt := m.rt
	conn := func(v goja.Value) http.Conn { x, _ := bind.From(v).(http.Conn); return x }
	socketCallback := func(v goja.Value) func(error, http.Conn) {
		return func(err error, s http.Conn) {
			if !bind.IsCallable(v) {
				return
			}
			if err != nil {
				rt.Call(v, goja.Undefined(), rt.ErrorValue(err))
				return
			}
			rt.Call(v, goja.Undefined(), goja.Null(), rt.Wrap(s))
		}
	}
	c.Method("createConnection", 0, func(call goja.FunctionCall) goja.Value {
		mod := netmod.Load(rt).(*goja.Object)
		return rt.Call(mod.Get("createConnection"), mod, call.Arguments...)
	})
	c.Method("getName", 0, func(call goja.FunctionCall) goja.Value {
		o := &http.RequestOptions{}
		if opts, ok := call.Argument(0).(*goja.Object); ok {
			o.Connect.Host = text(bind.Get(opts, "host"))
			o.Connect.Port = int(bind.Get(opts, "port").ToInteger())
			o.Connect.LocalAddress = text(bind.Get(opts, "localAddress"))
			o.Connect.Family = int(bind.Get(opts, "family").ToInteger())
			o.SocketPath = text(bind.Get(opts, "socketPath"))
		}
		return rt.VM.ToValue(http.AgentName(o))
	})
	c.Method("addRequest", 2, func(call goja.FunctionCall) goja.Value {
		opts := call.Argument(1)
		if goja.IsString(opts) { // (req, host, port, localAddress), of old
			o := rt.VM.NewObject()
			_ = o.Set("host", opts)
			_ = o.Set("port", call.Argument(2))
			_ = o.Set("localAddress", call.Argument(3))
			opts = o
		}
		m.agentArg(call.This).BaseAddRequest(m.anyRequest(call.Argument(0)), m.optionsArg(opts))
		return goja.Undefined()
	})
	c.Method("createSocket", 3, func(call goja.FunctionCall) goja.Value {
		req, _ := requestOf(call.Argument(0))
		m.agentArg(call.This).BaseCreateSocket(req, m.optionsArg(call.Argument(1)), socketCallback(call.Argument(2)))
		return goja.Undefined()
	})
	c.Method("removeSocket", 2, func(call goja.FunctionCall) goja.Value {
		m.agentArg(call.This).BaseRemoveSocket(conn(call.Argument(0)), m.optionsArg(call.Argument(1)))
		return goja.Undefined()
	})
	c.Method("keepSocketAlive", 1, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.agentArg(call.This).BaseKeepSocketAlive(conn(call.Argument(0))))
	})
	c.Method("reuseSocket", 2, func(call goja.FunctionCall) goja.Value {
		m.agentArg(call.This).BaseReuseSocket(conn(call.Argument(0)), m.req(call.Argument(1)))
		return goja.Undefined()
	})
	c.Method("destroy", 0, func(call goja.FunctionCall) goja.Value { m.agentArg(call.This).Destroy(); return goja.Undefined() })
}

// anyRequest returns the request behind v; for an object of the program's own
// one that stands for it, whose onSocket is the object's.
func (m *module) anyRequest(v goja.Value) *http.ClientRequest {
	if r, ok := requestOf(v); ok {
		return r
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return m.req(v)
	}
	r := &http.ClientRequest{}
	r.InitForeign(m.rt.Loop, m.request.Host())
	r.SetWrapper(o)
	r.ShouldKeepAlive = bind.Get(o, "shouldKeepAlive").ToBoolean()
	if t := bind.Get(o, "timeout"); goja.IsNumber(t) {
		r.Timeout, r.HasTimeout = t.ToInteger(), true
	}
	return r
}

// table shows requests, sockets or freeSockets as a live object of arrays.
type table[T comparable] struct {
	m *module
	t *http.Table[T]
}

func (t *table[T]) Get(key string) goja.Value {
	if !t.t.Has(key) {
		return nil
	}
	var items []any
	for _, v := range t.t.List(key) {
		items = append(items, t.m.rt.Wrap(any(v).(events.Object)))
	}
	return t.m.rt.VM.NewArray(items...)
}

func (t *table[T]) Set(key string, v goja.Value) bool {
	if o, ok := v.(*goja.Object); ok {
		list := []T{}
		for i := 0; i < length(o); i++ {
			if x, ok := bind.From(index(o, i)).(T); ok {
				list = append(list, x)
			}
		}
		t.t.Set(key, list)
	}
	return true
}

func (t *table[T]) Has(key string) bool    { return t.t.Has(key) }
func (t *table[T]) Delete(key string) bool { t.t.Set(key, nil); return true }
func (t *table[T]) Keys() []string         { return append([]string(nil), t.t.Names()...) }

func (m *module) tableValue(d goja.DynamicObject) goja.Value {
	o := m.rt.VM.NewDynamicObject(d)
	_ = o.SetPrototype(nil)
	return o
}

func (m *module) agentProps(c *bind.Class) {
	rt := m.rt
	type ag = *http.Agent
	prop := func(name string, get func(ag) any, set func(ag, goja.Value) bool) {
		accessor(rt, c, name, agentOf, get, set)
	}
	prop("options", func(a ag) any {
		if h, ok := a.AgentOptions.Host.(*goja.Object); ok {
			return h
		}
		return rt.VM.NewObject()
	}, func(a ag, v goja.Value) bool {
		o, ok := v.(*goja.Object)
		if ok {
			a.AgentOptions.Host = o
		}
		return ok
	})
	prop("requests", func(a ag) any { return m.tableValue(&table[*http.ClientRequest]{m, &a.Requests}) }, nil)
	prop("sockets", func(a ag) any { return m.tableValue(&table[http.Conn]{m, &a.Sockets}) }, nil)
	prop("freeSockets", func(a ag) any { return m.tableValue(&table[http.Conn]{m, &a.FreeSockets}) }, nil)
	limit := func(name string, p func(ag) *int) {
		prop(name, func(a ag) any {
			if *p(a) == http.Unlimited {
				return goja.PositiveInf()
			}
			return *p(a)
		}, func(a ag, v goja.Value) bool {
			if f := v.ToFloat(); f < math.MaxInt32 {
				*p(a) = int(f)
			} else {
				*p(a) = http.Unlimited
			}
			return true
		})
	}
	limit("maxSockets", func(a ag) *int { return &a.MaxSockets })
	limit("maxFreeSockets", func(a ag) *int { return &a.MaxFreeSockets })
	limit("maxTotalSockets", func(a ag) *int { return &a.MaxTotalSockets })
	prop("totalSocketCount", func(a ag) any { return a.Total }, func(a ag, v goja.Value) bool { return setInt(&a.Total, v) })
	prop("keepAlive", func(a ag) any { return a.KeepAlive }, func(a ag, v goja.Value) bool { return setBool(&a.KeepAlive, v) })
	prop("keepAliveMsecs", func(a ag) any { return a.KeepAliveMsecs }, func(a ag, v goja.Value) bool { return setInt(&a.KeepAliveMsecs, v) })
	prop("scheduling", func(a ag) any {
		if a.FIFO {
			return "fifo"
		}
		return "lifo"
	}, func(a ag, v goja.Value) bool { a.FIFO = v.String() == "fifo"; return true })
	prop("defaultPort", func(a ag) any { return a.DefaultPort }, func(a ag, v goja.Value) bool { return setInt(&a.DefaultPort, v) })
	prop("protocol", func(a ag) any { return a.Protocol }, func(a ag, v goja.Value) bool { return setString(&a.Protocol, v) })
	prop("agentKeepAliveTimeoutBuffer", func(a ag) any { return a.TimeoutBuffer }, func(a ag, v goja.Value) bool { return setInt(&a.TimeoutBuffer, v) })
}
