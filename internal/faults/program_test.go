package faults

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	stdnet "net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// programs are those that the suite runs: ours first, then the reference, if
// there is one.
var programs []string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "faults")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		bin := filepath.Join(dir, "spindle")
		build := exec.Command("go", "build", "-o", bin, "../../cmd/spindle")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
			return 1
		}
		programs = []string{bin}
		if ref := os.Getenv("FAULTS_REFERENCE"); ref != "" {
			programs = append(programs, ref)
		}
		code := m.Run()
		if file := os.Getenv("FAULTS_TABLE"); file != "" && code == 0 {
			if err := writeTable(file); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
		}
		return code
	}())
}

func large() bool { return os.Getenv("FAULTS_LARGE") != "" }

// each runs a fault against every program.
func each(t *testing.T, f func(t *testing.T, program string)) {
	for i, p := range programs {
		t.Run([]string{"spindle", "reference"}[i], func(t *testing.T) { f(t, p) })
	}
}

// server is a running testdata/server.js.
type server struct {
	t       *testing.T
	program string
	cmd     *exec.Cmd
	port    string
	stderr  *lockedBuffer
	gauge   *gauge // since the fault began
}

type lockedBuffer struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start runs the server with options; prefix, empty for none, is a shell command
// that comes before it ("ulimit -n 64;").
func start(t *testing.T, program, prefix string, options map[string]any) *server {
	t.Helper()
	o, err := json.Marshal(options)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, program: program, stderr: &lockedBuffer{}}
	if options == nil {
		o = []byte("{}")
	}
	args := []string{"-c", prefix + `exec "$0" "$@"`, program}
	if d, ok := options["drain"]; ok {
		args = append(args, fmt.Sprint("--drain-timeout=", d))
	}
	s.cmd = exec.Command("sh", append(args, "testdata/server.js", string(o))...)
	s.cmd.Stderr = s.stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		if e := s.stderr.String(); e != "" {
			t.Errorf("the server printed: %s", e)
		}
	})
	line := make(chan string, 1)
	go func() {
		l, _ := bufio.NewReader(out).ReadString('\n')
		line <- strings.TrimSpace(l)
	}()
	select {
	case s.port = <-line:
	case <-time.After(10 * time.Second):
	}
	if s.port == "" {
		t.Fatalf("the server did not start: %s", s.stderr.String())
	}
	return s
}

// memory is what the server holds now.
func (s *server) memory() memory {
	s.t.Helper()
	return memoryOf(s.t, s.cmd.Process.Pid)
}

// begin ends the time before the fault: a request was served, and, in large runs,
// the memory of the start has gone back to the system.
func (s *server) begin() {
	s.t.Helper()
	s.alive()
	if large() {
		s.rest()
		s.alive()
	}
	s.gauge = measure(s.t, s.cmd.Process.Pid)
}

// rest waits until the server's memory does not change any more.
func (s *server) rest() {
	last := s.memory()
	for same, n := 0, 0; same < 8 && n < 60; n++ {
		time.Sleep(100 * time.Millisecond)
		now := s.memory()
		if same++; now.resident != last.resident {
			last, same = now, 0
		}
	}
}

// cost is what the fault has added to the memory, at its peak, and tells it and
// the outcome for the table.
func (s *server) cost(row, outcome string) int64 {
	s.t.Helper()
	added, peak := s.gauge.result()
	tell(s.t, row, s.program, figure{outcome, added, peak})
	return added
}

// open is the number of the server's descriptors.
func (s *server) open() int {
	d, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.cmd.Process.Pid))
	if err != nil {
		s.t.Skip("descriptors are read from /proc")
	}
	return len(d)
}

const patience = 10 * time.Second

func (s *server) dial() stdnet.Conn {
	s.t.Helper()
	c, err := stdnet.DialTimeout("tcp", "127.0.0.1:"+s.port, patience)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = c.SetDeadline(time.Now().Add(patience))
	return c
}

// reset closes a connection with RST.
func reset(c stdnet.Conn) {
	_ = c.(*stdnet.TCPConn).SetLinger(0)
	_ = c.Close()
}

// exchange sends text and returns everything that comes until the end.
func (s *server) exchange(text string) string {
	s.t.Helper()
	c := s.dial()
	defer c.Close()
	if _, err := io.WriteString(c, text); err != nil && !isReset(err) {
		s.t.Error(err)
	}
	b, err := io.ReadAll(c)
	if err != nil && !isReset(err) {
		s.t.Errorf("after %q: %v", b, err)
	}
	return string(b)
}

func isReset(err error) bool {
	return strings.Contains(err.Error(), syscall.ECONNRESET.Error()) || strings.Contains(err.Error(), syscall.EPIPE.Error())
}

func request(path string, lines ...string) string {
	return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + strings.Join(append(lines, ""), "\r\n") + "\r\n"
}

// get asks for a path on a connection of its own and returns the body and how
// long it took.
func (s *server) get(path string) (string, time.Duration) {
	s.t.Helper()
	begin := time.Now()
	r := s.exchange(request(path, "Connection: close"))
	_, body, ok := strings.Cut(r, "\r\n\r\n")
	if !ok {
		s.t.Errorf("GET %s: %q", path, r)
	}
	if strings.Contains(r, "Transfer-Encoding: chunked") {
		s.t.Errorf("GET %s: chunked", path)
	}
	return body, time.Since(begin)
}

// alive checks that a good client is served, and soon.
func (s *server) alive() {
	s.t.Helper()
	if body, took := s.get("/hello"); body != "hello" || took > time.Second {
		s.t.Errorf("a good client got %q after %v", body, took)
	}
}

// settled waits until the server has no connection but the one that asks.
func (s *server) settled() {
	s.t.Helper()
	var last string
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if last, _ = s.get("/state"); strings.Contains(last, `"connections":1,`) {
			return
		}
	}
	s.t.Errorf("left behind: %s", last)
}

func status(answer string) string {
	line, _, _ := strings.Cut(answer, "\r\n")
	return line
}
