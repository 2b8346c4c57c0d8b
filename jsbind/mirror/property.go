package mirror

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// Key is a property key: a symbol, or a string where Symbol is nil.
type Key struct {
	Symbol *goja.Symbol
	name   unistring.String
}

// StringKey returns the key with the given name, which is in Text's encoding.
func StringKey(name string) Key {
	if nextSurrogate(name) >= 0 {
		u := append([]uint16{unistring.BOM}, ToUTF16(name)...)
		return Key{name: unistring.FromUtf16(u)}
	}
	return Key{name: unistring.NewFromString(name)}
}

// SymbolKey returns the key for a symbol.
func SymbolKey(s *goja.Symbol) Key { return Key{Symbol: s} }

// Name returns the string of a string key in Text's encoding.
func (k Key) Name() string { return nameText(k.name) }

// Is reports whether k is the string key with the given ASCII name.
func (k Key) Is(name string) bool { return k.Symbol == nil && string(k.name) == name }

// Value returns the key as JavaScript sees it.
func (m *Mirror) KeyValue(k Key) goja.Value {
	if k.Symbol != nil {
		return k.Symbol
	}
	if u := k.name.AsUtf16(); u != nil {
		return goja.StringFromUTF16(u[1:])
	}
	return m.vm.ToValue(string(k.name))
}

// keyOf is the inverse of KeyValue.
func keyOf(v goja.Value) Key {
	switch v := v.(type) {
	case *goja.Symbol:
		return Key{Symbol: v}
	case goja.String:
		s := v.String()
		if len(s) == v.Length() {
			return Key{name: unistring.String(s)}
		}
		return StringKey(Text(v))
	}
	return Key{name: unistring.NewFromString(v.String())}
}

// Property is an own property. Value is nil for an accessor; Getter and Setter
// are nil where there is none.
type Property struct {
	Value          goja.Value
	Getter, Setter *goja.Object
	Accessor       bool
	Enumerable     bool
}

// set fills p from what goja keeps in its property tables.
func (m *Mirror) set(p *Property, v goja.Value) {
	if reflect.TypeOf(v) == m.layouts.property {
		d := (*valueProperty)(dataOf(v))
		*p = Property{Enumerable: d.enumerable, Accessor: d.accessor}
		if d.accessor {
			p.Getter, p.Setter = d.getterFunc, d.setterFunc
		} else if p.Value = d.value; p.Value == nil {
			p.Value = goja.Undefined()
		}
		return
	}
	*p = Property{Value: v, Enumerable: true}
}

// Own returns the own property of o with the given key. On a proxy it runs the
// proxy's trap; otherwise it runs no JavaScript.
func (m *Mirror) Own(o *goja.Object, key Key) (p Property, ok bool) {
	if v, known := m.lookup(o, key); known {
		if v == nil {
			return p, false
		}
		m.set(&p, v)
		return p, true
	}
	d, ok := m.ownDescriptor(goja.FunctionCall{Arguments: []goja.Value{o, m.KeyValue(key)}}).(*goja.Object)
	if !ok {
		return p, false
	}
	p.Enumerable = d.Get("enumerable").ToBoolean()
	if v := d.Get("value"); v != nil {
		p.Value = v
		return p, true
	}
	p.Accessor = true
	p.Getter, _ = d.Get("get").(*goja.Object)
	p.Setter, _ = d.Get("set").(*goja.Object)
	return p, true
}

// lookup finds a property in goja's tables. known is false where they do not
// tell; v is nil if there is no such property.
func (m *Mirror) lookup(o *goja.Object, key Key) (v goja.Value, known bool) {
	t := m.class(o).table
	if t == tableNone {
		return nil, false
	}
	b := (*baseObject)(implOf(o).data)
	if key.Symbol == nil {
		if t != tableAll && (isDigit(key.name) || key.name == "length") {
			return nil, false // an element; an array's length is filled in when asked for
		}
		v = b.values[key.name]
	} else if b.symValues != nil {
		for e := b.symValues.iterFirst; e != nil; e = e.iterNext {
			if e.key == goja.Value(key.Symbol) {
				v = e.value
				break
			}
		}
	}
	return v, v != nil || t != tableHits
}

func isDigit(name unistring.String) bool {
	return len(name) > 0 && name[0] >= '0' && name[0] <= '9'
}

// Elements returns the elements of a plain array, nil for a hole and for an
// accessor, and false if o is no such array. The slice is goja's own: it must
// not be written, and it is stale once JavaScript has run.
func (m *Mirror) Elements(o *goja.Object) (values []goja.Value, length int, ok bool) {
	impl := implOf(o)
	if !m.layouts.array || impl.tab != m.layouts.arrayTab {
		return nil, 0, false
	}
	a := (*arrayObject)(impl.data)
	return a.values, int(a.length), true
}

// Element turns an entry of Elements into a property; ok is false for a hole.
func (m *Mirror) Element(v goja.Value) (p Property, ok bool) {
	if v == nil {
		return p, false
	}
	m.set(&p, v)
	return p, true
}

// IndexKey returns the key of an array element.
func IndexKey(i int) Key { return Key{name: unistring.String(strconv.Itoa(i))} }

// OwnKeys returns the own string keys, then the own symbols, of o in the order
// of Reflect.ownKeys; without all, only the enumerable ones.
func (m *Mirror) OwnKeys(o *goja.Object, all bool) []Key {
	// What is made on demand is not enumerable.
	if t := m.class(o).table; t == tableAll || t == tableHits && !all {
		return m.tableKeys(o, all)
	}
	return m.slowKeys(o, all)
}

