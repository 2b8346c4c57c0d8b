package lang

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"
)

// regexpEscape is RegExp.escape (ECMA-262 22.2.5.1).
func regexpEscape(vm *goja.Runtime) native {
	return func(c goja.FunctionCall) goja.Value {
		s, ok := c.Argument(0).(goja.String)
		if !ok {
			panic(vm.NewTypeError("input argument must be a string"))
		}
		var b goja.StringBuilder
		u := units(s)
		for i := 0; i < len(u); i++ {
			r := rune(u[i])
			if utf16.IsSurrogate(r) {
				if i+1 < len(u) {
					if full := utf16.DecodeRune(r, rune(u[i+1])); full != 0xfffd {
						b.WriteRune(full)
						i++
						continue
					}
				}
				b.WriteUTF8String(fmt.Sprintf(`\u%04x`, r))
				continue
			}
			switch {
			case i == 0 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'):
				b.WriteUTF8String(fmt.Sprintf(`\x%02x`, r))
			case strings.ContainsRune(`^$\.*+?()[]{}|/`, r):
				b.WriteRune('\\')
				b.WriteRune(r)
			case r == '\t':
				b.WriteUTF8String(`\t`)
			case r == '\n':
				b.WriteUTF8String(`\n`)
			case r == '\v':
				b.WriteUTF8String(`\v`)
			case r == '\f':
				b.WriteUTF8String(`\f`)
			case r == '\r':
				b.WriteUTF8String(`\r`)
			case strings.ContainsRune(",-=<>#&!%:;@~'`\"", r) || r == ' ' || r == 0xa0:
				b.WriteUTF8String(fmt.Sprintf(`\x%02x`, r))
			case r == 0x1680 || r >= 0x2000 && r <= 0x200a || r == 0x2028 || r == 0x2029 || r == 0x202f || r == 0x205f || r == 0x3000 || r == 0xfeff:
				b.WriteUTF8String(fmt.Sprintf(`\u%04x`, r))
			default:
				b.WriteRune(r)
			}
		}
		return b.String()
	}
}
