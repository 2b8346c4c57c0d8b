package events

// Listener is one registration. Its address is its identity.
type Listener struct {
	fn   func(args ...any)
	once bool
	done bool

	// Name is the name of a Go listener's function, as a host shows it.
	Name string

	// HostFn is the host function; for a Go listener, the stable function
	// that the host made when a program asked for it.
	HostFn any
	// HostCall is the host's prepared form of HostFn, filled by the host.
	HostCall any
	// HostOnce is the once-wrapper that rawListeners showed, if it did.
	HostOnce any
}

// NewHostListener returns a registration of a host function.
func NewHostListener(fn any, once bool) *Listener {
	return &Listener{HostFn: fn, once: once}
}

// NewListener returns a registration of a Go function.
func NewListener(fn func(args ...any), once bool) *Listener {
	return &Listener{fn: fn, once: once}
}

// Go returns the Go function, nil for a host listener.
func (l *Listener) Go() func(args ...any) { return l.fn }

// Once reports whether the listener leaves after its first call.
func (l *Listener) Once() bool { return l.once }
