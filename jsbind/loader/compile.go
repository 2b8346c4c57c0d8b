package loader

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// load is Module.prototype.load: the extension's function does the work.
func (l *Loader) load(m *goja.Object, file goja.Value) {
	if bind.IsNullish(bind.Get(m, "filename")) {
		_ = m.Set("filename", file)
	}
	if bind.IsNullish(bind.Get(m, "paths")) {
		_ = m.Set("paths", l.call("_nodeModulePaths", l.value(filepath.Dir(file.String()))))
	}
	exts := l.member("_extensions")
	l.rt.Call(exts.Get(extension(exts, file.String())), exts, m, file)
	_ = m.Set("loaded", true)
}

// extension is the longest registered extension of a file's name, .js if none
// is registered.
func extension(exts *goja.Object, file string) string {
	base := filepath.Base(file)
	for i := 1; i < len(base); i++ {
		if base[i] != '.' {
			continue
		}
		if f := exts.Get(base[i:]); f != nil && truthy(f) {
			return base[i:]
		}
	}
	return ".js"
}

// makeExtensions fills Module._extensions.
func (l *Loader) makeExtensions(exts *goja.Object) *goja.Object {
	rt := l.rt
	module := func(c goja.FunctionCall) *goja.Object {
		m, ok := c.Argument(0).(*goja.Object)
		if !ok {
			rt.ArgType("module", c.Argument(0), "Object")
		}
		return m
	}
	_ = exts.Set(".js", rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
		m, file := module(c), c.Argument(1).String()
		src, format := l.sourceForRequire(m, file)
		args := []goja.Value{l.value(src), c.Argument(1)}
		if format != "" {
			args = append(args, l.value(format))
		}
		rt.Call(m.Get("_compile"), m, args...)
		return goja.Undefined()
	}))
	_ = exts.Set(".json", rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
		m, file := module(c), c.Argument(1).String()
		text, ok := l.custom.sourceForRequire(l, m, file, "json")
		if !ok {
			text = l.readFile(file)
		}
		_ = m.Set("exports", l.parseJSON(text, file))
		return goja.Undefined()
	}))
	_ = exts.Set(".node", rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
		rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_DLOPEN_FAILED", l.whyNoAddon(c.Argument(1).String())))
		return nil
	}))
	return exts
}

// whyNoAddon is what the system's linker says of a file that is no library, and
// otherwise that libraries cannot be loaded.
func (l *Loader) whyNoAddon(file string) string {
	b := l.readFile(file)
	switch {
	case len(b) < 64:
		return file + ": file too short"
	case !strings.HasPrefix(b, "\x7fELF"):
		return file + ": invalid ELF header"
	}
	return file + ": native addons cannot be loaded"
}

// parseJSON parses the text of a JSON module; name stands in front of what is
// wrong with it.
func (l *Loader) parseJSON(text, name string) goja.Value {
	json := l.rt.VM.Get("JSON").(*goja.Object)
	var v goja.Value
	if ex := l.rt.VM.Try(func() {
		v = l.rt.Call(json.Get("parse"), json, l.value(strings.TrimPrefix(text, "\ufeff")))
	}); ex != nil {
		if o, ok := ex.Value().(*goja.Object); ok {
			_ = o.Set("message", name+": "+o.Get("message").String())
			l.step = stepJSON
			bind.Get(o, "stack") // is formatted now
			l.step = stepResolve
		}
		panic(l.rt.Thrown(ex.Value()))
	}
	return v
}

func (l *Loader) readFile(file string) string {
	if l.OnFile != nil {
		l.OnFile(file)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		l.rt.Throw(openError(err, file))
	}
	return string(b)
}

// openError words a failed read of a module's file as fs.readFileSync does.
func openError(err error, file string) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		if pe.Op == "read" {
			return nodeerr.File(pe.Err, pe.Op, "")
		}
		return nodeerr.File(pe.Err, pe.Op, file)
	}
	return err
}

// sourceForRequire returns the text of a file and its format, "" where only the
// text can tell.
func (l *Loader) sourceForRequire(m *goja.Object, file string) (src, format string) {
	format = hiddenText(m, formatSymbol)
	var p *pkg
	if format == "" {
		var err error
		format, p, err = l.requireFormat(file)
		l.rt.Must(err)
	}
	if text, ok := l.custom.sourceForRequire(l, m, file, format); ok {
		return text, hiddenText(m, formatSymbol)
	}
	show(m, formatSymbol, orUndefined(l, format))
	if (format == "module" || format == "module-typescript") && l.opt.NoRequireModule {
		l.throwRequireESM(m, file, p)
	}
	return l.readFile(file), format
}

