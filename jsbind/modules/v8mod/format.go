package v8mod

// wireVersion is the version of the wire format that is written; older ones
// down to oldestVersion are read.
const (
	wireVersion   = 15
	oldestVersion = 13
)

// Tags of the wire format, by V8's names.
const (
	tagVersion       = 0xff
	tagPadding       = 0
	tagTheHole       = '-'
	tagUndefined     = '_'
	tagNull          = '0'
	tagTrue          = 'T'
	tagFalse         = 'F'
	tagInt32         = 'I'
	tagUint32        = 'U'
	tagDouble        = 'N'
	tagBigInt        = 'Z'
	tagUTF8String    = 'S'
	tagOneByteString = '"'
	tagTwoByteString = 'c'
	tagReference     = '^'
	tagBeginObject   = 'o'
	tagEndObject     = '{'
	tagBeginSparse   = 'a'
	tagEndSparse     = '@'
	tagBeginDense    = 'A'
	tagEndDense      = '$'
	tagDate          = 'D'
	tagTrueObject    = 'y'
	tagFalseObject   = 'x'
	tagNumberObject  = 'n'
	tagBigIntObject  = 'z'
	tagStringObject  = 's'
	tagRegExp        = 'R'
	tagBeginMap      = ';'
	tagEndMap        = ':'
	tagBeginSet      = '\''
	tagEndSet        = ','
	tagArrayBuffer   = 'B'
	tagTransferred   = 't'
	tagShared        = 'u'
	tagView          = 'V'
	tagHostObject    = '\\'
	tagError         = 'r'

	errorMessage = 'm'
	errorCause   = 'c'
	errorStack   = 's'
	errorEnd     = '.'
)

// viewTags are the kinds of views of an ArrayBuffer, with the size of an
// element.
var viewTags = map[string]struct {
	tag  byte
	size int
}{
	"Int8Array": {'b', 1}, "Uint8Array": {'B', 1}, "Uint8ClampedArray": {'C', 1}, "Int16Array": {'w', 2}, "Uint16Array": {'W', 2},
	"Int32Array": {'d', 4}, "Uint32Array": {'D', 4}, "Float32Array": {'f', 4}, "Float64Array": {'F', 8},
	"BigInt64Array": {'q', 8}, "BigUint64Array": {'Q', 8}, "DataView": {'?', 1},
}

// errorTags are the classes of errors that the format knows.
var errorTags = map[string]byte{
	"EvalError": 'E', "RangeError": 'R', "ReferenceError": 'F', "SyntaxError": 'S', "TypeError": 'T', "URIError": 'U',
}

// regexpFlags are the bits of a regular expression's flags.
var regexpFlags = []struct {
	letter byte
	bit    uint32
}{{'d', 1 << 7}, {'g', 1}, {'i', 1 << 1}, {'m', 1 << 2}, {'s', 1 << 5}, {'u', 1 << 4}, {'v', 1 << 8}, {'y', 1 << 3}}
