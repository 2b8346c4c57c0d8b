package urlmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/url"
)

// iteration is what an iterator yields.
type iteration uint8

const (
	entries iteration = iota
	keys
	values
)

// iterator is the state of an iterator over a list.
type iterator struct {
	list  *url.SearchParams
	kind  iteration
	index int
}

func (m *module) iterate(p *url.SearchParams, kind iteration) *goja.Object {
	if m.iterator == nil {
		m.defineIterator()
	}
	o := m.rt.VM.CreateObject(m.iterator)
	m.rt.Attach(o, &iterator{list: p, kind: kind})
	return o
}

// value returns what it yields for a pair.
func (m *module) value(it *iterator, p url.Pair) goja.Value {
	switch it.kind {
	case keys:
		return m.rt.VM.ToValue(p.Name)
	case values:
		return m.rt.VM.ToValue(p.Value)
	}
	return m.rt.VM.NewArray(p.Name, p.Value)
}

func (m *module) iteratorOf(this goja.Value) *iterator {
	it, ok := bind.From(this).(*iterator)
	if !ok {
		m.rt.Throw(nodeerr.InvalidThis("URLSearchParamsIterator"))
	}
	return it
}

func (m *module) defineIterator() {
	rt := m.rt
	array := rt.VM.NewArray()
	arrayIterator := rt.Call(array.GetSymbol(goja.SymIterator), array).(*goja.Object)
	m.iterator = rt.VM.CreateObject(arrayIterator.Prototype().Prototype())
	enumerable(m.iterator, "next", rt.Func("next", 0, func(c goja.FunctionCall) goja.Value {
		it := m.iteratorOf(c.This)
		var value goja.Value = goja.Undefined()
		done := it.index >= it.list.Len()
		if !done {
			value = m.value(it, it.list.At(it.index))
			it.index++
		}
		b := rt.NewObject(2)
		b.Put("value", value)
		b.Put("done", rt.VM.ToValue(done))
		return b.Object()
	}))
	_ = m.iterator.DefineDataPropertySymbol(rt.Inspector.CustomSymbol(), rt.Func("[nodejs.util.inspect.custom]", 2, m.inspectIterator),
		goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	tag(rt, m.iterator, "URLSearchParams Iterator")
}
