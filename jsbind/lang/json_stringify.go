package lang

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// JSON.stringify (ECMA-262 25.5.2). The text is built as UTF-8, which is exact
// because lone surrogates are written as escapes.

type jsonWriter struct {
	j        *jsonObject
	buf      []byte
	replacer native
	allowed  []string // the replacer's list of property names
	limited  bool
	gap      string
	indent   string
	stack    []*goja.Object
	keys     []string // of the objects on the stack, for the error about circles
	names    []unistring.String
}

func (j *jsonObject) jsStringify(c goja.FunctionCall) goja.Value {
	w := &jsonWriter{j: j}
	if o, ok := c.Argument(1).(*goja.Object); ok {
		if f, ok := callable(o); ok {
			w.replacer = f
		} else if isArray(j.vm, o) {
			w.limited = true
			w.allow(o)
		}
	}
	w.gap = gapOf(c.Argument(2))
	if !w.top(c.Argument(0)) {
		return goja.Undefined()
	}
	return goString(string(w.buf))
}

// Stringify returns what JSON.stringify(v) does; ok is false where that is
// undefined. What it would throw is a goja exception.
func (h *Hooks) Stringify(v goja.Value) (text []byte, ok bool, err error) {
	w := &jsonWriter{j: h.json}
	if ex := h.loader.vm.Try(func() { ok = w.top(v) }); ex != nil {
		return nil, false, ex
	}
	return w.buf, ok, nil
}

func (w *jsonWriter) top(v goja.Value) bool {
	var holder *goja.Object
	if w.replacer != nil {
		holder = w.j.holder(v)
	}
	return w.property(holder, "", v)
}

// allow reads the replacer's list of names.
func (w *jsonWriter) allow(o *goja.Object) {
	seen := make(map[string]bool)
	n := int(o.Get("length").ToInteger())
	for i := range n {
		v := o.Get(strconv.Itoa(i))
		switch x := v.(type) {
		case goja.String:
		case *goja.Object:
			if c := x.ClassName(); c != "String" && c != "Number" {
				continue
			}
		default:
			if !isNumber(v) {
				continue
			}
		}
		if name := v.String(); !seen[name] {
			seen[name] = true
			w.allowed = append(w.allowed, name)
		}
	}
}

func gapOf(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok {
		switch o.ClassName() {
		case "Number":
			v = o.ToNumber()
		case "String":
			v = o.ToString()
		}
	}
	if s, ok := v.(goja.String); ok {
		return s.Substring(0, min(10, s.Length())).String()
	}
	if isNumber(v) {
		return strings.Repeat(" ", int(max(0, min(10, v.ToInteger()))))
	}
	return ""
}

// property is SerializeJSONProperty (25.5.2.2): it writes the value and says
// whether there is one.
func (w *jsonWriter) property(holder *goja.Object, key string, v goja.Value) bool {
	if o, ok := v.(*goja.Object); ok || goja.IsBigInt(v) {
		var to goja.Value
		if ok {
			to = o.Get("toJSON")
		} else { // a getter gets the BigInt itself
			to = w.j.get(goja.FunctionCall{Arguments: []goja.Value{v.ToObject(w.j.vm), goString("toJSON"), v}})
		}
		if to != nil {
			if f, ok := callable(to); ok {
				v = f(goja.FunctionCall{This: v, Arguments: []goja.Value{goString(key)}})
			}
		}
	}
	if w.replacer != nil {
		v = w.replacer(goja.FunctionCall{This: holder, Arguments: []goja.Value{goString(key), v}})
	}
	switch x := v.(type) {
	case nil:
		return false
	case goja.String:
		w.quote(x)
		return true
	case *goja.Symbol:
		return false
	case *goja.Object:
		return w.object(x, key)
	}
	return w.primitive(v)
}

func (w *jsonWriter) primitive(v goja.Value) bool {
	switch {
	case goja.IsUndefined(v):
		return false
	case goja.IsNull(v):
		w.buf = append(w.buf, "null"...)
		return true
	case goja.IsBigInt(v):
		panic(w.j.vm.NewTypeError("Do not know how to serialize a BigInt"))
	}
	switch x := v.Export().(type) {
	case bool:
		w.buf = strconv.AppendBool(w.buf, x)
	case int64:
		w.buf = strconv.AppendInt(w.buf, x, 10)
	case float64:
		if math.IsInf(x, 0) || math.IsNaN(x) {
			w.buf = append(w.buf, "null"...)
		} else if x == 0 {
			w.buf = append(w.buf, '0')
		} else {
			w.buf = append(w.buf, v.String()...)
		}
	case string:
		w.quote(goString(x).(goja.String))
	default:
		return false
	}
	return true
}

