package assertmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

// check is one call of throws, rejects or their opposites.
type check struct {
	m        *module
	settings settings
	name     string // of the function that was called
	noun     string // exception or rejection
	expected goja.Value
	message  goja.Value
	count    int // of arguments, the function or promise included
}

func (m *module) newCheck(s settings, name, noun string, args []goja.Value) *check {
	return &check{m: m, settings: s, name: name, noun: noun, expected: arg(args, 1), message: arg(args, 2), count: len(args)}
}

// failure makes a failure of the check.
func (c *check) failure(actual goja.Value, message goja.Value) *failure {
	return &failure{settings: c.settings, actual: actual, expected: c.expected, message: message,
		operator: c.m.rt.VM.ToValue(c.name), stackStart: c.m.methods[c.name]}
}

// thrown calls a function and returns what it throws, nil for nothing.
func (m *module) thrown(v goja.Value) goja.Value {
	fn := m.rt.Function(v, "fn")
	ex := m.rt.VM.Try(func() { m.rt.Call(fn, goja.Undefined()) })
	if ex == nil {
		return nil
	}
	return ex.Value()
}

func throws(m *module, s settings, args []goja.Value) goja.Value {
	actual := m.thrown(arg(args, 0))
	m.newCheck(s, "throws", "exception", args).expects(actual)
	return goja.Undefined()
}

func doesNotThrow(m *module, s settings, args []goja.Value) goja.Value {
	actual := m.thrown(arg(args, 0))
	m.newCheck(s, "doesNotThrow", "exception", args).expectsNone(actual)
	return goja.Undefined()
}

func (m *module) isRegExp(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && m.rt.Mirror.Kind(o) == mirror.RegExp
}

// matches is regexp.exec(text) !== null.
func (m *module) matches(re, text goja.Value) bool {
	o := re.(*goja.Object)
	proto := m.rt.VM.Get("RegExp").(*goja.Object).Get("prototype").(*goja.Object)
	return !goja.IsNull(m.rt.Call(proto.Get("exec"), o, text))
}

// expects checks that actual (nil for none) is the error that is expected.
func (c *check) expects(actual goja.Value) {
	rt := c.m.rt
	switch {
	case goja.IsString(c.expected):
		c.messageFirst(actual)
	case !bind.IsNullish(c.expected):
		if _, ok := c.expected.(*goja.Object); !ok {
			rt.ArgType("error", c.expected, "Object", "Error", "Function", "RegExp")
		}
	}
	if actual == nil {
		details := ""
		if o, ok := c.expected.(*goja.Object); ok {
			if n := bind.Get(o, "name"); n.ToBoolean() {
				details = " (" + n.String() + ")"
			}
		}
		if c.message.ToBoolean() {
			details += ": " + mirrorText(c.message)
		} else {
			details += "."
		}
		if rt.IsError(c.message) {
			panic(rt.Thrown(c.message))
		}
		c.m.fail(c.failure(goja.Undefined(), c.m.text("Missing expected "+c.noun+details)))
	}
	if c.expected.ToBoolean() {
		c.match(actual)
	}
}

// messageFirst takes a string in the place of the expected error for the
// message.
func (c *check) messageFirst(actual goja.Value) {
	rt := c.m.rt
	if c.count > 2 {
		rt.ArgType("error", c.expected, "Object", "Error", "Function", "RegExp")
	}
	text := c.expected.String()
	if o, ok := actual.(*goja.Object); ok {
		if v := bind.Get(o, "message"); goja.IsString(v) && v.String() == text {
			rt.Throw(ambiguous(`The error message "` + text + `" is identical to the message.`))
		}
	} else if actual != nil && goja.IsString(actual) && actual.String() == text {
		rt.Throw(ambiguous(`The error "` + text + `" is identical to the message.`))
	}
	c.message, c.expected = c.expected, goja.Undefined()
}

func ambiguous(reason string) error {
	return nodeerr.New(nodeerr.KindType, "ERR_AMBIGUOUS_ARGUMENT", `The "error/message" argument is ambiguous. `+reason)
}

