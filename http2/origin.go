package http2

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/tls"
)

// maxALTSVC is how long the payload of ALTSVC and ORIGIN may be.
const maxALTSVC = 1<<14 - 2

// OriginSet is session.originSet: the origins that the server may answer for
// (RFC 8336), nil where the session is not encrypted.
func (s *Session) OriginSet() []string {
	if !s.Encrypted || s.Destroyed() {
		return nil
	}
	return append([]string(nil), s.initOrigins()...)
}

// initOrigins makes the set of the origin that was connected to.
func (s *Session) initOrigins() []string {
	if s.originsMade {
		return s.origins
	}
	s.originsMade = true
	host, port := "", 0
	if n, ok := s.socket.(net.Socketer); ok {
		host, port = n.AsSocket().RemoteAddress(), n.AsSocket().RemotePort()
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
	}
	if t, ok := s.socket.(*tls.Socket); ok {
		name := t.Servername
		if t.IsServer {
			name = t.State().ServerName
		}
		if name != "" {
			host = name
		}
	}
	o := "https://" + strings.ToLower(host)
	if port != 0 && port != 443 {
		o += ":" + strconv.Itoa(port)
	}
	s.origins = []string{o}
	return s.origins
}

func (s *Session) addOrigin(o string) {
	for _, x := range s.initOrigins() {
		if x == o {
			return
		}
	}
	s.origins = append(s.origins, o)
}

// dropOrigin takes an origin out for which the server has answered 421.
func (s *Session) dropOrigin(o string) {
	list := s.initOrigins()
	for i, x := range list {
		if x == o {
			s.origins = append(list[:i:i], list[i+1:]...)
			return
		}
	}
}

// originOf is the origin of a URL, "null" where it has none.
func originOf(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "null"
	}
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "https":
		host = strings.TrimSuffix(host, ":443")
	case "http":
		host = strings.TrimSuffix(host, ":80")
	default:
		return "null"
	}
	return u.Scheme + "://" + host
}

// Origin announces origins, each as the text of a URL.
func (s *Session) Origin(origins []string) error {
	if s.Destroyed() || s.conn == nil {
		return nodeerr.HTTP2("INVALID_SESSION")
	}
	n := 0
	list := make([]string, 0, len(origins))
	for _, o := range origins {
		if o = originOf(o); o == "null" {
			return nodeerr.HTTP2("INVALID_ORIGIN")
		}
		n += len(o)
		list = append(list, o)
	}
	if n > maxALTSVC {
		return nodeerr.HTTP2("ORIGIN_LENGTH")
	}
	if len(list) > 0 {
		s.conn.Origin(list)
		s.schedule()
	}
	return nil
}

// AltSvc announces an alternative service (RFC 7838) for an origin, or for a
// stream.
func (s *Session) AltSvc(value, origin string, id uint32) error {
	if s.Destroyed() || s.conn == nil {
		return nodeerr.HTTP2("INVALID_SESSION")
	}
	for i := 0; i < len(value); i++ {
		if c := value[i]; c < 0x20 && c != '\t' || c == '\\' || c == 0x7f {
			return nodeerr.InvalidChar("alt", "")
		}
	}
	if len(value)+len(origin) > maxALTSVC {
		return nodeerr.HTTP2("ALTSVC_LENGTH")
	}
	s.conn.AltSvc(id, origin, value)
	s.schedule()
	return nil
}
