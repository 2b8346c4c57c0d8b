package tls

import (
	stdtls "crypto/tls"
	"slices"
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
)

// suite is a cipher suite of TLS 1.2 and below under OpenSSL's name.
type suite struct {
	id   uint16
	name string
}

// suites are those that crypto/tls has, the preferred ones first.
var suites = []suite{
	{stdtls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "ECDHE-RSA-AES128-GCM-SHA256"},
	{stdtls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "ECDHE-ECDSA-AES128-GCM-SHA256"},
	{stdtls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "ECDHE-RSA-AES256-GCM-SHA384"},
	{stdtls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "ECDHE-ECDSA-AES256-GCM-SHA384"},
	{stdtls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-RSA-CHACHA20-POLY1305"},
	{stdtls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-ECDSA-CHACHA20-POLY1305"},
	{stdtls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, "ECDHE-RSA-AES128-SHA256"},
	{stdtls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, "ECDHE-ECDSA-AES128-SHA256"},
	{stdtls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, "ECDHE-RSA-AES128-SHA"},
	{stdtls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, "ECDHE-ECDSA-AES128-SHA"},
	{stdtls.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, "ECDHE-RSA-AES256-SHA"},
	{stdtls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, "ECDHE-ECDSA-AES256-SHA"},
	{stdtls.TLS_RSA_WITH_AES_128_GCM_SHA256, "AES128-GCM-SHA256"},
	{stdtls.TLS_RSA_WITH_AES_256_GCM_SHA384, "AES256-GCM-SHA384"},
	{stdtls.TLS_RSA_WITH_AES_128_CBC_SHA256, "AES128-SHA256"},
	{stdtls.TLS_RSA_WITH_AES_128_CBC_SHA, "AES128-SHA"},
	{stdtls.TLS_RSA_WITH_AES_256_CBC_SHA, "AES256-SHA"},
}

// CipherNames is tls.getCiphers(): the names that a list of ciphers may have.
func CipherNames() []string { return slices.Clone(cipherNames) }

var cipherNames = []string{
	"aes128-gcm-sha256", "aes128-sha", "aes128-sha256", "aes256-gcm-sha384", "aes256-sha", "aes256-sha256",
	"dhe-psk-aes128-cbc-sha", "dhe-psk-aes128-cbc-sha256", "dhe-psk-aes128-gcm-sha256", "dhe-psk-aes256-cbc-sha",
	"dhe-psk-aes256-cbc-sha384", "dhe-psk-aes256-gcm-sha384", "dhe-psk-chacha20-poly1305", "dhe-rsa-aes128-gcm-sha256",
	"dhe-rsa-aes128-sha", "dhe-rsa-aes128-sha256", "dhe-rsa-aes256-gcm-sha384", "dhe-rsa-aes256-sha", "dhe-rsa-aes256-sha256",
	"dhe-rsa-chacha20-poly1305", "ecdhe-ecdsa-aes128-gcm-sha256", "ecdhe-ecdsa-aes128-sha", "ecdhe-ecdsa-aes128-sha256",
	"ecdhe-ecdsa-aes256-gcm-sha384", "ecdhe-ecdsa-aes256-sha", "ecdhe-ecdsa-aes256-sha384", "ecdhe-ecdsa-chacha20-poly1305",
	"ecdhe-psk-aes128-cbc-sha", "ecdhe-psk-aes128-cbc-sha256", "ecdhe-psk-aes256-cbc-sha", "ecdhe-psk-aes256-cbc-sha384",
	"ecdhe-psk-chacha20-poly1305", "ecdhe-rsa-aes128-gcm-sha256", "ecdhe-rsa-aes128-sha", "ecdhe-rsa-aes128-sha256",
	"ecdhe-rsa-aes256-gcm-sha384", "ecdhe-rsa-aes256-sha", "ecdhe-rsa-aes256-sha384", "ecdhe-rsa-chacha20-poly1305",
	"psk-aes128-cbc-sha", "psk-aes128-cbc-sha256", "psk-aes128-gcm-sha256", "psk-aes256-cbc-sha", "psk-aes256-cbc-sha384",
	"psk-aes256-gcm-sha384", "psk-chacha20-poly1305", "rsa-psk-aes128-cbc-sha", "rsa-psk-aes128-cbc-sha256",
	"rsa-psk-aes128-gcm-sha256", "rsa-psk-aes256-cbc-sha", "rsa-psk-aes256-cbc-sha384", "rsa-psk-aes256-gcm-sha384",
	"rsa-psk-chacha20-poly1305", "srp-aes-128-cbc-sha", "srp-aes-256-cbc-sha", "srp-rsa-aes-128-cbc-sha", "srp-rsa-aes-256-cbc-sha",
	"tls_aes_128_ccm_8_sha256", "tls_aes_128_ccm_sha256", "tls_aes_128_gcm_sha256", "tls_aes_256_gcm_sha384", "tls_chacha20_poly1305_sha256",
}

// otherNames are suites that OpenSSL knows besides.
var otherNames = []string{"AECDH-NULL-SHA", "AECDH-AES128-SHA", "AECDH-AES256-SHA", "ADH-AES128-SHA", "ADH-AES256-SHA", "ADH-AES128-GCM-SHA256",
	"ADH-AES256-GCM-SHA384", "NULL-SHA", "NULL-SHA256", "NULL-MD5", "ECDHE-RSA-NULL-SHA", "ECDHE-ECDSA-NULL-SHA"}

// cipherWords are groups of suites in a list.
var cipherWords = map[string]func(name string) bool{
	"HIGH": anySuite, "MEDIUM": noSuite, "LOW": noSuite, "DEFAULT": anySuite, "ALL": anySuite, "COMPLEMENTOFDEFAULT": noSuite,
	"AESGCM":   func(n string) bool { return strings.Contains(n, "GCM") },
	"AES":      func(n string) bool { return strings.Contains(n, "AES") },
	"AES128":   func(n string) bool { return strings.Contains(n, "AES128") },
	"AES256":   func(n string) bool { return strings.Contains(n, "AES256") },
	"CHACHA20": func(n string) bool { return strings.Contains(n, "CHACHA20") },
	"ECDHE":    func(n string) bool { return strings.HasPrefix(n, "ECDHE") },
	"EECDH":    func(n string) bool { return strings.HasPrefix(n, "ECDHE") },
	"KECDHE":   func(n string) bool { return strings.HasPrefix(n, "ECDHE") },
	"KRSA":     func(n string) bool { return !strings.HasPrefix(n, "ECDHE") },
	"RSA":      func(n string) bool { return !strings.HasPrefix(n, "ECDHE") },
	"ARSA":     func(n string) bool { return !strings.Contains(n, "ECDSA") },
	"ECDSA":    func(n string) bool { return strings.Contains(n, "ECDSA") },
	"AECDSA":   func(n string) bool { return strings.Contains(n, "ECDSA") },
	"SHA":      func(n string) bool { return strings.HasSuffix(n, "SHA") }, "SHA1": func(n string) bool { return strings.HasSuffix(n, "SHA") },
	"SHA256": func(n string) bool { return strings.HasSuffix(n, "SHA256") }, "SHA384": func(n string) bool { return strings.HasSuffix(n, "SHA384") },
	"ANULL": noSuite, "ENULL": noSuite, "NULL": noSuite, "EXPORT": noSuite, "DES": noSuite, "3DES": noSuite, "RC4": noSuite, "MD5": noSuite,
	"PSK": noSuite, "SRP": noSuite, "CAMELLIA": noSuite, "DH": noSuite, "DHE": noSuite, "EDH": noSuite, "KDHE": noSuite, "DSS": noSuite, "SEED": noSuite, "IDEA": noSuite,
}

func anySuite(string) bool { return true }
func noSuite(string) bool  { return false }

// NoCipherMatch is what OpenSSL says of a list that names no cipher.
func NoCipherMatch() error {
	return nodeerr.SSL(0x0A0000B9, "no cipher match", "ERR_SSL_NO_CIPHER_MATCH")
}

// parseCiphers reads OpenSSL's notation of a list of ciphers. Suites of TLS 1.3
// are known and cannot be chosen.
func parseCiphers(list string) (ids []uint16, err error) {
	if list == "" {
		return nil, nil
	}
	matched := false
	banned := map[uint16]bool{}
	for token := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ':' || r == ',' || r == ' ' || r == ';' }) {
		token, _, _ = strings.Cut(token, "@") // @SECLEVEL=n, @STRENGTH
		if token == "" {
			continue
		}
		op := byte(0)
		if c := token[0]; c == '!' || c == '-' || c == '+' || c == '@' {
			op, token = c, token[1:]
		}
		upper := strings.ToUpper(token)
		if op == '@' {
			continue
		}
		in := cipherWords[upper]
		switch {
		case in != nil:
		case strings.Contains(upper, "+"): // all of several words
			words := strings.Split(upper, "+")
			in = func(n string) bool {
				for _, w := range words {
					if f := cipherWords[w]; f == nil || !f(n) {
						return false
					}
				}
				return true
			}
		default:
			in = func(n string) bool { return n == token }
		}
		if op == 0 && token == upper && (slices.Contains(cipherNames, strings.ToLower(token)) || slices.Contains(otherNames, token)) {
			matched = true
		}
		for _, s := range suites {
			if !in(s.name) {
				continue
			}
			switch op {
			case '!':
				banned[s.id] = true
				ids = slices.DeleteFunc(ids, func(id uint16) bool { return id == s.id })
			case '-':
				ids = slices.DeleteFunc(ids, func(id uint16) bool { return id == s.id })
			case 0:
				matched = true
				if !banned[s.id] && !slices.Contains(ids, s.id) {
					ids = append(ids, s.id)
				}
			}
		}
	}
	if !matched {
		return nil, NoCipherMatch()
	}
	if ids == nil {
		ids = []uint16{}
	}
	return ids, nil
}

