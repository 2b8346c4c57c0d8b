package tls

import (
	"io"
	stdnet "net"
	"sync"
	"time"
)

// memory is the transport that crypto/tls sees: input that the loop appends, and
// output that the loop takes. Read blocks while a handshake runs on another
// goroutine, and fails with a temporary error afterwards.
type memory struct {
	mu     sync.Mutex // guards all below
	ready  sync.Cond  // input came, or the end
	in     []byte
	end    error
	out    []byte
	blocks bool
	wrote  func() // output is there while blocks is set; called without the lock
	holds  bool   // what is written waits for the end of the handshake
	waits  bool   // Read blocks
	// ticket says that the next output ends in a session ticket, tail how many
	// bytes that record has: it waits for the end of the handshake, too.
	ticket bool
	tail   int
	// idle is called when Read begins to block, nil for nobody; under the lock.
	idle func()
}

// wouldBlock says that there is no input now.
type wouldBlock struct{}

func (wouldBlock) Error() string   { return "tls: no input yet" }
func (wouldBlock) Timeout() bool   { return true }
func (wouldBlock) Temporary() bool { return true }

func newMemory(wrote func()) *memory {
	m := &memory{blocks: true, wrote: wrote}
	m.ready.L = &m.mu
	return m
}

// Read implements net.Conn.
func (m *memory) Read(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.in) == 0 && m.end == nil && m.blocks {
		if !m.waits && m.idle != nil {
			m.waits = true
			m.idle()
		}
		m.ready.Wait()
	}
	switch {
	case len(m.in) > 0:
		n := copy(p, m.in)
		if m.in = m.in[n:]; len(m.in) == 0 {
			m.in = nil
		}
		return n, nil
	case m.end != nil:
		return 0, m.end
	}
	return 0, wouldBlock{}
}

// Write implements net.Conn.
func (m *memory) Write(p []byte) (int, error) {
	m.mu.Lock()
	m.out = append(m.out, p...)
	if m.ticket && m.blocks {
		m.ticket, m.tail = false, lastRecord(p)
	}
	tell := m.blocks && !m.holds
	m.mu.Unlock()
	if tell {
		m.wrote()
	}
	return len(p), nil
}

// append adds input and reports whether that ends the blocking of a Read.
func (m *memory) append(p []byte) (woke bool) {
	m.mu.Lock()
	m.in = append(m.in, p...)
	woke, m.waits = m.waits, false
	m.mu.Unlock()
	m.ready.Broadcast()
	return woke
}

// finish ends the input.
func (m *memory) finish(err error) (woke bool) {
	m.mu.Lock()
	if m.end == nil {
		m.end = err
	}
	woke, m.waits = m.waits, false
	m.mu.Unlock()
	m.ready.Broadcast()
	return woke
}

// unblock ends the blocking of Read.
func (m *memory) unblock() {
	m.mu.Lock()
	m.blocks = false
	m.mu.Unlock()
}

// hold keeps back what is written from now on, until flush.
func (m *memory) hold() {
	m.mu.Lock()
	m.holds = true
	m.mu.Unlock()
}

// takeEarly is take for output of the handshake, none where that is held back.
func (m *memory) takeEarly() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := len(m.out) - m.tail
	if m.holds || n <= 0 {
		return nil
	}
	p := m.out[:n:n]
	m.out = m.out[n:]
	return p
}

// keepTicket keeps the session ticket that is written next until the handshake is
// over: the client gets it when its own part has been read.
func (m *memory) keepTicket() {
	m.mu.Lock()
	m.ticket = true
	m.mu.Unlock()
}

// lastRecord is the length of the last TLS record of p (RFC 8446, section 5.1).
func lastRecord(p []byte) (n int) {
	for len(p) >= 5 {
		n = min(5+int(p[3])<<8+int(p[4]), len(p))
		p = p[n:]
	}
	return n
}

// take returns the output.
func (m *memory) take() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.out
	m.out, m.tail = nil, 0
	return p
}

// Close implements net.Conn.
func (m *memory) Close() error { m.finish(io.ErrClosedPipe); return nil }

type address struct{}

func (address) Network() string { return "memory" }
func (address) String() string  { return "memory" }

func (m *memory) LocalAddr() stdnet.Addr           { return address{} }
func (m *memory) RemoteAddr() stdnet.Addr          { return address{} }
func (m *memory) SetDeadline(time.Time) error      { return nil }
func (m *memory) SetReadDeadline(time.Time) error  { return nil }
func (m *memory) SetWriteDeadline(time.Time) error { return nil }
