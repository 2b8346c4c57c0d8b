package loader

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/url"
)

// sourceMaps is the support of source maps of node:module
// (https://nodejs.org/docs/latest-v24.x/api/module.html#source-map-support).
type sourceMaps struct {
	enabled, nodeModules, generatedCode bool

	class *bind.Class
	found map[string]*goja.Object
	files map[string]*fileMap // by path; nil where a file has no map
	seen  map[string]bool     // files that were compiled while source maps were on
	texts map[string]string   // of original sources that maps hold, by what stacks call them
}

// mapping is one segment of a source map; all counts begin at zero.
type mapping struct {
	line, column         int
	source               string
	sourceLine, sourceCo int
	name                 string
	mapped               bool
}

// sourceMap is the state of a SourceMap object.
type sourceMap struct {
	payload  *goja.Object
	lengths  goja.Value
	mappings []mapping
}

func (l *Loader) sourceMapStatics(static func(name, shown string, n int, f bind.Method)) {
	rt := l.rt
	static("findSourceMap", "findSourceMap", 1, l.findSourceMap)
	_ = l.class.Ctor.Set("SourceMap", l.sourceMapClass())
	static("getSourceMapsSupport", "getSourceMapsSupport", 0, func(goja.FunctionCall) goja.Value {
		o := rt.VM.CreateObject(nil)
		_ = o.Set("enabled", l.maps.enabled)
		_ = o.Set("nodeModules", l.maps.nodeModules)
		_ = o.Set("generatedCode", l.maps.generatedCode)
		freeze := rt.VM.Get("Object").(*goja.Object).Get("freeze")
		return rt.Call(freeze, goja.Undefined(), o)
	})
	static("setSourceMapsSupport", "setSourceMapsSupport", 1, func(c goja.FunctionCall) goja.Value {
		enabled := rt.Bool(c.Argument(0), "enabled")
		opts := c.Argument(1)
		nodeModules, generated := false, false
		if !goja.IsUndefined(opts) {
			o := rt.Object(opts, "options")
			flag := func(name string) bool {
				v := bind.Get(o, name)
				return !goja.IsUndefined(v) && rt.Bool(v, "options."+name)
			}
			nodeModules, generated = flag("nodeModules"), flag("generatedCode")
		}
		l.setSourceMaps(enabled, nodeModules, generated)
		return goja.Undefined()
	})
}

func (l *Loader) sourceMapClass() *goja.Object {
	rt := l.rt
	c := rt.NewClass(bind.ClassDef{Name: "SourceMap", Length: 1, ES6: true, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		payload := goja.Value(goja.Undefined())
		if len(args) > 0 {
			payload = args[0]
		}
		o := rt.Object(payload, "payload")
		m := &sourceMap{payload: o, lengths: goja.Undefined()}
		if len(args) > 1 {
			if opts, ok := args[1].(*goja.Object); ok {
				m.lengths = bind.Get(opts, "lineLengths")
			}
		}
		stringify := rt.VM.Get("JSON").(*goja.Object).Get("stringify")
		m.mappings = parseMappings([]byte(rt.Call(stringify, goja.Undefined(), o).String()), nil)
		rt.Attach(this, m)
		return nil
	}})
	of := func(this goja.Value) *sourceMap {
		m, ok := bind.From(this).(*sourceMap)
		if !ok {
			rt.ArgType("this", this, "SourceMap")
		}
		return m
	}
	c.Accessor("payload", func(this goja.Value) goja.Value {
		clone := rt.VM.Get("structuredClone")
		return rt.Call(clone, goja.Undefined(), of(this).payload)
	}, nil)
	c.Accessor("lineLengths", func(this goja.Value) goja.Value { return of(this).lengths }, nil)
	number := func(v goja.Value) int {
		if goja.IsUndefined(v) {
			return 0
		}
		return int(v.ToInteger())
	}
	c.Method("findEntry", 2, func(f goja.FunctionCall) goja.Value {
		return entryObject(rt, of(f.This).find(number(f.Argument(0)), number(f.Argument(1))))
	})
	c.Method("findOrigin", 2, func(f goja.FunctionCall) goja.Value {
		e := of(f.This).find(number(f.Argument(0))-1, number(f.Argument(1))-1)
		o := rt.VM.NewObject()
		if e == nil || !e.mapped {
			return o
		}
		line, column := number(f.Argument(0))-1-e.line, number(f.Argument(1))-1-e.column
		if e.name != "" {
			_ = o.Set("name", e.name)
		} else {
			_ = o.Set("name", goja.Undefined())
		}
		_ = o.Set("fileName", e.source)
		_ = o.Set("lineNumber", e.sourceLine+line+1)
		_ = o.Set("columnNumber", e.sourceCo+column+1)
		return o
	})
	l.maps.class = c.Seal()
	return c.Ctor
}

