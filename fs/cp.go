package fs

import (
	"os"
	stdpath "path"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/nodeerr"
)

// CopyOptions are those of fs.cp.
type CopyOptions struct {
	Dereference, ErrorOnExist, Force, PreserveTimestamps, Recursive, VerbatimSymlinks bool
	// Mode is that of CopyFile.
	Mode int
	// Filter says what is copied; nil for all. It is called on the goroutine of
	// Copy. Its error ends the copying.
	Filter func(src, dest string) (bool, error)
	// Plain words the errors as cpSync does; otherwise they are SystemErrors.
	Plain bool
}

// Copy copies a file, a link or a directory with all below it
// (https://nodejs.org/docs/latest-v24.x/api/fs.html#fscpsrc-dest-options-callback).
func Copy(src, dest string, o CopyOptions) error {
	c := &copier{o: o}
	if ok, err := c.wanted(src, dest); !ok {
		return err
	}
	check := c.check
	if o.Plain {
		check = c.checkPlain
	}
	s, d, err := check(src, dest)
	if err != nil {
		return err
	}
	if !o.Plain {
		if err := c.checkParents(src, &s, dest); err != nil {
			return err
		}
	}
	if dir := stdpath.Dir(dest); !Exists(dir) {
		if _, err := MkdirAll(dir, 0o777); err != nil {
			return err
		}
	}
	return c.copy(src, &s, dest, d)
}

type copier struct{ o CopyOptions }

// copyFault is one kind of error: the code, and its text in both wordings.
type copyFault struct {
	code, text string
	errno      syscall.Errno
}

var (
	faultInvalid = copyFault{"ERR_FS_CP_EINVAL", "Invalid src or dest", syscall.EINVAL}
	faultDir     = copyFault{"ERR_FS_EISDIR", "Path is a directory", syscall.EISDIR}
	faultToFile  = copyFault{"ERR_FS_CP_DIR_TO_NON_DIR", "Cannot overwrite non-directory with directory", syscall.EISDIR}
	faultToDir   = copyFault{"ERR_FS_CP_NON_DIR_TO_DIR", "Cannot overwrite directory with non-directory", syscall.ENOTDIR}
	faultExists  = copyFault{"ERR_FS_CP_EEXIST", "Target already exists", syscall.EEXIST}
	faultLink    = copyFault{"ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY", "Cannot overwrite symlink in subdirectory of self", syscall.EINVAL}
	faultSocket  = copyFault{"ERR_FS_CP_SOCKET", "Cannot copy a socket file", syscall.EINVAL}
	faultFIFO    = copyFault{"ERR_FS_CP_FIFO_PIPE", "Cannot copy a FIFO pipe", syscall.EINVAL}
	faultUnknown = copyFault{"ERR_FS_CP_UNKNOWN", "Cannot copy an unknown file type", syscall.EINVAL}
)

// fault makes an error: reason is the SystemError's, plain the words of cpSync,
// empty for those it has in common.
func (c *copier) fault(f copyFault, reason, plain, path string) error {
	if c.o.Plain && plain != "" {
		return nodeerr.New(nodeerr.KindError, f.code, plain)
	}
	return nodeerr.FileInfo(f.code, f.text, "cp", f.errno, reason, path, "")
}

func (c *copier) stat(path string) (Stats, error) {
	if c.o.Dereference {
		return Stat(path)
	}
	return Lstat(path)
}

func same(a, b *Stats) bool { return a.Ino != 0 && a.Ino == b.Ino && a.Dev == b.Dev }

func isDir(s *Stats) bool { return s.Kind() == KindDir }

