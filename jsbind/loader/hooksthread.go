package loader

import (
	"embed"
	"os"
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
	"github.com/spindle-js/spindle/nodeerr"
)

// module.register(): hooks that run in a thread of their own
// (https://nodejs.org/docs/latest-v24.x/api/module.html#moduleregisterspecifier-parenturl-options).
// The thread that loads a module waits for them.

// HooksThread runs hooks. Any thread may ask.
type HooksThread interface {
	// Ask runs an operation of js/hooksthread.js with a message of its arguments
	// and waits for the end.
	Ask(operation string, arguments any) HooksAnswer
}

// HooksAnswer is what became of an operation.
type HooksAnswer struct {
	// Message is what it returned; with Failed it describes what it threw.
	Message any
	Failed  bool
	// Exited says that the thread has ended, with Code.
	Exited bool
	Code   int
	// Unsettled says that the thread has nothing left to do.
	Unsettled bool
}

// neverSettled is the code of the error for a request of which nothing more will
// come; an import() that makes one does not settle either.
const neverSettled = "ERR_ASYNC_LOADER_REQUEST_NEVER_SETTLED"

// isNeverSettled says whether ex is of neverSettled.
func isNeverSettled(ex *goja.Exception) bool {
	o, ok := ex.Value().(*goja.Object)
	return ok && textOf(o, "code") == neverSettled
}

//go:embed js/*.js
var files embed.FS

// Hooks returns the thread of the hooks, nil if none were registered.
func (l *Loader) Hooks() HooksThread { return l.custom.thread }

// SetHooks makes the loader use the hooks of another thread's.
func (l *Loader) SetHooks(t HooksThread) { l.custom.thread = t }

// AddHooks registers hooks as module.register() does.
func (l *Loader) AddHooks(specifier, parentURL string, data goja.Value, transfer []goja.Value) {
	if l.custom.thread == nil {
		l.custom.thread = l.NewHooksThread()
	}
	l.askHooks("register", transfer, l.value(specifier), l.value(parentURL), data)
}

// StartLoaders registers the hooks of --experimental-loader.
func (l *Loader) StartLoaders() {
	if len(l.opt.Loaders) == 0 || l.custom.thread != nil {
		return
	}
	advice := "register(" + strconv.Quote(l.opt.Loaders[0]) + ", pathToFileURL(\"./\"));"
	for _, name := range l.opt.Loaders[1:] {
		advice += " register(" + strconv.Quote(name) + ", pathToFileURL(\"./\"));"
	}
	l.rt.Warn("`--experimental-loader` may be removed in the future; instead use `register()`:\n--import 'data:text/javascript,import { register } from \"node:module\"; import { pathToFileURL } from \"node:url\"; "+advice+"'", "ExperimentalWarning", nil)
	cwd, _ := os.Getwd()
	for _, name := range l.opt.Loaders {
		l.AddHooks(name, fileURL(cwd+"/"), goja.Undefined(), nil)
	}
}

// registerThread is module.register(specifier, parentURL, options).
func (l *Loader) registerThread(c goja.FunctionCall) goja.Value {
	rt := l.rt
	specifier, parent, options := c.Argument(0), c.Argument(1), c.Argument(2)
	if o, ok := parent.(*goja.Object); ok {
		if _, isURL := rt.Href(o); !isURL {
			options, parent = o, bind.Get(o, "parentURL")
		}
	}
	text := func(v goja.Value) string {
		if o, ok := v.(*goja.Object); ok {
			if href, ok := rt.Href(o); ok {
				return href
			}
		}
		return v.String()
	}
	base := "data:"
	if !goja.IsUndefined(parent) {
		base = text(parent)
	}
	data := goja.Value(goja.Undefined())
	var transfer []goja.Value
	if o, ok := options.(*goja.Object); ok {
		data = bind.Get(o, "data")
		if list := bind.Get(o, "transferList"); !bind.IsNullish(list) {
			transfer = items(list)
		}
	}
	l.AddHooks(text(specifier), base, data, transfer)
	return goja.Undefined()
}

// askHooks asks the thread, and throws what it threw.
func (l *Loader) askHooks(operation string, transfer []goja.Value, args ...goja.Value) *goja.Object {
	list := make([]any, len(args))
	for i, a := range args {
		list[i] = a
	}
	a := l.custom.thread.Ask(operation, l.rt.Serialize(l.rt.VM.NewArray(list...), transfer))
	switch {
	case a.Exited:
		process := l.rt.VM.Get("process").(*goja.Object)
		l.rt.Call(process.Get("exit"), process, l.rt.VM.ToValue(a.Code))
	case a.Unsettled:
		l.rt.Throw(nodeerr.New(nodeerr.KindError, neverSettled, "Async loader request never settled"))
	}
	v, _ := l.rt.Deserialize(a.Message)
	o, _ := v.(*goja.Object)
	if a.Failed {
		panic(l.rt.Thrown(l.hookError(o)))
	}
	return o
}

