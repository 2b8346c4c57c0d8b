// Package lazyregexp holds regular expressions that are compiled when they are
// first used: a program that starts does not pay for those it does not need.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New returns a function that returns expr compiled, by the first call. It
// panics then if expr is no regular expression. It may be called from any
// goroutine.
func New(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
