package utilmod

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/jsbind/modules/ttymod"
)

// styleText is util.styleText(format, text[, options])
// (https://nodejs.org/docs/latest-v24.x/api/util.html#utilstyletextformat-text-options).
func (m *module) styleText(c goja.FunctionCall) goja.Value {
	rt := m.rt
	rt.String(c.Argument(1), "text")
	text := mirror.Text(c.Argument(1).(goja.String))
	validate, stream := true, goja.Value(goja.Undefined())
	if o, ok := c.Argument(2).(*goja.Object); ok {
		if s := bind.Get(o, "validateStream"); !goja.IsUndefined(s) {
			validate = rt.Bool(s, "options.validateStream")
		}
		stream = bind.Get(o, "stream")
	}
	plain := false
	if validate {
		if goja.IsUndefined(stream) {
			stream = bind.Get(m.process(), "stdout")
		}
		if !isStream(stream) {
			rt.ArgType("stream", stream, "ReadableStream", "WritableStream", "Stream")
		}
		plain = !ttymod.ShouldColorize(rt, stream)
	}
	left, right := "", ""
	for _, f := range m.formats(c.Argument(0)) {
		on, off, ok := m.codes(f)
		if !ok {
			continue
		}
		open, shut := "\x1b["+on+"m", "\x1b["+off+"m"
		left += open
		right = shut + right
		text = reopen(text, open, shut, off == "22")
	}
	if plain {
		return c.Argument(1)
	}
	return rt.Mirror.StringValue(left + text + right)
}

// reopen goes on with a style where text ends one of the same sort; bold and dim
// share the code that ends them.
func reopen(text, open, shut string, shared bool) string {
	tail := ""
	if strings.HasSuffix(text, shut) {
		text, tail = text[:len(text)-len(shut)], shut
	}
	if shared {
		open = shut + open
	}
	return strings.ReplaceAll(text, shut, open) + tail
}

func (m *module) formats(v goja.Value) []goja.Value {
	if !bind.IsArray(v) {
		return []goja.Value{v}
	}
	o := v.(*goja.Object)
	out := make([]goja.Value, int(o.Get("length").ToInteger()))
	for i := range out {
		out[i] = bind.Get(o, strconv.Itoa(i))
	}
	return out
}

// codes returns the codes of a format; ok is false for 'none'.
func (m *module) codes(f goja.Value) (on, off string, ok bool) {
	rt := m.rt
	colors := rt.Inspector.Function().Get("colors").(*goja.Object)
	if goja.IsString(f) {
		if f.String() == "none" {
			return "", "", false
		}
		if list, isObject := bind.Get(colors, f.String()).(*goja.Object); isObject {
			return bind.Get(list, "0").String(), bind.Get(list, "1").String(), true
		}
	}
	names := colors.Keys()
	for i, n := range names {
		names[i] = "'" + n + "'"
	}
	rt.ArgValue("format", f, "must be one of: "+strings.Join(names, ", "))
	return "", "", false
}

// isStream reports whether v is a stream of Node or of the web.
func isStream(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	method := func(name string) bool { return bind.IsCallable(bind.Get(o, name)) }
	return method("on") && (method("pipe") || method("write")) ||
		method("pipeThrough") && method("getReader") && method("cancel") || method("getWriter") && method("abort")
}

// toUSVString is util.toUSVString(string): lone surrogates become U+FFFD.
func (m *module) toUSVString(c goja.FunctionCall) goja.Value {
	s := c.Argument(0).ToString().String()
	return m.rt.VM.ToValue(strings.ToValidUTF8(s, "\uFFFD"))
}
