package loader

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
)

// pkg is what resolution needs of a package.json
// (https://nodejs.org/docs/latest-v24.x/api/packages.html).
type pkg struct {
	file    string // path of the package.json
	dir     string
	Name    string
	Main    string
	Type    string // module, commonjs or none
	Exports *node
	Imports *node
	err     error // ERR_INVALID_PACKAGE_CONFIG
	warned  bool  // that its files are parsed twice
}

// node is a JSON value that keeps the order of an object's keys: conditions
// match in the order they are written.
type node struct {
	str    string
	isStr  bool
	isNull bool
	other  string // a number or boolean, as it is written
	list   []*node
	isList bool
	keys   []string
	vals   map[string]*node
}

func (n *node) isObject() bool { return n.vals != nil }

// UnmarshalJSON reads any JSON value.
func (n *node) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	switch {
	case len(b) == 0:
		return nil
	case b[0] == '"':
		n.isStr = true
		return json.Unmarshal(b, &n.str)
	case b[0] == '[':
		n.isList = true
		return json.Unmarshal(b, &n.list)
	case b[0] == '{':
		dec := json.NewDecoder(bytes.NewReader(b))
		if _, err := dec.Token(); err != nil {
			return err
		}
		n.vals = map[string]*node{}
		for dec.More() {
			t, err := dec.Token()
			if err != nil {
				return err
			}
			var raw json.RawMessage
			if err := dec.Decode(&raw); err != nil {
				return err
			}
			v := &node{}
			if err := v.UnmarshalJSON(raw); err != nil {
				return err
			}
			k := t.(string)
			if _, dup := n.vals[k]; !dup {
				n.keys = append(n.keys, k)
			}
			n.vals[k] = v
		}
		return nil
	case string(b) == "null":
		n.isNull = true
		return nil
	}
	n.other = string(b)
	return nil
}

// readPackage reads dir's package.json; nil when there is none. What is wrong
// with it is in err.
func (r *Resolver) readPackage(dir string) *pkg {
	if p, ok := r.packages[dir]; ok {
		return p
	}
	file := filepath.Join(dir, "package.json")
	var p *pkg
	if b, err := os.ReadFile(file); err == nil {
		p = parsePackage(file, dir, bytes.TrimPrefix(b, []byte("\ufeff")))
	}
	r.packages[dir] = p
	return p
}

func parsePackage(file, dir string, b []byte) *pkg {
	p := &pkg{file: file, dir: dir, Type: "none"}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		p.err = nodeerr.New(nodeerr.KindError, "ERR_INVALID_PACKAGE_CONFIG", "Invalid package config "+file+".")
		return p
	}
	text := func(k string) (s string) { _ = json.Unmarshal(raw[k], &s); return }
	p.Name, p.Main = text("name"), text("main")
	if t := text("type"); t == "module" || t == "commonjs" {
		p.Type = t
	}
	sub := func(k string) *node {
		v, ok := raw[k]
		if !ok {
			return nil
		}
		n := &node{}
		if n.UnmarshalJSON(v) != nil || n.isNull {
			return nil
		}
		return n
	}
	p.Exports = sub("exports")
	if p.Imports = sub("imports"); p.Imports != nil && !p.Imports.isObject() {
		p.Imports = nil
	}
	return p
}

// scope returns the nearest package.json at or above dir, not crossing a
// node_modules folder.
func (r *Resolver) scope(dir string) *pkg {
	for {
		if filepath.Base(dir) == "node_modules" {
			return nil
		}
		if p := r.readPackage(dir); p != nil {
			return p
		}
		up := filepath.Dir(dir)
		if up == dir {
			return nil
		}
		dir = up
	}
}

// typeOf returns the "type" of the package that file belongs to, "none" if it
// has none, and the package.
func (r *Resolver) typeOf(file string) (string, *pkg, error) {
	p := r.scope(filepath.Dir(file))
	if p == nil {
		return "none", nil, nil
	}
	return p.Type, p, p.err
}

// splitPackage splits a bare request into the package's name and the path in
// it, which starts with ".".
func splitPackage(request string) (name, sub string) {
	i := strings.IndexByte(request, '/')
	if strings.HasPrefix(request, "@") {
		if i < 0 {
			return "", ""
		}
		if j := strings.IndexByte(request[i+1:], '/'); j >= 0 {
			i += 1 + j
		} else {
			i = -1
		}
	}
	if i < 0 {
		return request, "."
	}
	return request[:i], "." + request[i:]
}
