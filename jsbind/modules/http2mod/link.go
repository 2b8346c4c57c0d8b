package http2mod

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/internal/lazyregexp"
	"github.com/spindle-js/spindle/jsbind/bind"
)

var none buffer.Chunk

// linkForm is the form of a Link field's value that is sent early.
var linkForm = lazyregexp.New(`^<[^>]*>(?:\s*;\s*[^;"\s]+(?:=(?:"[^;"\s]*"|[^;"\s]*))?)*$`)

// link reads hints.link: a link, or a list of them.
func (m *module) link(v goja.Value) string {
	const reason = `must be an array or string of format "</styles.css>; rel=preload; as=style"`
	one := func(v goja.Value) string {
		if !goja.IsString(v) || !linkForm().MatchString(v.String()) {
			m.rt.ArgValue("hints", v, reason)
		}
		return v.String()
	}
	if bind.IsArray(v) {
		var all []string
		for _, x := range list(v) {
			all = append(all, one(x))
		}
		return strings.Join(all, ", ")
	}
	return one(v)
}
