package stream

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
)

// pump writes the values of an iterator to a stream, as a pipeline does with a
// source that is no stream.
type pump struct {
	it      Iterator
	dst     PeerDestination
	finish  func(error)
	end     bool
	err     error
	waiting func()
	drain   *events.Listener
	cleanup func()
}

func startPump(it Iterator, dst PeerDestination, end bool, finish func(error)) {
	p := &pump{it: it, dst: dst, end: end, finish: finish}
	p.drain = listener("resume", false, func(...any) { p.resume(nil) })
	add(dst, "drain", p.drain)
	p.cleanup = Finished(dst, FinishedOptions{Readable: False}, p.resume)
	if dst.WritableNeedDrain() {
		p.wait(p.step)
	} else {
		p.step()
	}
}

// wait goes on with f after 'drain', or fails.
func (p *pump) wait(f func()) {
	if p.err != nil {
		p.fail(p.err)
		return
	}
	p.waiting = f
}

// resume is 'drain', or the end of dst.
func (p *pump) resume(err error) {
	if err != nil {
		p.err = err
	}
	f := p.waiting
	if f == nil {
		return
	}
	p.waiting = nil
	if p.err != nil {
		p.fail(p.err)
	} else {
		f()
	}
}

func (p *pump) step() {
	for {
		answered, again, within := false, false, true
		p.it.Next(func(c buffer.Chunk, end bool, err error) {
			answered = true
			again = p.take(c, end, err)
			if again && !within {
				p.step()
			}
		})
		within = false
		if !answered || !again {
			return
		}
	}
}

func (p *pump) take(c buffer.Chunk, end bool, err error) (again bool) {
	switch {
	case err != nil:
		p.close(aggregate(p.err, err))
	case !end:
		if p.dst.Write(c, "", nil) {
			return true
		}
		p.wait(p.step)
	case p.end:
		p.dst.End(none, "", nil)
		// Whoever else waits for the end of dst is told first.
		p.wait(func() { p.dst.StreamLoop().NextTickFunc(func() { p.close(nil) }) })
	default:
		p.close(nil)
	}
	return false
}

// fail ends the iteration because of dst.
func (p *pump) fail(err error) {
	p.it.Return(err, func(error) { p.close(err) })
}

func (p *pump) close(err error) {
	p.finish(err)
	p.cleanup()
	remove(p.dst, "drain", p.drain)
}
