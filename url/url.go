package url

const (
	noPort  int32  = -1
	omitted uint32 = 1<<32 - 1
)

// URL is a parsed URL: the URL class of the standard. Make one with Parse or
// ParseRef. Its setters ignore what they cannot use, as the standard has it,
// except SetHref.
type URL struct {
	href   string
	parts  parts
	params *SearchParams
}

// parts are the offsets in a serialisation:
//
//	https://user:pass@example.com:1234/foo/bar?baz#quux
//	      |     |    |          | ^^^^|       |   |
//	      |     |    |          | |   |       |   hash
//	      |     |    |          | |   |       search
//	      |     |    |          | |   pathname
//	      |     |    |          | port
//	      |     |    |          hostEnd
//	      |     |    hostStart
//	      |     usernameEnd
//	      protocolEnd
//
// Without credentials usernameEnd and hostStart are the end of "//"; without an
// authority all three are protocolEnd. search and hash are omitted when the URL
// has no query or fragment.
type parts struct {
	protocolEnd uint32
	usernameEnd uint32
	hostStart   uint32
	hostEnd     uint32
	pathname    uint32
	search      uint32
	hash        uint32
	port        int32
	scheme      Scheme
	opaque      bool // the path is one opaque string, as in "mailto:x"
}

// Parts are the offsets of the parts of a URL in its serialisation, laid out as
// Node's inspection of a URL with showHidden shows them.
type Parts struct {
	ProtocolEnd, UsernameEnd, HostStart, HostEnd uint32
	Port                                         uint32 // 1<<32 - 1 for none
	PathnameStart                                uint32
	SearchStart, HashStart                       uint32 // 1<<32 - 1 for none
	Scheme                                       Scheme
}

// Parts returns the offsets of the parts.
func (u *URL) Parts() Parts {
	p := &u.parts
	return Parts{p.protocolEnd, p.usernameEnd, p.hostStart, p.hostEnd, uint32(p.port), p.pathname, p.search, p.hash, p.scheme}
}

// Href returns the serialisation.
func (u *URL) Href() string { return u.href }

// String returns the serialisation.
func (u *URL) String() string { return u.href }

// MarshalText returns the serialisation; URLs are strings in JSON.
func (u *URL) MarshalText() ([]byte, error) { return []byte(u.href), nil }

// Protocol returns the scheme with its colon.
func (u *URL) Protocol() string { return u.href[:u.parts.protocolEnd] }

// Username returns the username as it is encoded in the URL.
func (u *URL) Username() string {
	if u.parts.protocolEnd+2 < u.parts.usernameEnd {
		return u.href[u.parts.protocolEnd+2 : u.parts.usernameEnd]
	}
	return ""
}

// Password returns the password as it is encoded in the URL.
func (u *URL) Password() string {
	if u.parts.usernameEnd+1 < u.parts.hostStart {
		return u.href[u.parts.usernameEnd+1 : u.parts.hostStart]
	}
	return ""
}

// hasHost reports whether the URL has an authority, be its host empty.
func (u *URL) hasHost() bool { return u.parts.hostStart > u.parts.protocolEnd }

// hostBegin returns the offset of the host after a possible "@".
func (u *URL) hostBegin() uint32 {
	at := u.parts.hostStart
	if at < u.parts.hostEnd && u.href[at] == '@' {
		at++
	}
	return at
}

// hostLimit returns the offset after the port. (A path that begins with "//"
// is set off by "/." where there is no host.)
func (u *URL) hostLimit() uint32 {
	if u.hasHost() {
		return u.parts.pathname
	}
	return u.parts.hostEnd
}

// Host returns the host name and, if it has one, the port.
func (u *URL) Host() string { return u.href[u.hostBegin():u.hostLimit()] }

// Hostname returns the host name. IPv6 addresses are in brackets.
func (u *URL) Hostname() string { return u.href[u.hostBegin():u.parts.hostEnd] }

// Port returns the port in digits, or "" when there is none or it is the
// default of the scheme.
func (u *URL) Port() string {
	if u.parts.port == noPort {
		return ""
	}
	return u.href[u.parts.hostEnd+1 : u.parts.pathname]
}

// searchEnd and pathEnd return the offsets after the query and the path.
func (u *URL) searchEnd() uint32 { return min(u.parts.hash, uint32(len(u.href))) }
func (u *URL) pathEnd() uint32   { return min(u.parts.search, u.searchEnd()) }

// Pathname returns the path.
func (u *URL) Pathname() string { return u.href[u.parts.pathname:u.pathEnd()] }

// Search returns the query with its "?", or "" when it is empty.
func (u *URL) Search() string {
	if u.parts.search == omitted || u.searchEnd()-u.parts.search == 1 {
		return ""
	}
	return u.href[u.parts.search:u.searchEnd()]
}

// Hash returns the fragment with its "#", or "" when it is empty.
func (u *URL) Hash() string {
	if u.parts.hash == omitted || uint32(len(u.href))-u.parts.hash == 1 {
		return ""
	}
	return u.href[u.parts.hash:]
}

// Origin returns the serialisation of the origin, "null" for an opaque one
// (https://url.spec.whatwg.org/#origin).
func (u *URL) Origin() string {
	switch u.parts.scheme {
	case SchemeFile:
		return "null"
	case SchemeOther:
		if u.Protocol() == "blob:" {
			return blobOrigin(u.Pathname())
		}
		return "null"
	}
	if !u.hasCredentials() {
		return u.href[:u.parts.pathname]
	}
	return u.Protocol() + "//" + u.Host()
}

// blobOrigin is the origin of the http or https URL that a blob URL wraps.
func blobOrigin(path string) string {
	inner, err := Parse(path)
	if err != nil || inner.parts.scheme != SchemeHTTP && inner.parts.scheme != SchemeHTTPS {
		return "null"
	}
	return inner.Origin()
}

func (u *URL) hasCredentials() bool {
	return u.parts.hostStart > u.parts.protocolEnd+2
}

// SearchParams returns the query as a list of pairs. It is made once; changing
// it changes the URL, and changing the URL's query changes it.
func (u *URL) SearchParams() *SearchParams {
	if u.params == nil {
		u.params = ParseSearchParams(u.Search())
		u.params.url = u
	}
	return u.params
}
