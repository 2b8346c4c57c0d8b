package http

import (
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/stream"
)

// What stream.Finished, Pipeline and the like see of a message: an outgoing one
// is no Stream and has no state of one.

func tri(v bool) stream.Tri {
	if v {
		return stream.True
	}
	return stream.False
}

// StreamLoop returns the loop that the message belongs to.
func (m *OutgoingMessage) StreamLoop() *loop.Loop { return m.loop }

// Facts describes the message as a stream.
func (m *OutgoingMessage) Facts() stream.Facts {
	return stream.Facts{
		CanPipe: true, CanWrite: true,
		Writable: tri(m.isWritable), Destroyed: m.IsDestroyed, Closed: tri(m.Closed), OutgoingClosed: tri(m.Closed),
		WritableEnded: m.Finished, WritableFinished: m.WritableFinished(),
	}
}

// Facts describes the response as a stream.
func (r *ServerResponse) Facts() stream.Facts {
	f := r.OutgoingMessage.Facts()
	f.ServerResponse = true
	return f
}

// Facts describes the request as a stream.
func (r *ClientRequest) Facts() stream.Facts {
	f := r.OutgoingMessage.Facts()
	f.Request = true
	f.Aborted = tri(r.Aborted)
	return f
}

// DestroyPeer aborts the request: that is how pipelines end one.
func (r *ClientRequest) DestroyPeer(error) { r.Abort() }

// Facts describes the message as a stream.
func (m *IncomingMessage) Facts() stream.Facts {
	f := m.Stream.Facts()
	f.Aborted = tri(m.Aborted)
	if m.Request != nil {
		f.Req = m.Request
	}
	return f
}

// DestroyPeer ends the message as pipelines do: that of a server leaves its
// transport alone, for the response; a client's takes its request with it.
func (m *IncomingMessage) DestroyPeer(err error) {
	if m.Request != nil {
		m.Request.Abort()
		return
	}
	m.Conn = nil
	m.Destroy(err)
}
