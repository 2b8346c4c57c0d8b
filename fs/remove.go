package fs

import (
	"syscall"
	"time"

	"github.com/spindle-js/spindle/nodeerr"
)

// RemoveOptions are those of fs.rm.
type RemoveOptions struct {
	Force, Recursive bool
	MaxRetries       int
	RetryDelay       time.Duration // grows by itself with each retry
}

// Remove removes a file, or with Recursive a directory and all below it. With
// Force a path that is not there is no error.
func Remove(path string, o RemoveOptions) error {
	st, err := statPath(path, false)
	if err != nil {
		if err == syscall.ENOENT && o.Force {
			return nil
		}
		return fail(err, "lstat", path)
	}
	if st.Kind() == KindDir && !o.Recursive {
		return nodeerr.FileInfo("ERR_FS_EISDIR", "Path is a directory", "rm", syscall.EISDIR, "is a directory", path, "")
	}
	return removeTree(path, st.Kind() == KindDir, &o)
}

// RemoveTree is fs.rmdir with recursive: all of a directory; a path that is not
// there, or no directory, is an error.
func RemoveTree(path string, o RemoveOptions) error {
	st, err := statPath(path, false)
	if err != nil {
		return fail(err, "lstat", path)
	}
	if st.Kind() != KindDir {
		return Rmdir(path)
	}
	return removeTree(path, true, &o)
}

func removeTree(path string, dir bool, o *RemoveOptions) error {
	if !dir {
		return o.retry(func() error { return Unlink(path) })
	}
	err := Rmdir(path)
	if is(err, syscall.ENOENT) {
		return nil
	}
	if err == nil || !is(err, syscall.ENOTEMPTY) && !is(err, syscall.EEXIST) && !is(err, syscall.EPERM) && !is(err, syscall.EACCES) {
		return err
	}
	list, serr := scandir(path, path)
	if serr != nil {
		if is(serr, syscall.EACCES) {
			return fail(syscall.EACCES, "rmdir", path)
		}
		return serr
	}
	for _, e := range list {
		if err := removeTree(path+"/"+e.Name, e.Kind == EntryDir, o); err != nil {
			return err
		}
	}
	return o.retry(func() error { return Rmdir(path) })
}

// retry repeats f for the errors that may pass; one that says the name is gone
// is none.
func (o *RemoveOptions) retry(f func() error) error {
	for i := 1; ; i++ {
		err := f()
		if err == nil || is(err, syscall.ENOENT) {
			return nil
		}
		if i > o.MaxRetries || !passing(err) {
			return err
		}
		time.Sleep(time.Duration(i) * o.RetryDelay)
	}
}

func passing(err error) bool {
	for _, e := range []syscall.Errno{syscall.EBUSY, syscall.EMFILE, syscall.ENFILE, syscall.ENOTEMPTY, syscall.EPERM} {
		if is(err, e) {
			return true
		}
	}
	return false
}
