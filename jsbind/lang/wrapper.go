package lang

import (
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"
)

// wrapperParameters are the names that Node's module wrapper binds
// (https://nodejs.org/docs/latest-v24.x/api/modules.html#the-module-wrapper).
var wrapperParameters = []string{"exports", "require", "module", "__filename", "__dirname"}

// wrapCommonJS turns a module's statements into a program whose value is the
// module wrapper. The wrapper exists in the tree only, so no position moves
// and a "use strict" directive stays the first statement of its function.
func wrapCommonJS(tree *ast.Program) *ast.Program {
	// The name is what V8 prints for a function that has none and is called
	// as a method of module.exports.
	return wrapFunction(tree, &ast.Identifier{Name: "Object.<anonymous>", Idx: 1}, wrapperParameters, false, false)
}

func wrapFunction(tree *ast.Program, name *ast.Identifier, names []string, async, generator bool) *ast.Program {
	params := &ast.ParameterList{Opening: 1, Closing: 1}
	for _, name := range names {
		params.List = append(params.List, &ast.Binding{Target: &ast.Identifier{Name: unistring.String(name), Idx: 1}})
	}
	end := file.Idx(len(tree.File.Source()) + 1)
	fn := &ast.FunctionLiteral{
		Function:        1,
		Name:            name,
		ParameterList:   params,
		Body:            &ast.BlockStatement{LeftBrace: 1, List: tree.Body, RightBrace: end},
		Source:          "function (exports, require, module, __filename, __dirname) { [module code] }",
		DeclarationList: tree.DeclarationList,
		Async:           async,
		Generator:       generator,
	}
	return &ast.Program{
		Body: []ast.Statement{&ast.ExpressionStatement{Expression: fn}},
		File: tree.File,
	}
}

var idxType = reflect.TypeFor[file.Idx]()
var fileType = reflect.TypeFor[*file.File]()

// shift adds delta to every position in the tree. It is rare (a module with a
// return statement outside of functions), hence reflection.
func shift(tree *ast.Program, delta int) {
	eachValue(tree, func(v reflect.Value) {
		if v.Type() == idxType && v.CanSet() {
			v.SetInt(v.Int() + int64(delta))
		}
	})
}

// eachValue calls f with all values in the tree that hold no others.
func eachValue(tree *ast.Program, f func(reflect.Value)) {
	type visit struct {
		typ reflect.Type
		ptr uintptr
	}
	seen := make(map[visit]bool)
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Pointer:
			if v.IsNil() || v.Type() == fileType || seen[visit{v.Type(), v.Pointer()}] {
				return
			}
			// Declarations are reachable twice: as statements and from the
			// lists of the functions that hoist them.
			seen[visit{v.Type(), v.Pointer()}] = true
			walk(v.Elem())
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		default:
			f(v)
		}
	}
	walk(reflect.ValueOf(tree))
}
