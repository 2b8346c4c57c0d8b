package lang

import (
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/unistring"
)

// The names of esbuild's helpers that lowered async generators call.
const (
	helperAsyncGenerator = "__asyncGenerator"
	helperAwait          = "__await"
	helperYieldStar      = "__yieldStar"
)

// usesHelperNames says whether the program's own text has the helpers' names;
// then its output is left to esbuild's helpers.
func usesHelperNames(src string) bool {
	return strings.Contains(src, helperAsyncGenerator) || strings.Contains(src, helperAwait) || strings.Contains(src, helperYieldStar)
}

// nativeGenerators makes esbuild's output use asyncgen.go instead of its own
// helpers: an await is `yield " await"(x)`, a yield* is `yield " delegate"(x)`,
// a return awaits its value, and functions that return such a generator are
// marked as async generator functions.
func nativeGenerators(tree *ast.Program) {
	depth := 0                         // of functions
	var bodies []int                   // the depths of generators' bodies
	var pending []*ast.FunctionLiteral // bodies that are about to be entered
	inBody := func() bool { return len(bodies) > 0 && bodies[len(bodies)-1] == depth }
	methods := make(map[*ast.FunctionLiteral]bool)
	names := make(map[*ast.FunctionLiteral]unistring.String)
	noteName := func(target, value ast.Expression) {
		f, ok := value.(*ast.FunctionLiteral)
		if !ok || f.Name != nil {
			return
		}
		switch t := target.(type) {
		case *ast.Identifier:
			names[f] = t.Name
		case *ast.StringLiteral:
			names[f] = t.Value
		}
	}
	w := &walker{}
	w.expr = func(e ast.Expression) ast.Expression {
		switch e := e.(type) {
		case *ast.CallExpression:
			if callee(e, helperAsyncGenerator) && len(e.ArgumentList) == 3 {
				if body, ok := e.ArgumentList[2].(*ast.FunctionLiteral); ok {
					e.Callee.(*ast.Identifier).Name = hiddenAsyncGenerator
					pending = append(pending, body)
				}
			}
		case *ast.YieldExpression:
			if !inBody() {
				return e
			}
			switch x := e.Argument.(type) {
			case *ast.NewExpression:
				if id, ok := x.Callee.(*ast.Identifier); ok && id.Name == helperAwait && len(x.ArgumentList) == 1 {
					e.Argument = hiddenCall(hiddenAwait, x.ArgumentList[0], x)
				}
			case *ast.CallExpression:
				if e.Delegate && callee(x, helperYieldStar) && len(x.ArgumentList) == 1 {
					e.Delegate = false
					x.Callee.(*ast.Identifier).Name = hiddenDelegate
				}
			}
		case *ast.AssignExpression:
			noteName(e.Left, e.Right)
		case *ast.ObjectLiteral:
			for _, p := range e.Value {
				p, ok := p.(*ast.PropertyKeyed)
				if !ok {
					continue
				}
				if f, ok := p.Value.(*ast.FunctionLiteral); ok && p.Kind != ast.PropertyKindValue {
					methods[f] = true
				} else if !p.Computed {
					noteName(p.Key, p.Value)
				}
			}
		case *ast.FunctionLiteral:
			if !methods[e] && returnsAsyncGenerator(e) {
				name := names[e]
				methods[e] = true // so that the visit of the call's argument stops here
				call := hiddenCall(hiddenAsyncFunction, e, e)
				if e.Name == nil {
					call.ArgumentList = append(call.ArgumentList, &ast.StringLiteral{Idx: e.Idx0(), Value: name})
				}
				return call
			}
		}
		return e
	}
	w.enterFunc = func(n funcNode) {
		depth++
		if len(pending) > 0 && n.body == pending[len(pending)-1].Body {
			pending = pending[:len(pending)-1]
			bodies = append(bodies, depth)
		}
	}
	w.leaveFunc = func(funcNode) {
		if inBody() {
			bodies = bodies[:len(bodies)-1]
		}
		depth--
	}
	w.enterList = func(l *stmtList) {
		for _, s := range l.list {
			noteNames(s, noteName)
			if r, ok := s.(*ast.ReturnStatement); ok {
				awaitReturn(r, inBody())
			}
		}
		if l.sw != nil {
			for _, c := range l.sw.Body {
				for _, s := range c.Consequent {
					noteNames(s, noteName)
					if r, ok := s.(*ast.ReturnStatement); ok {
						awaitReturn(r, inBody())
					}
				}
			}
		}
	}
	w.stmt = func(s ast.Statement) ast.Statement {
		if r, ok := s.(*ast.ReturnStatement); ok {
			awaitReturn(r, inBody())
		}
		return s
	}
	w.leaveList = func(l *stmtList) {
		var marks []ast.Statement
		for _, s := range l.list {
			f, ok := s.(*ast.FunctionDeclaration)
			if ok && returnsAsyncGenerator(f.Function) {
				id := *f.Function.Name
				marks = append(marks, &ast.ExpressionStatement{Expression: hiddenCall(hiddenAsyncFunction, &id, f)})
			}
		}
		if marks != nil {
			at := directives(l.list)
			l.list = append(append(append([]ast.Statement{}, l.list[:at]...), marks...), l.list[at:]...)
		}
	}
	w.program(tree)
}

// noteNames passes the declarators of a statement on.
func noteNames(s ast.Statement, note func(target, value ast.Expression)) {
	var list []*ast.Binding
	switch s := s.(type) {
	case *ast.VariableStatement:
		list = s.List
	case *ast.LexicalDeclaration:
		list = s.List
	}
	for _, b := range list {
		note(b.Target, b.Initializer)
	}
}

// awaitReturn makes return x wait for x, where it is the generator's own.
func awaitReturn(r *ast.ReturnStatement, own bool) {
	if own && r.Argument != nil {
		r.Argument = &ast.YieldExpression{Yield: r.Return, Argument: hiddenCall(hiddenAwait, r.Argument, r)}
	}
}

// directives returns how many statements the directive prologue has.
func directives(list []ast.Statement) int {
	for i, s := range list {
		e, ok := s.(*ast.ExpressionStatement)
		if !ok {
			return i
		}
		if _, ok := e.Expression.(*ast.StringLiteral); !ok {
			return i
		}
	}
	return len(list)
}

func callee(e *ast.CallExpression, name unistring.String) bool {
	id, ok := e.Callee.(*ast.Identifier)
	return ok && id.Name == name
}

// returnsAsyncGenerator recognises a lowered async generator function: its last
// statement returns a call of the helper.
func returnsAsyncGenerator(f *ast.FunctionLiteral) bool {
	n := len(f.Body.List)
	if n == 0 || f.Generator || f.Async {
		return false
	}
	r, ok := f.Body.List[n-1].(*ast.ReturnStatement)
	if !ok {
		return false
	}
	call, ok := r.Argument.(*ast.CallExpression)
	return ok && (callee(call, helperAsyncGenerator) || callee(call, hiddenAsyncGenerator))
}

// hiddenCall makes a call of a hidden name.
func hiddenCall(name unistring.String, x ast.Expression, at ast.Node) *ast.CallExpression {
	pos := at.Idx0()
	return &ast.CallExpression{
		Callee:           &ast.Identifier{Name: name, Idx: pos},
		LeftParenthesis:  pos,
		ArgumentList:     []ast.Expression{x},
		RightParenthesis: pos,
	}
}
