package asynchooksmod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
)

// scope is an asynchronous context. It does not change once made.
type scope struct {
	stores      []entry // one per AsyncLocalStorage
	id, trigger int64
	resource    goja.Value
	promise     bool // of a promise's reaction
}

type entry struct {
	key   *storage
	value goja.Value
}

func (s *scope) find(k *storage) (goja.Value, bool) {
	if s != nil {
		for i := range s.stores {
			if s.stores[i].key == k {
				return s.stores[i].value, true
			}
		}
	}
	return nil, false
}

// with returns the scope with a store set; a nil value takes it out.
func (s *scope) with(k *storage, v goja.Value) *scope {
	out := &scope{}
	if s != nil {
		*out = *s
		out.stores = make([]entry, 0, len(s.stores)+1)
		for _, e := range s.stores {
			if e.key != k {
				out.stores = append(out.stores, e)
			}
		}
	}
	if v != nil {
		out.stores = append(out.stores, entry{k, v})
	}
	return out
}

// tracker hands scopes on: it is the loop's Tracker and goja's.
type tracker struct {
	m       *module
	on      bool
	ids     bool // every tick, timer and request gets an id
	current *scope
	root    scope // where no work is under way
	last    int64 // id given out last
}

// start begins to track.
func (t *tracker) start() {
	if t.on {
		return
	}
	t.on = true
	t.m.rt.Loop.SetTracker(t)
	t.m.rt.VM.SetAsyncContextTracker(t)
	t.m.rt.ResetAsync = t.reset
}

// startIDs begins to give out ids.
func (t *tracker) startIDs() {
	t.start()
	t.ids = true
}

// reset ends the scope: a call-out of the loop begins.
func (t *tracker) reset() { t.current, t.root.id = nil, 0 }

// now is the present scope, never nil.
func (t *tracker) now() *scope {
	if t.current != nil {
		return t.current
	}
	return &t.root
}

func (t *tracker) nextID() int64 {
	t.last++
	return t.last
}

// resource is queued work that async_hooks knows by a name.
type resource interface{ AsyncType() string }

// Queued wraps a task that is queued now, for its scope.
func (t *tracker) Queued(task loop.Task) loop.Task {
	s := t.current
	r, known := task.(resource)
	if !t.ids || !known {
		if s == nil && t.root.stores == nil {
			return task
		}
		return &queued{t: t, task: task, s: t.now()}
	}
	q := &queued{t: t, task: task, s: t.child(r), hooked: true}
	if len(t.m.hooks) > 0 {
		t.m.init(q.s, typeName(r.AsyncType()))
		if o, ok := q.s.resource.(*goja.Object); ok {
			t.m.live[o] = q.s
		}
	}
	return q
}

// typeName is a resource's name as async_hooks shows it: those of requests are
// in capitals.
func typeName(name string) string {
	if strings.Contains(name, "Req") || strings.HasSuffix(name, "Wrap") {
		return strings.ToUpper(name)
	}
	return name
}

// child makes the scope of new work.
func (t *tracker) child(r resource) *scope {
	now := t.now()
	s := &scope{stores: now.stores, id: t.nextID(), trigger: now.id}
	if o, ok := r.(interface{ AsyncObject() *goja.Object }); ok {
		s.resource = o.AsyncObject()
	}
	return s
}

// queued is a task with its scope.
type queued struct {
	t      *tracker
	task   loop.Task
	s      *scope
	hooked bool
}

// Unwrap returns the task itself.
func (q *queued) Unwrap() loop.Task { return q.task }

// Run runs the task in its scope. An exception leaves the scope to the handlers
// of uncaught exceptions.
func (q *queued) Run() {
	t := q.t
	prev := t.current
	t.current = q.s
	if q.hooked && len(t.m.hooks) > 0 {
		t.m.tell("before", q.s)
	}
	q.task.Run()
	if q.hooked && len(t.m.hooks) > 0 {
		t.m.tell("after", q.s)
		if l, ok := q.task.(interface{ AsyncAlive() bool }); !ok || !l.AsyncAlive() {
			t.m.destroyed(q.s)
		}
	}
	t.current = prev
}

// Grab returns the present scope, for a handle or a promise's reaction. Hooks
// are told of the reaction as of a promise.
func (t *tracker) Grab() any {
	if t.promises() {
		now := t.now()
		s := &scope{stores: now.stores, id: t.nextID(), trigger: now.id, promise: true}
		t.m.init(s, "PROMISE")
		return s
	}
	if t.current == nil && t.root.id == 0 && t.root.stores == nil {
		return nil
	}
	return t.now()
}

