package url

import (
	"os"
	"runtime"
	"strings"

	"github.com/spindle-js/spindle/internal/idna"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/path"
	"github.com/spindle-js/spindle/querystring"
)

// FileOptions are the options of the conversions between paths and file URLs.
type FileOptions struct {
	// Windows reads and makes the paths of Windows.
	Windows bool
	// Getwd returns the working directory; nil stands for that of the process.
	Getwd func() string
}

// HostFileOptions are those of the platform.
var HostFileOptions = FileOptions{Windows: runtime.GOOS == "windows"}

// FileURLToPath returns the path that a file URL names, as url.fileURLToPath
// does. It fails with ERR_INVALID_URL_SCHEME, ERR_INVALID_FILE_URL_HOST,
// ERR_INVALID_FILE_URL_PATH, or a URIError for bytes that are no UTF-8.
func FileURLToPath(u *URL, opts FileOptions) (string, error) {
	return FileURLPartsToPath(u.Protocol(), u.Hostname(), u.Pathname(), u.href, opts)
}

// FileURLPartsToPath is FileURLToPath for a URL that is given in parts; href is
// shown in errors.
func FileURLPartsToPath(protocol, hostname, pathname, href string, opts FileOptions) (string, error) {
	if protocol != "file:" {
		return "", nodeerr.InvalidURLScheme("file")
	}
	reason := "must not include encoded / characters"
	if opts.Windows {
		reason = `must not include encoded \ or / characters`
	}
	if !opts.Windows && hostname != "" {
		return "", nodeerr.InvalidFileURLHost(platform())
	}
	for i := 0; i+2 < len(pathname); i++ {
		if pathname[i] != '%' {
			continue
		}
		third := pathname[i+2] | 0x20
		if pathname[i+1] == '2' && third == 'f' || opts.Windows && pathname[i+1] == '5' && third == 'c' {
			return "", nodeerr.InvalidFileURLPath(reason, href)
		}
	}
	if opts.Windows {
		pathname = strings.ReplaceAll(pathname, "/", `\`)
	}
	decoded, ok := querystring.DecodeComponent(pathname)
	if !ok {
		return "", nodeerr.New(nodeerr.KindURI, "", "URI malformed")
	}
	if opts.Windows {
		return windowsPath(decoded, hostname, href)
	}
	return decoded, nil
}

// FileURLToPathBytes returns the path that a file URL names, byte by byte, as
// url.fileURLToPathBuffer does. It fails with ERR_INVALID_URL_SCHEME,
// ERR_INVALID_FILE_URL_HOST or ERR_INVALID_FILE_URL_PATH.
func FileURLToPathBytes(u *URL, opts FileOptions) ([]byte, error) {
	return FileURLPartsToPathBytes(u.Protocol(), u.Hostname(), u.Pathname(), u.href, opts)
}

// FileURLPartsToPathBytes is FileURLToPathBytes for a URL that is given in
// parts; href is shown in errors.
func FileURLPartsToPathBytes(protocol, hostname, pathname, href string, opts FileOptions) ([]byte, error) {
	switch {
	case protocol != "file:":
		return nil, nodeerr.InvalidURLScheme("file")
	case !opts.Windows && hostname != "":
		return nil, nodeerr.InvalidFileURLHost(platform())
	case !opts.Windows:
		return []byte(decode(pathname)), nil
	}
	name, err := windowsPath(decode(strings.ReplaceAll(pathname, "/", `\`)), hostname, href)
	return []byte(name), err
}

// windowsPath makes a path of Windows: of a share if there is a host.
func windowsPath(name, hostname, href string) (string, error) {
	if hostname != "" {
		return `\\` + idna.ToUnicode(hostname) + name, nil
	}
	if len(name) < 3 || !isAlpha(name[1]) || name[2] != ':' {
		return "", nodeerr.InvalidFileURLPath("must be absolute", href)
	}
	return name[1:], nil
}

// platform is process.platform.
func platform() string {
	if runtime.GOOS == "windows" {
		return "win32"
	}
	return runtime.GOOS
}

// PathToFileURL returns the file URL of a path, as url.pathToFileURL does. It
// fails with ERR_INVALID_ARG_VALUE for a share of Windows that lacks a part,
// and with ERR_INVALID_URL for one whose host cannot be one.
func PathToFileURL(name string, opts FileOptions) (*URL, error) {
	if opts.Windows && strings.HasPrefix(name, `\\`) {
		return shareToURL(name)
	}
	var style path.Style = path.Posix{Getwd: opts.Getwd}
	if opts.Windows {
		style = path.Win32{Getwd: opts.Getwd}
	}
	resolved := style.Resolve(name)
	if opts.Windows && strings.HasPrefix(resolved, `\\`) {
		return shareToURL(resolved)
	}
	if n := len(name); n > 0 && (name[n-1] == '/' || opts.Windows && name[n-1] == '\\') &&
		resolved[len(resolved)-1] != os.PathSeparator { // Node looks for that of the platform
		resolved += "/"
	}
	return fileURL("", resolved, opts.Windows), nil
}

// shareToURL makes the URL of `\\server\share`, or of `\\?\UNC\server\share`.
func shareToURL(name string) (*URL, error) {
	begin := 2
	if strings.HasPrefix(name, `\\?\UNC\`) {
		begin = 8
	}
	end := strings.IndexByte(name[begin:], '\\') + begin
	switch {
	case end < begin:
		return nil, nodeerr.InvalidArgValue("path", quote(name), "Missing UNC resource path")
	case end == 2:
		return nil, nodeerr.InvalidArgValue("path", quote(name), "Empty UNC servername")
	}
	u := fileURL(name[begin:end], name[end:], true)
	if u == nil {
		return nil, nodeerr.InvalidURL(name)
	}
	return u, nil
}

// fileURL makes a URL of a host and a path; nil if the host is not valid.
func fileURL(host, name string, windows bool) *URL {
	name = wellFormed(name)
	b := make([]byte, 0, len(name)+16)
	for i := range len(name) {
		c := name[i]
		switch {
		case c == '\\' && windows:
			b = append(b, '/')
		case sets[c]&setPath != 0, strings.IndexByte(`%[\]|~`, c) >= 0:
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		default:
			b = append(b, c)
		}
	}
	u := new(URL)
	r := record{scheme: "file", kind: SchemeFile, hasHost: true, port: noPort}
	r.path = r.appendPath("", string(b))
	r.assemble(u)
	if host != "" && !u.setHost(host, false) {
		return nil
	}
	return u
}

// quote shows a string as util.inspect does.
func quote(s string) string {
	mark := "'"
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		mark = `"`
	}
	return mark + strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`, "\t", `\t`, mark, `\`+mark).Replace(s) + mark
}
