package loader

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/url"
)

// Stacks with the places of the original sources
// (https://nodejs.org/docs/latest-v24.x/api/cli.html#--enable-source-maps).

// fileMap is the source map of a file on disk.
type fileMap struct {
	data     string   // the map's text
	sources  []string // URLs, or what is none
	contents []string // of the sources, "" where the map does not have it
	lengths  []int    // of the file's lines
	mappings []mapping
}

// setSourceMaps turns source maps on or off.
func (l *Loader) setSourceMaps(on, nodeModules, generated bool) {
	l.maps.enabled, l.maps.nodeModules, l.maps.generatedCode = on, nodeModules, generated
	if !on {
		l.hooks.MapFrames, l.rt.MapPlace = nil, nil
		return
	}
	l.hooks.MapFrames = l.mapFrames
	l.rt.MapPlace = l.mapPlace
}

// compiled notes that a file, a path or URL, is compiled.
func (m *sourceMaps) compiled(file string) {
	if m.seen == nil {
		m.seen = map[string]bool{}
	}
	m.seen[basePath(file)] = true
}

// mapOf returns the source map of a file, nil if it has none.
func (l *Loader) mapOf(file string) *fileMap {
	if m, known := l.maps.files[file]; known {
		return m
	}
	m := readMap(file)
	if l.maps.files == nil {
		l.maps.files = map[string]*fileMap{}
	}
	l.maps.files[file] = m
	if m != nil {
		for i, s := range m.sources {
			if i < len(m.contents) && m.contents[i] != "" {
				if l.maps.texts == nil {
					l.maps.texts = map[string]string{}
				}
				l.maps.texts[l.shownSource(s)] = m.contents[i]
			}
		}
	}
	return m
}

func readMap(file string) *fileMap {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	ref := lang.SourceMappingURL(string(text))
	if ref == "" {
		return nil
	}
	m := &fileMap{data: mapData(ref, file)}
	var p struct {
		Sources        []string
		SourceRoot     string
		SourcesContent []string
	}
	if json.Unmarshal([]byte(m.data), &p) != nil {
		return nil
	}
	base := fileURL(file)
	if !strings.HasPrefix(ref, "data:") {
		if u, err := url.ParseRef(ref, base); err == nil {
			base = u.Href()
		}
	}
	for _, s := range p.Sources {
		name := s
		if p.SourceRoot != "" {
			name = strings.TrimSuffix(p.SourceRoot, "/") + "/" + s
		}
		if u, err := url.ParseRef(name, base); err == nil {
			name = u.Href()
		}
		m.sources = append(m.sources, name)
	}
	m.contents = p.SourcesContent
	for _, line := range strings.Split(string(text), "\n") {
		m.lengths = append(m.lengths, len([]rune(line)))
	}
	m.mappings = parseMappings([]byte(m.data), m.sources)
	return m
}

// original finds the mapping of a place of a file; line and column begin at one.
func (l *Loader) original(file string, line, column int) (*fileMap, *mapping) {
	if strings.HasPrefix(file, "file:") {
		file = l.pathOfURL(file)
	}
	if !strings.HasPrefix(file, "/") || !l.maps.nodeModules && strings.Contains(file, "/node_modules/") {
		return nil, nil
	}
	m := l.mapOf(file)
	if m == nil {
		return nil, nil
	}
	s := sourceMap{mappings: m.mappings}
	at := s.find(line-1, column-1)
	if at == nil || !at.mapped || at.source == "" {
		return nil, nil
	}
	return m, at
}

// shownSource is how stacks name a source: the path of a file, else the URL.
func (l *Loader) shownSource(source string) string {
	if strings.HasPrefix(source, "file:") {
		return l.pathOfURL(source)
	}
	return source
}

// mapFrames replaces the places of frames, and the names of functions where the
// map has that of the call.
func (l *Loader) mapFrames(frames []lang.Frame) {
	generated := make([]lang.Frame, len(frames))
	copy(generated, frames)
	for i := range frames {
		f := &frames[i]
		if f.Native || strings.HasPrefix(f.File, "node:") {
			continue
		}
		_, at := l.original(f.File, f.Line, f.Column)
		if at == nil {
			continue
		}
		if f.Function == "" {
			f.Function = "<anonymous>"
		}
		f.File, f.Line, f.Column = l.shownSource(at.source), at.sourceLine+1, at.sourceCo+1
		if i+1 == len(frames) || generated[i+1].File != generated[i].File || f.Function[0] == '<' || strings.Contains(f.Function, ".") {
			continue
		}
		if _, call := l.original(generated[i+1].File, generated[i+1].Line, generated[i+1].Column); call != nil && call.name != "" {
			f.Function = call.name
		}
	}
}

// mapPlace implements bind.Runtime's MapPlace.
func (l *Loader) mapPlace(file string, line, column int) (original lang.Frame, text string, ok bool) {
	if text, ok = l.maps.texts[file]; ok { // it was mapped before
		return lang.Frame{File: file, Line: line, Column: column}, text, true
	}
	_, at := l.original(file, line, column)
	if at == nil {
		return lang.Frame{}, "", false
	}
	original = lang.Frame{File: l.shownSource(at.source), Line: at.sourceLine + 1, Column: at.sourceCo + 1}
	if text = l.maps.texts[original.File]; text == "" {
		if b, err := os.ReadFile(original.File); err == nil {
			text = string(b)
		}
	}
	return original, text, true
}
