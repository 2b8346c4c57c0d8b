package url

import "github.com/spindle-js/spindle/querystring"

// Legacy is the result of url.parse: Node's Url object. Its fields have the
// names and the order of the object's properties, and are null where those are.
type Legacy struct {
	Protocol NullString // with its colon, in lower case
	Slashes  bool       // null or true in Node
	Auth     NullString // decoded
	Host     NullString // with the port
	Port     NullString
	Hostname NullString
	Hash     NullString // with "#"
	Search   NullString // with "?"
	Query    LegacyQuery
	Pathname NullString
	Path     NullString // Pathname and Search
	Href     string

	// InvalidPort says that the host had a colon that begins no port, of which
	// Node warns (DEP0170).
	InvalidPort bool
}

// NullString is a string or null.
type NullString struct {
	String string
	Valid  bool
}

// Text returns a NullString that is not null.
func Text(s string) NullString { return NullString{s, true} }

// LegacyQuery is the query of a Legacy: a string without "?", null, or the
// parsed pairs.
type LegacyQuery struct {
	NullString
	Pairs *querystring.Values // not nil if the query was to be parsed

	// Host is the host's object that the query came from, and the string what
	// it is written as; Resolve carries it along.
	Host any
}

// slashed tells the protocols whose URLs have "//" and a path that begins with
// a slash.
func slashed(protocol string) bool {
	switch protocol {
	case "http", "http:", "https", "https:", "ftp", "ftp:", "gopher", "gopher:", "file", "file:", "ws", "ws:", "wss", "wss:":
		return true
	}
	return false
}

// scripted tells the protocol that has no host and is not escaped.
func scripted(protocol string) bool { return protocol == "javascript" || protocol == "javascript:" }
