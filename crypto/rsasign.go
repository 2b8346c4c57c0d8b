package crypto

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/asn1"

	"github.com/spindle-js/spindle/nodeerr"
)

// The special lengths of PSS's salt.
const (
	SaltDigest  = -1
	SaltAuto    = -2 // verifying; when signing the longest
	SaltMax     = -3
	SaltAutoMax = -4 // the digest's length, or what fits
)

// digestInfo is DigestInfo of PKCS #1 v1.5 (RFC 8017, section 9.2).
func digestInfo(d *Digest, digest []byte) ([]byte, error) {
	if d.Name == "md5-sha1" {
		return digest, nil
	}
	if d.OID == "" {
		return nil, nodeerr.OpenSSL(0x1C80007A, "Provider routines", "invalid digest", "ERR_OSSL_INVALID_DIGEST")
	}
	oid, err := parseOID(d.OID)
	if err != nil {
		return nil, err
	}
	type algorithm struct {
		OID    asn1.ObjectIdentifier
		Params asn1.RawValue
	}
	return asn1.Marshal(struct {
		Algorithm algorithm
		Digest    []byte
	}{algorithm{oid, asn1.NullRawValue}, digest})
}

// SignDigest signs a digest with PKCS #1 v1.5 or PSS. salt is a length or one of
// the special values.
func (k *RSAKey) SignDigest(padding, salt int, d, mgf *Digest, digest []byte) ([]byte, error) {
	switch padding {
	case PaddingPKCS1:
		info, err := digestInfo(d, digest)
		if err != nil {
			return nil, err
		}
		block, ok := pad1(info, k.Size())
		if !ok {
			return nil, rsaError(0x02000070, "digest too big for rsa key", "ERR_OSSL_RSA_DIGEST_TOO_BIG_FOR_RSA_KEY", "error:1C880004:Provider routines::RSA lib")
		}
		return k.bytes(k.private(k.number(block))), nil
	case PaddingPSS:
		block, err := k.padPSS(salt, d, mgf, digest)
		if err != nil {
			return nil, err
		}
		return k.bytes(k.private(k.number(block))), nil
	case PaddingNone:
		m, err := k.raw(digest)
		if err != nil {
			return nil, err
		}
		return k.bytes(k.private(m)), nil
	case PaddingX931:
		block, err := padX931(d, digest, k.Size())
		if err != nil {
			return nil, err
		}
		m := k.private(k.number(block))
		if other := k.number(nil).Sub(k.N, m); other.Cmp(m) < 0 {
			m = other
		}
		return k.bytes(m), nil
	}
	return nil, unsupportedPadding()
}

// padX931 is the padding of ANSI X9.31.
func padX931(d *Digest, digest []byte, size int) ([]byte, error) {
	id, ok := map[string]byte{"sha1": 0x33, "sha256": 0x34, "sha384": 0x36, "sha512": 0x35}[d.Name]
	if !ok || size < len(digest)+4 {
		return nil, nodeerr.OpenSSL(0x1C80007A, "Provider routines", "invalid digest", "ERR_OSSL_INVALID_DIGEST")
	}
	out := make([]byte, size)
	out[0] = 0x6b
	at := size - len(digest) - 2
	for i := 1; i < at-1; i++ {
		out[i] = 0xbb
	}
	out[at-1] = 0xba
	copy(out[at:], digest)
	out[size-2], out[size-1] = id, 0xcc
	return out, nil
}

// padPSS is EMSA-PSS (RFC 8017, section 9.1.1).
func (k *RSAKey) padPSS(salt int, d, mgf *Digest, digest []byte) ([]byte, error) {
	bits := k.N.BitLen() - 1
	size := (bits + 7) / 8
	most := size - len(digest) - 2
	switch salt {
	case SaltDigest:
		salt = len(digest)
	case SaltAuto, SaltMax:
		salt = most
	case SaltAutoMax:
		salt = min(most, len(digest))
	}
	if salt < 0 || salt > most {
		return nil, tooLarge("error:1C880004:Provider routines::RSA lib")
	}
	s := make([]byte, salt)
	_, _ = rand.Read(s)
	h := sum(d, make([]byte, 8), digest, s)
	block := make([]byte, size)
	db := block[:size-len(h)-1]
	db[len(db)-salt-1] = 1
	copy(db[len(db)-salt:], s)
	mgf1(db, mgf, h)
	db[0] &= 0xff >> (8*size - bits)
	copy(block[len(db):], h)
	block[size-1] = 0xbc
	return block, nil
}

// VerifyDigest checks a signature over a digest.
func (k *RSAKey) VerifyDigest(padding, salt int, d, mgf *Digest, digest, sig []byte) bool {
	if len(sig) != k.Size() || k.number(sig).Cmp(k.N) >= 0 {
		return false
	}
	m := k.public(k.number(sig))
	switch padding {
	case PaddingPKCS1:
		info, err := digestInfo(d, digest)
		if err != nil {
			return false
		}
		want, ok := pad1(info, k.Size())
		return ok && subtle.ConstantTimeCompare(want, k.bytes(m)) == 1
	case PaddingPSS:
		return k.verifyPSS(salt, d, mgf, digest, m.FillBytes(make([]byte, k.Size())))
	case PaddingNone:
		return subtle.ConstantTimeCompare(k.bytes(m), digest) == 1
	case PaddingX931:
		want, err := padX931(d, digest, k.Size())
		if err != nil {
			return false
		}
		if m.Bit(0) != 0 || k.bytes(m)[k.Size()-1]&0xf != 12 {
			m.Sub(k.N, m)
		}
		return subtle.ConstantTimeCompare(k.bytes(m), want) == 1
	}
	return false
}

func (k *RSAKey) verifyPSS(salt int, d, mgf *Digest, digest, block []byte) bool {
	bits := k.N.BitLen() - 1
	size := (bits + 7) / 8
	for ; len(block) > size; block = block[1:] {
		if block[0] != 0 {
			return false
		}
	}
	if size < len(digest)+2 || block[size-1] != 0xbc {
		return false
	}
	db := block[:size-len(digest)-1]
	h := block[len(db) : size-1]
	clear := byte(0xff >> (8*size - bits))
	if db[0]&^clear != 0 {
		return false
	}
	mgf1(db, mgf, h)
	db[0] &= clear
	at := 0
	for at < len(db) && db[at] == 0 {
		at++
	}
	if at == len(db) || db[at] != 1 {
		return false
	}
	s := db[at+1:]
	if salt == SaltDigest {
		salt = len(digest)
	}
	if salt >= 0 && len(s) != salt || salt == SaltMax && len(s) != size-len(digest)-2 {
		return false
	}
	return subtle.ConstantTimeCompare(h, sum(d, make([]byte, 8), digest, s)) == 1
}
