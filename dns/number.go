package dns

import "net/netip"

// ParseIPv4Number reads an IPv4 address in any of the forms of inet_aton(3):
// one to four numbers, decimal, octal (0…) or hexadecimal (0x…), of which the
// last fills what the others leave.
func ParseIPv4Number(s string) (netip.Addr, bool) {
	var part [4]uint64
	n := 0
	for {
		v, rest, ok := number(s)
		if !ok || n == 4 {
			return netip.Addr{}, false
		}
		part[n] = v
		n++
		if rest == "" {
			break
		}
		if rest[0] != '.' {
			return netip.Addr{}, false
		}
		s = rest[1:]
	}
	var ip uint64
	for _, v := range part[:n-1] {
		if v > 255 {
			return netip.Addr{}, false
		}
		ip = ip<<8 | v
	}
	bits := uint(8 * (5 - n))
	if part[n-1]>>bits != 0 {
		return netip.Addr{}, false
	}
	ip = ip<<bits | part[n-1]
	return netip.AddrFrom4([4]byte{byte(ip >> 24), byte(ip >> 16), byte(ip >> 8), byte(ip)}), true
}

func number(s string) (v uint64, rest string, ok bool) {
	base, i := uint64(10), 0
	if len(s) > 0 && s[0] == '0' {
		base = 8
		if len(s) > 1 && s[1]|0x20 == 'x' {
			base, i = 16, 2
		}
	}
	start := i
	for ; i < len(s); i++ {
		d := digit(s[i])
		if d >= base {
			break
		}
		if v = v*base + d; v > 1<<32-1 {
			return 0, "", false
		}
	}
	return v, s[i:], i > start
}

func digit(c byte) uint64 {
	switch {
	case '0' <= c && c <= '9':
		return uint64(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return uint64(c|0x20-'a') + 10
	}
	return 99
}
