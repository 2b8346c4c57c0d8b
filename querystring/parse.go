package querystring

import "strings"

// DefaultMaxKeys is the number of pairs that Parse reads.
const DefaultMaxKeys = 1000

// ParseOptions are the arguments of querystring.parse after the first. The zero
// value stands for Node's defaults.
type ParseOptions struct {
	Sep string // between pairs; "" means "&"
	Eq  string // between name and value; "" means "="

	NoSep bool // there is one pair
	NoEq  bool // all pairs have the empty name

	// MaxKeys is the number of pairs to read: 0 means DefaultMaxKeys, a
	// negative number means all.
	MaxKeys int

	// Decode replaces Unescape. It is called for every name and value that is
	// not empty, in which "+" has become "%20". An error ends the parsing.
	Decode func(string) (string, error)
}

// Parse reads a query with Node's defaults: at most 1000 pairs.
func Parse(query string) *Values {
	v := new(Values)
	_ = ParseEach(query, ParseOptions{}, v.addPair)
	return v
}

// ParseWith reads a query. Its only errors are those of Decode.
func ParseWith(query string, opts ParseOptions) (*Values, error) {
	v := new(Values)
	if err := ParseEach(query, opts, v.addPair); err != nil {
		return nil, err
	}
	return v, nil
}

func (v *Values) addPair(name, value string) { v.Add(name, value) }

// ParseEach calls yield with each pair of a query. Pairs without any character
// are left out, but counted; "=x" has the empty name. Its only errors are those
// of Decode.
func ParseEach(query string, opts ParseOptions, yield func(name, value string)) error {
	sep, eq, left := opts.Sep, opts.Eq, opts.MaxKeys
	if sep == "" {
		sep = "&"
	}
	if eq == "" {
		eq = "="
	}
	const never = "\xff" // is in no text
	if opts.NoSep {
		sep = never
	}
	if opts.NoEq {
		eq = never
	}
	if left == 0 {
		left = DefaultMaxKeys
	}
	for query != "" {
		name, value, rest, more := cutPair(query, sep, eq)
		if opts.NoEq {
			name, value = "", name
		}
		if len(query)-len(rest) > len(sep) || !more {
			var err error
			raw := name
			// Node looks for escapes to decide whether to unescape; those in the
			// name after its first count for the value too.
			afterFirst := skipEscape(name)
			if name, err = opts.decode(name, afterFirst >= 0); err != nil {
				return err
			}
			escaped := skipEscape(value) >= 0 || afterFirst >= 0 && skipEscape(raw[afterFirst:]) >= 0
			if value, err = opts.decode(value, escaped); err != nil {
				return err
			}
			yield(name, value)
		}
		if left--; left == 0 || !more {
			return nil
		}
		query = rest
	}
	return nil
}

// cutPair splits the first pair off s. more says that a separator follows it.
func cutPair(s, sep, eq string) (name, value, rest string, more bool) {
	if len(sep) != 1 || len(eq) != 1 {
		return cutPairLong(s, sep, eq)
	}
	pair, rest, more := strings.Cut(s, sep)
	name, value, _ = strings.Cut(pair, eq)
	return name, value, rest, more
}

// cutPairLong matches longer separators as Node does, one unit at a time: a
// unit that ends a failed attempt does not begin another, and only units that
// do not continue sep are compared with eq.
func cutPairLong(s, sep, eq string) (name, value, rest string, more bool) {
	inSep, inEq := 0, 0
	nameEnd, valueStart := -1, -1
	cut := func(end int) (string, string) {
		if nameEnd < 0 {
			return s[:end], ""
		}
		return s[:nameEnd], s[min(valueStart, end):end]
	}
	for i := range len(s) {
		if s[i] == sep[inSep] {
			if inSep++; inSep == len(sep) {
				name, value = cut(i + 1 - len(sep))
				return name, value, s[i+1:], true
			}
			continue
		}
		inSep = 0
		if nameEnd >= 0 {
			continue
		}
		if s[i] != eq[inEq] {
			inEq = 0
			continue
		}
		if inEq++; inEq == len(eq) {
			nameEnd, valueStart = i+1-len(eq), i+1
		}
	}
	name, value = cut(len(s))
	return name, value, "", false
}

// decode decodes a name or value; escaped says that it may have escapes.
func (o *ParseOptions) decode(s string, escaped bool) (string, error) {
	if s == "" {
		return "", nil
	}
	if o.Decode != nil {
		return o.Decode(strings.ReplaceAll(s, "+", "%20"))
	}
	if strings.IndexByte(s, '+') >= 0 {
		s = strings.ReplaceAll(s, "+", " ")
	}
	if !escaped {
		return s, nil
	}
	return Unescape(s), nil
}

// skipEscape returns the index after the first "%" with two hexadecimal digits
// in s, or -1.
func skipEscape(s string) int {
	for i := 0; i+2 < len(s); i++ {
		if s[i] == '%' && isHex(s[i+1]) && isHex(s[i+2]) {
			return i + 3
		}
	}
	return -1
}
