package lang

import (
	"strings"

	"github.com/dop251/goja"
)

// regexps makes RegExp understand what regexp_rewrite.go does, while its
// objects show the program's own text as their source.
type regexps struct {
	vm        *goja.Runtime
	construct func(args []goja.Value, newTarget *goja.Object) *goja.Object // goja's
	literals  map[regexpKey]*template
	exec      native // RegExp.prototype.exec
	last      *lastMatch
}

type regexpKey struct{ pattern, flags string }

// template is a compiled literal, of which each evaluation makes a copy.
type template struct {
	object *goja.Object
	apply  func(*goja.Object)
}

// Hidden properties of regular expressions: they are in goja's table of values
// but not in its list of names, so that nothing enumerates them.
const (
	keyFlags = " flags"
	keyExec  = "exec"
)

func installRegExp(vm *goja.Runtime) *regexps {
	r := &regexps{vm: vm}
	ctor := vm.Get("RegExp").(*goja.Object)
	proto := ctor.Get("prototype").(*goja.Object)
	method(vm, ctor, "escape", 1, regexpEscape(vm))
	n := nativeParts(ctor)
	if n == nil {
		return r
	}
	f := n.f
	r.construct = n.construct
	n.f = func(c goja.FunctionCall) goja.Value {
		if o := r.make(c.Arguments, nil, true); o != nil {
			return o
		}
		return f(c)
	}
	n.construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		if o := r.make(args, newTarget, false); o != nil {
			return o
		}
		return r.construct(args, newTarget)
	}
	r.exec, _ = callable(proto.Get("exec"))
	r.hookGetters(proto)
	r.hookResults(proto)
	return r
}

// hiddenFlags returns the flags of an object that goja compiled with others.
func hiddenFlags(o *goja.Object) (string, bool) {
	parts := regexpParts(o)
	if parts == nil {
		return "", false
	}
	if v, ok := parts.values[keyFlags]; ok {
		return v.String(), true
	}
	return "", false
}

// make constructs what goja could not; nil means that goja can. It checks the
// pattern in any case, so that errors are V8's.
func (r *regexps) make(args []goja.Value, newTarget *goja.Object, call bool) *goja.Object {
	var pattern, flags string
	switch p := arg(args, 0).(type) {
	case goja.String:
		pattern = p.String()
	case *goja.Object:
		parts := regexpParts(p)
		if parts == nil {
			return nil
		}
		was, special := hiddenFlags(p)
		if isUndefined(arg(args, 1)) {
			if !special {
				return nil
			}
			if call && p.Get("constructor") == r.vm.Get("RegExp") {
				return p
			}
			flags = was
		}
		pattern = parts.source.String()
	default:
		if !isUndefined(arg(args, 0)) {
			return nil
		}
	}
	switch f := arg(args, 1).(type) {
	case goja.String:
		flags = f.String()
	default:
		if !isUndefined(f) {
			flags = toString(r.vm, f).String()
		}
	}
	if !validFlags(flags) {
		panic(newSyntaxError(r.vm, "Invalid flags supplied to RegExp constructor '"+flags+"'"))
	}
	p, err := parseRegExp(pattern, flags)
	if err != nil {
		panic(newSyntaxError(r.vm, regexpMessage(pattern, flags, err.Error())))
	}
	if !p.mustRewrite() {
		return nil
	}
	return r.compile(p, newTarget).object
}

func regexpMessage(pattern, flags, msg string) string {
	return "Invalid regular expression: /" + pattern + "/" + flags + ": " + msg
}

// compile makes an object for a pattern that must be rewritten.
func (r *regexps) compile(p *rxPattern, newTarget *goja.Object) *template {
	re := p.rewrite()
	args := []goja.Value{goString(re.pattern), goString(re.flags)}
	var special *specialRegExp
	if re.special {
		var err error
		if special, err = newSpecial(r.vm, p, re); err != nil {
			panic(newSyntaxError(r.vm, regexpMessage(p.src, p.flags, err.Error())))
		}
	}
	source, _ := goString(p.src).(goja.String)
	flags := goString(p.flags)
	var exec goja.Value
	t := &template{object: r.construct(args, newTarget)}
	t.apply = func(o *goja.Object) {
		parts := regexpParts(o)
		if parts == nil {
			return
		}
		parts.source = source
		if re.flags == p.flags && special == nil {
			return
		}
		parts.values[keyFlags] = flags
		if special != nil {
			if exec == nil {
				exec = newNative(r.vm, "exec", 1, func(c goja.FunctionCall) goja.Value {
					o, ok := c.This.(*goja.Object)
					if !ok || regexpParts(o) == nil {
						return r.exec(c)
					}
					return special.exec(o, toString(r.vm, c.Argument(0)))
				})
			}
			parts.values[keyExec] = exec
			parts.standard = false
		}
	}
	t.apply(t.object)
	return t
}

// literal answers " RegExp"(pattern, flags): a new object at each evaluation,
// compiled once.
func (r *regexps) literal(c goja.FunctionCall) goja.Value {
	key := regexpKey{c.Argument(0).String(), c.Argument(1).String()}
	t := r.literals[key]
	if t == nil {
		p, err := parseRegExp(key.pattern, key.flags)
		if err != nil {
			panic(newSyntaxError(r.vm, regexpMessage(key.pattern, key.flags, err.Error())))
		}
		t = r.compile(p, nil)
		if r.literals == nil {
			r.literals = make(map[regexpKey]*template)
		}
		r.literals[key] = t
	}
	o := r.construct([]goja.Value{t.object}, nil)
	t.apply(o)
	return o
}

