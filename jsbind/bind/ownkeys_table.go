package bind

import (
	"math"
	"slices"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/engine"
)

// goja asks an object for its own properties through the methods of an
// interface, objectImpl. An object with Go state behind it has the methods of
// goja's plain objects, except those that list or describe own properties,
// which know the keys of ownkeys.go besides: its interface table is a copy of
// the plain objects' with some entries replaced. Everything else, reading and
// writing properties above all, is goja's own code.
//
// Where a method is not as expected, objects keep the plain table and show no
// such keys (engine.NewTable).

// propItem and iterNext are goja's propIterItem and iterNextFunc.
type propItem struct {
	name, value goja.Value
	enumerable  int
}

type iterNext func() (propItem, iterNext)

// enumerable is goja's flag for a property that needs no further look.
const enumerable = 2

var (
	wrapperTab, attachedTab unsafe.Pointer // tables of nativeBase and attachedBase

	// goja's own methods.
	plainStringKeys     func(b *nativeBase, all bool, accum []goja.Value) []goja.Value
	plainSymbols        func(b *nativeBase, all bool, accum []goja.Value) []goja.Value
	plainIterateStrings func(b *nativeBase) iterNext
	plainIterateSymbols func(b *nativeBase) iterNext
	plainGetOwnStr      func(b *nativeBase, name unistring.String) goja.Value
	plainGetOwnSym      func(b *nativeBase, s *goja.Symbol) goja.Value
	plainHasOwnStr      func(b *nativeBase, name unistring.String) bool
	plainHasOwnSym      func(b *nativeBase, s *goja.Symbol) bool
	plainDefineStr      func(b *nativeBase, name unistring.String, d goja.PropertyDescriptor, throw bool) bool
	plainDefineSym      func(b *nativeBase, s *goja.Symbol, d goja.PropertyDescriptor, throw bool) bool
)

// replacements are the methods that know the keys.
func replacements() engine.Methods {
	return engine.Methods{
		"stringKeys":           {stringKeys, &plainStringKeys},
		"symbols":              {symbols, &plainSymbols},
		"keys":                 {allKeys, nil},
		"iterateStringKeys":    {iterateStrings, &plainIterateStrings},
		"iterateSymbols":       {iterateSymbols, &plainIterateSymbols},
		"getOwnPropStr":        {getOwnStr, &plainGetOwnStr},
		"getOwnPropSym":        {getOwnSym, &plainGetOwnSym},
		"hasOwnPropertyStr":    {hasOwnStr, &plainHasOwnStr},
		"hasOwnPropertySym":    {hasOwnSym, &plainHasOwnSym},
		"defineOwnPropertyStr": {defineStr, &plainDefineStr},
		"defineOwnPropertySym": {defineSym, &plainDefineSym},
	}
}

// learnTable makes the tables; baseTab is known.
func learnTable(sample *goja.Object) {
	for _, t := range []struct {
		methods engine.Methods
		tab     *unsafe.Pointer
	}{
		{replacements(), &wrapperTab},
		{replacements(), &attachedTab},
		{watching(), &watchedTab},
	} {
		var err error
		if *t.tab, err = engine.NewTable(sample, t.methods); err != nil {
			wrapperTab, attachedTab, watchedTab = baseTab, baseTab, nil
			return
		}
	}
}

// attachedBase is a nativeBase of an object that a constructor made. Of the
// properties stored on it, the first so many were there before it got its
// state, those up to options the constructor assigned, and those up to listened
// were there when it got its first listener.
type attachedBase struct {
	nativeBase
	before, options, listened uint16
}

// FirstListener notes how many properties were stored before the first
// listener: that is where Node's _eventsCount of a stream stands.
func (h *classHost) FirstListener(e *events.Emitter) {
	if o, ok := e.Wrapper().(*goja.Object); ok {
		if b := plain(o); b != nil && b.marked() {
			if a := (*nativeBase)(unsafe.Pointer(b)).attached(); a != nil {
				a.listened = count(b)
			}
		}
	}
}

// AssignedOptions says that what was stored on o since it got its state was
// taken from the options of its constructor: OwnKeys has the place of some.
func AssignedOptions(o *goja.Object) {
	if b := plain(o); b != nil && b.marked() {
		if a := (*nativeBase)(unsafe.Pointer(b)).attached(); a != nil {
			a.options = count(b)
		}
	}
}

