package lang

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/evanw/esbuild/pkg/api"
)

// What esbuild has made of texts, kept in a folder
// (https://nodejs.org/docs/latest-v24.x/api/module.html#module-compile-cache). The
// engine's programs cannot be kept; text that goja parses itself has nothing here.

// TransformStore is such a folder. It may be used by several goroutines.
type TransformStore struct{ dir string }

var transformStore atomic.Pointer[TransformStore]

// transformVersion is part of every key: another esbuild makes other code.
var transformVersion = sync.OnceValue(func() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/evanw/esbuild" {
				return m.Version
			}
		}
	}
	return "unknown"
})

// UseTransformStore keeps what esbuild makes of texts in a folder from now on, for
// all runtimes of the process.
func UseTransformStore(dir string) { transformStore.Store(&TransformStore{dir}) }

func transformKey(name, src string, format api.Format, types bool) string {
	h := sha256.New()
	for _, s := range []string{"1", transformVersion(), strconv.Itoa(int(format)), strconv.FormatBool(types), name, src} {
		var size [8]byte
		binary.LittleEndian.PutUint64(size[:], uint64(len(s)))
		h.Write(size[:])
		h.Write([]byte(s))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// get returns the code and the source map under a key.
func (s *TransformStore) get(key string) (code, sourceMap []byte, ok bool) {
	b, err := os.ReadFile(filepath.Join(s.dir, key))
	if err != nil || len(b) < sha256.Size+8 {
		return nil, nil, false
	}
	sum := sha256.Sum256(b[sha256.Size:])
	if !bytes.Equal(sum[:], b[:sha256.Size]) { // cut off, or changed
		return nil, nil, false
	}
	b = b[sha256.Size:]
	n := binary.LittleEndian.Uint64(b)
	if n > uint64(len(b)-8) {
		return nil, nil, false
	}
	return b[8 : 8+n], b[8+n:], true
}

// put keeps a result. What fails is only not kept.
func (s *TransformStore) put(key string, code, sourceMap []byte) {
	body := binary.LittleEndian.AppendUint64(nil, uint64(len(code)))
	body = append(append(body, code...), sourceMap...)
	sum := sha256.Sum256(body)
	f, err := os.CreateTemp(s.dir, "tmp")
	if err != nil {
		return
	}
	_, err = f.Write(append(sum[:], body...))
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(s.dir, key))
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
}
