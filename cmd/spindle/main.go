// Command spindle runs Node programs on an event loop written in Go.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "compat" {
		os.Exit(compatCommand(os.Args[2:]))
	}
	fmt.Fprintln(os.Stderr, "usage: spindle compat [options] [path…]")
	os.Exit(9)
}
