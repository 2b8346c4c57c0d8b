package loader

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// loadModule is Module._load(request, parent, isMain).
func (l *Loader) loadModule(request string, parent goja.Value, isMain bool) goja.Value {
	if l.builtins.HasAddon(request) {
		return l.builtins.Load(request)
	}
	if m := l.mockFor(request, parent, isMain); m != nil {
		return m.exports()
	}
	cache := l.member("_cache")
	var key relativeKey
	p, hasParent := parent.(*goja.Object)
	if hasParent {
		key = relativeKey{textOf(p, "path"), request}
		if file, ok := l.relative[key]; ok {
			if m, ok := cache.Get(file).(*goja.Object); ok {
				l.adoptChild(parent, m, true)
				if !truthy(m.Get("loaded")) {
					return l.circularExports(m)
				}
				return bind.Get(m, "exports")
			}
			delete(l.relative, key)
		}
	}
	file, format, url := l.resolveForRequire(request, parent, isMain)
	if name, ok := strings.CutPrefix(file, "node:"); ok {
		if !l.builtins.HasScheme(name) {
			l.rt.Throw(errUnknownBuiltin(file))
		}
		return l.builtins.Load(name)
	}
	if name, ok := strings.CutPrefix(file, addonScheme); ok {
		return l.builtins.Load(name) // resolved by a program first
	}
	m, ok := cache.Get(file).(*goja.Object)
	if ok {
		l.adoptChild(parent, m, true)
		if truthy(m.Get("loaded")) {
			return bind.Get(m, "exports")
		}
		if !truthy(hidden(m, esmSymbol)) {
			return l.circularExports(m)
		}
	}
	if l.builtins.Has(file) {
		return l.builtins.Load(file)
	}
	if !ok {
		m = l.newModule(file, parent)
	}
	show(m, mainSymbol, l.rt.VM.ToValue(isMain))
	show(m, esmSymbol, l.rt.VM.ToValue(false))
	show(m, urlSymbol, orUndefined(l, url))
	show(m, formatSymbol, orUndefined(l, format))
	if isMain {
		if p, ok := l.rt.VM.Get("process").(*goja.Object); ok {
			_ = p.Set("mainModule", m)
		}
		_ = m.Set("id", ".")
		l.mainFile = file
	}
	_ = cache.Set(file, m)
	if hasParent {
		l.relative[key] = file
	}
	done := false
	defer func() {
		if !done {
			_ = cache.Delete(file)
			delete(l.relative, key)
			l.dropChild(parent, m)
		}
	}()
	l.rt.Call(m.Get("load"), m, l.value(file))
	done = true
	exports := bind.Get(m, "exports")
	l.endCircular(exports)
	hide(m, firstSymbol, exports)
	return exports
}

func orUndefined(l *Loader, s string) goja.Value {
	if s == "" {
		return goja.Undefined()
	}
	return l.value(s)
}

func errUnknownBuiltin(name string) error {
	return nodeerr.New(nodeerr.KindError, "ERR_UNKNOWN_BUILTIN_MODULE", "No such built-in module: "+name)
}

// resolveForRequire finds what request names: by Module._resolveFilename, after
// the hooks of registerHooks. format and url are what hooks said.
func (l *Loader) resolveForRequire(request string, parent goja.Value, isMain bool) (file, format, url string) {
	if l.custom.any() {
		return l.custom.resolveRequire(l, request, parent, isMain)
	}
	if strings.HasPrefix(request, "node:") {
		return request, "", ""
	}
	return l.call("_resolveFilename", l.value(request), parent, l.rt.VM.ToValue(isMain)).String(), "", ""
}

// circularExports returns the exports of a module that is being loaded. While
// they are a plain object, they get a prototype that warns of names which are
// not there yet.
func (l *Loader) circularExports(m *goja.Object) goja.Value {
	if hiddenText(m, formatSymbol) == "module" || l.isRequiredESM(m) {
		l.throwRequireCycle(textOf(m, "filename"), hidden(m, parentSymbol))
	}
	v := bind.Get(m, "exports")
	o, ok := v.(*goja.Object)
	if !ok || bind.IsProxy(o) || o.Prototype() != l.objectPrototype() {
		return v
	}
	if truthy(o.Get("__esModule")) {
		return v
	}
	_ = o.SetPrototype(l.circularPrototype())
	return v
}

func (l *Loader) objectPrototype() *goja.Object {
	return l.rt.VM.Get("Object").(*goja.Object).Get("prototype").(*goja.Object)
}

// endCircular takes the warning prototype off again.
func (l *Loader) endCircular(exports goja.Value) {
	if o, ok := exports.(*goja.Object); ok && l.circular != nil && !bind.IsProxy(o) && o.Prototype() == l.circular {
		_ = o.SetPrototype(l.objectPrototype())
	}
}

func (l *Loader) circularPrototype() *goja.Object {
	if l.circular != nil {
		return l.circular
	}
	proto := l.objectPrototype()
	warn := func(name string) {
		l.rt.Warn("Accessing non-existent property '"+name+"' of module exports inside circular dependency", "Warning", nil)
	}
	l.circular = l.rt.VM.ToValue(l.rt.VM.NewProxy(l.rt.VM.CreateObject(proto), &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, name string, _ goja.Value) goja.Value {
			// __esModule is asked for by transpiled code.
			if v := target.Get(name); v != nil || name == "__esModule" {
				return v
			}
			warn(name)
			return goja.Undefined()
		},
		GetSym: func(target *goja.Object, sym *goja.Symbol, _ goja.Value) goja.Value {
			if v := target.GetSymbol(sym); v != nil {
				return v
			}
			warn("Symbol(" + sym.String() + ")")
			return goja.Undefined()
		},
		GetOwnPropertyDescriptor: func(target *goja.Object, name string) goja.PropertyDescriptor {
			if name != "__esModule" {
				warn(name)
			}
			return goja.PropertyDescriptor{}
		},
	})).(*goja.Object)
	return l.circular
}

func hiddenText(o *goja.Object, s *goja.Symbol) string {
	if v := hidden(o, s); goja.IsString(v) {
		return v.String()
	}
	return ""
}
