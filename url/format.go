package url

import "github.com/spindle-js/spindle/internal/idna"

// FormatOptions are the options of url.format(url, options). The zero value
// leaves out what Node shows by default: start from DefaultFormat.
type FormatOptions struct {
	Auth     bool // the credentials
	Fragment bool
	Search   bool
	Unicode  bool // the host in Unicode
}

// DefaultFormat shows everything, and the host in ASCII.
var DefaultFormat = FormatOptions{Auth: true, Fragment: true, Search: true}

// Format serialises u with some parts left out
// (https://nodejs.org/docs/latest-v24.x/api/url.html#urlformaturl-options).
func (u *URL) Format(opts FormatOptions) string {
	if opts == DefaultFormat {
		return u.href
	}
	r := u.record()
	if !opts.Auth {
		r.username, r.password = "", ""
	}
	if !opts.Fragment {
		r.fragment, r.hasFrag = "", false
	}
	if !opts.Search {
		r.query, r.hasQuery = "", false
	}
	if opts.Unicode {
		r.host = idna.ToUnicode(r.host)
	}
	var out URL
	r.assemble(&out)
	return out.href
}
