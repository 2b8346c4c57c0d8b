package deepequal

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// mode is the strictness of a comparison.
type mode uint8

const (
	loose   mode = iota // primitives by ==, no prototypes, no symbols
	strict              // primitives by Object.is
	partial             // strict, but the first value may have more than the second
)

// Comparer compares values of one runtime.
type Comparer struct {
	// SkipPrototype leaves prototypes and constructors out of strict
	// comparisons, as the option of that name does.
	SkipPrototype bool

	// Native compares two objects of bindings whose state JavaScript does not
	// see, as URLs are; known is false for all others. It may be nil.
	Native func(a, b *goja.Object) (equal, known bool)

	m     *mirror.Mirror
	mode  mode
	stack []*goja.Object // the objects that are being compared, on either side
}

// New returns a Comparer for the runtime that m mirrors.
func New(m *mirror.Mirror) *Comparer { return &Comparer{m: m} }

// Strict is util.isDeepStrictEqual and assert.deepStrictEqual.
func (c *Comparer) Strict(a, b goja.Value) bool { return c.start(a, b, strict) }

// Loose is assert.deepEqual in the legacy mode.
func (c *Comparer) Loose(a, b goja.Value) bool { return c.start(a, b, loose) }

// Partial is assert.partialDeepStrictEqual: actual has everything that expected
// has.
func (c *Comparer) Partial(actual, expected goja.Value) bool {
	return c.start(actual, expected, partial)
}

func (c *Comparer) start(a, b goja.Value, m mode) bool {
	c.mode, c.stack = m, c.stack[:0]
	return c.equal(a, b)
}

// equal compares two values.
func (c *Comparer) equal(a, b goja.Value) bool {
	a, b = orUndefined(a), orUndefined(b)
	if a.StrictEquals(b) {
		return c.mode == loose || !isZero(a) || signbit(a) == signbit(b)
	}
	x, isObject := c.object(a)
	y, isObject2 := c.object(b)
	if !isObject || !isObject2 {
		if isObject || isObject2 {
			return false
		}
		if c.mode == loose {
			return a.Equals(b) || isNaN(a) && isNaN(b)
		}
		return isNaN(a) && isNaN(b)
	}
	if c.mode == strict && !c.SkipPrototype && !c.sameClass(x, y) {
		return false
	}
	return c.objects(x, y)
}

// sameClass compares what objects are instances of: their constructors, or
// their prototypes where they have none or one of their own.
func (c *Comparer) sameClass(a, b *goja.Object) bool {
	if a.Prototype() == b.Prototype() {
		return true
	}
	k := a.Get("constructor")
	if k == nil || goja.IsUndefined(k) || c.m.HasOwn(a, constructorKey) {
		return false
	}
	return k.StrictEquals(orUndefined(b.Get("constructor")))
}

var constructorKey = mirror.StringKey("constructor")

func orUndefined(v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return v
}

// object returns v if it is an object but no function.
func (c *Comparer) object(v goja.Value) (*goja.Object, bool) {
	o, ok := v.(*goja.Object)
	if !ok || c.callable(o) {
		return nil, false
	}
	return o, true
}

func (c *Comparer) callable(o *goja.Object) bool {
	k := c.m.Kind(o)
	if k == mirror.Proxy {
		_, ok := goja.AssertFunction(o)
		return ok
	}
	return k.Callable()
}

func isZero(v goja.Value) bool { return goja.IsNumber(v) && v.ToFloat() == 0 }

func signbit(v goja.Value) bool { return math.Signbit(v.ToFloat()) }

func isNaN(v goja.Value) bool { return goja.IsNumber(v) && math.IsNaN(v.ToFloat()) }

