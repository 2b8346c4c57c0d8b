package crypto

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"slices"

	"github.com/cloudflare/circl/dh/x448"
	"github.com/cloudflare/circl/kem"
	"github.com/cloudflare/circl/kem/mlkem/mlkem1024"
	"github.com/cloudflare/circl/kem/mlkem/mlkem512"
	"github.com/cloudflare/circl/kem/mlkem/mlkem768"
	"github.com/cloudflare/circl/sign"
	"github.com/cloudflare/circl/sign/ed448"
	"github.com/cloudflare/circl/sign/mldsa/mldsa44"
	"github.com/cloudflare/circl/sign/mldsa/mldsa65"
	"github.com/cloudflare/circl/sign/mldsa/mldsa87"

	"github.com/spindle-js/spindle/nodeerr"
)

// RawKey is a key that is a string of bytes: those of RFC 8032, RFC 7748, and
// of the post-quantum algorithms ML-DSA and ML-KEM.
type RawKey struct {
	Public []byte
	// Seed is the private key, or the seed that it comes from; nil in a public
	// key.
	Seed []byte
	// Expanded is the private key of ML-DSA and ML-KEM.
	Expanded []byte
}

// rawType describes a type of raw keys.
type rawType struct {
	oid     string
	jwk     string // crv or alg in a JWK
	seed    int    // bytes
	public  int
	pq      bool
	context bool // signatures take a context
	derive  func(seed []byte) (*RawKey, error)
	sign    func(k *RawKey, msg, context []byte) ([]byte, error)
	verify  func(k *RawKey, msg, sig, context []byte) bool
	shared  func(k *RawKey, peer []byte) ([]byte, error)
	kem     kem.Scheme
	restore func(expanded []byte) (*RawKey, error) // of a private key without seed
}

var rawTypes = map[string]*rawType{
	"ed25519": {oid: "1.3.101.112", jwk: "Ed25519", seed: 32, public: 32,
		derive: func(seed []byte) (*RawKey, error) {
			k := ed25519.NewKeyFromSeed(seed)
			return &RawKey{Public: slices.Clone(k[32:]), Seed: seed}, nil
		},
		sign: func(k *RawKey, msg, _ []byte) ([]byte, error) {
			return ed25519.Sign(ed25519.NewKeyFromSeed(k.Seed), msg), nil
		},
		verify: func(k *RawKey, msg, sig, _ []byte) bool { return ed25519.Verify(k.Public, msg, sig) },
	},
	"ed448": {oid: "1.3.101.113", jwk: "Ed448", seed: 57, public: 57, context: true,
		derive: func(seed []byte) (*RawKey, error) {
			k := ed448.NewKeyFromSeed(seed)
			return &RawKey{Public: slices.Clone(k[57:]), Seed: seed}, nil
		},
		sign: func(k *RawKey, msg, context []byte) ([]byte, error) {
			return ed448.Sign(ed448.NewKeyFromSeed(k.Seed), msg, string(context)), nil
		},
		verify: func(k *RawKey, msg, sig, context []byte) bool {
			return ed448.Verify(k.Public, msg, sig, string(context))
		},
	},
	"x25519": {oid: "1.3.101.110", jwk: "X25519", seed: 32, public: 32,
		derive: func(seed []byte) (*RawKey, error) {
			k, err := ecdh.X25519().NewPrivateKey(seed)
			if err != nil {
				return nil, err
			}
			return &RawKey{Public: k.PublicKey().Bytes(), Seed: seed}, nil
		},
		shared: func(k *RawKey, peer []byte) ([]byte, error) {
			priv, err := ecdh.X25519().NewPrivateKey(k.Seed)
			if err != nil {
				return nil, err
			}
			pub, err := ecdh.X25519().NewPublicKey(peer)
			if err != nil {
				return nil, err
			}
			return priv.ECDH(pub)
		},
	},
	"x448": {oid: "1.3.101.111", jwk: "X448", seed: 56, public: 56,
		derive: func(seed []byte) (*RawKey, error) {
			var pub, priv x448.Key
			copy(priv[:], seed)
			x448.KeyGen(&pub, &priv)
			return &RawKey{Public: slices.Clone(pub[:]), Seed: seed}, nil
		},
		shared: func(k *RawKey, peer []byte) ([]byte, error) {
			var out, pub, priv x448.Key
			copy(priv[:], k.Seed)
			copy(pub[:], peer)
			if !x448.Shared(&out, &priv, &pub) {
				return nil, nodeerr.New(nodeerr.KindError, "", "low order point")
			}
			return slices.Clone(out[:]), nil
		},
	},
	"ml-dsa-44":   mldsaType("2.16.840.1.101.3.4.3.17", mldsa44.Scheme()),
	"ml-dsa-65":   mldsaType("2.16.840.1.101.3.4.3.18", mldsa65.Scheme()),
	"ml-dsa-87":   mldsaType("2.16.840.1.101.3.4.3.19", mldsa87.Scheme()),
	"ml-kem-512":  mlkemType("2.16.840.1.101.3.4.4.1", mlkem512.Scheme()),
	"ml-kem-768":  mlkemType("2.16.840.1.101.3.4.4.2", mlkem768.Scheme()),
	"ml-kem-1024": mlkemType("2.16.840.1.101.3.4.4.3", mlkem1024.Scheme()),
}

