package parser

import "github.com/spindle-js/spindle/buffer"

// span is a piece of a head's block: from start to end, in bytes.
type span struct{ start, end uint32 }

// pair is one header line.
type pair struct{ name, value span }

// Fields is a list of header lines, or of trailer lines, in the order they
// came. It is valid only during the callback that receives it; what must live
// longer is copied, most cheaply through one Block.
type Fields struct {
	buf   []byte
	pairs []pair
}

// Len returns the number of lines.
func (f *Fields) Len() int { return len(f.pairs) }

// Name returns the name of line i as it came.
func (f *Fields) Name(i int) []byte { return f.cut(f.pairs[i].name) }

// Value returns the value of line i without the blanks around it. Bytes above
// 0x7f are Latin-1, as Node reads them.
func (f *Fields) Value(i int) []byte { return f.cut(f.pairs[i].value) }

func (f *Fields) cut(s span) []byte { return f.buf[s.start:s.end:s.end] }

// Lookup returns the name of line i in lower case. For the names that are
// common on the web it costs no allocation, and known is true.
func (f *Fields) Lookup(i int) (name string, known bool) { return LowerName(f.Name(i)) }

// Get returns the value of the first line called name, which is given in lower
// case, and whether there is one.
func (f *Fields) Get(name string) ([]byte, bool) {
	for i := range f.pairs {
		if s := f.pairs[i].name; int(s.end-s.start) == len(name) && equalFold(f.cut(s), name) {
			return f.Value(i), true
		}
	}
	return nil, false
}

// Block copies the bytes that all the lines lie in, once, so that NameIn and
// ValueIn give strings without further copies. The strings keep the whole
// block alive.
func (f *Fields) Block() Block {
	n := len(f.pairs)
	if n == 0 {
		return Block{}
	}
	from, to := f.pairs[0].name.start, f.pairs[n-1].value.end
	return Block{string(f.buf[from:to]), from}
}

// NameIn returns the name of line i as a part of b, which is f's Block.
func (f *Fields) NameIn(b Block, i int) string { return b.cut(f.pairs[i].name) }

// ValueIn returns the value of line i as a part of b, which is f's Block.
func (f *Fields) ValueIn(b Block, i int) string { return b.cut(f.pairs[i].value) }

// Block is one string that holds all the lines of a Fields.
type Block struct {
	text string
	from uint32
}

// IsASCII reports whether no byte of the block is above 0x7f.
func (b Block) IsASCII() bool { return buffer.IsASCII(buffer.TextBytes(b.text)) }

func (b Block) cut(s span) string { return b.text[s.start-b.from : s.end-b.from] }

// BatchPairs is the number of header lines that Node's binding hands to
// JavaScript at a time: of a head with more lines than this, each full batch
// goes to kOnHeaders (with the URL the first time, "" after it) as soon as the
// next line begins, the rest goes to a last kOnHeaders, and kOnHeadersComplete
// gets neither headers nor URL. Trailers always go to kOnHeaders, in batches.
const BatchPairs = 31

// DefaultMaxHeaderPairs is the length (two entries a line) from which Node's
// parserOnHeaders drops further batches unless server.maxHeadersCount says
// otherwise. The check is made before a batch is added, so that rawHeaders
// keeps 33 batches, 1,023 lines; the headers object is built from the first
// 1,000.
const DefaultMaxHeaderPairs = 2000

// KeptPairs returns how many of n header lines Node keeps when maxHeaderPairs
// (entries, two a line; 0 or less means no limit) is set: raw lines for
// rawHeaders, and, of these, the lines the headers object is built from.
func KeptPairs(n, maxHeaderPairs int) (raw, object int) {
	raw, object = n, n
	if maxHeaderPairs <= 0 {
		return raw, object
	}
	if n > BatchPairs {
		for raw = 0; raw < n && 2*raw < maxHeaderPairs; {
			raw = min(raw+BatchPairs, n)
		}
	}
	return raw, min(raw, maxHeaderPairs/2)
}

// Head is what stands before a message's body. It is valid only during
// OnHeadersComplete.
type Head struct {
	Fields

	Kind         Kind
	Method       Method // requests only
	Major, Minor uint8
	Status       int // responses only

	// ContentLength is the value of Content-Length, 0 when HasContentLength is
	// false. It may exceed what an int64 holds.
	ContentLength    uint64
	HasContentLength bool
	// TransferEncoding is set by any Transfer-Encoding with a value; Chunked
	// when chunked is its last coding.
	TransferEncoding bool
	Chunked          bool
	// Upgrade tells that what follows this message is another protocol:
	// CONNECT, a request with Upgrade and Connection: upgrade, or a 101
	// response with both.
	Upgrade bool
	// ShouldKeepAlive is llhttp_should_keep_alive: whether another message may
	// follow on this connection.
	ShouldKeepAlive bool
	// The Connection (or Proxy-Connection) options, and presence of headers.
	ConnectionClose     bool
	ConnectionKeepAlive bool
	ConnectionUpgrade   bool
	HasUpgrade          bool
	HasHost             bool
	HasExpect           bool

	url, reason span
}

// URL returns the request target as it came.
func (h *Head) URL() []byte { return h.cut(h.url) }

// StatusMessage returns the text after the status code.
func (h *Head) StatusMessage() []byte { return h.cut(h.reason) }
