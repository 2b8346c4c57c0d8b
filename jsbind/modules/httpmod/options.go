package httpmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// options are the options of one request, read without asking the object for
// each of the many names where it is a plain one.
type options struct {
	obj   *goja.Object
	props []bind.Prop
	plain bool   // props are all there is
	names uint64 // of plain options: the bits of their names
}

// nameBit is what tells most names of options apart.
func nameBit(name string) uint64 {
	if name == "" {
		return 1
	}
	return 1 << ((int(name[0]) + 7*len(name)) & 63)
}

func (m *module) options(o *goja.Object) options {
	props, plain := m.rt.PlainProps(o)
	x := options{obj: o, props: props, plain: plain}
	for i := range props {
		x.names |= nameBit(string(props[i].Name))
	}
	return x
}

// get returns options[name], undefined where there is none.
func (o *options) get(name string) goja.Value {
	if !o.plain {
		return bind.Get(o.obj, name)
	}
	if o.names&nameBit(name) == 0 {
		return goja.Undefined()
	}
	for i := range o.props {
		if string(o.props[i].Name) == name {
			return o.props[i].Value
		}
	}
	return goja.Undefined()
}

// kept is what later shows the options as they were given (see optionsValue).
func (o *options) kept() any {
	if o.plain {
		return o.props
	}
	return o.obj
}

// assignKept copies what kept returned.
func assignKept(dst *goja.Object, kept any) {
	switch k := kept.(type) {
	case *goja.Object:
		assign(dst, k)
	case []bind.Prop:
		for i := range k {
			_ = dst.Set(k[i].Name.String(), k[i].Value)
		}
	}
}

// isURL reports whether the first argument of a request is a URL object or
// looks like one.
func (o *options) isURL() bool {
	return !goja.IsUndefined(o.get("href")) && !goja.IsUndefined(o.get("protocol")) && goja.IsUndefined(o.get("auth")) && goja.IsUndefined(o.get("path"))
}
