package lang

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// mender changes in a parsed tree what goja would run wrongly: regular
// expression literals, import(…), and functions declared in blocks.
type mender struct {
	referrer string // whom import() and import.meta are answered for
	tree     *ast.Program
	kind     Kind
	err      error
	funcs    []*mendFunc
	classes  int // depth of classes, whose code is strict
	lists    []*mendList
}

// mendFunc is a function (or the program) that the walk is in.
type mendFunc struct {
	node    funcNode // zero for the program
	program *ast.Program
	strict  bool
	lists   int // len(mender.lists) at its start

	arrowArguments bool // an arrow function in it uses its arguments
}

type mendList struct {
	*stmtList
	names []ast.Expression // declared by a catch clause or a loop's head
}

// mend changes the tree in place. The error is a parser.ErrorList.
func mend(referrer string, tree *ast.Program, kind Kind) error {
	m := &mender{referrer: referrer, tree: tree, kind: kind}
	m.funcs = []*mendFunc{{program: tree, strict: kind == ESM || hasUseStrict(tree.Body)}}
	w := &walker{
		expr: m.expr,
		enterFunc: func(n funcNode) {
			strict := m.strict() || n.body != nil && hasUseStrict(n.body.List)
			m.funcs = append(m.funcs, &mendFunc{node: n, strict: strict, lists: len(m.lists)})
		},
		leaveFunc: func(n funcNode) {
			f := m.funcs[len(m.funcs)-1]
			m.funcs = m.funcs[:len(m.funcs)-1]
			if f.arrowArguments && n.body != nil {
				n.body.List = mentionArguments(n.body.List)
			}
		},
		enterClass: func(*ast.ClassLiteral) { m.classes++ },
		leaveClass: func(*ast.ClassLiteral) { m.classes-- },
		enterList: func(l *stmtList) {
			m.lists = append(m.lists, &mendList{stmtList: l})
			if !m.strict() {
				m.hoistBlockFunctions(l)
			}
		},
		leaveList: func(*stmtList) { m.lists = m.lists[:len(m.lists)-1] },
		enterScope: func(names []ast.Expression) {
			m.lists = append(m.lists, &mendList{stmtList: &stmtList{}, names: names})
		},
		leaveScope: func([]ast.Expression) { m.lists = m.lists[:len(m.lists)-1] },
		stmt:       m.bodyStatement,
	}
	w.program(tree)
	if m.funcs[0].arrowArguments && kind == CommonJS {
		tree.Body = mentionArguments(tree.Body)
	}
	return m.err
}

// noteArguments is called for each mention of arguments. goja miscompiles a
// function whose arguments are mentioned in arrow functions only.
func (m *mender) noteArguments() {
	i := len(m.funcs) - 1
	if !m.funcs[i].node.arrow {
		return
	}
	for i > 0 && m.funcs[i].node.arrow {
		i--
	}
	m.funcs[i].arrowArguments = true
}

// mentionArguments puts `if (0) { arguments }` behind the directives.
func mentionArguments(list []ast.Statement) []ast.Statement {
	at := directives(list)
	mention := &ast.IfStatement{
		Test:       &ast.NumberLiteral{Idx: 1, Literal: "0", Value: int64(0)},
		Consequent: &ast.ExpressionStatement{Expression: &ast.Identifier{Name: "arguments", Idx: 1}},
	}
	return append(append(append([]ast.Statement{}, list[:at]...), mention), list[at:]...)
}

func (m *mender) strict() bool { return m.classes > 0 || m.funcs[len(m.funcs)-1].strict }

func hasUseStrict(list []ast.Statement) bool {
	for _, s := range list {
		e, ok := s.(*ast.ExpressionStatement)
		if !ok {
			return false
		}
		lit, ok := e.Expression.(*ast.StringLiteral)
		if !ok {
			return false
		}
		if lit.Literal == `"use strict"` || lit.Literal == `'use strict'` {
			return true
		}
	}
	return false
}

