package utilmod

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// option is one entry of parseArgs' options.
type option struct {
	name, short string
	text        bool // type 'string', else 'boolean'
	multiple    bool
	preset      goja.Value // default, nil for none
}

// argParser is one call of util.parseArgs
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utilparseargsconfig).
type argParser struct {
	m                                       *module
	strict, allowPositionals, allowNegative bool
	options                                 []*option
	tokens                                  []*argToken
	values                                  *goja.Object
	positionals                             []any
}

// argToken is one piece of the command line.
type argToken struct {
	kind    string // option, positional, option-terminator
	index   int
	name    string
	rawName string
	value   goja.Value // nil for none
	inline  bool
}

func (m *module) parseArgs(c goja.FunctionCall) goja.Value {
	rt := m.rt
	config := rt.VM.NewObject()
	if v := c.Argument(0); !goja.IsUndefined(v) {
		if goja.IsNull(v) {
			panic(rt.VM.NewTypeError("Cannot convert undefined or null to object"))
		}
		config = v.ToObject(rt.VM)
	}
	flag := func(name string, preset bool) bool {
		v := bind.Get(config, name)
		if goja.IsUndefined(v) {
			return preset
		}
		return rt.Bool(v, name)
	}
	args := bind.Get(config, "args")
	if goja.IsUndefined(args) {
		args = m.mainArgs()
	}
	if !bind.IsArray(args) {
		rt.ArgType("args", args, "Array")
	}
	p := &argParser{m: m, values: rt.VM.CreateObject(nil)}
	p.strict = flag("strict", true)
	p.allowPositionals = flag("allowPositionals", !p.strict)
	tokens := flag("tokens", false)
	p.allowNegative = flag("allowNegative", false)
	if v := bind.Get(config, "options"); !goja.IsUndefined(v) {
		p.readOptions(rt.Object(v, "options"))
	}
	p.tokenize(m.formats(args))
	for _, t := range p.tokens {
		p.take(t)
	}
	for _, o := range p.options {
		if o.preset != nil && p.values.Get(o.name) == nil {
			_ = p.values.Set(o.name, o.preset)
		}
	}
	out := rt.VM.NewObject()
	_ = out.Set("values", p.values)
	_ = out.Set("positionals", rt.VM.NewArray(p.positionals...))
	if tokens {
		_ = out.Set("tokens", p.tokenValues())
	}
	return out
}

// mainArgs is process.argv without the program and, unless the script is on the
// command line, its file.
func (m *module) mainArgs() goja.Value {
	process := m.process()
	skip := 2
	for _, a := range m.formats(bind.Get(process, "execArgv")) {
		switch a.String() {
		case "-e", "--eval", "-p", "--print":
			skip = 1
		}
	}
	argv := bind.Get(process, "argv").(*goja.Object)
	return m.rt.Call(argv.Get("slice"), argv, m.rt.VM.ToValue(skip))
}

func (p *argParser) readOptions(list *goja.Object) {
	rt := p.m.rt
	for _, name := range list.Keys() {
		path := "options." + name
		def := rt.Object(bind.Get(list, name), path)
		o := &option{name: name}
		switch typ := bind.Get(def, "type"); {
		case goja.IsString(typ) && typ.String() == "string":
			o.text = true
		case goja.IsString(typ) && typ.String() == "boolean":
		default:
			rt.Throw(nodeerr.InvalidArgType(path+".type", "('string|boolean')", rt.Received(typ)))
		}
		if rt.Mirror.HasOwn(def, shortKey) {
			v := bind.Get(def, "short")
			if o.short = rt.String(v, path+".short"); utf8.RuneCountInString(o.short) != 1 {
				rt.ArgValue(path+".short", v, "must be a single character")
			}
		}
		if v := bind.Get(def, "multiple"); !goja.IsUndefined(v) {
			o.multiple = rt.Bool(v, path+".multiple")
		}
		if v := bind.Get(def, "default"); !goja.IsUndefined(v) {
			p.checkDefault(o, v, path+".default")
			o.preset = v
		}
		p.options = append(p.options, o)
	}
}

func (p *argParser) checkDefault(o *option, v goja.Value, path string) {
	rt := p.m.rt
	one := func(v goja.Value, path string) {
		if o.text {
			rt.String(v, path)
		} else {
			rt.Bool(v, path)
		}
	}
	if !o.multiple {
		one(v, path)
		return
	}
	if !bind.IsArray(v) {
		rt.ArgType(path, v, "Array")
	}
	for i, x := range p.m.formats(v) {
		one(x, path+"["+strconv.Itoa(i)+"]")
	}
}

func (p *argParser) long(name string) *option {
	for _, o := range p.options {
		if o.name == name {
			return o
		}
	}
	return nil
}

// short returns the long name of a short option, the short one if there is none.
func (p *argParser) short(c string) (string, *option) {
	for _, o := range p.options {
		if o.short == c {
			return o.name, o
		}
	}
	return c, p.long(c)
}

func (p *argParser) add(t *argToken) { p.tokens = append(p.tokens, t) }

