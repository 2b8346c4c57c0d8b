package inspect

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// maxNesting bounds the recursion, about where Node's stack ends.
const maxNesting = 1200

// maxOutput is the length of text on one level of indentation beyond which no
// deeper levels are shown.
const maxOutput = 1 << 27

// state is one call of inspect. Depths are floats because that is how Node
// compares them: below a value that has no depth (NaN) there is no limit.
type state struct {
	*Inspector
	opts     Options
	seen     []*goja.Object // the objects that are being printed, outermost first
	circular []*goja.Object // those that are referred to from inside: <ref *n>
	indent   int            // columns
	current  float64        // depth of the object whose parts are being printed
	written  map[int]int    // length of what was printed, by indentation
	nesting  int            // calls of valueAs for objects
}

// value prints v, which lies depth levels deep.
func (s *state) value(v goja.Value, depth float64) text {
	return s.valueAs(v, depth, false)
}

// valueAs is value; viewed is set for the buffer of a typed array, of which
// only the length is shown.
func (s *state) valueAs(v goja.Value, depth float64, viewed bool) text {
	o, ok := v.(*goja.Object)
	if !ok {
		return str(s.primitive(v))
	}
	if s.nesting >= 2*maxNesting {
		s.overflow()
	}
	s.nesting++
	text := s.objectOrCustom(o, depth, viewed)
	s.nesting--
	return text
}

// objectOrCustom prints an object: a proxy as its target, others by their own
// inspection function or as what they are.
func (s *state) objectOrCustom(o *goja.Object, depth float64, viewed bool) text {
	context := o
	kind := s.mirror.Kind(o)
	proxied := kind == mirror.Proxy
	if proxied {
		p := o.Export().(goja.Proxy)
		if p.Target() == nil || p.Handler() == nil {
			return str(s.style("<Revoked Proxy>", styleSpecial))
		}
		if s.opts.ShowProxy {
			return s.proxy(p, depth)
		}
		for kind == mirror.Proxy {
			if p = o.Export().(goja.Proxy); p.Target() == nil {
				return str(s.style("<Revoked Proxy>", styleSpecial))
			}
			o = p.Target()
			kind = s.mirror.Kind(o)
		}
	}
	if s.opts.CustomInspect {
		if text, ok := s.custom(o, context, depth, proxied); ok {
			return text
		}
	}
	for _, outer := range s.seen {
		if outer == o {
			return str(s.style("[Circular *"+itoa(s.reference(o))+"]", styleSpecial))
		}
	}
	return s.object(o, kind, depth, viewed)
}

// reference returns the number of the reference to o, giving it one.
func (s *state) reference(o *goja.Object) int {
	if n := s.referenceTo(o); n > 0 {
		return n
	}
	s.circular = append(s.circular, o)
	return len(s.circular)
}

// referenceTo returns the number of the reference to o, or 0.
func (s *state) referenceTo(o *goja.Object) int {
	for i, c := range s.circular {
		if c == o {
			return i + 1
		}
	}
	return 0
}

// custom prints o by its own inspection function, if it has one. context is
// what that function gets for this: o, or the proxy before it.
func (s *state) custom(o, context *goja.Object, depth float64, proxied bool) (t text, ok bool) {
	fn, ok := o.GetSymbol(s.customSymbol).(*goja.Object)
	if !ok || fn == s.inspect || !s.callable(fn) {
		return t, false
	}
	// The prototype of a class is not an instance of it.
	if p, ok := s.mirror.Own(o, constructorKey); ok {
		if c, ok := p.Value.(*goja.Object); ok {
			if proto := c.Get("prototype"); proto != nil && proto.SameAs(o) {
				return t, false
			}
		}
	}
	left := s.opts.Depth - depth
	var ret goja.Value
	if f := s.natives[fn]; f != nil {
		ret = f(context, left, s.opts)
	} else {
		leftValue := s.numberValue(left)
		if s.noDepth() {
			leftValue = goja.Null()
		}
		var options *goja.Object
		if proxied {
			options = s.foreignOptions(&s.opts)
		} else {
			options = s.OptionsObject(&s.opts)
		}
		ret = s.call(fn, context, leftValue, options, s.inspect)
	}
	if ret == nil {
		ret = goja.Undefined()
	}
	if text, ok := ret.(goja.String); ok {
		return str(strings.ReplaceAll(mirror.Text(text), "\n", s.newline(0))), true
	}
	if ret == goja.Value(context) {
		return t, false
	}
	return s.value(ret, depth), true
}

// proxy prints a proxy's target and handler.
func (s *state) proxy(p goja.Proxy, depth float64) text {
	if depth > s.opts.Depth {
		return str(s.style("Proxy [Array]", styleSpecial))
	}
	depth++
	s.indent += 2
	parts := []text{s.value(p.Target(), depth), s.value(p.Handler(), depth)}
	s.indent -= 2
	return s.join(parts, "", "Proxy [", "]", elements, depth, nil)
}

// newline returns a line feed and the current indentation plus extra columns.
func (s *state) newline(extra int) string {
	n := s.indent + extra
	if n < len(lineFeed) {
		return lineFeed[:n+1]
	}
	return "\n" + strings.Repeat(" ", n)
}

const lineFeed = "\n                                                                                "

// callable reports whether o is a function.
func (in *Inspector) callable(o *goja.Object) bool {
	if in.mirror.Kind(o).Callable() {
		return true
	}
	if in.mirror.Kind(o) == mirror.Proxy {
		_, ok := goja.AssertFunction(o)
		return ok
	}
	return false
}

// call calls a JavaScript function; what it throws passes through.
func (in *Inspector) call(fn *goja.Object, this goja.Value, args ...goja.Value) goja.Value {
	if in.mirror.Kind(fn) != mirror.Class {
		if f, ok := fn.Export().(func(goja.FunctionCall) goja.Value); ok {
			return f(goja.FunctionCall{This: this, Arguments: args})
		}
	}
	f, ok := goja.AssertFunction(fn)
	if !ok {
		panic(in.vm.NewTypeError("%s is not a function", fn.String()))
	}
	v, err := f(this, args...)
	if err != nil {
		panic(err)
	}
	return v
}

// toText is String(v) in JavaScript, except that a symbol throws.
func (in *Inspector) toText(v goja.Value) string {
	switch v := v.(type) {
	case goja.String:
		return mirror.Text(v)
	case *goja.Symbol:
		panic(in.vm.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	if s, ok := v.ToString().(goja.String); ok {
		return mirror.Text(s)
	}
	return v.String()
}
