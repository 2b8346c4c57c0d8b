package consolemod

import (
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/inspect"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

// maxGroupIndentation bounds the option groupIndentation.
const maxGroupIndentation = 1000

// console is the state of one Console object.
type console struct {
	m   *module
	obj *goja.Object

	ignoreErrors bool
	color        goja.Value   // the option colorMode: "auto", true or false
	inspect      *goja.Object // the option inspectOptions: an object, or a Map by stream
	width        int          // of one group's indentation
	indent       string
	counts       map[string]int
	times        map[string]time.Time
	shownTimes   *goja.Object // the Map that _times shows
}

func (m *module) newConsole(obj *goja.Object) *console {
	times, err := m.rt.VM.New(m.mapCtor)
	if err != nil {
		panic(err)
	}
	c := &console{m: m, obj: obj, ignoreErrors: true, color: m.rt.VM.ToValue("auto"), width: 2,
		counts: map[string]int{}, times: map[string]time.Time{}, shownTimes: times}
	m.rt.Attach(obj, c)
	return c
}

// construct is new Console(stdout[, stderr][, ignoreErrors]) and
// new Console(options).
func (m *module) construct(this *goja.Object, args []goja.Value) {
	rt := m.rt
	arg := func(i int) goja.Value {
		if i < len(args) {
			return args[i]
		}
		return goja.Undefined()
	}
	stdout, stderr, ignore := arg(0), arg(1), arg(2)
	opts, _ := arg(0).(*goja.Object)
	if opts != nil && bind.IsCallable(bind.Get(opts, "write")) {
		opts = nil
	}
	if opts != nil {
		stdout, stderr, ignore = bind.Get(opts, "stdout"), bind.Get(opts, "stderr"), bind.Get(opts, "ignoreErrors")
	}
	if goja.IsUndefined(stderr) {
		stderr = stdout
	}
	for i, s := range []goja.Value{stdout, stderr} {
		o, ok := s.(*goja.Object)
		if !ok || !bind.IsCallable(bind.Get(o, "write")) {
			rt.Throw(nodeerr.ConsoleWritableStream([]string{"stdout", "stderr"}[i]))
		}
	}
	c := m.newConsole(this)
	c.options(opts)
	if !goja.IsUndefined(ignore) {
		c.ignoreErrors = ignore.ToBoolean()
	}
	for _, d := range m.methods {
		fn := rt.Callable(this.Get(d.name))
		length := 0
		if n := this.Get(d.name).(*goja.Object).Get("length"); n != nil {
			length = int(n.ToInteger())
		}
		_ = this.Set(d.name, rt.Func(d.name, length, func(call goja.FunctionCall) goja.Value {
			return fn(goja.FunctionCall{This: this, Arguments: call.Arguments})
		}))
	}
	define(this, "_stdout", stdout, goja.FLAG_TRUE)
	define(this, "_stderr", stderr, goja.FLAG_TRUE)
	m.properties(c)
	_ = this.DefineDataPropertySymbol(goja.SymToStringTag, rt.VM.ToValue("console"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (c *console) options(opts *goja.Object) {
	if opts == nil {
		return
	}
	rt := c.m.rt
	if v := bind.Get(opts, "colorMode"); !goja.IsUndefined(v) {
		if bind.TypeOf(v) != "boolean" && !(goja.IsString(v) && v.String() == "auto") {
			rt.ArgValue("colorMode", v, "must be one of: 'auto', true, false")
		}
		c.color = v
	}
	if v := bind.Get(opts, "groupIndentation"); !goja.IsUndefined(v) {
		c.width = int(rt.Integer(v, "groupIndentation", 0, maxGroupIndentation))
	}
	if v := bind.Get(opts, "inspectOptions"); !goja.IsUndefined(v) {
		c.inspect = rt.Object(v, "options.inspectOptions")
		if !goja.IsUndefined(bind.Get(c.inspect, "colors")) && !goja.IsUndefined(bind.Get(opts, "colorMode")) {
			rt.Throw(nodeerr.IncompatibleOptionPair("options.inspectOptions.color", "colorMode"))
		}
	}
}

// properties adds the hidden properties that Node's consoles have.
func (m *module) properties(c *console) {
	for i, name := range []string{"_stdoutErrorHandler", "_stderrErrorHandler"} {
		stream := []string{"_stdout", "_stderr"}[i]
		define(c.obj, name, m.rt.Func("", 1, func(call goja.FunctionCall) goja.Value {
			c.writeFailed(bind.Get(c.obj, stream), call.Argument(0))
			return goja.Undefined()
		}), goja.FLAG_TRUE)
	}
	define(c.obj, "_ignoreErrors", m.rt.VM.ToValue(c.ignoreErrors), goja.FLAG_TRUE)
	define(c.obj, "_times", c.shownTimes, goja.FLAG_TRUE)
}

// writeFailed takes the error of a write, so that the 'error' event that
// follows is not thrown.
func (c *console) writeFailed(stream, err goja.Value) {
	o, ok := stream.(*goja.Object)
	if !ok || goja.IsNull(err) {
		return
	}
	if st, ok := bind.Get(o, "_writableState").(*goja.Object); ok && bind.Get(st, "errorEmitted").ToBoolean() {
		return
	}
	c.guard(o)
}

// guard listens for an 'error' of a stream that nobody listens to.
func (c *console) guard(stream *goja.Object) bool {
	rt := c.m.rt
	if rt.Call(bind.Get(stream, "listenerCount"), stream, rt.VM.ToValue("error")).ToInteger() != 0 {
		return false
	}
	rt.Call(bind.Get(stream, "once"), stream, rt.VM.ToValue("error"), c.m.noop)
	return true
}

// write prints text and a line feed to _stdout or _stderr.
func (c *console) write(stream string, text string) {
	rt := c.m.rt
	if c.indent != "" {
		if strings.IndexByte(text, '\n') >= 0 {
			text = strings.ReplaceAll(text, "\n", "\n"+c.indent)
		}
		text = c.indent + text
	}
	line := rt.Mirror.StringValue(text + "\n")
	o, ok := bind.Get(c.obj, stream).(*goja.Object)
	if !ok {
		panic(rt.VM.NewTypeError("Cannot read properties of undefined (reading 'write')"))
	}
	if !c.ignoreErrors {
		rt.Call(bind.Get(o, "write"), o, line)
		return
	}
	guarded := false
	ex := rt.VM.Try(func() {
		guarded = c.guard(o)
		rt.Call(bind.Get(o, "write"), o, line, bind.Get(c.obj, stream+"ErrorHandler"))
	})
	if guarded {
		rt.Call(bind.Get(o, "removeListener"), o, rt.VM.ToValue("error"), c.m.noop)
	}
	if ex != nil && isOverflow(ex) {
		panic(ex) // the only failure that is not ignored
	}
}

func isOverflow(ex *goja.Exception) bool {
	o, ok := ex.Value().(*goja.Object)
	return ok && bind.Get(o, "name").String() == "RangeError" && bind.Get(o, "message").String() == "Maximum call stack size exceeded"
}

// inspectOptions returns the options that text for a stream is made with.
func (c *console) inspectOptions(stream string) inspect.Options {
	in := c.m.rt.Inspector
	opts := in.Default()
	target := bind.Get(c.obj, stream)
	given := c.inspect
	if given != nil && c.m.rt.Mirror.Kind(given) == mirror.Map {
		given, _ = c.m.rt.Mirror.MapGet(given, target).(*goja.Object)
	}
	colors := false
	if goja.IsString(c.color) {
		colors = c.m.shouldColorize(target)
	} else {
		colors = c.color.ToBoolean()
	}
	if given != nil {
		opts = in.ParseOptions(opts, given)
		if !goja.IsUndefined(bind.Get(given, "colors")) {
			return opts
		}
	}
	if colors {
		opts.Colors = true
	}
	return opts
}

// format is util.formatWithOptions for a stream.
func (c *console) format(stream string, args []goja.Value) string {
	if len(args) == 1 {
		if s, ok := args[0].(goja.String); ok {
			return mirror.Text(s)
		}
	}
	return c.m.rt.Inspector.FormatWithOptions(c.inspectOptions(stream), args)
}

// call calls the object's own method, which a subclass may have replaced.
func (c *console) call(name string, args ...goja.Value) goja.Value {
	return c.m.rt.Call(bind.Get(c.obj, name), c.obj, args...)
}
