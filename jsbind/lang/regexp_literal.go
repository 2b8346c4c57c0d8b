package lang

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/unistring"
)

// regexp turns a literal that goja's engine would reject or misread into a
// call of the runtime's help: " RegExp"(pattern, flags).
func (m *mender) regexp(e *ast.RegExpLiteral) ast.Expression {
	if !needsRewrite(e.Pattern, e.Flags) {
		return e
	}
	if _, _, err := rewriteRegExp(e.Pattern, e.Flags); err != nil {
		m.fail(e, "Invalid regular expression: /"+e.Pattern+"/"+e.Flags+": "+err.Error())
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
