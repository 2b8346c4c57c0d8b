package workerthreadsmod

import (
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/modules/messagingmod"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/nodeerr"
)

// threads are the runtimes that postMessageToThread can reach, by thread id.
var threads = struct {
	sync.Mutex // guards the maps
	byID       map[int]*bind.Runtime
	starting   map[int][]func(*bind.Runtime) // what waits for threads that begin
}{byID: map[int]*bind.Runtime{}, starting: map[int][]func(*bind.Runtime){}}

// starts tells that there will be a thread of an id.
func starts(id int) {
	threads.Lock()
	defer threads.Unlock()
	threads.starting[id] = []func(*bind.Runtime){}
}

// Unreachable tells that there will be no thread of an id after all.
func Unreachable(id int) {
	threads.Lock()
	waiting := threads.starting[id]
	delete(threads.starting, id)
	threads.Unlock()
	for _, f := range waiting {
		f(nil)
	}
}

// reach calls f with the runtime of a thread, now or when it has begun; nil where
// there is none.
func reach(id int, f func(*bind.Runtime)) {
	threads.Lock()
	rt := threads.byID[id]
	if waiting, ok := threads.starting[id]; ok && rt == nil {
		threads.starting[id] = append(waiting, f)
		threads.Unlock()
		return
	}
	threads.Unlock()
	f(rt)
}

// Reachable makes a runtime the thread of an id, until the function that is
// returned is called.
func Reachable(rt *bind.Runtime, id int) (forget func()) {
	threads.Lock()
	if threads.byID[id] == nil {
		threads.byID[id] = rt
	}
	waiting := threads.starting[id]
	delete(threads.starting, id)
	threads.Unlock()
	rt.Post(func() { // after what begins the program
		for _, f := range waiting {
			f(rt)
		}
	})
	return func() {
		threads.Lock()
		defer threads.Unlock()
		if threads.byID[id] == rt {
			delete(threads.byID, id)
		}
	}
}

// outcome is what became of a message to a thread.
type outcome int

const (
	delivered outcome = iota
	noListener
	errored
)

// postMessageToThread is worker_threads.postMessageToThread(threadId, value,
// transferList, timeout).
func (m *module) postMessageToThread(c goja.FunctionCall) goja.Value {
	rt := m.rt
	p, resolve, reject := engine.NewPromise(rt.VM)
	result := rt.VM.ToValue(p)
	if ex := rt.VM.Try(func() {
		id, own := int(rt.Number(c.Argument(0), "threadId")), int(m.exports.Get("threadId").ToInteger())
		list, limit := c.Argument(2), c.Argument(3)
		if goja.IsNumber(list) {
			list, limit = goja.Undefined(), list
		}
		var timeout time.Duration
		if !goja.IsUndefined(limit) {
			timeout = time.Duration(rt.NumberIn(limit, "timeout", 0, bind.MaxSafe) * float64(time.Millisecond))
		}
		if id == own {
			rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_WORKER_MESSAGING_SAME_THREAD", "Cannot sent a message to the same thread"))
		}
		var transfer []goja.Value
		if !bind.IsNullish(list) {
			transfer = messagingmod.Transfers(rt, list)
		}
		message := rt.Serialize(c.Argument(1), transfer)
		failed := func() error {
			return nodeerr.New(nodeerr.KindError, "ERR_WORKER_MESSAGING_FAILED", "Cannot find the destination thread or listener")
		}
		rt.Loop.Hold()
		settled := false
		done := func(o outcome) {
			if settled {
				return
			}
			settled = true
			rt.Loop.Release()
			switch o {
			case delivered:
				_ = resolve(goja.Undefined())
			case noListener:
				_ = reject(rt.ErrorValue(failed()))
			default:
				_ = reject(rt.ErrorValue(nodeerr.New(nodeerr.KindError, "ERR_WORKER_MESSAGING_ERRORED", "The destination thread threw an error while processing the message")))
			}
		}
		if timeout > 0 {
			time.AfterFunc(timeout, func() {
				rt.Post(func() {
					if !settled {
						settled = true
						rt.Loop.Release()
						_ = reject(rt.ErrorValue(nodeerr.New(nodeerr.KindError, "ERR_WORKER_MESSAGING_TIMEOUT", "Sending a message to another thread timed out")))
					}
				})
			})
		}
		reach(id, func(to *bind.Runtime) {
			if to == nil || !to.Post(func() {
				o := arrive(to, message, own)
				rt.Post(func() { done(o) })
			}) {
				rt.Post(func() { done(noListener) })
			}
		})
	}); ex != nil {
		_ = reject(ex.Value())
	}
	return result
}

// arrive emits 'workerMessage' in the thread that a message was sent to.
func arrive(rt *bind.Runtime, message any, source int) outcome {
	process := processmod.Of(rt).Obj
	count := rt.Call(bind.Get(process, "listenerCount"), process, rt.VM.ToValue("workerMessage"))
	if count.ToInteger() == 0 {
		return noListener
	}
	if ex := rt.VM.Try(func() {
		v, _ := rt.Deserialize(message)
		rt.Call(bind.Get(process, "emit"), process, rt.VM.ToValue("workerMessage"), v, rt.VM.ToValue(source))
	}); ex != nil {
		return errored
	}
	return delivered
}
