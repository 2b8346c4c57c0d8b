package inspect

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// shape decides how the object of c is printed. If that needs nothing but a
// text, it returns it with done true.
func (s *state) shape(p *shape, c *class, depth float64, viewed bool) (t text, done bool) {
	p.open, p.close = "{", "}"
	o := c.object
	if s.iterable(c) {
		if t, done, ok := s.collection(p, c, depth); ok {
			return t, done
		}
	}
	p.fields = s.fields(o)
	switch {
	case c.kind.Callable():
		p.base = s.function(c)
		s.functionFields(p, c)
		if p.bare() {
			return str(s.style(p.base, styleSpecial)), true
		}
		return t, false
	case c.known && c.name == "Object": // whatever else it may be
		if isArguments(c) {
			p.open = "[Arguments] {"
		}
	case c.kind == mirror.RegExp:
		return s.regExp(p, c, depth)
	case c.kind == mirror.Date:
		return s.date(p, c, depth)
	case c.kind == mirror.Error || s.instanceOf(o, s.mirror.ErrorClass):
		p.base = s.error(p, c)
		if p.bare() {
			return str(p.base), true
		}
		return t, false
	case c.kind == mirror.ArrayBuffer:
		return s.arrayBuffer(p, c, viewed)
	case c.kind == mirror.DataView:
		s.dataView(p, c, depth)
		return t, false
	case c.kind == mirror.Promise:
		p.open = c.prefix("Promise", "") + "{"
		p.parts = func() []text { return s.promise(o, depth+1) }
		return t, false
	case c.kind == mirror.WeakSet, c.kind == mirror.WeakMap:
		s.weak(p, c, depth)
		return t, false
	case s.hooks.IsModule != nil && s.hooks.IsModule(o):
		s.module(p, c, depth)
		return t, false
	case c.kind == mirror.BoxedPrimitive:
		p.base = s.boxed(p, c)
		if p.bare() {
			return str(p.base), true
		}
		return t, false
	case s.hooks.Href != nil && depth <= s.opts.Depth:
		if href, ok := s.hooks.Href(o); ok {
			p.base = href
			if p.bare() {
				return str(href), true
			}
			return t, false
		}
	}
	if c.known && c.name == "Object" && c.tag == "" {
		if p.bare() {
			return str(p.open + "}"), true
		}
		return t, false
	}
	p.open = c.prefix(engineName(s.mirror, o, c.kind), "") + "{"
	if p.bare() {
		return str(p.open + "}"), true
	}
	return t, false
}

// iterable reports whether o can be printed as a collection: it has an
// iteration method, or nothing at all for a prototype.
func (s *state) iterable(c *class) bool {
	switch c.kind {
	case mirror.Array, mirror.Set, mirror.Map, mirror.TypedArray, mirror.MapIterator, mirror.SetIterator:
	default:
		return false
	}
	if !c.known {
		return true
	}
	return c.object.GetSymbol(goja.SymIterator) != nil
}

// isArguments reports whether c is the arguments object of a function; that of
// a strict one is an ordinary object to goja.
func isArguments(c *class) bool {
	return c.kind == mirror.Arguments || c.kind == mirror.Object && c.object.ClassName() == "Arguments"
}

// collection shapes arrays, maps, sets and the iterators of these.
func (s *state) collection(p *shape, c *class, depth float64) (t text, done, ok bool) {
	o := c.object
	inner := depth + 1
	switch c.kind {
	case mirror.Array:
		length := int(o.Get("length").ToInteger())
		prefix := ""
		if c.name != "Array" || c.tag != "" {
			prefix = c.prefix("Array", "("+itoa(length)+")")
		}
		p.fields = matchFields(s.namedFields(o))
		p.open, p.close, p.layout = prefix+"[", "]", elements
		if length == 0 && p.bare() {
			return str(p.open + "]"), true, true
		}
		p.parts = func() []text { return s.array(o, length, inner) }
	case mirror.Set, mirror.Map:
		size := s.mirror.Size(o)
		fallback := "Map"
		if c.kind == mirror.Set {
			fallback = "Set"
		}
		p.open = c.prefix(fallback, "("+itoa(size)+")") + "{"
		p.fields = s.fields(o)
		if size == 0 && p.bare() {
			return str(p.open + "}"), true, true
		}
		p.parts = func() []text {
			// Node asks the object for its size, which may be another, and
			// sets no limit to one without.
			total := math.NaN()
			if c.known {
				total = orUndefined(o.Get("size")).ToFloat()
			}
			if c.kind == mirror.Set {
				return s.set(s.members(c), total, inner)
			}
			return s.entries(s.members(c), total, inner)
		}
	case mirror.TypedArray:
		length := s.mirror.TypedArrayLength(o)
		fallback := ""
		if !c.known {
			fallback = s.mirror.TypedArrayName(o)
		}
		p.fields = s.namedFields(o)
		p.open, p.close, p.layout = c.prefix(fallback, "("+itoa(length)+")")+"[", "]", elements
		empty := orUndefined(o.Get("length")) // which may be another than its length
		if goja.IsNumber(empty) && empty.ToFloat() == 0 && !s.opts.ShowHidden && p.bare() {
			return str(p.open + "]"), true, true
		}
		p.parts = func() []text { return s.typedArray(c, length, inner) }
	case mirror.MapIterator, mirror.SetIterator:
		list, pairs, known := s.mirror.Rest(o)
		if !known {
			return t, false, false
		}
		p.fields = s.fields(o)
		p.open = iteratorBrace(c, pairs)
		p.parts = func() []text {
			if pairs {
				return s.pairs(list, inner)
			}
			return s.set(list, float64(len(list)), inner)
		}
	default:
		return t, false, false
	}
	return t, false, true
}

// iteratorBrace is what stands before the entries of an iterator.
func iteratorBrace(c *class, pairs bool) string {
	name := "Map"
	if c.kind == mirror.SetIterator {
		name = "Set"
	}
	tag := ""
	if c.tag != "" && c.tag != name+" Iterator" {
		tag = "[" + c.tag + "] "
	}
	if pairs {
		return tag + "[" + name + " Entries] {"
	}
	return tag + "[" + name + " Iterator] {"
}
