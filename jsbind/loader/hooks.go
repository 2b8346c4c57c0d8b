package loader

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// customHooks are the hooks of module.registerHooks(), which run in this thread
// for require and import alike
// (https://nodejs.org/docs/latest-v24.x/api/module.html#moduleregisterhooksoptions).
type customHooks struct {
	list   []*hookPair // the last one is asked first
	thread HooksThread // of module.register(), behind those of the list; nil if there is none
}

type hookPair struct{ resolve, load goja.Value }

func (h *customHooks) any() bool { return len(h.list) > 0 || h.thread != nil }

// register is module.registerHooks(options).
func (l *Loader) registerHooks(c goja.FunctionCall) goja.Value {
	o, ok := c.Argument(0).(*goja.Object)
	if !ok {
		l.rt.ArgType("hooks", c.Argument(0), "Object")
	}
	p := &hookPair{bind.Get(o, "resolve"), bind.Get(o, "load")}
	for name, f := range map[string]goja.Value{"hooks.resolve": p.resolve, "hooks.load": p.load} {
		if !goja.IsUndefined(f) {
			l.rt.Function(f, name)
		}
	}
	l.custom.list = append(l.custom.list, p)
	out := l.rt.VM.NewObject()
	_ = out.Set("deregister", l.rt.Func("deregister", 0, func(goja.FunctionCall) goja.Value {
		l.custom.list = slices.DeleteFunc(slices.Clone(l.custom.list), func(q *hookPair) bool { return q == p })
		return goja.Undefined()
	}))
	return out
}

// chain calls the hooks that pick takes of the pairs, the last one first, and at
// their end last.
func (h *customHooks) chain(l *Loader, name string, pick func(*hookPair) goja.Value, first goja.Value, context *goja.Object, last func(arg goja.Value, context *goja.Object) *goja.Object, check func(*goja.Object)) *goja.Object {
	var hooks []goja.Value
	for _, p := range slices.Backward(h.list) {
		if f := pick(p); !goja.IsUndefined(f) {
			hooks = append(hooks, f)
		}
	}
	var call func(i int, arg goja.Value, context *goja.Object) *goja.Object
	call = func(i int, arg goja.Value, context *goja.Object) *goja.Object {
		if i == len(hooks) {
			return last(arg, context)
		}
		finished := false
		next := l.rt.Func("next"+strings.ToUpper(name[:1])+name[1:], 2, func(c goja.FunctionCall) goja.Value {
			finished = true
			to, ctx := arg, context
			if len(c.Arguments) > 0 && !goja.IsUndefined(c.Arguments[0]) {
				to = c.Arguments[0]
				l.rt.String(to, map[string]string{"resolve": "specifier", "load": "url"}[name])
			}
			if o, ok := c.Argument(1).(*goja.Object); ok {
				ctx = l.rt.VM.NewObject()
				for _, from := range []*goja.Object{context, o} {
					for _, k := range from.Keys() {
						_ = ctx.Set(k, from.Get(k))
					}
				}
			}
			return call(i+1, to, ctx)
		})
		v := l.rt.Call(hooks[i], goja.Undefined(), arg, context, next)
		o, _ := v.(*goja.Object)
		if !finished && !truthy(bind.Get(o, "shortCircuit")) {
			h.badProperty(l, name, "shortCircuit", "true", bind.Get(o, "shortCircuit"))
		}
		if o == nil {
			l.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_RETURN_VALUE", "Expected an object to be returned from the \""+name+"\" hook but got "+l.rt.Received(v)+"."))
		}
		check(o)
		return o
	}
	return call(0, first, context)
}

func (h *customHooks) badProperty(l *Loader, hook, name, expected string, v goja.Value) {
	l.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_RETURN_PROPERTY_VALUE", "Expected "+expected+" to be returned for the \""+name+"\" from the \""+hook+"\" hook but got "+l.rt.Received(v)+"."))
}

func (l *Loader) attributesObject(attrs attributes) *goja.Object {
	o := l.rt.VM.CreateObject(nil)
	for _, kv := range attrs {
		_ = o.Set(kv[0], kv[1])
	}
	return o
}

func (l *Loader) attributesOf(v goja.Value) attributes {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	var out attributes
	for _, k := range o.Keys() {
		out = append(out, [2]string{k, o.Get(k).String()})
	}
	return out
}

func pickResolve(p *hookPair) goja.Value { return p.resolve }
func pickLoad(p *hookPair) goja.Value    { return p.load }

func (h *customHooks) checkResolved(l *Loader) func(*goja.Object) {
	return func(o *goja.Object) {
		v := bind.Get(o, "url")
		if !goja.IsString(v) {
			h.badProperty(l, "resolve", "url", "a URL string", v)
		}
		if f := bind.Get(o, "format"); !bind.IsNullish(f) && !goja.IsString(f) {
			h.badProperty(l, "resolve", "format", "a string", f)
		}
	}
}

// resolveImport resolves a specifier of an ECMAScript module.
func (h *customHooks) resolveImport(e *modules, specifier, base string, attrs attributes) (href, format string, out attributes) {
	l := e.l
	ctx := l.rt.VM.NewObject()
	_ = ctx.Set("conditions", l.rt.ToValue(l.Resolver.importConditions))
	_ = ctx.Set("importAttributes", l.attributesObject(attrs))
	_ = ctx.Set("parentURL", orUndefined(l, base))
	o := h.chain(l, "resolve", pickResolve, l.value(specifier), ctx, func(arg goja.Value, ctx *goja.Object) *goja.Object {
		from := base
		if p := bind.Get(ctx, "parentURL"); goja.IsString(p) {
			from = p.String()
		}
		if h.thread != nil {
			return l.resolveInThread(arg.String(), from, l.attributesOf(ctx.Get("importAttributes")))
		}
		return e.resolvedObject(arg.String(), from, ctx)
	}, h.checkResolved(l))
	if a := bind.Get(o, "importAttributes"); !bind.IsNullish(a) {
		attrs = l.attributesOf(a)
	}
	return textOf(o, "url"), textOf(o, "format"), attrs
}

