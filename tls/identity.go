package tls

import (
	stdnet "net"
	"strings"

	"github.com/spindle-js/spindle/internal/idna"
)

// Identity is what tls.checkServerIdentity looks at in a certificate.
type Identity struct {
	AltNames    string // as the certificate's text has them; "" for none
	HasSubject  bool
	CommonNames []string
}

// CheckIdentity is tls.checkServerIdentity: it returns why the certificate does
// not stand for the host, "" where it does
// (https://nodejs.org/docs/latest-v24.x/api/tls.html#tlscheckserveridentityhostname-cert).
func CheckIdentity(host string, id Identity) string {
	var dns, ips []string
	for _, n := range splitAltNames(id.AltNames) {
		if v, ok := strings.CutPrefix(n, "DNS:"); ok {
			dns = append(dns, v)
		} else if v, ok := strings.CutPrefix(n, "IP Address:"); ok {
			ips = append(ips, canonicalIP(v))
		}
	}
	if ascii, ok := idna.ToASCII(host); ok && ascii != "" {
		host = ascii
	}
	host = strings.TrimSuffix(host, ".")
	switch {
	case stdnet.ParseIP(host) != nil:
		for _, ip := range ips {
			if ip == canonicalIP(host) {
				return ""
			}
		}
		return "IP: " + host + " is not in the cert's list: " + strings.Join(ips, ", ")
	case len(dns) > 0:
		parts := labels(host)
		for _, p := range dns {
			if matchPattern(parts, p, true) {
				return ""
			}
		}
		return "Host: " + host + ". is not in the cert's altnames: " + id.AltNames
	case id.HasSubject:
		parts := labels(host)
		for _, cn := range id.CommonNames {
			if matchPattern(parts, cn, true) {
				return ""
			}
		}
		return "Host: " + host + ". is not cert's CN: " + strings.Join(id.CommonNames, ",")
	}
	return "Cert does not contain a DNS name"
}

func canonicalIP(s string) string {
	ip := stdnet.ParseIP(s)
	if ip == nil {
		return ""
	}
	return ip.String()
}

// splitAltNames splits at commas outside quotes; quoted names are unquoted.
func splitAltNames(s string) (out []string) {
	if !strings.Contains(s, `"`) {
		if s == "" {
			return nil
		}
		return strings.Split(s, ", ")
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '"':
			end := i + 1
			for end < len(s) && s[end] != '"' {
				if s[end] == '\\' {
					end++
				}
				end++
			}
			b.WriteString(unquote(s[i+1 : min(end, len(s))]))
			i = end + 1
		case strings.HasPrefix(s[i:], ", "):
			out = append(out, b.String())
			b.Reset()
			i += 2
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return append(out, b.String())
}

func unquote(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 >= len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'u' && i+4 < len(s) {
			n := 0
			for _, c := range s[i+1 : i+5] {
				n = n<<4 | strings.IndexRune("0123456789abcdef", c)
			}
			b.WriteRune(rune(n))
			i += 4
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func labels(host string) []string {
	return strings.Split(strings.ToLower(strings.TrimSuffix(host, ".")), ".")
}

// matchPattern compares a host with a name that may have a wildcard in its first
// label.
func matchPattern(host []string, pattern string, wildcards bool) bool {
	if pattern == "" {
		return false
	}
	parts := labels(pattern)
	if len(parts) != len(host) {
		return false
	}
	for _, p := range parts {
		if p == "" || strings.IndexFunc(p, func(r rune) bool { return r < 0x21 || r > 0x7f }) >= 0 {
			return false
		}
	}
	for i := len(host) - 1; i > 0; i-- {
		if host[i] != parts[i] {
			return false
		}
	}
	h, p := host[0], parts[0]
	pieces := strings.SplitN(p, "*", 3)
	if len(pieces) == 1 || strings.Contains(p, "xn--") {
		return h == p
	}
	if !wildcards || len(pieces) > 2 || len(parts) <= 2 {
		return false
	}
	pre, post := pieces[0], pieces[1]
	return len(pre)+len(post) <= len(h) && strings.HasPrefix(h, pre) && strings.HasSuffix(h, post)
}
