package http

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
	"github.com/spindle-js/spindle/stream"
)

var crlf = buffer.Bytes([]byte("\r\n"))

// chunkTypes is what write takes, as ERR_INVALID_ARG_TYPE words it.
const chunkTypes = "of type string or an instance of Buffer or Uint8Array"

// Write is this.write(chunk, encoding, cb): text or bytes of the body.
func (m *OutgoingMessage) Write(c buffer.Chunk, enc string, cb func(error)) bool {
	if o := m.Override(events.MethodWrite); o != nil {
		return overrideWrite(o, c, enc, cb)
	}
	// What comes out of an object stream by a pipe has seen no check.
	c, err := stream.ForBytes(&m.Emitter, c, chunkTypes)
	if err != nil {
		m.throw(err)
	}
	ok, err := m.BaseWrite(c, enc, cb)
	if err != nil {
		m.throw(err)
	}
	return ok
}

// overrideWrite calls a program's own write or end.
func overrideWrite(o events.Override, c buffer.Chunk, enc string, cb func(error)) bool {
	if c.IsNone() && enc == "" && cb == nil {
		ok, _ := o.Call().(bool)
		return ok
	}
	args := []any{c}
	if enc != "" || cb != nil {
		args = append(args, enc)
	}
	if cb != nil {
		args = append(args, cb)
	}
	ok, _ := o.Call(args...).(bool)
	return ok
}

// throw panics with an error that Node throws, where there is no caller to
// return it to.
func (m *OutgoingMessage) throw(err error) { m.Throw(err) }

// BaseWrite is OutgoingMessage.prototype.write.
func (m *OutgoingMessage) BaseWrite(c buffer.Chunk, enc string, cb func(error)) (bool, error) {
	return m.write(c, enc, cb, false)
}

func chunkLen(c buffer.Chunk, enc string) int {
	if c.Kind == buffer.KindText {
		e, _ := buffer.ParseEncoding(enc)
		return buffer.ByteLength(c.Text, e)
	}
	return len(c.Bytes)
}

func (m *OutgoingMessage) write(c buffer.Chunk, enc string, cb func(error), fromEnd bool) (bool, error) {
	if err := m.late(); err != nil {
		if m.IsDestroyed {
			if cb != nil {
				m.loop.NextTickFunc(func() { cb(err) })
			}
		} else {
			m.fail(err, cb)
		}
		return false, nil
	}
	n := chunkLen(c, enc)
	if m.StrictContentLength {
		sum := m.bytesWritten + int64(n)
		if m.checksLength() && (fromEnd && sum != m.contentLength || !fromEnd && sum > m.contentLength) {
			return false, nodeerr.HTTPContentLengthMismatch(sum, m.contentLength)
		}
		m.bytesWritten = sum
	}
	if !m.hasHeader {
		if fromEnd {
			m.contentLength, m.hasContentLength = int64(n), true
		}
		if err := m.ImplicitHeader(); err != nil {
			return false, err
		}
	}
	if !m.HasBody {
		if debugging {
			debugf(m.loop, "This type of response MUST NOT have a body. Ignoring write() calls.")
		}
		if m.RejectNonStandardBody {
			return false, nodeerr.HTTPBodyNotAllowed()
		}
		if cb != nil {
			m.loop.NextTickFunc(func() { cb(nil) })
		}
		return true, nil
	}
	if !fromEnd && m.Conn != nil && m.Conn.AsStream().WritableCorked() == 0 {
		m.Conn.AsStream().Cork()
		m.loop.NextTick(uncorkTick{m.Conn})
	}
	ok := true
	switch {
	case !m.ChunkedEncoding || n == 0:
		ok = m.sendArgs(c, enc, cb, callbackSet)
	case m.corked > 0 && m.HeaderSent:
		m.chunked = append(m.chunked, buffered{data: c, enc: enc, cb: cb})
		m.chunkedLen += n
		ok = m.chunkedLen < m.hwm
	default:
		m.Send(buffer.Text(hex(n)), "latin1", nil)
		m.sendArgs(crlf, "", nil, encodingNull)
		m.Send(c, enc, nil)
		ok = m.sendArgs(crlf, "", cb, encodingNull|callbackSet)
	}
	if debugging {
		debugf(m.loop, "write ret = %s", ok)
	}
	if !ok {
		m.needDrain = true
	}
	return ok, nil
}