// count returns how many properties are stored on b.
func count(b *baseObject) uint16 { return uint16(min(len(b.propNames), math.MaxUint16)) }

func (b *nativeBase) attached() *attachedBase {
	if attachedTab == wrapperTab || wordsOf(b.val).self.tab != attachedTab {
		return nil
	}
	return (*attachedBase)(unsafe.Pointer(b))
}

// ownNames lists b's names in order: those it stores, and those its class says.
func (b *nativeBase) ownNames(k *OwnKeys) []unistring.String {
	plainStringKeys(b, true, nil) // brings array indices to the front
	stored := b.propNames
	before := b.idxPropCount
	options, listened := before, before
	if a := b.attached(); a != nil {
		before, options = max(before, int(a.before)), max(before, int(a.options))
		listened = max(options, int(a.listened))
	}
	before, options, listened = min(before, len(stored)), min(options, len(stored)), min(listened, len(stored))
	early, assigned := stored[:before], stored[:options]
	names := make([]unistring.String, 0, len(k.list)+len(stored))
	names = append(names, early...)
	for i := range k.list {
		key := &k.list[i]
		switch {
		case key.late && listened > options:
		case key.symbol != nil || slices.Contains(early, key.name):
		case key.stored && slices.Contains(assigned, key.name), !key.stored && (b.values[key.name] != nil || k.shows(i, b.state)):
			names = append(names, key.name)
		}
	}
	for i, n := range stored[before:] {
		if before+i == listened && listened > options {
			names = b.appendLate(names, k)
		}
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if listened == len(stored) && listened > options {
		names = b.appendLate(names, k)
	}
	return names
}

// appendLate appends the names that come when the first listener does.
func (b *nativeBase) appendLate(names []unistring.String, k *OwnKeys) []unistring.String {
	for i := range k.list {
		if key := &k.list[i]; key.late && (b.values[key.name] != nil || k.shows(i, b.state)) {
			names = append(names, key.name)
		}
	}
	return names
}

// value returns the value of a property that is not stored.
func (b *nativeBase) value(k *OwnKeys, i int) goja.Value {
	var v goja.Value
	if key := &k.list[i]; key.symbol != nil {
		v = b.val.GetSymbol(key.symbol)
	} else {
		v = b.val.Get(key.name.String())
	}
	if v != nil {
		return v
	}
	// An object that is none of the class's: ask the class's own accessor.
	if o, ok := b.state.(events.Object); ok {
		if h, ok := hostOf(o).(*classHost); ok {
			return h.read(b.val, &k.list[i])
		}
	}
	return goja.Undefined()
}

// find returns the index of a property that is there but not stored, or -1.
func (b *nativeBase) find(k *OwnKeys, name unistring.String) int {
	if i, ok := k.names[name]; ok && k.shows(i, b.state) {
		return i
	}
	return -1
}

func (b *nativeBase) findSymbol(k *OwnKeys, s *goja.Symbol) int {
	if i, ok := k.symbols[s]; ok && k.shows(i, b.state) {
		return i
	}
	return -1
}

// nameValue is the string that a property's name is.
func nameValue(b *nativeBase, name unistring.String) goja.Value {
	if u := name.AsUtf16(); u != nil {
		return goja.StringFromUTF16(u[1:])
	}
	return wordsOf(b.val).runtime.ToValue(string(name))
}

func stringKeys(b *nativeBase, all bool, accum []goja.Value) []goja.Value {
	k := ownKeysOf(b.state)
	if k == nil {
		return plainStringKeys(b, all, accum)
	}
	var shown map[string]bool // the stored names that are enumerable
	if !all {
		stored := plainStringKeys(b, false, nil)
		if len(stored) < len(b.propNames) {
			shown = make(map[string]bool, len(stored))
			for _, v := range stored {
				shown[v.String()] = true
			}
		}
	}
	for _, name := range b.ownNames(k) {
		if shown != nil && b.values[name] != nil && !shown[name.String()] {
			continue
		}
		accum = append(accum, nameValue(b, name))
	}
	return accum
}

func symbols(b *nativeBase, all bool, accum []goja.Value) []goja.Value {
	k := ownKeysOf(b.state)
	if k == nil || len(k.symbols) == 0 {
		return plainSymbols(b, all, accum)
	}
	for i := range k.list {
		if s := k.list[i].symbol; s != nil && !plainHasOwnSym(b, s) && k.shows(i, b.state) {
			accum = append(accum, s)
		}
	}
	n := len(accum)
	accum = plainSymbols(b, all, accum)
	return append(accum[:n], slices.DeleteFunc(accum[n:], func(v goja.Value) bool {
		s, ok := v.(*goja.Symbol)
		return ok && hidden[s]
	})...)
}

func allKeys(b *nativeBase, all bool, accum []goja.Value) []goja.Value {
	return symbols(b, all, stringKeys(b, all, accum))
}

func iterateStrings(b *nativeBase) iterNext {
	k := ownKeysOf(b.state)
	if k == nil {
		return plainIterateStrings(b)
	}
	names := b.ownNames(k)
	var next iterNext
	next = func() (propItem, iterNext) {
		for len(names) > 0 {
			name := names[0]
			names = names[1:]
			if v := b.values[name]; v != nil {
				return propItem{name: nameValue(b, name), value: v}, next
			}
			if b.find(k, name) >= 0 {
				return propItem{name: nameValue(b, name), enumerable: enumerable}, next
			}
		}
		return propItem{}, nil
	}
	return next
}

func iterateSymbols(b *nativeBase) iterNext {
	k := ownKeysOf(b.state)
	if k == nil || len(k.symbols) == 0 {
		return plainIterateSymbols(b)
	}
	list := symbols(b, true, nil)
	var next iterNext
	next = func() (propItem, iterNext) {
		for len(list) > 0 {
			s := list[0].(*goja.Symbol)
			list = list[1:]
			if v := plainGetOwnSym(b, s); v != nil {
				return propItem{name: s, value: v}, next
			}
			if b.findSymbol(k, s) >= 0 {
				return propItem{name: s, enumerable: enumerable}, next
			}
		}
		return propItem{}, nil
	}
	return next
}

func getOwnStr(b *nativeBase, name unistring.String) goja.Value {
	if v := plainGetOwnStr(b, name); v != nil {
		return v
	}
	if k := ownKeysOf(b.state); k != nil {
		if i := b.find(k, name); i >= 0 {
			return b.value(k, i)
		}
	}
	return nil
}

func getOwnSym(b *nativeBase, s *goja.Symbol) goja.Value {
	if v := plainGetOwnSym(b, s); v != nil {
		return v
	}
	if k := ownKeysOf(b.state); k != nil {
		if i := b.findSymbol(k, s); i >= 0 {
			return b.value(k, i)
		}
	}
	return nil
}

func hasOwnStr(b *nativeBase, name unistring.String) bool {
	if plainHasOwnStr(b, name) {
		return true
	}
	k := ownKeysOf(b.state)
	return k != nil && b.find(k, name) >= 0
}

func hasOwnSym(b *nativeBase, s *goja.Symbol) bool {
	if plainHasOwnSym(b, s) {
		return true
	}
	k := ownKeysOf(b.state)
	return k != nil && b.findSymbol(k, s) >= 0
}

// defineStr stores the property with the value it had, if the descriptor has
// none, and with the attributes of one that a constructor assigned.
func defineStr(b *nativeBase, name unistring.String, d goja.PropertyDescriptor, throw bool) bool {
	if k := ownKeysOf(b.state); k != nil && b.values[name] == nil {
		if i := b.find(k, name); i >= 0 {
			b.complete(&d, k, i)
		}
	}
	return plainDefineStr(b, name, d, throw)
}

func defineSym(b *nativeBase, s *goja.Symbol, d goja.PropertyDescriptor, throw bool) bool {
	if k := ownKeysOf(b.state); k != nil && !plainHasOwnSym(b, s) {
		if i := b.findSymbol(k, s); i >= 0 {
			b.complete(&d, k, i)
		}
	}
	return plainDefineSym(b, s, d, throw)
}

func (b *nativeBase) complete(d *goja.PropertyDescriptor, k *OwnKeys, i int) {
	for _, f := range []*goja.Flag{&d.Configurable, &d.Enumerable} {
		if *f == goja.FLAG_NOT_SET {
			*f = goja.FLAG_TRUE
		}
	}
	if d.Getter != nil || d.Setter != nil {
		return
	}
	if d.Writable == goja.FLAG_NOT_SET {
		d.Writable = goja.FLAG_TRUE
	}
	if d.Value == nil {
		d.Value = b.value(k, i)
	}
}
