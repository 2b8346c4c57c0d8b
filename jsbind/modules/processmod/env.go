package processmod

import (
	"os"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

// environment is process.env: a live view of the environment whose values are
// strings.
func (p *Process) environment() {
	proxy := p.rt.VM.NewProxy(p.rt.VM.NewObject(), &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, name string, _ goja.Value) goja.Value {
			if v, ok := os.LookupEnv(name); ok {
				return p.rt.VM.ToValue(v)
			}
			return target.Get(name)
		},
		Set: func(_ *goja.Object, name string, v, _ goja.Value) bool {
			_ = os.Setenv(name, p.envString(v))
			return true
		},
		Has: func(target *goja.Object, name string) bool {
			if _, ok := os.LookupEnv(name); ok {
				return true
			}
			return target.Get(name) != nil
		},
		DeleteProperty: func(_ *goja.Object, name string) bool {
			_ = os.Unsetenv(name)
			return true
		},
		OwnKeys: func(*goja.Object) *goja.Object {
			var keys []any
			for _, kv := range p.opt.Env() {
				if i := strings.IndexByte(kv, '='); i > 0 {
					keys = append(keys, kv[:i])
				}
			}
			return p.rt.VM.NewArray(keys...)
		},
		GetOwnPropertyDescriptor: func(_ *goja.Object, name string) goja.PropertyDescriptor {
			v, ok := os.LookupEnv(name)
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
			_ = os.Setenv(name, p.envString(d.Value))
			return true
		},
	})
	_ = p.Obj.Set("env", proxy)
}

func (p *Process) envString(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		panic(p.rt.VM.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return v.String()
}
