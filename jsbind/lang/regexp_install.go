package lang

import "github.com/dop251/goja"

// regexps makes RegExp objects understand what regexp_rewrite.go does, while
// they show the program's own text as their source.
type regexps struct {
	vm        *goja.Runtime
	construct func(args []goja.Value, newTarget *goja.Object) *goja.Object // goja's
	literals  map[regexpKey]*goja.Object
}

type regexpKey struct{ pattern, flags string }

func installRegExp(vm *goja.Runtime) *regexps {
	r := &regexps{vm: vm}
	n := nativeParts(vm.Get("RegExp"))
	if n == nil {
		return r
	}
	f := n.f
	r.construct = n.construct
	n.f = func(c goja.FunctionCall) goja.Value {
		if pattern, flags, ok := r.needs(c.Arguments); ok {
			return r.make(pattern, flags, nil)
		}
		return f(c)
	}
	n.construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		if pattern, flags, ok := r.needs(args); ok {
			return r.make(pattern, flags, newTarget)
		}
		return r.construct(args, newTarget)
	}
	return r
}

// needs says whether a call of RegExp with these arguments needs our help.
func (r *regexps) needs(args []goja.Value) (pattern, flags string, ok bool) {
	if len(args) < 2 {
		return "", "", false
	}
	fl, ok := args[1].(goja.String)
	if !ok {
		return "", "", false
	}
	flags = fl.String()
	switch p := args[0].(type) {
	case goja.String:
		pattern = p.String()
	case *goja.Object:
		parts := regexpParts(p)
		if parts == nil {
			return "", "", false
		}
		pattern = parts.source.String()
	default:
		return "", "", false
	}
	return pattern, flags, needsRewrite(pattern, flags)
}

// make constructs a regular expression that needs a rewritten pattern.
func (r *regexps) make(pattern, flags string, newTarget *goja.Object) *goja.Object {
	p, fl, err := rewriteRegExp(pattern, flags)
	if err != nil {
		panic(newSyntaxError(r.vm, "Invalid regular expression: /"+pattern+"/"+flags+": "+err.Error()))
	}
	o := r.construct([]goja.Value{goString(p), goString(fl)}, newTarget)
	if parts := regexpParts(o); parts != nil {
		parts.source, _ = goString(pattern).(goja.String)
	}
	return o
}

// literal answers " RegExp"(pattern, flags): a new object at each evaluation,
// compiled once.
func (r *regexps) literal(c goja.FunctionCall) goja.Value {
	key := regexpKey{c.Argument(0).String(), c.Argument(1).String()}
	o := r.literals[key]
	if o == nil {
		o = r.make(key.pattern, key.flags, nil)
		if r.literals == nil {
			r.literals = make(map[regexpKey]*goja.Object)
		}
		r.literals[key] = o
	}
	return r.construct([]goja.Value{o}, nil)
}

// newSyntaxError makes a SyntaxError object.
func newSyntaxError(vm *goja.Runtime, msg string) *goja.Object {
	o, err := vm.New(vm.Get("SyntaxError"), vm.ToValue(msg))
	if err != nil {
		panic(err)
	}
	return o
}
