package parser

import (
	"slices"
	"strings"
	"testing"
)

// FuzzSplit checks that cutting the input changes nothing, that nothing
// panics, and that no position lies outside the input.
func FuzzSplit(f *testing.F) {
	for _, c := range readCorpus(f) {
		f.Add(c.input, c.opt.Kind == Response, uint16(c.opt.Lenient), uint16(len(c.input)/2), int8(c.action))
	}
	f.Fuzz(func(t *testing.T, in []byte, response bool, lenient, cut uint16, action int8) {
		c := corpusCase{input: in, action: Action(action)}
		c.opt.Lenient = Lenient(lenient) & LenientAll
		if response {
			c.opt.Kind = Response
		}
		blur := func(events []string) string {
			return overflowAt.ReplaceAllString(strings.Join(events, "\n"), "${1}-1")
		}
		whole := blur(c.parse(c.opt, nil))
		cuts := []int{int(cut) % (len(in) + 1)}
		if cuts[0] == 0 && len(in) < 4096 {
			for i := 1; i < len(in); i++ {
				cuts = append(cuts, i)
			}
		}
		yield := c.opt
		yield.Yield = true
		for _, o := range []Options{c.opt, yield} {
			if got := blur(c.parse(o, slices.Clone(cuts))); got != whole {
				t.Fatalf("cut at %v\ngot\n%s\nwant\n%s", cuts, got, whole)
			}
		}
	})
}
