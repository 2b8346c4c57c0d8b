package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// pipeListeners are what a pipe listens with: three to the source, the rest to
// the destination.
//
// The pipes of a loop have one set together where a source has one pipe and a
// destination too, which is nearly always: such listeners find the pipe by the
// object whose event it is, so a pipe costs them nothing and the tables of
// listeners are shared (see events.NewMethod). Other pipes have a set each.
type pipeListeners struct {
	onEnd, onData                                 *events.Listener
	onUnpipe, onError, onClose, onFinish, onDrain *events.Listener
}

// PipeEnd is what a destination that has it needs for listeners of that kind:
// embed it beside the Emitter.
type PipeEnd struct{ in *pipe }

func (e *PipeEnd) pipeEnd() *PipeEnd { return e }

// piped is a destination with a PipeEnd.
type piped interface {
	events.Object
	pipeEnd() *PipeEnd
}

type pipeListenersKey struct{}

// sharedListeners returns the set of a loop.
func sharedListeners(l *loop.Loop) *pipeListeners {
	if s, ok := l.Slot(pipeListenersKey{}).(*pipeListeners); ok {
		return s
	}
	from := func(e *events.Emitter) *pipe {
		if s, ok := e.Self().(Streamer); ok {
			return s.AsStream().out
		}
		return nil
	}
	into := func(e *events.Emitter) *pipe {
		if d, ok := e.Self().(piped); ok {
			return d.pipeEnd().in
		}
		return nil
	}
	s := &pipeListeners{}
	method := func(at **events.Listener, make func(string, func(*events.Emitter, ...any)) *events.Listener, name string, length uint8,
		find func(*events.Emitter) *pipe, f func(p *pipe, args []any)) {
		*at = make(name, func(e *events.Emitter, args ...any) {
			if p := find(e); p != nil {
				f(p, args)
			}
		})
		s.describe(*at, length, find)
	}
	s.onData = events.NewTypedMethod("ondata", func(e *events.Emitter, c buffer.Chunk) {
		if p := from(e); p != nil {
			p.data(c)
		}
	}, chunkArg)
	s.describe(s.onData, 1, from)
	method(&s.onEnd, events.OnceMethod, "onend", 0, from, func(p *pipe, _ []any) { p.onEnd() })
	method(&s.onUnpipe, events.NewMethod, "onunpipe", 2, into, (*pipe).unpiped)
	method(&s.onError, events.NewMethod, "onerror", 1, into, (*pipe).failed)
	method(&s.onClose, events.OnceMethod, "onclose", 0, into, func(p *pipe, _ []any) { p.onClose() })
	method(&s.onFinish, events.OnceMethod, "onfinish", 0, into, func(p *pipe, _ []any) { p.onFinish() })
	method(&s.onDrain, events.NewMethod, "pipeOnDrainFunctionResult", 0, into, func(p *pipe, _ []any) { p.drained() })
	l.SetSlot(pipeListenersKey{}, s)
	return s
}

// describe completes a listener of the shared set: a program that looks at one
// is to see the function of one pipe.
func (s *pipeListeners) describe(l *events.Listener, length uint8, find func(*events.Emitter) *pipe) {
	l.Length = length
	l.Individually(func(e *events.Emitter) *events.Listener {
		p := find(e)
		if p == nil || p.on != s {
			return nil
		}
		p.part()
		for i, x := range s.list() {
			if x == l {
				return p.on.list()[i]
			}
		}
		return nil
	})
}

func (s *pipeListeners) list() [7]*events.Listener {
	return [...]*events.Listener{s.onEnd, s.onData, s.onUnpipe, s.onError, s.onClose, s.onFinish, s.onDrain}
}

// ownListeners is the set of one pipe.
type ownListeners struct {
	pipeListeners
	p                                             *pipe
	end, data, unpipe, err, close, finish, drains events.Listener
}

func (p *pipe) ownListeners() *pipeListeners {
	o := &ownListeners{p: p}
	o.pipeListeners = pipeListeners{
		onEnd: &o.end, onData: &o.data,
		onUnpipe: &o.unpipe, onError: &o.err, onClose: &o.close, onFinish: &o.finish, onDrain: &o.drains,
	}
	if p.keepOpen {
		o.end.Init(o, "unpipe", true)
	} else {
		o.end.Init(o, "onend", true)
	}
	o.data.Init(o, "ondata", false)
	o.unpipe.Init(o, "onunpipe", false)
	o.err.Init(o, "onerror", false)
	o.close.Init(o, "onclose", true)
	o.finish.Init(o, "onfinish", true)
	o.drains.Init(o, "pipeOnDrainFunctionResult", false)
	o.unpipe.Length, o.data.Length, o.err.Length = 2, 1, 1
	return &o.pipeListeners
}

// Receive implements events.Receiver.
func (o *ownListeners) Receive(l *events.Listener, args []any) {
	p := o.p
	switch l {
	case &o.data:
		p.data(chunkArg(args))
	case &o.drains:
		p.drained()
	case &o.end:
		p.onEnd()
	case &o.unpipe:
		p.unpiped(args)
	case &o.err:
		p.failed(args)
	case &o.close:
		p.onClose()
	case &o.finish:
		p.onFinish()
	}
}

// ReceiveValue implements events.ValueReceiver: 'data' is the one event with a
// value.
func (o *ownListeners) ReceiveValue(_ *events.Listener, c buffer.Chunk) { o.p.data(c) }

// listen gives p its listeners: those of the loop, if p is the only pipe at both
// ends, else its own.
func (p *pipe) listen() {
	d, ok := p.dst.(piped)
	if !ok || p.keepOpen || p.src.out != nil || d.pipeEnd().in != nil {
		p.on = p.ownListeners()
		return
	}
	p.on = sharedListeners(p.src.loop)
	p.src.out, d.pipeEnd().in = p, p
}

// part gives p listeners of its own in the place of the shared ones.
func (p *pipe) part() {
	old := p.on.list()
	p.leave()
	p.on = p.ownListeners()
	for _, e := range [...]*events.Emitter{&p.src.Emitter, p.dst.(piped).Base()} {
		for _, key := range e.Keys() {
			list := append([]*events.Listener(nil), e.Listeners(key)...)
			for i := range list {
				for j, l := range old {
					if list[i] == l {
						list[i] = p.on.list()[j]
					}
				}
			}
			e.SetListeners(key, list)
		}
	}
}

// leave takes p, which has the shared listeners, off its ends.
func (p *pipe) leave() { p.src.out, p.dst.(piped).pipeEnd().in = nil, nil }

// leaveTick is that, once no emit is under way in which p is to be found.
type leaveTick pipe

func (t *leaveTick) Run() {
	if p := (*pipe)(t); p.src.out == p {
		p.leave()
	}
}

// pipeOf returns the pipe that l, a listener of e, belongs to, nil for none.
func pipeOf(e *events.Emitter, l *events.Listener) *pipe {
	if o, ok := l.Receiver().(*ownListeners); ok {
		return o.p
	}
	if s, ok := e.Self().(Streamer); ok {
		if p := s.AsStream().out; p != nil && l == p.on.onData {
			return p
		}
	}
	if d, ok := e.Self().(piped); ok {
		if p := d.pipeEnd().in; p != nil && l == p.on.onUnpipe {
			return p
		}
	}
	return nil
}
