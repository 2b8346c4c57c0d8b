package crypto

import (
	"math/big"
	"testing"
)

// TestKeys writes each type of key in its encodings, reads it back and signs
// with what was read.
func TestKeys(t *testing.T) {
	keys := map[string]*Key{}
	rsa, err := GenerateRSA(1024, big.NewInt(3))
	if err != nil {
		t.Fatal(err)
	}
	keys["rsa"] = &Key{Type: "rsa", Private: true, RSA: rsa}
	for _, name := range []string{"prime256v1", "secp256k1", "brainpoolP256t1", "secp521r1"} {
		keys[name] = &Key{Type: "ec", Private: true, EC: GenerateEC(LookupCurve(name))}
	}
	explicit := GenerateEC(LookupCurve("prime192v1"))
	explicit.Explicit = true
	keys["explicit"] = &Key{Type: "ec", Private: true, EC: explicit}
	for _, name := range []string{"ed25519", "ed448", "ml-dsa-44"} {
		if keys[name], err = GenerateRaw(name); err != nil {
			t.Fatal(err)
		}
	}
	for name, k := range keys {
		enc, err := EncryptPKCS8(k.MarshalPKCS8(), LookupCipher("aes-256-cbc"), []byte("secret"))
		if err != nil {
			t.Fatal(name, err)
		}
		back, err := ParsePrivate(Source{Data: EncodePEM("ENCRYPTED PRIVATE KEY", enc), Passphrase: []byte("secret")})
		if err != nil || !back.Equal(k) {
			t.Fatal(name, err)
		}
		pub, err := ParsePublic(Source{Data: EncodePEM("PUBLIC KEY", k.MarshalSPKI())})
		if err != nil || !pub.Equal(k.Public()) {
			t.Fatal(name, err)
		}
		sig, err := back.Sign([]byte("text"), SignOptions{})
		if err != nil {
			t.Fatal(name, err)
		}
		if ok, err := pub.Verify([]byte("text"), sig, SignOptions{}); !ok || err != nil {
			t.Error(name, ok, err)
		}
		if ok, _ := pub.Verify([]byte("other"), sig, SignOptions{}); ok {
			t.Error(name, "accepts another text")
		}
	}
	if _, err := ParsePrivate(Source{Data: EncodePEM("ENCRYPTED PRIVATE KEY", []byte{0x30, 0}), Passphrase: []byte("x")}); err == nil {
		t.Error("an empty key is read")
	}
}

func TestGroups(t *testing.T) {
	for name, g := range dhGroups {
		if g.bits > 2048 {
			continue
		}
		if k := DHGroup(name); k.P.BitLen() != int(g.bits) || CheckDH(k.P, k.G) != 0 {
			t.Errorf("%s is no safe prime", name)
		}
	}
}

func TestCurves(t *testing.T) {
	for _, name := range Curves() {
		c := LookupCurve(name)
		if !c.OnCurve(c.Gx, c.Gy) {
			t.Errorf("%s: the generator is not on the curve", name)
		}
		if _, _, ok := c.coordinates(c.scale(c.affine(c.Gx, c.Gy), c.N)); ok {
			t.Errorf("%s: the order is wrong", name)
		}
	}
}
