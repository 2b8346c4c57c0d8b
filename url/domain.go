package url

import "github.com/spindle-js/spindle/internal/idna"

// DomainToASCII returns the ASCII form of domain, as url.domainToASCII does: ""
// if it is not valid. What a slash, "?" or "#" begins is ignored; an address is
// written in its normal form.
func DomainToASCII(domain string) string {
	u := URL{href: "ws://x/", parts: parts{protocolEnd: 3, usernameEnd: 5, hostStart: 5, hostEnd: 6, pathname: 6,
		search: omitted, hash: omitted, port: noPort, scheme: SchemeWS}}
	if !u.setHost(domain, false) {
		return ""
	}
	return u.Hostname()
}

// DomainToUnicode returns the Unicode form of domain, as url.domainToUnicode
// does: "" if it is not valid.
func DomainToUnicode(domain string) string {
	return idna.ToUnicode(DomainToASCII(domain))
}
