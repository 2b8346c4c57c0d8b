package v8mod

import (
	"encoding/binary"
	"math"
	"math/big"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

// serializer is the state of a v8.Serializer.
type serializer struct {
	m         *module
	obj       *goja.Object // the Serializer, whose methods a subclass gives
	buf       []byte
	ids       map[*goja.Object]uint32
	transfers map[*goja.Object]uint32
	hostViews bool // views of buffers are left to _writeHostObject
}

func (s *serializer) tag(t byte) { s.buf = append(s.buf, t) }

func (s *serializer) varint(n uint64) { s.buf = binary.AppendUvarint(s.buf, n) }

func (s *serializer) double(f float64) {
	if f != f { // one NaN for all
		s.buf = binary.LittleEndian.AppendUint64(s.buf, 0x7ff8<<48)
		return
	}
	s.buf = binary.LittleEndian.AppendUint64(s.buf, math.Float64bits(f))
}

func (s *serializer) fail(message string) {
	make := bind.Get(s.obj, "_getDataCloneError")
	if !bind.IsCallable(make) {
		s.m.rt.Throw(nodeerr.New(nodeerr.KindError, "", message))
	}
	panic(s.m.rt.Thrown(s.m.rt.Call(make, s.obj, s.m.rt.VM.ToValue(message))))
}

func (s *serializer) cannot(v goja.Value) { s.fail(s.m.describe(v) + " could not be cloned.") }

// value writes any value.
func (s *serializer) value(v goja.Value) {
	switch {
	case v == nil || goja.IsUndefined(v):
		s.tag(tagUndefined)
	case goja.IsNull(v):
		s.tag(tagNull)
	case goja.IsNumber(v):
		s.number(v.ToFloat())
	case goja.IsString(v):
		s.text(v.(goja.String))
	case goja.IsBigInt(v):
		s.tag(tagBigInt)
		s.bigint(v)
	default:
		switch x := v.(type) {
		case *goja.Object:
			s.object(x)
		case *goja.Symbol:
			s.fail("Symbol(" + x.String() + ") could not be cloned.")
		default:
			if v.ToBoolean() {
				s.tag(tagTrue)
			} else {
				s.tag(tagFalse)
			}
		}
	}
}

func (s *serializer) number(f float64) {
	if n := int32(f); float64(n) == f && (n != 0 || !math.Signbit(f)) {
		s.tag(tagInt32)
		s.varint(uint64(uint32(n)<<1 ^ uint32(n>>31)))
		return
	}
	s.tag(tagDouble)
	s.double(f)
}

func (s *serializer) bigint(v goja.Value) {
	n, _ := new(big.Int).SetString(v.String(), 10)
	digits := n.Bytes()
	size := (len(digits) + 7) / 8 * 8
	field := uint64(size) << 1
	if n.Sign() < 0 {
		field |= 1
	}
	s.varint(field)
	for i := range size {
		if i < len(digits) {
			s.tag(digits[len(digits)-1-i])
		} else {
			s.tag(0)
		}
	}
}

// text writes a string with the smallest units that hold it; two-byte ones are
// aligned.
func (s *serializer) text(v goja.String) {
	n := v.Length()
	narrow := true
	for i := 0; i < n && narrow; i++ {
		narrow = v.CharAt(i) < 256
	}
	if narrow {
		s.tag(tagOneByteString)
		s.varint(uint64(n))
		for i := range n {
			s.tag(byte(v.CharAt(i)))
		}
		return
	}
	size := len(binary.AppendUvarint(nil, uint64(2*n)))
	if (len(s.buf)+1+size)%2 != 0 {
		s.tag(tagPadding)
	}
	s.tag(tagTwoByteString)
	s.varint(uint64(2 * n))
	for i := range n {
		s.buf = binary.LittleEndian.AppendUint16(s.buf, v.CharAt(i))
	}
}

func (s *serializer) textOf(v string) { s.text(s.m.rt.VM.ToValue(v).(goja.String)) }

// object writes an object, or a reference to one that was written.
func (s *serializer) object(o *goja.Object) {
	mir := s.m.rt.Mirror
	kind := mir.Kind(o)
	view := kind == mirror.TypedArray || kind == mirror.DataView
	if _, seen := s.ids[o]; view && !seen && !s.hostViews {
		s.object(bind.Get(o, "buffer").(*goja.Object))
	}
	if id, seen := s.ids[o]; seen {
		s.tag(tagReference)
		s.varint(uint64(id))
		return
	}
	s.ids[o] = uint32(len(s.ids))
	if kind.Callable() || bind.IsCallable(o) {
		s.cannot(o)
	}
	switch kind {
	case mirror.Array:
		s.array(o)
	case mirror.Date:
		s.tag(tagDate)
		s.double(s.m.call("dateValue", o).ToFloat())
	case mirror.BoxedPrimitive:
		s.boxed(o)
	case mirror.RegExp:
		s.tag(tagRegExp)
		s.text(bind.Get(o, "source").ToString().(goja.String))
		var bits uint32
		flags := bind.Get(o, "flags").String()
		for _, f := range regexpFlags {
			if strings.IndexByte(flags, f.letter) >= 0 {
				bits |= f.bit
			}
		}
		s.varint(uint64(bits))
	case mirror.Map:
		entries := mir.Entries(o)
		s.tag(tagBeginMap)
		for _, e := range entries {
			s.value(e.Key)
			s.value(e.Value)
		}
		s.tag(tagEndMap)
		s.varint(uint64(2 * len(entries)))
	case mirror.Set:
		entries := mir.Entries(o)
		s.tag(tagBeginSet)
		for _, e := range entries {
			s.value(e.Key)
		}
		s.tag(tagEndSet)
		s.varint(uint64(len(entries)))
	case mirror.ArrayBuffer:
		s.buffer(o)
	case mirror.TypedArray, mirror.DataView:
		if s.hostViews {
			s.host(o)
			return
		}
		s.view(o, kind)
	case mirror.Error:
		s.error(o)
	case mirror.Object, mirror.Arguments:
		if bind.From(o) != nil {
			s.host(o)
			return
		}
		s.tag(tagBeginObject)
		n := s.properties(o, mir.OwnKeys(o, false))
		s.tag(tagEndObject)
		s.varint(uint64(n))
	default:
		s.cannot(o)
	}
}

// properties writes enumerable properties under string keys and returns how
// many they were. A getter may take away what follows.
func (s *serializer) properties(o *goja.Object, keys []mirror.Key) int {
	mir := s.m.rt.Mirror
	n := 0
	for _, k := range keys {
		if k.Symbol != nil || !mir.HasOwn(o, k) {
			continue
		}
		name := k.Name()
		v := bind.Get(o, name)
		if mirror.IsIndex(name) {
			s.number(mir.KeyValue(k).ToFloat())
		} else {
			s.text(mir.KeyValue(k).(goja.String))
		}
		s.value(v)
		n++
	}
	return n
}

func (s *serializer) array(o *goja.Object) {
	mir := s.m.rt.Mirror
	length := int(o.Get("length").ToInteger())
	dense := true
	for i := 0; i < length && dense; i++ {
		dense = mir.HasOwn(o, mirror.IndexKey(i))
	}
	if !dense {
		s.tag(tagBeginSparse)
		s.varint(uint64(length))
		n := s.properties(o, mir.OwnKeys(o, false))
		s.tag(tagEndSparse)
		s.varint(uint64(n))
		s.varint(uint64(length))
		return
	}
	s.tag(tagBeginDense)
	s.varint(uint64(length))
	for i := range length {
		if !mir.HasOwn(o, mirror.IndexKey(i)) { // a getter shortened the array
			s.tag(tagTheHole)
			continue
		}
		s.value(bind.Get(o, bind.FormatNumber(float64(i))))
	}
	n := s.properties(o, mir.NonIndexKeys(o, false))
	s.tag(tagEndDense)
	s.varint(uint64(n))
	s.varint(uint64(length))
}

func (s *serializer) boxed(o *goja.Object) {
	v := s.m.call("valueOf", o)
	switch {
	case goja.IsNumber(v):
		s.tag(tagNumberObject)
		s.double(v.ToFloat())
	case goja.IsString(v):
		s.tag(tagStringObject)
		s.text(v.(goja.String))
	case goja.IsBigInt(v):
		s.tag(tagBigIntObject)
		s.bigint(v)
	default:
		if _, ok := v.(*goja.Symbol); ok {
			s.cannot(o)
		}
		if v.ToBoolean() {
			s.tag(tagTrueObject)
		} else {
			s.tag(tagFalseObject)
		}
	}
}

func (s *serializer) buffer(o *goja.Object) {
	if id, ok := s.transfers[o]; ok {
		s.tag(tagTransferred)
		s.varint(uint64(id))
		return
	}
	b, ok := o.Export().(goja.ArrayBuffer)
	if !ok {
		if get := bind.Get(s.obj, "_getSharedArrayBufferId"); bind.IsCallable(get) {
			s.tag(tagShared)
			s.varint(uint64(s.m.rt.Call(get, s.obj, o).ToInteger()))
			return
		}
		s.cannot(o)
	}
	if b.Detached() {
		s.fail("An ArrayBuffer is detached and could not be cloned.")
	}
	s.tag(tagArrayBuffer)
	s.varint(uint64(len(b.Bytes())))
	s.buf = append(s.buf, b.Bytes()...)
}

func (s *serializer) view(o *goja.Object, kind mirror.Kind) {
	class := "DataView"
	if kind == mirror.TypedArray {
		class = s.m.call("viewClass", o).String()
	}
	t, ok := viewTags[class]
	if !ok {
		s.cannot(o)
	}
	s.tag(tagView)
	s.tag(t.tag)
	s.varint(uint64(bind.Get(o, "byteOffset").ToInteger()))
	s.varint(uint64(bind.Get(o, "byteLength").ToInteger()))
	s.varint(0)
}

func (s *serializer) error(o *goja.Object) {
	s.tag(tagError)
	if t, ok := errorTags[bind.Get(o, "name").String()]; ok {
		s.tag(t)
	}
	if own := s.m.call("ownValue", o, s.m.rt.VM.ToValue("message")); !goja.IsUndefined(own) {
		s.tag(errorMessage)
		s.textOf(own.String())
	}
	if stack := bind.Get(o, "stack"); goja.IsString(stack) {
		s.tag(errorStack)
		s.text(stack.(goja.String))
	}
	if s.m.rt.Mirror.HasOwn(o, mirror.StringKey("cause")) {
		s.tag(errorCause)
		s.value(bind.Get(o, "cause"))
	}
	s.tag(errorEnd)
}

// host leaves an object to the Serializer's _writeHostObject.
func (s *serializer) host(o *goja.Object) {
	write := bind.Get(s.obj, "_writeHostObject")
	if !bind.IsCallable(write) {
		s.cannot(o)
	}
	s.tag(tagHostObject)
	s.m.rt.Call(write, s.obj, o)
}
