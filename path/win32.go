package path

// Win32 is path.win32. Getwd returns the working directory; nil stands for that
// of the process. DriveGetwd returns the working directory of a drive ("C:"),
// which Windows keeps in the environment variable "=C:", or "".
type Win32 struct {
	Getwd      func() string
	DriveGetwd func(drive string) string
}

func isSeparator(c byte) bool { return c == '/' || c == '\\' }

func isDriveLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// Sep returns `\`.
func (Win32) Sep() string { return `\` }

// Delimiter returns ";".
func (Win32) Delimiter() string { return ";" }

// root is what a Windows path begins with.
type root struct {
	device   string // "C:", `\\server\share`, `\\.`, or ""
	end      int    // where the tail begins
	absolute bool
	share    bool // nothing follows `\\server\share`
}

// parseRoot reads the root of path.
func parseRoot(path string) root {
	switch {
	case path == "":
		return root{}
	case isSeparator(path[0]):
		return parseShare(path)
	case len(path) >= 2 && isDriveLetter(path[0]) && path[1] == ':':
		r := root{device: path[:2], end: 2}
		if len(path) > 2 && isSeparator(path[2]) {
			r.end, r.absolute = 3, true
		}
		return r
	}
	return root{}
}

// parseShare reads the root of a path that begins with a separator: a server
// and share, a device namespace, or the root of the current drive.
func parseShare(path string) root {
	plain := root{end: 1, absolute: true}
	if len(path) < 2 || !isSeparator(path[1]) {
		return plain
	}
	serverEnd := segmentEnd(path, 2)
	if serverEnd == 2 || serverEnd == len(path) {
		return plain
	}
	server := path[2:serverEnd]
	shareStart := serverEnd
	for shareStart < len(path) && isSeparator(path[shareStart]) {
		shareStart++
	}
	if shareStart == len(path) {
		return plain
	}
	if server == "." || server == "?" {
		return root{device: `\\` + server, end: 4, absolute: true}
	}
	end := segmentEnd(path, shareStart)
	return root{
		device:   `\\` + server + `\` + path[shareStart:end],
		end:      end,
		absolute: true,
		share:    end == len(path),
	}
}

func segmentEnd(path string, at int) int {
	for at < len(path) && !isSeparator(path[at]) {
		at++
	}
	return at
}

// IsAbsolute is documented in Style.
func (Win32) IsAbsolute(path string) bool {
	return path != "" && (isSeparator(path[0]) ||
		len(path) > 2 && isDriveLetter(path[0]) && path[1] == ':' && isSeparator(path[2]))
}

// Basename is documented in Style. The drive is no part of it.
func (Win32) Basename(path, suffix string) string {
	begin := 0
	if len(path) >= 2 && isDriveLetter(path[0]) && path[1] == ':' {
		begin = 2
	}
	return basename(path, begin, suffix, isSeparator)
}

// Extname is documented in Style.
func (w Win32) Extname(path string) string {
	base := w.Basename(path, "")
	return base[len(base)-extension(base):]
}

// Format is documented in Style.
func (Win32) Format(parsed Parsed) string { return parsed.format(`\`) }

// Dirname is documented in Style.
func (Win32) Dirname(path string) string {
	if path == "" {
		return "."
	}
	rootEnd, whole := visibleRoot(path)
	if whole {
		return path
	}
	end := len(path)
	for end > rootEnd && isSeparator(path[end-1]) {
		end--
	}
	for end > rootEnd && !isSeparator(path[end-1]) {
		end--
	}
	switch {
	case end > rootEnd:
		return path[:end-1]
	case rootEnd > 0:
		return path[:rootEnd]
	case len(path) > 1 && isSeparator(path[0]):
		return path[:1]
	default:
		return "."
	}
}

// visibleRoot returns the length of the root as dirname and parse show it, with
// the separator after a share. whole says that path is nothing but a share.
func visibleRoot(path string) (end int, whole bool) {
	if !isSeparator(path[0]) {
		return parseRoot(path).end, false
	}
	serverEnd := 1
	if len(path) > 1 && isSeparator(path[1]) {
		serverEnd = segmentEnd(path, 2)
	}
	if serverEnd <= 2 || serverEnd == len(path) {
		return 1, false
	}
	shareStart := serverEnd
	for shareStart < len(path) && isSeparator(path[shareStart]) {
		shareStart++
	}
	if shareStart == len(path) {
		return 1, false
	}
	end = segmentEnd(path, shareStart)
	if end == len(path) {
		return end, true
	}
	return end + 1, false
}

// Parse is documented in Style.
func (w Win32) Parse(path string) Parsed {
	var out Parsed
	if path == "" {
		return out
	}
	rootEnd, whole := visibleRoot(path)
	out.Root = path[:rootEnd]
	if whole || rootEnd == len(path) {
		out.Dir = path
		return out
	}
	end := len(path)
	for end > rootEnd && isSeparator(path[end-1]) {
		end--
	}
	start := end
	for start > rootEnd && !isSeparator(path[start-1]) {
		start--
	}
	out.Base = path[start:end]
	cut := len(out.Base) - extension(out.Base)
	out.Name, out.Ext = out.Base[:cut], out.Base[cut:]
	out.Dir = out.Root
	if start > rootEnd {
		out.Dir = path[:start-1]
	}
	return out
}
