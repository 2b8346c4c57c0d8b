package lang

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
	"github.com/evanw/esbuild/pkg/api"
)

// ModuleInfo describes the imports and exports of an ECMAScript module.
type ModuleInfo struct {
	// Requests are the modules that it imports from, in source order.
	Requests []ModuleRequest
	// Async says that the module has a top-level await.
	Async bool

	imports []importName
	exports []exportName
	stars   []int // requests whose exports are all exported
	// defaultName is the name that esbuild gave an anonymous default export.
	defaultName string
	awaits      [][2]int // line and column of each top-level await
}

// awaitPlace returns where the n-th top-level await stands.
func (i *ModuleInfo) awaitPlace(n int) (line, column int) {
	if n >= len(i.awaits) {
		return 0, 0
	}
	return i.awaits[n][0], i.awaits[n][1]
}

// ModuleRequest is one specifier, with the attributes behind with.
type ModuleRequest struct {
	Specifier  string
	Attributes [][2]string
	// Source says that the module's source is asked for, not its namespace.
	Source bool
}

func (r ModuleRequest) same(o ModuleRequest) bool {
	return r.Specifier == o.Specifier && r.Source == o.Source && slices.Equal(r.Attributes, o.Attributes)
}

// exportsFunction is the function, added at the end of the text, that returns
// the getters of the exports. Being declared, it is there before the body runs.
const exportsFunction = "__spindle_module_exports"

// exportGetter is how the names of these getters begin, which no stack shows.
const exportGetter = " export "

// compileModule compiles the text of a module: esbuild brings the declarations
// into few forms, and the rest becomes a function (wrapModule).
func compileModule(name, referrer, src string, types, inContext bool) (*Program, error) {
	t, errs := transform(name, src, api.FormatESModule, types)
	if errs == nil && wrappedAsCommonJS(src, t.code) {
		t, errs = transform(name, src+"\nexport {}", api.FormatESModule, types)
	}
	if errs != nil {
		return nil, syntaxErrorFromTransform(name, src, errs[0], nil)
	}
	info := &ModuleInfo{}
	code, err := scanModule(t.code, info)
	if err != nil {
		return nil, syntaxErrorAt(name, src, 0, err.Error())
	}
	tree, err := parseModule(name, code, info)
	if err != nil {
		return nil, mappedError(name, src, t, err)
	}
	if t.maps != nil {
		tree.File.SetSourceMap(t.maps)
	}
	for i := range info.imports {
		n := &info.imports[i]
		pos := tree.File.Position(n.at)
		n.line, n.column = pos.Line, pos.Column
	}
	assigned := assignedNames(tree)
	for i := range info.exports {
		e := &info.exports[i]
		e.constant = !assigned[unistring.NewFromString(e.local)]
		if e.exported == "default" && strings.HasSuffix(e.local, "_default") && !strings.Contains(src, e.local) {
			info.defaultName = e.local
		}
	}
	lexicalDefault(tree, info.defaultName)
	renameImports(tree, info.imports)
	if !usesHelperNames(src) && strings.Contains(t.code, helperAsyncGenerator) {
		nativeGenerators(tree)
	}
	if err := mend(referrer, tree, ESM); err != nil {
		return nil, mappedError(name, src, t, err)
	}
	tree = wrapModule(tree, info)
	if inContext {
		tree = contextModule(tree)
	}
	prg, err := compileAST(tree, !inContext)
	if err != nil {
		return nil, mappedError(name, src, t, err)
	}
	return &Program{prg: prg, Name: name, Kind: ESM, Transformed: true, Module: info}, nil
}

// lexicalDefault makes a let of the var that esbuild declares for the value of a
// default export: read too early it throws.
func lexicalDefault(tree *ast.Program, name string) {
	if name == "" {
		return
	}
	for i, s := range tree.Body {
		v, ok := s.(*ast.VariableStatement)
		if !ok || len(v.List) != 1 {
			continue
		}
		id, ok := v.List[0].Target.(*ast.Identifier)
		if !ok || id.Name.String() != name {
			continue
		}
		tree.Body[i] = &ast.LexicalDeclaration{Idx: v.Var, Token: token.LET, List: v.List}
		tree.DeclarationList = slices.DeleteFunc(tree.DeclarationList, func(d *ast.VariableDeclaration) bool {
			return len(d.List) == 1 && d.List[0] == v.List[0]
		})
		return
	}
}

// wrappedAsCommonJS says whether esbuild took the text of a module for that of
// CommonJS, because it uses module or exports and neither imports nor exports
// anything.
func wrappedAsCommonJS(src, code string) bool {
	return strings.Contains(code, "__commonJS(") && !strings.Contains(src, "__commonJS(")
}

// parseModule parses the body with the function of the exports behind it.
func parseModule(name, code string, info *ModuleInfo) (*ast.Program, error) {
	var b strings.Builder
	b.WriteString(code)
	b.WriteString("\nfunction " + exportsFunction + "(){return{")
	for _, e := range info.exports {
		b.WriteString(strconv.Quote(exportGetter+e.exported) + ":()=>" + e.local + ",")
	}
	b.WriteString("}}")
	text := b.String()
	tree, err := parseDynamicImport(name, text)
	if err != nil || mentionsAwait(tree) {
		const open = "(async function(){"
		async, asyncErr := parseDynamicImport(name, open+text+"\n})")
		if asyncErr != nil {
			if err == nil {
				err = shiftErrors(asyncErr, len(open), text)
			}
			return nil, err
		}
		fn, ok := async.Body[0].(*ast.ExpressionStatement).Expression.(*ast.FunctionLiteral)
		if !ok || len(async.Body) != 1 {
			return nil, parser.ErrorList{{Position: file.Position{Filename: name, Line: 1, Column: 1}, Message: "Unexpected token }"}}
		}
		info.Async = true
		tree = &ast.Program{Body: fn.Body.List, DeclarationList: fn.DeclarationList, File: file.NewFile(name, text, 1)}
		shift(tree, -len(open))
	}
	last := tree.Body[len(tree.Body)-1].(*ast.FunctionDeclaration)
	last.Function.Name.Name = moduleExports
	return tree, nil
}

// mappedError converts an error in esbuild's output to one in the original.
func mappedError(name, src string, t *transformed, err error) *SyntaxErrorInfo {
	var pos file.Position
	var msg string
	switch e := err.(type) {
	case parser.ErrorList:
		pos, msg = e[0].Position, e[0].Message
	case *goja.CompilerSyntaxError:
		msg = e.Message
		if e.File != nil {
			// The file has the source map by now.
			pos = e.File.Position(e.Offset)
		}
		return classify(name, src, offsetOf(src, pos.Line, pos.Column), msg)
	default:
		return syntaxErrorFromEngine(name, src, err)
	}
	if t.maps != nil {
		if _, _, row, col, ok := t.maps.Source(pos.Line, pos.Column); ok {
			pos.Line, pos.Column = row, col
		}
	}
	return classify(name, src, offsetOf(src, pos.Line, pos.Column), msg)
}
