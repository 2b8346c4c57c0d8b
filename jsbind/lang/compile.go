package lang

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// Kind says how a piece of source text is to be run.
type Kind int

const (
	// Script is a classic script: its top level is the global scope.
	Script Kind = iota
	// CommonJS is the body of Node's module wrapper. Running the program
	// yields the function (exports, require, module, __filename, __dirname).
	CommonJS
	// Eval is the text of -e and -p: a script whose completion value is wanted.
	Eval
	// ESM is an ECMAScript module; see Program.Module.
	ESM
	// Context is a script for another global object: see ContextDeclare.
	// Running the program yields a function of the scope.
	Context
)

// Program is compiled source text. It is immutable and belongs to no runtime.
type Program struct {
	prg *goja.Program

	// Name is the file name that stacks show.
	Name string
	// Kind is what the program was compiled as.
	Kind Kind
	// Transformed says that goja could not parse the source and esbuild
	// rewrote it.
	Transformed bool
	// Module describes imports and exports; nil unless Kind is ESM.
	Module *ModuleInfo
}

// Goja returns the engine's program. Running it gives a Script's or Eval's
// completion value, and a CommonJS program's wrapper function.
func (p *Program) Goja() *goja.Program { return p.prg }

// Run runs the program in vm: see Goja.
func (p *Program) Run(vm *goja.Runtime) (goja.Value, error) { return vm.RunProgram(p.prg) }

// Compile parses and compiles src, which is UTF-8. name is the file name for
// stacks. A failure is a *SyntaxErrorInfo.
func Compile(name, src string, kind Kind) (*Program, error) {
	return compileCached(cacheKey{name: name, src: src, kind: kind})
}

// CompileTypeScript is Compile for TypeScript whose types cannot just be erased:
// enum and namespace become code, and positions come through a source map.
func CompileTypeScript(name, src string, kind Kind) (*Program, error) {
	return compileCached(cacheKey{name: name, src: src, kind: kind, types: true})
}

// CompileFor is Compile for text whose import() and import.meta are answered for
// referrer instead of name. With inContext a module's value is a function of the
// scope: see ContextDeclare and Module.Scope.
func CompileFor(name, referrer, src string, kind Kind, inContext bool) (*Program, error) {
	return compile(cacheKey{name: name, src: src, kind: kind}, referrer, inContext)
}

func compileCached(key cacheKey) (*Program, error) {
	if p := cached(key); p != nil {
		return p, nil
	}
	p, err := compile(key, key.name, false)
	if err != nil {
		return nil, err
	}
	remember(key, p)
	return p, nil
}

func compile(key cacheKey, referrer string, inContext bool) (*Program, error) {
	name, kind, types := key.name, key.kind, key.types
	src := strings.TrimPrefix(key.src, "\ufeff")
	if strings.HasPrefix(src, "#!") {
		// A comment of the same length keeps every position.
		src = "//" + src[2:]
	}
	if kind == ESM {
		return compileModule(name, referrer, src, types, inContext)
	}
	if types {
		return compileTransformed(name, referrer, src, kind, nil, true)
	}
	prg, err := compilePlain(name, referrer, src, kind)
	if err == nil {
		return &Program{prg: prg, Name: name, Kind: kind}, nil
	}
	return compileTransformed(name, referrer, src, kind, err, false)
}

// compilePlain compiles text that goja understands.
func compilePlain(name, referrer, src string, kind Kind) (*goja.Program, error) {
	tree, err := parse(name, src, kind)
	if err != nil {
		return nil, err
	}
	return compileTree(referrer, tree, kind)
}

// compileTree mends the tree, wraps it as kind asks and compiles it.
func compileTree(referrer string, tree *ast.Program, kind Kind) (*goja.Program, error) {
	if err := mend(referrer, tree, kind); err != nil {
		return nil, err
	}
	if mentionsLegacy(tree.File.Source()) {
		enableLegacy(tree)
	}
	switch kind {
	case CommonJS:
		tree = wrapCommonJS(tree)
	case Context:
		tree = contextualise(tree)
	}
	return compileAST(tree, false)
}

// parse parses src. For CommonJS, the tree is that of a function's body even
// though its statements stand at the top of the program.
func parse(name, src string, kind Kind) (*ast.Program, error) {
	tree, err := parseDynamicImport(name, src)
	if err == nil || kind != CommonJS {
		return tree, err
	}
	if !hasFunctionOnlySyntax(err) {
		return nil, err
	}
	// A return outside of any function: parse inside a wrapper and move the
	// tree back to the user's positions.
	const open = "(function(){"
	tree, err = parseDynamicImport(name, open+src+"\n})")
	if err != nil {
		return nil, shiftErrors(err, len(open), src)
	}
	if len(tree.Body) != 1 {
		return nil, parser.ErrorList{{Position: file.Position{Filename: name, Line: 1, Column: 1}, Message: "Unexpected token }"}}
	}
	st, _ := tree.Body[0].(*ast.ExpressionStatement)
	if st == nil {
		return nil, parser.ErrorList{{Position: file.Position{Filename: name, Line: 1, Column: 1}, Message: "Unexpected token }"}}
	}
	fn, _ := st.Expression.(*ast.FunctionLiteral)
	if fn == nil {
		return nil, parser.ErrorList{{Position: file.Position{Filename: name, Line: 1, Column: 1}, Message: "Unexpected token }"}}
	}
	tree = &ast.Program{
		Body:            fn.Body.List,
		DeclarationList: fn.DeclarationList,
		File:            file.NewFile(name, src, 1),
	}
	shift(tree, -len(open))
	return tree, nil
}

