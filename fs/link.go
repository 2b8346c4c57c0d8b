package fs

import (
	"golang.org/x/sys/unix"
)

// Link makes a hard link newPath to path.
func Link(path, newPath string) error {
	return failTo(retry(func() error { return unix.Link(path, newPath) }), "link", path, newPath)
}

// Symlink makes path a symbolic link to target.
func Symlink(target, path string) error {
	return failTo(retry(func() error { return unix.Symlink(target, path) }), "symlink", target, path)
}

// Readlink returns what a symbolic link says.
func Readlink(path string) (string, error) {
	for size := 256; ; size *= 2 {
		p := make([]byte, size)
		n := 0
		err := retry(func() (err error) { n, err = unix.Readlink(path, p); return err })
		if err != nil {
			return "", fail(err, "readlink", path)
		}
		if n < size {
			return string(p[:n]), nil
		}
	}
}

// Unlink removes a name.
func Unlink(path string) error {
	return fail(retry(func() error { return unix.Unlink(path) }), "unlink", path)
}

// Rename is rename(2).
func Rename(path, newPath string) error {
	return failTo(retry(func() error { return unix.Rename(path, newPath) }), "rename", path, newPath)
}
