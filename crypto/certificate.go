package crypto

import (
	"bytes"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/spindle-js/spindle/nodeerr"
)

// Certificate is an X.509 certificate as OpenSSL reads and prints one
// (https://nodejs.org/docs/latest-v24.x/api/crypto.html#class-x509certificate).
// It takes what crypto/x509 refuses: small keys, old digests, odd serial numbers.
type Certificate struct {
	Raw                  []byte
	Serial               *big.Int
	Issuer, Subject      Name
	NotBefore, NotAfter  time.Time
	SignatureOID         string
	CA                   bool
	AltNames             []AltName // nil where the extension is not there
	InfoAccess           []Access
	ExtKeyUsage          []string // object identifiers
	IsKeyUsage           bool
	KeyUsage             int // bit n is bit n of the BIT STRING
	tbs, spki, signature []byte
	sigAlgorithm         algorithm
	subjectID, issuerID  []byte
}

type certificateDER struct {
	TBS       asn1.RawValue
	Algorithm algorithm
	Signature asn1.BitString
}

type extension struct {
	ID       asn1.ObjectIdentifier
	Critical bool `asn1:"optional"`
	Value    []byte
}

type tbsCertificate struct {
	Version    int `asn1:"optional,explicit,default:0,tag:0"`
	Serial     *big.Int
	Algorithm  algorithm
	Issuer     asn1.RawValue
	Validity   struct{ NotBefore, NotAfter time.Time }
	Subject    asn1.RawValue
	PublicKey  asn1.RawValue
	IssuerID   asn1.BitString `asn1:"optional,tag:1"`
	SubjectID  asn1.BitString `asn1:"optional,tag:2"`
	Extensions []extension    `asn1:"optional,explicit,tag:3"`
}

// ParseCertificate reads the first certificate of PEM, or DER.
func ParseCertificate(p []byte) (*Certificate, error) {
	if c, _ := ParseCertificateDER(p); c != nil {
		return c, nil
	}
	for rest := p; ; {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return nil, NoStartLine()
		}
		switch b.Type {
		case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
			return ParseCertificateDER(b.Bytes)
		}
	}
}

// NoStartLine is what OpenSSL says of text that holds no PEM.
func NoStartLine() error {
	return nodeerr.OpenSSL(0x0480006C, "PEM routines", "no start line", "ERR_OSSL_PEM_NO_START_LINE")
}

// ParseCertificateDER reads a certificate.
func ParseCertificateDER(p []byte) (*Certificate, error) {
	var d certificateDER
	rest, err := asn1.Unmarshal(p, &d)
	var t tbsCertificate
	if err != nil || !unmarshal(d.TBS.FullBytes, &t) {
		return nil, errASN1(p)
	}
	c := &Certificate{Raw: slices.Clone(p[:len(p)-len(rest)]), Serial: t.Serial, NotBefore: t.Validity.NotBefore.UTC(), NotAfter: t.Validity.NotAfter.UTC(),
		SignatureOID: d.Algorithm.OID.String(), tbs: d.TBS.FullBytes, spki: t.PublicKey.FullBytes, signature: d.Signature.RightAlign(), sigAlgorithm: d.Algorithm}
	c.Issuer, c.Subject = parseName(t.Issuer.FullBytes), parseName(t.Subject.FullBytes)
	for _, x := range t.Extensions {
		c.extension(x)
	}
	return c, nil
}

func (c *Certificate) extension(x extension) {
	switch x.ID.String() {
	case "2.5.29.14":
		_ = unmarshal(x.Value, &c.subjectID)
	case "2.5.29.35":
		var v struct {
			ID     []byte        `asn1:"optional,tag:0"`
			Issuer asn1.RawValue `asn1:"optional,tag:1"`
			Serial *big.Int      `asn1:"optional,tag:2"`
		}
		if unmarshal(x.Value, &v) {
			c.issuerID = v.ID
		}
	case "2.5.29.15":
		var b asn1.BitString
		if unmarshal(x.Value, &b) {
			c.IsKeyUsage = true
			for i := range 9 {
				c.KeyUsage |= b.At(i) << i
			}
		}
	case "2.5.29.17":
		c.AltNames = parseAltNames(x.Value)
	case "2.5.29.19":
		var v struct {
			CA  bool `asn1:"optional"`
			Max int  `asn1:"optional,default:-1"`
		}
		if unmarshal(x.Value, &v) {
			c.CA = v.CA
		}
	case "2.5.29.37":
		var ids []asn1.ObjectIdentifier
		if unmarshal(x.Value, &ids) {
			for _, id := range ids {
				c.ExtKeyUsage = append(c.ExtKeyUsage, id.String())
			}
		}
	case "1.3.6.1.5.5.7.1.1":
		var list []struct {
			Method asn1.ObjectIdentifier
			Where  asn1.RawValue
		}
		if unmarshal(x.Value, &list) {
			for _, a := range list {
				c.InfoAccess = append(c.InfoAccess, Access{a.Method.String(), altName(a.Where)})
			}
		}
	}
}

