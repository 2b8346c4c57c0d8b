package clustermod

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/cluster"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
)

// primary is what a primary process keeps.
type primary struct {
	intercom *goja.Object // tells when the last worker is gone
	ids      int
	frozen   bool // setupPrimary was called, the policy is settled
	policy   cluster.Policy
	handles  map[string]cluster.Handle
	data     map[string]goja.Value // what the first worker of a handle gave for all
	remotes  map[int]*remote
}

// remote is a worker as the primary sees it. It is a cluster.Worker.
type remote struct {
	m   *module
	id  int
	obj *goja.Object
}

func (m *module) loadPrimary() {
	rt := m.rt
	intercom, err := rt.VM.New(rt.ClassOf("events.EventEmitter").Ctor)
	if err != nil {
		panic(err)
	}
	m.primary = &primary{intercom: intercom, handles: map[string]cluster.Handle{}, data: map[string]goja.Value{}, remotes: map[int]*remote{}}
	policy := cluster.SchedRR
	switch os.Getenv("NODE_CLUSTER_SCHED_POLICY") {
	case "none":
		policy = cluster.SchedNone
	case "rr":
	default:
		if runtime.GOOS == "windows" {
			policy = cluster.SchedNone
		}
	}
	e := m.exports
	_ = e.Set("isWorker", false)
	_ = e.Set("isMaster", true)
	_ = e.Set("isPrimary", true)
	_ = e.Set("Worker", m.worker.Ctor)
	_ = e.Set("workers", rt.VM.NewObject())
	_ = e.Set("settings", rt.VM.NewObject())
	_ = e.Set("SCHED_NONE", int(cluster.SchedNone))
	_ = e.Set("SCHED_RR", int(cluster.SchedRR))
	_ = e.Set("schedulingPolicy", int(policy))
	setup := rt.Func("", 1, func(c goja.FunctionCall) goja.Value { m.setup(c.Argument(0)); return goja.Undefined() })
	_ = e.Set("setupPrimary", setup)
	_ = e.Set("setupMaster", setup)
	_ = e.Set("fork", rt.Func("", 1, m.fork))
	_ = e.Set("disconnect", rt.Func("", 1, m.disconnectAll))
	c := m.worker
	c.Method("disconnect", 0, func(call goja.FunctionCall) goja.Value {
		this := call.This.(*goja.Object)
		_ = this.Set("exitedAfterDisconnect", true)
		m.send(m.processOf(this), nil, nil, field{"act", "disconnect"})
		m.release(this)
		m.forget(this)
		return this
	})
	c.Method("destroy", 1, func(call goja.FunctionCall) goja.Value {
		signal := call.Argument(0)
		if !signal.ToBoolean() {
			signal = rt.VM.ToValue("SIGTERM")
		}
		p := m.processOf(call.This)
		rt.Call(p.Get("kill"), p, signal)
		return goja.Undefined()
	})
}

func (m *module) settings() *goja.Object {
	o, ok := m.exports.Get("settings").(*goja.Object)
	if !ok {
		o = m.rt.VM.NewObject()
	}
	return o
}

// setup is cluster.setupPrimary(settings).
func (m *module) setup(options goja.Value) {
	rt := m.rt
	process := m.process()
	argv := bind.Get(process, "argv").(*goja.Object)
	s := rt.VM.NewObject()
	_ = s.Set("args", rt.Call(argv.Get("slice"), argv, rt.VM.ToValue(2)))
	_ = s.Set("exec", bind.Get(argv, "1"))
	_ = s.Set("execArgv", bind.Get(process, "execArgv"))
	_ = s.Set("silent", false)
	for _, from := range []goja.Value{m.settings(), options} {
		if o, ok := from.(*goja.Object); ok {
			for _, k := range o.Keys() {
				_ = s.Set(k, o.Get(k))
			}
		}
	}
	_ = m.exports.Set("settings", s)
	told := func() { m.emit(m.exports, "setup", s) }
	if m.frozen {
		rt.Loop.NextTickFunc(told)
		return
	}
	m.frozen = true
	m.policy = cluster.Policy(m.exports.Get("schedulingPolicy").ToInteger())
	if m.policy != cluster.SchedNone && m.policy != cluster.SchedRR {
		assert := rt.Require("assert")
		rt.Call(assert, goja.Undefined(), rt.VM.ToValue(false), rt.VM.ToValue("Bad cluster.schedulingPolicy: "+m.exports.Get("schedulingPolicy").String()))
	}
	rt.Loop.NextTickFunc(told)
}

