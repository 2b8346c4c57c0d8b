package main

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// words are what stands at one place of a message: what a parser should take,
// the ordinary first, and what it should refuse, or may read as something else.
type words struct{ good, odd []string }

var (
	methods = words{
		[]string{"GET", "GET", "POST", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PROPFIND", "M-SEARCH", "QUERY", "MKACTIVITY"},
		[]string{"SOURCE", "PRI", "DESCRIBE", "get", "GETX", "FOO", "G", ""},
	}
	targets = words{
		[]string{"/", "/a", "/a?b=c&d", "/a/b/../c?x#y", "*", "http://host/path", "HTTP://u@h:1/p", "/\xc3\xa9", "/%00", "//x", "/x?y#z#w"},
		[]string{"host:80", "/a b", "?", "#", "http://", "http:/x", "//\t", "/\x7f", "/a\x00b", "", "a"},
	}
	connectTargets = words{[]string{"host:80", "a", "[::1]:1", "u@h", "h/p", "h?q"}, targets.odd}
	versions       = words{
		[]string{"HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0"},
		[]string{"HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/1.11", "HTTP/11.1", "http/1.1", "HTTP/1,1", "RTSP/1.0", "ICE/1.0", "HTTP/", "HTTPS/1.1", ""},
	}
	names = words{
		[]string{
			"X", "Host", "Accept", "Connection", "Cookie", "Set-Cookie", "Upgrade", "Expect", "connection", "Proxy-Connection", "Keep-Alive",
			"Trailer", "TE", "Date", "User-Agent", "Content-Type", "Authorization", "From", "If-Modified-Since", "Max-Forwards", "Referer",
			"Age", "ETag", "Location", "Server", "X-A", "x-a", "__proto__", "constructor", "toString", "Content-Lengt", "Content-Lengthx",
			"Transfer-Encodin", "Sec-WebSocket-Key", "Retry-After", "Access-Control-Allow-Origin", "cookie", "host", "0", "Expires", "Vary",
		},
		[]string{"Content-Length", "Transfer-Encoding", "content-length", "TRANSFER-ENCODING", "Te st", "Te\tst", "X\x00", "\xe9", "", " X", "(x)", "X:"},
	}
	values = words{
		[]string{
			"a", "b", "", "close", "keep-alive", "upgrade", "100-continue", "h2c", "localhost", "a, b", "timeout=5, max=100", "identity",
			"close, keep-alive", "keep-alive, close", "Upgrade, close", "keep-alive, Upgrade", "CLOSE", " close", "clos", "closed", ",close",
			"a=b; c=d", "\xe9\xff", "a\tb", "\"q\"", "100-Continue", "200-ok", "websocket", "trailers", "a ", "\ta", "5",
		},
		[]string{"a\x00b", "a\x7fb", "a\rb", "a\nb", "\x01", "a\r\n b"},
	}
	connections = words{[]string{"close", "keep-alive", "upgrade", "Upgrade", "close, x", "x, keep-alive", "keep-alive, upgrade"}, values.good}
	expects     = words{[]string{"100-continue", "100-Continue", "x", "", "x100-continue"}, values.odd}
	lengths     = words{
		[]string{"0", "1", "5", "05", "5 "},
		[]string{
			"5, 5", "+5", "-5", "0x5", "\t5", "5\t", "5a", "", "18446744073709551615", "18446744073709551616", "99999999999999999999999",
			"9223372036854775807", "9007199254740993",
		},
	}
	codings = words{
		[]string{"chunked", "chunked", "gzip, chunked", "CHUNKED", "chunked ", "gzip,chunked"},
		[]string{"identity", "chunked, gzip", "chunked, chunked", "Chunked", "chunkedx", "xchunked", "gzip", "chunked,", ",chunked", "", "chun ked", "\tchunked", "chunked\t"},
	}
	ends      = words{[]string{"\r\n"}, []string{"\n", "\r", "\r\r\n", "\n\r", " \r\n", "\t\r\n", "\r\n ", ""}}
	blanks    = words{[]string{" "}, []string{"  ", "\t", ""}}
	colons    = words{[]string{": ", ": ", ": ", ":", ":  ", ":\t", ": \t "}, []string{" : ", "", " ", ":\r\n ", "\t:"}}
	reasons   = words{[]string{"OK", "", "Not Found", "a b  c", " x", "\xe9", "a\tb"}, []string{"a\x00", "x\x7f", "\r"}}
	codes     = words{[]string{"200", "200", "200", "204", "304", "404", "100", "101", "102", "103", "199", "206", "301", "500", "999"}, []string{"000", "99", "1000", "20x", "", "-20", "2 0", "099"}}
	sizes     = words{[]string{"0", "00", "A", "a", "f", "10"}, []string{"1g", "ffffffffffffffff", "fffffffffffffffff", "10000000000000000", "0x1", "-1", " 1", "1 ", "1\t", "", "+1"}}
	extension = words{
		[]string{";a", ";a=b", ";a=\"b\"", ";a=\"b\\\"c\"", ";a=b;c"},
		[]string{";", ";;", "; a", ";a=", ";a b", ";a=\"b", ";a=\"b\"c", ";=b", ";\x00", ";\xe9", ";a=\"\xe9\"", " ;a"},
	}
)

// source makes cases; equal seeds make equal ones.
type source struct {
	*rand.Rand
	corpus   [][]byte // inputs to begin with
	response bool
	configs  []string
	wild     int // an odd word comes once in so many times
}

// chance is true once in n times.
func (s *source) chance(n int) bool { return s.IntN(n) == 0 }

// any chooses a word of a list.
func (s *source) any(list []string) string { return list[s.IntN(len(list))] }

// pick chooses a word.
func (s *source) pick(w words) string {
	if s.chance(s.wild) {
		return s.any(w.odd)
	}
	return s.any(w.good)
}

// message makes a message, or several, from the grammar.
func (s *source) message() []byte {
	var b strings.Builder
	for {
		if s.chance(2 * s.wild) {
			b.WriteString(strings.Repeat(s.any(ends.odd), 1+s.IntN(2)))
		}
		end := "\r\n"
		if s.chance(4 * s.wild) {
			end = s.any(ends.odd)
		}
		if s.response {
			b.WriteString(s.pick(versions) + s.pick(blanks) + s.pick(codes))
			if !s.chance(8) {
				b.WriteString(" " + s.pick(reasons))
			}
			b.WriteString(end)
		} else {
			method, target := s.pick(methods), s.pick(targets)
			if method == "CONNECT" {
				target = s.pick(connectTargets)
			}
			b.WriteString(method + s.pick(blanks) + target + s.pick(blanks) + s.pick(versions) + end)
			if !s.chance(10) {
				b.WriteString("Host: a" + end)
			}
		}
		s.rest(&b, end)
		if !s.chance(3) {
			return []byte(b.String())
		}
	}
}

// line writes one header line.
func (s *source) line(b *strings.Builder, name, value, end string) {
	if s.chance(2 * s.wild) {
		end = s.any(ends.odd)
	}
	b.WriteString(name + s.pick(colons) + value + end)
}

// someLine writes a header line whose value suits the name.
func (s *source) someLine(b *strings.Builder, end string) {
	name := s.pick(names)
	value := values
	switch strings.ToLower(name) {
	case "connection", "proxy-connection":
		value = connections
	case "content-length":
		value = lengths
	case "transfer-encoding":
		value = codings
	case "expect":
		value = expects
	}
	s.line(b, name, s.pick(value), end)
}

// rest writes header lines, which mostly fit what follows them, and a body.
func (s *source) rest(b *strings.Builder, end string) {
	for range s.IntN(5) {
		s.someLine(b, end)
	}
	if s.chance(30) { // more than Node's binding hands over at a time
		for i := range s.IntN(80) {
			s.line(b, "N"+strconv.Itoa(i), "v", end)
		}
	}
	switch s.IntN(8) {
	case 0, 1, 2: // none
		b.WriteString(end)
	case 3, 4: // a length that fits
		body := strings.Repeat("b", s.IntN(40))
		s.line(b, "Content-Length", strconv.Itoa(len(body)), end)
		b.WriteString(end + body)
	case 5: // one that may not
		s.line(b, "Content-Length", s.pick(lengths), end)
		b.WriteString(end + strings.Repeat("b", s.IntN(10)))
	default:
		s.line(b, s.any([]string{"Transfer-Encoding", "transfer-encoding"}), s.pick(codings), end)
		b.WriteString(end)
		s.chunks(b, end)
	}
}

// chunks writes a chunked body with trailers.
func (s *source) chunks(b *strings.Builder, end string) {
	for range s.IntN(4) {
		data := strings.Repeat("c", 1+s.IntN(20))
		size := strconv.FormatInt(int64(len(data)), 16)
		if s.chance(2 * s.wild) {
			size = s.pick(sizes)
		}
		b.WriteString(size)
		if s.chance(5) {
			b.WriteString(s.pick(extension))
		}
		b.WriteString(end + data + end)
	}
	if !s.chance(2 * s.wild) {
		b.WriteString("0" + end)
	}
	if s.chance(3) {
		for range s.IntN(3) {
			s.someLine(b, end)
		}
	}
	b.WriteString(end)
}
