package deflate

import (
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// prose is text with matches, the same for every run.
func prose(n int) []byte {
	words := strings.Fields("the quick brown fox jumps over lazy dog and then returns home <p> </p>")
	seed := uint32(42)
	var b bytes.Buffer
	for b.Len() < n {
		seed = seed*1103515245 + 12345
		b.WriteString(words[seed>>16%uint32(len(words))])
		b.WriteByte(' ')
	}
	return b.Bytes()[:n]
}

// steps compresses p in pieces of the given sizes.
func steps(t *testing.T, c *Compressor, p []byte, insize, outsize int) []byte {
	t.Helper()
	var res []byte
	out := make([]byte, outsize)
	for {
		n := min(insize, len(p))
		f := NoFlush
		if n == len(p) {
			f = Finish
		}
		in := p[:n]
		p = p[n:]
		for {
			nin, nout, done := c.Step(in, out, f)
			in = in[nin:]
			res = append(res, out[:nout]...)
			if done {
				return res
			}
			if nout < outsize {
				break
			}
		}
		if f == Finish {
			t.Fatal("no end")
		}
		if len(in) > 0 {
			t.Fatalf("%d bytes of input left", len(in))
		}
	}
}

func TestRoundTrip(t *testing.T) {
	data := prose(70_000)
	for level := 0; level <= 9; level++ {
		for strategy := Default; strategy <= Fixed; strategy++ {
			for _, bits := range [][2]int{{15, 8}, {9, 1}, {12, 9}} {
				o := Options{Level: level, WindowBits: bits[0], MemLevel: bits[1], Strategy: strategy}
				var whole []byte
				for _, size := range [][2]int{{1 << 20, 1 << 20}, {1000, 64}, {1 << 20, 100}} {
					c, err := New(o)
					if err != nil {
						t.Fatal(err)
					}
					got := steps(t, c, data, size[0], size[1])
					back, err := io.ReadAll(flate.NewReader(bytes.NewReader(got)))
					if err != nil || !bytes.Equal(back, data) {
						t.Fatalf("%+v in %v: %d bytes, %v", o, size, len(back), err)
					}
					if level > 0 && size[0] == 1<<20 { // stored blocks depend on the room
						if whole != nil && !bytes.Equal(got, whole) {
							t.Errorf("%+v: the room for output changes it", o)
						}
						whole = got
					}
				}
			}
		}
	}
}

// TestNodeBytes has sums of what Node's zlib makes of prose(50000).
func TestNodeBytes(t *testing.T) {
	data := prose(50_000)
	for _, x := range []struct {
		o    Options
		want string
	}{
		{Options{Zlib, -1, 15, 8, Default}, "8595:eeab9366"},
		{Options{Zlib, 0, 15, 8, Default}, "50011:52061194"},
		{Options{Zlib, 1, 15, 8, Default}, "11455:5919828"},
		{Options{Zlib, 2, 15, 8, Default}, "10927:86d360"},
		{Options{Zlib, 3, 15, 8, Default}, "9694:4c938146"},
		{Options{Zlib, 4, 15, 8, Default}, "9523:c04afbd3"},
		{Options{Zlib, 5, 15, 8, Default}, "9097:b5caba08"},
		{Options{Zlib, 6, 15, 8, Default}, "8595:eeab9366"},
		{Options{Zlib, 7, 15, 8, Default}, "8330:e0d4c8bb"},
		{Options{Zlib, 8, 15, 8, Default}, "8157:94c0699d"},
		{Options{Zlib, 9, 15, 8, Default}, "8157:94c0699d"},
		{Options{Raw, 6, 15, 8, Filtered}, "8640:5aaf2cc7"},
		{Options{Raw, 6, 15, 8, HuffmanOnly}, "27940:b4b8e623"},
		{Options{Raw, 6, 15, 8, RunLengths}, "27940:b4b8e623"},
		{Options{Raw, 6, 15, 8, Fixed}, "10828:7d9cc96b"},
		{Options{Gzip, 6, 9, 8, Default}, "11423:41fc9e8c"},
		{Options{Gzip, 6, 11, 8, Default}, "9023:82c62341"},
		{Options{Gzip, 6, 13, 8, Default}, "8385:18729b4f"},
		{Options{Raw, 6, 15, 1, Default}, "9206:89b289a"},
		{Options{Raw, 6, 15, 3, Default}, "8664:a28220a7"},
		{Options{Raw, 6, 15, 9, Default}, "8586:3c5d9139"},
		{Options{Zlib, 1, 10, 1, Default}, "12911:d32b20a0"},
		{Options{Gzip, 9, 15, 9, Filtered}, "8238:6b003d8c"},
		{Options{Gzip, 0, 15, 8, Default}, "50023:e7f83da4"},
	} {
		c, err := New(x.o)
		if err != nil {
			t.Fatal(err)
		}
		got := steps(t, c, data, len(data), 16384)
		if s := fmt.Sprintf("%d:%x", len(got), crc32.ChecksumIEEE(got)); s != x.want {
			t.Errorf("%+v: %s, want %s", x.o, s, x.want)
		}
	}
}

func TestFlush(t *testing.T) {
	data := prose(9000)
	for _, f := range []Flush{PartialFlush, SyncFlush, FullFlush} {
		c, err := New(Options{Level: 6, WindowBits: 15, MemLevel: 8})
		if err != nil {
			t.Fatal(err)
		}
		var sent []byte
		out := make([]byte, 1<<16)
		for at := 0; at < len(data); at += 3000 {
			nin, nout, _ := c.Step(data[at:at+3000], out, f)
			sent = append(sent, out[:nout]...)
			if nin != 3000 {
				t.Fatalf("flush %d used %d", f, nin)
			}
			got := make([]byte, len(data)+1)
			n, _ := io.ReadFull(flate.NewReader(bytes.NewReader(sent)), got)
			if !bytes.Equal(got[:n], data[:at+3000]) {
				t.Errorf("flush %d at %d: %d bytes can be read", f, at, n)
			}
			if _, again, _ := c.Step(nil, out, f); again != 0 {
				t.Errorf("flush %d twice sends %d bytes", f, again)
			}
		}
	}
}

func TestDictionary(t *testing.T) {
	dict := prose(40_000)
	data := prose(60_000)[30_000:]
	c, _ := New(Options{Level: 9, WindowBits: 15, MemLevel: 9})
	if err := c.SetDictionary(dict); err != nil {
		t.Fatal(err)
	}
	got := steps(t, c, data, 5000, 16384)
	back, err := io.ReadAll(flate.NewReaderDict(bytes.NewReader(got), dict))
	if err != nil || !bytes.Equal(back, data) {
		t.Fatal(len(back), err)
	}
	g, _ := New(Options{Format: Gzip, Level: 9, WindowBits: 15, MemLevel: 9})
	if g.SetDictionary(dict) != ErrDictionary {
		t.Error("gzip took a dictionary")
	}
	if c.SetDictionary(dict) != nil {
		t.Error("raw refused a dictionary between blocks")
	}
}

func TestOptions(t *testing.T) {
	for _, o := range []Options{
		{WindowBits: 8, MemLevel: 8}, {WindowBits: 16, MemLevel: 8}, {WindowBits: 15, MemLevel: 0}, {WindowBits: 15, MemLevel: 10},
		{WindowBits: 15, MemLevel: 8, Level: 10}, {WindowBits: 15, MemLevel: 8, Level: -2}, {WindowBits: 15, MemLevel: 8, Strategy: 5},
	} {
		if _, err := New(o); err != ErrOptions {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func BenchmarkCompress(b *testing.B) {
	data := prose(1 << 20)
	out := make([]byte, 1<<20)
	for _, level := range []int{1, 6, 9} {
		c, _ := New(Options{Format: Gzip, Level: level, WindowBits: 15, MemLevel: 8})
		b.Run(fmt.Sprint(level), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for range b.N {
				c.Reset()
				if _, _, done := c.Step(data, out, Finish); !done {
					b.Fatal("not done")
				}
			}
		})
	}
}
