package lang

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
	"golang.org/x/text/language"

	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/lang/intl"
)

// Intl (ECMA-402) and the methods of ECMA-262 that defer to it. The formatting
// itself is in the package intl.

type intlObject struct{ vm *goja.Runtime }

func installIntl(vm *goja.Runtime) {
	x := &intlObject{vm: vm}
	lazy(vm, vm.GlobalObject(), "Intl", goja.FLAG_FALSE, func() goja.Value { return x.object() })
	x.installNumberMethods()
	x.installDateMethods()
	x.installStringMethods()
}

func (x *intlObject) object() *goja.Object {
	o := x.vm.NewObject()
	tag(o, "Intl")
	method(x.vm, o, "getCanonicalLocales", 1, func(c goja.FunctionCall) goja.Value {
		return x.strings(x.canonicalLocales(c.Argument(0)))
	})
	method(x.vm, o, "supportedValuesOf", 1, x.supportedValuesOf)
	for name, class := range map[string]func() *goja.Object{
		"Collator": x.collatorClass, "DateTimeFormat": x.dateTimeFormatClass, "ListFormat": x.listFormatClass,
		"Locale": x.localeClass, "NumberFormat": x.numberFormatClass, "PluralRules": x.pluralRulesClass,
		"RelativeTimeFormat": x.relativeTimeFormatClass, "Segmenter": x.segmenterClass,
	} {
		define(o, name, class())
	}
	return o
}

func (x *intlObject) strings(list []string) goja.Value {
	values := make([]goja.Value, len(list))
	for i, s := range list {
		values[i] = goString(s)
	}
	return engine.NewArray(x.vm, values)
}

// class makes a class of Intl: create gets the locales and options arguments.
// Some may be called without new.
func (x *intlObject) class(name string, callable bool, create func(locales, options goja.Value) any) (ctor, proto *goja.Object) {
	make := func(args []goja.Value, proto *goja.Object) *goja.Object {
		return newHost(x.vm, proto, create(arg(args, 0), arg(args, 1)))
	}
	ctor, proto = newClass(x.vm, name, 0, make)
	if n := nativeParts(ctor); n != nil && callable {
		n.f = func(c goja.FunctionCall) goja.Value { return make(c.Arguments, proto) }
	}
	method(x.vm, ctor, "supportedLocalesOf", 1, func(c goja.FunctionCall) goja.Value {
		var out []string
		for _, l := range x.canonicalLocales(c.Argument(0)) {
			if _, ok := intl.Find(l); ok {
				out = append(out, l)
			}
		}
		return x.strings(out)
	})
	tag(proto, "Intl."+name)
	return ctor, proto
}

