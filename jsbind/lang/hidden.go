package lang

import (
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/unistring"
)

// Compiled code reaches what the runtime supplies for it through names that no
// program can write, because they hold a space. They are lexical bindings of
// the global scope, so they are no properties of the global object either.
const (
	hiddenImport         unistring.String = " import"
	hiddenImportMeta     unistring.String = " import.meta"
	hiddenRegExp         unistring.String = " RegExp"
	hiddenAsyncGenerator unistring.String = " asyncGenerator"
)

var hiddenNames = []unistring.String{hiddenImport, hiddenImportMeta, hiddenRegExp, hiddenAsyncGenerator}

// hiddenProgram declares the hidden names; its value is a function that
// assigns to them, in the order of hiddenNames.
var hiddenProgram = sync.OnceValue(func() *goja.Program {
	const src = `let h0, h1, h2, h3; (function (a, b, c, d) { h0 = a; h1 = b; h2 = c; h3 = d })`
	tree, err := goja.Parse("node:internal", src, parser.WithDisableSourceMaps)
	if err != nil {
		panic(err)
	}
	rename := func(id *ast.Identifier) {
		if len(id.Name) == 2 && id.Name[0] == 'h' {
			id.Name = hiddenNames[id.Name[1]-'0']
		}
	}
	w := &walker{expr: func(e ast.Expression) ast.Expression {
		if id, ok := e.(*ast.Identifier); ok {
			rename(id)
		}
		return e
	}}
	w.program(tree)
	for _, b := range tree.Body[0].(*ast.LexicalDeclaration).List {
		eachBoundName(b.Target, rename)
	}
	prg, err := goja.CompileAST(tree, false)
	if err != nil {
		panic(err)
	}
	return prg
})

// installHidden binds the hidden names in vm.
func installHidden(vm *goja.Runtime, values [4]goja.Value) {
	set, err := vm.RunProgram(hiddenProgram())
	if err != nil {
		panic(err)
	}
	assign, _ := goja.AssertFunction(set)
	if _, err := assign(goja.Undefined(), values[:]...); err != nil {
		panic(err)
	}
}
