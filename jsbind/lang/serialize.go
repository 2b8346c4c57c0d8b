package lang

import (
	"slices"

	"github.com/dop251/goja"
)

// The marks of objects that must not be moved or copied: worker_threads'
// markAsUntransferable and markAsUncloneable.
var (
	SymUntransferable = goja.NewSymbol("untransferable_object_private_symbol")
	SymUncloneable    = goja.NewSymbol("uncloneable_object_private_symbol")
)

// Message is a serialized value, which belongs to no runtime: any goroutine may
// hold it, and one may make the value of it, once.
type Message struct {
	root        item
	records     []record
	transferred []any // what Hooks.Transfer gave, by their order in the list
}

// item is a primitive value or the index of a record.
type item struct {
	value goja.Value // nil for a record
	index int
}

// record is a serialized object.
type record interface{}

type (
	objectRecord struct {
		keys   []string
		values []item
	}
	arrayRecord struct {
		length goja.Value
		objectRecord
	}
	boxedRecord  struct{ value goja.Value }
	dateRecord   struct{ value goja.Value }
	regexpRecord struct{ source, flags string }
	mapRecord    struct{ keys, values []item }
	setRecord    struct{ values []item }
	bufferRecord struct {
		data   []byte
		max    int // of a resizable one, else -1
		shared bool
	}
	viewRecord struct {
		class          string
		buffer         item
		offset, length int
	}
	errorRecord struct {
		name           string
		message, stack goja.Value // nil where there is none
		cause          item
		hasCause       bool
	}
	exceptionRecord struct{ message, name, stack goja.Value }
	hostRecord      struct{ restore any }
	transferRecord  struct{ index int }
)

// serializer writes one Message.
type serializer struct {
	*cloning
	m         *Message
	seen      map[*goja.Object]int
	transfers map[*goja.Object]int // the records of what is moved
}

// Serialize makes a Message of a value and moves what transfer lists. It throws
// a DataCloneError for what cannot be copied or moved; then nothing was moved.
func (h *Hooks) Serialize(v goja.Value, transfer []goja.Value) *Message {
	s := &serializer{cloning: h.clones(), m: &Message{}, seen: map[*goja.Object]int{}}
	var list []*goja.Object
	for _, v := range transfer {
		list = append(list, s.checkTransfer(v, list))
	}
	if len(list) > 0 {
		s.transfers = make(map[*goja.Object]int, len(list))
	}
	for _, o := range list {
		i := len(s.m.records)
		if bufferParts(o) != nil {
			s.m.records = append(s.m.records, nil)
		} else {
			s.m.records = append(s.m.records, transferRecord{len(s.m.transferred)})
			s.m.transferred = append(s.m.transferred, nil)
		}
		s.transfers[o], s.seen[o] = i, i
	}
	s.m.root = s.item(v)
	for _, o := range list {
		i := s.transfers[o]
		if p := bufferParts(o); p != nil {
			s.m.records[i] = s.bufferOf(o, p.data)
			o.Export().(goja.ArrayBuffer).Detach()
			continue
		}
		s.m.transferred[s.m.records[i].(transferRecord).index] = h.Transfer(o)
	}
	return s.m
}

// checkTransfer returns the object behind an element of a transfer list, or
// throws.
func (s *serializer) checkTransfer(v goja.Value, list []*goja.Object) *goja.Object {
	o, ok := v.(*goja.Object)
	if !ok {
		s.fail("Found invalid value in transferList.")
	}
	if p := bufferParts(o); p != nil && !IsSharedArrayBuffer(o) {
		if slices.Contains(list, o) {
			s.fail("Transfer list contains duplicate ArrayBuffer")
		}
		if p.detached || s.marked(o, SymUntransferable) {
			s.fail("Cannot transfer object of unsupported type.")
		}
		return o
	}
	class := ""
	if s.hooks.CanTransfer != nil {
		class = s.hooks.CanTransfer(o)
	}
	if class == "" {
		s.fail("Found invalid value in transferList.")
	}
	if slices.Contains(list, o) {
		s.fail("Transfer list contains duplicate " + class)
	}
	if s.marked(o, SymUntransferable) {
		s.fail("Cannot transfer object of unsupported type.")
	}
	return o
}

// marked reports whether an object itself carries a mark.
func (s *serializer) marked(o *goja.Object, mark *goja.Symbol) bool {
	if o.GetSymbol(mark) == nil {
		return false
	}
	_, own := s.describeOwn(goja.FunctionCall{Arguments: []goja.Value{o, mark}}).(*goja.Object)
	return own
}