// check looks at both ends; d is nil where dest is not there.
func (c *copier) check(src, dest string) (s Stats, d *Stats, err error) {
	if s, err = c.stat(src); err != nil {
		return s, nil, err
	}
	shown := src
	if isDir(&s) {
		shown += "/"
	}
	x, err := c.stat(dest)
	if err == nil {
		d = &x
		switch {
		case same(&s, d):
			return s, d, c.fault(faultInvalid, "src and dest cannot be the same", "src and dest cannot be the same "+dest, dest)
		case isDir(&s) && !isDir(d):
			return s, d, c.fault(faultToFile, "cannot overwrite non-directory "+dest+" with directory "+src, "Cannot overwrite non-directory "+dest+" with directory "+src, dest)
		case !isDir(&s) && isDir(d):
			return s, d, c.fault(faultToDir, "cannot overwrite directory "+dest+" with non-directory "+src, "Cannot overwrite directory "+dest+" with non-directory "+src, dest)
		}
	} else if !is(err, syscall.ENOENT) {
		return s, nil, err
	}
	if isDir(&s) && inside(src, dest) {
		return s, d, c.fault(faultInvalid, "cannot copy "+src+" to a subdirectory of self "+dest, "Cannot copy "+shown+" to a subdirectory of self "+dest, dest)
	}
	return s, d, nil
}

// checkPlain is check of cpSync, which follows links.
func (c *copier) checkPlain(src, dest string) (s Stats, d *Stats, err error) {
	s, err = Stat(src)
	if err != nil {
		if !c.o.Dereference && is(err, syscall.ENOENT) {
			err = fail(syscall.ENOENT, "lstat", src)
		}
		return s, nil, err
	}
	below := c.fault(faultInvalid, "", "Cannot copy "+src+"/ to a subdirectory of self "+dest, dest)
	x, err := c.stat(dest)
	at, _ := Stat(dest)
	switch {
	case err != nil:
	case same(&s, &at):
		return s, d, c.fault(faultInvalid, "", "src and dest cannot be the same "+dest, dest)
	case isDir(&s) && !isDir(&x):
		return s, d, c.fault(faultToFile, "", "Cannot overwrite non-directory "+dest+" with directory "+src, dest)
	case !isDir(&s) && isDir(&x):
		return s, d, c.fault(faultToDir, "", "Cannot overwrite directory "+dest+" with non-directory "+src, dest)
	}
	if a, b := resolved(src), resolved(dest); strings.HasPrefix(b, strings.TrimSuffix(a, "/")+"/") {
		return s, d, below
	}
	if c.checkParents(src, &s, dest) != nil {
		return s, d, below
	}
	if isDir(&s) && !c.o.Recursive {
		return s, d, c.fault(faultDir, "", "Recursive option not enabled, cannot copy a directory: "+src+"/", src)
	}
	if s, err = c.stat(src); err != nil {
		return s, nil, err
	}
	if x, err = c.stat(dest); err == nil {
		d = &x
	}
	return s, d, nil
}

// resolved is path.resolve(p).
func resolved(p string) string {
	if !strings.HasPrefix(p, "/") {
		cwd, _ := os.Getwd()
		p = cwd + "/" + p
	}
	return stdpath.Clean(p)
}

// inside reports whether dest is src or below it, by their names.
func inside(src, dest string) bool {
	a, b := resolved(src), resolved(dest)
	return b == a || strings.HasPrefix(b, strings.TrimSuffix(a, "/")+"/")
}

// checkParents refuses a dest below src that only the inodes tell of.
func (c *copier) checkParents(src string, s *Stats, dest string) error {
	if !isDir(s) {
		return nil
	}
	from := stdpath.Dir(resolved(src))
	for at := stdpath.Dir(resolved(dest)); at != from && at != "/"; at = stdpath.Dir(at) {
		d, err := Stat(at)
		if err != nil {
			if is(err, syscall.ENOENT) {
				return nil
			}
			return err
		}
		if same(s, &d) {
			return c.fault(faultInvalid, "cannot copy "+src+" to a subdirectory of self "+dest, "Cannot copy "+src+" to a subdirectory of self "+dest, dest)
		}
	}
	return nil
}

func (c *copier) wanted(src, dest string) (bool, error) {
	if c.o.Filter == nil {
		return true, nil
	}
	return c.o.Filter(src, dest)
}

