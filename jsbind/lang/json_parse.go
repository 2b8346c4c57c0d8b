package lang

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// JSON.parse (ECMA-262 25.5.1). The parser works on the UTF-8 text that goja
// keeps for most strings, builds goja's values directly, and words its errors
// as V8 does.

type jsonParser struct {
	vm      *goja.Runtime
	src     string
	pos     int
	depth   int
	share   bool               // strings may be parts of src
	names   []unistring.String // of the objects that are being read and have no shape
	values  []goja.Value       // of the objects and arrays that are being read
	numbers engine.Numbers
	texts   engine.Strings       // makes values of strings
	exact   []uint16             // the text's code units, if UTF-8 cannot hold them
	notes   map[jsonPlace]string // the text of primitive values, for a reviver
}

// jsonPlace is a property of an object that the parser made.
type jsonPlace struct {
	holder *goja.Object
	key    string
}

// maxJSONDepth bounds the recursion; V8 stops at its stack's limit.
const maxJSONDepth = 100000

// shareLimit is how long a text may be whose parts stay parts of it: a short
// string then keeps no more than this alive.
const shareLimit = 4096

// jsonError is a SyntaxError's message, thrown by panic inside the parser.
type jsonError string

// ParseJSON parses text as JSON.parse does. What JSON.parse would throw is a
// goja exception.
func (h *Hooks) ParseJSON(text string) (goja.Value, error) {
	var v goja.Value
	ex := h.loader.vm.Try(func() { v = h.json.parse(&jsonParser{vm: h.loader.vm, src: text}) })
	if ex != nil {
		return nil, ex
	}
	return v, nil
}

func (j *jsonObject) parse(p *jsonParser) (v goja.Value) {
	p.share = len(p.src) <= shareLimit
	p.values = j.scratch[:0]
	j.scratch = nil
	defer func() {
		if cap(p.values) <= scratchKept {
			clear(p.values[:cap(p.values)])
			j.scratch = p.values
		}
		if x := recover(); x != nil {
			msg, ok := x.(jsonError)
			if !ok {
				panic(x)
			}
			err := newSyntaxError(j.vm, string(msg))
			if j.hooks.JSONError != nil {
				j.hooks.JSONError(err, p.src, p.pos)
			}
			panic(err)
		}
	}()
	p.blank()
	v = p.value()
	p.blank()
	if p.pos < len(p.src) {
		p.at("Unexpected non-whitespace character after JSON")
	}
	return v
}

