package crypto

import (
	"crypto/rand"
	"math/big"
	"slices"

	"github.com/spindle-js/spindle/nodeerr"
)

// Key is an asymmetric key, public or private.
type Key struct {
	Type    string // Node's asymmetricKeyType: "rsa", "ec", "ed25519", …
	Private bool
	// One of these is set, as Type says.
	RSA *RSAKey
	EC  *ECKey
	DSA *DSAKey
	DH  *DHKey
	Raw *RawKey
}

// Public returns the public half.
func (k *Key) Public() *Key {
	if !k.Private {
		return k
	}
	p := &Key{Type: k.Type}
	switch {
	case k.RSA != nil:
		p.RSA = k.RSA.Public()
	case k.EC != nil:
		p.EC = k.EC.Public()
	case k.DSA != nil:
		p.DSA = k.DSA.Public()
	case k.DH != nil:
		p.DH = k.DH.Public()
	case k.Raw != nil:
		p.Raw = &RawKey{Public: k.Raw.Public}
	}
	return p
}

// IsRaw reports whether a name is that of a type whose keys are bytes.
func IsRaw(name string) bool { return rawTypes[name] != nil }

// IsKEM reports whether a key encapsulates.
func (k *Key) IsKEM() bool { t := rawTypes[k.Type]; return t != nil && t.kem != nil }

// GenerateRaw makes a key of a type whose keys are bytes.
func GenerateRaw(name string) (*Key, error) {
	k, err := generateRaw(rawTypes[name])
	if err != nil {
		return nil, err
	}
	return &Key{Type: name, Private: true, Raw: k}, nil
}

// NewRaw makes a key of a raw type of its bytes: a seed for a private key. It is
// nil for a wrong length.
func NewRaw(name string, p []byte, private bool) *Key {
	t := rawTypes[name]
	if !private {
		if t == nil || len(p) != t.public {
			return nil
		}
		if t.kem != nil {
			if _, err := t.kem.UnmarshalBinaryPublicKey(p); err != nil {
				return nil
			}
		}
		return &Key{Type: name, Raw: &RawKey{Public: slices.Clone(p)}}
	}
	if t == nil || len(p) != t.seed {
		return nil
	}
	k, err := t.derive(slices.Clone(p))
	if err != nil {
		return nil
	}
	return &Key{Type: name, Private: true, Raw: k}
}

// Equal reports whether both are the same key.
func (k *Key) Equal(o *Key) bool {
	if k.Type != o.Type || k.Private != o.Private {
		return false
	}
	same := func(a, b *big.Int) bool {
		if a == nil || b == nil {
			return a == b
		}
		return a.Cmp(b) == 0
	}
	switch {
	case k.RSA != nil:
		return same(k.RSA.N, o.RSA.N) && same(k.RSA.E, o.RSA.E) && same(k.RSA.D, o.RSA.D)
	case k.EC != nil:
		return k.EC.Curve.same(o.EC.Curve) && same(k.EC.X, o.EC.X) && same(k.EC.Y, o.EC.Y) && same(k.EC.D, o.EC.D)
	case k.DSA != nil:
		return same(k.DSA.P, o.DSA.P) && same(k.DSA.Q, o.DSA.Q) && same(k.DSA.G, o.DSA.G) && same(k.DSA.Y, o.DSA.Y) && same(k.DSA.X, o.DSA.X)
	case k.DH != nil:
		return same(k.DH.P, o.DH.P) && same(k.DH.G, o.DH.G) && same(k.DH.Y, o.DH.Y) && same(k.DH.X, o.DH.X)
	}
	return slices.Equal(k.Raw.Public, o.Raw.Public) && slices.Equal(k.Raw.Seed, o.Raw.Seed)
}

func errOperation() error {
	return nodeerr.OpenSSL(0x03000096, "digital envelope routines", "operation not supported for this keytype",
		"ERR_OSSL_EVP_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE")
}

