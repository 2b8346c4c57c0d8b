package lang

import (
	"slices"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
	"github.com/evanw/esbuild/pkg/api"
)

// Code that is to run with another global object than the runtime's
// (https://nodejs.org/docs/latest-v24.x/api/vm.html#what-does-it-mean-to-contextify-an-object).
//
// The engine has one global object. A program of kind Context is therefore a
// function of a scope object, and its code stands inside `with (scope)`: names
// that no function of it declares are properties of the scope, whoever calls
// that function and whenever. What a script declares at its top becomes the
// scope's too, so that the next script in the same context finds it. The scope
// must have every name that a program can write, and throw the ReferenceError of
// names that mean nothing; and it supplies the functions below, whose names no
// program can write.
const (
	// ContextDeclare(vars, lets, consts, functions) declares names before the
	// script runs: three arrays of strings, and an object of functions by name.
	ContextDeclare = " declare"
	// ContextInit(names) says that the next assignment to each of the names
	// initialises a let, const or class.
	ContextInit = " init"
	// ContextValue(v) is called with the value of each expression statement:
	// the last one is the script's value.
	ContextValue = " value"
	// ContextThis(v) is what `this` is in a function that is not strict where
	// the engine says v.
	ContextThis = " self"
	// ContextProbe() says that the next name looked up is the operand of
	// typeof; ContextProbed(v) that this is over, and returns v.
	ContextProbe  = " probe"
	ContextProbed = " probed"

	contextScope unistring.String = " scope"
)

// contextualise makes of a script a program whose value is a function of the
// scope, to be called with the context's global object as this.
func contextualise(tree *ast.Program) *ast.Program {
	return contextFunction(tree, hasUseStrict(tree.Body), nil, nil)
}

// contextFunction is contextualise; if params is not nil the tree is the body
// of a function with these parameters, the program's value a function of the
// scope that returns that function, and extensions further scopes inside it.
func contextFunction(tree *ast.Program, strict bool, params []string, extensions []unistring.String) *ast.Program {
	x := &contextualiser{strict: []bool{strict}, top: params == nil, done: map[ast.Expression]bool{}}
	w := &walker{expr: x.expr, enterFunc: x.enterFunc, leaveFunc: x.leaveFunc, enterClass: x.enterClass, leaveClass: x.leaveClass}
	if x.top {
		w.leaveList = func(l *stmtList) { x.values(l) }
		w.stmt = x.value
	} else {
		x.depth = 1 // its statements are a function's
	}
	end := endOf(tree)
	w.program(tree)
	if !x.top {
		fn := &ast.FunctionLiteral{
			Function: 1, ParameterList: parameters(params), Source: functionSource(tree, params), DeclarationList: tree.DeclarationList,
			Body: &ast.BlockStatement{LeftBrace: 1, List: tree.Body, RightBrace: end},
		}
		return scopeFunction(tree, []ast.Statement{&ast.ReturnStatement{Return: 1, Argument: fn}}, false, append([]unistring.String{contextScope}, extensions...))
	}
	body := append([]ast.Statement{x.declare(tree)}, x.declarations(tree)...)
	return scopeFunction(tree, body, strict, []unistring.String{contextScope})
}

// endOf is the position behind the text.
func endOf(tree *ast.Program) file.Idx { return file.Idx(len(tree.File.Source()) + 1) }

