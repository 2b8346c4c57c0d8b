package bufferutilmod

import (
	"bytes"
	"testing"
)

func TestXor(t *testing.T) {
	mask := []byte{1, 2, 250, 7}
	for n := range 40 {
		src := make([]byte, n)
		want := make([]byte, n)
		for i := range src {
			src[i] = byte(i * 37)
			want[i] = src[i] ^ mask[i&3]
		}
		dst := make([]byte, n)
		if xor(dst, src, mask); !bytes.Equal(dst, want) {
			t.Errorf("%d bytes: %x, want %x", n, dst, want)
		}
		if xor(src, src, mask); !bytes.Equal(src, want) {
			t.Errorf("%d bytes in place: %x, want %x", n, src, want)
		}
	}
}
