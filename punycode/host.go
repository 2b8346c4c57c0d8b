package punycode

import (
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/internal/wtf8"
)

const acePrefix = "xn--"

func itoa(n int) string { return strconv.Itoa(n) }

// Encode returns the Bootstring form of s, without a prefix. ASCII alone gets a
// trailing hyphen: "abc" becomes "abc-".
func Encode(s string) (string, error) {
	b, err := AppendEncoded(nil, wtf8.Runes(s))
	return string(b), err
}

// Decode returns the string that s, without a prefix, encodes.
func Decode(s string) (string, error) {
	runes, err := DecodeRunes(s)
	if err != nil {
		return "", err
	}
	return text(runes), nil
}

func text(runes []rune) string {
	b := make([]byte, 0, len(runes))
	for _, r := range runes {
		b = wtf8.AppendRune(b, r)
	}
	return string(b)
}

// ToASCII encodes every label of a domain name, or of the domain of an email
// address, that is not ASCII. The three wide full stops count as dots.
func ToASCII(domain string) (string, error) {
	return eachLabel(domain, func(label string) (string, error) {
		if isASCII(label) {
			return label, nil
		}
		b, err := AppendEncoded([]byte(acePrefix), wtf8.Runes(label))
		return string(b), err
	})
}

// ToUnicode decodes every label of a domain name, or of the domain of an email
// address, that begins with "xn--" in lower case.
func ToUnicode(domain string) (string, error) {
	return eachLabel(domain, func(label string) (string, error) {
		encoded, ok := strings.CutPrefix(label, acePrefix)
		if !ok {
			return label, nil
		}
		return Decode(strings.ToLower(encoded))
	})
}

var fullStops = strings.NewReplacer("\u3002", ".", "\uff0e", ".", "\uff61", ".")

// eachLabel applies f to the labels of domain. Of an address with several "@",
// only the part between the first and the second is a domain, and the rest is
// dropped, as in Node.
func eachLabel(domain string, f func(string) (string, error)) (string, error) {
	var out strings.Builder
	if parts := strings.Split(domain, "@"); len(parts) > 1 {
		out.WriteString(parts[0])
		out.WriteByte('@')
		domain = parts[1]
	}
	for i, label := range strings.Split(fullStops.Replace(domain), ".") {
		if i > 0 {
			out.WriteByte('.')
		}
		converted, err := f(label)
		if err != nil {
			return "", err
		}
		out.WriteString(converted)
	}
	return out.String(), nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