// objects compares two objects by what they are, then by their properties.
func (c *Comparer) objects(a, b *goja.Object) bool {
	if c.tag(a) != c.tag(b) {
		return false
	}
	ka, kb := c.kind(a), c.kind(b)
	switch {
	case ka == mirror.Array:
		if kb != mirror.Array {
			return false
		}
		return c.arrays(a, b)
	case c.tag(a) == "Object":
		return c.properties(a, b, nil)
	case ka == mirror.Date:
		if kb != mirror.Date || c.m.DateTime(a) != c.m.DateTime(b) { // no invalid date equals another
			return false
		}
	case ka == mirror.RegExp:
		if kb != mirror.RegExp || !c.regExps(a, b) {
			return false
		}
	case ka == mirror.TypedArray || ka == mirror.DataView:
		if kb != ka || !c.views(a, b) {
			return false
		}
		return c.named(a, b, nil)
	case ka == mirror.Set:
		if kb != mirror.Set || !c.sizes(c.m.Size(a), c.m.Size(b)) {
			return false
		}
		return c.properties(a, b, func() bool { return c.sets(a, b) })
	case ka == mirror.Map:
		if kb != mirror.Map || !c.sizes(c.m.Size(a), c.m.Size(b)) {
			return false
		}
		return c.properties(a, b, func() bool { return c.maps(a, b) })
	case ka == mirror.ArrayBuffer:
		if kb != ka || !c.buffers(a, b) {
			return false
		}
	case ka == mirror.BoxedPrimitive:
		if kb != ka || !c.boxed(a, b) {
			return false
		}
	case c.isError(a):
		if !c.isError(b) || !c.errors(a, b) {
			return false
		}
	case isSpecial(kb) || c.isError(b):
		return false
	case ka == mirror.WeakMap || ka == mirror.WeakSet:
		return false // equal to nothing but itself
	case c.Native != nil:
		if equal, known := c.Native(a, b); known && !equal {
			return false
		}
	}
	return c.properties(a, b, nil)
}

// isSpecial reports whether an object has contents besides its properties.
func isSpecial(k mirror.Kind) bool {
	switch k {
	case mirror.Array, mirror.TypedArray, mirror.DataView, mirror.Set, mirror.Map, mirror.Date, mirror.RegExp,
		mirror.ArrayBuffer, mirror.BoxedPrimitive:
		return true
	}
	return false
}

// kind returns the kind of o; a proxy of an array is an array, as
// Array.isArray has it.
func (c *Comparer) kind(o *goja.Object) mirror.Kind {
	k := c.m.Kind(o)
	for t := o; c.m.Kind(t) == mirror.Proxy; {
		if t = t.Export().(goja.Proxy).Target(); t == nil {
			break
		}
		if c.m.Kind(t) == mirror.Array {
			return mirror.Array
		}
	}
	return k
}

// tag returns what Object.prototype.toString puts after "object".
func (c *Comparer) tag(o *goja.Object) string {
	if t, ok := o.GetSymbol(goja.SymToStringTag).(goja.String); ok {
		return t.String()
	}
	switch c.kind(o) {
	case mirror.Array:
		return "Array"
	case mirror.Arguments:
		return "Arguments"
	case mirror.Error:
		return "Error"
	case mirror.Date:
		return "Date"
	case mirror.RegExp:
		return "RegExp"
	case mirror.BoxedPrimitive, mirror.Object:
		return o.ClassName() // Arguments, too, for those of a strict function
	}
	return "Object"
}

func (c *Comparer) isError(o *goja.Object) bool {
	if c.m.Kind(o) == mirror.Error {
		return true
	}
	proto, _ := c.m.ErrorClass.Get("prototype").(*goja.Object)
	for p := o.Prototype(); p != nil; p = p.Prototype() {
		if p == proto {
			return true
		}
	}
	return false
}

// sizes reports whether collections of these sizes can be equal.
func (c *Comparer) sizes(a, b int) bool { return a == b || c.mode == partial && a > b }

// cycle guards compare, the comparison of the contents of a and b, against
// running in circles: where both are being compared already they count as
// equal, and where only one is they differ.
func (c *Comparer) cycle(a, b *goja.Object, compare func() bool) bool {
	known := 0
	for _, o := range c.stack {
		if o == a || o == b {
			known++
		}
	}
	if known > 0 {
		return known > 1
	}
	n := len(c.stack)
	c.stack = append(c.stack, a, b)
	equal := compare()
	c.stack = c.stack[:n]
	return equal
}
