package http

import (
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// SetHeader is this.setHeader(name, value).
func (m *OutgoingMessage) SetHeader(name string, v Value) error {
	if o := m.Override(events.MethodSetHeader); o != nil {
		o.Call(name, v.any())
		return nil
	}
	return m.BaseSetHeader(name, v)
}

func (v Value) any() any {
	switch {
	case v.Host != nil:
		return v.Host
	case v.List != nil:
		return v.List
	}
	return v.Text
}

// BaseSetHeader sets a header, replacing one of that name.
func (m *OutgoingMessage) BaseSetHeader(name string, v Value) error {
	if m.hasHeader {
		return nodeerr.HTTPHeadersSent("set")
	}
	if err := ValidateHeaderName(name, ""); err != nil {
		return err
	}
	if err := validateValue(name, v); err != nil {
		return err
	}
	m.headers.put(lower(name), Field{name, v})
	return nil
}

func validateValue(name string, v Value) error {
	if v.List == nil {
		return ValidateHeaderValue(name, v.Text)
	}
	for _, s := range v.List {
		if err := ValidateHeaderValue(name, s); err != nil {
			return err
		}
	}
	return nil
}

// AppendHeader adds a value to a header, making it a list.
func (m *OutgoingMessage) AppendHeader(name string, v Value) error {
	if m.hasHeader {
		return nodeerr.HTTPHeadersSent("append")
	}
	if err := ValidateHeaderName(name, ""); err != nil {
		return err
	}
	if err := validateValue(name, v); err != nil {
		return err
	}
	key := lower(name)
	i := m.headers.find(key)
	if i < 0 {
		m.headers.put(key, Field{name, v})
		return nil
	}
	old := &m.headers.list[i].Value
	list := old.List
	if list == nil {
		list = []string{old.Text}
	}
	list = append([]string(nil), list...)
	if v.List != nil {
		list = append(list, v.List...)
	} else {
		list = append(list, v.Text)
	}
	*old = Value{List: list}
	return nil
}

// GetHeader returns a header that was set, in the form it was set in.
func (m *OutgoingMessage) GetHeader(name string) (Value, bool) {
	if i := m.headers.find(lower(name)); i >= 0 {
		return m.headers.list[i].Value, true
	}
	return Value{}, false
}

// HasHeader reports whether a header is set.
func (m *OutgoingMessage) HasHeader(name string) bool { return m.headers.find(lower(name)) >= 0 }

// ReplaceHeaders sets the headers to these alone.
func (m *OutgoingMessage) ReplaceHeaders(fields []Field) {
	m.headers = outHeaders{set: true}
	for _, f := range fields {
		m.headers.put(lower(f.Name), f)
	}
}

// HeadersSet reports whether any header was ever set on this message.
func (m *OutgoingMessage) HeadersSet() bool { return m.headers.set }

// RemoveHeader takes a header back, also one that would be made by itself.
func (m *OutgoingMessage) RemoveHeader(name string) error {
	if m.hasHeader {
		return nodeerr.HTTPHeadersSent("remove")
	}
	key := lower(name)
	switch key {
	case "connection":
		m.RemovedConnection = true
	case "content-length":
		m.RemovedContLen = true
	case "transfer-encoding":
		m.RemovedTE = true
	case "date":
		m.SendDate = false
	}
	m.headers.remove(key)
	return nil
}

// Headers returns what is set, with lower-case keys, in order.
func (m *OutgoingMessage) Headers(yield func(key string, f Field) bool) {
	for i := range m.headers.list {
		if !yield(m.headers.list[i].key, m.headers.list[i].Field) {
			return
		}
	}
}

// AddTrailers adds lines that follow the last chunk of a chunked body.
func (m *OutgoingMessage) AddTrailers(fields []Field) error {
	m.Trailer = ""
	var b strings.Builder
	for _, f := range fields {
		if !IsToken(f.Name) {
			return nodeerr.InvalidHTTPToken("Trailer name", f.Name)
		}
		values := f.Value.List
		if values == nil {
			values = []string{f.Value.Text}
		}
		if len(values) > 1 && m.UniqueHeaders[lower(f.Name)] {
			values = []string{strings.Join(values, "; ")}
		}
		for _, v := range values {
			if InvalidHeaderChar(v) {
				return nodeerr.InvalidChar("trailer content", f.Name)
			}
			b.WriteString(f.Name + ": " + v + "\r\n")
		}
	}
	m.Trailer = b.String()
	return nil
}

// headState is what storeHeader learns of the lines it writes.
type headState struct {
	connection, contLen, te, date, expect, trailer bool
}

// StoreHeader makes _header from the start line and fields, with the lines that
// Node adds. validate is false for headers that were validated when set.
func (m *OutgoingMessage) StoreHeader(start string, fields []Field, validate bool) error {
	var st headState
	b, err := append(m.loop.TakeScratch(), start...), error(nil)
	for i := range fields {
		if b, err = m.appendField(b, &st, &fields[i], validate); err != nil {
			return err
		}
	}
	if m.SendDate && !st.date {
		b = append(b, dateHeader(m.loop)...)
	}
	if code := m.hook.status(); m.ChunkedEncoding && (code == 204 || code == 304) {
		// Such an answer has no body: a connection that announced one must end.
		m.ChunkedEncoding, m.ShouldKeepAlive = false, false
	}
	b = m.appendConnection(b, &st)
	b = m.appendFraming(b, &st)
	if !m.ChunkedEncoding && st.trailer {
		return nodeerr.HTTPTrailerInvalid()
	}
	b = append(b, "\r\n"...)
	m.header, m.hasHeader, m.HeaderSent = string(b), true, false
	m.loop.KeepScratch(b)
	if st.expect {
		m.send(buffer.Text(""), "", nil)
	}
	return nil
}

func (m *OutgoingMessage) appendField(b []byte, st *headState, f *Field, validate bool) ([]byte, error) {
	if validate {
		if err := ValidateHeaderName(f.Name, ""); err != nil {
			return b, err
		}
	}
	v := f.Value
	if v.List != nil {
		cookie := equalFold(f.Name, "cookie")
		if (len(v.List) < 2 || !cookie) && !m.UniqueHeaders[lower(f.Name)] {
			for _, s := range v.List {
				var err error
				if b, err = m.appendLine(b, st, f.Name, s, validate); err != nil {
					return b, err
				}
			}
			return b, nil
		}
		v.Text = strings.Join(v.List, "; ")
	}
	return m.appendLine(b, st, f.Name, v.Text, validate)
}

func (m *OutgoingMessage) appendLine(b []byte, st *headState, name, value string, validate bool) ([]byte, error) {
	if len(name) == len("content-disposition") && m.contentLength != 0 && m.hasContentLength && equalFold(name, "content-disposition") {
		// Node takes the characters for bytes of UTF-8 here, so that they leave
		// as they are with a text body.
		value = buffer.Decode(buffer.Encode(value, buffer.Latin1), buffer.UTF8)
	}
	if validate {
		if err := ValidateHeaderValue(name, value); err != nil {
			return b, err
		}
	}
	b = append(append(b, name...), ':', ' ')
	b = append(append(b, value...), '\r', '\n')
	m.note(st, name, value)
	return b, nil
}

// note takes in what a header line means for the framing.
func (m *OutgoingMessage) note(st *headState, name, value string) {
	if len(name) < 4 || len(name) > 17 {
		return
	}
	switch len(name) {
	case 4:
		st.date = st.date || equalFold(name, "date")
	case 6:
		st.expect = st.expect || equalFold(name, "expect")
	case 7:
		st.trailer = st.trailer || equalFold(name, "trailer")
	case 10:
		if equalFold(name, "connection") {
			st.connection = true
			m.RemovedConnection = false
			if hasToken(value, "close") {
				m.Last = true
			} else {
				m.ShouldKeepAlive = true
			}
		} else if equalFold(name, "keep-alive") {
			m.DefaultKeepAlive = false
		}
	case 14:
		if equalFold(name, "content-length") {
			st.contLen = true
			m.RemovedContLen = false
			m.contentLength, m.hasContentLength = parseLength(value)
		}
	case 17:
		if equalFold(name, "transfer-encoding") {
			st.te = true
			m.RemovedTE = false
			if hasToken(value, "chunked") {
				m.ChunkedEncoding = true
			}
		}
	}
}

// parseLength reads the value of a Content-Length.
func parseLength(value string) (n int64, ok bool) {
	if len(value) > 18 || value == "" {
		return parseOddLength(value)
	}
	for i := 0; i < len(value); i++ {
		d := value[i] - '0'
		if d > 9 {
			return parseOddLength(value)
		}
		n = 10*n + int64(d)
	}
	return n, true
}

func parseOddLength(value string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
	return n, err == nil
}

// appendConnection writes the Connection and Keep-Alive lines.
func (m *OutgoingMessage) appendConnection(b []byte, st *headState) []byte {
	switch {
	case m.RemovedConnection:
		// HTTP/1.1 persists by default, even without the header.
		m.Last = !m.ShouldKeepAlive
	case st.connection:
	case m.ShouldKeepAlive && (st.contLen || m.UseChunkedByDefault || m.hasAgent):
		if m.MaxRequestsReached {
			return append(b, "Connection: close\r\n"...)
		}
		b = append(b, "Connection: keep-alive\r\n"...)
		if m.KeepAliveTimeout > 0 && m.DefaultKeepAlive {
			b = append(b, "Keep-Alive: timeout="...)
			b = strconv.AppendInt(b, m.KeepAliveTimeout/1000, 10)
			if m.MaxRequestsPerSocket > 0 {
				b = append(b, ", max="...)
				b = strconv.AppendInt(b, m.MaxRequestsPerSocket, 10)
			}
			b = append(b, "\r\n"...)
		}
	default:
		m.Last = true
		b = append(b, "Connection: close\r\n"...)
	}
	return b
}

// appendFraming decides how the end of the body is told (RFC 9112, section 6).
func (m *OutgoingMessage) appendFraming(b []byte, st *headState) []byte {
	if st.contLen || st.te {
		return b
	}
	switch {
	case !m.HasBody:
		m.ChunkedEncoding = false
	case !m.UseChunkedByDefault:
		m.Last = true
	case !st.trailer && !m.RemovedContLen && m.hasContentLength:
		b = append(b, "Content-Length: "...)
		b = strconv.AppendInt(b, m.contentLength, 10)
		b = append(b, "\r\n"...)
	case !m.RemovedTE:
		b = append(b, "Transfer-Encoding: chunked\r\n"...)
		m.ChunkedEncoding = true
	default:
		// The body is what comes until the connection ends.
		m.Last = true
	}
	return b
}

func hex(n int) string { return strconv.FormatInt(int64(n), 16) }
