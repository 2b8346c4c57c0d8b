package path

import "github.com/spindle-js/spindle/path/glob"

// MatchesGlob is documented in Style.
func (Posix) MatchesGlob(path, pattern string) (bool, error) {
	return matchesGlob(path, pattern, false)
}

// MatchesGlob is documented in Style.
func (Win32) MatchesGlob(path, pattern string) (bool, error) {
	return matchesGlob(path, pattern, true)
}

func matchesGlob(path, pattern string, windows bool) (bool, error) {
	p, err := glob.Compile(pattern, glob.Options{Windows: windows})
	if err != nil {
		return false, err
	}
	return p.Match(path), nil
}
