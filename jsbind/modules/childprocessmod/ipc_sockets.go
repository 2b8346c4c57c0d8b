package childprocessmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// This file counts the sockets of a server that were handed to another process:
// the server's own process asks for their number, and to be told of the last
// one's end, in internal messages.

// sentSockets is the side that has the server. It is the server's net.Worker.
type sentSockets struct {
	x   *ipc
	key string
}

// countElsewhere makes a server ask the other side for the sockets it got.
func (x *ipc) countElsewhere(srv *net.Server, key string) {
	if x.sentSockets[key] != nil {
		return
	}
	if x.sentSockets == nil {
		x.sentSockets = map[string]*sentSockets{}
	}
	w := &sentSockets{x, key}
	x.sentSockets[key] = w
	srv.AddWorker(w)
	x.once("exit", func() { srv.RemoveWorker(w) })
}

// GetConnections asks for the number of open sockets.
func (w *sentSockets) GetConnections(cb func(error, int)) {
	w.request("NODE_SOCKET_GET_COUNT", "NODE_SOCKET_COUNT", false, func(err error, reply *goja.Object) {
		if err != nil {
			cb(err, 0)
			return
		}
		cb(nil, int(bind.Get(reply, "count").ToInteger()))
	})
}

// Close asks to be told when no socket is open.
func (w *sentSockets) Close(cb func(error)) {
	w.request("NODE_SOCKET_NOTIFY_CLOSE", "NODE_SOCKET_ALL_CLOSED", true, func(err error, _ *goja.Object) { cb(err) })
}

// request sends an internal message and waits for its answer, or for the end of
// the other side.
func (w *sentSockets) request(cmd, answer string, swallow bool, cb func(err error, reply *goja.Object)) {
	x, rt := w.x, w.x.m.rt
	var onClose, onReply *goja.Object
	over := func() {
		remove := x.target.Get("removeListener")
		rt.Call(remove, x.target, rt.VM.ToValue("disconnect"), onClose)
		rt.Call(remove, x.target, rt.VM.ToValue("internalMessage"), onReply)
	}
	onClose = rt.Func("onclose", 0, func(goja.FunctionCall) goja.Value {
		over()
		cb(nodeerr.ChildClosedBeforeReply(), nil)
		return goja.Undefined()
	})
	onReply = rt.Func("onreply", 1, func(c goja.FunctionCall) goja.Value {
		if o, ok := c.Argument(0).(*goja.Object); ok && internalCommand(o) == answer && bind.Get(o, "key").String() == w.key {
			over()
			cb(nil, o)
		}
		return goja.Undefined()
	})
	on := x.target.Get("on")
	rt.Call(on, x.target, rt.VM.ToValue("disconnect"), onClose)
	rt.Call(on, x.target, rt.VM.ToValue("internalMessage"), onReply)
	x.sendInternal(map[string]any{"cmd": cmd, "key": w.key}, swallow)
}

func (x *ipc) sendInternal(message map[string]any, swallow bool) {
	rt := x.m.rt
	options := rt.VM.NewObject()
	_ = options.Set("swallowErrors", swallow)
	o := rt.VM.NewObject()
	for _, k := range []string{"cmd", "key", "count"} {
		if v, ok := message[k]; ok {
			_ = o.Set(k, v)
		}
	}
	rt.Call(x.target.Get("_send"), x.target, o, goja.Undefined(), options)
}

// gotSockets is the side that has the sockets.
type gotSockets struct {
	x      *ipc
	key    string
	open   int
	notify bool // the other side waits for the last one's end
}

// countHere counts a socket that arrived.
func (x *ipc) countHere(key string, socket *goja.Object) {
	g := x.gotSockets[key]
	if g == nil {
		g = &gotSockets{x: x, key: key}
		if x.gotSockets == nil {
			x.gotSockets = map[string]*gotSockets{}
		}
		x.gotSockets[key] = g
		x.on("internalMessage", func(c goja.FunctionCall) { g.asked(c.Argument(0)) })
	}
	g.open++
	rt := x.m.rt
	rt.Call(socket.Get("once"), socket, rt.VM.ToValue("close"), rt.Func("", 0, func(goja.FunctionCall) goja.Value {
		if g.open--; g.open == 0 && g.notify {
			g.notify = false
			g.empty()
		}
		return goja.Undefined()
	}))
}

// asked answers the other side.
func (g *gotSockets) asked(message goja.Value) {
	o, ok := message.(*goja.Object)
	if !ok || bind.Get(o, "key").String() != g.key {
		return
	}
	switch internalCommand(o) {
	case "NODE_SOCKET_NOTIFY_CLOSE":
		if g.open == 0 {
			g.empty()
		} else {
			g.notify = true
		}
	case "NODE_SOCKET_GET_COUNT":
		if g.x.connected() {
			g.x.sendInternal(map[string]any{"cmd": "NODE_SOCKET_COUNT", "key": g.key, "count": g.open}, false)
		}
	}
}

func (g *gotSockets) empty() {
	if g.x.connected() {
		g.x.sendInternal(map[string]any{"cmd": "NODE_SOCKET_ALL_CLOSED", "key": g.key}, true)
	}
}
