package compat

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The test binary is its own program under test: with fakeEnv set it obeys the
// script in its last argument, a line a command.
const fakeEnv = "COMPAT_TEST_FAKE"

func TestMain(m *testing.M) {
	if version := os.Getenv(fakeEnv); version != "" {
		os.Exit(fakeProgram(version, os.Args[1:]))
	}
	if err := os.Setenv(fakeEnv, "v1.0.0"); err != nil {
		panic(err)
	}
	// Under the race detector a program waits a second before it ends.
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func fakeProgram(version string, args []string) int {
	if len(args) == 1 && args[0] == "--version" {
		fmt.Println(version)
		return 0
	}
	script, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot read:", strings.Join(args, " "))
		return 1
	}
	for _, line := range strings.Split(string(script), "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "print":
			fmt.Println(rest)
		case "bare":
			fmt.Print(rest)
		case "err":
			fmt.Fprintln(os.Stderr, rest)
		case "args":
			fmt.Println(args)
		case "env":
			fmt.Println(os.Getenv(rest))
		case "pid":
			fmt.Println(os.Getpid())
		case "where":
			dir, _ := os.Getwd()
			fmt.Println(dir)
		case "stdin":
			var b bytes.Buffer
			_, _ = b.ReadFrom(os.Stdin)
			fmt.Println(b.String())
		case "abort":
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			time.Sleep(time.Hour)
		case "hang":
			time.Sleep(time.Hour)
		case "spawn": // a child that stays, its number printed
			child := exec.Command(os.Args[0], rest)
			child.Stdout, child.Stderr = os.Stdout, os.Stderr
			if err := child.Start(); err != nil {
				return 1
			}
			fmt.Println(child.Process.Pid)
		case "exit":
			code, _ := strconv.Atoi(rest)
			return code
		}
	}
	return 0
}

// tree writes files (name to text) to a fresh folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// compatRun calls the command in this process and returns its exit code and
// what it printed on both streams.
func compatRun(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	code := mainWith(context.Background(), args, os.Args[0], &out, &out)
	return code, out.String()
}

func wantRun(t *testing.T, code int, contains string, args ...string) {
	t.Helper()
	got, out := compatRun(t, args...)
	if got != code || !strings.Contains(out, contains) {
		t.Fatalf("compat %q: exit code %d, want %d with %q in:\n%s", args, got, code, contains, out)
	}
}