// scopeFunction wraps statements in a function of scopes and with statements.
func scopeFunction(tree *ast.Program, list []ast.Statement, strict bool, scopes []unistring.String) *ast.Program {
	end := endOf(tree)
	if strict {
		// A with statement is no strict code: a function inside it is.
		inner := &ast.FunctionLiteral{
			Function: 1, ParameterList: parameters(nil), Source: "function () { [script] }",
			Body: &ast.BlockStatement{LeftBrace: 1, RightBrace: end, List: append([]ast.Statement{&ast.ExpressionStatement{
				Expression: &ast.StringLiteral{Idx: 1, Literal: `"use strict"`, Value: "use strict"},
			}}, list...)},
		}
		list = []ast.Statement{&ast.ExpressionStatement{Expression: &ast.CallExpression{
			Callee:       &ast.DotExpression{Left: inner, Identifier: ast.Identifier{Name: "call", Idx: 1}},
			ArgumentList: []ast.Expression{&ast.ThisExpression{Idx: 1}}, LeftParenthesis: 1, RightParenthesis: 1,
		}}}
	}
	names := make([]string, len(scopes))
	for i := len(scopes) - 1; i >= 0; i-- {
		names[i] = string(scopes[i])
		list = []ast.Statement{&ast.WithStatement{With: 1, Object: &ast.Identifier{Name: scopes[i], Idx: 1}, Body: &ast.BlockStatement{LeftBrace: 1, List: list, RightBrace: end}}}
	}
	fn := &ast.FunctionLiteral{
		Function: 1, ParameterList: parameters(names), Source: "function () { [script] }",
		Body: &ast.BlockStatement{LeftBrace: 1, List: list, RightBrace: end},
	}
	return &ast.Program{Body: []ast.Statement{&ast.ExpressionStatement{Expression: fn}}, File: tree.File}
}

func parameters(names []string) *ast.ParameterList {
	p := &ast.ParameterList{Opening: 1, Closing: 1}
	for _, name := range names {
		p.List = append(p.List, &ast.Binding{Target: &ast.Identifier{Name: unistring.NewFromString(name), Idx: 1}})
	}
	return p
}

// contextualiser rewrites a mended tree.
type contextualiser struct {
	top     bool // the tree is a script
	depth   int  // of functions that have a this of their own
	strict  []bool
	arrows  []bool
	classes int
	funcs   int // depth of functions

	done map[ast.Expression]bool // was rewritten; the walk comes by it again
}

func (x *contextualiser) enterFunc(f funcNode) {
	x.funcs++
	x.strict = append(x.strict, x.strict[len(x.strict)-1] || f.body != nil && hasUseStrict(f.body.List))
	x.arrows = append(x.arrows, f.arrow)
	if !f.arrow {
		x.depth++
	}
}

func (x *contextualiser) leaveFunc(funcNode) {
	x.funcs--
	x.strict = x.strict[:len(x.strict)-1]
	if !x.arrows[len(x.arrows)-1] {
		x.depth--
	}
	x.arrows = x.arrows[:len(x.arrows)-1]
}

func (x *contextualiser) enterClass(*ast.ClassLiteral) { x.classes++ }
func (x *contextualiser) leaveClass(*ast.ClassLiteral) { x.classes-- }

func (x *contextualiser) expr(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.ThisExpression:
		if x.depth > 0 && x.classes == 0 && !x.strict[len(x.strict)-1] && !x.done[e] {
			x.done[e] = true
			return hiddenCall(ContextThis, e, e)
		}
	case *ast.UnaryExpression:
		if id, ok := e.Operand.(*ast.Identifier); ok && e.Operator == token.TYPEOF && !x.done[e] {
			x.done[e] = true
			probe := &ast.CallExpression{Callee: &ast.Identifier{Name: ContextProbe, Idx: id.Idx}, LeftParenthesis: id.Idx, RightParenthesis: id.Idx}
			return hiddenCall(ContextProbed, &ast.SequenceExpression{Sequence: []ast.Expression{probe, e}}, e)
		}
	case *ast.CallExpression:
		e.Callee = withoutThis(e.Callee)
	case *ast.TemplateLiteral:
		e.Tag = withoutThis(e.Tag)
	}
	return e
}

