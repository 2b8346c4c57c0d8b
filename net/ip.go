package net

import "net/netip"

// IsIP is net.isIP: 4, 6, or 0 for what is no address
// (https://nodejs.org/docs/latest-v24.x/api/net.html#netisipinput).
func IsIP(s string) int {
	ip, ok := parseIP(s)
	switch {
	case !ok:
		return 0
	case ip.Is4():
		return 4
	}
	return 6
}

// IsIPv4 is net.isIPv4: dotted decimal without leading zeros.
func IsIPv4(s string) bool { return IsIP(s) == 4 }

// IsIPv6 is net.isIPv6; a zone may follow after a percent sign.
func IsIPv6(s string) bool { return IsIP(s) == 6 }

func parseIP(s string) (netip.Addr, bool) {
	if len(s) < 2 || s[0] > 'f' {
		return netip.Addr{}, false
	}
	ip, err := netip.ParseAddr(s)
	if err != nil {
		return netip.Addr{}, false
	}
	for _, c := range []byte(ip.Zone()) {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '-' || c == '.' || c == ':') {
			return netip.Addr{}, false
		}
	}
	return ip, true
}
