package inspect

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/lazyregexp"
	"github.com/spindle-js/spindle/jsbind/mirror"
)

// error returns the text for an error: its stack, with the class in its first
// line set right, in brackets if there are no frames. It drops the properties
// that the text contains from p, and adds the hidden ones cause and errors.
//
// Where cause or errors are inherited, Node 24.12.0 fails with a TypeError;
// they are printed here as if they were hidden own properties.
func (s *state) error(p *shape, c *class) string {
	o := c.object
	stack, ok := s.stack(o)
	if !ok {
		return stack
	}
	s.dropRepeated(p, o, stack)
	if keyIndex(p.fields, "cause") < 0 && s.hasProperty(o, "cause") {
		p.fields = append(p.fields, field{key: causeKey})
	}
	if keyIndex(p.fields, "errors") < 0 {
		if list, ok := s.tryGet(o, "errors").(*goja.Object); ok && s.mirror.Kind(list) == mirror.Array {
			p.fields = append(p.fields, field{key: errorsKey})
		}
	}
	name := "Error"
	if v := s.tryGet(o, "name"); v != nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
		name = s.toText(v)
		if _, ok := v.(goja.String); !ok {
			class := strings.TrimSuffix(c.prefix("Error", ""), " ")
			stack = strings.Replace(stack, name, name+" ["+class+"]", 1)
		}
	}
	stack = correctName(stack, c, name)

	// The frames begin after the message, which may look like one.
	start := 0
	if m, ok := s.tryGet(o, "message").(goja.String); ok && m.Length() > 0 {
		message := mirror.Text(m)
		if i := strings.Index(stack, message); i >= 0 {
			start = i + len(message)
		}
	}
	frames := strings.Index(stack[start:], "\n    at")
	if frames < 0 {
		stack = "[" + stack + "]"
	} else {
		frames += start
		lines := s.shortenFrames(o, strings.Split(stack[frames+1:], "\n"))
		var b strings.Builder
		b.WriteString(stack[:frames])
		for _, line := range lines {
			b.WriteByte('\n')
			if s.opts.Colors {
				line = s.colorFrame(line)
			}
			b.WriteString(line)
		}
		stack = b.String()
	}
	return s.indentLines(stack)
}

var (
	causeKey  = mirror.StringKey("cause")
	errorsKey = mirror.StringKey("errors")
)

// tryGet reads a property, nil if that throws.
func (s *state) tryGet(o *goja.Object, name string) (v goja.Value) {
	if ex := s.vm.Try(func() { v = o.Get(name) }); ex != nil {
		return nil
	}
	return v
}

// hasProperty reports whether o or one of its prototypes has a property.
func (s *state) hasProperty(o *goja.Object, name string) bool {
	key := mirror.StringKey(name)
	for p := o; p != nil; p = p.Prototype() {
		if s.mirror.HasOwn(p, key) {
			return true
		}
	}
	return false
}

// stack returns the text of an error's stack; without one, the error as a
// string. ok is false if the error cannot be made a string.
func (s *state) stack(o *goja.Object) (text string, ok bool) {
	if s.hooks.Stack != nil {
		if text, ok = s.hooks.Stack(o); ok {
			return text, true
		}
	}
	v := s.tryGet(o, "stack")
	if v == nil || !v.ToBoolean() {
		return s.errorString(o)
	}
	if text, ok := v.(goja.String); ok {
		return engineStack(mirror.Text(text)), true
	}
	if text, ok = s.errorString(o); !ok {
		return text, false
	}
	s.seen = append(s.seen, o)
	s.indent += 4
	text += "\n    " + s.value(v, noLimit).String()
	s.indent -= 4
	s.seen = s.seen[:len(s.seen)-1]
	return text, true
}

// errorString is Error.prototype.toString. Where that throws, it is Object's,
// and ok is false.
func (s *state) errorString(o *goja.Object) (text string, ok bool) {
	if ex := s.vm.Try(func() { text = s.mirror.ErrorString(o) }); ex != nil {
		return s.mirror.ObjectString(o), false
	}
	return text, true
}

