package path

import "strings"

// Posix is path.posix. Getwd returns the working directory; nil stands for that
// of the process.
type Posix struct {
	Getwd func() string
}

func isSlash(c byte) bool { return c == '/' }

// Sep returns "/".
func (Posix) Sep() string { return "/" }

// Delimiter returns ":".
func (Posix) Delimiter() string { return ":" }

// Basename is documented in Style.
func (Posix) Basename(path, suffix string) string { return basename(path, 0, suffix, isSlash) }

// Dirname is documented in Style.
func (Posix) Dirname(path string) string {
	if path == "" {
		return "."
	}
	end := len(path)
	for end > 1 && path[end-1] == '/' {
		end--
	}
	slash := strings.LastIndexByte(path[:end], '/')
	switch {
	case slash == 1 && path[0] == '/':
		return "//"
	case slash > 0:
		return path[:slash]
	case path[0] == '/':
		return "/"
	default:
		return "."
	}
}

// Extname is documented in Style.
func (p Posix) Extname(path string) string {
	base := p.Basename(path, "")
	return base[len(base)-extension(base):]
}

// Format is documented in Style.
func (Posix) Format(parsed Parsed) string { return parsed.format("/") }

// IsAbsolute is documented in Style.
func (Posix) IsAbsolute(path string) bool { return strings.HasPrefix(path, "/") }

// Join is documented in Style.
func (p Posix) Join(segments ...string) string {
	return p.Normalize(joinNonEmpty(segments, "/"))
}

func joinNonEmpty(segments []string, sep string) string {
	var b strings.Builder
	for _, s := range segments {
		if s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(sep)
		}
		b.WriteString(s)
	}
	return b.String()
}

// Normalize is documented in Style.
func (Posix) Normalize(path string) string {
	if path == "" {
		return "."
	}
	absolute := path[0] == '/'
	trailing := path[len(path)-1] == '/'
	out := resolveDots(path, !absolute, '/', isSlash)
	if out == "" {
		switch {
		case absolute:
			return "/"
		case trailing:
			return "./"
		default:
			return "."
		}
	}
	if trailing {
		out += "/"
	}
	if absolute {
		out = "/" + out
	}
	return out
}

// Parse is documented in Style.
func (p Posix) Parse(path string) Parsed {
	var out Parsed
	if strings.HasPrefix(path, "/") {
		out.Root = "/"
	}
	out.Base = p.Basename(path, "")
	end := len(path)
	for end > 0 && path[end-1] == '/' {
		end--
	}
	start := end - len(out.Base)
	cut := len(out.Base) - extension(out.Base)
	if start == 1 && out.Base == ".." {
		cut = 1 // "/..", unlike any other "..", has an extension in Node
	}
	out.Name, out.Ext = out.Base[:cut], out.Base[cut:]
	switch {
	case start > 1:
		out.Dir = path[:start-1]
	case out.Root != "":
		out.Dir = "/"
	}
	return out
}

// Relative is documented in Style.
func (p Posix) Relative(from, to string) string {
	if from == to {
		return ""
	}
	from, to = p.Resolve(from), p.Resolve(to)
	if from == to {
		return ""
	}
	return climb(from[1:], to[1:], from[1:], to[1:], "/")
}

// climb returns the path from one list of segments to another. They are
// compared as fromKey and toKey, of the same lengths.
func climb(from, to, fromKey, toKey, sep string) string {
	n, common := 0, 0 // bytes that are the same, and those of whole segments
	for n < len(fromKey) && n < len(toKey) && fromKey[n] == toKey[n] {
		n++
		if fromKey[n-1] == sep[0] {
			common = n
		}
	}
	switch {
	case n == len(fromKey) && n == len(toKey):
		return ""
	case n == len(fromKey) && (n == 0 || toKey[n] == sep[0]):
		return strings.TrimPrefix(to[n:], sep)
	case n == len(toKey) && fromKey[n] == sep[0]:
		common = n + 1
	}
	ups := 0
	if common < len(from) {
		ups = strings.Count(from[common:], sep) + 1
	}
	rest := ""
	if common < len(to) {
		rest = to[common:]
	}
	out := strings.Repeat(sep+"..", ups)
	if rest != "" {
		out += sep + rest
	}
	return strings.TrimPrefix(out, sep)
}

// Resolve is documented in Style.
func (p Posix) Resolve(segments ...string) string {
	resolved, absolute := "", false
	add := func(path string) {
		switch {
		case path == "":
			return
		case resolved == "":
			resolved = path
		default:
			resolved = path + "/" + resolved
		}
		absolute = path[0] == '/'
	}
	for i := len(segments) - 1; i >= 0 && !absolute; i-- {
		add(segments[i])
	}
	if !absolute {
		add(getwd(p.Getwd))
	}
	resolved = resolveDots(resolved, !absolute, '/', isSlash)
	switch {
	case absolute:
		return "/" + resolved
	case resolved == "":
		return "."
	default:
		return resolved
	}
}

// ToNamespacedPath returns path.
func (Posix) ToNamespacedPath(path string) string { return path }
