package zlib

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/spindle-js/spindle/nodeerr"
)

// sample is data with repetitions, the same for every run.
func sample(n int) []byte {
	r := rand.New(rand.NewPCG(3, 4))
	p := make([]byte, 0, n+100)
	for len(p) < n {
		if len(p) > 200 && r.IntN(3) > 0 {
			at := r.IntN(len(p) - 100)
			p = append(p, p[at:at+r.IntN(100)]...)
		} else {
			p = append(p, byte(r.IntN(256)))
		}
	}
	return p[:n]
}

var pairs = [][2]Mode{{Deflate, Inflate}, {Gzip, Gunzip}, {Gzip, Unzip}, {Deflate, Unzip}, {DeflateRaw, InflateRaw},
	{BrotliCompress, BrotliDecompress}, {ZstdCompress, ZstdDecompress}}

func codec(t *testing.T, m Mode, change func(*CodecOptions)) Codec {
	t.Helper()
	o := DefaultOptions(m)
	if m == BrotliCompress {
		o.Params = map[int]int{brotliQuality: 5}
	}
	if change != nil {
		change(&o)
	}
	c, err := NewCodec(m, o)
	if err != nil {
		t.Fatal(m, err)
	}
	return c
}

// feed takes p through c in pieces and returns what it made, what it left of
// the input, and its error.
func feed(c Codec, m Mode, p []byte, insize, outsize int) (res []byte, left int, err *nodeerr.Error) {
	out := make([]byte, outsize)
	for {
		in := p[:min(insize, len(p))]
		p = p[len(in):]
		flush := NoFlush
		if len(p) == 0 {
			flush = m.FinishFlush()
		}
		for {
			nin, nout, err := c.Step(in, out, flush)
			res = append(res, out[:nout]...)
			in = in[nin:]
			if err != nil {
				return res, len(in) + len(p), err
			}
			if nout < outsize {
				break
			}
		}
		if len(in) > 0 || len(p) == 0 {
			return res, len(in) + len(p), nil
		}
	}
}

