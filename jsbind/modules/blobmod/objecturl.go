package blobmod

import (
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// scheme is how the URLs of this process's blobs begin.
const scheme = "blob:nodedata:"

// CreateURL is URL.createObjectURL: it keeps the blob until RevokeURL.
func CreateURL(rt *bind.Runtime, d *Data) string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	id := fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
	get(rt).urls[id] = d
	return scheme + id
}

// RevokeURL is URL.revokeObjectURL.
func RevokeURL(rt *bind.Runtime, url string) {
	if id, ok := strings.CutPrefix(url, scheme); ok {
		delete(get(rt).urls, id)
	}
}

// Resolve is buffer.resolveObjectURL: the blob behind a URL, nil if there is
// none.
func Resolve(rt *bind.Runtime, url string) *Data {
	id, ok := strings.CutPrefix(url, scheme)
	if !ok {
		return nil
	}
	return get(rt).urls[id]
}