// tokenize cuts the arguments into tokens.
func (p *argParser) tokenize(args []goja.Value) {
	for i := 0; i < len(args); i++ {
		arg := args[i].String()
		next := func(o *option) goja.Value {
			if o != nil && o.text && i+1 < len(args) && !bind.IsNullish(args[i+1]) {
				return args[i+1]
			}
			return nil
		}
		switch {
		case !goja.IsString(args[i]) || arg == "-" || !strings.HasPrefix(arg, "-"):
			p.add(&argToken{kind: "positional", index: i, value: args[i]})
		case arg == "--":
			p.add(&argToken{kind: "option-terminator", index: i})
			for i++; i < len(args); i++ {
				p.add(&argToken{kind: "positional", index: i, value: args[i]})
			}
		case strings.HasPrefix(arg, "--"):
			if eq := strings.IndexByte(arg, '='); eq > 2 {
				p.add(&argToken{kind: "option", index: i, name: arg[2:eq], rawName: arg[:eq], value: p.m.rt.Mirror.StringValue(arg[eq+1:]), inline: true})
				continue
			}
			t := &argToken{kind: "option", index: i, name: arg[2:], rawName: arg, value: next(p.long(arg[2:]))}
			p.add(t)
			if t.value != nil {
				i++
			}
		default:
			if p.shorts(arg[1:], i, next) {
				i++
			}
		}
	}
}

// shorts cuts a group of short options; it reports whether the next argument
// was the value of the last one.
func (p *argParser) shorts(group string, index int, next func(*option) goja.Value) bool {
	for i, r := range group {
		c := string(r)
		name, o := p.short(c)
		rest := group[i+len(c):]
		t := &argToken{kind: "option", index: index, name: name, rawName: "-" + c}
		p.add(t)
		if o == nil || !o.text {
			continue
		}
		if rest != "" {
			t.value, t.inline = p.m.rt.Mirror.StringValue(rest), true
			return false
		}
		t.value = next(o)
		return t.value != nil
	}
	return false
}

// take stores a token's value, or throws where strict does not allow it.
func (p *argParser) take(t *argToken) {
	switch t.kind {
	case "positional":
		if !p.allowPositionals {
			p.fail("ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL", "Unexpected argument '"+t.value.String()+"'. This command does not take positional arguments")
		}
		p.positionals = append(p.positionals, t.value)
	case "option":
		if p.strict {
			p.check(t)
			p.checkLooks(t)
		}
		p.store(t)
	}
}

func (p *argParser) fail(code, message string) {
	p.m.rt.Throw(nodeerr.New(nodeerr.KindType, code, message))
}

const badOptionValue = "ERR_PARSE_ARGS_INVALID_OPTION_VALUE"

// check throws for options that are unknown or used in the wrong way.
func (p *argParser) check(t *argToken) {
	name, o := t.name, p.long(t.name)
	if o == nil && p.allowNegative && strings.HasPrefix(t.name, "no-") {
		if positive := p.long(t.name[3:]); positive != nil && !positive.text {
			name, o = t.name[3:], positive
		}
	}
	if o == nil {
		hint := ""
		if p.allowPositionals {
			hint = ". To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- \"" + t.rawName + "\""
		}
		p.fail("ERR_PARSE_ARGS_UNKNOWN_OPTION", "Unknown option '"+t.rawName+"'"+hint)
	}
	shown := "--" + name
	if o.short != "" {
		shown = "-" + o.short + ", " + shown
	}
	switch {
	case o.text && (t.value == nil || !goja.IsString(t.value)):
		p.fail(badOptionValue, "Option '"+shown+" <value>' argument missing")
	case !o.text && t.value != nil:
		p.fail(badOptionValue, "Option '"+shown+"' does not take an argument")
	}
}

// checkLooks throws for a value that may have been meant as an option.
func (p *argParser) checkLooks(t *argToken) {
	if t.inline || t.value == nil || len(t.value.String()) < 2 || t.value.String()[0] != '-' {
		return
	}
	example := "'--" + t.name + "=-XYZ' or '" + t.rawName + "-XYZ'"
	if strings.HasPrefix(t.rawName, "--") {
		example = "'" + t.rawName + "=-XYZ'"
	}
	p.fail(badOptionValue, "Option '"+t.rawName+"' argument is ambiguous.\nDid you forget to specify the option argument for '"+t.rawName+
		"'?\nTo specify an option argument starting with a dash use "+example+".")
}

// store puts a value into the result.
func (p *argParser) store(t *argToken) {
	name, value := t.name, t.value
	if name == "__proto__" {
		return
	}
	o := p.long(name)
	if value == nil {
		value = p.m.rt.VM.ToValue(true)
		if p.allowNegative && strings.HasPrefix(name, "no-") {
			if positive := p.long(name[3:]); positive == nil || !positive.text {
				name, value = name[3:], p.m.rt.VM.ToValue(false)
				o = positive
				t.name, t.value = name, nil
			}
		}
	}
	if o == nil || !o.multiple {
		_ = p.values.Set(name, value)
		return
	}
	if list, ok := p.values.Get(name).(*goja.Object); ok {
		p.m.rt.Call(list.Get("push"), list, value)
		return
	}
	_ = p.values.Set(name, p.m.rt.VM.NewArray(value))
}

func (p *argParser) tokenValues() goja.Value {
	vm := p.m.rt.VM
	items := make([]any, len(p.tokens))
	for i, t := range p.tokens {
		o := vm.NewObject()
		_ = o.Set("kind", t.kind)
		value := goja.Value(goja.Undefined())
		if t.value != nil {
			value = t.value
		}
		switch t.kind {
		case "option":
			_ = o.Set("name", t.name)
			_ = o.Set("rawName", t.rawName)
			_ = o.Set("index", t.index)
			_ = o.Set("value", value)
			_ = o.Set("inlineValue", goja.Undefined())
			if t.value != nil {
				_ = o.Set("inlineValue", t.inline)
			}
		case "positional":
			_ = o.Set("index", t.index)
			_ = o.Set("value", value)
		default:
			_ = o.Set("index", t.index)
		}
		items[i] = o
	}
	return vm.NewArray(items...)
}
