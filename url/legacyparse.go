package url

import (
	"strings"

	"github.com/spindle-js/spindle/internal/idna"
	"github.com/spindle-js/spindle/internal/wtf8"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/querystring"
)

// maxHostname is the length, in UTF-16 units, past which a host name is dropped.
const maxHostname = 255

// LegacyParse parses a URL as url.parse(input, parseQuery, slashesDenoteHost)
// does (https://nodejs.org/docs/latest-v24.x/api/url.html#legacy-url-api). It
// fails with ERR_INVALID_URL for a host that cannot be one, and with a URIError
// for credentials that are not encoded well.
func LegacyParse(input string, parseQuery, slashesDenoteHost bool) (*Legacy, error) {
	u := new(Legacy)
	if err := u.parse(input, parseQuery, slashesDenoteHost); err != nil {
		return nil, err
	}
	return u, nil
}

func (u *Legacy) parse(input string, parseQuery, slashesDenoteHost bool) error {
	rest := legacyTrim(input)
	if !slashesDenoteHost && u.parseSimple(rest, parseQuery) {
		return nil
	}
	if n := legacyScheme(rest); n > 0 {
		u.Protocol = Text(strings.ToLower(rest[:n]))
		rest = rest[n:]
	}
	scripted := scripted(u.Protocol.String)
	if slashesDenoteHost || u.Protocol.Valid || startsWithCredentials(rest) {
		if strings.HasPrefix(rest, "//") && !scripted {
			u.Slashes = true
			rest = rest[2:]
		}
	}
	if !scripted && (u.Slashes || u.Protocol.Valid && !slashed(u.Protocol.String)) {
		var err error
		if rest, err = u.parseHost(input, rest); err != nil {
			return err
		}
	}
	if !scripted {
		rest = legacyEscape(rest)
	}
	if i := strings.IndexByte(rest, '#'); i >= 0 {
		u.Hash = Text(rest[i:])
		rest = rest[:i]
	}
	path, query, hasQuery := strings.Cut(rest, "?")
	if hasQuery {
		u.Search = Text("?" + query)
		u.Query.NullString = Text(query)
	}
	if parseQuery {
		u.Query = LegacyQuery{Pairs: querystring.Parse(query)}
	}
	if path != "" {
		u.Pathname = Text(path)
	} else if slashed(u.Protocol.String) && u.Hostname.String != "" {
		u.Pathname = Text("/")
	}
	u.setPath()
	href, err := u.Format()
	u.Href = href
	return err
}

// setPath makes Path of Pathname and Search, if there is either.
func (u *Legacy) setPath() {
	if u.Pathname.String != "" || u.Search.String != "" {
		u.Path = Text(u.Pathname.String + u.Search.String)
	}
}

// parseSimple parses a path with or without a query, and reports false for
// anything that may be more. The path does not begin with more than two
// slashes and is not escaped.
func (u *Legacy) parseSimple(rest string, parseQuery bool) bool {
	if !strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "///") || strings.IndexByte(rest, '#') >= 0 {
		return false
	}
	path, query, hasQuery := strings.Cut(rest, "?")
	if strings.IndexByte(path, '@') >= 0 || containsSpace(rest) {
		return false
	}
	u.Path = Text(rest)
	u.Href = rest
	u.Pathname = Text(path)
	if hasQuery {
		u.Search = Text(rest[len(path):])
		u.Query.NullString = Text(query)
	}
	if parseQuery {
		u.Query = LegacyQuery{Pairs: querystring.Parse(query)}
	}
	return true
}

