package stream

import (
	"testing"
	"unsafe"
)

// An idle connection is a Stream and little else.
func TestStreamIsSmall(t *testing.T) {
	if n := unsafe.Sizeof(Stream{}); n > 448 {
		t.Errorf("Stream is %d bytes", n)
	} else {
		t.Logf("%d bytes, half %d and %d", n, unsafe.Sizeof(readable{}), unsafe.Sizeof(writable{}))
	}
}
