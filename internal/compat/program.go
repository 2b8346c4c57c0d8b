package compat

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// program is an executable that runs JavaScript files.
type program struct {
	Path    string // absolute
	Version string // base name and first line of --version: "node v24.12.0"
}

// findProgram resolves name along PATH and asks for its version.
func findProgram(ctx context.Context, name string) (program, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return program{}, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return program{}, err
	}
	out, err := run(ctx, command{Path: path, Args: []string{"--version"}, Env: environment(), Timeout: 10 * time.Second})
	if err != nil {
		return program{}, err
	}
	if out.Exit != 0 {
		return program{}, fmt.Errorf("%s --version: exit code %d: %s", name, out.Exit, out.Stderr)
	}
	line, _, _ := strings.Cut(out.Stdout, "\n")
	return program{Path: path, Version: filepath.Base(path) + " " + line}, nil
}
