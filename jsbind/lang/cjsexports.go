package lang

import (
	"slices"

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
	tree, err := parse(name, src, CommonJS)
	if err != nil {
		t, errs := transform(name, src, 0, nil)
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
	return c.names, c.reexports
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
		if s, ok := requireArgument(e.Right); ok {
			c.reexport(s)
			return
		}
		o, ok := e.Right.(*ast.ObjectLiteral)
		if !ok {
			return
		}
		for _, p := range o.Value {
			switch p := p.(type) {
			case *ast.PropertyShort:
				c.add(p.Name.Name.String())
			case *ast.PropertyKeyed:
				key, ok := p.Key.(*ast.StringLiteral)
				if !ok || p.Computed {
					return
				}
				c.add(key.Value.String())
				if _, simple := p.Value.(*ast.Identifier); !simple {
					return
				}
			case *ast.SpreadElement:
				s, ok := requireArgument(p.Expression)
				if !ok {
					return
				}
				c.reexport(s)
			}
		}
	case *ast.BracketExpression:
		if key, ok := left.Member.(*ast.StringLiteral); ok && isExports(left.Left) {
			c.add(key.Value.String())
		}
	}
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
		for _, p := range d.Value {
			if p, ok := p.(*ast.PropertyKeyed); ok {
				if k, ok := p.Key.(*ast.StringLiteral); ok && (k.Value == "value" || k.Value == "get") {
					c.add(key.Value.String())
				}
			}
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

// touchesExports says whether a callback mentions exports.
func touchesExports(e ast.Expression) bool {
	found := false
	w := &walker{expr: func(e ast.Expression) ast.Expression {
		found = found || isIdentifier(e, "exports")
		return e
	}}
	w.expression(e)
	return found
}
