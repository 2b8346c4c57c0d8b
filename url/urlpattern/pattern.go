package urlpattern

import (
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// Options are how to read a pattern.
type Options struct {
	// IgnoreCase compares path, query and fragment without regard to case.
	IgnoreCase bool
	// Compile compiles regular expressions of JavaScript; nil stands for
	// package regexp.
	Compile func(source string, ignoreCase bool) (Regexp, error)
}

// Pattern is a compiled pattern.
type Pattern struct {
	protocol, username, password, hostname, port, pathname, search, hash component
}

// New makes a pattern of one that is written as a URL. base, a URL, completes
// it; without one the pattern must have a protocol.
func New(pattern string, base *string, opts Options) (*Pattern, error) {
	c := opts.compiler()
	in, ok := c.parseString(pattern)
	if !ok || base == nil && in.Protocol == nil {
		return nil, invalid()
	}
	in.BaseURL = base
	return c.create(in, opts.IgnoreCase)
}

// NewInit makes a pattern of its parts; those that are missing match anything.
func NewInit(in Init, opts Options) (*Pattern, error) {
	return opts.compiler().create(in, opts.IgnoreCase)
}

func (o *Options) compiler() *compiler {
	c := &compiler{regexp: o.Compile}
	if c.regexp == nil {
		c.regexp = compileGo
	}
	return c
}

// ErrBase is the error of parts that are given together with a base URL, which
// belongs into the parts.
func ErrBase() error { return invalid() }

func invalid() error {
	return nodeerr.New(nodeerr.KindType, "ERR_INVALID_URL_PATTERN", "Failed to construct URLPattern")
}

// create compiles the components.
func (c *compiler) create(in Init, ignoreCase bool) (*Pattern, error) {
	in, ok := in.process(true)
	if !ok {
		return nil, invalid()
	}
	if port, special := defaultPorts[or(in.Protocol, "")]; special && in.Port != nil && *in.Port == port {
		in.Port = text("")
	}
	p := new(Pattern)
	compile := func(to *component, in *string, opts options, encode func(string) (string, bool)) {
		if !ok {
			return
		}
		*to, ok = c.compile(or(in, "*"), opts, encode)
	}
	compile(&p.protocol, in.Protocol, defaultOptions, canonicalProtocol)
	compile(&p.username, in.Username, defaultOptions, canonicalUsername)
	compile(&p.password, in.Password, defaultOptions, canonicalPassword)
	encodeHost := canonicalHostname
	if isIPv6(or(in.Hostname, "*")) {
		encodeHost = canonicalIPv6
	}
	compile(&p.hostname, in.Hostname, hostnameOptions, encodeHost)
	compile(&p.port, in.Port, defaultOptions, canonicalPort)
	c.ignoreCase = ignoreCase
	if ok && p.protocol.matchesSpecial() {
		compile(&p.pathname, in.Pathname, pathnameOptions, canonicalPathname)
	} else {
		compile(&p.pathname, in.Pathname, defaultOptions, canonicalOpaquePathname)
	}
	compile(&p.search, in.Search, defaultOptions, canonicalSearch)
	compile(&p.hash, in.Hash, defaultOptions, canonicalHash)
	if !ok {
		return nil, invalid()
	}
	return p, nil
}

// isIPv6 reports whether the pattern of a host name is one of an IPv6 address.
func isIPv6(pattern string) bool {
	return len(pattern) >= 2 && (pattern[0] == '[' || strings.HasPrefix(pattern, "{[") || strings.HasPrefix(pattern, `\[`))
}

// Protocol returns the component's pattern in its normal form, as do the
// methods after it.
func (p *Pattern) Protocol() string { return p.protocol.pattern }

// Username returns the component's pattern.
func (p *Pattern) Username() string { return p.username.pattern }

// Password returns the component's pattern.
func (p *Pattern) Password() string { return p.password.pattern }

// Hostname returns the component's pattern.
func (p *Pattern) Hostname() string { return p.hostname.pattern }

// Port returns the component's pattern.
func (p *Pattern) Port() string { return p.port.pattern }

// Pathname returns the component's pattern.
func (p *Pattern) Pathname() string { return p.pathname.pattern }

// Search returns the component's pattern.
func (p *Pattern) Search() string { return p.search.pattern }

// Hash returns the component's pattern.
func (p *Pattern) Hash() string { return p.hash.pattern }

// HasRegExpGroups reports whether the pattern has regular expressions of its
// own.
func (p *Pattern) HasRegExpGroups() bool {
	for _, c := range p.components() {
		if c.custom {
			return true
		}
	}
	return false
}

func (p *Pattern) components() [8]*component {
	return [...]*component{&p.protocol, &p.username, &p.password, &p.hostname, &p.port, &p.pathname, &p.search, &p.hash}
}

// Result is the match of one component: Groups holds the values of its groups
// by name, nil for one that took no part, and Names their order.
type Result struct {
	Input  string
	Names  []string
	Groups map[string]*string
}

// Match is the match of a pattern.
type Match struct {
	Protocol, Username, Password, Hostname, Port, Pathname, Search, Hash Result
}

// Exec matches a URL, relative to base if that is not nil. It returns nil if
// the URL does not match or is not valid. As in Node, one without a scheme is
// valid without a base, and has an empty protocol and host.
func (p *Pattern) Exec(input string, base *string) *Match {
	if base != nil {
		u, err := url.ParseRef(input, *base)
		if err != nil {
			return nil
		}
		return p.match(partsOf(u))
	}
	u, err := url.Parse(input)
	if err == nil {
		return p.match(partsOf(u))
	}
	const none = "none://none"
	if u, err = url.ParseRef(input, none); err != nil || u.Protocol() != "none:" {
		return nil
	}
	parts := partsOf(u)
	parts[0] = ""
	if parts[3] == "none" {
		parts[3] = ""
	}
	return p.match(parts)
}

// partsOf returns the parts of a URL in the order of components.
func partsOf(u *url.URL) [8]string {
	return [...]string{
		strings.TrimSuffix(u.Protocol(), ":"), u.Username(), u.Password(), u.Hostname(), u.Port(), u.Pathname(),
		strings.TrimPrefix(u.Search(), "?"), strings.TrimPrefix(u.Hash(), "#"),
	}
}

// ExecInit matches the parts of a URL; missing ones are empty.
func (p *Pattern) ExecInit(in Init) *Match {
	in, ok := in.process(false)
	if !ok {
		return nil
	}
	return p.match([8]string{
		or(in.Protocol, ""), or(in.Username, ""), or(in.Password, ""), or(in.Hostname, ""), or(in.Port, ""),
		or(in.Pathname, ""), or(in.Search, ""), or(in.Hash, ""),
	})
}

// match matches the components, in their order.
func (p *Pattern) match(inputs [8]string) *Match {
	m := new(Match)
	results := [...]*Result{&m.Protocol, &m.Username, &m.Password, &m.Hostname, &m.Port, &m.Pathname, &m.Search, &m.Hash}
	for i, c := range p.components() {
		groups, ok := c.regexp.Match(inputs[i])
		if !ok {
			return nil
		}
		*results[i] = Result{Input: inputs[i], Names: c.names, Groups: make(map[string]*string, len(groups))}
		for j, name := range c.names {
			if j < len(groups) && !(c.empty[j] && groups[j] != nil && *groups[j] == "") {
				results[i].Groups[name] = groups[j]
				continue
			}
			results[i].Groups[name] = nil
		}
	}
	return m
}