// withoutThis keeps the scope from being the this of functions that are called
// by name.
func withoutThis(callee ast.Expression) ast.Expression {
	id, ok := callee.(*ast.Identifier)
	if !ok || id.Name == "eval" || id.Name[0] == ' ' {
		return callee
	}
	return &ast.SequenceExpression{Sequence: []ast.Expression{&ast.NumberLiteral{Idx: id.Idx, Literal: "0", Value: int64(0)}, id}}
}

// values makes the expression statements of a list report their values.
func (x *contextualiser) values(l *stmtList) {
	if x.funcs > 0 {
		return
	}
	each := func(list []ast.Statement) {
		for _, s := range list {
			x.value(s)
		}
	}
	if l.sw != nil {
		for _, c := range l.sw.Body {
			each(c.Consequent)
		}
		return
	}
	each(l.list)
}

func (x *contextualiser) value(s ast.Statement) ast.Statement {
	if e, ok := s.(*ast.ExpressionStatement); ok && x.funcs == 0 {
		if c, ok := e.Expression.(*ast.CallExpression); !ok || !isHidden(c.Callee, ContextValue) {
			e.Expression = hiddenCall(ContextValue, e.Expression, e)
		}
	}
	return s
}

func isHidden(e ast.Expression, name unistring.String) bool {
	id, ok := e.(*ast.Identifier)
	return ok && id.Name == name
}

// declarations turns the let, const and class declarations at the top into
// assignments, and takes the functions out.
func (x *contextualiser) declarations(tree *ast.Program) []ast.Statement {
	var out []ast.Statement
	for _, s := range tree.Body {
		switch s := s.(type) {
		case *ast.FunctionDeclaration:
		case *ast.LexicalDeclaration:
			for _, b := range s.List {
				if b.Initializer == nil {
					b.Initializer = &ast.UnaryExpression{Operator: token.VOID, Idx: b.Idx0(), Operand: &ast.NumberLiteral{Idx: b.Idx0(), Literal: "0", Value: int64(0)}}
				}
			}
			out = append(out, x.initialises(s.List), &ast.VariableStatement{Var: s.Idx, List: s.List})
		case *ast.ClassDeclaration:
			list := []*ast.Binding{{Target: &ast.Identifier{Name: s.Class.Name.Name, Idx: s.Class.Name.Idx}, Initializer: s.Class}}
			out = append(out, x.initialises(list), &ast.VariableStatement{Var: s.Class.Class, List: list})
		default:
			out = append(out, s)
		}
	}
	return out
}

func (x *contextualiser) initialises(list []*ast.Binding) ast.Statement {
	return &ast.ExpressionStatement{Expression: hiddenCall(ContextInit, stringArray(boundNames(list)), list[0])}
}

// declare is the call that declares the script's names.
func (x *contextualiser) declare(tree *ast.Program) ast.Statement {
	var vars, lets, consts []string
	for _, d := range tree.DeclarationList {
		vars = append(vars, boundNames(d.List)...)
	}
	functions := &ast.ObjectLiteral{LeftBrace: 1, RightBrace: 1}
	for _, s := range tree.Body {
		switch s := s.(type) {
		case *ast.LexicalDeclaration:
			if s.Token == token.CONST {
				consts = append(consts, boundNames(s.List)...)
			} else {
				lets = append(lets, boundNames(s.List)...)
			}
		case *ast.ClassDeclaration:
			lets = append(lets, s.Class.Name.Name.String())
		case *ast.FunctionDeclaration:
			literal := *s.Function
			literal.Name = nil
			functions.Value = append(functions.Value, &ast.PropertyKeyed{
				Key:  &ast.StringLiteral{Idx: s.Function.Name.Idx, Value: s.Function.Name.Name},
				Kind: ast.PropertyKindValue, Value: &literal,
			})
		}
	}
	call := hiddenCall(ContextDeclare, stringArray(vars), &ast.Identifier{Idx: 1})
	call.ArgumentList = append(call.ArgumentList, stringArray(lets), stringArray(consts), functions)
	return &ast.ExpressionStatement{Expression: call}
}