// importPlaceholder stands for the keyword import in import(…) while goja
// parses; it has the same number of bytes so that positions stay.
const importPlaceholder = "impo\u0167"

// parseDynamicImport parses src with goja. The parser does not know import():
// where it stops at that keyword, a placeholder of the same length takes its
// place, which mend later turns into a call of the runtime's import hook.
func parseDynamicImport(name, src string) (*ast.Program, error) {
	hidden := false
	for range 1000 {
		tree, err := parseFile(name, src)
		if err == nil {
			if hidden {
				restoreFieldNames(tree)
			}
			return tree, nil
		}
		list, ok := err.(parser.ErrorList)
		if !ok {
			return nil, err
		}
		if !hidden {
			if src, hidden = hideFieldNames(src); hidden {
				continue
			}
		}
		if !strings.Contains(src, "import") {
			return nil, err
		}
		// Every import( and import.meta that the parser stopped at, in one go.
		text, changed := []byte(nil), false
		for _, e := range list {
			off := offsetOf(src, e.Position.Line, e.Position.Column)
			if !isImportCall(src, off) && !isImportMeta(src, off) {
				continue
			}
			if text == nil {
				text = []byte(src)
			}
			copy(text[off:], importPlaceholder)
			changed = true
		}
		if !changed {
			return nil, err
		}
		src = string(text)
	}
	return parseFile(name, src)
}

// parseFile is goja's parser, which panics on some strings with \u{…}; that
// counts as not being able to parse.
func parseFile(name, src string) (tree *ast.Program, err error) {
	defer func() {
		if x := recover(); x != nil {
			tree, err = nil, parserFailure(name, x)
		}
	}()
	return parser.ParseFile(nil, name, src, 0, parser.WithDisableSourceMaps)
}

func parserFailure(name string, x any) error {
	return parser.ErrorList{{Position: file.Position{Filename: name, Line: 1, Column: 1}, Message: fmt.Sprint(x)}}
}

// compileAST is goja's compiler, with its panics as errors and faster code.
func compileAST(tree *ast.Program, strict bool) (prg *goja.Program, err error) {
	defer func() {
		if x := recover(); x != nil {
			prg, err = nil, parserFailure(tree.File.Name(), x)
		}
	}()
	if prg, err = goja.CompileAST(tree, strict); err == nil {
		engine.Tune(prg)
	}
	return prg, err
}

// isImportCall says whether the keyword import followed by an opening
// parenthesis stands at off.
func isImportCall(src string, off int) bool {
	if off < 0 || off >= len(src) || !strings.HasPrefix(src[off:], "import") {
		return false
	}
	rest := skipBlank(src, off+len("import"))
	return rest < len(src) && src[rest] == '('
}

// isImportMeta says whether import.meta stands at off.
func isImportMeta(src string, off int) bool {
	return off >= 0 && off < len(src) && strings.HasPrefix(src[off:], "import.meta")
}

// skipBlank returns the offset of the first byte at or after off that is
// neither white space nor part of a comment.
func skipBlank(src string, off int) int {
	for off < len(src) {
		switch {
		case src[off] == ' ' || src[off] == '\t' || src[off] == '\n' || src[off] == '\r':
			off++
		case strings.HasPrefix(src[off:], "//"):
			end := strings.IndexByte(src[off:], '\n')
			if end < 0 {
				return len(src)
			}
			off += end
		case strings.HasPrefix(src[off:], "/*"):
			end := strings.Index(src[off:], "*/")
			if end < 0 {
				return len(src)
			}
			off += end + 2
		default:
			return off
		}
	}
	return off
}

// offsetOf converts a one-based line and byte column of goja into an offset.
func offsetOf(src string, line, column int) int {
	off := 0
	for ; line > 1; line-- {
		end := nextLine(src[off:])
		if end < 0 {
			return len(src)
		}
		off += end
	}
	off += column - 1
	return max(0, min(off, len(src)))
}

// nextLine returns the offset behind the first line terminator of s, or -1.
func nextLine(s string) int {
	for i, c := range s {
		switch c {
		case '\n':
			return i + 1
		case '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				return i + 2
			}
			return i + 1
		case '\u2028', '\u2029':
			return i + 3
		}
	}
	return -1
}

// hasFunctionOnlySyntax says whether one of the parser's errors is about
// syntax that is allowed only inside functions.
func hasFunctionOnlySyntax(err error) bool {
	list, _ := err.(parser.ErrorList)
	for _, e := range list {
		if e.Message == "Illegal return statement" {
			return true
		}
	}
	return false
}

// shiftErrors moves the errors of a wrapped text back to the user's columns.
func shiftErrors(err error, prefix int, src string) error {
	list, ok := err.(parser.ErrorList)
	if !ok {
		return err
	}
	for _, e := range list {
		if e.Position.Line == 1 {
			e.Position.Column -= prefix
		}
	}
	return list
}
