package url

import "strings"

// LegacyResolve resolves to against from as a browser resolves a link, as
// url.resolve(from, to) does. It fails as LegacyParse does.
func LegacyResolve(from, to string) (string, error) {
	source, err := LegacyParse(from, false, true)
	if err != nil {
		return "", err
	}
	relative, err := LegacyParse(to, false, true)
	if err != nil {
		return "", err
	}
	resolved, err := source.Resolve(relative)
	if err != nil {
		return "", err
	}
	return resolved.Href, nil
}

// Resolve resolves relative against u, as the object's resolveObject does, and
// leaves both as they are. It fails where Format fails.
func (u *Legacy) Resolve(relative *Legacy) (*Legacy, error) {
	r := resolver{Legacy: *u, rel: *relative}
	r.Hash = relative.Hash
	r.resolve()
	href, err := r.Format()
	r.Href = href
	return &r.Legacy, err
}

// resolver holds the result, which begins as the source, and the relative URL,
// whose host moves into its path on the way.
type resolver struct {
	Legacy
	rel Legacy

	path    []string // segments of the result
	relPath []string
	inPath  bool // the protocol has no "//": the host is the first segment
}

func (r *resolver) resolve() {
	rel := &r.rel
	switch {
	case rel.Href == "":
	case rel.Slashes && !rel.hasProtocol():
		r.takeAllButProtocol()
	case rel.hasProtocol() && rel.Protocol != r.Protocol:
		r.takeProtocol()
	default:
		r.resolvePath()
	}
}

func (u *Legacy) hasProtocol() bool { return u.Protocol.String != "" }

func (u *Legacy) hasHost() bool { return u.Host.String != "" }

// takeAllButProtocol is for "//host/path".
func (r *resolver) takeAllButProtocol() {
	protocol := r.Protocol
	r.Legacy = r.rel
	r.Protocol = protocol
	if slashed(protocol.String) && r.Hostname.String != "" && r.Pathname.String == "" {
		r.Pathname, r.Path = Text("/"), Text("/")
	}
}

// takeProtocol is for a relative URL that has another protocol. One that has no
// "//" is absolute. One that should have a host, but has none ("http:a/b"),
// takes it from its path.
func (r *resolver) takeProtocol() {
	rel := &r.rel
	if !slashed(rel.Protocol.String) {
		r.Legacy = *rel
		return
	}
	r.Protocol = rel.Protocol
	r.Pathname = rel.Pathname
	if protocol := rel.Protocol.String; !rel.hasHost() && protocol != "file:" && protocol != "file" {
		segments := strings.Split(rel.Pathname.String, "/")
		rel.Host = Text("")
		for len(segments) > 0 && rel.Host.String == "" {
			rel.Host.String, segments = segments[0], segments[1:]
		}
		if !rel.Hostname.Valid {
			rel.Hostname = Text("")
		}
		if !startsEmpty(segments) {
			segments = append([]string{""}, segments...)
		}
		r.Pathname = Text(strings.Join(segments, "/"))
		if len(segments) == 1 {
			r.Pathname = Text("/")
		}
	}
	r.Search, r.Query = rel.Search, rel.Query
	r.Host = Text(rel.Host.String)
	r.Auth = rel.Auth
	r.Hostname = rel.Hostname
	if rel.Hostname.String == "" {
		r.Hostname = rel.Host
	}
	r.Port = rel.Port
	r.setPath()
	r.Slashes = r.Slashes || rel.Slashes
}

// resolvePath is for a relative URL of the same protocol, or of none.
func (r *resolver) resolvePath() {
	rel := &r.rel
	relAbsolute := rel.hasHost() || strings.HasPrefix(rel.Pathname.String, "/")
	// Dots that lead above the root are kept only where no root is.
	rooted := relAbsolute || strings.HasPrefix(r.Pathname.String, "/") || r.hasHost() && rel.Pathname.String != ""
	mustEndAbsolute := rooted
	r.path, r.relPath = segments(r.Pathname), segments(rel.Pathname)
	r.inPath = r.hasProtocol() && !slashed(r.Protocol.String)
	if r.inPath {
		r.moveHostsIntoPaths()
		mustEndAbsolute = mustEndAbsolute && (startsEmpty(r.relPath) || startsEmpty(r.path))
	}
	switch {
	case relAbsolute:
		r.takeHost()
		r.Search, r.Query = rel.Search, rel.Query
		r.path = r.relPath
	case len(r.relPath) > 0:
		if len(r.path) > 0 {
			r.path = r.path[:len(r.path)-1]
		}
		r.path = append(r.path, r.relPath...)
		r.Search, r.Query = rel.Search, rel.Query
	case rel.Search.Valid:
		r.takeSearch()
		return
	}
	if len(r.path) == 0 {
		r.Pathname = NullString{}
		r.Path = NullString{}
		if r.Search.String != "" {
			r.Path = Text("/" + r.Search.String)
		}
		return
	}
	r.normalise(rooted, mustEndAbsolute)
	absolute := len(r.path) > 0 && isRooted(r.path[0])
	if r.inPath {
		first := ""
		if !absolute && len(r.path) > 0 {
			first, r.path = r.path[0], r.path[1:]
		}
		r.setHostFromPath(first)
	}
	if (mustEndAbsolute || r.hasHost() && len(r.path) > 0) && !absolute {
		r.path = append([]string{""}, r.path...)
	}
	if len(r.path) == 0 {
		r.Pathname, r.Path = NullString{}, NullString{}
	} else {
		r.Pathname = Text(strings.Join(r.path, "/"))
	}
	r.joinPath()
	if rel.Auth.String != "" {
		r.Auth = rel.Auth
	}
	r.Slashes = r.Slashes || rel.Slashes
}

