package wasm

import (
	"errors"
	"strings"
)

// ErrStack is the trap of a recursion that is too deep.
var ErrStack = errors.New("Maximum call stack size exceeded") //lint:ignore ST1005 V8's words

// traps are wazero's texts and V8's.
var traps = [...][2]string{
	{"out of bounds memory access", "memory access out of bounds"},
	{"integer divide by zero", "divide by zero"},
	{"integer overflow", "divide result unrepresentable"},
	{"invalid conversion to integer", "float unrepresentable in integer range"},
	{"invalid table access", "table index is out of bounds"},
	{"indirect call type mismatch", "null function or function signature mismatch"},
	{"unaligned atomic", "operation does not support unaligned accesses"},
	{"unreachable", "unreachable"},
}

// trap words an error of wazero as V8 words it.
func trap(err error) error {
	text, _, _ := strings.Cut(err.Error(), "\n")
	if strings.Contains(text, "stack overflow") {
		return ErrStack
	}
	for _, t := range traps {
		if strings.Contains(text, t[0]) {
			return errors.New(t[1])
		}
	}
	return errors.New(strings.TrimPrefix(text, "wasm error: "))
}
