package crypto

import (
	"crypto/hkdf"
	"encoding/binary"
	"hash"
	"slices"
)

// dhkem describes a key encapsulation by Diffie-Hellman (RFC 9180, section 7.1).
type dhkem struct {
	id     uint16
	digest string
	size   int // of the shared secret
}

// dhkemOf finds the encapsulation of a key's group, nil where there is none.
func dhkemOf(k *Key) *dhkem {
	name := k.Type
	if k.EC != nil {
		name = k.EC.Curve.NISTName()
	}
	switch name {
	case "P-256":
		return &dhkem{0x10, "sha256", 32}
	case "P-384":
		return &dhkem{0x11, "sha384", 48}
	case "P-521":
		return &dhkem{0x12, "sha512", 64}
	case "x25519":
		return &dhkem{0x20, "sha256", 32}
	case "x448":
		return &dhkem{0x21, "sha512", 64}
	}
	return nil
}

// public is a public key as it is sent.
func (dhkem) public(k *Key) []byte {
	if k.EC != nil {
		return k.EC.Bytes(PointUncompressed)
	}
	return k.Raw.Public
}

// derive is ExtractAndExpand of RFC 9180, section 4.1.
func (d *dhkem) derive(shared, context []byte) ([]byte, error) {
	suite := binary.BigEndian.AppendUint16([]byte("KEM"), d.id)
	newHash := func() hash.Hash { return LookupDigest(d.digest).New() }
	labeled := func(label string, p []byte) []byte {
		return slices.Concat([]byte("HPKE-v1"), suite, []byte(label), p)
	}
	key, err := hkdf.Extract(newHash, labeled("eae_prk", shared), nil)
	if err != nil {
		return nil, err
	}
	info := binary.BigEndian.AppendUint16(nil, uint16(d.size))
	return hkdf.Expand(newHash, key, string(append(info, labeled("shared_secret", context)...)), d.size)
}

func (d *dhkem) encapsulate(k *Key) (shared, ciphertext []byte, err error) {
	var own *Key
	if k.EC != nil {
		own = &Key{Type: "ec", Private: true, EC: GenerateEC(k.EC.Curve)}
	} else if own, err = GenerateRaw(k.Type); err != nil {
		return nil, nil, err
	}
	secret, err := DiffieHellman(own, k.Public())
	if err != nil {
		return nil, nil, kemFailed("encapsulation")
	}
	ciphertext = slices.Clone(d.public(own))
	shared, err = d.derive(secret, append(slices.Clone(ciphertext), d.public(k)...))
	return shared, ciphertext, err
}

func (d *dhkem) decapsulate(k *Key, ciphertext []byte) ([]byte, error) {
	var peer *Key
	if k.EC == nil {
		peer = NewRaw(k.Type, ciphertext, false)
	} else if len(ciphertext) == len(d.public(k)) {
		if x, y, ok := k.EC.Curve.DecodePoint(ciphertext); ok {
			peer = &Key{Type: "ec", EC: &ECKey{Curve: k.EC.Curve, X: x, Y: y}}
		}
	}
	if peer == nil {
		return nil, kemFailed("decapsulation")
	}
	secret, err := DiffieHellman(k, peer)
	if err != nil {
		return nil, kemFailed("decapsulation")
	}
	return d.derive(secret, append(slices.Clone(ciphertext), d.public(k)...))
}