func (m *OutgoingMessage) late() error {
	switch {
	case m.Finished:
		return writeAfterEnd()
	case m.IsDestroyed:
		return streamDestroyed("write")
	}
	return nil
}

// checksLength reports whether the body is held against Content-Length.
func (m *OutgoingMessage) checksLength() bool {
	return m.StrictContentLength && m.hasContentLength && m.HasBody && !m.RemovedContLen && !m.ChunkedEncoding && !m.headers.has("transfer-encoding")
}

func (h *outHeaders) has(key string) bool { return h.find(key) >= 0 }

// uncorkTick undoes the cork of the first write of a turn.
type uncorkTick struct{ c Conn }

func (t uncorkTick) Run() { t.c.AsStream().Uncork() }

// ImplicitHeader is this._implicitHeader().
func (m *OutgoingMessage) ImplicitHeader() error {
	if o := m.Override(events.MethodImplicitHeader); o != nil {
		o.Call()
		return nil
	}
	return m.hook.baseImplicitHeader()
}

// rawArgs says how the arguments of a raw write read to a program that replaced
// the socket's write: Node passes null here and undefined there, and a function
// that does nothing where the caller gave no callback.
type rawArgs uint8

const (
	encodingNull rawArgs = 1 << iota
	callbackSet
)

// Send is this._send(data, encoding, cb).
func (m *OutgoingMessage) Send(c buffer.Chunk, enc string, cb func(error)) bool {
	return m.sendArgs(c, enc, cb, 0)
}

func (m *OutgoingMessage) sendArgs(c buffer.Chunk, enc string, cb func(error), as rawArgs) bool {
	if o := m.Override(events.MethodSend); o != nil {
		return overrideWrite(o, c, enc, cb)
	}
	m.as = as
	return m.send(c, enc, cb)
}

func nop(error) {}

// patchedWrite is a program's own write of the transport; nil where the
// built-in one stands.
func (m *OutgoingMessage) patchedWrite() events.Override {
	return m.Conn.Base().Override(events.MethodWrite)
}

// seesChunks reports whether a program replaced what gets the chunks of the
// transport, and so is to see text as text.
func (m *OutgoingMessage) seesChunks() bool {
	e := m.Conn.Base()
	return e.Override(events.MethodWrite) != nil || e.Override(events.MethodUnderWrite) != nil || e.Override(events.MethodUnderWritev) != nil
}

// writeConn writes to the transport.
func (m *OutgoingMessage) writeConn(c buffer.Chunk, enc string, cb func(error), as rawArgs) bool {
	o := m.patchedWrite()
	if o == nil {
		return m.Conn.AsStream().Write(c, enc, cb)
	}
	var e, f any = events.Undefined, nil
	switch {
	case enc != "":
		e = enc
	case as&encodingNull != 0:
		e = nil
	}
	if cb == nil && as&callbackSet != 0 {
		cb = nop
	}
	if cb != nil {
		f = cb
	}
	ok, _ := o.Call(c, e, f).(bool)
	return ok
}

// send is OutgoingMessage.prototype._send: the header leaves with the first
// data.
func (m *OutgoingMessage) send(c buffer.Chunk, enc string, cb func(error)) bool {
	if !m.HeaderSent && m.hasHeader {
		m.HeaderSent = true
		if c.Kind == buffer.KindText && (enc == "" || enc == "utf8" || enc == "utf-8" || enc == "latin1") {
			if m.Conn == nil && m.Override(events.MethodWriteRaw) == nil {
				return m.keep(outputChunk{data: c, enc: enc, cb: cb, as: m.takeArgs(), head: true}, len(m.header)+chunkLen(c, enc))
			}
			if m.Conn == nil || m.seesChunks() {
				c = buffer.Text(m.header + c.Text)
			} else {
				c, enc = m.withHeader(c.Text, enc), ""
			}
		} else if len(m.output) == 0 && m.hasTurn() && m.Override(events.MethodWriteRaw) == nil {
			m.sendHeader()
		} else {
			h := outputChunk{data: buffer.Text(m.header), enc: "latin1"}
			m.output = append([]outputChunk{h}, m.output...)
			m.OutputSize += len(m.header)
			if m.OnPendingData != nil {
				m.OnPendingData(len(m.header))
			}
		}
	}
	return m.WriteRaw(c, enc, cb)
}

