package bind

import (
	"reflect"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/events"
)

// This file says which properties Node keeps on an object itself where ours
// keeps the state in Go, behind accessors of the prototype. Such an object
// answers whatever asks for own properties (Object.keys, spread, for in,
// hasOwnProperty, JSON.stringify, util.inspect, deep equality) as if they were
// there; nothing is stored, and an object that nobody asks costs nothing. How
// the engine is told is in ownkeys_table.go.

// OwnKey is one such property.
type OwnKey struct {
	name   unistring.String
	symbol *goja.Symbol
	stored bool
	late   bool
	when   func(state any) bool
}

// Key is the property called name.
func Key(name string) OwnKey { return OwnKey{name: unistring.NewFromString(name)} }

// SymbolKey is the property under symbol s.
func SymbolKey(s *goja.Symbol) OwnKey { return OwnKey{symbol: s} }

// StoredKey is the place of a property that is there only where it was stored
// on the object, such as the _read of a stream's options.
func StoredKey(name string) OwnKey { return OwnKey{name: unistring.NewFromString(name), stored: true} }

// Late says that the property is made when the first listener is added, behind
// what was stored until then.
func (k OwnKey) Late() OwnKey {
	k.late = true
	return k
}

// When says that the property is there only while f reports true for the Go
// state.
func (k OwnKey) When(f func(state any) bool) OwnKey {
	k.when = f
	return k
}

// OwnKeys is a list of such properties in Node's order.
type OwnKeys struct {
	list    []OwnKey
	names   map[unistring.String]int
	symbols map[*goja.Symbol]int
}

// NewOwnKeys makes a list: names are strings, *goja.Symbol or OwnKey.
func NewOwnKeys(names ...any) *OwnKeys {
	k := &OwnKeys{names: map[unistring.String]int{}, symbols: map[*goja.Symbol]int{}}
	for _, n := range names {
		var key OwnKey
		switch n := n.(type) {
		case string:
			key = Key(n)
		case *goja.Symbol:
			key = SymbolKey(n)
		case OwnKey:
			key = n
		default:
			panic("bind: not a property key")
		}
		if key.symbol != nil {
			k.symbols[key.symbol] = len(k.list)
		} else {
			k.names[key.name] = len(k.list)
		}
		k.list = append(k.list, key)
	}
	return k
}

// OwnKeys says which properties Node keeps on the objects of the class; the
// prototype has an accessor or a value for each. The classes derived from it
// have the same unless they say otherwise.
func (c *Class) OwnKeys(names ...any) *Class {
	c.own = NewOwnKeys(names...)
	return c
}

// SymbolAccessor adds an accessor property under a symbol, not enumerable.
// Without a setter, assigning makes an own property.
func (c *Class) SymbolAccessor(s *goja.Symbol, get func(this goja.Value) goja.Value, set func(this, v goja.Value)) *Class {
	if set == nil {
		set = func(this, v goja.Value) {
			if o, ok := this.(*goja.Object); ok {
				_ = o.DefineDataPropertySymbol(s, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
		}
	}
	g := c.rt.Func("get", 0, func(call goja.FunctionCall) goja.Value { return get(call.This) })
	f := c.rt.Func("set", 1, func(call goja.FunctionCall) goja.Value {
		set(call.This, call.Argument(0))
		return goja.Undefined()
	})
	_ = c.Proto.DefineAccessorPropertySymbol(s, g, f, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return c
}

// View adds an accessor under a name that shows what Go keeps. Assigning makes
// an own property that hides it.
func (c *Class) View(name string, get func(this goja.Value) goja.Value) *Class {
	return c.Accessor(name, get, func(this, v goja.Value) {
		if o, ok := this.(*goja.Object); ok {
			_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
	})
}

// Default gives the objects of the class a value under a name or symbol that
// nothing in Go reads.
func (c *Class) Default(key any, v any) *Class {
	switch k := key.(type) {
	case string:
		_ = c.Proto.DefineDataProperty(k, c.rt.ToValue(v), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	case *goja.Symbol:
		_ = c.Proto.DefineDataPropertySymbol(k, c.rt.ToValue(v), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return c
}

// ownByType are the lists of states that are no emitters.
var ownByType = map[reflect.Type]*OwnKeys{}

// RegisterOwnKeys says which properties the objects have whose Go state has the
// type of sample (a nil pointer of it will do) and is no emitter: those are
// told by their class. Call it when a package is initialised.
func RegisterOwnKeys(sample any, names ...any) {
	ownByType[reflect.TypeOf(sample)] = NewOwnKeys(names...)
}

// hostOf is the host of an emitter. It asks the object itself where it can, for
// Base may make something that nobody needs.
func hostOf(o events.Object) events.Host {
	if h, ok := o.(interface{ Host() events.Host }); ok {
		return h.Host()
	}
	return o.Base().Host()
}

// ownKeysOf returns the list for a state, nil where it has none.
func ownKeysOf(state any) *OwnKeys {
	if o, ok := state.(events.Object); ok {
		if h, ok := hostOf(o).(*classHost); ok {
			return h.class.own
		}
		return nil
	}
	return ownByType[reflect.TypeOf(state)]
}

// shows reports whether the i'th property of k is there for a state though it
// is not stored.
func (k *OwnKeys) shows(i int, state any) bool {
	key := &k.list[i]
	return !key.stored && (key.when == nil || key.when(state))
}

// dropShadows deletes stored properties of o that stand for its Go state from
// now on: a mixin has copied them from a prototype.
func (k *OwnKeys) dropShadows(o *goja.Object) {
	if k == nil {
		return
	}
	b := plain(o)
	for i := range k.list {
		if key := &k.list[i]; key.symbol == nil && !key.stored && b.values[key.name] != nil {
			_ = o.Delete(key.name.String())
		}
	}
}

// read reads what the class's prototype has under a key as if o inherited it.
func (h *classHost) read(o *goja.Object, key *OwnKey) goja.Value {
	name := goja.Value(key.symbol)
	if key.symbol == nil {
		name = h.rt.VM.ToValue(key.name.String())
	}
	reflection := h.rt.VM.Get("Reflect").(*goja.Object)
	if v := h.rt.Call(reflection.Get("get"), reflection, h.class.Proto, name, o); v != nil {
		return v
	}
	return goja.Undefined()
}
