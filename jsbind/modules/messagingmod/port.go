package messagingmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// Port is the state of a MessagePort.
type Port struct {
	eventtargetmod.Target
	rt      *bind.Runtime
	obj     *goja.Object
	end     *end
	handle  loop.Handle
	started bool
	refed   bool
	closed  bool // no longer usable: closed or moved
	// Raw, if set, gets the messages in place of listeners.
	Raw func(v goja.Value)
	// OnClose is told when the port has closed.
	OnClose func()
}

// newPort makes the port of an end.
func (m *module) newPort(e *end) *Port {
	rt := m.rt
	p := &Port{rt: rt, end: e}
	p.obj = rt.VM.CreateObject(m.port.Proto)
	p.Init(rt, p.obj, p)
	p.handle.Init(rt.Loop, "MessagePort")
	p.handle.Unref()
	p.handle.Start()
	p.Added = func(typ string, size int) {
		if typ == "message" && size == 1 {
			p.Ref()
			p.Start()
		}
	}
	p.Removed = func(typ string, size int) {
		if typ == "message" && size == 0 {
			p.Unref()
			p.started = false // what comes waits for the next listener
		}
	}
	m.ports[p] = struct{}{}
	e.attach(p)
	return p
}

// Object is the port's object.
func (p *Port) Object() *goja.Object { return p.obj }

// Ref makes the port keep its loop alive, Unref not.
func (p *Port) Ref() {
	if !p.closed {
		p.refed = true
		p.handle.Ref()
	}
}

// Unref undoes Ref.
func (p *Port) Unref() {
	p.refed = false
	if !p.closed {
		p.handle.Unref()
	}
}

// Start lets messages be delivered.
func (p *Port) Start() {
	if p.started || p.closed {
		return
	}
	p.started = true
	p.end.mu.Lock()
	defer p.end.mu.Unlock()
	p.end.announce()
}

// Closed reports whether the port was closed or moved.
func (p *Port) Closed() bool { return p.closed }

// Close closes both ends. 'close' comes in the loop's closing phase.
func (p *Port) Close() {
	if p.closed {
		return
	}
	p.release()
	p.end.mu.Lock()
	p.end.closed, p.end.queue, p.end.port = true, nil, nil
	p.end.mu.Unlock()
	p.rt.Loop.QueueClose(loop.Func(func() {
		p.end.shut()
		p.handle.Callback(loop.Func(p.emitClose))
		p.handle.End()
	}))
}

func (p *Port) emitClose() {
	if p.OnClose != nil {
		p.OnClose()
	}
	p.DispatchValue("close", goja.Undefined(), func() *goja.Object { return eventtargetmod.NewEvent(p.rt, "close") })
}

// release takes the port out of its loop.
func (p *Port) release() {
	p.closed = true
	p.refed = false
	p.handle.Stop()
	delete(get(p.rt).ports, p)
}

// Post sends a value, moving what transfer lists.
func (p *Port) Post(v goja.Value, transfer []goja.Value) {
	rt := p.rt
	for _, t := range transfer {
		if t == goja.Value(p.obj) {
			panic(rt.NewDOMException("Transfer list contains source port", "DataCloneError"))
		}
	}
	toItself := false
	if !p.closed {
		for _, t := range transfer {
			if q, ok := bind.From(t).(*Port); ok && q.end == p.end.peer {
				toItself = true
			}
		}
	}
	message := rt.Serialize(v, transfer)
	if p.closed {
		return
	}
	if toItself {
		rt.Warn("The target port was posted to itself, and the communication channel was lost", "Warning", nil)
		p.Close()
		return
	}
	p.end.send(envelope{message: message})
}

// receive takes one message at once, if there is one.
func (p *Port) receive() (v goja.Value, ok bool) {
	if p.closed {
		return nil, false
	}
	env, ok := p.end.take(true)
	if !ok {
		return nil, false
	}
	if env.closing {
		p.Close()
		return nil, false
	}
	v, _ = p.rt.Deserialize(env.message)
	return v, true
}

// deliver dispatches one message.
func (p *Port) deliver() {
	if p.closed {
		return
	}
	env, ok := p.end.take(p.started)
	if !ok {
		return
	}
	if env.closing {
		p.Close()
		return
	}
	rt := p.rt
	var v goja.Value
	var moved []*goja.Object
	if ex := rt.VM.Try(func() { v, moved = rt.Deserialize(env.message) }); ex != nil {
		p.DispatchValue("messageerror", ex.Value(), func() *goja.Object { return NewMessageEvent(rt, "messageerror", ex.Value(), nil) })
		return
	}
	if p.Raw != nil {
		p.Raw(v)
		return
	}
	p.DispatchValue("message", v, func() *goja.Object {
		var ports []any
		for _, o := range moved {
			if _, ok := bind.From(o).(*Port); ok {
				ports = append(ports, o)
			}
		}
		return NewMessageEvent(rt, "message", v, ports)
	})
}

// TransferClass implements bind.Transferable.
func (p *Port) TransferClass() string { return "MessagePort" }

// CanTransfer implements bind.Transferable.
func (p *Port) CanTransfer(rt *bind.Runtime) {
	if p.closed {
		panic(rt.NewDOMException("MessagePort in transfer list is already detached", "DataCloneError"))
	}
}

