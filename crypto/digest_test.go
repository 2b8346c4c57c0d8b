package crypto

import (
	"encoding/hex"
	"testing"
)

func TestDigests(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"md5", "abc", "900150983cd24fb0d6963f7d28e17f72"},
		{"RSA-SHA1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
		{"SHA256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"ripemd160", "abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"},
		{"rmd160", "12345678901234567890123456789012345678901234567890123456789012345678901234567890", "9b752e45573d4b39f4dbd3323cab82bf63326bfb"},
		{"sm3", "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
		{"sha3-256", "abc", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"},
		{"shake128", "", "7f9c2ba4e88f827d616045507605853e"},
		{"md5-sha1", "abc", "900150983cd24fb0d6963f7d28e17f72a9993e364706816aba3e25717850c26c9cd0d89d"},
	} {
		d := LookupDigest(c.name)
		if d == nil {
			t.Fatalf("no %s", c.name)
		}
		h, err := NewHash(d, -1)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range []byte(c.in) { // byte for byte, and copied on the way
			_, _ = h.Write([]byte{b})
			if h, err = h.Copy(-1); err != nil {
				t.Fatal(err)
			}
		}
		if got := hex.EncodeToString(h.Sum()); got != c.want {
			t.Errorf("%s(%q) = %s, want %s", c.name, c.in, got, c.want)
		}
	}
	for _, name := range Hashes() {
		if LookupDigest(name) == nil {
			t.Errorf("getHashes lists %s, which is not there", name)
		}
	}
}

func TestDigestLengths(t *testing.T) {
	if _, err := NewHash(LookupDigest("sha256"), 5); err == nil {
		t.Error("sha256 of 5 bytes")
	}
	h, _ := NewHash(LookupDigest("shake256"), 100)
	if n := len(h.Sum()); n != 100 {
		t.Errorf("%d bytes", n)
	}
}
