package fs

import "golang.org/x/sys/unix"

func statPath(path string, follow bool) (Stats, error) {
	flags := 0
	if !follow {
		flags = unix.AT_SYMLINK_NOFOLLOW
	}
	return statx(unix.AT_FDCWD, path, flags)
}

func statFD(fd int) (Stats, error) { return statx(fd, "", unix.AT_EMPTY_PATH) }

func statx(dir int, path string, flags int) (Stats, error) {
	var x unix.Statx_t
	err := retry(func() error {
		return unix.Statx(dir, path, flags, unix.STATX_BASIC_STATS|unix.STATX_BTIME, &x)
	})
	if err != nil {
		return Stats{}, err
	}
	ns := func(t unix.StatxTimestamp) int64 { return t.Sec*1e9 + int64(t.Nsec) }
	return Stats{
		Dev:  unix.Mkdev(x.Dev_major, x.Dev_minor),
		Mode: uint64(x.Mode), Nlink: uint64(x.Nlink), UID: uint64(x.Uid), GID: uint64(x.Gid),
		Rdev:    unix.Mkdev(x.Rdev_major, x.Rdev_minor),
		Blksize: uint64(x.Blksize), Ino: x.Ino, Size: x.Size, Blocks: x.Blocks,
		Atime: ns(x.Atime), Mtime: ns(x.Mtime), Ctime: ns(x.Ctime), Birthtime: ns(x.Btime),
	}, nil
}
