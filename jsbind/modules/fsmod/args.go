package fsmod

import (
	"math"
	"math/big"
	"net/url"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/internal/lazyregexp"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/nodeerr"
)

// path reads a path: a string, a Buffer or a file: URL.
func (m *module) path(v goja.Value, name string) string {
	var p string
	switch {
	case goja.IsString(v):
		p = v.String()
	default:
		if b, ok := bind.BytesOf(v); ok {
			p = string(b)
		} else if o, ok := v.(*goja.Object); ok && isURL(o) {
			p = m.urlPath(o)
		} else {
			m.rt.ArgType(name, v, "string", "Buffer", "URL")
		}
	}
	if strings.IndexByte(p, 0) >= 0 {
		m.rt.ArgValue(name, v, "must be a string, Uint8Array, or URL without null bytes")
	}
	return p
}

func isURL(o *goja.Object) bool {
	return bind.Get(o, "href").ToBoolean() && bind.Get(o, "protocol").ToBoolean() &&
		goja.IsUndefined(bind.Get(o, "auth")) && goja.IsUndefined(bind.Get(o, "path"))
}

// urlPath is url.fileURLToPath.
func (m *module) urlPath(o *goja.Object) string {
	if bind.Get(o, "protocol").String() != "file:" {
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_URL_SCHEME", "The URL must be of scheme file"))
	}
	if bind.Get(o, "hostname").String() != "" {
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_FILE_URL_HOST", `File URL host must be "localhost" or empty on linux`))
	}
	raw := bind.Get(o, "pathname").String()
	if strings.Contains(strings.ToLower(raw), "%2f") {
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_FILE_URL_PATH", "File URL path must not include encoded / characters").With("input", o))
	}
	p, err := url.PathUnescape(raw)
	if err != nil {
		m.rt.Throw(nodeerr.New(nodeerr.KindURI, "", "URI malformed"))
	}
	return p
}

const maxInt32, maxUint32 = math.MaxInt32, math.MaxUint32

// fd reads a file descriptor.
func (m *module) fd(v goja.Value) int { return int(m.rt.Integer(v, "fd", 0, maxInt32)) }

func isNumber(v goja.Value) bool { return v != nil && goja.IsNumber(v) }

var octal = lazyregexp.New(`^[0-7]+$`)

// mode reads permissions: a number or an octal string.
func (m *module) mode(v goja.Value, name string, def uint32) uint32 {
	if bind.IsNullish(v) {
		return def
	}
	if goja.IsString(v) {
		n, err := strconv.ParseUint(v.String(), 8, 32)
		if err != nil || !octal().MatchString(v.String()) {
			m.rt.ArgValue(name, v, "must be a 32-bit unsigned integer or an octal string")
		}
		return uint32(n)
	}
	return uint32(m.rt.Integer(v, name, 0, maxUint32))
}

// checkedMode reads the mode of access and copyFile: a number from 0 to 7, 0
// where none is given.
func (m *module) checkedMode(v goja.Value) uint32 {
	if bind.IsNullish(v) {
		return 0
	}
	if !goja.IsNumber(v) {
		m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_TYPE", "mode must be int32 or null/undefined"))
	}
	f := v.ToFloat()
	if math.IsNaN(f) || math.IsInf(f, 0) {
		m.rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_OUT_OF_RANGE", "mode is out of range"))
	}
	if f = math.Trunc(f); f < 0 || f > 7 {
		m.rt.Throw(nodeerr.New(nodeerr.KindRange, "ERR_OUT_OF_RANGE", "mode is out of range: >= 0 && <= 7"))
	}
	return uint32(f)
}

// requiredMode is mode without a default.
func (m *module) requiredMode(v goja.Value, name string) uint32 {
	if bind.IsNullish(v) {
		m.rt.ArgType(name, v, "number")
	}
	return m.mode(v, name, 0)
}

var flagNames = map[string]int{
	"r": unix.O_RDONLY, "rs": unix.O_RDONLY | unix.O_SYNC, "sr": unix.O_RDONLY | unix.O_SYNC,
	"r+": unix.O_RDWR, "rs+": unix.O_RDWR | unix.O_SYNC, "sr+": unix.O_RDWR | unix.O_SYNC,
	"w": flagW, "wx": flagW | unix.O_EXCL, "xw": flagW | unix.O_EXCL,
	"w+": flagWPlus, "wx+": flagWPlus | unix.O_EXCL, "xw+": flagWPlus | unix.O_EXCL,
	"a": flagA, "ax": flagA | unix.O_EXCL, "xa": flagA | unix.O_EXCL, "as": flagA | unix.O_SYNC, "sa": flagA | unix.O_SYNC,
	"a+": flagAPlus, "ax+": flagAPlus | unix.O_EXCL, "xa+": flagAPlus | unix.O_EXCL, "as+": flagAPlus | unix.O_SYNC, "sa+": flagAPlus | unix.O_SYNC,
}

const (
	flagW     = unix.O_TRUNC | unix.O_CREAT | unix.O_WRONLY
	flagWPlus = unix.O_TRUNC | unix.O_CREAT | unix.O_RDWR
	flagA     = unix.O_APPEND | unix.O_CREAT | unix.O_WRONLY
	flagAPlus = unix.O_APPEND | unix.O_CREAT | unix.O_RDWR
)

// flags reads the flags of open.
func (m *module) flags(v goja.Value, name string, def int) int {
	switch {
	case bind.IsNullish(v):
		return def
	case isNumber(v):
		return int(m.rt.Integer(v, name, math.MinInt32, maxInt32))
	case goja.IsString(v):
		if f, ok := flagNames[v.String()]; ok {
			return f
		}
	}
	m.rt.ArgValue(name, v, "")
	return 0
}

