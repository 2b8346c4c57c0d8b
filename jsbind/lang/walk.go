package lang

import (
	"fmt"

	"github.com/dop251/goja/ast"
)

// walker visits a goja tree in source order. Its hooks may replace what they
// are given; nil hooks leave it. Hooks run before the children are visited.
type walker struct {
	// expr replaces an expression; the result's children are visited.
	expr func(ast.Expression) ast.Expression
	// enterFunc and leaveFunc surround the parameters and the body of every
	// function, method, arrow function and class static block.
	enterFunc func(f funcNode)
	leaveFunc func(f funcNode)
	// enterClass and leaveClass surround a class's heritage and body.
	enterClass, leaveClass func(*ast.ClassLiteral)
	// enterList and leaveList surround a statement list: a function's body, a
	// block, or the clauses of a switch statement as one list. leaveList's
	// result replaces the list (not for a switch).
	enterList func(l *stmtList)
	leaveList func(l *stmtList)
	// stmt replaces a statement that is the body of if, else, a label or a loop.
	stmt func(ast.Statement) ast.Statement
	// forTarget is given what a for-in or for-of loop assigns to, if it does
	// not declare it.
	forTarget func(ast.Expression)
	// enterScope and leaveScope surround catch clauses and loops whose head
	// declares names.
	enterScope, leaveScope func(names []ast.Expression)
}

// funcNode is any node with parameters and a body of its own.
type funcNode struct {
	params *ast.ParameterList // nil for static blocks
	body   *ast.BlockStatement
	arrow  bool
	decls  *[]*ast.VariableDeclaration
	name   *ast.Identifier // of a function expression or declaration
}

// stmtList is one list of statements that is a scope.
type stmtList struct {
	list   []ast.Statement
	sw     *ast.SwitchStatement // when the list is the clauses of a switch
	isBody bool                 // the body of a function or the top of the program
}

func (w *walker) program(p *ast.Program) {
	p.Body = w.list(p.Body, true)
}

func (w *walker) list(list []ast.Statement, isBody bool) []ast.Statement {
	l := &stmtList{list: list, isBody: isBody}
	if w.enterList != nil {
		w.enterList(l)
	}
	for i := range l.list {
		w.statement(l.list[i])
	}
	if w.leaveList != nil {
		w.leaveList(l)
	}
	return l.list
}

func (w *walker) block(b *ast.BlockStatement) {
	if b != nil {
		b.List = w.list(b.List, false)
	}
}

// body visits a statement that is not in a list.
func (w *walker) body(s ast.Statement) ast.Statement {
	if s == nil {
		return nil
	}
	if w.stmt != nil {
		s = w.stmt(s)
	}
	w.statement(s)
	return s
}

func (w *walker) scope(names []ast.Expression, f func()) {
	if len(names) == 0 || w.enterScope == nil {
		f()
		return
	}
	w.enterScope(names)
	f()
	w.leaveScope(names)
}

func (w *walker) statement(s ast.Statement) {
	switch s := s.(type) {
	case nil:
	case *ast.BadStatement, *ast.BranchStatement, *ast.DebuggerStatement, *ast.EmptyStatement:
	case *ast.BlockStatement:
		w.block(s)
	case *ast.DoWhileStatement:
		s.Body = w.body(s.Body)
		s.Test = w.expression(s.Test)
	case *ast.ExpressionStatement:
		s.Expression = w.expression(s.Expression)
	case *ast.ForInStatement:
		w.forInto(s.Into, &s.Source, &s.Body)
	case *ast.ForOfStatement:
		w.forInto(s.Into, &s.Source, &s.Body)
	case *ast.ForStatement:
		var names []ast.Expression
		if init, ok := s.Initializer.(*ast.ForLoopInitializerLexicalDecl); ok {
			names = targets(init.LexicalDeclaration.List)
		}
		w.scope(names, func() {
			switch init := s.Initializer.(type) {
			case nil:
			case *ast.ForLoopInitializerExpression:
				init.Expression = w.expression(init.Expression)
			case *ast.ForLoopInitializerVarDeclList:
				w.bindings(init.List)
			case *ast.ForLoopInitializerLexicalDecl:
				w.bindings(init.LexicalDeclaration.List)
			}
			s.Test = w.expression(s.Test)
			s.Update = w.expression(s.Update)
			s.Body = w.body(s.Body)
		})
	case *ast.IfStatement:
		s.Test = w.expression(s.Test)
		s.Consequent = w.body(s.Consequent)
		s.Alternate = w.body(s.Alternate)
	case *ast.LabelledStatement:
		s.Statement = w.body(s.Statement)
	case *ast.ReturnStatement:
		s.Argument = w.expression(s.Argument)
	case *ast.SwitchStatement:
		s.Discriminant = w.expression(s.Discriminant)
		l := &stmtList{sw: s}
		if w.enterList != nil {
			w.enterList(l)
		}
		for _, c := range s.Body {
			c.Test = w.expression(c.Test)
			for i := range c.Consequent {
				w.statement(c.Consequent[i])
			}
		}
		if w.leaveList != nil {
			w.leaveList(l)
		}
	case *ast.ThrowStatement:
		s.Argument = w.expression(s.Argument)
	case *ast.TryStatement:
		w.block(s.Body)
		if s.Catch != nil {
			var names []ast.Expression
			if s.Catch.Parameter != nil {
				names = []ast.Expression{s.Catch.Parameter}
			}
			w.scope(names, func() {
				w.pattern(s.Catch.Parameter)
				w.block(s.Catch.Body)
			})
		}
		w.block(s.Finally)
	case *ast.VariableStatement:
		w.bindings(s.List)
	case *ast.LexicalDeclaration:
		w.bindings(s.List)
	case *ast.WhileStatement:
		s.Test = w.expression(s.Test)
		s.Body = w.body(s.Body)
	case *ast.WithStatement:
		s.Object = w.expression(s.Object)
		s.Body = w.body(s.Body)
	case *ast.FunctionDeclaration:
		w.function(s.Function)
	case *ast.ClassDeclaration:
		w.class(s.Class)
	default:
		panic(fmt.Sprintf("lang: unknown statement %T", s))
	}
}

