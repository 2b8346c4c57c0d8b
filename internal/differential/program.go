package main

import (
	"bufio"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

//go:embed scripts
var scripts embed.FS

// patience is how long a program may take for one case.
const patience = 5 * time.Second

// program is a running script: one side of the comparison.
type program struct {
	name  string
	cmd   *exec.Cmd
	stdin io.WriteCloser
	ports map[string]int // of a server's configurations
	ended chan struct{}  // closed when its output ends

	mu    sync.Mutex             // guards what follows
	wants map[string]chan string // who waits for which line
	early map[string]string      // lines that nobody waited for yet
}

// start runs one of the scripts. command is the program and its own arguments,
// separated by spaces.
func start(command, script, dir string, args ...string) (*program, error) {
	text, err := scripts.ReadFile("scripts/" + script)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, script)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, err
	}
	words := strings.Fields(command)
	if len(words) == 0 {
		return nil, fmt.Errorf("no program")
	}
	p := &program{
		name: filepath.Base(words[0]), ended: make(chan struct{}),
		wants: map[string]chan string{}, early: map[string]string{},
	}
	p.cmd = exec.Command(words[0], append(append(words[1:], file), args...)...)
	p.cmd.Stderr = os.Stderr
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(out, 1<<20)
	line, err := r.ReadString('\n')
	if err == nil {
		ports, ok := strings.CutPrefix(line, "ready ")
		if !ok {
			err = fmt.Errorf("%s: said %q", p.name, line)
		} else {
			err = json.Unmarshal([]byte(ports), &p.ports)
		}
	}
	if err != nil {
		p.stop()
		return nil, err
	}
	go p.listen(r)
	return p, nil
}

// listen hands the lines to those who wait for them.
func (p *program) listen(r *bufio.Reader) {
	defer close(p.ended)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		key, log, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		p.mu.Lock()
		if c := p.wants[key]; c != nil {
			delete(p.wants, key)
			c <- log
		} else {
			p.early[key] = log
		}
		p.mu.Unlock()
	}
}

// line waits for the line with a key.
func (p *program) line(key string) string {
	c := make(chan string, 1)
	p.mu.Lock()
	if l, ok := p.early[key]; ok {
		delete(p.early, key)
		p.mu.Unlock()
		return l
	}
	p.wants[key] = c
	p.mu.Unlock()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case l := <-c:
		return l
	case <-p.ended:
		return `[["the program ended"]]`
	case <-timer.C:
		p.mu.Lock()
		delete(p.wants, key)
		p.mu.Unlock()
		return `[["nothing was told in time"]]`
	}
}

// alive reports whether the program still runs.
func (p *program) alive() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// stop ends the program.
func (p *program) stop() {
	_ = p.stdin.Close()
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}
