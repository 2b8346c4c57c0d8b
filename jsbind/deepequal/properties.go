package deepequal

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// properties compares the enumerable own properties of a and b, and their
// contents by the function of that name, if there is one.
func (c *Comparer) properties(a, b *goja.Object, contents func() bool) bool {
	return c.keyed(a, b, c.m.OwnKeys(a, false), c.m.OwnKeys(b, false), contents)
}

// named is properties without the indices.
func (c *Comparer) named(a, b *goja.Object, contents func() bool) bool {
	return c.keyed(a, b, c.m.NonIndexKeys(a, false), c.m.NonIndexKeys(b, false), contents)
}

// keyed compares the properties of a and b that have the given keys.
func (c *Comparer) keyed(a, b *goja.Object, ka, kb []mirror.Key, contents func() bool) bool {
	if c.mode == loose {
		ka, kb = stringKeys(ka), stringKeys(kb)
	}
	if !c.sizes(len(ka), len(kb)) {
		return false
	}
	for _, k := range kb {
		if p, ok := c.m.Own(a, k); !ok || !p.Enumerable {
			return false
		}
	}
	if len(kb) == 0 && contents == nil {
		return true
	}
	return c.cycle(a, b, func() bool {
		if contents != nil && !contents() {
			return false
		}
		for _, k := range kb {
			if !c.equal(c.m.Get(a, k), c.m.Get(b, k)) {
				return false
			}
		}
		return true
	})
}

// stringKeys returns the keys that are no symbols; these come last.
func stringKeys(keys []mirror.Key) []mirror.Key {
	n := len(keys)
	for n > 0 && keys[n-1].Symbol != nil {
		n--
	}
	return keys[:n]
}