// DiffieHellman is the secret that a private key shares with a public one.
func DiffieHellman(priv, pub *Key) ([]byte, error) {
	switch {
	case priv.DH != nil && pub.DH != nil:
		if priv.DH.P.Cmp(pub.DH.P) != 0 || priv.DH.G.Cmp(pub.DH.G) != 0 {
			return nil, mismatch()
		}
		return priv.DH.Shared(pub.DH.Y), nil
	case priv.EC != nil && pub.EC != nil:
		if !priv.EC.Curve.same(pub.EC.Curve) {
			return nil, mismatch()
		}
		return priv.EC.Shared(pub.EC)
	case priv.Raw != nil && pub.Raw != nil && rawTypes[priv.Type].shared != nil:
		out, err := rawTypes[priv.Type].shared(priv.Raw, pub.Raw.Public)
		if err != nil {
			return nil, nodeerr.OpenSSL(0x1C8000BA, "Provider routines", "failed during derivation", "ERR_OSSL_FAILED_DURING_DERIVATION")
		}
		return out, nil
	}
	return nil, errOperation()
}

func mismatch() error {
	return nodeerr.OpenSSL(0x1C8000CB, "Provider routines", "mismatching domain parameters", "ERR_OSSL_MISMATCHING_DOMAIN_PARAMETERS")
}

// SignOptions say how a signature is made.
type SignOptions struct {
	Digest  *Digest // nil for the key's own way
	Padding int     // RSA; 0 for the key's default
	Salt    int     // RSA-PSS
	HasSalt bool
	P1363   bool // ECDSA and DSA: r and s side by side instead of DER
	Context []byte
}

func (k *Key) rsaPadding(o *SignOptions) (padding, salt int, d, mgf *Digest, err error) {
	padding, salt, d = o.Padding, o.Salt, o.Digest
	if d == nil {
		d = LookupDigest("sha256")
		if k.RSA.PSS != nil {
			d = k.RSA.PSS.Hash
		}
	}
	mgf = d
	if padding == 0 {
		padding = PaddingPKCS1
		if k.Type == "rsa-pss" {
			padding = PaddingPSS
		}
	}
	if k.Type == "rsa-pss" && padding != PaddingPSS {
		return 0, 0, nil, nil, unsupportedPadding()
	}
	if !o.HasSalt {
		salt = SaltAuto
	}
	if padding == PaddingPSS && salt < SaltAutoMax {
		return 0, 0, nil, nil, nodeerr.OpenSSL(0x1C800070, "Provider routines", "invalid salt length", "ERR_OSSL_INVALID_SALT_LENGTH")
	}
	if p := k.RSA.PSS; p != nil && padding == PaddingPSS {
		if d != p.Hash {
			return 0, 0, nil, nil, nodeerr.OpenSSL(0x1C8000AE, "Provider routines", "digest not allowed", "ERR_OSSL_DIGEST_NOT_ALLOWED")
		}
		mgf = p.MGF
		actual := salt
		if salt == SaltDigest {
			actual = d.Size
		}
		if actual >= 0 && actual < p.SaltLength {
			return 0, 0, nil, nil, nodeerr.OpenSSL(0x1C8000AC, "Provider routines", "pss saltlen too small", "ERR_OSSL_PSS_SALTLEN_TOO_SMALL")
		}
	}
	if padding == PaddingX931 || padding == PaddingPKCS1 || padding == PaddingPSS || padding == PaddingNone {
		return padding, salt, d, mgf, nil
	}
	return 0, 0, nil, nil, unsupportedPadding()
}

// size of r and s in a signature of IEEE P1363.
func (k *Key) p1363() int {
	if k.EC != nil {
		return k.EC.Curve.scalarSize
	}
	return (k.DSA.Q.BitLen() + 7) / 8
}

// P1363Size is the length of r in a signature of IEEE P1363, 0 for a key that
// has none.
func (k *Key) P1363Size() int {
	if k.EC == nil && k.DSA == nil {
		return 0
	}
	return k.p1363()
}

// NeedsMessage reports whether a key signs the whole message and not a digest.
func (k *Key) NeedsMessage() bool { t := rawTypes[k.Type]; return t != nil && t.sign != nil }

// checkContext refuses a context where a key takes none, and one that is too
// long.
func (k *Key) checkContext(context []byte) error {
	if len(context) == 0 {
		return nil
	}
	if len(context) > 255 {
		return nodeerr.Native(nodeerr.KindRange, "ERR_OUT_OF_RANGE", "context string must be at most 255 bytes")
	}
	if t := rawTypes[k.Type]; t == nil || !t.context {
		return nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", "Context parameter is unsupported")
	}
	return nil
}