// encoding is the option of that name: bytes (the zero value), Buffers named
// as such, or text.
type encoding struct {
	text  bool
	bytes bool // "buffer"
	enc   buffer.Encoding
}

// options reads an options argument, which may be the encoding itself.
func (m *module) options(v goja.Value) (*goja.Object, encoding) {
	if bind.IsNullish(v) || bind.IsCallable(v) {
		return nil, encoding{}
	}
	if goja.IsString(v) {
		return nil, m.encoding(v)
	}
	o, ok := v.(*goja.Object)
	if !ok {
		m.rt.ArgType("options", v, "string", "Object")
	}
	enc := m.encoding(bind.Get(o, "encoding"))
	if s := bind.Get(o, "signal"); !goja.IsUndefined(s) {
		m.signal(s)
	}
	return o, enc
}

func (m *module) encoding(v goja.Value) encoding {
	if bind.IsNullish(v) || !v.ToBoolean() {
		return encoding{}
	}
	if goja.IsString(v) {
		if v.String() == "buffer" {
			return encoding{bytes: true}
		}
		if e, ok := buffer.ParseEncoding(v.String()); ok {
			return encoding{text: true, enc: e}
		}
	}
	m.rt.ArgValue("encoding", v, "is invalid encoding")
	return encoding{}
}

// signal validates an AbortSignal.
func (m *module) signal(v goja.Value) *goja.Object {
	o, ok := v.(*goja.Object)
	if !ok || o.Get("aborted") == nil {
		m.rt.ArgType("options.signal", v, "AbortSignal")
	}
	return o
}

// name makes a file name's value: a Buffer if so asked, else text, by default
// UTF-8.
func (m *module) name(s string, e encoding) goja.Value {
	if e.bytes {
		return m.rt.MakeBuffer([]byte(s))
	}
	return buffermod.Text(m.rt.VM, []byte(s), e.enc)
}

// content makes the value of a file's contents: a Buffer unless text was asked
// for.
func (m *module) content(p []byte, e encoding) goja.Value {
	if !e.text {
		return m.rt.MakeBuffer(p)
	}
	return buffermod.Text(m.rt.VM, p, e.enc)
}

// data reads what is to be written: bytes of any view, or a string.
func (m *module) data(v goja.Value, e encoding) []byte {
	if goja.IsString(v) {
		return buffermod.Encode(v, e.enc)
	}
	if b, ok := view(v); ok {
		return b
	}
	m.rt.ArgType("data", v, "string", "Buffer", "TypedArray", "DataView")
	return nil
}

// view returns the memory of a typed array or a DataView.
func view(v goja.Value) ([]byte, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	if _, plain := o.Export().(goja.ArrayBuffer); plain {
		return nil, false
	}
	return buffermod.Bytes(v)
}

// memory reads a view argument of read and write.
func (m *module) memory(v goja.Value, name string) []byte {
	b, ok := view(v)
	if !ok {
		m.rt.ArgType(name, v, "Buffer", "TypedArray", "DataView")
	}
	return b
}

// views reads a list of views.
func (m *module) views(v goja.Value, name string) [][]byte {
	o, ok := v.(*goja.Object)
	if !ok || !bind.IsArray(v) {
		m.rt.ArgType(name, v, "ArrayBufferView[]")
	}
	n := int(o.Get("length").ToInteger())
	out := make([][]byte, n)
	for i := range out {
		b, ok := view(o.Get(strconv.Itoa(i)))
		if !ok {
			m.rt.ArgType(name, v, "ArrayBufferView[]")
		}
		out[i] = b
	}
	return out
}

// position reads a place in a file: null and undefined mean the current one, -1.
func (m *module) position(v goja.Value, length int) int64 {
	switch {
	case bind.IsNullish(v):
		return -1
	case isNumber(v):
		return m.rt.Integer(v, "position", -1, bind.MaxSafe)
	case goja.IsBigInt(v):
		n := v.Export().(*big.Int)
		top := new(big.Int).Sub(big.NewInt(math.MaxInt64), big.NewInt(int64(length)))
		if n.Cmp(big.NewInt(-1)) < 0 || n.Cmp(top) > 0 {
			m.rt.OutOfRange("position", ">= -1 && <= "+top.String(), v)
		}
		return n.Int64()
	}
	m.rt.ArgType("position", v, "integer", "bigint")
	return 0
}

// time reads a time in seconds: a number, a numeric string or a Date.
func (m *module) time(v goja.Value, name string) float64 {
	if goja.IsString(v) && strings.TrimSpace(v.String()) != "" {
		if f := v.ToFloat(); f == f {
			return f
		}
	}
	if isNumber(v) {
		if f := v.ToFloat(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			if f < 0 {
				return m.seconds()
			}
			return f
		}
	}
	if o, ok := v.(*goja.Object); ok && o.ClassName() == "Date" {
		return m.rt.Call(o.Get("getTime"), o).ToFloat() / 1000
	}
	m.rt.ArgType(name, v, "Date", "Time in seconds")
	return 0
}

// seconds is the time now.
func (m *module) seconds() float64 {
	return m.rt.Call(m.date.Get("now"), m.date).ToFloat() / 1000
}

// flagOption reads a boolean option, def where it is undefined.
func (m *module) flagOption(o *goja.Object, name string, def bool) bool {
	v := bind.Get(o, name)
	if goja.IsUndefined(v) {
		return def
	}
	return m.rt.Bool(v, "options."+name)
}

// Path reads a path argument as node:fs does, for other modules.
func Path(rt *bind.Runtime, v goja.Value, name string) string { return get(rt).path(v, name) }
