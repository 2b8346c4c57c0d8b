package events

import "github.com/spindle-js/spindle/nodeerr"

// Thrower is implemented by a host whose exceptions unwind as panics of its
// own. Throw panics with the host's exception for err; it must not return.
type Thrower interface{ Throw(err error) }

// Catcher is implemented by a host whose exceptions unwind as panics. Caught
// returns the error of a recovered panic value and true, or false for a panic
// that is no exception of a program and goes on.
type Catcher interface{ Caught(p any) (error, bool) }

// Describer is implemented by a host that can word a value of a program as
// Node's argument errors do: "type number (5)", "an instance of Foo".
type Describer interface{ Describe(v any) string }

// Throw is a JavaScript throw of err to whoever called into e: a panic, in the
// host's form if there is a host, else of nodeerr.Thrown.
func (e *Emitter) Throw(err error) {
	if t, ok := e.host.(Thrower); ok {
		t.Throw(err)
	}
	panic(nodeerr.Thrown{Err: err})
}

// Caught is the catch clause of a JavaScript try: given what recover returned,
// it returns the error thrown, and goes on panicking with anything that is not
// a program's exception.
func (e *Emitter) Caught(p any) error {
	switch t := p.(type) {
	case nodeerr.Thrown:
		return t.Err
	case nodeerr.Uncaught:
		return t.Err
	}
	if c, ok := e.host.(Catcher); ok {
		if err, ok := c.Caught(p); ok {
			return err
		}
	}
	panic(p)
}
