package crypto

import (
	"bytes"
	"crypto/md5"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"strings"

	"golang.org/x/crypto/scrypt"

	"github.com/spindle-js/spindle/nodeerr"
)

// Source is an encoded key to read.
type Source struct {
	Data []byte
	DER  bool
	Type string // "pkcs1", "spki", "pkcs8", "sec1"; "" in PEM, which says so itself
	// Passphrase is nil where none was given.
	Passphrase []byte
}

const interrupted = "error:07880109:common libcrypto routines::interrupted or cancelled"

// errNoPassphrase is what OpenSSL says where it would ask for a passphrase.
func errNoPassphrase(stack ...string) error {
	return nodeerr.OpenSSL(0x07880109, "common libcrypto routines", "interrupted or cancelled", "ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED",
		append(stack, interrupted)...)
}

func badDecrypt(stack ...string) error {
	const text = "error:1C800064:Provider routines::bad decrypt"
	return nodeerr.OpenSSL(0x1C800064, "Provider routines", "bad decrypt", "ERR_OSSL_BAD_DECRYPT", append(stack, text)...)
}

// maxPassphrase is the longest passphrase that OpenSSL takes from Node.
const maxPassphrase = 1024

// ParsePrivate reads a private key.
func ParsePrivate(s Source) (*Key, error) {
	if s.DER {
		switch s.Type {
		case "pkcs1":
			return ParsePKCS1(s.Data)
		case "sec1":
			return ParseSEC1(s.Data)
		}
		var e encryptedPKCS8
		if unmarshal(s.Data, &e) && e.Algorithm.OID.String() != "" && len(e.Data) > 0 {
			if s.Passphrase == nil {
				return nil, nodeerr.Native(nodeerr.KindType, "ERR_MISSING_PASSPHRASE", "Passphrase required for encrypted key")
			}
			der, err := e.decrypt(s.Passphrase)
			if err != nil {
				return nil, err
			}
			return ParsePKCS8(der)
		}
		return ParsePKCS8(s.Data)
	}
	for rest := s.Data; ; {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return nil, errDecode()
		}
		k, err := parsePrivateBlock(b, s.Passphrase)
		if k != nil || err != nil {
			return k, err
		}
	}
}

// parsePrivateBlock reads a block of PEM, nil for one that holds no private key.
func parsePrivateBlock(b *pem.Block, passphrase []byte) (*Key, error) {
	var parse func([]byte) (*Key, error)
	switch b.Type {
	case "PRIVATE KEY":
		parse = ParsePKCS8
	case "RSA PRIVATE KEY":
		parse = ParsePKCS1
	case "EC PRIVATE KEY":
		parse = ParseSEC1
	case "DSA PRIVATE KEY":
		parse = parseDSAPrivate
	case "ENCRYPTED PRIVATE KEY":
		var e encryptedPKCS8
		if !unmarshal(b.Bytes, &e) {
			return nil, errDecode()
		}
		der, err := e.decrypt(passphrase)
		if err != nil {
			return nil, err
		}
		return ParsePKCS8(der)
	default:
		return nil, nil
	}
	der := b.Bytes
	if strings.Contains(b.Headers["Proc-Type"], "ENCRYPTED") {
		var err error
		if der, err = decryptPEM(b, passphrase); err != nil {
			return nil, err
		}
	}
	k, err := parse(der)
	if err != nil {
		return nil, errDecode()
	}
	return k, nil
}

// parseDSAPrivate reads the traditional form of a DSA key.
func parseDSAPrivate(p []byte) (*Key, error) {
	var v dsaPrivate
	if !unmarshal(p, &v) {
		return nil, errASN1(p)
	}
	return &Key{Type: "dsa", Private: true, DSA: &DSAKey{P: v.P, Q: v.Q, G: v.G, Y: v.Y, X: v.X}}, nil
}

// ParsePublic reads a public key, a certificate's key, or a private key.
func ParsePublic(s Source) (*Key, error) {
	if s.DER {
		switch s.Type {
		case "spki":
			return ParseSPKI(s.Data)
		case "pkcs1":
			var v rsaPrivate
			if unmarshal(s.Data, &v) && v.D != nil {
				return ParsePKCS1(s.Data)
			}
			return ParsePKCS1Public(s.Data)
		}
		return ParsePrivate(s)
	}
	for rest := s.Data; ; {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return nil, errDecode()
		}
		switch b.Type {
		case "PUBLIC KEY":
			k, err := ParseSPKI(b.Bytes)
			if err != nil {
				return nil, errDecode()
			}
			return k, nil
		case "RSA PUBLIC KEY":
			return ParsePKCS1Public(b.Bytes)
		case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
			return certificateKey(b.Bytes)
		}
		if k, err := parsePrivateBlock(b, s.Passphrase); k != nil || err != nil {
			return k, err
		}
	}
}

