package inspect

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// Format returns util.format(...args) as UTF-8
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utilformatformat-args).
func (in *Inspector) Format(args []goja.Value) string {
	return mirror.Clean(in.formatText(in.Default(), args))
}

// FormatWithOptions returns util.formatWithOptions(opts, ...args) as UTF-8.
func (in *Inspector) FormatWithOptions(opts Options, args []goja.Value) string {
	return mirror.Clean(in.formatText(opts, args))
}

// formatText is FormatWithOptions in mirror.Text's encoding.
func (in *Inspector) formatText(opts Options, args []goja.Value) string {
	if len(args) == 0 {
		return ""
	}
	first, ok := args[0].(goja.String)
	if ok && len(args) == 1 {
		return mirror.Text(first)
	}
	var b strings.Builder
	rest := args
	if ok {
		text := mirror.Text(first)
		if strings.IndexByte(text, '%') < 0 {
			b.WriteString(text)
			rest = args[1:]
		} else {
			rest = in.substitute(&b, text, args[1:], opts)
		}
	}
	for i, v := range rest {
		if i > 0 || ok {
			b.WriteByte(' ')
		}
		if t, ok := v.(goja.String); ok {
			b.WriteString(mirror.Text(t))
		} else {
			b.WriteString(in.inspectText(orUndefined(v), opts))
		}
	}
	return b.String()
}

// substitute writes text with its placeholders replaced by args, and returns
// the arguments that are left over.
func (in *Inspector) substitute(b *strings.Builder, text string, args []goja.Value, opts Options) []goja.Value {
	done := 0 // what has been written
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '%' {
			continue
		}
		i++
		c := text[i]
		if c == '%' {
			b.WriteString(text[done:i])
			done = i + 1
			continue
		}
		if len(args) == 0 || strings.IndexByte("sdifjoOc", c) < 0 {
			continue
		}
		b.WriteString(text[done : i-1])
		done = i + 1
		b.WriteString(in.placeholder(c, orUndefined(args[0]), opts))
		args = args[1:]
	}
	b.WriteString(text[done:])
	return args
}

// placeholder returns v as the placeholder %c prints it.
func (in *Inspector) placeholder(c byte, v goja.Value, opts Options) string {
	t := mirror.TypeOf(v)
	switch c {
	case 's':
		switch {
		case t == mirror.TypeNumber:
			return numberText(v, opts.NumericSeparator)
		case t == mirror.TypeBigInt:
			return bigIntText(v, opts.NumericSeparator)
		case t == mirror.TypeObject && in.printsItself(v.(*goja.Object)):
			return in.toText(v)
		case t == mirror.TypeObject:
			opts.Depth, opts.Colors, opts.Compact = 0, false, 3
			opts.given = without(opts.given, "depth", "colors", "compact")
			return in.inspectText(v, opts)
		}
		return in.toTextLenient(v)
	case 'd', 'i', 'f':
		switch {
		case t == mirror.TypeSymbol:
			return "NaN"
		case t == mirror.TypeBigInt && c != 'f':
			return bigIntText(v, opts.NumericSeparator)
		case c == 'd':
			v = v.ToNumber()
		case c == 'i':
			text := in.toText(v)
			v = in.parseInt(goja.FunctionCall{Arguments: []goja.Value{in.mirror.StringValue(text)}})
			if v.ToFloat() == 0 && strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "-") {
				return "-0" // which goja's parseInt does not return
			}
		default:
			v = in.parseFloat(goja.FunctionCall{Arguments: []goja.Value{v}})
		}
		return numberText(v, opts.NumericSeparator)
	case 'j':
		return in.json(v)
	case 'o':
		opts.ShowHidden, opts.ShowProxy, opts.Depth = true, true, 4
		opts.given = without(opts.given, "showHidden", "showProxy", "depth")
		return in.inspectText(v, opts)
	case 'O':
		return in.inspectText(v, opts)
	}
	return "" // %c takes a style sheet and prints nothing
}

func without(given map[string]goja.Value, names ...string) map[string]goja.Value {
	if len(given) == 0 {
		return nil
	}
	left := make(map[string]goja.Value, len(given))
	for k, v := range given {
		left[k] = v
	}
	for _, name := range names {
		delete(left, name)
	}
	return left
}

// json returns JSON.stringify(v), "[Circular]" if v contains itself.
func (in *Inspector) json(v goja.Value) string {
	var text goja.Value
	ex := in.vm.Try(func() { text = in.jsonText(goja.FunctionCall{Arguments: []goja.Value{v}}) })
	if ex != nil {
		if o, ok := ex.Value().(*goja.Object); ok {
			if m := o.Get("message"); m != nil && strings.HasPrefix(m.String(), "Converting circular structure to JSON") {
				return "[Circular]"
			}
		}
		panic(ex)
	}
	return in.toText(orUndefined(text))
}

// printsItself reports whether o is converted to a string by code of the
// program: it or a class that is not built in defines toString or
// Symbol.toPrimitive.
func (in *Inspector) printsItself(o *goja.Object) bool {
	for in.mirror.Kind(o) == mirror.Proxy {
		p := o.Export().(goja.Proxy)
		if o = p.Target(); o == nil {
			return false
		}
	}
	if in.callable(o) {
		return true
	}
	primitive, _ := o.GetSymbol(goja.SymToPrimitive).(*goja.Object)
	hasPrimitive := primitive != nil && in.callable(primitive)
	text, _ := o.Get("toString").(*goja.Object)
	hasText := text != nil && in.callable(text)
	if !hasPrimitive && !hasText {
		return false
	}
	defines := func(p *goja.Object) bool {
		return hasText && in.mirror.HasOwn(p, toStringKey) || hasPrimitive && in.mirror.HasOwn(p, toPrimitiveKey)
	}
	if defines(o) {
		return true
	}
	p := o.Prototype()
	for p != nil && !defines(p) {
		p = p.Prototype()
	}
	if p == nil {
		return true
	}
	d, _ := in.mirror.Own(p, constructorKey)
	c, ok := d.Value.(*goja.Object)
	return !ok || !in.callable(c) || !builtinNames[in.toTextLenient(orUndefined(c.Get("name")))]
}

var (
	toStringKey    = mirror.StringKey("toString")
	toPrimitiveKey = mirror.SymbolKey(goja.SymToPrimitive)
)
