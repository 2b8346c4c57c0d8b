package loader

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

// onlyFS has fs as its only built-in module.
type onlyFS struct{}

func (onlyFS) Has(name string) bool       { return name == "fs" }
func (onlyFS) HasScheme(name string) bool { return name == "fs" }
func (onlyFS) Load(string) goja.Value     { return nil }
func (onlyFS) Names() []string            { return []string{"fs"} }
func (onlyFS) HasAddon(string) bool       { return false }

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func TestResolve(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{
		"package.json":                      `{"name":"self","exports":{"./a":"./a.js"},"imports":{"#in":"./a.js","#out":"main","#deep/*.js":"./lib/*.js"}}`,
		"a.js":                              "",
		"lib/x.js":                          "",
		"with space.js":                     "",
		"node_modules/main/package.json":    `{"main":"lib"}`,
		"node_modules/main/lib/index.js":    "",
		"node_modules/none/index.js":        "",
		"node_modules/exp/package.json":     `{"exports":{".":{"custom":"./custom.js","import":"./import.js","default":"./default.js"},"./p/*":"./p/*.js","./p/secret/*":null,"./list":["bad",{"never":"./x.js"},"./import.js"],"./up":"./../x.js"}}`,
		"node_modules/exp/import.js":        "",
		"node_modules/exp/custom.js":        "",
		"node_modules/exp/p/q.js":           "",
		"node_modules/@s/scoped/index.js":   "",
		"node_modules/broken/package.json":  `{`,
		"node_modules/mixed/package.json":   `{"exports":{".":"./a.js","b":"./b.js"}}`,
		"sub/node_modules/main/index.js":    "",
		"sub/node_modules/main/other.mjs":   "",
		"sub/node_modules/main/folder/x.js": "",
	})
	base := fileURL(filepath.Join(dir, "m.mjs"))
	for _, c := range []struct{ specifier, base, want string }{
		{"./a.js", base, "a.js"},
		{"./a.js?q#h", base, "a.js?q#h"},
		{"./with space.js", base, "with%20space.js"},
		{"./with%20space.js", base, "with%20space.js"},
		{"fs", base, "node:fs"},
		{"node:other", base, "node:other"},
		{"data:text/javascript,1", base, "data:text/javascript,1"},
		{"self/a", base, "a.js"},
		{"self/b", base, "ERR_PACKAGE_PATH_NOT_EXPORTED"},
		{"#in", base, "a.js"},
		{"#out", base, "node_modules/main/lib/index.js"},
		{"#deep/x.js", base, "lib/x.js"},
		{"#none", base, "ERR_PACKAGE_IMPORT_NOT_DEFINED"},
		{"#", base, "ERR_INVALID_MODULE_SPECIFIER"},
		{"main", base, "node_modules/main/lib/index.js"},
		{"main", fileURL(filepath.Join(dir, "sub", "m.mjs")), "sub/node_modules/main/index.js"},
		{"main/other.mjs", fileURL(filepath.Join(dir, "sub", "m.mjs")), "sub/node_modules/main/other.mjs"},
		{"main/folder", fileURL(filepath.Join(dir, "sub", "m.mjs")), "ERR_UNSUPPORTED_DIR_IMPORT"},
		{"none", base, "node_modules/none/index.js"},
		{"exp", base, "node_modules/exp/import.js"},
		{"exp/p/q", base, "node_modules/exp/p/q.js"},
		{"exp/p/secret/q", base, "ERR_PACKAGE_PATH_NOT_EXPORTED"},
		{"exp/p/../q", base, "ERR_INVALID_MODULE_SPECIFIER"},
		{"exp/list", base, "node_modules/exp/import.js"},
		{"exp/up", base, "ERR_INVALID_PACKAGE_TARGET"},
		{"@s/scoped", base, "node_modules/@s/scoped/index.js"},
		{"@s", base, "ERR_INVALID_MODULE_SPECIFIER"},
		{"broken", base, "ERR_INVALID_PACKAGE_CONFIG"},
		{"mixed", base, "ERR_INVALID_PACKAGE_CONFIG"},
		{"missing", base, "ERR_MODULE_NOT_FOUND"},
		{"./missing.js", base, "ERR_MODULE_NOT_FOUND"},
		{"./a%2fb", base, "ERR_INVALID_MODULE_SPECIFIER"},
		{"./lib", base, "ERR_UNSUPPORTED_DIR_IMPORT"},
		{"./x.js", "data:text/javascript,1", "ERR_UNSUPPORTED_RESOLVE_REQUEST"},
		{"exp", "data:text/javascript,1", "ERR_UNSUPPORTED_RESOLVE_REQUEST"},
	} {
		r := newResolver(onlyFS{}, Options{})
		got, err := r.Resolve(c.specifier, c.base, r.importConditions)
		got = strings.TrimPrefix(got, fileURL(dir+"/"))
		if err != nil {
			got = nodeerr.Code(err)
		}
		if got != c.want {
			t.Errorf("%s from %s: %s (%v), want %s", c.specifier, c.base, got, err, c.want)
		}
	}
	r := newResolver(onlyFS{}, Options{Conditions: []string{"custom"}})
	if got, err := r.Resolve("exp", base, r.importConditions); err != nil || !strings.HasSuffix(got, "/exp/custom.js") {
		t.Errorf("with a condition of its own: %s, %v", got, err)
	}
}

func TestParseMappings(t *testing.T) {
	got := parseMappings([]byte(`{"version":3,"sources":["a.js","b.js"],"names":[],"mappings":"AAAA,IACI;;ACDJ,C"}`), nil)
	want := []mapping{
		{source: "a.js", mapped: true},
		{column: 4, source: "a.js", sourceLine: 1, sourceCo: 4, mapped: true},
		{line: 2, source: "b.js", mapped: true},
		{line: 2, column: 1},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestDataURL(t *testing.T) {
	for _, c := range []struct{ href, mime, body string }{
		{"data:text/javascript,a%20b", "text/javascript", "a b"},
		{"data:text/javascript;base64,YSBi", "text/javascript", "a b"},
		{"data:text/javascript;charset=utf-8,caf%C3%A9", "text/javascript", "café"},
		{"data:application/json,{%22a%22:1}", "application/json", `{"a":1}`},
		{"data:,x", "null", "x"},
	} {
		mime, body, err := dataURL(c.href)
		if err != nil || mime != c.mime || body != c.body {
			t.Errorf("%s: %q %q %v", c.href, mime, body, err)
		}
	}
}
