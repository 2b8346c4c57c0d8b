package intl

import "strings"

// Locale is what formatting needs to know of a language and region.
type Locale struct {
	Tag string

	decimal, group, minus string
	minGrouping           int // of digits before the first separator
	percentSpace          bool
	currencyBehind        bool
	symbols               map[string]string // of currencies, where not as in en-US

	months, monthsShort, monthsNarrow [12]string
	days, daysShort, daysNarrow       [7]string
	hour12                            bool
	am, pm                            string
	eras, erasLong, erasNarrow        [2]string
	pattern                           func(d *DateFormat) string // of the date alone
	styles                            [4]string                  // of dateStyle: full, long, medium, short
	joinAt                            string                     // between a long date and a time
	join                              string
}

var (
	englishMonths = [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	englishDays   = [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	narrowMonths  = [12]string{"J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"}
	narrowDays    = [7]string{"S", "M", "T", "W", "T", "F", "S"}
)

func short[A [12]string | [7]string](names A) A {
	out := names
	switch o := any(&out).(type) {
	case *[12]string:
		for i := range o {
			o[i] = o[i][:3]
		}
	case *[7]string:
		for i := range o {
			o[i] = o[i][:3]
		}
	}
	return out
}

func english(tag string, hour12 bool) *Locale {
	return &Locale{
		Tag: tag, decimal: ".", group: ",", minus: "-", minGrouping: 1,
		months: englishMonths, monthsShort: short(englishMonths), monthsNarrow: narrowMonths,
		days: englishDays, daysShort: short(englishDays), daysNarrow: narrowDays,
		hour12: hour12, am: "AM", pm: "PM",
		eras: [2]string{"BC", "AD"}, erasLong: [2]string{"Before Christ", "Anno Domini"}, erasNarrow: [2]string{"B", "A"},
		joinAt: " at ", join: ", ",
	}
}

var locales = func() map[string]*Locale {
	us := english("en-US", true)
	us.pattern = usPattern
	us.styles = [4]string{"EEEE, MMMM d, y", "MMMM d, y", "MMM d, y", "M/d/yy"}

	gb := english("en-GB", false)
	gb.am, gb.pm = "am", "pm"
	gb.monthsShort[8] = "Sept"
	gb.pattern = gbPattern
	gb.styles = [4]string{"EEEE, d MMMM y", "d MMMM y", "d MMM y", "dd/MM/y"}
	gb.symbols = map[string]string{"USD": "US$"}

	ca := english("en-CA", true)
	ca.am, ca.pm = "a.m.", "p.m."
	ca.monthsShort[8] = "Sept"
	ca.pattern = caPattern
	ca.styles = [4]string{"EEEE, MMMM d, y", "MMMM d, y", "MMM d, y", "y-MM-dd"}
	ca.symbols = map[string]string{"CAD": "$", "USD": "US$"}

	de := &Locale{
		Tag: "de-DE", decimal: ",", group: ".", minus: "-", minGrouping: 1, percentSpace: true, currencyBehind: true,
		months:       [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		monthsShort:  [12]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		monthsNarrow: narrowMonths,
		days:         [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
		daysShort:    [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"}, daysNarrow: [7]string{"S", "M", "D", "M", "D", "F", "S"},
		am: "AM", pm: "PM", eras: [2]string{"v. Chr.", "n. Chr."}, erasLong: [2]string{"v. Chr.", "n. Chr."}, erasNarrow: [2]string{"v. Chr.", "n. Chr."},
		joinAt: " um ", join: ", ", pattern: dePattern,
		styles: [4]string{"EEEE, d. MMMM y", "d. MMMM y", "dd.MM.y", "dd.MM.yy"},
	}
	sv := &Locale{
		Tag: "sv-SE", decimal: ",", group: nbsp, minus: "\u2212", minGrouping: 1, percentSpace: true, currencyBehind: true,
		symbols:      map[string]string{"SEK": "kr", "USD": "US$"},
		months:       [12]string{"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"},
		monthsShort:  [12]string{"jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."},
		monthsNarrow: narrowMonths,
		days:         [7]string{"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"},
		daysShort:    [7]string{"sön", "mån", "tis", "ons", "tors", "fre", "lör"}, daysNarrow: [7]string{"S", "M", "T", "O", "T", "F", "L"},
		am: "fm", pm: "em", eras: [2]string{"f.Kr.", "e.Kr."}, erasLong: [2]string{"före Kristus", "efter Kristus"}, erasNarrow: [2]string{"f.Kr.", "e.Kr."},
		joinAt: " kl. ", join: " ", pattern: svPattern,
		styles: [4]string{"EEEE d MMMM y", "d MMMM y", "d MMM y", "y-MM-dd"},
	}
	m := make(map[string]*Locale)
	for _, l := range []*Locale{us, gb, ca, de, sv} {
		m[l.Tag] = l
	}
	m["en"], m["de"], m["sv"] = us, de, sv
	return m
}()

// DefaultLocale is en-US.
var DefaultLocale = locales["en-US"]

// Find returns the locale for a tag, by its language and region; ok is false
// if there is none and the default locale has to do.
func Find(tag string) (l *Locale, ok bool) {
	base, _, _ := strings.Cut(tag, "-u-")
	for {
		if l := locales[base]; l != nil {
			if base == tag || base == l.Tag {
				return l, true
			}
			// "en" keeps its own tag, as resolvedOptions shows.
			copied := *l
			copied.Tag = base
			return &copied, true
		}
		i := strings.LastIndexByte(base, '-')
		if i < 0 {
			return DefaultLocale, false
		}
		base = base[:i]
	}
}

// Hour12 says whether the locale counts hours to twelve.
func (l *Locale) Hour12() bool { return l.hour12 }
