package asynchooksmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/loop"
)

// reactions hands scopes on to the reactions of promises: the stores as they
// stood at the then. While hooks are enabled each promise is a resource of its
// own; otherwise what runs for a promise has no id, as in Node.
type reactions struct {
	t      *tracker
	told   bool // hooks are told of what is grabbed now
	inside bool // a reaction of which hooks are told runs
	remove func()
}

// reaction is the scope of a reaction of which hooks are told.
type reaction struct{ stores []entry }

var _ goja.AsyncContextTracker = (*reactions)(nil)

// Tell says whether hooks are told of the reactions that are grabbed from now
// on.
func (r *reactions) Tell(on bool) { r.told = on }

// Grab returns the present stores for a promise's reaction.
func (r *reactions) Grab() any {
	now := r.t.now()
	switch {
	case r.told:
		return &reaction{now.stores}
	case len(now.stores) == 0:
		return nil
	case now.id == 0:
		return now
	}
	return &scope{stores: now.stores}
}

// Resumed begins a reaction.
func (r *reactions) Resumed(context any) {
	t := r.t
	if x, ok := context.(*reaction); ok {
		r.inside = true
		t.current = &scope{stores: x.stores}
		return
	}
	t.current, _ = context.(*scope)
	if r.remove == nil {
		return
	}
	// Its promise was made before there were hooks.
	s := &scope{id: t.nextID(), trigger: t.now().id}
	if t.current != nil {
		s.stores = t.current.stores
	}
	t.current = s
	t.enter(entered{s: s})
}

// Exited ends it.
func (r *reactions) Exited() {
	t := r.t
	if r.inside {
		return // until the promise was told of
	}
	if s := t.current; s != nil && s.id != 0 {
		if len(t.m.hooks) > 0 {
			t.m.tell("promiseResolve", s.id)
		}
		t.leave(s)
	}
	t.current = nil
}

// update has the engine tell of promises while hooks are enabled. They end a job
// later, since a reaction may be under way.
func (r *reactions) update() {
	m := r.t.m
	if len(m.hooks) == 0 {
		if r.remove != nil {
			engine.Enqueue(m.rt.VM, func() {
				if len(m.hooks) == 0 && r.remove != nil {
					r.remove()
					r.remove = nil
				}
			})
		}
		return
	}
	if r.remove != nil {
		return
	}
	r.remove = m.rt.Value(lang.Key{}).(*lang.Hooks).TracePromises().Add(&engine.PromiseHooks{
		Init: r.made, Before: r.before, After: r.after, Settled: r.settled,
	})
}

func (r *reactions) made(p, parent *goja.Object) {
	if len(r.t.m.hooks) == 0 {
		return
	}
	if s, fresh := r.scopeOf(p, parent); fresh {
		r.t.m.init(s, "PROMISE")
	}
}

// scopeOf returns the ids of a promise, and whether they were given now; parent,
// which may be nil, is what caused it then.
func (r *reactions) scopeOf(p, parent *goja.Object) (s *scope, fresh bool) {
	if id := p.GetSymbol(asyncID); id != nil {
		s = &scope{id: id.ToInteger(), resource: p}
		if trigger := p.GetSymbol(triggerID); trigger != nil {
			s.trigger = trigger.ToInteger()
		}
		return s, false
	}
	t := r.t
	s = &scope{trigger: t.now().id, resource: p}
	if parent != nil {
		x, _ := r.scopeOf(parent, nil)
		s.trigger = x.id
	}
	s.id = t.nextID()
	_ = p.SetSymbol(asyncID, t.m.rt.VM.ToValue(s.id))
	_ = p.SetSymbol(triggerID, t.m.rt.VM.ToValue(s.trigger))
	return s, true
}

func (r *reactions) before(p *goja.Object) {
	t := r.t
	s, _ := r.scopeOf(p, nil)
	s.stores = t.now().stores
	t.current = s
	t.enter(entered{s: s})
}

func (r *reactions) after(p *goja.Object) {
	t := r.t
	s, _ := r.scopeOf(p, nil)
	if n := len(t.entered); n > 0 && t.entered[n-1].s.id == s.id {
		s = t.entered[n-1].s
	}
	t.leave(s)
	r.inside = false
	t.current = nil
}

func (r *reactions) settled(p *goja.Object) {
	if len(r.t.m.hooks) == 0 {
		return
	}
	s, _ := r.scopeOf(p, nil)
	r.t.m.tell("promiseResolve", s.id)
}

// snapshot returns what runs a task in the present stores, with the id of a
// promise or none (bind.Runtime.AsyncSnapshot).
func (t *tracker) snapshot(p *goja.Promise) func(loop.Task) {
	s := &scope{stores: t.now().stores}
	return func(task loop.Task) {
		if o, ok := t.m.rt.VM.ToValue(p).(*goja.Object); ok && p != nil && t.ids {
			if id := o.GetSymbol(asyncID); id != nil {
				known, _ := t.m.reactions.scopeOf(o, nil)
				s.id, s.trigger, s.resource = known.id, known.trigger, o
			}
		}
		prev := t.current
		t.current = s
		task.Run()
		t.current = prev
	}
}
