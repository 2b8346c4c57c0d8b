package inspect

import (
	"math"
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// limitOf returns how many of total items are shown when at most limit may be,
// and how many that leaves out. Without a number for either none is shown.
func limitOf(total, limit float64) (shown int, left float64) {
	limit = min(max(0, limit), total)
	if math.IsNaN(limit) || math.IsInf(limit, 0) {
		return 0, 0
	}
	return int(math.Ceil(limit)), total - limit
}

// limitMembers is limitOf for a collection that says it has total members.
func (s *state) limitMembers(list []mirror.Entry, total float64) (shown int, left float64) {
	if math.IsNaN(total) || math.IsNaN(s.opts.MaxArrayLength) {
		return len(list), 0
	}
	shown, left = limitOf(total, s.opts.MaxArrayLength)
	return min(shown, len(list)), left
}

// array prints the elements of an array: holes are counted, and both elements
// and runs of holes count towards the limit.
func (s *state) array(o *goja.Object, length int, depth float64) []text {
	shown, left := limitOf(float64(length), s.opts.MaxArrayLength)
	parts := make([]text, 0, min(shown+1, 1<<10))
	for i := range shown {
		// Looked up anew each time: an inspection function may change it.
		values, _, plain := s.mirror.Elements(o)
		if !plain || i >= len(values) {
			return s.sparseArray(o, length, shown, parts, depth)
		}
		p, ok := s.mirror.Element(values[i])
		if !ok {
			return s.sparseArray(o, length, shown, parts, depth)
		}
		parts = append(parts, s.element(o, p, depth))
	}
	if left > 0 {
		parts = append(parts, str(more(left, "item")))
	}
	return parts
}

// sparseArray goes on with array where there is a hole, or where the array is
// not kept as a list.
func (s *state) sparseArray(o *goja.Object, length, shown int, parts []text, depth float64) []text {
	next := len(parts) // the index that is to be printed
	holes := func(n int) {
		text := "<" + itoa(n) + " empty item" + plural(float64(n)) + ">"
		parts = append(parts, str(s.style(text, styleUndefined)))
	}
	s.eachIndex(o, next, length, func(i int, p mirror.Property) bool {
		if len(parts) >= shown {
			return false
		}
		if i > next {
			holes(i - next)
			next = i
			if len(parts) >= shown {
				return false
			}
		}
		parts = append(parts, s.element(o, p, depth))
		next = i + 1
		return true
	})
	left := length - next
	if len(parts) < shown && left > 0 {
		holes(left)
	} else if left > 0 {
		parts = append(parts, str(more(float64(left), "item")))
	}
	return parts
}

// eachIndex calls f with the elements that array o has from index first on, in
// order, until it returns false.
func (s *state) eachIndex(o *goja.Object, first, length int, f func(i int, p mirror.Property) bool) {
	if values, _, plain := s.mirror.Elements(o); plain {
		for i := first; i < len(values); i++ {
			if p, ok := s.mirror.Element(values[i]); ok && !f(i, p) {
				return
			}
		}
		return
	}
	for _, k := range s.mirror.OwnKeys(o, true) {
		if k.Symbol != nil || !mirror.IsIndex(k.Name()) {
			continue
		}
		i, _ := strconv.Atoi(k.Name())
		if i < first {
			continue
		}
		if i >= length {
			return
		}
		if p, ok := s.mirror.Own(o, k); ok && !f(i, p) {
			return
		}
	}
}

// members returns the entries of a Map or Set, asking its iteration method
// where that is not the engine's own.
func (s *state) members(c *class) []mirror.Entry {
	if !c.known || s.mirror.OwnIterator(c.object, c.kind) {
		return s.mirror.Entries(c.object)
	}
	var list []mirror.Entry
	s.vm.ForOf(c.object, func(v goja.Value) bool {
		e := mirror.Entry{Key: v}
		if c.kind == mirror.Map {
			pair := v.ToObject(s.vm)
			e.Key, e.Value = orUndefined(pair.Get("0")), orUndefined(pair.Get("1"))
		}
		list = append(list, e)
		return true
	})
	return list
}

// set prints the members of a set, or the keys of entries.
func (s *state) set(list []mirror.Entry, total, depth float64) []text {
	shown, left := s.limitMembers(list, total)
	parts := make([]text, 0, shown+1)
	s.indent += 2
	for i := range shown {
		parts = append(parts, s.value(list[i].Key, depth))
	}
	if left > 0 {
		parts = append(parts, str(more(left, "item")))
	}
	s.indent -= 2
	return parts
}

// entries prints the entries of a map: key => value.
func (s *state) entries(list []mirror.Entry, total, depth float64) []text {
	shown, left := s.limitMembers(list, total)
	parts := make([]text, 0, shown+1)
	s.indent += 2
	for i := range shown {
		parts = append(parts, concat(s.value(list[i].Key, depth), str(" => "), s.value(list[i].Value, depth)))
	}
	if left > 0 {
		parts = append(parts, str(more(left, "item")))
	}
	s.indent -= 2
	return parts
}

// pairs prints entries as arrays: [ key, value ].
func (s *state) pairs(list []mirror.Entry, depth float64) []text {
	shown, left := limitOf(float64(len(list)), s.opts.MaxArrayLength)
	parts := make([]text, 0, shown+1)
	s.indent += 2
	for _, e := range list[:shown] {
		pair := []text{s.value(e.Key, depth), s.value(e.Value, depth)}
		parts = append(parts, s.join(pair, "", "[", "]", elements, depth, nil))
	}
	if left > 0 {
		parts = append(parts, str(more(left, "item")))
	}
	s.indent -= 2
	return parts
}

// weak shapes a WeakMap or WeakSet, whose entries are only known with
// showHidden.
func (s *state) weak(p *shape, c *class, depth float64) {
	name := "WeakMap"
	if c.kind == mirror.WeakSet {
		name = "WeakSet"
	}
	p.open = c.prefix(name, "") + "{"
	inner := depth + 1
	p.parts = func() []text {
		list, ok := s.mirror.WeakEntries(c.object)
		if !ok || !s.opts.ShowHidden {
			return []text{str(s.style("<items unknown>", styleSpecial))}
		}
		var parts []text
		if c.kind == mirror.WeakSet {
			parts = s.set(list, float64(len(list)), inner)
		} else {
			parts = s.entries(list, float64(len(list)), inner)
		}
		return parts
	}
}

// matchFields puts the properties of a regular expression's match, which goja
// defines in another order, into V8's.
func matchFields(fields []field) []field {
	if len(fields) >= 3 && fields[0].key.Is("input") && fields[1].key.Is("index") && fields[2].key.Is("groups") {
		fields[0], fields[1] = fields[1], fields[0]
	}
	return fields
}
