package lang

import (
	"math"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"
	"github.com/spindle-js/spindle/jsbind/lang/intl"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collator is the state of Intl.Collator (ECMA-402 10).
type collator struct {
	locale                        string
	usage, sensitivity, caseFirst string
	ignorePunctuation, numeric    bool
	c                             *collate.Collator
}

func (x *intlObject) newCollator(locales, opts goja.Value) *collator {
	l := x.locale(locales)
	o := x.options("Collator", opts)
	k := &collator{locale: l.Tag, usage: o.text("usage", "sort", "sort", "search"), caseFirst: o.text("caseFirst", "false", "upper", "lower", "false")}
	k.numeric, _ = o.flag("numeric")
	for _, tag := range x.canonicalLocales(locales) {
		k.numeric = k.numeric || strings.Contains(tag, "-kn") && !strings.Contains(tag, "-kn-false")
	}
	k.ignorePunctuation, _ = o.flag("ignorePunctuation")
	k.sensitivity = o.text("sensitivity", "variant", "base", "accent", "case", "variant")
	var list []collate.Option
	if k.numeric {
		list = append(list, collate.Numeric)
	}
	switch k.sensitivity {
	case "base":
		list = append(list, collate.Loose)
	case "accent":
		list = append(list, collate.IgnoreCase)
	case "case":
		list = append(list, collate.IgnoreDiacritics)
	}
	k.c = collate.New(language.Make(l.Tag), list...)
	return k
}

func (k *collator) compare(a, b string) int {
	if a == b {
		return 0
	}
	if k.caseFirst == "upper" && strings.EqualFold(a, b) && k.sensitivity != "base" && k.sensitivity != "accent" {
		return -k.c.CompareString(a, b)
	}
	return k.c.CompareString(a, b)
}

func (x *intlObject) collatorClass() *goja.Object {
	ctor, proto := x.class("Collator", true, func(l, o goja.Value) any { return x.newCollator(l, o) })
	x.bound(proto, "Collator", "compare", 2, func(state any, c goja.FunctionCall) goja.Value {
		return goInt(state.(*collator).compare(toString(x.vm, c.Argument(0)).String(), toString(x.vm, c.Argument(1)).String()))
	})
	method(x.vm, proto, "resolvedOptions", 0, func(c goja.FunctionCall) goja.Value {
		k := receiver[*collator](x.vm, c, "Intl.Collator.prototype.resolvedOptions")
		o := x.resolved(k.locale)
		_ = o.Set("usage", k.usage)
		_ = o.Set("sensitivity", k.sensitivity)
		_ = o.Set("ignorePunctuation", k.ignorePunctuation)
		_ = o.Set("collation", "default")
		_ = o.Set("numeric", k.numeric)
		_ = o.Set("caseFirst", k.caseFirst)
		return o
	})
	return ctor
}

// installStringMethods replaces String.prototype.localeCompare.
func (x *intlObject) installStringMethods() {
	var plain *collator
	proto := x.vm.Get("String").(*goja.Object).Get("prototype").(*goja.Object)
	method(x.vm, proto, "localeCompare", 1, func(c goja.FunctionCall) goja.Value {
		if isNullish(c.This) {
			panic(x.vm.NewTypeError("String.prototype.localeCompare called on null or undefined"))
		}
		a, b := toString(x.vm, c.This).String(), toString(x.vm, c.Argument(0)).String()
		k := plain
		if len(c.Arguments) > 1 {
			k = x.newCollator(c.Argument(1), c.Argument(2))
		} else if k == nil {
			k = x.newCollator(nil, nil)
			plain = k
		}
		return goInt(k.compare(a, b))
	})
}

func (x *intlObject) listFormatClass() *goja.Object {
	type format struct{ locale, kind, style string }
	ctor, proto := x.class("ListFormat", false, func(l, opts goja.Value) any {
		o := x.options("ListFormat", opts)
		return &format{x.locale(l).Tag, o.text("type", "conjunction", "conjunction", "disjunction", "unit"), o.text("style", "long", "long", "short", "narrow")}
	})
	items := func(v goja.Value) []string {
		var out []string
		if isUndefined(v) {
			return nil
		}
		x.vm.ForOf(v, func(item goja.Value) bool {
			s, ok := item.(goja.String)
			if !ok {
				panic(x.vm.NewTypeError("Iterable yielded %s which is not a string", describe(item)))
			}
			out = append(out, s.String())
			return true
		})
		return out
	}
	const name = "Intl.ListFormat.prototype."
	method(x.vm, proto, "format", 1, func(c goja.FunctionCall) goja.Value {
		f := receiver[*format](x.vm, c, name+"format")
		return goString(intl.Join(intl.List(items(c.Argument(0)), f.kind, f.style)))
	})
	method(x.vm, proto, "formatToParts", 1, func(c goja.FunctionCall) goja.Value {
		f := receiver[*format](x.vm, c, name+"formatToParts")
		return x.parts(intl.List(items(c.Argument(0)), f.kind, f.style))
	})
	method(x.vm, proto, "resolvedOptions", 0, func(c goja.FunctionCall) goja.Value {
		f := receiver[*format](x.vm, c, name+"resolvedOptions")
		o := x.resolved(f.locale)
		_ = o.Set("type", f.kind)
		_ = o.Set("style", f.style)
		return o
	})
	return ctor
}

func (x *intlObject) relativeTimeFormatClass() *goja.Object {
	type format struct {
		f       *intl.NumberFormat
		style   string
		numeric string
	}
	ctor, proto := x.class("RelativeTimeFormat", false, func(l, opts goja.Value) any {
		o := x.options("RelativeTimeFormat", opts)
		return &format{intl.Default(x.locale(l)), o.text("style", "long", "long", "short", "narrow"), o.text("numeric", "always", "always", "auto")}
	})
	parts := func(f *format, c goja.FunctionCall) []intl.Part {
		v := c.Argument(0).ToFloat()
		unit := strings.TrimSuffix(toString(x.vm, c.Argument(1)).String(), "s")
		switch unit {
		case "second", "minute", "hour", "day", "week", "month", "quarter", "year":
		default:
			throwRange(x.vm, "Invalid unit argument for format() '"+c.Argument(1).String()+"'")
		}
		if math.IsNaN(v) || math.IsInf(v, 0) {
			throwRange(x.vm, "The value need to be finite number for Intl.RelativeTimeFormat.prototype.format()")
		}
		number := f.f.Format(intl.FromFloat(math.Abs(v)))
		return intl.Relative(number, intl.Join(number) == "1", v, unit, f.style, f.numeric == "auto")
	}
	const name = "Intl.RelativeTimeFormat.prototype."
	method(x.vm, proto, "format", 2, func(c goja.FunctionCall) goja.Value {
		return goString(intl.Join(parts(receiver[*format](x.vm, c, name+"format"), c)))
	})
	method(x.vm, proto, "formatToParts", 2, func(c goja.FunctionCall) goja.Value {
		return x.parts(parts(receiver[*format](x.vm, c, name+"formatToParts"), c))
	})
	method(x.vm, proto, "resolvedOptions", 0, func(c goja.FunctionCall) goja.Value {
		f := receiver[*format](x.vm, c, name+"resolvedOptions")
		o := x.resolved(f.f.Locale.Tag)
		_ = o.Set("style", f.style)
		_ = o.Set("numeric", f.numeric)
		_ = o.Set("numberingSystem", "latn")
		return o
	})
	return ctor
}

func (x *intlObject) segmenterClass() *goja.Object {
	type segmenter struct{ locale, granularity string }
	ctor, proto := x.class("Segmenter", false, func(l, opts goja.Value) any {
		o := x.options("Segmenter", opts)
		return &segmenter{x.locale(l).Tag, o.text("granularity", "grapheme", "grapheme", "word", "sentence")}
	})
	split := func(s *segmenter, text string) []intl.Word {
		if s.granularity == "word" {
			return intl.Words(text)
		}
		list := intl.Graphemes(text)
		if s.granularity == "sentence" {
			list = intl.Sentences(text)
		}
		words := make([]intl.Word, len(list))
		for i, w := range list {
			words[i].Text = w
		}
		return words
	}
	segments := x.vm.NewObject()
	type state struct {
		s     *segmenter
		input goja.String
		words []intl.Word
	}
	segment := func(st *state, i, at int) *goja.Object {
		o := x.vm.NewObject()
		_ = o.Set("segment", st.words[i].Text)
		_ = o.Set("index", at)
		_ = o.Set("input", st.input)
		if st.s.granularity == "word" {
			_ = o.Set("isWordLike", st.words[i].Like)
		}
		return o
	}
	width := func(s string) int { return len(utf16.Encode([]rune(s))) }
	method(x.vm, proto, "segment", 1, func(c goja.FunctionCall) goja.Value {
		s := receiver[*segmenter](x.vm, c, "Intl.Segmenter.prototype.segment")
		input := toString(x.vm, c.Argument(0))
		return newHost(x.vm, segments, &state{s: s, input: input, words: split(s, input.String())})
	})
	method(x.vm, proto, "resolvedOptions", 0, func(c goja.FunctionCall) goja.Value {
		s := receiver[*segmenter](x.vm, c, "Intl.Segmenter.prototype.resolvedOptions")
		o := x.resolved(s.locale)
		_ = o.Set("granularity", s.granularity)
		return o
	})
	method(x.vm, segments, "containing", 1, func(c goja.FunctionCall) goja.Value {
		st := receiver[*state](x.vm, c, "%SegmentsPrototype%.containing")
		n := int(c.Argument(0).ToInteger())
		at := 0
		for i, w := range st.words {
			next := at + width(w.Text)
			if n >= at && n < next {
				return segment(st, i, at)
			}
			at = next
		}
		return goja.Undefined()
	})
	iterators := x.vm.CreateObject(x.vm.Get("Iterator").(*goja.Object).Get("prototype").(*goja.Object))
	tag(iterators, "Segmenter String Iterator")
	type iterator struct {
		st    *state
		i, at int
	}
	method(x.vm, iterators, "next", 0, func(c goja.FunctionCall) goja.Value {
		it := receiver[*iterator](x.vm, c, "%SegmentIterator.prototype%.next")
		if it.i >= len(it.st.words) {
			return iteratorResult(x.vm, goja.Undefined(), true)
		}
		o := segment(it.st, it.i, it.at)
		it.at += width(it.st.words[it.i].Text)
		it.i++
		return iteratorResult(x.vm, o, false)
	})
	methodSymbol(x.vm, segments, goja.SymIterator, "[Symbol.iterator]", 0, func(c goja.FunctionCall) goja.Value {
		return newHost(x.vm, iterators, &iterator{st: receiver[*state](x.vm, c, "%SegmentsPrototype%[Symbol.iterator]")})
	})
	return ctor
}

// localeState is the state of Intl.Locale.
type localeState struct{ tag language.Tag }

func (x *intlObject) localeClass() *goja.Object {
	ctor, proto := newClass(x.vm, "Locale", 1, func(args []goja.Value, proto *goja.Object) *goja.Object {
		switch arg(args, 0).(type) {
		case goja.String, *goja.Object:
		default:
			panic(x.vm.NewTypeError("First argument to Intl.Locale constructor can't be empty or missing"))
		}
		text := x.canonicalLocales(x.strings([]string{toString(x.vm, args[0]).String()}))[0]
		if l, ok := hostState[*localeState](args[0]); ok {
			text = l.tag.String()
		}
		t := language.Make(text)
		o := x.options("Locale", arg(args, 1))
		base, script, region := t.Raw()
		if s := o.text("language", ""); s != "" {
			base, _ = language.ParseBase(s)
		}
		if s := o.text("script", ""); s != "" {
			script, _ = language.ParseScript(s)
		}
		if s := o.text("region", ""); s != "" {
			region, _ = language.ParseRegion(s)
		}
		parts := []any{base}
		if script.String() != "Zzzz" {
			parts = append(parts, script)
		}
		if region.String() != "ZZ" {
			parts = append(parts, region)
		}
		composed, err := language.Compose(append(parts, t.Extensions())...)
		if err != nil {
			throwRange(x.vm, "Incorrect locale information provided")
		}
		for name, key := range localeKeywords {
			if v := o.get(name); v != nil {
				composed, _ = composed.SetTypeForKey(key, toString(x.vm, v).String())
			}
		}
		return newHost(x.vm, proto, &localeState{composed})
	})
	tag(proto, "Intl.Locale")
	get := func(name string, f func(t language.Tag) string) {
		getter(x.vm, proto, name, func(c goja.FunctionCall) goja.Value {
			if s := f(receiver[*localeState](x.vm, c, "get Intl.Locale.prototype."+name).tag); s != "" {
				return goString(s)
			}
			return goja.Undefined()
		})
	}
	get("baseName", func(t language.Tag) string {
		base, _, _ := strings.Cut(t.String(), "-u-")
		return base
	})
	get("language", func(t language.Tag) string { b, _, _ := t.Raw(); return b.String() })
	get("script", func(t language.Tag) string {
		if _, s, _ := t.Raw(); s.String() != "Zzzz" {
			return s.String()
		}
		return ""
	})
	get("region", func(t language.Tag) string {
		if _, _, r := t.Raw(); r.String() != "ZZ" {
			return r.String()
		}
		return ""
	})
	for name, key := range localeKeywords {
		if name != "numeric" {
			get(name, func(t language.Tag) string { return t.TypeForKey(key) })
		}
	}
	getter(x.vm, proto, "numeric", func(c goja.FunctionCall) goja.Value {
		v := receiver[*localeState](x.vm, c, "get Intl.Locale.prototype.numeric").tag.TypeForKey("kn")
		return goBool(v == "true" || v == "yes")
	})
	method(x.vm, proto, "toString", 0, func(c goja.FunctionCall) goja.Value {
		return goString(receiver[*localeState](x.vm, c, "Intl.Locale.prototype.toString").tag.String())
	})
	method(x.vm, proto, "maximize", 0, func(c goja.FunctionCall) goja.Value {
		t := receiver[*localeState](x.vm, c, "Intl.Locale.prototype.maximize").tag
		base, _ := t.Base()
		script, _ := t.Script()
		region, _ := t.Region()
		full, _ := language.Compose(base, script, region, t.Extensions())
		return newHost(x.vm, proto, &localeState{full})
	})
	method(x.vm, proto, "minimize", 0, func(c goja.FunctionCall) goja.Value {
		t := receiver[*localeState](x.vm, c, "Intl.Locale.prototype.minimize").tag
		base, _ := t.Base()
		script, _ := t.Script()
		region, _ := t.Region()
		for _, parts := range [][]any{{base}, {base, region}, {base, script}, {base, script, region}} {
			m, _ := language.Compose(parts...)
			b, _ := m.Base()
			s, _ := m.Script()
			r, _ := m.Region()
			if b == base && s == script && r == region {
				m, _ = language.Compose(append(parts, t.Extensions())...)
				return newHost(x.vm, proto, &localeState{m})
			}
		}
		return c.This
	})
	return ctor
}

var localeKeywords = map[string]string{
	"calendar": "ca", "caseFirst": "kf", "collation": "co", "hourCycle": "hc", "numeric": "kn", "numberingSystem": "nu",
}