// PublicKey returns the certificate's key.
func (c *Certificate) PublicKey() (*Key, error) { return ParseSPKI(c.spki) }

// SPKI is the certificate's key in DER.
func (c *Certificate) SPKI() []byte { return c.spki }

// PEM writes the certificate as text.
func (c *Certificate) PEM() string { return string(EncodePEM("CERTIFICATE", c.Raw)) }

// SerialText is the serial number in hexadecimal, an even number of digits.
func (c *Certificate) SerialText() string { return SerialText(c.Serial) }

// SerialText prints a serial number.
func SerialText(n *big.Int) string {
	if n.Sign() == 0 {
		return "00"
	}
	s := strings.ToUpper(new(big.Int).Abs(n).Text(16))
	if len(s)%2 != 0 {
		s = "0" + s
	}
	if n.Sign() < 0 {
		s = "-" + s
	}
	return s
}

// TimeText writes a time as OpenSSL does: "Sep  3 21:40:37 2022 GMT".
func TimeText(t time.Time) string { return t.UTC().Format("Jan _2 15:04:05 2006") + " GMT" }

// Fingerprint is a digest of the certificate in pairs of hexadecimal digits.
func (c *Certificate) Fingerprint(d *Digest) string {
	var b strings.Builder
	const digits = "0123456789ABCDEF"
	for i, x := range sum(d, c.Raw) {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteByte(digits[x>>4])
		b.WriteByte(digits[x&15])
	}
	return b.String()
}

// signatureAlgorithm describes an algorithm of signatures.
type signatureAlgorithm struct{ name, digest string }

var signatureAlgorithms = map[string]signatureAlgorithm{
	"1.2.840.113549.1.1.4": {"md5WithRSAEncryption", "md5"}, "1.2.840.113549.1.1.5": {"sha1WithRSAEncryption", "sha1"},
	"1.2.840.113549.1.1.11": {"sha256WithRSAEncryption", "sha256"}, "1.2.840.113549.1.1.12": {"sha384WithRSAEncryption", "sha384"},
	"1.2.840.113549.1.1.13": {"sha512WithRSAEncryption", "sha512"}, "1.2.840.113549.1.1.14": {"sha224WithRSAEncryption", "sha224"},
	oidRSAPSS: {"rsassaPss", ""}, "1.2.840.10045.4.1": {"ecdsa-with-SHA1", "sha1"}, "1.2.840.10045.4.3.1": {"ecdsa-with-SHA224", "sha224"},
	"1.2.840.10045.4.3.2": {"ecdsa-with-SHA256", "sha256"}, "1.2.840.10045.4.3.3": {"ecdsa-with-SHA384", "sha384"},
	"1.2.840.10045.4.3.4": {"ecdsa-with-SHA512", "sha512"}, "1.2.840.10040.4.3": {"dsaWithSHA1", "sha1"},
	"2.16.840.1.101.3.4.3.1": {"dsa_with_SHA224", "sha224"}, "2.16.840.1.101.3.4.3.2": {"dsa_with_SHA256", "sha256"},
	"1.3.101.112": {"ED25519", ""}, "1.3.101.113": {"ED448", ""},
	"2.16.840.1.101.3.4.3.17": {"ML-DSA-44", ""}, "2.16.840.1.101.3.4.3.18": {"ML-DSA-65", ""}, "2.16.840.1.101.3.4.3.19": {"ML-DSA-87", ""},
}

// SignatureName is OpenSSL's name of the signature's algorithm, "" for one that
// it does not know.
func (c *Certificate) SignatureName() string { return signatureAlgorithms[c.SignatureOID].name }

// Verify checks the certificate's signature with a key.
func (c *Certificate) Verify(k *Key) bool {
	return verifySigned(k, c.tbs, c.signature, &c.sigAlgorithm)
}

func verifySigned(k *Key, data, sig []byte, a *algorithm) bool {
	var o SignOptions
	s, known := signatureAlgorithms[a.OID.String()]
	if !known {
		return false
	}
	if s.digest != "" {
		o.Digest = LookupDigest(s.digest)
	}
	if a.OID.String() == oidRSAPSS {
		r := &Key{Type: "rsa", RSA: &RSAKey{}}
		if r = r.restrict(oidRSAPSS, a); r == nil || r.RSA.PSS == nil {
			return false
		}
		p := r.RSA.PSS
		o.Digest, o.Padding, o.Salt, o.HasSalt = p.Hash, PaddingPSS, p.SaltLength, true
	}
	if (k.Raw != nil) != (o.Digest == nil) {
		return false
	}
	ok, err := k.Verify(data, sig, o)
	return err == nil && ok
}

