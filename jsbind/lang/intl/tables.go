package intl

import (
	_ "embed" // data.txt
	"strconv"
	"strings"
	"sync"
)

// data.txt holds what ICU 77 answers for en-US, a line each:
//
//	u unit display one|many      a unit's templates, # is the number
//	p unit display text          what follows in "… per unit"
//	c|code|digits|symbol|narrow|one|many
//	z long|short = zones         names of time zones, winter~summer where they differ
//
//go:embed data.txt
var dataText string

type currency struct {
	digits                    int
	symbol, narrow, one, many string
}

type zoneNames struct{ long, short [2]string } // winter, summer

type tables struct {
	units      map[string]*[2]string // by "unit display"
	pers       map[string]string
	currencies map[string]currency
	codes      []string
	zones      map[string]zoneNames
	zoneList   []string
	unitList   []string
}

var data = sync.OnceValue(func() *tables {
	t := &tables{
		units: make(map[string]*[2]string), pers: make(map[string]string),
		currencies: make(map[string]currency), zones: make(map[string]zoneNames),
	}
	for line := range strings.Lines(dataText) {
		line = strings.TrimSuffix(line, "\n")
		switch line[0] {
		case 'u':
			f := strings.SplitN(line, " ", 4)
			one, many, _ := strings.Cut(f[3], "|")
			t.units[f[1]+" "+f[2]] = &[2]string{one, many}
			if f[2] == "long" {
				t.unitList = append(t.unitList, f[1])
			}
		case 'p':
			f := strings.SplitN(line, " ", 4)
			t.pers[f[1]+" "+f[2]] = f[3]
		case 'c':
			f := strings.Split(line, "|")
			digits, _ := strconv.Atoi(f[2])
			t.currencies[f[1]] = currency{digits: digits, symbol: f[3], narrow: f[4], one: f[5], many: f[6]}
			t.codes = append(t.codes, f[1])
		case 'z':
			names, zones, _ := strings.Cut(line[2:], " = ")
			long, short, _ := strings.Cut(names, "|")
			n := zoneNames{long: seasons(long), short: seasons(short)}
			for zone := range strings.FieldsSeq(zones) {
				t.zones[zone] = n
				t.zoneList = append(t.zoneList, zone)
			}
		}
	}
	return t
})

func seasons(s string) [2]string {
	winter, summer, differ := strings.Cut(s, "~")
	if !differ {
		summer = winter
	}
	return [2]string{winter, summer}
}

func unitTemplate(unit, display string) *[2]string { return data().units[unit+" "+display] }

func perTemplate(unit, display string) string { return data().pers[unit+" "+display] }

func currencyOf(code string) currency {
	if c, ok := data().currencies[code]; ok {
		return c
	}
	return currency{digits: 2, symbol: code, narrow: code, one: code, many: code}
}

// CurrencyDigits is how many digits behind the point a currency has.
func CurrencyDigits(code string) int { return currencyOf(code).digits }

// ValidUnit says whether the unit, simple or x-per-y, is sanctioned
// (ECMA-402 6.6).
func ValidUnit(unit string) bool {
	if data().units[unit+" long"] != nil {
		return true
	}
	a, b, ok := strings.Cut(unit, "-per-")
	return ok && data().units[a+" long"] != nil && data().units[b+" long"] != nil
}

// Units, Currencies and TimeZones list what Intl.supportedValuesOf does.
func Units() []string      { return data().unitList }
func Currencies() []string { return data().codes }
func TimeZones() []string  { return data().zoneList }
