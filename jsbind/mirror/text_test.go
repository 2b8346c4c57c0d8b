package mirror

import (
	"slices"
	"testing"

	"github.com/dop251/goja"
)

// TestText converts strings to Go and back.
func TestText(t *testing.T) {
	m := New(goja.New())
	for _, c := range []struct {
		units []uint16
		text  string
		clean string
	}{
		{nil, "", ""},
		{[]uint16{'a', 'b'}, "ab", "ab"},
		{[]uint16{0xE9, 0x4E2D}, "é中", "é中"},
		{[]uint16{0xD83D, 0xDE00}, "😀", "😀"},
		{[]uint16{0xFFFD}, "\uFFFD", "\uFFFD"},
		{[]uint16{0xD800}, "\xED\xA0\x80", "\uFFFD"},
		{[]uint16{'x', 0xDC00, 'y'}, "x\xED\xB0\x80y", "x\uFFFDy"},
		{[]uint16{0xD83D, 0xD83D, 0xDE00}, "\xED\xA0\xBD😀", "\uFFFD😀"},
		{[]uint16{0xD7FF, 0xE000}, "\uD7FF\uE000", "\uD7FF\uE000"},
	} {
		s := goja.StringFromUTF16(c.units)
		if got := Text(s); got != c.text {
			t.Errorf("%x: text %q", c.units, got)
		}
		if got := Clean(c.text); got != c.clean {
			t.Errorf("%x: clean %q", c.units, got)
		}
		if got := Units(c.text); got != len(c.units) {
			t.Errorf("%x: %d units", c.units, got)
		}
		if got := ToUTF16(c.text); !slices.Equal(got, c.units) {
			t.Errorf("%x: units %x", c.units, got)
		}
		if got := m.StringValue(c.text); !got.SameAs(s) {
			t.Errorf("%x: value %q", c.units, got)
		}
		if k := StringKey(c.text); k.Name() != c.text || !m.KeyValue(k).SameAs(s) {
			t.Errorf("%x: key %q", c.units, k.Name())
		}
	}
	if got := Clean("\xED\xA0\xBD" + "\xED\xB8\x80"); got != "😀" {
		t.Errorf("halves of a pair: %q", got)
	}
	for n, want := range []string{"", "a", "aé", "aé\xED\xA0\xBD", "aé😀", "aé😀z", "aé😀z"} {
		if got := SliceUnits("aé😀z", n); got != want {
			t.Errorf("first %d: %q", n, got)
		}
	}
}

// TestIsIndex tells array indices from other names.
func TestIsIndex(t *testing.T) {
	for name, want := range map[string]bool{
		"0": true, "10": true, "4294967294": true, "4294967295": false, "42949672950": false, "01": false, "": false,
		"-1": false, "1.5": false, "a": false, "3999999999": true,
	} {
		if IsIndex(name) != want {
			t.Errorf("%q", name)
		}
	}
}
