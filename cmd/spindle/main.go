//go:debug rsa1024min=0
//go:debug x509negativeserial=1
//go:debug tlsrsakex=1
//go:debug tlssha1=1

// Command spindle runs Node programs on an event loop written in Go.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spindle-js/spindle/jsbind/loader"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/tls"
)

func main() {
	for i, a := range os.Args { // options keep them, and process.title overwrites their memory
		os.Args[i] = strings.Clone(a)
	}
	if len(os.Args) > 1 && os.Args[1] == "compat" {
		os.Exit(compatCommand(os.Args[2:]))
	}
	o, err := configure()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[0], err)
		os.Exit(9)
	}
	tls.PreferOpenSSLOrder()
	loader.EnableCompileCache()
	code := run(o)
	net.ResetTerminals()
	os.Exit(code)
}

// configure reads the command line, the files of --env-file and NODE_OPTIONS.
func configure() (*options, error) {
	o, err := parseArgs(os.Args[1:])
	if err != nil {
		return nil, err
	}
	if !o.watch { // else the child reads them each time anew
		if err := o.loadEnvFiles(); err != nil {
			return nil, err
		}
	}
	if err := o.addEnvironment(os.Getenv("NODE_OPTIONS")); err != nil {
		return nil, err
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	if err := o.conflict(); err != nil {
		return nil, err
	}
	o.limits.memory, err = memoryLimit(o.flags)
	return o, err
}
