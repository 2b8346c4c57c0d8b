package fs

import (
	"os"
	stdpath "path"
	"strings"
	"syscall"
)

// RealpathNative is realpath(3): the absolute path without symbolic links. Its
// errors name the call "realpath".
func RealpathNative(path string) (string, error) {
	abs, err := absolute(path)
	if err != nil {
		return "", fail(err, "realpath", path)
	}
	real, at, err := resolve(abs)
	if err == nil && at != "" {
		err = syscall.ENOENT
	}
	if err == nil && strings.HasSuffix(path, "/") {
		var st Stats
		if st, err = statPath(real, true); err == nil && st.Kind() != KindDir {
			err = syscall.ENOTDIR
		}
	}
	return real, fail(err, "realpath", path)
}

// Realpath is fs.realpath: as RealpathNative, but its errors name the lstat of
// the part that failed.
func Realpath(path string) (string, error) {
	abs, err := absolute(path)
	if err != nil {
		return "", fail(err, "realpath", path)
	}
	real, at, err := resolve(abs)
	if err != nil {
		return "", fail(err, "lstat", at)
	}
	return real, nil
}

// Absolute is path, made absolute by the working directory.
func Absolute(path string) string {
	if abs, err := absolute(path); err == nil {
		return abs
	}
	return path
}

func absolute(path string) (string, error) {
	if strings.HasPrefix(path, "/") {
		return path, nil
	}
	cwd, err := os.Getwd()
	return cwd + "/" + path, err
}

// maxLinks is how many links a path may lead through, as the kernel has it.
const maxLinks = 40

// resolve walks an absolute path; at is the part whose lstat failed.
func resolve(path string) (real, at string, err error) {
	rest, done, links := path, "", 0
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, "/")
		switch part {
		case "", ".":
			continue
		case "..":
			if i := strings.LastIndexByte(done, '/'); i >= 0 {
				done = done[:i]
			}
			continue
		}
		next := done + "/" + part
		st, err := statPath(next, false)
		if err != nil {
			return "", next, err
		}
		if st.Kind() != KindSymlink {
			done = next
			continue
		}
		if links++; links > maxLinks {
			return "", path, syscall.ELOOP
		}
		target, err := Readlink(next)
		if err != nil {
			return "", next, err
		}
		if st, err := statPath(next, true); err == nil && (st.Kind() == KindFIFO || st.Kind() == KindSocket) {
			// What /dev/stdin leads to may have no name, such as "pipe:[4711]".
			if strings.HasPrefix(target, "/") && rest == "" {
				return target, "", nil
			}
			return stdpath.Join(done, target, rest), "", nil
		}
		if strings.HasPrefix(target, "/") {
			done = ""
		}
		rest = target + "/" + rest
	}
	if done == "" {
		done = "/"
	}
	return done, "", nil
}
