package wsframe

import (
	"bytes"
	"compress/flate"
	"errors"
	"strings"
	"testing"
)

func TestEncode(t *testing.T) {
	for _, n := range []int{0, 1, 125, 126, 65535, 65536} {
		p := bytes.Repeat([]byte("x"), n)
		f := Encode(Text, p, [4]byte{1, 2, 3, 4})
		head := map[bool]int{true: 6, false: 8}[n < 126]
		if n > 65535 {
			head = 14
		}
		if len(f) != head+n || f[0] != 0x81 || f[1]&0x80 == 0 {
			t.Fatalf("%d bytes: frame of %d begins % x", n, len(f), f[:2])
		}
		for i, c := range f[head:] {
			if c^[]byte{1, 2, 3, 4}[i&3] != 'x' {
				t.Fatalf("%d bytes: byte %d is not masked", n, i)
			}
		}
	}
}

func TestDecode(t *testing.T) {
	stream := []byte{0x81, 2, 'h', 'i', 0x82, 1, 7, 0x89, 1, 'p', 0x01, 1, 'a', 0x8a, 0, 0x80, 1, 'b', 0x88, 2, 3, 232}
	want := []Message{{Text, []byte("hi")}, {Binary, []byte{7}}, {Ping, []byte("p")}, {Pong, nil}, {Text, []byte("ab")}, {Close, []byte{3, 232}}}
	for _, step := range []int{1, 3, len(stream)} {
		var d Decoder
		var got []Message
		for i := 0; i < len(stream); i += step {
			m, err := d.Write(stream[i:min(i+step, len(stream))])
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, m...)
		}
		if len(got) != len(want) {
			t.Fatalf("in steps of %d: %d messages", step, len(got))
		}
		for i := range want {
			if got[i].Opcode != want[i].Opcode || !bytes.Equal(got[i].Payload, want[i].Payload) {
				t.Errorf("in steps of %d, message %d: %v", step, i, got[i])
			}
		}
	}
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		frame []byte
		code  int
	}{
		"masked":         {[]byte{0x81, 0x80, 0, 0, 0, 0}, 1002},
		"opcode":         {[]byte{0x83, 0}, 1002},
		"rsv1":           {[]byte{0xc1, 0}, 1002},
		"long ping":      {[]byte{0x89, 126, 0, 200}, 1002},
		"split close":    {[]byte{0x08, 0}, 1002},
		"continuation":   {[]byte{0x80, 0}, 1002},
		"no utf-8":       {[]byte{0x81, 1, 0xff}, 1007},
		"far too long":   {[]byte{0x82, 127, 0, 1, 0, 0, 0, 0, 0, 0}, 1009},
		"new in message": {[]byte{0x01, 0, 0x81, 0}, 1002},
	} {
		var d Decoder
		_, err := d.Write(c.frame)
		var e *Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestInflate(t *testing.T) {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, 9)
	d := Decoder{Deflate: true}
	for _, text := range []string{"one message", "one message, and another", strings.Repeat("long ", 30000), "one message"} {
		out.Reset()
		_, _ = w.Write([]byte(text))
		_ = w.Flush()
		p := bytes.TrimSuffix(out.Bytes(), []byte{0, 0, 0xff, 0xff})
		frame := []byte{0xc1}
		switch {
		case len(p) < 126:
			frame = append(frame, byte(len(p)))
		default:
			frame = append(frame, 126, byte(len(p)>>8), byte(len(p)))
		}
		m, err := d.Write(append(frame, p...))
		if err != nil || len(m) != 1 || string(m[0].Payload) != text {
			t.Fatalf("%.20q: %d messages, %v", text, len(m), err)
		}
	}
}
