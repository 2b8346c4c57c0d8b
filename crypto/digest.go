package crypto

import (
	stdcrypto "crypto"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding"
	"hash"
	"io"
	"slices"
	"strings"
	"sync"

	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/blake2s"

	"github.com/spindle-js/spindle/nodeerr"
)

// Digest is a message digest under OpenSSL's name for it.
type Digest struct {
	Name string // as OpenSSL prints it in lower case: "sha256"
	Size int    // bytes; of an extendable-output function the default
	// XOF says that the output may have any length.
	XOF bool
	New func() hash.Hash
	// Hash is the standard library's number, 0 where it has none.
	Hash stdcrypto.Hash
	// OID is the digest's object identifier in dotted form, "" without one.
	OID string
}

var digests = []*Digest{
	{Name: "md5", Size: 16, New: md5.New, Hash: stdcrypto.MD5, OID: "1.2.840.113549.2.5"},
	{Name: "sha1", Size: 20, New: sha1.New, Hash: stdcrypto.SHA1, OID: "1.3.14.3.2.26"},
	{Name: "sha224", Size: 28, New: sha256.New224, Hash: stdcrypto.SHA224, OID: "2.16.840.1.101.3.4.2.4"},
	{Name: "sha256", Size: 32, New: sha256.New, Hash: stdcrypto.SHA256, OID: "2.16.840.1.101.3.4.2.1"},
	{Name: "sha384", Size: 48, New: sha512.New384, Hash: stdcrypto.SHA384, OID: "2.16.840.1.101.3.4.2.2"},
	{Name: "sha512", Size: 64, New: sha512.New, Hash: stdcrypto.SHA512, OID: "2.16.840.1.101.3.4.2.3"},
	{Name: "sha512-224", Size: 28, New: sha512.New512_224, Hash: stdcrypto.SHA512_224, OID: "2.16.840.1.101.3.4.2.5"},
	{Name: "sha512-256", Size: 32, New: sha512.New512_256, Hash: stdcrypto.SHA512_256, OID: "2.16.840.1.101.3.4.2.6"},
	{Name: "sha3-224", Size: 28, New: func() hash.Hash { return sha3.New224() }, Hash: stdcrypto.SHA3_224, OID: "2.16.840.1.101.3.4.2.7"},
	{Name: "sha3-256", Size: 32, New: func() hash.Hash { return sha3.New256() }, Hash: stdcrypto.SHA3_256, OID: "2.16.840.1.101.3.4.2.8"},
	{Name: "sha3-384", Size: 48, New: func() hash.Hash { return sha3.New384() }, Hash: stdcrypto.SHA3_384, OID: "2.16.840.1.101.3.4.2.9"},
	{Name: "sha3-512", Size: 64, New: func() hash.Hash { return sha3.New512() }, Hash: stdcrypto.SHA3_512, OID: "2.16.840.1.101.3.4.2.10"},
	{Name: "shake128", Size: 16, XOF: true, New: func() hash.Hash { return newShake(16) }, OID: "2.16.840.1.101.3.4.2.11"},
	{Name: "shake256", Size: 32, XOF: true, New: func() hash.Hash { return newShake(32) }, OID: "2.16.840.1.101.3.4.2.12"},
	{Name: "blake2b512", Size: 64, New: newBlake2b},
	{Name: "blake2s256", Size: 32, New: newBlake2s},
	{Name: "ripemd160", Size: 20, New: newRIPEMD160, Hash: stdcrypto.RIPEMD160, OID: "1.3.36.3.2.1"},
	{Name: "md5-sha1", Size: 36, New: newMD5SHA1, Hash: stdcrypto.MD5SHA1},
	{Name: "sm3", Size: 32, New: newSM3, OID: "1.2.156.10197.1.401"},
}

func newBlake2b() hash.Hash { h, _ := blake2b.New512(nil); return h }
func newBlake2s() hash.Hash { h, _ := blake2s.New256(nil); return h }

