package crypto

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"math"
	"slices"

	"golang.org/x/crypto/chacha20"

	"github.com/spindle-js/spindle/nodeerr"
)

// Cipher encrypts or decrypts a message piece by piece, as Node's Cipheriv and
// Decipheriv do
// (https://nodejs.org/docs/latest-v24.x/api/crypto.html#class-cipheriv).
type Cipher struct {
	info    *CipherInfo
	encrypt bool
	done    bool

	stream  func(dst, src []byte) // modes that turn each byte into one
	blocks  *blockMode
	aead    aead
	oneShot func(p []byte) ([]byte, error)

	tagLength  int // -1: not said
	tag        []byte
	tagSet     bool // on decryption: the program gave it
	started    bool // data was seen
	authFailed bool
	plaintext  int // CCM: the length that setAAD announced, -1 for none
	maxMessage int
}

// NewCipher begins a message. tagLength is options.authTagLength, -1 for none.
// iv is nil for a cipher without one.
func NewCipher(info *CipherInfo, key, iv []byte, encrypt bool, tagLength int) (*Cipher, error) {
	c := &Cipher{info: info, encrypt: encrypt, tagLength: tagLength, plaintext: -1}
	if err := c.checkIV(iv); err != nil {
		return nil, err
	}
	if info.AEAD() {
		if err := c.checkTagLength(); err != nil {
			return nil, err
		}
	}
	if len(key) != info.KeyLength {
		return nil, nodeerr.Native(nodeerr.KindRange, "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length")
	}
	return c, c.init(key, slices.Clone(iv))
}

func (c *Cipher) checkIV(iv []byte) error {
	ok := len(iv) == c.info.IVLength
	if c.info.AEAD() {
		switch n := len(iv); {
		case c.info.Mode == "gcm":
			ok = n > 0
		case c.info.Mode == "ccm":
			ok = n >= 7 && n <= 13
		case c.info.Mode == "ocb":
			ok = n >= 1 && n <= 15
		default:
			ok = n >= 1 && n <= 12
		}
	}
	if !ok {
		return nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_IV", "Invalid initialization vector")
	}
	return nil
}

// gcmTagLength reports whether n is a length of GCM's tags (NIST SP 800-38D).
func gcmTagLength(n int) bool { return n == 4 || n == 8 || n >= 12 && n <= 16 }

func invalidTag(n int) error {
	return nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_AUTH_TAG", "Invalid authentication tag length: "+itoa(n))
}

func (c *Cipher) checkTagLength() error {
	n := c.tagLength
	switch c.info.Mode {
	case "gcm":
		if n >= 0 && !gcmTagLength(n) {
			return invalidTag(n)
		}
		return nil
	case "ccm", "ocb":
		if n < 0 {
			return nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_AUTH_TAG", "authTagLength required for "+shortName(c.info))
		}
		if c.info.Mode == "ccm" && (n < 4 || n > 16 || n%2 != 0) || n > 16 {
			return invalidTag(n)
		}
	default: // chacha20-poly1305
		if n < 0 {
			c.tagLength = 16
		} else if n > 16 {
			return invalidTag(n)
		}
	}
	return nil
}

// shortName is the name that messages have: aes-128-ccm for id-aes128-ccm.
func shortName(i *CipherInfo) string {
	switch i.Mode {
	case "gcm", "ccm":
		return "aes-" + itoa(i.KeyLength*8) + "-" + i.Mode
	}
	return i.Name
}