// sendHeader writes the header as a write of its own: what flushOutput would do
// if it were kept first.
func (m *OutgoingMessage) sendHeader() {
	s, n := m.Conn.AsStream(), len(m.header)
	if m.OnPendingData != nil {
		m.OnPendingData(n)
	}
	for ; m.corked > 0; m.corked-- {
		s.Cork()
	}
	s.Cork()
	m.writeConn(buffer.Text(m.header), "latin1", nil, 0)
	s.Uncork()
	if m.OnPendingData != nil {
		m.OnPendingData(-n)
	}
}

// hasTurn reports whether m may write to its transport now.
func (m *OutgoingMessage) hasTurn() bool {
	return m.Conn != nil && slotOf(m.Conn).Message == any(m.Self()) && m.Conn.AsStream().Writable()
}

// BaseSend is what a host calls for _send.
func (m *OutgoingMessage) BaseSend(c buffer.Chunk, enc string, cb func(error)) bool {
	return m.send(c, enc, cb)
}

// withHeader puts the header before text, in one chunk: both are one text in
// Node, and encoded alike.
func (m *OutgoingMessage) withHeader(text, enc string) buffer.Chunk {
	if enc == "latin1" {
		return latin1(m.header + text)
	}
	b := make([]byte, 0, len(m.header)+len(text))
	return buffer.Bytes(append(append(b, m.header...), text...))
}

// latin1 is s as bytes that nobody writes to.
func latin1(s string) buffer.Chunk {
	if p := buffer.TextBytes(s); buffer.IsASCII(p) {
		return buffer.Bytes(p[:len(p):len(p)])
	}
	return buffer.Bytes(buffer.Encode(s, buffer.Latin1))
}

// WriteRaw is this._writeRaw(data, encoding, cb).
func (m *OutgoingMessage) WriteRaw(c buffer.Chunk, enc string, cb func(error)) bool {
	if o := m.Override(events.MethodWriteRaw); o != nil {
		return overrideWrite(o, c, enc, cb)
	}
	return m.BaseWriteRaw(c, enc, cb)
}

// BaseWriteRaw writes to the socket if it is this message's turn, else keeps
// the data for later.
func (m *OutgoingMessage) BaseWriteRaw(c buffer.Chunk, enc string, cb func(error)) bool {
	as := m.takeArgs()
	if m.Conn != nil && m.Conn.AsStream().Destroyed() {
		// The socket was destroyed: the data goes nowhere.
		return false
	}
	if m.hasTurn() {
		if len(m.output) > 0 {
			m.flushOutput(m.Conn)
		}
		return m.writeConn(c, enc, cb, as)
	}
	return m.keep(outputChunk{data: c, enc: enc, cb: cb, as: as}, chunkLen(c, enc))
}

// takeArgs returns how the arguments of the raw write under way read.
func (m *OutgoingMessage) takeArgs() rawArgs {
	as := m.as
	m.as = 0
	return as
}

// keep keeps n bytes for when the message has a socket and its turn.
func (m *OutgoingMessage) keep(o outputChunk, n int) bool {
	m.output = append(m.output, o)
	m.OutputSize += n
	if m.OnPendingData != nil {
		m.OnPendingData(n)
	}
	return m.OutputSize < m.hwm
}

