package fs

import (
	"math"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/nodeerr"
)

// readChunk is what a file of unknown size is read by.
const readChunk = 64 << 10

// ReadFile returns all of a file opened with flags.
func ReadFile(path string, flags int) ([]byte, error) {
	fd, err := Open(path, flags, 0o666)
	if err != nil {
		return nil, err
	}
	p, err := ReadAll(fd)
	if cerr := Close(fd); err == nil {
		err = cerr
	}
	return p, err
}

// ReadAll reads from the descriptor's position to the end.
func ReadAll(fd int) ([]byte, error) {
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return nil, failFD(err, "fstat")
	}
	size := int64(0)
	if st.Mode&unix.S_IFMT == unix.S_IFREG {
		size = st.Size
	}
	if size > math.MaxInt32 {
		return nil, nodeerr.FileTooLarge(size)
	}
	p := make([]byte, 0, size+1)
	for {
		if len(p) == cap(p) {
			grown := make([]byte, len(p), 2*cap(p)+readChunk)
			copy(grown, p)
			p = grown
		}
		n, err := Read(fd, p[len(p):cap(p)], -1)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return p, nil
		}
		p = p[:len(p)+n]
		if size > 0 && int64(len(p)) == size {
			return p, nil // as Node does: not a byte more than it had when opened
		}
	}
}

// WriteFile writes p to the file opened with flags and mode; flush asks for
// fsync before it is closed.
func WriteFile(path string, p []byte, flags int, mode uint32, flush bool) error {
	fd, err := Open(path, flags, mode)
	if err != nil {
		return err
	}
	if err = WriteAll(fd, p); err == nil && flush {
		err = Fsync(fd)
	}
	if cerr := Close(fd); err == nil {
		err = cerr
	}
	return err
}

// WriteAll writes p at the descriptor's position.
func WriteAll(fd int, p []byte) error {
	for len(p) > 0 {
		n, err := Write(fd, p, -1)
		if err != nil {
			return err
		}
		p = p[n:]
	}
	return nil
}

// Truncate is truncate: open, ftruncate, close.
func Truncate(path string, size int64) error {
	fd, err := Open(path, unix.O_RDWR, 0o666)
	if err != nil {
		return err
	}
	err = Ftruncate(fd, size)
	if cerr := Close(fd); err == nil {
		err = cerr
	}
	return err
}
