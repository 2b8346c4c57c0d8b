package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// kind says what a program can run.
type kind string

const (
	javascript kind = "javascript" // runs the scripts
	goAPI      kind = "go-api"     // serves hello, through our packages
	floor      kind = "floor"      // serves hello, raw
)

// program is one contender.
type program struct {
	Name    string `json:"name"`
	Path    string `json:"-"`
	Kind    kind   `json:"kind"`
	Version string `json:"version"`
	IsNode  bool   `json:"-"` // ratios are to the first of these
}

// findPrograms resolves the given paths and builds our own programs.
func findPrograms(ctx context.Context, c config, node, bun, spindle list, withFloor, withGo bool) ([]program, error) {
	var programs []program
	for _, group := range []struct {
		name  string
		paths list
	}{{"node", node}, {"bun", bun}, {"spindle", spindle}} {
		for i, path := range group.paths {
			path, err := exec.LookPath(path)
			if err == nil {
				path, err = filepath.Abs(path)
			}
			if err != nil {
				return nil, err
			}
			version, err := exec.CommandContext(ctx, path, "--version").Output()
			if err != nil {
				return nil, fmt.Errorf("%s --version: %w", path, err)
			}
			name := group.name
			if len(group.paths) > 1 {
				name = fmt.Sprintf("%s%d", name, i+1)
			}
			first, _, _ := strings.Cut(string(version), "\n")
			programs = append(programs, program{Name: name, Path: path, Kind: javascript, Version: first, IsNode: group.name == "node"})
		}
	}
	// The Go API's hello is there as soon as the packages can serve it.
	if _, err := os.Stat(filepath.Join(c.Root, "gohello")); err == nil && withGo {
		path, err := build(ctx, c, "gohello")
		if err != nil {
			return nil, err
		}
		programs = append(programs, program{Name: "go-api", Path: path, Kind: goAPI})
	}
	path, err := build(ctx, c, "floor") // it is the origin server, too
	if err != nil {
		return nil, err
	}
	if withFloor {
		programs = append(programs, program{Name: "floor", Path: path, Kind: floor})
	}
	if len(programs) == 0 {
		return nil, errors.New("nothing to measure: give -node, -bun or -spindle")
	}
	return programs, nil
}

// build compiles bench/name into the folder of tools.
func build(ctx context.Context, c config, name string) (string, error) {
	path := filepath.Join(c.Tools, name)
	cmd := exec.CommandContext(ctx, "go", "build", "-o", path, "./"+name)
	cmd.Dir = c.Root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build %s: %w\n%s", name, err, out)
	}
	return path, nil
}

// process is a running program. Its standard output arrives in lines.
type process struct {
	cmd   *exec.Cmd
	lines chan string
	errs  tail
	ended sync.WaitGroup
}

// start runs path with args in a process group of its own.
func start(path string, args, env []string) (*process, error) {
	p := &process{cmd: exec.Command(path, args...), lines: make(chan string, 16)}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	p.cmd.Stderr = &p.errs
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	p.ended.Go(func() {
		defer close(p.lines)
		scanner := bufio.NewScanner(out)
		for scanner.Scan() {
			p.lines <- scanner.Text()
		}
		_, _ = io.Copy(io.Discard, out)
	})
	return p, nil
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// line waits for the next line of output.
func (p *process) line(ctx context.Context, patience time.Duration) (string, error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case line, ok := <-p.lines:
		if !ok {
			return "", fmt.Errorf("it ended: %s", p.errs.String())
		}
		return line, nil
	case <-timer.C:
		return "", fmt.Errorf("no output in %v: %s", patience, p.errs.String())
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

var portPattern = regexp.MustCompile(`:(\d+)\D*$`)

// port waits for the line in which a server says where it listens.
func (p *process) port(ctx context.Context) (int, error) {
	line, err := p.line(ctx, 20*time.Second)
	if err != nil {
		return 0, err
	}
	m := portPattern.FindStringSubmatch(line)
	if m == nil {
		return 0, fmt.Errorf("no port in %q", line)
	}
	return strconv.Atoi(m[1])
}

// stop kills the process and its group, and waits for its end.
func (p *process) stop() {
	_ = syscall.Kill(-p.pid(), syscall.SIGKILL)
	go func() {
		for range p.lines { // so that its reader comes to the end
		}
	}()
	p.ended.Wait()
	_ = p.cmd.Wait()
}

// tail keeps the end of an error stream.
type tail struct {
	mu   sync.Mutex // guards text
	text []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	t.text = t.text[max(0, len(t.text)-2000):]
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.text))
}
