package url

import "strings"

// parseNormal parses input that is already written in its normal form, which
// nearly every URL is: its serialisation is input itself, or begins as base
// does. It reports false for anything else, valid or not.
func (u *URL) parseNormal(input string, base *URL) bool {
	if uint64(len(input)) >= uint64(omitted)/2 {
		return false
	}
	if base != nil && input != "" && input[0] == '/' {
		return u.parseNormalPath(input, base)
	}
	p := parts{port: noPort, search: omitted, hash: omitted}
	switch {
	case strings.HasPrefix(input, "https://"):
		p.scheme, p.protocolEnd = SchemeHTTPS, 6
	case strings.HasPrefix(input, "http://"):
		p.scheme, p.protocolEnd = SchemeHTTP, 5
	case strings.HasPrefix(input, "wss://"):
		p.scheme, p.protocolEnd = SchemeWSS, 4
	case strings.HasPrefix(input, "ws://"):
		p.scheme, p.protocolEnd = SchemeWS, 3
	default:
		return false
	}
	start := int(p.protocolEnd) + 2
	end := start + firstIn(input[start:], setFastHost)
	if !isPlainDomain(input[start:end]) {
		return false
	}
	p.usernameEnd, p.hostStart, p.hostEnd = uint32(start), uint32(start), uint32(end)
	if end < len(input) && input[end] == ':' {
		n, ok := normalPort(input[end+1:], &p)
		if !ok {
			return false
		}
		end += 1 + n
	}
	p.pathname = uint32(end)
	if end == len(input) {
		u.href, u.parts = input+"/", p
		return true
	}
	if input[end] != '/' || !scanNormalPath(input, end, &p) {
		return false
	}
	u.href, u.parts = input, p
	return true
}

// isPlainDomain reports whether host, which has no byte of setFastHost, is a
// domain without encoded labels, and no address.
func isPlainDomain(host string) bool {
	if host == "" || strings.Contains(host, "xn--") {
		return false
	}
	last := strings.LastIndexByte(host, '.') + 1
	return last < len(host) && !isDigit(host[last])
}

// normalPort reads a port that is written as it is serialised, and returns its
// length.
func normalPort(in string, p *parts) (int, bool) {
	n, port := 0, int32(0)
	for n < len(in) && n < 6 && isDigit(in[n]) {
		port = port*10 + int32(in[n]-'0')
		n++
	}
	if n == 0 || n == 6 || in[0] == '0' || port > 0xffff || port == p.scheme.defaultPort() {
		return 0, false
	}
	p.port = port
	return n, true
}

// parseNormalPath parses input, a path that begins with one slash, against base.
func (u *URL) parseNormalPath(input string, base *URL) bool {
	if !base.parts.scheme.special() || base.parts.scheme == SchemeFile || len(input) > 1 && input[1] == '/' {
		return false
	}
	p := base.parts
	p.search, p.hash = omitted, omitted
	origin := int(p.pathname)
	if !scanNormalPath(input, 0, &p) || uint64(origin)+uint64(len(input)) >= uint64(omitted) {
		return false
	}
	if p.search != omitted {
		p.search += uint32(origin)
	}
	if p.hash != omitted {
		p.hash += uint32(origin)
	}
	u.href, u.parts = base.href[:origin]+input, p
	return true
}

// scanNormalPath reports whether the path, query and fragment in in[at:] are
// written as they are serialised for a special scheme, and notes where query
// and fragment begin.
func scanNormalPath(in string, at int, p *parts) bool {
	for at < len(in) {
		c := in[at]
		if sets[c]&setFastPath == 0 {
			at++
			continue
		}
		switch c {
		case '.':
			if in[at-1] == '/' {
				return false
			}
		case '%':
			if at+2 < len(in) && in[at+1] == '2' && in[at+2]|0x20 == 'e' {
				return false
			}
		case '?':
			p.search = uint32(at)
			end := at + 1 + firstIn(in[at+1:], setSpecialQuery)
			if end < len(in) && in[end] != '#' {
				return false
			}
			at = end
			continue
		case '#':
			p.hash = uint32(at)
			return at+1+firstIn(in[at+1:], setFragment) == len(in)
		default:
			return false
		}
		at++
	}
	return true
}
