package utilmod

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// mimeParams is the list of a MIME type's parameters, in order.
type mimeParams struct{ list []mimeParam }

type mimeParam struct{ name, value string }

func (p *mimeParams) find(name string) int {
	for i := range p.list {
		if p.list[i].name == name {
			return i
		}
	}
	return -1
}

// lookup is find for a name that JavaScript gives, which only a string can be.
func (p *mimeParams) lookup(name goja.Value) int {
	if !goja.IsString(name) {
		return -1
	}
	return p.find(name.String())
}

func (p *mimeParams) set(name, value string) {
	if i := p.find(name); i >= 0 {
		p.list[i].value = value
		return
	}
	p.list = append(p.list, mimeParam{name, value})
}

// String is the parameters as they follow the essence, without the first
// semicolon.
func (p *mimeParams) String() string {
	var b strings.Builder
	for i, q := range p.list {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(q.name + "=" + quoteMIME(q.value))
	}
	return b.String()
}

// quoteMIME puts a value that is no token between quotes.
func quoteMIME(s string) string {
	if s != "" && invalidAt(s, isToken) < 0 {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// mimeType is a parsed MIME type (https://mimesniff.spec.whatwg.org/#mime-type-representation).
type mimeType struct {
	kind, subtype string
	params        *mimeParams
	shown         *goja.Object // its MIMEParams
}

func (t *mimeType) essence() string { return t.kind + "/" + t.subtype }

func (t *mimeType) String() string {
	if len(t.params.list) == 0 {
		return t.essence()
	}
	return t.essence() + ";" + t.params.String()
}

// isToken tells the code points of an HTTP token.
func isToken(r rune) bool {
	switch {
	case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
		return true
	}
	return r < 0x80 && strings.ContainsRune("!#$%&'*+-.^_`|~", r)
}

// isQuoted tells the code points of an HTTP quoted string.
func isQuoted(r rune) bool { return r == '\t' || r >= 0x20 && r <= 0x7E || r >= 0x80 && r <= 0xFF }

// invalidAt returns the UTF-16 index of the first code point that is not
// allowed, -1 for none.
func invalidAt(s string, allowed func(rune) bool) int {
	i := 0
	for _, r := range s {
		if !allowed(r) {
			return i
		}
		i += len(utf16.AppendRune(nil, r))
	}
	return -1
}

const mimeSpace = "\t\n\r "

func mimeSyntax(production, text string, at int) error {
	msg := "The MIME syntax for a " + production + ` in "` + text + `" is invalid`
	if at >= 0 {
		msg += " at " + strconv.Itoa(at)
	}
	return nodeerr.New(nodeerr.KindType, "ERR_INVALID_MIME_SYNTAX", msg)
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 32
		}
	}
	return string(b)
}

// parseMIME follows https://mimesniff.spec.whatwg.org/#parsing-a-mime-type.
func parseMIME(s string) (*mimeType, error) {
	text := strings.TrimLeft(s, mimeSpace)
	slash := strings.IndexByte(text, '/')
	if slash < 0 {
		return nil, mimeSyntax("type", s, -1)
	}
	kind := text[:slash]
	if at := invalidAt(kind, isToken); kind == "" || at >= 0 {
		return nil, mimeSyntax("type", s, at)
	}
	rest := text[slash+1:]
	sub, params, hasParams := strings.Cut(rest, ";")
	sub = strings.TrimRight(sub, mimeSpace)
	if at := invalidAt(sub, isToken); sub == "" || at >= 0 {
		return nil, mimeSyntax("subtype", s, at)
	}
	t := &mimeType{kind: asciiLower(kind), subtype: asciiLower(sub), params: &mimeParams{}}
	if hasParams {
		t.params.parse(params)
	}
	return t, nil
}

// parse reads the parameters after the first semicolon.
func (p *mimeParams) parse(s string) {
	for s != "" {
		s = strings.TrimLeft(s, mimeSpace)
		end := strings.IndexAny(s, ";=")
		if end < 0 {
			return
		}
		name := asciiLower(s[:end])
		semicolon := s[end] == ';'
		s = s[end+1:]
		if semicolon {
			continue
		}
		value := ""
		if strings.HasPrefix(s, `"`) {
			value, s = quotedMIME(s[1:])
			_, s, _ = strings.Cut(s, ";")
		} else {
			value, s, _ = strings.Cut(s, ";")
			if value = strings.TrimRight(value, mimeSpace); value == "" {
				continue
			}
		}
		if name != "" && invalidAt(name, isToken) < 0 && invalidAt(value, isQuoted) < 0 && p.find(name) < 0 {
			p.list = append(p.list, mimeParam{name, value})
		}
	}
}

// quotedMIME reads a quoted string after its first quote.
func quotedMIME(s string) (value, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:]
		case '\\':
			if i+1 < len(s) {
				i++
			}
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