func boundNames(list []*ast.Binding) []string {
	var names []string
	for _, b := range list {
		eachBoundName(b.Target, func(id *ast.Identifier) {
			if name := id.Name.String(); !slices.Contains(names, name) {
				names = append(names, name)
			}
		})
	}
	return names
}

func stringArray(list []string) *ast.ArrayLiteral {
	a := &ast.ArrayLiteral{LeftBracket: 1, RightBracket: 1}
	for _, s := range list {
		a.Value = append(a.Value, &ast.StringLiteral{Idx: 1, Value: unistring.NewFromString(s)})
	}
	return a
}

// contextModule makes of a module's wrapper a function of the scope that returns
// it.
func contextModule(tree *ast.Program) *ast.Program {
	statement := tree.Body[0].(*ast.ExpressionStatement)
	fn := statement.Expression.(*ast.FunctionLiteral)
	fn.Body.List = append([]ast.Statement{&ast.ExpressionStatement{
		Expression: &ast.StringLiteral{Idx: 1, Literal: `"use strict"`, Value: "use strict"},
	}}, fn.Body.List...)
	x := &contextualiser{strict: []bool{true}, done: map[ast.Expression]bool{}, depth: 1}
	w := &walker{expr: x.expr, enterFunc: x.enterFunc, leaveFunc: x.leaveFunc, enterClass: x.enterClass, leaveClass: x.leaveClass}
	w.program(tree)
	return scopeFunction(tree, []ast.Statement{&ast.ReturnStatement{Return: 1, Argument: fn}}, false, []unistring.String{contextScope})
}

// CompileFunction compiles the body of a function with the given parameters, for
// vm.compileFunction. Running the program yields the function. With inContext
// it yields a function of a scope, and of as many further scopes as extensions
// says, that returns it: see ContextDeclare.
func CompileFunction(name, referrer, src string, params []string, inContext bool, extensions int) (*Program, error) {
	if _, err := parser.ParseFile(nil, name, functionHead(params)+"\n})", 0, parser.WithDisableSourceMaps); err != nil {
		return nil, syntaxErrorFromEngine(name, functionHead(params)+"\n})", err)
	}
	tree, err := parse(name, src, CommonJS)
	if err != nil {
		t, errs := transform(name, src, api.FormatDefault, false)
		if errs != nil {
			return nil, syntaxErrorFromTransform(name, src, errs[0], err)
		}
		if tree, err = parse(name, t.code, CommonJS); err != nil {
			return nil, mappedError(name, src, t, err)
		}
		if t.maps != nil {
			tree.File.SetSourceMap(t.maps)
		}
	}
	strict := hasUseStrict(tree.Body)
	if err := mend(referrer, tree, CommonJS); err != nil {
		return nil, syntaxErrorFromEngine(name, src, err)
	}
	if inContext {
		scopes := make([]unistring.String, extensions)
		for i := range scopes {
			scopes[i] = contextScope + unistring.String(rune('a'+i))
		}
		tree = contextFunction(tree, strict, append([]string{}, params...), scopes)
	} else {
		source := functionSource(tree, params)
		tree = wrapFunction(tree, nil, params, false, false)
		tree.Body[0].(*ast.ExpressionStatement).Expression.(*ast.FunctionLiteral).Source = source
	}
	prg, err := compileAST(tree, false)
	if err != nil {
		return nil, syntaxErrorFromEngine(name, src, err)
	}
	return &Program{prg: prg, Name: name, Kind: Context}, nil
}

func functionHead(params []string) string {
	head := "(function ("
	for i, p := range params {
		if i > 0 {
			head += ", "
		}
		head += p
	}
	return head + ") {"
}

// functionSource is what the function's toString returns.
func functionSource(tree *ast.Program, params []string) string {
	return functionHead(params)[1:] + "\n" + tree.File.Source() + "\n}"
}
