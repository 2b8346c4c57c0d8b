package url

import (
	"strings"
	"unicode/utf8"

	"github.com/spindle-js/spindle/internal/idna"
)

// parseHost is the host parser (https://url.spec.whatwg.org/#host-parsing). It
// returns the serialised host. domain says that the scheme is special, and that
// a host that is no address is a domain.
func parseHost(in string, domain bool) (string, bool) {
	if strings.HasPrefix(in, "[") {
		address, ok := strings.CutSuffix(in[1:], "]")
		if !ok {
			return "", false
		}
		groups, ok := parseIPv6(address)
		if !ok {
			return "", false
		}
		return formatIPv6(groups), true
	}
	if !domain {
		if firstIn(in, setHost) < len(in) {
			return "", false
		}
		return encode(in, setControl), true
	}
	if firstIn(in, setFastHost) == len(in) && !strings.Contains(in, "xn--") {
		return endWithIPv4(in)
	}
	in = decode(in)
	if !utf8.ValidString(in) {
		return "", false
	}
	in, ok := idna.ToASCII(in)
	if !ok || in == "" || firstIn(in, setDomain) < len(in) {
		return "", false
	}
	return endWithIPv4(in)
}

// endWithIPv4 is the last step of the host parser: a domain that ends in a
// number must be an IPv4 address.
func endWithIPv4(in string) (string, bool) {
	if !endsInNumber(in) {
		return in, true
	}
	address, ok := parseIPv4(in)
	if !ok {
		return "", false
	}
	return formatIPv4(address), true
}
