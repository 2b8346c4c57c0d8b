package crypto

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// CipherInfo describes a cipher, as crypto.getCipherInfo does.
type CipherInfo struct {
	Name      string // in lower case, as OpenSSL's short name
	NID       int
	Mode      string // "cbc", "gcm", "stream", "wrap", …
	BlockSize int    // bytes; 0 for a stream cipher that has none
	IVLength  int    // bytes; 0 for none
	KeyLength int    // bytes

	block func(key []byte) (cipher.Block, error)
	// bits is the width of CFB's feedback.
	bits int
	// pad says that a key wrap pads (RFC 5649).
	pad bool
}

// AEAD reports whether the cipher authenticates.
func (c *CipherInfo) AEAD() bool {
	switch c.Mode {
	case "gcm", "ccm", "ocb":
		return true
	}
	return c.Name == "chacha20-poly1305"
}

// WithLengths returns c with the lengths asked for, nil if the cipher has no
// such key or vector; 0 leaves a length as it is.
func (c *CipherInfo) WithLengths(key, iv int) *CipherInfo {
	if key > 0 && key != c.KeyLength {
		return nil
	}
	if iv < 0 || iv == c.IVLength {
		return c
	}
	out := *c
	out.IVLength = iv
	switch {
	case c.Mode == "gcm":
	case c.Mode == "ccm" && iv >= 7 && iv <= 13, c.Mode == "ocb" && iv >= 1 && iv <= 15:
	case c.Name == "chacha20-poly1305" && iv >= 1 && iv <= 12:
	default:
		return nil
	}
	return &out
}

func tripleDES(key []byte) (cipher.Block, error) {
	if len(key) == 16 { // two keys: the first is used again
		key = append(slices.Clone(key), key[:8]...)
	}
	return des.NewTripleDESCipher(key)
}

type cipherList struct {
	byName map[string]*CipherInfo
	byNID  map[int]*CipherInfo
	names  []string
}

func (l *cipherList) add(c *CipherInfo, names ...string) {
	if len(names) == 0 {
		names = []string{c.Name}
	}
	l.byName[c.Name] = c
	l.byNID[c.NID] = c
	for _, n := range names {
		l.byName[strings.ToLower(n)] = c
		l.names = append(l.names, n)
	}
}

var ciphers = sync.OnceValue(func() *cipherList {
	l := &cipherList{byName: map[string]*CipherInfo{}, byNID: map[int]*CipherInfo{}}
	aesNIDs := map[string][3]int{
		"ecb": {418, 422, 426}, "cbc": {419, 423, 427}, "ofb": {420, 424, 428}, "cfb": {421, 425, 429},
		"cfb1": {650, 651, 652}, "cfb8": {653, 654, 655}, "ctr": {904, 905, 906}, "ocb": {958, 959, 960},
		"gcm": {895, 898, 901}, "ccm": {896, 899, 902}, "wrap": {788, 789, 790}, "wrap-pad": {897, 900, 903},
	}
	for mode, nids := range aesNIDs {
		for i, size := range [3]int{128, 192, 256} {
			bits := strconv.Itoa(size)
			c := &CipherInfo{Name: "aes-" + bits + "-" + mode, NID: nids[i], Mode: mode, BlockSize: 1, IVLength: 16, KeyLength: size / 8, block: aes.NewCipher}
			names := []string{c.Name}
			switch mode {
			case "ecb":
				c.BlockSize, c.IVLength = 16, 0
			case "cbc":
				c.BlockSize = 16
				names = append(names, "aes"+bits)
			case "cfb", "cfb1", "cfb8":
				c.Mode, c.bits = "cfb", map[string]int{"cfb": 128, "cfb1": 1, "cfb8": 8}[mode]
			case "ocb":
				c.BlockSize, c.IVLength = 16, 12
			case "gcm", "ccm":
				names = append(names, "id-aes"+bits+"-"+strings.ToUpper(mode))
				c.Name, c.IVLength = "id-aes"+bits+"-"+mode, 12
			case "wrap", "wrap-pad":
				names = []string{"aes" + bits + "-" + mode, "id-aes" + bits + "-" + mode}
				c.Name, c.Mode, c.BlockSize, c.IVLength = "id-aes"+bits+"-"+mode, "wrap", 8, 8
				if c.pad = mode == "wrap-pad"; c.pad {
					c.IVLength = 4
				}
			}
			l.add(c, names...)
		}
	}
	l.add(&CipherInfo{Name: "aes-128-xts", NID: 913, Mode: "xts", BlockSize: 1, IVLength: 16, KeyLength: 32, block: aes.NewCipher})
	l.add(&CipherInfo{Name: "aes-256-xts", NID: 914, Mode: "xts", BlockSize: 1, IVLength: 16, KeyLength: 64, block: aes.NewCipher})
	for _, d := range []struct {
		name  string
		nid   int
		mode  string
		key   int
		bits  int
		names []string
	}{
		{"des-ede", 32, "ecb", 16, 0, []string{"des-ede", "des-ede-ecb"}},
		{"des-ede-cbc", 43, "cbc", 16, 0, nil}, {"des-ede-cfb", 60, "cfb", 16, 64, nil}, {"des-ede-ofb", 62, "ofb", 16, 0, nil},
		{"des-ede3", 33, "ecb", 24, 0, []string{"des-ede3", "des-ede3-ecb"}},
		{"des-ede3-cbc", 44, "cbc", 24, 0, []string{"des-ede3-cbc", "des3"}},
		{"des-ede3-cfb", 61, "cfb", 24, 64, nil}, {"des-ede3-cfb1", 658, "cfb", 24, 1, nil}, {"des-ede3-cfb8", 659, "cfb", 24, 8, nil},
		{"des-ede3-ofb", 63, "ofb", 24, 0, nil},
	} {
		c := &CipherInfo{Name: d.name, NID: d.nid, Mode: d.mode, BlockSize: 1, IVLength: 8, KeyLength: d.key, block: tripleDES, bits: d.bits}
		if d.mode == "ecb" || d.mode == "cbc" {
			c.BlockSize = 8
		}
		if d.mode == "ecb" {
			c.IVLength = 0
		}
		l.add(c, d.names...)
	}
	l.add(&CipherInfo{Name: "id-smime-alg-cms3deswrap", NID: 246, Mode: "wrap", BlockSize: 8, KeyLength: 24, block: tripleDES},
		"des3-wrap", "id-smime-alg-CMS3DESwrap")
	l.add(&CipherInfo{Name: "chacha20", NID: 1019, Mode: "stream", IVLength: 16, KeyLength: 32})
	l.add(&CipherInfo{Name: "chacha20-poly1305", NID: 1018, Mode: "stream", IVLength: 12, KeyLength: 32})
	slices.Sort(l.names)
	return l
})

// LookupCipher finds a cipher by any of its names in any case, nil if there is
// none.
func LookupCipher(name string) *CipherInfo { return ciphers().byName[strings.ToLower(name)] }

// CipherByNID finds a cipher by OpenSSL's number.
func CipherByNID(nid int) *CipherInfo { return ciphers().byNID[nid] }

// Ciphers is crypto.getCiphers().
func Ciphers() []string { return slices.Clone(ciphers().names) }