// start forks the process of a worker.
func (m *module) start(id int, env goja.Value) *goja.Object {
	rt := m.rt
	s := m.settings()
	vars := rt.VM.NewObject()
	for _, from := range []goja.Value{bind.Get(m.process(), "env"), env} {
		if o, ok := from.(*goja.Object); ok {
			for _, k := range o.Keys() {
				_ = vars.Set(k, o.Get(k))
			}
		}
	}
	_ = vars.Set(uniqueID, strconv.Itoa(id))
	options := rt.VM.NewObject()
	for _, name := range []string{"cwd", "serialization", "silent", "windowsHide", "stdio", "gid", "uid"} {
		_ = options.Set(name, bind.Get(s, name))
	}
	_ = options.Set("env", vars)
	if argv, ok := bind.Get(s, "execArgv").(*goja.Object); ok {
		_ = options.Set("execArgv", rt.Call(argv.Get("slice"), argv))
	}
	child := rt.Require("child_process").(*goja.Object)
	return rt.Call(child.Get("fork"), child, bind.Get(s, "exec"), bind.Get(s, "args"), options).(*goja.Object)
}

// fork is cluster.fork(env).
func (m *module) fork(c goja.FunctionCall) goja.Value {
	rt := m.rt
	rt.Call(m.exports.Get("setupPrimary"), m.exports)
	m.ids++
	r := &remote{m: m, id: m.ids}
	p := m.start(r.id, c.Argument(0))
	o := rt.VM.NewObject()
	_ = o.Set("id", r.id)
	_ = o.Set("process", p)
	w, err := rt.VM.New(m.worker.Ctor, o)
	if err != nil {
		panic(err)
	}
	r.obj = w
	m.remotes[r.id] = r
	m.on(w, "message", func(args []goja.Value) { m.emit(m.exports, "message", w, arg(args, 0), arg(args, 1)) })
	m.once(p, "exit", func(args []goja.Value) {
		if !m.isConnected(w) {
			m.release(w)
			m.forget(w)
		}
		_ = w.Set("exitedAfterDisconnect", bind.Get(w, "exitedAfterDisconnect").ToBoolean())
		_ = w.Set("state", "dead")
		m.emit(w, "exit", arg(args, 0), arg(args, 1))
		m.emit(m.exports, "exit", w, arg(args, 0), arg(args, 1))
	})
	m.once(p, "disconnect", func([]goja.Value) {
		m.release(w)
		delete(m.remotes, r.id) // before or after its exit
		if m.isDead(w) {
			m.forget(w)
		}
		_ = w.Set("exitedAfterDisconnect", bind.Get(w, "exitedAfterDisconnect").ToBoolean())
		_ = w.Set("state", "disconnected")
		m.emit(w, "disconnect")
		m.emit(m.exports, "disconnect", w)
	})
	m.receive(p, func(message *goja.Object, _ goja.Value) { m.fromWorker(r, message) })
	rt.Loop.NextTickFunc(func() { m.emit(m.exports, "fork", w) })
	if list, ok := m.exports.Get("workers").(*goja.Object); ok {
		_ = list.Set(strconv.Itoa(r.id), w)
	}
	return w
}