// Run runs a handle's call-out in its scope, which an exception leaves to the
// handlers of uncaught ones.
func (t *tracker) Run(context any, task loop.Task) {
	prev := t.current
	t.current, _ = context.(*scope)
	task.Run()
	t.current = prev
}

// Resumed begins the reaction of a promise.
func (t *tracker) Resumed(context any) {
	s, _ := context.(*scope)
	if s != nil && s.promise {
		t.current = s
		t.m.tell("before", s)
		return
	}
	if t.ids && s != nil {
		s = &scope{stores: s.stores, id: t.nextID(), trigger: s.id}
	}
	t.current = s
}

// Exited ends it.
func (t *tracker) Exited() {
	if s := t.current; s != nil && s.promise && len(t.m.hooks) > 0 {
		t.m.tell("promiseResolve", s)
		t.m.tell("after", s)
	}
	t.current = nil
}

// promises reports whether hooks hear of promises.
func (t *tracker) promises() bool { return t.ids && len(t.m.hooks) > 0 && !t.m.telling }

// within runs f in a scope; an exception leaves it too.
func (t *tracker) within(s *scope, f func() goja.Value) goja.Value {
	prev, root := t.current, t.root
	t.current = s
	defer func() { t.current, t.root.stores = prev, root.stores }()
	return f()
}

var _ loop.Tracker = (*tracker)(nil)
var _ goja.AsyncContextTracker = (*tracker)(nil)

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
	t       tracker
	hooks   []*hook                 // enabled
	telling bool                    // hooks are being called
	live    map[*goja.Object]*scope // timers and immediates that hooks were told of
	storage *bind.Class
	res     *bind.Class
	hook    *bind.Class
	top     *goja.Object // executionAsyncResource() outside any
}

type moduleKey struct{}

// Load returns the exports of node:async_hooks.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject(), top: rt.VM.NewObject()}
	m.live = map[*goja.Object]*scope{}
	m.t = tracker{m: m, last: 1}
	m.t.root.id = 1 // until the main script has run
	rt.ResetAsync = m.t.reset
	rt.AsyncCleared = func(o *goja.Object) {
		if s := m.live[o]; s != nil {
			rt.Loop.NextTickFunc(func() { m.destroyed(s) })
		}
	}
	rt.SetValue(moduleKey{}, m)
	m.defineStorage()
	m.defineResource()
	m.defineHook()
	set := func(name string, n int, f bind.Method) { _ = m.exports.Set(name, rt.Func(name, n, f)) }
	_ = m.exports.Set("AsyncLocalStorage", m.storage.Ctor)
	set("createHook", 1, m.createHook)
	set("executionAsyncId", 0, func(goja.FunctionCall) goja.Value {
		m.t.startIDs()
		return rt.VM.ToValue(m.t.now().id)
	})
	set("triggerAsyncId", 0, func(goja.FunctionCall) goja.Value {
		m.t.startIDs()
		return rt.VM.ToValue(m.t.now().trigger)
	})
	set("executionAsyncResource", 0, func(goja.FunctionCall) goja.Value {
		m.t.startIDs()
		if r := m.t.now().resource; r != nil {
			return r
		}
		return m.top
	})
	providers := rt.VM.NewObject()
	_ = providers.SetPrototype(nil)
	for i, name := range providerNames {
		_ = providers.Set(name, i)
	}
	object := rt.VM.Get("Object").(*goja.Object)
	_ = m.exports.Set("asyncWrapProviders", rt.Call(object.Get("freeze"), object, providers))
	_ = m.exports.Set("AsyncResource", m.res.Ctor)
	return m
}

// providerNames are the kinds of resources that this program makes.
var providerNames = []string{"NONE", "FSREQCALLBACK", "FSREQPROMISE", "GETADDRINFOREQWRAP", "GETNAMEINFOREQWRAP", "HTTPINCOMINGMESSAGE",
	"HTTPCLIENTREQUEST", "PIPECONNECTWRAP", "PIPESERVERWRAP", "PIPEWRAP", "PROCESSWRAP", "PROMISE", "SHUTDOWNWRAP", "SIGNALWRAP",
	"TCPCONNECTWRAP", "TCPSERVERWRAP", "TCPSOCKETWRAP", "TTYWRAP", "WRITEWRAP"}
