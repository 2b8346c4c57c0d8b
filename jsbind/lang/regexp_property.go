package lang

import (
	_ "embed" // unicode.txt
	"errors"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// Unicode property escapes (ECMA-262, tables 67 to 69).

// categoryAliases maps long names of general categories to the short ones.
var categoryAliases = map[string]string{
	"Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Unassigned": "Cn", "Private_Use": "Co", "Surrogate": "Cs",
	"Letter": "L", "Cased_Letter": "LC", "Lowercase_Letter": "Ll", "Modifier_Letter": "Lm", "Other_Letter": "Lo",
	"Titlecase_Letter": "Lt", "Uppercase_Letter": "Lu",
	"Mark": "M", "Combining_Mark": "M", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Nonspacing_Mark": "Mn",
	"Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
	"Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Close_Punctuation": "Pe",
	"Final_Punctuation": "Pf", "Initial_Punctuation": "Pi", "Other_Punctuation": "Po", "Open_Punctuation": "Ps",
	"Symbol": "S", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Math_Symbol": "Sm", "Other_Symbol": "So",
	"Separator": "Z", "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Space_Separator": "Zs",
}

var properties sync.Map // of the text between the braces to runeSet

var errProperty = errors.New("Invalid property name")

// unicode.txt holds Unicode 16's tables as Node 24 answers for them, a line
// each: g (general category), b (binary property), s (script) or x (script
// extensions, where they differ from the script), the name, and the ranges, in
// base 36: the distance from the end of the range before, and, after a minus
// sign, the length less one. ab and as give the other names of binary
// properties and scripts.
//
//go:embed unicode.txt
var unicodeText string

// unicodeTables maps "g Lu" to the ranges as text.
var unicodeTables = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 512)
	for line := range strings.Lines(unicodeText) {
		kind, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		name, ranges, _ := strings.Cut(rest, " ")
		m[kind+" "+name] = ranges
	}
	return m
})

func table(kind, name string) (runeSet, bool) {
	text, ok := unicodeTables()[kind+" "+name]
	if !ok {
		return nil, false
	}
	var s runeSet
	at := int64(0)
	for field := range strings.FieldsSeq(text) {
		start, length, _ := strings.Cut(field, "-")
		skip, _ := strconv.ParseInt(start, 36, 32)
		var n int64
		if length != "" {
			n, _ = strconv.ParseInt(length, 36, 32)
		}
		s = append(s, runeRange{rune(at + skip), rune(at + skip + n)})
		at += skip + n
	}
	return s, true
}

// property returns the code points that \p{text} stands for.
func property(text string) (runeSet, error) {
	if s, ok := properties.Load(text); ok {
		return s.(runeSet), nil
	}
	s, ok := lookUpProperty(text)
	if !ok {
		return nil, errProperty
	}
	properties.Store(text, s)
	return s, nil
}

func lookUpProperty(text string) (runeSet, bool) {
	name, value, pair := strings.Cut(text, "=")
	if !pair {
		if s, ok := category(name); ok {
			return s, true
		}
		return binaryProperty(name)
	}
	switch name {
	case "General_Category", "gc":
		return category(value)
	case "Script", "sc":
		return table("s", scriptName(value))
	case "Script_Extensions", "scx":
		if s, ok := table("x", scriptName(value)); ok {
			return s, true
		}
		return table("s", scriptName(value))
	}
	return nil, false
}

func scriptName(name string) string {
	if long, ok := unicodeTables()["as "+name]; ok {
		return long
	}
	return name
}

func category(name string) (runeSet, bool) {
	if short, ok := categoryAliases[name]; ok {
		name = short
	}
	if name == "LC" {
		return categories("Lu", "Ll", "Lt"), true
	}
	if len(name) == 1 {
		var s runeSet
		for key := range unicodeTables() {
			if strings.HasPrefix(key, "g "+name) {
				s = append(s, categories(key[2:])...)
			}
		}
		return s.normal(), s != nil
	}
	return table("g", name)
}

// categories is the union of general categories by their short names.
func categories(names ...string) runeSet {
	var s runeSet
	for _, n := range names {
		t, _ := table("g", n)
		s = append(s, t...)
	}
	return s.normal()
}

func binaryProperty(name string) (runeSet, bool) {
	switch name {
	case "Any":
		return runeSet{{0, unicode.MaxRune}}, true
	case "ASCII":
		return runeSet{{0, 0x7f}}, true
	case "Assigned":
		return categories("Cn").complement(), true
	}
	if long, ok := unicodeTables()["ab "+name]; ok {
		name = long
	}
	return table("b", name)
}

// stringProperty returns a property of strings (table 71) as the characters in
// it and a pattern for its longer strings. The patterns describe how emoji
// sequences are built (UTS 51), not the list of those in use.
func stringProperty(name string) (set runeSet, pattern string, ok bool) {
	class := func(s runeSet) string {
		var b strings.Builder
		b.WriteByte('[')
		s.writeClassBody(&b, true)
		b.WriteByte(']')
		return b.String()
	}
	prop := func(n string) runeSet { s, _ := table("b", n); return s }
	indicators := prop("Regional_Indicator")
	presented := prop("Emoji_Presentation").minus(indicators)
	bases := runeSet{{'#', '#'}, {'*', '*'}, {'0', '9'}}
	basic := class(prop("Emoji").minus(prop("Emoji_Presentation")).minus(bases)) + `\u{fe0f}`
	keycap := class(bases) + `\u{fe0f}\u{20e3}`
	modifier := class(prop("Emoji_Modifier_Base")) + class(prop("Emoji_Modifier"))
	flag := class(indicators) + class(indicators)
	tag := `\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f}`
	element := class(prop("Emoji").minus(bases)) + "(?:" + class(prop("Emoji_Modifier")) + `|\u{fe0f})?`
	zwj := element + `(?:\u{200d}` + element + ")+"
	switch name {
	case "Basic_Emoji":
		return presented, basic, true
	case "Emoji_Keycap_Sequence":
		return nil, keycap, true
	case "RGI_Emoji_Modifier_Sequence":
		return nil, modifier, true
	case "RGI_Emoji_Flag_Sequence":
		return nil, flag, true
	case "RGI_Emoji_Tag_Sequence":
		return nil, tag, true
	case "RGI_Emoji_ZWJ_Sequence":
		return nil, zwj, true
	case "RGI_Emoji":
		return presented, strings.Join([]string{zwj, tag, modifier, flag, keycap, basic}, "|"), true
	}
	return nil, "", false
}
