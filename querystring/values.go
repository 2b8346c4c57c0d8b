package querystring

import "iter"

// indexed is the number of keys from which on a Values finds keys by a map.
const indexed = 16

// Values holds the names of a query in the order of their first appearance, and
// the values of each in their order. The zero value is empty.
type Values struct {
	entries []entry
	index   map[string]int // of entries, when there are many
}

type entry struct {
	key   string
	first string
	more  []string
}

// Len returns the number of different names.
func (v *Values) Len() int { return len(v.entries) }

// Add appends a value to those of key.
func (v *Values) Add(key, value string) {
	if i := v.find(key); i >= 0 {
		v.entries[i].more = append(v.entries[i].more, value)
		return
	}
	if len(v.entries) == indexed {
		v.index = make(map[string]int, 2*indexed)
		for i := range v.entries {
			v.index[v.entries[i].key] = i
		}
	}
	if v.index != nil {
		v.index[key] = len(v.entries)
	}
	v.entries = append(v.entries, entry{key: key, first: value})
}

func (v *Values) find(key string) int {
	if v.index != nil {
		if i, ok := v.index[key]; ok {
			return i
		}
		return -1
	}
	for i := range v.entries {
		if v.entries[i].key == key {
			return i
		}
	}
	return -1
}

// Get returns the first value of key.
func (v *Values) Get(key string) (value string, ok bool) {
	i := v.find(key)
	if i < 0 {
		return "", false
	}
	return v.entries[i].first, true
}

// GetAll returns all values of key.
func (v *Values) GetAll(key string) []string {
	i := v.find(key)
	if i < 0 {
		return nil
	}
	return append([]string{v.entries[i].first}, v.entries[i].more...)
}

// All yields each name with its values: the first, and the further ones, which
// the caller must not change.
func (v *Values) All() iter.Seq2[string, ValueList] {
	return func(yield func(string, ValueList) bool) {
		for i := range v.entries {
			e := &v.entries[i]
			if !yield(e.key, ValueList{e.first, e.more}) {
				return
			}
		}
	}
}

// ValueList is the values of one name.
type ValueList struct {
	First string
	More  []string // nil if there is one value
}
