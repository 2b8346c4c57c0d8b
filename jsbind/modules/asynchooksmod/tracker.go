package asynchooksmod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/loop"
)

// tracker hands scopes on: it is the loop's Tracker; reactions is the engine's.
type tracker struct {
	m       *module
	on      bool
	ids     bool // every tick, timer, handle and request gets an id
	current *scope
	root    scope // where no work is under way
	// entered are the scopes whose before was told and whose after was not, the
	// innermost last.
	entered []entered
	adopted *scope // of the call-out under way, which began without ids
}

type entered struct {
	s *scope
	q *queued // nil where s is no queued task's
}

// start begins to track.
func (t *tracker) start() {
	if t.on {
		return
	}
	t.on = true
	rt := t.m.rt
	rt.Loop.SetTracker(t)
	rt.Value(lang.Key{}).(*lang.Hooks).SetAsyncTracker(&t.m.reactions)
	rt.AsyncThrown = t.thrown
	rt.AsyncSnapshot = t.snapshot
}

// startIDs begins to give out ids.
func (t *tracker) startIDs() {
	if t.ids {
		return
	}
	t.start()
	t.ids = true
	t.m.rt.AsyncWork = t.work
	switch {
	case t.current != nil && t.current.id == 0:
		s := *t.current
		s.id, s.trigger = t.nextID(), 1
		t.adopt(&s)
	case t.current == nil && t.root.id == 0:
		t.adopt(&scope{id: t.nextID(), trigger: 1})
	}
}

// adopt gives ids to work that began before anybody asked for them.
func (t *tracker) adopt(s *scope) {
	t.current, t.adopted = s, s
	t.entered = append(t.entered, entered{s: s})
}

// reset ends the scope: a call-out of the loop begins.
func (t *tracker) reset() {
	if s := t.adopted; s != nil {
		t.adopted = nil
		_ = t.m.rt.InVM(func() { t.leave(s) })
	}
	t.current, t.root.id = nil, 0
	t.entered = t.entered[:0]
}

// now is the present scope, never nil.
func (t *tracker) now() *scope {
	if t.current != nil {
		return t.current
	}
	return &t.root
}

func (t *tracker) nextID() int64 { return t.m.rt.NextAsyncID() }

// statWatcher is a watcher's kind: it has one id, and its looks at the file none.
const statWatcher = "StatWatcher"

// resource is queued work that async_hooks knows by a name.
type resource interface{ AsyncType() string }

// Queued wraps a task that is queued now, for its scope.
func (t *tracker) Queued(task loop.Task) loop.Task {
	if t.ids {
		if r, known := task.(resource); known && r.AsyncType() != statWatcher {
			typ := typeName(r.AsyncType())
			q := t.hooked(task, typ)
			q.request = strings.Contains(typ, "REQ")
			return q
		}
	}
	return t.plain(task)
}

// Ticked is Queued for a tick; those of the built-in modules are ticks, too.
func (t *tracker) Ticked(task loop.Task) loop.Task {
	if t.ids {
		return t.hooked(task, "TickObject")
	}
	return t.plain(task)
}

// plain wraps a task that has no id of its own.
func (t *tracker) plain(task loop.Task) loop.Task {
	if t.current == nil {
		return task
	}
	return &queued{t: t, task: task, s: t.current}
}

func (t *tracker) hooked(task loop.Task, typ string) *queued {
	s := t.child(nil)
	q := &queued{t: t, task: task, s: s, hooked: true}
	if o, ok := task.(interface{ AsyncObject() *goja.Object }); ok {
		q.obj = o.AsyncObject()
		s.resource = q.obj
		t.m.rt.SetAsyncID(q.obj, s.id)
		t.m.live[q.obj] = s
	}
	t.m.init(s, typ)
	return q
}

// typeName is a resource's name as async_hooks shows it, those of requests and
// handles being in capitals.
func typeName(name string) string {
	switch {

	case name == "TCPSocketWrap":
		return "TCPWRAP"
	case strings.Contains(name, "Req"), strings.HasSuffix(name, "Wrap"), strings.HasPrefix(name, "HTTP"),
		name == "MessagePort", name == "Worker", name == "BlobReader", name == "DirHandle", name == statWatcher:
		return strings.ToUpper(name)
	}
	return name
}

