package childprocess

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// shell is a spec of sh -c text.
func shell(text string, args ...string) *Spec {
	return &Spec{File: "sh", Args: append([]string{"sh", "-c", text}, args...), Env: os.Environ()}
}

func pipes(input string) []RunStdio {
	return []RunStdio{{Pipe: true, Input: []byte(input)}, {Pipe: true}, {Pipe: true}}
}

func TestRun(t *testing.T) {
	tests := []struct {
		label    string
		text     string
		input    string
		out, err string
		status   int
		signal   syscall.Signal
	}{
		{"output", "echo out; echo err >&2", "", "out\n", "err\n", 0, 0},
		{"input", "cat", "in", "in", "", 0, 0},
		{"exit code", "exit 7", "", "", "", 7, 0},
		{"signal", "kill -TERM $$", "", "", "", 0, syscall.SIGTERM},
		{"environment", "echo $SPINDLE_TEST", "", "\n", "", 0, 0},
		{"much of both", "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2", "", strings.Repeat("\x00", 300_000), strings.Repeat("\x00", 300_000), 0, 0},
		{"input that nobody reads", "exit 0", strings.Repeat("x", 1<<20), "", "", 0, 0},
	}
	for _, test := range tests {
		t.Run(test.label, func(t *testing.T) {
			r := Run(shell(test.text), &RunOptions{Stdio: pipes(test.input), MaxBuffer: -1})
			if r.Err != nil || r.PID == 0 {
				t.Fatalf("%+v", r)
			}
			if r.Status != test.status || r.Signal != test.signal {
				t.Errorf("ended with %d, %v", r.Status, r.Signal)
			}
			if string(r.Output[1]) != test.out || string(r.Output[2]) != test.err {
				t.Errorf("output of %d and %d bytes", len(r.Output[1]), len(r.Output[2]))
			}
		})
	}
}

func TestRunLimits(t *testing.T) {
	start := time.Now()
	r := Run(shell("exec sleep 30"), &RunOptions{Stdio: pipes(""), MaxBuffer: -1, Timeout: 50 * time.Millisecond, KillSignal: syscall.SIGTERM})
	if r.Err != syscall.ETIMEDOUT || r.Signal != syscall.SIGTERM || time.Since(start) > 20*time.Second {
		t.Errorf("a timeout: %v, %v after %v", r.Err, r.Signal, time.Since(start))
	}
	r = Run(shell("while :; do echo 0123456789; done"), &RunOptions{Stdio: pipes(""), MaxBuffer: 25, KillSignal: syscall.SIGKILL})
	if r.Err != syscall.ENOBUFS || r.Signal != syscall.SIGKILL || len(r.Output[1]) < 25 {
		t.Errorf("too much output: %v, %v, %q", r.Err, r.Signal, r.Output[1])
	}
	r = Run(shell("echo shown"), &RunOptions{Stdio: []RunStdio{{Null: true}, {Null: true}, {Null: true}}})
	if r.Err != nil || r.Status != 0 || r.Output[1] != nil {
		t.Errorf("without pipes: %+v", r)
	}
}

func TestSearch(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("bin/hello", "#!/bin/sh\necho hello $0\n", 0o755)
	write("first/hello", "not executable", 0o644)
	bare := write("bin/bare", "echo bare $1\n", 0o755)
	env := []string{"PATH=" + dir + "/first:" + dir + "/none:" + dir + "/bin:/usr/bin:/bin"}
	tests := []struct {
		label string
		spec  Spec
		out   string
		err   error
	}{
		{"in PATH, past what cannot run", Spec{File: "hello", Args: []string{"hello"}, Env: env}, "hello " + dir + "/bin/hello\n", nil},
		{"a script without its first line", Spec{File: bare, Args: []string{bare, "x"}, Env: env}, "bare x\n", nil},
		{"nowhere", Spec{File: "no-such-program", Args: []string{"x"}, Env: env}, "", syscall.ENOENT},
		{"no file", Spec{File: dir + "/none", Args: []string{"x"}, Env: env}, "", syscall.ENOENT},
		{"not executable", Spec{File: dir + "/first/hello", Args: []string{"x"}, Env: env}, "", syscall.EACCES},
		{"a directory", Spec{File: dir, Args: []string{"x"}, Env: env}, "", syscall.EACCES},
		{"nothing", Spec{Args: []string{""}, Env: env}, "", syscall.ENOENT},
		{"in a folder that is not there", Spec{File: "/bin/sh", Args: []string{"sh"}, Env: env, Dir: dir + "/none"}, "", syscall.ENOENT},
		{"relative to its folder", Spec{File: "./hello", Args: []string{"hello"}, Env: env, Dir: dir + "/bin"}, "hello ./hello\n", nil},
	}
	for _, test := range tests {
		t.Run(test.label, func(t *testing.T) {
			r := Run(&test.spec, &RunOptions{Stdio: pipes(""), MaxBuffer: -1})
			if r.Err != test.err {
				t.Fatalf("%v, want %v", r.Err, test.err)
			}
			if test.err == nil && string(r.Output[1]) != test.out {
				t.Errorf("output %q, want %q", r.Output[1], test.out)
			}
			if test.err != nil && r.PID != 0 {
				t.Errorf("process %d", r.PID)
			}
		})
	}
}

// TestNothingLeaks runs many children and counts descriptors.
func TestNothingLeaks(t *testing.T) {
	count := func() int {
		list, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("no /proc: ", err)
		}
		return len(list)
	}
	before := count()
	for range 20 {
		r := Run(shell("cat; echo more"), &RunOptions{Stdio: pipes("x"), MaxBuffer: -1})
		if !bytes.Equal(r.Output[1], []byte("xmore\n")) {
			t.Fatalf("%+v", r)
		}
		Run(&Spec{File: "no-such-program", Args: []string{"x"}}, &RunOptions{Stdio: pipes("")})
	}
	if after := count(); after > before {
		t.Errorf("%d descriptors before, %d after", before, after)
	}
}
