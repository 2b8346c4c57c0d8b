package urlmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// paramsOf returns the list behind a URLSearchParams object, nil if v is none.
func paramsOf(v goja.Value) *url.SearchParams {
	p, _ := bind.From(v).(*url.SearchParams)
	return p
}

// list returns the list of a receiver, or throws ERR_INVALID_THIS.
func (m *module) list(this goja.Value) *url.SearchParams {
	p := paramsOf(this)
	if p == nil {
		m.rt.Throw(nodeerr.InvalidThis("URLSearchParams"))
	}
	return p
}

func (m *module) defineParams() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "URLSearchParams", ES6: true, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		var init goja.Value = goja.Undefined()
		if len(args) > 0 {
			init = args[0]
		}
		rt.Attach(this, m.newParams(init))
		return nil
	}})
	m.params = c
	c.Accessor("size", func(this goja.Value) goja.Value { return rt.VM.ToValue(m.list(this).Len()) }, nil, true)
	// method adds a method that needs the named arguments.
	method := func(name string, args []string, f func(p *url.SearchParams, c goja.FunctionCall) goja.Value) {
		enumerable(c.Proto, name, rt.Func(name, len(args), func(call goja.FunctionCall) goja.Value {
			p := m.list(call.This)
			m.require(call, args...)
			return f(p, call)
		}))
	}
	method("append", []string{"name", "value"}, func(p *url.SearchParams, c goja.FunctionCall) goja.Value {
		name, value := m.text(c.Argument(0)), m.text(c.Argument(1))
		p.Append(name, value)
		return goja.Undefined()
	})
	method("delete", []string{"name"}, func(p *url.SearchParams, c goja.FunctionCall) goja.Value {
		name := m.text(c.Argument(0))
		if v := c.Argument(1); goja.IsUndefined(v) {
			p.Delete(name)
		} else {
			p.DeleteValue(name, m.text(v))
		}
		return goja.Undefined()
	})
	method("get", []string{"name"}, func(p *url.SearchParams, c goja.FunctionCall) goja.Value {
		if v, ok := p.Get(m.text(c.Argument(0))); ok {
			return rt.VM.ToValue(v)
		}
		return goja.Null()
	})
	method("getAll", []string{"name"}, func(p *url.SearchParams, c goja.FunctionCall) goja.Value {
		return rt.ToValue(p.GetAll(m.text(c.Argument(0))))
	})
	method("has", []string{"name"}, func(p *url.SearchParams, c goja.FunctionCall) goja.Value {
		name := m.text(c.Argument(0))
		if v := c.Argument(1); !goja.IsUndefined(v) {
			return rt.VM.ToValue(p.HasValue(name, m.text(v)))
		}
		return rt.VM.ToValue(p.Has(name))
	})
	method("set", []string{"name", "value"}, func(p *url.SearchParams, c goja.FunctionCall) goja.Value {
		name, value := m.text(c.Argument(0)), m.text(c.Argument(1))
		p.Set(name, value)
		return goja.Undefined()
	})
	method("sort", nil, func(p *url.SearchParams, c goja.FunctionCall) goja.Value {
		p.Sort()
		return goja.Undefined()
	})
	iterate := func(name string, kind iteration) {
		method(name, nil, func(p *url.SearchParams, c goja.FunctionCall) goja.Value { return m.iterate(p, kind) })
	}
	iterate("entries", entries)
	enumerable(c.Proto, "forEach", rt.Func("forEach", 1, m.forEach))
	iterate("keys", keys)
	iterate("values", values)
	method("toString", nil, func(p *url.SearchParams, c goja.FunctionCall) goja.Value { return rt.VM.ToValue(p.String()) })
	c.SymbolMethod(rt.Inspector.CustomSymbol(), "[nodejs.util.inspect.custom]", 2, m.inspectParams)
	tag(rt, c.Proto, "URLSearchParams")
	_ = c.Proto.DefineDataPropertySymbol(goja.SymIterator, c.Proto.Get("entries"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	c.Seal()
}

// forEach sees pairs that are added and removed meanwhile, by their index.
func (m *module) forEach(c goja.FunctionCall) goja.Value {
	p := m.list(c.This)
	fn := c.Argument(0)
	m.rt.Function(fn, "callback")
	call := m.rt.Callable(fn)
	for i := 0; i < p.Len(); i++ {
		pair := p.At(i)
		call(goja.FunctionCall{This: c.Argument(1), Arguments: []goja.Value{m.rt.VM.ToValue(pair.Value), m.rt.VM.ToValue(pair.Name), c.This}})
	}
	return goja.Undefined()
}

// newParams makes a list of the constructor's argument: nothing, another list,
// something to iterate that gives pairs, an object, or a query.
func (m *module) newParams(init goja.Value) *url.SearchParams {
	if bind.IsNullish(init) {
		return url.NewSearchParams()
	}
	o, ok := init.(*goja.Object)
	if !ok {
		return url.ParseSearchParams(m.text(init))
	}
	method := o.GetSymbol(goja.SymIterator)
	switch from := paramsOf(o); {
	case from != nil && method == m.params.Proto.GetSymbol(goja.SymIterator):
		list := make([]url.Pair, from.Len())
		for i := range list {
			list[i] = from.At(i)
		}
		return url.NewSearchParams(list...)
	case bind.IsNullish(method):
		return m.paramsOfRecord(o)
	case !bind.IsCallable(method):
		m.rt.Throw(nodeerr.ArgNotIterable("Query pairs"))
	}
	var list []url.Pair
	m.rt.VM.ForOf(o, func(pair goja.Value) bool {
		list = append(list, m.pair(pair))
		return true
	})
	return url.NewSearchParams(list...)
}

// pair reads a name and a value from something to iterate.
func (m *module) pair(v goja.Value) url.Pair {
	o, ok := v.(*goja.Object)
	if !ok || !bind.IsCallable(o.GetSymbol(goja.SymIterator)) {
		m.rt.Throw(nodeerr.InvalidTuple("Each query pair", "[name, value]"))
	}
	var texts []string
	m.rt.VM.ForOf(o, func(v goja.Value) bool {
		texts = append(texts, m.text(v))
		return true
	})
	if len(texts) != 2 {
		m.rt.Throw(nodeerr.InvalidTuple("Each query pair", "[name, value]"))
	}
	return url.Pair{Name: texts[0], Value: texts[1]}
}

// paramsOfRecord reads the own enumerable properties of an object. Two names
// may be the same once they are well-formed: the later value counts.
func (m *module) paramsOfRecord(o *goja.Object) *url.SearchParams {
	var list []url.Pair
	at := map[string]int{}
	reflect := m.rt.VM.Get("Reflect").(*goja.Object)
	keys := m.rt.Call(reflect.Get("ownKeys"), reflect, o)
	descriptor := m.rt.Callable(reflect.Get("getOwnPropertyDescriptor"))
	get := m.rt.Callable(reflect.Get("get"))
	m.rt.VM.ForOf(keys, func(key goja.Value) bool {
		args := goja.FunctionCall{This: reflect, Arguments: []goja.Value{o, key}}
		d, ok := descriptor(args).(*goja.Object)
		if !ok || !bind.Get(d, "enumerable").ToBoolean() {
			return true
		}
		name := m.text(key)
		value := m.text(get(args))
		if i, ok := at[name]; ok {
			list[i].Value = value
			return true
		}
		at[name] = len(list)
		list = append(list, url.Pair{Name: name, Value: value})
		return true
	})
	return url.NewSearchParams(list...)
}
