package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// caseResult is a script of ours that uses packages.
type caseResult struct {
	name, packages string
	same           bool
}

// cases installs the packages and has the program's own comparison run the
// scripts against the reference.
func (o options) cases() ([]caseResult, error) {
	dir := filepath.Join(o.dir, "packages")
	if _, err := o.unpack("packages.json", "packages/package.json"); err != nil {
		return nil, err
	}
	if err := install(dir); err != nil {
		return nil, err
	}
	entries, err := files.ReadDir("cases")
	if err != nil {
		return nil, err
	}
	var results []caseResult
	for _, e := range entries {
		script, err := o.unpack("cases/"+e.Name(), "packages/"+e.Name())
		if err != nil {
			return nil, err
		}
		if e.Name() == "lib.js" {
			continue
		}
		text, err := os.ReadFile(script)
		if err != nil {
			return nil, err
		}
		r := caseResult{name: strings.TrimSuffix(e.Name(), ".js"), packages: strings.Join(required(string(text)), ", ")}
		out := filepath.Join(o.dir, "packages", r.name+".json")
		if err := timed(dir, 2*time.Minute, nil, out+".log", o.spindle, "compat", "--against", o.node, "--timeout", "60s", "--json", out, script); err != nil {
			return nil, err
		}
		data, err := os.ReadFile(out)
		if err != nil {
			return nil, err
		}
		var report struct {
			Results []struct{ Status string }
		}
		if err := json.Unmarshal(data, &report); err != nil {
			return nil, err
		}
		r.same = len(report.Results) == 1 && strings.HasPrefix(report.Results[0].Status, "pass")
		fmt.Printf("%-22s same: %v\n", r.name, r.same)
		results = append(results, r)
	}
	return results, nil
}

// required returns the packages that a script requires, with their versions.
func required(text string) (names []string) {
	var pinned struct{ Dependencies map[string]string }
	data, _ := files.ReadFile("packages.json")
	_ = json.Unmarshal(data, &pinned)
	seen := map[string]bool{}
	for _, part := range strings.Split(text, "require")[1:] {
		part = strings.TrimPrefix(part, ".resolve")
		if !strings.HasPrefix(part, "('") {
			continue
		}
		name, _, _ := strings.Cut(part[2:], "'")
		name, _, _ = strings.Cut(name, "/")
		if v := pinned.Dependencies[name]; v != "" && !seen[name] {
			seen[name] = true
			name, v = strings.TrimSuffix(name, "4"), strings.TrimPrefix(v, "npm:express@")
			names = append(names, name+" "+v)
		}
	}
	return names
}
