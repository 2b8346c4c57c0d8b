//go:build darwin || freebsd

package fs

import "golang.org/x/sys/unix"

func statPath(path string, follow bool) (Stats, error) {
	var st unix.Stat_t
	err := retry(func() error {
		if follow {
			return unix.Stat(path, &st)
		}
		return unix.Lstat(path, &st)
	})
	return statOf(&st), err
}

func statFD(fd int) (Stats, error) {
	var st unix.Stat_t
	err := retry(func() error { return unix.Fstat(fd, &st) })
	return statOf(&st), err
}

func statOf(st *unix.Stat_t) Stats {
	return Stats{
		Dev: uint64(st.Dev), Mode: uint64(st.Mode), Nlink: uint64(st.Nlink), UID: uint64(st.Uid), GID: uint64(st.Gid),
		Rdev: uint64(st.Rdev), Blksize: uint64(st.Blksize), Ino: uint64(st.Ino), Size: uint64(st.Size), Blocks: uint64(st.Blocks),
		Atime: st.Atim.Nano(), Mtime: st.Mtim.Nano(), Ctime: st.Ctim.Nano(), Birthtime: st.Btim.Nano(),
	}
}
