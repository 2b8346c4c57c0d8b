package url

import (
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/querystring"
)

// HTTPOptions is what url.urlToHttpOptions makes of a URL, for http.request.
type HTTPOptions struct {
	Protocol string
	Hostname string // without the brackets of an IPv6 address
	Hash     string
	Search   string
	Pathname string
	Path     string // Pathname and Search
	Href     string
	Port     int // 0 if HasPort is false, or for ":0"
	HasPort  bool
	Auth     string // decoded "user:password"; "" for none
}

// ToHTTPOptions returns the options of a request for u. It fails with a URIError
// for credentials that are not encoded well.
func (u *URL) ToHTTPOptions() (HTTPOptions, error) {
	o := HTTPOptions{
		Protocol: u.Protocol(),
		Hostname: strings.Trim(u.Hostname(), "[]"),
		Hash:     u.Hash(),
		Search:   u.Search(),
		Pathname: u.Pathname(),
		Href:     u.href,
	}
	o.Path = o.Pathname + o.Search
	if port := u.Port(); port != "" {
		o.HasPort = true
		o.Port, _ = strconv.Atoi(port) // at most five digits
	}
	if u.hasCredentials() {
		auth, err := Credentials(u.Username(), u.Password())
		if err != nil {
			return HTTPOptions{}, err
		}
		o.Auth = auth
	}
	return o, nil
}

// Credentials decodes a username and password and joins them by a colon. It
// fails with a URIError if they are not encoded well.
func Credentials(username, password string) (string, error) {
	user, ok := querystring.DecodeComponent(username)
	pass, ok2 := querystring.DecodeComponent(password)
	if !ok || !ok2 {
		return "", nodeerr.New(nodeerr.KindURI, "", "URI malformed")
	}
	return user + ":" + pass, nil
}