// requireFormat is the format that a file's name and package say.
func (l *Loader) requireFormat(file string) (string, *pkg, error) {
	switch ext := filepath.Ext(file); ext {
	case ".mjs":
		return "module", nil, nil
	case ".cjs":
		return "commonjs", nil, nil
	case ".mts", ".cts", ".ts":
		if l.opt.NoStripTypes {
			return "", nil, nil
		}
		switch ext {
		case ".mts":
			return "module-typescript", nil, nil
		case ".cts":
			return "commonjs-typescript", nil, nil
		}
		typ, p, err := l.Resolver.typeOf(file)
		if typ == "none" {
			return "typescript", p, err
		}
		return typ + "-typescript", p, err
	case ".js":
		typ, p, err := l.Resolver.typeOf(file)
		if typ == "none" {
			typ = ""
		}
		return typ, p, err
	}
	return "", nil, nil
}

// compile is Module.prototype._compile: it wraps, runs and returns what the
// module's body returned.
func (l *Loader) compile(m *goja.Object, src, file, format string) goja.Value {
	typed := strings.HasSuffix(format, "typescript")
	if typed {
		src = l.stripTypes(src, file)
		switch format {
		case "module-typescript":
			format = "module"
		case "commonjs-typescript":
			format = "commonjs"
		default:
			format = ""
		}
	}
	if format == "module" {
		l.requireESM(m, src, file, typed)
		return goja.Undefined()
	}
	if l.wrapped {
		return l.compileWrapped(m, src, file)
	}
	prg, err := l.program(file, src, lang.CommonJS, typed)
	if err != nil {
		if format != "commonjs" && !l.opt.NoDetectModule && l.isModuleText(err, fileURL(file), src) {
			l.requireESM(m, src, file, typed)
			return goja.Undefined()
		}
		l.warnModuleSyntax(err, file)
		l.throwSyntaxAt(err)
	}
	fn, err := prg.Run(l.rt.VM)
	if err != nil {
		panic(err)
	}
	exports := bind.Get(m, "exports")
	require := l.makeRequire(m)
	show(m, executingSymbol, l.rt.VM.ToValue(true))
	v := l.rt.Call(fn, exports, exports, require, m, l.value(file), l.value(filepath.Dir(file)))
	show(m, executingSymbol, l.rt.VM.ToValue(false))
	return v
}

// compileWrapped runs a module through Module.wrap, which a program has
// replaced.
func (l *Loader) compileWrapped(m *goja.Object, src, file string) goja.Value {
	if strings.HasPrefix(src, "#!") {
		src = "//" + src[2:]
	}
	text := l.call("wrap", l.value(src)).String()
	prg, err := lang.Compile(file, text, lang.Eval)
	if err != nil {
		l.throwSyntaxAt(err)
	}
	fn, err := prg.Run(l.rt.VM)
	if err != nil {
		panic(err)
	}
	exports := bind.Get(m, "exports")
	return l.rt.Call(fn, exports, exports, l.makeRequire(m), m, l.value(file), l.value(filepath.Dir(file)))
}

// isModuleText says whether text that failed to parse as CommonJS is that of an
// ECMAScript module. What only a module may hold decides at once; a top-level
// await or a second declaration of require decides if a module may hold all of
// the text.
func (l *Loader) isModuleText(err error, name, src string) bool {
	var info *lang.SyntaxErrorInfo
	if !errors.As(err, &info) || !info.ModuleSyntax {
		return false
	}
	switch info.Message {
	case "Cannot use import statement outside a module", "Unexpected token 'export'", "Cannot use 'import.meta' outside a module":
		return true
	}
	_, err = lang.Compile(name, src, lang.ESM)
	return err == nil
}

// warnModuleSyntax says why a module's text is not loaded as a module.
func (l *Loader) warnModuleSyntax(err error, file string) {
	var info *lang.SyntaxErrorInfo
	if errors.As(err, &info) && info.ModuleSyntax && (strings.HasPrefix(info.Message, "Cannot use import statement") || info.Message == "Unexpected token 'export'") {
		l.rt.WarnNow("Failed to load the ES module: "+file+". Make sure to set \"type\": \"module\" in the nearest package.json file or use the .mjs extension.", "Warning")
	}
}

// throwSyntax throws a SyntaxError for source text that is not a program.
func (l *Loader) throwSyntax(err error) {
	obj := l.rt.ErrorObject(nodeerr.KindSyntax, "", err.Error())
	var info *lang.SyntaxErrorInfo
	if errors.As(err, &info) && l.OnSyntaxError != nil {
		l.OnSyntaxError(info, obj)
	}
	panic(obj)
}

// throwSyntaxAt is throwSyntax for CommonJS, whose errors show the place in
// their stacks.
func (l *Loader) throwSyntaxAt(err error) {
	var info *lang.SyntaxErrorInfo
	if !errors.As(err, &info) {
		l.throwSyntax(err)
	}
	l.step = stepCompile
	defer func() { l.step = stepResolve }()
	obj := l.rt.ErrorObject(nodeerr.KindSyntax, "", err.Error())
	stack := info.Frame() + "\n" + bind.Get(obj, "stack").String()
	_ = obj.DefineDataProperty("stack", l.value(stack), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if l.OnSyntaxError != nil {
		l.OnSyntaxError(nil, obj)
	}
	panic(obj)
}

// ThrowSyntax throws the SyntaxError of a failed lang.Compile.
func (l *Loader) ThrowSyntax(err error) { l.throwSyntax(err) }
