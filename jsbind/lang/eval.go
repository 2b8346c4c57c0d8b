package lang

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
)

// Text that a program hands to eval and Function.

// evalSource answers " eval"(text), which stands around the argument of a direct
// eval, and is asked by the eval function itself: text that goja's parser would
// refuse is rewritten, everything else is returned as it is.
func evalSource(c goja.FunctionCall) goja.Value {
	s, ok := c.Argument(0).(goja.String)
	if !ok {
		return c.Argument(0)
	}
	text := s.String()
	if !mayNeedTransform(text) {
		return s
	}
	if _, err := parser.ParseFile(nil, "", text, 0, parser.WithDisableSourceMaps); err == nil && !strings.Contains(text, "async") {
		return s
	}
	if tree, err := parseDynamicImport("", text); err == nil {
		if _, err = compileAST(tree, false); err == nil {
			return goString(tree.File.Source())
		}
	}
	t, errs := transform("<eval>", text, api.FormatDefault, false)
	if errs != nil {
		return s // goja words the SyntaxError
	}
	if tree, err := parseDynamicImport("", t.code); err == nil {
		return goString(tree.File.Source())
	}
	return goString(t.code)
}

// mayNeedTransform is a quick look for syntax that goja does not know.
func mayNeedTransform(text string) bool {
	for _, word := range []string{"async", "await", "using", "import", "@"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// dynamicFunction is CreateDynamicFunction (ECMA-262 20.2.1.1.1): the last
// argument is the body, those before it are parameters.
func dynamicFunction(vm *goja.Runtime, kind string, args []goja.Value) *goja.Object {
	var b strings.Builder
	b.WriteString("(" + kind + " anonymous(")
	for i, a := range args[:max(0, len(args)-1)] {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(toString(vm, a).String())
	}
	b.WriteString("\n) {\n")
	if len(args) > 0 {
		b.WriteString(toString(vm, args[len(args)-1]).String())
	}
	b.WriteString("\n})")
	p, err := Compile("", b.String(), Eval)
	if err != nil {
		panic(newSyntaxError(vm, err.Error()))
	}
	v, err := p.Run(vm)
	rethrow(err)
	return v.(*goja.Object)
}

// installEval makes eval and the constructors of functions take the language
// that Compile takes.
func installEval(vm *goja.Runtime) {
	if n := nativeParts(vm.Get("eval")); n != nil {
		f := n.f
		n.f = func(c goja.FunctionCall) goja.Value {
			if len(c.Arguments) > 0 {
				c.Arguments = append([]goja.Value{evalSource(c)}, c.Arguments[1:]...)
			}
			return f(c)
		}
	}
	if n := nativeParts(vm.Get("Function")); n != nil {
		n.f = func(c goja.FunctionCall) goja.Value {
			return dynamicFunction(vm, "function", c.Arguments)
		}
		n.construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object {
			fn := dynamicFunction(vm, "function", args)
			if newTarget != nil {
				_ = fn.SetPrototype(prototypeFor(newTarget, fn.Prototype()))
			}
			return fn
		}
	}
}
