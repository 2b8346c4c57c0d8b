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
	hiddenEval           unistring.String = " eval"
	hiddenAsyncGenerator unistring.String = " asyncGenerator"
	hiddenAsyncFunction  unistring.String = " asyncFunction"
	hiddenAwait          unistring.String = " await"
	hiddenDelegate       unistring.String = " delegate"
	hiddenLegacy         unistring.String = " legacyRegExp"
)

var hiddenNames = []unistring.String{
	hiddenImport, hiddenImportMeta, hiddenRegExp, hiddenEval,
	hiddenAsyncGenerator, hiddenAsyncFunction, hiddenAwait, hiddenDelegate, hiddenLegacy,
	// In eval's text, import(…) is called by the name that it was parsed by.
	unistring.NewFromString(importPlaceholder),
}

// hiddenProgram declares the hidden names; its value is a function that
// assigns to them, in the order of hiddenNames.
var hiddenProgram = sync.OnceValue(func() *goja.Program {
	const src = `let h0, h1, h2, h3, h4, h5, h6, h7, h8, h9;
		(function (a) { h0 = a[0]; h1 = a[1]; h2 = a[2]; h3 = a[3]; h4 = a[4]; h5 = a[5]; h6 = a[6]; h7 = a[7]; h8 = a[8]; h9 = a[9] })`
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

// installHidden binds the hidden names in vm, in the order of hiddenNames.
func installHidden(vm *goja.Runtime, values [10]native) {
	set, err := vm.RunProgram(hiddenProgram())
	if err != nil {
		panic(err)
	}
	assign, _ := goja.AssertFunction(set)
	functions := make([]any, len(values))
	for i, f := range values {
		functions[i] = f
	}
	if _, err := assign(goja.Undefined(), vm.NewArray(functions...)); err != nil {
		panic(err)
	}
}
