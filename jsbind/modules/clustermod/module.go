package clustermod

import (
	"os"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
	worker  *bind.Class
	seq     int
	replies map[int]func(reply *goja.Object, handle goja.Value)

	*primary // of a primary process
	*member  // of a worker
}

type moduleKey struct{}

// Load returns the exports of node:cluster: those of a worker in a process that
// was forked as one, else those of a primary.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, replies: map[int]func(*goja.Object, goja.Value){}}
	rt.SetValue(moduleKey{}, m)
	emitter := rt.ClassOf("events.EventEmitter")
	o, err := rt.VM.New(emitter.Ctor)
	if err != nil {
		panic(err)
	}
	m.exports = o
	m.defineWorker(emitter)
	if _, is := os.LookupEnv(uniqueID); is {
		m.loadMember()
	} else {
		m.loadPrimary()
	}
	m.worker.Seal()
	return m
}

// uniqueID is the variable that tells a process that it is a worker, and which.
const uniqueID = "NODE_UNIQUE_ID"

// Attach connects a process that was forked as a worker with its primary. It
// does nothing in any other.
func Attach(rt *bind.Runtime) {
	if _, is := os.LookupEnv(uniqueID); !is {
		return
	}
	process, ok := rt.VM.Get("process").(*goja.Object)
	if !ok || !bind.Get(process, "connected").ToBoolean() {
		os.Unsetenv(uniqueID)
		return
	}
	m := get(rt)
	m.setupWorker()
	os.Unsetenv(uniqueID)
}

func (m *module) process() *goja.Object { return m.rt.VM.Get("process").(*goja.Object) }

// defineWorker makes the class Worker; the two kinds of process add disconnect
// and destroy.
func (m *module) defineWorker(emitter *bind.Class) {
	rt := m.rt
	m.worker = rt.NewClass(bind.ClassDef{Name: "Worker", Parent: emitter, Length: 1, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		rt.Call(emitter.Ctor, this)
		var o *goja.Object
		if len(args) > 0 && !bind.IsCallable(args[0]) {
			o, _ = args[0].(*goja.Object)
		}
		_ = this.Set("exitedAfterDisconnect", goja.Undefined())
		state := bind.Get(o, "state")
		if !state.ToBoolean() {
			state = rt.VM.ToValue("none")
		}
		_ = this.Set("state", state)
		_ = this.Set("id", int32(bind.Get(o, "id").ToInteger()))
		if p, ok := bind.Get(o, "process").(*goja.Object); ok {
			_ = this.Set("process", p)
			for _, name := range []string{"error", "message"} {
				m.on(p, name, func(args []goja.Value) { m.emit(this, name, args...) })
			}
		}
		return nil
	}})
	c := m.worker
	c.Method("kill", 0, func(call goja.FunctionCall) goja.Value {
		this := call.This.(*goja.Object)
		rt.Call(this.Get("destroy"), this, call.Arguments...)
		return goja.Undefined()
	})
	c.Method("send", 0, func(call goja.FunctionCall) goja.Value {
		p := m.processOf(call.This)
		return rt.Call(p.Get("send"), p, call.Arguments...)
	})
	c.Method("isDead", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(m.isDead(call.This)) })
	c.Method("isConnected", 0, func(call goja.FunctionCall) goja.Value {
		return bind.Get(m.processOf(call.This), "connected")
	})
}

// processOf is worker.process.
func (m *module) processOf(worker goja.Value) *goja.Object {
	o, _ := worker.(*goja.Object)
	if p, ok := bind.Get(o, "process").(*goja.Object); ok {
		return p
	}
	panic(m.rt.VM.NewTypeError("Cannot read properties of undefined"))
}

func (m *module) isDead(worker goja.Value) bool {
	p := m.processOf(worker)
	return !bind.IsNullish(bind.Get(p, "exitCode")) || !bind.IsNullish(bind.Get(p, "signalCode"))
}

func (m *module) isConnected(worker goja.Value) bool {
	return bind.Get(m.processOf(worker), "connected").ToBoolean()
}

func (m *module) listener(f func(args []goja.Value)) *goja.Object {
	return m.rt.Func("", 0, func(c goja.FunctionCall) goja.Value {
		f(c.Arguments)
		return goja.Undefined()
	})
}

// on and once are o.on and o.once.
func (m *module) on(o *goja.Object, name string, f func(args []goja.Value)) {
	m.rt.Call(o.Get("on"), o, m.rt.VM.ToValue(name), m.listener(f))
}

func (m *module) once(o *goja.Object, name string, f func(args []goja.Value)) {
	m.rt.Call(o.Get("once"), o, m.rt.VM.ToValue(name), m.listener(f))
}

func (m *module) emit(o *goja.Object, name string, args ...goja.Value) {
	m.rt.Call(o.Get("emit"), o, append([]goja.Value{m.rt.VM.ToValue(name)}, args...)...)
}

func arg(args []goja.Value, i int) goja.Value {
	if i < len(args) && args[i] != nil {
		return args[i]
	}
	return goja.Undefined()
}

// field is a property of a message.
type field struct {
	name  string
	value any
}

// send sends an internal message to a process, with a handle where there is one;
// reply, nil for none, is called with the answer. It reports false where the
// process is not connected.
func (m *module) send(process *goja.Object, handle goja.Value, reply func(*goja.Object, goja.Value), fields ...field) bool {
	rt := m.rt
	if !bind.Get(process, "connected").ToBoolean() {
		return false
	}
	o := rt.VM.NewObject()
	_ = o.Set("cmd", "NODE_CLUSTER")
	for _, f := range fields {
		_ = o.Set(f.name, rt.ToValue(f.value))
	}
	_ = o.Set("seq", m.seq)
	if reply != nil {
		m.replies[m.seq] = reply
	}
	m.seq++
	if handle == nil {
		handle = goja.Null()
	}
	return rt.Call(process.Get("send"), process, o, handle).ToBoolean()
}

// receive calls f with the internal messages of a process that answer nothing;
// the others go to whoever waits for them.
func (m *module) receive(process *goja.Object, f func(message *goja.Object, handle goja.Value)) {
	m.on(process, "internalMessage", func(args []goja.Value) {
		o, ok := arg(args, 0).(*goja.Object)
		if !ok {
			return
		}
		if cmd := bind.Get(o, "cmd"); !goja.IsString(cmd) || cmd.String() != "NODE_CLUSTER" {
			return
		}
		if ack := bind.Get(o, "ack"); goja.IsNumber(ack) {
			n := int(ack.ToInteger())
			if reply := m.replies[n]; reply != nil {
				delete(m.replies, n)
				reply(o, arg(args, 1))
				return
			}
		}
		f(o, arg(args, 1))
	})
}