// engineFrame matches a frame as goja writes it.
var engineFrame = lazyregexp.New(`(?m)^\tat (.*?)(?:\(\d+\))?(\)?)$`)

// engineStack rewrites a stack that goja made in V8's form.
func engineStack(stack string) string {
	if !strings.Contains(stack, "\n\tat ") {
		return stack
	}
	return strings.TrimSuffix(engineFrame().ReplaceAllString(stack, "    at $1$2"), "\n")
}

// dropRepeated removes the properties name, message and stack that say nothing
// that the stack does not.
func (s *state) dropRepeated(p *shape, o *goja.Object, stack string) {
	if s.opts.ShowHidden || len(p.fields) == 0 {
		return
	}
	for _, name := range []string{"name", "message", "stack"} {
		i := keyIndex(p.fields, name)
		if i < 0 {
			continue
		}
		v := s.tryGet(o, name)
		if v == nil {
			continue
		}
		if text, ok := v.(goja.String); !ok || strings.Contains(stack, mirror.Text(text)) {
			p.fields = append(p.fields[:i], p.fields[i+1:]...)
		}
	}
}

var (
	leadingClass = lazyregexp.New(`^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)`)
	onlyClass    = lazyregexp.New(`^([a-z_A-Z0-9-]*Error)$`)
)

// correctName puts the name of an error's class into the first line of its
// stack where that has only the name of a parent class.
func correctName(stack string, c *class, name string) string {
	rest, found := strings.CutPrefix(stack, name)
	found = found && strings.HasSuffix(name, "Error") && (rest == "" || rest[0] == ':' || rest[0] == '\n')
	if c.known && !found {
		return stack
	}
	fallback := "Error"
	length := len(name)
	if !c.known {
		fallback = ""
		if m := leadingClass().FindStringSubmatch(stack); m != nil {
			fallback = m[1]
		} else if m := onlyClass().FindStringSubmatch(stack); m != nil {
			fallback = m[1]
		}
		length = len(fallback)
		if fallback == "" {
			fallback = "Error"
		}
	}
	prefix := strings.TrimSuffix(c.prefix(fallback, ""), " ")
	switch {
	case name == prefix:
		return stack
	case !strings.Contains(prefix, name):
		return prefix + " [" + name + "]" + stack[length:]
	case length == 0:
		return prefix + ": " + stack
	}
	return prefix + stack[length:]
}

// minRepeated is the number of frames in common with the cause from which on
// the middle ones are left out.
const minRepeated = 4

// shortenFrames leaves out the frames that the cause of the error has, too.
func (s *state) shortenFrames(o *goja.Object, lines []string) []string {
	cause, ok := s.tryGet(o, "cause").(*goja.Object)
	if !ok || s.mirror.Kind(cause) != mirror.Error && !s.instanceOf(cause, s.mirror.ErrorClass) {
		return lines
	}
	text, ok := s.tryGet(cause, "stack").(goja.String)
	if !ok {
		return lines
	}
	stack := engineStack(mirror.Text(text))
	at := strings.Index(stack, "\n    at")
	if at < 0 {
		return lines
	}
	offset, n := commonFrames(lines, strings.Split(stack[at+1:], "\n"))
	if n < minRepeated {
		return lines
	}
	out := append([]string(nil), lines[:offset+1]...)
	out = append(out, s.style("    ... "+itoa(n-2)+" lines matching cause stack trace ...", styleUndefined))
	return append(out, lines[offset+n-1:]...)
}

// commonFrames returns the first run of at least minRepeated lines of a that b
// has in the same order.
func commonFrames(a, b []string) (offset, n int) {
	for i := 0; i+minRepeated <= len(a); i++ {
		for at, line := range b {
			if line != a[i] {
				continue
			}
			n = 1
			for i+n < len(a) && at+n < len(b) && a[i+n] == b[at+n] {
				n++
			}
			if n >= minRepeated {
				return i, n
			}
			break
		}
	}
	return 0, 0
}
