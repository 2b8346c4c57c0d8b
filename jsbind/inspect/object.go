package inspect

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// layout says how the parts of an object are arranged.
type layout uint8

const (
	properties layout = iota // name: value
	elements                 // an array's: no names, grouped in columns
)

// field is an own property that is to be printed.
type field struct {
	key  mirror.Key
	null bool // hidden and null, whatever the engine says: a function's arguments and caller
}

// shape is how one object is printed: what Node would decide before it looks
// into the object.
type shape struct {
	open, close string
	base        string // text before the braces: [Function: f], an error's stack
	layout      layout
	fields      []field
	parts       func() []text // what is inside besides the fields; may be nil
	inherited   []text        // properties of prototypes, with showHidden
}

// bare reports whether there is no property to print.
func (p *shape) bare() bool { return len(p.fields) == 0 && p.inherited == nil }

var constructorKey = mirror.StringKey("constructor")

// object prints o, which is not a proxy, has no inspection function of its own
// and is not inside itself.
func (s *state) object(o *goja.Object, kind mirror.Kind, depth float64, viewed bool) text {
	if len(s.seen) >= maxNesting {
		return str(s.style("["+s.nameOrNull(o, kind, depth)+
			": Inspection interrupted prematurely. Maximum call stack size exceeded.]", styleSpecial))
	}
	c := class{object: o, kind: kind}
	var inherited *[]text
	if s.opts.ShowHidden && (depth <= s.opts.Depth || s.noDepth()) {
		inherited = new([]text)
	}
	c.name, c.known = s.className(o, kind, depth, inherited)
	c.tag = s.tag(o)

	p := shape{}
	if inherited != nil && len(*inherited) > 0 {
		p.inherited = *inherited
	}
	if t, done := s.shape(&p, &c, depth, viewed); done {
		return t
	}
	if depth > s.opts.Depth {
		name := strings.TrimSuffix(c.prefix(engineName(s.mirror, o, kind), ""), " ")
		if c.known {
			name = "[" + name + "]"
		}
		return str(s.style(name, styleSpecial))
	}
	depth++
	s.seen = append(s.seen, o)
	s.current = depth
	var parts []text
	if p.parts != nil {
		parts = p.parts()
	}
	if parts == nil && len(p.fields) > 0 {
		parts = make([]text, 0, len(p.fields)+len(p.inherited))
	}
	own := len(parts)
	for _, f := range p.fields {
		parts = append(parts, s.property(o, f, p.layout == elements, depth))
	}
	parts = append(parts, p.inherited...)
	s.seen = s.seen[:len(s.seen)-1]

	if n := s.referenceTo(o); n > 0 {
		ref := s.style("<ref *"+itoa(n)+">", styleSpecial)
		switch {
		case s.opts.Compact == CompactFull:
			p.open = ref + " " + p.open
		case p.base == "":
			p.base = ref
		default:
			p.base = ref + " " + p.base
		}
	}
	if s.opts.Sorted {
		if p.layout == properties {
			s.sort(parts)
		} else if len(p.fields) > 1 {
			s.sort(parts[own:])
		}
	}
	var indexed *goja.Object
	if p.layout == elements {
		indexed = o
	}
	t := s.join(parts, p.base, p.open, p.close, p.layout, depth, indexed)
	s.account(t)
	return t
}

// noDepth reports whether options.depth is null.
func (s *state) noDepth() bool {
	v, ok := s.opts.given["depth"]
	return ok && goja.IsNull(v)
}

// account stops going deeper once too much has been printed.
func (s *state) account(t text) {
	if t.size < 1<<10 && s.written == nil {
		return // too small to matter
	}
	if s.written == nil {
		s.written = make(map[int]int)
	}
	s.written[s.indent] += t.size
	if s.written[s.indent] > maxOutput {
		s.opts.Depth = -1
	}
}

// sort orders the parts of an object by options.sorted.
func (s *state) sort(parts []text) {
	if s.opts.Compare == nil {
		slices.SortStableFunc(parts, func(a, b text) int { return compareUnits(a.String(), b.String()) })
		return
	}
	f, ok := s.opts.Compare.(*goja.Object)
	if !ok || !s.callable(f) {
		panic(s.vm.NewTypeError("The comparison function must be either a function or undefined: %s", s.opts.Compare.String()))
	}
	slices.SortStableFunc(parts, func(a, b text) int {
		v := s.Inspector.call(f, goja.Undefined(), s.mirror.StringValue(a.String()), s.mirror.StringValue(b.String())).ToFloat()
		switch {
		case v < 0:
			return -1
		case v > 0:
			return 1
		}
		return 0
	})
}

// compareUnits compares by UTF-16 code units, as JavaScript does.
func compareUnits(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			if a[i] < 0xED && b[i] < 0xED {
				return int(a[i]) - int(b[i])
			}
			return slices.Compare(mirror.ToUTF16(a), mirror.ToUTF16(b))
		}
	}
	return len(a) - len(b)
}

// fields returns the own properties of o that are shown.
func (s *state) fields(o *goja.Object) []field {
	return wrapFields(s.mirror.OwnKeys(o, s.opts.ShowHidden))
}

// namedFields is fields without the indices of an array.
func (s *state) namedFields(o *goja.Object) []field {
	return wrapFields(s.mirror.NonIndexKeys(o, s.opts.ShowHidden))
}

func wrapFields(keys []mirror.Key) []field {
	if len(keys) == 0 {
		return nil
	}
	fields := make([]field, len(keys))
	for i, k := range keys {
		fields[i].key = k
	}
	return fields
}
