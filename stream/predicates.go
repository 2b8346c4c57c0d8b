package stream

// IsReadable is stream.isReadable: True, False, or Null for what is no
// readable stream
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamisreadablestream).
func IsReadable(p Peer) Tri {
	f := p.Facts()
	return f.readable()
}

// IsWritable is stream.isWritable.
func IsWritable(p Peer) Tri {
	f := p.Facts()
	return f.writable()
}

// IsDestroyed is stream.isDestroyed; Null for what is no stream.
func IsDestroyed(p Peer) Tri {
	f := p.Facts()
	if !f.node() {
		return Null
	}
	return boolTri(f.destroyed())
}

// IsDisturbed is stream.isDisturbed: it was read from or cancelled.
func IsDisturbed(p Peer) bool {
	f := p.Facts()
	return f.ReadableDidRead || f.ReadableAborted
}

// IsErrored is stream.isErrored.
func IsErrored(p Peer) bool {
	f := p.Facts()
	switch {
	case f.ReadableErrored != nil || f.WritableErrored != nil:
		return true
	case f.R.Present:
		return f.R.ErrorEmitted
	case f.W.Present:
		return f.W.ErrorEmitted
	}
	return false
}
