package messagingmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

type module struct {
	rt           *bind.Runtime
	port         *bind.Class
	channel      *goja.Object
	broadcast    *bind.Class
	messageEvent *bind.Class
	closeEvent   *bind.Class
	exports      *goja.Object
	ports        map[*Port]struct{} // those that are open
	channels     map[*broadcastChannel]struct{}
	channelsMade int
}

type moduleKey struct{}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, ports: map[*Port]struct{}{}, channels: map[*broadcastChannel]struct{}{}}
	rt.SetValue(moduleKey{}, m)
	m.defineMessagePort()
	m.defineChannel()
	m.defineBroadcastChannel()
	m.defineMessageEvent()
	m.defineCloseEvent()
	e := rt.VM.NewObject()
	m.exports = e
	_ = e.Set("MessageChannel", m.channel)
	for _, c := range []*bind.Class{m.port, m.broadcast, m.messageEvent, m.closeEvent} {
		_ = e.Set(c.Name, c.Ctor)
	}
	return m
}

// Load returns the classes by name, for the globals.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

// Link is an end of a channel on its way to another runtime.
type Link struct{ end *end }

// NewPort makes a port of this runtime and the other end, for another one.
func NewPort(rt *bind.Runtime) (*Port, Link) {
	a, b := newChannel()
	return get(rt).newPort(a), Link{b}
}

// Port makes the port of a link in the runtime that it was meant for.
func (l Link) Port(rt *bind.Runtime) *Port { return get(rt).newPort(l.end) }

// Shut closes a link whose runtime was never made.
func (l Link) Shut() { l.end.shut() }

// PortOf returns the Port of a MessagePort, nil for other values.
func PortOf(v goja.Value) *Port {
	p, _ := bind.From(v).(*Port)
	return p
}

// Transfers reads the transfer list of postMessage: a list, or options.
func Transfers(rt *bind.Runtime, v goja.Value) []goja.Value { return get(rt).transfers(v) }

// CloseAll closes all ports and channels of a runtime that has ended; no event
// tells of it.
func CloseAll(rt *bind.Runtime) {
	m, ok := rt.Value(moduleKey{}).(*module)
	if !ok {
		return
	}
	for p := range m.ports {
		p.release()
		p.end.shut()
	}
	for b := range m.channels {
		b.close()
	}
}

// ReceiveMessageOnPort is worker_threads.receiveMessageOnPort(port).
func ReceiveMessageOnPort(rt *bind.Runtime, v goja.Value) goja.Value {
	if b, ok := bind.From(v).(*broadcastChannel); ok {
		return result(rt, b.receive)
	}
	p := PortOf(v)
	if p == nil {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", `The "port" argument must be a MessagePort instance`))
	}
	return result(rt, p.receive)
}

func result(rt *bind.Runtime, receive func() (goja.Value, bool)) goja.Value {
	v, ok := receive()
	if !ok {
		return goja.Undefined()
	}
	o := rt.VM.NewObject()
	_ = o.Set("message", v)
	return o
}
