package fs

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// The modes of CopyFile.
const (
	CopyExcl        = 1 // fail if dest is there
	CopyClone       = 2 // share the blocks where the file system can
	CopyCloneForced = 4 // fail where it cannot
)

// CopyFile copies a file's contents and permissions.
func CopyFile(path, dest string, mode int) error {
	return failTo(copyFile(path, dest, mode), "copyfile", path, dest)
}

func copyFile(path, dest string, mode int) error {
	src, err := openAt(path, unix.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer unix.Close(src)
	st, err := statFD(src)
	if err != nil {
		return err
	}
	flags := unix.O_WRONLY | unix.O_CREAT
	if mode&CopyExcl != 0 {
		flags |= unix.O_EXCL
	}
	dst, err := openAt(dest, flags, uint32(st.Mode)&0o7777)
	if err != nil {
		return err
	}
	err = copyInto(dst, src, st, mode)
	if cerr := unix.Close(dst); err == nil {
		err = cerr
	}
	if err != nil && err != syscall.EEXIST {
		if d, derr := statPath(dest, true); derr == nil && (d.Ino != st.Ino || d.Dev != st.Dev) {
			_ = unix.Unlink(dest)
		}
	}
	return err
}

func copyInto(dst, src int, st Stats, mode int) error {
	d, err := statFD(dst)
	if err != nil {
		return err
	}
	if d.Dev == st.Dev && d.Ino == st.Ino {
		return nil // onto itself
	}
	if err := unix.Ftruncate(dst, 0); err != nil {
		return err
	}
	if err := unix.Fchmod(dst, uint32(st.Mode)&0o7777); err != nil && err != syscall.EPERM {
		return err
	}
	if mode&(CopyClone|CopyCloneForced) != 0 {
		err := clone(dst, src)
		if err == nil || mode&CopyCloneForced != 0 {
			return err
		}
	}
	return copyBytes(dst, src)
}

func openAt(path string, flags int, mode uint32) (fd int, err error) {
	err = retry(func() error { fd, err = unix.Open(path, flags|unix.O_CLOEXEC, mode); return err })
	return fd, err
}

// copyBytes reads and writes through memory.
func copyBytes(dst, src int) error {
	p := make([]byte, 256<<10)
	for {
		n := 0
		if err := retry(func() (err error) { n, err = unix.Read(src, p); return err }); err != nil || n == 0 {
			return err
		}
		for q := p[:n]; len(q) > 0; {
			m := 0
			if err := retry(func() (err error) { m, err = unix.Write(dst, q); return err }); err != nil {
				return err
			}
			q = q[m:]
		}
	}
}
