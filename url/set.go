package url

import (
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
)

// The setters follow the API of the standard
// (https://url.spec.whatwg.org/#api): each takes what the getter of the same
// name gives, and changes nothing when the value cannot be used.

// SetHref replaces the whole URL. It alone fails, with ERR_INVALID_URL.
func (u *URL) SetHref(value string) error {
	if !u.parse(value, nil) {
		return nodeerr.InvalidLegacyURL(value)
	}
	u.queryChanged()
	return nil
}

// update serialises r into u.
func (u *URL) update(r *record) { r.assemble(u) }

// SetProtocol replaces the scheme. What follows a colon is ignored. A special
// scheme cannot become another kind of scheme, nor the reverse.
func (u *URL) SetProtocol(value string) {
	value = removeBreaks(wellFormed(value))
	n := scanScheme(value + ":")
	if n < 0 {
		return
	}
	scheme := strings.ToLower(value[:n])
	kind := schemeOf(scheme)
	r := u.record()
	switch {
	case kind.special() != r.kind.special():
		return
	case kind == SchemeFile && (r.hasCredentials() || r.port != noPort):
		return
	case r.kind == SchemeFile && r.host == "":
		return
	}
	r.scheme, r.kind = scheme, kind
	if r.port == kind.defaultPort() || r.port == 0 && !kind.special() {
		r.port = noPort // Node takes 0 for the default of other schemes
	}
	u.update(&r)
}

// SetUsername replaces the username.
func (u *URL) SetUsername(value string) {
	r := u.record()
	if r.cannotHaveCredentials() {
		return
	}
	r.username = encode(wellFormed(value), setUserinfo)
	u.update(&r)
}

// SetPassword replaces the password.
func (u *URL) SetPassword(value string) {
	r := u.record()
	if r.cannotHaveCredentials() {
		return
	}
	r.password = encode(wellFormed(value), setUserinfo)
	u.update(&r)
}

// SetHost replaces the host name and, if value has one, the port.
func (u *URL) SetHost(value string) { u.setHost(value, true) }

// SetHostname replaces the host name; a value with a port is ignored.
func (u *URL) SetHostname(value string) { u.setHost(value, false) }

// setHost reports whether value could be used.
func (u *URL) setHost(value string, withPort bool) bool {
	if u.parts.opaque {
		return false
	}
	r := u.record()
	host, port, hasPort := removeBreaks(wellFormed(value)), "", false
	delimiters := "/?#"
	if r.kind.special() {
		delimiters = `/\?#`
	}
	if end := strings.IndexAny(host, delimiters); end >= 0 {
		host = host[:end]
	}
	if r.kind != SchemeFile {
		host, port, hasPort = cutPort(host)
		switch {
		case hasPort && (host == "" || !withPort):
			return false
		case host == "" && !r.hasHost && !strings.HasPrefix(r.path, "//"):
			return false // the standard would make the host empty, Node does not
		case host == "" && (r.kind.special() || r.hasCredentials() || r.port != noPort):
			return false
		}
	}
	if host != "" {
		var ok bool
		if host, ok = parseHost(host, r.kind.special()); !ok {
			return false
		}
		if r.kind == SchemeFile && host == "localhost" {
			host = ""
		}
	}
	r.host, r.hasHost = host, true
	if hasPort {
		r.setPort(port, true)
	}
	u.update(&r)
	return true
}

// TrySetHostname is SetHostname, and reports whether value could be used.
func (u *URL) TrySetHostname(value string) bool { return u.setHost(value, false) }

// SetPort replaces the port by the digits that value begins with; "" removes
// it.
func (u *URL) SetPort(value string) { u.TrySetPort(value) }

// TrySetPort is SetPort, and reports whether value could be used.
func (u *URL) TrySetPort(value string) bool {
	r := u.record()
	if r.cannotHaveCredentials() {
		return false
	}
	if value == "" {
		r.port = noPort
	} else if !r.setPort(removeBreaks(value), true) {
		return false
	}
	u.update(&r)
	return true
}

// SetPathname replaces the path, unless it is opaque.
func (u *URL) SetPathname(value string) {
	if u.parts.opaque {
		return
	}
	r := u.record()
	value = removeBreaks(wellFormed(value))
	if !r.kind.special() && value == "" && r.hasHost {
		r.path = ""
	} else {
		r.path = r.appendPath("", value)
	}
	u.update(&r)
}

// SetSearch replaces the query; "" removes it. A "?" in front is optional.
func (u *URL) SetSearch(value string) {
	u.setSearch(value)
	u.queryChanged()
}

func (u *URL) setSearch(value string) {
	r := u.record()
	if value == "" {
		r.query, r.hasQuery = "", false
	} else {
		r.setQuery(removeBreaks(wellFormed(strings.TrimPrefix(value, "?"))))
	}
	u.update(&r)
}

// SetHash replaces the fragment; "" removes it. A "#" in front is optional.
func (u *URL) SetHash(value string) {
	r := u.record()
	if value == "" {
		r.fragment, r.hasFrag = "", false
	} else {
		r.fragment, r.hasFrag = encode(removeBreaks(wellFormed(strings.TrimPrefix(value, "#"))), setFragment), true
	}
	u.update(&r)
}

// queryChanged brings the list of pairs up to the query.
func (u *URL) queryChanged() {
	if u.params != nil {
		u.params.list = parseForm(u.params.list[:0], u.Search())
	}
}