func entryObject(rt *bind.Runtime, e *mapping) goja.Value {
	o := rt.VM.NewObject()
	if e == nil {
		return o
	}
	_ = o.Set("generatedLine", e.line)
	_ = o.Set("generatedColumn", e.column)
	if e.mapped {
		_ = o.Set("originalSource", e.source)
		_ = o.Set("originalLine", e.sourceLine)
		_ = o.Set("originalColumn", e.sourceCo)
	}
	switch {
	case e.name != "":
		_ = o.Set("name", e.name)
	case e.mapped:
		_ = o.Set("name", goja.Undefined())
	}
	return o
}

// find returns the last mapping that begins at or before a place.
func (m *sourceMap) find(line, column int) *mapping {
	i := sort.Search(len(m.mappings), func(i int) bool {
		e := m.mappings[i]
		return e.line > line || e.line == line && e.column > column
	})
	if i == 0 {
		return nil
	}
	return &m.mappings[i-1]
}

type mapPayload struct {
	Sources    []string
	SourceRoot string
	Names      []string
	Mappings   string
	Sections   []struct {
		Offset struct{ Line, Column int }
		Map    json.RawMessage
	}
}

// parseMappings reads the mappings of a source map of version 3 (ECMA-426).
// sources are put in place of those in it, if they are not nil.
func parseMappings(data []byte, sources []string) []mapping {
	var p mapPayload
	if json.Unmarshal(data, &p) != nil {
		return nil
	}
	if sources != nil {
		p.Sources, p.SourceRoot = sources, ""
	}
	var out []mapping
	for _, s := range p.Sections {
		for _, m := range parseMappings(s.Map, nil) {
			if m.line == 0 {
				m.column += s.Offset.Column
			}
			m.line += s.Offset.Line
			out = append(out, m)
		}
	}
	source, sourceLine, sourceCo, name := 0, 0, 0, 0
	for line, text := range strings.Split(p.Mappings, ";") {
		column := 0
		for _, segment := range strings.Split(text, ",") {
			f := decodeVLQ(segment)
			if len(f) == 0 {
				continue
			}
			column += f[0]
			m := mapping{line: line, column: column}
			if len(f) >= 4 {
				source, sourceLine, sourceCo = source+f[1], sourceLine+f[2], sourceCo+f[3]
				m.mapped, m.sourceLine, m.sourceCo = true, sourceLine, sourceCo
				if source >= 0 && source < len(p.Sources) {
					m.source = p.SourceRoot + p.Sources[source]
				}
				if len(f) >= 5 {
					name += f[4]
				}
				// Node keeps the last name for the segments that have none.
				if name >= 0 && name < len(p.Names) {
					m.name = p.Names[name]
				}
			}
			out = append(out, m)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		return out[i].line < out[j].line || out[i].line == out[j].line && out[i].column < out[j].column
	})
	return out
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func decodeVLQ(s string) []int {
	var fields []int
	value, bits := 0, 0
	for i := range len(s) {
		digit := strings.IndexByte(base64Digits, s[i])
		if digit < 0 {
			return fields
		}
		value |= (digit & 31) << bits
		bits += 5
		if digit&32 == 0 {
			n := value >> 1
			if value&1 != 0 {
				n = -n
			}
			fields = append(fields, n)
			value, bits = 0, 0
		}
	}
	return fields
}

// findSourceMap is module.findSourceMap(path): the map of a file that was
// loaded while source maps were on, undefined if it has none.
func (l *Loader) findSourceMap(c goja.FunctionCall) goja.Value {
	file := l.rt.String(c.Argument(0), "path")
	if strings.HasPrefix(file, "file:") {
		file = l.pathOfURL(file)
	}
	if !l.maps.enabled {
		return goja.Undefined()
	}
	if o := l.maps.found[file]; o != nil {
		return o
	}
	if !l.maps.seen[file] {
		return goja.Undefined()
	}
	m := l.mapOf(file)
	if m == nil {
		return goja.Undefined()
	}
	parse := l.rt.VM.Get("JSON").(*goja.Object).Get("parse")
	payload := l.rt.Call(parse, goja.Undefined(), l.value(m.data)).(*goja.Object)
	if list, ok := payload.Get("sources").(*goja.Object); ok {
		for i, name := range m.sources {
			_ = list.Set(itoa(i), name)
		}
		_ = payload.Delete("sourceRoot")
	}
	lengths := make([]any, len(m.lengths))
	for i, n := range m.lengths {
		lengths[i] = n
	}
	opts := l.rt.VM.NewObject()
	_ = opts.Set("lineLengths", l.rt.VM.NewArray(lengths...))
	o, err := l.rt.VM.New(l.maps.class.Ctor, payload, opts)
	if err != nil {
		panic(err)
	}
	if l.maps.found == nil {
		l.maps.found = map[string]*goja.Object{}
	}
	l.maps.found[file] = o
	return o
}

// mapData reads the source map that a comment names: a data: URL or a file.
func mapData(ref, file string) string {
	if strings.HasPrefix(ref, "data:") {
		_, body, err := dataURL(ref)
		if err != nil {
			return ""
		}
		return body
	}
	u, err := url.ParseRef(ref, fileURL(file))
	if err != nil || u.Protocol() != "file:" {
		return ""
	}
	path, err := url.FileURLToPath(u, url.HostFileOptions)
	if err != nil {
		return ""
	}
	b, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return ""
	}
	return string(b)
}
