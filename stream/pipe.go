package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// Emitting is what the algorithms here need of any emitter: *events.Emitter has
// it, a *Stream has it with the self-calls that Node makes, and a host gives it
// to its own objects. Values must be comparable: one object, one value.
type Emitting interface {
	// AddListener is this.on(key, l), or prependListener(this, key, l).
	AddListener(key events.Key, l *events.Listener, prepend bool)
	RemoveListener(key events.Key, l *events.Listener) bool
	Emit(name string, args ...any) bool
	ListenerCount(name string) int
}

// Destination is what Pipe needs of its target. A target that is no Stream
// (http's OutgoingMessage, an object of a program) has it too.
type Destination interface {
	Emitting
	Write(c buffer.Chunk, enc string, cb func(error)) bool
	End(c buffer.Chunk, enc string, cb func(error))
	WritableNeedDrain() bool
}

// stateful is a Destination that is no Stream but has a _writableState or a
// _readableState of its own making.
type stateful interface {
	// PipeState returns _writableState.needDrain (true without a
	// _writableState), and errorEmitted of the first state there is; ok is
	// false without any.
	PipeState() (needDrain, errorEmitted, ok bool)
	// ErrorOrDestroy fails the object with err.
	ErrorOrDestroy(err error, sync bool)
}

// PipeOptions are the options of Pipe.
type PipeOptions struct {
	// KeepOpen is end: false: dst is not ended when the source ends.
	KeepOpen bool
}

// UnpipeInfo is the second argument of 'unpipe'. The listeners share it. Host
// and Changed are for the host: its object, and what to call when HasUnpiped
// has changed.
type UnpipeInfo struct {
	HasUnpiped bool
	Host       any
	Changed    func()
}

// pipe is one connection.
type pipe struct {
	src *Stream
	dst Destination
	on  *pipeListeners // which programs can see

	room [1]Destination // of the source's list, for its first pipe

	keepOpen bool // 'end' unpipes
	drains   bool // onDrain is installed
	cleaned  bool

	ended, closed, finished bool // that listener was called
}

func listener(name string, once bool, fn func(args ...any)) *events.Listener {
	l := events.NewListener(fn, once)
	l.Name = name
	return l
}

func add(e Emitting, name string, l *events.Listener) { e.AddListener(events.Name(name), l, false) }

func remove(e Emitting, name string, l *events.Listener) {
	e.RemoveListener(events.Name(name), l)
}

// Pipe is this.pipe(dst, opts): everything read is written to dst, as fast as
// dst takes it.
func (s *Stream) Pipe(dst Destination, o PipeOptions) {
	if m := s.Override(events.MethodPipe); m != nil {
		if o.KeepOpen {
			m.Call(object(dst), o)
		} else {
			m.Call(object(dst))
		}
		return
	}
	s.BasePipe(dst, o)
}

// object is what a host knows a value by: the object that embeds a Stream.
func object(v any) any {
	if o, ok := v.(events.Object); ok {
		if self := o.Base().Self(); self != nil {
			return self
		}
	}
	return v
}

// same reports whether two destinations are one object.
func same(a, b any) bool {
	if a == b {
		return true
	}
	x, ok := a.(events.Object)
	if !ok {
		return false
	}
	y, ok := b.(events.Object)
	return ok && x.Base() == y.Base()
}

// BasePipe is readable.pipe
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#readablepipedestination-options).
// A stream without a readable half fails with ERR_STREAM_CANNOT_PIPE.
func (s *Stream) BasePipe(dst Destination, o PipeOptions) {
	if !s.HasReadable() {
		s.errorOrDestroy(nodeerr.StreamCannotPipe(), false)
		return
	}
	r := &s.r
	if len(r.pipes) == 1 {
		r.f.set(rMultiAwaitDrain)
	}
	p := &pipe{src: s, dst: dst, keepOpen: o.KeepOpen}
	if r.pipes == nil {
		r.pipes = p.room[:0]
	}
	r.pipes = append(r.pipes, dst)
	p.listen()
	if r.f.has(rEndEmitted) {
		s.loop.NextTickFunc(p.end)
	} else {
		add(s, "end", p.on.onEnd)
	}
	add(dst, "unpipe", p.on.onUnpipe)
	add(s, "data", p.on.onData)
	dst.AddListener(events.Name("error"), p.on.onError, true)
	add(dst, "close", p.on.onClose)
	add(dst, "finish", p.on.onFinish)

	if o, ok := dst.(events.Object); !ok || o.Base().Hears("pipe") {
		dst.Emit("pipe", object(s))
	}

	if dst.WritableNeedDrain() {
		p.pause()
	} else if !r.f.has(rFlowing) {
		s.Resume()
	}
}

// Straight returns the destination that alone gets a chunk which is pushed now,
// in this call-out unless the destination is full: the stream flows, nothing
// waits in it, its one listener for 'data' is a pipe's, and no program has
// replaced what lies between. nil where that is not so.
func (s *Stream) Straight() Destination {
	r := &s.r
	if len(r.pipes) != 1 || r.length != 0 || r.errored != nil || s.decoder() != nil ||
		r.f&(rFlowing|rConstructed|rObjectMode|rEnded|rDestroyed) != rFlowing|rConstructed ||
		s.Override(events.MethodPush) != nil || s.Override(events.MethodEmit) != nil {
		return nil
	}
	if p := s.onlyPipe(); p != nil {
		return p.dst
	}
	return nil
}