// digestNames are the further names of digests, in lower case.
var digestNames = map[string]string{
	"ripemd": "ripemd160", "rmd160": "ripemd160", "ripemd160withrsa": "ripemd160", "rsa-ripemd160": "ripemd160",
	"ssl3-md5": "md5", "md5withrsaencryption": "md5", "rsa-md5": "md5",
	"ssl3-sha1": "sha1", "sha1withrsaencryption": "sha1", "rsa-sha1": "sha1", "rsa-sha1-2": "sha1", "sha-1": "sha1",
	"sha-224": "sha224", "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512",
	"sha2-224": "sha224", "sha2-256": "sha256", "sha2-384": "sha384", "sha2-512": "sha512",
	"sha512/224": "sha512-224", "sha-512/224": "sha512-224", "sha2-512/224": "sha512-224", "rsa-sha512/224": "sha512-224",
	"sha512/256": "sha512-256", "sha-512/256": "sha512-256", "sha2-512/256": "sha512-256", "rsa-sha512/256": "sha512-256",
	"sha512-224withrsaencryption": "sha512-224", "sha512-256withrsaencryption": "sha512-256",
	"shake-128": "shake128", "shake-256": "shake256",
	"blake2b-512": "blake2b512", "blake2s-256": "blake2s256",
	"rsa-sm3": "sm3", "sm3withrsaencryption": "sm3",
}

var digestTable = sync.OnceValue(func() map[string]*Digest {
	t := map[string]*Digest{}
	for _, d := range digests {
		t[d.Name] = d
		if d.OID != "" {
			t[d.OID] = d
		}
		if n, ok := strings.CutPrefix(d.Name, "sha"); ok {
			t["rsa-sha"+n] = d
			t["sha"+n+"withrsaencryption"] = d
			t["id-rsassa-pkcs1-v1_5-with-sha"+n] = d
		}
	}
	for n, of := range digestNames {
		t[n] = t[of]
	}
	return t
})

// LookupDigest finds a digest by any of OpenSSL's names for it, in any case; nil
// if there is none.
func LookupDigest(name string) *Digest {
	if d := digestTable()[name]; d != nil {
		return d
	}
	return digestTable()[strings.ToLower(name)]
}

// legacyDigests are digests that OpenSSL 3 has in its legacy provider alone,
// which Node does not load.
var legacyDigests = map[string]bool{
	"md4": true, "md4withrsaencryption": true, "rsa-md4": true, "mdc2": true, "mdc2withrsa": true, "rsa-mdc2": true, "whirlpool": true,
}

// FindDigest is LookupDigest with the error that OpenSSL has for a name that
// it knows and cannot serve; both are nil for a name that it does not know.
func FindDigest(name string) (*Digest, error) {
	if legacyDigests[strings.ToLower(name)] {
		return nil, nodeerr.OpenSSLUnsupported("error:03000086:digital envelope routines::initialization error",
			"error:0308010C:digital envelope routines::unsupported")
	}
	return LookupDigest(name), nil
}

// Hashes is crypto.getHashes().
func Hashes() []string { return slices.Clone(hashNames) }

var hashNames = []string{
	"RSA-MD5", "RSA-RIPEMD160", "RSA-SHA1", "RSA-SHA1-2", "RSA-SHA224", "RSA-SHA256", "RSA-SHA3-224", "RSA-SHA3-256",
	"RSA-SHA3-384", "RSA-SHA3-512", "RSA-SHA384", "RSA-SHA512", "RSA-SHA512/224", "RSA-SHA512/256", "RSA-SM3",
	"blake2b512", "blake2s256", "id-rsassa-pkcs1-v1_5-with-sha3-224", "id-rsassa-pkcs1-v1_5-with-sha3-256",
	"id-rsassa-pkcs1-v1_5-with-sha3-384", "id-rsassa-pkcs1-v1_5-with-sha3-512", "md5", "md5-sha1",
	"md5WithRSAEncryption", "ripemd", "ripemd160", "ripemd160WithRSA", "rmd160", "sha1", "sha1WithRSAEncryption",
	"sha224", "sha224WithRSAEncryption", "sha256", "sha256WithRSAEncryption", "sha3-224", "sha3-256", "sha3-384",
	"sha3-512", "sha384", "sha384WithRSAEncryption", "sha512", "sha512-224", "sha512-224WithRSAEncryption",
	"sha512-256", "sha512-256WithRSAEncryption", "sha512WithRSAEncryption", "shake128", "shake256", "sm3",
	"sm3WithRSAEncryption", "ssl3-md5", "ssl3-sha1",
}

