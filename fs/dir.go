package fs

import (
	"crypto/rand"
	"os"
	stdpath "path"
	"sort"
	"syscall"

	"golang.org/x/sys/unix"
)

// Entry is one name in a directory. Kind is one of the UV_DIRENT numbers.
type Entry struct {
	Name   string
	Parent string // the directory it is in
	Kind   int
}

// The kinds of directory entries.
const (
	EntryUnknown = iota
	EntryFile
	EntryDir
	EntryLink
	EntryFIFO
	EntrySocket
	EntryChar
	EntryBlock
)

// Readdir returns the entries of a directory, sorted by name; recursive adds
// those of the directories below, named relative to path in Parent, and where
// links is true those behind links to directories, as far as the system follows.
func Readdir(path string, recursive, links bool) ([]Entry, error) {
	out, err := scandir(path, path)
	if err != nil || !recursive {
		return out, err
	}
	for i := 0; i < len(out); i++ {
		e := out[i]
		dir := Join(e.Parent, e.Name)
		if e.Kind != EntryDir {
			if !links || e.Kind != EntryLink {
				continue
			}
			if st, err := Stat(dir); err != nil || !isDir(&st) {
				continue
			}
		}
		below, err := scandir(dir, dir)
		if err != nil {
			return nil, err
		}
		out = append(out, below...)
	}
	return out, nil
}

func scandir(dir, parent string) ([]Entry, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, fail(err, "scandir", dir)
	}
	defer f.Close()
	list, err := f.ReadDir(-1)
	if err != nil {
		return nil, fail(err, "scandir", dir)
	}
	out := make([]Entry, len(list))
	for i, d := range list {
		out[i] = Entry{Name: d.Name(), Parent: parent, Kind: EntryKind(d.Type())}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out, nil
}

// EntryKind is the UV_DIRENT number of a file's type.
func EntryKind(m os.FileMode) int {
	switch m & os.ModeType {
	case 0:
		return EntryFile
	case os.ModeDir:
		return EntryDir
	case os.ModeSymlink:
		return EntryLink
	case os.ModeNamedPipe:
		return EntryFIFO
	case os.ModeSocket:
		return EntrySocket
	case os.ModeDevice | os.ModeCharDevice:
		return EntryChar
	case os.ModeDevice:
		return EntryBlock
	}
	return EntryUnknown
}

// Join puts a name below a directory.
func Join(dir, name string) string { return stdpath.Join(dir, name) }

// Mkdir makes one directory.
func Mkdir(path string, mode uint32) error {
	return fail(retry(func() error { return unix.Mkdir(path, mode) }), "mkdir", path)
}

// MkdirAll makes a directory and those above it that are missing; it returns
// the first one it made, "" if all were there.
func MkdirAll(path string, mode uint32) (first string, err error) {
	err = retry(func() error { return unix.Mkdir(path, mode) })
	switch err {
	case nil:
		return path, nil
	case syscall.ENOENT:
		up := parent(path)
		if up == path {
			return "", fail(err, "mkdir", path)
		}
		if first, err = MkdirAll(up, mode); err != nil {
			return first, err
		}
		err = retry(func() error { return unix.Mkdir(path, mode) })
		if err == nil && first == "" {
			first = path
		}
		if err == nil || err == syscall.EEXIST {
			return first, nil
		}
	case syscall.EACCES, syscall.ENOTDIR, syscall.EPERM:
	default:
		st, serr := statPath(path, true)
		if serr == nil && st.Kind() == KindDir {
			return "", nil
		}
		if serr == nil {
			err = syscall.EEXIST
		}
	}
	return "", fail(err, "mkdir", path)
}

func parent(path string) string { return stdpath.Dir(stdpath.Clean(path)) }

// Rmdir removes an empty directory.
func Rmdir(path string) error {
	return fail(retry(func() error { return unix.Rmdir(path) }), "rmdir", path)
}

const tempLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// Mkdtemp makes a new directory, named prefix and six random letters.
func Mkdtemp(prefix string) (string, error) {
	var r [6]byte
	for {
		if _, err := rand.Read(r[:]); err != nil {
			return "", fail(err, "mkdtemp", prefix+"XXXXXX")
		}
		for i := range r {
			r[i] = tempLetters[int(r[i])%len(tempLetters)]
		}
		path := prefix + string(r[:])
		switch err := retry(func() error { return unix.Mkdir(path, 0o700) }); err {
		case nil:
			return path, nil
		case syscall.EEXIST:
		default:
			return "", fail(err, "mkdtemp", prefix+"XXXXXX")
		}
	}
}