// canonicalLocales is CanonicalizeLocaleList (9.2.1).
func (x *intlObject) canonicalLocales(v goja.Value) []string {
	var out []string
	add := func(v goja.Value) {
		var text string
		switch t := v.(type) {
		case goja.String:
			text = t.String()
		case *goja.Object:
			if l, ok := hostState[*localeState](t); ok {
				text = l.tag.String()
			} else {
				text = toString(x.vm, t).String()
			}
		default:
			panic(x.vm.NewTypeError("Incorrect locale information provided"))
		}
		t := x.parseTag(text)
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	switch l := v.(type) {
	case nil:
	case goja.String:
		add(l)
	case *goja.Object:
		if _, ok := hostState[*localeState](l); ok {
			add(l)
			break
		}
		n := int(l.Get("length").ToInteger())
		for i := range n {
			if v := l.Get(goInt(i).String()); v != nil {
				add(v)
			}
		}
	default:
		if goja.IsNull(v) {
			panic(x.vm.NewTypeError("Cannot convert undefined or null to object"))
		}
	}
	return out
}

// parseTag returns a BCP 47 tag in canonical form.
func (x *intlObject) parseTag(text string) string {
	ok := text != ""
	for i, part := range strings.Split(text, "-") {
		ok = ok && len(part) >= 1 && len(part) <= 8 && (i > 0 || len(part) >= 2 && len(part) != 4)
		for _, c := range part {
			ok = ok && (c >= '0' && c <= '9' && i > 0 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
		}
	}
	t, err := language.Parse(text)
	if !ok || err != nil && t == language.Und && !strings.EqualFold(text, "und") {
		throwRange(x.vm, "Incorrect locale information provided")
	}
	return t.String()
}

// locale resolves the locales argument of a constructor or method.
func (x *intlObject) locale(v goja.Value) *intl.Locale {
	for _, tag := range x.canonicalLocales(v) {
		if l, ok := intl.Find(tag); ok {
			return l
		}
	}
	return intl.DefaultLocale
}

// options reads the options argument of a service.
type options struct {
	x       *intlObject
	service string
	o       *goja.Object
}

// options converts the options argument: undefined is an object without
// properties.
func (x *intlObject) options(service string, v goja.Value) options {
	opts := options{x: x, service: service}
	if isUndefined(v) {
		return opts
	}
	opts.o = toObject(x.vm, v)
	return opts
}

func (o options) get(name string) goja.Value {
	if o.o == nil {
		return nil
	}
	if v := o.o.Get(name); !isUndefined(v) {
		return v
	}
	return nil
}

// text is GetOption for strings (9.2.13); without allowed values, any will do.
func (o options) text(name, byDefault string, allowed ...string) string {
	v := o.get(name)
	if v == nil {
		return byDefault
	}
	s := toString(o.x.vm, v).String()
	if len(allowed) > 0 && !slices.Contains(allowed, s) {
		throwRange(o.x.vm, "Value "+s+" out of range for Intl."+o.service+" options property "+name)
	}
	return s
}

// number is GetNumberOption (9.2.15).
func (o options) number(name string, lo, hi, byDefault int) int {
	v := o.get(name)
	if v == nil {
		return byDefault
	}
	f := v.ToFloat()
	if f != f || f < float64(lo) || f > float64(hi) {
		throwRange(o.x.vm, name+" value is out of range.")
	}
	return int(f)
}

func (o options) flag(name string) (value, given bool) {
	v := o.get(name)
	return v != nil && v.ToBoolean(), v != nil
}

func (x *intlObject) supportedValuesOf(c goja.FunctionCall) goja.Value {
	switch key := toString(x.vm, c.Argument(0)).String(); key {
	case "calendar":
		return x.strings([]string{"gregory"})
	case "collation":
		return x.strings([]string{"default"})
	case "currency":
		return x.strings(intl.Currencies())
	case "numberingSystem":
		return x.strings([]string{"latn"})
	case "timeZone":
		zones := slices.Clone(intl.TimeZones())
		slices.Sort(zones)
		return x.strings(slices.DeleteFunc(zones, func(z string) bool { return z == "UTC" }))
	case "unit":
		return x.strings(intl.Units())
	default:
		throwRange(x.vm, "Invalid key : "+key)
	}
	return nil
}

// parts converts the result of formatToParts.
func (x *intlObject) parts(parts []intl.Part) goja.Value {
	values := make([]goja.Value, len(parts))
	for i, p := range parts {
		o := x.vm.NewObject()
		_ = o.Set("type", p.Type)
		_ = o.Set("value", p.Value)
		values[i] = o
	}
	return engine.NewArray(x.vm, values)
}

// bound defines an accessor whose value is a function bound to the object, as
// format and compare are.
func (x *intlObject) bound(proto *goja.Object, class, name string, length int, f func(state any, c goja.FunctionCall) goja.Value) {
	getter(x.vm, proto, name, func(c goja.FunctionCall) goja.Value {
		o, ok := c.This.(*goja.Object)
		state, isHost := hostState[any](c.This)
		if !ok || !isHost {
			panic(x.vm.NewTypeError("Method get Intl.%s.prototype.%s called on incompatible receiver %s", class, name, describe(c.This)))
		}
		base := &primitiveParts(o).baseObjectMirror
		if fn, ok := base.values[" bound"]; ok {
			return fn
		}
		fn := newNative(x.vm, "", length, func(c goja.FunctionCall) goja.Value { return f(state, c) })
		base.values[" bound"] = fn
		return fn
	})
}

// resolved starts the result of resolvedOptions.
func (x *intlObject) resolved(locale string) *goja.Object {
	o := x.vm.NewObject()
	_ = o.Set("locale", locale)
	return o
}

// setText sets a property unless the text is empty.
func setText(o *goja.Object, name, text string) {
	if text != "" {
		_ = o.Set(name, text)
	}
}
