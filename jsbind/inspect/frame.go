package inspect

import "strings"

// colorFrame colors a line of a stack: frames of Node's own modules are grey,
// the names of packages below node_modules are underlined, and the working
// directory is grey.
func (s *state) colorFrame(line string) string {
	if isCoreFrame(line) {
		return s.style(line, styleUndefined)
	}
	var b strings.Builder
	rest := line
	for {
		i := strings.Index(rest, "/node_modules/")
		if i < 0 {
			break
		}
		i += len("/node_modules/")
		n := packageLength(rest[i:])
		if n == 0 {
			break
		}
		b.WriteString(rest[:i])
		b.WriteString(s.style(rest[i:i+n], styleModule))
		rest = rest[i+n:]
	}
	b.WriteString(rest)
	return s.greyDirectory(b.String())
}

// packageLength returns the length of the package name, with its scope, that
// path begins with.
func packageLength(path string) int {
	i := strings.IndexByte(path, '/')
	if i > 0 && path[0] == '@' {
		j := strings.IndexByte(path[i+1:], '/')
		if j < 0 {
			return -1 + 1
		}
		return i + 1 + j
	}
	return max(i, 0)
}

// greyDirectory colors the working directory, and the parentheses around the
// location that it begins.
func (s *state) greyDirectory(line string) string {
	if s.hooks.WorkingDirectory == nil {
		return line
	}
	dir := s.hooks.WorkingDirectory()
	if dir == "" {
		return line
	}
	at, url := strings.Index(line, dir), false
	if at < 0 {
		return line
	}
	const scheme = "file://"
	if strings.HasSuffix(line[:at], scheme) {
		at, url = at-len(scheme), true
	}
	end := at + len(dir) + 1
	if url {
		end += len(scheme)
	}
	if end > len(line) {
		end = len(line)
	}
	if at > 0 && line[at-1] == '(' && strings.HasSuffix(line, ")") {
		return line[:at-1] + s.style("("+line[at:end], styleUndefined) + line[end:len(line)-1] + s.style(")", styleUndefined)
	}
	return line[:at] + s.style(line[at:end], styleUndefined) + line[end:]
}

// isCoreFrame reports whether a line of a stack names a module of Node's own.
func isCoreFrame(line string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, " "), "at ")
	if !ok {
		return false
	}
	i := strings.Index(rest, "node:")
	if i < 0 || i > 0 && !strings.HasSuffix(rest[:i], "(") {
		return false
	}
	name, _, ok := strings.Cut(rest[i+len("node:"):], ":")
	return ok && (strings.HasPrefix(name, "internal/") || coreModules[name])
}

// coreModules are the public modules of Node.
var coreModules = func() map[string]bool {
	const names = "_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server " +
		"_stream_duplex _stream_passthrough _stream_readable _stream_transform _stream_wrap _stream_writable " +
		"_tls_common _tls_wrap assert assert/strict async_hooks buffer child_process cluster console constants " +
		"crypto dgram diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https inspector " +
		"inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring " +
		"readline readline/promises repl sea sqlite stream stream/consumers stream/promises stream/web " +
		"string_decoder sys test test/reporters timers timers/promises tls trace_events tty url util util/types v8 " +
		"vm wasi worker_threads zlib"
	set := make(map[string]bool, 80)
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}()