func (w *jsonWriter) object(o *goja.Object, key string) bool {
	if _, _, ok := engine.Properties(o); ok {
	} else if base := plainParts(o); base != nil {
		if raw, ok := base.values[rawText]; ok {
			w.buf = append(w.buf, raw.String()...)
			return true
		}
	} else {
		switch o.ClassName() {
		case "Number":
			return w.primitive(o.ToNumber())
		case "String":
			w.quote(toString(w.j.vm, o))
			return true
		case "Boolean":
			if p := primitiveParts(o); p != nil {
				return w.primitive(p.pValue)
			}
		case "Function":
			return false
		case "Object":
			if p := primitiveParts(o); p != nil && goja.IsBigInt(p.pValue) {
				return w.primitive(p.pValue)
			}
		}
		if _, ok := goja.AssertFunction(o); ok {
			return false
		}
	}
	w.enter(o, key)
	if isArray(w.j.vm, o) {
		w.array(o)
	} else {
		w.members(o)
	}
	w.stack, w.keys = w.stack[:len(w.stack)-1], w.keys[:len(w.keys)-1]
	return true
}

// enter notes the object, and throws if it is inside of itself.
func (w *jsonWriter) enter(o *goja.Object, key string) {
	for i, s := range w.stack {
		if s == o {
			panic(w.j.vm.NewTypeError("%s", w.circle(i, key)))
		}
	}
	if len(w.stack) > maxJSONDepth/10 {
		panic(newError(w.j.vm, "RangeError", "Maximum call stack size exceeded"))
	}
	w.stack = append(w.stack, o)
	w.keys = append(w.keys, key)
}

// circle draws V8's picture of a circular structure, whose first object is at
// index first of the stack.
func (w *jsonWriter) circle(first int, last string) string {
	name := func(o *goja.Object) string {
		if c, ok := o.Get("constructor").(*goja.Object); ok {
			if n, ok := c.Get("name").(goja.String); ok && n.Length() > 0 {
				return "object with constructor '" + n.String() + "'"
			}
		}
		return "object with constructor 'Object'"
	}
	key := func(holder *goja.Object, k string) string {
		if isArray(w.j.vm, holder) {
			return "index " + k
		}
		return "property '" + k + "'"
	}
	var b strings.Builder
	b.WriteString("Converting circular structure to JSON\n    --> starting at " + name(w.stack[first]))
	n := len(w.stack)
	for i := first + 1; i < n; i++ {
		if i == first+3 && n > first+4 {
			b.WriteString("\n    |     ...")
			i = n - 1
		}
		b.WriteString("\n    |     " + key(w.stack[i-1], w.keys[i]) + " -> " + name(w.stack[i]))
	}
	b.WriteString("\n    --- " + key(w.stack[n-1], last) + " closes the circle")
	return b.String()
}

func (w *jsonWriter) array(o *goja.Object) {
	n := 0
	a := arrayParts(o)
	if a != nil {
		n = int(a.length)
	} else {
		n = int(max(0, o.Get("length").ToInteger()))
	}
	if n == 0 {
		w.buf = append(w.buf, "[]"...)
		return
	}
	was := w.indent
	w.indent += w.gap
	w.buf = append(w.buf, '[')
	for i := range n {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.newline(w.indent)
		var v goja.Value
		if a != nil && i < len(a.values) && a.values[i] != nil && propertyParts(a.values[i]) == nil {
			v = a.values[i]
		} else {
			v = o.Get(strconv.Itoa(i))
		}
		key := ""
		if w.replacer != nil || isObject(v) {
			key = strconv.Itoa(i)
		}
		if v == nil {
			v = goja.Undefined()
		}
		if !w.property(o, key, v) {
			w.buf = append(w.buf, "null"...)
		}
	}
	w.newline(was)
	w.buf = append(w.buf, ']')
	w.indent = was
}

func isObject(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok
}

func (w *jsonWriter) newline(indent string) {
	if w.gap != "" {
		w.buf = append(w.buf, '\n')
		w.buf = append(w.buf, indent...)
	}
}

