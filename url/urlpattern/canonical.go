package urlpattern

import (
	"strings"

	"github.com/spindle-js/spindle/url"
)

// The functions of this file bring a value into the form that it has in a URL
// (https://urlpattern.spec.whatwg.org/#canon-encoding-callbacks), and report
// false if it can have none.

const dummy = "https://dummy.invalid/"

func dummyURL(href string) *url.URL {
	u, err := url.Parse(href)
	if err != nil {
		panic(err)
	}
	return u
}

func canonicalProtocol(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	u, err := url.Parse(s + "://dummy.test")
	if err != nil {
		return "", false
	}
	return strings.TrimSuffix(u.Protocol(), ":"), true
}

func canonicalUsername(s string) (string, bool) {
	u := dummyURL(dummy)
	u.SetUsername(s)
	return u.Username(), true
}

func canonicalPassword(s string) (string, bool) {
	u := dummyURL(dummy)
	u.SetPassword(s)
	return u.Password(), true
}

func canonicalHostname(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	u := dummyURL(dummy)
	if !u.TrySetHostname(s) {
		return "", false
	}
	return u.Hostname(), true
}

func canonicalIPv6(s string) (string, bool) {
	for i := range len(s) {
		if strings.IndexByte("0123456789abcdefABCDEF[]:", s[i]) < 0 {
			return "", false
		}
	}
	return strings.ToLower(s), true
}

func canonicalPort(s string) (string, bool) { return canonicalPortOf(s, "") }

// canonicalPortOf drops the default port of a protocol. As in Node, one that is
// no number counts as none where the protocol is special.
func canonicalPortOf(s, protocol string) (string, bool) {
	if s == "" {
		return "", true
	}
	if isSpecial(protocol) {
		u := dummyURL(protocol + "://dummy.test")
		u.SetPort(s)
		return u.Port(), true
	}
	u := dummyURL("fake://dummy.test")
	ok := u.TrySetPort(s)
	return u.Port(), ok
}

// canonicalPathname follows Node in that it parses a whole URL: a fragment or
// query that s has is dropped, and so is white space at its end.
func canonicalPathname(s string) (string, bool) {
	switch {
	case s == "":
		return "", true
	case strings.HasPrefix(s, "/"):
		return pathOf("fake://fake-url" + s)
	}
	path, ok := pathOf("fake://fake-url/-" + s)
	return strings.TrimPrefix(path, "/-"), ok
}

func canonicalOpaquePathname(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	return pathOf("fake:" + s)
}

func pathOf(href string) (string, bool) {
	u, err := url.Parse(href)
	if err != nil {
		return "", false
	}
	return u.Pathname(), true
}

func canonicalSearch(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	u := dummyURL(dummy)
	u.SetSearch(s)
	return strings.TrimPrefix(u.Search(), "?"), true
}

func canonicalHash(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	u := dummyURL(dummy)
	u.SetHash(s)
	return strings.TrimPrefix(u.Hash(), "#"), true
}
