package mirror

import "github.com/dop251/goja"

// Entry is an entry of a Map; in a Set, Key is the member and Value is nil.
type Entry struct{ Key, Value goja.Value }

// Size returns the number of entries of a Map or Set.
func (m *Mirror) Size(o *goja.Object) int {
	if m.layouts.entries {
		return (*mapObject)(implOf(o).data).m.size
	}
	return len(m.Entries(o))
}

// Entries returns the entries of a Map or the members of a Set, in order.
func (m *Mirror) Entries(o *goja.Object) []Entry {
	if m.layouts.entries {
		table := (*mapObject)(implOf(o).data).m
		list := make([]Entry, 0, table.size)
		for e := table.iterFirst; e != nil; e = e.iterNext {
			list = append(list, Entry{e.key, e.value})
		}
		return list
	}
	var list []Entry
	if m.Kind(o) == Map {
		for it := call(m.mapEntries, o); ; {
			r := call(m.mapNext, it).(*goja.Object)
			if r.Get("done").ToBoolean() {
				return list
			}
			pair := r.Get("value").(*goja.Object)
			list = append(list, Entry{pair.Get("0"), pair.Get("1")})
		}
	}
	for it := call(m.setValues, o); ; {
		r := call(m.setNext, it).(*goja.Object)
		if r.Get("done").ToBoolean() {
			return list
		}
		list = append(list, Entry{Key: r.Get("value")})
	}
}

// Has reports whether a Map or Set has the key.
func (m *Mirror) Has(o *goja.Object, key goja.Value) bool {
	if m.Kind(o) == Map {
		return call(m.mapHas, o, key).ToBoolean()
	}
	return call(m.setHas, o, key).ToBoolean()
}

// MapGet returns the value that a Map has for a key, or undefined.
func (m *Mirror) MapGet(o *goja.Object, key goja.Value) goja.Value { return call(m.mapGet, o, key) }

// Rest returns what an iterator of a Map or Set has yet to yield, without
// advancing it; pairs is true if it yields [key, value] arrays. ok is false if
// that cannot be told.
func (m *Mirror) Rest(o *goja.Object) (list []Entry, pairs, ok bool) {
	if !m.layouts.iterators {
		return nil, false, false
	}
	it := (*mapIterObject)(implOf(o).data)
	pairs = it.kind == iterateEntries
	if it.iter == nil || it.iter.m == nil {
		return nil, pairs, true
	}
	isSet := m.Kind(o) == SetIterator
	cur := it.iter.cur
	for cur != nil && cur.key == nil { // deleted since: go back to one that is left
		cur = cur.iterPrev
	}
	if cur != nil {
		cur = cur.iterNext
	} else {
		cur = it.iter.m.iterFirst
	}
	for ; cur != nil; cur = cur.iterNext {
		e := Entry{cur.key, cur.value}
		switch {
		case isSet:
			e.Value = cur.key
		case it.kind == iterateValues:
			e.Key = cur.value
		}
		list = append(list, e)
	}
	return list, pairs, true
}

// WeakEntries returns the live entries of a WeakMap or the members of a WeakSet
// in no particular order. ok is false if that cannot be told.
func (m *Mirror) WeakEntries(o *goja.Object) (list []Entry, ok bool) {
	if !m.layouts.weak {
		return nil, false
	}
	t := &(*weakObject)(implOf(o).data).table
	t.Lock()
	defer t.Unlock()
	for p, v := range t.m {
		if key := p.Value(); key != nil {
			list = append(list, Entry{key, v})
		}
	}
	return list, true
}
