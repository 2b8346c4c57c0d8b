package inspect

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// class is what an object is called: the name of its constructor and its
// Symbol.toStringTag.
type class struct {
	object *goja.Object
	kind   mirror.Kind
	name   string
	known  bool // false if the object has a null prototype, and name is ""
	tag    string
}

// prefix returns the text before an object's brace, "Foo(2) [tag] ". fallback
// names the class of an object without a prototype; size is "(2)" or empty.
func (c *class) prefix(fallback, size string) string {
	if !c.known {
		if c.tag != "" && c.tag != fallback {
			return "[" + fallback + size + ": null prototype] [" + c.tag + "] "
		}
		return "[" + fallback + size + ": null prototype] "
	}
	if !strings.Contains(c.name, c.tag) { // a class often ends in the name of what it extends
		return c.name + size + " [" + c.tag + "] "
	}
	return c.name + size + " "
}

// tag returns the Symbol.toStringTag of o, unless it is printed as a property
// or is no string.
func (s *state) tag(o *goja.Object) string {
	var v goja.Value
	if s.vm.Try(func() { v = o.GetSymbol(goja.SymToStringTag) }) != nil {
		return ""
	}
	t, ok := v.(goja.String)
	if !ok || t.Length() == 0 {
		return ""
	}
	if p, own := s.mirror.Own(o, tagKey); own && (s.opts.ShowHidden || p.Enumerable) {
		return ""
	}
	return mirror.Text(t)
}

var tagKey = mirror.SymbolKey(goja.SymToStringTag)

// className returns the name of the class that o is an instance of: the first
// constructor on its prototype chain that has a name and of which o is an
// instance. known is false for a null prototype. If inherited is set, the
// properties that o's prototypes define are printed into it.
func (s *state) className(o *goja.Object, kind mirror.Kind, depth float64, inherited *[]text) (name string, known bool) {
	if s.hooks.ClassName != nil {
		if name, ok := s.hooks.ClassName(o); ok {
			return name, true
		}
	}
	var first *goja.Object // o's prototype
	for p := o; p != nil; p = p.Prototype() {
		if name, ok := s.constructorName(p, o); ok {
			if inherited != nil && (first != p || !builtinNames[name]) {
				from := first
				if from == nil {
					from = o
				}
				s.inheritedProperties(o, from, depth, inherited)
			}
			return name, true
		}
		if first == nil {
			if first = p.Prototype(); first == nil {
				return "", false
			}
		}
	}
	fallback := engineName(s.mirror, o, kind)
	if depth > s.opts.Depth {
		return fallback + " <Complex prototype>", true
	}
	name, known = s.className(first, s.mirror.Kind(first), depth+1, inherited)
	if !known {
		inner := state{Inspector: s.Inspector, opts: s.opts}
		inner.opts.CustomInspect = false
		inner.opts.Depth = -1
		return fallback + " <" + inner.value(first, 0).String() + ">", true
	}
	return fallback + " <" + name + ">", true
}

// constructorName returns the name of the constructor that p has as an own
// property, if o is an instance of it.
func (s *state) constructorName(p, o *goja.Object) (string, bool) {
	d, ok := s.mirror.Own(p, constructorKey)
	if !ok {
		return "", false
	}
	c, ok := d.Value.(*goja.Object)
	if !ok || !s.callable(c) {
		return "", false
	}
	name := orUndefined(c.Get("name"))
	if t, ok := name.(goja.String); ok && t.Length() == 0 || !s.instanceOf(o, c) {
		return "", false
	}
	return s.toTextLenient(name), true
}

// instanceOf is o instanceof c, false where that throws.
func (s *state) instanceOf(o, c *goja.Object) (is bool) {
	if s.mirror.Kind(c) != mirror.Proxy && c.GetSymbol(goja.SymHasInstance) == s.hasInstance {
		if proto, ok := c.Get("prototype").(*goja.Object); ok {
			for p := o.Prototype(); p != nil; p = p.Prototype() {
				if p == proto {
					return true
				}
			}
			return false
		}
	}
	if s.vm.Try(func() { is = s.vm.InstanceOf(o, c) }) != nil {
		return false
	}
	return is
}

// engineName names an object by what the engine made it as.
func engineName(m *mirror.Mirror, o *goja.Object, kind mirror.Kind) string {
	switch kind {
	case mirror.Array:
		return "Array"
	case mirror.Arguments:
		return "Arguments"
	case mirror.ArrayIterator:
		return "Array Iterator"
	case mirror.ArrayBuffer:
		return "ArrayBuffer"
	case mirror.BoxedPrimitive:
		if name := o.ClassName(); name != "Object" {
			return name
		}
		if mirror.TypeOf(m.Unbox(o)) == mirror.TypeBigInt {
			return "BigInt"
		}
		return "Symbol"
	case mirror.DataView:
		return "DataView"
	case mirror.Date:
		return "Date"
	case mirror.Error:
		return "Error"
	case mirror.Function, mirror.Class:
		return "Function"
	case mirror.AsyncFunction, mirror.AsyncMethod:
		return "AsyncFunction"
	case mirror.GeneratorFunction:
		return "GeneratorFunction"
	case mirror.Generator:
		return "Generator"
	case mirror.Map:
		return "Map"
	case mirror.Promise:
		return "Promise"
	case mirror.RegExp:
		return "RegExp"
	case mirror.RegExpStringIterator:
		return "RegExpStringIterator"
	case mirror.Set:
		return "Set"
	case mirror.StringIterator:
		return "StringIterator"
	case mirror.TypedArray:
		return m.TypedArrayName(o)
	case mirror.WeakMap:
		return "WeakMap"
	case mirror.WeakSet:
		return "WeakSet"
	}
	return "Object"
}

// nameOrNull is the class name for messages.
func (s *state) nameOrNull(o *goja.Object, kind mirror.Kind, depth float64) string {
	c := class{object: o, kind: kind}
	c.name, c.known = s.className(o, kind, depth, nil)
	c.tag = s.tag(o)
	p := c.prefix("Object", "")
	return p[:len(p)-1]
}

// inheritedProperties prints the properties of up to three prototypes of o that
// are neither built in nor functions nor shadowed.
func (s *state) inheritedProperties(o, from *goja.Object, depth float64, out *[]text) {
	var shadowed map[mirror.Key]bool
	var keys []mirror.Key
	for level := 0; level < 3; level++ {
		if level != 0 || o == from {
			if from = from.Prototype(); from == nil {
				return
			}
			if d, ok := s.mirror.Own(from, constructorKey); ok {
				if c, ok := d.Value.(*goja.Object); ok && s.callable(c) && builtinNames[s.toTextLenient(orUndefined(c.Get("name")))] {
					return
				}
			}
		}
		if level == 0 {
			shadowed = make(map[mirror.Key]bool)
		} else {
			for _, k := range keys {
				shadowed[k] = true
			}
		}
		keys = s.mirror.OwnKeys(from, true)
		s.seen = append(s.seen, o)
		for _, k := range keys {
			if k == constructorKey || s.mirror.HasOwn(o, k) || shadowed[k] {
				continue
			}
			p, ok := s.mirror.Own(from, k)
			if f, is := p.Value.(*goja.Object); !ok || is && s.callable(f) {
				continue
			}
			t := s.propertyOf(o, field{key: k}, p, false, depth)
			if s.opts.Colors {
				t = concat(str("\x1b[2m"), t, str("\x1b[22m"))
			}
			*out = append(*out, t)
		}
		s.seen = s.seen[:len(s.seen)-1]
	}
}
