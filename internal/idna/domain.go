package idna

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/spindle-js/spindle/punycode"
)

const acePrefix = "xn--"

// ToASCII returns the ASCII form of domain, lowercased, and whether domain is
// valid. ASCII characters that no host may hold (the forbidden domain code
// points) are left to the caller; other characters that map to them make the
// domain invalid.
func ToASCII(domain string) (string, bool) {
	if isASCII(domain) {
		domain = lower(domain)
		return domain, !strings.Contains(domain, acePrefix) || validEncoded(domain)
	}
	mapped := make([]rune, 0, len(domain))
	for _, r := range domain {
		var ok bool
		if mapped, ok = appendMapped(mapped, r); !ok {
			return "", false
		}
	}
	mapped = normalise(mapped)
	out := make([]byte, 0, len(domain)+8)
	for {
		end := slices.Index(mapped, '.')
		label := mapped
		if end >= 0 {
			label = mapped[:end]
		}
		var ok bool
		if out, ok = appendLabel(out, label); !ok {
			return "", false
		}
		if end < 0 {
			return string(out), true
		}
		out = append(out, '.')
		mapped = mapped[end+1:]
	}
}

// appendLabel appends the ASCII form of a mapped label to out.
func appendLabel(out []byte, label []rune) ([]byte, bool) {
	ascii := true
	for _, r := range label {
		ascii = ascii && r < 0x80
	}
	if ascii {
		at := len(out)
		for _, r := range label {
			out = append(out, byte(r))
		}
		return out, validEncoded(string(out[at:]))
	}
	if !validLabel(label) {
		return out, false
	}
	out, err := punycode.AppendEncoded(append(out, acePrefix...), label)
	return out, err == nil
}

// validEncoded reports whether every label of an ASCII domain in lower case
// that begins with "xn--" decodes to a valid label.
func validEncoded(domain string) bool {
	for label := range strings.SplitSeq(domain, ".") {
		if encoded, ok := strings.CutPrefix(label, acePrefix); ok {
			if _, ok := decode(encoded); !ok {
				return false
			}
		}
	}
	return true
}

// decode returns the label that encoded, without its prefix, stands for, if it
// is a valid one.
func decode(encoded string) ([]rune, bool) {
	// A delimiter with nothing before it is one in Node; punycode takes it for
	// a digit.
	if strings.LastIndexByte(encoded, '-') == 0 {
		encoded = encoded[1:]
	}
	// An encoded label within another is refused (whatwg/url issue 803).
	label, err := punycode.DecodeRunes(encoded)
	if err != nil || len(label) == 0 || strings.HasPrefix(encoded, acePrefix) {
		return nil, false
	}
	ascii := true
	for _, r := range label {
		ascii = ascii && r < 0x80
	}
	if ascii || !validLabel(label) || !slices.Equal(normalise(label), label) {
		return nil, false
	}
	return label, true
}

// ToUnicode decodes the encoded labels of an ASCII domain. Labels that are not
// valid are left as they are.
func ToUnicode(domain string) string {
	if !strings.Contains(domain, acePrefix) {
		return domain
	}
	labels := strings.Split(domain, ".")
	for i, label := range labels {
		if encoded, ok := strings.CutPrefix(label, acePrefix); ok {
			if decoded, ok := decode(encoded); ok {
				labels[i] = string(decoded)
			}
		}
	}
	return strings.Join(labels, ".")
}

// normalise returns the NFC form of runes.
func normalise(runes []rune) []rune {
	s := string(runes)
	if norm.NFC.IsNormalString(s) {
		return runes
	}
	return []rune(norm.NFC.String(s))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func lower(s string) string {
	for i := range len(s) {
		if c := s[i]; 'A' <= c && c <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}