// child makes the scope of new work; trigger is the scope that caused it, nil for
// the present one.
func (t *tracker) child(trigger *scope) *scope {
	now := t.now()
	if trigger == nil {
		trigger = now
	}
	return &scope{stores: now.stores, id: t.nextID(), trigger: trigger.id}
}

// Begin makes the context of a handle or a request.
func (t *tracker) Begin(kind string, trigger any) any {
	if !t.ids {
		if t.current == nil || len(t.current.stores) == 0 {
			return nil
		}
		return t.current
	}
	cause, _ := trigger.(*scope)
	s := t.child(cause)
	t.m.init(s, typeName(kind))
	return s
}

// work begins work with one task (bind.Runtime.AsyncWork).
func (t *tracker) work(typ string) func(loop.Task) {
	s := t.child(nil)
	t.m.init(s, typ)
	return func(task loop.Task) {
		t.Run(s, task)
		t.End(s)
	}
}

// End tells the hooks that work is over.
func (t *tracker) End(context any) {
	if s, ok := context.(*scope); ok && t.ids && s.id != 0 {
		t.m.destroyAfter(s.id)
	}
}

// Check tells of the ends that were noted.
func (t *tracker) Check() {
	t.m.ended, t.m.late = append(t.m.ended, t.m.late...), nil
	if len(t.m.ended) > 0 {
		t.m.rt.Loop.Callback(loop.Func(t.m.tellEnded))
	}
}

// queued is a task with its scope.
type queued struct {
	t      *tracker
	task   loop.Task
	s      *scope
	obj    *goja.Object // the program's object for it, if it has one
	hooked bool

	request bool // its end is told of after that of its ticks
}

// Unwrap returns the task itself.
func (q *queued) Unwrap() loop.Task { return q.task }

// Run runs the task in its scope. An exception leaves the scope to the handlers
// of uncaught exceptions.
func (q *queued) Run() {
	t := q.t
	prev := t.current
	t.current = q.s
	if !q.hooked {
		q.task.Run()
		t.current = prev
		return
	}
	t.enter(entered{q.s, q})
	q.task.Run()
	t.leave(q.s)
	q.end()
	t.current = prev
}

// end notes the task's end, unless it runs again.
func (q *queued) end() {
	if l, ok := q.task.(interface{ AsyncAlive() bool }); ok && l.AsyncAlive() {
		return
	}
	if q.obj != nil {
		if q.t.m.live[q.obj] != q.s {
			return // cleared
		}
		delete(q.t.m.live, q.obj)
	}
	if q.request {
		q.t.m.destroyAfter(q.s.id)
	} else {
		q.t.m.destroyLater(q.s.id)
	}
}

// Run runs a handle's call-out in its scope, which an exception leaves to the
// handlers of uncaught ones.
func (t *tracker) Run(context any, task loop.Task) {
	s, _ := context.(*scope)
	prev := t.current
	t.current = s
	if s == nil || s.id == 0 || !t.ids {
		task.Run()
		t.current = prev
		return
	}
	t.enter(entered{s: s})
	task.Run()
	t.leave(s)
	t.current = prev
}

// enter tells that the work of a scope begins to run.
func (t *tracker) enter(e entered) {
	t.entered = append(t.entered, e)
	if len(t.m.hooks) > 0 {
		t.m.tell("before", e.s.id)
	}
}

// leave tells that it has run; the program may have replaced the present scope.
func (t *tracker) leave(s *scope) {
	if n := len(t.entered); n > 0 && t.entered[n-1].s == s {
		t.entered = t.entered[:n-1]
	}
	if len(t.m.hooks) > 0 {
		t.current = s
		t.m.tell("after", s.id)
	}
}

// thrown follows the handlers of an uncaught exception: what was under way has
// run (bind.Runtime.AsyncThrown).
func (t *tracker) thrown() {
	for n := len(t.entered); n > 0 && t.ids; n = len(t.entered) {
		e := t.entered[n-1]
		t.leave(e.s)
		if e.q != nil {
			e.q.end()
		}
	}
	t.current, t.adopted = nil, nil
}

// within runs f in a scope; an exception leaves it too.
func (t *tracker) within(s *scope, f func() goja.Value) goja.Value {
	prev := t.current
	t.current = s
	defer func() { t.current = prev }()
	return f()
}

var _ loop.Tracker = (*tracker)(nil)