// legacyTrim strips white space and controls from the ends of a URL and makes slashes of the
// backslashes before its query and fragment.
func legacyTrim(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return r <= ' ' || r == '\u00a0' || r == '\ufeff'
	})
	end := strings.IndexAny(s, "?#")
	if end < 0 {
		end = len(s)
	}
	if strings.IndexByte(s[:end], '\\') < 0 {
		return s
	}
	return strings.ReplaceAll(s[:end], `\`, "/") + s[end:]
}

// containsSpace reports whether s has what \s matches in JavaScript.
func containsSpace(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		switch {
		case r == ' ', '\t' <= r && r <= '\r', r == '\u00a0', r == '\u1680', '\u2000' <= r && r <= '\u200a',
			r == '\u2028', r == '\u2029', r == '\u202f', r == '\u205f', r == '\u3000', r == '\ufeff':
			return true
		}
		return false
	})
}

// legacyScheme returns the length of the protocol and its colon that s begins
// with, or 0. It may begin with a digit or a sign.
func legacyScheme(s string) int {
	for i := range len(s) {
		c := s[i]
		switch {
		case isAlpha(c), isDigit(c), c == '.', c == '+', c == '-':
		case c == ':' && i > 0:
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// startsWithCredentials reports whether s begins like "//user@host".
func startsWithCredentials(s string) bool {
	rest, ok := strings.CutPrefix(s, "//")
	if !ok {
		return false
	}
	at := strings.IndexAny(rest, "@/")
	return at > 0 && rest[at] == '@' && at+1 < len(rest) && rest[at+1] != '@' && rest[at+1] != '/'
}

// parseHost takes credentials, host and port off rest and returns what follows
// them.
func (u *Legacy) parseHost(input, rest string) (string, error) {
	rest, at, end := splitAuthority(rest)
	if at >= 0 {
		auth, ok := querystring.DecodeComponent(rest[:at])
		if !ok {
			return "", nodeerr.New(nodeerr.KindURI, "", "URI malformed")
		}
		u.Auth = Text(auth)
	}
	host := rest[at+1 : end]
	rest = rest[end:]
	port := ""
	if i := strings.LastIndexByte(host, ':'); i >= 0 && allDigits(host[i+1:]) {
		host, port = host[:i], host[i:]
		if port != ":" {
			u.Port = Text(port[1:])
		} else {
			port = ""
		}
	}
	bracketed := len(host) > 1 && host[0] == '[' && host[len(host)-1] == ']'
	if !bracketed {
		if i := strings.IndexAny(host, `/\#?:`); i >= 0 {
			u.InvalidPort = host[i] == ':'
			host, rest = host[:i], "/"+host[i:]+rest
		}
	}
	host, ok := legacyHostname(host, bracketed)
	if !ok {
		return "", nodeerr.InvalidLegacyURL(input)
	}
	u.Host = Text(host + port)
	if bracketed {
		if host != "" {
			host = host[1 : len(host)-1]
		}
		if !strings.HasPrefix(rest, "/") {
			rest = "/" + rest
		}
	}
	u.Hostname = Text(host)
	return rest, nil
}

// splitAuthority finds the last "@" before the end of the authority, or -1, and
// where the host ends: at a slash, "?" or "#", or before at a character that
// no host has. Tabs and line ends are removed on the way.
func splitAuthority(s string) (rest string, at, end int) {
	limit := strings.IndexAny(s, "/?#")
	if limit < 0 {
		limit = len(s)
	}
	authority := removeBreaks(s[:limit])
	s = authority + s[limit:]
	at = strings.LastIndexByte(authority, '@')
	end = len(authority)
	if i := strings.IndexAny(authority[at+1:], " \"%';<>\\^`{|}"); i >= 0 {
		end = at + 1 + i
	}
	return s, at, end
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// legacyHostname returns host in lower case and in ASCII, or reports that it
// cannot be a host.
func legacyHostname(host string, bracketed bool) (string, bool) {
	if utf16Len(host) > maxHostname {
		return "", true
	}
	host = wtf8.ToLower(host)
	switch {
	case host == "":
		return "", true
	case bracketed:
		return host, !strings.ContainsAny(host, "\x00\t\n\r #%/<>?@\\^|")
	}
	ascii, ok := idna.ToASCII(wellFormed(host))
	return ascii, ok && ascii != "" && !strings.ContainsAny(ascii, "\x00\t\n\r #%/:<>?@[\\]^|")
}

func utf16Len(s string) int {
	if len(s) <= maxHostname {
		return len(s)
	}
	return len(wtf8.ToUTF16(s))
}

// legacyEscape escapes the characters that the older API escapes behind the
// host.
func legacyEscape(s string) string {
	const escaped = "\t\n\r \"'<>\\^`{|}"
	i := strings.IndexAny(s, escaped)
	if i < 0 {
		return s
	}
	b := make([]byte, 0, len(s)+16)
	for ; i >= 0; i = strings.IndexAny(s, escaped) {
		b = append(b, s[:i]...)
		b = append(b, '%', upperHex[s[i]>>4], upperHex[s[i]&15])
		s = s[i+1:]
	}
	return string(append(b, s...))
}
