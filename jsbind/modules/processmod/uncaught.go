package processmod

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/url"
)

// syntaxPlace remembers where the last source text failed to parse, for the
// lines that Node prints above a SyntaxError's stack.
type syntaxPlace struct {
	err   *goja.Object
	frame string
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
	handled := false
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
		// A handler that throws ends the process with code 7.
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
	_ = p.rt.InVM(func() { fmt.Fprint(p.opt.Stderr, p.Fatal(v, thrown)) })
	p.exit.code = p.rt.VM.ToValue(code)
	if err := p.rt.InVM(p.emitExit); err != nil {
		p.failed(err)
	}
	_ = p.rt.InVM(func() { p.rt.Leave() })
}

func (p *Process) failed(err error) {
	_ = p.rt.InVM(func() { fmt.Fprint(p.opt.Stderr, p.Fatal(thrownValue(err), true)) })
	p.exit.code = p.rt.VM.ToValue(1)
}

// Fatal is the text of an exception that ends the process: the source line with
// a caret, the stack, and the version. The caret marks the throw statement or,
// where nothing was thrown (a rejection), the place of the error.
func (p *Process) Fatal(v goja.Value, thrown bool) string {
	var b strings.Builder
	obj, isObj := v.(*goja.Object)
	isErr := p.rt.IsError(v)
	switch {
	case isObj && p.source.err == obj:
		b.WriteString(p.source.frame)
	case isErr:
		stack := bind.Get(obj, "stack").String()
		switch {
		case hasExcerpt(stack):
		case p.rt.Emitted.Error == obj:
			b.WriteString("node:events:486\n      throw er; // Unhandled 'error' event\n      ^\n\n")
			_ = obj.DefineDataProperty("stack", p.rt.VM.ToValue(stack+"\nEmitted 'error' event on "+p.rt.Emitted.Class+" instance at:\n    at node:events:508:28"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		case p.rt.ThrownAt == bind.NativeSite:
			b.WriteString("node:internal/errors:541\n      throw error;\n      ^\n\n")
		case p.rt.ThrownAt != "":
			b.WriteString(p.sourceFrame("    at "+p.rt.ThrownAt, thrown))
		default:
			b.WriteString(p.sourceFrame(stack, thrown))
		}
	}
	switch {
	case isErr:
		b.WriteString(p.rt.Inspect(v, 2))
	case !thrown: // by the program's entry
		b.WriteString("node:internal/modules/run_main:107\n    triggerUncaughtException(\n    ^\n" + p.rt.Inspect(v, 2) + "\n(Use `node --trace-uncaught ...` to show where the exception was thrown)")
	default:
		b.WriteString("Uncaught:\n" + p.rt.Inspect(v, 2) + "\n(Use `node --trace-uncaught ...` to show where the exception was thrown)")
	}
	b.WriteString("\n\nNode.js v" + NodeVersion + "\n")
	return b.String()
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
	at := bind.ThrowSite(ex)
	if at == "" || at == bind.NativeSite {
		return ""
	}
	return p.sourceFrame("    at "+at, true)
}

// sourceFrame is the place, the source line and the caret of a stack's first
// frame in a file.
func (p *Process) sourceFrame(stack string, thrown bool) string {
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
		src, ok := p.sources[file]
		text := src.text
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
		before := line[:min(max(col-1, 0), len(line))]
		if head := strings.TrimRight(before, " \t"); thrown && strings.HasSuffix(head, "throw") {
			before = strings.TrimSuffix(head, "throw")
		}
		pad := strings.Map(func(r rune) rune {
			if r == '\t' {
				return r
			}
			return ' '
		}, before)
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