func mldsaType(oid string, s sign.Scheme) *rawType {
	marshal := func(pub sign.PublicKey, priv sign.PrivateKey, seed []byte) (*RawKey, error) {
		p, err := pub.MarshalBinary()
		if err != nil {
			return nil, err
		}
		x, err := priv.MarshalBinary()
		return &RawKey{Public: p, Seed: seed, Expanded: x}, err
	}
	return &rawType{oid: oid, jwk: s.Name(), seed: s.SeedSize(), public: s.PublicKeySize(), pq: true, context: true,
		derive: func(seed []byte) (*RawKey, error) {
			pub, priv := s.DeriveKey(seed)
			return marshal(pub, priv, seed)
		},
		restore: func(x []byte) (*RawKey, error) {
			priv, err := s.UnmarshalBinaryPrivateKey(x)
			if err != nil {
				return nil, err
			}
			pub, ok := priv.Public().(sign.PublicKey)
			if !ok {
				return nil, errDecode()
			}
			return marshal(pub, priv, nil)
		},
		sign: func(k *RawKey, msg, context []byte) ([]byte, error) {
			priv, err := s.UnmarshalBinaryPrivateKey(k.Expanded)
			if err != nil {
				return nil, err
			}
			return s.Sign(priv, msg, &sign.SignatureOpts{Context: string(context)}), nil
		},
		verify: func(k *RawKey, msg, sig, context []byte) bool {
			pub, err := s.UnmarshalBinaryPublicKey(k.Public)
			return err == nil && s.Verify(pub, msg, sig, &sign.SignatureOpts{Context: string(context)})
		},
	}
}

func mlkemType(oid string, s kem.Scheme) *rawType {
	marshal := func(pub kem.PublicKey, priv kem.PrivateKey, seed []byte) (*RawKey, error) {
		p, err := pub.MarshalBinary()
		if err != nil {
			return nil, err
		}
		x, err := priv.MarshalBinary()
		return &RawKey{Public: p, Seed: seed, Expanded: x}, err
	}
	return &rawType{oid: oid, jwk: s.Name(), seed: s.SeedSize(), public: s.PublicKeySize(), pq: true, kem: s,
		derive: func(seed []byte) (*RawKey, error) {
			pub, priv := s.DeriveKeyPair(seed)
			return marshal(pub, priv, seed)
		},
		restore: func(x []byte) (*RawKey, error) {
			priv, err := s.UnmarshalBinaryPrivateKey(x)
			if err != nil {
				return nil, err
			}
			return marshal(priv.Public(), priv, nil)
		},
	}
}

// generateRaw makes a private key of a raw type.
func generateRaw(t *rawType) (*RawKey, error) {
	seed := make([]byte, t.seed)
	_, _ = rand.Read(seed)
	return t.derive(seed)
}

// kemFailed is what Node says where OpenSSL does not encapsulate.
func kemFailed(what string) error {
	return nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", "Failed to perform "+what)
}

// Encapsulate makes a shared secret for the owner of an ML-KEM key (FIPS 203), of
// an RSA key (RSASVE, NIST SP 800-56B), or of a key of a group (RFC 9180).
func (k *Key) Encapsulate() (shared, ciphertext []byte, err error) {
	if d := dhkemOf(k); d != nil {
		return d.encapsulate(k)
	}
	if k.Type == "rsa" {
		z := randomBelow(k.RSA.N)
		return k.RSA.bytes(z), k.RSA.bytes(k.RSA.public(z)), nil
	}
	t := rawTypes[k.Type]
	if t == nil || t.kem == nil {
		return nil, nil, kemFailed("encapsulation")
	}
	pub, err := t.kem.UnmarshalBinaryPublicKey(k.Raw.Public)
	if err != nil {
		return nil, nil, err
	}
	ciphertext, shared, err = t.kem.Encapsulate(pub)
	return shared, ciphertext, err
}

// Decapsulate finds the shared secret of a ciphertext.
func (k *Key) Decapsulate(ciphertext []byte) ([]byte, error) {
	if d := dhkemOf(k); d != nil && k.Private {
		return d.decapsulate(k, ciphertext)
	}
	if k.Type == "rsa" {
		c := k.RSA.number(ciphertext)
		if len(ciphertext) != k.RSA.Size() || c.Cmp(k.RSA.N) >= 0 {
			return nil, kemFailed("decapsulation")
		}
		return k.RSA.bytes(k.RSA.private(c)), nil
	}
	t := rawTypes[k.Type]
	if t == nil || t.kem == nil || !k.Private {
		return nil, kemFailed("decapsulation")
	}
	priv, err := t.kem.UnmarshalBinaryPrivateKey(k.Raw.Expanded)
	if err != nil {
		return nil, err
	}
	if len(ciphertext) != t.kem.CiphertextSize() {
		return nil, kemFailed("decapsulation")
	}
	return t.kem.Decapsulate(priv, ciphertext)
}
