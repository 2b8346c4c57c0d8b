package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/net"
)

// watchList names, in the environment of a program that is run by --watch, the
// file to which it and its children add the files that they load, a line each.
const watchList = "SPINDLE_WATCH_LIST"

// dependencies returns what tells the supervisor of a file that was loaded, nil
// where there is none.
func dependencies() func(path string) {
	list := os.Getenv(watchList)
	if list == "" {
		return nil
	}
	f, err := os.OpenFile(list, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return nil
	}
	var mu sync.Mutex
	told := map[string]bool{}
	return func(path string) {
		mu.Lock()
		defer mu.Unlock()
		if !told[path] {
			told[path] = true
			// As it is before it is read; one write, so that no other line mixes in.
			_, _ = io.WriteString(f, stampOf(path).String()+" "+path+"\n")
		}
	}
}

// watchEvery is how often the supervisor looks at the files.
const watchEvery = 150 * time.Millisecond

// supervisor is --watch: it runs the program as a child and runs it again when a
// file that it loaded changes
// (https://nodejs.org/docs/latest-v24.x/api/cli.html#--watch). It asks for times
// and sizes: editors that replace files, folders that are mounted, and files that
// are not there yet are all the same to that.
type supervisor struct {
	o        *options
	args     []string // of the child
	title    string
	list     *os.File // what watchList names
	rest     []byte   // a line of it that is not complete
	seen     map[string]stamp
	roots    []string // of --watch-path
	kill     syscall.Signal
	child    *exec.Cmd
	ended    chan error
	finished bool
}

// stamp tells one state of a file from another; the zero value is none.
type stamp struct {
	size  int64
	inode uint64
	time  int64 // nanoseconds
}

// String writes a stamp without spaces; parseStamp reads it.
func (s stamp) String() string { return fmt.Sprintf("%d,%d,%d", s.size, s.inode, s.time) }

func parseStamp(text string) (s stamp, err error) {
	_, err = fmt.Sscanf(text, "%d,%d,%d", &s.size, &s.inode, &s.time)
	return s, err
}

func stampOf(path string) stamp {
	st, err := os.Stat(path)
	if err != nil || st.IsDir() {
		return stamp{}
	}
	s := stamp{size: st.Size(), time: st.ModTime().UnixNano()}
	if sys, ok := st.Sys().(*syscall.Stat_t); ok {
		s.inode = sys.Ino
	}
	return s
}

// watch runs the program until a signal ends it, and returns the exit code.
func watch(o *options) int {
	s := &supervisor{o: o, seen: map[string]stamp{}, kill: syscall.SIGTERM, ended: make(chan error, 1)}
	if o.killSignal != "" {
		sig, ok := processmod.SignalNumber(o.killSignal)
		if !ok {
			fmt.Fprintf(os.Stderr, "TypeError [ERR_UNKNOWN_SIGNAL]: Unknown signal: %s\n", o.killSignal)
			return 1
		}
		s.kill = sig
	}
	list, err := os.CreateTemp("", "spindle-watch-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s.list = list
	defer os.Remove(list.Name())
	for _, p := range o.watchPaths {
		if abs, err := filepath.Abs(p); err == nil {
			s.roots = append(s.roots, abs)
		}
	}
	s.command()
	for _, f := range o.envFiles {
		s.add(f.path)
	}
	if o.file != "" && len(s.roots) == 0 && !o.test {
		s.add(o.file) // also where it is not there yet
	}
	s.look()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	if code, ok := s.start(); !ok {
		return code
	}
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case err := <-s.ended:
			s.finished = true
			how := "Completed"
			if err != nil {
				how = "Failed"
			}
			fmt.Printf("%s running %s. Waiting for file changes before restarting...\n", how, s.title)
		case sig := <-signals:
			s.stop(sig.(syscall.Signal))
			return 0
		case <-tick.C:
			s.read()
			if !s.look() {
				continue
			}
			for settle := 0; settle < 10; settle++ { // a file is written in several steps
				time.Sleep(watchEvery / 3)
				if !s.look() {
					break
				}
			}
			if !o.preserveOutput && net.IsTerminal(1) {
				fmt.Print("\x1bc")
			}
			fmt.Printf("Restarting %s\n", s.title)
			s.stop(s.kill)
			if code, ok := s.start(); !ok {
				return code
			}
		}
	}
}

// command makes the child's arguments: all but what is the supervisor's.
func (s *supervisor) command() {
	args := s.o.execArgv
	for i := 0; i < len(args); i++ {
		name := optionName(args[i])
		switch name {
		case "--watch", "--watch-preserve-output":
		case "--watch-path", "--watch-kill-signal":
			if !strings.Contains(args[i], "=") {
				i++
			}
		default:
			s.args = append(s.args, args[i])
		}
	}
	if s.o.workers > 0 {
		s.args = append(s.args, fmt.Sprintf("--workers=%d", s.o.workers))
	}
	words := []string{}
	if s.o.file != "" {
		words = append([]string{s.o.file}, s.o.args...)
	}
	s.title = "'" + strings.Join(words, " ") + "'"
	s.args = append(s.args, words...)
}

// start runs the program; ok is false where that cannot be.
func (s *supervisor) start() (code int, ok bool) {
	exe, err := os.Executable()
	if err != nil {
		exe = os.Args[0]
	}
	s.child = exec.Command(exe, s.args...)
	s.child.Args[0] = os.Args[0]
	s.child.Stdin, s.child.Stdout, s.child.Stderr = os.Stdin, os.Stdout, os.Stderr
	s.child.Env = append(os.Environ(), "WATCH_REPORT_DEPENDENCIES=1", watchList+"="+s.list.Name())
	if err := s.child.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1, false
	}
	s.finished = false
	child := s.child
	go func() { s.ended <- child.Wait() }()
	return 0, true
}

// stop ends the program by a signal, and waits for it.
func (s *supervisor) stop(sig syscall.Signal) {
	if s.finished {
		return
	}
	_ = s.child.Process.Signal(sig)
	<-s.ended
	s.finished = true
}

// add watches one file.
func (s *supervisor) add(path string) {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if _, known := s.seen[path]; !known {
		s.seen[path] = stampOf(path)
	}
}

// read takes what the program has told since the last time.
func (s *supervisor) read() {
	b, err := io.ReadAll(s.list)
	if err != nil {
		return
	}
	s.rest = append(s.rest, b...)
	for {
		line, rest, found := bytes.Cut(s.rest, []byte{'\n'})
		if !found {
			return
		}
		s.rest = rest
		was, path, _ := strings.Cut(string(line), " ")
		st, err := parseStamp(was)
		if _, known := s.seen[path]; !known && err == nil && len(s.roots) == 0 { // --watch-path is all that is watched
			s.seen[path] = st
		}
	}
}

// look reports whether a file has changed, come or gone since the last time.
func (s *supervisor) look() (changed bool) {
	if len(s.roots) > 0 {
		return s.walk()
	}
	for path, was := range s.seen {
		if now := stampOf(path); now != was {
			s.seen[path] = now
			changed = true
		}
	}
	return changed
}

// walk is look for the folders of --watch-path.
func (s *supervisor) walk() (changed bool) {
	now := map[string]stamp{}
	for _, f := range s.o.envFiles {
		now[f.path] = stampOf(f.path)
	}
	for _, root := range s.roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				now[path] = stampOf(path)
			}
			return nil
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	for path, st := range now {
		if was, there := s.seen[path]; !there || was != st {
			changed = true
		}
	}
	changed = changed || len(now) != len(s.seen)
	s.seen = now
	return changed
}
