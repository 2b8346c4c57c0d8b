//go:debug rsa1024min=0
//go:debug x509negativeserial=1
//go:debug tlsrsakex=1
//go:debug tlssha1=1

// Command spindle runs Node programs on an event loop written in Go.
package main

import (
	"fmt"
	"os"

	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/tls"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "compat" {
		os.Exit(compatCommand(os.Args[2:]))
	}
	o, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[0], err)
		os.Exit(9)
	}
	if err := o.addEnvironment(os.Getenv("NODE_OPTIONS")); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[0], err)
		os.Exit(9)
	}
	if o.limits.memory, err = memoryLimit(o.flags); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[0], err)
		os.Exit(9)
	}
	if err := o.conflict(); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[0], err)
		os.Exit(9)
	}
	tls.PreferOpenSSLOrder()
	code := run(o)
	net.ResetTerminals()
	os.Exit(code)
}
