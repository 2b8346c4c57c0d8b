package processmod

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/url"
)

// syntaxPlace remembers where the last source text failed to parse, for the
// lines that Node prints above a SyntaxError's stack.
type syntaxPlace struct {
	err   *goja.Object
	frame string
	json  *lang.SyntaxErrorInfo // the same for JSON, not worded yet
}

// JSONError remembers where JSON.parse stopped.
func (p *Process) JSONError(err *goja.Object, text string, at int) {
	begin := strings.LastIndexByte(text[:at], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		end = at + i
	}
	info := lang.SyntaxErrorInfo{File: "<anonymous_script>", Line: 1 + strings.Count(text[:begin], "\n")}
	if end-begin < 1<<12 {
		info.SourceLine, info.Column = strings.Clone(text[begin:end]), 1+utf16Length(text[begin:at])
	}
	if at < len(text) {
		info.Width = 1
	} else {
		info.Column = 1
	}
	p.source = syntaxPlace{err: err, json: &info}
}

func utf16Length(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// Source remembers a text that has no file, such as that of -e, for the lines
// above an uncaught exception.
func (p *Process) Source(name, text string) {
	p.MovedSource(name, text, 0, 0)
}

// MovedSource is Source for a text whose positions begin at another line and
// column.
func (p *Process) MovedSource(name, text string, line, column int) {
	if p.sources == nil {
		p.sources = map[string]source{}
	}
	p.sources[name] = source{text, line, column}
}

// source is a text that is in no file.
type source struct {
	text         string
	line, column int // where it begins, from zero
}

// SyntaxError remembers the place of a SyntaxError that is about to be thrown,
// nil if its stack begins with it.
func (p *Process) SyntaxError(info *lang.SyntaxErrorInfo, obj *goja.Object) {
	p.source = syntaxPlace{err: obj}
	if info != nil {
		p.source.frame = info.Frame() + "\n"
	}
}

// uncaught is what happens to an exception that nobody caught
// (https://nodejs.org/docs/latest-v24.x/api/process.html#event-uncaughtexception).
func (p *Process) uncaught(v goja.Value, fromPromise bool) {
	origin := "uncaughtException"
	if fromPromise {
		origin = "unhandledRejection"
	}
	if f := p.Obj.Get("_fatalException"); f != nil && !bind.IsCallable(f) { // a program took the handler away
		p.die(v, !fromPromise, 6)
		return
	}
	handled := false
	if own, ok := p.Obj.Get("_fatalException").(*goja.Object); p.Obj.Get("_fatalException") != nil && (!ok || !bind.IsCallable(own)) {
		// What Node calls for each uncaught exception was taken away.
		p.die(v, !fromPromise, 6)
		return
	}
	err := p.rt.InVM(func() {
		p.emit("uncaughtExceptionMonitor", v, p.rt.VM.ToValue(origin))
		if p.rt.Domain != nil && p.rt.Domain(v) {
			handled = true
			return
		}
		if fn, ok := p.Obj.Get("_uncaughtExceptionCapture").(*goja.Object); ok && bind.IsCallable(fn) {
			p.rt.Call(fn, goja.Undefined(), v)
			handled = true
			return
		}
		handled = p.emit("uncaughtException", v, p.rt.VM.ToValue(origin))
	})
	if p.rt.Exited() {
		return
	}
	if err != nil {
		// A handler that throws ends the process with code 7, without 'exit'.
		var ex *goja.Exception
		if errors.As(err, &ex) {
			p.rt.ThrownAt = p.rt.ThrowSite(ex)
		}
		p.die(thrownValue(err), true, 7)
		return
	}
	if !handled {
		p.die(v, !fromPromise, 1)
	}
}

func thrownValue(err error) goja.Value {
	var ex *goja.Exception
	if errors.As(err, &ex) {
		return ex.Value()
	}
	return goja.Undefined()
}

// die prints an exception as Node does and ends with code, after 'exit'.
func (p *Process) die(v goja.Value, thrown bool, code int) {
	if p.opt.Fatal != nil && code == 7 { // of a worker only the exception counts
		code = 1
	}
	if p.opt.Fatal == nil || code == 6 {
		_ = p.rt.InVM(func() { fmt.Fprint(p.opt.Stderr, p.Fatal(v, thrown)) })
	}
	p.exit.code = p.rt.VM.ToValue(code)
	if code == 6 || code == 7 {
		p.exit.done = true
	} else if err := p.rt.InVM(p.emitExit); err != nil {
		p.failed(err)
	}
	if p.opt.Fatal != nil && code != 6 {
		_ = p.rt.InVM(func() { p.opt.Fatal(v) })
	}
	_ = p.rt.InVM(func() { p.rt.Leave() })
}

func (p *Process) failed(err error) {
	if p.opt.Fatal != nil {
		_ = p.rt.InVM(func() { p.opt.Fatal(thrownValue(err)) })
	} else {
		var ex *goja.Exception
		if errors.As(err, &ex) {
			p.rt.ThrownAt = p.rt.ThrowSite(ex)
		}
		_ = p.rt.InVM(func() { fmt.Fprint(p.opt.Stderr, p.Fatal(thrownValue(err), true)) })
	}
	p.exit.code = p.rt.VM.ToValue(1)
}

// Fatal is the text of an exception that ends the process: the source line with
// a caret, the stack, and the version. The caret marks the throw statement or,
// where nothing was thrown (a rejection), the place of the error. What is no
// Error has an empty line above, and is shown as text unless it is an object.
func (p *Process) Fatal(v goja.Value, thrown bool) string {
	obj, isObj := v.(*goja.Object)
	body := "\n\nNode.js v" + NodeVersion + "\n"
	if isObj && p.isError(obj) {
		excerpt := p.errorExcerpt(obj) // adds to the stack of an 'error' event
		return excerpt + p.inspectFatal(v) + body
	}
	if isObj {
		body = p.inspectFatal(v) + body
	} else {
		body = p.plainText(v) + "\n(Use `node --trace-uncaught ...` to show where the exception was thrown)" + body
	}
	switch {
	case thrown:
		at := p.rt.ThrownAt
		switch frame := p.sourceFrame("    at " + at); {
		case at == "": // in a microtask
			return "\n<anonymous_script>:0\n\n" + body
		case at == bind.NativeSite:
			return "\n" + strings.TrimSuffix(nativeExcerpt, "\n") + body
		case frame != "":
			return "\n" + strings.TrimSuffix(frame, "\n") + body
		}
		return "Uncaught:\n" + body
	case isObj && p.rt.Mirror.HasOwn(obj, stackKey): // a rejection with what looks like an error
		return "\nnode:internal/process/promises:394\n    triggerUncaughtException(err, true /* fromPromise */);\n    ^\n" + body
	}
	return "\nnode:internal/modules/run_main:107\n    triggerUncaughtException(\n    ^\n" + body // by the program's entry
}

var stackKey = mirror.StringKey("stack")

// nativeExcerpt stands above an error that a built-in function threw.
const nativeExcerpt = "node:internal/errors:541\n      throw error;\n      ^\n\n"

// isError reports whether o is an Error made by a constructor of the language,
// or a DOMException.
func (p *Process) isError(o *goja.Object) bool {
	return p.rt.Mirror.Kind(o) == mirror.Error || !bind.IsProxy(o) && p.rt.IsError(o) && p.rt.Mirror.HasOwn(o, stackKey)
}

// errorExcerpt is what stands above an error's stack.
func (p *Process) errorExcerpt(o *goja.Object) string {
	if p.source.err == o && (p.source.json == nil || p.rt.ThrownAt != bind.NativeSite) {
		if p.source.json != nil {
			if p.source.json.Width == 0 { // at the end of the text there is no caret
				return p.source.json.Frame()
			}
			return p.source.json.Frame() + "\n"
		}
		return p.source.frame
	}
	stack := bind.Get(o, "stack").String()
	switch {
	case hasExcerpt(stack):
		return ""
	case p.rt.Emitted.Error == o:
		_ = o.DefineDataProperty("stack", p.rt.VM.ToValue(stack+"\n"+p.rt.Emitted.Where), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return "node:events:486\n      throw er; // Unhandled 'error' event\n      ^\n\n"
	case p.rt.ThrownAt == bind.NativeSite:
		return nativeExcerpt
	case p.rt.ThrownAt != "":
		return p.sourceFrame("    at " + p.rt.ThrownAt)
	}
	return p.sourceFrame(stack)
}

// inspectFatal shows the value deeper than console.log does, and without its own
// inspection function.
func (p *Process) inspectFatal(v goja.Value) string {
	o := p.rt.Inspector.Default()
	o.Depth, o.CustomInspect = max(o.Depth, 5), false
	return p.rt.Inspector.Inspect(v, o)
}

// plainText is String(v), empty for a symbol.
func (p *Process) plainText(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		return ""
	}
	return v.String()
}

// hasExcerpt reports whether a stack begins with an excerpt already, as those
// of vm's scripts do: a line that ends with a number behind a colon.
func hasExcerpt(stack string) bool {
	first, rest, ok := strings.Cut(stack, "\n")
	i := strings.LastIndexByte(first, ':')
	if !ok || i <= 0 || !strings.Contains(rest, "\n\n") {
		return false
	}
	_, err := strconv.Atoi(first[i+1:])
	return err == nil
}

// Excerpt is what Fatal prints above an exception that was thrown in a file of
// the program or in text that Source knows.
func (p *Process) Excerpt(ex *goja.Exception) string {
	at := p.rt.ThrowSite(ex)
	if at == "" || at == bind.NativeSite {
		return ""
	}
	return p.sourceFrame("    at " + at)
}

// sourceFrame is the place, the source line and the caret of a stack's first
// frame in a file.
func (p *Process) sourceFrame(stack string) string {
	for _, line := range strings.Split(stack, "\n") {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "at ") {
			continue
		}
		loc := strings.TrimPrefix(line, "at ")
		if i := strings.LastIndexByte(loc, '('); i >= 0 {
			loc = strings.TrimSuffix(loc[i+1:], ")")
		}
		file, row, col, ok := splitLocation(loc)
		if !ok {
			continue
		}
		if strings.HasPrefix(file, "node:") {
			return file + ":" + strconv.Itoa(row) + "\n      throw err;\n      ^\n\n"
		}
		original := ""
		if p.rt.MapPlace != nil {
			if f, content, ok := p.rt.MapPlace(file, row, col); ok && content != "" {
				file, row, col, original = f.File, f.Line, f.Column, content
			}
		}
		src, ok := p.sources[file]
		text := src.text
		if original != "" {
			text, ok = original, true
		}
		if !ok {
			b, err := os.ReadFile(pathOf(file))
			if err != nil {
				return ""
			}
			text = string(b)
		}
		at := row
		if row -= src.line; row == 1 {
			col -= src.column
		}
		lines := strings.Split(text, "\n")
		if row < 1 || row > len(lines) {
			return ""
		}
		line := strings.TrimSuffix(lines[row-1], "\r")
		pad := make([]byte, max(col-1, 0)) // in UTF-16 units, as V8 has it
		for i := range pad {
			if pad[i] = ' '; i < len(line) && line[i] == '\t' {
				pad[i] = '\t'
			}
		}
		return fmt.Sprintf("%s:%d\n%s\n%s^\n\n", file, at, line, pad)
	}
	return ""
}

// pathOf is the path of a file that a stack names by its URL.
func pathOf(file string) string {
	if u, err := url.Parse(file); err == nil && u.Protocol() == "file:" {
		if p, err := url.FileURLToPath(u, url.HostFileOptions); err == nil {
			return p
		}
	}
	return file
}

func splitLocation(loc string) (file string, row, col int, ok bool) {
	j := strings.LastIndexByte(loc, ':')
	if j < 0 {
		return
	}
	i := strings.LastIndexByte(loc[:j], ':')
	if i < 0 {
		return
	}
	if _, err := fmt.Sscanf(loc[i:], ":%d:%d", &row, &col); err != nil {
		return
	}
	return loc[:i], row, col, true
}
