package intl

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// DateFormat holds the resolved options of Intl.DateTimeFormat (ECMA-402 11.5),
// under their names there; "" is an option that does not apply.
type DateFormat struct {
	Locale   *Locale
	Zone     *time.Location
	ZoneName string

	Weekday, Era, Year, Month, Day, DayPeriod, Hour, Minute, Second string
	FractionalSecondDigits                                          int
	TimeZoneName, HourCycle, DateStyle, TimeStyle                   string
}

func (f *DateFormat) hasDate() bool {
	return f.Weekday != "" || f.Year != "" || f.Month != "" || f.Day != ""
}

func (f *DateFormat) hasTime() bool {
	return f.Hour != "" || f.Minute != "" || f.Second != "" || f.FractionalSecondDigits > 0 || f.DayPeriod != ""
}

func textMonth(f *DateFormat) bool {
	return f.Month != "" && f.Month != "numeric" && f.Month != "2-digit"
}

// field returns the pattern letters of a date field.
func field(letter byte, style string) string {
	n := 1
	switch style {
	case "2-digit":
		n = 2
	case "short":
		n = 3
	case "long":
		n = 4
	case "narrow":
		n = 5
	}
	return strings.Repeat(string(letter), n)
}

func (f *DateFormat) month() string { return field('M', f.Month) }
func (f *DateFormat) day() string   { return field('d', f.Day) }
func (f *DateFormat) year() string  { return field('y', f.Year) }
func (f *DateFormat) wday() string  { return field('E', f.Weekday) }

// twoDigits is style, or 2-digit: for locales that pad numeric dates.
func twoDigits(style string) string {
	if style == "numeric" {
		return "2-digit"
	}
	return style
}