func (s *serializer) add(o *goja.Object, r record) item {
	i := len(s.m.records)
	s.seen[o] = i
	s.m.records = append(s.m.records, r)
	return item{index: i}
}

// item serializes a value.
func (s *serializer) item(v goja.Value) item {
	o, ok := v.(*goja.Object)
	if !ok {
		switch v := v.(type) {
		case *goja.Symbol:
			s.fail(describe(v) + " could not be cloned.")
		case goja.String:
			v.Length() // some strings are looked at when first used, which must not happen on two goroutines
		}
		return item{value: v}
	}
	if i, ok := s.seen[o]; ok {
		return item{index: i}
	}
	if bufferParts(o) == nil && s.marked(o, SymUncloneable) {
		s.fail(describe(o) + " could not be cloned.")
	}
	if _, ok := goja.AssertFunction(o); ok {
		s.fail(o.String() + " could not be cloned.")
	}
	if t := typedParts(o); t != nil {
		return s.typedArray(o, t)
	}
	if p := bufferParts(o); p != nil {
		return s.buffer(o, p)
	}
	if errorParts(o) != nil {
		return s.err(o)
	}
	if regexpParts(o) != nil {
		return s.add(o, regexpRecord{o.Get("source").String(), o.Get("flags").String()})
	}
	switch engineTypeOf(o) {
	case "arrayObject", "sparseArrayObject":
		it := s.add(o, nil)
		s.m.records[it.index] = arrayRecord{o.Get("length"), s.properties(o)}
		return it
	case "dateObject":
		return s.add(o, dateRecord{s.dateValue(goja.FunctionCall{This: o})})
	case "stringObject":
		v := toString(s.vm, o)
		v.Length()
		return s.add(o, boxedRecord{v})
	case "mapObject":
		return s.mapEntries(o)
	case "setObject":
		return s.setValues(o)
	}
	return s.object(o)
}

func (s *serializer) mapEntries(o *goja.Object) item {
	it := s.add(o, nil)
	var entries [][2]goja.Value
	s.mapEach(goja.FunctionCall{This: o, Arguments: []goja.Value{s.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		entries = append(entries, [2]goja.Value{c.Argument(1), c.Argument(0)})
		return goja.Undefined()
	})}})
	var r mapRecord
	for _, e := range entries {
		r.keys = append(r.keys, s.item(e[0]))
		r.values = append(r.values, s.item(e[1]))
	}
	s.m.records[it.index] = r
	return it
}

func (s *serializer) setValues(o *goja.Object) item {
	it := s.add(o, nil)
	var values []goja.Value
	s.setEach(goja.FunctionCall{This: o, Arguments: []goja.Value{s.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		values = append(values, c.Argument(0))
		return goja.Undefined()
	})}})
	var r setRecord
	for _, v := range values {
		r.values = append(r.values, s.item(v))
	}
	s.m.records[it.index] = r
	return it
}

// object serializes an ordinary object, or refuses one with internal state.
func (s *serializer) object(o *goja.Object) item {
	if s.hooks.Clone != nil {
		if restore, ok := s.hooks.Clone(o); ok {
			return s.add(o, hostRecord{restore})
		}
	}
	if s.hooks.CanTransfer != nil && s.hooks.MustTransfer(o) {
		s.fail("Object that needs transfer was found in message but not listed in transferList")
	}
	if p := primitiveParts(o); p != nil {
		switch {
		case isHost(p):
			s.fail(describe(o) + " could not be cloned.")
		case isSymbol(p.pValue):
			s.fail("[object Symbol] could not be cloned.")
		}
		return s.add(o, boxedRecord{p.pValue})
	}
	if plainParts(o) == nil {
		// goja has types of its own for generators, iterators, promises, weak
		// collections and so on; what remains are objects like arguments.
		name := engineTypeOf(o)
		if name == "proxyObject" && s.hooks.IsPlain != nil && s.hooks.IsPlain(o) {
			name = "baseObject"
		}
		switch name {
		case "baseObject", "dynamicObject", "argumentsObject", "unmappedArgumentsObject", "templatedObject", "lazyObject", "guardedObject", "objectGoMapSimple":
		case "dataViewObject":
			buffer := s.item(o.Get("buffer"))
			return s.add(o, viewRecord{"DataView", buffer, int(o.Get("byteOffset").ToInteger()), int(o.Get("byteLength").ToInteger())})
		case "arrayIterObject", "mapIterObject", "setIterObject", "stringIterObject", "regExpStringIterObject", "generatorObject":
			s.fail(toStringTag(o) + " could not be cloned.")
		default:
			s.fail(describe(o) + " could not be cloned.")
		}
	}
	if o == s.vm.GlobalObject() {
		s.fail("#<Object> could not be cloned.")
	}
	it := s.add(o, nil)
	s.m.records[it.index] = s.properties(o)
	return it
}

