package url

import "strconv"

// parseIPv6 is the IPv6 parser (https://url.spec.whatwg.org/#concept-ipv6-parser)
// for an address without its brackets.
func parseIPv6(in string) (groups [8]uint16, ok bool) {
	n := 0         // groups read
	compress := -1 // where "::" stands
	if len(in) >= 1 && in[0] == ':' {
		if len(in) < 2 || in[1] != ':' {
			return groups, false
		}
		in = in[2:]
		compress = 0
	}
	for in != "" {
		if n == 8 {
			return groups, false
		}
		if in[0] == ':' {
			if compress >= 0 {
				return groups, false
			}
			in = in[1:]
			compress = n
			continue
		}
		value, digits := uint16(0), 0
		for digits < 4 && digits < len(in) && isHex(in[digits]) {
			value = value<<4 | uint16(hexValue(in[digits]))
			digits++
		}
		rest := in[digits:]
		if rest != "" && rest[0] == '.' {
			if digits == 0 || n > 6 {
				return groups, false
			}
			high, low, ok := parseEmbeddedIPv4(in)
			if !ok {
				return groups, false
			}
			groups[n], groups[n+1] = high, low
			n += 2
			break
		}
		if rest != "" {
			if rest[0] != ':' || len(rest) == 1 {
				return groups, false
			}
			rest = rest[1:]
		}
		groups[n] = value
		n++
		in = rest
	}
	if compress >= 0 && n < 8 {
		tail := n - compress
		copy(groups[8-tail:], groups[compress:n])
		clear(groups[compress : 8-tail])
		return groups, true
	}
	return groups, compress < 0 && n == 8
}

// parseEmbeddedIPv4 reads the dotted decimal end of an IPv6 address.
func parseEmbeddedIPv4(in string) (high, low uint16, ok bool) {
	var bytes [4]uint16
	for i := range bytes {
		if i > 0 {
			if in == "" || in[0] != '.' {
				return 0, 0, false
			}
			in = in[1:]
		}
		digits := 0
		for digits < len(in) && isDigit(in[digits]) {
			if digits > 0 && bytes[i] == 0 {
				return 0, 0, false // a leading zero
			}
			if bytes[i] = bytes[i]*10 + uint16(in[digits]-'0'); bytes[i] > 255 {
				return 0, 0, false
			}
			digits++
		}
		if digits == 0 {
			return 0, 0, false
		}
		in = in[digits:]
	}
	return bytes[0]<<8 | bytes[1], bytes[2]<<8 | bytes[3], in == ""
}

// formatIPv6 is the IPv6 serialiser, with brackets: the first longest run of two
// or more zero groups is "::".
func formatIPv6(groups [8]uint16) string {
	start, length := -1, 1
	for i := 0; i < 8; i++ {
		n := 0
		for i+n < 8 && groups[i+n] == 0 {
			n++
		}
		if n > length {
			start, length = i, n
		}
		i += n
	}
	b := make([]byte, 0, 41)
	b = append(b, '[')
	for i := 0; i < 8; i++ {
		if i == start {
			b = append(b, ':')
			if i == 0 {
				b = append(b, ':')
			}
			i += length - 1
			continue
		}
		b = strconv.AppendUint(b, uint64(groups[i]), 16)
		if i < 7 {
			b = append(b, ':')
		}
	}
	return string(append(b, ']'))
}