func (p *jsonParser) blank() {
	for p.pos < len(p.src) {
		switch p.src[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

func (p *jsonParser) peek() byte {
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return 0
}

func (p *jsonParser) value() goja.Value {
	switch c := p.peek(); c {
	case '"':
		return p.string()
	case '{':
		return p.object()
	case '[':
		return p.array()
	case 't':
		p.word("true")
		return jsonTrue
	case 'f':
		p.word("false")
		return jsonFalse
	case 'n':
		p.word("null")
		return goja.Null()
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return p.number()
	}
	p.unexpected()
	return nil
}

var jsonTrue, jsonFalse = goBool(true), goBool(false)

// word reads a literal name; the error is at the first character that differs.
func (p *jsonParser) word(w string) {
	for i := range len(w) {
		if p.peek() != w[i] || p.pos >= len(p.src) {
			p.unexpected()
		}
		p.pos++
	}
}

func (p *jsonParser) enter() {
	if p.depth++; p.depth > maxJSONDepth {
		panic(newError(p.vm, "RangeError", "Maximum call stack size exceeded"))
	}
}

// scratchKept is how many values the memory that parsing needs may hold to be
// kept for the next time.
const scratchKept = 1024

func (p *jsonParser) object() goja.Value {
	p.enter()
	p.pos++
	p.blank()
	if p.peek() == '}' {
		p.pos++
		p.depth--
		return engine.NewObject(p.vm, engine.NoNames(), nil)
	}
	var o *goja.Object
	if p.notes != nil {
		o = p.vm.NewObject()
	}
	shape, mark := engine.NoNames(), len(p.values)
	if o != nil {
		shape = nil
	}
	names := len(p.names)
	for first := true; ; first = false {
		if p.peek() != '"' {
			if first {
				p.at("Expected property name or '}' in JSON")
			}
			p.at("Expected double-quoted property name in JSON")
		}
		var key unistring.String
		if next := p.knownKey(shape); next != nil {
			shape = next
		} else {
			if shape != nil { // from here on, names are collected
				p.names = append(p.names, shape.Names()...)
				shape = nil
			}
			key = p.key()
			p.names = append(p.names, key)
		}
		p.blank()
		if p.peek() != ':' {
			p.at("Expected ':' after property name in JSON")
		}
		p.pos++
		p.blank()
		start := p.pos
		v := p.value()
		if p.notes != nil {
			p.note(o, key.String(), v, start)
		}
		p.values = append(p.values, v)
		p.blank()
		switch p.peek() {
		case ',':
			p.pos++
			p.blank()
		case '}':
			p.pos++
			p.depth--
			if shape != nil {
				o = engine.NewObject(p.vm, shape, p.values[mark:])
				p.values = p.values[:mark]
				return o
			}
			if o == nil {
				o = p.vm.NewObject()
			}
			p.fill(o, names, mark)
			return o
		default:
			p.at("Expected ',' or '}' after property value in JSON")
		}
	}
}

// knownKey reads a key by which an object of this shape goes on, and returns the
// shape with it; or it reads nothing and returns nil.
func (p *jsonParser) knownKey(shape *engine.Shape) *engine.Shape {
	if shape == nil {
		return nil
	}
	start := p.pos
	if next := shape.Last(); next != nil {
		rest, name := p.src[start+1:], string(next.Name())
		if n := len(name); len(rest) > n && rest[:n] == name && rest[n] == '"' {
			p.pos = start + n + 2
			return next
		}
	}
	p.pos++
	if text, ascii, done := p.plain(); done && ascii {
		if next := shape.With(unistring.String(text)); next != nil {
			return next
		}
	}
	p.pos = start
	return nil
}

// fill moves the properties collected since names and values had the given
// lengths into o.
func (p *jsonParser) fill(o *goja.Object, names, values int) {
	keys, vals := p.names[names:], p.values[values:]
	p.names, p.values = p.names[:names], p.values[:values]
	base := plainParts(o)
	if base == nil {
		for i, key := range keys {
			_ = o.DefineDataProperty(key.String(), vals[i], goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
		return
	}
	if len(keys) > 8 {
		base.values = make(map[unistring.String]goja.Value, len(keys))
	}
	base.propNames = make([]unistring.String, 0, len(keys))
	for i, key := range keys {
		base.values[key] = vals[i]
		if len(base.values) > len(base.propNames) {
			base.propNames = append(base.propNames, key)
		}
	}
}

func (p *jsonParser) array() goja.Value {
	p.enter()
	p.pos++
	p.blank()
	if p.peek() == ']' {
		p.pos++
		p.depth--
		return engine.NewArray(p.vm, nil)
	}
	mark := len(p.values)
	var starts []int
	for {
		start := p.pos
		v := p.value() // which may grow p.values
		p.values = append(p.values, v)
		if p.notes != nil {
			starts = append(starts, start, p.pos)
		}
		p.blank()
		switch p.peek() {
		case ',':
			p.pos++
			p.blank()
		case ']':
			p.pos++
			p.depth--
			values := slices.Clone(p.values[mark:])
			p.values = p.values[:mark]
			o := engine.NewArray(p.vm, values)
			for i := 0; i < len(starts); i += 2 {
				if _, ok := values[i/2].(*goja.Object); !ok {
					p.notes[jsonPlace{o, strconv.Itoa(i / 2)}] = p.src[starts[i]:starts[i+1]]
				}
			}
			return o
		default:
			p.at("Expected ',' or ']' after array element in JSON")
		}
	}
}

// note records the text of a primitive value.
func (p *jsonParser) note(holder *goja.Object, key string, v goja.Value, start int) {
	if _, ok := v.(*goja.Object); ok {
		delete(p.notes, jsonPlace{holder, key})
		return
	}
	p.notes[jsonPlace{holder, key}] = p.src[start:p.pos]
}

// plain reads a string's contents as far as they need no decoding; the opening
// quote is behind. done says that the closing quote is, too.
func (p *jsonParser) plain() (text string, ascii, done bool) {
	start := p.pos
	ascii = true
	for p.pos < len(p.src) {
		switch c := p.src[p.pos]; {
		case c == '"':
			text = p.src[start:p.pos]
			p.pos++
			return text, ascii, true
		case c == '\\' || c < ' ':
			return p.src[start:p.pos], ascii, false
		case c >= utf8.RuneSelf:
			ascii = false
		}
		p.pos++
	}
	return p.src[start:], ascii, false
}

func (p *jsonParser) key() unistring.String {
	start := p.pos
	p.pos++
	text, ascii, done := p.plain()
	if done && (ascii || p.exact == nil) {
		return unistring.NewFromString(strings.Clone(text))
	}
	p.pos = start
	u, isASCII := p.decode()
	if isASCII {
		b := make([]byte, len(u))
		for i, c := range u {
			b[i] = byte(c)
		}
		return unistring.String(b)
	}
	return unistring.FromUtf16(append([]uint16{unistring.BOM}, u...))
}

func (p *jsonParser) string() goja.Value {
	start := p.pos
	p.pos++
	text, ascii, done := p.plain()
	if done && (ascii || p.exact == nil) {
		if !p.share {
			text = strings.Clone(text)
		}
		if ascii {
			return p.texts.ASCII(text)
		}
		return goString(text)
	}
	p.pos = start
	u, isASCII := p.decode()
	if isASCII {
		b := make([]byte, len(u))
		for i, c := range u {
			b[i] = byte(c)
		}
		return goString(string(b))
	}
	return goja.StringFromUTF16(u)
}

// decode reads a string with escapes into code units.
func (p *jsonParser) decode() (u []uint16, ascii bool) {
	p.pos++
	ascii = true
	for {
		if p.pos >= len(p.src) {
			p.at("Unterminated string in JSON")
		}
		c := p.src[p.pos]
		switch {
		case c == '"':
			p.pos++
			return u, ascii
		case c < ' ':
			p.at("Bad control character in string literal in JSON")
		case c == '\\':
			p.pos++
			unit := p.escape()
			ascii = ascii && unit < utf8.RuneSelf
			u = append(u, unit)
		case c < utf8.RuneSelf:
			u = append(u, uint16(c))
			p.pos++
		default:
			ascii = false
			r, n := utf8.DecodeRuneInString(p.src[p.pos:])
			if r == utf8.RuneError && p.exact != nil {
				u = append(u, p.exact[p.offset(p.pos)])
			} else {
				u = utf16.AppendRune(u, r)
			}
			p.pos += n
		}
	}
}

func (p *jsonParser) escape() uint16 {
	c := p.peek()
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		var v uint16
		for range 4 {
			p.pos++
			d := hexDigit(p.peek())
			if d < 0 {
				p.at("Bad Unicode escape in JSON")
			}
			v = v<<4 | uint16(d)
		}
		p.pos++
		return v
	default:
		if p.pos >= len(p.src) {
			p.unexpected()
		}
		p.at("Bad escaped character in JSON")
	}
	p.pos++
	return uint16(c)
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// offset converts a byte offset into one in UTF-16 code units.
func (p *jsonParser) offset(pos int) int {
	n := 0
	for _, c := range p.src[:pos] {
		n++
		if c > 0xffff {
			n++
		}
	}
	return n
}

// at throws an error that says where.
func (p *jsonParser) at(msg string) {
	line, column := 1, 1
	before := p.src[:p.pos]
	for i := 0; i < len(before); {
		c, n := utf8.DecodeRuneInString(before[i:])
		i += n
		switch {
		case c == '\r' && i < len(before) && before[i] == '\n':
		case c == '\n' || c == '\r':
			line, column = line+1, 1
		default:
			column++
			if c > 0xffff {
				column++
			}
		}
	}
	panic(jsonError(msg + " at position " + strconv.Itoa(p.offset(p.pos)) +
		" (line " + strconv.Itoa(line) + " column " + strconv.Itoa(column) + ")"))
}

// contextUnits is how many code units V8 shows on each side of a bad token.
const contextUnits = 10

// unexpected throws the error about the token at the position.
func (p *jsonParser) unexpected() {
	switch p.src {
	case "NaN", "Infinity", "undefined", "[object Object]":
		panic(jsonError(`"` + p.src + `" is not valid JSON`))
	}
	switch c := p.peek(); {
	case p.pos >= len(p.src):
		panic(jsonError("Unexpected end of JSON input"))
	case c >= '0' && c <= '9' || c == '-':
		p.at("Unexpected number in JSON")
	case c == '"':
		p.at("Unexpected string in JSON")
	}
	u := p.exact
	if u == nil {
		u = utf16.Encode([]rune(p.src))
	}
	at := p.offset(p.pos)
	text := func(from, to int) string { return string(utf16.Decode(u[from:to])) }
	msg := "Unexpected token '" + text(at, at+1) + "', "
	from, to := 0, len(u)
	if len(u) > 2*contextUnits {
		from, to = max(0, at-contextUnits), min(len(u), at+contextUnits)
	}
	if from > 0 {
		msg += "..."
	}
	msg += `"` + text(from, to) + `"`
	if to < len(u) {
		msg += "..."
	}
	panic(jsonError(msg + " is not valid JSON"))
}
