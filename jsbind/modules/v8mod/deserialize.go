package v8mod

import (
	"encoding/binary"
	"math"
	"math/big"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// deserializer is the state of a v8.Deserializer.
type deserializer struct {
	m         *module
	obj       *goja.Object // the Deserializer, whose methods a subclass gives
	data      []byte
	pos       int
	version   uint32
	objects   []*goja.Object
	transfers map[uint32]*goja.Object
	depth     int
}

// maxDepth bounds nesting: deeper data is refused, as V8 refuses what would
// overflow its stack.
const maxDepth = 5000

// malformed unwinds to value's caller.
type malformed struct{}

func (d *deserializer) bad() { panic(malformed{}) }

// guard turns malformed data into the error that V8 throws.
func (d *deserializer) guard(message string, f func()) {
	defer func() {
		switch x := recover(); x.(type) {
		case nil:
		case malformed:
			d.m.rt.Throw(nodeerr.New(nodeerr.KindError, "", message))
		default:
			panic(x)
		}
	}()
	f()
}

func (d *deserializer) byte() byte {
	if d.pos >= len(d.data) {
		d.bad()
	}
	d.pos++
	return d.data[d.pos-1]
}

// tag reads the next tag, past padding.
func (d *deserializer) tag() byte {
	for {
		if t := d.byte(); t != tagPadding {
			return t
		}
	}
}

func (d *deserializer) peek() byte {
	for i := d.pos; i < len(d.data); i++ {
		if d.data[i] != tagPadding {
			return d.data[i]
		}
	}
	return 0
}

func (d *deserializer) varint() uint64 {
	n, size := binary.Uvarint(d.data[d.pos:])
	if size <= 0 {
		d.bad()
	}
	d.pos += size
	return n
}

// count reads a number of things that need at least one byte each.
func (d *deserializer) count() int {
	n := d.varint()
	if n > uint64(len(d.data)-d.pos) {
		d.bad()
	}
	return int(n)
}

func (d *deserializer) bytes(n uint64) []byte {
	if n > uint64(len(d.data)-d.pos) {
		d.bad()
	}
	d.pos += int(n)
	return d.data[d.pos-int(n) : d.pos]
}

func (d *deserializer) double() float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(d.bytes(8)))
}

func (d *deserializer) header() bool {
	if d.pos < len(d.data) && d.data[d.pos] == tagVersion {
		d.pos++
		n, size := binary.Uvarint(d.data[d.pos:])
		if size > 0 && n <= wireVersion && n >= oldestVersion {
			d.pos += size
			d.version = uint32(n)
			return true
		}
	}
	return false
}

// remember gives an object its number, before its contents are read.
func (d *deserializer) remember(o *goja.Object) *goja.Object {
	d.objects = append(d.objects, o)
	return o
}

func (d *deserializer) value() goja.Value {
	if d.depth++; d.depth > maxDepth {
		d.bad()
	}
	defer func() { d.depth-- }()
	v := d.plain()
	if o, ok := v.(*goja.Object); ok && d.peek() == tagView {
		if _, ok := o.Export().(goja.ArrayBuffer); ok {
			d.tag()
			return d.view(o)
		}
	}
	return v
}

func (d *deserializer) plain() goja.Value {
	vm := d.m.rt.VM
	switch t := d.tag(); t {
	case tagUndefined:
		return goja.Undefined()
	case tagNull:
		return goja.Null()
	case tagTrue, tagFalse:
		return vm.ToValue(t == tagTrue)
	case tagInt32:
		n := uint32(d.varint())
		return vm.ToValue(int32(n>>1) ^ -int32(n&1))
	case tagUint32:
		return vm.ToValue(uint32(d.varint()))
	case tagDouble:
		return vm.ToValue(d.double())
	case tagBigInt:
		return d.bigint()
	case tagOneByteString, tagTwoByteString, tagUTF8String:
		return d.text(t)
	case tagReference:
		id := d.varint()
		if id >= uint64(len(d.objects)) || d.objects[id] == nil {
			d.bad()
		}
		return d.objects[id]
	case tagBeginObject:
		o := d.remember(vm.NewObject())
		if n := d.properties(o, tagEndObject); uint64(n) != d.varint() {
			d.bad()
		}
		return o
	case tagBeginDense:
		return d.dense()
	case tagBeginSparse:
		length := d.varint()
		if length > math.MaxUint32 {
			d.bad()
		}
		o := d.remember(vm.NewArray())
		_ = o.Set("length", length)
		if n := d.properties(o, tagEndSparse); uint64(n) != d.varint() || length != d.varint() {
			d.bad()
		}
		return o
	case tagDate:
		return d.remember(d.m.make("Date", vm.ToValue(d.double())))
	case tagTrueObject, tagFalseObject:
		return d.remember(vm.ToValue(t == tagTrueObject).ToObject(vm))
	case tagNumberObject:
		return d.remember(vm.ToValue(d.double()).ToObject(vm))
	case tagBigIntObject:
		return d.remember(d.bigint().ToObject(vm))
	case tagStringObject:
		return d.remember(d.textValue().ToObject(vm))
	case tagRegExp:
		return d.regexp()
	case tagBeginMap:
		return d.collection("Map", tagEndMap)
	case tagBeginSet:
		return d.collection("Set", tagEndSet)
	case tagArrayBuffer:
		n := d.varint()
		p := append([]byte(nil), d.bytes(n)...)
		return d.remember(vm.ToValue(vm.NewArrayBuffer(p)).(*goja.Object))
	case tagTransferred, tagShared:
		o := d.transfers[uint32(d.varint())]
		if o == nil {
			d.bad()
		}
		return d.remember(o)
	case tagError:
		return d.error()
	case tagHostObject:
		read := bind.Get(d.obj, "_readHostObject")
		if !bind.IsCallable(read) {
			d.m.rt.Throw(nodeerr.New(nodeerr.KindError, "", "Unable to deserialize cloned data."))
		}
		at := len(d.objects)
		d.remember(nil)
		o, ok := d.m.rt.Call(read, d.obj).(*goja.Object)
		if !ok {
			panic(d.m.rt.VM.NewTypeError("readHostObject must return an object"))
		}
		d.objects[at] = o
		return o
	default:
		d.bad()
		return nil
	}
}

