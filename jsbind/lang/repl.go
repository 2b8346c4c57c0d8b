package lang

import (
	"errors"
	"sort"
	"strings"

	"github.com/dop251/goja/ast"
)

// What a read-eval-print loop asks of the language.

// Incomplete reports whether text fails to parse as a script because it ends too
// early: more lines could make it whole.
func Incomplete(text string) bool {
	_, err := Compile("REPL", text, Eval)
	var info *SyntaxErrorInfo
	if !errors.As(err, &info) {
		return false
	}
	if strings.HasPrefix(info.Message, "Unterminated template") || strings.HasPrefix(info.Message, "Unterminated comment") || openComment(text) {
		return true
	}
	if strings.HasPrefix(info.Message, "Invalid or unexpected token") {
		// A string that goes on in the next line.
		return strings.HasSuffix(strings.TrimRight(text, "\n"), "\\") && info.Line == strings.Count(strings.TrimRight(text, "\n"), "\n")+1
	}
	trimmed := strings.TrimRight(text, " \t\r\n")
	lines := strings.Count(trimmed, "\n") + 1
	return info.Width == 0 && info.Line >= lines || strings.HasPrefix(info.Message, "Unexpected end of input") ||
		strings.HasPrefix(info.Message, "Missing catch") && strings.HasSuffix(trimmed, "}")
}

// openComment reports whether text ends inside a comment, by the last opening
// of one.
func openComment(text string) bool {
	i := strings.LastIndex(text, "/*")
	return i >= 0 && !strings.Contains(text[i:], "*/") && !strings.Contains(text[strings.LastIndexByte(text[:i], '\n')+1:i], "//")
}

// edit replaces a part of a text.
type edit struct {
	from, to int
	text     string
}

// TopLevelAwait rewrites a script that awaits at its top into one whose value is
// a promise of { value }: declarations become variables of the global scope, and
// the value is that of the last expression statement. ok is false where the
// script needs no such thing. What a script with `for await` declares stays within.
func TopLevelAwait(text string) (rewritten string, ok bool) {
	const open = "(async () => { "
	tree, err := parseDynamicImport("REPL", open+text+"\n})()")
	if err != nil && strings.Contains(text, "for await") {
		// The engine's parser does not know it: nothing is declared outside, and
		// there is no value.
		whole := open + text + "\n})()"
		_, err := Compile("REPL", whole, Eval)
		return whole, err == nil
	}
	if err != nil || len(tree.Body) != 1 {
		return "", false
	}
	fn := wrappedArrow(tree)
	if fn == nil || !awaits(fn.List) {
		return "", false
	}
	shiftBy := len(open)
	at := func(n ast.Node) int { return int(n.Idx0()) - 1 - shiftBy }
	end := func(n ast.Node) int { return int(n.Idx1()) - 1 - shiftBy }
	var edits []edit
	var names []string
	declare := func(list []*ast.Binding) {
		names = append(names, boundNames(list)...)
	}
	// var declarations anywhere, and let, const and class at the top.
	variables := func(keyword int, length int, list []*ast.Binding) {
		declare(list)
		edits = append(edits, edit{keyword, keyword + length, "void ("})
		for _, b := range list {
			if b.Initializer == nil {
				edits = append(edits, edit{end(b.Target), end(b.Target), " = undefined"})
			}
		}
		last := list[len(list)-1]
		stop := end(last.Target)
		if last.Initializer != nil {
			stop = end(last.Initializer)
		}
		edits = append(edits, edit{stop, stop, ")"})
	}
	for _, s := range fn.List {
		switch s := s.(type) {
		case *ast.LexicalDeclaration:
			variables(int(s.Idx)-1-shiftBy, len(s.Token.String()), s.List)
		case *ast.VariableStatement:
			variables(int(s.Var)-1-shiftBy, len("var"), s.List)
		case *ast.ClassDeclaration:
			names = append(names, s.Class.Name.Name.String())
			edits = append(edits, edit{at(s), at(s), s.Class.Name.Name.String() + " = "})
		case *ast.FunctionDeclaration:
			name := s.Function.Name.Name.String()
			names = append(names, name)
			edits = append(edits, edit{at(s), at(s), "this." + name + " = " + name + "; "})
		}
	}
	if last, ok := lastExpression(fn.List); ok {
		edits = append(edits, edit{at(last), at(last), "return { __proto__: null, value: ("}, edit{end(last.Expression), end(last.Expression), ") }"})
	}
	sort.SliceStable(edits, func(i, j int) bool { return edits[i].from < edits[j].from })
	var b strings.Builder
	if len(names) > 0 {
		b.WriteString("let " + strings.Join(names, ", ") + "; ")
	}
	b.WriteString(open)
	pos := 0
	for _, e := range edits {
		if e.from < pos || e.to > len(text) {
			return "", false
		}
		b.WriteString(text[pos:e.from] + e.text)
		pos = e.to
	}
	b.WriteString(text[pos:] + "\n})()")
	return b.String(), true
}

// lastExpression is the script's last statement, if it is an expression.
func lastExpression(list []ast.Statement) (*ast.ExpressionStatement, bool) {
	for i := len(list) - 1; i >= 0; i-- {
		if _, ok := list[i].(*ast.EmptyStatement); ok {
			continue
		}
		e, ok := list[i].(*ast.ExpressionStatement)
		return e, ok
	}
	return nil, false
}

// wrappedArrow is the body of the arrow function that the program calls.
func wrappedArrow(tree *ast.Program) *ast.BlockStatement {
	s, _ := tree.Body[0].(*ast.ExpressionStatement)
	if s == nil {
		return nil
	}
	c, _ := s.Expression.(*ast.CallExpression)
	if c == nil {
		return nil
	}
	f, _ := c.Callee.(*ast.ArrowFunctionLiteral)
	if f == nil {
		return nil
	}
	b, _ := f.Body.(*ast.BlockStatement)
	return b
}

// awaits reports whether statements await outside of functions.
func awaits(list []ast.Statement) bool {
	found, depth := false, 0
	w := &walker{
		expr: func(e ast.Expression) ast.Expression {
			if _, ok := e.(*ast.AwaitExpression); ok && depth == 0 {
				found = true
			}
			return e
		},
		enterFunc: func(funcNode) { depth++ },
		leaveFunc: func(funcNode) { depth-- },
	}
	for _, s := range list {
		w.statement(s)
	}
	return found
}
