package events

// Key names an event: by a string or, in a host language, by a symbol.
type Key struct {
	Name   string
	Symbol any // the host's symbol; nil for a string key
}

// Name is the key of a string-named event.
func Name(s string) Key { return Key{Name: s} }

func (k Key) same(o Key) bool {
	return k.Name == o.Name && (k.Symbol == nil && o.Symbol == nil || k.Symbol == o.Symbol)
}
