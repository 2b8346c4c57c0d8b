package cryptomod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/stream"
)

// lazyTransform is a Transform that is made when something first asks for the
// stream: most hashes and ciphers are only updated. The object shows the
// properties of a stream from then on, as Node's does.
type lazyTransform struct {
	stream.Stream
	m       *module
	self    any
	options goja.Value
	made    bool
}

// lazily makes l, which self embeds, the state of an object.
func (m *module) lazily(c *bind.Class, this *goja.Object, l *lazyTransform, self any, options goja.Value) {
	l.m, l.self, l.options = m, self, options
	l.Stream.Bind(c.Host(), self)
	c.Adopt(this, &l.Stream)
}

func (l *lazyTransform) touch() {
	if l.made {
		return
	}
	l.made = true
	o := stream.TransformOptions()
	if given, ok := l.options.(*goja.Object); ok {
		readOptions(l.m.rt, &o, given)
	}
	l.Stream.Init(l.m.rt.Loop, l.Stream.Host(), l.self, l.self, o)
}

// AsStream implements stream.Streamer.
func (l *lazyTransform) AsStream() *stream.Stream {
	l.touch()
	return &l.Stream
}

// Base implements events.Object.
func (l *lazyTransform) Base() *events.Emitter {
	l.touch()
	return l.Stream.Base()
}

func (l *lazyTransform) lazy() *lazyTransform { return l }

// lazyClass tells the own properties of a class of such objects: those in first,
// _options, and a stream's once there is one.
func (m *module) lazyClass(c *bind.Class, first ...any) {
	of := func(state any) *lazyTransform {
		if l, ok := state.(interface{ lazy() *lazyTransform }); ok {
			return l.lazy()
		}
		return nil
	}
	c.View("_options", func(this goja.Value) goja.Value {
		if l := of(bind.From(this)); l != nil && l.options != nil {
			return l.options
		}
		return goja.Undefined()
	})
	made := func(state any) bool { l := of(state); return l != nil && l.made }
	c.OwnKeys(append(append(first, "_options"), streammod.TransformKeys(m.rt, made)...)...)
}
