package crypto

import (
	"crypto/sha3"
	"io"
	"math/bits"

	"github.com/spindle-js/spindle/nodeerr"
)

// KMAC is KMAC128 or, if wide, KMAC256 (NIST SP 800-185) with size bytes of
// output. Keys are 4 to 512 bytes long, as in OpenSSL.
func KMAC(wide bool, key, custom, data []byte, size int) ([]byte, error) {
	if len(key) < 4 || len(key) > 512 {
		return nil, nodeerr.OpenSSL(0x1C800069, "Provider routines", "invalid key length", "ERR_OSSL_INVALID_KEY_LENGTH")
	}
	if len(custom) > 512 {
		return nil, nodeerr.OpenSSL(0x1C80006F, "Provider routines", "invalid custom length", "ERR_OSSL_INVALID_CUSTOM_LENGTH")
	}
	h, rate := sha3.NewCSHAKE128([]byte("KMAC"), custom), 168
	if wide {
		h, rate = sha3.NewCSHAKE256([]byte("KMAC"), custom), 136
	}
	block := append(leftEncode(uint64(rate)), leftEncode(uint64(len(key))*8)...)
	block = append(block, key...)
	if n := len(block) % rate; n > 0 {
		block = append(block, make([]byte, rate-n)...)
	}
	_, _ = h.Write(block)
	_, _ = h.Write(data)
	// The length stands last, its own length behind it.
	end := leftEncode(uint64(size) * 8)
	_, _ = h.Write(append(end[1:], end[0]))
	out := make([]byte, size)
	_, err := io.ReadFull(h, out)
	return out, err
}

// leftEncode is a number in as few bytes as it takes, their count before it.
func leftEncode(n uint64) []byte {
	count := max(1, (bits.Len64(n)+7)/8)
	out := []byte{byte(count)}
	for i := count - 1; i >= 0; i-- {
		out = append(out, byte(n>>(8*i)))
	}
	return out
}