// shake is an extendable-output function as a hash.Hash of its default size.
type shake struct {
	*sha3.SHAKE
	size int
}

func newShake(size int) hash.Hash {
	if size == 16 {
		return &shake{sha3.NewSHAKE128(), size}
	}
	return &shake{sha3.NewSHAKE256(), size}
}

func (s *shake) Size() int { return s.size }

// Sum appends the first bytes of the output; the state stays.
func (s *shake) Sum(b []byte) []byte { return append(b, s.output(s.size)...) }

func (s *shake) output(n int) []byte {
	c := newShake(s.size).(*shake)
	copyState(c, s)
	out := make([]byte, n)
	_, _ = io.ReadFull(c.SHAKE, out)
	return out
}

// copyState gives dst, of src's kind, the state of src.
func copyState(dst, src hash.Hash) {
	state, err := src.(encoding.BinaryMarshaler).MarshalBinary()
	if err == nil {
		err = dst.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
	}
	if err != nil {
		panic(err) // both are our own
	}
}

// cloner is a hash that copies itself.
type cloner interface{ clone() hash.Hash }

// Hash is a running digest.
type Hash struct {
	digest *Digest
	h      hash.Hash
	size   int
}

// NewHash begins a digest. size is the length of the output, negative for the
// default; another length is an error but for extendable-output functions and
// for 0.
func NewHash(d *Digest, size int) (*Hash, error) {
	if size < 0 {
		size = d.Size
	}
	if size != d.Size && !d.XOF && size != 0 {
		return nil, nodeerr.OpenSSL(0x030000B2, "digital envelope routines", "not XOF or invalid length", "ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH")
	}
	return &Hash{digest: d, h: d.New(), size: size}, nil
}

// Write adds data; it never fails.
func (h *Hash) Write(p []byte) (int, error) { return h.h.Write(p) }

// Digest returns the digest's description.
func (h *Hash) Digest() *Digest { return h.digest }

// Size is the length of the output.
func (h *Hash) Size() int { return h.size }

// Sum returns the output for what was written so far.
func (h *Hash) Sum() []byte {
	if h.size == 0 {
		return []byte{}
	}
	if s, ok := h.h.(*shake); ok {
		return s.output(h.size)
	}
	return h.h.Sum(make([]byte, 0, h.size))
}

// Copy returns a Hash in the same state whose output has size bytes, negative
// for the default.
func (h *Hash) Copy(size int) (*Hash, error) {
	c, err := NewHash(h.digest, size)
	if err != nil {
		return nil, err
	}
	if x, ok := h.h.(cloner); ok {
		c.h = x.clone()
	} else {
		copyState(c.h, h.h)
	}
	return c, nil
}

// SumXOF is the one-shot digest of data with size bytes of output, negative for
// the default.
func SumXOF(d *Digest, data []byte, size int) []byte {
	h := d.New()
	h.Write(data)
	if s, ok := h.(*shake); ok && size >= 0 {
		return s.output(size)
	}
	return h.Sum(make([]byte, 0, d.Size))
}

// sum is the digest of the parts.
func sum(d *Digest, parts ...[]byte) []byte {
	h := d.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// md5sha1 is the concatenation of both digests, as TLS 1.0 signs it.
type md5sha1 struct{ a, b hash.Hash }

func newMD5SHA1() hash.Hash { return &md5sha1{md5.New(), sha1.New()} }

func (m *md5sha1) Write(p []byte) (int, error) { m.a.Write(p); return m.b.Write(p) }
func (m *md5sha1) Sum(b []byte) []byte         { return m.b.Sum(m.a.Sum(b)) }
func (m *md5sha1) Reset()                      { m.a.Reset(); m.b.Reset() }
func (m *md5sha1) Size() int                   { return 36 }
func (m *md5sha1) BlockSize() int              { return 64 }
func (m *md5sha1) clone() hash.Hash {
	c := &md5sha1{md5.New(), sha1.New()}
	copyState(c.a, m.a)
	copyState(c.b, m.b)
	return c
}
