package url

import "strings"

// parsePathStart is the path start state: in is empty or begins with a slash, a
// "?", or, after a scheme, anything.
func (r *record) parsePathStart(in string) bool {
	if !r.kind.special() && (in == "" || in[0] == '?') {
		r.cutQuery(in)
		r.path = ""
		return true
	}
	return r.parsePath("", in)
}

// parsePath is the path state. path is what the new segments are appended to,
// "" or a serialised path that does not end with a slash; in may begin with a
// slash, and may have a query.
func (r *record) parsePath(path, in string) bool {
	in = r.cutQuery(in)
	r.path = r.appendPath(path, in)
	return true
}

// appendPath appends the segments of in to path.
func (r *record) appendPath(path, in string) string {
	if !r.isSlash(in) {
		in = "/" + in
	}
	if r.isPlainPath(in) && !(r.kind == SchemeFile && path == "" && startsWithDrive(in[1:])) {
		return path + in
	}
	b := make([]byte, 0, len(path)+len(in)+8)
	b = append(b, path...)
	for in != "" {
		in = in[1:]
		end := r.segmentEnd(in)
		segment := in[:end]
		in = in[end:]
		switch dots(segment) {
		case 2:
			b = r.shorten(b)
			if in == "" {
				b = append(b, '/')
			}
		case 1:
			if in == "" {
				b = append(b, '/')
			}
		default:
			drive := r.kind == SchemeFile && len(b) == 0 && len(segment) == 2 && startsWithDrive(segment)
			b = append(b, '/')
			b = appendEncoded(b, segment, setPath)
			if drive {
				b = append(b[:2], ':')
			}
		}
	}
	return string(b)
}

// segmentEnd returns the length of the segment that in begins with.
func (r *record) segmentEnd(in string) int {
	if !r.kind.special() {
		if i := strings.IndexByte(in, '/'); i >= 0 {
			return i
		}
		return len(in)
	}
	for i := range len(in) {
		if in[i] == '/' || in[i] == '\\' {
			return i
		}
	}
	return len(in)
}

// isPlainPath reports whether the path in, which begins with a slash, is
// already in its normal form.
func (r *record) isPlainPath(in string) bool {
	for i := range len(in) {
		c := in[i]
		if sets[c]&setFastPath == 0 {
			continue
		}
		switch {
		case c == '\\' && !r.kind.special():
		case c == '.' && in[i-1] != '/':
		case c == '%' && !(i+2 < len(in) && in[i+1] == '2' && in[i+2]|0x20 == 'e'):
		default:
			return false
		}
	}
	return true
}

// dots returns 1 for a single-dot segment, 2 for a double-dot one, else 0.
func dots(segment string) int {
	n := 0
	for segment != "" {
		switch {
		case segment[0] == '.':
			segment = segment[1:]
		case len(segment) >= 3 && segment[0] == '%' && segment[1] == '2' && segment[2]|0x20 == 'e':
			segment = segment[3:]
		default:
			return 0
		}
		if n++; n > 2 {
			return 0
		}
	}
	return n
}

// shorten removes the last segment of a serialised path, but never the drive of
// a file URL.
func (r *record) shorten(path []byte) []byte {
	if r.kind == SchemeFile && hasDrive(path) && len(firstSegment(path)) == len(path) {
		return path
	}
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[:i]
		}
	}
	return path
}

// shortened returns r's path without its last segment.
func (r *record) shortened() string {
	return r.path[:len(r.shorten([]byte(r.path)))]
}

// startsWithDrive reports whether in begins with a Windows drive letter.
func startsWithDrive(in string) bool {
	return len(in) >= 2 && isAlpha(in[0]) && (in[1] == ':' || in[1] == '|') &&
		(len(in) == 2 || strings.IndexByte(`/\?`, in[2]) >= 0)
}

// hasDrive reports whether a serialised path begins with a normalised Windows
// drive letter. Node, unlike the standard, lets more follow in the segment.
func hasDrive[T string | []byte](path T) bool {
	return len(path) >= 3 && path[0] == '/' && isAlpha(path[1]) && path[2] == ':'
}

// firstSegment returns the first segment of a serialised path and the slash
// before it.
func firstSegment[T string | []byte](path T) T {
	for i := 1; i < len(path); i++ {
		if path[i] == '/' {
			return path[:i]
		}
	}
	return path
}