func (m *mender) fail(at ast.Node, msg string) {
	if m.err == nil {
		pos := m.tree.File.Position(int(at.Idx0()) - 1)
		m.err = parser.ErrorList{{Position: pos, Message: msg}}
	}
}

func (m *mender) expr(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.RegExpLiteral:
		return m.regexp(e)
	case *ast.CallExpression:
		// V8 says where a call is by its callee's name, goja by the parenthesis.
		switch c := e.Callee.(type) {
		case *ast.Identifier:
			e.LeftParenthesis = c.Idx
		case *ast.DotExpression:
			e.LeftParenthesis = c.Identifier.Idx
		}
		id, ok := e.Callee.(*ast.Identifier)
		switch {
		case !ok:
		case id.Name == placeholderName:
			// import(x, options) becomes " import"(referrer, x, options).
			id.Name = hiddenImport
			e.ArgumentList = append([]ast.Expression{m.nameLiteral(id)}, e.ArgumentList...)
		case id.Name == "eval" && len(e.ArgumentList) > 0:
			if _, spread := e.ArgumentList[0].(*ast.SpreadElement); !spread {
				e.ArgumentList[0] = hiddenCall(hiddenEval, e.ArgumentList[0], e.ArgumentList[0])
			}
		}
	case *ast.DotExpression:
		if id, ok := e.Left.(*ast.Identifier); ok && id.Name == placeholderName && e.Identifier.Name == "meta" {
			if m.kind != ESM {
				m.fail(id, "Cannot use 'import.meta' outside a module")
				return e
			}
			return hiddenCall(hiddenImportMeta, m.nameLiteral(id), id)
		}
	case *ast.Identifier:
		if e.Name == "arguments" {
			m.noteArguments()
		}
	}
	return e
}

func (m *mender) nameLiteral(at *ast.Identifier) ast.Expression {
	return &ast.StringLiteral{Idx: at.Idx, Value: unistring.NewFromString(m.referrer)}
}

var placeholderName = unistring.NewFromString(importPlaceholder)

// bodyStatement handles `if (x) function f() {}`, which is a block with the
// function in it (ECMA-262 B.3.3).
func (m *mender) bodyStatement(s ast.Statement) ast.Statement {
	f, ok := s.(*ast.FunctionDeclaration)
	if !ok || m.strict() {
		return s
	}
	return &ast.BlockStatement{LeftBrace: f.Idx0(), List: []ast.Statement{f}, RightBrace: f.Idx1()}
}

// hoistBlockFunctions gives functions that are declared in blocks of sloppy
// code the variable of the same name in the enclosing function (ECMA-262
// B.3.2), which goja does not. Where code outside of the block uses the name,
// the declaration becomes an assignment at the block's start to a var; where
// none does, the block's own binding is all that anyone can see and it stays.
func (m *mender) hoistBlockFunctions(l *stmtList) {
	if l.isBody {
		return
	}
	if l.sw != nil {
		for _, c := range l.sw.Body {
			c.Consequent = m.hoistFrom(l, c.Consequent)
		}
		return
	}
	l.list = m.hoistFrom(l, l.list)
}

func (m *mender) hoistFrom(l *stmtList, list []ast.Statement) []ast.Statement {
	var assigned, rest []ast.Statement
	for i, s := range list {
		f, ok := s.(*ast.FunctionDeclaration)
		if !ok || f.Function.Async || f.Function.Generator || !m.hoistable(l, f) {
			if rest != nil {
				rest = append(rest, s)
			}
			continue
		}
		if rest == nil {
			rest = append([]ast.Statement{}, list[:i]...)
		}
		assigned = append(assigned, m.assignFunction(f))
	}
	if rest == nil {
		return list
	}
	return append(assigned, rest...)
}