// generator makes the iterators of MIMEParams, which Node's are.
var generator = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("node:internal/spindle/generator", "(function* (list) { for (const x of list) yield x })", true)
})

// defineMIME makes MIMEType and MIMEParams
// (https://nodejs.org/docs/latest-v24.x/api/util.html#class-utilmimetype).
func (m *module) defineMIME() {
	rt := m.rt
	m.params = rt.NewClass(bind.ClassDef{Name: "MIMEParams", ES6: true, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		rt.Attach(this, &mimeParams{})
		return nil
	}})
	m.paramMethods(m.params)
	m.mime = rt.NewClass(bind.ClassDef{Name: "MIMEType", Length: 1, ES6: true, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		var text goja.Value = goja.Undefined()
		if len(args) > 0 {
			text = args[0]
		}
		t, err := parseMIME(m.text(text))
		rt.Must(err)
		t.shown = rt.VM.CreateObject(m.params.Proto)
		rt.Attach(t.shown, t.params)
		rt.Attach(this, t)
		return nil
	}})
	of := func(v goja.Value) *mimeType {
		t, ok := bind.From(v).(*mimeType)
		if !ok {
			panic(rt.VM.NewTypeError("Cannot read private member #type from an object whose class did not declare it"))
		}
		return t
	}
	part := func(name string, field func(*mimeType) *string) {
		m.mime.Accessor(name, func(this goja.Value) goja.Value { return rt.VM.ToValue(*field(of(this))) }, func(this, v goja.Value) {
			f, text := field(of(this)), m.text(v)
			if at := invalidAt(text, isToken); text == "" || at >= 0 {
				rt.Throw(mimeSyntax(name, text, at))
			}
			*f = asciiLower(text)
		})
	}
	part("type", func(t *mimeType) *string { return &t.kind })
	part("subtype", func(t *mimeType) *string { return &t.subtype })
	m.mime.Accessor("essence", func(this goja.Value) goja.Value { return rt.VM.ToValue(of(this).essence()) }, nil)
	m.mime.Accessor("params", func(this goja.Value) goja.Value { return of(this).shown }, nil)
	m.mime.Method("toString", 0, func(c goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(c.This).String()) })
	m.mime.Alias("toJSON", "toString")
}

func (m *module) paramMethods(c *bind.Class) {
	rt := m.rt
	of := func(v goja.Value) *mimeParams {
		p, ok := bind.From(v).(*mimeParams)
		if !ok {
			panic(rt.VM.NewTypeError("Receiver must be an instance of class MIMEParams"))
		}
		return p
	}
	c.Method("delete", 1, func(call goja.FunctionCall) goja.Value {
		p := of(call.This)
		if i := p.lookup(call.Argument(0)); i >= 0 {
			p.list = append(p.list[:i:i], p.list[i+1:]...)
		}
		return goja.Undefined()
	})
	c.Method("get", 1, func(call goja.FunctionCall) goja.Value {
		p := of(call.This)
		if i := p.lookup(call.Argument(0)); i >= 0 {
			return rt.VM.ToValue(p.list[i].value)
		}
		return goja.Null()
	})
	c.Method("has", 1, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(of(call.This).lookup(call.Argument(0)) >= 0)
	})
	c.Method("set", 2, func(call goja.FunctionCall) goja.Value {
		p := of(call.This)
		name, value := m.text(call.Argument(0)), m.text(call.Argument(1))
		if at := invalidAt(name, isToken); name == "" || at >= 0 {
			rt.Throw(mimeSyntax("parameter name", name, at))
		}
		if at := invalidAt(value, isQuoted); at >= 0 {
			rt.Throw(mimeSyntax("parameter value", value, at))
		}
		p.set(name, value)
		return goja.Undefined()
	})
	iterate := func(name string, item func(mimeParam) any) {
		c.Method(name, 0, func(call goja.FunctionCall) goja.Value {
			var items []any
			for _, q := range of(call.This).list {
				items = append(items, item(q))
			}
			make, err := rt.VM.RunProgram(generator())
			if err != nil {
				panic(err)
			}
			return rt.Call(make, goja.Undefined(), rt.VM.NewArray(items...))
		})
	}
	iterate("entries", func(q mimeParam) any { return rt.VM.NewArray(q.name, q.value) })
	iterate("keys", func(q mimeParam) any { return q.name })
	iterate("values", func(q mimeParam) any { return q.value })
	c.Method("toString", 0, func(call goja.FunctionCall) goja.Value { return rt.VM.ToValue(of(call.This).String()) })
	c.Alias("toJSON", "toString")
	_ = c.Proto.DefineDataPropertySymbol(goja.SymIterator, c.Proto.Get("entries"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}
