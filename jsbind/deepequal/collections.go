package deepequal

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// sets compares the members of two Sets: each of b has a partner of its own in
// a. Those that are identical are partners, and the others are matched.
func (c *Comparer) sets(a, b *goja.Object) bool {
	inA, inB := c.m.Entries(a), c.m.Entries(b)
	var rest, want []goja.Value // members without an identical partner
	for _, e := range inA {
		if !c.m.Has(b, e.Key) {
			if c.mode == strict && !c.nested(e.Key) {
				return false
			}
			rest = append(rest, e.Key)
		}
	}
	for _, e := range inB {
		if !c.m.Has(a, e.Key) {
			if c.mode != loose && !c.nested(e.Key) {
				return false
			}
			want = append(want, e.Key)
		}
	}
	if c.match(len(rest), len(want), func(i, j int) bool { return c.equal(rest[i], want[j]) }) {
		return true
	}
	// Where 0 equals both '' and '0', identical members need not be partners.
	return c.mode == loose && len(rest) < len(inA) && !slices.ContainsFunc(want, c.nested) &&
		c.assign(len(inA), len(inB), func(i, j int) bool { return c.equal(inA[i].Key, inB[j].Key) })
}

// nested reports whether v is compared by its contents, so that an equal value
// need not be identical.
func (c *Comparer) nested(v goja.Value) bool {
	_, ok := c.object(v)
	return ok
}

// maps compares the entries of two Maps, as sets does.
func (c *Comparer) maps(a, b *goja.Object) bool {
	inB := c.m.Entries(b)
	var rest, want []mirror.Entry // entries without an identical partner
	same := func(e mirror.Entry, other *goja.Object) bool {
		return c.m.Has(other, e.Key) && c.equal(e.Value, c.m.MapGet(other, e.Key))
	}
	for _, e := range c.m.Entries(a) {
		if !same(e, b) {
			if c.mode == strict && !c.nested(e.Key) {
				return false
			}
			rest = append(rest, e)
		}
	}
	for _, e := range inB {
		if c.m.Has(a, e.Key) && c.equal(c.m.MapGet(a, e.Key), e.Value) {
			continue
		}
		if c.mode != loose && !c.nested(e.Key) {
			return false
		}
		want = append(want, e)
	}
	return c.match(len(rest), len(want), func(i, j int) bool {
		return c.equal(rest[i].Key, want[j].Key) && c.equal(rest[i].Value, want[j].Value)
	})
}

// match reports whether each of m wanted values has a partner of its own among
// n values, fits(i, j) saying whether the i-th of these may be that of the j-th
// wanted one. Unless the comparison is partial, none may be left over.
//
// Partners are found in the order in which Node looks for them, which matters
// where a value fits several: the first wanted value is tried, then the last,
// then those between from the end on; after a match at the end, the end comes
// first.
func (c *Comparer) match(n, m int, fits func(i, j int) bool) bool {
	if n < m || n > m && c.mode != partial {
		return false
	}
	wanted := make([]int, m)
	for j := range wanted {
		wanted[j] = j
	}
	fromEnd := false
	for i := 0; i < n && len(wanted) > 0; i++ {
		last := len(wanted) - 1
		first := 0
		if !fromEnd {
			if fits(i, wanted[0]) {
				wanted = wanted[1:]
				continue
			}
			first = 1
		}
		if last >= first && fits(i, wanted[last]) {
			wanted = wanted[:last]
			fromEnd = true
			continue
		}
		fromEnd = false
		j := last - 1
		for j >= first && !fits(i, wanted[j]) {
			j--
		}
		switch {
		case j >= first:
			wanted = slices.Delete(wanted, j, j+1)
		case c.mode != partial:
			return false
		}
	}
	return len(wanted) == 0
}

// assign is match with partners exchanged where that helps.
func (c *Comparer) assign(n, m int, fits func(i, j int) bool) bool {
	owner := make([]int, n) // 1 + the wanted value whose partner it is
	var find func(j int, tried []bool) bool
	find = func(j int, tried []bool) bool {
		for i := range owner {
			if tried[i] || !fits(i, j) {
				continue
			}
			tried[i] = true
			if owner[i] == 0 || find(owner[i]-1, tried) {
				owner[i] = j + 1
				return true
			}
		}
		return false
	}
	for j := range m {
		if !find(j, make([]bool, n)) {
			return false
		}
	}
	return n == m
}
