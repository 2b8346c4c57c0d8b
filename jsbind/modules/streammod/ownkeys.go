package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/eventsmod"
)

// kCallback is where a Transform keeps the callback of its write under way.
var kCallback = goja.NewSymbol("kCallback")

// ownKeys says which properties Node keeps on streams. Those with stored names
// are the functions of a constructor's options.
func (m *module) ownKeys() {
	var (
		readable  = Own("_events", "_readableState")
		writable  = Own("_events", "_writableState")
		duplex    = Own("_events", "_readableState", "_writableState", "allowHalfOpen")
		transform = append(append(duplex, options("read", "write", "writev", "destroy", "final", "construct")...), "_maxListeners")
	)
	m.readable.OwnKeys(Tail(append(readable, options("read", "destroy", "construct")...))...)
	m.writable.OwnKeys(Tail(append(writable, options("write", "writev", "destroy", "final", "construct")...))...)
	m.duplex.OwnKeys(Tail(append(duplex, options("read", "write", "writev", "destroy", "final", "construct")...))...)
	transform = append(append(transform, options("transform", "flush")...), EventsCount, eventsmod.ShapeMode, eventsmod.Capture, kCallback)
	m.transform.OwnKeys(transform...)
	m.passThrough.OwnKeys(transform...)
	m.transform.Default(kCallback, nil)
	for _, c := range []*bind.Class{m.readable, m.writable} {
		c.Default(eventsmod.ShapeMode, true)
	}
}

// TransformKeys are the own properties of a Transform that is made late: they are
// there once made reports true for its state.
func TransformKeys(rt *bind.Runtime, made func(state any) bool) []any {
	Define(rt)
	out := []any{}
	for _, name := range []string{"_events", "_readableState", "_writableState", "allowHalfOpen", "_maxListeners"} {
		out = append(out, bind.Key(name).When(made))
	}
	count := bind.Key("_eventsCount").Late().When(func(state any) bool {
		e, ok := state.(events.Object)
		return ok && made(state) && e.Base().Listened()
	})
	return append(out, count, bind.SymbolKey(eventsmod.ShapeMode).When(made), bind.SymbolKey(eventsmod.Capture).When(made), bind.SymbolKey(kCallback).When(made))
}

// Own is a list of keys.
func Own(keys ...any) []any { return keys[:len(keys):len(keys)] }

// Tail adds what every stream's own keys end with.
func Tail(keys []any) []any {
	return append(keys[:len(keys):len(keys)], "_maxListeners", EventsCount, eventsmod.ShapeMode, eventsmod.Capture)
}

// EventsCount is a stream's own from the first listener on.
var EventsCount = bind.Key("_eventsCount").Late().When(func(state any) bool {
	e, ok := state.(events.Object)
	return ok && e.Base().Listened()
})

func options(names ...string) []any {
	keys := make([]any, len(names))
	for i, n := range names {
		keys[i] = bind.StoredKey("_" + n)
	}
	return keys
}
