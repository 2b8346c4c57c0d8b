package lang

import (
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// CommonJSExports guesses, without running it, the names that a CommonJS module
// exports, for import declarations
// (https://nodejs.org/docs/latest-v24.x/api/esm.html#commonjs-namespaces), and
// the specifiers of modules whose exports it passes on. It knows the patterns
// that people, TypeScript and Babel write; what it misses is still in default.
func CommonJSExports(name, src string) (names, reexports []string) {
	transformed := false
	tree, err := parse(name, src, CommonJS)
	if err != nil {
		transformed = true
		t, errs := transform(name, src, 0, false)
		if errs != nil {
			return nil, nil
		}
		if tree, err = parse(name, t.code, CommonJS); err != nil {
			return nil, nil
		}
	}
	c := &exportCollector{required: make(map[unistring.String]string)}
	w := &walker{expr: c.expr, enterList: func(l *stmtList) { c.requires(l.list) }}
	w.program(tree)
	if transformed {
		// What bundlers leave for Node to read is dead code, and gone.
		if hint, err := parse(name, deadExports(src), CommonJS); err == nil {
			w.program(hint)
		}
	}
	return c.names, c.reexports
}

// deadExports returns the assignment of 0 && (module.exports = { … }).
func deadExports(src string) string {
	i := strings.LastIndex(src, "0 && (module.exports = {")
	if i < 0 {
		return ""
	}
	src = src[i+len("0 && ("):]
	end := strings.IndexByte(src, '}')
	if end < 0 {
		return ""
	}
	return src[:end+1]
}

type exportCollector struct {
	names, reexports []string
	required         map[unistring.String]string // variables that hold a required module
}

func (c *exportCollector) add(name string) {
	if !slices.Contains(c.names, name) {
		c.names = append(c.names, name)
	}
}

func (c *exportCollector) reexport(specifier string) {
	if !slices.Contains(c.reexports, specifier) {
		c.reexports = append(c.reexports, specifier)
	}
}

// requires notes var x = require('y') and x = _interop(require('y')).
func (c *exportCollector) requires(list []ast.Statement) {
	for _, s := range list {
		noteNames(s, func(target, value ast.Expression) {
			id, ok := target.(*ast.Identifier)
			if !ok {
				return
			}
			if s, ok := requireArgument(value); ok {
				c.required[id.Name] = s
			} else if call, ok := value.(*ast.CallExpression); ok && len(call.ArgumentList) > 0 {
				if s, ok := requireArgument(call.ArgumentList[0]); ok {
					c.required[id.Name] = s
				}
			}
		})
	}
}

// requireArgument returns y of require('y').
func requireArgument(e ast.Expression) (string, bool) {
	call, ok := e.(*ast.CallExpression)
	if !ok || !callee(call, "require") || len(call.ArgumentList) != 1 {
		return "", false
	}
	s, ok := call.ArgumentList[0].(*ast.StringLiteral)
	if !ok {
		return "", false
	}
	return s.Value.String(), true
}

func isIdentifier(e ast.Expression, name unistring.String) bool {
	id, ok := e.(*ast.Identifier)
	return ok && id.Name == name
}

// isModuleExports says whether e is module.exports.
func isModuleExports(e ast.Expression) bool {
	d, ok := e.(*ast.DotExpression)
	return ok && d.Identifier.Name == "exports" && isIdentifier(d.Left, "module")
}

func isExports(e ast.Expression) bool { return isIdentifier(e, "exports") || isModuleExports(e) }

func (c *exportCollector) expr(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.AssignExpression:
		if e.Operator == token.ASSIGN {
			c.assign(e)
		}
	case *ast.BinaryExpression:
		// Node's lexer takes == for an assignment.
		if left, ok := e.Left.(*ast.DotExpression); ok && isExports(left.Left) && (e.Operator == token.EQUAL || e.Operator == token.STRICT_EQUAL) {
			c.add(left.Identifier.Name.String())
		}
	case *ast.CallExpression:
		c.call(e)
	}
	return e
}

func (c *exportCollector) assign(e *ast.AssignExpression) {
	switch left := e.Left.(type) {
	case *ast.DotExpression:
		if isExports(left.Left) {
			c.add(left.Identifier.Name.String())
			return
		}
		if !isModuleExports(left) {
			return
		}
		c.reexports = nil // the last one counts
		if s, ok := requireArgument(e.Right); ok {
			c.reexport(s)
			return
		}
		o, ok := e.Right.(*ast.ObjectLiteral)
		if !ok {
			return
		}
		c.literal(o)
	case *ast.BracketExpression:
		if key, ok := left.Member.(*ast.StringLiteral); ok && isExports(left.Left) {
			c.add(key.Value.String())
		}
	}
}