func TestRoundTrips(t *testing.T) {
	data := sample(300_000)
	for _, pair := range pairs {
		for _, size := range [][2]int{{1 << 20, 1 << 20}, {1000, 77}, {70_000, 16384}} {
			e := codec(t, pair[0], nil)
			d := codec(t, pair[1], nil)
			for range 2 { // and again after a reset
				packed, left, err := feed(e, pair[0], data, size[0], size[1])
				if err != nil || left != 0 {
					t.Fatalf("%v in %v: %v, %d left", pair, size, err, left)
				}
				got, left, err := feed(d, pair[1], packed, size[0], size[1])
				if err != nil || left != 0 || !bytes.Equal(got, data) {
					t.Fatalf("%v in %v: %v, %d left, %d bytes", pair, size, err, left, len(got))
				}
				if err := e.Reset(); err != nil {
					t.Fatal(err)
				}
				if err := d.Reset(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func TestBytewise(t *testing.T) {
	data := sample(3000)
	for _, pair := range pairs {
		packed, _, _ := feed(codec(t, pair[0], nil), pair[0], data, 1, 1)
		got, _, err := feed(codec(t, pair[1], nil), pair[1], packed, 1, 1)
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%v: %v, %d bytes", pair, err, len(got))
		}
	}
}

// TestAfterEnd: what follows a compressed stream is left, but for gzip.
func TestAfterEnd(t *testing.T) {
	for _, pair := range pairs {
		packed, _, _ := feed(codec(t, pair[0], nil), pair[0], []byte("data"), 100, 100)
		for _, size := range []int{1000, 1} {
			got, left, err := feed(codec(t, pair[1], nil), pair[1], append(packed[:len(packed):len(packed)], "garbage"...), size, 100)
			switch {
			case pair[0] == Gzip:
				if err == nil || err.Code != "Z_DATA_ERROR" {
					t.Errorf("%v: %v", pair, err)
				}
			case pair[0] == ZstdCompress && size == 1: // the next step begins the next frame
				if err == nil || err.Code != "ZSTD_error_prefix_unknown" {
					t.Errorf("%v: %v", pair, err)
				}
			case string(got) != "data" || err != nil || left != len("garbage"):
				t.Errorf("%v in steps of %d: %q, %d left, %v", pair, size, got, left, err)
			}
		}
	}
	one, _, _ := feed(codec(t, Gzip, nil), Gzip, []byte("one "), 100, 100)
	two, _, _ := feed(codec(t, Gzip, nil), Gzip, []byte("two"), 100, 100)
	for _, m := range []Mode{Gunzip, Unzip} {
		for _, size := range []int{1000, 1} {
			all := append(append(append([]byte{}, one...), two...), 0, 0, 0)
			got, left, err := feed(codec(t, m, nil), m, all, size, 100)
			if string(got) != "one two" || err != nil || left == 0 {
				t.Errorf("%v in steps of %d: %q, %d left, %v", m, size, got, left, err)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	zdict, _, _ := feed(codec(t, Deflate, func(o *CodecOptions) { o.Dictionary = []byte("words") }), Deflate, []byte("words"), 100, 100)
	big := append([]byte{0x28, 0xb5, 0x2f, 0xfd, 0}, 0xff, 1, 0)
	sum, _, _ := feed(codec(t, ZstdCompress, func(o *CodecOptions) { o.Params = map[int]int{zstdChecksum: 1} }), ZstdCompress, sample(100), 100, 1000)
	sum[len(sum)-1] ^= 1
	for _, x := range []struct {
		mode  Mode
		in    []byte
		dict  string
		code  string
		errno int
	}{
		{Gunzip, nil, "", "Z_BUF_ERROR", -5},
		{Gunzip, []byte("no gzip"), "", "Z_DATA_ERROR", -3},
		{Inflate, zdict, "", "Z_NEED_DICT", 2},
		{Inflate, zdict, "other", "Z_NEED_DICT", 2},
		{Inflate, zdict, "words", "", 0},
		{BrotliDecompress, []byte{0xff, 0xff, 0xff, 0xff}, "", "ERR__ERROR_FORMAT_PADDING_2", -15},
		{BrotliDecompress, nil, "", "Z_BUF_ERROR", -5},
		{ZstdDecompress, []byte("no zstd frame"), "", "ZSTD_error_prefix_unknown", 10},
		{ZstdDecompress, big, "", "ZSTD_error_frameParameter_windowTooLarge", 16},
		{ZstdDecompress, sum, "", "ZSTD_error_checksum_wrong", 22},
		{ZstdDecompress, []byte{0x28, 0xb5, 0x2f, 0xfd, 8, 0}, "", "ZSTD_error_frameParameter_unsupported", 14},
	} {
		for _, size := range []int{1000, 1} {
			_, _, err := feed(codec(t, x.mode, func(o *CodecOptions) {
				if x.dict != "" {
					o.Dictionary = []byte(x.dict)
				}
			}), x.mode, x.in, size, 1000)
			if err == nil {
				err = &nodeerr.Error{}
			}
			if err.Code != x.code || err.Errno != x.errno {
				t.Errorf("%v of %x: %s %d %q, want %s %d", x.mode, x.in, err.Code, err.Errno, err.Message, x.code, x.errno)
			}
		}
	}
}

func TestLimit(t *testing.T) {
	packed, _, _ := feed(codec(t, Gzip, nil), Gzip, make([]byte, 100_000), 1<<20, 1<<20)
	if _, _, err := Run(codec(t, Gunzip, nil), packed, Finish, 1000, 50_000); err == nil || err.Code != "ERR_BUFFER_TOO_LARGE" {
		t.Error(err)
	}
	if p, n, err := Run(codec(t, Gunzip, nil), packed, Finish, 1000, 100_000); err != nil || len(p) != 100_000 || n != len(packed) {
		t.Error(len(p), n, err)
	}
}
