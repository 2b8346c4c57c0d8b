package urlpattern

import (
	"strings"
	"unicode/utf8"
)

// regexpOf returns the regular expression of parts, and the names of its groups
// (https://urlpattern.spec.whatwg.org/#converting-part-lists-to-regular-expressions).
func regexpOf(parts []part, opts options) (source string, names []string) {
	var b strings.Builder
	b.WriteByte('^')
	for i := range parts {
		p := &parts[i]
		if p.kind == fixedText {
			if p.modifier == "" {
				b.WriteString(escapeRegexp(p.value))
			} else {
				b.WriteString("(?:" + escapeRegexp(p.value) + ")" + p.modifier)
			}
			continue
		}
		names = append(names, p.name)
		value := p.value
		switch p.kind {
		case segmentWildcard:
			value = opts.segment()
		case fullWildcard:
			value = anything
		}
		prefix, suffix := escapeRegexp(p.prefix), escapeRegexp(p.suffix)
		once := p.modifier == "" || p.modifier == "?"
		switch {
		case prefix == "" && suffix == "" && once:
			b.WriteString("(" + value + ")" + p.modifier)
		case prefix == "" && suffix == "":
			b.WriteString("((?:" + value + ")" + p.modifier + ")")
		case once:
			b.WriteString("(?:" + prefix + "(" + value + ")" + suffix + ")" + p.modifier)
		default:
			b.WriteString("(?:" + prefix + "((?:" + value + ")(?:" + suffix + prefix + "(?:" + value + "))*)" + suffix + ")")
			if p.modifier == "*" {
				b.WriteByte('?')
			}
		}
	}
	b.WriteByte('$')
	return b.String(), names
}

// patternOf writes parts as a pattern in its normal form
// (https://urlpattern.spec.whatwg.org/#converting-part-lists-to-pattern-strings).
func patternOf(parts []part, opts options) string {
	var b strings.Builder
	for i := range parts {
		p := &parts[i]
		if p.kind == fixedText {
			if p.modifier == "" {
				b.WriteString(escapePattern(p.value))
			} else {
				b.WriteString("{" + escapePattern(p.value) + "}" + p.modifier)
			}
			continue
		}
		var previous, next *part
		if i > 0 {
			previous = &parts[i-1]
		}
		if i+1 < len(parts) {
			next = &parts[i+1]
		}
		b.WriteString(p.text(previous, next, opts))
	}
	return b.String()
}

// text writes a group between its neighbours, which may be nil.
func (p *part) text(previous, next *part, opts options) string {
	named := !isNumber(p.name)
	braces := p.suffix != "" || p.prefix != "" && p.prefix != opts.prefix
	if !braces && named && p.kind == segmentWildcard && p.modifier == "" && next != nil && next.prefix == "" && next.suffix == "" {
		if next.kind == fixedText {
			braces = startsLikeName(next.value)
		} else {
			braces = isNumber(next.name)
		}
	}
	if !braces && p.prefix == "" && previous != nil && previous.kind == fixedText && opts.prefix != "" {
		braces = strings.HasSuffix(previous.value, opts.prefix)
	}
	var b strings.Builder
	if braces {
		b.WriteByte('{')
	}
	b.WriteString(escapePattern(p.prefix))
	if named {
		b.WriteString(":" + p.name)
	}
	switch {
	case p.kind == customRegexp:
		b.WriteString("(" + p.value + ")")
	case p.kind == segmentWildcard && !named:
		b.WriteString("(" + opts.segment() + ")")
	case p.kind == fullWildcard && !named &&
		(previous == nil || previous.kind == fixedText || previous.modifier != "" || braces || p.prefix != ""):
		b.WriteByte('*')
	case p.kind == fullWildcard:
		b.WriteString("(" + anything + ")")
	}
	if p.kind == segmentWildcard && named && startsLikeName(p.suffix) {
		b.WriteByte('\\')
	}
	b.WriteString(escapePattern(p.suffix))
	if braces {
		b.WriteByte('}')
	}
	return b.String() + p.modifier
}

func isNumber(name string) bool { return name != "" && '0' <= name[0] && name[0] <= '9' }

// startsLikeName reports whether s would go on with a name before it.
func startsLikeName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && isNameChar(r, false)
}

func escapeRegexp(s string) string { return escape(s, `.+*?^${}()[]|/\`) }

func escapePattern(s string) string { return escape(s, `+*?:{}()\`) }

// escape puts a backslash before the characters of s that are special.
func escape(s, special string) string {
	if !strings.ContainsAny(s, special) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(special, s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
