package nodeerr

// Kind names the JavaScript class of an error.
type Kind string

// The classes of JavaScript's errors, and DOMException's AbortError.
const (
	KindError  Kind = "Error"
	KindType   Kind = "TypeError"
	KindRange  Kind = "RangeError"
	KindSyntax Kind = "SyntaxError"
	KindURI    Kind = "URIError"
	KindAbort  Kind = "AbortError"
)

// Prop is an additional own property of an error, in the order Node sets them.
type Prop struct {
	Key   string
	Value any
}

// Error is an error as a Node program sees it. The zero values of Errno,
// Syscall, Address, Port, Path and Dest mean that the property is absent.
type Error struct {
	Kind    Kind
	Code    string // "ERR_INVALID_ARG_TYPE", "ECONNREFUSED", "HPE_INVALID_METHOD"; "" when none
	Message string

	Errno   int // negative, as libuv has it: -111
	Syscall string
	Address string
	Port    int
	Path    string
	Dest    string

	// CodeFirst says that Node sets code before errno, as listen's errors have
	// it; a failed connect has errno first.
	CodeFirst bool

	// Bare says that the stack is the message alone: Node makes the error where no
	// JavaScript runs.
	Bare bool

	// Native says that the text of the error does not tell its code: Node makes it
	// outside JavaScript.
	Native bool

	Props []Prop // further own properties (reason, bytesParsed, rawPacket, ...)
	Cause error

	// Host is the JavaScript object made for this error, if any.
	Host any
}

// New returns an error of the given class. code may be empty.
func New(kind Kind, code, message string) *Error {
	return &Error{Kind: kind, Code: code, Message: message}
}

// Error returns the message, as err.message has it.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// With adds an own property and returns e.
func (e *Error) With(key string, value any) *Error {
	e.Props = append(e.Props, Prop{key, value})
	return e
}

// Code returns the code of err if it or one of its causes has one (an *Error, or
// a host's error with an ErrorCode method), else "".
func Code(err error) string {
	for err != nil {
		switch e := err.(type) {
		case *Error:
			return e.Code
		case interface{ ErrorCode() string }:
			return e.ErrorCode()
		}
		u, ok := err.(interface{ Unwrap() error })
		if !ok {
			return ""
		}
		err = u.Unwrap()
	}
	return ""
}

// Uncaught is the panic of an error that nobody took: an 'error' event without
// a listener in a Go program. The loop ends and Run returns Err.
type Uncaught struct{ Err error }

// Thrown is the panic of an error that Node throws to the caller of a method
// that has no error result: a chunk of the wrong type, an unknown encoding.
type Thrown struct{ Err error }

// Error returns the message of Err.
func (t Thrown) Error() string { return t.Err.Error() }

// Unwrap returns Err.
func (t Thrown) Unwrap() error { return t.Err }