func isSymbol(v goja.Value) bool {
	_, ok := v.(*goja.Symbol)
	return ok
}

func isHost(p *primitiveObjectMirror) bool {
	_, ok := p.pValue.(*host)
	return ok
}

// properties serializes the own enumerable properties with string keys.
func (s *serializer) properties(o *goja.Object) (r objectRecord) {
	for _, key := range o.Keys() {
		v := o.Get(key)
		if v == nil {
			continue // a getter has deleted it
		}
		r.keys = append(r.keys, key)
		r.values = append(r.values, s.item(v))
	}
	return r
}

func (s *serializer) buffer(o *goja.Object, p *bufferObjectMirror) item {
	if i, ok := s.seen[o]; ok {
		return item{index: i}
	}
	if IsSharedArrayBuffer(o) {
		return s.add(o, bufferRecord{data: p.data, max: -1, shared: true})
	}
	if p.detached {
		s.fail("An ArrayBuffer is detached and could not be cloned.")
	}
	return s.add(o, s.bufferOf(o, append(make([]byte, 0, len(p.data)), p.data...)))
}

func (s *serializer) bufferOf(o *goja.Object, data []byte) bufferRecord {
	r := bufferRecord{data: data, max: -1}
	if v := o.Get("resizable"); v != nil && v.ToBoolean() {
		r.max = int(o.Get("maxByteLength").ToInteger())
	}
	return r
}

func (s *serializer) typedArray(o *goja.Object, t *typedArrayMirror) item {
	owner := t.viewedArrayBuf.val
	if _, moved := s.transfers[owner]; t.viewedArrayBuf.detached && !moved {
		s.fail("An ArrayBuffer is detached and could not be cloned.")
	}
	buffer := s.buffer(owner, t.viewedArrayBuf)
	return s.add(o, viewRecord{t.defaultCtor.Get("name").String(), buffer, t.offset * t.elemSize, t.length})
}

// clonableErrors are the classes of errors that survive; others become Error.
var clonableErrors = map[string]bool{
	"Error": true, "EvalError": true, "RangeError": true, "ReferenceError": true, "SyntaxError": true, "TypeError": true, "URIError": true,
}

func (s *serializer) err(o *goja.Object) item {
	text := func(v goja.Value) goja.Value {
		t := toString(s.vm, v)
		t.Length()
		return t
	}
	if s.hooks.isDOMException(o) {
		return s.add(o, exceptionRecord{text(o.Get("message")), text(o.Get("name")), text(o.Get("stack"))})
	}
	r := errorRecord{name: "Error"}
	if v := o.Get("name"); !isUndefined(v) && clonableErrors[v.String()] {
		r.name = v.String()
	}
	own := func(key string) (goja.Value, bool) {
		d, ok := s.describeOwn(goja.FunctionCall{Arguments: []goja.Value{o, goString(key)}}).(*goja.Object)
		if !ok {
			return nil, false
		}
		v := d.Get("value")
		return v, v != nil
	}
	it := s.add(o, nil)
	if msg, ok := own("message"); ok {
		r.message = text(msg)
	}
	stack := o.Get("stack")
	if cause, ok := own("cause"); ok {
		r.cause, r.hasCause = s.item(cause), true
	}
	if _, ok := stack.(goja.String); ok {
		r.stack = text(stack)
	}
	s.m.records[it.index] = r
	return it
}

// isDOMException reports whether o is a DOMException.
func (h *Hooks) isDOMException(o *goja.Object) bool {
	lib := h.loader.loaded["domexception"]
	return lib != nil && h.loader.vm.InstanceOf(o, lib.Get("DOMException").(*goja.Object))
}

// Ports returns what Hooks.Transfer gave of the objects that were moved, in the
// order of the transfer list.
func (m *Message) Transferred() []any { return m.transferred }

// Restored is what a Message was made to: for what came with it.
type Restored struct {
	// Transferred are the objects that were moved, in the order of the list.
	Transferred []*goja.Object
}