// forget takes a worker off the list. It is called when the worker is told to
// disconnect and again when it has ended.
func (m *module) forget(worker *goja.Object) {
	list, ok := m.exports.Get("workers").(*goja.Object)
	if !ok {
		return
	}
	_ = list.Delete(bind.Get(worker, "id").String())
	if len(list.Keys()) == 0 {
		m.emit(m.intercom, "disconnect")
	}
}

// release takes away what a worker has of the listening sockets.
func (m *module) release(worker *goja.Object) {
	r := m.remotes[int(bind.Get(worker, "id").ToInteger())]
	if r == nil {
		return
	}
	for key, h := range m.primary.handles {
		if h.Remove(r) {
			delete(m.primary.handles, key)
			delete(m.data, key)
		}
	}
}

// disconnectAll is cluster.disconnect(callback).
func (m *module) disconnectAll(c goja.FunctionCall) goja.Value {
	rt := m.rt
	list, _ := m.exports.Get("workers").(*goja.Object)
	var ids []string
	if list != nil {
		ids = list.Keys()
	}
	if len(ids) == 0 {
		rt.Loop.NextTickFunc(func() { m.emit(m.intercom, "disconnect") })
	}
	for _, id := range ids {
		if w, ok := list.Get(id).(*goja.Object); ok && rt.Call(w.Get("isConnected"), w).ToBoolean() {
			rt.Call(w.Get("disconnect"), w)
		}
	}
	if cb := c.Argument(0); bind.IsCallable(cb) {
		rt.Call(m.intercom.Get("once"), m.intercom, rt.VM.ToValue("disconnect"), cb)
	}
	return goja.Undefined()
}

// fromWorker is an internal message of a worker.
func (m *module) fromWorker(r *remote, message *goja.Object) {
	w := r.obj
	get := func(name string) goja.Value { return bind.Get(message, name) }
	switch get("act").String() {
	case "online":
		_ = w.Set("state", "online")
		m.emit(w, "online")
		m.emit(m.exports, "online", w)
	case "exitedAfterDisconnect":
		_ = w.Set("exitedAfterDisconnect", true)
		m.send(m.processOf(w), nil, nil, field{"ack", get("seq")})
	case "queryServer":
		m.query(r, message)
	case "listening":
		info := m.rt.VM.NewObject()
		for _, name := range []string{"addressType", "address", "port", "fd"} {
			_ = info.Set(name, get(name))
		}
		_ = w.Set("state", "listening")
		m.emit(w, "listening", info)
		m.emit(m.exports, "listening", w, info)
	case "close":
		key := get("key").String()
		if h := m.primary.handles[key]; h != nil && h.Remove(r) {
			delete(m.primary.handles, key)
			delete(m.data, key)
		}
	}
}

// query gives a worker its share of a listening socket.
func (m *module) query(r *remote, message *goja.Object) {
	rt := m.rt
	if bind.Get(r.obj, "exitedAfterDisconnect").ToBoolean() {
		return // it is disconnecting
	}
	get := func(name string) goja.Value { return bind.Get(message, name) }
	key := strings.Join([]string{get("address").String(), get("port").String(), get("addressType").String(), get("fd").String(), get("index").String()}, ":")
	h := m.primary.handles[key]
	if h == nil || h.Has(r) {
		fresh := cluster.New(rt.Loop, m.policy, key, readQuery(message), m.listenFor)
		if h == nil {
			m.primary.handles[key] = fresh
		}
		h = fresh
	}
	if v := m.data[key]; v == nil || !v.ToBoolean() {
		m.data[key] = get("data")
	}
	h.Add(r, func(reply cluster.Reply) {
		data := m.data[key]
		fields := []field{{"errno", int(reply.Status)}, {"key", key}, {"ack", get("seq")}, {"data", data}}
		if reply.Stream == nil && reply.Packets == nil {
			if reply.Status == net.OK {
				fields[0].value = goja.Null()
			}
			if !reply.Address.IsZero() {
				o := rt.VM.NewObject()
				_ = o.Set("address", reply.Address.Address)
				_ = o.Set("family", reply.Address.Family)
				_ = o.Set("port", reply.Address.Port)
				fields = append(fields, field{"sockname", o})
			}
		}
		if reply.Status.Failed() { // other workers may try again
			delete(m.primary.handles, key)
			delete(m.data, key)
		}
		var handle goja.Value
		switch {
		case reply.Stream != nil:
			handle = rt.ToValue(reply.Stream)
		case reply.Packets != nil:
			rt.Require("dgram")
			handle = rt.ToValue(reply.Packets)
		}
		m.send(m.processOf(r.obj), handle, nil, fields...)
	})
}

