package fetchmod

import (
	"bytes"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/library"
)

// multipart takes a multipart/form-data body apart (RFC 7578): bytes, boundary.
// The result is an array of parts, or what is wrong with the body.
func (m *module) multipart(c goja.FunctionCall) goja.Value {
	rt := m.rt
	body, _ := rt.BufferSource(c.Argument(0))
	parts, reason := splitForm(body, c.Argument(1).String())
	if reason != "" {
		return rt.VM.ToValue(reason)
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
	named, file, base64 bool
	body                []byte
}

var crlf = []byte("\r\n")

// formReader reads a form from its beginning on; reason says why it cannot.
type formReader struct {
	rest   []byte
	reason string
}

func (r *formReader) fail(reason string) bool {
	r.reason = reason
	return false
}

// skip passes over p.
func (r *formReader) skip(p []byte, reason string) bool {
	rest, ok := bytes.CutPrefix(r.rest, p)
	if !ok {
		return r.fail(reason)
	}
	r.rest = rest
	return true
}

// until returns what stands before any of the letters.
func (r *formReader) until(letters string) []byte {
	n := bytes.IndexAny(r.rest, letters)
	if n < 0 {
		n = len(r.rest)
	}
	p := r.rest[:n]
	r.rest = r.rest[n:]
	return p
}

// splitForm returns the parts between the delimiters of a form, or what is wrong
// with it in undici's words.
func splitForm(body []byte, boundary string) (parts []formPart, reason string) {
	r := &formReader{rest: body}
	for bytes.HasPrefix(r.rest, crlf) {
		r.rest = r.rest[2:]
	}
	for bytes.HasSuffix(r.rest, crlf) {
		r.rest = r.rest[:len(r.rest)-2]
	}
	for {
		if !r.skip([]byte("--"+boundary), "expected a value starting with -- and the boundary") {
			return nil, r.reason
		}
		if string(r.rest) == "--" {
			return parts, ""
		}
		p := formPart{typ: "text/plain"}
		if !r.skip(crlf, "expected CRLF") || !r.head(&p) || !r.skip(crlf, "expected CRLF") || !r.content(&p, boundary) {
			return nil, r.reason
		}
		parts = append(parts, p)
	}
}

// content reads the bytes of a part up to the next delimiter.
func (r *formReader) content(p *formPart, boundary string) bool {
	at := bytes.Index(r.rest, []byte(boundary))
	if at < 0 {
		return r.fail("expected boundary after body")
	}
	end := max(at-4, 0)
	p.body, r.rest = r.rest[:end], r.rest[end:]
	if p.base64 {
		p.body = buffer.Encode(string(p.body), buffer.Base64)
	}
	return r.skip(crlf, "expected CRLF")
}

var unescape = strings.NewReplacer("%0A", "\n", "%0a", "\n", "%0D", "\r", "%0d", "\r", "%22", `"`)

// head reads the header fields of a part.
func (r *formReader) head(p *formPart) bool {
	for !bytes.HasPrefix(r.rest, crlf) {
		name := strings.Trim(string(r.until("\n\r:")), "\t ")
		if !token(name) {
			return r.fail("header name does not match the field-name token production")
		}
		if !r.skip([]byte(":"), "expected :") {
			return false
		}
		r.rest = bytes.TrimLeft(r.rest, "\t ")
		switch strings.ToLower(name) {
		case "content-disposition":
			if !r.disposition(p) {
				return false
			}
		case "content-type":
			p.typ = strings.Trim(string(r.until("\r\n")), "\t ")
		case "content-transfer-encoding":
			p.base64 = strings.Trim(string(r.until("\r\n")), "\t ") == "base64"
		default:
			r.until("\r\n")
		}
		if !r.skip(crlf, "expected CRLF") {
			return false
		}
	}
	if !p.named {
		return r.fail("header name is null")
	}
	return true
}

func (r *formReader) disposition(p *formPart) bool {
	if !r.skip([]byte(`form-data; name="`), `expected form-data; name=" for content-disposition header`) {
		return false
	}
	quoted := func() (string, bool) {
		s := unescape.Replace(string(r.until("\n\r\"")))
		return s, r.skip([]byte(`"`), `expected "`)
	}
	if p.name, p.named = quoted(); !p.named {
		return false
	}
	if rest, ok := bytes.CutPrefix(r.rest, []byte(`; filename="`)); ok {
		r.rest = rest
		if p.filename, p.file = quoted(); !p.file {
			return false
		}
	}
	return true
}

// token reports whether s is a token of HTTP (RFC 9110, section 5.6.2).
func token(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool {
		return c <= ' ' || c >= 0x7f || strings.ContainsRune("\"(),/:;<=>?@[\\]{}", c)
	})
}
