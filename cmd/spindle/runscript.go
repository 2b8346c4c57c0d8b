package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

// runScript is --run: it runs a script of the nearest package.json in a shell,
// with the folders node_modules/.bin above it first in PATH, and returns the exit
// code (https://nodejs.org/docs/latest-v24.x/api/cli.html#--run).
func runScript(name string, args []string) int {
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	var file string
	var text []byte
	var bins []string
	for d := dir; ; d = filepath.Dir(d) {
		if bin := filepath.Join(d, "node_modules", ".bin"); isFolder(bin) {
			bins = append(bins, bin)
		}
		if text == nil {
			if b, err := os.ReadFile(filepath.Join(d, "package.json")); err == nil {
				file, text = filepath.Join(d, "package.json"), b
			}
		}
		if d == filepath.Dir(d) {
			break
		}
	}
	if text == nil {
		fmt.Fprintf(os.Stderr, "Can't find package.json for directory %s\n\n", dir)
		return 1
	}
	scripts, order, err := packageScripts(text)
	if err != nil {
		fmt.Fprintf(os.Stderr, "Can't parse %s\n", file)
		return 1
	}
	if scripts == nil {
		fmt.Fprintf(os.Stderr, "Can't find \"scripts\" field in %s\n", file)
		return 1
	}
	command, ok := scripts[name].(string)
	if !ok && scripts[name] != nil {
		fmt.Fprintf(os.Stderr, "Script \"%s\" is unexpectedly not a string for %s\n\n", name, file)
		return 1
	}
	if !ok {
		fmt.Fprintf(os.Stderr, "Missing script: \"%s\" for %s\n\nAvailable scripts are:\n", name, file)
		for _, n := range order {
			fmt.Fprintf(os.Stderr, "  %s: %v\n", n, scripts[n])
		}
		return 1
	}
	for _, a := range args {
		command += " " + shellWord(a)
	}
	cmd := exec.Command("/bin/sh", "-c", command)
	cmd.Dir = filepath.Dir(file)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "PATH="+strings.Join(append(bins, os.Getenv("PATH")), string(os.PathListSeparator)),
		"NODE_RUN_SCRIPT_NAME="+name, "NODE_RUN_PACKAGE_JSON_PATH="+file)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGINT, syscall.SIGQUIT) // the script has them, too
	err = cmd.Run()
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		if ended.ExitCode() > 0 {
			return 1
		}
		return 0 // a signal, which Node does not tell
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func isFolder(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir()
}

// packageScripts reads the scripts of a package.json, and their names in order;
// nil for none.
func packageScripts(text []byte) (scripts map[string]any, order []string, err error) {
	var p struct {
		Scripts json.RawMessage `json:"scripts"`
	}
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, nil, err
	}
	if json.Unmarshal(p.Scripts, &scripts) != nil || scripts == nil {
		return nil, nil, nil
	}
	d := json.NewDecoder(bytes.NewReader(p.Scripts))
	_, err = d.Token() // {
	for err == nil && d.More() {
		var name json.Token
		var value json.RawMessage
		if name, err = d.Token(); err == nil {
			err = d.Decode(&value)
			order = append(order, name.(string))
		}
	}
	return scripts, order, err
}

// shellWord quotes an argument for a POSIX shell, if it needs it.
func shellWord(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