// readQuery reads what a worker asks for.
func readQuery(message *goja.Object) cluster.Query {
	get := func(name string) goja.Value { return bind.Get(message, name) }
	q := cluster.Query{}
	q.FD = -1
	if fd := get("fd"); goja.IsNumber(fd) {
		q.FD = int(fd.ToInteger())
	}
	if a := get("address"); goja.IsString(a) {
		q.Address = a.String()
	}
	q.Port = int(get("port").ToInteger())
	q.Flags = net.BindFlags(get("flags").ToInteger())
	q.Backlog = int(get("backlog").ToInteger())
	q.ReadableAll, q.WritableAll = get("readableAll").ToBoolean(), get("writableAll").ToBoolean()
	q.HasModes = true
	switch typ := get("addressType"); {
	case goja.IsString(typ):
		q.Datagram, q.Family = true, 4
		if typ.String() == "udp6" {
			q.Family = 6
		}
	default:
		q.Family = int(typ.ToInteger())
	}
	if q.Port < 0 && !q.Datagram {
		q.Address = shortPath(q.Address)
	}
	return q
}

// listenFor listens for round-robin through a net.Server, whose listen a program
// may have replaced. See cluster.Listener.
func (m *module) listenFor(q cluster.Query, ready func(net.Status, *net.Handle)) {
	rt := m.rt
	server, err := rt.VM.New(rt.Require("net").(*goja.Object).Get("Server"))
	if err != nil {
		panic(err)
	}
	o := rt.VM.NewObject()
	if q.Backlog > 0 {
		_ = o.Set("backlog", q.Backlog)
	}
	switch {
	case q.FD >= 0:
		_ = o.Set("fd", q.FD)
	case q.Port >= 0:
		_ = o.Set("port", q.Port)
		if q.Address != "" {
			_ = o.Set("host", q.Address)
		}
		_ = o.Set("ipv6Only", q.Flags&net.BindIPv6Only != 0)
	default:
		_ = o.Set("path", q.Address)
		_ = o.Set("readableAll", q.ReadableAll)
		_ = o.Set("writableAll", q.WritableAll)
	}
	m.once(server, "listening", func([]goja.Value) {
		s, ok := bind.From(server).(net.Serverer)
		if !ok {
			return
		}
		ready(net.OK, s.AsServer().TakeHandle())
	})
	m.once(server, "error", func(args []goja.Value) {
		e, _ := arg(args, 0).(*goja.Object)
		ready(net.Status(bind.Get(e, "errno").ToInteger()), nil)
	})
	rt.Call(server.Get("listen"), server, o)
}

// shortPath is the shorter of a path and its form relative to the working
// directory: the names of Unix sockets are limited.
func shortPath(path string) string {
	dir, err := os.Getwd()
	if err != nil || path == "" || path[0] == 0 {
		return path
	}
	if rel, err := filepath.Rel(dir, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}

// ID is worker.id.
func (r *remote) ID() int { return r.id }

// NewConnection sends the worker a connection. See cluster.Worker.
func (r *remote) NewConnection(key string, c *net.Handle, done func(bool)) {
	r.m.rt.Require("net")
	handle := r.m.rt.ToValue(c)
	r.m.send(r.m.processOf(r.obj), handle, func(reply *goja.Object, _ goja.Value) {
		done(bind.Get(reply, "accepted").ToBoolean())
	}, field{"act", "newconn"}, field{"key", key})
}
