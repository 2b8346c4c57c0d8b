package loader

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// The program's entry.

// RunMain loads file as the main module, as Module.runMain stands now.
func (l *Loader) RunMain(file string) { l.call("runMain", l.value(file)) }

func (l *Loader) runMain(main string) {
	path := ""
	if abs, err := filepath.Abs(main); err == nil {
		if v := l.call("_findPath", l.value(abs), goja.Null(), l.rt.VM.ToValue(true)); goja.IsString(v) {
			path = v.String()
		}
	}
	if !l.startsAsModule(path) {
		l.call("_load", l.value(main), goja.Null(), l.rt.VM.ToValue(true))
		return
	}
	if path == "" {
		path = main
	}
	l.esm.enter(fileURL(path))
}

// startsAsModule says whether the program's file goes to the ECMAScript module
// loader; text without a marked type goes to CommonJS first.
func (l *Loader) startsAsModule(path string) bool {
	if l.opt.Import {
		return true
	}
	switch filepath.Ext(path) {
	case ".mjs", ".wasm":
		return true
	case ".cjs":
		return false
	case ".mts":
		return !l.opt.NoStripTypes
	case ".cts":
		if !l.opt.NoStripTypes {
			return false
		}
	}
	if path == "" {
		return false
	}
	typ, _, _ := l.Resolver.typeOf(path)
	return typ == "module"
}

// enter loads a URL as the main module.
func (e *modules) enter(href string) {
	e.mainURL = href
	cwd, _ := os.Getwd()
	e.start(func() *record {
		if e.l.opt.InputType != "" {
			e.l.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_INPUT_TYPE_NOT_ALLOWED", "--input-type can only be used with string input via --eval, --print, or STDIN"))
		}
		base := fileURL(cwd + "/")
		if e.l.custom.any() {
			base = "" // hooks see that nobody imports it
		}
		found, format, attrs := e.resolveMain(href, base)
		e.mainURL = found
		return e.get(found, format, base, attrs)
	}, nil)
}

// resolveMain resolves the entry, for whose symbolic links there is an option of
// its own.
func (e *modules) resolveMain(href, base string) (found, format string, attrs attributes) {
	r := e.l.Resolver
	keep := r.preserveSymlinks
	r.preserveSymlinks = e.l.opt.PreserveSymlinksMain
	defer func() { r.preserveSymlinks = keep }()
	return e.resolve(href, base, nil)
}

// start loads an entry and evaluates it; then, if it is not nil, is called when
// it is done. A failure ends the program.
func (e *modules) start(load func() *record, then func()) {
	e.pending++
	end := func() {
		e.pending--
		if then != nil {
			then()
		}
	}
	fail := func(v goja.Value) {
		e.pending--
		e.l.OnEntryError(v)
	}
	var rec *record
	if ex := e.l.rt.VM.Try(func() { rec = load() }); ex != nil {
		if isNeverSettled(ex) {
			e.pending--
			return
		}
		e.l.hooks.Microtask(1, func() { fail(ex.Value()) })
		return
	}
	e.stuck = append(e.stuck, rec)
	e.run(rec, end, fail)
}

// Import loads the modules of --import one after the other and then calls then.
// It is called in a call-out.
func (l *Loader) Import(specifiers []string, then func()) {
	if len(specifiers) == 0 {
		if ex := l.rt.VM.Try(then); ex != nil {
			l.OnEntryError(ex.Value())
		}
		return
	}
	cwd, _ := os.Getwd()
	l.esm.start(func() *record {
		return l.esm.request(specifiers[0], fileURL(cwd+"/"), nil)
	}, func() { l.Import(specifiers[1:], then) })
}

// EvalModule runs the text of -e, or of standard input, as a module.
func (l *Loader) EvalModule(src string) {
	cwd, _ := os.Getwd()
	l.esm.evals++
	href := fileURL(cwd+"/") + "[eval" + itoa(l.esm.evals) + "]"
	l.esm.mainURL = href
	if l.OnSource != nil {
		l.OnSource(href, src)
	}
	l.esm.start(func() *record {
		key := recordKey{href, ""}
		return l.esm.insert(key, func() *record { return l.esm.sourceText(href, src, false) })
	}, nil)
}

// CheckFile compiles a file as -c does, without running it.
func (l *Loader) CheckFile(file string) {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	if v := l.call("_findPath", l.value(file), goja.Null(), l.rt.VM.ToValue(true)); goja.IsString(v) {
		file = v.String()
	} else {
		l.rt.Throw(l.notFound(file, goja.Null()))
	}
	src := l.readFile(file)
	if l.startsAsModule(file) {
		if filepath.Ext(file) != ".mts" {
			l.checkModule(file, src)
		}
		return
	}
	if _, err := lang.Compile(file, src, lang.CommonJS); err != nil {
		if l.IsModuleText(err, src) {
			l.checkModule(file, src)
			return
		}
		l.throwSyntaxAt(err)
	}
}

func (l *Loader) checkModule(file, src string) {
	if _, err := lang.Compile(file, src, lang.ESM); err != nil {
		l.throwSyntax(err)
	}
}

// IsModuleText says whether text that failed to compile as a script with err is
// that of a module.
func (l *Loader) IsModuleText(err error, src string) bool {
	return !l.opt.NoDetectModule && l.isModuleText(err, "file:///[eval]", src)
}

// ErrEvalPrint is what -p with the text of a module throws.
func ErrEvalPrint() error {
	return nodeerr.New(nodeerr.KindError, "ERR_EVAL_ESM_CANNOT_PRINT", "--print cannot be used with ESM input")
}

// Unsettled says whether the entry waits for a top-level await.
func (l *Loader) Unsettled() bool { return l.esm.pending > 0 }

// WarnUnsettled prints where top-level awaits have not settled.
func (l *Loader) WarnUnsettled(w io.Writer) {
	if l.rt.HasFlag("--no-warnings") {
		return
	}
	seen := map[*lang.Module]bool{}
	for _, rec := range l.esm.stuck {
		m, line, column := rec.mod.Waiting()
		if m == nil || seen[m] || line == 0 {
			continue
		}
		seen[m] = true
		text := ""
		if r, ok := m.Host.(*record); ok {
			if lines := strings.Split(r.source, "\n"); line <= len(lines) {
				text = strings.TrimSuffix(lines[line-1], "\r")
			}
		}
		_, _ = fmt.Fprintf(w, "Warning: Detected unsettled top-level await at %s:%d\n%s\n%s^\n\n\n\n", m.Name, line, text, strings.Repeat(" ", max(0, column-1)))
	}
}
