package url

import (
	"strconv"
	"strings"
)

// endsInNumber is the "ends in a number checker"
// (https://url.spec.whatwg.org/#ends-in-a-number-checker).
func endsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return false
	}
	if hex, ok := cutHexPrefix(last); ok {
		for i := range len(hex) {
			if !isHex(hex[i]) {
				return false
			}
		}
		return true
	}
	for i := range len(last) {
		if !isDigit(last[i]) {
			return false
		}
	}
	return true
}

func cutHexPrefix(s string) (string, bool) {
	if len(s) >= 2 && s[0] == '0' && s[1]|0x20 == 'x' {
		return s[2:], true
	}
	return s, false
}

// parseIPv4 is the IPv4 parser (https://url.spec.whatwg.org/#concept-ipv4-parser):
// one to four numbers, decimal, octal or hexadecimal, of which the last fills
// the remaining bytes.
func parseIPv4(host string) (uint32, bool) {
	parts := strings.Split(strings.TrimSuffix(host, "."), ".")
	if len(parts) > 4 {
		return 0, false
	}
	var address uint64
	for i, part := range parts {
		n, ok := parseIPv4Number(part)
		if !ok {
			return 0, false
		}
		if i < len(parts)-1 {
			if n > 255 {
				return 0, false
			}
			address |= n << (8 * (3 - i))
			continue
		}
		if n >= 1<<(8*(5-len(parts))) {
			return 0, false
		}
		address |= n
	}
	return uint32(address), true
}

func parseIPv4Number(s string) (uint64, bool) {
	if s == "" {
		return 0, false
	}
	base := 10
	if hex, ok := cutHexPrefix(s); ok {
		s, base = hex, 16
	} else if len(s) >= 2 && s[0] == '0' {
		s, base = s[1:], 8
	}
	if s == "" {
		return 0, true
	}
	for i := range len(s) {
		if !isHex(s[i]) { // a sign or an underscore, which strconv might take
			return 0, false
		}
	}
	n, err := strconv.ParseUint(s, base, 64)
	return n, err == nil
}

func formatIPv4(address uint32) string {
	b := make([]byte, 0, 15)
	for shift := 24; shift >= 0; shift -= 8 {
		b = strconv.AppendUint(b, uint64(address>>shift&0xff), 10)
		if shift > 0 {
			b = append(b, '.')
		}
	}
	return string(b)
}