// onlyPipe returns the pipe whose listener for 'data' is the only one.
func (s *Stream) onlyPipe() *pipe {
	list := s.Listeners(events.Name("data"))
	if len(list) != 1 {
		return nil
	}
	if p := pipeOf(&s.Emitter, list[0]); p != nil && !p.cleaned {
		return p
	}
	return nil
}

func (p *pipe) data(c buffer.Chunk) {
	more, err, thrown := p.write(c)
	if thrown {
		if d, ok := p.dst.(interface{ Destroy(err error) }); ok {
			d.Destroy(err)
		}
	} else if !more {
		p.pause()
	}
}

// write writes to dst and catches what it throws.
func (p *pipe) write(c buffer.Chunk) (more bool, err error, thrown bool) {
	defer func() {
		if r := recover(); r != nil {
			err, thrown = p.src.Caught(r), true
		}
	}()
	return p.dst.Write(c, "", nil), nil, false
}

// onEnd is the source's 'end'.
func (p *pipe) onEnd() {
	if !p.ended {
		p.ended = true
		p.end()
	}
}

func (p *pipe) end() {
	if p.keepOpen {
		p.unpipe()
	} else {
		p.dst.End(none, "", nil)
	}
}

func (p *pipe) unpipe() { p.src.Unpipe(p.dst) }

// onClose and onFinish are dst's 'close' and 'finish'.
func (p *pipe) onClose() {
	if !p.closed {
		p.closed = true
		remove(p.dst, "finish", p.on.onFinish)
		p.unpipe()
	}
}

func (p *pipe) onFinish() {
	if !p.finished {
		p.finished = true
		remove(p.dst, "close", p.on.onClose)
		p.unpipe()
	}
}

// pause stops the source until dst has drained.
func (p *pipe) pause() {
	r := &p.src.r
	// A dst that was unpiped while it was written to, must not stop the source.
	if !p.cleaned {
		if len(r.pipes) == 1 && same(r.pipes[0], p.dst) {
			r.await = append(r.await[:0], p.dst)
			r.f.clear(rMultiAwaitDrain)
		} else if len(r.pipes) > 1 && indexOf(r.pipes, p.dst) >= 0 && indexOf(r.await, p.dst) < 0 {
			r.await = append(r.await, p.dst)
		}
		p.src.Pause()
	}
	if !p.drains {
		p.drains = true
		add(p.dst, "drain", p.on.onDrain)
	}
}

// drained lets the source flow again when no other destination is full.
func (p *pipe) drained() {
	s := p.src
	r := &s.r
	if i := indexOf(r.await, p.dst); i >= 0 {
		r.await = without(r.await, i)
	}
	if len(r.await) == 0 && s.ListenerCount("data") > 0 {
		s.Resume()
	}
}

func indexOf(list []Destination, d Destination) int {
	for i := range list {
		if same(list[i], d) {
			return i
		}
	}
	return -1
}

// without returns list without its i'th element, in a new array.
func without(list []Destination, i int) []Destination {
	if len(list) == 1 {
		return nil
	}
	out := make([]Destination, 0, len(list)-1)
	return append(append(out, list[:i]...), list[i+1:]...)
}

// unpiped is dst's 'unpipe'.
func (p *pipe) unpiped(args []any) {
	if len(args) == 0 || !same(args[0], p.src) {
		return
	}
	if len(args) > 1 {
		if info, ok := args[1].(*UnpipeInfo); ok && !info.HasUnpiped {
			info.HasUnpiped = true
			if info.Changed != nil {
				info.Changed()
			}
			p.cleanup()
		}
	}
}

func (p *pipe) cleanup() {
	s, dst := p.src, p.dst
	remove(dst, "close", p.on.onClose)
	remove(dst, "finish", p.on.onFinish)
	if p.drains {
		remove(dst, "drain", p.on.onDrain)
	}
	remove(dst, "error", p.on.onError)
	remove(dst, "unpipe", p.on.onUnpipe)
	remove(s, "end", p.on.onEnd)
	remove(s, "data", p.on.onData)
	p.cleaned = true
	if p.src.out == p {
		s.loop.NextTick((*leaveTick)(p)) // an emit under way may have listeners still to call
	}

	// The source may be waiting for this dst alone.
	if p.drains && (len(s.r.await) > 0 || s.r.f.has(rMultiAwaitDrain)) && needsDrain(dst) {
		p.drained()
	}
}

func needsDrain(dst Destination) bool {
	if s, ok := dst.(Streamer); ok {
		s := s.AsStream()
		return !s.HasWritable() || s.w.f.has(wNeedDrain)
	}
	if s, ok := dst.(stateful); ok {
		need, _, _ := s.PipeState()
		return need
	}
	return true
}

// failed is dst's 'error': the pipe ends, and the error is not swallowed.
func (p *pipe) failed(args []any) {
	p.unpipe()
	remove(p.dst, "error", p.on.onError)
	if p.dst.ListenerCount("error") > 0 {
		return
	}
	var arg any
	if len(args) > 0 {
		arg = args[0]
	}
	err := toError(p.src, arg)
	if s, ok := p.dst.(Streamer); ok {
		if s := s.AsStream(); s.HasWritable() && !s.w.f.has(wErrorEmitted) || !s.HasWritable() && !s.r.f.has(rErrorEmitted) {
			s.errorOrDestroy(err, false)
			return
		}
	} else if s, ok := p.dst.(stateful); ok {
		if _, emitted, ok := s.PipeState(); ok && !emitted {
			s.ErrorOrDestroy(err, false)
			return
		}
	}
	p.dst.Emit("error", arg)
}
