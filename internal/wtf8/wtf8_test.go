package wtf8

import (
	"slices"
	"testing"
	"unicode/utf8"
)

func TestRoundTrip(t *testing.T) {
	tests := []struct {
		name  string
		units []uint16
		text  string
	}{
		{"empty", nil, ""},
		{"ascii", []uint16{'a', 'b'}, "ab"},
		{"two and three bytes", []uint16{0xfc, 0x4e2d}, "ü中"},
		{"a pair is one character", []uint16{0xd83d, 0xde00}, "😀"},
		{"high alone", []uint16{'a', 0xd83d, 'b'}, "a\xed\xa0\xbdb"},
		{"low alone", []uint16{0xde00}, "\xed\xb8\x80"},
		{"wrong order", []uint16{0xde00, 0xd83d}, "\xed\xb8\x80\xed\xa0\xbd"},
		{"last unit", []uint16{0xffff}, "\uffff"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FromUTF16(tt.units); got != tt.text {
				t.Errorf("FromUTF16 = %q, want %q", got, tt.text)
			}
			if got := ToUTF16(tt.text); !slices.Equal(got, tt.units) {
				t.Errorf("ToUTF16 = %x, want %x", got, tt.units)
			}
		})
	}
}

func TestEveryUnit(t *testing.T) {
	for u := range 0x10000 {
		units := []uint16{uint16(u)}
		if got := ToUTF16(FromUTF16(units)); !slices.Equal(got, units) {
			t.Fatalf("unit %#x came back as %#x", u, got)
		}
	}
}

func TestToValid(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain ü 😀", "plain ü 😀"},
		{"a\xed\xa0\xbdb", "a\ufffdb"},
		{"\xed\xa0\xbd\xed\xb8\x80", "😀"},
		{"\xff", "\ufffd"},
	}
	for _, tt := range tests {
		got := ToValid(tt.in)
		if got != tt.want || !utf8.ValidString(got) {
			t.Errorf("ToValid(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestJSONString(t *testing.T) {
	tests := []struct{ in, want string }{
		{`"a\n\"ü"`, "a\n\"ü"},
		{`"\ud83d\ude00"`, "😀"},
		{`"x\ud83dy"`, "x\xed\xa0\xbdy"},
		{`"\u0041"`, "A"},
		{`null`, ""},
	}
	for _, tt := range tests {
		var got JSONString
		if err := got.UnmarshalJSON([]byte(tt.in)); err != nil || string(got) != tt.want {
			t.Errorf("%s is read as %q, %v, want %q", tt.in, got, err, tt.want)
		}
	}
}