// literal takes the keys of module.exports = { … } up to the first member that
// is more than a name.
func (c *exportCollector) literal(o *ast.ObjectLiteral) {
	for _, p := range o.Value {
		switch p := p.(type) {
		case *ast.PropertyShort:
			c.add(p.Name.Name.String())
		case *ast.PropertyKeyed:
			key, ok := p.Key.(*ast.StringLiteral)
			fn, _ := p.Value.(*ast.FunctionLiteral)
			switch {
			case !ok || p.Computed:
				return
			case p.Kind == ast.PropertyKindGet || p.Kind == ast.PropertyKindSet:
				c.add(string(p.Kind))
				return
			case p.Kind == ast.PropertyKindMethod && fn != nil && fn.Async:
				c.add("async")
				return
			case p.Kind == ast.PropertyKindMethod:
				c.add(key.Value.String())
				return
			}
			begins, ends := word(p.Value)
			if begins {
				c.add(key.Value.String())
			}
			if !ends {
				return
			}
		case *ast.SpreadElement:
			if s, ok := requireArgument(p.Expression); ok {
				c.reexport(s)
			} else if _, simple := word(p.Expression); !simple {
				return
			}
		}
	}
}

// word says whether an expression begins with a word, and whether it is one.
func word(e ast.Expression) (begins, only bool) {
	switch e := e.(type) {
	case *ast.Identifier, *ast.NullLiteral, *ast.BooleanLiteral, *ast.ThisExpression:
		return true, true
	case *ast.FunctionLiteral, *ast.ClassLiteral, *ast.NewExpression, *ast.AwaitExpression:
		return true, false
	case *ast.DotExpression:
		begins, _ = word(e.Left)
	case *ast.BracketExpression:
		begins, _ = word(e.Left)
	case *ast.CallExpression:
		begins, _ = word(e.Callee)
	case *ast.BinaryExpression:
		begins, _ = word(e.Left)
	case *ast.ConditionalExpression:
		begins, _ = word(e.Test)
	case *ast.UnaryExpression:
		begins = e.Operator == token.TYPEOF || e.Operator == token.VOID || e.Operator == token.DELETE
	case *ast.ArrowFunctionLiteral:
		begins = e.Async
	}
	return begins, false
}

// plainGetter says whether a function only returns a name or a member of one.
func plainGetter(e ast.Expression) bool {
	fn, ok := e.(*ast.FunctionLiteral)
	if !ok || len(fn.ParameterList.List) > 0 || len(fn.Body.List) != 1 {
		return false
	}
	r, ok := fn.Body.List[0].(*ast.ReturnStatement)
	if !ok {
		return false
	}
	switch x := r.Argument.(type) {
	case *ast.Identifier:
		return true
	case *ast.DotExpression:
		_, ok = x.Left.(*ast.Identifier)
		return ok
	case *ast.BracketExpression:
		_, ok = x.Left.(*ast.Identifier)
		_, text := x.Member.(*ast.StringLiteral)
		return ok && text
	}
	return false
}

// describes says whether the descriptor of a defineProperty is one that counts:
// enumerable: true, if that is there, and then a value or a plain getter.
func describes(d *ast.ObjectLiteral) bool {
	for i, p := range d.Value {
		k, ok := p.(*ast.PropertyKeyed)
		if !ok {
			return false
		}
		key, ok := k.Key.(*ast.StringLiteral)
		if !ok {
			return false
		}
		switch key.Value {
		case "enumerable":
			if yes, ok := k.Value.(*ast.BooleanLiteral); !ok || !yes.Value || i > 0 {
				return false
			}
		case "value":
			return true
		case "get":
			return plainGetter(k.Value) && i == len(d.Value)-1
		default:
			return false
		}
	}
	return false
}

func (c *exportCollector) call(e *ast.CallExpression) {
	name := unistring.String("")
	var object ast.Expression
	switch f := e.Callee.(type) {
	case *ast.Identifier:
		name = f.Name
	case *ast.DotExpression:
		name, object = f.Identifier.Name, f.Left
	}
	switch name {
	case "defineProperty":
		// Object.defineProperty(exports, 'x', { enumerable: true, get: … })
		if !isIdentifier(object, "Object") || len(e.ArgumentList) < 3 || !isExports(e.ArgumentList[0]) {
			return
		}
		key, ok := e.ArgumentList[1].(*ast.StringLiteral)
		d, isLiteral := e.ArgumentList[2].(*ast.ObjectLiteral)
		if !ok || !isLiteral {
			return
		}
		if describes(d) {
			c.add(key.Value.String())
		}
	case "__exportStar", "__export":
		if len(e.ArgumentList) > 0 {
			if s, ok := requireArgument(e.ArgumentList[0]); ok {
				c.reexport(s)
			}
		}
	case "forEach":
		// Object.keys(_x).forEach(function (key) { … exports[key] = … })
		keys, ok := object.(*ast.CallExpression)
		if !ok || len(keys.ArgumentList) != 1 {
			return
		}
		d, ok := keys.Callee.(*ast.DotExpression)
		id, isID := keys.ArgumentList[0].(*ast.Identifier)
		if ok && isID && isIdentifier(d.Left, "Object") && d.Identifier.Name == "keys" {
			if s, ok := c.required[id.Name]; ok && len(e.ArgumentList) == 1 && touchesExports(e.ArgumentList[0]) {
				c.reexport(s)
			}
		}
	}
}

// touchesExports says whether a callback is a function that mentions exports.
func touchesExports(e ast.Expression) bool {
	if _, ok := e.(*ast.FunctionLiteral); !ok {
		return false
	}
	found := false
	w := &walker{expr: func(e ast.Expression) ast.Expression {
		found = found || isIdentifier(e, "exports")
		return e
	}}
	w.expression(e)
	return found
}
