package childprocessmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// queuedSend is a message that waits for its turn.
type queuedSend struct{ message, handle, options, cb goja.Value }

// send is target.send(message, sendHandle, options, callback)
// (https://nodejs.org/docs/latest-v24.x/api/child_process.html#subprocesssendmessage-sendhandle-options-callback).
func (x *ipc) send(c goja.FunctionCall) goja.Value {
	rt := x.m.rt
	message, handle, options, cb := c.Argument(0), c.Argument(1), c.Argument(2), c.Argument(3)
	switch {
	case bind.IsCallable(handle):
		handle, options, cb = goja.Undefined(), goja.Undefined(), handle
	case bind.IsCallable(options):
		options, cb = goja.Undefined(), options
	case !goja.IsUndefined(options):
		rt.Object(options, "options")
	}
	if x.connected() {
		return rt.Call(x.target.Get("_send"), x.target, message, handle, options, cb)
	}
	x.failed(nodeerr.IPCChannelClosed(), cb)
	return rt.VM.ToValue(false)
}

// failed tells the callback, or the listeners of 'error', in a tick.
func (x *ipc) failed(err error, cb goja.Value) {
	rt := x.m.rt
	v := rt.ErrorValue(err)
	if bind.IsCallable(cb) {
		fn := rt.Callable(cb)
		rt.Loop.NextTickFunc(func() { fn(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{v}}) })
		return
	}
	rt.Loop.NextTickFunc(func() { x.emit(rt.VM.ToValue("error"), v) })
}

// option reads a flag of send's options; a boolean in their place is
// swallowErrors.
func option(options goja.Value, name string) bool {
	if o, ok := options.(*goja.Object); ok {
		return bind.Get(o, name).ToBoolean()
	}
	return name == "swallowErrors" && bind.TypeOf(options) == "boolean" && options.ToBoolean()
}

// rawSend is target._send.
func (x *ipc) rawSend(c goja.FunctionCall) goja.Value {
	rt := x.m.rt
	message, handle, options, cb := c.Argument(0), c.Argument(1), c.Argument(2), c.Argument(3)
	if goja.IsUndefined(message) {
		rt.Throw(nodeerr.MissingArgs("message"))
	}
	switch bind.TypeOf(message) {
	case "string", "object", "number", "boolean":
	default:
		rt.ArgType("message", message, "string", "object", "number", "boolean")
	}
	var pass *sentHandle
	switch {
	case handle.ToBoolean():
		kind, ok := kindOf(handle)
		if !ok {
			rt.Throw(nodeerr.InvalidHandleType())
		}
		if x.queueing {
			return x.enqueue(queuedSend{message, handle, options, cb})
		}
		if pass = x.pack(kind, message, handle, options, cb); pass != nil {
			message = pass.packed
		}
	case x.queueing:
		if cmd := internalCommand(message); cmd != "NODE_HANDLE_ACK" && cmd != "NODE_HANDLE_NACK" {
			return x.enqueue(queuedSend{message, goja.Undefined(), options, cb})
		}
	}
	return x.write(message, pass, options, cb)
}

// enqueue keeps a message until the handle under way has arrived.
func (x *ipc) enqueue(q queuedSend) goja.Value {
	x.queue = append(x.queue, q)
	return x.m.rt.VM.ToValue(len(x.queue) == 1)
}

// write writes a message, with the handle that it packs.
func (x *ipc) write(message goja.Value, pass *sentHandle, options, cb goja.Value) goja.Value {
	rt := x.m.rt
	bytes := x.encode(message)
	fd := -1
	if pass != nil {
		fd = pass.fd()
	}
	var fn func(goja.FunctionCall) goja.Value
	if bind.IsCallable(cb) {
		fn = rt.Callable(cb)
	}
	told := func() { fn(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{goja.Null()}}) }
	async, st := x.ch.Send(bytes, fd, func(net.Status) {
		x.count(-1)
		if fn != nil {
			told()
		}
	})
	switch {
	case st.Failed():
		if pass != nil {
			pass.drop()
		}
		if !option(options, "swallowErrors") {
			x.failed(nodeerr.System(st.Errno(), "write", "", 0), cb)
		}
	default:
		if pass != nil {
			x.queueing = true
			pass.keep(x)
		}
		if async {
			x.count(1) // the channel is referenced until the message has left
		} else if fn != nil {
			rt.Loop.NextTickFunc(told)
		}
	}
	return rt.VM.ToValue(x.ch.Handle().WriteQueueSize() < 2<<16)
}

