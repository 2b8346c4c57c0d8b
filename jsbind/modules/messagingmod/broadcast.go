package messagingmod

import (
	"slices"
	"sync"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// groups are the open channels of the process by name, in the order in which
// they were made.
var groups = struct {
	sync.Mutex // guards byName and the queues of all channels
	byName     map[string][]*broadcastChannel
}{byName: map[string][]*broadcastChannel{}}

// broadcastChannel is the state of a BroadcastChannel.
type broadcastChannel struct {
	eventtargetmod.Target
	rt     *bind.Runtime
	obj    *goja.Object
	name   string
	number int // channels of a runtime are numbered as they are made
	handle loop.Handle
	closed bool
	queue  []*lang.Message // guarded by groups
}

func (b *broadcastChannel) open() {
	b.handle.Init(b.rt.Loop, "MessagePort")
	b.handle.Start()
	m := get(b.rt)
	m.channelsMade++
	b.number = m.channelsMade
	m.channels[b] = struct{}{}
	groups.Lock()
	defer groups.Unlock()
	groups.byName[b.name] = append(groups.byName[b.name], b)
}

func (b *broadcastChannel) close() {
	if b.closed {
		return
	}
	b.closed = true
	b.handle.Stop()
	delete(get(b.rt).channels, b)
	groups.Lock()
	defer groups.Unlock()
	b.queue = nil
	list := slices.DeleteFunc(slices.Clone(groups.byName[b.name]), func(x *broadcastChannel) bool { return x == b })
	if groups.byName[b.name] = list; len(list) == 0 {
		delete(groups.byName, b.name)
	}
}

// post sends a message to all other channels of the name.
func (b *broadcastChannel) post(message *lang.Message) {
	groups.Lock()
	defer groups.Unlock()
	for _, to := range groups.byName[b.name] {
		if to != b {
			to.queue = append(to.queue, message.Copy())
			to.rt.Loop.PostTask(loop.Func(to.deliver))
		}
	}
}

func (b *broadcastChannel) take() *lang.Message {
	groups.Lock()
	defer groups.Unlock()
	if len(b.queue) == 0 {
		return nil
	}
	m := b.queue[0]
	b.queue = b.queue[1:]
	return m
}

func (b *broadcastChannel) receive() (goja.Value, bool) {
	m := b.take()
	if m == nil {
		return nil, false
	}
	v, _ := b.rt.Deserialize(m)
	return v, true
}

// next is the channel whose turn it is: all that waits for one is delivered
// before the next one made.
func (b *broadcastChannel) next() *broadcastChannel {
	groups.Lock()
	defer groups.Unlock()
	var found *broadcastChannel
	for c := range get(b.rt).channels {
		if len(c.queue) > 0 && (found == nil || c.number < found.number) {
			found = c
		}
	}
	return found
}

// deliver dispatches one message of the runtime's channels.
func (b *broadcastChannel) deliver() {
	if b = b.next(); b == nil {
		return
	}
	m := b.take()
	if m == nil || b.closed {
		return
	}
	var v goja.Value
	if ex := b.rt.VM.Try(func() { v, _ = b.rt.Deserialize(m) }); ex != nil {
		b.Dispatch(NewMessageEvent(b.rt, "messageerror", ex.Value(), nil))
		return
	}
	b.Dispatch(NewMessageEvent(b.rt, "message", v, nil))
}

// defineBroadcastChannel makes BroadcastChannel.
func (m *module) defineBroadcastChannel() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "BroadcastChannel", Length: 1, ES6: true, Parent: eventtargetmod.Define(rt).EventTarget,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			if len(args) == 0 {
				rt.Throw(nodeerr.MissingArgs("name"))
			}
			b := &broadcastChannel{rt: rt, obj: this, name: rt.Text(args[0])}
			b.Init(rt, this, b)
			b.open()
			return nil
		}})
	m.broadcast = c
	of := func(v goja.Value) *broadcastChannel {
		b, ok := bind.From(v).(*broadcastChannel)
		if !ok {
			rt.Throw(bind.InvalidThis("BroadcastChannel"))
		}
		return b
	}
	c.Accessor("name", func(this goja.Value) goja.Value { return rt.TextValue(of(this).name) }, nil, true)
	c.WebMethod("close", 0, func(call goja.FunctionCall) goja.Value {
		of(call.This).close()
		return goja.Undefined()
	})
	c.WebMethod("postMessage", 1, func(call goja.FunctionCall) goja.Value {
		b := of(call.This)
		if len(call.Arguments) == 0 {
			rt.Throw(nodeerr.MissingArgs("message"))
		}
		if b.closed {
			panic(rt.NewDOMException("BroadcastChannel is closed.", "InvalidStateError"))
		}
		b.post(rt.Serialize(call.Argument(0), nil).(*lang.Message))
		return goja.Undefined()
	})
	c.Method("ref", 0, func(call goja.FunctionCall) goja.Value {
		of(call.This).handle.Ref()
		return call.This
	})
	c.Method("unref", 0, func(call goja.FunctionCall) goja.Value {
		of(call.This).handle.Unref()
		return call.This
	})
	eventtargetmod.DefineHandler(rt, c, "message")
	eventtargetmod.DefineHandler(rt, c, "messageerror")
	c.Tag("BroadcastChannel")
	c.Custom(func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		b := of(o)
		if depth < 0 {
			return rt.VM.ToValue("BroadcastChannel")
		}
		opts.Depth--
		shown := rt.VM.NewObject()
		_ = shown.Set("name", rt.TextValue(b.name))
		_ = shown.Set("active", !b.closed)
		return rt.Mirror.StringValue("BroadcastChannel " + rt.Inspector.Inspect(shown, opts))
	})
	c.Seal()
}
