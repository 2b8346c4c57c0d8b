package parser

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/spindle-js/spindle/internal/httpcases"
	"github.com/spindle-js/spindle/nodeerr"
)

// The corpus in testdata/corpus is data: a title, options, an input, and the
// events that Node 24.12's HTTPParser reports for it. testdata/README.md
// describes the notation.

type corpusCase struct {
	name   string
	opt    Options
	action Action
	brief  bool
	input  []byte
	want   []string
}

var lenientNames = map[string]Lenient{
	"headers": LenientHeaders, "chunked-length": LenientChunkedLength, "keep-alive": LenientKeepAlive,
	"transfer-encoding": LenientTransferEncoding, "version": LenientVersion,
	"data-after-close": LenientDataAfterClose, "optional-lf-after-cr": LenientOptionalLFAfterCR,
	"optional-crlf-after-chunk": LenientOptionalCRLFAfterChunk,
	"optional-cr-before-lf":     LenientOptionalCRBeforeLF,
	"spaces-after-chunk-size":   LenientSpacesAfterChunkSize, "all": LenientAll,
}

func readCorpus(t testing.TB) []corpusCase {
	read, err := httpcases.Read("testdata/corpus")
	if err != nil {
		t.Fatal(err)
	}
	cases := make([]corpusCase, 0, len(read))
	for _, r := range read {
		c := corpusCase{name: r.Name, input: r.Input, want: r.Events}
		for _, o := range r.Options {
			word, arg, _ := strings.Cut(o, " ")
			switch word {
			case "response":
				c.opt.Kind = Response
			case "skip-body":
				c.action = SkipBody
			case "take-over":
				c.action = Upgrade
			case "brief":
				c.brief = true
			case "max-header-size":
				if c.opt.MaxHeaderSize, err = strconv.Atoi(arg); err != nil {
					t.Fatal(c.name, err)
				}
			case "lenient":
				if lenientNames[arg] == 0 {
					t.Fatalf("%s: unknown flag %q", c.name, arg)
				}
				c.opt.Lenient |= lenientNames[arg]
			default:
				t.Fatalf("%s: unknown option %q", c.name, o)
			}
		}
		cases = append(cases, c)
	}
	return cases
}

// scribe writes events down in the corpus's notation.
type scribe struct {
	action Action
	brief  bool
	events []string
	body   []byte
	inBody bool
}

func quote(b []byte) string {
	var s strings.Builder
	s.WriteByte('"')
	for _, c := range b {
		switch {
		case c == '\r':
			s.WriteString(`\r`)
		case c == '\n':
			s.WriteString(`\n`)
		case c == '\t':
			s.WriteString(`\t`)
		case c == '"' || c == '\\':
			s.WriteByte('\\')
			s.WriteByte(c)
		case c < 0x20 || c >= 0x7f:
			fmt.Fprintf(&s, `\x%02x`, c)
		default:
			s.WriteByte(c)
		}
	}
	s.WriteByte('"')
	return s.String()
}

func (s *scribe) note(format string, args ...any) {
	if s.inBody {
		s.events = append(s.events, "body "+quote(s.body))
		s.body, s.inBody = nil, false
	}
	s.events = append(s.events, fmt.Sprintf(format, args...))
}

func (s *scribe) OnMessageBegin() { s.note("begin") }

func (s *scribe) OnHeadersComplete(h *Head) (Action, error) {
	after := "close"
	if h.ShouldKeepAlive {
		after = "keep-alive"
	}
	if h.Upgrade {
		after += " upgrade"
	}
	if h.Kind == Response {
		s.note("response %d %s %d.%d %s", h.Status, quote(h.StatusMessage()), h.Major, h.Minor, after)
	} else {
		s.note("request %s %s %d.%d %s", h.Method, quote(h.URL()), h.Major, h.Minor, after)
	}
	if s.brief {
		s.note("headers %d", h.Len())
	} else {
		s.fields("header", &h.Fields)
	}
	return s.action, nil
}

func (s *scribe) fields(word string, f *Fields) {
	b := f.Block()
	for i := range f.Len() {
		if f.NameIn(b, i) != string(f.Name(i)) || f.ValueIn(b, i) != string(f.Value(i)) {
			s.note("the block differs in line %d", i)
		}
		s.note("%s %s %s", word, quote(f.Name(i)), quote(f.Value(i)))
	}
}

func (s *scribe) OnBody(b []byte) error {
	if len(b) == 0 {
		s.note("empty body")
	}
	s.body, s.inBody = append(s.body, b...), true
	return nil
}

func (s *scribe) OnMessageComplete(t *Fields) error {
	s.fields("trailer", t)
	s.note("complete")
	return nil
}

// parse feeds the input in pieces that end at cuts, and returns the events.
// Overflows are noticed at the end of each piece, so their offset is left out
// when the input is cut.
func (c *corpusCase) parse(opt Options, cuts []int) []string {
	s := &scribe{action: c.action, brief: c.brief}
	p := Get(s, opt)
	defer Put(p)
	at := 0
	for _, to := range append(cuts, len(c.input)) {
		for {
			n, err := p.Execute(c.input[at:to])
			at += n
			if e, ok := err.(*nodeerr.Error); ok {
				if len(cuts) > 0 && strings.Contains(e.Code, "OVERFLOW") {
					at = -1
				}
				s.note("error %s %q at %d", e.Code, e.Props[1].Value, at)
				return s.events
			}
			if p.Upgraded() {
				s.note("upgrade at %d", at)
				return s.finish(p)
			}
			if !p.Yielded() {
				break
			}
		}
		if at != to {
			s.note("stopped at %d", at)
			return s.events
		}
	}
	return s.finish(p)
}

// finish ends the input and returns all the events.
func (s *scribe) finish(p *Parser) []string {
	s.note("eof")
	n := len(s.events)
	if e, ok := p.Finish().(*nodeerr.Error); ok {
		s.events[n-1] = fmt.Sprintf("eof error %s %q", e.Code, e.Props[1].Value)
	} else if len(s.events) == n {
		s.events = s.events[:n-1]
	}
	return s.events
}

// cuttings calls yield with ways to cut n bytes: into two pieces at each byte
// (at a selection when there are many), and into single bytes.
func cuttings(n int, yield func(cuts []int)) {
	all := make([]int, 0, n)
	for i := 1; i < n; i++ {
		all = append(all, i)
		if n < 1500 || i < 100 || n-i < 100 || i%509 == 0 {
			yield([]int{i})
		}
	}
	yield(all)
}

var overflowAt = regexp.MustCompile(`(OVERFLOW.* at )\d+$`)

func TestCorpus(t *testing.T) {
	cases := readCorpus(t)
	if len(cases) < 300 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			check := func(got []string, how string) {
				t.Helper()
				want := c.want
				if how != "whole" {
					want = append([]string(nil), want...)
					for i := range want {
						want[i] = overflowAt.ReplaceAllString(want[i], "${1}-1")
					}
				}
				if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
					t.Fatalf("%s\ngot\n%s\nwant\n%s", how, g, w)
				}
			}
			check(c.parse(c.opt, nil), "whole")
			yield := c.opt
			yield.Yield = true
			cuttings(len(c.input), func(cuts []int) {
				check(c.parse(c.opt, cuts), fmt.Sprint("cut at ", cuts))
				check(c.parse(yield, cuts), fmt.Sprint("yielding, cut at ", cuts))
			})
		})
	}
}
