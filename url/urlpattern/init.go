package urlpattern

import (
	"strings"

	"github.com/spindle-js/spindle/url"
)

// Init are the parts of a pattern or of a URL; nil is a missing one.
type Init struct {
	Protocol, Username, Password, Hostname, Port, Pathname, Search, Hash, BaseURL *string
}

func text(s string) *string { return &s }

func or(s *string, fallback string) string {
	if s == nil {
		return fallback
	}
	return *s
}

// process completes the parts from the base URL and brings those of a URL, not
// those of a pattern, into their canonical form
// (https://urlpattern.spec.whatwg.org/#canon-processing-for-init). Parts that
// are missing in the end are nil.
func (in *Init) process(pattern bool) (Init, bool) {
	var out Init
	var base *url.URL
	if in.BaseURL != nil {
		var err error
		if base, err = url.Parse(*in.BaseURL); err != nil {
			return out, false
		}
		in.inherit(&out, base, pattern)
	}
	ok := true
	set := func(to **string, value *string, convert func(string) (string, bool)) {
		if value == nil {
			return
		}
		s, valid := *value, true
		if !pattern {
			s, valid = convert(s)
		}
		ok = ok && valid
		*to = &s
	}
	trimmed := func(value *string, cut func(string, string) string, mark string) *string {
		if value == nil {
			return nil
		}
		return text(cut(*value, mark))
	}
	set(&out.Protocol, trimmed(in.Protocol, strings.TrimSuffix, ":"), canonicalProtocol)
	set(&out.Username, in.Username, canonicalUsername)
	set(&out.Password, in.Password, canonicalPassword)
	set(&out.Hostname, in.Hostname, canonicalHostname)
	protocol := or(out.Protocol, "")
	set(&out.Port, in.Port, func(s string) (string, bool) { return canonicalPortOf(s, protocol) })
	if in.Pathname != nil {
		path := *in.Pathname
		if base != nil && strings.HasPrefix(base.Pathname(), "/") && !isAbsolute(path, pattern) {
			dir := baseText(base.Pathname(), pattern)
			if slash := strings.LastIndexByte(dir, '/'); slash >= 0 {
				path = dir[:slash+1] + path
			}
		}
		convert := canonicalOpaquePathname
		if protocol == "" || isSpecial(protocol) {
			convert = canonicalPathname
		}
		set(&out.Pathname, &path, convert)
	}
	set(&out.Search, trimmed(in.Search, strings.TrimPrefix, "?"), canonicalSearch)
	set(&out.Hash, trimmed(in.Hash, strings.TrimPrefix, "#"), canonicalHash)
	return out, ok
}

// inherit takes the parts of base up to the first one that in has. Credentials
// are not taken for a pattern.
func (in *Init) inherit(out *Init, base *url.URL, pattern bool) {
	none := true // of the parts so far
	take := func(given, to **string, value string) {
		if none = none && *given == nil; none {
			*to = text(baseText(value, pattern))
		}
	}
	take(&in.Protocol, &out.Protocol, strings.TrimSuffix(base.Protocol(), ":"))
	if !pattern && in.Protocol == nil && in.Hostname == nil && in.Port == nil && in.Username == nil {
		out.Username = text(base.Username())
		if in.Password == nil {
			out.Password = text(base.Password())
		}
	}
	take(&in.Hostname, &out.Hostname, base.Hostname())
	take(&in.Port, &out.Port, base.Port())
	take(&in.Pathname, &out.Pathname, base.Pathname())
	take(&in.Search, &out.Search, strings.TrimPrefix(base.Search(), "?"))
	take(&in.Hash, &out.Hash, strings.TrimPrefix(base.Hash(), "#"))
}

// baseText is a part of a base URL, escaped if a pattern is wanted.
func baseText(s string, pattern bool) string {
	if pattern {
		return escapePattern(s)
	}
	return s
}

// isAbsolute reports whether a path begins with a slash, which in a pattern may
// be escaped or in braces.
func isAbsolute(path string, pattern bool) bool {
	return strings.HasPrefix(path, "/") || pattern && (strings.HasPrefix(path, `\/`) || strings.HasPrefix(path, "{/"))
}

func isSpecial(scheme string) bool {
	_, ok := defaultPorts[scheme]
	return ok
}

// defaultPorts are the special schemes and their ports.
var defaultPorts = map[string]string{"http": "80", "https": "443", "ws": "80", "wss": "443", "ftp": "21", "file": ""}