// IssuedBy reports whether o could have issued c: the names, the identifiers of
// the keys and the issuer's key usage agree, as X509_check_issued has it.
func (c *Certificate) IssuedBy(o *Certificate) bool {
	if !bytes.Equal(c.Issuer.raw, o.Subject.raw) && c.Issuer.Text() != o.Subject.Text() {
		return false
	}
	if c.issuerID != nil && o.subjectID != nil && !bytes.Equal(c.issuerID, o.subjectID) {
		return false
	}
	return !o.IsKeyUsage || o.KeyUsage&(1<<5) != 0 // keyCertSign
}

// SameKeyIDs reports whether the identifiers of the issuer's key and of the
// certificate's own agree, as far as there are any.
func (c *Certificate) SameKeyIDs() bool {
	return c.issuerID == nil || c.subjectID == nil || bytes.Equal(c.issuerID, c.subjectID)
}

// CheckHost finds the name of the certificate that stands for a host, "" for
// none. subject says when the subject's common name counts: "default", "always",
// "never".
func (c *Certificate) CheckHost(host, subject string, wildcards, partial, multiLabel bool) string {
	dns := false
	for _, n := range c.AltNames {
		if n.Kind == "DNS" {
			dns = true
			if matchHost(n.Value, host, wildcards, partial, multiLabel) {
				return n.Value
			}
		}
	}
	if subject == "never" || subject != "always" && dns {
		return ""
	}
	for _, cn := range c.Subject.values("CN") {
		if matchHost(cn, host, wildcards, partial, multiLabel) {
			return cn
		}
	}
	return ""
}

func matchHost(pattern, host string, wildcards, partial, multiLabel bool) bool {
	if strings.EqualFold(pattern, host) {
		return true
	}
	if strings.HasPrefix(host, ".") && len(pattern) > len(host) && strings.EqualFold(pattern[len(pattern)-len(host):], host) {
		return true
	}
	if !wildcards || !strings.Contains(pattern, "*") {
		return false
	}
	first, rest, ok := strings.Cut(pattern, ".")
	if !ok || strings.Count(first, "*") != 1 || strings.Contains(rest, "*") || !strings.Contains(rest, ".") || strings.HasPrefix(strings.ToLower(first), "xn--") {
		return false
	}
	pre, post, _ := strings.Cut(first, "*")
	if !partial && pre+post != "" {
		return false
	}
	if len(host) <= len(rest)+1 || !strings.EqualFold(host[len(host)-len(rest)-1:], "."+rest) {
		return false
	}
	label := host[:len(host)-len(rest)-1]
	if !multiLabel && strings.Contains(label, ".") {
		return false
	}
	return len(label) >= len(pre)+len(post) && strings.EqualFold(label[:len(pre)], pre) && strings.EqualFold(label[len(label)-len(post):], post)
}

// CheckEmail reports whether the certificate stands for an address of mail.
func (c *Certificate) CheckEmail(email, subject string) bool {
	same := func(a, b string) bool {
		i, j := strings.LastIndexByte(a, '@'), strings.LastIndexByte(b, '@')
		return i >= 0 && i == j && a[:i] == b[:j] && strings.EqualFold(a[i:], b[j:])
	}
	found := false
	for _, n := range c.AltNames {
		if n.Kind == "email" {
			found = true
			if same(n.Value, email) {
				return true
			}
		}
	}
	if subject == "never" || subject != "always" && found {
		return false
	}
	return slices.ContainsFunc(c.Subject.values("emailAddress"), func(v string) bool { return same(v, email) })
}

// CheckIP reports whether the certificate stands for an address.
func (c *Certificate) CheckIP(ip netip.Addr) bool {
	for _, n := range c.AltNames {
		if n.Kind == "IP Address" && bytes.Equal(n.raw, ip.AsSlice()) {
			return true
		}
	}
	return false
}

// Challenge is what SPKAC holds (Netscape's SignedPublicKeyAndChallenge).
type Challenge struct {
	Key       *Key
	Challenge []byte
	Valid     bool // the signature is the key's
}

// ParseSPKAC reads base64 or base64 after "SPKAC=", nil for anything else.
func ParseSPKAC(p []byte) *Challenge {
	p = bytes.TrimRight(p, " \t\r\n\x00")
	p = bytes.TrimPrefix(p, []byte("SPKAC="))
	der, err := decodeBase64(p)
	if err != nil {
		return nil
	}
	var v struct {
		Signed    asn1.RawValue
		Algorithm algorithm
		Signature asn1.BitString
	}
	var inner struct {
		Key       asn1.RawValue
		Challenge asn1.RawValue
	}
	if !unmarshal(der, &v) || !unmarshal(v.Signed.FullBytes, &inner) {
		return nil
	}
	k, err := ParseSPKI(inner.Key.FullBytes)
	if err != nil {
		return nil
	}
	return &Challenge{Key: k, Challenge: inner.Challenge.Bytes, Valid: verifySigned(k, v.Signed.FullBytes, v.Signature.RightAlign(), &v.Algorithm)}
}
