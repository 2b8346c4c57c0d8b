package fs

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/nodeerr"
)

// code is the code of an error, "" for none.
func code(err error) string {
	var e *nodeerr.Error
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// put writes a file below a fresh folder and returns its path.
func put(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadAndWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	create := unix.O_CREAT | unix.O_WRONLY
	steps := []struct {
		flags int
		text  string
		want  string
		code  string
	}{
		{create | unix.O_TRUNC, "one", "one", ""},
		{create | unix.O_APPEND, " two", "one two", ""},
		{create, "ONE", "ONE two", ""},
		{create | unix.O_EXCL, "x", "ONE two", "EEXIST"},
		{create | unix.O_TRUNC, "", "", ""},
	}
	for _, s := range steps {
		if got := code(WriteFile(path, []byte(s.text), s.flags, 0o666, true)); got != s.code {
			t.Errorf("WriteFile(%q, %#o): %q, want %q", s.text, s.flags, got, s.code)
		}
		if got, err := ReadFile(path, unix.O_RDONLY); err != nil || string(got) != s.want {
			t.Errorf("after %q: %q, %v; want %q", s.text, got, err, s.want)
		}
	}
	if _, err := ReadFile(dir, unix.O_RDONLY); code(err) != "EISDIR" {
		t.Errorf("reading a directory: %v", err)
	}
	if _, err := ReadFile(filepath.Join(dir, "none"), unix.O_RDONLY); code(err) != "ENOENT" || !strings.Contains(err.Error(), "open") {
		t.Errorf("reading nothing: %v", err)
	}
	big := bytes.Repeat([]byte("0123456789"), 100_000)
	if err := WriteFile(path, big, create|unix.O_TRUNC, 0o600, false); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadFile(path, unix.O_RDONLY); err != nil || !bytes.Equal(got, big) {
		t.Errorf("a megabyte came back as %d bytes, %v", len(got), err)
	}
	if err := Truncate(path, 4); err != nil {
		t.Fatal(err)
	}
	if got, _ := ReadFile(path, unix.O_RDONLY); string(got) != "0123" {
		t.Errorf("truncated: %q", got)
	}
}

func TestDescriptors(t *testing.T) {
	path := put(t, t.TempDir(), "a", "abcdefgh")
	fd, err := Open(path, unix.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := make([]byte, 3)
	read := func(pos int64, want string) {
		t.Helper()
		if n, err := Read(fd, p, pos); err != nil || string(p[:n]) != want {
			t.Errorf("Read at %d: %q, %v; want %q", pos, p[:n], err, want)
		}
	}
	read(-1, "abc")
	read(-1, "def")
	read(1, "bcd") // a position leaves the file's own alone
	read(-1, "gh")
	read(-1, "")
	read(100, "")
	if n, err := Write(fd, []byte("XY"), 2); n != 2 || err != nil {
		t.Errorf("Write: %d, %v", n, err)
	}
	if n, err := Writev(fd, [][]byte{[]byte("1"), {}, []byte("23")}, 5); n != 3 || err != nil {
		t.Errorf("Writev: %d, %v", n, err)
	}
	a, b := make([]byte, 2), make([]byte, 10)
	if n, err := Readv(fd, [][]byte{a, b}, 0); n != 8 || err != nil || string(a)+string(b[:6]) != "abXYe123" {
		t.Errorf("Readv: %d, %v, %q %q", n, err, a, b)
	}
	if err := Ftruncate(fd, 3); err != nil {
		t.Error(err)
	}
	if s, err := Fstat(fd); err != nil || s.Size != 3 || s.Kind() != KindFile {
		t.Errorf("Fstat: %+v, %v", s, err)
	}
	if err := errors.Join(Fsync(fd), Fdatasync(fd), Futimes(fd, 1, 2.5), Fchmod(fd, 0o640), Close(fd)); err != nil {
		t.Error(err)
	}
	if s, err := Stat(path); err != nil || s.Atime != 1e9 || s.Mtime != 2.5e9 || s.Mode&0o777 != 0o640 {
		t.Errorf("Stat: %+v, %v", s, err)
	}
	if got := code(Close(fd)); got != "EBADF" {
		t.Errorf("closed twice: %q", got)
	}
	if _, err := Read(fd, p, -1); code(err) != "EBADF" {
		t.Errorf("read after close: %v", err)
	}
}

func TestLinks(t *testing.T) {
	dir := t.TempDir()
	path := put(t, dir, "file", "x")
	link, hard, moved := filepath.Join(dir, "link"), filepath.Join(dir, "hard"), filepath.Join(dir, "moved")
	if err := errors.Join(Symlink("file", link), Link(path, hard)); err != nil {
		t.Fatal(err)
	}
	if got, err := Readlink(link); got != "file" || err != nil {
		t.Errorf("Readlink: %q, %v", got, err)
	}
	if s, err := Lstat(link); err != nil || s.Kind() != KindSymlink {
		t.Errorf("Lstat: %+v, %v", s, err)
	}
	if s, err := Stat(link); err != nil || s.Kind() != KindFile || s.Nlink != 2 {
		t.Errorf("Stat: %+v, %v", s, err)
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]func(string) (string, error){"Realpath": Realpath, "RealpathNative": RealpathNative} {
		if got, err := f(link); got != real || err != nil {
			t.Errorf("%s: %q, %v; want %q", name, got, err, real)
		}
		if _, err := f(filepath.Join(dir, "none")); code(err) != "ENOENT" {
			t.Errorf("%s of nothing: %v", name, err)
		}
	}
	if err := Rename(link, moved); err != nil || Exists(link) || !Exists(moved) {
		t.Errorf("Rename: %v", err)
	}
	if err := Unlink(moved); err != nil || !Exists(path) {
		t.Errorf("Unlink: %v", err)
	}
	loop := filepath.Join(dir, "loop")
	if err := Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if _, err := Stat(loop); code(err) != "ELOOP" {
		t.Errorf("a link to itself: %v", err)
	}
	for _, f := range []func() error{func() error { return Link(path, hard) }, func() error { return Symlink("x", hard) }} {
		if err := f(); code(err) != "EEXIST" || !strings.Contains(err.Error(), "'"+hard+"'") {
			t.Errorf("over what is there: %v", err)
		}
	}
}

func TestAccess(t *testing.T) {
	dir := t.TempDir()
	path := put(t, dir, "a", "")
	if err := Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path string
		mode uint32
		code string
	}{{path, unix.F_OK, ""}, {path, unix.R_OK, ""}, {path, unix.X_OK, "EACCES"}, {filepath.Join(dir, "b"), unix.F_OK, "ENOENT"}, {filepath.Join(path, "c"), unix.F_OK, "ENOTDIR"}}
	for _, test := range tests {
		if got := code(Access(test.path, test.mode)); got != test.code {
			t.Errorf("Access(%s, %d): %q, want %q", test.path, test.mode, got, test.code)
		}
	}
	if err := Utimes(path, 10, 20); err != nil {
		t.Fatal(err)
	}
	if s, err := Stat(path); err != nil || s.Atime != 10e9 || s.Mtime != 20e9 {
		t.Errorf("Utimes: %+v, %v", s, err)
	}
}
