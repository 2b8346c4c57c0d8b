package fs

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// names lists entries as paths below dir, with a mark for what they are.
func names(dir string, list []Entry) []string {
	out := make([]string, len(list))
	for i, e := range list {
		rel, _ := filepath.Rel(dir, filepath.Join(e.Parent, e.Name))
		out[i] = rel + map[int]string{EntryDir: "/", EntryLink: "@"}[e.Kind]
	}
	slices.Sort(out)
	return out
}

func TestDirectories(t *testing.T) {
	dir := t.TempDir()
	first, err := MkdirAll(filepath.Join(dir, "a/b/c"), 0o777)
	if err != nil || first != filepath.Join(dir, "a") {
		t.Errorf("MkdirAll: %q, %v", first, err)
	}
	if first, err = MkdirAll(filepath.Join(dir, "a/b"), 0o777); first != "" || err != nil {
		t.Errorf("MkdirAll of what is there: %q, %v", first, err)
	}
	file := put(t, dir, "a/file", "x")
	put(t, dir, "a/b/deep", "x")
	if err := Symlink("file", filepath.Join(dir, "a/link")); err != nil {
		t.Fatal(err)
	}
	list, err := Readdir(filepath.Join(dir, "a"), false, false)
	if got, want := names(dir, list), []string{"a/b/", "a/file", "a/link@"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("Readdir: %v, %v; want %v", got, err, want)
	}
	list, err = Readdir(dir, true, false)
	if got, want := names(dir, list), []string{"a/", "a/b/", "a/b/c/", "a/b/deep", "a/file", "a/link@"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("Readdir recursive: %v, %v; want %v", got, err, want)
	}
	tests := []struct {
		label string
		err   error
		code  string
	}{
		{"mkdir of what is there", Mkdir(filepath.Join(dir, "a"), 0o777), "EEXIST"},
		{"mkdir without its parent", Mkdir(filepath.Join(dir, "x/y"), 0o777), "ENOENT"},
		{"rmdir of what is not empty", Rmdir(filepath.Join(dir, "a")), "ENOTEMPTY"},
		{"rmdir of a file", Rmdir(file), "ENOTDIR"},
		{"rmdir of nothing", Rmdir(filepath.Join(dir, "none")), "ENOENT"},
		{"rm of a directory", Remove(filepath.Join(dir, "a"), RemoveOptions{}), "ERR_FS_EISDIR"},
		{"rm of nothing", Remove(filepath.Join(dir, "none"), RemoveOptions{}), "ENOENT"},
		{"rm of nothing, forced", Remove(filepath.Join(dir, "none"), RemoveOptions{Force: true}), ""},
		{"rmdir recursive of a file", RemoveTree(file, RemoveOptions{}), "ENOTDIR"},
	}
	for _, test := range tests {
		if got := code(test.err); got != test.code {
			t.Errorf("%s: %q, want %q", test.label, got, test.code)
		}
	}
	if _, err := MkdirAll(filepath.Join(file, "below"), 0o777); code(err) != "ENOTDIR" {
		t.Errorf("MkdirAll below a file: %v", err)
	}
	if _, err := Readdir(file, false, false); code(err) != "ENOTDIR" || !strings.Contains(err.Error(), "scandir") {
		t.Errorf("Readdir of a file: %v", err)
	}
	if err := Remove(filepath.Join(dir, "a"), RemoveOptions{Recursive: true}); err != nil || Exists(file) {
		t.Errorf("Remove: %v", err)
	}
	made, err := Mkdtemp(filepath.Join(dir, "tmp-"))
	if s, serr := Stat(made); err != nil || serr != nil || s.Mode&0o777 != 0o700 || !strings.HasPrefix(filepath.Base(made), "tmp-") || len(filepath.Base(made)) != 10 {
		t.Errorf("Mkdtemp: %q, %v, %v", made, err, serr)
	}
}

func TestOpendir(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c"} {
		put(t, dir, name, "")
	}
	d, err := Opendir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []Entry
	for {
		list, err := d.Read(2)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			break
		}
		if len(list) > 2 {
			t.Errorf("%d entries at once", len(list))
		}
		all = append(all, list...)
	}
	if got := names(dir, all); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("read %v", got)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if _, err := Opendir(filepath.Join(dir, "a")); code(err) != "ENOTDIR" {
		t.Errorf("Opendir of a file: %v", err)
	}
}

