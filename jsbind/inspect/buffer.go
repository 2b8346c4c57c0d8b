package inspect

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// maxBufferBytes is buffer.INSPECT_MAX_BYTES unless Hooks.MaxBytes says
// otherwise.
const maxBufferBytes = 50

// BufferFunction returns the function that is both Buffer.prototype.inspect and
// Buffer.prototype[util.inspect.custom]
// (https://nodejs.org/docs/latest-v24.x/api/buffer.html#bufferinspect_max_bytes).
// It is the same object at each call.
func (in *Inspector) BufferFunction() *goja.Object {
	if in.buffer == nil {
		in.buffer = in.nativeFunction("inspect", 2, func(call goja.FunctionCall) goja.Value {
			o := call.This.ToObject(in.vm)
			if ctx, ok := call.Argument(1).(*goja.Object); ok {
				opts := in.ParseOptions(in.Default(), ctx)
				return in.mirror.StringValue(in.bufferText(o, &opts))
			}
			return in.mirror.StringValue(in.bufferText(o, nil))
		})
		in.RegisterCustom(in.buffer, func(o *goja.Object, _ float64, opts Options) goja.Value {
			return in.mirror.StringValue(in.bufferText(o, &opts))
		})
	}
	return in.buffer
}

// bufferText prints a Buffer: its first bytes and, given options, its further
// properties.
func (in *Inspector) bufferText(o *goja.Object, opts *Options) string {
	limit := maxBufferBytes
	if in.hooks.MaxBytes != nil {
		limit = in.hooks.MaxBytes()
	}
	data, _ := o.Export().([]byte)
	shown := min(len(data), limit)
	text := hexBytes(data[:shown])
	if left := len(data) - shown; left > 0 {
		text += " " + more(float64(left), "byte")
	}
	if opts != nil {
		if extras := in.bufferExtras(o, *opts); extras != "" {
			if len(data) > 0 {
				text += ", "
			}
			text += extras
		}
	}
	name := "Buffer"
	if in.vm.Try(func() {
		if c, ok := o.Get("constructor").(*goja.Object); ok && in.callable(c) && in.mirror.HasOwn(c, nameKey) {
			name = in.toTextLenient(orUndefined(c.Get("name")))
		}
	}) != nil {
		name = "Buffer"
	}
	return "<" + name + " " + text + ">"
}

// bufferExtras prints the properties of a Buffer that are no bytes, on a line.
func (in *Inspector) bufferExtras(o *goja.Object, opts Options) string {
	opts.Compact, opts.BreakLength = CompactFull, math.Inf(1)
	opts.given = without(opts.given, "compact", "breakLength")
	s := state{Inspector: in, opts: opts, seen: []*goja.Object{o}, current: 1}
	var parts []text
	for _, k := range in.mirror.NonIndexKeys(o, opts.ShowHidden) {
		p := mirror.Property{Value: orUndefined(in.mirror.Get(o, k)), Enumerable: true}
		parts = append(parts, s.propertyOf(nil, field{key: k}, p, false, 1))
	}
	return joinTexts("", parts, ", ", "").String()
}
