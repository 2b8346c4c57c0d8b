package inspect

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// property prints an own property of o: its name and its value. In an array
// the value is not set off from its name when it is long.
func (s *state) property(o *goja.Object, f field, inArray bool, depth float64) text {
	if f.null {
		return s.propertyOf(nil, f, mirror.Property{Value: goja.Null()}, inArray, depth)
	}
	p, ok := s.mirror.Own(o, f.key)
	if !ok { // an error's inherited cause
		p = mirror.Property{Value: orUndefined(s.mirror.Get(o, f.key))}
	}
	if f.key == stackKey && !p.Accessor && !p.Enumerable && s.mirror.Kind(o) == mirror.Error {
		// In V8 it is a pair of functions, whatever has been assigned to it.
		return concat(str(s.name(f.key, false)+": "), s.pair(depth, true, true, func() goja.Value { return p.Value }))
	}
	return s.propertyOf(o, f, p, inArray, depth)
}

// propertyOf prints property p; a getter is called on receiver.
func (s *state) propertyOf(receiver *goja.Object, f field, p mirror.Property, inArray bool, depth float64) text {
	t, extra := s.propertyValue(receiver, p, inArray, depth)
	return concat(str(s.name(f.key, p.Enumerable)+":"+extra), t)
}

// propertyValue prints the value of a property. extra is what separates it from
// the name.
func (s *state) propertyValue(receiver *goja.Object, p mirror.Property, inArray bool, depth float64) (t text, extra string) {
	extra = " "
	if p.Accessor {
		return s.accessor(receiver, p, depth), extra
	}
	if goja.IsUndefined(p.Value) {
		return str(s.style("undefined", styleUndefined)), extra
	}
	// With compact true, values are indented by one more column, and a long
	// one begins a line.
	indent := 2
	if s.opts.Compact == CompactFull && !inArray {
		indent = 3
	}
	s.indent += indent
	t = s.value(p.Value, depth)
	if indent == 3 && s.opts.BreakLength < float64(s.width(t)) {
		extra = s.newline(0)
	}
	s.indent -= indent
	return t, extra
}

// element prints an element of an array.
func (s *state) element(o *goja.Object, p mirror.Property, depth float64) text {
	t, _ := s.propertyValue(o, p, true, depth)
	return t
}

func accessorLabel(getter, setter bool) string {
	switch {
	case getter && setter:
		return "Getter/Setter"
	case getter:
		return "Getter"
	}
	return "Setter"
}

// accessor prints a property that has functions for a value: which, and with
// options.getters what the getter returns or throws.
func (s *state) accessor(receiver *goja.Object, p mirror.Property, depth float64) text {
	if p.Getter == nil {
		if p.Setter == nil {
			return str(s.style("undefined", styleUndefined))
		}
		return str(s.style("[Setter]", styleSpecial))
	}
	return s.pair(depth, receiver != nil, p.Setter != nil, func() goja.Value {
		return s.Inspector.call(p.Getter, receiver)
	})
}

var stackKey = mirror.StringKey("stack")

// pair prints a property that has a getter and perhaps a setter.
func (s *state) pair(depth float64, callable, setter bool, get func() goja.Value) text {
	label := accessorLabel(true, setter)
	want := s.opts.Getters == GettersAll || s.opts.Getters == GettersOnly && !setter || s.opts.Getters == GettersPair && setter
	if !want || !callable {
		return str(s.style("["+label+"]", styleSpecial))
	}
	var t text
	nesting := s.nesting
	ex := s.vm.Try(func() {
		v := get()
		s.indent += 2
		o, ok := v.(*goja.Object)
		switch {
		case !ok:
			t = str(s.style("["+label+":", styleSpecial) + " " + s.primitive(v) + s.style("]", styleSpecial))
		case s.callable(o):
			// So does Node 24.12.0, which takes a function for a symbol here.
			panic(s.vm.NewTypeError("Symbol.prototype.toString requires that 'this' be a Symbol"))
		default:
			t = concat(str(s.style("["+label+"]", styleSpecial)+" "), s.value(v, depth))
		}
		s.indent -= 2
	})
	if ex != nil {
		s.nesting = nesting
		// What fails after the getter leaves the indentation as it is, in
		// Node as well.
		return str(s.style("["+label+":", styleSpecial) + " <Inspection threw (" + s.thrownMessage(ex.Value()) + ")>" +
			s.style("]", styleSpecial))
	}
	return t
}

// thrownMessage is `${v.message}`.
func (s *state) thrownMessage(v goja.Value) string {
	if t := mirror.TypeOf(v); t == mirror.TypeUndefined || t == mirror.TypeNull {
		panic(s.vm.NewTypeError("Cannot read properties of %s (reading 'message')", v.String()))
	}
	return s.toText(orUndefined(v.ToObject(s.vm).Get("message")))
}

// name prints the name of a property.
func (s *state) name(k mirror.Key, enumerable bool) string {
	var text string
	if k.Symbol != nil {
		text = s.style("Symbol("+escapeKey(symbolDescription(k.Symbol))+")", styleSymbol)
	} else if name := k.Name(); name == "__proto__" {
		text = "['__proto__']"
	} else if isIdentifier(name) {
		text = s.style(name, styleName)
	} else {
		text = s.style(quote(name), styleString)
	}
	if !enumerable {
		return "[" + text + "]"
	}
	return text
}

// isIdentifier reports whether a name is printed without quotes: ASCII letters,
// digits and underscores, not beginning with a digit.
func isIdentifier(name string) bool {
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || i > 0 && c >= '0' && c <= '9' {
			continue
		}
		return false
	}
	return name != ""
}

// keyIndex returns the position of a string key in fields, or -1.
func keyIndex(fields []field, name string) int {
	for i, f := range fields {
		if f.key.Is(name) {
			return i
		}
	}
	return -1
}