// checkMessage refuses options with which a key signs no messages, though it may
// sign digests.
func (k *Key) checkMessage(o *SignOptions) error {
	switch d := o.Digest; {
	case k.RSA != nil && d != nil && d.XOF:
		return nodeerr.OpenSSL(0x1C8000AE, "Provider routines", "digest not allowed", "ERR_OSSL_DIGEST_NOT_ALLOWED")
	case k.EC != nil && d != nil && d.XOF:
		return nodeerr.OpenSSL(0x1C80007A, "Provider routines", "invalid digest", "ERR_OSSL_INVALID_DIGEST")
	case k.RSA != nil && k.Type == "rsa" && o.Padding == PaddingNone:
		return nodeerr.OpenSSL(0x1C8000A8, "Provider routines", "invalid padding mode", "ERR_OSSL_INVALID_PADDING_MODE")
	}
	return nil
}

// Sign signs a message.
func (k *Key) Sign(msg []byte, o SignOptions) ([]byte, error) {
	if err := k.checkContext(o.Context); err != nil {
		return nil, err
	}
	if k.Raw != nil {
		t := rawTypes[k.Type]
		if t.sign == nil {
			return nil, errOperation()
		}
		if o.Digest != nil && len(o.Context) == 0 { // with a context OpenSSL is told no digest
			return nil, nodeerr.OpenSSL(0x1C80007A, "Provider routines", "invalid digest", "ERR_OSSL_INVALID_DIGEST")
		}
		return t.sign(k.Raw, msg, o.Context)
	}
	d := o.Digest
	if d == nil {
		d = k.defaultDigest()
	}
	if err := k.checkMessage(&o); err != nil {
		return nil, err
	}
	return k.SignDigest(sum(d, msg), o)
}

func (k *Key) defaultDigest() *Digest {
	if k.RSA != nil && k.RSA.PSS != nil {
		return k.RSA.PSS.Hash
	}
	return LookupDigest("sha256")
}

// SignDigest signs a digest.
func (k *Key) SignDigest(digest []byte, o SignOptions) (sig []byte, err error) {
	switch {
	case k.RSA != nil:
		padding, salt, d, mgf, err := k.rsaPadding(&o)
		if err != nil {
			return nil, err
		}
		if !o.HasSalt && k.RSA.PSS != nil {
			salt = k.RSA.PSS.SaltLength
		}
		return k.RSA.SignDigest(padding, salt, d, mgf, digest)
	case k.EC != nil:
		sig, err = k.EC.Sign(digest)
	case k.DSA != nil:
		sig, err = k.DSA.Sign(digest)
	default:
		return nil, errOperation()
	}
	if err == nil && o.P1363 {
		sig = SignatureToP1363(sig, k.p1363())
	}
	return sig, err
}

// Verify checks a signature over a message.
func (k *Key) Verify(msg, sig []byte, o SignOptions) (bool, error) {
	if err := k.checkContext(o.Context); err != nil {
		return false, err
	}
	if k.Raw != nil {
		t := rawTypes[k.Type]
		if t.verify == nil {
			return false, errOperation()
		}
		if o.Digest != nil && len(o.Context) == 0 { // with a context OpenSSL is told no digest
			return false, nodeerr.OpenSSL(0x1C80007A, "Provider routines", "invalid digest", "ERR_OSSL_INVALID_DIGEST")
		}
		return t.verify(k.Raw, msg, sig, o.Context), nil
	}
	d := o.Digest
	if d == nil {
		d = k.defaultDigest()
	}
	if err := k.checkMessage(&o); err != nil {
		return false, err
	}
	return k.VerifyDigest(sum(d, msg), sig, o)
}

// VerifyDigest checks a signature over a digest.
func (k *Key) VerifyDigest(digest, sig []byte, o SignOptions) (bool, error) {
	if o.P1363 && (k.EC != nil || k.DSA != nil) {
		if sig = SignatureFromP1363(sig, k.p1363()); sig == nil {
			return false, nil
		}
	}
	switch {
	case k.RSA != nil:
		padding, salt, d, mgf, err := k.rsaPadding(&o)
		if err != nil {
			return false, err
		}
		return k.RSA.VerifyDigest(padding, salt, d, mgf, digest, sig), nil
	case k.EC != nil:
		return k.EC.Verify(digest, sig), nil
	case k.DSA != nil:
		return k.DSA.Verify(digest, sig), nil
	}
	return false, errOperation()
}

// RandomBytes returns n random bytes.
func RandomBytes(n int) []byte {
	p := make([]byte, n)
	_, _ = rand.Read(p)
	return p
}
