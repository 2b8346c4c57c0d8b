package assertmod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

func match(m *module, s settings, args []goja.Value) goja.Value {
	return m.match(s, args, "match", true)
}

func doesNotMatch(m *module, s settings, args []goja.Value) goja.Value {
	return m.match(s, args, "doesNotMatch", false)
}

func (m *module) match(s settings, args []goja.Value, name string, want bool) goja.Value {
	rt := m.rt
	input, re, message := arg(args, 0), arg(args, 1), arg(args, 2)
	if !m.isRegExp(re) {
		rt.ArgType("regexp", re, "RegExp")
	}
	isText := goja.IsString(input)
	if isText && m.matches(re, input) == want {
		return goja.Undefined()
	}
	if rt.IsError(message) {
		panic(rt.Thrown(message))
	}
	generated := !message.ToBoolean()
	if generated {
		text := ""
		switch {
		case !isText:
			text = `The "string" argument must be of type string. Received type ` + bind.TypeOf(input) + " (" + rt.Inspect(input, 2) + ")"
		case want:
			text = "The input did not match the regular expression "
		default:
			text = "The input was expected to not match the regular expression "
		}
		if isText {
			text += rt.Inspect(re, 2) + ". Input:\n\n" + rt.Inspect(input, 2) + "\n"
		}
		message = m.text(text)
	}
	e := m.newError(&failure{settings: s, actual: input, expected: re, message: message, operator: rt.VM.ToValue(name), stackStart: m.methods[name]})
	_ = e.Set("generatedMessage", generated)
	panic(rt.Thrown(e))
}

// ifError is assert.ifError(value): it throws for anything but undefined and
// null, and shows the stack of an error below its own.
func ifError(m *module, s settings, args []goja.Value) goja.Value {
	rt := m.rt
	v := arg(args, 0)
	if bind.IsNullish(v) {
		return goja.Undefined()
	}
	o, _ := v.(*goja.Object)
	text := rt.Inspect(v, 2)
	if o != nil && !bind.IsCallable(v) {
		if message := bind.Get(o, "message"); goja.IsString(message) {
			text = mirrorText(message)
			if ctor, ok := bind.Get(o, "constructor").(*goja.Object); ok && text == "" {
				text = bind.Get(ctor, "name").String()
			}
		}
	}
	e := m.newError(&failure{settings: s, actual: v, expected: goja.Null(), message: m.text("ifError got unwanted exception: " + text),
		operator: rt.VM.ToValue("ifError"), stackStart: m.methods["ifError"]})
	if o != nil {
		if stack := bind.Get(o, "stack"); goja.IsString(stack) {
			if joined := joinStacks(bind.Get(e, "stack").String(), stack.String()); joined != "" {
				_ = e.DefineDataProperty("stack", rt.VM.ToValue(joined), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			}
		}
	}
	panic(rt.Thrown(e))
}

// joinStacks puts the frames of an inner stack below those of the outer one that
// they do not share.
func joinStacks(outer, inner string) string {
	i := strings.Index(inner, "\n    at")
	if i < 0 {
		return ""
	}
	frames := strings.Split(inner[i+1:], "\n")
	lines := strings.Split(outer, "\n")
	for _, f := range frames {
		for j, l := range lines {
			if l == f {
				return strings.Join(append(lines[:j:j], frames...), "\n")
			}
		}
	}
	return strings.Join(append(lines, frames...), "\n")
}
