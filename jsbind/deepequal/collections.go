package deepequal

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// sets compares the members of two Sets: each of b has a partner of its own in
// a. Those that are identical are partners; of the others the first that fits
// is taken.
func (c *Comparer) sets(a, b *goja.Object) bool {
	var rest []goja.Value // members of a without a partner
	for _, e := range c.m.Entries(a) {
		if !c.m.Has(b, e.Key) {
			if c.mode == strict && !c.nested(e.Key) {
				return false
			}
			rest = append(rest, e.Key)
		}
	}
	for _, e := range c.m.Entries(b) {
		if c.m.Has(a, e.Key) {
			continue
		}
		if c.mode != loose && !c.nested(e.Key) {
			return false
		}
		i := slices.IndexFunc(rest, func(v goja.Value) bool { return c.equal(v, e.Key) })
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return c.mode == partial || len(rest) == 0
}

// nested reports whether v is compared by its contents, so that an equal value
// need not be identical.
func (c *Comparer) nested(v goja.Value) bool {
	_, ok := c.object(v)
	return ok
}

// maps compares the entries of two Maps, as sets does.
func (c *Comparer) maps(a, b *goja.Object) bool {
	var rest []mirror.Entry // entries of a without a partner
	paired := make(map[int]bool)
	keys := c.m.Entries(b)
	index := func(key goja.Value) int {
		return slices.IndexFunc(keys, func(e mirror.Entry) bool { return e.Key.SameAs(key) })
	}
	for _, e := range c.m.Entries(a) {
		if c.m.Has(b, e.Key) && c.equal(e.Value, c.m.MapGet(b, e.Key)) {
			paired[index(e.Key)] = true
			continue
		}
		if c.mode == strict && !c.nested(e.Key) {
			return false
		}
		rest = append(rest, e)
	}
	for j, e := range keys {
		if paired[j] {
			continue
		}
		if c.mode != loose && !c.nested(e.Key) {
			return false
		}
		i := slices.IndexFunc(rest, func(x mirror.Entry) bool {
			return c.equal(x.Key, e.Key) && c.equal(x.Value, e.Value)
		})
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return c.mode == partial || len(rest) == 0
}
