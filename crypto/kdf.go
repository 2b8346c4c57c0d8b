package crypto

import (
	"crypto/hkdf"
	"crypto/pbkdf2"

	"golang.org/x/crypto/scrypt"

	"github.com/spindle-js/spindle/nodeerr"
)

// DerivingFailed is what Node says where OpenSSL derives nothing.
func DerivingFailed() error { return nodeerr.New(nodeerr.KindError, "", "Deriving bits failed") }

// PBKDF2 derives size bytes (RFC 8018).
func PBKDF2(d *Digest, password, salt []byte, iterations, size int) ([]byte, error) {
	if size == 0 || d.XOF {
		return nil, DerivingFailed()
	}
	return pbkdf2.Key(d.New, string(password), salt, iterations, size)
}

// HKDF derives size bytes (RFC 5869).
func HKDF(d *Digest, key, salt, info []byte, size int) ([]byte, error) {
	if size == 0 || d.XOF {
		return nil, DerivingFailed()
	}
	return hkdf.Key(d.New, key, salt, string(info), size)
}

// CheckScrypt checks the parameters of scrypt (RFC 7914) as OpenSSL does: maxmem
// bounds the memory, in bytes.
func CheckScrypt(n, r, p uint64, maxmem float64) error {
	invalid := func(more string) error {
		return nodeerr.Native(nodeerr.KindRange, "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", "Invalid scrypt params"+more)
	}
	const limit = ": error:030000AC:digital envelope routines::memory limit exceeded"
	if n < 2 || r < 1 || p < 1 {
		return invalid(limit)
	}
	if n&(n-1) != 0 {
		return invalid("")
	}
	if p > (1<<30-1)/r {
		return invalid(limit)
	}
	if 16*r <= 63 && n >= 1<<(16*r) {
		return invalid(limit)
	}
	if float64(p)*128*float64(r)+32*float64(r)*4*float64(n+2) > maxmem {
		return invalid(limit)
	}
	return nil
}

// Scrypt derives size bytes; the parameters passed CheckScrypt.
func Scrypt(password, salt []byte, n, r, p, size int) ([]byte, error) {
	if size == 0 {
		return []byte{}, nil
	}
	return scrypt.Key(password, salt, n, r, p, size)
}
