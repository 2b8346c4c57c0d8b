package loader

import (
	"encoding/base64"
	"errors"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/typestrip"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// TypeScript (https://nodejs.org/docs/latest-v24.x/api/typescript.html): types
// are stripped; --experimental-transform-types makes code of the rest, too.

// stripTypes returns the JavaScript of a file of TypeScript, or the text itself
// if it is to be transformed (see program).
func (l *Loader) stripTypes(src, file string) string {
	if strings.Contains(filepath.ToSlash(file), "/node_modules/") {
		l.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
			"Stripping types is currently unsupported for files under node_modules, for \""+file+"\""))
	}
	if l.opt.TransformTypes {
		return src
	}
	return l.strip(src, file)
}

// strip strips types or throws.
func (l *Loader) strip(src, file string) string {
	out, err := typestrip.Strip(src)
	if err != nil {
		l.throwTypes(err, src, file)
	}
	return out
}

// program compiles text; typed says that it is TypeScript that went through
// stripTypes.
func (l *Loader) program(name, src string, kind lang.Kind, typed bool) (*lang.Program, error) {
	if l.maps.enabled {
		l.maps.compiled(name)
	}
	if typed && l.opt.TransformTypes {
		if !l.warnedTransform {
			l.warnedTransform = true
			l.rt.Warn("Transform Types is an experimental feature and might change at any time", "ExperimentalWarning", nil)
		}
		return lang.CompileTypeScript(name, src, kind)
	}
	if typed && l.OnSource != nil {
		l.OnSource(name, src) // what the excerpt of an exception shows
	}
	return lang.Compile(name, src, kind)
}

// throwTypes throws the SyntaxError of TypeScript that cannot be stripped; its
// stack begins with the place.
func (l *Loader) throwTypes(err error, src, file string) {
	var e *typestrip.Error
	if !errors.As(err, &e) {
		l.rt.Throw(err)
	}
	code := "ERR_INVALID_TYPESCRIPT_SYNTAX"
	if e.Kind == typestrip.Unsupported {
		code = "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX"
	}
	obj := l.rt.ErrorObject(nodeerr.KindSyntax, code, e.Message)
	stack := file + ":" + itoa(1+strings.Count(src[:e.Start], "\n")) + "\n" + snippet(src, e.Start, e.End) + "\n\n" + bind.Get(obj, "stack").String()
	_ = obj.DefineDataProperty("stack", l.value(stack), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if l.OnSyntaxError != nil {
		l.OnSyntaxError(nil, obj)
	}
	panic(obj)
}

// snippet shows a range of a text with a line before and after it: carets below
// a range in one line, marks beside the ends of a longer one.
func snippet(src string, start, end int) string {
	lines := strings.Split(strings.ReplaceAll(src, "\r\n", "\n"), "\n")
	first := strings.Count(src[:start], "\n")
	last := strings.Count(src[:end], "\n")
	show := func(s string) string { return strings.ReplaceAll(s, "\t", "    ") }
	var out []string
	for i := max(0, first-1); i <= min(last+1, len(lines)-1); i++ {
		mark := ""
		switch {
		case first == last:
		case i == first, i == last:
			mark = "  > "
		default:
			mark = "    "
		}
		out = append(out, mark+show(lines[i]))
		if i == first && first == last {
			begin := start - (strings.LastIndexByte(src[:start], '\n') + 1)
			line := lines[i]
			pad := len(show(line[:min(begin, len(line))]))
			out = append(out, strings.Repeat(" ", pad)+strings.Repeat("^", max(1, end-start)))
		}
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n ")
}

// EvalTypes strips the text of -e that is not JavaScript. The message is what is
// to be said of it where that fails; it may be empty.
func (l *Loader) EvalTypes(src string) (out, message string) {
	if l.opt.NoStripTypes || l.opt.InputType != "" {
		return "", ""
	}
	out, err := typestrip.Strip(src)
	if err != nil {
		return "", err.Error()
	}
	return out, ""
}

// StripInput strips the text of --input-type=module-typescript and
// commonjs-typescript.
func (l *Loader) StripInput(src string) string { return l.strip(src, "[eval]") }

// stripFunction is module.stripTypeScriptTypes(code, options).
func (l *Loader) stripFunction(c goja.FunctionCall) goja.Value {
	rt := l.rt
	code := rt.String(c.Argument(0), "code")
	mode, sourceMap, sourceURL := "strip", false, ""
	if v := c.Argument(1); !goja.IsUndefined(v) {
		if goja.IsNull(v) {
			rt.ArgType("options", v, "object")
		}
		if _, ok := v.(*goja.Object); !ok {
			rt.ArgType("options", v, "object")
		}
		o := v.(*goja.Object)
		if m := bind.Get(o, "mode"); !goja.IsUndefined(m) {
			if mode = m.String(); !goja.IsString(m) || mode != "strip" && mode != "transform" {
				rt.ArgValue("options.mode", m, "must be one of: 'strip', 'transform'")
			}
		}
		if u := bind.Get(o, "sourceUrl"); !goja.IsUndefined(u) {
			sourceURL = rt.String(u, "options.sourceUrl")
		}
		if m := bind.Get(o, "sourceMap"); !goja.IsUndefined(m) {
			sourceMap = rt.Bool(m, "options.sourceMap")
			if sourceMap && mode == "strip" {
				rt.ArgValue("options.sourceMap", m, "must be one of: false, undefined")
			}
		}
	}
	if !l.warnedStrip {
		l.warnedStrip = true
		rt.Warn("stripTypeScriptTypes is an experimental feature and might change at any time", "ExperimentalWarning", nil)
	}
	if mode == "strip" {
		out := l.strip(code, sourceURL)
		if sourceURL != "" {
			out += "\n\n//# sourceURL=" + sourceURL
		}
		return l.value(out)
	}
	out, maps, err := lang.TransformTypes(sourceURL, code)
	if err != nil {
		rt.Throw(nodeerr.New(nodeerr.KindSyntax, "ERR_INVALID_TYPESCRIPT_SYNTAX", err.Error()))
	}
	switch {
	case sourceMap:
		out += "\n\n//# sourceMappingURL=data:application/json;base64," + base64.StdEncoding.EncodeToString([]byte(maps))
	case sourceURL != "":
		out += "\n\n//# sourceURL=" + sourceURL
	}
	return l.value(out)
}