func (c *Cipher) init(key, iv []byte) error {
	switch c.info.Name {
	case "chacha20":
		s, err := newChaCha20(key, iv)
		if err != nil {
			return err
		}
		c.stream = s.XORKeyStream
		return nil
	case "chacha20-poly1305":
		nonce := make([]byte, 12)
		copy(nonce[12-len(iv):], iv)
		c.aead = newChaChaPoly(key, nonce)
		return nil
	}
	if c.info.Mode == "xts" {
		return c.initXTS(key, iv)
	}
	b, err := c.info.block(key)
	if err != nil {
		return err
	}
	switch c.info.Mode {
	case "ctr":
		c.stream = cipher.NewCTR(b, iv).XORKeyStream
	case "ofb":
		c.stream = newOFB(b, iv)
	case "cfb":
		c.stream = newCFB(b, iv, c.info.bits, c.encrypt)
	case "ecb":
		c.blocks = &blockMode{crypt: ecb(b, c.encrypt), size: b.BlockSize(), encrypt: c.encrypt, padding: true}
	case "cbc":
		m := cipher.NewCBCDecrypter(b, iv)
		if c.encrypt {
			m = cipher.NewCBCEncrypter(b, iv)
		}
		c.blocks = &blockMode{crypt: m.CryptBlocks, size: b.BlockSize(), encrypt: c.encrypt, padding: true}
	case "gcm":
		c.aead = newGCM(b, iv)
	case "ocb":
		c.aead = newOCB(b, iv, c.tagLength)
	case "ccm":
		c.maxMessage = 1<<31 - 1
		if n := 15 - len(iv); n < 4 {
			c.maxMessage = 1<<(8*n) - 1
		}
		c.aead = newCCM(b, iv, c.tagLength)
	case "wrap":
		c.initWrap(b, iv)
	}
	return nil
}

func (c *Cipher) initXTS(key, iv []byte) error {
	half := len(key) / 2
	if subtle.ConstantTimeCompare(key[:half], key[half:]) == 1 {
		const text = "error:1C800095:Provider routines::xts duplicated keys"
		return nodeerr.OpenSSL(0x1C800095, "Provider routines", "xts duplicated keys", "ERR_OSSL_XTS_DUPLICATED_KEYS", text)
	}
	data, err := aes.NewCipher(key[:half])
	if err != nil {
		return err
	}
	tweak, err := aes.NewCipher(key[half:])
	if err != nil {
		return err
	}
	c.oneShot = func(p []byte) ([]byte, error) {
		if len(p) == 0 {
			return []byte{}, nil
		}
		if len(p) < 16 {
			return nil, errUnsupportedState()
		}
		return xts(data, tweak, iv, p, c.encrypt), nil
	}
	return nil
}

func errUnsupportedState() error {
	return nodeerr.New(nodeerr.KindError, "", "Trying to add data in unsupported state")
}

func invalidState(operation string) error {
	return nodeerr.New(nodeerr.KindError, "ERR_CRYPTO_INVALID_STATE", "Invalid state for operation "+operation)
}

// Info returns the cipher's description.
func (c *Cipher) Info() *CipherInfo { return c.info }

// Update takes the next piece and returns what it yields.
func (c *Cipher) Update(p []byte) ([]byte, error) {
	if c.done || len(p)+c.info.BlockSize > math.MaxInt32-1 {
		return nil, errUnsupportedState()
	}
	first := !c.started
	c.started = true
	switch {
	case c.stream != nil:
		out := make([]byte, len(p))
		c.stream(out, p)
		return out, nil
	case c.blocks != nil:
		return c.blocks.update(p), nil
	case c.aead != nil:
		if c.info.Mode == "ccm" {
			return c.updateCCM(p, first)
		}
		return c.aead.update(p, c.encrypt), nil
	}
	return c.oneShot(p)
}

func (c *Cipher) updateCCM(p []byte, first bool) ([]byte, error) {
	ccm := c.aead.(*ccm)
	if !first && len(p) > 0 && ccm.used || len(p) > c.maxMessage || c.plaintext >= 0 && len(p) != c.plaintext {
		return nil, errUnsupportedState()
	}
	if !c.encrypt {
		if !c.tagSet { // Final says so
			return []byte{}, nil
		}
		out, tag := ccm.open(p)
		if subtle.ConstantTimeCompare(tag[:len(c.tag)], c.tag) != 1 {
			c.authFailed = true
			return []byte{}, nil
		}
		return out, nil
	}
	return ccm.update(p, true), nil
}

func errAuthenticate() error {
	return nodeerr.New(nodeerr.KindError, "", "Unsupported state or unable to authenticate data")
}

