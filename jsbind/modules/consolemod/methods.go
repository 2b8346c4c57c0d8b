package consolemod

import (
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/diagnosticschannelmod"
	"github.com/spindle-js/spindle/jsbind/modules/ttymod"
)

// methods are those of Console.prototype, in Node's order.
var methods = []method{
	{"log", 0, published("log", log)},
	{"info", 0, published("info", log)},
	{"debug", 0, published("debug", log)},
	{"warn", 0, published("warn", warn)},
	{"error", 0, published("error", warn)},
	{"dir", 2, dir},
	{"time", 0, startTime},
	{"timeEnd", 0, timeEnd},
	{"timeLog", 0, timeLog},
	{"trace", 0, trace},
	{"assert", 1, assert},
	{"clear", 0, clearScreen},
	{"count", 0, count},
	{"countReset", 0, countReset},
	{"group", 0, group},
	{"groupEnd", 0, groupEnd},
	{"table", 2, table},
	{"dirxml", 0, log},
	{"groupCollapsed", 0, group},
}

func arg(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

// published tells the diagnostics channel of a method's name what is about to be
// printed; a subscriber may change it.
func published(name string, body func(*console, []goja.Value) goja.Value) func(*console, []goja.Value) goja.Value {
	return func(c *console, args []goja.Value) goja.Value {
		ch := c.m.channels[name]
		if ch == nil {
			ch = diagnosticschannelmod.Named(c.m.rt, "console."+name)
			c.m.channels[name] = ch
		}
		if !ch.HasSubscribers() {
			return body(c, args)
		}
		items := make([]any, len(args))
		for i, a := range args {
			items[i] = a
		}
		list := c.m.rt.VM.NewArray(items...)
		ch.Publish(list)
		n := int(list.Get("length").ToInteger())
		args = make([]goja.Value, n)
		for i := range args {
			if args[i] = list.Get(bind.FormatNumber(float64(i))); args[i] == nil {
				args[i] = goja.Undefined()
			}
		}
		return body(c, args)
	}
}

func log(c *console, args []goja.Value) goja.Value {
	c.write("_stdout", c.format("_stdout", args))
	return goja.Undefined()
}

func warn(c *console, args []goja.Value) goja.Value {
	c.write("_stderr", c.format("_stderr", args))
	return goja.Undefined()
}

func dir(c *console, args []goja.Value) goja.Value {
	opts := c.inspectOptions("_stdout")
	opts.CustomInspect = false
	if o, ok := arg(args, 1).(*goja.Object); ok {
		opts = c.m.rt.Inspector.ParseOptions(opts, o)
	}
	c.write("_stdout", c.m.rt.Inspector.Inspect(arg(args, 0), opts))
	return goja.Undefined()
}

// label reads the label of a count or a timer.
func (c *console) label(args []goja.Value) string {
	v := arg(args, 0)
	if goja.IsUndefined(v) {
		return "default"
	}
	if _, ok := v.(*goja.Symbol); ok {
		panic(c.m.rt.VM.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return v.String()
}

// warning is process.emitWarning(text).
func (c *console) warning(text string) {
	rt := c.m.rt
	process := rt.VM.Get("process").(*goja.Object)
	rt.Call(bind.Get(process, "emitWarning"), process, rt.VM.ToValue(text))
}

func startTime(c *console, args []goja.Value) goja.Value {
	label := c.label(args)
	if _, ok := c.times[label]; ok {
		c.warning("Label '" + label + "' already exists for console.time()")
		return goja.Undefined()
	}
	c.times[label] = time.Now()
	rt := c.m.rt
	rt.Call(c.shownTimes.Get("set"), c.shownTimes, rt.VM.ToValue(label), rt.VM.ToValue(true))
	return goja.Undefined()
}

func timeEnd(c *console, args []goja.Value) goja.Value {
	label := c.label(args)
	if c.printTime("timeEnd", label, nil) {
		delete(c.times, label)
		c.m.rt.Call(c.shownTimes.Get("delete"), c.shownTimes, c.m.rt.VM.ToValue(label))
	}
	return goja.Undefined()
}

func timeLog(c *console, args []goja.Value) goja.Value {
	label := c.label(args)
	var rest []goja.Value
	if len(args) > 1 {
		rest = args[1:]
	}
	c.printTime("timeLog", label, rest)
	return goja.Undefined()
}

func (c *console) printTime(name, label string, rest []goja.Value) bool {
	start, ok := c.times[label]
	if !ok {
		c.warning("No such label '" + label + "' for console." + name + "()")
		return false
	}
	vm := c.m.rt.VM
	text := formatTime(time.Since(start))
	args := append([]goja.Value{vm.ToValue("%s: %s"), vm.ToValue(label), vm.ToValue(text)}, rest...)
	log(c, args)
	return true
}

// formatTime prints a duration as console.timeEnd does: 1.5ms, 2.345s,
// 1:02.345 (m:ss.mmm), 1:00:02.345 (h:mm:ss.mmm).
func formatTime(d time.Duration) string {
	if d < time.Second {
		s := strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 3, 64)
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		if s == "" {
			s = "0"
		}
		return s + "ms"
	}
	if d < time.Minute {
		return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) + "s"
	}
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	seconds := math.Mod(d.Seconds(), 60)
	tail := strconv.FormatFloat(seconds, 'f', 3, 64)
	if seconds < 10 {
		tail = "0" + tail
	}
	if hours == 0 {
		return strconv.Itoa(minutes) + ":" + tail + " (m:ss.mmm)"
	}
	mm := strconv.Itoa(minutes)
	if minutes < 10 {
		mm = "0" + mm
	}
	return strconv.Itoa(hours) + ":" + mm + ":" + tail + " (h:mm:ss.mmm)"
}

// trace prints a stack that begins at the caller.
func trace(c *console, args []goja.Value) goja.Value {
	rt := c.m.rt
	e := rt.VM.NewObject()
	_ = e.Set("name", "Trace")
	_ = e.Set("message", rt.Mirror.StringValue(c.format("_stderr", args)))
	ctor := rt.VM.Get("Error").(*goja.Object)
	rt.Call(ctor.Get("captureStackTrace"), ctor, e, bind.Get(c.obj, "trace"))
	return c.call("error", bind.Get(e, "stack"))
}

func assert(c *console, args []goja.Value) goja.Value {
	if arg(args, 0).ToBoolean() {
		return goja.Undefined()
	}
	vm := c.m.rt.VM
	var rest []goja.Value
	if len(args) > 1 {
		rest = append(rest, args[1:]...)
	}
	if len(rest) > 0 && goja.IsString(rest[0]) {
		rest[0] = vm.ToValue("Assertion failed: " + rest[0].String())
	} else {
		rest = append([]goja.Value{vm.ToValue("Assertion failed")}, rest...)
	}
	return c.call("warn", rest...)
}

// clearScreen wipes a terminal; it does nothing to other streams.
func clearScreen(c *console, _ []goja.Value) goja.Value {
	o, ok := bind.Get(c.obj, "_stdout").(*goja.Object)
	if ok && bind.Get(o, "isTTY").ToBoolean() && os.Getenv("TERM") != "dumb" {
		rt := c.m.rt
		rt.Call(bind.Get(o, "write"), o, rt.VM.ToValue(ttymod.CursorHome))
		rt.Call(bind.Get(o, "write"), o, rt.VM.ToValue(ttymod.ClearDown))
	}
	return goja.Undefined()
}

func count(c *console, args []goja.Value) goja.Value {
	label := c.label(args)
	c.counts[label]++
	return c.call("log", c.m.rt.VM.ToValue(label+": "+strconv.Itoa(c.counts[label])))
}

func countReset(c *console, args []goja.Value) goja.Value {
	label := c.label(args)
	if _, ok := c.counts[label]; !ok {
		c.warning("Count for '" + label + "' does not exist")
		return goja.Undefined()
	}
	delete(c.counts, label)
	return goja.Undefined()
}

func group(c *console, args []goja.Value) goja.Value {
	if len(args) > 0 {
		c.call("log", args...)
	}
	c.indent += strings.Repeat(" ", c.width)
	return goja.Undefined()
}

func groupEnd(c *console, _ []goja.Value) goja.Value {
	c.indent = c.indent[:max(len(c.indent)-c.width, 0)]
	return goja.Undefined()
}

func table(c *console, args []goja.Value) goja.Value {
	data := arg(args, 0)
	if _, ok := data.(*goja.Object); !ok {
		return c.call("log", data)
	}
	text, ok := c.m.rt.Inspector.Table(data, arg(args, 1), c.inspectOptions("_stdout"))
	if !ok {
		return c.call("log", data)
	}
	return c.call("log", c.m.rt.Mirror.StringValue(text))
}

// shouldColorize reports whether text for a stream is colored when colorMode is
// 'auto': on terminals with colors, and where FORCE_COLOR says so.
func (m *module) shouldColorize(stream goja.Value) bool { return ttymod.ShouldColorize(m.rt, stream) }