func TestCopy(t *testing.T) {
	dir := t.TempDir()
	src, dest := filepath.Join(dir, "src"), filepath.Join(dir, "dest")
	put(t, src, "a", "one")
	put(t, src, "sub/b", "two")
	if err := os.Symlink("a", filepath.Join(src, "link")); err != nil {
		t.Fatal(err)
	}
	all := CopyOptions{Recursive: true, Force: true, Plain: true}
	if err := Copy(src, dest, all); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a": "one", "sub/b": "two", "link": "one"} {
		if got, err := os.ReadFile(filepath.Join(dest, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if got, _ := Readlink(filepath.Join(dest, "link")); got != filepath.Join(src, "a") {
		t.Errorf("the link leads to %q", got)
	}
	put(t, dest, "a", "changed")
	tests := []struct {
		label     string
		src, dest string
		options   CopyOptions
		code      string
	}{
		{"a directory without recursive", src, filepath.Join(dir, "x"), CopyOptions{Plain: true}, "ERR_FS_EISDIR"},
		{"onto itself", src, src, all, "ERR_FS_CP_EINVAL"},
		{"into itself", src, filepath.Join(src, "sub/x"), all, "ERR_FS_CP_EINVAL"},
		{"a directory onto a file", filepath.Join(src, "sub"), filepath.Join(dest, "a"), all, "ERR_FS_CP_DIR_TO_NON_DIR"},
		{"a file onto a directory", filepath.Join(src, "a"), filepath.Join(dest, "sub"), all, "ERR_FS_CP_NON_DIR_TO_DIR"},
		{"what is there, kept", filepath.Join(src, "a"), filepath.Join(dest, "a"), CopyOptions{Plain: true}, ""},
		{"what is there, an error", filepath.Join(src, "a"), filepath.Join(dest, "a"), CopyOptions{ErrorOnExist: true, Plain: true}, "ERR_FS_CP_EEXIST"},
		{"nothing", filepath.Join(dir, "none"), filepath.Join(dir, "x"), all, "ENOENT"},
	}
	for _, test := range tests {
		if got := code(Copy(test.src, test.dest, test.options)); got != test.code {
			t.Errorf("%s: %q, want %q", test.label, got, test.code)
		}
	}
	if got, _ := os.ReadFile(filepath.Join(dest, "a")); string(got) != "changed" {
		t.Errorf("overwritten without force: %q", got)
	}
	only := all
	only.Filter = func(from, _ string) (bool, error) { return filepath.Base(from) != "sub", nil }
	filtered := filepath.Join(dir, "filtered")
	if err := Copy(src, filtered, only); err != nil || Exists(filepath.Join(filtered, "sub")) || !Exists(filepath.Join(filtered, "a")) {
		t.Errorf("with a filter: %v", err)
	}
	for mode, want := range map[int]string{0: "", 1: "EEXIST"} {
		if got := code(CopyFile(filepath.Join(src, "a"), filepath.Join(dest, "a"), mode)); got != want {
			t.Errorf("CopyFile with mode %d: %q, want %q", mode, got, want)
		}
	}
	if got, _ := os.ReadFile(filepath.Join(dest, "a")); string(got) != "one" {
		t.Errorf("copied: %q", got)
	}
}

func TestGlob(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.js", "b.ts", "lib/c.js", "lib/deep/d.js", "lib/deep/e.txt", "node_modules/x.js", ".hidden/f.js"} {
		put(t, dir, name, "")
	}
	tests := []struct {
		patterns []string
		want     []string
	}{
		{[]string{"*.js"}, []string{"a.js"}},
		{[]string{"**/*.js"}, []string{"a.js", "lib/c.js", "lib/deep/d.js"}},
		{[]string{"*.{js,ts}"}, []string{"a.js", "b.ts"}},
		{[]string{"lib/**"}, []string{"lib", "lib/c.js", "lib/deep", "lib/deep/d.js", "lib/deep/e.txt"}},
		{[]string{"lib/*/?.txt", "a.*"}, []string{"a.js", "lib/deep/e.txt"}},
		{[]string{"[ab].*"}, []string{"a.js", "b.ts"}},
		{[]string{".hidden/*"}, []string{".hidden/f.js"}},
		{[]string{"none/*"}, nil},
	}
	skip := func(path string, _ Entry) (bool, error) { return strings.HasPrefix(path, "node_modules"), nil }
	for _, test := range tests {
		got, _, err := Glob(test.patterns, GlobOptions{Cwd: dir, Exclude: skip})
		slices.Sort(got)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("Glob(%v) = %v, %v; want %v", test.patterns, got, err, test.want)
		}
	}
}
