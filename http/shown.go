package http

import (
	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/stream"
)

// What a host shows of inner state under the names that Node keeps it.

// Consuming is req._consuming: the body was asked for.
func (m *IncomingMessage) Consuming() bool { return !m.ReadableIs(stream.ReadingMore) }

// BytesCounted is what was written of a body with a strict length.
func (m *OutgoingMessage) BytesCounted() int64 { return m.bytesWritten }

// NeedsDrain reports whether a write returned false.
func (m *OutgoingMessage) NeedsDrain() bool { return m.needDrain }

// ChunkedBuffer is what was written while corked.
func (m *OutgoingMessage) ChunkedBuffer() []buffer.Chunk {
	list := make([]buffer.Chunk, len(m.chunked))
	for i := range m.chunked {
		list[i] = m.chunked[i].data
	}
	return list
}

// ChunkedLength is the length of ChunkedBuffer in bytes.
func (m *OutgoingMessage) ChunkedLength() int { return m.chunkedLen }

// OnServer reports whether a server's connection made the response.
func (r *ServerResponse) OnServer() bool { return r.server != nil }

// ListensTimeout reports whether the socket's 'timeout' is the request's.
func (r *ClientRequest) ListensTimeout() bool { return r.timeoutL != nil }

// Queued returns the options of a request that waits for a socket of its agent,
// nil where it does not.
func (r *ClientRequest) Queued() *RequestOptions { return r.options }

// MaxHeaderSize, InsecureHTTPParser and JoinDuplicateHeaders are the options of
// the request.
func (r *ClientRequest) MaxHeaderSize() int { return r.maxHeaderSize }

// InsecureHTTPParser is the option of that name.
func (r *ClientRequest) InsecureHTTPParser() stream.Tri { return r.insecure }

// JoinDuplicateHeaders is the option of that name.
func (r *ClientRequest) JoinDuplicateHeaders() bool { return r.joinDuplicateHeaders }

// Paused is socket._paused: a server reads no more until its answers are taken.
func Paused(c Conn) bool { return slotOf(c).Paused }
