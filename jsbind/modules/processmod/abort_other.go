//go:build !linux

package processmod

import "os"

// Abort ends the process with the code that a shell gives to SIGABRT.
func Abort() { os.Exit(134) }