// certificateKey takes the key out of a certificate.
func certificateKey(der []byte) (*Key, error) {
	var c struct {
		TBS struct {
			Raw        asn1.RawContent
			Version    int `asn1:"optional,explicit,default:0,tag:0"`
			Serial     asn1.RawValue
			Algorithm  algorithm
			Issuer     asn1.RawValue
			Validity   asn1.RawValue
			Subject    asn1.RawValue
			PublicKey  asn1.RawValue
			Extensions asn1.RawValue `asn1:"optional,explicit,tag:3"`
		}
	}
	var outer asn1.RawValue
	if !unmarshal(der, &outer) || !unmarshal(outer.Bytes, &c.TBS) {
		return nil, errDecode()
	}
	return ParseSPKI(c.TBS.PublicKey.FullBytes)
}

// encryptedPKCS8 is EncryptedPrivateKeyInfo (RFC 5958).
type encryptedPKCS8 struct {
	Algorithm algorithm
	Data      []byte
}

type pbes2 struct{ KDF, Cipher algorithm }

type pbkdf2Params struct {
	Salt       []byte
	Iterations int
	KeyLength  int       `asn1:"optional"`
	PRF        algorithm `asn1:"optional"`
}

type scryptParams struct {
	Salt      []byte
	N, R, P   int
	KeyLength int `asn1:"optional"`
}

const (
	oidPBES2  = "1.2.840.113549.1.5.13"
	oidPBKDF2 = "1.2.840.113549.1.5.12"
	oidScrypt = "1.3.6.1.4.1.11591.4.11"
	oidHMAC   = "1.2.840.113549.2."
)

// pbeCiphers are the ciphers that protect keys.
var pbeCiphers = map[string]string{
	"2.16.840.1.101.3.4.1.2": "aes-128-cbc", "2.16.840.1.101.3.4.1.22": "aes-192-cbc", "2.16.840.1.101.3.4.1.42": "aes-256-cbc",
	"1.2.840.113549.3.7": "des-ede3-cbc",
}

var hmacDigests = map[string]string{"7": "sha1", "8": "sha224", "9": "sha256", "10": "sha384", "11": "sha512", "12": "sha512-224", "13": "sha512-256"}

// decrypt returns the PrivateKeyInfo inside.
func (e *encryptedPKCS8) decrypt(passphrase []byte) ([]byte, error) {
	if passphrase == nil || len(passphrase) > maxPassphrase {
		return nil, errNoPassphrase("error:04800068:PEM routines::bad password read", interrupted,
			"error:1C80009F:Provider routines::unable to get passphrase", interrupted)
	}
	var p pbes2
	if e.Algorithm.OID.String() != oidPBES2 || !unmarshal(e.Algorithm.Params.FullBytes, &p) {
		return nil, nodeerr.OpenSSLUnsupported()
	}
	name := pbeCiphers[p.Cipher.OID.String()]
	var iv []byte
	if name == "" || !unmarshal(p.Cipher.Params.FullBytes, &iv) {
		return nil, nodeerr.OpenSSLUnsupported()
	}
	info := LookupCipher(name)
	key, err := p.KDF.derive(passphrase, info.KeyLength)
	if err != nil {
		return nil, err
	}
	out, err := decryptCBC(info, key, iv, e.Data)
	if err != nil {
		const outer = "error:11800074:PKCS12 routines::pkcs12 cipherfinal error"
		return nil, badDecrypt(outer, "error:1C800064:Provider routines::bad decrypt", outer)
	}
	return out, nil
}

func (a *algorithm) derive(passphrase []byte, size int) ([]byte, error) {
	switch a.OID.String() {
	case oidPBKDF2:
		var k pbkdf2Params
		if !unmarshal(a.Params.FullBytes, &k) {
			return nil, errDecode()
		}
		d := LookupDigest("sha1")
		if len(k.PRF.OID) > 0 {
			id, _ := strings.CutPrefix(k.PRF.OID.String(), oidHMAC)
			d = LookupDigest(hmacDigests[id])
		}
		if d == nil {
			return nil, nodeerr.OpenSSLUnsupported()
		}
		return PBKDF2(d, passphrase, k.Salt, k.Iterations, size)
	case oidScrypt:
		var k scryptParams
		if !unmarshal(a.Params.FullBytes, &k) {
			return nil, errDecode()
		}
		return scrypt.Key(passphrase, k.Salt, k.N, k.R, k.P, size)
	}
	return nil, nodeerr.OpenSSLUnsupported()
}

