package events

// Method is a member that Node's objects call on themselves and that a program
// may therefore replace on an object, a subclass or a prototype.
type Method uint8

// The overridable members, by the name JavaScript knows them by.
const (
	MethodEmit Method = iota
	MethodOn
	MethodRemoveListener
	MethodRead
	MethodPush
	MethodPause
	MethodResume
	MethodPipe
	MethodUnpipe
	MethodWrite
	MethodEnd
	MethodDestroy
	MethodUnderRead      // _read
	MethodUnderWrite     // _write
	MethodUnderWritev    // _writev
	MethodUnderFinal     // _final
	MethodUnderDestroy   // _destroy
	MethodUnderConstruct // _construct
	MethodUnderTransform // _transform
	MethodUnderFlush     // _flush
	MethodWriteHead
	MethodImplicitHeader // _implicitHeader
	MethodSetTimeout
	MethodDestroySoon
	MethodRef
	MethodUnref
	MethodConnect
	MethodAddRequest
	MethodCreateConnection
	MethodCreateSocket
	MethodGetName
	MethodKeepSocketAlive
	MethodReuseSocket
	MethodRemoveSocket
	MethodOnSocket
	MethodSetHeader
	MethodFlushHeaders
	MethodAssignSocket
	MethodDetachSocket
	MethodWriteContinue
	MethodSend     // _send
	MethodWriteRaw // _writeRaw
	MethodFinish   // _finish
	MethodDump     // _dump
	MethodGetHeader
	MethodListen2 // _listen2
	MethodPeerName
	MethodAddHeaderLines // _addHeaderLines
	MethodAddHeaderLine  // _addHeaderLine
	MethodOnce
	MethodPrependListener
	NumMethods
)

var methodNames = [NumMethods]string{
	"emit", "on", "removeListener", "read", "push", "pause", "resume", "pipe", "unpipe",
	"write", "end", "destroy", "_read", "_write", "_writev", "_final", "_destroy",
	"_construct", "_transform", "_flush", "writeHead", "_implicitHeader",
	"setTimeout", "destroySoon", "ref", "unref", "connect",
	"addRequest", "createConnection", "createSocket", "getName", "keepSocketAlive",
	"reuseSocket", "removeSocket", "onSocket", "setHeader", "flushHeaders",
	"assignSocket", "detachSocket", "writeContinue", "_send", "_writeRaw", "_finish",
	"_dump", "getHeader", "_listen2", "_getpeername", "_addHeaderLines", "_addHeaderLine",
	"once", "prependListener",
}

// String returns the name the member has in JavaScript.
func (m Method) String() string { return methodNames[m] }

// Override is what a program put in the place of a built-in member, bound to
// its object. Arguments and result are Go values that the host converts.
type Override interface {
	Call(args ...any) any
}

// Host is the other language that sees an emitter. A nil Host means Go alone:
// then every self-call is a direct Go call. All methods run on the loop's
// goroutine; a host exception unwinds as a panic.
type Host interface {
	// Override returns the replacement that the program installed for m on the
	// object of e, or nil where the built-in member stands.
	Override(e *Emitter, m Method) Override

	// ToHost converts the arguments of an emit once for all host listeners.
	ToHost(e *Emitter, args []any) any
	// FromHost converts host arguments for Go listeners.
	FromHost(e *Emitter, args any) []any
	// Call calls the host function of l with args, as ToHost made them, and this
	// or, if that is nil, the emitter's object as receiver.
	Call(e *Emitter, l *Listener, key Key, args, this any)
	// Unhandled is an 'error' event that nobody listens for. It must not return.
	Unhandled(e *Emitter, a Args)
	// LeakWarning reports more than max listeners, once per event.
	LeakWarning(e *Emitter, key Key, count, max int)
	// DefaultMaxListeners is events.defaultMaxListeners of the realm.
	DefaultMaxListeners() int
}

// Closer is a Host whose programs may take the method destroy away from an
// object. CloseInstead then calls the object's close, if it has one, and reports
// true.
type Closer interface {
	CloseInstead(e *Emitter) bool
}

// Matcher is a Host that can tell that a registration is a program's wrapper
// around the function of l, as once makes it.
type Matcher interface {
	Matches(registered, l *Listener) bool
}
