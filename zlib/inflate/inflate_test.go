package inflate

import (
	"bytes"
	"encoding/hex"
	"math/rand/v2"
	"testing"

	"github.com/spindle-js/spindle/zlib/deflate"
)

// sample is text-like data with matches near and far.
func sample(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	p := make([]byte, 0, n)
	for len(p) < n {
		switch k := r.IntN(10); {
		case k < 5 || len(p) < 100:
			for range r.IntN(20) {
				p = append(p, "etaoinshrdlu \n"[r.IntN(14)])
			}
		case k < 9:
			at, l := r.IntN(len(p)-50), r.IntN(50)
			if k < 7 && len(p) > 3000 {
				at = len(p) - 1000 + r.IntN(900)
			}
			p = append(p, p[at:at+l]...)
		default:
			p = append(p, bytes.Repeat([]byte{byte(k)}, r.IntN(600))...)
		}
	}
	return p[:n]
}

func compress(t *testing.T, o deflate.Options, p []byte) []byte {
	t.Helper()
	c, err := deflate.New(o)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, 2*len(p)+100)
	_, n, done := c.Step(p, out, deflate.Finish)
	if !done {
		t.Fatal("not done")
	}
	return out[:n]
}

// all runs a stream in steps of the given sizes.
func all(d *Decompressor, p []byte, insize, outsize int) (res []byte, used int, s Status) {
	out := make([]byte, outsize)
	idle := 0
	for {
		nin, nout, s := d.Step(p[used:min(used+insize, len(p))], out)
		res = append(res, out[:nout]...)
		used += nin
		if s != OK && s != BufError {
			return res, used, s
		}
		if nin+nout == 0 {
			if idle++; idle > 1 {
				return res, used, s
			}
		} else {
			idle = 0
		}
	}
}

func TestChunks(t *testing.T) {
	data := sample(150_000)
	for _, o := range []deflate.Options{
		{Format: deflate.Raw, Level: 6, WindowBits: 15, MemLevel: 8},
		{Format: deflate.Zlib, Level: 9, WindowBits: 15, MemLevel: 9},
		{Format: deflate.Gzip, Level: 1, WindowBits: 12, MemLevel: 3},
		{Format: deflate.Zlib, Level: 6, WindowBits: 9, MemLevel: 8, Strategy: deflate.Fixed},
		{Format: deflate.Zlib, Level: 0, WindowBits: 15, MemLevel: 8},
		{Format: deflate.Zlib, Level: 6, WindowBits: 15, MemLevel: 8, Strategy: deflate.HuffmanOnly},
		{Format: deflate.Gzip, Level: 6, WindowBits: 15, MemLevel: 8, Strategy: deflate.RunLengths},
	} {
		p := compress(t, o, data)
		tail := append(p, "tail"...)
		for _, size := range [][2]int{{1 << 20, 1 << 20}, {1, 1 << 20}, {1 << 20, 1}, {1, 1}, {7, 300}, {1000, 259}, {16384, 16384}} {
			d := New(Format(o.Format), o.WindowBits)
			got, used, s := all(d, tail, size[0], size[1])
			if s != StreamEnd || used != len(p) || !bytes.Equal(got, data) {
				t.Errorf("%+v in steps of %v: status %d %q, used %d of %d, %d bytes", o, size, s, d.Message(), used, len(p), len(got))
			}
		}
	}
}

// TestErrors has the words that Node's zlib says of corrupt data.
func TestErrors(t *testing.T) {
	for _, x := range []struct {
		format Format
		hex    string
		want   string
	}{
		{Zlib, "0000000000", "unknown compression method"},
		{Zlib, "789d", "incorrect header check"},
		{Zlib, "7709", "unknown compression method"},
		{Zlib, "881c", "invalid window size"},
		{Gzip, "789c", "incorrect header check"},
		{Gzip, "1f8b07000000000000ff", "unknown compression method"},
		{Gzip, "1f8b08e0000000000000", "unknown header flags set"},
		{Gzip, "1f8b0802000000000003ffff", "header crc mismatch"},
		{Gzip, "1f8b08000000000000030300010000000000000000", "incorrect data check"},
		{Gzip, "1f8b080000000000000303000000000001000000", "incorrect length check"},
		{Zlib, "789c030000000002", "incorrect data check"},
		{Raw, "07", "invalid block type"},
		{Raw, "0100000000", "invalid stored block lengths"},
		{Raw, "fd0000", "too many length or distance symbols"},
		{Raw, "0500000000", ""},
		{Raw, "630200", ""},
		{Raw, "4b0400", ""},
		{Raw, "4b040100", ""},
		{Raw, "fbff", ""},
		{Raw, "0300", ""},
		{Raw, "04 80 49 92 24 49 92 24 0f b4 ff ff c3 84 00 00 00", "invalid distances set"},
		{Raw, "05e0810800000000a07feb5b0000", "invalid code lengths set"},
		{Raw, "ed c0 81 00 00 00 00 80 a0 fc a9 07 39 73 01", "invalid bit length repeat"},
		{Raw, "0c c0 81 00 00 00 00 00 90 ff 6b 04", "invalid distance too far back"},
		{Raw, "04 00 fe ff", "invalid code lengths set"},
		{Raw, "04 00 24 49 00", "invalid bit length repeat"},
		{Raw, "04 80 49 92 24 49 92 24 0f b4 ff ff c3 04", ""},
		{Raw, "04 00 24 e9 ff ff", "invalid bit length repeat"},
		{Raw, "04 80 49 92 24 49 92 24 71 ff ff 93 11 00", "invalid literal/lengths set"},
		{Raw, "04 80 49 92 24 0f b4 ff ff c3 84", "invalid code lengths set"},
		{Raw, "04 c0 81 08 00 00 00 00 20 7f eb 0b 00 00", "invalid literal/length code"},
		{Raw, "02 08 20 80 00 03 00", ""},
		{Raw, "030000", ""},
		{Raw, "7bfffe", ""},
		{Raw, "02 7e ff", "invalid distance code"},
	} {
		p, err := hex.DecodeString(string(bytes.ReplaceAll([]byte(x.hex), []byte(" "), nil)))
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{1 << 16, 1} {
			d := New(x.format, map[Format]int{Raw: 15}[x.format])
			all(d, p, size, 1<<16)
			if d.Message() != x.want {
				t.Errorf("%d %s: %q, want %q", x.format, x.hex, d.Message(), x.want)
			}
		}
	}
}
