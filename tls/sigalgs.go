package tls

import (
	stdtls "crypto/tls"
	"slices"
	"strings"
)

// sigalg is a signature algorithm of TLS (RFC 8446, section 4.2.3) with OpenSSL's
// names for it.
type sigalg struct {
	id   stdtls.SignatureScheme
	name string // as getSharedSigalgs tells it
	iana string
}

// sigalgs are those that OpenSSL offers, in its order.
var sigalgs = []sigalg{
	{0x0905, "id-ml-dsa-65+UNDEF", "mldsa65"}, {0x0906, "id-ml-dsa-87+UNDEF", "mldsa87"}, {0x0904, "id-ml-dsa-44+UNDEF", "mldsa44"},
	{stdtls.ECDSAWithP256AndSHA256, "ECDSA+SHA256", "ecdsa_secp256r1_sha256"}, {stdtls.ECDSAWithP384AndSHA384, "ECDSA+SHA384", "ecdsa_secp384r1_sha384"},
	{stdtls.ECDSAWithP521AndSHA512, "ECDSA+SHA512", "ecdsa_secp521r1_sha512"}, {stdtls.Ed25519, "Ed25519+UNDEF", "ed25519"}, {0x0808, "Ed448+UNDEF", "ed448"},
	{0x081a, "ECDSA+SHA256", "ecdsa_brainpoolP256r1tls13_sha256"}, {0x081b, "ECDSA+SHA384", "ecdsa_brainpoolP384r1tls13_sha384"},
	{0x081c, "ECDSA+SHA512", "ecdsa_brainpoolP512r1tls13_sha512"},
	{0x0809, "RSA-PSS+SHA256", "rsa_pss_pss_sha256"}, {0x080a, "RSA-PSS+SHA384", "rsa_pss_pss_sha384"}, {0x080b, "RSA-PSS+SHA512", "rsa_pss_pss_sha512"},
	{stdtls.PSSWithSHA256, "RSA-PSS+SHA256", "rsa_pss_rsae_sha256"}, {stdtls.PSSWithSHA384, "RSA-PSS+SHA384", "rsa_pss_rsae_sha384"},
	{stdtls.PSSWithSHA512, "RSA-PSS+SHA512", "rsa_pss_rsae_sha512"},
	{stdtls.PKCS1WithSHA256, "RSA+SHA256", "rsa_pkcs1_sha256"}, {stdtls.PKCS1WithSHA384, "RSA+SHA384", "rsa_pkcs1_sha384"},
	{stdtls.PKCS1WithSHA512, "RSA+SHA512", "rsa_pkcs1_sha512"},
	{0x0303, "ECDSA+SHA224", "ecdsa_sha224"}, {0x0301, "RSA+SHA224", "rsa_pkcs1_sha224"},
}

// legacySigalgs can be named, and are not offered by themselves.
var legacySigalgs = []sigalg{
	{stdtls.ECDSAWithSHA1, "ECDSA+SHA1", "ecdsa_sha1"}, {stdtls.PKCS1WithSHA1, "RSA+SHA1", "rsa_pkcs1_sha1"},
	{0x0402, "DSA+SHA256", "dsa_sha256"}, {0x0202, "DSA+SHA1", "dsa_sha1"},
}

// SetSigalgs takes a list of signature algorithms with colons between them; ok is
// false for a name that OpenSSL does not know.
func (c *Context) SetSigalgs(list string) (ok bool) {
	var out []sigalg
	for name := range strings.SplitSeq(list, ":") {
		found := false
		for _, a := range append(slices.Clone(sigalgs), legacySigalgs...) {
			short, _ := strings.CutSuffix(a.name, "+UNDEF")
			if name == a.iana || name == a.name || strings.EqualFold(name, short) {
				found = true
				if !slices.Contains(out, a) {
					out = append(out, a)
				}
			}
		}
		if !found {
			return false
		}
	}
	c.sigalgs = out
	return true
}

// signing limits the certificates of a configuration to the context's signature
// algorithms.
func (c *Context) signing(cfg *stdtls.Config) {
	if c.sigalgs == nil {
		return
	}
	var ids []stdtls.SignatureScheme
	for _, a := range c.sigalgs {
		ids = append(ids, a.id)
	}
	for i := range cfg.Certificates {
		cfg.Certificates[i].SupportedSignatureAlgorithms = ids
	}
}

// share notes the algorithms that a client offers and the server takes, in the
// server's order.
func (s *Socket) share(hello *stdtls.ClientHelloInfo, ctx *Context) {
	offered := hello.SignatureSchemes
	if slices.Contains(hello.SupportedVersions, stdtls.VersionTLS13) { // which signs nothing with SHA-1
		offered = slices.DeleteFunc(slices.Clone(offered), func(id stdtls.SignatureScheme) bool {
			return id == stdtls.PKCS1WithSHA1 || id == stdtls.ECDSAWithSHA1
		})
	}
	mine := ctx.sigalgs
	if mine == nil {
		mine = sigalgs
	}
	s.sharedSigalgs = nil
	for _, a := range mine {
		if slices.Contains(offered, a.id) {
			s.sharedSigalgs = append(s.sharedSigalgs, a.name)
		}
	}
}

// checkSigalgs refuses a client with whose algorithms the server can sign nothing.
func (s *Socket) checkSigalgs(hello *stdtls.ClientHelloInfo, cfg *stdtls.Config, ctx *Context) error {
	if ctx.sigalgs == nil || len(cfg.Certificates) == 0 {
		return nil
	}
	if len(s.sharedSigalgs) == 0 {
		return errNoSigalgs
	}
	for i := range cfg.Certificates {
		if hello.SupportsCertificate(&cfg.Certificates[i]) == nil {
			return nil
		}
	}
	return errUnsuitable
}

// SharedSigalgs is tlsSocket.getSharedSigalgs(): none on a client.
func (s *Socket) SharedSigalgs() []string { return slices.Clone(s.sharedSigalgs) }
