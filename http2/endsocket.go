package http2

// endSocket ends the transport, and calls done when that is through or has
// failed.
func endSocket(sock Socket, done func()) {
	called := false
	sock.AsStream().End(noChunk, "", func(error) {
		if !called {
			called = true
			done()
		}
	})
}
