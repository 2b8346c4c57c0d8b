package inspect

import (
	"strings"

	"github.com/spindle-js/spindle/internal/lazyregexp"
)

// control matches an escape sequence of a terminal at the start of a string:
// an introducer (ESC or the one-character CSI), any of the characters that
// lead a sequence, then either an operating system command up to its
// terminator, or a control sequence: parameters and a final character.
var control = lazyregexp.New("^[\x1b\u009b][\\[\\]()#;?]*" +
	"(?:(?:(?:(?:;" + oscText + "+)*|[a-zA-Z\\d]+(?:;" + oscText + "*)*)?(?:\x07|\x1b\\\\|\u009c))" +
	"|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-nq-uy=><~]))")

// oscText are the characters of an operating system command.
const oscText = `[-a-zA-Z\d/#&.:=?%@~_]`

// StripVTControlCharacters removes the escape sequences of a terminal from s
// (util.stripVTControlCharacters).
func StripVTControlCharacters(s string) string {
	i := nextControl(s)
	if i < 0 {
		return s
	}
	var b strings.Builder
	for i >= 0 {
		b.WriteString(s[:i])
		n := len(control().FindString(s[i:]))
		if n == 0 {
			n = 1
			if s[i] == 0xC2 {
				n = 2
			}
			b.WriteString(s[i : i+n])
		}
		s = s[i+n:]
		i = nextControl(s)
	}
	b.WriteString(s)
	return b.String()
}

// nextControl returns the index of the next ESC or CSI character, or -1.
func nextControl(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == 0x1B || s[i] == 0xC2 && i+1 < len(s) && s[i+1] == 0x9B {
			return i
		}
	}
	return -1
}
