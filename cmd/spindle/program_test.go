package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// spindle is the program under test.
var spindle string

// patience bounds every wait of these tests.
const patience = 30 * time.Second

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "spindle")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		spindle = filepath.Join(dir, "spindle")
		if out, err := exec.Command("go", "build", "-o", spindle, ".").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// program is a running spindle.
type program struct {
	t      *testing.T
	cmd    *exec.Cmd
	out    *bufio.Reader
	stderr bytes.Buffer
	over   bool
}

// start runs the program in a folder that holds files, by name.
func start(t *testing.T, files map[string]string, args ...string) *program {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := &program{t: t, cmd: exec.Command(spindle, args...)}
	p.cmd.Dir = dir
	p.cmd.Stderr = &p.stderr
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // its children end with it
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(patience, p.kill)
	t.Cleanup(func() {
		kill.Stop()
		if !p.over {
			p.kill()
			_ = p.cmd.Wait()
		}
	})
	return p
}

// kill ends the program and its children.
func (p *program) kill() { _ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) }

// line returns the next line of standard output.
func (p *program) line() string {
	p.t.Helper()
	l, err := p.out.ReadString('\n')
	if err != nil {
		p.t.Fatalf("standard output ended: %v %q; standard error: %s", err, l, p.stderr.String())
	}
	return strings.TrimSuffix(l, "\n")
}

// until reads lines up to the one that begins with prefix.
func (p *program) until(prefix string) string {
	p.t.Helper()
	for {
		if l := p.line(); strings.HasPrefix(l, prefix) {
			return l
		}
	}
}

// signal sends the program a signal.
func (p *program) signal(sig syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatal(err)
	}
}

// end waits for the program's end and returns the rest of its output, its exit
// code, and the signal that ended it.
func (p *program) end() (rest string, code int, sig syscall.Signal) {
	p.t.Helper()
	b, _ := io.ReadAll(p.out)
	p.over = true
	err := p.cmd.Wait()
	if s, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && s.Signaled() {
		sig = s.Signal()
	} else if _, ok := err.(*exec.ExitError); err != nil && !ok {
		p.t.Fatal(err)
	}
	return string(b), p.cmd.ProcessState.ExitCode(), sig
}
