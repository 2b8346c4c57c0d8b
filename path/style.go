package path

import "os"

// Style is the interface of the two kinds of paths.
type Style interface {
	// Sep is the separator of segments, Delimiter that of lists of paths.
	Sep() string
	Delimiter() string

	// Basename returns the last segment, without suffix if it ends with that
	// and is longer. Trailing separators are ignored.
	Basename(path, suffix string) string
	// Dirname returns the path without its last segment.
	Dirname(path string) string
	// Extname returns the last segment from its last dot on, "" when it has
	// none but a first one.
	Extname(path string) string
	// Format is the opposite of Parse: Dir goes before Root, and Base before
	// Name and Ext.
	Format(parsed Parsed) string
	// IsAbsolute reports whether path begins at a root.
	IsAbsolute(path string) bool
	// Join joins the segments that are not empty and normalizes the result.
	Join(segments ...string) string
	// Normalize resolves "." and ".." and runs of separators, and keeps a
	// trailing one. The empty path becomes ".".
	Normalize(path string) string
	// Parse takes path apart.
	Parse(path string) Parsed
	// Relative returns the path that leads from one to the other, both
	// resolved; "" if they are the same.
	Relative(from, to string) string
	// Resolve returns the absolute, normalized path that the segments lead to,
	// the last absolute one first, from the working directory if there is none.
	Resolve(segments ...string) string
	// ToNamespacedPath returns the namespace-prefixed form of a Windows path,
	// and other paths as they are.
	ToNamespacedPath(path string) string
	// MatchesGlob reports whether path matches pattern (see package glob). It
	// fails for a pattern longer than 65536 UTF-16 units.
	MatchesGlob(path, pattern string) (bool, error)
}

// Parsed is the parts of a path, as path.parse returns them.
type Parsed struct {
	Root string // "/", `C:\`, `\\server\share\` or ""
	Dir  string // Root and all segments but the last
	Base string // the last segment
	Ext  string // Base from its last dot on
	Name string // Base without Ext
}

// format is path.format with the given separator.
func (p Parsed) format(sep string) string {
	base := p.Base
	if base == "" {
		base = p.Name
		if p.Ext != "" && p.Ext[0] != '.' {
			base += "."
		}
		base += p.Ext
	}
	switch {
	case p.Dir == "":
		return p.Root + base
	case p.Dir == p.Root:
		return p.Dir + base
	default:
		return p.Dir + sep + base
	}
}

// getwd returns what wd does, or the working directory of the process if wd is
// nil.
func getwd(wd func() string) string {
	if wd != nil {
		return wd()
	}
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	return dir
}

// basename returns the last segment of path[begin:], whose separators isSep
// tells, and takes suffix off it.
func basename(path string, begin int, suffix string, isSep func(byte) bool) string {
	end := len(path)
	for end > begin && isSep(path[end-1]) {
		end--
	}
	start := end
	for start > begin && !isSep(path[start-1]) {
		start--
	}
	base := path[start:end]
	n := len(base) - len(suffix)
	switch {
	case suffix == "" || len(suffix) > len(path):
		return base
	case suffix == path:
		return ""
	case n > 0 && base[n:] == suffix:
		return base[:n]
	case base == "":
		// Given a suffix, Node finds no end of a base that is not there, nor, in
		// the next case, of one that the suffix goes on before.
		return path[begin:]
	case n < 0 && suffix[-n:] == base:
		return path[start:]
	}
	return base
}

// extension returns the length of the extension that base, a last segment,
// ends with.
func extension(base string) int {
	for i := len(base) - 1; i > 0; i-- {
		if base[i] == '.' {
			if base == ".." {
				return 0
			}
			return len(base) - i
		}
	}
	return 0
}

// resolveDots resolves the "." and ".." segments of path, and joins the rest
// with sep. ".." segments that lead above the beginning are kept if above.
func resolveDots(path string, above bool, sep byte, isSep func(byte) bool) string {
	out := make([]byte, 0, len(path))
	kept := 0 // bytes of leading ".." segments
	for i := 0; i < len(path); {
		end := i
		for end < len(path) && !isSep(path[end]) {
			end++
		}
		segment := path[i:end]
		i = end + 1
		switch {
		case segment == "" || segment == ".":
			continue
		case segment == "..":
			if len(out) > kept {
				out = cutSegment(out, sep, kept)
				continue
			}
			if !above {
				continue
			}
		}
		if len(out) > 0 {
			out = append(out, sep)
		}
		out = append(out, segment...)
		if segment == ".." {
			kept = len(out)
		}
	}
	return string(out)
}

// cutSegment removes the last segment of path, but not its first keep bytes.
func cutSegment(path []byte, sep byte, keep int) []byte {
	n := len(path) - 1
	for n > keep && path[n] != sep {
		n--
	}
	return path[:max(n, keep)]
}
