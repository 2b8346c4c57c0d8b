package lang

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Intl knows every zone, whatever the machine has installed

	"github.com/dop251/goja"
	"github.com/spindle-js/spindle/jsbind/lang/intl"
)

// dateFormat resolves the options of Intl.DateTimeFormat (ECMA-402 11.1).
// required and defaults are "date", "time" or "any" and "all" as in
// CreateDateTimeFormat.
func (x *intlObject) dateFormat(locales, opts goja.Value, required, defaults string) *intl.DateFormat {
	f := &intl.DateFormat{Locale: x.locale(locales)}
	o := x.options("DateTimeFormat", opts)
	hour12, hasHour12 := o.flag("hour12")
	cycle := o.text("hourCycle", "", "h11", "h12", "h23", "h24")
	f.ZoneName, f.Zone = localZone()
	if v := o.get("timeZone"); v != nil {
		name := toString(x.vm, v).String()
		var ok bool
		if f.ZoneName, f.Zone, ok = findZone(name); !ok {
			throwRange(x.vm, "Invalid time zone specified: "+name)
		}
	}
	text := []string{"narrow", "short", "long"}
	digits := []string{"numeric", "2-digit"}
	f.Weekday = o.text("weekday", "", text...)
	f.Era = o.text("era", "", text...)
	f.Year = o.text("year", "", digits...)
	f.Month = o.text("month", "", append(digits, text...)...)
	f.Day = o.text("day", "", digits...)
	f.DayPeriod = o.text("dayPeriod", "", text...)
	f.Hour = o.text("hour", "", digits...)
	f.Minute = o.text("minute", "", digits...)
	f.Second = o.text("second", "", digits...)
	f.FractionalSecondDigits = o.number("fractionalSecondDigits", 1, 3, 0)
	f.TimeZoneName = o.text("timeZoneName", "", "short", "long", "shortOffset", "longOffset", "shortGeneric", "longGeneric")
	styles := []string{"full", "long", "medium", "short"}
	f.DateStyle = o.text("dateStyle", "", styles...)
	f.TimeStyle = o.text("timeStyle", "", styles...)
	date := f.Weekday != "" || f.Year != "" || f.Month != "" || f.Day != ""
	clock := f.DayPeriod != "" || f.Hour != "" || f.Minute != "" || f.Second != "" || f.FractionalSecondDigits > 0
	if f.DateStyle != "" || f.TimeStyle != "" {
		if date || clock || f.Era != "" || f.TimeZoneName != "" {
			name := "timeStyle"
			if f.DateStyle != "" {
				name = "dateStyle"
			}
			for _, n := range []string{"weekday", "era", "year", "month", "day", "dayPeriod", "hour", "minute", "second", "fractionalSecondDigits", "timeZoneName"} {
				if o.get(n) != nil {
					panic(x.vm.NewTypeError("Can't set option %s when %s is used", n, name))
				}
			}
		}
		if required == "date" && f.TimeStyle != "" {
			panic(x.vm.NewTypeError("Invalid option : timeStyle"))
		}
		if required == "time" && f.DateStyle != "" {
			panic(x.vm.NewTypeError("Invalid option : dateStyle"))
		}
	} else if needs := required == "date" && !date || required == "time" && !clock || required == "any" && !date && !clock; needs {
		if defaults == "date" || defaults == "all" {
			f.Year, f.Month, f.Day = "numeric", "numeric", "numeric"
		}
		if defaults == "time" || defaults == "all" {
			f.Hour, f.Minute, f.Second = "numeric", "numeric", "numeric"
		}
	}
	f.HourCycle = cycle
	switch {
	case hasHour12 && hour12:
		f.HourCycle = "h12"
	case hasHour12:
		f.HourCycle = "h23"
	case cycle == "" && f.Locale.Hour12():
		f.HourCycle = "h12"
	case cycle == "":
		f.HourCycle = "h23"
	}
	return f
}

// localZone returns the name of the process's time zone.
func localZone() (string, *time.Location) {
	if name := time.Local.String(); name != "Local" && name != "" {
		return name, time.Local
	}
	if name := os.Getenv("TZ"); name != "" {
		return strings.TrimPrefix(name, ":"), time.Local
	}
	if target, err := filepath.EvalSymlinks("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(target, "zoneinfo/"); ok {
			if name == "Etc/UTC" || name == "UCT" || name == "Etc/UCT" {
				name = "UTC"
			}
			return name, time.Local
		}
	}
	return "UTC", time.Local
}

// findZone finds a zone by its name in any case, or by its offset.
func findZone(name string) (string, *time.Location, bool) {
	if name != "" && (name[0] == '+' || name[0] == '-') {
		digits := strings.ReplaceAll(name[1:], ":", "")
		if len(digits) == 2 {
			digits += "00"
		}
		n, err := strconv.Atoi(digits)
		if err != nil || len(digits) != 4 || n/100 > 23 || n%100 > 59 {
			return "", nil, false
		}
		offset := (n/100*60 + n%100) * 60
		canonical := name[:1] + digits[:2] + ":" + digits[2:]
		if name[0] == '-' {
			offset = -offset
		}
		return canonical, time.FixedZone(canonical, offset), true
	}
	for _, z := range intl.TimeZones() {
		if strings.EqualFold(z, name) {
			l, err := time.LoadLocation(z)
			return z, l, err == nil
		}
	}
	switch strings.ToUpper(name) {
	case "GMT", "ETC/UTC", "ETC/GMT", "ETC/UCT", "UCT", "ZULU", "ETC/ZULU", "UNIVERSAL", "ETC/UNIVERSAL", "GREENWICH", "GMT0":
		return "UTC", time.UTC, true
	}
	if l, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		return name, l, true
	}
	return "", nil, false
}

