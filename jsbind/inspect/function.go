package inspect

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/lazyregexp"
	"github.com/spindle-js/spindle/jsbind/mirror"
)

// function returns the text that stands for a function or class.
func (s *state) function(c *class) string {
	o := c.object
	if c.kind == mirror.Class {
		if writtenAsClass(s.mirror.FunctionSource(o)) {
			return s.classText(c)
		}
	} else if s.hooks.IsClass != nil && s.hooks.IsClass(o) {
		return s.classText(c)
	}
	kind := "Function"
	switch c.kind {
	case mirror.AsyncFunction, mirror.AsyncMethod:
		kind = "AsyncFunction"
	case mirror.GeneratorFunction:
		kind = "GeneratorFunction"
	case mirror.Function:
		if s.mirror.IsAsyncGenerator(o) {
			kind = asyncGenerator
		}
	}
	var b strings.Builder
	b.WriteString("[" + kind)
	if !c.known {
		b.WriteString(" (null prototype)")
	}
	switch name := orUndefined(o.Get("name")).(type) {
	case goja.String:
		if name.Length() == 0 {
			b.WriteString(" (anonymous)")
		} else {
			b.WriteString(": " + mirror.Text(name))
		}
	default:
		b.WriteString(": " + s.value(name, noLimit).String())
	}
	b.WriteByte(']')
	// goja gives async methods the prototype of ordinary functions.
	if c.known && c.name != kind && !((c.kind == mirror.AsyncMethod || kind == asyncGenerator) && c.name == "Function") {
		b.WriteString(" " + c.name)
	}
	if c.tag != "" && c.name != c.tag {
		b.WriteString(" [" + c.tag + "]")
	}
	return b.String()
}

const asyncGenerator = "AsyncGeneratorFunction"

// classText returns the text for a class: [class A extends B].
func (s *state) classText(c *class) string {
	o := c.object
	name := "(anonymous)"
	if s.mirror.HasOwn(o, nameKey) {
		if v := o.Get("name"); v != nil && v.ToBoolean() {
			name = s.toTextLenient(v)
		}
	}
	text := "[class " + name
	if c.known && c.name != "Function" {
		text += " [" + c.name + "]"
	}
	if c.tag != "" && c.name != c.tag {
		text += " [" + c.tag + "]"
	}
	if !c.known {
		return text + " extends [null prototype]]"
	}
	if proto := o.Prototype(); proto != nil {
		if super := proto.Get("name"); super != nil && super.ToBoolean() {
			text += " extends " + s.toTextLenient(super)
		}
	}
	return text + "]"
}

var nameKey = mirror.StringKey("name")

var comments = lazyregexp.New(`//[^\n]*\n|/\*(?s:.*?)\*/`)

// writtenAsClass reports whether Node takes the source of a class for one: it
// does not if there is a parenthesis before the first brace.
func writtenAsClass(source string) bool {
	rest := strings.TrimPrefix(source, "class")
	head, _, ok := strings.Cut(rest, "{")
	if !ok || !strings.Contains(head, "(") {
		return ok
	}
	head, _, ok = strings.Cut(comments().ReplaceAllString(rest, ""), "{")
	return ok && !strings.Contains(head, "(") && strings.IndexByte(" \t\n\r\v\f", rest[0]) >= 0
}

// functionFields puts the hidden properties of a function in V8's order and
// adds the two that goja's functions lack.
func (s *state) functionFields(p *shape, c *class) {
	if !s.opts.ShowHidden || c.kind != mirror.Function {
		return
	}
	fields := make([]field, 0, len(p.fields)+2)
	take := func(name string) {
		if i := keyIndex(p.fields, name); i >= 0 {
			fields = append(fields, p.fields[i])
			p.fields = append(p.fields[:i], p.fields[i+1:]...)
		}
	}
	take("length")
	take("name")
	if s.mirror.SloppyFunction(c.object) {
		for _, name := range []string{"arguments", "caller"} {
			fields = append(fields, field{key: mirror.StringKey(name), null: true})
		}
	}
	take("prototype")
	p.fields = append(fields, p.fields...)
}
