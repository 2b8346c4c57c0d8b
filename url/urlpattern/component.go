package urlpattern

import (
	"regexp"
	"strings"
)

// Regexp is a compiled regular expression. Match returns the groups of a match,
// from the first on; a group that took no part is nil.
type Regexp interface {
	Match(input string) (groups []*string, ok bool)
}

// component is the pattern of one part of a URL.
type component struct {
	pattern string
	regexp  Regexp
	names   []string
	empty   []bool // the group takes no part where it matches nothing
	custom  bool   // it has regular expressions of the pattern's own
}

// compile compiles the pattern of a component.
func (c *compiler) compile(in string, opts options, encode func(string) (string, bool)) (component, bool) {
	parts, ok := parseParts(in, opts, encode)
	if !ok {
		return component{}, false
	}
	source, names := regexpOf(parts, opts)
	for i := range parts {
		if parts[i].kind == customRegexp && !validClasses(parts[i].value) {
			return component{}, false
		}
	}
	re, err := c.regexp(source, c.ignoreCase)
	if err != nil {
		return component{}, false
	}
	out := component{pattern: patternOf(parts, opts), regexp: re, names: names}
	for i := range parts {
		p := &parts[i]
		out.custom = out.custom || p.kind == customRegexp
		if p.kind != fixedText {
			// JavaScript undoes an optional group that matched nothing, which
			// other engines do not.
			out.empty = append(out.empty, p.modifier == "?" && p.prefix == "" && p.suffix == "")
		}
	}
	return out, true
}

// validClasses reports whether the classes of a regular expression escape what
// the flag v of JavaScript wants escaped, with which patterns are compiled.
func validClasses(source string) bool {
	depth := 0
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c == '\\':
			i++
		case c == '[':
			depth++
		case c == ']' && depth > 0:
			depth--
		case depth > 0 && strings.IndexByte("(){}/|", c) >= 0:
			return false
		}
	}
	return true
}

// compiler makes components.
type compiler struct {
	regexp     func(source string, ignoreCase bool) (Regexp, error)
	ignoreCase bool // of the component at hand
}

// matchesSpecial reports whether the pattern of a protocol matches a special
// scheme.
func (c *component) matchesSpecial() bool {
	for _, scheme := range []string{"http", "https", "ws", "wss", "ftp", "file"} {
		if _, ok := c.regexp.Match(scheme); ok {
			return true
		}
	}
	return false
}

// goRegexp is a regular expression of package regexp.
type goRegexp struct{ re *regexp.Regexp }

func compileGo(source string, ignoreCase bool) (Regexp, error) {
	// JavaScript's class of all characters.
	source = strings.ReplaceAll(source, "[^]", `[\x{0}-\x{10FFFF}]`)
	if ignoreCase {
		source = "(?i)" + source
	}
	re, err := regexp.Compile(source)
	if err != nil {
		return nil, err
	}
	return goRegexp{re}, nil
}

func (r goRegexp) Match(input string) ([]*string, bool) {
	at := r.re.FindStringSubmatchIndex(input)
	if at == nil {
		return nil, false
	}
	groups := make([]*string, len(at)/2-1)
	for i := range groups {
		if from, to := at[2*i+2], at[2*i+3]; from >= 0 {
			s := input[from:to]
			groups[i] = &s
		}
	}
	return groups, true
}
