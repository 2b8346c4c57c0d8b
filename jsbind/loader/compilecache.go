package loader

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// The compile cache
// (https://nodejs.org/docs/latest-v24.x/api/module.html#module-compile-cache): what
// esbuild has made of modules and TypeScript. The engine's own programs cannot be
// kept on disk.

// compileCache is the process's.
var compileCache struct {
	sync.Mutex // guards enabling
	dir        atomic.Pointer[string]
}

// Statuses of enableCompileCache.
const (
	cacheFailed = iota
	cacheEnabled
	cacheAlreadyEnabled
	cacheDisabled
)

// EnableCompileCache does what NODE_COMPILE_CACHE asks for at the start.
func EnableCompileCache() {
	if dir := os.Getenv("NODE_COMPILE_CACHE"); dir != "" {
		startCompileCache(dir)
	}
}

// startCompileCache keeps the cache below a folder; message is what went wrong.
func startCompileCache(dir string) (status int, message, folder string) {
	if os.Getenv("NODE_DISABLE_COMPILE_CACHE") != "" {
		return cacheDisabled, "Disabled by NODE_DISABLE_COMPILE_CACHE", ""
	}
	compileCache.Lock()
	defer compileCache.Unlock()
	if now := compileCache.dir.Load(); now != nil {
		return cacheAlreadyEnabled, "", *now
	}
	abs, err := filepath.Abs(dir)
	if err == nil {
		// Who else writes there must be the same user.
		abs = filepath.Join(abs, "spindle-"+runtime.GOARCH+"-"+strconv.Itoa(os.Getuid()))
		err = os.MkdirAll(abs, 0o700)
	}
	if err != nil {
		return cacheFailed, "Cannot create cache directory: " + err.Error(), ""
	}
	compileCache.dir.Store(&abs)
	lang.UseTransformStore(abs)
	return cacheEnabled, "", abs
}

// enableCompileCache is module.enableCompileCache(options).
func (l *Loader) enableCompileCache(c goja.FunctionCall) goja.Value {
	dir := goja.Value(goja.Undefined())
	switch v := c.Argument(0).(type) {
	case *goja.Object:
		dir = bind.Get(v, "directory")
	case nil:
	default:
		dir = v
	}
	var folder string
	if goja.IsUndefined(dir) {
		if folder = os.Getenv("NODE_COMPILE_CACHE"); folder == "" {
			folder = filepath.Join(os.TempDir(), "node-compile-cache")
		}
	} else if goja.IsString(dir) {
		folder = dir.String()
	} else {
		l.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "cacheDir should be a string"))
	}
	base, _ := filepath.Abs(folder)
	status, message, folder := startCompileCache(folder)
	if status == cacheEnabled {
		folder = base
	}
	o := l.rt.VM.NewObject()
	_ = o.Set("status", status)
	if message != "" {
		_ = o.Set("message", message)
	}
	if folder != "" {
		_ = o.Set("directory", folder)
	}
	return o
}