// hoistable says whether the function gets a variable outside of its block.
func (m *mender) hoistable(l *stmtList, f *ast.FunctionDeclaration) bool {
	name := f.Function.Name.Name
	fn := m.funcs[len(m.funcs)-1]
	// A let, const or class of that name between the block and the function
	// would clash with the variable.
	for _, outer := range m.lists[fn.lists : len(m.lists)-1] {
		if declaresLexically(outer.list, name) {
			return false
		}
		if outer.sw != nil {
			for _, c := range outer.sw.Body {
				if declaresLexically(c.Consequent, name) {
					return false
				}
			}
		}
		for _, target := range outer.names {
			if bindsName(target, name) {
				return false
			}
		}
	}
	if fn.node.params != nil {
		for _, p := range fn.node.params.List {
			if bindsName(p.Target, name) {
				return false
			}
		}
		if bindsName(fn.node.params.Rest, name) {
			return false
		}
	}
	if fn.program != nil && (m.kind == Script || m.kind == Eval || m.kind == Context) {
		return true // another script may use it
	}
	inside := 0
	if l.sw != nil {
		inside = countName(l.sw, name)
	} else {
		for _, s := range l.list {
			inside += countName(s, name)
		}
	}
	total := 0
	if fn.program != nil {
		for _, s := range fn.program.Body {
			total += countName(s, name)
		}
	} else if fn.node.body != nil {
		total = countName(fn.node.body, name)
	}
	return total > inside
}

func (m *mender) assignFunction(f *ast.FunctionDeclaration) ast.Statement {
	fn := m.funcs[len(m.funcs)-1]
	id := f.Function.Name
	decl := &ast.VariableDeclaration{
		Var:  id.Idx,
		List: []*ast.Binding{{Target: &ast.Identifier{Name: id.Name, Idx: id.Idx}}},
	}
	if fn.program != nil {
		fn.program.DeclarationList = append(fn.program.DeclarationList, decl)
	} else {
		*fn.node.decls = append(*fn.node.decls, decl)
	}
	// Without a name of its own, the function takes the variable's, and a
	// function that replaces itself (f = …) assigns to that variable.
	literal := *f.Function
	literal.Name = nil
	return &ast.ExpressionStatement{Expression: &ast.AssignExpression{
		Operator: token.ASSIGN,
		Left:     &ast.Identifier{Name: id.Name, Idx: id.Idx},
		Right:    &literal,
	}}
}

func declaresLexically(list []ast.Statement, name unistring.String) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.LexicalDeclaration:
			for _, b := range s.List {
				if bindsName(b.Target, name) {
					return true
				}
			}
		case *ast.ClassDeclaration:
			if s.Class.Name != nil && s.Class.Name.Name == name {
				return true
			}
		}
	}
	return false
}

// bindsName says whether a binding target declares name.
func bindsName(e ast.Expression, name unistring.String) bool {
	found := false
	eachBoundName(e, func(id *ast.Identifier) { found = found || id.Name == name })
	return found
}

// eachBoundName calls f with every identifier that the target e declares.
func eachBoundName(e ast.Expression, f func(*ast.Identifier)) {
	switch e := e.(type) {
	case *ast.Identifier:
		f(e)
	case *ast.Binding:
		eachBoundName(e.Target, f)
	case *ast.AssignExpression:
		eachBoundName(e.Left, f)
	case *ast.ArrayPattern:
		for _, el := range e.Elements {
			eachBoundName(el, f)
		}
		eachBoundName(e.Rest, f)
	case *ast.ObjectPattern:
		for _, p := range e.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				f(&p.Name)
			case *ast.PropertyKeyed:
				eachBoundName(p.Value, f)
			}
		}
		eachBoundName(e.Rest, f)
	}
}

// countName counts references to name below s, whatever they resolve to.
func countName(s ast.Statement, name unistring.String) int {
	n := 0
	w := &walker{expr: func(e ast.Expression) ast.Expression {
		if id, ok := e.(*ast.Identifier); ok && id.Name == name {
			n++
		}
		return e
	}}
	w.statement(s)
	return n
}