// instant converts the argument of a format method: a date, a number or
// undefined for now.
func (x *intlObject) instant(v goja.Value) int64 {
	f := float64(time.Now().UnixMilli())
	if !isUndefined(v) {
		f = v.ToFloat()
	}
	if math.IsNaN(f) || math.Abs(f) > 8.64e15 {
		throwRange(x.vm, "Invalid time value")
	}
	return int64(f)
}

func (x *intlObject) dateTimeFormatClass() *goja.Object {
	ctor, proto := x.class("DateTimeFormat", true, func(l, o goja.Value) any { return x.dateFormat(l, o, "any", "date") })
	x.bound(proto, "DateTimeFormat", "format", 1, func(state any, c goja.FunctionCall) goja.Value {
		return goString(state.(*intl.DateFormat).Text(x.instant(c.Argument(0))))
	})
	const name = "Intl.DateTimeFormat.prototype."
	method(x.vm, proto, "formatToParts", 1, func(c goja.FunctionCall) goja.Value {
		return x.parts(receiver[*intl.DateFormat](x.vm, c, name+"formatToParts").Format(x.instant(c.Argument(0))))
	})
	method(x.vm, proto, "formatRange", 2, func(c goja.FunctionCall) goja.Value {
		f := receiver[*intl.DateFormat](x.vm, c, name+"formatRange")
		return goString(f.FormatRange(x.instant(c.Argument(0)), x.instant(c.Argument(1))))
	})
	method(x.vm, proto, "resolvedOptions", 0, func(c goja.FunctionCall) goja.Value {
		f := receiver[*intl.DateFormat](x.vm, c, name+"resolvedOptions")
		o := x.resolved(f.Locale.Tag)
		_ = o.Set("calendar", "gregory")
		_ = o.Set("numberingSystem", "latn")
		_ = o.Set("timeZone", f.ZoneName)
		if f.Hour != "" || f.TimeStyle != "" {
			_ = o.Set("hourCycle", f.HourCycle)
			_ = o.Set("hour12", f.HourCycle == "h11" || f.HourCycle == "h12")
		}
		two := func(style, with string) string {
			if style != "" && with != "" {
				return "2-digit"
			}
			return style
		}
		setText(o, "weekday", f.Weekday)
		setText(o, "era", f.Era)
		setText(o, "year", f.Year)
		setText(o, "month", f.Month)
		setText(o, "day", f.Day)
		setText(o, "dayPeriod", f.DayPeriod)
		setText(o, "hour", f.Hour)
		setText(o, "minute", two(f.Minute, f.Hour+f.Second))
		setText(o, "second", two(f.Second, f.Hour+f.Minute))
		if f.FractionalSecondDigits > 0 {
			_ = o.Set("fractionalSecondDigits", f.FractionalSecondDigits)
		}
		setText(o, "timeZoneName", f.TimeZoneName)
		setText(o, "dateStyle", f.DateStyle)
		setText(o, "timeStyle", f.TimeStyle)
		return o
	})
	return ctor
}

// installDateMethods replaces the methods of Date that show local text.
func (x *intlObject) installDateMethods() {
	proto := x.vm.Get("Date").(*goja.Object).Get("prototype").(*goja.Object)
	getTime, _ := callable(proto.Get("getTime"))
	define := func(name, required, defaults string) {
		method(x.vm, proto, name, 0, func(c goja.FunctionCall) goja.Value {
			t := getTime(goja.FunctionCall{This: c.This}).ToFloat()
			if math.IsNaN(t) {
				return goString("Invalid Date")
			}
			return goString(x.dateFormat(c.Argument(0), c.Argument(1), required, defaults).Text(int64(t)))
		})
	}
	define("toLocaleString", "any", "all")
	define("toLocaleDateString", "date", "date")
	define("toLocaleTimeString", "time", "time")
	// V8 names the zone in full: "… GMT+0100 (Central European Standard Time)".
	text := func(name, layout string) {
		method(x.vm, proto, name, 0, func(c goja.FunctionCall) goja.Value {
			ms := getTime(goja.FunctionCall{This: c.This}).ToFloat()
			if math.IsNaN(ms) {
				return goString("Invalid Date")
			}
			zone, _ := localZone()
			t := time.UnixMilli(int64(ms))
			s := t.Format(layout)
			if strings.HasPrefix(layout, "Mon") {
				y, sign := t.Year(), ""
				if y < 0 {
					y, sign = -y, "-"
				}
				year := strconv.Itoa(y)
				year = sign + strings.Repeat("0", max(0, 4-len(year))) + year
				s = t.Format("Mon Jan 02 ") + year + t.Format(strings.TrimPrefix(layout, "Mon Jan 02 2006"))
			}
			return goString(s + " (" + intl.ZoneName(zone, t, true) + ")")
		})
	}
	text("toString", "Mon Jan 02 2006 15:04:05 GMT-0700")
	text("toTimeString", "15:04:05 GMT-0700")
}
