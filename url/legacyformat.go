package url

import (
	"strings"
	"unicode/utf8"

	"github.com/spindle-js/spindle/querystring"
)

// Format serialises u as url.format(urlObject) does: Host goes before Hostname
// and Port, Search before the pairs of Query. It fails with ERR_INVALID_URI for an Auth, or
// pairs, with a lone surrogate.
func (u *Legacy) Format() (string, error) {
	auth := u.Auth.String
	if auth != "" {
		escaped, err := querystring.EscapeExcept(auth, ":")
		if err != nil {
			return "", err
		}
		auth = escaped + "@"
	}
	host := ""
	switch {
	case u.Host.String != "":
		host = auth + u.Host.String
	case u.Hostname.String != "":
		host = auth + u.Hostname.String
		if name := u.Hostname.String; strings.Contains(name, ":") && !(len(name) > 1 && name[0] == '[' && name[len(name)-1] == ']') {
			host = auth + "[" + name + "]"
		}
		if u.Port.String != "" {
			host += ":" + u.Port.String
		}
	}
	search, err := u.searchText()
	if err != nil {
		return "", err
	}
	protocol := u.Protocol.String
	if protocol != "" && protocol[len(protocol)-1] != ':' {
		protocol += ":"
	}
	pathname := u.Pathname.String
	if strings.ContainsAny(pathname, "#?") {
		pathname = strings.NewReplacer("#", "%23", "?", "%3F").Replace(pathname)
	}
	if u.Slashes || slashed(protocol) {
		if u.Slashes || host != "" {
			if pathname != "" && pathname[0] != '/' {
				pathname = "/" + pathname
			}
			host = "//" + host
		} else if strings.HasPrefix(protocol, "file") {
			host = "//"
		}
	}
	hash := u.Hash.String
	if hash != "" && hash[0] != '#' {
		hash = "#" + hash
	}
	return protocol + host + pathname + strings.ReplaceAll(search, "#", "%23") + hash, nil
}

// searchText returns Search, or parsed pairs if that is empty, with "?"; a query
// that is a string counts for nothing. Pairs are written even where Search
// makes that useless, since Node finds a lone surrogate in them then.
func (u *Legacy) searchText() (string, error) {
	search, query := u.Search.String, ""
	switch {
	case u.Query.Host != nil:
		query = u.Query.String
	case u.Query.Pairs != nil && (search == "" || !utf8.ValidString(search)):
		var err error
		if query, err = querystring.Stringify(u.Query.Pairs); err != nil {
			return "", err
		}
	}
	switch {
	case search == "" && query != "":
		return "?" + query, nil
	case search != "" && search[0] != '?':
		return "?" + search, nil
	}
	return search, nil
}