func decryptCBC(info *CipherInfo, key, iv, data []byte) ([]byte, error) {
	c, err := NewCipher(info, key, iv, false, -1)
	if err != nil {
		return nil, err
	}
	return finish(c, data)
}

func finish(c *Cipher, data []byte) ([]byte, error) {
	out, err := c.Update(data)
	if err != nil {
		return nil, err
	}
	rest, err := c.Final()
	return append(out, rest...), err
}

// EncryptPKCS8 protects a PrivateKeyInfo with a passphrase (PBES2, RFC 8018).
func EncryptPKCS8(der []byte, info *CipherInfo, passphrase []byte) ([]byte, error) {
	id := ""
	for o, name := range pbeCiphers {
		if name == info.Name {
			id = o
		}
	}
	if id == "" {
		return nil, nodeerr.OpenSSL(0x0D80007A, "PKCS5 routines", "cipher has no object identifier", "ERR_OSSL_ASN1_CIPHER_HAS_NO_OBJECT_IDENTIFIER")
	}
	const iterations = 2048
	salt, iv := RandomBytes(16), RandomBytes(info.IVLength)
	key, err := PBKDF2(LookupDigest("sha256"), passphrase, salt, iterations, info.KeyLength)
	if err != nil {
		return nil, err
	}
	c, err := NewCipher(info, key, iv, true, -1)
	if err != nil {
		return nil, err
	}
	data, err := finish(c, der)
	if err != nil {
		return nil, err
	}
	kdf := marshal(pbkdf2Params{Salt: salt, Iterations: iterations, PRF: algorithm{oid(oidHMAC + "9"), asn1.NullRawValue}})
	p := marshal(pbes2{algorithm{oid(oidPBKDF2), raw(kdf)}, algorithm{oid(id), raw(marshal(iv))}})
	return marshal(encryptedPKCS8{algorithm{oid(oidPBES2), raw(p)}, data}), nil
}

// legacyKey derives the key of an encrypted block of PEM as OpenSSL always did:
// MD5 over the passphrase and the first bytes of the vector.
func legacyKey(passphrase, iv []byte, size int) []byte {
	var out, last []byte
	for len(out) < size {
		h := md5.New()
		h.Write(last)
		h.Write(passphrase)
		h.Write(iv[:8])
		last = h.Sum(nil)
		out = append(out, last...)
	}
	return out[:size]
}

func decryptPEM(b *pem.Block, passphrase []byte) ([]byte, error) {
	name, ivText, _ := strings.Cut(b.Headers["DEK-Info"], ",")
	info := LookupCipher(strings.TrimSpace(name))
	iv, err := hex.DecodeString(strings.TrimSpace(ivText))
	if info == nil || err != nil || len(iv) != info.IVLength || len(iv) < 8 {
		return nil, nodeerr.OpenSSL(0x04800072, "PEM routines", "unsupported encryption", "ERR_OSSL_PEM_UNSUPPORTED_ENCRYPTION")
	}
	if passphrase == nil || len(passphrase) > maxPassphrase {
		return nil, errNoPassphrase("error:04800068:PEM routines::bad password read", interrupted)
	}
	out, err := decryptCBC(info, legacyKey(passphrase, iv, info.KeyLength), iv, b.Bytes)
	if err != nil {
		return nil, badDecrypt("error:04800065:PEM routines::bad decrypt")
	}
	return out, nil
}

// EncodePEM writes a block of PEM.
func EncodePEM(label string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
}

// EncryptPEM writes a block of PEM protected in the traditional way.
func EncryptPEM(label string, der []byte, info *CipherInfo, passphrase []byte) ([]byte, error) {
	if info.Mode != "cbc" {
		return nil, nodeerr.OpenSSL(0x04800072, "PEM routines", "unsupported encryption", "ERR_OSSL_PEM_UNSUPPORTED_ENCRYPTION")
	}
	iv := RandomBytes(info.IVLength)
	c, err := NewCipher(info, legacyKey(passphrase, iv, info.KeyLength), iv, true, -1)
	if err != nil {
		return nil, err
	}
	data, err := finish(c, der)
	if err != nil {
		return nil, err
	}
	body := pem.EncodeToMemory(&pem.Block{Type: label, Bytes: data})
	head := "-----BEGIN " + label + "-----\n"
	dek := "Proc-Type: 4,ENCRYPTED\nDEK-Info: " + strings.ToUpper(info.Name) + "," + strings.ToUpper(hex.EncodeToString(iv)) + "\n\n"
	return bytes.Replace(body, []byte(head), []byte(head+dek), 1), nil
}
