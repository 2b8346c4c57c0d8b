package diagnostics

import (
	"slices"
	"sync/atomic"

	"github.com/spindle-js/spindle/loop"
)

// Field is one part of a message, under the name that Node has for it.
type Field struct {
	Name  string
	Value any
}

// Message is what a channel's subscribers are told: "http.server.request.start"
// has request, response, socket and server.
type Message []Field

// Get returns the value of a field, nil if there is none of that name.
func (m Message) Get(name string) any {
	for _, f := range m {
		if f.Name == name {
			return f.Value
		}
	}
	return nil
}

// Channel is one named channel of a loop.
type Channel struct{ subs []*subscription }

type subscription struct{ f func(Message) }

type channelsKey struct{}

// On returns the channel of a name, the same one each time.
func On(l *loop.Loop, name string) *Channel {
	m, ok := l.Slot(channelsKey{}).(map[string]*Channel)
	if !ok {
		m = map[string]*Channel{}
		l.SetSlot(channelsKey{}, m)
	}
	c := m[name]
	if c == nil {
		c = &Channel{}
		m[name] = c
	}
	return c
}

// active counts the subscriptions of the process.
var active atomic.Int64

// Any reports whether there is any subscription, on any loop: the quick question
// to ask before Publish.
func Any() bool { return active.Load() != 0 }

// Publish tells the subscribers of a loop's channel.
func Publish(l *loop.Loop, name string, fields ...Field) { On(l, name).Publish(fields...) }

// Active reports whether anybody would be told.
func (c *Channel) Active() bool { return len(c.subs) > 0 }

// Publish tells the subscribers, in the order they came.
func (c *Channel) Publish(fields ...Field) {
	for _, s := range c.subs {
		s.f(fields)
	}
}

// Subscribe makes f get the messages, until cancel is called.
func (c *Channel) Subscribe(f func(Message)) (cancel func()) {
	s := &subscription{f}
	c.subs = append(slices.Clone(c.subs), s)
	active.Add(1)
	cancelled := false
	return func() {
		if !cancelled {
			cancelled = true
			active.Add(-1)
			c.subs = slices.DeleteFunc(slices.Clone(c.subs), func(x *subscription) bool { return x == s })
		}
	}
}
