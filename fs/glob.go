package fs

import (
	"os"
	stdpath "path"
	"strings"
)

// GlobOptions are those of fs.glob.
type GlobOptions struct {
	Cwd string
	// Exclude says which entries are left out, directories with all below them;
	// path is relative to Cwd.
	Exclude func(path string, e Entry) (bool, error)
}

// Glob returns the entries that match one of the patterns, in the order in
// which the directories have them; Parent and Name are those of Cwd joined with
// the path, which is relative to Cwd
// (https://nodejs.org/docs/latest-v24.x/api/fs.html#fspromisesglobpattern-options).
func Glob(patterns []string, o GlobOptions) (paths []string, entries []Entry, err error) {
	g := &globber{o: o, seen: map[string]bool{}}
	for _, p := range patterns {
		for _, alt := range braces(p) {
			g.pattern(alt)
		}
	}
	return g.paths, g.entries, g.err
}

type globber struct {
	o       GlobOptions
	seen    map[string]bool
	paths   []string
	entries []Entry
	err     error
	dotted  bool // the pattern begins with "./"
	after   int  // how many parts are left where a part follows **; 0 elsewhere
}

// pattern walks one pattern without braces.
func (g *globber) pattern(p string) {
	root, rel := g.o.Cwd, ""
	if strings.HasPrefix(p, "/") {
		root, rel = "/", "/"
	}
	var parts []string
	trailing := strings.HasSuffix(p, "/")
	for _, s := range strings.Split(p, "/") {
		if s != "" {
			parts = append(parts, s)
		}
	}
	for _, s := range parts {
		if s != "." && s != ".." {
			g.dotted = parts[0] == "."
			g.walk(root, rel, parts, trailing)
			return
		}
	}
}

func joinRel(rel, name string) string {
	switch {
	case rel == "":
		return name
	case strings.HasSuffix(rel, "/"):
		return rel + name
	}
	return rel + "/" + name
}

// walk matches the entries of dir against the first part and goes on with the
// rest.
func (g *globber) walk(dir, rel string, parts []string, dirsOnly bool) {
	if g.err != nil {
		return
	}
	part, last := parts[0], len(parts) == 1
	// Links are followed if the part names one and does not come after **.
	follows := g.after != len(parts) && !magic(part) || g.after == len(parts) && !last && parts[1] == ".."
	g.after = 0
	if part == "**" {
		rest := parts[1:]
		for len(rest) > 0 && rest[0] == "**" {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			g.add(dir, rel, dirsOnly)
		} else {
			g.after = len(rest)
			g.walk(dir, rel, rest, dirsOnly)
			g.after = 0
		}
		for _, e := range list(dir) {
			if strings.HasPrefix(e.Name, ".") || g.excluded(joinRel(rel, e.Name), e) {
				continue
			}
			path, name := Join(dir, e.Name), joinRel(rel, e.Name)
			switch {
			case e.Kind == EntryDir:
				g.walk(path, name, parts, dirsOnly)
			case len(rest) == 0:
				if !dirsOnly || g.dotted {
					g.add(path, name, dirsOnly)
				}
			case e.Kind == EntryLink && (g.dotted || matchPart(rest[0], e.Name)):
				// What follows is looked for behind the link, but not by **.
				if st, err := statPath(path, true); err == nil && isDir(&st) {
					g.walk(path, name, rest, dirsOnly)
				}
			}
		}
		return
	}
	if !magic(part) {
		name := unescape(part)
		path := Join(dir, name)
		st, err := statPath(path, false)
		if err != nil {
			return
		}
		e := Entry{Name: name, Parent: dir, Kind: kindOf(&st)}
		if name != "." && name != ".." && g.excluded(joinRel(rel, name), e) {
			return
		}
		g.next(path, joinRel(rel, name), e, parts, last, dirsOnly, follows)
		return
	}
	for _, e := range list(dir) {
		if strings.HasPrefix(e.Name, ".") && !strings.HasPrefix(part, ".") || !match(part, e.Name) {
			continue
		}
		if g.excluded(joinRel(rel, e.Name), e) {
			continue
		}
		g.next(Join(dir, e.Name), joinRel(rel, e.Name), e, parts, last, dirsOnly, follows)
	}
}

func (g *globber) next(path, rel string, e Entry, parts []string, last, dirsOnly, follows bool) {
	if last {
		g.add(path, rel, dirsOnly)
		return
	}
	if e.Kind == EntryLink && follows {
		if st, err := statPath(path, true); err == nil && isDir(&st) {
			e.Kind = EntryDir
		}
	}
	if e.Kind == EntryDir {
		g.walk(path, rel, parts[1:], dirsOnly)
	}
}

// matchPart reports whether a part of a pattern matches a name.
func matchPart(part, name string) bool {
	if magic(part) {
		return match(part, name)
	}
	return unescape(part) == name
}

func (g *globber) excluded(rel string, e Entry) bool {
	if g.o.Exclude == nil || g.err != nil {
		return false
	}
	out, err := g.o.Exclude(stdpath.Clean(rel), e)
	if err != nil {
		g.err = err
	}
	return out
}

// add takes a path that matches, once.
func (g *globber) add(path, rel string, dirsOnly bool) {
	rel = stdpath.Clean(rel)
	if g.seen[rel] || g.err != nil {
		return
	}
	st, err := statPath(path, false)
	if err != nil {
		return
	}
	if dirsOnly && !isDir(&st) {
		if to, err := statPath(path, true); err != nil || !isDir(&to) {
			return
		}
	}
	g.seen[rel] = true
	path = strings.TrimSuffix(path, "/")
	dir, name := ".", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		dir, name = path[:max(i, 1)], path[i+1:]
	}
	g.paths = append(g.paths, rel)
	g.entries = append(g.entries, Entry{Name: name, Parent: dir, Kind: kindOf(&st)})
}

func kindOf(st *Stats) int {
	switch st.Kind() {
	case KindDir:
		return EntryDir
	case KindSymlink:
		return EntryLink
	case KindFIFO:
		return EntryFIFO
	case KindSocket:
		return EntrySocket
	case KindChar:
		return EntryChar
	case KindBlock:
		return EntryBlock
	}
	return EntryFile
}

// list returns the entries of a directory that can be read.
func list(dir string) []Entry {
	f, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	out := make([]Entry, len(f))
	for i, d := range f {
		out[i] = Entry{Name: d.Name(), Parent: dir, Kind: EntryKind(d.Type())}
	}
	return out
}
