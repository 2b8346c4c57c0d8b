// Package deepequal compares JavaScript values as node:assert and
// util.isDeepStrictEqual do
// (https://nodejs.org/docs/latest-v24.x/api/assert.html#assertdeepstrictequalactual-expected-message),
// in Go: JavaScript runs only for getters, for Symbol.toStringTag and for the
// traps of proxies, and what that throws passes through as goja's panic.
//
// A Comparer is used on the goroutine of its runtime, by one comparison at a
// time.
package deepequal