func (w *walker) forInto(into ast.ForInto, source *ast.Expression, body *ast.Statement) {
	var names []ast.Expression
	if d, ok := into.(*ast.ForDeclaration); ok {
		names = []ast.Expression{d.Target}
	}
	w.scope(names, func() {
		switch into := into.(type) {
		case *ast.ForIntoVar:
			w.binding(into.Binding)
		case *ast.ForDeclaration:
			w.pattern(into.Target)
		case *ast.ForIntoExpression:
			if w.forTarget != nil {
				w.forTarget(into.Expression)
			}
			into.Expression = w.expression(into.Expression)
		}
		*source = w.expression(*source)
		*body = w.body(*body)
	})
}

func targets(list []*ast.Binding) []ast.Expression {
	names := make([]ast.Expression, len(list))
	for i, b := range list {
		names[i] = b.Target
	}
	return names
}

func (w *walker) bindings(list []*ast.Binding) {
	for _, b := range list {
		w.binding(b)
	}
}

func (w *walker) binding(b *ast.Binding) {
	w.pattern(b.Target)
	b.Initializer = w.expression(b.Initializer)
}

// pattern visits a target that declares names: identifiers in it are
// declarations, not references, and are not given to expr.
func (w *walker) pattern(e ast.Expression) {
	switch e := e.(type) {
	case nil, *ast.Identifier, *ast.BadExpression:
	case *ast.Binding:
		w.binding(e)
	case *ast.AssignExpression: // an element with a default value
		w.pattern(e.Left)
		e.Right = w.expression(e.Right)
	case *ast.ArrayPattern:
		for _, el := range e.Elements {
			w.pattern(el)
		}
		w.pattern(e.Rest)
	case *ast.ObjectPattern:
		for _, p := range e.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				p.Initializer = w.expression(p.Initializer)
			case *ast.PropertyKeyed:
				if p.Computed {
					p.Key = w.expression(p.Key)
				}
				w.pattern(p.Value)
			}
		}
		w.pattern(e.Rest)
	default:
		// A member expression in an assignment pattern.
		w.expression(e)
	}
}

func (w *walker) parameters(p *ast.ParameterList) {
	if p == nil {
		return
	}
	w.bindings(p.List)
	w.pattern(p.Rest)
}

func (w *walker) function(f *ast.FunctionLiteral) {
	if f == nil {
		return
	}
	n := funcNode{params: f.ParameterList, body: f.Body, decls: &f.DeclarationList, name: f.Name}
	w.enter(n)
	w.parameters(f.ParameterList)
	f.Body.List = w.list(f.Body.List, true)
	w.leave(n)
}

func (w *walker) enter(n funcNode) {
	if w.enterFunc != nil {
		w.enterFunc(n)
	}
}

func (w *walker) leave(n funcNode) {
	if w.leaveFunc != nil {
		w.leaveFunc(n)
	}
}

func (w *walker) arrow(f *ast.ArrowFunctionLiteral) {
	body, _ := f.Body.(*ast.BlockStatement)
	n := funcNode{params: f.ParameterList, body: body, arrow: true, decls: &f.DeclarationList}
	w.enter(n)
	w.parameters(f.ParameterList)
	if body != nil {
		body.List = w.list(body.List, true)
	} else if e, ok := f.Body.(*ast.ExpressionBody); ok {
		e.Expression = w.expression(e.Expression)
	}
	w.leave(n)
}