func (d *deserializer) bigint() goja.Value {
	field := d.varint()
	digits := append([]byte(nil), d.bytes(field>>1)...)
	for i, j := 0, len(digits)-1; i < j; i, j = i+1, j-1 {
		digits[i], digits[j] = digits[j], digits[i]
	}
	n := new(big.Int).SetBytes(digits)
	if field&1 != 0 {
		n.Neg(n)
	}
	return d.m.rt.VM.ToValue(n)
}

func (d *deserializer) text(tag byte) goja.Value {
	p := d.bytes(d.varint())
	switch tag {
	case tagUTF8String:
		if !utf8.Valid(p) {
			d.bad()
		}
		return d.m.rt.VM.ToValue(string(p))
	case tagTwoByteString:
		if len(p)%2 != 0 {
			d.bad()
		}
		units := make([]uint16, len(p)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(p[2*i:])
		}
		return goja.StringFromUTF16(units)
	}
	units := make([]uint16, len(p))
	for i, c := range p {
		units[i] = uint16(c)
	}
	return goja.StringFromUTF16(units)
}

func (d *deserializer) textValue() goja.Value {
	switch t := d.tag(); t {
	case tagOneByteString, tagTwoByteString, tagUTF8String:
		return d.text(t)
	}
	d.bad()
	return nil
}

// properties reads keys and values up to the end tag and returns how many there
// were.
func (d *deserializer) properties(o *goja.Object, end byte) int {
	for n := 0; ; n++ {
		if d.peek() == end {
			d.tag()
			return n
		}
		key := d.value()
		if !goja.IsString(key) && !goja.IsNumber(key) {
			d.bad()
		}
		if err := o.DefineDataProperty(key.String(), d.value(), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE); err != nil {
			d.bad()
		}
	}
}

func (d *deserializer) dense() goja.Value {
	length := d.count()
	o := d.remember(d.m.rt.VM.NewArray())
	for i := range length {
		if d.peek() == tagTheHole {
			d.tag()
			continue
		}
		_ = o.Set(bind.FormatNumber(float64(i)), d.value())
	}
	_ = o.Set("length", length)
	if n := d.properties(o, tagEndDense); uint64(n) != d.varint() || uint64(length) != d.varint() {
		d.bad()
	}
	return o
}

func (d *deserializer) regexp() goja.Value {
	at := len(d.objects)
	d.remember(nil)
	pattern := d.textValue()
	bits := uint32(d.varint())
	flags := ""
	for _, f := range regexpFlags {
		if bits&f.bit != 0 {
			flags += string(f.letter)
			bits &^= f.bit
		}
	}
	if bits != 0 {
		d.bad()
	}
	d.objects[at] = d.m.make("RegExp", pattern, d.m.rt.VM.ToValue(flags))
	return d.objects[at]
}

func (d *deserializer) collection(class string, end byte) goja.Value {
	o := d.remember(d.m.make(class))
	n := uint64(0)
	for d.peek() != end {
		if class == "Map" {
			key := d.value()
			d.m.call("mapSet", o, key, d.value())
			n++
		} else {
			d.m.call("setAdd", o, d.value())
		}
		n++
	}
	d.tag()
	if n != d.varint() {
		d.bad()
	}
	return o
}

func (d *deserializer) view(buffer *goja.Object) goja.Value {
	at := len(d.objects)
	d.remember(nil)
	tag, offset, size := d.byte(), d.varint(), d.varint()
	if d.version >= 14 {
		d.varint()
	}
	for class, t := range viewTags {
		if t.tag != tag {
			continue
		}
		if offset%uint64(t.size) != 0 || size%uint64(t.size) != 0 || offset+size > uint64(len(buffer.Export().(goja.ArrayBuffer).Bytes())) {
			d.bad()
		}
		vm := d.m.rt.VM
		d.objects[at] = d.m.make(class, buffer, vm.ToValue(int64(offset)), vm.ToValue(int64(size)/int64(t.size)))
		return d.objects[at]
	}
	d.bad()
	return nil
}

func (d *deserializer) error() goja.Value {
	class := "Error"
	var message, stack goja.Value
	at := len(d.objects)
	d.remember(nil)
	var cause goja.Value
	for done := false; !done; {
		switch t := d.byte(); t {
		case errorMessage:
			message = d.textValue()
		case errorCause:
			cause = d.value()
		case errorStack:
			stack = d.textValue()
		case errorEnd:
			done = true
		default:
			name, ok := "", false
			for n, tag := range errorTags {
				if tag == t {
					name, ok = n, true
				}
			}
			if !ok {
				d.bad()
			}
			class = name
		}
	}
	var args []goja.Value
	if message != nil {
		args = append(args, message)
	}
	o := d.m.make(class, args...)
	hidden := func(name string, v goja.Value) {
		if v != nil {
			_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	}
	hidden("cause", cause)
	hidden("stack", stack)
	d.objects[at] = o
	return o
}
