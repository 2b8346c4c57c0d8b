package url

import (
	"iter"
	"slices"

	"github.com/spindle-js/spindle/internal/wtf8"
)

// SearchParams is a list of name and value pairs: the URLSearchParams class of
// the standard. The zero value is an empty list. One that a URL handed out
// updates that URL's query with every change.
type SearchParams struct {
	list []Pair
	url  *URL
}

// ParseSearchParams reads a query, with or without "?" in front.
func ParseSearchParams(query string) *SearchParams {
	return &SearchParams{list: parseForm(nil, wellFormed(query))}
}

// NewSearchParams makes a list of the given pairs.
func NewSearchParams(pairs ...Pair) *SearchParams {
	p := &SearchParams{list: make([]Pair, 0, len(pairs))}
	for _, pair := range pairs {
		p.list = append(p.list, Pair{wellFormed(pair.Name), wellFormed(pair.Value)})
	}
	return p
}

// changed updates the URL that p belongs to.
func (p *SearchParams) changed() {
	if p.url == nil {
		return
	}
	p.url.setSearch(p.String())
}

// Len returns the number of pairs.
func (p *SearchParams) Len() int { return len(p.list) }

// At returns the pair at index i, which must be less than Len.
func (p *SearchParams) At(i int) Pair { return p.list[i] }

// All yields the pairs in order. Pairs that are added or removed meanwhile are
// seen as the standard's iterators see them: by their index.
func (p *SearchParams) All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for i := 0; i < len(p.list); i++ {
			if !yield(p.list[i].Name, p.list[i].Value) {
				return
			}
		}
	}
}

// Append adds a pair.
func (p *SearchParams) Append(name, value string) {
	p.list = append(p.list, Pair{wellFormed(name), wellFormed(value)})
	p.changed()
}

// Delete removes all pairs of that name.
func (p *SearchParams) Delete(name string) {
	name = wellFormed(name)
	p.list = slices.DeleteFunc(p.list, func(q Pair) bool { return q.Name == name })
	p.changed()
}

// DeleteValue removes all pairs of that name and value.
func (p *SearchParams) DeleteValue(name, value string) {
	pair := Pair{wellFormed(name), wellFormed(value)}
	p.list = slices.DeleteFunc(p.list, func(q Pair) bool { return q == pair })
	p.changed()
}

// Get returns the value of the first pair of that name.
func (p *SearchParams) Get(name string) (value string, ok bool) {
	name = wellFormed(name)
	for i := range p.list {
		if p.list[i].Name == name {
			return p.list[i].Value, true
		}
	}
	return "", false
}

// GetAll returns the values of all pairs of that name.
func (p *SearchParams) GetAll(name string) []string {
	name = wellFormed(name)
	var values []string
	for i := range p.list {
		if p.list[i].Name == name {
			values = append(values, p.list[i].Value)
		}
	}
	return values
}

// Has reports whether there is a pair of that name.
func (p *SearchParams) Has(name string) bool {
	_, ok := p.Get(name)
	return ok
}

// HasValue reports whether there is a pair of that name and value.
func (p *SearchParams) HasValue(name, value string) bool {
	return slices.Contains(p.list, Pair{wellFormed(name), wellFormed(value)})
}

// Set gives the first pair of that name the value and removes the others, or
// adds a pair if there is none.
func (p *SearchParams) Set(name, value string) {
	name, value = wellFormed(name), wellFormed(value)
	found := false
	p.list = slices.DeleteFunc(p.list, func(q Pair) bool {
		if q.Name != name {
			return false
		}
		again := found
		found = true
		return again
	})
	if !found {
		p.list = append(p.list, Pair{name, value})
	} else {
		i := slices.IndexFunc(p.list, func(q Pair) bool { return q.Name == name })
		p.list[i].Value = value
	}
	p.changed()
}

// Sort sorts the pairs by the UTF-16 units of their names, and keeps the order
// of pairs of one name.
func (p *SearchParams) Sort() {
	slices.SortStableFunc(p.list, func(a, b Pair) int { return compareUTF16(a.Name, b.Name) })
	p.changed()
}

// compareUTF16 compares strings by their UTF-16 units: as their bytes compare,
// except that characters beyond U+FFFF come before U+E000 to U+FFFF.
func compareUTF16(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n == len(a) || n == len(b) {
		return len(a) - len(b)
	}
	if a[n] < 0x80 || b[n] < 0x80 {
		return int(a[n]) - int(b[n])
	}
	for n > 0 && a[n]&0xc0 == 0x80 {
		n--
	}
	return slices.Compare(wtf8.ToUTF16(a[n:]), wtf8.ToUTF16(b[n:]))
}

// String returns the pairs as a query, without "?".
func (p *SearchParams) String() string {
	return string(appendForm(nil, p.list))
}