// match checks an error against what is expected: a RegExp, an object of
// properties, a class or a function.
func (c *check) match(actual goja.Value) {
	expected := c.expected.(*goja.Object)
	var message string
	switch {
	case !bind.IsCallable(expected):
		if !c.m.isRegExp(expected) {
			c.properties(actual, expected)
			return
		}
		if message = c.matchRegExp(actual, expected); message == "" {
			return
		}
	default:
		if message = c.matchFunction(actual, expected); message == "" {
			return
		}
	}
	generated := !c.message.ToBoolean()
	if !generated {
		if c.m.rt.IsError(c.message) {
			panic(c.m.rt.Thrown(c.message))
		}
		message = mirrorText(c.message)
	}
	e := c.m.newError(c.failure(actual, c.m.text(message)))
	_ = e.Set("generatedMessage", generated)
	panic(c.m.rt.Thrown(e))
}

// matchRegExp returns the message of a failure, "" if there is none.
func (c *check) matchRegExp(actual goja.Value, re *goja.Object) string {
	text := c.m.rt.VM.ToValue(stringOf(actual))
	if c.m.matches(re, text) {
		return ""
	}
	return "The input did not match the regular expression " + c.m.rt.Inspect(re, 2) + ". Input:\n\n" + c.m.rt.Inspect(text, 2) + "\n"
}

func stringOf(v goja.Value) string {
	if s, ok := v.(*goja.Symbol); ok {
		return "Symbol(" + s.String() + ")"
	}
	return v.ToString().String()
}

func (c *check) matchFunction(actual goja.Value, expected *goja.Object) string {
	rt := c.m.rt
	name := func(o *goja.Object) string { return bind.Get(o, "name").String() }
	if proto := expected.Get("prototype"); proto != nil && !goja.IsUndefined(proto) && rt.VM.InstanceOf(actual, expected) {
		return ""
	}
	if c.m.inheritsError(expected) {
		message := `The error is expected to be an instance of "` + name(expected) + `". Received `
		if rt.IsError(actual) {
			o := actual.(*goja.Object)
			shown := bind.Get(o, "name")
			if c, ok := bind.Get(o, "constructor").(*goja.Object); ok && bind.Get(c, "name").ToBoolean() {
				shown = bind.Get(c, "name")
			}
			message += `"` + shown.String() + `"`
			if text := bind.Get(o, "message"); text.ToBoolean() {
				message += "\n\nError message:\n\n" + text.String()
			}
			return message
		}
		return message + `"` + rt.Inspect(actual, -1) + `"`
	}
	res := rt.Call(expected, rt.VM.NewObject(), actual)
	if bind.TypeOf(res) == "boolean" && res.ToBoolean() {
		return ""
	}
	shown := ""
	if n := bind.Get(expected, "name"); n.ToBoolean() {
		shown = `"` + n.String() + `" `
	}
	message := "The " + shown + `validation function is expected to return "true". Received ` + rt.Inspect(res, 2)
	if rt.IsError(actual) {
		message += "\n\nCaught error:\n\n" + actual.String()
	}
	return message
}

// inheritsError reports whether a function is a class derived from Error.
func (m *module) inheritsError(fn *goja.Object) bool {
	base := m.rt.VM.Get("Error")
	for p := fn.Prototype(); p != nil; p = p.Prototype() {
		if goja.Value(p) == base {
			return true
		}
	}
	return false
}