// copy copies what check has found in order.
func (c *copier) copy(src string, s *Stats, dest string, d *Stats) error {
	switch s.Kind() {
	case KindDir:
		if !c.o.Recursive {
			return c.fault(faultDir, src+" is a directory (not copied)", "", src)
		}
		return c.dir(src, s, dest, d)
	case KindFile, KindChar, KindBlock:
		return c.file(src, s, dest, d)
	case KindSymlink:
		return c.link(src, dest, d)
	case KindSocket:
		return c.fault(faultSocket, "cannot copy a socket file: "+dest, "Cannot copy a socket file: "+dest, dest)
	case KindFIFO:
		return c.fault(faultFIFO, "cannot copy a FIFO pipe: "+dest, "Cannot copy a FIFO pipe: "+dest, dest)
	}
	return c.fault(faultUnknown, "cannot copy an unknown file type: "+dest, "Cannot copy an unknown file type: "+dest, dest)
}

func (c *copier) file(src string, s *Stats, dest string, d *Stats) error {
	if d != nil {
		switch {
		case c.o.Force:
			if err := Unlink(dest); err != nil {
				return err
			}
		case c.o.ErrorOnExist:
			plain := ""
			if c.o.Plain {
				plain = "[ERR_FS_CP_EEXIST]: Target already exists: cp returned EEXIST (" + dest + " already exists)"
			}
			return c.fault(faultExists, dest+" already exists", plain, dest)
		default:
			return nil
		}
	}
	if err := CopyFile(src, dest, c.o.Mode); err != nil {
		return err
	}
	if c.o.PreserveTimestamps {
		if s.Mode&0o200 == 0 { // its times can be set only while it can be written
			if err := Chmod(dest, uint32(s.Mode)|0o200); err != nil {
				return err
			}
		}
		now, err := Stat(src) // reading has changed the access time
		if err != nil {
			return err
		}
		if err := Utimes(dest, float64(now.Atime)/1e9, float64(now.Mtime)/1e9); err != nil {
			return err
		}
	}
	return Chmod(dest, uint32(s.Mode)&0o7777)
}

func (c *copier) dir(src string, s *Stats, dest string, d *Stats) error {
	if d == nil {
		if err := Mkdir(dest, 0o777); err != nil {
			return err
		}
	}
	list, err := scandir(src, src)
	if err != nil {
		return err
	}
	for _, e := range list {
		a, b := Join(src, e.Name), Join(dest, e.Name)
		if ok, err := c.wanted(a, b); err != nil {
			return err
		} else if !ok {
			continue
		}
		as, bd, err := c.check(a, b)
		if err != nil {
			return err
		}
		if err := c.copy(a, &as, b, bd); err != nil {
			return err
		}
	}
	if d == nil {
		return Chmod(dest, uint32(s.Mode)&0o7777)
	}
	return nil
}

func (c *copier) link(src, dest string, d *Stats) error {
	target, err := Readlink(src)
	if err != nil {
		return err
	}
	if !c.o.VerbatimSymlinks && !strings.HasPrefix(target, "/") {
		target = resolved(stdpath.Dir(src) + "/" + target)
	}
	if d == nil {
		return Symlink(target, dest)
	}
	old, err := Readlink(dest)
	if err != nil {
		if is(err, syscall.EINVAL) { // dest is a file: Node lets symlink say so
			return Symlink(target, dest)
		}
		return err
	}
	if !strings.HasPrefix(old, "/") {
		old = resolved(stdpath.Dir(dest) + "/" + old)
	}
	st, serr := statPath(src, true)
	srcDir := serr == nil && isDir(&st)
	if srcDir && inside(target, old) {
		return c.fault(faultInvalid, "cannot copy "+target+" to a subdirectory of self "+old, "Cannot copy "+target+" to a subdirectory of self "+old, dest)
	}
	if dt, err := statPath(dest, true); err == nil && isDir(&dt) && inside(old, target) {
		return c.fault(faultLink, "cannot overwrite "+old+" with "+target, "Cannot overwrite "+old+" with "+target, dest)
	}
	if err := unix.Unlink(dest); err != nil {
		return fail(err, "unlink", dest)
	}
	return Symlink(target, dest)
}
