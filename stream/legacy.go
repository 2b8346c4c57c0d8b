package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
)

// LegacySource is an object of the time before Readable: an emitter with 'data',
// 'end' and 'close'. It may also have Pause and Resume.
type LegacySource interface {
	Emitting
	// Readable is the property readable, for the decision to resume.
	Readable() bool
}

// LegacyDestination is what LegacyPipe writes to. It may also have
// Destroy(error).
type LegacyDestination interface {
	Emitting
	Writable() bool
	Write(c buffer.Chunk, enc string, cb func(error)) bool
	End(c buffer.Chunk, enc string, cb func(error))
}

type (
	pauser  interface{ Pause() }
	resumer interface{ Resume() }
)

// legacyPipe is one connection of LegacyPipe.
type legacyPipe struct {
	src   LegacySource
	dst   LegacyDestination
	ended bool

	onData, onDrain, onEnd, onClose, onSrcError, onDstError, onCleanup events.Listener
}

// LegacyPipe is pipe of the base class Stream, from which Readable's differs.
func LegacyPipe(src LegacySource, dst LegacyDestination, o PipeOptions) {
	p := &legacyPipe{src: src, dst: dst}
	p.onData.Init(p, "ondata", false)
	add(src, "data", &p.onData)
	p.onDrain.Init(p, "ondrain", false)
	add(dst, "drain", &p.onDrain)
	p.onEnd.Init(p, "onend", false)
	p.onClose.Init(p, "onclose", false)
	if !o.KeepOpen {
		add(src, "end", &p.onEnd)
		add(src, "close", &p.onClose)
	}
	p.onSrcError.Init(p, "onerror", false)
	p.onDstError.Init(p, "onerror", false)
	src.AddListener(events.Name("error"), &p.onSrcError, true)
	dst.AddListener(events.Name("error"), &p.onDstError, true)
	p.onCleanup.Init(p, "cleanup", false)
	add(src, "end", &p.onCleanup)
	add(src, "close", &p.onCleanup)
	add(dst, "close", &p.onCleanup)
	dst.Emit("pipe", object(src))
}

// Receive implements events.Receiver.
func (p *legacyPipe) Receive(l *events.Listener, args []any) {
	switch l {
	case &p.onData:
		if p.dst.Writable() && !p.dst.Write(chunkArg(args), "", nil) {
			if s, ok := p.src.(pauser); ok {
				s.Pause()
			}
		}
	case &p.onDrain:
		if s, ok := p.src.(resumer); ok && p.src.Readable() {
			s.Resume()
		}
	case &p.onEnd:
		if !p.ended {
			p.ended = true
			p.dst.End(none, "", nil)
		}
	case &p.onClose:
		if !p.ended {
			p.ended = true
			if d, ok := p.dst.(interface{ Destroy(err error) }); ok {
				d.Destroy(nil)
			}
		}
	case &p.onSrcError:
		p.failed(p.src, args)
	case &p.onDstError:
		p.failed(p.dst, args)
	case &p.onCleanup:
		p.cleanup()
	}
}

// failed does not swallow the error of an object without other listeners.
func (p *legacyPipe) failed(e Emitting, args []any) {
	p.cleanup()
	if e.ListenerCount("error") == 0 {
		e.Emit("error", args...)
	}
}

func (p *legacyPipe) cleanup() {
	remove(p.src, "data", &p.onData)
	remove(p.dst, "drain", &p.onDrain)
	remove(p.src, "end", &p.onEnd)
	remove(p.src, "close", &p.onClose)
	remove(p.src, "error", &p.onSrcError)
	remove(p.dst, "error", &p.onDstError)
	remove(p.src, "end", &p.onCleanup)
	remove(p.src, "close", &p.onCleanup)
	remove(p.dst, "close", &p.onCleanup)
}