// NonIndexKeys is OwnKeys without the array indices.
func (m *Mirror) NonIndexKeys(o *goja.Object, all bool) []Key {
	if m.class(o).table == tableNamed {
		return m.tableKeys(o, all)
	}
	keys := m.OwnKeys(o, all)
	n := 0
	for _, k := range keys {
		if k.Symbol == nil && IsIndex(string(k.name)) {
			continue
		}
		keys[n] = k
		n++
	}
	return keys[:n]
}

// IsIndex reports whether name is an array index: a canonical integer from 0
// to 2^32 - 2.
func IsIndex(name string) bool {
	if len(name) == 0 || len(name) > 10 || name[0] == '0' && len(name) > 1 {
		return false
	}
	for i := range len(name) {
		if name[i] < '0' || name[i] > '9' {
			return false
		}
	}
	return len(name) < 10 || name <= "4294967294"
}

// tableKeys returns the keys that o's property table has.
func (m *Mirror) tableKeys(o *goja.Object, all bool) []Key {
	b := (*baseObject)(implOf(o).data)
	names := b.propNames
	if b.lastSortedPropLen != len(names) {
		names = indicesFirst(names)
	}
	n := len(names)
	if b.symValues != nil {
		n += b.symValues.size
	}
	if n == 0 || n == 1 && !all && m.class(o).kind == Array {
		return nil
	}
	keys := make([]Key, 0, n)
	for _, name := range names {
		if v := b.values[name]; all || v != nil && m.isEnumerable(v) { // nil: made on demand
			keys = append(keys, Key{name: name})
		}
	}
	if b.symValues != nil {
		for e := b.symValues.iterFirst; e != nil; e = e.iterNext {
			if s, ok := e.key.(*goja.Symbol); ok && (all || m.isEnumerable(e.value)) && !hidden(m, e.value) {
				keys = append(keys, Key{Symbol: s})
			}
		}
	}
	return keys
}

// indicesFirst returns names with the array indices among them first, in
// ascending order, as JavaScript lists them. goja puts them there only when it
// lists them itself.
func indicesFirst(names []unistring.String) []unistring.String {
	isIndex := func(n unistring.String) bool { return IsIndex(string(n)) }
	if !slices.ContainsFunc(names, isIndex) {
		return names
	}
	sorted := slices.Clone(names)
	slices.SortStableFunc(sorted, func(a, b unistring.String) int {
		switch x, y := isIndex(a), isIndex(b); {
		case x && y && len(a) != len(b):
			return len(a) - len(b)
		case x && y:
			return strings.Compare(string(a), string(b))
		case x:
			return -1
		case y:
			return 1
		}
		return 0
	})
	return sorted
}

func (m *Mirror) isEnumerable(v goja.Value) bool {
	return reflect.TypeOf(v) != m.layouts.property || (*valueProperty)(dataOf(v)).enumerable
}

// hidden reports whether v is no JavaScript value but state that a binding has
// attached to an object.
func hidden(m *Mirror, v goja.Value) bool {
	if reflect.TypeOf(v) == m.layouts.property {
		if d := (*valueProperty)(dataOf(v)); !d.accessor {
			v = d.value
		}
	}
	return IsForeign(v)
}

// gojaValues is the package path of the types that goja itself makes.
var gojaValues = reflect.TypeFor[goja.Object]().PkgPath()

// IsForeign reports whether v is a Go value of a binding that poses as a
// JavaScript value (a struct that embeds goja.Symbol), not one of goja's own.
func IsForeign(v goja.Value) bool {
	if v == nil {
		return false
	}
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath() != gojaValues
}

func (m *Mirror) slowKeys(o *goja.Object, all bool) []Key {
	list, _ := m.ownKeys(goja.FunctionCall{Arguments: []goja.Value{o}}).(*goja.Object)
	values, n, ok := m.Elements(list)
	if !ok {
		n = int(list.Get("length").ToInteger())
	}
	keys := make([]Key, 0, n)
	for i := range n {
		var v goja.Value
		if ok {
			v = values[i]
		} else {
			v = list.Get(strconv.Itoa(i))
		}
		k := keyOf(v)
		if !all && !m.enumerable(goja.FunctionCall{This: o, Arguments: []goja.Value{v}}).ToBoolean() {
			continue
		}
		if all && k.Symbol != nil {
			if p, ok := m.Own(o, k); ok && IsForeign(p.Value) {
				continue
			}
		}
		keys = append(keys, k)
	}
	return keys
}

// HasOwn reports whether o has an own property with the given key.
func (m *Mirror) HasOwn(o *goja.Object, key Key) bool {
	if v, known := m.lookup(o, key); known {
		return v != nil
	}
	return m.hasOwn(goja.FunctionCall{This: o, Arguments: []goja.Value{m.KeyValue(key)}}).ToBoolean()
}

// Get returns the property of o with the given key, own or inherited, running
// its getter, or nil if there is none.
func (m *Mirror) Get(o *goja.Object, key Key) goja.Value {
	if key.Symbol != nil {
		return o.GetSymbol(key.Symbol)
	}
	name := key.Name()
	if nextSurrogate(name) >= 0 { // which goja's Get cannot name
		return m.get(goja.FunctionCall{Arguments: []goja.Value{o, m.KeyValue(key)}})
	}
	return o.Get(name)
}

// SortKeys returns string keys in the order in which an object that got them in
// this order would list them: array indices first.
func SortKeys(keys []Key) []Key {
	names := make([]unistring.String, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	sorted := make([]Key, len(keys))
	for i, name := range indicesFirst(names) {
		sorted[i].name = name
	}
	return sorted
}
