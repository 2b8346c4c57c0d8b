package punycode

import (
	"testing"

	"github.com/spindle-js/spindle/nodeerr"
)

func TestEncodeDecode(t *testing.T) {
	tests := []struct{ plain, encoded string }{
		{"", ""},
		{"A", "A-"},
		{"-", "--"},
		{"ü", "tda"},
		{"Ü", "wca"},
		{"中国", "fiqs8s"},
		{"a中b", "ab-qy2c"},
		{"😀", "e28h"},
		{"\xed\xa0\x80", "ib9b"}, // U+D800
	}
	for _, tt := range tests {
		if got, err := Encode(tt.plain); err != nil || got != tt.encoded {
			t.Errorf("Encode(%q) = %q, %v, want %q", tt.plain, got, err, tt.encoded)
		}
		if got, err := Decode(tt.encoded); err != nil || got != tt.plain {
			t.Errorf("Decode(%q) = %q, %v, want %q", tt.encoded, got, err, tt.plain)
		}
	}
}

func TestDecodeErrors(t *testing.T) {
	tests := []struct{ in, message string }{
		{"-", "Invalid input"},
		{"-a", "Invalid input"},
		{"99", "Invalid input"},
		{"a-ü", "Invalid input"},
		{"ü-", "Illegal input >= 0x80 (not a basic code point)"},
		{"99999999", "Overflow: input needs wider integers to process"},
	}
	for _, tt := range tests {
		_, err := Decode(tt.in)
		e, ok := err.(*nodeerr.Error)
		if !ok || e.Kind != nodeerr.KindRange || e.Message != tt.message {
			t.Errorf("Decode(%q) fails with %v, want RangeError %q", tt.in, err, tt.message)
		}
	}
}

func TestDomains(t *testing.T) {
	tests := []struct{ name, domain, ascii, unicode string }{
		{"one label", "ü", "xn--tda", "ü"},
		{"only the labels that need it", "a.ü.c", "a.xn--tda.c", "a.ü.c"},
		{"wide full stops", "ü。x｡y．z", "xn--tda.x.y.z", "ü.x.y.z"},
		{"the local part is left", "ü@ü.de", "ü@xn--tda.de", "ü@ü.de"},
		{"a second at sign ends it", "x@ü@z", "x@xn--tda", "x@ü"},
		{"case is kept", "Ü.De", "xn--wca.De", "Ü.De"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ToASCII(tt.domain)
			if err != nil || got != tt.ascii {
				t.Errorf("ToASCII(%q) = %q, %v, want %q", tt.domain, got, err, tt.ascii)
			}
			got, err = ToUnicode(got)
			if err != nil || got != tt.unicode {
				t.Errorf("ToUnicode gives %q, %v, want %q", got, err, tt.unicode)
			}
		})
	}
	for in, want := range map[string]string{"Xn--tda.com": "Xn--tda.com", "xn--TDA": "ü", "xn--": ""} {
		if got, err := ToUnicode(in); err != nil || got != want {
			t.Errorf("ToUnicode(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "-", "tda", "fiqs8s", "a-ü", "99999999", "ab-qy2c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain, err := Decode(s)
		if err != nil {
			return
		}
		again, err := Encode(plain)
		if err != nil {
			t.Fatalf("Encode(%q) fails: %v", plain, err)
		}
		if back, err := Decode(again); err != nil || back != plain {
			t.Fatalf("%q decodes to %q, which encodes to %q and back to %q, %v", s, plain, again, back, err)
		}
	})
}
