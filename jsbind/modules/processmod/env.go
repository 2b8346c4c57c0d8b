package processmod

import (
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

// Environment is what process.env shows: the process's, or a worker's own.
type Environment interface {
	Lookup(name string) (string, bool)
	Set(name, value string)
	Unset(name string)
	List() []string // "name=value"
}

// systemEnvironment is the environment of the process.
type systemEnvironment struct{}

func (systemEnvironment) Lookup(name string) (string, bool) { return os.LookupEnv(name) }
func (systemEnvironment) Set(name, value string)            { _ = os.Setenv(name, value) }
func (systemEnvironment) Unset(name string)                 { _ = os.Unsetenv(name) }
func (systemEnvironment) List() []string                    { return os.Environ() }

// ownEnvironment is a worker's, which others may share.
type ownEnvironment struct {
	mu     sync.Mutex // guards the rest
	names  []string
	values map[string]string
}

// NewEnvironment makes an environment of "name=value" pairs. Any goroutine may
// use it.
func NewEnvironment(list []string) Environment {
	e := &ownEnvironment{values: map[string]string{}}
	for _, kv := range list {
		if name, value, ok := strings.Cut(kv, "="); ok {
			e.Set(name, value)
		}
	}
	return e
}

func (e *ownEnvironment) Lookup(name string) (string, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	v, ok := e.values[name]
	return v, ok
}

func (e *ownEnvironment) Set(name, value string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, ok := e.values[name]; !ok {
		e.names = append(e.names, name)
	}
	e.values[name] = value
}

func (e *ownEnvironment) Unset(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, ok := e.values[name]; ok {
		delete(e.values, name)
		e.names = slices.DeleteFunc(e.names, func(n string) bool { return n == name })
	}
}

func (e *ownEnvironment) List() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make([]string, len(e.names))
	for i, n := range e.names {
		out[i] = n + "=" + e.values[n]
	}
	return out
}

// Environment returns what process.env shows.
func (p *Process) Environment() Environment { return p.opt.Environment }

// IsEnv reports whether v is process.env.
func (p *Process) IsEnv(v *goja.Object) bool { return goja.Value(v) == p.env }

// environment is process.env: a live view of the environment whose values are
// strings.
func (p *Process) environment() {
	target := p.rt.VM.NewObject()
	_ = target.DefineDataPropertySymbol(mirror.PlainProxy, p.rt.VM.ToValue(true), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	proxy := p.rt.VM.NewProxy(target, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, name string, _ goja.Value) goja.Value {
			if v, ok := p.opt.Environment.Lookup(name); ok {
				return p.rt.VM.ToValue(v)
			}
			return target.Get(name)
		},
		Set: func(_ *goja.Object, name string, v, _ goja.Value) bool {
			p.opt.Environment.Set(name, p.envString(v))
			return true
		},
		Has: func(target *goja.Object, name string) bool {
			if _, ok := p.opt.Environment.Lookup(name); ok {
				return true
			}
			return target.Get(name) != nil
		},
		DeleteProperty: func(_ *goja.Object, name string) bool {
			p.opt.Environment.Unset(name)
			return true
		},
		OwnKeys: func(*goja.Object) *goja.Object {
			var keys []any
			for _, kv := range p.opt.Environment.List() {
				if i := strings.IndexByte(kv, '='); i > 0 {
					keys = append(keys, kv[:i])
				}
			}
			return p.rt.VM.NewArray(keys...)
		},
		GetOwnPropertyDescriptor: func(_ *goja.Object, name string) goja.PropertyDescriptor {
			v, ok := p.opt.Environment.Lookup(name)
			if !ok {
				return goja.PropertyDescriptor{}
			}
			return goja.PropertyDescriptor{Value: p.rt.VM.ToValue(v), Writable: goja.FLAG_TRUE, Enumerable: goja.FLAG_TRUE, Configurable: goja.FLAG_TRUE}
		},
		DefineProperty: func(_ *goja.Object, name string, d goja.PropertyDescriptor) bool {
			switch {
			case d.Getter != nil || d.Setter != nil:
				p.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_OBJECT_DEFINE_PROPERTY", "'process.env' does not accept an accessor(getter/setter) descriptor"))
			case d.Value == nil:
				p.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_OBJECT_DEFINE_PROPERTY", "'process.env' only accepts a configurable, writable, and enumerable data descriptor"))
			case d.Configurable != goja.FLAG_TRUE || d.Writable != goja.FLAG_TRUE || d.Enumerable != goja.FLAG_TRUE:
				p.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_OBJECT_DEFINE_PROPERTY", "'process.env' only accepts a configurable, writable, and enumerable data descriptor"))
			}
			p.opt.Environment.Set(name, p.envString(d.Value))
			return true
		},
	})
	p.env = p.rt.VM.ToValue(proxy)
	_ = p.Obj.Set("env", p.env)
}

func (p *Process) envString(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		panic(p.rt.VM.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return v.String()
}