// End is this.end(chunk, encoding, cb).
func (m *OutgoingMessage) End(c buffer.Chunk, enc string, cb func(error)) {
	if o := m.Override(events.MethodEnd); o != nil {
		overrideWrite(o, c, enc, cb)
		return
	}
	c, err := stream.ForBytes(&m.Emitter, c, chunkTypes)
	if err == nil {
		err = m.BaseEnd(c, enc, cb)
	}
	if err != nil {
		m.throw(err)
	}
}

// BaseEnd is OutgoingMessage.prototype.end; the zero chunk is none. The error is
// one that Node throws.
func (m *OutgoingMessage) BaseEnd(c buffer.Chunk, enc string, cb func(error)) error {
	switch {
	case !c.IsNone():
		if m.Finished {
			m.fail(writeAfterEnd(), cb)
			return nil
		}
		if m.endAtOnce(c, enc, cb) {
			return nil
		}
		if m.Conn != nil {
			m.Conn.AsStream().Cork()
		}
		if _, err := m.write(c, enc, nil, true); err != nil {
			return err
		}
	case m.Finished:
		if cb != nil {
			if !m.WritableFinished() {
				m.On("finish", func(...any) { cb(nil) })
			} else {
				cb(nodeerr.New(nodeerr.KindError, "ERR_STREAM_ALREADY_FINISHED", "Cannot call end after a stream was finished"))
			}
		}
		return nil
	case !m.hasHeader:
		if m.Conn != nil {
			m.Conn.AsStream().Cork()
		}
		m.contentLength, m.hasContentLength = 0, true
		if err := m.ImplicitHeader(); err != nil {
			return err
		}
	}
	if cb != nil {
		m.Once("finish", func(...any) { cb(nil) })
	}
	if m.checksLength() && m.bytesWritten != m.contentLength {
		return nodeerr.HTTPContentLengthMismatch(m.bytesWritten, m.contentLength)
	}
	switch {
	case m.HasBody && m.ChunkedEncoding:
		m.Send(buffer.Text("0\r\n"+m.Trailer+"\r\n"), "latin1", m.onFinish)
	case !m.HeaderSent || m.WritableLength() > 0 || !c.IsNone():
		m.Send(buffer.Text(""), "latin1", m.onFinish)
	default:
		m.loop.NextTickFunc(func() { m.onFinish(nil) })
	}
	if m.Conn != nil {
		// end takes all corks off at once.
		m.Conn.AsStream().SetWritableCorked(1)
		m.Conn.AsStream().Uncork()
	}
	m.corked = 1
	m.Uncork()
	m.Finished = true
	if debugging {
		debugf(m.loop, "outgoing message end.")
	}
	if len(m.output) == 0 && m.Conn != nil && slotOf(m.Conn).Message == m.Self() {
		m.Finish()
	}
	return nil
}

// endAtOnce is end for the common case: a message of one part, on a transport
// that has nothing else to send, with nothing replaced. Header, body and the
// callback of the end go out in one write; otherwise it does nothing and reports
// false.
func (m *OutgoingMessage) endAtOnce(c buffer.Chunk, enc string, cb func(error)) bool {
	if m.Conn == nil || m.IsDestroyed || m.HeaderSent || m.corked > 0 || len(m.output) > 0 || m.StrictContentLength || enc != "" && enc != "utf8" {
		return false
	}
	st := m.Conn.AsStream()
	if st.WritableCorked() > 0 || st.WritableLength() > 0 || !st.Writable() || slotOf(m.Conn).Message != m.Self() {
		return false
	}
	for _, o := range [...]events.Method{events.MethodSend, events.MethodWriteRaw, events.MethodImplicitHeader, events.MethodFinish} {
		if m.Override(o) != nil {
			return false
		}
	}
	if m.seesChunks() {
		return false
	}
	n := len(c.Bytes)
	if c.Kind == buffer.KindText {
		n = len(c.Text)
	}
	if !m.hasHeader {
		m.contentLength, m.hasContentLength = int64(n), true
		if m.ImplicitHeader() != nil || !m.hasHeader {
			return false
		}
	}
	if !m.HasBody || m.ChunkedEncoding || m.HeaderSent || n > oneWrite || n == 0 {
		return false
	}
	if cb != nil {
		m.Once("finish", func(...any) { cb(nil) })
	}
	m.HeaderSent = true
	var b []byte
	socket, _ := m.Conn.(*net.Socket)
	if socket != nil {
		b = m.loop.TakeScratch()
	} else {
		b = make([]byte, 0, len(m.header)+n)
	}
	if c.Kind == buffer.KindText {
		// One text with the body, and encoded as it: as UTF-8.
		b = append(append(b, m.header...), c.Text...)
	} else if buffer.IsASCII(buffer.TextBytes(m.header)) {
		b = append(append(b, m.header...), c.Bytes...)
	} else {
		b = append(append(b, buffer.Encode(m.header, buffer.Latin1)...), c.Bytes...)
	}
	st.WriteFor(b, (*lastWrite)(m))
	if socket != nil && taken(socket) {
		m.loop.KeepScratch(b)
	}
	m.Finished = true
	if debugging {
		debugf(m.loop, "write ret = true")
		debugf(m.loop, "outgoing message end.")
	}
	m.Finish()
	return true
}