// CipherInfo is tlsSocket.getCipher().
type CipherInfo struct{ Name, StandardName, Version string }

func cipherInfo(id uint16) CipherInfo {
	standard := stdtls.CipherSuiteName(id)
	for _, s := range suites {
		if s.id == id {
			version := "TLSv1.2"
			if strings.HasSuffix(s.name, "-SHA") {
				version = "TLSv1/SSLv3"
				if strings.HasPrefix(s.name, "ECDHE") {
					version = "TLSv1.0"
				} else {
					version = "SSLv3"
				}
			}
			return CipherInfo{s.name, standard, version}
		}
	}
	return CipherInfo{standard, standard, "TLSv1.3"}
}

var versionNames = map[uint16]string{
	stdtls.VersionTLS10: "TLSv1", stdtls.VersionTLS11: "TLSv1.1", stdtls.VersionTLS12: "TLSv1.2", stdtls.VersionTLS13: "TLSv1.3",
}

// Version finds a protocol's number by Node's name for it, 0 for none.
func Version(name string) uint16 {
	for v, n := range versionNames {
		if n == name {
			return v
		}
	}
	return 0
}

// curveIDs are the groups of ecdhCurve.
var curveIDs = map[string]stdtls.CurveID{
	"p-256": stdtls.CurveP256, "prime256v1": stdtls.CurveP256, "secp256r1": stdtls.CurveP256, "p-384": stdtls.CurveP384, "secp384r1": stdtls.CurveP384,
	"p-521": stdtls.CurveP521, "secp521r1": stdtls.CurveP521, "x25519": stdtls.X25519, "x25519mlkem768": stdtls.X25519MLKEM768,
}

func parseCurves(list string) (out []stdtls.CurveID, err error) {
	if list == "" || list == "auto" {
		return nil, nil
	}
	for name := range strings.SplitSeq(list, ":") {
		id, ok := curveIDs[strings.ToLower(name)]
		if !ok {
			if slices.Contains(knownGroups, strings.ToLower(name)) {
				continue
			}
			return nil, nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", "Failed to set ECDH curve")
		}
		out = append(out, id)
	}
	return out, nil
}

// knownGroups are groups that OpenSSL has and crypto/tls has not.
var knownGroups = []string{"x448", "secp256k1", "brainpoolp256r1", "brainpoolp384r1", "brainpoolp512r1", "ffdhe2048", "ffdhe3072", "ffdhe4096"}
