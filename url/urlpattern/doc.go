// Package urlpattern implements URLPattern: patterns that match URLs part by
// part (https://urlpattern.spec.whatwg.org/,
// https://nodejs.org/docs/latest-v24.x/api/url.html#class-urlpattern).
//
//	p, err := urlpattern.New("https://*.example.org/users/:id", nil, urlpattern.Options{})
//	match := p.Exec("https://www.example.org/users/7", nil)
//	match.Pathname.Groups["id"] // "7"
//
// A pattern's own regular expressions, in parentheses, are those of JavaScript.
// They are compiled by Options.Compile; without it by package regexp, which
// knows most of their syntax.
//
// A *Pattern is immutable and may be used from any goroutine if its regular
// expressions may. Errors are TypeErrors, ERR_INVALID_URL_PATTERN.
package urlpattern
