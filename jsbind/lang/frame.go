package lang

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"
)

// Frame is one line of a stack.
type Frame struct {
	Function string // "" when the function has no name
	File     string // "" for functions of the engine
	Line     int    // one-based
	Column   int    // one-based
	Native   bool   // a function that is not written in JavaScript

	Constructor bool // called by new
	Async       bool // waits for the frame above it
}

// String returns the frame as V8 prints it after "at ".
func (f *Frame) String() string {
	if f.Native {
		return f.Function + " (<anonymous>)"
	}
	prefix := ""
	switch {
	case f.Constructor:
		prefix = "new "
	case f.Async:
		prefix = "async "
	}
	place := f.File + ":" + strconv.Itoa(f.Line) + ":" + strconv.Itoa(f.Column)
	switch {
	case f.Function != "":
		return prefix + f.Function + " (" + place + ")"
	case f.Constructor:
		return "new <anonymous> (" + place + ")"
	}
	return prefix + place
}

// nativeNames are the built-in functions whose frames V8 shows.
var nativeNames = map[string]string{
	"map": "Array.map", "forEach": "Array.forEach", "filter": "Array.filter", "reduce": "Array.reduce",
	"reduceRight": "Array.reduceRight", "some": "Array.some", "every": "Array.every", "find": "Array.find",
	"findIndex": "Array.findIndex", "findLast": "Array.findLast", "findLastIndex": "Array.findLastIndex",
	"flatMap": "Array.flatMap", "sort": "Array.sort", "toSorted": "Array.toSorted", "from": "Function.from",
	"replace": "String.replace", "replaceAll": "String.replaceAll", "parse": "JSON.parse", "stringify": "JSON.stringify",
	"Promise": "new Promise",
}

// NewFrame describes one of goja's frames.
func NewFrame(f *goja.StackFrame) Frame {
	p := frameParts(f)
	name := p.funcName.String()
	if p.prg == nil {
		return Frame{Function: name, Native: true}
	}
	pos := f.Position()
	file := f.SrcName()
	if file == "" {
		file = "<anonymous>"
	}
	return Frame{Function: name, File: file, Line: pos.Line, Column: units16(p, pos.Column)}
}

// units16 makes a column in UTF-16 units, as V8 counts, of the engine's, which
// counts bytes where no source map says otherwise.
func units16(f *stackFrameMirror, column int) int {
	prg := (*programMirror)(f.prg)
	if prg == nil || prg.src == nil {
		return column
	}
	src := prg.src.Source()
	at := prg.offset(f.pc)
	if at < 0 || at > len(src) {
		return column
	}
	before := src[strings.LastIndexByte(src[:at], '\n')+1 : at]
	if column != len(before)+1 { // by a source map
		return column
	}
	return 1 + len(utf16.Encode([]rune(before)))
}

// visible converts frames for the program to see: at most limit of them,
// without our own native functions and without the engine's that V8 would not
// show either.
func visible(hooks *Hooks, frames []goja.StackFrame, marks frameMarks, limit int) []Frame {
	out := make([]Frame, 0, min(limit, len(frames)))
	for i := range frames {
		if len(out) >= limit {
			break
		}
		f := NewFrame(&frames[i])
		if strings.HasPrefix(f.Function, exportGetter) {
			continue
		}
		f.Constructor, f.Async = marks.construct(i), marks.async(i)
		if f.Native {
			name, ok := nativeNames[f.Function]
			if !ok {
				if hooks.NativeFrames != nil {
					var called *Frame
					if len(out) > 0 {
						called = &out[len(out)-1]
					}
					out = append(out, hooks.NativeFrames(f.Function, called)...)
				}
				continue
			}
			f.Function = name
		} else if f.Internal() {
			continue
		} else if f.File == loopFile {
			if hooks.Outermost != nil && len(out) > 0 {
				if in, ok := hooks.Outermost(out[len(out)-1]); ok {
					out = append(out, in...)
					continue
				}
			}
			f.Function, f.Line, f.Column = "process.processTicksAndRejections", 105, 5
		}
		out = append(out, f)
	}
	return out[:min(len(out), limit)]
}

// loopFile is the frame below everything, which stands for the loop. A stack
// shows it as Node's innermost function that calls the program's.
const loopFile = "node:internal/process/task_queues"

// hiddenFile is how the names of our own JavaScript begin; such frames are not
// shown.
const hiddenFile = "node:internal/spindle/"

// Internal reports whether the frame is one of our own JavaScript, which no
// stack shows.
func (f *Frame) Internal() bool { return strings.HasPrefix(f.File, hiddenFile) }

// SourceLine returns the line of source text that a frame stands at: from the
// file if there is one, else from what was compiled.
func SourceLine(f *goja.StackFrame) (string, bool) {
	line := f.Position().Line
	text := ""
	if name := f.SrcName(); filepath.IsAbs(name) {
		b, err := os.ReadFile(name)
		if err != nil {
			return "", false
		}
		text = string(b)
	} else if p := (*programMirror)(frameParts(f).prg); p != nil && p.src != nil {
		text = p.src.Source()
	}
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) {
		return "", false
	}
	return strings.TrimSuffix(lines[line-1], "\r"), true
}
