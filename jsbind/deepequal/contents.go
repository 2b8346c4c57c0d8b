package deepequal

import (
	"bytes"
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// arrays compares two arrays: their elements, holes and further properties. In
// a partial comparison the expected elements appear in that order among the
// actual ones.
func (c *Comparer) arrays(a, b *goja.Object) bool {
	na, nb := int(a.Get("length").ToInteger()), int(b.Get("length").ToInteger())
	if !c.sizes(na, nb) {
		return false
	}
	if c.mode == partial {
		return c.named(a, b, func() bool { return c.subsequence(a, b, na, nb) })
	}
	return c.named(a, b, func() bool {
		for i := range na {
			x, inA := c.element(a, i)
			y, inB := c.element(b, i)
			if inA != inB || goja.IsUndefined(orUndefined(x)) != goja.IsUndefined(orUndefined(y)) || inA && !c.equal(x, y) {
				return false
			}
			if !inA && i+1 < na && c.sparse(a) && c.sparse(b) {
				return c.sparseArrays(a, b)
			}
		}
		return true
	})
}

// element returns an element of an array, false if there is a hole.
func (c *Comparer) element(o *goja.Object, i int) (v goja.Value, ok bool) {
	if values, _, plain := c.m.Elements(o); plain {
		if i >= len(values) {
			return nil, false
		}
		p, ok := c.m.Element(values[i])
		if !ok || !p.Accessor {
			return p.Value, ok
		}
	} else if !c.m.HasOwn(o, mirror.IndexKey(i)) {
		return nil, false
	}
	return o.Get(strconv.Itoa(i)), true
}

// sparse reports whether an array is not kept as a list.
func (c *Comparer) sparse(o *goja.Object) bool {
	_, _, plain := c.m.Elements(o)
	return !plain
}

// sparseArrays compares the elements that two sparse arrays have.
func (c *Comparer) sparseArrays(a, b *goja.Object) bool {
	ka, kb := stringKeys(c.m.OwnKeys(a, false)), stringKeys(c.m.OwnKeys(b, false))
	if len(ka) != len(kb) {
		return false
	}
	for i, k := range kb {
		if ka[i] != k || !c.equal(c.m.Get(a, k), c.m.Get(b, k)) {
			return false
		}
	}
	return true
}

// subsequence reports whether a has the elements of b in their order; holes in
// b match anything.
func (c *Comparer) subsequence(a, b *goja.Object, na, nb int) bool {
	at := 0
	for j := range nb {
		y, ok := c.element(b, j)
		for found := !ok; !found; at++ {
			if at >= na {
				return false
			}
			x, inA := c.element(a, at)
			found = inA && c.equal(x, y)
		}
	}
	return true
}

// regExps compares source, flags and lastIndex.
func (c *Comparer) regExps(a, b *goja.Object) bool {
	return c.m.RegExpLiteral(a) == c.m.RegExpLiteral(b) && a.Get("lastIndex").StrictEquals(b.Get("lastIndex"))
}

// boxed compares the primitives in two wrappers.
func (c *Comparer) boxed(a, b *goja.Object) bool {
	x, y := c.m.Unbox(a), c.m.Unbox(b)
	if mirror.TypeOf(x) != mirror.TypeOf(y) {
		return false
	}
	return x.SameAs(y)
}

// views compares two views of the same class by the bytes they show; floating
// point numbers that are compared loosely are compared as numbers.
func (c *Comparer) views(a, b *goja.Object) bool {
	if c.m.Kind(a) == mirror.DataView {
		return c.compareBytes(c.viewBytes(a), c.viewBytes(b))
	}
	name := c.m.TypedArrayName(a)
	if name != c.m.TypedArrayName(b) {
		return false
	}
	if c.mode != loose || name != "Float32Array" && name != "Float64Array" && name != "Float16Array" {
		return c.compareBytes(c.viewBytes(a), c.viewBytes(b))
	}
	n := c.m.TypedArrayLength(a)
	if n != c.m.TypedArrayLength(b) {
		return false
	}
	for i := range n {
		key := strconv.Itoa(i)
		if a.Get(key).ToFloat() != b.Get(key).ToFloat() {
			return false
		}
	}
	return true
}

// compareBytes compares memory; in a partial comparison the expected bytes
// appear in that order among the actual ones.
func (c *Comparer) compareBytes(a, b []byte) bool {
	if c.mode != partial {
		return bytes.Equal(a, b)
	}
	for _, x := range b {
		i := bytes.IndexByte(a, x)
		if i < 0 {
			return false
		}
		a = a[i+1:]
	}
	return true
}

// viewBytes returns the memory that a view shows.
func (c *Comparer) viewBytes(o *goja.Object) []byte {
	var length, offset int
	var buffer goja.Value
	if c.m.Kind(o) == mirror.DataView {
		length, offset, buffer = c.m.DataViewExtent(o)
	} else {
		length, offset, buffer = c.m.TypedArrayExtent(o)
	}
	data := bufferBytes(buffer)
	if offset+length > len(data) {
		return nil
	}
	return data[offset : offset+length]
}

func bufferBytes(v goja.Value) []byte {
	if o, ok := v.(*goja.Object); ok {
		if b, ok := o.Export().(goja.ArrayBuffer); ok {
			return b.Bytes()
		}
	}
	return nil
}

// buffers compares two ArrayBuffers.
func (c *Comparer) buffers(a, b *goja.Object) bool {
	return c.compareBytes(bufferBytes(a), bufferBytes(b))
}

// errors compares what errors keep in properties that are not enumerable. Those
// that are enumerable in b are compared with the other properties. Stacks are
// not compared.
func (c *Comparer) errors(a, b *goja.Object) bool {
	for _, name := range []string{"message", "name", "cause", "errors"} {
		key := mirror.StringKey(name)
		p, ok := c.m.Own(b, key)
		if ok && p.Enumerable {
			continue
		}
		v := orUndefined(b.Get(name))
		if hidden := name == "cause" || name == "errors"; hidden && ok != c.m.HasOwn(a, key) && (ok || c.mode != partial) {
			return false
		}
		if c.mode == partial {
			if text, is := v.(goja.String); goja.IsUndefined(v) || is && name == "message" && text.Length() == 0 {
				continue
			}
		}
		if !c.equal(a.Get(name), v) {
			return false
		}
	}
	return true
}
