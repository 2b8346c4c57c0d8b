package path

import (
	"strings"

	"github.com/spindle-js/spindle/internal/wtf8"
)

// Resolve is documented in Style. Segments of another drive than that of the
// last absolute one are left out.
func (w Win32) Resolve(segments ...string) string {
	device, tail, absolute := "", "", false
	for i := len(segments) - 1; i >= -1; i-- {
		var path string
		switch {
		case i >= 0:
			if path = segments[i]; path == "" {
				continue
			}
		case device == "":
			path = getwd(w.Getwd)
		default:
			path = w.driveGetwd(device)
		}
		r := parseRoot(path)
		if r.device != "" {
			if device != "" {
				if wtf8.ToLower(r.device) != wtf8.ToLower(device) {
					continue
				}
			} else {
				device = r.device
			}
		}
		if absolute {
			if device != "" {
				break
			}
			continue
		}
		tail = path[r.end:] + `\` + tail
		absolute = r.absolute
		if absolute && device != "" {
			break
		}
	}
	tail = resolveDots(tail, !absolute, '\\', isSeparator)
	switch {
	case absolute:
		return device + `\` + tail
	case device+tail == "":
		return "."
	default:
		return device + tail
	}
}

// driveGetwd returns the working directory of a drive, or its root where that
// of the process is on another.
func (w Win32) driveGetwd(device string) string {
	path := ""
	if w.DriveGetwd != nil {
		path = w.DriveGetwd(device)
	}
	if path == "" {
		path = getwd(w.Getwd)
	}
	if len(path) > 2 && path[2] == '\\' && wtf8.ToLower(path[:2]) != wtf8.ToLower(device) {
		return device + `\`
	}
	return path
}

// Relative is documented in Style. Paths are compared without regard to case;
// there is none from one drive to another, and to is returned.
func (w Win32) Relative(from, to string) string {
	if from == to {
		return ""
	}
	fromOrig, toOrig := w.Resolve(from), w.Resolve(to)
	if fromOrig == toOrig {
		return ""
	}
	from, to = wtf8.ToLower(fromOrig), wtf8.ToLower(toOrig)
	if from == to {
		return ""
	}
	if len(from) != len(fromOrig) || len(to) != len(toOrig) {
		return relativeSegments(fromOrig, toOrig)
	}
	fromStart, fromEnd := trimSeparators(from)
	toStart, toEnd := trimSeparators(to)
	f, t := from[fromStart:fromEnd], to[toStart:toEnd]
	n, sep := 0, -1 // bytes in common, and the last separator among them
	for n < len(f) && n < len(t) && f[n] == t[n] {
		if f[n] == '\\' {
			sep = n
		}
		n++
	}
	if n < len(f) && n < len(t) {
		if sep < 0 {
			return toOrig
		}
	} else {
		// A drive and its colon, of which n is 2, count as a segment.
		switch {
		case n < len(t) && t[n] == '\\':
			return toOrig[toStart+n+1:]
		case n < len(t) && n == 2:
			return toOrig[toStart+n:]
		case n < len(f) && f[n] == '\\':
			sep = n
		case n < len(f) && n == 2:
			sep = 3
		}
		sep = max(sep, 0)
	}
	ups := 0
	if sep+1 <= len(f) {
		ups = 1 + strings.Count(f[sep+1:], `\`)
	}
	rest := ""
	if sep < len(t) {
		rest = toOrig[toStart+sep : toEnd]
	}
	return strings.TrimPrefix(strings.Repeat(`\..`, ups)+rest, `\`)
}

// trimSeparators returns where path begins and ends without its separators.
func trimSeparators(path string) (start, end int) {
	end = len(path)
	for start < end && path[start] == '\\' {
		start++
	}
	for end-1 > start && path[end-1] == '\\' {
		end--
	}
	return start, end
}

// relativeSegments is Relative for paths whose lengths change in lower case.
func relativeSegments(from, to string) string {
	f := strings.Split(strings.TrimSuffix(from, `\`), `\`)
	t := strings.Split(strings.TrimSuffix(to, `\`), `\`)
	n := 0
	for n < len(f) && n < len(t) && wtf8.ToLower(f[n]) == wtf8.ToLower(t[n]) {
		n++
	}
	if n == 0 {
		return to
	}
	ups := strings.Repeat(`..\`, len(f)-n)
	return strings.TrimSuffix(ups+strings.Join(t[n:], `\`), `\`)
}

// ToNamespacedPath is documented in Style.
func (w Win32) ToNamespacedPath(path string) string {
	if path == "" {
		return path
	}
	resolved := w.Resolve(path)
	switch {
	case len(wtf8.ToUTF16(resolved)) <= 2:
		return path
	case resolved[0] == '\\' && resolved[1] == '\\':
		if resolved[2] != '?' && resolved[2] != '.' {
			return `\\?\UNC\` + resolved[2:]
		}
	case isDriveLetter(resolved[0]) && resolved[1] == ':' && resolved[2] == '\\':
		return `\\?\` + resolved
	}
	return resolved
}