// resolveRequire resolves a request of require.
func (h *customHooks) resolveRequire(l *Loader, request string, parent goja.Value, isMain bool) (file, format, href string) {
	ctx := l.rt.VM.NewObject()
	_ = ctx.Set("conditions", l.rt.ToValue(l.Resolver.requireConditions))
	_ = ctx.Set("importAttributes", goja.Undefined())
	from := goja.Value(goja.Undefined())
	if p, ok := parent.(*goja.Object); ok && textOf(p, "filename") != "" {
		from = l.value(fileURL(textOf(p, "filename")))
	}
	_ = ctx.Set("parentURL", from)
	o := h.chain(l, "resolve", pickResolve, l.value(request), ctx, func(arg goja.Value, ctx *goja.Object) *goja.Object {
		r := l.rt.VM.NewObject()
		text := arg.String()
		if strings.HasPrefix(text, "file:") {
			text = l.pathOfURL(text)
		}
		found := text
		if !strings.HasPrefix(text, "node:") {
			found = l.call("_resolveFilename", l.value(text), parent, l.rt.VM.ToValue(isMain)).String()
		}
		if name, ok := l.builtinName(found); ok || strings.HasPrefix(found, "node:") {
			_ = r.Set("url", "node:"+name)
		} else {
			_ = r.Set("url", fileURL(found))
		}
		_ = r.Set("format", goja.Undefined())
		_ = r.Set("importAttributes", ctx.Get("importAttributes"))
		return r
	}, h.checkResolved(l))
	href, format = textOf(o, "url"), textOf(o, "format")
	if strings.HasPrefix(href, "node:") {
		h.sourceForRequire(l, nil, href, "builtin")
		return href, format, href
	}
	u, err := url.Parse(href)
	l.rt.Must(err)
	if u.Protocol() != "file:" {
		return href, format, href
	}
	return l.pathOfURL(href), format, href
}

// load asks the load hooks for a module of the given URL. given says that there
// is a text.
func (h *customHooks) load(e *modules, href, format string, attrs attributes) (out, text string, given bool) {
	l := e.l
	ctx := l.rt.VM.NewObject()
	_ = ctx.Set("conditions", l.rt.ToValue(l.Resolver.importConditions))
	_ = ctx.Set("format", orUndefined(l, format))
	_ = ctx.Set("importAttributes", l.attributesObject(attrs))
	plain, inThread := false, false
	o := h.chain(l, "load", pickLoad, l.value(href), ctx, func(arg goja.Value, ctx *goja.Object) *goja.Object {
		plain = true
		if h.thread != nil {
			inThread = true
			return l.loadInThread(arg.String(), textOf(ctx, "format"), l.attributesOf(ctx.Get("importAttributes")))
		}
		return e.loadedObject(arg.String(), ctx, false)
	}, h.checkLoaded(l))
	v := bind.Get(o, "source")
	out = textOf(o, "format")
	if bind.IsNullish(v) {
		return out, "", false
	}
	return out, l.sourceText(v), !plain || inThread || out != "commonjs"
}

func (h *customHooks) checkLoaded(l *Loader) func(*goja.Object) {
	return func(o *goja.Object) {
		f := bind.Get(o, "format")
		if !bind.IsNullish(f) && !goja.IsString(f) {
			h.badProperty(l, "load", "format", "a string", f)
		}
	}
}

// sourceText is the text that a load hook returned.
func (l *Loader) sourceText(v goja.Value) string {
	if goja.IsString(v) {
		return v.String()
	}
	if b, ok := bind.BytesOf(v); ok {
		return string(b)
	}
	return v.String()
}

// sourceForRequire asks the load hooks for the text of a file that is required.
func (h *customHooks) sourceForRequire(l *Loader, m *goja.Object, file, format string) (string, bool) {
	if !h.any() {
		return "", false
	}
	ctx := l.rt.VM.NewObject()
	_ = ctx.Set("conditions", l.rt.ToValue(l.Resolver.requireConditions))
	_ = ctx.Set("format", orUndefined(l, format))
	_ = ctx.Set("importAttributes", goja.Undefined())
	href := file
	if m != nil {
		if href = hiddenText(m, urlSymbol); href == "" {
			href = fileURL(file)
		}
	}
	o := h.chain(l, "load", pickLoad, l.value(href), ctx, func(arg goja.Value, ctx *goja.Object) *goja.Object {
		r := l.rt.VM.NewObject()
		if strings.HasPrefix(arg.String(), "node:") {
			_ = r.Set("source", goja.Null())
		} else {
			_ = r.Set("source", l.readFile(l.pathOfURL(arg.String())))
		}
		_ = r.Set("format", ctx.Get("format"))
		return r
	}, h.checkLoaded(l))
	if m == nil {
		return "", false
	}
	show(m, formatSymbol, orUndefined(l, textOf(o, "format")))
	v := bind.Get(o, "source")
	if bind.IsNullish(v) {
		return l.readFile(file), true
	}
	return l.sourceText(v), true
}