// lastWrite is a message as the callback of the write that ends it.
type lastWrite OutgoingMessage

// Written implements stream.Completer.
func (m *lastWrite) Written(err error) { (*OutgoingMessage)(m).onFinish(err) }

// AfterWrite implements stream.Completer.
func (m *lastWrite) AfterWrite() *stream.AfterWrite { return &m.afterWrite }

// taken reports whether the system has taken all that was written to s, so that
// nobody holds the memory any more.
func taken(s *net.Socket) bool {
	h := s.Handle()
	return h != nil && h.WriteQueueSize() == 0 && s.WritableLength() == 0
}

// oneWrite is the longest body that is copied behind its header.
const oneWrite = 16 << 10

// onFinish runs when the last of the message was handed to the system, or could
// not be: 'finish' says that there is nothing more to do, unless the request of a
// client has failed.
func (m *OutgoingMessage) onFinish(error) {
	if m.Conn != nil {
		if x := slotOf(m.Conn).client; x != nil && x.hadError {
			return
		}
	}
	m.Emit("finish")
}

// Finish is this._finish().
func (m *OutgoingMessage) Finish() {
	if o := m.Override(events.MethodFinish); o != nil {
		o.Call()
		return
	}
	m.hook.baseFinish()
}

// BaseFinish is OutgoingMessage.prototype._finish.
func (m *OutgoingMessage) BaseFinish() { m.Emit("prefinish") }

// FlushHeaders sends the headers at once.
func (m *OutgoingMessage) FlushHeaders() error {
	if !m.hasHeader {
		if err := m.ImplicitHeader(); err != nil {
			return err
		}
	}
	m.Send(buffer.Text(""), "", nil)
	return nil
}

// flush writes what waited when the socket comes, and finishes the message if
// it had ended (_flush).
func (m *OutgoingMessage) flush() {
	c := m.Conn
	if c == nil || !c.AsStream().Writable() {
		return
	}
	ok := m.flushOutput(c)
	switch {
	case m.Finished:
		m.Finish()
	case ok && m.needDrain:
		m.needDrain = false
		m.Emit("drain")
	}
}

// Flush is _flush.
func (m *OutgoingMessage) Flush() { m.flush() }

func (m *OutgoingMessage) flushOutput(c Conn) bool {
	for m.corked > 0 {
		m.corked--
		c.AsStream().Cork()
	}
	if len(m.output) == 0 {
		return true
	}
	list := m.output
	m.output = nil
	s := c.AsStream()
	s.Cork()
	ok := true
	for i := range list {
		o := &list[i]
		switch {
		case !o.head:
		case m.seesChunks():
			o.data = buffer.Text(m.header + o.data.Text)
		default:
			o.data, o.enc = m.withHeader(o.data.Text, o.enc), ""
		}
		ok = m.writeConn(o.data, o.enc, o.cb, o.as)
	}
	s.Uncork()
	if m.OnPendingData != nil {
		m.OnPendingData(-m.OutputSize)
	}
	m.OutputSize = 0
	return ok
}
