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

// IsNode reports whether p is a stream at all.
func IsNode(p Peer) bool {
	f := p.Facts()
	return f.node()
}

// IsReadableNode reports whether p has a readable half, whatever its state.
func IsReadableNode(p Peer) bool {
	f := p.Facts()
	return f.readableNode(false)
}

// IsWritableNode reports whether p has a writable half, whatever its state.
func IsWritableNode(p Peer) bool {
	f := p.Facts()
	return f.writableNode()
}
