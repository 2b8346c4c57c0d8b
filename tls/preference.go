package tls

import (
	stdtls "crypto/tls"
	"slices"
	_ "unsafe" // for go:linkname
)

// suites13 are the suites of TLS 1.3 in crypto/tls's order of preference, which
// its configuration cannot change. The name is one that the standard library
// keeps for packages that need it.
//
//go:linkname suites13 crypto/tls.defaultCipherSuitesTLS13
var suites13 []uint16

// PreferOpenSSLOrder makes every connection of the process prefer
// TLS_AES_256_GCM_SHA384, then ChaCha20, then TLS_AES_128_GCM_SHA256, as Node's
// do. It is for a program's beginning, before any connection.
func PreferOpenSSLOrder() {
	order := []uint16{stdtls.TLS_AES_256_GCM_SHA384, stdtls.TLS_CHACHA20_POLY1305_SHA256, stdtls.TLS_AES_128_GCM_SHA256}
	if len(suites13) != len(order) {
		return
	}
	for _, id := range order {
		if !slices.Contains(suites13, id) {
			return
		}
	}
	copy(suites13, order)
}
