package http2

import (
	"net/url"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

func textChunk(s string) buffer.Chunk { return buffer.Text(s) }

// Connect begins a session with the server of a URL of the scheme http; the
// session is told of at 'connect'. For https make a tls.Socket with ALPN "h2" and
// give it to NewClientSession. Errors: a URL that is none,
// ERR_HTTP2_UNSUPPORTED_PROTOCOL.
func Connect(l *loop.Loop, authority string, o Options) (*Session, error) {
	u, err := url.Parse(authority)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "http" {
		return nil, nodeerr.HTTP2("UNSUPPORTED_PROTOCOL", u.Scheme+":")
	}
	port := number(u.Port())
	if u.Port() == "" {
		port = 80
	}
	sock, err := net.NewSocket(l, net.NewSocketOptions())
	if err != nil {
		return nil, err
	}
	co := net.ConnectOptions{Host: u.Hostname(), Port: port}
	if err := sock.Connect(co, nil); err != nil {
		return nil, err
	}
	s, err := NewClientSession(sock, o)
	if err != nil {
		return nil, err
	}
	s.Authority, s.Scheme = u.Host, u.Scheme
	return s, nil
}
