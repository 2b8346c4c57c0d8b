package lang

import (
	"strconv"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// Names inside of a module's wrapper function.
const (
	moduleRegister unistring.String = " register" // takes the getters of the exports
	moduleExports  unistring.String = " exports"
	moduleConstant unistring.String = " constant" // stands for an import that is assigned to
)

func moduleNamespace(request int) unistring.String {
	return unistring.String(" ns" + strconv.Itoa(request))
}

// importRenamer replaces references to imported names by properties of the
// namespace that they come from, so that they follow the exporter's variable.
type importRenamer struct {
	assigned bool // whether an import is assigned to, which throws when it runs

	imports map[unistring.String]importName
	shadow  map[unistring.String]int // how many scopes around declare the name
	undo    [][]unistring.String
}

func renameImports(tree *ast.Program, imports []importName) {
	if len(imports) == 0 {
		return
	}
	r := &importRenamer{imports: make(map[unistring.String]importName), shadow: make(map[unistring.String]int)}
	for _, n := range imports {
		r.imports[unistring.NewFromString(n.local)] = n
	}
	w := &walker{
		expr: r.expr,
		enterFunc: func(n funcNode) {
			var names []unistring.String
			if n.name != nil {
				names = append(names, n.name.Name)
			}
			note := func(id *ast.Identifier) { names = append(names, id.Name) }
			if n.params != nil {
				for _, p := range n.params.List {
					eachBoundName(p.Target, note)
				}
				eachBoundName(n.params.Rest, note)
			}
			for _, d := range *n.decls {
				for _, b := range d.List {
					eachBoundName(b.Target, note)
				}
			}
			r.push(names)
		},
		leaveFunc: func(funcNode) { r.pop() },
		enterClass: func(c *ast.ClassLiteral) {
			var names []unistring.String
			if c.Name != nil {
				names = append(names, c.Name.Name)
			}
			r.push(names)
		},
		leaveClass: func(*ast.ClassLiteral) { r.pop() },
		enterList: func(l *stmtList) {
			names := lexicalNames(nil, l.list)
			if l.sw != nil {
				for _, c := range l.sw.Body {
					names = lexicalNames(names, c.Consequent)
				}
			}
			r.push(names)
		},
		leaveList: func(*stmtList) { r.pop() },
		enterScope: func(targets []ast.Expression) {
			var names []unistring.String
			for _, t := range targets {
				eachBoundName(t, func(id *ast.Identifier) { names = append(names, id.Name) })
			}
			r.push(names)
		},
		leaveScope: func([]ast.Expression) { r.pop() },
	}
	w.program(tree)
	if r.assigned {
		tree.Body = append([]ast.Statement{&ast.LexicalDeclaration{Idx: 1, Token: token.CONST, List: []*ast.Binding{{
			Target:      &ast.Identifier{Name: moduleConstant, Idx: 1},
			Initializer: &ast.NumberLiteral{Idx: 1, Literal: "0", Value: int64(0)},
		}}}}, tree.Body...)
	}
}

// lexicalNames appends the names that a list of statements declares for itself.
func lexicalNames(names []unistring.String, list []ast.Statement) []unistring.String {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.LexicalDeclaration:
			for _, b := range s.List {
				eachBoundName(b.Target, func(id *ast.Identifier) { names = append(names, id.Name) })
			}
		case *ast.ClassDeclaration:
			names = append(names, s.Class.Name.Name)
		case *ast.FunctionDeclaration:
			names = append(names, s.Function.Name.Name)
		}
	}
	return names
}

func (r *importRenamer) push(names []unistring.String) {
	var mine []unistring.String
	for _, n := range names {
		if _, ok := r.imports[n]; ok {
			r.shadow[n]++
			mine = append(mine, n)
		}
	}
	r.undo = append(r.undo, mine)
}

func (r *importRenamer) pop() {
	last := len(r.undo) - 1
	for _, n := range r.undo[last] {
		r.shadow[n]--
	}
	r.undo = r.undo[:last]
}

// reference returns what id stands for if it is an imported name.
func (r *importRenamer) reference(e ast.Expression) (ast.Expression, bool) {
	id, ok := e.(*ast.Identifier)
	if !ok || r.shadow[id.Name] > 0 {
		return nil, false
	}
	n, ok := r.imports[id.Name]
	if !ok {
		return nil, false
	}
	ns := &ast.Identifier{Name: moduleNamespace(n.request), Idx: id.Idx}
	if n.imported == "" {
		return ns, true
	}
	return &ast.BracketExpression{
		Left:         ns,
		Member:       &ast.StringLiteral{Idx: id.Idx, Value: unistring.NewFromString(n.imported)},
		LeftBracket:  id.Idx,
		RightBracket: id.Idx,
	}, true
}

