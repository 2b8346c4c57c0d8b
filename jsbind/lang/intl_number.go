package lang

import (
	"math/big"
	"strings"

	"github.com/dop251/goja"
	"github.com/spindle-js/spindle/jsbind/lang/intl"
)

// numberFormat resolves the options of Intl.NumberFormat (ECMA-402 15.1).
func (x *intlObject) numberFormat(locales, opts goja.Value) *intl.NumberFormat {
	f := intl.Default(x.locale(locales))
	o := x.options("NumberFormat", opts)
	f.Style = o.text("style", "decimal", "decimal", "percent", "currency", "unit")
	f.Currency = strings.ToUpper(o.text("currency", ""))
	if f.Currency != "" && (len(f.Currency) != 3 || strings.Trim(f.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		throwRange(x.vm, "Invalid currency code : "+o.text("currency", ""))
	}
	if f.Currency == "" && f.Style == "currency" {
		panic(x.vm.NewTypeError("Currency code is required with currency style."))
	}
	f.CurrencyDisplay = o.text("currencyDisplay", "symbol", "code", "symbol", "narrowSymbol", "name")
	f.CurrencySign = o.text("currencySign", "standard", "standard", "accounting")
	f.Unit = o.text("unit", "")
	if f.Unit != "" && !intl.ValidUnit(f.Unit) {
		throwRange(x.vm, "Invalid unit argument for Intl.NumberFormat() '"+f.Unit+"'")
	}
	if f.Unit == "" && f.Style == "unit" {
		panic(x.vm.NewTypeError("Unit is required with unit style."))
	}
	f.UnitDisplay = o.text("unitDisplay", "short", "short", "narrow", "long")
	f.Notation = o.text("notation", "standard", "standard", "scientific", "engineering", "compact")
	lo, hi := 0, 3
	switch {
	case f.Style == "currency" && f.Notation == "standard":
		lo = intl.CurrencyDigits(f.Currency)
		hi = lo
	case f.Style == "percent":
		hi = 0
	}
	x.digitOptions(f, o, lo, hi)
	f.CompactDisplay = o.text("compactDisplay", "short", "short", "long")
	f.UseGrouping = "auto"
	if f.Notation == "compact" {
		f.UseGrouping = "min2"
	}
	if v := o.get("useGrouping"); v != nil {
		switch b, isBool := exportPlain(v).(bool); {
		case isBool && b:
			f.UseGrouping = "always"
		case isBool:
			f.UseGrouping = "false"
		default:
			switch s := toString(x.vm, v).String(); s {
			case "true", "false":
			default:
				f.UseGrouping = o.text("useGrouping", "", "min2", "auto", "always")
			}
		}
	}
	f.SignDisplay = o.text("signDisplay", "auto", "auto", "never", "always", "exceptZero", "negative")
	return f
}

// digitOptions is SetNumberFormatDigitOptions (15.1.3).
func (x *intlObject) digitOptions(f *intl.NumberFormat, o options, loDefault, hiDefault int) {
	f.MinimumIntegerDigits = o.number("minimumIntegerDigits", 1, 21, 1)
	mnfd, mxfd := o.get("minimumFractionDigits"), o.get("maximumFractionDigits")
	mnsd, mxsd := o.get("minimumSignificantDigits"), o.get("maximumSignificantDigits")
	f.RoundingIncrement = o.number("roundingIncrement", 1, 5000, 1)
	f.RoundingMode = o.text("roundingMode", "halfExpand", "ceil", "floor", "expand", "trunc", "halfCeil", "halfFloor", "halfExpand", "halfTrunc", "halfEven")
	f.RoundingPriority = o.text("roundingPriority", "auto", "auto", "morePrecision", "lessPrecision")
	f.TrailingZeroDisplay = o.text("trailingZeroDisplay", "auto", "auto", "stripIfInteger")
	f.MinimumFractionDigits, f.MaximumFractionDigits = -1, -1
	hasSig, hasFrac := mnsd != nil || mxsd != nil, mnfd != nil || mxfd != nil
	needSig, needFrac := hasSig, true
	if f.RoundingPriority == "auto" && (hasSig || !hasFrac && f.Notation == "compact") {
		needFrac = false
	}
	if f.RoundingPriority != "auto" {
		needSig = true
	}
	if needSig {
		f.MinimumSignificantDigits = o.number("minimumSignificantDigits", 1, 21, 1)
		f.MaximumSignificantDigits = o.number("maximumSignificantDigits", f.MinimumSignificantDigits, 21, 21)
	}
	if needFrac {
		lo, hi := o.number("minimumFractionDigits", 0, 100, -1), o.number("maximumFractionDigits", 0, 100, -1)
		switch {
		case lo < 0 && hi < 0:
			lo, hi = loDefault, max(loDefault, hiDefault)
		case lo < 0:
			lo = min(loDefault, hi)
		case hi < 0:
			hi = max(hiDefault, lo)
		case lo > hi:
			throwRange(x.vm, "maximumFractionDigits value is out of range.")
		}
		f.MinimumFractionDigits, f.MaximumFractionDigits = lo, hi
	}
	if !needSig && !needFrac {
		f.MinimumFractionDigits, f.MaximumFractionDigits = 0, 0
		f.MinimumSignificantDigits, f.MaximumSignificantDigits = 1, 2
		f.RoundingPriority = "morePrecision"
	}
}

// decimal is ToIntlMathematicalValue (15.5.16).
func (x *intlObject) decimal(v goja.Value) intl.Decimal {
	if o, ok := v.(*goja.Object); ok {
		v = primitiveNumber(o)
	}
	if goja.IsBigInt(v) {
		d, _ := intl.FromString(v.Export().(*big.Int).String())
		return d
	}
	if s, ok := v.(goja.String); ok {
		if d, ok := intl.FromString(strings.TrimSpace(s.String())); ok {
			return d
		}
	}
	return intl.FromFloat(v.ToFloat())
}

// primitiveNumber is ToPrimitive with the hint number.
func primitiveNumber(o *goja.Object) goja.Value {
	if p := primitiveParts(o); p != nil && !isHost(p) {
		return p.pValue
	}
	return o.ToNumber()
}

func (x *intlObject) numberFormatClass() *goja.Object {
	ctor, proto := x.class("NumberFormat", true, func(l, o goja.Value) any { return x.numberFormat(l, o) })
	x.bound(proto, "NumberFormat", "format", 1, func(state any, c goja.FunctionCall) goja.Value {
		return goString(intl.Join(state.(*intl.NumberFormat).Format(x.decimal(c.Argument(0)))))
	})
	const name = "Intl.NumberFormat.prototype."
	method(x.vm, proto, "formatToParts", 1, func(c goja.FunctionCall) goja.Value {
		return x.parts(receiver[*intl.NumberFormat](x.vm, c, name+"formatToParts").Format(x.decimal(c.Argument(0))))
	})
	method(x.vm, proto, "formatRange", 2, func(c goja.FunctionCall) goja.Value {
		f := receiver[*intl.NumberFormat](x.vm, c, name+"formatRange")
		a, b := intl.Join(f.Format(x.decimal(c.Argument(0)))), intl.Join(f.Format(x.decimal(c.Argument(1))))
		if a == b {
			return goString("~" + a)
		}
		sep := "–"
		if f.Style != "decimal" {
			sep = " – "
		}
		return goString(a + sep + b)
	})
	method(x.vm, proto, "resolvedOptions", 0, func(c goja.FunctionCall) goja.Value {
		f := receiver[*intl.NumberFormat](x.vm, c, name+"resolvedOptions")
		o := x.resolved(f.Locale.Tag)
		_ = o.Set("numberingSystem", "latn")
		_ = o.Set("style", f.Style)
		if f.Style == "currency" {
			_ = o.Set("currency", f.Currency)
			_ = o.Set("currencyDisplay", f.CurrencyDisplay)
			_ = o.Set("currencySign", f.CurrencySign)
		}
		if f.Style == "unit" {
			_ = o.Set("unit", f.Unit)
			_ = o.Set("unitDisplay", f.UnitDisplay)
		}
		_ = o.Set("minimumIntegerDigits", f.MinimumIntegerDigits)
		setDigits(o, f)
		if f.UseGrouping == "false" {
			_ = o.Set("useGrouping", false)
		} else {
			_ = o.Set("useGrouping", f.UseGrouping)
		}
		_ = o.Set("notation", f.Notation)
		if f.Notation == "compact" {
			_ = o.Set("compactDisplay", f.CompactDisplay)
		}
		_ = o.Set("signDisplay", f.SignDisplay)
		_ = o.Set("roundingIncrement", f.RoundingIncrement)
		_ = o.Set("roundingMode", f.RoundingMode)
		_ = o.Set("roundingPriority", f.RoundingPriority)
		_ = o.Set("trailingZeroDisplay", f.TrailingZeroDisplay)
		return o
	})
	return ctor
}

func setDigits(o *goja.Object, f *intl.NumberFormat) {
	if f.MaximumFractionDigits >= 0 {
		_ = o.Set("minimumFractionDigits", f.MinimumFractionDigits)
		_ = o.Set("maximumFractionDigits", f.MaximumFractionDigits)
	}
	if f.MaximumSignificantDigits > 0 {
		_ = o.Set("minimumSignificantDigits", f.MinimumSignificantDigits)
		_ = o.Set("maximumSignificantDigits", f.MaximumSignificantDigits)
	}
}

func (x *intlObject) pluralRulesClass() *goja.Object {
	type rules struct {
		f       *intl.NumberFormat
		ordinal bool
	}
	ctor, proto := x.class("PluralRules", false, func(l, opts goja.Value) any {
		f := intl.Default(x.locale(l))
		o := x.options("PluralRules", opts)
		r := &rules{f: f, ordinal: o.text("type", "cardinal", "cardinal", "ordinal") == "ordinal"}
		x.digitOptions(f, o, 0, 3)
		return r
	})
	method(x.vm, proto, "select", 1, func(c goja.FunctionCall) goja.Value {
		r := receiver[*rules](x.vm, c, "Intl.PluralRules.prototype.select")
		d := intl.FromFloat(c.Argument(0).ToFloat())
		if d.NaN || d.Inf {
			return goString("other")
		}
		rounded, minFrac := r.f.Round(d)
		whole, fraction := rounded.Parts(1, minFrac)
		return goString(intl.Plural(whole, fraction, r.ordinal))
	})
	method(x.vm, proto, "resolvedOptions", 0, func(c goja.FunctionCall) goja.Value {
		r := receiver[*rules](x.vm, c, "Intl.PluralRules.prototype.resolvedOptions")
		// Its data has no regions.
		tag, _, _ := strings.Cut(r.f.Locale.Tag, "-")
		o := x.resolved(tag)
		kind, categories := "cardinal", []string{"one", "other"}
		if r.ordinal {
			kind, categories = "ordinal", []string{"few", "one", "two", "other"}
		}
		_ = o.Set("type", kind)
		_ = o.Set("minimumIntegerDigits", r.f.MinimumIntegerDigits)
		setDigits(o, r.f)
		_ = o.Set("pluralCategories", x.strings(categories))
		_ = o.Set("roundingIncrement", r.f.RoundingIncrement)
		_ = o.Set("roundingMode", r.f.RoundingMode)
		_ = o.Set("roundingPriority", r.f.RoundingPriority)
		_ = o.Set("trailingZeroDisplay", r.f.TrailingZeroDisplay)
		return o
	})
	return ctor
}

// installNumberMethods replaces toLocaleString of numbers and BigInts.
func (x *intlObject) installNumberMethods() {
	for _, class := range []string{"Number", "BigInt"} {
		proto := x.vm.Get(class).(*goja.Object).Get("prototype").(*goja.Object)
		valueOf, _ := callable(proto.Get("valueOf"))
		method(x.vm, proto, "toLocaleString", 0, func(c goja.FunctionCall) goja.Value {
			v := valueOf(goja.FunctionCall{This: c.This})
			f := intl.Default(intl.DefaultLocale)
			if len(c.Arguments) > 0 {
				f = x.numberFormat(c.Argument(0), c.Argument(1))
			}
			return goString(intl.Join(f.Format(x.decimal(v))))
		})
	}
}
