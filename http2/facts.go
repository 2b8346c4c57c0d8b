package http2

import "github.com/spindle-js/spindle/stream"

// What stream.Finished, Pipeline and the like see of the objects here besides
// what they see of every stream.

func tri(v bool) stream.Tri {
	if v {
		return stream.True
	}
	return stream.False
}

// Facts describes the stream.
func (st *Stream) Facts() stream.Facts {
	f := st.Stream.Facts()
	f.Aborted = tri(st.Aborted())
	return f
}

// Facts describes the request as a stream.
func (r *ServerRequest) Facts() stream.Facts {
	f := r.Stream.Facts()
	f.Aborted = tri(r.aborted)
	return f
}

// Facts describes the response as a stream.
func (r *ServerResponse) Facts() stream.Facts {
	return stream.Facts{CanPipe: true, CanWrite: true, Writable: stream.True, WritableEnded: r.ending, WritableFinished: r.st.WritableFinished()}
}
