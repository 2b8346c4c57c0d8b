package events

// Listener is one registration. Its address is its identity.
type Listener struct {
	fn   func(args ...any)
	self func(e *Emitter, args ...any)
	to   Receiver
	once bool
	done bool

	// Length is the length of a Go listener's function, as a host shows it.
	Length uint8
	// Name is the name of a Go listener's function, as a host shows it.
	Name string
	// Typed is the listener's func(T), or func(*Emitter, T), for EmitValue, nil
	// for none; fn or self then unpacks the same argument from an ordinary emit.
	Typed any

	// HostFn is the host function; for a Go listener, the stable function
	// that the host made when a program asked for it.
	HostFn any
	// HostCall is the host's prepared form of HostFn, filled by the host.
	HostCall any
	// HostOnce is the once-wrapper that rawListeners showed, if it did.
	HostOnce any

	alone [1]*Listener // the listener itself
	first *table       // of emitters that have it alone

	individual func(e *Emitter) *Listener
}

// list is the list that holds l alone. Lists are replaced, never written to, so
// that all emitters can share it.
func (l *Listener) list() []*Listener {
	l.alone[0] = l
	return l.alone[:1:1]
}

// NewHostListener returns a registration of a host function.
func NewHostListener(fn any, once bool) *Listener {
	return &Listener{HostFn: fn, once: once}
}

// NewListener returns a registration of a Go function.
func NewListener(fn func(args ...any), once bool) *Listener {
	return &Listener{fn: fn, once: once}
}

// NewMethod returns a registration of a Go function that is told whose event it
// is, so that one registration can serve many emitters, as a function that uses
// this does. It serves the emitters of one loop, and should live long: emitters
// that have the same ones share their tables.
func NewMethod(name string, fn func(e *Emitter, args ...any)) *Listener {
	return &Listener{self: fn, Name: name}
}

// OnceMethod is NewMethod for a listener that leaves each emitter when it is
// called there. An emit that goes on over an older list may call it again.
func OnceMethod(name string, fn func(e *Emitter, args ...any)) *Listener {
	return &Listener{self: fn, Name: name, once: true}
}

// Individually says that a host is to see a function of its own for each emitter
// that l serves: make registers another listener in the place of l, and returns
// it.
func (l *Listener) Individually(make func(e *Emitter) *Listener) { l.individual = make }

// Individual returns the registration that a host may show for l on e.
func (l *Listener) Individual(e *Emitter) *Listener {
	if l.individual == nil {
		return l
	}
	if own := l.individual(e); own != nil {
		return own
	}
	return l
}

// NewTypedMethod is NewMethod for an event whose value EmitValue hands over as
// it is; from makes the value from the arguments of an ordinary emit.
func NewTypedMethod[T any](name string, fn func(e *Emitter, v T), from func(args []any) T) *Listener {
	return &Listener{self: func(e *Emitter, args ...any) { fn(e, from(args)) }, Name: name, Typed: fn}
}

// Method returns the function of NewMethod, nil for others.
func (l *Listener) Method() func(e *Emitter, args ...any) { return l.self }

// Receiver is an object that has several registrations and tells them apart by
// their address: they need no function each.
type Receiver interface {
	Receive(l *Listener, args []any)
}

// Receiver returns the receiver that Init was given, nil for others.
func (l *Listener) Receiver() Receiver { return l.to }

// Init makes l, which may be part of to, a registration that calls to.
func (l *Listener) Init(to Receiver, name string, once bool) {
	*l = Listener{to: to, Name: name, once: once}
}

// Go returns the Go function, nil for a host listener or a method.
func (l *Listener) Go() func(args ...any) {
	if l.to != nil {
		return func(args ...any) { l.to.Receive(l, args) }
	}
	return l.fn
}

// Once reports whether the listener leaves after its first call.
func (l *Listener) Once() bool { return l.once }

// NewTyped returns a registration of a Go function that EmitValue calls with
// its value itself. from makes the value from the arguments of an ordinary
// emit.
func NewTyped[T any](name string, fn func(T), from func(args []any) T, once bool) *Listener {
	return &Listener{fn: func(args ...any) { fn(from(args)) }, once: once, Name: name, Typed: fn}
}
