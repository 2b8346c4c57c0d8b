package fetchmod

import (
	"bytes"
	"mime"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/library"
)

// multipart takes a multipart/form-data body apart (RFC 7578): bytes, boundary.
// The result is undefined where it is none.
func (m *module) multipart(c goja.FunctionCall) goja.Value {
	rt := m.rt
	body, _ := rt.BufferSource(c.Argument(0))
	parts, ok := splitForm(body, c.Argument(1).String())
	if !ok {
		return goja.Undefined()
	}
	out := make([]any, len(parts))
	for i, p := range parts {
		o := rt.VM.NewObject()
		_ = o.Set("name", p.name)
		if p.file {
			_ = o.Set("filename", p.filename)
		}
		_ = o.Set("type", p.typ)
		_ = o.Set("body", library.Bytes(rt, bytes.Clone(p.body)))
		out[i] = o
	}
	return rt.VM.NewArray(out...)
}

type formPart struct {
	name, filename, typ string
	file                bool
	body                []byte
}

// splitForm returns the parts between the delimiters of a form.
func splitForm(body []byte, boundary string) (parts []formPart, ok bool) {
	delimiter := []byte("--" + boundary)
	rest, found := bytes.CutPrefix(body, delimiter)
	if !found {
		return nil, false
	}
	for {
		if bytes.HasPrefix(rest, []byte("--")) {
			return parts, true
		}
		var head []byte
		if rest, found = bytes.CutPrefix(rest, []byte("\r\n")); !found {
			return nil, false
		}
		if head, rest, found = bytes.Cut(rest, []byte("\r\n\r\n")); !found {
			return nil, false
		}
		p := formPart{typ: "text/plain"}
		if !p.readHead(string(head)) {
			return nil, false
		}
		if p.body, rest, found = bytes.Cut(rest, append([]byte("\r\n"), delimiter...)); !found {
			return nil, false
		}
		parts = append(parts, p)
	}
}

var unescape = strings.NewReplacer("%0A", "\n", "%0a", "\n", "%0D", "\r", "%0d", "\r", "%22", `"`)

func (p *formPart) readHead(head string) bool {
	named := false
	for _, line := range strings.Split(head, "\r\n") {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return false
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "content-disposition":
			kind, params, err := mime.ParseMediaType(value)
			if err != nil || kind != "form-data" {
				return false
			}
			if p.name, named = params["name"]; !named {
				return false
			}
			p.name = unescape.Replace(p.name)
			p.filename, p.file = params["filename"]
			p.filename = unescape.Replace(p.filename)
		case "content-type":
			p.typ = value
		}
	}
	return named
}
