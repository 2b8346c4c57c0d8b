package path

import (
	"strings"

	"github.com/spindle-js/spindle/internal/wtf8"
)

// Join is documented in Style. Several segments never make a share of two
// leading separators, unless the first segment begins with it. A path with a
// reserved name before a colon is not normalized.
func (w Win32) Join(segments ...string) string {
	joined := joinNonEmpty(segments, `\`)
	if joined == "" {
		return "."
	}
	if !beginsWithServer(firstNonEmpty(segments)) {
		n := 0
		for n < len(joined) && isSeparator(joined[n]) {
			n++
		}
		if n >= 2 {
			joined = `\` + joined[n:]
		}
	}
	for segment := range strings.SplitSeq(joined, `\`) {
		if before, _, ok := strings.Cut(segment, ":"); ok && isReserved(before) {
			return strings.ReplaceAll(joined, "/", `\`)
		}
	}
	return w.Normalize(joined)
}

func firstNonEmpty(segments []string) string {
	for _, s := range segments {
		if s != "" {
			return s
		}
	}
	return ""
}

// beginsWithServer reports whether segment begins with exactly two separators
// and a name.
func beginsWithServer(segment string) bool {
	return len(segment) > 2 && isSeparator(segment[0]) && isSeparator(segment[1]) && !isSeparator(segment[2])
}

// isReserved reports whether name is one of the names of devices that Windows
// finds in every directory
// (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
func isReserved(name string) bool {
	name = strings.ToUpper(name)
	switch name {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	number, ok := strings.CutPrefix(name, "COM")
	if !ok {
		number, ok = strings.CutPrefix(name, "LPT")
	}
	if !ok {
		return false
	}
	switch number {
	case "1", "2", "3", "4", "5", "6", "7", "8", "9", "\u00b9", "\u00b2", "\u00b3":
		return true
	}
	return false
}

// Normalize is documented in Style. The result never names a drive or device
// that path does not: `.\` goes before it where it would.
func (w Win32) Normalize(path string) string {
	switch {
	case path == "":
		return "."
	case path == "/":
		return `\`
	case len(path) == 1:
		return path
	}
	r := parseRoot(path)
	if r.share {
		return r.device + `\`
	}
	name, colon := reservedPart(path)
	reserved := isReserved(name)
	switch {
	case r.device == `\\.` || r.device == `\\?`:
		if device, _, ok := strings.Cut(path[4:], ":"); ok && isReserved(device) {
			r.device, r.end = `\\?\`+device+":", 4+len(device)+1
		}
	case colon && reserved && r.device == "" && !r.absolute:
		r.device, r.end = path[:len(name)+1], len(name)+1
	}
	tail := resolveDots(path[r.end:], !r.absolute, '\\', isSeparator)
	if tail == "" && !r.absolute {
		tail = "."
	}
	if tail != "" && isSeparator(path[len(path)-1]) {
		tail += `\`
	}
	switch {
	case !r.absolute && r.device == "" && colon && seemsDrive(path, tail), reserved:
		return `.\` + r.device + tail
	case r.absolute:
		return r.device + `\` + tail
	default:
		return r.device + tail
	}
}

// reservedPart returns what Node compares with the reserved names: path up to
// its first colon or, where it has none, all but its last UTF-16 unit.
func reservedPart(path string) (name string, colon bool) {
	if before, _, ok := strings.Cut(path, ":"); ok {
		return before, true
	}
	if path[len(path)-1] < 0x80 {
		return path[:len(path)-1], false
	}
	units := wtf8.ToUTF16(path)
	return wtf8.FromUTF16(units[:len(units)-1]), false
}

// seemsDrive reports whether tail, the normalized form of a path without root,
// begins with a drive, or path has a colon at the end of a segment.
func seemsDrive(path, tail string) bool {
	if len(tail) >= 2 && isDriveLetter(tail[0]) && tail[1] == ':' {
		return true
	}
	for i := range len(path) {
		if path[i] == ':' && (i == len(path)-1 || isSeparator(path[i+1])) {
			return true
		}
	}
	return false
}
