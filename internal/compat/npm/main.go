package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// options are the command's flags.
type options struct {
	node, spindle string
	dir           string // scratch
	git           string // prefix of the repositories' addresses
	out           string
	only          string
}

func main() {
	var o options
	flag.StringVar(&o.node, "node", "node", "the reference")
	flag.StringVar(&o.spindle, "spindle", "dist/spindle", "the program under test")
	flag.StringVar(&o.dir, "dir", filepath.Join(os.TempDir(), "spindle-npm"), "scratch folder, kept between runs")
	flag.StringVar(&o.git, "git", "https://github.com/", "what stands before owner/name of a repository")
	flag.StringVar(&o.out, "out", "docs/compatibility.md", "the page to write; empty for none")
	flag.StringVar(&o.only, "only", "", "only these suites, or \"cases\" or \"more\", separated by commas; writes no page")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "npm:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	for _, p := range []*string{&o.node, &o.spindle, &o.dir} {
		if strings.ContainsRune(*p, filepath.Separator) {
			abs, err := filepath.Abs(*p)
			if err != nil {
				return err
			}
			*p = abs
		}
	}
	wanted := func(name string) bool {
		return o.only == "" || strings.Contains(","+o.only+",", ","+name+",")
	}
	scripts := make([][]caseResult, len(sets))
	for i, s := range sets {
		if !wanted(s.name) {
			continue
		}
		var err error
		if scripts[i], err = o.cases(s); err != nil {
			return err
		}
	}
	var results []suiteResult
	for _, s := range suites {
		if !wanted(s.name) {
			continue
		}
		r, err := o.suite(s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Printf("%-14s %-8s node %4d  spindle %4d of them\n", s.name, s.tag, r.passed, r.both)
		for _, c := range r.missing {
			fmt.Println("  only Node:", c)
		}
		results = append(results, r)
	}
	if o.only != "" || o.out == "" {
		return nil
	}
	return os.WriteFile(o.out, page(scripts, results), 0o644)
}
