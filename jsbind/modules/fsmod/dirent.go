package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
)

var typeSymbol = goja.NewSymbol("type")

// defineDirent makes the class Dirent.
func (m *module) defineDirent() {
	rt := m.rt
	m.dirent = rt.NewClass(bind.ClassDef{Name: "Dirent", Length: 3, ES6: true, New: func(this *goja.Object, a []goja.Value) *goja.Object {
		fillDirent(this, arg(a, 0), arg(a, 2), arg(a, 1))
		return nil
	}})
	for _, k := range kinds {
		m.dirent.Method(k.name, 0, func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			if !ok {
				return rt.VM.ToValue(false)
			}
			t := o.GetSymbol(typeSymbol)
			return rt.VM.ToValue(t != nil && goja.IsNumber(t) && t.ToInteger() == int64(k.entry))
		})
	}
	m.dirent.Seal()
	_ = m.exports.Set("Dirent", m.dirent.Ctor)
}

func fillDirent(o *goja.Object, name, parent, kind goja.Value) {
	_ = o.Set("name", name)
	_ = o.Set("parentPath", parent)
	_ = o.SetSymbol(typeSymbol, kind)
}

func (m *module) direntValue(e fs.Entry, enc encoding) goja.Value {
	o := m.rt.VM.CreateObject(m.dirent.Proto)
	fillDirent(o, m.name(e.Name, enc), m.name(e.Parent, enc), m.rt.VM.ToValue(e.Kind))
	return o
}