// segments splits a path at its slashes; an empty one has none.
func segments(path NullString) []string {
	if path.String == "" {
		return nil
	}
	return strings.Split(path.String, "/")
}

func startsEmpty(path []string) bool { return len(path) > 0 && path[0] == "" }

// moveHostsIntoPaths makes the hosts of both URLs the first segments of their
// paths, so that "../.." may climb over them.
func (r *resolver) moveHostsIntoPaths() {
	r.Hostname, r.Port = Text(""), NullString{}
	if r.hasHost() {
		r.path = withHost(r.path, r.Host.String)
	}
	r.Host = Text("")
	if r.rel.hasProtocol() {
		r.rel.Hostname, r.rel.Port, r.Auth = NullString{}, NullString{}, NullString{}
		if r.rel.hasHost() {
			r.relPath = withHost(r.relPath, r.rel.Host.String)
		}
		r.rel.Host = NullString{}
	}
}

func withHost(path []string, host string) []string {
	if startsEmpty(path) {
		path[0] = host
		return path
	}
	return append([]string{host}, path...)
}

// takeHost takes host and port of the relative URL, if it has a host, be it
// empty. Credentials do not follow to another host.
func (r *resolver) takeHost() {
	rel := &r.rel
	if rel.Host.Valid {
		if r.Host != rel.Host {
			r.Auth = NullString{}
		}
		r.Host, r.Port = rel.Host, rel.Port
	}
	if rel.Hostname.Valid {
		if r.Hostname != rel.Hostname {
			r.Auth = NullString{}
		}
		r.Hostname = rel.Hostname
	}
}

// takeSearch is for "?query".
func (r *resolver) takeSearch() {
	if r.inPath {
		if len(r.path) > 0 {
			r.setHostFromPath(r.path[0])
		} else {
			r.Host, r.Hostname = NullString{}, NullString{}
		}
	}
	r.Search, r.Query = r.rel.Search, r.rel.Query
	r.joinPath()
}

// setHostFromPath makes a first segment the host again. It may have
// credentials.
func (r *resolver) setHostFromPath(host string) {
	if parts := strings.Split(host, "@"); len(parts) > 1 && parts[0] != "" {
		r.Auth = Text(parts[0])
		host = parts[1]
	}
	r.Host, r.Hostname = Text(host), Text(host)
}

func (r *resolver) joinPath() {
	if r.Pathname.Valid || r.Search.Valid {
		r.Path = Text(r.Pathname.String + r.Search.String)
	}
}

// normalise removes the dot segments of path and gives it the slashes at its
// ends that it must have.
func (r *resolver) normalise(rooted, mustEndAbsolute bool) {
	last := r.path[len(r.path)-1]
	trailingSlash := last == "" || (last == "." || last == "..") &&
		(r.hasHost() || r.rel.hasHost() || len(r.path) > 1)
	kept, up := []string(nil), 0
	for i := len(r.path) - 1; i >= 0; i-- {
		switch segment := r.path[i]; {
		case segment == ".":
		case segment == "..":
			up++
		case up > 0:
			up--
		default:
			kept = append(kept, segment)
		}
	}
	if !rooted {
		for ; up > 0; up-- {
			kept = append(kept, "..")
		}
	}
	path := make([]string, 0, len(kept)+2)
	if mustEndAbsolute && (len(kept) == 0 || !isRooted(kept[len(kept)-1])) {
		path = append(path, "")
	}
	for i := len(kept) - 1; i >= 0; i-- {
		path = append(path, kept[i])
	}
	if trailingSlash && !strings.HasSuffix(strings.Join(path, "/"), "/") {
		path = append(path, "")
	}
	r.path = path
}

func isRooted(segment string) bool { return segment == "" || segment[0] == '/' }
