package main

import (
	"fmt"
	"os"

	"github.com/spindle-js/spindle/internal/compat"
)

// compatCommand is `spindle compat …`: it compares this program, or any other,
// with recorded expectations, a live reference, or Node's own tests. args are
// those after the word compat. It returns the exit code.
func compatCommand(args []string) int {
	self, err := os.Executable()
	if err != nil {
		fmt.Fprintf(os.Stderr, "spindle compat: %v\n", err)
		return 2
	}
	return compat.Main(args, self)
}
