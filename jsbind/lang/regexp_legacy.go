package lang

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
)

// RegExp.$1 and its kin (https://github.com/tc39/proposal-regexp-legacy-features):
// what the last successful match found. Keeping it costs goja its fast paths,
// so a runtime begins to when the first program that mentions one is run.

var legacyNames = []string{"input", "lastMatch", "lastParen", "leftContext", "rightContext"}

// mentionsLegacy says whether the program reads one of the properties.
func mentionsLegacy(src string) bool {
	for rest := src; ; {
		i := strings.Index(rest, "RegExp.")
		if i < 0 {
			return strings.Contains(src, "RegExp['$") || strings.Contains(src, `RegExp["$`)
		}
		rest = rest[i+len("RegExp."):]
		if strings.HasPrefix(rest, "$") {
			return true
		}
		for _, name := range legacyNames {
			if strings.HasPrefix(rest, name) {
				return true
			}
		}
	}
}

// enableLegacy puts the call that turns recording on before the program's
// first statement.
func enableLegacy(tree *ast.Program) {
	call := &ast.CallExpression{Callee: &ast.Identifier{Name: hiddenLegacy, Idx: 1}, LeftParenthesis: 1, RightParenthesis: 1}
	at := directives(tree.Body)
	tree.Body = append(append(append([]ast.Statement{}, tree.Body[:at]...), &ast.ExpressionStatement{Expression: call}), tree.Body[at:]...)
}

// lastMatch is the match that the properties tell of.
type lastMatch struct {
	input  goja.String
	result *goja.Object
	index  int
}

// enableLegacy answers " legacyRegExp"().
func (r *regexps) enableLegacy(goja.FunctionCall) goja.Value {
	if r.last != nil {
		return goja.Undefined()
	}
	last := &lastMatch{}
	r.last = last
	vm := r.vm
	ctor := vm.Get("RegExp").(*goja.Object)
	proto := ctor.Get("prototype").(*goja.Object)
	exec, _ := callable(proto.Get("exec"))
	// Redefining exec makes every method of the prototype go through it.
	record := func(c goja.FunctionCall) goja.Value {
		v := exec(c)
		if o, ok := v.(*goja.Object); ok {
			last.result = o
			last.input, _ = o.Get("input").(goja.String)
			last.index = int(o.Get("index").ToInteger())
		}
		return v
	}
	method(vm, proto, "exec", 1, record)
	method(vm, proto, "test", 1, func(c goja.FunctionCall) goja.Value {
		o, ok := c.This.(*goja.Object)
		if !ok {
			panic(vm.NewTypeError("Method RegExp.prototype.test called on incompatible receiver %s", describe(c.This)))
		}
		f, ok := callable(o.Get("exec"))
		if !ok {
			f = record
		}
		return goBool(!goja.IsNull(f(goja.FunctionCall{This: o, Arguments: []goja.Value{toString(vm, c.Argument(0))}})))
	})
	group := func(i int) goja.Value {
		if last.result != nil {
			if v, ok := last.result.Get(strconv.Itoa(i)).(goja.String); ok {
				return v
			}
		}
		return goString("")
	}
	matchEnd := func() int { return last.index + group(0).(goja.String).Length() }
	define := func(name, short string, get func() goja.Value) {
		for _, n := range []string{name, short} {
			if n == "" {
				continue
			}
			g := newNative(vm, "get "+n, 0, func(goja.FunctionCall) goja.Value { return get() })
			s := newNative(vm, "set "+n, 1, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
			_ = ctor.DefineAccessorProperty(n, g, s, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	}
	define("input", "$_", func() goja.Value {
		if last.input == nil {
			return goString("")
		}
		return last.input
	})
	define("lastMatch", "$&", func() goja.Value { return group(0) })
	define("lastParen", "$+", func() goja.Value {
		if last.result == nil {
			return goString("")
		}
		n := int(last.result.Get("length").ToInteger())
		if n < 2 {
			return goString("")
		}
		return group(n - 1)
	})
	define("leftContext", "$`", func() goja.Value {
		if last.input == nil {
			return goString("")
		}
		return last.input.Substring(0, last.index)
	})
	define("rightContext", "$'", func() goja.Value {
		if last.input == nil {
			return goString("")
		}
		return last.input.Substring(matchEnd(), last.input.Length())
	})
	for i := 1; i <= 9; i++ {
		define("$"+strconv.Itoa(i), "", func() goja.Value { return group(i) })
	}
	return goja.Undefined()
}
