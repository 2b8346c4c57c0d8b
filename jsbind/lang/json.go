package lang

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// The JSON object (ECMA-262 25.5, with JSON.rawJSON and the reviver's context
// of the "JSON.parse source text access" proposal).

type jsonObject struct {
	vm      *goja.Runtime
	hooks   *Hooks
	scratch []goja.Value // for the next parser

	get, define, remove native // Reflect's get, defineProperty and deleteProperty
}

func installJSON(vm *goja.Runtime, h *Hooks) {
	j := &jsonObject{vm: vm, hooks: h}
	h.json = j
	reflection := vm.Get("Reflect").(*goja.Object)
	j.get, _ = callable(reflection.Get("get"))
	j.define, _ = callable(reflection.Get("defineProperty"))
	j.remove, _ = callable(reflection.Get("deleteProperty"))
	o := vm.Get("JSON").(*goja.Object)
	replace := func(name string, f native) {
		if n := nativeParts(o.Get(name)); n != nil {
			n.f = f
		}
	}
	replace("parse", j.jsParse)
	replace("stringify", j.jsStringify)
	method(vm, o, "rawJSON", 1, j.rawJSON)
	method(vm, o, "isRawJSON", 1, func(c goja.FunctionCall) goja.Value {
		o, ok := c.Argument(0).(*goja.Object)
		return goBool(ok && isRawJSON(o))
	})
}

func (j *jsonObject) jsParse(c goja.FunctionCall) goja.Value {
	s := toString(j.vm, c.Argument(0))
	p := &jsonParser{vm: j.vm, src: s.String()}
	if len(p.src) != s.Length() && strings.ContainsRune(p.src, utf8.RuneError) {
		p.exact = units(s)
	}
	reviver, ok := callable(c.Argument(1))
	if !ok {
		return j.parse(p)
	}
	p.notes = make(map[jsonPlace]string)
	v := j.parse(p)
	root := j.holder(v)
	if _, ok := v.(*goja.Object); !ok {
		p.notes[jsonPlace{root, ""}] = strings.Trim(p.src, " \t\r\n")
	}
	r := &reviving{j: j, reviver: reviver, notes: p.notes, was: make(map[jsonPlace]goja.Value)}
	for place := range p.notes {
		r.was[place] = place.holder.Get(place.key)
	}
	return r.walk(root, goString(""))
}

// holder makes the object that has a value under the empty name.
func (j *jsonObject) holder(v goja.Value) *goja.Object {
	o := j.vm.NewObject()
	_ = o.DefineDataProperty("", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	return o
}

// keep is CreateDataProperty, and drop is [[Delete]]: both may fail, and a proxy
// may throw.
func (j *jsonObject) keep(o *goja.Object, key, v goja.Value) {
	d := j.vm.NewObject()
	for _, name := range []string{"writable", "enumerable", "configurable"} {
		_ = d.DefineDataProperty(name, jsonTrue, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	_ = d.DefineDataProperty("value", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	j.define(goja.FunctionCall{Arguments: []goja.Value{o, key, d}})
}

func (j *jsonObject) drop(o *goja.Object, key goja.Value) {
	j.remove(goja.FunctionCall{Arguments: []goja.Value{o, key}})
}

// reviving is one run of InternalizeJSONProperty (25.5.1.1).
type reviving struct {
	j       *jsonObject
	reviver native
	notes   map[jsonPlace]string
	was     map[jsonPlace]goja.Value
}

func (r *reviving) walk(holder *goja.Object, key goja.Value) goja.Value {
	vm := r.j.vm
	name := key.String()
	v := holder.Get(name)
	if v == nil {
		v = goja.Undefined()
	}
	context := vm.NewObject()
	if o, ok := v.(*goja.Object); ok {
		child := func(k goja.Value) {
			kept := r.walk(o, k)
			if goja.IsUndefined(kept) {
				r.j.drop(o, k)
			} else {
				r.j.keep(o, k, kept)
			}
		}
		if isArray(vm, o) {
			n := int(o.Get("length").ToInteger())
			for i := range n {
				child(goString(strconv.Itoa(i)))
			}
		} else {
			for _, k := range o.Keys() {
				child(goString(k))
			}
		}
	} else if text, ok := r.notes[jsonPlace{holder, name}]; ok && v.SameAs(r.was[jsonPlace{holder, name}]) {
		_ = context.Set("source", text)
	}
	return r.reviver(goja.FunctionCall{This: holder, Arguments: []goja.Value{key, v, context}})
}

func isArray(vm *goja.Runtime, o *goja.Object) bool {
	if _, _, ok := engine.Properties(o); ok || plainParts(o) != nil {
		return false
	}
	if arrayParts(o) != nil {
		return true
	}
	f, ok := callable(vm.Get("Array").(*goja.Object).Get("isArray"))
	return ok && f(goja.FunctionCall{Arguments: []goja.Value{o}}).ToBoolean()
}

// rawText marks the objects of JSON.rawJSON: a hidden entry of the table of
// values that is no property name (see regexp_install.go).
const rawText = " rawJSON"

func isRawJSON(o *goja.Object) bool {
	base := plainParts(o)
	return base != nil && base.values[rawText] != nil
}

func (j *jsonObject) rawJSON(c goja.FunctionCall) goja.Value {
	s := toString(j.vm, c.Argument(0))
	text := s.String()
	if text == "" || strings.ContainsAny(text[:1]+text[len(text)-1:], "\t\n\r ") {
		panic(newSyntaxError(j.vm, "Invalid value for JSON.rawJSON"))
	}
	if text[0] == '{' || text[0] == '[' {
		panic(newSyntaxError(j.vm, "Invalid value for JSON.rawJSON"))
	}
	j.parse(&jsonParser{vm: j.vm, src: text})
	o := j.vm.CreateObject(nil)
	_ = o.DefineDataProperty("rawJSON", s, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	if base := plainParts(o); base != nil {
		base.values[rawText] = s
		base.extensible = false
	}
	return o
}
