package protocol

import (
	"strconv"
	"strings"
)

// ignoredField says that a field is dropped and the message goes on.
const ignoredField LibError = 1

// rules checks the fields and the length of a message that is received
// (RFC 9113, section 8).
type rules struct {
	cat       Category
	last      bool
	push      bool
	complete  bool // the final headers were received
	trailing  bool
	noPseudo  bool // a field that is no pseudo-header has passed
	connect   bool
	seen      pseudo
	status    int
	length    int64 // of content-length, -1 for none
	hasLength bool
	got       int64
	noBody    bool // an answer without a body, whatever its length says
	head      bool // an answer to HEAD
}

type pseudo uint8

const (
	sawMethod pseudo = 1 << iota
	sawPath
	sawScheme
	sawAuthority
	sawHost
	sawProtocol
	sawStatus
)

// begin starts a block.
func (r *rules) begin(cat Category, end bool) {
	r.cat, r.last, r.noPseudo, r.seen, r.status = cat, end, false, 0, 0
	if r.trailing = cat == CatHeaders && r.complete; !r.trailing {
		r.hasLength, r.connect = false, r.connect && cat != CatRequest
	}
}

// field checks one field.
func (r *rules) field(c *Conn, name, value string) LibError {
	if name == "" {
		r.noPseudo = true
		return ignoredField
	}
	if name[0] == ':' {
		return r.pseudo(c, name, value)
	}
	r.noPseudo = true
	for i := 0; i < len(name); i++ {
		if name[i] >= 'A' && name[i] <= 'Z' {
			return ErrHTTPHeader
		}
		if !tokenByte[name[i]] {
			return ignoredField
		}
	}
	if !r.value(c, value) {
		if name == "host" || name == "content-length" || name == "te" {
			return ErrHTTPHeader
		}
		return ignoredField
	}
	switch name {
	case "host":
		if r.request() {
			if !authority(value) {
				return ErrHTTPHeader
			}
			r.seen |= sawHost
		}
	case "content-length":
		if r.trailing {
			return ErrHTTPHeader
		}
		if r.status == 204 || r.status/100 == 1 || r.connect && r.status/100 == 2 {
			// Others send "content-length: 0" with these.
			if r.status == 204 && value == "0" {
				return ignoredField
			}
			if r.status == 204 || r.status/100 == 1 {
				return ErrHTTPHeader
			}
			return ignoredField
		}
		n, err := strconv.ParseUint(value, 10, 63)
		if err != nil || r.hasLength {
			return ErrHTTPHeader
		}
		r.hasLength, r.length = true, int64(n)
	case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade":
		return ErrHTTPHeader
	case "te":
		if !strings.EqualFold(value, "trailers") {
			return ErrHTTPHeader
		}
	}
	return 0
}

func (r *rules) request() bool { return r.cat == CatRequest }

func (r *rules) pseudo(c *Conn, name, value string) LibError {
	if r.noPseudo || r.trailing || !r.value(c, value) {
		return ErrHTTPHeader
	}
	var bit pseudo
	if r.request() {
		switch name {
		case ":method":
			bit = sawMethod
			if value == "" || !token(value) {
				return ErrHTTPHeader
			}
			r.connect, r.head = value == "CONNECT", value == "HEAD"
			if r.push && r.connect {
				return ErrHTTPHeader
			}
		case ":path":
			if bit = sawPath; !visible(value) {
				return ErrHTTPHeader
			}
		case ":scheme":
			if bit = sawScheme; !visible(value) {
				return ErrHTTPHeader
			}
		case ":authority":
			if bit = sawAuthority; value == "" || !authority(value) {
				return ErrHTTPHeader
			}
		case ":protocol":
			if bit = sawProtocol; r.push || value == "" || c.local.EnableConnectProtocol == 0 && !c.announced(SettingEnableConnectProtocol) {
				return ErrHTTPHeader
			}
		}
	} else if name == ":status" {
		bit = sawStatus
		n, err := strconv.Atoi(value)
		if len(value) != 3 || err != nil || n == 101 {
			return ErrHTTPHeader
		}
		r.status = n
	}
	if bit == 0 || r.seen&bit != 0 {
		return ErrHTTPHeader
	}
	r.seen |= bit
	return 0
}

// announced reports whether a setting that waits for its answer is not 0.
func (c *Conn) announced(id uint16) bool {
	for _, a := range c.pendingACK {
		for _, x := range a.list {
			if x.ID == id && x.Value != 0 {
				return true
			}
		}
	}
	return false
}

// headersDone checks what a complete block has, and reports whether that will do.
func (r *rules) headersDone(*Conn) bool {
	switch {
	case r.trailing:
		return r.last
	case r.request():
		if r.connect && r.seen&sawProtocol == 0 {
			if r.seen&(sawPath|sawScheme) != 0 || r.seen&sawAuthority == 0 {
				return false
			}
		} else if r.seen&(sawMethod|sawPath|sawScheme) != sawMethod|sawPath|sawScheme || r.seen&(sawAuthority|sawHost) == 0 ||
			r.seen&sawProtocol != 0 && (!r.connect || r.seen&sawAuthority == 0) {
			return false
		}
		r.complete = !r.push
		r.got = 0
		return true
	}
	if r.seen&sawStatus == 0 {
		return false
	}
	if r.status/100 == 1 {
		return !r.last
	}
	r.complete = true
	r.noBody = r.head || r.status == 304 || r.status == 204
	return true
}

// data counts a part of a body, and reports whether it may be there.
func (r *rules) data(n int) bool {
	r.got += int64(n)
	if r.trailing {
		return false
	}
	return !r.hasLength || r.noBody && n == 0 || !r.noBody && r.got <= r.length
}

// end reports whether the message is as long as it said.
func (r *rules) end() bool {
	return !r.hasLength || r.noBody || r.connect || r.got == r.length
}

// value reports whether a field's value has only bytes that it may have.
func (r *rules) value(c *Conn, v string) bool {
	if v == "" {
		return true
	}
	if !c.o.LaxWhitespace && (blank(v[0]) || blank(v[len(v)-1])) {
		return false
	}
	for i := 0; i < len(v); i++ {
		if b := v[i]; b < 0x20 && b != '\t' || b == 0x7f {
			return false
		}
	}
	return true
}

func blank(b byte) bool { return b == ' ' || b == '\t' }

// tokenByte has the bytes of a token (RFC 9110, section 5.6.2).
var tokenByte = func() (t [256]bool) {
	for c := '0'; c <= '9'; c++ {
		t[c] = true
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-32] = true, true
	}
	for _, c := range "!#$%&'*+-.^_`|~" {
		t[c] = true
	}
	return t
}()

func token(s string) bool {
	for i := 0; i < len(s); i++ {
		if !tokenByte[s[i]] {
			return false
		}
	}
	return true
}

// visible reports whether s has bytes, and none that is a blank or a control.
func visible(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= 0x20 || s[i] == 0x7f {
			return false
		}
	}
	return s != ""
}

// authority reports whether s may be an authority (RFC 3986, section 3.2).
func authority(s string) bool {
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || strings.IndexByte("!$%&'()*+,-.:;=@[]_~", b) >= 0 {
			continue
		}
		return false
	}
	return true
}
