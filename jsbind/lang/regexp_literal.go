package lang

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/unistring"
)

// regexp checks a literal, and turns one that goja's engine would reject or
// misread into a call of the runtime's help: " RegExp"(pattern, flags).
func (m *mender) regexp(e *ast.RegExpLiteral) ast.Expression {
	if !validFlags(e.Flags) {
		m.fail(e, "Invalid regular expression flags")
		return e
	}
	p, err := parseRegExp(e.Pattern, e.Flags)
	if err != nil {
		m.fail(e, regexpMessage(e.Pattern, e.Flags, err.Error()))
		return e
	}
	if !p.mustRewrite() {
		return e
	}
	return &ast.CallExpression{
		Callee:          &ast.Identifier{Name: hiddenRegExp, Idx: e.Idx},
		LeftParenthesis: e.Idx,
		ArgumentList: []ast.Expression{
			&ast.StringLiteral{Idx: e.Idx, Value: unistring.NewFromString(e.Pattern)},
			&ast.StringLiteral{Idx: e.Idx, Value: unistring.NewFromString(e.Flags)},
		},
		RightParenthesis: e.Idx,
	}
}
