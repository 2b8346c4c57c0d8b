package navigatormod

import (
	"fmt"
	"slices"
	"sort"
	"sync"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// request is a lock that is held or asked for.
type request struct {
	rt       *bind.Runtime
	name     string
	shared   bool
	granted  func() // on the loop of rt
	stolen   func()
	released bool
}

// locks are the process's: by name, those that are held and those that wait.
var locks = struct {
	sync.Mutex // guards the maps and the requests' released
	held       map[string][]*request
	queue      map[string][]*request
}{held: map[string][]*request{}, queue: map[string][]*request{}}

// free reports whether a lock could be held at once; the table is locked.
func (q *request) free() bool {
	for _, h := range locks.held[q.name] {
		if !q.shared || !h.shared {
			return false
		}
	}
	return true
}

// advance grants what can be granted of a name; the table is locked.
func advance(name string) {
	for len(locks.queue[name]) > 0 && locks.queue[name][0].free() {
		q := locks.queue[name][0]
		locks.queue[name] = locks.queue[name][1:]
		locks.held[name] = append(locks.held[name], q)
		q.rt.Post(q.granted)
	}
	if len(locks.queue[name]) == 0 {
		delete(locks.queue, name)
	}
	if len(locks.held[name]) == 0 {
		delete(locks.held, name)
	}
}

func (q *request) release() {
	locks.Lock()
	defer locks.Unlock()
	if q.released {
		return
	}
	q.released = true
	is := func(x *request) bool { return x == q }
	locks.held[q.name] = slices.DeleteFunc(locks.held[q.name], is)
	locks.queue[q.name] = slices.DeleteFunc(locks.queue[q.name], is)
	advance(q.name)
}

// requestLock asks for a lock: name, shared, ifAvailable, steal, then functions
// for when it is granted (with the function that releases it), when it is not
// available, and when it is stolen. The loop stays alive while it waits.
func requestLock(rt *bind.Runtime, c goja.FunctionCall) goja.Value {
	q := &request{rt: rt, name: c.Argument(0).String(), shared: c.Argument(1).ToBoolean()}
	ifAvailable, steal := c.Argument(2).ToBoolean(), c.Argument(3).ToBoolean()
	granted, unavailable, stolen := rt.Callable(c.Argument(4)), rt.Callable(c.Argument(5)), rt.Callable(c.Argument(6))
	waiting := true
	rt.Loop.Hold()
	settle := func() bool {
		was := waiting
		if waiting {
			waiting = false
			rt.Loop.Release()
		}
		return was
	}
	call := func(f bind.Method, args ...goja.Value) { f(goja.FunctionCall{This: goja.Undefined(), Arguments: args}) }
	q.granted = func() {
		if settle() {
			call(granted, rt.Func("release", 0, func(goja.FunctionCall) goja.Value {
				q.release()
				return goja.Undefined()
			}))
		}
	}
	q.stolen = func() { call(stolen) }
	locks.Lock()
	defer locks.Unlock()
	switch {
	case steal:
		robbed := locks.held[q.name]
		defer func() { // after the news of the new holder
			for _, h := range robbed {
				h.released = true
				h.rt.Post(h.stolen)
			}
		}()
		locks.held[q.name] = nil
		locks.queue[q.name] = append([]*request{q}, locks.queue[q.name]...)
	case ifAvailable && (!q.free() || len(locks.queue[q.name]) > 0):
		rt.Post(func() {
			if settle() {
				call(unavailable)
			}
		})
	default:
		locks.queue[q.name] = append(locks.queue[q.name], q)
	}
	advance(q.name)
	o := rt.VM.NewObject()
	_ = o.Set("cancel", rt.Func("cancel", 0, func(goja.FunctionCall) goja.Value {
		settle()
		q.release()
		return goja.Undefined()
	}))
	return o
}

// queryLocks is locks.query(): {held, pending}.
func queryLocks(rt *bind.Runtime) goja.Value {
	locks.Lock()
	defer locks.Unlock()
	list := func(by map[string][]*request) goja.Value {
		var names []string
		for name := range by {
			names = append(names, name)
		}
		sort.Strings(names)
		var out []any
		for _, name := range names {
			for _, q := range by[name] {
				o := rt.VM.NewObject()
				_ = o.Set("name", q.name)
				mode := "exclusive"
				if q.shared {
					mode = "shared"
				}
				_ = o.Set("mode", mode)
				_ = o.Set("clientId", fmt.Sprintf("node-%p", q.rt))
				out = append(out, o)
			}
		}
		return rt.VM.NewArray(out...)
	}
	o := rt.VM.NewObject()
	_ = o.Set("held", list(locks.held))
	_ = o.Set("pending", list(locks.queue))
	return o
}

// ReleaseAll releases the locks of a runtime that has ended.
func ReleaseAll(rt *bind.Runtime) {
	locks.Lock()
	defer locks.Unlock()
	for _, by := range []map[string][]*request{locks.held, locks.queue} {
		for name, list := range by {
			by[name] = slices.DeleteFunc(slices.Clone(list), func(q *request) bool {
				if q.rt == rt {
					q.released = true
				}
				return q.rt == rt
			})
			defer advance(name)
		}
	}
}
