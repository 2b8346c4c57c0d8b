package fs

import "golang.org/x/sys/unix"

// FileSystem is what statfs(2) tells of a mounted file system.
type FileSystem struct {
	Type, Bsize, Blocks, Bfree, Bavail, Files, Ffree uint64
}

// Statfs tells of the file system that holds path.
func Statfs(path string) (FileSystem, error) {
	var s unix.Statfs_t
	if err := retry(func() error { return unix.Statfs(path, &s) }); err != nil {
		return FileSystem{}, fail(err, "statfs", path)
	}
	return FileSystem{uint64(s.Type), uint64(s.Bsize), s.Blocks, s.Bfree, uint64(s.Bavail), s.Files, uint64(s.Ffree)}, nil
}
