package workerthreadsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/messagingmod"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
)

// Child is a worker's own side.
type Child struct {
	rt     *bind.Runtime
	thread *Thread
	made   *goja.Object // of js/child.js
	errors []goja.Value // that came before the ports were there
}

type childKey struct{}

// NewChild makes the worker's side of a thread, before its runtime runs
// anything: the ports, the standard streams, workerData.
func NewChild(rt *bind.Runtime, t *Thread) *Child {
	c := &Child{rt: rt, thread: t}
	rt.SetValue(childKey{}, c)
	return c
}

// Start makes the ports and streams. It runs inside JavaScript.
func (c *Child) Start() {
	rt := c.rt
	control := c.thread.control.Port(rt)
	native := rt.VM.NewObject()
	_ = native.Set("control", control.Object())
	_ = native.Set("stdin", c.thread.Stdin)
	_ = native.Set("setStreams", rt.Func("setStreams", 3, func(call goja.FunctionCall) goja.Value {
		for fd := range 3 {
			processmod.Of(rt).SetStream(fd, call.Argument(fd).(*goja.Object))
		}
		return goja.Undefined()
	}))
	c.made = folder.Run(rt, "child", native)
	get(rt) // takes parentPort and workerData, so that messages wait for them
	rt.Call(c.made.Get("online"), goja.Undefined())
	for _, e := range c.errors {
		c.Fatal(e)
	}
	c.errors = nil
}

// Fatal tells the parent of the exception that ends the worker.
func (c *Child) Fatal(v goja.Value) {
	if c.made == nil {
		c.errors = append(c.errors, v)
		return
	}
	c.rt.Call(c.made.Get("fatal"), goja.Undefined(), v)
}

// Finish closes what leads to the parent.
func (c *Child) Finish() {
	if c.made == nil {
		c.thread.control.Shut()
		c.thread.public.Shut()
	}
	messagingmod.CloseAll(c.rt)
}