func (w *walker) class(c *ast.ClassLiteral) {
	if w.enterClass != nil {
		w.enterClass(c)
	}
	c.SuperClass = w.expression(c.SuperClass)
	for _, el := range c.Body {
		switch el := el.(type) {
		case *ast.FieldDefinition:
			if el.Computed {
				el.Key = w.expression(el.Key)
			}
			el.Initializer = w.expression(el.Initializer)
		case *ast.MethodDefinition:
			if el.Computed {
				el.Key = w.expression(el.Key)
			}
			w.function(el.Body)
		case *ast.ClassStaticBlock:
			n := funcNode{body: el.Block, decls: &el.DeclarationList}
			w.enter(n)
			el.Block.List = w.list(el.Block.List, true)
			w.leave(n)
		}
	}
	if w.leaveClass != nil {
		w.leaveClass(c)
	}
}

func (w *walker) expressions(list []ast.Expression) {
	for i := range list {
		list[i] = w.expression(list[i])
	}
}

func (w *walker) expression(e ast.Expression) ast.Expression {
	if e == nil {
		return nil
	}
	if w.expr != nil {
		e = w.expr(e)
	}
	switch e := e.(type) {
	case *ast.YieldExpression:
		e.Argument = w.expression(e.Argument)
	case *ast.AwaitExpression:
		e.Argument = w.expression(e.Argument)
	case *ast.ArrayLiteral:
		w.expressions(e.Value)
	case *ast.ArrayPattern, *ast.ObjectPattern:
		w.assignTarget(e)
	case *ast.AssignExpression:
		e.Left = w.expression(e.Left)
		e.Right = w.expression(e.Right)
	case *ast.BinaryExpression:
		// Long chains of + lean left; a loop keeps the stack flat.
		for {
			e.Right = w.expression(e.Right)
			left, ok := e.Left.(*ast.BinaryExpression)
			if !ok {
				break
			}
			e = left
		}
		e.Left = w.expression(e.Left)
	case *ast.BracketExpression:
		e.Left = w.expression(e.Left)
		e.Member = w.expression(e.Member)
	case *ast.CallExpression:
		e.Callee = w.expression(e.Callee)
		w.expressions(e.ArgumentList)
	case *ast.ConditionalExpression:
		e.Test = w.expression(e.Test)
		e.Consequent = w.expression(e.Consequent)
		e.Alternate = w.expression(e.Alternate)
	case *ast.DotExpression:
		e.Left = w.expression(e.Left)
	case *ast.PrivateDotExpression:
		e.Left = w.expression(e.Left)
	case *ast.OptionalChain:
		e.Expression = w.expression(e.Expression)
	case *ast.Optional:
		e.Expression = w.expression(e.Expression)
	case *ast.FunctionLiteral:
		w.function(e)
	case *ast.ClassLiteral:
		w.class(e)
	case *ast.ArrowFunctionLiteral:
		w.arrow(e)
	case *ast.NewExpression:
		e.Callee = w.expression(e.Callee)
		w.expressions(e.ArgumentList)
	case *ast.ObjectLiteral:
		for i, p := range e.Value {
			switch p := p.(type) {
			case *ast.PropertyKeyed:
				if p.Computed {
					p.Key = w.expression(p.Key)
				}
				p.Value = w.expression(p.Value)
			case *ast.PropertyShort:
				p.Initializer = w.expression(p.Initializer)
				// {a} refers to a: if that is replaced, it becomes {a: …}.
				if w.expr != nil {
					id := p.Name
					if r := w.expr(&id); r != ast.Expression(&id) {
						e.Value[i] = &ast.PropertyKeyed{
							Key:   &ast.StringLiteral{Idx: id.Idx, Value: p.Name.Name},
							Kind:  ast.PropertyKindValue,
							Value: r,
						}
					}
				}
			case *ast.SpreadElement:
				p.Expression = w.expression(p.Expression)
			}
		}
	case *ast.SequenceExpression:
		w.expressions(e.Sequence)
	case *ast.SpreadElement:
		e.Expression = w.expression(e.Expression)
	case *ast.TemplateLiteral:
		e.Tag = w.expression(e.Tag)
		w.expressions(e.Expressions)
	case *ast.UnaryExpression:
		e.Operand = w.expression(e.Operand)
	case *ast.Binding:
		e.Initializer = w.expression(e.Initializer)
	}
	return e
}

// assignTarget visits a destructuring assignment, whose identifiers are
// references.
func (w *walker) assignTarget(e ast.Expression) {
	switch e := e.(type) {
	case *ast.ArrayPattern:
		for i := range e.Elements {
			e.Elements[i] = w.expression(e.Elements[i])
		}
		e.Rest = w.expression(e.Rest)
	case *ast.ObjectPattern:
		for _, p := range e.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				p.Initializer = w.expression(p.Initializer)
			case *ast.PropertyKeyed:
				if p.Computed {
					p.Key = w.expression(p.Key)
				}
				p.Value = w.expression(p.Value)
			}
		}
		e.Rest = w.expression(e.Rest)
	}
}
