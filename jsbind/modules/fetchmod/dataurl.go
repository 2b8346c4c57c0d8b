package fetchmod

import (
	"encoding/base64"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/library"
)

// dataURL takes a data: URL apart (https://fetch.spec.whatwg.org/#data-urls):
// its type and body, undefined where it is malformed.
func (m *module) dataURL(c goja.FunctionCall) goja.Value {
	text, _, _ := strings.Cut(c.Argument(0).String(), "#")
	typ, data, ok := strings.Cut(strings.TrimPrefix(text, "data:"), ",")
	if !ok {
		return goja.Undefined()
	}
	typ = strings.TrimSpace(typ)
	body := percentDecode(data)
	if head, tail, ok := cutLast(typ, ";"); ok && strings.EqualFold(strings.TrimSpace(tail), "base64") {
		typ = head
		s := strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \t\n\f\r", r) {
				return -1
			}
			return r
		}, string(body))
		if len(s)%4 == 0 {
			s = strings.TrimSuffix(strings.TrimSuffix(s, "="), "=")
		}
		p, err := base64.RawStdEncoding.DecodeString(s)
		if err != nil {
			return goja.Undefined()
		}
		body = p
	}
	if strings.HasPrefix(typ, ";") {
		typ = "text/plain" + typ
	}
	if essence, _, _ := strings.Cut(typ, ";"); !strings.Contains(essence, "/") {
		typ = "text/plain;charset=US-ASCII"
	}
	o := m.rt.VM.NewObject()
	_ = o.Set("type", typ)
	_ = o.Set("body", library.Bytes(m.rt, body))
	return o
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func percentDecode(s string) []byte {
	out := make([]byte, 0, len(s))
	hex := func(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && hex(s[i+1]) >= 0 && hex(s[i+2]) >= 0 {
			out = append(out, byte(hex(s[i+1])<<4|hex(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return out
}
