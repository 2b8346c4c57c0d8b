package main

import (
	"bufio"
	"embed"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"
)

//go:embed mocha/reporter.js cases more
var files embed.FS

// suiteResult is what a suite gave under the two programs.
type suiteResult struct {
	suite
	passed  int // cases that pass under Node
	both    int // and under Spindle
	missing []string
}

// limit is how long a suite may take.
const limit = 10 * time.Minute

// suite fetches the package, installs what its tests need and runs them twice.
func (o options) suite(s suite) (suiteResult, error) {
	r := suiteResult{suite: s}
	dir := filepath.Join(o.dir, "suites", s.name+"-"+s.tag)
	if _, err := os.Stat(dir); err != nil {
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			return r, err
		}
		if err := tool(o.dir, "git", "clone", "-q", "--depth", "1", "--branch", s.tag, o.git+s.repo, dir); err != nil {
			return r, err
		}
	}
	if err := install(dir); err != nil {
		return r, err
	}
	reporter, err := o.unpack("mocha/reporter.js", o.dir, "reporter.js")
	if err != nil {
		return r, err
	}
	node, err := o.mocha(s, dir, reporter, o.node, "node")
	if err != nil {
		return r, err
	}
	spindle, err := o.mocha(s, dir, reporter, o.spindle, "spindle")
	if err != nil {
		return r, err
	}
	if !spindle.covers(node) {
		// Cases have time limits of their own, which a busy machine exceeds: a
		// case counts if it passes in one of two runs.
		again, err := o.mocha(s, dir, reporter, o.spindle, "spindle")
		if err != nil {
			return r, err
		}
		for title, n := range again.passed {
			spindle.passed[title] = max(spindle.passed[title], n)
		}
	}
	for _, title := range node.order {
		n, m := node.passed[title], min(node.passed[title], spindle.passed[title])
		r.passed += n
		r.both += m
		if m < n {
			r.missing = append(r.missing, title)
		}
	}
	return r, nil
}

// outcome counts the cases that passed by full title, of which there may be
// several of one name.
type outcome struct {
	order  []string
	passed map[string]int
}

// covers reports whether all that passed in other passed here.
func (r outcome) covers(other outcome) bool {
	for title, n := range other.passed {
		if r.passed[title] < n {
			return false
		}
	}
	return true
}

func (o options) mocha(s suite, dir, reporter, program, name string) (outcome, error) {
	res := outcome{passed: map[string]int{}}
	bin := filepath.Join("node_modules", "mocha", "bin", "_mocha")
	if _, err := os.Stat(filepath.Join(dir, bin)); err != nil {
		bin = filepath.Join("node_modules", "mocha", "bin", "mocha.js")
	}
	args := []string{bin, "--reporter", reporter}
	for _, a := range s.args {
		if strings.Contains(a, "*") {
			found, err := filepath.Glob(filepath.Join(dir, a))
			if err != nil {
				return res, err
			}
			args = append(args, found...)
		} else if _, err := os.Stat(filepath.Join(dir, a)); !strings.HasSuffix(a, "/") || err == nil {
			args = append(args, a)
		}
	}
	out := filepath.Join(o.dir, "suites", s.name+"-"+name+".jsonl")
	log := filepath.Join(o.dir, "suites", s.name+"-"+name+".log")
	if err := timed(dir, limit, []string{"CASES=" + out, "NODE_ENV=test"}, log, program, args...); err != nil {
		return res, err
	}
	f, err := os.Open(out)
	if err != nil {
		return res, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c struct{ State, Title string }
		if json.Unmarshal(lines.Bytes(), &c) != nil || c.State != "pass" {
			continue
		}
		if res.passed[c.Title] == 0 {
			res.order = append(res.order, c.Title)
		}
		res.passed[c.Title]++
	}
	return res, lines.Err()
}

// unpack writes an embedded file to a folder.
func (o options) unpack(name, dir, as string) (string, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return "", err
	}
	to := filepath.Join(dir, as)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return "", err
	}
	return to, os.WriteFile(to, data, 0o644)
}
