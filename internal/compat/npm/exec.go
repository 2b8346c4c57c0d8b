package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// tool runs npm or git in dir; its output is shown if it fails.
func tool(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %v: %w\n%s", name, args, err, out)
	}
	return nil
}

// install is npm install, once a folder.
func install(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err == nil {
		return nil
	}
	fmt.Println("installing in", dir)
	return tool(dir, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps")
}

// timed runs a program in dir with additional environment and ends it after a
// while. That it fails is no error: its tests may.
func timed(dir string, limit time.Duration, env []string, log, name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	f, err := os.Create(log)
	if err != nil {
		return err
	}
	defer f.Close()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, f, f
	cmd.Env = append(os.Environ(), env...)
	cmd.WaitDelay = 5 * time.Second
	err = cmd.Run()
	if _, ok := err.(*exec.ExitError); ok {
		return nil
	}
	return err
}