// properties checks the error's properties against those of an object.
func (c *check) properties(actual goja.Value, expected *goja.Object) {
	rt := c.m.rt
	o, ok := actual.(*goja.Object)
	if !ok || bind.IsCallable(actual) {
		f := c.failure(actual, c.message)
		f.operator = rt.VM.ToValue("deepStrictEqual")
		if rt.IsError(c.message) {
			panic(rt.Thrown(c.message))
		}
		e := c.m.newError(f)
		_ = e.Set("operator", c.name)
		panic(rt.Thrown(e))
	}
	keys := expected.Keys()
	if rt.IsError(expected) {
		keys = append(keys, "name", "message")
	} else if len(keys) == 0 {
		rt.ArgValue("error", expected, "may not be an empty object")
	}
	for _, k := range keys {
		want, got := bind.Get(expected, k), bind.Get(o, k)
		if goja.IsString(got) && c.m.isRegExp(want) && c.m.matches(want, got) {
			continue
		}
		if o.Get(k) == nil || !c.m.compare.Strict(got, want) {
			c.differ(o, expected, keys)
		}
	}
}

// differ throws for properties that are not as expected.
func (c *check) differ(actual, expected *goja.Object, keys []string) {
	rt := c.m.rt
	if c.message.ToBoolean() {
		c.m.fail(c.failure(actual, c.message))
	}
	f := c.failure(actual, goja.Undefined())
	f.actual, f.expected = c.comparison(actual, keys, nil), c.comparison(expected, keys, actual)
	f.operator = rt.VM.ToValue("deepStrictEqual")
	e := c.m.newError(f)
	_ = e.Set("actual", actual)
	_ = e.Set("expected", expected)
	_ = e.Set("operator", c.name)
	panic(rt.Thrown(e))
}

// comparison is the part of an object that is compared. A RegExp that matches
// the string in actual stands as that string.
func (c *check) comparison(o *goja.Object, keys []string, actual *goja.Object) goja.Value {
	rt := c.m.rt
	out := rt.VM.CreateObject(c.m.comparisonProto())
	for _, k := range keys {
		v := o.Get(k)
		if v == nil {
			continue
		}
		if actual != nil {
			if got := bind.Get(actual, k); goja.IsString(got) && c.m.isRegExp(v) && c.m.matches(v, got) {
				v = got
			}
		}
		_ = out.Set(k, v)
	}
	return out
}

type comparisonKey struct{}

func (m *module) comparisonProto() *goja.Object {
	if p, ok := m.rt.Value(comparisonKey{}).(*goja.Object); ok {
		return p
	}
	fn := m.rt.Func("Comparison", 0, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	p := m.rt.VM.NewObject()
	_ = p.DefineDataProperty("constructor", fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = fn.DefineDataProperty("prototype", p, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	m.rt.SetValue(comparisonKey{}, p)
	return p
}

// expectsNone checks that there was no error, or at least not the one that is
// not wanted, which is thrown on.
func (c *check) expectsNone(actual goja.Value) {
	if actual == nil {
		return
	}
	rt := c.m.rt
	if goja.IsString(c.expected) {
		c.message, c.expected = c.expected, goja.Undefined()
	}
	if c.expected.ToBoolean() && !c.unwanted(actual) {
		panic(rt.Thrown(actual))
	}
	details := "."
	if c.message.ToBoolean() {
		details = ": " + mirrorText(c.message)
	}
	text := "undefined"
	if o, ok := actual.(*goja.Object); ok {
		text = bind.Get(o, "message").String()
	}
	c.m.fail(c.failure(actual, c.m.text("Got unwanted "+c.noun+details+"\nActual message: \""+text+"\"")))
}

func (c *check) unwanted(actual goja.Value) bool {
	rt := c.m.rt
	if c.m.isRegExp(c.expected) {
		return c.m.matches(c.expected, rt.VM.ToValue(stringOf(actual)))
	}
	if !bind.IsCallable(c.expected) {
		rt.ArgType("expected", c.expected, "Function", "RegExp")
	}
	fn := c.expected.(*goja.Object)
	if proto := fn.Get("prototype"); proto != nil && !goja.IsUndefined(proto) && rt.VM.InstanceOf(actual, fn) {
		return true
	}
	if c.m.inheritsError(fn) {
		return false
	}
	res := rt.Call(fn, rt.VM.NewObject(), actual)
	return bind.TypeOf(res) == "boolean" && res.ToBoolean()
}