// joined joins what is not empty.
func joined(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

func optional(style, pattern string) string {
	if style == "" {
		return ""
	}
	return pattern
}

// alone handles dates without a month, which most locales write alike.
func alone(f *DateFormat) (string, bool) {
	switch {
	case f.Month != "":
		return "", false
	case f.Year != "" && f.Day != "":
		return f.year() + " ('day: '" + f.day() + ")", true
	case f.Day != "":
		return joined(" ", f.day(), optional(f.Weekday, f.wday())), true
	}
	return joined(" ", optional(f.Year, f.year()), optional(f.Weekday, f.wday())), true
}

func usPattern(f *DateFormat) string {
	if p, ok := alone(f); ok {
		return p
	}
	w := optional(f.Weekday, f.wday())
	if textMonth(f) {
		md := joined(" ", f.month(), optional(f.Day, f.day()))
		sep := " "
		if f.Day != "" {
			sep = ", "
		}
		return joined(", ", w, joined(sep, md, optional(f.Year, f.year())))
	}
	return joined(", ", w, joined("/", f.month(), optional(f.Day, f.day()), optional(f.Year, f.year())))
}

func gbPattern(f *DateFormat) string {
	if p, ok := alone(f); ok {
		return p
	}
	w := optional(f.Weekday, f.wday())
	if textMonth(f) {
		return joined(", ", w, joined(" ", optional(f.Day, f.day()), f.month(), optional(f.Year, f.year())))
	}
	m, d := field('M', twoDigits(f.Month)), field('d', twoDigits(f.Day))
	return joined(", ", w, joined("/", optional(f.Day, d), m, optional(f.Year, f.year())))
}

func caPattern(f *DateFormat) string {
	if p, ok := alone(f); ok {
		return p
	}
	if textMonth(f) {
		return usPattern(f)
	}
	m, d := field('M', twoDigits(f.Month)), field('d', twoDigits(f.Day))
	return joined(", ", optional(f.Weekday, f.wday()), joined("-", optional(f.Year, f.year()), m, optional(f.Day, d)))
}

func dePattern(f *DateFormat) string {
	if p, ok := alone(f); ok {
		return p
	}
	w := optional(f.Weekday, f.wday())
	if textMonth(f) {
		return joined(", ", w, joined(" ", optional(f.Day, f.day()+"."), f.month(), optional(f.Year, f.year())))
	}
	if f.Day == "" {
		return joined(", ", w, joined("/", f.month(), optional(f.Year, f.year())))
	}
	return joined(", ", w, f.day()+"."+f.month()+"."+optional(f.Year, f.year()))
}

func svPattern(f *DateFormat) string {
	if p, ok := alone(f); ok {
		return p
	}
	w := optional(f.Weekday, f.wday())
	if textMonth(f) {
		return joined(" ", w, optional(f.Day, f.day()), f.month(), optional(f.Year, f.year()))
	}
	if f.Year == "" {
		return joined(" ", w, joined("/", optional(f.Day, f.day()), f.month()))
	}
	m, d := field('M', twoDigits(f.Month)), field('d', twoDigits(f.Day))
	return joined(", ", w, joined("-", f.year(), m, optional(f.Day, d)))
}

// pattern returns the whole pattern (Unicode TR 35).
func (f *DateFormat) pattern() string {
	date, long := "", false
	if f.DateStyle != "" || f.TimeStyle != "" {
		for i, name := range []string{"full", "long", "medium", "short"} {
			if f.DateStyle == name {
				date, long = f.Locale.styles[i], i < 2
			}
		}
	} else if f.hasDate() {
		date, long = f.Locale.pattern(f), f.Month == "long"
		if f.Era != "" {
			date += " " + field('G', f.Era)
		}
	} else if f.Era != "" && !f.hasTime() {
		date = field('G', f.Era)
	}
	t := f.timePattern()
	switch {
	case date == "":
		return t
	case t == "":
		return date
	case long:
		return date + quoteLiteral(f.Locale.joinAt) + t
	}
	return date + quoteLiteral(f.Locale.join) + t
}

func quoteLiteral(s string) string { return "'" + s + "'" }

func (f *DateFormat) timePattern() string {
	hour, minute, second, zone := f.Hour, f.Minute, f.Second, f.TimeZoneName
	switch f.TimeStyle {
	case "full":
		hour, minute, second, zone = "numeric", "2-digit", "2-digit", "long"
	case "long":
		hour, minute, second, zone = "numeric", "2-digit", "2-digit", "short"
	case "medium":
		hour, minute, second = "numeric", "2-digit", "2-digit"
	case "short":
		hour, minute = "numeric", "2-digit"
	}
	var b strings.Builder
	twelve := f.HourCycle == "h12" || f.HourCycle == "h11"
	if hour != "" {
		letter := map[string]byte{"h11": 'K', "h12": 'h', "h23": 'H', "h24": 'k'}[f.HourCycle]
		style := hour
		if !twelve {
			style = "2-digit"
		}
		b.WriteString(field(letter, style))
	}
	if minute != "" {
		style := minute
		if hour != "" || second != "" {
			style = "2-digit"
		} else {
			style = "numeric"
		}
		if b.Len() > 0 {
			b.WriteByte(':')
		}
		b.WriteString(field('m', style))
	}
	if second != "" {
		style := "numeric"
		if minute != "" || hour != "" {
			style = "2-digit"
		}
		if b.Len() > 0 {
			b.WriteByte(':')
		}
		b.WriteString(field('s', style))
	}
	if n := f.FractionalSecondDigits; n > 0 {
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(strings.Repeat("S", n))
	}
	switch {
	case f.DayPeriod != "" && (hour == "" || twelve):
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("B")
	case hour != "" && twelve:
		b.WriteString("\u202fa")
	}
	if zone != "" {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(map[string]string{
			"short": "z", "long": "zzzz", "shortOffset": "O", "longOffset": "OOOO", "shortGeneric": "v", "longGeneric": "vvvv",
		}[zone])
	}
	return b.String()
}

// Text formats the instant as text. Where ICU puts a narrow space before AM
// and PM, V8 has a plain one in text, but not in parts.
func (f *DateFormat) Text(ms int64) string {
	return strings.ReplaceAll(Join(f.Format(ms)), "\u202f", " ")
}

var partTypes = map[byte]string{
	'E': "weekday", 'G': "era", 'y': "year", 'M': "month", 'd': "day", 'B': "dayPeriod", 'a': "dayPeriod",
	'h': "hour", 'H': "hour", 'k': "hour", 'K': "hour", 'm': "minute", 's': "second", 'S': "fractionalSecond",
	'z': "timeZoneName", 'O': "timeZoneName", 'v': "timeZoneName",
}

// Format returns the parts of the formatted instant, in milliseconds of the
// Unix epoch.
func (f *DateFormat) Format(ms int64) []Part {
	t := time.UnixMilli(ms).In(f.Zone)
	var parts []Part
	literal := func(s string) {
		if n := len(parts); n > 0 && parts[n-1].Type == "literal" {
			parts[n-1].Value += s
			return
		}
		parts = append(parts, Part{"literal", s})
	}
	p := f.pattern()
	for i := 0; i < len(p); {
		c := p[i]
		if c == '\'' {
			end := strings.IndexByte(p[i+1:], '\'')
			literal(p[i+1 : i+1+end])
			i += end + 2
			continue
		}
		name, ok := partTypes[c]
		if !ok {
			_, n := decode(p[i:])
			literal(p[i : i+n])
			i += n
			continue
		}
		n := 1
		for i+n < len(p) && p[i+n] == c {
			n++
		}
		parts = append(parts, Part{name, f.value(c, n, t)})
		i += n
	}
	return parts
}

func decode(s string) (rune, int) {
	for i, r := range s {
		if i > 0 {
			return 0, i
		}
		_ = r
	}
	return 0, len(s)
}

func padded(v, n int) string { return fmt.Sprintf("%0*d", n, v) }

func named[A ~[]string](n int, long, short, narrow A, i int) string {
	switch n {
	case 4:
		return long[i]
	case 5:
		return narrow[i]
	}
	return short[i]
}

func (f *DateFormat) value(c byte, n int, t time.Time) string {
	l := f.Locale
	switch c {
	case 'E':
		return named(n, l.days[:], l.daysShort[:], l.daysNarrow[:], int(t.Weekday()))
	case 'G':
		return named(n, l.erasLong[:], l.eras[:], l.erasNarrow[:], boolInt(t.Year() > 0))
	case 'y':
		y := t.Year()
		if y <= 0 {
			y = 1 - y
		}
		if n == 2 {
			return padded(y%100, 2)
		}
		return strconv.Itoa(y)
	case 'M':
		if n >= 3 {
			return named(n, l.months[:], l.monthsShort[:], l.monthsNarrow[:], int(t.Month())-1)
		}
		return padded(int(t.Month()), n)
	case 'd':
		return padded(t.Day(), n)
	case 'H':
		return padded(t.Hour(), n)
	case 'k':
		return padded((t.Hour()+23)%24+1, n)
	case 'h':
		return padded((t.Hour()+11)%12+1, n)
	case 'K':
		return padded(t.Hour()%12, n)
	case 'm':
		return padded(t.Minute(), n)
	case 's':
		return padded(t.Second(), n)
	case 'S':
		return padded(t.Nanosecond()/1e6, 3)[:min(n, 3)]
	case 'a':
		if t.Hour() < 12 {
			return l.am
		}
		return l.pm
	case 'B':
		return dayPeriod(t.Hour())
	case 'O':
		return offsetName(t, n == 4)
	case 'z', 'v':
		return ZoneName(f.ZoneName, t, n == 4)
	}
	return ""
}

// dayPeriod is English's flexible day period.
func dayPeriod(hour int) string {
	switch {
	case hour == 12:
		return "noon"
	case hour >= 6 && hour < 12:
		return "in the morning"
	case hour >= 12 && hour < 18:
		return "in the afternoon"
	case hour >= 18 && hour < 21:
		return "in the evening"
	}
	return "at night"
}

// offsetName is "GMT", "GMT+1", "GMT+5:30", or with long "GMT+01:00".
func offsetName(t time.Time, long bool) string {
	_, offset := t.Zone()
	if offset == 0 {
		return "GMT"
	}
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	h, m := offset/3600, offset%3600/60
	switch {
	case long:
		return fmt.Sprintf("GMT%s%02d:%02d", sign, h, m)
	case m == 0:
		return fmt.Sprintf("GMT%s%d", sign, h)
	}
	return fmt.Sprintf("GMT%s%d:%02d", sign, h, m)
}

// ZoneName is the name of a time zone at an instant in en-US: "Pacific Standard
// Time", or short "PST"; where there is none, the offset.
func ZoneName(zone string, t time.Time, long bool) string {
	n, ok := data().zones[zone]
	if !ok {
		return offsetName(t, long)
	}
	i := boolInt(t.IsDST())
	name := n.short[i]
	if long {
		name = n.long[i]
	}
	if strings.HasPrefix(name, "GMT") && name != "GMT" {
		return offsetName(t, long)
	}
	return name
}

// FormatRange formats an interval: fields that are equal in both ends are
// written once where the pattern allows.
func (f *DateFormat) FormatRange(from, to int64) string {
	a, b := f.Text(from), f.Text(to)
	if a == b {
		return a
	}
	ta, tb := time.UnixMilli(from).In(f.Zone), time.UnixMilli(to).In(f.Zone)
	sameDay := ta.Year() == tb.Year() && ta.YearDay() == tb.YearDay()
	if f.hasTime() && f.hasDate() && sameDay {
		timeOnly := *f
		timeOnly.Weekday, timeOnly.Era, timeOnly.Year, timeOnly.Month, timeOnly.Day = "", "", "", "", ""
		return a + "\u2009–\u2009" + timeOnly.Text(to)
	}
	return a + "\u2009–\u2009" + b
}
