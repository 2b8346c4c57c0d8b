package url

import "strings"

// set is a bit mask of percent-encode sets
// (https://url.spec.whatwg.org/#percent-encoded-bytes) and of other classes of
// bytes that the parser looks up.
type set uint16

const (
	setControl      set = 1 << iota // C0 control percent-encode set
	setFragment                     // fragment percent-encode set
	setQuery                        // query percent-encode set
	setSpecialQuery                 // special-query percent-encode set
	setPath                         // path percent-encode set
	setUserinfo                     // userinfo percent-encode set
	setForm                         // application/x-www-form-urlencoded percent-encode set
	setHost                         // forbidden host code points
	setDomain                       // forbidden domain code points
	setFastHost                     // not to be taken as it is in a domain
	setFastPath                     // not to be taken as it is in a path, or to be looked at
)

// sets tells for each byte which sets hold it.
var sets = func() (t [256]set) {
	in := func(s set, chars string) {
		for i := range len(chars) {
			t[chars[i]] |= s
		}
	}
	all := setControl | setFragment | setQuery | setSpecialQuery | setPath | setUserinfo | setForm | setFastHost | setFastPath
	for c := range 256 {
		if c < 0x20 || c > 0x7e {
			t[c] = all
		}
		if c < 0x20 || c == 0x7f {
			t[c] |= setDomain
		}
	}
	in(setFragment, " \"<>`")
	in(setQuery, " \"#<>")
	in(setSpecialQuery, " \"#<>'")
	in(setPath, " \"#<>?^`{}")
	in(setUserinfo, " \"#<>?^`{}/:;=@[\\]|")
	in(setForm, " \"#<>?^`{}/:;=@[\\]|$%&+,!'()~")
	in(setHost, "\x00\t\n\r #/:<>?@[\\]^|")
	in(setDomain, "\x00\t\n\r #/:<>?@[\\]^|%")
	in(setFastHost, " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}~ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	in(setFastPath, " \"#<>?^`{}%\\.")
	return t
}()

const upperHex = "0123456789ABCDEF"

// firstIn returns the index of the first byte of s that is in set, or len(s).
func firstIn(s string, in set) int {
	for i := range len(s) {
		if sets[s[i]]&in != 0 {
			return i
		}
	}
	return len(s)
}

// encode percent-encodes the bytes of s that are in set.
func encode(s string, in set) string {
	if i := firstIn(s, in); i == len(s) {
		return s
	}
	return string(appendEncoded(make([]byte, 0, len(s)+len(s)/2+8), s, in))
}

func appendEncoded(dst []byte, s string, in set) []byte {
	for {
		i := firstIn(s, in)
		dst = append(dst, s[:i]...)
		if i == len(s) {
			return dst
		}
		dst = append(dst, '%', upperHex[s[i]>>4], upperHex[s[i]&15])
		s = s[i+1:]
	}
}

// decode percent-decodes s: each "%" followed by two hexadecimal digits is the
// byte they name.
func decode(s string) string {
	i := strings.IndexByte(s, '%')
	if i < 0 {
		return s
	}
	dst := make([]byte, 0, len(s))
	for i >= 0 {
		dst = append(dst, s[:i]...)
		if i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			dst = append(dst, hexValue(s[i+1])<<4|hexValue(s[i+2]))
			s = s[i+3:]
		} else {
			dst = append(dst, '%')
			s = s[i+1:]
		}
		i = strings.IndexByte(s, '%')
	}
	return string(append(dst, s...))
}
