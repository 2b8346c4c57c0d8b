package layers

// Module is the path of this module.
const Module = "github.com/spindle-js/spindle"

// levels gives each folder its place: a package may import packages of folders
// below its own, and those of its own folder. The longest entry that matches
// counts. A new folder needs an entry: decide where it belongs.
var levels = map[string]int{
	"nodeerr":       0,
	"wasm":          0,
	"internal/wtf8": 0,

	"internal":        1, // helpers without state; an entry of its own overrides this
	"internal/poll":   1,
	"internal/layers": 1,

	"punycode": 1,

	"internal/idna": 2, // tables and algorithms without state
	"loop":          2,
	"path":          2,
	"querystring":   2,

	"diagnostics": 3,

	"buffer": 3,
	"crypto": 3,
	"events": 3,
	"url":    3,

	"dns":    4,
	"os":     4,
	"stream": 4,
	"fs":     5,
	"zlib":   5,

	"net":   6,
	"dgram": 7,
	"tls":   7,

	"http":  8,
	"https": 9,
	"http2": 10,

	"internal/faults":       9, // starts programs
	"internal/differential": 9,
	"internal/compat":       9, // starts programs, knows none of them

	"childprocess": 9,
	"cluster":      9,
	"worker":       9,

	"jsbind": 11,

	"cmd":      12,
	"bench":    12,
	"examples": 12,
	"scripts":  12,
}

// admitted lists the foreign modules and where each may be imported, tests
// included. A new dependency needs an entry here, and a reason in its commit.
var admitted = map[string][]string{
	"github.com/andybalholm/brotli":            {"zlib"},
	"github.com/dop251/goja":                   {"jsbind", "cmd", "examples"},
	"github.com/dlclark/regexp2/v2":            {"jsbind"}, // goja's own engine for what Go's regexp lacks
	"github.com/evanw/esbuild":                 {"jsbind"},
	"github.com/go-sourcemap/sourcemap":        {"jsbind"},
	"github.com/klauspost/compress":            {"zlib"},
	"github.com/tetratelabs/wazero":            {"wasm", "jsbind/modules/webassemblymod"},
	"github.com/panjf2000/gnet/v2/pkg/netpoll": {"internal/poll"},
	"github.com/panjf2000/gnet/v2/pkg/queue":   {"internal/poll"},
	"github.com/panjf2000/gnet/v2/pkg/socket":  {"net"},
	"github.com/panjf2000/gnet/v2/pkg/io":      {"net"},
	"github.com/panjf2000/gnet/v2/pkg/buffer":  {"net"},
	"github.com/cloudflare/circl":              {"crypto"},        // Ed448, X448, ML-DSA, ML-KEM
	"golang.org/x/crypto":                      {"crypto", "tls"}, // tls: Mozilla's list of roots
	"software.sslmate.com/src/go-pkcs12":       {"tls"},           // PFX files; x/crypto/pkcs12 is frozen without today's ciphers
	"golang.org/x/net":                         {"http2"},         // http2.Framer and hpack; nothing of its server or client
	"golang.org/x/sys":                         {"internal/poll", "loop", "net", "fs", "os", "dns", "dgram", "childprocess", "cluster", "jsbind"},
	"golang.org/x/text":                        {"internal/idna", "internal/wtf8", "jsbind"},
}

// maxLines is how long a file may be. A longer one says why, in a line that
// begins with longFileMark.
const (
	maxLines     = 600
	longFileMark = "// Longer than 600 lines:"
)
