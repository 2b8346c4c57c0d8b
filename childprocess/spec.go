package childprocess

import (
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Spec says what to start.
type Spec struct {
	File string   // the program, searched for in PATH of Env where it has no slash
	Args []string // argv, the program's name first
	Env  []string // "KEY=value"
	Dir  string   // the working directory, "" for this process's
	// FDs are the child's descriptors by number; -1 leaves one closed.
	FDs []int
	// Detached makes the child the leader of a session of its own.
	Detached bool
	// UID and GID are the child's user and group, nil for this process's.
	UID, GID *uint32
}

// start starts the program and returns its process number. Errors are errnos.
func (s *Spec) start() (int, error) {
	candidates := s.search()
	attr := &syscall.ProcAttr{Dir: s.Dir, Env: s.Env, Sys: &syscall.SysProcAttr{Setsid: s.Detached}}
	if s.UID != nil || s.GID != nil {
		c := &syscall.Credential{Uid: uint32(os.Getuid()), Gid: uint32(os.Getgid()), NoSetGroups: os.Getuid() != 0}
		if s.UID != nil {
			c.Uid = *s.UID
		}
		if s.GID != nil {
			c.Gid = *s.GID
		}
		attr.Sys.Credential = c
	}
	for _, fd := range s.FDs {
		attr.Files = append(attr.Files, uintptr(fd)) // -1 becomes ^0, which closes
	}
	var denied bool
	err := error(syscall.ENOENT)
	for _, path := range candidates {
		var pid int
		pid, _, err = syscall.StartProcess(path, s.Args, attr)
		if err == syscall.ENOEXEC { // a script without a first line, as execvp runs it
			args := append([]string{"/bin/sh", path}, s.Args[min(1, len(s.Args)):]...)
			pid, _, err = syscall.StartProcess("/bin/sh", args, attr)
		}
		switch err {
		case nil:
			return pid, nil
		case syscall.EACCES:
			denied = true
		case syscall.ENOENT, syscall.ENOTDIR, syscall.ESTALE, syscall.ENODEV, syscall.ETIMEDOUT:
		default:
			return 0, err
		}
	}
	if denied {
		err = syscall.EACCES
	} else if len(candidates) > 1 || !strings.Contains(s.File, "/") {
		err = syscall.ENOENT
	}
	return 0, err
}

// search lists the paths to try, as execvp does.
func (s *Spec) search() []string {
	if strings.Contains(s.File, "/") || s.File == "" {
		return []string{s.File}
	}
	path := "/usr/local/bin:/bin:/usr/bin"
	for _, kv := range s.Env {
		if v, ok := strings.CutPrefix(kv, "PATH="); ok {
			path = v
		}
	}
	var out []string
	for _, dir := range strings.Split(path, ":") {
		p := s.File
		if dir != "" {
			p = dir + "/" + s.File
		}
		// Only what is there: starting a process to be told ENOENT is dear.
		at := p
		if s.Dir != "" && !strings.HasPrefix(p, "/") {
			at = s.Dir + "/" + p
		}
		if unix.Access(at, unix.F_OK) == nil {
			if !strings.Contains(p, "/") {
				p = "./" + p
			}
			out = append(out, p)
		}
	}
	return out
}
