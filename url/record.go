package url

import (
	"strconv"
	"strings"
)

// record is a URL taken apart: the standard's URL record
// (https://url.spec.whatwg.org/#url-representation). All strings are in their
// serialised, percent-encoded form.
type record struct {
	scheme   string // without the colon
	kind     Scheme
	username string
	password string
	host     string
	hasHost  bool // false for a null host
	port     int32
	path     string // as serialised: "/a/b", "" or an opaque path
	opaque   bool
	query    string
	hasQuery bool
	fragment string
	hasFrag  bool
}

// record takes u apart.
func (u *URL) record() record {
	p := &u.parts
	r := record{
		scheme:   u.href[:p.protocolEnd-1],
		kind:     p.scheme,
		username: u.Username(),
		password: u.Password(),
		host:     u.Hostname(),
		hasHost:  u.hasHost(),
		port:     p.port,
		path:     u.Pathname(),
		opaque:   p.opaque,
	}
	if p.search != omitted {
		r.query, r.hasQuery = u.href[p.search+1:u.searchEnd()], true
	}
	if p.hash != omitted {
		r.fragment, r.hasFrag = u.href[p.hash+1:], true
	}
	return r
}

// assemble serialises r (https://url.spec.whatwg.org/#url-serializing) into u,
// and reports false when that takes more than 32 bits of offset.
func (r *record) assemble(u *URL) bool {
	n := len(r.scheme) + len(r.username) + len(r.password) + len(r.host) + len(r.path) + len(r.query) + len(r.fragment) + 16
	if uint64(n) >= uint64(omitted) {
		return false
	}
	var b strings.Builder
	b.Grow(n)
	at := func() uint32 { return uint32(b.Len()) }
	p := parts{port: noPort, search: omitted, hash: omitted, scheme: r.kind, opaque: r.opaque}
	b.WriteString(r.scheme)
	b.WriteByte(':')
	p.protocolEnd = at()
	if r.hasHost {
		b.WriteString("//")
		b.WriteString(r.username)
		p.usernameEnd = at()
		if r.password != "" {
			b.WriteByte(':')
			b.WriteString(r.password)
		}
		p.hostStart = at()
		if r.hasCredentials() {
			b.WriteByte('@')
		}
		b.WriteString(r.host)
		p.hostEnd = at()
		if r.port != noPort {
			p.port = r.port
			var digits [8]byte
			b.WriteByte(':')
			b.Write(strconv.AppendInt(digits[:0], int64(r.port), 10))
		}
	} else {
		p.usernameEnd, p.hostStart, p.hostEnd = p.protocolEnd, p.protocolEnd, p.protocolEnd
		if !r.opaque && len(r.path) > 1 && r.path[1] == '/' {
			b.WriteString("/.")
		}
	}
	p.pathname = at()
	b.WriteString(r.path)
	if r.hasQuery {
		p.search = at()
		b.WriteByte('?')
		b.WriteString(r.query)
	}
	if r.hasFrag {
		p.hash = at()
		b.WriteByte('#')
		b.WriteString(r.fragment)
	}
	u.href, u.parts = b.String(), p
	return true
}

func (r *record) hasCredentials() bool { return r.username != "" || r.password != "" }

// cannotHaveCredentials is the standard's "cannot have a
// username/password/port".
func (r *record) cannotHaveCredentials() bool {
	return r.host == "" || r.kind == SchemeFile
}