// Final ends the message and returns the rest of it. On decryption an AEAD's
// tag is checked here.
func (c *Cipher) Final() ([]byte, error) {
	if c.done {
		return nil, nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_INVALID_STATE", "Invalid state")
	}
	c.done = true
	switch {
	case c.blocks != nil:
		return c.blocks.final()
	case c.aead == nil:
		return []byte{}, nil
	}
	if c.info.Mode == "ccm" {
		return c.finalCCM()
	}
	if !c.encrypt && !c.tagSet {
		return nil, errAuthenticate()
	}
	rest, tag := c.aead.final(c.encrypt)
	if c.encrypt {
		n := c.tagLength
		if n < 0 {
			n = 16
		}
		c.tag = tag[:n]
		return rest, nil
	}
	if subtle.ConstantTimeCompare(tag[:len(c.tag)], c.tag) != 1 {
		return nil, errAuthenticate()
	}
	return rest, nil
}

func (c *Cipher) finalCCM() ([]byte, error) {
	ccm := c.aead.(*ccm)
	if !c.encrypt {
		if !c.tagSet || c.authFailed || !ccm.used && !c.started && len(c.tag) == 0 {
			return nil, errAuthenticate()
		}
		if !ccm.used {
			_, tag := ccm.open(nil)
			if subtle.ConstantTimeCompare(tag[:len(c.tag)], c.tag) != 1 {
				return nil, errAuthenticate()
			}
		}
		return []byte{}, nil
	}
	_, tag := ccm.final(true)
	c.tag = tag[:c.tagLength]
	return []byte{}, nil
}

// SetAutoPadding turns padding on or off.
func (c *Cipher) SetAutoPadding(on bool) error {
	if c.done {
		return invalidState("setAutoPadding")
	}
	if c.blocks != nil {
		c.blocks.padding = on
	}
	return nil
}

// SetAAD adds data that is authenticated only. plaintext is the length of the
// message, which CCM has to know first; -1 for none.
func (c *Cipher) SetAAD(aad []byte, plaintext int) error {
	if c.done || c.aead == nil || c.started && c.info.Mode != "ccm" {
		return invalidState("setAAD")
	}
	if c.info.Mode == "ccm" {
		if plaintext < 0 {
			return nodeerr.Native(nodeerr.KindType, "ERR_MISSING_ARGS", "options.plaintextLength required for CCM mode with AAD")
		}
		if plaintext > c.maxMessage {
			return nodeerr.Native(nodeerr.KindRange, "ERR_CRYPTO_INVALID_MESSAGELEN", "Invalid message length")
		}
		c.plaintext = plaintext
	}
	c.aead.aad(aad)
	return nil
}

// AuthTag returns the tag of an encrypted message after Final.
func (c *Cipher) AuthTag() ([]byte, error) {
	if !c.done || !c.encrypt || c.tag == nil {
		return nil, invalidState("getAuthTag")
	}
	return slices.Clone(c.tag), nil
}

// SetAuthTag gives the tag of a message to decrypt. implicit reports that the
// tag is short and its length was not announced.
func (c *Cipher) SetAuthTag(tag []byte) (implicit bool, err error) {
	if c.aead == nil || c.done || c.encrypt || c.tagSet {
		return false, invalidState("setAuthTag")
	}
	n := len(tag)
	ok := n == c.tagLength
	if c.info.Mode == "gcm" {
		ok = (c.tagLength < 0 || ok) && gcmTagLength(n)
		implicit = ok && c.tagLength < 0 && n != 16
	}
	if !ok {
		return false, invalidTag(n)
	}
	c.tag, c.tagSet = slices.Clone(tag), true
	return implicit, nil
}

// newChaCha20 is OpenSSL's chacha20: a vector of a 32-bit counter and a nonce.
func newChaCha20(key, iv []byte) (*chacha20.Cipher, error) {
	s, err := chacha20.NewUnauthenticatedCipher(key, iv[4:])
	if err != nil {
		return nil, err
	}
	s.SetCounter(uint32(iv[0]) | uint32(iv[1])<<8 | uint32(iv[2])<<16 | uint32(iv[3])<<24)
	return s, nil
}