// Transfer implements bind.Transferable.
func (p *Port) Transfer(*bind.Runtime) bind.Restore {
	p.end.detach()
	p.release()
	e := p.end
	return func(rt *bind.Runtime) goja.Value { return get(rt).newPort(e).obj }
}

func (m *module) portOf(v goja.Value) *Port {
	if p, ok := bind.From(v).(*Port); ok {
		return p
	}
	panic(m.rt.VM.NewTypeError("Illegal invocation"))
}

// Transfers reads the second argument of postMessage: a list, or options.
func (m *module) transfers(v goja.Value) []goja.Value {
	rt := m.rt
	fail := func(what string) {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "Optional "+what+" argument must be an iterable"))
	}
	if bind.IsNullish(v) {
		return nil
	}
	o, ok := v.(*goja.Object)
	if !ok {
		fail("transferList")
	}
	list, name := v, "transferList"
	if !bind.IsCallable(o.GetSymbol(goja.SymIterator)) {
		name = "options.transfer"
		if list = bind.Get(o, "transfer"); goja.IsUndefined(list) {
			return nil
		}
		if l, ok := list.(*goja.Object); !ok || !bind.IsCallable(l.GetSymbol(goja.SymIterator)) {
			fail(name)
		}
	}
	out, ok := iterated(rt, list.(*goja.Object))
	if !ok {
		fail(name)
	}
	return out
}

// iterated collects what an iterable gives; ok is false where its iterator is
// none.
func iterated(rt *bind.Runtime, list *goja.Object) (out []goja.Value, ok bool) {
	it, ok := rt.Call(list.GetSymbol(goja.SymIterator), list).(*goja.Object)
	if !ok {
		return nil, false
	}
	next := bind.Get(it, "next")
	if !bind.IsCallable(next) {
		return nil, false
	}
	for {
		r, ok := rt.Call(next, it).(*goja.Object)
		if !ok {
			return nil, false
		}
		if bind.Get(r, "done").ToBoolean() {
			return out, true
		}
		out = append(out, bind.Get(r, "value"))
	}
}

// defineMessagePort makes MessagePort, which programs cannot construct.
func (m *module) defineMessagePort() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "MessagePort", Parent: eventtargetmod.NodeEventTarget(rt), New: func(*goja.Object, []goja.Value) *goja.Object {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_CONSTRUCT_CALL_INVALID", "Constructor cannot be called"))
		return nil
	}})
	m.port = c
	c.WebMethod("postMessage", 0, func(call goja.FunctionCall) goja.Value {
		p := m.portOf(call.This)
		if len(call.Arguments) == 0 {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_MISSING_ARGS", "Not enough arguments to MessagePort.postMessage"))
		}
		p.Post(call.Argument(0), m.transfers(call.Argument(1)))
		return rt.VM.ToValue(true)
	})
	method := func(name string, f func(p *Port) goja.Value) {
		c.WebMethod(name, 0, func(call goja.FunctionCall) goja.Value { return f(m.portOf(call.This)) })
	}
	do := func(name string, f func(p *Port)) {
		method(name, func(p *Port) goja.Value {
			f(p)
			return goja.Undefined()
		})
	}
	do("start", (*Port).Start)
	do("ref", (*Port).Ref)
	do("unref", (*Port).Unref)
	method("hasRef", func(p *Port) goja.Value { return rt.VM.ToValue(p.refed) })
	eventtargetmod.DefineHandler(rt, c, "message")
	eventtargetmod.DefineHandler(rt, c, "messageerror")
	c.WebMethod("close", 1, func(call goja.FunctionCall) goja.Value {
		p := m.portOf(call.This)
		if f := call.Argument(0); bind.IsCallable(f) {
			rt.Call(bind.Get(p.obj, "once"), p.obj, rt.VM.ToValue("close"), f)
		}
		p.Close()
		return goja.Undefined()
	})
	c.Custom(func(o *goja.Object, depth float64, opts inspect.Options) goja.Value {
		if depth < 0 {
			return rt.VM.ToValue("[MessagePort]")
		}
		p := m.portOf(o)
		opts.Depth--
		shown := rt.VM.NewObject()
		_ = shown.Set("active", !p.closed)
		_ = shown.Set("refed", p.refed)
		return rt.Mirror.StringValue("MessagePort [EventTarget] " + rt.Inspector.Inspect(shown, opts))
	})
	c.Seal()
}

// defineChannel makes MessageChannel.
func (m *module) defineChannel() {
	rt := m.rt
	m.channel = rt.NewableOnly("MessageChannel", func(this *goja.Object, _ []goja.Value) *goja.Object {
		a, b := m.pair()
		_ = this.Set("port1", a.obj)
		_ = this.Set("port2", b.obj)
		return nil
	}, func() error {
		return nodeerr.New(nodeerr.KindType, "ERR_CONSTRUCT_CALL_REQUIRED", "Cannot call constructor without `new`")
	})
}

func (m *module) pair() (*Port, *Port) {
	x, y := newChannel()
	return m.newPort(x), m.newPort(y)
}

// Drain delivers at once all messages that have come.
func (p *Port) Drain() {
	for !p.closed {
		p.end.mu.Lock()
		n := len(p.end.queue)
		closing := n > 0 && p.end.queue[0].closing
		p.end.mu.Unlock()
		if n == 0 || closing {
			return
		}
		p.deliver()
	}
}
