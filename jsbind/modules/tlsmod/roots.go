package tlsmod

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/tls"
)

// frozen makes an array of texts that cannot be changed.
func (m *module) frozen(list []string) *goja.Object {
	a := m.rt.ToValue(list).(*goja.Object)
	object := m.rt.VM.Get("Object").(*goja.Object)
	m.rt.Call(object.Get("freeze"), object, a)
	return a
}

func pemText(der []byte) string {
	return string(bytes.TrimRight(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), "\n"))
}

func bundled() (out []string) {
	for _, der := range tls.Roots() {
		out = append(out, pemText(der))
	}
	return out
}

func (m *module) rootCertificates() *goja.Object {
	if m.roots == nil {
		m.roots = m.frozen(bundled())
	}
	return m.roots
}

// systemFiles are where systems keep the certificates that they trust.
var systemFiles = []string{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}

func certificatesOf(p []byte) (out []string) {
	for rest := p; ; {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return out
		}
		if b.Type == "CERTIFICATE" {
			if _, err := crypto.ParseCertificateDER(b.Bytes); err == nil {
				out = append(out, pemText(b.Bytes))
			}
		}
	}
}

func system() []string {
	files := systemFiles
	if f := os.Getenv("SSL_CERT_FILE"); f != "" {
		files = []string{f}
	}
	for _, f := range files {
		if p, err := os.ReadFile(f); err == nil {
			return certificatesOf(p)
		}
	}
	return nil
}

// extra are the certificates of NODE_EXTRA_CA_CERTS; that they cannot be read is
// told once.
func (m *module) extra() []string {
	f := os.Getenv("NODE_EXTRA_CA_CERTS")
	if f == "" {
		return nil
	}
	p, err := os.ReadFile(f)
	if err == nil {
		return certificatesOf(p)
	}
	if !m.extraRead && m.rt.Stderr != nil {
		m.extraRead = true
		var e syscall.Errno
		errors.As(err, &e)
		fmt.Fprintf(m.rt.Stderr, "Warning: Ignoring extra certs from `%s`, load failed: error:%08X:system library::%s\n", f, 0x80000000|uint32(e), errnoText(e))
	}
	return nil
}

// errnoText is what the system says of an error, in its own letters.
func errnoText(e syscall.Errno) string {
	s := e.Error()
	return strings.ToUpper(s[:1]) + s[1:]
}

func (m *module) defaultCertificates() []string {
	if m.defaultPEM != nil {
		return m.defaultPEM
	}
	var out []string
	if !m.hasOption("--use-openssl-ca") {
		out = bundled()
	}
	if m.hasOption("--use-system-ca") || m.hasOption("--use-openssl-ca") || os.Getenv("NODE_USE_SYSTEM_CA") == "1" {
		out = append(out, system()...)
	}
	return append(out, m.extra()...)
}

// fallback is the store of contexts without authorities of their own, nil for
// the bundled ones.
func (m *module) fallback() *tls.Store {
	if m.defaults == nil {
		if os.Getenv("NODE_EXTRA_CA_CERTS") == "" && !m.hasOption("--use-system-ca") && !m.hasOption("--use-openssl-ca") && os.Getenv("NODE_USE_SYSTEM_CA") != "1" {
			return nil
		}
		m.defaults = store(m.defaultCertificates())
	}
	return m.defaults
}

func store(list []string) *tls.Store {
	s := &tls.Store{}
	for _, text := range list {
		if c, err := crypto.ParseCertificate([]byte(text)); err == nil {
			s.Add(c)
		}
	}
	return s
}

// getCACertificates is tls.getCACertificates([type]).
func (m *module) getCACertificates(c goja.FunctionCall) goja.Value {
	kind := "default"
	if v := c.Argument(0); !goja.IsUndefined(v) {
		kind = m.rt.String(v, "type")
	}
	key := "certificates " + kind
	if v, ok := m.rt.Value(cacheKey(key)).(*goja.Object); ok {
		return v
	}
	var list []string
	switch kind {
	case "default":
		list = m.defaultCertificates()
	case "bundled":
		return m.rootCertificates()
	case "system":
		list = system()
	case "extra":
		list = m.extra()
	default:
		m.rt.ArgValue("type", c.Argument(0), "")
	}
	if list == nil {
		list = []string{}
	}
	a := m.frozen(list)
	m.rt.SetValue(cacheKey(key), a)
	return a
}

type cacheKey string

// setDefaultCACertificates is tls.setDefaultCACertificates(certs).
func (m *module) setDefaultCACertificates(c goja.FunctionCall) goja.Value {
	rt := m.rt
	v := c.Argument(0)
	if !bind.IsArray(v) {
		rt.ArgType("certs", v, "Array")
	}
	list := []string{}
	given := items(v)
	for i, x := range given {
		name := "certs[" + bind.FormatNumber(float64(i)) + "]"
		p := []byte(x.String())
		if !goja.IsString(x) {
			b, ok := rt.BufferSource(x)
			if !ok {
				rt.ArgType(name, x, "string", "ArrayBufferView")
			}
			p = b
		}
		found := certificatesOf(p)
		if len(found) == 0 && bytes.Contains(p, []byte("-----BEGIN CERTIFICATE-----")) {
			rt.Throw(nodeerr.OpenSSL(0x0488000D, "PEM routines", "ASN1 lib", "ERR_OSSL_PEM_ASN1_LIB"))
		}
		if len(found) == 0 {
			if one, _ := crypto.ParseCertificateDER(p); one != nil {
				found = []string{pemText(one.Raw)}
			}
		}
		for _, f := range found {
			if !contains(list, f) {
				list = append(list, f)
			}
		}
	}
	if len(given) > 0 && len(list) == 0 {
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", "No valid certificates found in the provided array"))
	}
	m.defaultPEM, m.defaults = list, store(list)
	rt.SetValue(cacheKey("certificates default"), nil)
	return goja.Undefined()
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