// hookError makes an error again that the thread described.
func (l *Loader) hookError(o *goja.Object) goja.Value {
	kind := bind.Get(o, "kind")
	if goja.IsUndefined(kind) {
		return bind.Get(o, "value")
	}
	props := bind.Get(o, "properties").(*goja.Object)
	e, err := l.rt.VM.New(l.rt.VM.Get(kind.String()), bind.Get(props, "message"))
	if err != nil {
		panic(err)
	}
	for _, key := range props.Keys() {
		switch key {
		case "message":
		case "stack":
			_ = e.DefineDataProperty(key, props.Get(key), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		default:
			_ = e.Set(key, props.Get(key))
		}
	}
	if code := bind.Get(o, "hidden"); !goja.IsUndefined(code) {
		_ = e.Set("code", code)
	}
	return e
}

// resolveInThread asks the resolve hooks.
func (l *Loader) resolveInThread(specifier, base string, attrs attributes) *goja.Object {
	return l.askHooks("resolve", nil, l.value(specifier), orUndefined(l, base), l.attributesObject(attrs), l.rt.ToValue(l.Resolver.importConditions))
}

// loadInThread asks the load hooks.
func (l *Loader) loadInThread(href, format string, attrs attributes) *goja.Object {
	return l.askHooks("load", nil, l.value(href), orUndefined(l, format), l.attributesObject(attrs))
}

// ServeHooks makes this runtime one that runs hooks, and returns what runs an
// operation: answer is called once, when it is done. It and answer run inside
// JavaScript.
func (l *Loader) ServeHooks() func(operation string, arguments any, answer func(message any, failed bool)) {
	rt, e := l.rt, l.esm
	s := scripted.New(rt, "modules/esm", files)
	s.Func("importModule", 2, func(c goja.FunctionCall) goja.Value {
		p, resolve, reject := rt.VM.NewPromise()
		base := c.Argument(1).String()
		e.importTo(c.Argument(0), goja.Undefined(), func() string { return base },
			func(rec *record) { _ = resolve(rec.mod.Namespace()) }, func(v goja.Value) { _ = reject(v) })
		return rt.VM.ToValue(p)
	})
	s.Func("resolveDefault", 2, func(c goja.FunctionCall) goja.Value {
		ctx, _ := c.Argument(1).(*goja.Object)
		return e.resolvedObject(c.Argument(0).String(), textOf(ctx, "parentURL"), ctx)
	})
	s.Func("loadDefault", 2, func(c goja.FunctionCall) goja.Value {
		ctx, _ := c.Argument(1).(*goja.Object)
		return e.loadedObject(c.Argument(0).String(), ctx, true)
	})
	run := s.Load("hooksthread")
	return func(operation string, arguments any, answer func(any, bool)) {
		args, _ := rt.Deserialize(arguments)
		rt.Call(run, goja.Undefined(), l.value(operation), args, rt.Func("answer", 2, func(c goja.FunctionCall) goja.Value {
			answer(rt.Serialize(c.Argument(0), nil), c.Argument(1).ToBoolean())
			return goja.Undefined()
		}))
	}
}

// resolvedObject is what the default of a resolve hook returns.
func (e *modules) resolvedObject(specifier, base string, ctx *goja.Object) *goja.Object {
	l := e.l
	found, err := e.resolveDefault(specifier, base)
	l.rt.Must(err)
	r := l.rt.VM.NewObject()
	_ = r.Set("__proto__", nil)
	_ = r.Set("url", found)
	looked := false
	f, err := e.format(found, func() string {
		looked = true
		return ""
	})
	if err != nil || looked { // only its text would tell
		f = ""
	}
	_ = r.Set("format", orUndefined(l, f))
	_ = r.Set("importAttributes", ctx.Get("importAttributes"))
	return r
}

// loadedObject is what the default of a load hook returns; async says that it is
// for those of module.register(), which get no text of CommonJS modules.
func (e *modules) loadedObject(href string, ctx *goja.Object, async bool) *goja.Object {
	l := e.l
	format := textOf(ctx, "format")
	r := l.rt.VM.NewObject()
	if format == "" || format == "builtin" {
		var err error
		format, err = e.format(href, func() string { return e.sourceOf(href) })
		l.rt.Must(err)
	}
	l.rt.Must(checkAttributes(href, format, l.attributesOf(ctx.Get("importAttributes"))))
	_ = r.Set("format", format)
	if async {
		_ = r.Set("responseURL", href)
	}
	if format == "builtin" || async && format == "commonjs" {
		_ = r.Set("source", goja.Null())
	} else {
		_ = r.Set("source", l.rt.MakeBuffer([]byte(e.sourceOf(href))))
	}
	return r
}
