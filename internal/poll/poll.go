package poll

import (
	"fmt"
	"reflect"

	"github.com/panjf2000/gnet/v2/pkg/netpoll"
)

// Interest is the set of directions a descriptor is watched for.
type Interest uint8

// The directions. None means that the kernel does not watch the descriptor.
const (
	None  Interest = 0
	Read  Interest = 1
	Write Interest = 2
)

// Events is what a descriptor is ready for.
type Events uint8

// The low bits equal those of Interest, so that an event can be masked with the
// interest it answers.
const (
	Readable = Events(Read)  // a read or an accept will not block
	Writable = Events(Write) // a write will not block, or a connect has ended
	Hangup   = Events(4)     // both directions are shut
	Error    = Events(8)     // an error is pending (SO_ERROR has it)
)

// batchSize is the number of events taken at once, the number libuv uses too.
const batchSize = 1024

// Poller watches descriptors. See the package comment for who may call what.
type Poller struct {
	gnet  *netpoll.Poller
	att   netpoll.PollAttachment // reused by Set: gnet reads only its FD
	woken bool
	backend
}

// Open makes a poller. It holds two descriptors (one with kqueue) until Close.
func Open() (*Poller, error) {
	g, err := netpoll.OpenPoller()
	if err != nil {
		return nil, err
	}
	p := &Poller{gnet: g}
	if p.backend, err = newBackend(g); err != nil {
		_ = g.Close()
		return nil, err
	}
	return p, nil
}

// Close releases the poller's descriptors. Nothing may be called after it.
func (p *Poller) Close() error { return p.gnet.Close() }

// Woken reports whether Wake was called since the last Woken, as far as Try and
// Wait have noticed, and resets the answer.
func (p *Poller) Woken() bool {
	w := p.woken
	p.woken = false
	return w
}

// descriptor reads a descriptor's number from one of gnet's unexported fields.
// Reflection may read what it may not write; a gnet that renames the field is
// an error at Open and a failing test, not a crash.
func descriptor(g *netpoll.Poller, field string) (int, error) {
	v := reflect.ValueOf(g).Elem().FieldByName(field)
	if !v.IsValid() || !v.CanInt() {
		return 0, fmt.Errorf("poll: gnet's poller has no descriptor %q", field)
	}
	return int(v.Int()), nil
}
