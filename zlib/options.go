package zlib

// Mode is a format and a direction, by Node's numbers.
type Mode int

// The modes.
const (
	Deflate Mode = 1 + iota
	Inflate
	Gzip
	Gunzip
	DeflateRaw
	InflateRaw
	Unzip // Gunzip or Inflate, as the data says
	BrotliDecompress
	BrotliCompress
	ZstdCompress
	ZstdDecompress
)

// IsBrotli reports whether the mode is one of Brotli's.
func (m Mode) IsBrotli() bool { return m == BrotliCompress || m == BrotliDecompress }

// IsZstd reports whether the mode is one of Zstandard's.
func (m Mode) IsZstd() bool { return m == ZstdCompress || m == ZstdDecompress }

// The flush values of zlib, Brotli and Zstandard.
const (
	NoFlush      = 0
	PartialFlush = 1
	SyncFlush    = 2
	FullFlush    = 3
	Finish       = 4
	Block        = 5

	OperationProcess = 0 // Brotli's and, by other names, Zstandard's
	OperationFlush   = 1
	OperationFinish  = 2
)

// FinishFlush is the flush value that ends a stream of the mode.
func (m Mode) FinishFlush() int {
	if m.IsBrotli() || m.IsZstd() {
		return OperationFinish
	}
	return Finish
}

// FullFlush is the flush value of Stream.Flush without a kind.
func (m Mode) FullFlush() int {
	if m.IsBrotli() || m.IsZstd() {
		return OperationFlush
	}
	return FullFlush
}

// CodecOptions are the options that the library behind a codec sees
// (https://nodejs.org/docs/latest-v24.x/api/zlib.html#class-options). Values are
// within Node's ranges: the caller has checked them.
type CodecOptions struct {
	Level      int // -1 to 9
	WindowBits int // 8 to 15; 0 when decompressing: as the header says
	MemLevel   int // 1 to 9
	Strategy   int // 0 to 4
	Dictionary []byte

	// Params are Brotli's and Zstandard's parameters by number.
	Params map[int]int
	// PledgedSrcSize is the size of all input to ZstdCompress, negative if it
	// is not known.
	PledgedSrcSize int64
}

// DefaultOptions returns Node's defaults.
func DefaultOptions(m Mode) CodecOptions {
	o := CodecOptions{Level: -1, WindowBits: 15, MemLevel: 8, PledgedSrcSize: -1}
	switch m {
	case Inflate, Gunzip, Unzip:
		o.WindowBits = 0
	}
	return o
}