// plain makes a call's callee a value, so that the namespace is not its this.
func plain(e ast.Expression) ast.Expression {
	if _, ok := e.(*ast.BracketExpression); !ok {
		return e
	}
	return &ast.SequenceExpression{Sequence: []ast.Expression{&ast.NumberLiteral{Idx: e.Idx0(), Literal: "0", Value: int64(0)}, e}}
}

func (r *importRenamer) expr(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.CallExpression:
		callee := &e.Callee
		if opt, ok := e.Callee.(*ast.Optional); ok {
			callee = &opt.Expression
		}
		if x, ok := r.reference(*callee); ok {
			e.LeftParenthesis = (*callee).Idx0()
			*callee = plain(x)
		}
	case *ast.TemplateLiteral:
		if e.Tag != nil {
			if x, ok := r.reference(e.Tag); ok {
				e.Tag = plain(x)
			}
		}
	case *ast.AssignExpression:
		e.Left = r.constant(e.Left)
	case *ast.UnaryExpression:
		if e.Operator == token.INCREMENT || e.Operator == token.DECREMENT {
			e.Operand = r.constant(e.Operand)
		}
	case *ast.Identifier:
		if x, ok := r.reference(e); ok {
			return x
		}
	}
	return e
}

// constant replaces an import that is assigned to by a constant variable.
func (r *importRenamer) constant(target ast.Expression) ast.Expression {
	x, ok := r.reference(target)
	if !ok {
		return target
	}
	r.assigned = true
	return &ast.Identifier{Name: moduleConstant, Idx: x.Idx0()}
}

// assignedNames returns the names that the tree assigns to, apart from their
// declarations, whatever scope they are of.
func assignedNames(tree *ast.Program) map[unistring.String]bool {
	names := make(map[unistring.String]bool)
	note := func(e ast.Expression) {
		eachBoundName(e, func(id *ast.Identifier) { names[id.Name] = true })
	}
	w := &walker{expr: func(e ast.Expression) ast.Expression {
		switch e := e.(type) {
		case *ast.AssignExpression:
			note(e.Left)
		case *ast.UnaryExpression:
			if e.Operator == token.INCREMENT || e.Operator == token.DECREMENT {
				note(e.Operand)
			}
		}
		return e
	}}
	w.forTarget = note
	w.program(tree)
	return names
}

// mentionsAwait says whether the tree, parsed as a script, has an identifier
// await: in a module that is always the keyword.
func mentionsAwait(tree *ast.Program) bool {
	found := false
	w := &walker{expr: func(e ast.Expression) ast.Expression {
		if id, ok := e.(*ast.Identifier); ok && id.Name == "await" {
			found = true
		}
		return e
	}}
	w.program(tree)
	return found
}

// yieldAwaits makes each top-level await of a module a yield: the body is a
// generator, which Module drives. What is awaited goes through the function
// " register", which is told which await it is.
func yieldAwaits(tree *ast.Program, info *ModuleInfo) {
	depth := 0
	w := &walker{
		expr: func(e ast.Expression) ast.Expression {
			if a, ok := e.(*ast.AwaitExpression); ok && depth == 0 {
				p := tree.File.Position(int(a.Await) - 1)
				n := int64(len(info.awaits))
				info.awaits = append(info.awaits, [2]int{p.Line, p.Column})
				return &ast.YieldExpression{Yield: a.Await, Argument: &ast.CallExpression{
					Callee:           &ast.Identifier{Name: moduleRegister, Idx: a.Await},
					ArgumentList:     []ast.Expression{&ast.NumberLiteral{Idx: a.Await, Literal: strconv.FormatInt(n, 10), Value: n}, a.Argument},
					LeftParenthesis:  a.Await,
					RightParenthesis: a.Await,
				}}
			}
			return e
		},
		enterFunc: func(funcNode) { depth++ },
		leaveFunc: func(funcNode) { depth-- },
	}
	w.program(tree)
}

// wrapModule turns a module's statements into a program whose value is the
// generator function (" register", " ns0", …) that runs it. The generator stops
// first once its functions are there and its exports are registered, and then
// at every top-level await.
func wrapModule(tree *ast.Program, info *ModuleInfo) *ast.Program {
	names := []string{string(moduleRegister)}
	for i := range info.Requests {
		names = append(names, string(moduleNamespace(i)))
	}
	call := &ast.CallExpression{
		Callee:          &ast.Identifier{Name: moduleRegister, Idx: 1},
		ArgumentList:    []ast.Expression{&ast.Identifier{Name: moduleExports, Idx: 1}},
		LeftParenthesis: 1, RightParenthesis: 1,
	}
	if info.Async {
		yieldAwaits(tree, info)
	}
	tree.Body = append([]ast.Statement{
		&ast.ExpressionStatement{Expression: call},
		&ast.ExpressionStatement{Expression: &ast.YieldExpression{Yield: 1}},
	}, tree.Body...)
	return wrapFunction(tree, nil, names, false, true)
}
