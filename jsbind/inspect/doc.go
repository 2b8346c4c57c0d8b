// Package inspect prints JavaScript values as Node's util.inspect does, byte
// for byte: it is what util.inspect, util.format and every method of console
// stand on (https://nodejs.org/docs/latest-v24.x/api/util.html#utilinspectobject-options).
//
// An Inspector belongs to one goja.Runtime and to the goroutine that runs it;
// New must run before any script, because it captures the intrinsics that
// scripts may replace later. It holds nothing that needs closing.
//
// Values are read in Go, through package mirror; JavaScript runs only where
// Node runs it: custom inspection functions, the getters that options.getters
// asks for, a sorting function, toString in "%s", and the properties name,
// message, stack and Symbol.toStringTag. What such a function throws passes
// through Inspect and Format as goja's panic, as it passes through Node's.
//
// Text is kept in WTF-8 inside (see mirror.Text), so that a lone surrogate
// survives from a value to the string that util.inspect returns. The exported
// methods that return a Go string return valid UTF-8.
package inspect