// internal is the 'internalMessage' listener: handles that arrive, and what the
// other side says of those that were sent.
func (x *ipc) internal(message, handle goja.Value) {
	rt := x.m.rt
	switch internalCommand(message) {
	case "NODE_HANDLE_ACK":
		x.arrived()
	case "NODE_HANDLE_NACK":
		x.lost()
	case "NODE_HANDLE":
		reply := func(cmd string) {
			o := rt.VM.NewObject()
			_ = o.Set("cmd", cmd)
			options := rt.VM.NewObject()
			_ = options.Set("swallowErrors", true)
			rt.Call(x.target.Get("_send"), x.target, o, goja.Null(), options)
		}
		if bind.IsNullish(handle) {
			reply("NODE_HANDLE_NACK")
			return
		}
		reply("NODE_HANDLE_ACK")
		o := message.(*goja.Object)
		x.unpack(o, handle, func(v goja.Value) { x.handle(bind.Get(o, "msg"), v) })
	}
}

// maxRetransmissions is how often a handle that did not arrive is sent again.
const maxRetransmissions = 3

// arrived goes on after a handle that the other side has.
func (x *ipc) arrived() {
	x.forget()
	x.next()
}

// lost sends a handle again that did not arrive.
func (x *ipc) lost() {
	if p := x.sent; p != nil {
		if p.tries++; p.tries > maxRetransmissions {
			x.forget()
			x.m.rt.Warn("Handle did not reach the receiving process correctly", "SentHandleNotReceivedWarning", nil)
		}
	}
	x.next()
}

// next sends what has waited, the lost handle first.
func (x *ipc) next() {
	rt := x.m.rt
	list := x.queue
	x.queue, x.queueing = nil, false
	if p := x.sent; p != nil {
		x.write(p.packed, p, p.options, p.cb)
	}
	for _, q := range list {
		rt.Call(x.target.Get("_send"), x.target, q.message, q.handle, q.options, q.cb)
	}
	if !x.connected() && x.open() && !x.queueing {
		rt.Call(x.target.Get("_disconnect"), x.target)
	}
}

// forget closes the handle that was sent.
func (x *ipc) forget() {
	if x.sent != nil {
		p := x.sent
		x.sent = nil
		p.drop()
	}
}

// disconnect is target.disconnect(). What is queued leaves first.
func (x *ipc) disconnect(goja.FunctionCall) goja.Value {
	rt := x.m.rt
	if !x.connected() {
		x.emit(rt.VM.ToValue("error"), rt.ErrorValue(nodeerr.IPCDisconnected()))
		return goja.Undefined()
	}
	_ = x.target.Set("connected", false)
	if !x.queueing {
		rt.Call(x.target.Get("_disconnect"), x.target)
	}
	return goja.Undefined()
}

// close is target._disconnect(): it ends the channel in a tick, or when the
// message that is being read is complete.
func (x *ipc) close() {
	rt := x.m.rt
	_ = x.target.Set("channel", goja.Null())
	_ = x.target.Set("_channel", goja.Null())
	x.forget()
	fired := false
	finish := func() {
		if !fired {
			fired = true
			x.ch.Close()
			x.emit(rt.VM.ToValue("disconnect"))
		}
	}
	if x.ch.Partial() {
		x.once("message", finish)
		x.once("internalMessage", finish)
		return
	}
	rt.Loop.NextTickFunc(finish)
}

// once is target.once.
func (x *ipc) once(name string, f func()) {
	rt := x.m.rt
	rt.Call(x.target.Get("once"), x.target, rt.VM.ToValue(name), rt.Func("finish", 0, func(goja.FunctionCall) goja.Value {
		f()
		return goja.Undefined()
	}))
}
