package loader

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// pkg is what resolution needs of a package.json.
type pkg struct {
	file    string // path of the package.json
	dir     string
	Name    string
	Main    string
	Type    string
	Exports *node
	Imports *node
	err     error
}

// node is a JSON value that keeps the order of an object's keys: conditions
// match in the order they are written.
type node struct {
	str    string
	isStr  bool
	isNull bool
	list   []*node
	isList bool
	keys   []string
	vals   map[string]*node
}

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
			v := &node{}
			if err := dec.Decode(v); err != nil {
				return err
			}
			k := t.(string)
			if _, dup := n.vals[k]; !dup {
				n.keys = append(n.keys, k)
			}
			n.vals[k] = v
		}
		return nil
	}
	n.isNull = true
	return nil
}

// readPackage reads dir's package.json; nil when there is none.
func (r *Resolver) readPackage(dir string) *pkg {
	if p, ok := r.packages[dir]; ok {
		return p
	}
	file := filepath.Join(dir, "package.json")
	var p *pkg
	if b, err := os.ReadFile(file); err == nil {
		p = &pkg{file: file, dir: dir}
		var raw map[string]json.RawMessage
		if err := json.Unmarshal(b, &raw); err != nil {
			p.err = err
		} else {
			text := func(k string) (s string) { _ = json.Unmarshal(raw[k], &s); return }
			p.Name, p.Main, p.Type = text("name"), text("main"), text("type")
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
			p.Exports, p.Imports = sub("exports"), sub("imports")
		}
	}
	r.packages[dir] = p
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

// TypeOf returns the "type" of the package that file belongs to, "" if none.
func (r *Resolver) TypeOf(file string) string {
	if p := r.scope(filepath.Dir(file)); p != nil {
		return p.Type
	}
	return ""
}

func splitPackage(request string) (name, sub string) {
	i := strings.IndexByte(request, '/')
	if strings.HasPrefix(request, "@") && i >= 0 {
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
