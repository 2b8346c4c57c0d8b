package http2

import (
	"strings"
	"sync"

	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/nodeerr"
)

// Headers are the fields of a block that was received, in their order, with
// names in lower case and pseudo-headers first.
type Headers struct {
	Fields []protocol.Field
	// Host and HostRaw are free for a host to keep what it made of them.
	Host, HostRaw any
}

// Get returns the value of a field, "" for none: values of the same name are
// joined by ", ", those of cookie by "; "; of a field that may have one value
// only, the first counts.
func (h *Headers) Get(name string) string {
	out, found := "", false
	for _, f := range h.Fields {
		switch {
		case f.Name != name:
		case !found:
			out, found = f.Value, true
		case singleValue()[name]:
		case name == "cookie":
			out += "; " + f.Value
		default:
			out += ", " + f.Value
		}
	}
	return out
}

// Has reports whether there is a field of that name.
func (h *Headers) Has(name string) bool {
	for _, f := range h.Fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

// Status returns :status, 0 for none.
func (h *Headers) Status() int { return number(h.Get(":status")) }

func number(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// RawHeaders shows headers as the list of names and values that the event
// 'stream' has as its last argument.
type RawHeaders struct{ *Headers }

// Value is the value of a field to be sent: Text is one string, or several if
// List is set. Host is the host's own value.
type Value struct {
	Text []string
	List bool
	Host any
}

// Text makes a Value of a string.
func Text(s string) Value { return Value{Text: []string{s}} }

// Header is one field to be sent. Absent says that it has a name only: it is
// shown and not sent.
type Header struct {
	Name   string
	Value  Value
	Absent bool
}

// Outgoing are fields to be sent.
type Outgoing struct {
	List []Header
	// Sensitive lists the names of those that no table may keep.
	Sensitive []string
	// Raw says that names may be there several times, as in a list of names and
	// values.
	Raw bool
	// Host is free for a host to keep what it made of them, HostSensitive its
	// own value of Sensitive.
	Host, HostSensitive any
}

// NewOutgoing makes fields of names and values in turn.
func NewOutgoing(pairs ...string) *Outgoing {
	o := &Outgoing{}
	for i := 0; i+1 < len(pairs); i += 2 {
		o.List = append(o.List, Header{Name: pairs[i], Value: Text(pairs[i+1])})
	}
	return o
}

// Get returns the first field of a name, as it is spelled.
func (o *Outgoing) Get(name string) (Value, bool) {
	for _, h := range o.List {
		if h.Name == name && !h.Absent {
			return h.Value, true
		}
	}
	return Value{}, false
}

// text returns the value of a field as one string, "" for none.
func (o *Outgoing) text(name string) string {
	v, _ := o.Get(name)
	return strings.Join(v.Text, ",")
}

func (o *Outgoing) has(name string) bool { _, ok := o.Get(name); return ok }

// fold is Get for a list of names and values, where case does not count.
func (o *Outgoing) fold(name string) (Value, bool) {
	for _, h := range o.List {
		if !h.Absent && strings.EqualFold(h.Name, name) {
			return h.Value, true
		}
	}
	return Value{}, false
}

// Set replaces or adds a field.
func (o *Outgoing) Set(name string, v Value) {
	for i := range o.List {
		if o.List[i].Name == name {
			o.List[i].Value, o.List[i].Absent = v, false
			return
		}
	}
	o.List = append(o.List, Header{Name: name, Value: v})
}

// Clone returns a copy of the list.
func (o *Outgoing) Clone() *Outgoing {
	return &Outgoing{List: append([]Header(nil), o.List...), Sensitive: o.Sensitive, Raw: o.Raw, HostSensitive: o.HostSensitive}
}

// pseudoRule says which pseudo-headers may be sent.
type pseudoRule int

const (
	anyPseudo pseudoRule = iota
	statusOnly
	noPseudo
)

var validPseudo = map[string]bool{":status": true, ":method": true, ":authority": true, ":scheme": true, ":path": true, ":protocol": true}

// build makes the fields of a block, pseudo-headers first, or returns the error
// for one that may not be sent.
func (o *Outgoing) build(rule pseudoRule) ([]protocol.Field, error) {
	fields := make([]protocol.Field, 0, len(o.List)+1)
	var pseudo []protocol.Field
	var singles map[string]bool
	for i := range o.List {
		h := &o.List[i]
		if h.Absent || h.Name == "" {
			continue
		}
		name := lower(h.Name)
		texts := h.Value.Text
		if h.Value.List && len(texts) == 0 {
			continue
		}
		if singleValue()[name] {
			if len(texts) > 1 || singles[name] {
				return nil, nodeerr.HTTP2("HEADER_SINGLE_VALUE", name)
			}
			if singles == nil {
				singles = map[string]bool{}
			}
			singles[name] = true
		}
		never := o.sensitive(name)
		if name[0] == ':' {
			if rule == noPseudo || rule == statusOnly && name != ":status" || !validPseudo[name] {
				return nil, nodeerr.HTTP2("INVALID_PSEUDOHEADER", name)
			}
			pseudo = append(pseudo, protocol.Field{Name: name, Value: join(texts), Never: never})
			continue
		}
		if !Token(name) {
			return nil, nodeerr.InvalidHTTPToken("Header name", name)
		}
		if forbidden(name, texts) {
			return nil, nodeerr.HTTP2("INVALID_CONNECTION_HEADERS", name)
		}
		for _, t := range texts {
			fields = append(fields, protocol.Field{Name: name, Value: t, Never: never})
		}
	}
	return append(pseudo, fields...), nil
}

func join(texts []string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	return strings.Join(texts, ",")
}

func (o *Outgoing) sensitive(name string) bool {
	for _, s := range o.Sensitive {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	return false
}

func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ToLower(s)
		}
	}
	return s
}

// forbidden reports whether a field belongs to connections of HTTP/1
// (RFC 9113, section 8.2.2).
func forbidden(name string, texts []string) bool {
	switch name {
	case "connection", "upgrade", "http2-settings", "keep-alive", "proxy-connection", "transfer-encoding":
		return true
	case "te":
		return len(texts) != 1 || texts[0] != "trailers"
	}
	return false
}

// Token reports whether s is a token (RFC 9110, section 5.6.2), as a field's
// name has to be.
func Token(s string) bool {
	if s == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0 {
			continue
		}
		return false
	}
	return true
}

// singleValue has the fields that may be there once only.
var singleValue = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(`:status :method :authority :scheme :path :protocol
		access-control-allow-credentials access-control-max-age access-control-request-method age authorization content-encoding
		content-language content-length content-location content-md5 content-range content-type date dnt etag expires from host if-match
		if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards proxy-authorization range referer
		retry-after tk upgrade-insecure-requests user-agent x-content-type-options`) {
		m[n] = true
	}
	return m
})

// NewField makes a field.
func NewField(name, value string) protocol.Field { return protocol.Field{Name: name, Value: value} }
