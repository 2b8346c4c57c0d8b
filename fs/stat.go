package fs

// Stats is what stat(2) tells of a file. Times are nanoseconds since the epoch.
type Stats struct {
	Dev, Mode, Nlink, UID, GID, Rdev, Blksize, Ino, Size, Blocks uint64
	Atime, Mtime, Ctime, Birthtime                               int64
}

// Kind is the file's type, the S_IFMT part of its mode.
func (s *Stats) Kind() uint64 { return s.Mode & 0o170000 }

// The types of files in Kind.
const (
	KindFIFO    = 0o010000
	KindChar    = 0o020000
	KindDir     = 0o040000
	KindBlock   = 0o060000
	KindFile    = 0o100000
	KindSymlink = 0o120000
	KindSocket  = 0o140000
)

// Stat follows symbolic links.
func Stat(path string) (Stats, error) {
	s, err := statPath(path, true)
	return s, fail(err, "stat", path)
}

// Lstat does not follow a symbolic link.
func Lstat(path string) (Stats, error) {
	s, err := statPath(path, false)
	return s, fail(err, "lstat", path)
}

// Fstat tells of an open file.
func Fstat(fd int) (Stats, error) {
	s, err := statFD(fd)
	return s, failFD(err, "fstat")
}