func (w *jsonWriter) members(o *goja.Object) {
	was := w.indent
	w.indent += w.gap
	w.buf = append(w.buf, '{')
	any := false
	member := func(key string, v goja.Value) {
		start := len(w.buf)
		if any {
			w.buf = append(w.buf, ',')
		}
		w.newline(w.indent)
		w.quoteUTF8(key)
		w.buf = append(w.buf, ':')
		if w.gap != "" {
			w.buf = append(w.buf, ' ')
		}
		if w.property(o, key, v) {
			any = true
		} else {
			w.buf = w.buf[:start]
		}
	}
	shape, _, shaped := engine.Properties(o)
	var base *baseObjectMirror
	if !shaped {
		base = plainParts(o)
	}
	switch {
	case w.limited:
		for _, key := range w.allowed {
			if v := o.Get(key); v != nil {
				member(key, v)
			}
		}
	case shaped && w.replacer == nil:
		for i, name := range shape { // a toJSON may change the object meanwhile
			if v := engine.Property(o, i, name); v != nil {
				member(name.String(), v)
			}
		}
	case base != nil && w.replacer == nil && simpleNames(base):
		// The table of values as it is. A getter or a toJSON may change the
		// object meanwhile, so the names are copied and each value is looked
		// up in turn.
		mark := len(w.names)
		w.names = append(w.names, base.propNames...)
		end := len(w.names)
		for i := mark; i < end; i++ {
			name := w.names[i]
			v, ok := base.values[name]
			if !ok {
				continue
			}
			if p := propertyParts(v); p != nil {
				if !p.enumerable {
					continue
				}
				v = o.Get(name.String())
			}
			member(name.String(), v)
		}
		w.names = w.names[:mark]
	default:
		for _, key := range o.Keys() {
			v := o.Get(key)
			if v == nil {
				v = goja.Undefined()
			}
			member(key, v)
		}
	}
	if any {
		w.newline(was)
	}
	w.buf = append(w.buf, '}')
	w.indent = was
}

// simpleNames says that no name looks like an array index, so that the order of
// the names is the order of the properties.
func simpleNames(base *baseObjectMirror) bool {
	for _, name := range base.propNames {
		if name == "" {
			continue
		}
		if c := name[0]; c >= '0' && c <= '9' {
			return false
		}
	}
	return true
}

const hexDigits = "0123456789abcdef"

// quote is QuoteJSONString (25.5.2.3).
func (w *jsonWriter) quote(s goja.String) {
	text := s.String()
	if len(text) == s.Length() || !strings.ContainsRune(text, utf8.RuneError) {
		w.quoteUTF8(text)
		return
	}
	// It may hold lone surrogates.
	w.buf = append(w.buf, '"')
	u := units(s)
	for i := 0; i < len(u); i++ {
		c := rune(u[i])
		if utf16.IsSurrogate(c) {
			if i+1 < len(u) {
				if full := utf16.DecodeRune(c, rune(u[i+1])); full != utf8.RuneError {
					w.buf = utf8.AppendRune(w.buf, full)
					i++
					continue
				}
			}
			w.buf = append(w.buf, `\u`...)
			for shift := 12; shift >= 0; shift -= 4 {
				w.buf = append(w.buf, hexDigits[c>>shift&15])
			}
			continue
		}
		if c < utf8.RuneSelf {
			w.escaped(byte(c))
			continue
		}
		w.buf = utf8.AppendRune(w.buf, c)
	}
	w.buf = append(w.buf, '"')
}

func (w *jsonWriter) quoteUTF8(s string) {
	w.buf = append(w.buf, '"')
	start := 0
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			w.buf = append(w.buf, s[start:i]...)
			w.escaped(c)
			start = i + 1
		}
	}
	w.buf = append(w.buf, s[start:]...)
	w.buf = append(w.buf, '"')
}

// escaped writes one ASCII character.
func (w *jsonWriter) escaped(c byte) {
	switch c {
	case '"', '\\':
		w.buf = append(w.buf, '\\', c)
	case '\b':
		w.buf = append(w.buf, `\b`...)
	case '\f':
		w.buf = append(w.buf, `\f`...)
	case '\n':
		w.buf = append(w.buf, `\n`...)
	case '\r':
		w.buf = append(w.buf, `\r`...)
	case '\t':
		w.buf = append(w.buf, `\t`...)
	default:
		if c < ' ' {
			w.buf = append(w.buf, `\u00`...)
			w.buf = append(w.buf, hexDigits[c>>4], hexDigits[c&15])
			return
		}
		w.buf = append(w.buf, c)
	}
}