// hookGetters makes flags and source right, and adds the newer flags.
func (r *regexps) hookGetters(proto *goja.Object) {
	vm := r.vm
	flag := func(name, letter string) {
		getter(vm, proto, name, func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			if !ok || regexpParts(o) == nil {
				if ok && o == proto {
					return goja.Undefined()
				}
				panic(vm.NewTypeError("RegExp.prototype.%s getter called on non-RegExp object", name))
			}
			flags, _ := hiddenFlags(o)
			return goBool(strings.Contains(flags, letter))
		})
	}
	flag("hasIndices", "d")
	flag("unicodeSets", "v")
	hook := func(name string, f func(o *goja.Object, was native, c goja.FunctionCall) goja.Value) {
		if g := nativeParts(getterOf(vm, proto, name)); g != nil {
			was := g.f
			g.f = func(c goja.FunctionCall) goja.Value {
				if o, ok := c.This.(*goja.Object); ok && regexpParts(o) != nil {
					return f(o, was, c)
				}
				return was(c)
			}
		}
	}
	hook("flags", func(o *goja.Object, was native, c goja.FunctionCall) goja.Value {
		if flags, ok := hiddenFlags(o); ok {
			return goString(sortedFlags(flags))
		}
		return was(c)
	})
	for name, letter := range map[string]string{"unicode": "u", "ignoreCase": "i", "multiline": "m", "dotAll": "s"} {
		hook(name, func(o *goja.Object, was native, c goja.FunctionCall) goja.Value {
			if flags, ok := hiddenFlags(o); ok {
				return goBool(strings.Contains(flags, letter))
			}
			return was(c)
		})
	}
	hook("source", func(o *goja.Object, was native, c goja.FunctionCall) goja.Value {
		return escapeSource(regexpParts(o).source)
	})
	if n := nativeParts(proto.Get("toString")); n != nil {
		was := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			if !ok || regexpParts(o) == nil {
				return was(c)
			}
			return goString("/" + textOf(o.Get("source")) + "/" + textOf(o.Get("flags")))
		}
	}
}

// textOf is String(v) of a property, which may not be there.
func textOf(v goja.Value) string {
	if v == nil {
		return "undefined"
	}
	return v.String()
}

func sortedFlags(flags string) string {
	var b strings.Builder
	for _, f := range "dgimsuvy" {
		if strings.ContainsRune(flags, f) {
			b.WriteRune(f)
		}
	}
	return b.String()
}

// escapeSource is EscapeRegExpPattern (22.2.6.13.1) as V8 does it.
func escapeSource(source goja.String) goja.Value {
	s := source.String()
	if s == "" {
		return goString("(?:)")
	}
	if !strings.ContainsAny(s, "/\n\r\u2028\u2029") {
		return source
	}
	var b strings.Builder
	class, escaped := false, false
	for _, c := range s {
		switch {
		case c == '\n':
			writeEscape(&b, escaped, 'n')
		case c == '\r':
			writeEscape(&b, escaped, 'r')
		case c == '\u2028' || c == '\u2029':
			if !escaped {
				b.WriteByte('\\')
			}
			b.WriteString(map[rune]string{'\u2028': "u2028", '\u2029': "u2029"}[c])
		case c == '/' && !class && !escaped:
			b.WriteString(`\/`)
		default:
			b.WriteRune(c)
		}
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '[':
			class = true
		case c == ']':
			class = false
		}
	}
	return goString(b.String())
}

func writeEscape(b *strings.Builder, escaped bool, c byte) {
	if !escaped {
		b.WriteByte('\\')
	}
	b.WriteByte(c)
}

// hookResults puts index before input in the arrays that matching returns:
// console.log shows the order.
func (r *regexps) hookResults(proto *goja.Object) {
	hook := func(fn goja.Value) {
		n := nativeParts(fn)
		if n == nil {
			return
		}
		was := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			v := was(c)
			if o, ok := v.(*goja.Object); ok {
				if a := arrayParts(o); a != nil {
					orderResult(a)
				}
			}
			return v
		}
	}
	hook(proto.Get("exec"))
	hook(proto.GetSymbol(goja.SymMatch))
	matchAll, _ := callable(proto.GetSymbol(goja.SymMatchAll))
	it, ok := matchAll(goja.FunctionCall{This: r.construct(nil, nil), Arguments: []goja.Value{goString("")}}).(*goja.Object)
	if !ok {
		return
	}
	if n := nativeParts(it.Prototype().Get("next")); n != nil {
		was := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			v := was(c)
			if o, ok := v.(*goja.Object); ok {
				if result, ok := o.Get("value").(*goja.Object); ok {
					if a := arrayParts(result); a != nil {
						orderResult(a)
					}
				}
			}
			return v
		}
	}
}

func orderResult(a *arrayObjectMirror) {
	if names := a.propNames; len(names) >= 3 && names[1] == "input" && names[2] == "index" {
		names[1], names[2] = names[2], names[1]
	}
}

// getterOf returns the getter of an own accessor property.
func getterOf(vm *goja.Runtime, o *goja.Object, name string) goja.Value {
	get, _ := goja.AssertFunction(vm.Get("Object").(*goja.Object).Get("getOwnPropertyDescriptor"))
	d, err := get(goja.Undefined(), o, goString(name))
	if err != nil {
		return nil
	}
	if d, ok := d.(*goja.Object); ok {
		return d.Get("get")
	}
	return nil
}

// newSyntaxError makes a SyntaxError object.
func newSyntaxError(vm *goja.Runtime, msg string) *goja.Object {
	return newError(vm, "SyntaxError", msg)
}