// restorer makes the value of a Message.
type restorer struct {
	*cloning
	m    *Message
	made map[int]*goja.Object
	out  Restored
}

// Restore makes the value of a message in this runtime. It throws what the
// restoring of a host's object throws.
func (h *Hooks) Restore(m *Message) (goja.Value, Restored) {
	r := &restorer{cloning: h.clones(), m: m, made: map[int]*goja.Object{}}
	for i, rec := range m.records {
		if t, ok := rec.(transferRecord); ok {
			o := h.RestoreHost(m.transferred[t.index]).(*goja.Object)
			r.made[i] = o
			r.out.Transferred = append(r.out.Transferred, o)
		}
	}
	return r.value(m.root), r.out
}

func (r *restorer) value(it item) goja.Value {
	if it.value != nil {
		return it.value
	}
	if o := r.made[it.index]; o != nil {
		return o
	}
	keep := func(o *goja.Object) *goja.Object {
		r.made[it.index] = o
		return o
	}
	switch x := r.m.records[it.index].(type) {
	case objectRecord:
		o := keep(r.vm.NewObject())
		r.properties(o, x)
		return o
	case arrayRecord:
		o := keep(r.vm.NewArray())
		_ = o.Set("length", x.length)
		r.properties(o, x.objectRecord)
		return o
	case boxedRecord:
		if s, ok := x.value.(goja.String); ok {
			return keep(r.make("String", s))
		}
		return keep(x.value.ToObject(r.vm))
	case dateRecord:
		return keep(r.make("Date", x.value))
	case regexpRecord:
		return keep(r.make("RegExp", goString(x.source), goString(x.flags)))
	case mapRecord:
		o := keep(r.make("Map"))
		for i := range x.keys {
			key := r.value(x.keys[i])
			r.mapSet(goja.FunctionCall{This: o, Arguments: []goja.Value{key, r.value(x.values[i])}})
		}
		return o
	case setRecord:
		o := keep(r.make("Set"))
		for _, v := range x.values {
			r.setAdd(goja.FunctionCall{This: o, Arguments: []goja.Value{r.value(v)}})
		}
		return o
	case bufferRecord:
		return keep(r.buffer(x))
	case viewRecord:
		buffer := r.value(x.buffer)
		return keep(r.make(x.class, buffer, goInt(x.offset), goInt(x.length)))
	case errorRecord:
		return r.err(x, keep)
	case exceptionRecord:
		o := keep(r.hooks.NewDOMException(x.message.String(), x.name.String()))
		_ = o.Set("stack", x.stack)
		return o
	case hostRecord:
		return keep(r.hooks.RestoreHost(x.restore).(*goja.Object))
	}
	panic("lang: unknown record of a message")
}

func (r *restorer) properties(o *goja.Object, x objectRecord) {
	for i, key := range x.keys {
		_ = o.DefineDataProperty(key, r.value(x.values[i]), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
}

func (r *restorer) buffer(x bufferRecord) *goja.Object {
	switch {
	case x.shared:
		o := r.vm.ToValue(r.vm.NewArrayBuffer(x.data)).(*goja.Object)
		_ = o.SetPrototype(r.ctor("SharedArrayBuffer").Get("prototype").(*goja.Object))
		bufferParts(o).class = sharedClass
		return o
	case x.max >= 0:
		opts := r.vm.NewObject()
		_ = opts.Set("maxByteLength", x.max)
		o := r.make("ArrayBuffer", goInt(len(x.data)), opts)
		copy(bufferParts(o).data, x.data)
		return o
	}
	return r.vm.ToValue(r.vm.NewArrayBuffer(x.data)).(*goja.Object)
}

func (r *restorer) err(x errorRecord, keep func(*goja.Object) *goja.Object) goja.Value {
	var args []goja.Value
	if x.message != nil {
		args = append(args, x.message)
	}
	o := keep(r.make(x.name, args...))
	if x.hasCause {
		define(o, "cause", r.value(x.cause))
	}
	if x.stack != nil {
		_ = o.Set("stack", x.stack)
	}
	return o
}

// Copy returns a message of its own of the same value, for a second receiver.
// Nothing may have been moved.
func (m *Message) Copy() *Message {
	c := &Message{root: m.root, records: slices.Clone(m.records)}
	for i, r := range c.records {
		if b, ok := r.(bufferRecord); ok && !b.shared {
			b.data = append(make([]byte, 0, len(b.data)), b.data...)
			c.records[i] = b
		}
	}
	return c
}
