package fs

import (
	"io"
	"os"
	"syscall"
)

// Dir reads a directory piece by piece. It is not safe for concurrent use.
type Dir struct {
	path string
	f    *os.File
}

// Opendir opens a directory.
func Opendir(path string) (*Dir, error) {
	f, err := os.Open(path)
	if err == nil {
		var st os.FileInfo
		if st, err = f.Stat(); err == nil && !st.IsDir() {
			f.Close()
			return nil, fail(syscall.ENOTDIR, "opendir", path)
		}
	}
	if err != nil {
		return nil, fail(err, "opendir", path)
	}
	return &Dir{path, f}, nil
}

// Read returns up to n entries, none at the end.
func (d *Dir) Read(n int) ([]Entry, error) {
	list, err := d.f.ReadDir(n)
	if err != nil && err != io.EOF {
		return nil, fail(err, "scandir", d.path)
	}
	out := make([]Entry, len(list))
	for i, e := range list {
		out[i] = Entry{Name: e.Name(), Parent: d.path, Kind: EntryKind(e.Type())}
	}
	return out, nil
}

// Close closes the directory.
func (d *Dir) Close() error { return failFD(d.f.Close(), "closedir") }
