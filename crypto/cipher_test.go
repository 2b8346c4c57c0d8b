package crypto

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"
)

// TestCiphers encrypts one text in pieces with what OpenSSL made of it, and back.
func TestCiphers(t *testing.T) {
	fill := func(n int, f func(i int) byte) []byte {
		p := make([]byte, n)
		for i := range p {
			p[i] = f(i)
		}
		return p
	}
	same := func(x byte) func(int) byte { return func(int) byte { return x } }
	count := func(i int) byte { return byte(i) }
	iv := fill(16, same(3))
	const text = "hello world, more than one block of text"
	for _, c := range []struct {
		name    string
		key, iv []byte
		want    string
	}{
		{"aes-128-cbc", fill(16, same(1)), iv, "68edbcdb60ad55cfb9c9d970bb7165f8a7bb3a4a95ba2670d98144b08854411e68ab37af1990eecfb3cbaac189f21a29"},
		{"aes-128-cfb8", fill(16, same(1)), iv, "0eb6d4fec4f82bdf081b4909537b08c70139a0cb7403141a148cba57f38cc46bec4cc2d1274ac400"},
		{"aes-128-cfb1", fill(16, same(1)), iv, "71544125afead53713e952f26633e3d7a39ab001140cd6a4c21f8930928d8c4dd14dd121f278b1ac"},
		{"aes-128-ofb", fill(16, same(1)), iv, "0e596b77145aa228d97e39f66eb88bc1ca3d1c5279be2e4359952824130389ca84b2de8f24fa2634"},
		{"des-ede3-cbc", fill(24, count), iv[:8], "8cbf487ea8e162493c9e7f20aa4306ed689199650eaa123579190282705f14f69d668adc640d88f5841ea9453fb1c6d2"},
		{"des-ede", fill(16, count), nil, "954e36b64c5771ee19b31631a8a5522ea2b79869d062398f9fc14851f5ab1fdf6a15eba8dcdf18d47d2012de08941000"},
		{"chacha20", fill(32, same(2)), iv, "e736fd013d89d674f89354412a20e4a63450d56bad90801b5783880be9c4badd6a909b54c1ce4ec9"},
		{"aes-128-gcm", fill(16, same(1)), iv, "65da17c7f2aa92d9dbebd946ebb2851fb37779356def74fe269fd49fc2b197162dbef3adc3dfe4a5"},
		{"chacha20-poly1305", fill(32, same(2)), fill(12, same(4)), "7437b8a0b3c747d6333eb2ffd571e0d7bf586b69f786cac9b8df35050a60799be698babe8b96978e"},
	} {
		info := LookupCipher(strings.ToUpper(c.name))
		enc, err := NewCipher(info, c.key, c.iv, true, -1)
		if err != nil {
			t.Fatal(c.name, err)
		}
		out := inPieces(t, enc, []byte(text))
		if got := hex.EncodeToString(out); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.want)
		}
		dec, err := NewCipher(info, c.key, c.iv, false, -1)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if info.AEAD() {
			tag, err := enc.AuthTag()
			if err != nil {
				t.Fatal(err)
			}
			if _, err = dec.SetAuthTag(tag); err != nil {
				t.Fatal(err)
			}
		}
		if back := inPieces(t, dec, out); !bytes.Equal(back, []byte(text)) {
			t.Errorf("%s gives back %q", c.name, back)
		}
	}
}

func inPieces(t *testing.T, c *Cipher, p []byte) (out []byte) {
	t.Helper()
	for i := 0; i < len(p); i += 7 {
		x, err := c.Update(p[i:min(i+7, len(p))])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, x...)
	}
	x, err := c.Final()
	if err != nil {
		t.Fatal(err)
	}
	return append(out, x...)
}

func TestTamperedTag(t *testing.T) {
	for _, name := range []string{"aes-256-gcm", "aes-256-ocb", "chacha20-poly1305"} {
		c, err := NewCipher(LookupCipher(name), make([]byte, 32), make([]byte, 12), false, 16)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = c.SetAuthTag(make([]byte, 16)); err != nil {
			t.Fatal(err)
		}
		_, _ = c.Update([]byte("x"))
		if _, err = c.Final(); err == nil {
			t.Errorf("%s accepts a wrong tag", name)
		}
	}
}

func TestArgon2(t *testing.T) {
	p := Argon2Params{Message: bytes.Repeat([]byte{1}, 32), Nonce: bytes.Repeat([]byte{2}, 16), Secret: bytes.Repeat([]byte{3}, 8),
		Data: bytes.Repeat([]byte{4}, 12), Parallelism: 4, TagLength: 32, Memory: 32, Passes: 3}
	for kind, want := range []string{ // RFC 9106, section 5
		"512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb",
		"c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8",
		"0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
	} {
		p.Type = kind
		if got := hex.EncodeToString(Argon2(p)); got != want {
			t.Errorf("type %d: %s", kind, got)
		}
	}
}
