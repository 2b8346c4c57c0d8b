package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// set is a folder of scripts of ours and the packages that they use.
type set struct {
	name  string // the folder, and the name for -only
	title string // on the page
}

// sets: cases holds what issue 5 names, more what else people use.
var sets = []set{{"cases", "Scripts"}, {"more", "More packages"}}

// shared are the files of cases that the scripts of all sets require.
var shared = map[string]bool{"lib.js": true, "services.js": true, "express-app.js": true}

// caseResult is a script of ours that uses packages.
type caseResult struct {
	name, packages string
	same           bool
	slower         float64 // times the reference's wall time
}

// slow is how many times the reference's time a script may take before the page
// says so.
const slow = 10

// cases installs the packages of a set and has the program's own comparison run
// the scripts against the reference.
func (o options) cases(s set) ([]caseResult, error) {
	dir := filepath.Join(o.dir, "packages-"+s.name)
	if _, err := o.unpack(s.name+"/packages.json", dir, "package.json"); err != nil {
		return nil, err
	}
	if err := install(dir); err != nil {
		return nil, err
	}
	for name := range shared {
		if _, err := o.unpack("cases/"+name, dir, name); err != nil {
			return nil, err
		}
	}
	entries, err := files.ReadDir(s.name)
	if err != nil {
		return nil, err
	}
	versions := pinned(s)
	var results []caseResult
	for _, e := range entries {
		if shared[e.Name()] || e.Name() == "packages.json" {
			continue
		}
		r, err := o.runCase(s, dir, e.Name(), versions)
		if err != nil {
			return nil, err
		}
		fmt.Printf("%-22s same: %-5v %.1f times the reference's time\n", r.name, r.same, r.slower)
		results = append(results, r)
	}
	return results, nil
}

func (o options) runCase(s set, dir, file string, versions map[string]string) (caseResult, error) {
	name := strings.TrimSuffix(file, path.Ext(file))
	r := caseResult{name: name}
	script, err := o.unpack(s.name+"/"+file, dir, file)
	if err != nil {
		return r, err
	}
	text, err := os.ReadFile(script)
	if err != nil {
		return r, err
	}
	r.packages = strings.Join(required(string(text), versions), ", ")
	out := filepath.Join(dir, name+".json")
	if err := timed(dir, 8*time.Minute, nil, out+".log", o.spindle, "compat", "--against", o.node, "--timeout", "180s", "--json", out, script); err != nil {
		return r, err
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return r, err
	}
	var report struct {
		Results []struct{ Status string }
	}
	if err := json.Unmarshal(data, &report); err != nil {
		return r, err
	}
	r.same = len(report.Results) == 1 && strings.HasPrefix(report.Results[0].Status, "pass")
	var took [2]time.Duration
	for i, program := range []string{o.node, o.spindle} {
		begun := time.Now()
		if err := timed(dir, 3*time.Minute, nil, out+".time", program, script); err != nil {
			return r, err
		}
		took[i] = time.Since(begun)
	}
	r.slower = took[1].Seconds() / took[0].Seconds()
	return r, nil
}

// pinned returns the versions of a set's packages.
func pinned(s set) map[string]string {
	var list struct{ Dependencies map[string]string }
	data, _ := files.ReadFile(s.name + "/packages.json")
	_ = json.Unmarshal(data, &list)
	return list.Dependencies
}

// required returns the packages that a script mentions as modules or files, with
// their versions.
func required(text string, versions map[string]string) (names []string) {
	seen := map[string]bool{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '\'' || r == '\n' }) {
		words := strings.SplitN(part, "/", 3)
		name := words[0]
		if strings.HasPrefix(name, "@") && len(words) > 1 {
			name += "/" + words[1]
		}
		v := versions[name]
		if v == "" || seen[name] {
			continue
		}
		seen[name] = true
		if before, after, ok := strings.Cut(v, "@"); ok && before != "" { // npm:express@4.22.3
			name, v = strings.TrimPrefix(before, "npm:"), after
		}
		names = append(names, name+" "+v)
	}
	return names
}
