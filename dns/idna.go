package dns

import (
	"strings"

	"github.com/spindle-js/spindle/internal/idna"
)

// toASCII returns the form of a name that the resolver takes, and whether there
// is one. Names without foreign letters go through as they are, also where they
// are no names.
func toASCII(host string) (string, bool) {
	ascii := true
	for i := range len(host) {
		ascii = ascii && host[i] < 0x80
	}
	if ascii && !strings.Contains(strings.ToLower(host), "xn--") {
		return host, true
	}
	return idna.ToASCII(host)
}
