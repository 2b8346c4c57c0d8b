package url

// Scheme numbers the special schemes of the standard, as Node prints them in
// the context of an inspected URL.
type Scheme uint8

// The special schemes, and one value for all others.
const (
	SchemeHTTP Scheme = iota
	SchemeOther
	SchemeHTTPS
	SchemeWS
	SchemeFTP
	SchemeWSS
	SchemeFile
)

func (s Scheme) special() bool { return s != SchemeOther }

// defaultPort returns the port that is left out of a serialisation, or noPort.
func (s Scheme) defaultPort() int32 {
	switch s {
	case SchemeHTTP, SchemeWS:
		return 80
	case SchemeHTTPS, SchemeWSS:
		return 443
	case SchemeFTP:
		return 21
	}
	return noPort
}

// schemeOf classifies a scheme in lower case, without its colon.
func schemeOf(s string) Scheme {
	switch s {
	case "http":
		return SchemeHTTP
	case "https":
		return SchemeHTTPS
	case "ws":
		return SchemeWS
	case "wss":
		return SchemeWSS
	case "ftp":
		return SchemeFTP
	case "file":
		return SchemeFile
	}
	return SchemeOther
}

// scanScheme returns the length of the scheme that in begins with, without its
// colon, or -1 if it begins with none.
func scanScheme(in string) int {
	for i := range len(in) {
		c := in[i]
		switch {
		case isAlpha(c):
		case i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return i
		default:
			return -1
		}
	}
	return -1
}

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// hexValue returns the value of a hexadecimal digit.
func hexValue(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
