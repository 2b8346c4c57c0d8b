package url

import "strings"

// parse is the basic URL parser (https://url.spec.whatwg.org/#url-parsing) on
// cleaned input. The standard's state machine is unrolled: each state is a
// method that takes the rest of the input, and since the first "#" ends every
// state, the fragment is split off first.
func (r *record) parse(in string, base *URL) bool {
	r.port = noPort
	if i := strings.IndexByte(in, '#'); i >= 0 {
		r.fragment, r.hasFrag = encode(in[i+1:], setFragment), true
		in = in[:i]
	}
	if n := scanScheme(in); n >= 0 {
		r.setScheme(strings.ToLower(in[:n]))
		return r.parseAfterScheme(in[n+1:], base)
	}
	if base == nil {
		return false
	}
	r.setScheme(base.href[:base.parts.protocolEnd-1])
	switch {
	case base.parts.opaque && !r.hasFrag:
		return false
	case base.parts.opaque && in == "":
		r.inherit(base)
		return true
	case r.kind == SchemeFile:
		return r.parseFile(in, base)
	default:
		return r.parseRelative(in, base)
	}
}

func (r *record) setScheme(s string) { r.scheme, r.kind = s, schemeOf(s) }

// inherit copies all but scheme and fragment from base.
func (r *record) inherit(base *URL) {
	frag, has := r.fragment, r.hasFrag
	*r = base.record()
	r.fragment, r.hasFrag = frag, has
}

// parseAfterScheme dispatches on what follows "scheme:".
func (r *record) parseAfterScheme(in string, base *URL) bool {
	switch {
	case r.kind == SchemeFile:
		if base != nil && base.parts.scheme != SchemeFile {
			base = nil
		}
		return r.parseFile(in, base)
	case r.kind.special():
		if base != nil && base.parts.scheme == r.kind && !strings.HasPrefix(in, "//") {
			return r.parseRelative(in, base)
		}
		return r.parseAuthority(strings.TrimLeft(in, `/\`))
	case strings.HasPrefix(in, "//"):
		return r.parseAuthority(in[2:])
	case strings.HasPrefix(in, "/"):
		return r.parsePath("", in)
	default:
		return r.parseOpaque(in)
	}
}

// isSlash reports whether in begins with a slash, which for special schemes may
// be a backslash.
func (r *record) isSlash(in string) bool {
	return in != "" && (in[0] == '/' || in[0] == '\\' && r.kind.special())
}

// parseRelative is the relative state, for a base whose scheme is not file. The
// standard refuses a base whose path is opaque; Node does so only when in had
// no fragment, and otherwise takes the path for an ordinary one.
func (r *record) parseRelative(in string, base *URL) bool {
	if r.isSlash(in) && r.isSlash(in[1:]) {
		if r.kind.special() {
			return r.parseAuthority(strings.TrimLeft(in, `/\`))
		}
		return r.parseAuthority(in[2:])
	}
	r.inherit(base)
	switch {
	case r.isSlash(in):
		r.opaque = false
		return r.parsePath("", in)
	case in == "":
		return true
	case in[0] == '?':
		r.setQuery(in[1:])
		return true
	default:
		return r.parsePath(r.shortened(), in)
	}
}

// parseAuthority reads credentials, host and port, and what follows them.
func (r *record) parseAuthority(in string) bool {
	end := strings.IndexAny(in, "/?")
	if r.kind.special() {
		end = strings.IndexAny(in, `/\?`)
	}
	rest := ""
	if end >= 0 {
		in, rest = in[:end], in[end:]
	}
	if at := strings.LastIndexByte(in, '@'); at >= 0 {
		user, password, _ := strings.Cut(in[:at], ":")
		r.username, r.password = encode(user, setUserinfo), encode(password, setUserinfo)
		in = in[at+1:]
		if in == "" {
			return false
		}
	}
	host, port, hasPort := cutPort(in)
	if host == "" && (hasPort || r.kind.special()) {
		return false
	}
	var ok bool
	if r.host, ok = parseHost(host, r.kind.special()); !ok {
		return false
	}
	r.hasHost = true
	if hasPort && !r.setPort(port, false) {
		return false
	}
	return r.parsePathStart(rest)
}

// cutPort splits in at the first colon outside brackets.
func cutPort(in string) (host, port string, hasPort bool) {
	brackets := false
	for i := range len(in) {
		switch in[i] {
		case '[':
			brackets = true
		case ']':
			brackets = false
		case ':':
			if !brackets {
				return in[:i], in[i+1:], true
			}
		}
	}
	return in, "", false
}

// setPort reads a port. prefix says that digits may be followed by anything,
// but must not be missing, as in a setter.
func (r *record) setPort(in string, prefix bool) bool {
	n, port := 0, int32(0)
	for n < len(in) && isDigit(in[n]) {
		if port = port*10 + int32(in[n]-'0'); port > 0xffff {
			return false
		}
		n++
	}
	if prefix && n == 0 || !prefix && n < len(in) {
		return false
	}
	if n == 0 || port == r.kind.defaultPort() {
		port = noPort
	}
	r.port = port
	return true
}

// parseFile is the file state. base is nil unless its scheme is file.
func (r *record) parseFile(in string, base *URL) bool {
	r.host, r.hasHost = "", true
	switch {
	case r.isSlash(in) && r.isSlash(in[1:]):
		return r.parseFileHost(in[2:])
	case r.isSlash(in):
		if base != nil {
			r.host = base.Hostname()
			if path := base.Pathname(); !startsWithDrive(in[1:]) && hasDrive(path) {
				return r.parsePath(firstSegment(path), in)
			}
		}
		return r.parsePath("", in)
	case base == nil:
		return r.parsePathStart(in)
	}
	r.inherit(base)
	switch {
	case in == "":
		return true
	case in[0] == '?':
		r.setQuery(in[1:])
		return true
	case startsWithDrive(in):
		return r.parsePath("", in)
	default:
		return r.parsePath(r.shortened(), in)
	}
}

// parseFileHost is the file host state.
func (r *record) parseFileHost(in string) bool {
	host, rest := in, ""
	if end := strings.IndexAny(in, `/\?`); end >= 0 {
		host, rest = in[:end], in[end:]
	}
	if len(host) == 2 && startsWithDrive(host) {
		return r.parsePath("", in)
	}
	if host != "" {
		var ok bool
		if r.host, ok = parseHost(host, true); !ok {
			return false
		}
		if r.host == "localhost" {
			r.host = ""
		}
	}
	return r.parsePathStart(rest)
}

// setQuery sets the query to in, which has no "?" in front.
func (r *record) setQuery(in string) {
	s := setQuery
	if r.kind.special() {
		s = setSpecialQuery
	}
	r.query, r.hasQuery = encode(in, s), true
}

// cutQuery takes the query off in.
func (r *record) cutQuery(in string) string {
	r.query, r.hasQuery = "", false
	if i := strings.IndexByte(in, '?'); i >= 0 {
		r.setQuery(in[i+1:])
		return in[:i]
	}
	return in
}

// parseOpaque is the opaque path state.
func (r *record) parseOpaque(in string) bool {
	in = r.cutQuery(in)
	r.opaque = true
	// A space that ends the path would be stripped when the query or fragment
	// is taken away.
	if path, ok := strings.CutSuffix(in, " "); ok && (r.hasQuery || r.hasFrag) {
		r.path = encode(path, setControl) + "%20"
	} else {
		r.path = encode(in, setControl)
	}
	return true
}
