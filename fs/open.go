package fs

import (
	"golang.org/x/sys/unix"
)

// Open is open(2) with O_CLOEXEC; flags are open's, mode the permissions of a
// file that is created.
func Open(path string, flags int, mode uint32) (int, error) {
	fd := -1
	err := retry(func() (err error) {
		fd, err = unix.Open(path, flags|unix.O_CLOEXEC, mode)
		return err
	})
	return fd, fail(err, "open", path)
}

// Close is close(2).
func Close(fd int) error {
	// An interrupted close has closed: trying again could close another's file.
	if err := unix.Close(fd); err != nil && err != unix.EINTR {
		return failFD(err, "close")
	}
	return nil
}

// Read reads once at the descriptor's position, or at pos if that is not
// negative.
func Read(fd int, p []byte, pos int64) (int, error) {
	n := 0
	err := retry(func() (err error) {
		if pos < 0 {
			n, err = unix.Read(fd, p)
		} else {
			n, err = unix.Pread(fd, p, pos)
		}
		return err
	})
	return max(n, 0), failFD(err, "read")
}

// Write writes once at the descriptor's position, or at pos if that is not
// negative.
func Write(fd int, p []byte, pos int64) (int, error) {
	n := 0
	err := retry(func() (err error) {
		if pos < 0 {
			n, err = unix.Write(fd, p)
		} else {
			n, err = unix.Pwrite(fd, p, pos)
		}
		return err
	})
	return max(n, 0), failFD(err, "write")
}

// Readv fills several pieces of memory, in order, until one comes up short.
func Readv(fd int, ps [][]byte, pos int64) (int, error) {
	return vector(ps, pos, func(p []byte, pos int64) (int, error) { return Read(fd, p, pos) })
}

// Writev writes several pieces, in order, until one is not taken whole.
func Writev(fd int, ps [][]byte, pos int64) (int, error) {
	return vector(ps, pos, func(p []byte, pos int64) (int, error) { return Write(fd, p, pos) })
}

func vector(ps [][]byte, pos int64, step func([]byte, int64) (int, error)) (int, error) {
	total := 0
	for _, p := range ps {
		if len(p) == 0 {
			continue
		}
		n, err := step(p, pos)
		if err != nil {
			if total > 0 {
				return total, nil
			}
			return 0, err
		}
		total += n
		if pos >= 0 {
			pos += int64(n)
		}
		if n < len(p) {
			break
		}
	}
	return total, nil
}

// Fsync is fsync(2).
func Fsync(fd int) error {
	return failFD(retry(func() error { return unix.Fsync(fd) }), "fsync")
}

// Ftruncate is ftruncate(2).
func Ftruncate(fd int, size int64) error {
	return failFD(retry(func() error { return unix.Ftruncate(fd, size) }), "ftruncate")
}
